//! What is said of each way to write something that is known elsewhere, and how it is written here.

use std::ops::Range;

use super::super::unread_markup::UnreadMarkup;

/// A way to write something that is known elsewhere.
pub(super) struct Unknown {
    kind: &'static str,
    message: &'static str,
    help: &'static str,
}

impl Unknown {
    /// What is found at a place.
    pub(super) fn at(&self, span: Range<usize>) -> UnreadMarkup {
        let kind = Some(self.kind).filter(|kind| !kind.is_empty());
        UnreadMarkup { span, message: self.message.into(), help: self.help.into(), kind }
    }
}

pub(super) const HIGHLIGHT: Unknown = Unknown {
    kind: "highlight",
    message: "`==` marks nothing here, and the page shows it as it is",
    help: "make the words strong with `**`, or write `\\==` for the signs themselves",
};
/// What formulas are noted as.
pub(in super::super) const FORMULA_KIND: &str = "formula";
pub(super) const FORMULA: Unknown = Unknown {
    kind: FORMULA_KIND,
    message: "formulas between `$` are not drawn, and signs in them are read as Markdown",
    help: "put it into code: `` `x_i` ``, write `\\$` for the sign itself, or draw it: `markdown: {math: true}` in a program that is built with `--features math`",
};
pub(super) const TEX: Unknown = Unknown {
    message: "formulas between `\\(` and `\\)` or `\\[` and `\\]` are not drawn, and signs in them are read as Markdown",
    help: "put it into code: `` `x_i` ``, or write it between `$` signs on a site with `markdown: {math: true}`, in a program that is built with `--features math`",
    ..FORMULA
};
pub(super) const FORMULA_IN_HTML: Unknown = Unknown {
    message: "a formula in a block of HTML is not drawn, and the page shows it as it was typed",
    help: "put an empty line between it and the tags before and behind it, or put it into `<code>`",
    ..FORMULA
};
pub(super) const TAG: Unknown = Unknown {
    kind: "tag",
    message: "a word behind `#` is no tag here, and the page shows it as it is",
    help: "put tags into a field of the front matter, write `# ` with a space for a heading, or `\\#` for the sign itself",
};
pub(super) const BLOCK_ID: Unknown = Unknown {
    kind: "block-id",
    message: "`^` gives a paragraph no name here, and the page shows it as it is",
    help: "put it behind the last word of the paragraph, with a space before it, or take it out",
};
/// What signs of templates are noted as.
pub(in super::super) const TEMPLATE_KIND: &str = "template";
pub(super) const TEMPLATE: Unknown = Unknown {
    kind: TEMPLATE_KIND,
    message: "signs of templates do nothing in a text, and the page shows them as they are",
    help: "use a data block, or put them into code",
};
/// What comments of other tools are noted as, each of which is said.
pub(in super::super) const COMMENT_KIND: &str = "comment";
pub(super) const COMMENT: Unknown = Unknown {
    kind: COMMENT_KIND,
    message: "this is no comment here, and the page shows what it says",
    help: "write it as `<!-- ... -->`, which no page shows, or a backslash before its first sign if it is text",
};
pub(super) const FIELD: Unknown = Unknown {
    kind: "field",
    message: "`::` gives the page no value here, and the page shows it as it is",
    help: "put the value into the front matter, or write a single `:`",
};
pub(super) const PROGRAM: Unknown = Unknown {
    kind: "program",
    message: "a line of a program does nothing in a text, and the page shows it as it is",
    help: "take it out, or put it into code",
};
pub(super) const EMOJI: Unknown = Unknown {
    kind: "emoji",
    message: "a name between colons is no picture here, and the page shows it as it is",
    help: "write the character itself, or `\\:` for the sign",
};
pub(super) const INLINE_NOTE: Unknown = Unknown {
    kind: "inline-note",
    message: "`^[` begins no footnote here, and the page shows it as it is",
    help: "write `[^1]`, and `[^1]: ...` on a line of its own below",
};
pub(super) const ATTRIBUTES: Unknown = Unknown {
    kind: "attributes",
    message: "only headings have attributes in braces, and the page shows these as they are",
    help: "take them out, or write `\\{` for the sign itself",
};
pub(super) const ATTRIBUTES_AMONG_WORDS: Unknown = Unknown {
    message: "attributes in braces mean nothing among words, and the page shows them as they are",
    help: "put them behind the last word of a heading, take them out, or write `\\{` for the sign itself",
    ..ATTRIBUTES
};
pub(super) const CONTENTS: Unknown = Unknown {
    kind: "contents",
    message: "this makes no table of contents, and the page shows it as it is",
    help: "take it out: templates know the headings of a page",
};
pub(super) const ADMONITION: Unknown = Unknown {
    kind: "admonition",
    message: "this begins no box here, and the page shows it as it is",
    help: "write it as a quote: `> [!NOTE]`, and each line of the box behind `> `",
};
pub(super) const INDENTED_BOX: Unknown = Unknown {
    help: "write it as a quote: `> [!NOTE]`, and each line of the box behind `> `, or set `markdown: {dialect: mkdocs}` in site.yaml, which draws it",
    ..ADMONITION
};
pub(super) const COLON_BOX: Unknown = Unknown {
    help: "write it as a quote: `> [!NOTE]`, and each line of the box behind `> `, or set `markdown: {dialect: docusaurus}` in site.yaml (or `vitepress`, `astro`), which draws it",
    ..ADMONITION
};
pub(super) const TABS: Unknown = Unknown {
    kind: "tabs",
    message: "this makes no tabs here, and the page shows it as it is",
    help: "write a heading in its place, and what is indented below it without the spaces",
};
pub(super) const INDENTED_TABS: Unknown = Unknown {
    help: "write a heading in its place, and what is indented below it without the spaces, or set `markdown: {dialect: mkdocs}` in site.yaml, which does so",
    ..TABS
};
pub(super) const INCLUDE: Unknown = Unknown {
    kind: "include",
    message: "nothing is put in here, and the page shows it as it is",
    help: "copy the text, or show another entry with `![[name]]`",
};
pub(super) const SNIPPET: Unknown = Unknown {
    help: "copy the text, or set `markdown: {dialect: mkdocs, includes: [snippets]}` in site.yaml (or `vitepress`), which shows the file",
    ..INCLUDE
};
pub(super) const BOOK_INCLUDE: Unknown = Unknown {
    help: "copy the text, or set `markdown: {dialect: mdbook, includes: [listings]}` in site.yaml, which shows the file",
    ..INCLUDE
};
pub(super) const ORG: Unknown = Unknown {
    kind: "org",
    message: "a line of Org begins nothing here, and the page shows it as it is",
    help: "write it in Markdown, or set `markdown: {dialect: logseq}` in site.yaml, which draws quotes, notes and code",
};
pub(super) const ABBREVIATION: Unknown = Unknown {
    kind: "abbreviation",
    message: "this declares no abbreviation here, and the page shows it as it is",
    help: "write it out where it stands first",
};
pub(super) const RAISED: Unknown = Unknown {
    kind: "raised",
    message: "`^` raises nothing here, and the page shows it as it is",
    help: "write the character itself, such as `²`, or `\\^` for the sign",
};
pub(super) const LOWERED: Unknown = Unknown {
    kind: "lowered",
    message: "a single `~` lowers nothing here, and the page shows it as it is",
    help: "write the character itself, such as `₂`, or `\\~` for the sign",
};
pub(super) const INSERTED: Unknown = Unknown {
    kind: "inserted",
    message: "`++` marks nothing here, and the page shows it as it is",
    help: "make the words strong with `**`, or write `\\+` for the sign itself",
};
pub(super) const INSERTED_BY_CARETS: Unknown = Unknown {
    message: "`^^` marks nothing here, and the page shows it as it is",
    help: "make the words strong with `**`, or write `\\^` for the sign itself",
    ..INSERTED
};
pub(super) const SPOILER: Unknown = Unknown {
    kind: "spoiler",
    message: "`||` hides nothing here, and the page shows the words between",
    help: "write a quote that folds: `> [!NOTE]- Words to open it`",
};
pub(super) const EDITED: Unknown = Unknown {
    kind: "edited",
    message: "marks of an editor mean nothing here, and the page shows them as they are",
    help: "take them out, with what they strike out; what is for authors alone stands between `<!--` and `-->`",
};
pub(super) const LATE_ALERT: Unknown = Unknown {
    kind: "",
    message: "an alert begins a quote, and here it is shown as it is",
    help: "write it as the first line of a quote: `> [!NOTE]`, with an empty line before it",
};
pub(super) const BOX: Unknown = Unknown {
    kind: "box",
    message: "a box of a task is `[ ]` or `[x]`, and the page shows this one as it is",
    help: "write `[x]` or `[ ]`, or a backslash before `[` if it is text",
};
pub(super) const LOOSE: Unknown = Unknown {
    kind: "",
    message: "these `**` make nothing strong, and the page shows them as they are",
    help: "take the spaces inside of them away, or write `\\*` for the sign itself",
};
pub(super) const BULLETS: Unknown = Unknown {
    kind: "",
    message: "this sign makes no list, and the page shows it as it is",
    help: "begin each item with `- `",
};
pub(super) const UNSPACED: Unknown = Unknown {
    kind: "",
    message: "an item of a list needs an ordinary space behind its sign",
    help: "put one there, or write a backslash before the sign if it is text",
};
pub(super) const MISPLACED: Unknown = Unknown {
    kind: "",
    message: "this begins no item of a list, and the page shows it as a part of the words before",
    help: "put an empty line before the list, and no more spaces before its sign than the list needs",
};
pub(super) const PIPES: Unknown = Unknown {
    kind: "",
    message: "this is no table, and the page shows its `|` as they are",
    help: "put an empty line before it, and below its head a line such as `|---|---|` with as many cells as the head has",
};
