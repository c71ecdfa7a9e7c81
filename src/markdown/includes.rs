//! Files that a text shows: `{{#include a.rs:part}}` of mdBook, `--8<-- "a.md"` of MkDocs, `<<< @/a.js{2-4}` of VitePress.
//! Only files that the site names below `markdown.includes` are shown.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::rewritten::{Edit, Rewritten};
use super::verbatim::{Sort, Verbatim};
use super::{MarkdownProblem, Reading, syntax};
use crate::diagnostics::{Code, nearest};
use crate::folders::is_below;
use crate::hash::Hash;
use crate::model::keys::{is_among_drafts, seems_private};
use crate::model::schema::Dialect;
use crate::model::source::Source;

/// Files that are shown may show others so many levels deep.
const DEEPEST: usize = 10;
/// So many bytes of other files a text may show, each counted as often as it is shown.
const MOST: usize = 4 * 1024 * 1024;

/// A sign that shows a file.
struct IncludeSign<'t> {
    /// Where the sign stands.
    range: Range<usize>,
    /// What stands before it on its line and before each line of the file.
    indent: &'t str,
    /// The file, as it was written.
    path: &'t str,
    part: Part<'t>,
    form: Form<'t>,
}

/// Which part of a file is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'t> {
    Whole,
    /// From one line to another, both counted from 1.
    Lines(usize, usize),
    /// What stands between two marks of this name.
    Named(&'t str),
}

/// What is made of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form<'t> {
    /// Its text.
    Text,
    /// A piece of code, with the language, what else stands behind the fence, and the title.
    Code(&'t str, &'t str, &'t str),
}

/// What a text shows of other files.
#[derive(Default)]
pub(super) struct Included {
    /// The files that were looked for, each with the hash of its text; none of one that is not there.
    pub files: BTreeSet<(Arc<str>, Option<Hash>)>,
    /// Where the signs stand, each with the file that it shows.
    pub shown: Vec<(Range<usize>, Arc<str>)>,
    /// What is wrong with the signs.
    pub problems: Vec<MarkdownProblem>,
}

/// Puts the files into a text that it shows.
pub(super) fn include(text: &mut Rewritten<'_>, dialect: Dialect, reading: &Reading<'_>) -> Included {
    let mut files = Files { dialect, reading, found: Included::default(), left: MOST, open: Vec::new() };
    let mut failed = Vec::new();
    let edits = files.edits(&text.text, reading.folder, 0, &mut failed);
    for (range, message, help) in failed {
        let span = text.written(&range);
        files.found.problems.push(MarkdownProblem {
            code: Code::IncludeMissing,
            span,
            message,
            related: Vec::new(),
            help,
        });
    }
    text.apply(&edits);
    files.found
}

/// The paths of the files that a text of any tool may show, from the folder of the project on. `own` is the path of its file.
pub fn shown_files(text: &str, own: &str) -> Vec<String> {
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    let from_project = |sign: &IncludeSign<'_>| joined("", sign.path.strip_prefix("@/").unwrap_or(sign.path));
    let mut paths: Vec<_> = of_mdbook(text).0.iter().filter_map(|sign| joined(folder, sign.path)).collect();
    paths.extend(of_mkdocs(text).0.iter().filter_map(from_project));
    for sign in of_vitepress(text) {
        paths.extend(if sign.path.starts_with("@/") { from_project(&sign) } else { joined(folder, sign.path) });
    }
    paths
}

/// Whether the front matter of a text, if it has one, keeps it from readers.
fn is_held_back(text: &str) -> bool {
    // The name of a language may stand behind the fence.
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence));
    let front = fence.and_then(|fence| text.split_once('\n')?.1.split_once(&format!("\n{fence}")));
    front.is_some_and(|(front, _)| seems_private(front))
}

/// What is wrong with a sign: where it stands, the message, the way out.
type Failure = (Range<usize>, String, String);

