//! Simple HTML as Markdown: headings, paragraphs, lists, tables, quotes, code, footnotes. For texts of the site, whose elements
//! are known; of any others the words stay.

use super::escapes::{escaped, longest_run, push_escaped, safe_beginning};
use super::tables::WrittenTable;
use super::{HtmlPiece, HtmlTag, PassedOver, is_hidden, is_inline, is_space, pieces, unescaped};

/// Where a link or a picture leads in the Markdown, by its address in the HTML; none where it shall be no link there.
pub type Leads<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Some HTML as Markdown, with a line break at the end unless it is empty.
pub fn markdown(html: &str, leads: Leads<'_>) -> String {
    let mut writer = MarkdownWriting::new(leads);
    let mut passed_over = PassedOver::default();
    for piece in pieces(html) {
        if passed_over.holds(&piece, |tag| is_hidden(tag) || is_left_out(tag)) {
            continue;
        }
        match piece {
            HtmlPiece::Begin(tag) => writer.begin(tag),
            HtmlPiece::End(name) => writer.end(name),
            HtmlPiece::Words(words) => writer.words(&unescaped(words)),
        }
    }
    while let Some(open) = writer.open.pop() {
        writer.close(open);
    }
    writer.paragraph();
    if !writer.out.is_empty() {
        writer.out.push('\n');
    }
    writer.out
}

/// What leads back from a footnote, or does something in a browser.
fn is_left_out(tag: &HtmlTag<'_>) -> bool {
    tag.is("button") || has_class(tag, "footnote-back")
}

fn has_class(tag: &HtmlTag<'_>, class: &str) -> bool {
    tag.inside.contains(class)
        && tag.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|one| one == class))
}

/// What stands in the brackets behind a link or picture: its address, and its title in quotes.
fn destination(url: &str, tag: &HtmlTag<'_>) -> String {
    let url = if url.contains(['(', ')', ' ']) { format!("<{url}>") } else { url.to_string() };
    let title = tag.attribute("title").unwrap_or_default();
    let words: Vec<_> = title.split_whitespace().collect();
    match words.is_empty() {
        true => url,
        false => format!("{url} \"{}\"", escaped(&words.join(" ")).replace('"', "\\\"")),
    }
}

struct MarkdownWriting<'a> {
    leads: Leads<'a>,
    out: String,
    /// The paragraph, heading or cell that is being written.
    line: String,
    space: bool,
    open: Vec<OpenElement>,
    /// What stands before each line: of lists, quotes and footnotes.
    before: Vec<LinePrefix>,
    tables: Vec<WrittenTable>,
    /// Whether the next item is the first of a list that stands in no other.
    list_begins: bool,
    /// Whether the last list that stands in no other has numbers.
    last_ordered: Option<bool>,
    /// Whether the list has other marks than the one before it.
    other_marks: bool,
    /// The text of code, once it has begun: nothing in it is Markdown.
    code: Option<String>,
}

/// An element that has begun.
struct OpenElement {
    name: String,
    does: OpenDoes,
}

