//! What Logseq has besides Markdown: properties of pages and blocks, `id:: 1`, which are no words, links whose address is a
//! name, `[words]([[page]])`, and pages that are shown in others, `{{embed [[page]]}}`.

use std::ops::Range;

use super::MarkdownProblem;
use super::rewritten::Edit;
use super::verbatim::Verbatim;
use crate::diagnostics::Code;

/// Properties that Logseq keeps for itself: they hold no words.
const OWN: [&str; 18] = [
    "background-color",
    "collapsed",
    "created-at",
    "doing",
    "done",
    "exclude-from-graph-view",
    "filters",
    "heading",
    "icon",
    "id",
    "last-modified-at",
    "later",
    "now",
    "public",
    "query-properties",
    "query-table",
    "todo",
    "updated-at",
];

/// Properties of a page that are read as keys of front matter.
const READ: [&str; 2] = ["title", "alias"];

/// How the name of a block looks.
const ID: &str = "00000000-0000-0000-0000-000000000000";

/// What the properties at the top of a page say of its title and its other names, and whether they keep it back.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PageNames {
    /// What the page is called.
    pub title: Option<String>,
    /// What else it is called.
    pub aliases: Vec<String>,
    /// Whether its author keeps it to themselves: `public:: false`.
    pub is_private: bool,
}

/// What a page says that it is called, and whether it is private.
pub fn page_names(text: &str) -> PageNames {
    let mut names = PageNames::default();
    for line in text.lines().map(words) {
        let Some(key) = property(line) else {
            if line.trim().is_empty() {
                continue;
            }
            break;
        };
        let value = line[key.len() + "::".len()..].trim();
        match key.to_ascii_lowercase().as_str() {
            "title" if !value.is_empty() => names.title = Some(plain(value)),
            "public" => names.is_private |= value.eq_ignore_ascii_case("false"),
            "draft" | "private" => names.is_private |= value.eq_ignore_ascii_case("true"),
            "alias" => names.aliases.extend(parts(value).map(plain).filter(|name| !name.is_empty())),
            _ => {}
        }
    }
    names
}

/// The name of a page as it is written: `[[Leek]]`, `#[[Leek]]`, `#leek`, `"Leek"`, or among other words.
fn plain(name: &str) -> String {
    let name = name.trim();
    let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
    let is_tag = name.starts_with('#') && !name.starts_with("# ");
    name[usize::from(is_tag)..].replace("[[", "").replace("]]", "").trim().to_string()
}

/// The parts of a value between commas, but for those in quotes and in names.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut named) = (false, false);
    let mut before = ' ';
    value.split(move |c: char| {
        match (std::mem::replace(&mut before, c), c) {
            (_, '"') => quoted = !quoted,
            ('[', '[') => named = true,
            (']', ']') => named = false,
            _ => {}
        }
        c == ',' && !quoted && !named
    })
}

/// A line without the sign of its item.
fn words(line: &str) -> &str {
    let rest = line.trim_start_matches([' ', '\t']);
    rest.strip_prefix("- ").unwrap_or(rest)
}

/// Takes properties out of a text, and writes links to names as wikilinks. Properties that say something of their own are
/// reported.
pub(super) fn properties(text: &str, verbatim: &Verbatim, wikilinks: bool) -> (Vec<Edit>, Vec<MarkdownProblem>) {
    let (mut edits, mut problems, mut at) = (Vec::new(), Vec::new(), 0);
    if !["::", "]([[", "{{embed", "(("].iter().any(|sign| text.contains(sign)) {
        return (edits, problems);
    }
    let (mut is_top, mut is_said) = (true, false);
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t']);
        let words = words(line);
        let begin = at + line.len() - words.len();
        if verbatim.at(begin).is_none() {
            if let Some(key) = property(words) {
                let is_empty = || is_empty_block(line.len() - rest.len(), &text[at + line.len()..]);
                // An empty line would part what stands around it.
                let whole = if words.len() == rest.len() || is_empty() {
                    at..at + line.len()
                } else {
                    begin..begin + words.trim_end().len()
                };
                let name = key.to_ascii_lowercase();
                let is_read = OWN.contains(&&*name) || is_top && READ.contains(&&*name);
                if !is_read && !key.contains('.') {
                    problems.push(unshown(key, begin..begin + words.trim_end().len()));
                }
                edits.push(Edit { range: whole, with: String::new() });
            } else {
                if wikilinks {
                    links(line, at, &mut edits);
                    embeds(line, at, &mut edits);
                }
                let block = if is_said { None } else { block(line) };
                problems.extend(block.map(|block| unshown_block(at + block.start..at + block.end)));
                is_said |= problems.last().is_some_and(|problem| problem.code == Code::MarkdownUnread);
            }
        }
        is_top &= words.trim().is_empty() || property(words).is_some();
        at += line.len();
    }
    (edits, problems)
}