struct Files<'r> {
    dialect: Dialect,
    reading: &'r Reading<'r>,
    found: Included,
    /// How many bytes may still be shown.
    left: usize,
    /// The parts of files that are being shown, each in the one before it.
    open: Vec<(Arc<str>, String)>,
}

impl Files<'_> {
    /// What stands in place of the signs of a text whose file lies in this folder.
    fn edits(&mut self, text: &str, folder: &str, depth: usize, failed: &mut Vec<Failure>) -> Vec<Edit> {
        let (mut signs, mut edits) = match self.dialect {
            Dialect::MdBook => of_mdbook(text),
            Dialect::MkDocs => of_mkdocs(text),
            Dialect::VitePress => (of_vitepress(text), Vec::new()),
            Dialect::Docusaurus | Dialect::Astro | Dialect::Logseq | Dialect::Dendron | Dialect::Docsify => {
                return Vec::new();
            }
        };
        if !signs.is_empty() || !edits.is_empty() {
            let verbatim = Verbatim::of(text, syntax(self.reading.schema));
            // Only VitePress reads its signs as Markdown: in code they are text.
            let is_text = |at| match verbatim.at(at) {
                Some(Sort::Private) => true,
                Some(Sort::Fenced | Sort::Indented | Sort::Raw) => self.dialect == Dialect::VitePress,
                None => false,
            };
            signs.retain(|sign| !is_text(sign.range.start));
            edits.retain(|edit| !is_text(edit.range.start));
        }
        for sign in signs {
            match self.shown(&sign, folder, depth) {
                Ok((path, with)) => {
                    if depth == 0 {
                        self.found.shown.push((sign.range.clone(), path));
                    }
                    edits.push(Edit { range: sign.range, with });
                }
                Err((message, help)) => failed.push((sign.range, message, help)),
            }
        }
        edits.sort_by_key(|edit| edit.range.start);
        edits
    }

    /// What a sign shows, and the file that it is in.
    fn shown(
        &mut self,
        sign: &IncludeSign<'_>,
        folder: &str,
        depth: usize,
    ) -> Result<(Arc<str>, String), (String, String)> {
        let source = self.source(sign.path, folder)?;
        let (path, text) = (source.path.clone(), source.text.clone());
        let Some(part) = part_of(&text, sign.part) else {
            let (Part::Named(name), all) = (sign.part, names(&text)) else {
                let count = text.lines().count();
                return Err((format!("`{path}` has only {count} lines"), "correct the numbers of the lines".into()));
            };
            let near = nearest(name, all.iter().copied());
            let help = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("mark it in `{path}`, or correct the name"),
            };
            return Err((format!("no part of `{path}` is named `{name}`"), help));
        };
        let own = (path.clone(), format!("{:?}", sign.part));
        if let Some(first) = self.open.iter().position(|open| *open == own) {
            let names = self.open[first..].iter().map(|(path, _)| path).chain([&path]);
            let circle: Vec<_> = names.map(|path| format!("`{path}`")).collect();
            let message = format!("these files show one another in a circle: {}", circle.join(", "));
            return Err((message, "take out the sign that leads back, or name a part without it".into()));
        }
        self.left = self.left.checked_sub(part.len()).ok_or_else(|| {
            (format!("this page shows more than {} MB of other files", MOST / 1024 / 1024), "show fewer of them".into())
        })?;
        let mut inner = Rewritten::of(&part);
        if sign.form == Form::Text && depth < DEEPEST {
            let mut failed = Vec::new();
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            self.open.push(own);
            let edits = self.edits(&part, folder, depth + 1, &mut failed);
            self.open.pop();
            inner.apply(&edits);
            if let Some((_, message, help)) = failed.pop() {
                return Err((format!("in `{path}`: {message}"), help));
            }
        }
        let text = inner.text.strip_suffix('\n').unwrap_or(&inner.text);
        let text = match sign.form {
            Form::Text => text.to_string(),
            Form::Code(language, info, title) => fenced(text, language, info, title),
        };
        let with = if sign.indent.is_empty() { text } else { text.replace('\n', &format!("\n{}", sign.indent)) };
        Ok((path, with))
    }

    /// The file that a path means.
    fn source(&mut self, written: &str, folder: &str) -> Result<&Source, (String, String)> {
        let reading = self.reading;
        let allowed = &reading.schema.markdown.includes;
        let candidates = self.candidates(written, folder);
        let Some(first) = candidates.first().cloned() else {
            let help = "copy the file into the project, or make a link to its folder there";
            return Err((format!("`{written}` lies outside of the project"), help.into()));
        };
        for path in candidates {
            let at = reading.included.binary_search_by(|source| (*source.path).cmp(&path)).ok();
            let source = at.map(|at| &reading.included[at]);
            let hash = source.filter(|source| !source.broken).map(|source| source.hash);
            self.found.files.insert((path.into(), hash));
            match source {
                Some(source) if source.broken => {
                    let message = format!("`{}` cannot be shown: it is no text, or too long", source.path);
                    return Err((message, "show another file".into()));
                }
                Some(source) if is_among_drafts(&source.path) || is_held_back(&source.text) => {
                    let message =
                        format!("`{}` is held back, as a draft or as private, and so are its parts", source.path);
                    return Err((message, "show another file, or take away what holds it back".into()));
                }
                Some(source) => return Ok(source),
                None => {}
            }
        }
        if allowed.iter().any(|allowed| is_below(&first, allowed)) {
            let near = nearest(&first, reading.included.iter().map(|source| &*source.path));
            let help = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => "put the file there, or correct the path".into(),
            };
            return Err((format!("there is no file `{first}`"), help));
        }
        let top = first.split('/').next().unwrap_or_default();
        let help = format!("name the file or its folder in site.yaml: `markdown: {{includes: [{top}]}}`");
        Err((format!("`{first}` is none of the files that texts may show"), help))
    }

    /// The paths in the project that a path may mean, the likeliest first; none where it leaves the project.
    fn candidates(&self, written: &str, folder: &str) -> Vec<String> {
        let schema = self.reading.schema;
        let kinds = schema.kinds.iter().filter_map(|kind| kind.folder.as_deref());
        let bases: Vec<&str> = match self.dialect {
            // From the folder of its configuration on, or from one that this names.
            Dialect::MkDocs => {
                [""].into_iter().chain(schema.markdown.includes.iter().map(String::as_str)).chain(kinds).collect()
            }
            Dialect::VitePress if written.starts_with("@/") => kinds.chain([""]).collect(),
            _ => vec![folder],
        };
        let written = written.strip_prefix("@/").unwrap_or(written);
        bases.into_iter().filter_map(|base| joined(base, written)).collect()
    }
}