enum OpenDoes {
    Nothing,
    /// What stands before the lines goes.
    Prefix,
    Heading(usize),
    List(Option<usize>),
    /// Words between two marks: where they begin.
    Marked(usize, &'static str),
    /// Words between two tags of HTML.
    Tagged(usize, &'static str),
    /// A link, with where it leads and its title.
    Link(usize, Option<String>),
    /// Marks of citations.
    Cited(usize),
    Note(usize),
    Code,
    Fence(String),
    Table,
    Row,
    Cell,
}

struct LinePrefix {
    first: Option<String>,
    rest: String,
    /// Whether it is the first item of a list that stands in no other.
    apart: bool,
}

impl<'a> MarkdownWriting<'a> {
    fn new(leads: Leads<'a>) -> Self {
        Self {
            leads,
            out: String::new(),
            line: String::new(),
            space: false,
            open: Vec::new(),
            before: Vec::new(),
            tables: Vec::new(),
            list_begins: false,
            last_ordered: None,
            other_marks: false,
            code: None,
        }
    }

    fn begin(&mut self, tag: HtmlTag<'_>) {
        let name = tag.name.to_ascii_lowercase();
        if !is_inline(&name) && !matches!(&*name, "br" | "input") {
            self.end_before(&name);
            self.paragraph();
        }
        let does = match &*name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => OpenDoes::Heading(usize::from(name.as_bytes()[1] - b'0')),
            "ul" | "menu" => {
                self.list(false);
                OpenDoes::List(None)
            }
            "ol" => {
                self.list(true);
                OpenDoes::List(Some(tag.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1)))
            }
            "li" => self.item(&tag),
            "dt" => self.marked("**"),
            "dd" => self.push_before(None, "  ".into()),
            "blockquote" => self.push_before(Some("> ".into()), "> ".into()),
            "div" | "details" if has_class(&tag, "alert") => self.push_before(Some("> ".into()), "> ".into()),
            "summary" => self.marked("**"),
            "p" if has_class(&tag, "alert-title") => self.marked("**"),
            "em" | "i" | "cite" | "dfn" => self.marked("*"),
            "strong" | "b" => self.marked("**"),
            "del" | "s" => self.marked("~~"),
            "sub" => OpenDoes::Tagged(self.here(), "sub"),
            "sup" if has_class(&tag, "cite") => OpenDoes::Cited(self.here()),
            "sup" if has_class(&tag, "footnote") => OpenDoes::Note(self.here()),
            "sup" => OpenDoes::Tagged(self.here(), "sup"),
            "a" => self.link(&tag),
            "code" if self.code.is_none() => {
                self.code = Some(String::new());
                OpenDoes::Code
            }
            "code" => {
                let classes = tag.attribute("class").unwrap_or_default();
                let language = classes.split_whitespace().find_map(|class| class.strip_prefix("language-"));
                if let (Some(language), Some(OpenElement { does: OpenDoes::Fence(of), .. })) =
                    (language, self.open.last_mut())
                {
                    *of = language.into();
                }
                OpenDoes::Nothing
            }
            "pre" => {
                self.code = Some(String::new());
                OpenDoes::Fence(String::new())
            }
            "table" => {
                self.tables.push(WrittenTable::default());
                OpenDoes::Table
            }
            "tr" if !self.tables.is_empty() => {
                self.tables.last_mut().expect("there is a table").rows.push(Vec::new());
                OpenDoes::Row
            }
            "td" | "th" if !self.tables.is_empty() => {
                let table = self.tables.last_mut().expect("there is a table");
                table.headed |= name == "th" && table.rows.len() == 1;
                OpenDoes::Cell
            }
            _ => OpenDoes::Nothing,
        };
        match &*name {
            "br" => self.break_line(),
            "hr" => self.block("---"),
            "img" => self.image(&tag),
            "input" if tag.attribute("type").as_deref() == Some("checkbox") => {
                let checked = tag.attribute("checked").is_some();
                self.line.push_str(if checked { "[x]" } else { "[ ]" });
            }
            _ => {}
        }
        if !tag.is_void() {
            self.open.push(OpenElement { name, does });
        }
    }

    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else { return };
        while self.open.len() > at {
            let open = self.open.pop().expect("it is longer");
            self.close(open);
        }
    }

    /// Ends what ends by itself where this element begins.
    fn end_before(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            _ => return,
        };
        let last = self.open.iter().rev().find(|open| ends.contains(&&*open.name) || within.contains(&&*open.name));
        if let Some(name) = last.filter(|open| ends.contains(&&*open.name)).map(|open| open.name.clone()) {
            self.end(&name);
        }
    }

    fn close(&mut self, OpenElement { name, does }: OpenElement) {
        match does {
            OpenDoes::Heading(level) => {
                let words = std::mem::take(&mut self.line).replace("\\\n", " ");
                let words = words.trim();
                if !words.is_empty() {
                    self.block(&format!("{} {words}", "#".repeat(level)));
                }
                self.space = false;
            }
            OpenDoes::Marked(from, mark) => self.enclose(from, mark, mark),
            OpenDoes::Tagged(from, name) => self.enclose(from, &format!("<{name}>"), &format!("</{name}>")),
            OpenDoes::Link(from, Some(destination)) => self.enclose(from, "[", &format!("]({destination})")),
            OpenDoes::Cited(from) => self.enclose(from, "[", "]"),
            OpenDoes::Note(from) => self.enclose(from, "[^", "]"),
            OpenDoes::Code => {
                let code = self.code.take().unwrap_or_default();
                let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
                if !code.is_empty() {
                    let ticks = "`".repeat(longest_run(&code, '`') + 1);
                    let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
                    self.raw(&format!("{ticks}{space}{code}{space}{ticks}"));
                }
            }
            OpenDoes::Fence(language) => {
                let code = self.code.take().unwrap_or_default();
                let ticks = "`".repeat((longest_run(&code, '`') + 1).max(3));
                self.block(&format!("{ticks}{language}\n{}\n{ticks}", code.trim_end_matches('\n')));
            }
            OpenDoes::Prefix => {
                self.paragraph();
                if let Some(LinePrefix { first: Some(first), .. }) = self.before.last()
                    && name == "li"
                {
                    // An item with nothing in it.
                    let marker = first.trim_end().to_string();
                    self.before.last_mut().expect("it is there").first = Some(marker);
                    self.block("");
                }
                self.before.pop();
            }
            OpenDoes::Cell => {
                let cell = self.line.replace("\\\n", " ");
                self.line.clear();
                self.space = false;
                if let Some(row) = self.tables.last_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell.trim().replace('|', "\\|"));
                }
            }
            OpenDoes::Table => {
                if let Some(table) = self.tables.pop() {
                    let shown = table.shown();
                    if shown.is_empty() {
                        return;
                    }
                    if self.tables.is_empty() { self.block(&shown) } else { self.raw(&shown.replace('\n', " ")) }
                }
            }
            OpenDoes::List(_) | OpenDoes::Row | OpenDoes::Link(_, None) | OpenDoes::Nothing => {}
        }
        if !is_inline(&name) {
            self.paragraph();
        }
    }

    /// Where the next word will stand.
    fn here(&mut self) -> usize {
        if self.space && !self.line.is_empty() {
            self.line.push(' ');
        }
        self.space = false;
        self.line.len()
    }

    fn marked(&mut self, mark: &'static str) -> OpenDoes {
        OpenDoes::Marked(self.here(), mark)
    }

    fn push_before(&mut self, first: Option<String>, rest: String) -> OpenDoes {
        let apart = !self.open.iter().any(|open| open.name == "li");
        self.before.push(LinePrefix { first, rest, apart });
        OpenDoes::Prefix
    }

    /// The beginning of a list. One right behind another has other marks, or the two would be one.
    fn list(&mut self, ordered: bool) {
        if self.open.iter().all(|open| open.name != "li") {
            let same_sort = self.last_ordered.replace(ordered) == Some(ordered);
            self.list_begins = true;
            self.other_marks = same_sort && self.ends_with_item() && !self.other_marks;
        }
    }

    /// The beginning of an item: a hyphen, a number, or the name of a footnote.
    fn item(&mut self, tag: &HtmlTag<'_>) -> OpenDoes {
        let note = tag.attribute("id").and_then(|id| Some(note_name(id.split_once("fn-").map(|_| &*id)?)));
        let other = self.other_marks && self.open.iter().all(|open| open.name != "li");
        let list = self.open.iter_mut().rev().find_map(|open| match &mut open.does {
            OpenDoes::List(number) => Some(number),
            _ => None,
        });
        let alone = note.is_some() || list.is_none();
        let is_note = note.is_some();
        let first = match (note, list) {
            (Some(note), _) => format!("[^{note}]: "),
            (None, Some(Some(number))) => {
                *number += 1;
                format!("{}{} ", *number - 1, if other { ')' } else { '.' })
            }
            _ => if other { "* " } else { "- " }.to_string(),
        };
        let rest = " ".repeat(if is_note { 4 } else { first.len() });
        let apart = std::mem::take(&mut self.list_begins) || alone;
        self.before.push(LinePrefix { first: Some(first), rest, apart });
        OpenDoes::Prefix
    }

    /// Whether the last line is one of a list, as far as it tells.
    fn ends_with_item(&self) -> bool {
        let last = self.out.rsplit('\n').next().unwrap_or_default().trim_start_matches("> ");
        let digits = last.trim_start_matches(|c: char| c.is_ascii_digit());
        last.starts_with("- ")
            || last.starts_with("* ")
            || last.starts_with("  ")
            || last.len() > digits.len() && digits.starts_with(['.', ')'])
    }

    fn link(&mut self, tag: &HtmlTag<'_>) -> OpenDoes {
        let url = tag.attribute("href").filter(|href| !href.is_empty());
        let in_marks = self.open.iter().rev().find(|open| matches!(open.does, OpenDoes::Cited(_) | OpenDoes::Note(_)));
        match in_marks {
            Some(OpenElement { does: OpenDoes::Cited(from), .. }) => {
                let from = *from;
                let here = self.here();
                if here > from {
                    self.line.truncate(self.line.trim_end().len());
                    self.line.push_str("; ");
                }
                OpenDoes::Nothing
            }
            Some(_) => {
                // The number differs from text to text of a page; the address does not.
                let name = note_name(url.as_deref().unwrap_or_default().trim_start_matches('#'));
                self.raw(&name);
                self.code = Some(String::new());
                OpenDoes::Nothing
            }
            None => {
                let leads = url.filter(|href| !href.starts_with('#')).and_then(|href| (self.leads)(&href));
                OpenDoes::Link(self.here(), leads.map(|url| destination(&url, tag)))
            }
        }
    }

    fn image(&mut self, tag: &HtmlTag<'_>) {
        let alt = escaped(&tag.attribute("alt").unwrap_or_default());
        match tag.attribute("src").and_then(|src| (self.leads)(&src)) {
            Some(url) => self.raw(&format!("![{alt}]({})", destination(&url, tag))),
            None => self.raw(&alt),
        }
    }

    /// Encloses what was written since a place, without the spaces at its ends.
    fn enclose(&mut self, from: usize, begin: &str, end: &str) {
        if begin == "[^" {
            self.code = None;
        }
        let words = self.line.split_off(from.min(self.line.len()));
        let inner = words.trim();
        if inner.is_empty() {
            self.line.push_str(&words);
            return;
        }
        self.space |= words.ends_with(' ');
        self.line.push_str(&[begin, inner, end].concat());
    }

    fn words(&mut self, words: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(words);
            return;
        }
        self.space |= words.starts_with(is_space);
        for word in words.split(is_space).filter(|word| !word.is_empty()) {
            self.here();
            push_escaped(&mut self.line, word);
            self.space = true;
        }
        self.space = words.ends_with(is_space) || self.space && words.trim_matches(is_space).is_empty();
    }

    /// Adds Markdown to the line.
    fn raw(&mut self, text: &str) {
        self.here();
        self.line.push_str(text);
    }

    fn break_line(&mut self) {
        if self.code.is_none() && !self.line.is_empty() {
            self.line.push_str("\\\n");
            self.space = false;
        }
    }

    /// Ends the paragraph, if there is one.
    fn paragraph(&mut self) {
        self.space = false;
        if self.code.is_some() {
            return;
        }
        if let Some(OpenDoes::Cell | OpenDoes::Heading(_)) = self
            .open
            .iter()
            .rev()
            .map(|open| &open.does)
            .find(|does| matches!(does, OpenDoes::Cell | OpenDoes::Heading(_)))
        {
            // There are no paragraphs in cells and headings.
            self.space = !self.line.is_empty();
            return;
        }
        // Marks may not reach over paragraphs.
        for open in &mut self.open {
            if let OpenDoes::Marked(from, _)
            | OpenDoes::Tagged(from, _)
            | OpenDoes::Link(from, _)
            | OpenDoes::Cited(from) = &mut open.does
            {
                *from = 0;
            }
        }
        let line = std::mem::take(&mut self.line);
        let text = line.trim().trim_end_matches("\\\n").trim_end_matches('\\').trim_end();
        if !text.is_empty() {
            let safe: Vec<_> = text.split('\n').map(safe_beginning).collect();
            self.block(&safe.join("\n"));
        }
    }

    /// Adds a block below the last one.
    fn block(&mut self, text: &str) {
        let begins = self.before.iter().any(|before| before.first.is_some());
        let close = begins && !self.before.iter().any(|before| before.first.is_some() && before.apart);
        if !self.out.is_empty() {
            self.out.push('\n');
            if !close {
                let known = self.before.iter().take_while(|before| before.first.is_none());
                let prefix: String = known.map(|before| before.rest.as_str()).collect();
                self.out.push_str(prefix.trim_end());
                self.out.push('\n');
            }
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.out.push('\n');
            }
            let prefix: String = self
                .before
                .iter_mut()
                .map(|before| before.first.take().unwrap_or_else(|| before.rest.clone()))
                .collect();
            self.out.push_str(if line.is_empty() { prefix.trim_end() } else { &prefix });
            self.out.push_str(line);
        }
    }
}

