//! Shortcodes of Hugo that Markdown has signs for: code, `{{< highlight rust >}}` up to `{{< /highlight >}}`, and pictures,
//! `{{< figure src="leek.png" >}}`.

use std::collections::HashSet;
use std::ops::Range;

use super::SameLength;

/// The signs between which names stand.
const SIGNS: [(&str, &str); 2] = [("{{<", ">}}"), ("{{%", "%}}")];

/// So long a shortcode may be.
const LONGEST: usize = 2_000;

/// So far behind the beginning of code its end is looked for, in bytes.
const LONGEST_CODE: usize = 100_000;

/// Languages after which sites call a shortcode that holds code: `code-go`.
const LANGUAGES: [&str; 32] = [
    "bash", "c", "cpp", "cs", "csharp", "css", "diff", "go", "html", "java", "js", "json", "jsx", "kotlin", "lua",
    "md", "php", "py", "python", "rb", "ruby", "rs", "rust", "scala", "sh", "shell", "sql", "swift", "toml", "ts",
    "xml", "yaml",
];

/// A piece of code.
pub(super) struct ShortcodeFence {
    /// Its fences.
    pub edits: [SameLength; 2],
    /// Where its last line ends.
    pub end: usize,
}

/// The piece of code that begins with a line which is a shortcode and nothing else. Sites call theirs `high`, `code` or `code-go`.
/// `endless` are the names of those whose end is nowhere behind.
pub(super) fn code<'t>(text: &'t str, line: Range<usize>, endless: &mut HashSet<&'t str>) -> Option<ShortcodeFence> {
    let (written, inside) = alone(text, &line)?;
    let (name, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let of_name = name.strip_prefix("code-").filter(|language| LANGUAGES.contains(language));
    let is_code = matches!(name, "code" | "code-toggle") || name.starts_with("high") || of_name.is_some();
    if !is_code || rest.ends_with('/') || endless.contains(name) {
        return None;
    }
    let (mut at, limit) = (line.end, text.floor_char_boundary(line.end + LONGEST_CODE));
    let last = text[line.end..limit].split_inclusive('\n').find_map(|below| {
        let range = at..at + below.len();
        at = range.end;
        let (written, inside) = alone(text, &range)?;
        (inside.strip_prefix('/')?.trim() == name).then_some((range, written))
    });
    let Some((end, last)) = last else {
        endless.insert(name);
        return None;
    };
    let word = rest.split_whitespace().next().unwrap_or_default().trim_matches(['"', '\'']);
    let is_language = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '+' | '-' | '#' | '_'));
    let language = of_name.or_else(|| value(rest, "lang")).unwrap_or(if is_language(word) { word } else { "" });
    let mark = if text[line.end..end.start].contains("```") { "~~~" } else { "```" };
    let head = match value(rest, "file").or_else(|| value(rest, "title")) {
        Some(title) => format!("{mark}{} title=\"{title}\"", if language.is_empty() { "text" } else { language }),
        None => format!("{mark}{language}"),
    };
    let edits = [SameLength::padded(written, &head)?, SameLength::padded(last, mark)?];
    Some(ShortcodeFence { edits, end: end.end })
}

/// The value of a key among those of a shortcode: `file=content/a.md`, `file="a b.md"`.
fn value<'t>(rest: &'t str, key: &str) -> Option<&'t str> {
    let begins = |at: &usize| *at == 0 || rest[..*at].ends_with(char::is_whitespace);
    let at =
        rest.match_indices(key).map(|(at, _)| at).filter(begins).find(|at| rest[at + key.len()..].starts_with('='))?;
    let value = &rest[at + key.len() + 1..];
    let value = match value.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`')) {
        Some(quote) => value[1..].split(quote).next(),
        None => value.split_whitespace().next(),
    };
    value.filter(|value| !value.is_empty() && !value.contains(['"', '`']))
}

/// The picture that begins at a place of a text.
pub(super) fn picture(text: &str, at: usize) -> Option<SameLength> {
    let (inside, length) = shortcode(&text[at..])?;
    let mut rest = inside.strip_prefix("figure").filter(|rest| rest.starts_with(char::is_whitespace))?.trim();
    let (mut src, mut alt, mut words) = ("", None, Vec::new());
    while !rest.is_empty() {
        let (key, value) = rest.split_once('=')?;
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'));
        let (value, behind) = match quote {
            Some(quote) => value[1..].split_once(quote)?,
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        match key.trim() {
            "src" => src = value.trim(),
            "alt" => alt = Some(value.trim()),
            "title" | "caption" => words.push(value.trim()),
            "class" | "width" | "height" | "loading" | "id" => {}
            // Others have words, or lead somewhere.
            _ => return None,
        }
        rest = behind.trim_start().trim_end_matches('/');
    }
    let words = words.join(" ");
    let is_plain = |text: &str| !text.contains(['"', '[', ']', '<', '>', '`', '\\', '\n']);
    if src.is_empty() || ![src, alt.unwrap_or_default(), &words].into_iter().all(is_plain) {
        return None;
    }
    let title = if words.is_empty() { String::new() } else { format!(" \"{words}\"") };
    let range = at..at + length;
    // Reports point at the address, which keeps its place where there is room.
    let place = (src.as_ptr() as usize - text.as_ptr() as usize - at).saturating_sub(1);
    let of = |alt: &str| {
        let begin = format!("![{alt}](");
        let room = place.saturating_sub(begin.len());
        let written = |room: usize| format!("{begin}{}<{src}>{title})", " ".repeat(room));
        SameLength::padded(range.clone(), &written(room)).or_else(|| SameLength::padded(range.clone(), &written(0)))
    };
    of(alt.unwrap_or(&words)).or_else(|| of(""))
}

/// What a line says that is a shortcode and nothing else, and where that stands.
fn alone<'t>(text: &'t str, line: &Range<usize>) -> Option<(Range<usize>, &'t str)> {
    let written = text[line.clone()].trim();
    let (inside, length) = shortcode(written)?;
    let start = line.start + text[line.clone()].len() - text[line.clone()].trim_start().len();
    (length == written.len()).then_some((start..start + length, inside))
}

/// What the shortcode says with which a text begins, and how long it is.
fn shortcode(text: &str) -> Option<(&str, usize)> {
    let (open, close) = SIGNS.into_iter().find(|(open, _)| text.starts_with(open))?;
    let end = text[..text.floor_char_boundary(LONGEST)].find(close)?;
    let inside = text.get(open.len()..end)?.trim();
    (!inside.starts_with("/*") && !inside.contains("{{")).then_some((inside, end + close.len()))
}