/// A path from a folder of the project on; none where it leaves the project.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if path.starts_with('/') || path.contains('\\') || path.contains("://") {
        return None;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/")).filter(|path| !path.is_empty())
}

/// `{{#include a.rs:2:10}}`, `{{#rustdoc_include a.rs:part}}`, `{{#playground a.rs editable}}`; `\{{#` is text.
fn of_mdbook(text: &str) -> (Vec<IncludeSign<'_>>, Vec<Edit>) {
    let (mut signs, mut edits) = (Vec::new(), Vec::new());
    for (at, _) in text.match_indices("{{#") {
        let line = text[at..].split('\n').next().unwrap_or_default();
        let Some((inside, _)) = line[3..].split_once("}}") else { continue };
        let range = at..at + 3 + inside.len() + 2;
        if text[..at].ends_with('\\') {
            // In code the backslash would be shown; elsewhere it keeps its meaning.
            if is_code(text, at) {
                edits.push(Edit { range: at - 1..at, with: String::new() });
            }
            continue;
        }
        let mut words = inside.split_whitespace();
        let (name, path) = (words.next().unwrap_or_default(), words.next());
        match (name, path) {
            // The name of the page for its tab, which pages here have from elsewhere.
            ("title", Some(_)) => edits.push(Edit { range, with: String::new() }),
            ("include" | "rustdoc_include", Some(path)) => {
                let (path, part) = parted(path);
                signs.push(IncludeSign { indent: indent(text, at), range, path, part, form: Form::Text });
            }
            ("playground" | "playpen", Some(path)) => {
                let form = Form::Code("rust", "", "");
                signs.push(IncludeSign { indent: indent(text, at), range, path, part: Part::Whole, form });
            }
            _ => {}
        }
    }
    (signs, edits)
}

