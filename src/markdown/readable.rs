//! What other tools keep from readers and no reader of Markdown knows: comments `{/* ... */}` of MDX, its lines of programs and
//! values in braces, comments of Hugo and Logseq. Comments of HTML, or spaces, stand in
//! their place before anything else is read; code and pictures of Hugo's shortcodes are written in Markdown. Every other byte
//! keeps its place.

mod code_elements;
mod mdx;
mod shortcodes;
mod walk;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Tag};

use super::MarkdownProblem;
use super::author_signs::AuthorSigns;
use super::parsed::events;
use crate::signs;
use walk::Walk;

/// The shortest comment of HTML that is read everywhere.
const EMPTY: &str = "<!--->";

/// A text as it is read, and what is wrong with it.
pub fn readable(text: &str, authors: AuthorSigns) -> (Cow<'_, str>, Vec<MarkdownProblem>) {
    let is_possible = authors.mdx && ["{", "<", "import ", "export "].iter().any(|sign| signs::has(text, sign))
        || ["{{<", "{{%", "#+"].iter().any(|sign| signs::has(text, sign));
    if !is_possible {
        return (text.into(), Vec::new());
    }
    let Walk { mut edits, values, problems, .. } = Walk::through(text, authors);
    if edits.is_empty() {
        return (text.into(), problems);
    }
    let mut out = edited(text, &edits);
    if in_html(&out, &values, &mut edits) {
        out = edited(text, &edits);
    }
    (out.into(), problems)
}

/// A text with edits.
fn edited(text: &str, edits: &[SameLength]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.with);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Writes values that stand in blocks of HTML as HTML; says whether there are any. What stands in components is Markdown.
fn in_html(edited: &str, values: &[(usize, &str)], edits: &mut [SameLength]) -> bool {
    if !values.iter().any(|(edit, _)| edits[*edit].with.contains('\\')) {
        return false;
    }
    let is_element = |block: &Range<usize>| {
        let begin = edited[block.clone()].trim_start_matches([' ', '\t', '>']);
        begin.trim_start_matches(['<', '/']).starts_with(|c: char| c.is_ascii_lowercase())
    };
    let events = events(edited, Options::ENABLE_TABLES, None).events;
    let blocks = events.into_iter().filter(|(event, _)| *event == Event::Start(Tag::HtmlBlock)).map(|(_, span)| span);
    let blocks: Vec<_> = blocks.filter(is_element).collect();
    let mut any = false;
    for (edit, words) in values {
        let edit = &mut edits[*edit];
        let block = blocks.get(blocks.partition_point(|block| block.end <= edit.range.start));
        if block.is_some_and(|block| block.start <= edit.range.start)
            && let Some(html) = mdx::as_html(&edit.range, words)
        {
            *edit = html;
            any = true;
        }
    }
    any
}

/// The comments of MDX in a plain text, in order. `code` is where they are text.
pub(super) fn comments_of_mdx(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(brace) = text[at..].find('{').map(|brace| at + brace) {
        let is_text = text[..brace].ends_with('\\') || code.iter().any(|code| code.contains(&brace));
        at = brace + 1;
        match mdx::comment(text, brace).filter(|_| !is_text) {
            Some((_, Some(comment))) => {
                at = comment.end;
                found.push(comment);
            }
            // Nothing behind it ends one, either.
            Some((_, None)) => break,
            None => {}
        }
    }
    found
}

/// What stands in place of a part of the text: as many bytes.
struct SameLength {
    range: Range<usize>,
    with: String,
}

impl SameLength {
    /// A comment.
    fn comment(range: Range<usize>) -> Self {
        let with = match range.len().checked_sub(EMPTY.len()) {
            None => " ".repeat(range.len()),
            Some(0) => EMPTY.into(),
            Some(room) => format!("<!--{}-->", " ".repeat(room - 1)),
        };
        Self { range, with }
    }

    /// A shorter text, with spaces behind it.
    fn padded(range: Range<usize>, text: &str) -> Option<Self> {
        let room = range.len().checked_sub(text.len())?;
        Some(Self { with: format!("{text}{}", " ".repeat(room)), range })
    }

