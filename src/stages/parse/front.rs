//! Front matter: where it begins and ends in a file, and what people write in place of its two lines.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::keys::keeps_back;
use crate::model::source::Source;
use crate::span::Place;

/// In so many lines at the beginning of a file front matter may be misplaced.
const LINES_ABOVE: usize = 20;

/// The front matter of a file.
#[derive(Clone, Copy)]
pub(super) struct Front<'a> {
    /// Whether it is as it should be; it may be none at all.
    pub whole: bool,
    /// Whether it is TOML, and not YAML.
    pub toml: bool,
    /// Where it begins.
    pub at: usize,
    /// Its text.
    pub text: &'a str,
    /// Where the text below it begins.
    pub body_at: usize,
}

impl Front<'_> {
    /// Whether there is some, in YAML.
    pub fn is_yaml(&self) -> bool {
        self.whole && !self.toml && self.body_at > 0
    }
}

/// Finds the front matter. A file without any is a text and nothing else.
pub(super) fn front_matter<'a>(
    source: &'a Source,
    is_known: impl Fn(&str) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Front<'a> {
    let text = &*source.text;
    let none = Front { whole: true, toml: false, at: 0, text: "", body_at: 0 };
    if source.broken {
        return Front { whole: false, body_at: text.len(), ..none };
    }
    let first_line = text.lines().next().unwrap_or_default();
    let (above, fence) = match first_fence(text) {
        Some((at, fence)) => (at, fence),
        None => (0, first_line.trim_end()),
    };
    if fence != "---" && fence != "+++" {
        let seems_meant = is_misplaced(text, &is_known)
            || is_json(text)
            || is_like_fence(first_line)
            || is_odd_fence(text, &is_known)
            || key(first_line).is_some_and(|key| is_known(key) || key.eq_ignore_ascii_case("title"));
        if seems_meant {
            diagnostics.push(missing(source, first_line));
        }
        return Front { whole: !seems_meant, ..none };
    }
    let toml = fence == "+++";
    let start = text[above..].find('\n').map_or(text.len(), |at| above + at + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let end = at + line.len();
        let is_end = if toml { line.trim_end() == "+++" } else { matches!(line.trim_end(), "---" | "...") };
        if is_end {
            return Front { whole: true, toml, at: start, text: &text[start..at], body_at: end };
        }
        at = end;
    }
    diagnostics.push(if toml { open_toml(source) } else { open(source, start) });
    Front { whole: false, body_at: text.len(), ..none }
}

/// Whether front matter begins somewhere below the first line, behind nothing but blank lines, or behind a comment or a heading
/// where a key of the site follows its fence.
fn is_misplaced(text: &str, is_known: impl Fn(&str) -> bool) -> bool {
    let written = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let is_fence = |line: &str| matches!(line.trim_end(), "---" | "+++");
    if written.len() < text.len() && written.lines().next().is_some_and(is_fence) {
        return true;
    }
    let mut lines = text.lines().take(LINES_ABOVE).enumerate().filter(|(number, line)| *number > 0 && is_fence(line));
    lines.any(|(number, fence)| {
        // A text may show in a block of code how keys are written.
        let is_code = |line: &&str| line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        if text.lines().take(number).filter(is_code).count() % 2 == 1 {
            return false;
        }
        let mut below = text.lines().skip(number + 1);
        let key = below.next().and_then(|line| key(line).or_else(|| key_of_toml(line)));
        key.is_some_and(|key| is_known(key) || keeps_back(key).is_some())
            && below.take_while(|line| !line.trim().is_empty()).any(|line| line.trim_end() == fence.trim_end())
    })
}

/// The key of `key = value`.
fn key_of_toml(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(" = ")?;
    key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).then_some(key)
}

/// Whether a text begins with keys in JSON, as Hugo reads them.
fn is_json(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'))
}

/// Whether a first line is a fence of another tool, or one with more in its line: `---yaml`, `--- # ours`, `;;;`. A key of the
/// site has to follow it, or a mapping in JSON; behind the name of a language a second fence is enough.
fn is_odd_fence(text: &str, is_known: impl Fn(&str) -> bool) -> bool {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().trim_end();
    let more = first.strip_prefix("---").or_else(|| first.strip_prefix("+++")).map(str::trim);
    let is_fence = more.is_some_and(|more| {
        more.starts_with('#')
            || ["json", "yaml", "yml", "toml", "js"].iter().any(|name| more.eq_ignore_ascii_case(name))
    });
    let language = first.strip_prefix("---").filter(|name| !name.is_empty()).unwrap_or(" ");
    let is_language = language.chars().all(|c| c.is_ascii_alphanumeric());
    if is_language && text.lines().skip(1).any(|line| line.trim_end() == "---") {
        return true;
    }
    let is_sign = first.len() > 2 && first.chars().all(|c| c.is_ascii_punctuation());
    let next = lines.next().unwrap_or_default().trim_start();
    let of_key = key(next).or_else(|| key_of_toml(next));
    let is_object = next.starts_with('{') && next.contains(':');
    (is_fence || is_sign) && (is_object || of_key.is_some_and(is_known))
}

/// A fence below nothing but empty lines, where another one closes it: other tools read it, too.
fn first_fence(text: &str) -> Option<(usize, &str)> {
    let at = text.len() - text.trim_start().len();
    let fence = text[at..].lines().next()?.trim_end();
    let is_alone = at > 0 && text[..at].ends_with('\n') && matches!(fence, "---" | "+++");
    (is_alone && text[at..].lines().skip(1).any(|line| line.trim_end() == fence)).then_some((at, fence))
}

