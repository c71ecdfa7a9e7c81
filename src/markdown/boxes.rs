//! Boxes and tabs as other tools write them: `!!! note "Title"` with what is indented below it, `:::note` up to `:::`,
//! `/// note | Title` up to `///`. They become the alerts of this one, tabs the items of a list, each with its label above what
//! it holds.

use std::ops::Range;

use super::alerts::{UNTITLED, names};
use super::fences::Fences;
use super::rewritten::Edit;
use super::verbatim::{Sort, Verbatim};
use super::{MarkdownProblem, Syntax};
use crate::diagnostics::Code;
use crate::model::schema::Dialect;

/// How much further what an indented box holds is indented.
const STEP: usize = 4;

/// A box that is open.
struct BoxLevel {
    /// The column at which it begins.
    indent: usize,
    /// The column at which what it holds begins.
    body: usize,
    /// What stands before each line in it: the sign of a quote, or the spaces of an item.
    mark: &'static str,
    /// With how many colons or slashes it was opened; none for one that ends where its indentation does.
    signs: usize,
    /// Whether a list was open before it.
    in_list: bool,
    /// The line that opens it.
    line: Range<usize>,
}

/// What opens a box.
struct Opener {
    /// What stands in its place; nothing for what only holds others.
    head: String,
    mark: &'static str,
    signs: usize,
}

/// What has to be changed in a text so that its boxes are alerts, and what is wrong with them.
pub(super) fn boxes(text: &str, dialect: Dialect, syntax: Syntax) -> (Vec<Edit>, Vec<MarkdownProblem>) {
    let signs: &[&str] = match dialect {
        Dialect::MdBook | Dialect::Logseq | Dialect::Dendron | Dialect::Docsify => &[],
        Dialect::MkDocs => &["!!!", "???", "===", "///", "<!--"],
        Dialect::Docusaurus | Dialect::VitePress | Dialect::Astro => &[":::"],
    };
    if !signs.iter().any(|sign| text.contains(sign)) {
        return Default::default();
    }
    let verbatim = Verbatim::of(text, syntax);
    let mut walk = BoxWalk { indented: dialect == Dialect::MkDocs, verbatim, ..BoxWalk::default() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at >= walk.after {
            walk.line(line.trim_end_matches('\n'), at, &text[at + line.len()..]);
        }
        at += line.len();
    }
    let open = walk.levels.iter().filter(|level| level.signs > 0);
    let signs = if walk.indented { "slashes" } else { "colons" };
    let problems = open.map(|level| MarkdownProblem {
        code: Code::FenceOpen,
        related: Vec::new(),
        span: level.line.clone(),
        message: "this box is never closed, and all that follows is a part of it".into(),
        help: format!("put the same {signs} on a line of their own behind it"),
    });
    (walk.edits, problems.collect())
}

/// Whether a box between colons of this name is drawn.
pub fn is_box(name: &str) -> bool {
    colons(&format!(":::{name}")).is_some()
}

/// Whether a box between slashes of this name is drawn.
pub fn is_box_of_slashes(name: &str) -> bool {
    slashes(&format!("/// {name}"), "").is_some()
}

/// The walk through the lines of a text.
#[derive(Default)]
struct BoxWalk {
    /// Whether boxes end where their indentation does, and not at colons.
    indented: bool,
    /// Where nothing is read.
    verbatim: Verbatim,
    levels: Vec<BoxLevel>,
    edits: Vec<Edit>,
    fences: Fences,
    in_list: bool,
    /// Whether the line before has words.
    words_before: bool,
    /// Whether the last line with words is a comment and nothing else.
    comment_before: bool,
    /// The empty lines before this one.
    blanks: Vec<Range<usize>>,
    /// Where the options of the last box end.
    after: usize,
}