/// Whether a block whose first line is a property has nothing else: neither words nor blocks of its own. `rest` is what stands
/// behind that line.
fn is_empty_block(indent: usize, rest: &str) -> bool {
    let inside =
        |line: &&str| line.trim().is_empty() || line.len() - line.trim_start_matches([' ', '\t']).len() > indent;
    let is_property = |line: &str| line.trim().is_empty() || property(line.trim_start_matches([' ', '\t'])).is_some();
    rest.split_inclusive('\n').take_while(inside).all(is_property)
}

/// Where a line refers to another block, `((64f1c2d4-...))`, outside of code.
fn block(line: &str) -> Option<Range<usize>> {
    line.match_indices("((").find_map(|(at, sign)| {
        let (name, _) = line[at + sign.len()..].split_once("))")?;
        let is_id = name.len() == ID.len()
            && name.bytes().zip(ID.bytes()).all(
                |(byte, of)| {
                    if of == b'-' { byte == b'-' } else { byte.is_ascii_hexdigit() }
                },
            );
        let is_code = line[..at].matches('`').count() % 2 == 1;
        (is_id && !is_code).then(|| at..at + name.len() + "(())".len())
    })
}

fn unshown_block(span: Range<usize>) -> MarkdownProblem {
    MarkdownProblem {
        code: Code::MarkdownUnread,
        span,
        message: "other blocks are not shown here, and the page shows this as it is".into(),
        related: Vec::new(),
        help: "copy the words of the block, or link to its page".into(),
    }
}

/// The key of the property with which a line begins: `type:: [[Tool]]`.
fn property(line: &str) -> Option<&str> {
    let (key, value) = line.split_once("::")?;
    let is_key = key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '?'));
    (is_key && (value.is_empty() || value.starts_with(char::is_whitespace))).then_some(key)
}

fn unshown(key: &str, span: Range<usize>) -> MarkdownProblem {
    MarkdownProblem {
        code: Code::TextLost,
        span,
        message: format!("what the property `{key}` says is on no page"),
        related: Vec::new(),
        help: "put it into the front matter, or write it as text".into(),
    }
}

/// `[words]([[page]])` as `[[page|words]]`, outside of code.
fn links(line: &str, start: usize, edits: &mut Vec<Edit>) {
    const PARTS: &str = "]([[";
    let sign = if line.trim_start().starts_with('|') { "\\|" } else { "|" };
    let mut after = 0;
    for (at, _) in line.match_indices(PARTS) {
        let Some(open) = line[after..at].rfind('[').map(|open| after + open) else { continue };
        let (words, behind) = (&line[open + 1..at], &line[at + PARTS.len()..]);
        let Some((name, _)) = behind.split_once("]])") else { continue };
        let is_code = line[..open].matches('`').count() % 2 == 1;
        let is_plain =
            !words.trim().is_empty() && !words.contains('|') && !name.is_empty() && !name.contains(['|', '[']);
        if is_plain && !is_code && !line[..open].ends_with(['\\', '!', '[']) {
            after = at + PARTS.len() + name.len() + "]])".len();
            edits.push(Edit { range: start + open..start + after, with: format!("[[{name}{sign}{words}]]") });
        }
    }
}