/// Whether a place lies in code: behind a fence, or behind an odd number of backticks on its line.
fn is_code(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let is_fence = |line: &&str| line.trim_start_matches([' ', '\t', '>']).starts_with("```");
    text[line..at].matches('`').count() % 2 == 1 || text[..line].lines().filter(is_fence).count() % 2 == 1
}

/// `--8<-- "a.md:2:10"` on a line of its own, or several files on lines between two `--8<--`; `;--8<--` is text.
fn of_mkdocs(text: &str) -> (Vec<IncludeSign<'_>>, Vec<Edit>) {
    let (mut signs, mut edits, mut at, mut several) = (Vec::new(), Vec::new(), 0, false);
    if !text.contains("-8<-") {
        return (signs, edits);
    }
    for line in text.split_inclusive('\n') {
        let written = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        let range = start..start + written.len();
        let mut sign = |path| {
            let (path, part) = parted(path);
            let form = Form::Text;
            signs.push(IncludeSign { indent: indent(text, start), range: range.clone(), path, part, form });
        };
        at += line.len();
        if let Some(escaped) = written.strip_prefix(';').filter(|rest| snippet(rest).is_some()) {
            edits.push(Edit { range: start..start + written.len() - escaped.len(), with: String::new() });
        } else if snippet(written) == Some("") {
            several = !several;
            edits.push(Edit { range, with: String::new() });
        } else if several && !written.is_empty() {
            match written.strip_prefix(';') {
                Some(_) => edits.push(Edit { range, with: String::new() }),
                None => sign(written),
            }
        } else if let Some(path) = snippet(written).map(str::trim)
            && let Some(quote) = path.chars().next().filter(|quote| matches!(quote, '"' | '\''))
            && let Some(path) = path[1..].strip_suffix(quote)
        {
            sign(path);
        }
    }
    (signs, edits)
}

/// What stands behind the sign that shows a file in MkDocs: `--8<--`, with any number of dashes.
fn snippet(written: &str) -> Option<&str> {
    let behind = written.trim_start_matches('-');
    behind.strip_prefix("8<-").filter(|_| behind.len() < written.len()).map(|rest| rest.trim_start_matches('-'))
}