impl BoxWalk {
    /// Reads a line, and behind it as much of the text as belongs to it.
    fn line(&mut self, line: &str, at: usize, behind: &str) {
        let rest = line.trim_start_matches([' ', '\t']);
        let spaces = line.len() - rest.len();
        let column =
            line[..spaces].chars().fold(0, |column, c| if c == '\t' { column / 4 * 4 + 4 } else { column + 1 });
        if rest.trim_end().is_empty() {
            // Whether it stands in a box is known when that goes on behind it.
            self.blanks.push(at..at + line.len());
            self.words_before = false;
            return;
        }
        let sort = self.verbatim.at(at + spaces);
        let begins_code = self.verbatim.begins_code(at + spaces);
        // What an indented box holds is indented code for the parser.
        let is_read = sort.is_none_or(|sort| sort == Sort::Indented && self.indented);
        let closed = (is_read || begins_code) && self.leave(column);
        self.settle_blanks();
        let blank = if closed && self.words_before { format!("{}\n", self.prefix().trim_end()) } else { String::new() };
        if !is_read || self.indented && self.fences.is_code(rest, column) {
            self.comment_before = false;
            return self.keep(at, spaces, column, &blank);
        }
        let base = self.levels.last().map_or(0, |level| level.body);
        if column >= base + STEP && !self.in_list {
            return self.keep(at, spaces, column, &blank); // a piece of code
        }
        let written = at..at + line.len();
        if let Some(signs) = closing(rest, if self.indented { b'/' } else { b':' })
            && let Some(level) = self.closed_by(signs)
        {
            self.in_list = self.levels[level].in_list;
            self.levels.truncate(level);
            self.edits.push(Edit { range: written, with: self.prefix().trim_end().to_string() });
            self.words_before = false;
            return;
        }
        let width = if self.indented { marker(rest) } else { 0 };
        let of_comment = std::mem::replace(&mut self.comment_before, is_comment(rest));
        if let Some((opener, options)) = slashes(rest, behind).filter(|_| self.indented) {
            self.after = written.end + usize::from(options > 0) + options;
            return self.open(opener, written.start..written.end + usize::from(options > 0) + options, column);
        }
        let opener = if self.indented { indented(rest) } else { colons(rest) };
        if let Some(opener) = opener {
            return self.open(opener, written, column);
        }
        if of_comment && rest.starts_with(':') && width > 0 {
            return self.define_nothing(rest, written, width, column, &blank);
        }
        // `-   !!! note`: a box that begins behind the sign of an item or of a definition.
        if let Some(opener) = indented(&rest[width..]).filter(|_| width > 0) {
            self.keep(at, spaces, column, &blank);
            (self.words_before, self.in_list) = (false, true);
            return self.open_at(opener, at + spaces + width..written.end, column + width, String::new());
        }
        self.in_list = is_item(rest) || self.in_list && (column > base || self.words_before);
        self.keep(at, spaces, column, &blank);
    }

    /// Puts the signs of the boxes that go on before the empty lines in them.
    fn settle_blanks(&mut self) {
        let with = self.prefix().trim_end().to_string();
        let edits = self.blanks.drain(..).map(|range| Edit { range, with: with.clone() });
        self.edits.extend(edits.filter(|edit| !edit.with.is_empty()));
    }

    /// Ends the boxes that what begins in this column is no part of. Says whether there were any.
    fn leave(&mut self, column: usize) -> bool {
        let before = self.levels.len();
        while let Some(level) = self.levels.pop_if(|level| level.signs == 0 && column < level.body) {
            self.fences.leave();
            self.in_list = level.in_list;
        }
        self.levels.len() < before
    }

    /// The number of the open box that so many colons or slashes close.
    fn closed_by(&self, signs: usize) -> Option<usize> {
        let same = self.levels.iter().rposition(|level| level.signs == signs);
        let inner = || self.levels.iter().rposition(|level| (1..=signs).contains(&level.signs));
        same.or_else(|| if self.indented { None } else { inner() })
    }

    fn open(&mut self, opener: Opener, written: Range<usize>, column: usize) {
        let base = self.levels.last().map_or(0, |level| level.body);
        let before = self.prefix();
        let outside = format!("{before}{}", " ".repeat(column.saturating_sub(base)));
        self.open_at(opener, written, column, outside);
    }

