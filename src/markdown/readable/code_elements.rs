//! Elements of MDX whose whole text is one literal in braces, `` <CodeBlock>{`...`}</CodeBlock> ``: pieces of code, which are
//! written between fences.

use std::ops::Range;

use super::super::MarkdownProblem;
use super::super::author_signs::AuthorSigns;
use super::super::components::attribute;
use super::super::plain_text::without_comments;
use super::super::tags::starts;
use super::{SameLength, mdx};
use crate::diagnostics::Code;

/// Elements that show code. Others with such a word in their name stand in sentences, or hold pictures: `InlineCode`, `QRCode`.
const NAMES: [&str; 8] = ["pre", "Code", "CodeBlock", "CodeSnippet", "Snippet", "Highlight", "Terminal", "Prism"];
/// Attributes that say what a piece of code is called.
const TITLES: [&str; 5] = ["title", "filename", "fileName", "caption", "label"];
/// Attributes that say nothing to readers, or what is written behind the fence.
const OTHERS: [&str; 6] = ["language", "lang", "class", "classname", "style", "metastring"];
/// What is taken out of a title here; what else is for authors alone is when the fence is read.
const COMMENTS: AuthorSigns = AuthorSigns { remarks: false, template_tags: false, mdx: true };
/// So many lines before it the element is looked for in which another one stands.
const LINES_ABOVE: usize = 100;

/// A piece of code.
pub(super) struct CodeElement {
    /// What stands in its place.
    pub edit: SameLength,
    /// Its tag, where a value in braces in it is left out.
    pub left_out: Option<Range<usize>>,
    /// The literal, where it has values of programs, which are shown as they are.
    pub program: Option<Range<usize>>,
    /// Attributes whose words are on no page.
    pub problems: Vec<MarkdownProblem>,
}

/// What begins at `<`.
pub(super) enum CodeStart {
    /// A piece of code, if its element is alone before it on its line.
    Read(CodeElement),
    /// None: its literal never ends.
    Endless,
    /// None.
    Other,
}

/// What begins at a place of a text.
pub(super) fn code(text: &str, open: usize) -> CodeStart {
    let Some((name, tags, literal)) = beginning(text, open) else { return CodeStart::Other };
    match mdx::end_of_literal(text, literal) {
        Some(end) => element(text, name, tags, literal..end).map_or(CodeStart::Other, CodeStart::Read),
        None => CodeStart::Endless,
    }
}

/// The tags of an element of code with a literal behind them.
struct CodeTags {
    outer: Range<usize>,
    /// That of `<code>` in `<pre>`.
    inner: Option<Range<usize>>,
    /// Whether a value in braces is left out.
    left_out: bool,
}

/// The name and the tags of the element that begins at a place, and where the literal in it begins.
fn beginning(text: &str, open: usize) -> Option<(&str, CodeTags, usize)> {
    let name = &text[open + 1..];
    let name = &name[..name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(name.len())];
    if !NAMES.contains(&name) || line_start(text, open).is_none() {
        return None;
    }
    let mdx::MdxTag::Read { end, left_out, .. } = mdx::read_tag(text, open) else { return None };
    let mut tags = CodeTags { outer: open..end, inner: None, left_out };
    if text[tags.outer.clone()].ends_with("/>") {
        return None;
    }
    let mut at = past_spaces(text, end);
    if text[at..].starts_with("<code") && name == "pre" {
        let mdx::MdxTag::Read { end, .. } = mdx::read_tag(text, at) else { return None };
        tags.inner = Some(at..end);
        at = past_spaces(text, end);
    }
    let literal = past_spaces(text, past(text, at, "{")?);
    text[literal..].starts_with(['"', '\'', '`']).then_some((name, tags, literal))
}