/// `<<< @/a.js#part{2,4-6 ts}[Title]` on a line of its own, `<!--@include: ./a.md{3,10}-->`
fn of_vitepress(text: &str) -> Vec<IncludeSign<'_>> {
    let (mut signs, mut at) = (Vec::new(), 0);
    if !text.contains("<<< ") && !text.contains("@include:") {
        return signs;
    }
    for line in text.split_inclusive('\n') {
        let written = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        let range = start..start + written.len();
        at += line.len();
        if let Some(sign) = written.strip_prefix("<<< ").map(str::trim) {
            let (sign, title) = sign.strip_suffix(']').and_then(|sign| sign.rsplit_once('[')).unwrap_or((sign, ""));
            let (sign, info) =
                sign.trim().strip_suffix('}').and_then(|sign| sign.rsplit_once('{')).unwrap_or((sign.trim(), ""));
            let (path, name) = sign.split_once('#').unwrap_or((sign, ""));
            let lines = info.split(' ').next().filter(|lines| lines.starts_with(|c: char| c.is_ascii_digit()));
            let own = info[lines.map_or(0, str::len)..].split([' ', ':']).find(|word| !word.is_empty());
            let language = own.unwrap_or_else(|| path.rsplit_once('.').map_or("", |(_, ending)| ending));
            let part = if name.is_empty() { Part::Whole } else { Part::Named(name) };
            let form = Form::Code(language, lines.unwrap_or_default(), title);
            signs.push(IncludeSign { indent: indent(text, start), range, path: path.trim(), part, form });
        } else if let Some(sign) = written.strip_prefix("<!--").and_then(|sign| sign.trim().strip_prefix("@include:"))
            && let Some(sign) = sign.strip_suffix("-->").map(str::trim)
        {
            let (sign, lines) = sign.strip_suffix('}').and_then(|sign| sign.rsplit_once('{')).unwrap_or((sign, ""));
            let (path, name) = sign.split_once('#').unwrap_or((sign, ""));
            let (from, to) = lines.split_once(',').unwrap_or((lines, lines));
            let part = match (lines, name) {
                ("", "") => Part::Whole,
                ("", name) => Part::Named(name),
                _ => Part::Lines(from.trim().parse().unwrap_or(1), to.trim().parse().unwrap_or(usize::MAX)),
            };
            signs.push(IncludeSign { indent: indent(text, start), range, path: path.trim(), part, form: Form::Text });
        }
    }
    signs
}

/// A path and the part that is named behind it: `a.rs:part`, `a.rs:2`, `a.rs:2:`, `a.rs::10`, `a.rs:2:10`.
fn parted(written: &str) -> (&str, Part<'_>) {
    let Some((path, part)) = written.split_once(':').filter(|(_, rest)| !rest.starts_with("//")) else {
        return (written, Part::Whole);
    };
    let (from, to) = part.split_once(':').map_or((part, None), |(from, to)| (from, Some(to)));
    let number = |text: &str| text.trim().parse::<usize>().ok();
    match (number(from), to) {
        (Some(from), None) => (path, Part::Lines(from, from)),
        (Some(from), Some(to)) => (path, Part::Lines(from, number(to).unwrap_or(usize::MAX))),
        (None, Some(to)) if from.is_empty() => (path, Part::Lines(1, number(to).unwrap_or(usize::MAX))),
        (None, _) if from.is_empty() => (path, Part::Whole),
        (None, _) => (path, Part::Named(from)),
    }
}

/// What stands before a place on its line, where that is spaces and signs of quotes.
fn indent(text: &str, at: usize) -> &str {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    Some(&text[line..at]).filter(|before| before.chars().all(|c| matches!(c, ' ' | '\t' | '>'))).unwrap_or_default()
}

/// A part of a file, without the marks of its parts; none where there is no such part.
fn part_of(text: &str, part: Part<'_>) -> Option<String> {
    let lines: Vec<&str> = match part {
        Part::Whole => text.lines().collect(),
        Part::Lines(from, to) => {
            let count = text.lines().count();
            let from = from.max(1) - 1;
            if from >= count.max(1) {
                return None;
            }
            text.lines().take(to).skip(from).collect()
        }
        // Pieces of one name are one part: what lies between them is left out.
        Part::Named(name) => {
            let (mut is_inside, mut is_there) = (false, false);
            let inside = text.lines().filter(|line| {
                match mark(line) {
                    Some((begun, true)) if begun == name => (is_inside, is_there) = (true, true),
                    // The end of a region need not say its name again.
                    Some((ended, false)) if ended == name || ended.is_empty() => is_inside = false,
                    _ => {}
                }
                is_inside
            });
            let inside = inside.collect();
            is_there.then_some(inside)?
        }
    };
    let lines: Vec<&str> = lines.into_iter().filter(|line| mark(line).is_none()).collect();
    Some(lines.join("\n"))
}