/// `{{embed [[page]]}}` as `![[page]]`, outside of code.
fn embeds(line: &str, start: usize, edits: &mut Vec<Edit>) {
    for (at, sign) in line.match_indices("{{embed") {
        let rest = &line[at + sign.len()..];
        let named = rest.trim_start().strip_prefix("[[").and_then(|rest| rest.split_once("]]"));
        let Some((name, behind)) = named.filter(|(name, _)| !name.is_empty() && !name.contains(['|', '['])) else {
            continue;
        };
        let Some(behind) = behind.trim_start().strip_prefix("}}") else { continue };
        if line[..at].matches('`').count().is_multiple_of(2) {
            let range = start + at..start + line.len() - behind.len();
            edits.push(Edit { range, with: format!("![[{name}]]") });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    #[test]
    fn properties_are_no_words_and_links_to_names_are_links() {
        let text = "type:: [[Tool]]\nid:: 1\n\n- One\n  collapsed:: true\n- id:: 2\n  Two [so *it* is]([[a b]]) `[c]([[d]])`\n\n```\nid:: 3\n```\n\nstd::fmt:: x and a:: b\n";
        let mut read = Rewritten::of(text);
        let (edits, problems) = properties(text, &Verbatim::of(text, PLAIN), true);
        read.apply(&edits);
        assert_eq!(
            read.text,
            "\n- One\n- \n  Two [[a b|so *it* is]] `[c]([[d]])`\n\n```\nid:: 3\n```\n\nstd::fmt:: x and a:: b\n"
        );
        assert_eq!(problems.len(), 1);
        assert_eq!(&text[problems[0].span.clone()], "type:: [[Tool]]");
    }

    #[test]
    fn pages_are_called_as_their_properties_say_and_show_others() {
        let names = page_names("title:: A/b c\nalias:: [[D]], e\n\n- x\n  alias:: f\n");
        assert_eq!(
            names,
            PageNames { title: Some("A/b c".into()), aliases: vec!["D".into(), "e".into()], is_private: false }
        );
        assert!(
            page_names("- title:: A\n  public:: false\n\n- x\n").is_private && page_names("draft:: true").is_private
        );
        let quoted = page_names("title:: [[Bee]] soup\nalias:: \"a, b\", #[[c, d]], #e, [[f]] g\n");
        assert_eq!(quoted.title.as_deref(), Some("Bee soup"));
        assert_eq!(quoted.aliases, ["a, b", "c, d", "e", "f g"]);
        assert!(!page_names("public:: true\n\n- x\n  private:: true").is_private);
        let text =
            "- title:: A\n- {{embed [[b c]]}} {{embed  [[d]] }}\n- `{{embed [[e]]}}` {{embed ((f))}}\n  title:: g\n";
        assert_eq!(page_names(text).title.as_deref(), Some("A"));
        let mut read = Rewritten::of(text);
        let (edits, problems) = properties(text, &Verbatim::of(text, PLAIN), true);
        read.apply(&edits);
        assert_eq!(read.text, "- ![[b c]] ![[d]]\n- `{{embed [[e]]}}` {{embed ((f))}}\n");
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn blocks_of_properties_alone_are_none_and_other_blocks_are_not_shown() {
        let id = "64f1c2d4-0000-4000-8000-0123456789ab";
        let text = format!(
            "- id:: 1\n  collapsed:: true\n\n- A (({id})) f((x)) `(({id}))`\n\t- id:: 2\n- id:: 3\n\t- B (({id}))\n- id:: 4\n  C\n"
        );
        let mut read = Rewritten::of(&text);
        let (edits, problems) = properties(&text, &Verbatim::of(&text, PLAIN), true);
        read.apply(&edits);
        assert_eq!(read.text, format!("\n- A (({id})) f((x)) `(({id}))`\n- \n\t- B (({id}))\n- \n  C\n"));
        assert_eq!(problems.len(), 1);
        assert_eq!(&text[problems[0].span.clone()], format!("(({id}))"));
    }
}