    /// Spaces.
    fn blank(range: Range<usize>) -> Self {
        Self { with: " ".repeat(range.len()), range }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;

    fn signs(mdx: bool) -> AuthorSigns {
        AuthorSigns { mdx, ..AuthorSigns::REMARKS }
    }

    /// A text without what is not for readers.
    fn read(text: &str, is_mdx: bool) -> String {
        let (read, _) = readable(text, signs(is_mdx));
        assert_eq!(read.len(), text.len());
        let (mut out, mut rest) = (String::new(), &*read);
        while let Some((before, behind)) = rest.split_once("<!--") {
            out.push_str(before);
            rest = behind.split_once("-->").map_or(behind.trim_start_matches('>'), |(_, rest)| rest);
        }
        out + rest
    }

    #[test]
    fn comments_of_mdx_are_comments_outside_of_code() {
        for (text, shown) in [
            ("a {/* SECRET */}b", "a b"),
            ("{/* SECRET\n\n```\n`*/}\n{/*É*/ /* SECRET */ }b `c`", "\nb `c`"),
            ("{\n  // SECRET\n  /* SECRET */\n}\n", "\n"),
            ("- a\n\n      {/* SECRET */}\n", "- a\n\n      \n"),
            ("| a {/* SECRET | x */} | b |", "| a  | b |"),
            ("`a {/* b */}` {/* SECRET ` */} `{/* c */}`", "`a {/* b */}`  `{/* c */}`"),
            (
                "<A>\n        ```js\n        {/* a */}\n        ```\n</A>",
                "<A>\n        ```js\n        {/* a */}\n        ```\n</A>",
            ),
            ("\\{/* a */}", "\\{/* a */}"),
            ("{a /* SECRET */ + '/* b */' // SECRET\n}", "{a  + '/* b */' \n}"),
            (
                "{a `/* b */ ${c /* SECRET */ + `}`} /* d */` {/*SECRET*/}}",
                "{a `/* b */ ${c              + `}`} /* d */` }",
            ),
        ] {
            assert_eq!(read(text, true), shown);
        }
        assert_eq!(read("a {/* b */}", false), "a {/* b */}");
        assert_eq!(read("a <!-- {/* --> b {/* SECRET */}c", true), "a  b c");
        let (text, problems) = readable("a {/* SECRET", signs(true));
        assert!(problems[0].code == Code::CommentOpen && problems[0].span == (2..5) && !text.contains("SECRET"));
    }

    #[test]
    fn programs_of_mdx_are_no_words() {
        for (text, shown) in [
            (
                "import A from 'a';\nimport {\n  B,\n} from \"b\";\nexport const c = {\n\n  d: '}',\n};\n\nWords.",
                "\n\nWords.",
            ),
            ("import './a.css'\nWords.", "\nWords."),
            ("export default ({ children }) => <div>{children}</div>\n\nexport * from 'x'\n\nA", "\n\n\n\nA"),
            ("export const a = b\n  .map(c)\n# A", "\n# A"),
            ("import the thing\n\nexport goods\n", "import the thing\n\nexport goods\n"),
            ("```js\nimport A from 'a';\n```\n", "```js\nimport A from 'a';\n```\n"),
            ("Words\nimport A from 'a';\n", "Words\nimport A from 'a';\n"),
        ] {
            assert_eq!(read(text, true), shown);
        }
        let (_, problems) = readable("import A from 'a';\n\nexport const b = 1;\n\nexport * from 'c';\n", signs(true));
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].span, 20..39);
    }

    #[test]
    fn values_in_braces_are_no_html() {
        for (text, shown) in [
            ("<X a=\"b\" c={[1, { d: '}' }]} />", "<X a=\"b\" />"),
            ("<F set:html={\"<b>x</b>\\\"</span>\"} {...rest}>\n*a*", "<F >\n*a*"),
            ("<C title={'Some words'} b={`x`}>", "<C title= \"Some words\" b= \"x\" >"),
            ("<C\n  a={(\n\n    <b>it's</b>\n  )}\n/>", "<C />"),
            ("<C\n\ta=\"b\n c\"\n>\n\td\n</C>\n> <C\n> d>", "<C \ta=\"b c\" >\n\td\n</C>\n> <C\n> d>"),
            ("a < b {c} and <https://a.example/{b}>", "a < b {c} and <https://a.example/{b}>"),
            ("a <b\n\nand {c} d>", "a <b\n\nand {c} d>"),
            ("<a {b", "<a {b"),
            ("<X /* c */ a /* c */ = /* c */ {b} d // > c\n/>", "<X d />"),
            ("<X a /* c */ = /* c */ {'b'} // c\n></X /* c */>", "<X a = \"b\" ></X >"),
            ("<a href=//b.example/c>", "<a href=//b.example/c>"),
            ("<C\n\n{/* c */}\n\na=\"b\"\n\n>\n\nd", "<C a=\"b\" >\n\nd"),
            ("<C\n\nand so a > b", "<C\n\nand so a > b"),
            ("x <C\n\na=\"b\">", "x <C\n\na=\"b\">"),
            ("`<X a={b} />` \\<X a={b} />", "`<X a={b} />` \\<X a={b} />"),
        ] {
            let (mut read, length) = (readable(text, signs(true)).0.into_owned(), text.len());
            assert_eq!(read.len(), length);
            while read.contains("  ") {
                read = read.replace("  ", " ");
            }
            assert_eq!(read, shown);
        }
        assert_eq!(readable("<X a={'b'} />", signs(true)).1.len(), 0);
        assert_eq!(readable("<X a={b} />\n\n<Y a={b} />", signs(true)).1.len(), 1);
    }

    #[test]
    fn texts_in_braces_are_text_and_other_values_are_said_once() {
        for (text, shown) in [
            ("a{' '}\nb {'*a*'} {`c d`}", "a&#32;\nb  \\*a\\*     c d "),
            ("{'# text'}\n{\"\"}", "  \\# text \n    "),
            ("<b>{'x'}</b> `{'y'}` \\{'z'} {{ 'w' }}", "<b>   x </b> `{'y'}` \\{'z'} {{ 'w' }}"),
            (
                "<img src={require('./a.png').default} alt=\"A\" /> <a href={useBaseUrl('/b')}>",
                "<img src= \"./a.png\"                   alt=\"A\" /> <a href= \"/b\"             >",
            ),
        ] {
            let (read, problems) = readable(text, signs(true));
            assert_eq!((&*read, problems.len()), (shown, 0));
        }
        let (read, problems) = readable("## A {#id}\n\nb {props.x} {1 + 1}", signs(true));
        assert_eq!((&*read, problems.len()), ("## A {#id}\n\nb {props.x} {1 + 1}", 1));
        assert_eq!(problems[0].span, 14..23);
    }

    #[test]
    fn nasty_texts_keep_their_length_and_take_no_time() {
        for piece in [
            "{/*`*/}",
            "{ /* a */ b",
            "<a {",
            "<a {<b {c}",
            "export const a = {\n\n",
            "import {\n",
            "<a b='\"",
            "{{< comment",
            "`` ` {",
            "é{//",
            "<é a={'é\\",
            "{{%comment%}}{{<",
            "#+BEGIN_COMMENT ",
            "<a\u{a0}b=`",
            "{\u{2003}/*é",
            "<!-- {/*",
            "%%{",
            "${`${",
            "{a ",
            "{{< highlight é >}}\n",
            "{{< figure src=\"é\" alt='",
            "<pre>{`${\n",
            "<Code>{`/*é*/",
            "<a /*é*/ b /* c */ = /* d */ {e} // f\n",
            "<a // f",
            "<pre>{'é'}</pre>\n",
        ] {
            for text in [piece.repeat(20_000), format!("{}{}", piece.repeat(2_000), "}},>".repeat(2_000))] {
                for is_mdx in [false, true] {
                    assert_eq!(readable(&text, signs(is_mdx)).0.len(), text.len(), "{piece}");
                }
            }
        }
    }

    #[test]
    fn code_and_pictures_of_shortcodes_are_markdown() {
        for (text, shown) in [
            (
                "{{< highlight rust \"linenos=table\" >}}\n# a <u64>\n{{< /highlight >}}\nb",
                "```rust\n# a <u64>\n```\nb",
            ),
            ("  {{% code-go %}}\n```\n  {{%/ code-go %}}", "  ~~~go\n```\n  ~~~"),
            ("{{< high >}}\na", "{{< high >}}\na"),
            ("{{< note >}}\na\n{{< /note >}}", "{{< note >}}\na\n{{< /note >}}"),
            ("{{< figure src=\"/a.png\" alt=\"x\" caption=\"y z\" >}}", "![x](          </a.png> \"y z\")"),
            ("a {{<figure src=/a.png caption='b' class=c>}}", "a ![b](        </a.png> \"b\")"),
            (
                "`{{< figure src=\"a\" >}}` {{< figure link=\"b\" src=\"a\" >}}",
                "`{{< figure src=\"a\" >}}` {{< figure link=\"b\" src=\"a\" >}}",
            ),
        ] {
            let read = readable(text, signs(false)).0;
            assert_eq!(read.len(), text.len());
            assert_eq!(
                read.lines().map(str::trim_end).collect::<Vec<_>>().join(
                    "
"
                ),
                shown
            );
        }
    }

    #[test]
    fn comments_of_hugo_and_logseq_are_comments() {
        for (text, shown) in [
            ("a {{< comment >}} SECRET {{< /comment >}}b", "a b"),
            ("{{%comment%}}\nSECRET\n\n```\n{{%/ comment %}}\nb", "\nb"),
            ("a\n\n#+BEGIN_COMMENT\nSECRET\n#+END_COMMENT\n\nb", "a\n\n\n\nb"),
            ("- a\n  #+begin_comment\n  SECRET\n  #+end_comment\n- b", "- a\n  \n- b"),
            (
                "`{{< comment >}}` {{< commented >}} {{</* comment */>}}",
                "`{{< comment >}}` {{< commented >}} {{</* comment */>}}",
            ),
        ] {
            assert_eq!(read(text, false), shown);
        }
        for text in ["a {{< comment >}} SECRET", "#+BEGIN_COMMENT\nSECRET"] {
            let (text, problems) = readable(text, signs(false));
            assert!(problems[0].code == Code::CommentOpen && !text.contains("SECRET"));
        }
    }
}