    /// A definition whose term is a comment, which no page shows: what defines it stands alone.
    fn define_nothing(&mut self, rest: &str, written: Range<usize>, width: usize, column: usize, blank: &str) {
        let base = self.levels.last().map_or(0, |level| level.body);
        let before = format!("{blank}{}{}", self.prefix(), " ".repeat(column.saturating_sub(base)));
        let at = written.end - (rest.len() - width);
        let line = written.clone();
        self.edits.push(Edit { range: written.start..at, with: before });
        let in_list = std::mem::take(&mut self.in_list);
        self.levels.push(BoxLevel { indent: column, body: column + STEP, mark: "", signs: 0, in_list, line });
        self.words_before = false;
        match indented(&rest[width..]) {
            Some(opener) => self.open_at(opener, at..written.end, column + STEP, String::new()),
            None => self.words_before = true,
        }
    }

    /// Opens a box in a column, behind what stands before it on its line.
    fn open_at(&mut self, opener: Opener, written: Range<usize>, column: usize, outside: String) {
        let blank = if self.words_before { format!("{}\n", self.prefix().trim_end()) } else { String::new() };
        self.levels.push(BoxLevel {
            indent: column,
            body: if opener.signs == 0 { column + STEP } else { column },
            mark: opener.mark,
            signs: opener.signs,
            in_list: std::mem::take(&mut self.in_list),
            line: written.clone(),
        });
        let with = match opener.head.as_str() {
            "" => blank,
            head => format!("{blank}{outside}{head}\n{}", self.prefix().trim_end()),
        };
        self.edits.push(Edit { range: written, with });
        self.words_before = false;
    }

    /// A line that stays, with the signs before it of the boxes in which it stands.
    fn keep(&mut self, at: usize, spaces: usize, column: usize, blank: &str) {
        self.words_before = true;
        if self.levels.is_empty() && blank.is_empty() {
            return;
        }
        let base = self.levels.last().map_or(0, |level| level.body);
        let with = format!("{blank}{}{}", self.prefix(), " ".repeat(column.saturating_sub(base)));
        self.edits.push(Edit { range: at..at + spaces, with });
    }

    /// What stands before each line in the boxes that are open.
    fn prefix(&self) -> String {
        let (mut prefix, mut base) = (String::new(), 0);
        for level in &self.levels {
            prefix.push_str(&" ".repeat(level.indent.saturating_sub(base)));
            prefix.push_str(level.mark);
            base = level.body;
        }
        prefix
    }
}

/// How many signs a line is that closes a box.
fn closing(rest: &str, sign: u8) -> Option<usize> {
    let rest = rest.trim_end();
    (rest.len() >= 3 && rest.bytes().all(|byte| byte == sign)).then_some(rest.len())
}

/// `!!! note "Title"`, `??? tip`, `???+ tip`, `=== "Label"`
fn indented(rest: &str) -> Option<Opener> {
    let rest = rest.trim_end();
    if let Some(label) = ["=== ", "===! ", "===+ "].iter().find_map(|sign| rest.strip_prefix(sign)) {
        let label = quoted(label.trim())?.trim();
        return Some(Opener { head: format!("+ **{label}**"), mark: "  ", signs: 0 });
    }
    let (fold, rest) = match (rest.strip_prefix("!!!"), rest.strip_prefix("???+"), rest.strip_prefix("???")) {
        (Some(rest), ..) => ("", rest),
        (_, Some(rest), _) => ("+", rest),
        (.., Some(rest)) => ("-", rest),
        _ => return None,
    };
    let (types, title) = match rest.find('"') {
        Some(at) => (&rest[..at], Some(quoted(rest[at..].trim())?)),
        None => (rest, None),
    };
    let is_word = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let mut words = types.split_whitespace();
    let name = words.next().filter(|name| is_word(name))?;
    if title == Some("") && fold.is_empty() && words.clone().all(is_word) {
        return Some(untitled(name));
    }
    words.all(is_word).then(|| alert(name, fold, title.unwrap_or_default(), 0))
}