/// The element with its end.
fn element(text: &str, name: &str, tags: CodeTags, literal: Range<usize>) -> Option<CodeElement> {
    let line = line_start(text, tags.outer.start)?;
    let mut end = past_spaces(text, past(text, past_spaces(text, literal.end), "}")?);
    if tags.inner.is_some() {
        end = past_spaces(text, end_tag(text, end, "code")?);
    }
    end = end_tag(text, end, name)?;
    // Words behind it make it a part of their sentence.
    if !text[end..].split('\n').next().unwrap_or_default().trim().is_empty() {
        return None;
    }
    let (mut said, is_below) = said(text, &literal);
    if said.trim().is_empty() {
        return None;
    }
    if !is_below {
        said.insert_str(0, &" ".repeat(column(text, line)));
    }
    let CodeTags { outer, inner, left_out } = tags;
    let written_tags: Vec<_> = [Some(outer.clone()), inner].into_iter().flatten().map(|tag| &text[tag]).collect();
    let public = |title: String| without_comments(&title, COMMENTS).0.into_owned();
    let title = TITLES.iter().find_map(|title| Some((*title, public(attribute(written_tags[0], title)?))));
    let (title, edit) = written(text, line..end, &said, &language(&written_tags), title)?;
    let written = &text[literal.clone()];
    let is_escaped = |at: usize| written[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    let has_program = written.starts_with('`') && written.match_indices("${").any(|(at, _)| !is_escaped(at));
    Some(CodeElement {
        edit,
        left_out: left_out.then_some(outer.clone()),
        program: has_program.then_some(literal),
        problems: lost(text, &outer, name, title),
    })
}

/// Where the line begins on which nothing stands before a place.
fn line_start(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].trim_end_matches([' ', '\t']);
    (before.is_empty() || before.ends_with('\n')).then_some(before.len())
}

/// The piece of code between fences, and which attribute became its title.
fn written<'n>(
    text: &str,
    range: Range<usize>,
    said: &str,
    language: &str,
    title: Option<(&'n str, String)>,
) -> Option<(Option<&'n str>, SameLength)> {
    let run = |sign: char| said.split(|c| c != sign).map(str::len).max().unwrap_or_default();
    let sign = if run('`') < 3 { '`' } else { '~' };
    let fence = sign.to_string().repeat(run(sign).max(2) + 1);
    let spaces = " ".repeat(column(text, range.start));
    let above = text[..range.start].trim_end_matches('\n').len();
    let first = if range.start == 0 || range.start - above > 1 { "" } else { "\n" };
    let is_plain = |title: &str| !title.is_empty() && !title.contains(['"', '`', '\n']);
    let titled = title.filter(|(_, title)| is_plain(title));
    let titles = titled.into_iter().map(Some).chain([None]);
    for title in titles {
        let named = title.as_ref().map_or(String::new(), |(_, title)| format!(" title=\"{title}\""));
        let language = if language.is_empty() && !named.is_empty() { "text" } else { language };
        let begin = format!("{first}{spaces}{fence}{language}{named}\n{said}\n{spaces}{fence}");
        if let Some(room) = range.len().checked_sub(begin.len()) {
            let with = format!("{begin}{}", " ".repeat(room));
            return Some((title.map(|(name, _)| name), SameLength { range, with }));
        }
    }
    None
}

/// The column at which the element stands that begins with a line, or the outermost of those in which it does.
fn column(text: &str, line: usize) -> usize {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut column = indent(&text[line..]);
    for above in text[..line].lines().rev().take(LINES_ABOVE) {
        if column == 0 {
            break;
        }
        if above.trim().is_empty() || indent(above) >= column {
            continue;
        }
        if !above.trim_start().starts_with('<') {
            break;
        }
        column = indent(above);
    }
    column
}

/// What a literal says, without the line ends at its beginning and end and without the comments in it, and whether it begins on
/// a line of its own.
fn said(text: &str, literal: &Range<usize>) -> (String, bool) {
    let inside = literal.start + 1..literal.end - 1;
    let mut comments = mdx::comments(text, literal.clone()).into_iter().peekable();
    let mut out = String::with_capacity(inside.len());
    let mut at = inside.start;
    while at < inside.end {
        if let Some(comment) = comments.next_if(|comment| comment.start <= at) {
            at = comment.end.max(at);
            continue;
        }
        let mut signs = text[at..inside.end].chars();
        let Some(sign) = signs.next() else { break };
        at += sign.len_utf8();
        if sign != '\\' {
            out.push(sign);
            continue;
        }
        let Some(sign) = signs.next() else { break };
        at += sign.len_utf8();
        match sign {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' | '\n' => {}
            'u' | 'x' => out.extend(['\\', sign]),
            sign => out.push(sign),
        }
    }
    match out.find('\n').filter(|end| out[..*end].trim().is_empty()) {
        Some(end) => (out[end + 1..].trim_end().to_string(), true),
        None => (out.trim_end().to_string(), false),
    }
}