/// The name in a mark that begins or ends a part of a file: `// ANCHOR: part`, `// --8<-- [start:part]`, `// #region part`.
/// It stands alone on its line, behind the sign of a comment.
fn mark(line: &str) -> Option<(&str, bool)> {
    fn name(text: &str) -> &str {
        let text = text.trim_start();
        let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(text.len());
        &text[..end]
    }
    let behind = |sign: &str, bare: bool| {
        let (before, rest) = line.split_once(sign)?;
        let before = before.trim();
        (is_comment(before) || bare && before.is_empty()).then_some(rest)
    };
    let anchor = |sign: &str| {
        let rest = behind(sign, false)?.trim();
        let name = name(rest).trim_end_matches("--");
        // What closes the comment may stand behind it.
        let is_last = rest[name.len()..].trim_start().chars().all(|c| matches!(c, '*' | '/' | '-' | '>' | ')' | '}'));
        (is_last && !name.is_empty()).then_some(name)
    };
    let snippet = |sign: &str| behind("--8<--", true)?.trim_start().strip_prefix(sign).map(name);
    let region =
        |sign: &str| behind(sign, true).filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '*', '-']));
    anchor("ANCHOR_END:")
        .or_else(|| snippet("[end:"))
        .or_else(|| region("#endregion").map(|rest| name(rest).trim_matches('-')))
        .map(|name| (name, false))
        .or_else(|| {
            let name = anchor("ANCHOR:").or_else(|| snippet("[start:")).or_else(|| region("#region").map(name))?;
            Some((name.trim_matches('-'), true)).filter(|(name, _)| !name.is_empty())
        })
}

/// Whether what stands before a mark is the sign of a comment and nothing else.
fn is_comment(before: &str) -> bool {
    const SIGNS: [&str; 11] = ["//", "#", "--", "/*", "<!--", ";", "%", "(*", "{-", "'", "REM"];
    let rest = SIGNS.iter().find_map(|sign| before.strip_prefix(sign));
    rest.is_some_and(|rest| rest.chars().all(|c| matches!(c, '/' | '#' | '*' | '!' | ';' | '%' | '-' | ' ' | '\t')))
}

/// The names of all parts of a file.
fn names(text: &str) -> Vec<&str> {
    text.lines().filter_map(mark).filter(|(_, begins)| *begins).map(|(name, _)| name).collect()
}