/// `/// note | Title`, `/// details | Title`, `//// tab | Label`, and how long the options are that are indented below it.
fn slashes(rest: &str, behind: &str) -> Option<(Opener, usize)> {
    let named = rest.trim_end().trim_start_matches('/');
    let signs = rest.trim_end().len() - named.len();
    let (name, title) = named.split_once('|').unwrap_or((named, ""));
    let (name, title) = (name.trim(), title.trim());
    // Any word may be the name of a box, and these are of others.
    let is_other = matches!(name, "html" | "define" | "caption" | "figure-caption" | "table-caption");
    let is_name =
        name.starts_with(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if signs < 3 || !is_name || is_other {
        return None;
    }
    let is_option = |line: &&str| {
        let key = line.strip_prefix("    ").and_then(|line| line.trim_start().split_once(':')).map(|(key, _)| key);
        key.is_some_and(|key| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '_')))
    };
    let options: Vec<_> = behind.lines().take_while(is_option).collect();
    let option = |key: &str| {
        let value = options.iter().find_map(|line| line.trim().strip_prefix(key)?.strip_prefix(':'));
        value.map(|value| value.trim().trim_matches(['"', '\'']))
    };
    let length = options.iter().map(|line| line.len() + 1).sum::<usize>().saturating_sub(1);
    if name == "tab" {
        return Some((Opener { head: format!("+ **{title}**"), mark: "  ", signs }, length));
    }
    let is_open = option("open").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let fold = if name != "details" {
        ""
    } else if is_open {
        "+"
    } else {
        "-"
    };
    let name = option("type").unwrap_or(if name == "admonition" { "note" } else { name });
    Some((alert(name, fold, title, signs), length))
}

/// `:::note Title`, `::: warning`, `:::tip[Title]`, `::: details Title {open}`
fn colons(rest: &str) -> Option<Opener> {
    let rest = rest.trim_end();
    let behind = rest.trim_start_matches(':');
    let colons = rest.len() - behind.len();
    let behind = behind.trim_start();
    let end = behind.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(behind.len());
    let (name, title) = (&behind[..end], behind[end..].trim());
    if colons < 3 || name.is_empty() {
        return None;
    }
    if matches!(name, "code-group" | "raw" | "v-pre") {
        return Some(Opener { head: String::new(), mark: "", signs: colons });
    }
    let is_open = title.ends_with("{open}");
    let title = match title.split_once('{').filter(|_| title.ends_with('}')) {
        // A title among the attributes is words for readers: beside another title it is left where it stands.
        Some((before, attributes)) => match (before.trim(), titled(attributes)) {
            ("", own) => own.unwrap_or_default(),
            (before, None) => before,
            (_, Some(_)) => title,
        },
        None => title,
    };
    let title = title.strip_prefix('[').and_then(|title| title.strip_suffix(']')).unwrap_or(title);
    let fold = if name == "details" { if is_open { "+" } else { "-" } } else { "" };
    let is_known = name == "details" || names().any(|known| known.eq_ignore_ascii_case(name));
    is_known.then(|| alert(name, fold, title, colons))
}

/// `title="Words"` among attributes.
fn titled(attributes: &str) -> Option<&str> {
    let (before, value) = attributes.split_once("title=")?;
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let is_key = before.is_empty() || before.ends_with([' ', ',']);
    value[1..].split_once(quote).map(|(title, _)| title.trim()).filter(|_| is_key)
}

/// A box as the alert that is drawn for it. One whose name is not known says it above.
fn alert(name: &str, fold: &str, title: &str, signs: usize) -> Opener {
    let known = names().find(|known| known.eq_ignore_ascii_case(name));
    let own = match (known, title) {
        (None, "") => capital(name),
        _ => title.to_string(),
    };
    let head = format!("> [!{}]{fold} {own}", known.unwrap_or("note"));
    Opener { head: head.trim_end().to_string(), mark: "> ", signs }
}

/// A box without a title: `!!! note ""`.
fn untitled(name: &str) -> Opener {
    let known = names().find(|known| known.eq_ignore_ascii_case(name)).unwrap_or("note");
    Opener { head: format!("> [!{known}{UNTITLED}]"), mark: "> ", signs: 0 }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"')
}

/// Whether a line is a comment and nothing else.
fn is_comment(rest: &str) -> bool {
    rest.strip_prefix("<!--")
        .and_then(|rest| rest.trim_end().strip_suffix("-->"))
        .is_some_and(|inside| !inside.contains("-->"))
}