/// What a footnote is called, by its id in the HTML.
fn note_name(id: &str) -> String {
    id.replacen("fn-", "", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(html: &str) -> String {
        markdown(html, &|address| (address != "/gone/").then(|| format!("{address}index.md")))
    }

    #[test]
    fn paragraphs_headings_and_marks() {
        assert_eq!(
            written(
                "<h2 id=x>A  <em>b</em></h2>\n<p>One <strong>two </strong>three<br>four <code>a`b</code> 2*3_x</p><hr><p>1. no</p>"
            ),
            "## A *b*\n\nOne **two** three\\\nfour ``a`b`` 2\\*3_x\n\n---\n\n1\\. no\n"
        );
    }

    #[test]
    fn lists_stand_close_and_nest() {
        let html = "<p>p</p><ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul><ol start=3><li>x</li><li>y</li></ol><p>z</p>";
        assert_eq!(written("<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul>"), "- a\n\n* b\n\n- c\n");
        assert_eq!(written(html), "p\n\n- a\n  - b\n- c\n\n  d\n\n3. x\n4. y\n\nz\n");
    }

    #[test]
    fn links_lead_where_they_are_told_or_are_words() {
        assert_eq!(
            written(
                "<a href=\"/a/\">x <b>y</b></a> <a href=\"/gone/\">z</a> <a href=\"#h\">h</a> <img alt=\"p\" src=\"/q/\">"
            ),
            "[x **y**](/a/index.md) z h ![p](/q/index.md)\n"
        );
    }

    #[test]
    fn links_and_pictures_keep_their_titles() {
        assert_eq!(
            written(
                "<a href=\"/a/\" title=\"t &quot;q&quot; *m*\n\\\">x</a> <img alt=p src=\"/q/\" title=\"y | z\"> \
                 <a href=\"/a b/\" title=\" \">w</a>"
            ),
            "[x](/a/index.md \"t \\\"q\\\" \\*m\\* \\\\\") ![p](/q/index.md \"y | z\") [w](</a b/index.md>)\n"
        );
    }

    #[test]
    fn tables_have_a_row_of_names() {
        let html = "<table><thead><tr><th>a<th>b|c</tr></thead><tbody><tr><td>1<td><p>x</p><p>y</p></tr></table>";
        assert_eq!(written(html), "| a | b\\|c |\n| --- | --- |\n| 1 | x y |\n");
        assert_eq!(written("<table><tr><td>1</table>"), "|  |\n| --- |\n| 1 |\n");
    }

    #[test]
    fn quotes_alerts_code_and_notes() {
        assert_eq!(written("<blockquote><p>a</p><p>b</p></blockquote>"), "> a\n>\n> b\n");
        let alert = "<div class=\"alert note\"><p class=\"alert-title\">T</p><div class=\"alert-body\"><ul><li>x</li></ul></div></div>";
        assert_eq!(written(alert), "> **T**\n>\n> - x\n");
        assert_eq!(
            written("<pre><code class=\"language-rs\">a &lt; b\n  ```\n</code></pre>"),
            "````rs\na < b\n  ```\n````\n"
        );
        let notes = "<p>a<sup class=\"footnote\"><a href=\"#fn-1\" id=x>1</a></sup></p><section class=\"footnotes\"><ol>\
                     <li id=\"fn-1\"><p>note <a class=\"footnote-back\" href=\"#x\">←</a></p></li></ol></section>";
        assert_eq!(written(notes), "a[^1]\n\n[^1]: note\n");
        let cited = "b<sup class=\"cite\"><a href=\"#source-1\">1</a>, p. 3 <a href=\"#source-2\">2</a></sup>.";
        assert_eq!(written(cited), "b[1, p. 3; 2].\n");
    }

    #[test]
    fn whatever_is_not_known_leaves_its_words() {
        assert_eq!(written("<x-y>a</x-y><script>b</script></p><li>c<table>d<td>"), "a\n\n- c\n\n  d\n");
        for html in
            ["<li>", "<table>", "<a>", "</a>", "<td>x", "<sup class=cite>", "<pre>", "<dd>x</dl>", "<h1><p>a</h1>"]
        {
            assert!(written(html).len() < 20, "{html}");
        }
    }
}