/// A text as a piece of code.
fn fenced(text: &str, language: &str, lines: &str, title: &str) -> String {
    let longest =
        text.lines().map(|line| line.trim_start()).map(|line| line.len() - line.trim_start_matches('`').len());
    let fence = "`".repeat(longest.max().unwrap_or_default().max(2) + 1);
    let lines = if lines.is_empty() { String::new() } else { format!(" {{{lines}}}") };
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", title.replace('"', "'")) };
    format!("{fence}{language}{lines}{title}\n{text}\n{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_named_by_lines_or_by_a_word() {
        for (written, expected) in [
            ("a.rs", ("a.rs", Part::Whole)),
            ("a.rs:", ("a.rs", Part::Whole)),
            ("a.rs:2", ("a.rs", Part::Lines(2, 2))),
            ("a.rs:2:", ("a.rs", Part::Lines(2, usize::MAX))),
            ("a.rs::10", ("a.rs", Part::Lines(1, 10))),
            ("a.rs:2:10", ("a.rs", Part::Lines(2, 10))),
            ("a.rs:all", ("a.rs", Part::Named("all"))),
        ] {
            assert_eq!(parted(written), expected, "{written}");
        }
    }

    #[test]
    fn marks_of_parts_are_no_part_of_what_is_shown() {
        let pieces = "a\n// ANCHOR: x\nb\n// ANCHOR_END: x\nc\n// ANCHOR: y\nd\n// ANCHOR_END: y\n// ANCHOR: x\ne\n// ANCHOR_END: x\n";
        assert_eq!(part_of(pieces, Part::Named("x")).as_deref(), Some("b\ne"));
        let text = "use a;\n// ANCHOR: all\nfn main() {\n    // ANCHOR: one\n    a();\n    // ANCHOR_END: one\n}\n// ANCHOR_END: all\n";
        assert_eq!(part_of(text, Part::Named("all")).as_deref(), Some("fn main() {\n    a();\n}"));
        assert_eq!(part_of(text, Part::Named("one")).as_deref(), Some("    a();"));
        assert_eq!(part_of(text, Part::Lines(1, 1)).as_deref(), Some("use a;"));
        assert_eq!(part_of(text, Part::Named("two")), None);
        assert_eq!(part_of(text, Part::Lines(20, 30)), None);
        let region = "// #region two\nb\n// #endregion\nc\n";
        assert_eq!(part_of(region, Part::Named("two")).as_deref(), Some("b"));
        let snippet = "# --8<-- [start:x]\nb\n# --8<-- [end:x]\n";
        assert_eq!(part_of(snippet, Part::Named("x")).as_deref(), Some("b"));
        for (line, expected) in [
            ("<!-- ANCHOR: a-b -->", Some(("a-b", true))),
            ("<!-- #endregion a -->", Some(("a", false))),
            ("/* #region a */", Some(("a", true))),
            ("#region a", Some(("a", true))),
            ("    // #endregion", Some(("", false))),
            ("<!-- --8<-- [start:a] -->", Some(("a", true))),
            ("let region = 1;", None),
            ("#regional offices", None),
            ("#regions = 5", None),
            ("Write ANCHOR: all", None),
            ("# ANCHOR: all of it", None),
            ("b = 2 # ANCHOR: x", None),
        ] {
            assert_eq!(mark(line), expected, "{line}");
        }
    }

    #[test]
    fn a_path_that_leaves_the_project_is_none() {
        assert_eq!(joined("src/ch01", "../../listings/a.rs").as_deref(), Some("listings/a.rs"));
        for outside in ["../../../a.rs", "/etc/passwd", "..\\a", "https://example.org/a"] {
            assert_eq!(joined("src/ch01", outside), None, "{outside}");
        }
    }

    #[test]
    fn the_signs_of_each_tool_are_found() {
        let text = "{{#include a.rs}} \\{{#include b.rs}} {{#title x y}} {{#odd}}\n  {{#playground c.rs editable}}";
        let (signs, edits) = of_mdbook(text);
        let paths: Vec<_> = signs.iter().map(|sign| (sign.path, sign.indent)).collect();
        assert_eq!((paths, edits.len()), (vec![("a.rs", ""), ("c.rs", "  ")], 1));
        assert_eq!(of_mdbook("```\n\\{{#include a.rs}}\n```\n").1.len(), 1);
        let text = "--8<-- \"a.md\"\n;--8<-- \"b.md\"\n--8<--\nc.md\n\n; d.md\n--8<--\n";
        let (signs, edits) = of_mkdocs(text);
        let paths: Vec<_> = signs.iter().map(|sign| sign.path).collect();
        assert_eq!((paths, edits.len()), (vec!["a.md", "c.md"], 4));
        let (signs, _) = of_mkdocs("-8<- \"a.md\"\n---8<--- 'b.md'\n8<- \"c.md\"\n");
        assert_eq!(signs.iter().map(|sign| sign.path).collect::<Vec<_>>(), ["a.md", "b.md"]);
        let text = "<<< @/a.js#x{2,4-6 ts}[Title]\n<!--@include: ./b.md{3,}-->\n<<< ./c.py\n";
        let signs = of_vitepress(text);
        let found: Vec<_> = signs.iter().map(|sign| (sign.path, sign.part, sign.form)).collect();
        let expected = [
            ("@/a.js", Part::Named("x"), Form::Code("ts", "2,4-6", "Title")),
            ("./b.md", Part::Lines(3, usize::MAX), Form::Text),
            ("./c.py", Part::Whole, Form::Code("py", "", "")),
        ];
        assert_eq!(found, expected);
        assert_eq!(fenced("```\n", "md", "", "a"), "````md title=\"a\"\n```\n\n````");
    }
}