fn open_toml(source: &Source) -> Diagnostic {
    let place = Place::new(&source.path, 0.."+++".len());
    Diagnostic::new(Code::FrontMatterOpen, place, "the front matter is never closed")
        .help("put a line `+++` behind the last key")
}

fn missing(source: &Source, first_line: &str) -> Diagnostic {
    let place = Place::new(&source.path, 0..first_line.trim_end().len());
    let diagnostic = Diagnostic::new(Code::FrontMatterMissing, place, "the file does not begin with front matter");
    let written = source.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let is_below = written.lines().skip_while(|line| line.trim_end() != "---").nth(1).and_then(key).is_some();
    diagnostic.help(if written.lines().next().is_some_and(|line| line.trim_end() == "---") || is_below {
        "remove everything before `---`: it has to be the first line, without a space before it"
    } else if is_json(&source.text) || is_of_language(first_line) {
        "write its keys in YAML between two lines `---`, each as `key: value` on a line of its own"
    } else if is_like_fence(first_line) || first_line.starts_with("---") {
        "write the first line as exactly three hyphens: `---`"
    } else {
        "put a line `---` above the keys, and another one below them"
    })
}

/// Whether a fence names a language other than YAML: `---js`.
fn is_of_language(fence: &str) -> bool {
    let name = fence.trim_start_matches(['-', '+']).trim();
    name.len() < fence.len() && name.starts_with(char::is_alphabetic) && !matches!(name, "yaml" | "yml")
}

fn open(source: &Source, start: usize) -> Diagnostic {
    let message = "the front matter is never closed";
    let lines = lines(&source.text, start);
    if let Some((at, line)) = lines.iter().find(|(_, line)| is_like_fence(line)) {
        let place = Place::new(&source.path, *at..at + line.trim_end().len());
        return Diagnostic::new(Code::FrontMatterOpen, place, message)
            .help("write this line as exactly three hyphens: `---`");
    }
    let diagnostic = Diagnostic::new(Code::FrontMatterOpen, Place::new(&source.path, 0..3), message);
    let diagnostic = match lines.iter().find(|(_, line)| is_prose(line)) {
        Some((at, line)) => {
            let place = Place::new(&source.path, *at..at + line.trim_end().len());
            diagnostic.related(place, "the text seems to begin here")
        }
        None => diagnostic,
    };
    diagnostic.help("put a line `---` behind the last key")
}

/// A line `---` in the middle of the keys ends the front matter before it is meant to end: the first thing below it is a
/// key, and another `---` follows.
pub(super) fn early_end(source: &Source, body_at: usize, is_known: impl Fn(&str) -> bool) -> Option<Diagnostic> {
    let below = &source.text[body_at..];
    if let Some(second) = second_block(below, &is_known) {
        let place = Place::new(&source.path, body_at + second..body_at + second + "---".len());
        let message = "a second block of keys begins here, and its keys would be shown as text";
        return Some(Diagnostic::new(Code::YamlInvalid, place, message).help("put its keys into the first block"));
    }
    let line = below.lines().next()?;
    let key = key(line).filter(|key| is_known(key))?;
    below.lines().find(|line| line.trim_end() == "---")?;
    let fence = source.text[..body_at].trim_end().rfind('\n').map_or(0, |at| at + 1);
    let place = Place::new(&source.path, fence..fence + 3);
    let diagnostic = Diagnostic::new(Code::YamlInvalid, place, "the front matter ends here, and more keys follow it");
    let key_place = Place::new(&source.path, body_at..body_at + key.len());
    Some(diagnostic.related(key_place, "a key outside the front matter").help("remove this line"))
}

/// Where a second block of keys begins below the first one, behind nothing but empty lines.
fn second_block(below: &str, is_known: impl Fn(&str) -> bool) -> Option<usize> {
    let at = below.len() - below.trim_start().len();
    let mut lines = below[at..].lines();
    lines.next().filter(|line| line.trim_end() == "---")?;
    let key = lines.next().and_then(key)?;
    let closes = lines.take_while(|line| !line.trim().is_empty()).any(|line| line.trim_end() == "---");
    ((is_known(key) || keeps_back(key).is_some()) && closes).then_some(at)
}

fn lines(text: &str, start: usize) -> Vec<(usize, &str)> {
    let mut at = start;
    let each = |line: &'_ str| {
        at += line.len();
        at - line.len()
    };
    let starts: Vec<usize> = text[start..].split_inclusive('\n').map(each).collect();
    starts.into_iter().zip(text[start..].lines()).collect()
}

/// Two or more dashes of any sort, and nothing else.
fn is_like_fence(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('—') && line.chars().all(|c| c == '—')
        || line.chars().count() > 1 && line.chars().all(|c| matches!(c, '-' | '–' | '—' | '−'))
}

/// The key of `key: value`, at the left edge.
fn key(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    // `key:: value` is a property of a note, and no key.
    (!key.is_empty() && !value.starts_with(':') && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')))
        .then_some(key)
}

/// A line at the left edge that is nothing of YAML.
fn is_prose(line: &str) -> bool {
    line.starts_with("##") || line.starts_with(char::is_alphabetic) && !line.contains(':')
}