/// The language that the attributes name.
fn language(tags: &[&str]) -> String {
    let of_class = |tag: &&str| {
        let class = attribute(tag, "className").or_else(|| attribute(tag, "class"))?;
        class.split_whitespace().find_map(|class| class.strip_prefix("language-")).map(str::to_string)
    };
    let named = attribute(tags[0], "language").or_else(|| attribute(tags[0], "lang"));
    let named = named.or_else(|| tags.iter().find_map(of_class)).unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '#' | '_');
    if named.chars().all(is_plain) { named } else { String::new() }
}

/// Attributes with words that are on no page.
fn lost(text: &str, tag: &Range<usize>, name: &str, title: Option<&str>) -> Vec<MarkdownProblem> {
    let start = starts(&text[tag.clone()]).into_iter().next();
    let attributes = start.into_iter().flat_map(|start| start.attributes);
    let is_lost = |key: &str, value: &str| {
        let is_title = title.is_some_and(|title| title.eq_ignore_ascii_case(key));
        let may_be_title = TITLES.iter().any(|title| title.eq_ignore_ascii_case(key));
        !is_title && !OTHERS.contains(&key) && !value.trim().is_empty() && (may_be_title || value.trim().contains(' '))
    };
    let lost = attributes.filter(|attribute| is_lost(&attribute.name, attribute.value));
    lost.map(|attribute| MarkdownProblem {
        code: Code::TextLost,
        span: tag.start + attribute.at..tag.start + attribute.at + attribute.value.len(),
        message: format!("what the attribute `{}` of `<{name}>` says is on no page", attribute.name),
        related: Vec::new(),
        help: "write its words as text".into(),
    })
    .collect()
}

/// Where the end of an element of this name ends that begins here.
fn end_tag(text: &str, at: usize, name: &str) -> Option<usize> {
    let rest = text[at..].strip_prefix("</")?.strip_prefix(name)?.trim_start().strip_prefix('>')?;
    Some(text.len() - rest.len())
}

/// Where a sign ends that stands at a place.
fn past(text: &str, at: usize, sign: &str) -> Option<usize> {
    text[at..].starts_with(sign).then_some(at + sign.len())
}

fn past_spaces(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let CodeStart::Read(code) = code(text, text.find('<')?) else { return None };
        assert_eq!(code.edit.with.len(), code.edit.range.len());
        let (before, behind) = (&text[..code.edit.range.start], &text[code.edit.range.end..]);
        let with = code.edit.with.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        Some(format!("{before}{with}{behind}"))
    }

    #[test]
    fn a_literal_in_an_element_of_code_is_code() {
        for (text, shown) in [
            ("<CodeBlock>{`# x\n\ny *z*\n`}</CodeBlock>\n", "```\n# x\n\ny *z*\n```\n"),
            ("<pre>{'a <b>'}</pre>", "```\na <b>\n```"),
            ("<pre><code className=\"language-js\">{`a\\`b\\n`}</code></pre>\n", "```js\na`b\n```\n"),
            (
                "<CodeBlock language=\"sh\" title='run.sh'>\n  {`\n\\`\\`\\`\n${a /* b */}`}\n</CodeBlock>\nc",
                "~~~sh title=\"run.sh\"\n```\n${a }\n~~~\nc",
            ),
            ("a\n<Highlight code>{`b`}</Highlight>", "a\n\n```\nb\n```"),
            ("- a\n\n  <pre>{`b\n  c`}</pre>", "- a\n\n  ```\n  b\n  c\n  ```"),
        ] {
            assert_eq!(read(text).as_deref(), Some(shown), "{text}");
        }
        for text in [
            "<Note>{`a`}</Note>",
            "<pre>a {`b`}</pre>",
            "<pre>{`b`} c</pre>",
            "<pre>{b}</pre>",
            "<pre>{`b` + `c`}</pre>",
            "a <pre>{`b`}</pre>",
            "<pre>{`b",
            "<CodeBlock>{``}</CodeBlock>",
            "<Highlight color=\"red\">{\"b\"}</Highlight> is c.",
            "<pre>{`b`}</pre> c",
            "<QRCode>{`b`}</QRCode>",
            "<InlineCode>{`b`}</InlineCode>",
            "<CodeGroup>{`b`}</CodeGroup>",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let CodeStart::Read(code) = code("<Code about=\"some words\">{`a`}</Code>", 0) else { panic!("it is code") };
        assert_eq!(code.problems.len(), 1);
        assert_eq!(column("- a\n  <A>\n      <B>\n        <pre>", 20), 2);
    }
}