/// How long the sign of an item or of a definition is with the spaces behind it; 0 where a line begins with none.
fn marker(rest: &str) -> usize {
    let behind = match rest.strip_prefix(':') {
        Some(behind) => behind,
        None if is_item(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()).get(1..).unwrap_or_default(),
        None => return 0,
    };
    let words = behind.trim_start_matches(' ');
    if words.len() < behind.len() { rest.len() - words.len() } else { 0 }
}

/// Whether a line begins an item of a list.
fn is_item(rest: &str) -> bool {
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let sign =
        if digits.len() < rest.len() { digits.strip_prefix(['.', ')']) } else { rest.strip_prefix(['-', '*', '+']) };
    sign.is_some_and(|behind| behind.is_empty() || behind.starts_with([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Options;

    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    const DEFINITIONS: Syntax = Syntax { options: Options::ENABLE_DEFINITION_LIST, ..PLAIN };

    fn read(text: &str, dialect: Dialect) -> String {
        let mut read = Rewritten::of(text);
        read.apply(&boxes(text, dialect, DEFINITIONS).0);
        read.text.into_owned()
    }

    #[test]
    fn an_indented_box_ends_where_its_indentation_does() {
        let text = "Before\n!!! warning \"Hot *pot*\"\n    One.\n\n    ```\n    !!! note\n    ```\n\n    ??? tip inline end\n        Two.\nAfter.\n";
        let expected = "Before\n\n> [!warning] Hot *pot*\n>\n> One.\n>\n> ```\n> !!! note\n> ```\n>\n> > [!tip]-\n> >\n> > Two.\n\nAfter.\n";
        assert_eq!(read(text, Dialect::MkDocs), expected);
        let two = "!!! note\n\n    A\n\n!!! tip\n    B\n";
        assert_eq!(read(two, Dialect::MkDocs), "> [!note]\n>\n>\n> A\n\n> [!tip]\n>\n> B\n");
        assert_eq!(read("!!! danger \"\"\n    A.\n", Dialect::MkDocs), "> [!danger|no-title]\n>\n> A.\n");
        assert_eq!(read("!!! recipe\n    A.\n", Dialect::MkDocs), "> [!note] Recipe\n>\n> A.\n");
        assert_eq!(
            read("=== \"C\"\n\n    A\n\n=== \"D\"\n    B\n", Dialect::MkDocs),
            "+ **C**\n\n\n  A\n\n+ **D**\n\n  B\n"
        );
        let listed = "- a\n\n    !!! note\n        b\n\n    c\n";
        assert_eq!(read(listed, Dialect::MkDocs), "- a\n\n    > [!note]\n    >\n    > b\n\n    c\n");
        let shown = "```\n=== \"A\"\n\n    ```\n    b\n    ```\n=== \"B\"\n```\n";
        assert_eq!(read(shown, Dialect::MkDocs), shown);
        let defined = "`a`\n\n:   !!! note\n\n        b\n\n-   !!! tip \"c\"\n        d\n";
        let expected = "`a`\n\n:   > [!note]\n    >\n    >\n    > b\n\n-   > [!tip] c\n    >\n    > d\n";
        assert_eq!(read(defined, Dialect::MkDocs), expected);
        let macros = "<!-- x -->\n\n:   <!-- y --> A\n    b.\n\n    !!! note\n        c\n\nD\n\n:   e\n";
        let expected = "<!-- x -->\n\n<!-- y --> A\nb.\n\n> [!note]\n>\n> c\n\nD\n\n:   e\n";
        assert_eq!(read(macros, Dialect::MkDocs), expected);
        assert_eq!(read("=== \" C \"\n\n    A\n", Dialect::MkDocs), "+ **C**\n\n\n  A\n");
        for left in [
            "!!!\n",
            "!!!!\n",
            "<pre>\n!!! note\n    x\n</pre>\n",
            "    !!! note\n",
            "!!! a, b\n",
            "```\n!!! note\n```\n",
            "!!! note \"a\n",
            ":::note\n",
        ] {
            assert_eq!(read(left, Dialect::MkDocs), left);
        }
    }

    #[test]
    fn a_box_between_slashes_ends_at_as_many() {
        let text = "Before\n/// note | Technical *details*\nOne.\n\n- Two\n///\nAfter.\n";
        let expected = "Before\n\n> [!note] Technical *details*\n>\n> One.\n>\n> - Two\n\nAfter.\n";
        assert_eq!(read(text, Dialect::MkDocs), expected);
        let nested = "//// details | More\n    type: warning\n    open: true\n\nA\n\n/// tab | One\nB\n///\n\n///// tip\nC\n/////\n////\n";
        let expected = "> [!warning]+ More\n>\n>\n> A\n>\n> + **One**\n>\n>   B\n>\n>\n> > [!tip]\n> >\n> > C\n>\n\n";
        assert_eq!(read(nested, Dialect::MkDocs), expected);
        let within = "!!! note\n    /// tip\n    A\n    ///\nB\n";
        assert_eq!(read(within, Dialect::MkDocs), "> [!note]\n>\n> > [!tip]\n> >\n> > A\n>\nB\n");
        for left in [
            "/// html | div\nA\n///\n",
            "```\n/// note\n///\n```\n",
            "// note\n",
            "/// two words\n",
            "    /// note\n    ///\n",
        ] {
            assert_eq!(read(left, Dialect::MkDocs), left);
        }
        let (_, problems) = boxes("a\n\n/// note\nb\n", Dialect::MkDocs, PLAIN);
        assert_eq!(problems[0].span, 3..11);
    }

    #[test]
    fn a_box_between_colons_ends_at_as_many() {
        let text = "::::note Mind\nOne.\n:::tip[Two]\n- Three\n:::\n::::\nAfter.\n";
        let expected = "> [!note] Mind\n>\n> One.\n>\n> > [!tip] Two\n> >\n> > - Three\n>\n\nAfter.\n";
        assert_eq!(read(text, Dialect::VitePress), expected);
        let folded = "::: details More {open}\nA\n:::\n";
        assert_eq!(read(folded, Dialect::VitePress), "> [!note]+ More\n>\n> A\n\n");
        assert_eq!(read("::: code-group\n```js\n:::\n```\n:::\n", Dialect::VitePress), "\n```js\n:::\n```\n\n");
        assert_eq!(read(":::steps\nA\n:::\n", Dialect::Astro), ":::steps\nA\n:::\n");
        assert_eq!(read(":::note\nA\n:::\n", Dialect::MdBook), ":::note\nA\n:::\n");
        for left in [
            "<pre>\n:::note\nA\n:::\n</pre>\n",
            "<!-- old:\n:::tip\n-->\n\nAfter.\n",
            "%%\n:::tip\n%%\n\nAfter.\n",
            "- ```\n  :::tip\n  ```\n\nAfter.\n",
            "- A\n\n      :::tip\n",
        ] {
            assert_eq!(read(left, Dialect::Docusaurus), left);
        }
        let text = ":::note\n\n<!--\n:::\n-->\n\nInside\n\n:::\n";
        let expected = "> [!note]\n>\n>\n> <!--\n> :::\n> -->\n>\n> Inside\n>\n\n";
        assert_eq!(read(text, Dialect::Docusaurus), expected);
        let text = "> ```\n> a\n\n:::tip\nB\n:::\n";
        assert_eq!(read(text, Dialect::Docusaurus), "> ```\n> a\n\n> [!tip]\n>\n> B\n\n");
        for (head, expected) in [
            (":::note{title=\"Title words\"}", "> [!note] Title words\n>\n> A\n\n"),
            (":::note {.a title='Title words'}", "> [!note] Title words\n>\n> A\n\n"),
            (":::note[Own]{.a}", "> [!note] Own\n>\n> A\n\n"),
            (":::note Own {title=\"B\"}", "> [!note] Own {title=\"B\"}\n>\n> A\n\n"),
        ] {
            assert_eq!(read(&format!("{head}\nA\n:::\n"), Dialect::Docusaurus), expected);
        }
        let (_, problems) = boxes("a\n\n:::note\nb\n", Dialect::Docusaurus, PLAIN);
        assert_eq!(problems[0].span, 3..10);
    }
}
