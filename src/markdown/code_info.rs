//! What stands behind the language of a fence: ```` ```rust title="a.rs" {2,4-6} ins={3} del={4} numbers wrap ````.
//!
//! What other tools write there means the same where there is the same, and is passed over where there is not. What is
//! neither theirs nor ours is noted.

use std::ops::{Range, RangeInclusive};

/// What stands behind a fence.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CodeInfo<'a> {
    pub language: &'a str,
    pub title: Option<&'a str>,
    pub marked: CodeLines,
    pub inserted: CodeLines,
    pub deleted: CodeLines,
    pub numbers: bool,
    pub wrap: bool,
    /// What means nothing here, as places in the info string, with the ways out.
    pub unread: Vec<(Range<usize>, String)>,
}

/// Lines by their numbers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CodeLines(Vec<RangeInclusive<usize>>);

impl CodeLines {
    /// Reads `2,4-6`, also in brackets and quotes, and with spaces for commas; none where it is something else.
    fn of(text: &str) -> Option<Self> {
        let is_sign = |c: char| matches!(c, '{' | '}' | '[' | ']' | '"' | '\'');
        let plain = text.replace(is_sign, "");
        let parts = plain.split([',', ' ']).filter(|part| !part.is_empty());
        let range = |part: &str| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
            (from <= to && from > 0).then_some(from..=to)
        };
        let ranges: Vec<_> = parts.map(range).collect::<Option<_>>()?;
        (!ranges.is_empty()).then_some(Self(ranges))
    }

    pub fn has(&self, line: usize) -> bool {
        self.0.iter().any(|range| range.contains(&line))
    }

    pub fn last(&self) -> usize {
        self.0.iter().map(|range| *range.end()).max().unwrap_or_default()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Our own words, which others may be slips of.
const OWN: [&str; 5] = ["title", "ins", "del", "numbers", "wrap"];

/// Words that other tools read behind a fence, in small letters and without signs; what they say means nothing on a page,
/// or it has no like here.
const FOREIGN: [&str; 72] = [
    "anchorlinenos",
    "attr",
    "caption",
    "class",
    "classes",
    "codecell",
    "collapse",
    "compilefail",
    "copy",
    "diff",
    "download",
    "echo",
    "edition2015",
    "edition2018",
    "edition2021",
    "edition2024",
    "editable",
    "eval",
    "exec",
    "expand",
    "exports",
    "fence",
    "fenced",
    "fold",
    "frame",
    "group",
    "height",
    "hidden",
    "hide",
    "hidelines",
    "hidecopy",
    "icon",
    "id",
    "ignore",
    "include",
    "interactive",
    "key",
    "label",
    "lang",
    "lineanchors",
    "linenostart",
    "live",
    "message",
    "meta",
    "metastring",
    "name",
    "nocopy",
    "noerrors",
    "noinline",
    "nolinenumbers",
    "noplayground",
    "noplaypen",
    "norun",
    "output",
    "playground",
    "preserveindent",
    "prompt",
    "region",
    "results",
    "run",
    "session",
    "shouldpanic",
    "showtabs",
    "skip",
    "source",
    "start",
    "startfrom",
    "startline",
    "style",
    "tab",
    "theme",
    "twoslash",
];

impl<'a> CodeInfo<'a> {
    /// Reads what stands behind a fence.
    pub fn of(info: &'a str) -> Self {
        let trimmed = info.trim();
        let end = trimmed.find(|c: char| c.is_whitespace() || c == '{' || c == ',').unwrap_or(trimmed.len());
        let mut read = Self { language: &trimmed[..end], ..Self::default() };
        let mut rest = &trimmed[end..];
        if read.language.contains('=') {
            (read.language, rest) = ("", trimmed);
        } else if let Some((language, file)) = read.language.split_once(':').filter(|(_, file)| !file.is_empty()) {
            (read.language, read.title) = (language, Some(file));
        }
        // What is joined to the language by commas is meant for its own tools.
        let joined = rest.starts_with(',');
        while let Some(word) = next_word(&mut rest) {
            read.word(word, info, joined);
        }
        read
    }

    fn word(&mut self, word: &'a str, info: &'a str, joined: bool) {
        if let Some(inside) = word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) {
            match CodeLines::of(inside) {
                Some(lines) => self.marked = lines,
                None => self.attributes(inside, word, info),
            }
            return;
        }
        let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
        let plain = plain_name(name);
        let is_on = !matches!(value.map(unquoted), Some("false" | "no" | "0"));
        let mut lines = |place: &mut CodeLines| match value.and_then(CodeLines::of) {
            Some(lines) => *place = lines,
            None => {
                let help = format!("write the lines behind it: `{name}={{2,4-6}}`");
                self.unread.push((place_of(word, info), help));
            }
        };
        match (plain.as_str(), value) {
            ("title" | "filename" | "file", Some(title)) => self.title = Some(unquoted(title)),
            ("name", Some(title)) if joined => self.title = Some(unquoted(title)),
            ("ins", _) => lines(&mut self.inserted),
            ("del", _) => lines(&mut self.deleted),
            ("hllines" | "mark" | "highlight" | "highlights", Some(value)) => {
                self.marked = CodeLines::of(value).unwrap_or_default();
            }
            ("numbers" | "showlinenumbers" | "linenumbers" | "numberlines" | "linenos" | "linenums", _) => {
                self.numbers = is_on;
            }
            ("wrap", _) => self.wrap = is_on,
            _ => self.foreign(&plain, word, info, joined),
        }
    }

    /// Reads `{.rust .numberLines title="a"}`, as other tools write it.
    fn attributes(&mut self, inside: &'a str, whole: &'a str, info: &'a str) {
        let mut rest = inside;
        let mut first = true;
        while let Some(word) = next_word(&mut rest) {
            let name = word.strip_prefix(['.', '#']);
            match name {
                Some("line-numbers" | "numberLines" | "number-lines" | "lineNumbers") => self.numbers = true,
                Some(name) if self.language.is_empty() && word.starts_with('.') => self.language = name,
                None if word.ends_with(':') => return self.foreign(&plain_name(word), whole, info, false),
                None if word.contains('=') => self.word(word, info, true),
                // `{python}`, `{r setup}`
                None if first && self.language.is_empty() => self.language = word,
                None if first && !inside.starts_with(char::is_alphabetic) => {
                    let help = "write the numbers of lines: `{2,4-6}`".to_string();
                    return self.unread.push((place_of(whole, info), help));
                }
                _ => {}
            }
            first = false;
        }
        if first {
            let help = "write the numbers of lines: `{2,4-6}`".to_string();
            self.unread.push((place_of(whole, info), help));
        }
    }

    /// A word that is none of ours. A slip is told from what other tools write there.
    fn foreign(&mut self, plain: &str, word: &'a str, info: &'a str, joined: bool) {
        let is_text = word.starts_with(['"', '\'', '/', '.', '#', '<', '[', '(', '|', '-', '@']);
        if joined || is_text || FOREIGN.contains(&plain) || CodeLines::of(word).is_some() {
            return;
        }
        let near = crate::diagnostics::meant(plain, OWN);
        let help = match near.names.first() {
            Some(own) => format!("did you mean `{}`?", example(own)),
            None => {
                let all = OWN.map(|own| format!("`{}`", example(own)));
                format!("known are {}, and lines to mark: `{{2,4-6}}`", all.join(", "))
            }
        };
        self.unread.push((place_of(word, info), help));
    }

    /// Whether the lines are told apart.
    pub fn has_lines(&self) -> bool {
        self.numbers || [&self.marked, &self.inserted, &self.deleted].iter().any(|lines| !lines.is_empty())
    }

    pub fn is_plain(&self) -> bool {
        self.language.is_empty() && self.title.is_none() && !self.wrap && !self.has_lines()
    }
}

fn example(own: &str) -> &str {
    match own {
        "title" => "title=\"src/main.rs\"",
        "ins" => "ins={3}",
        "del" => "del={4}",
        own => own,
    }
}

/// A name in small letters, without the signs in it.
fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A value without the quotes or braces that stand round it.
fn unquoted(value: &str) -> &str {
    let value = value.strip_prefix('{').and_then(|value| value.strip_suffix('}')).unwrap_or(value);
    value.trim_matches(['"', '\''])
}

/// Where a word of an info string stands in it.
pub(super) fn place_of(word: &str, info: &str) -> Range<usize> {
    let at = (word.as_ptr() as usize).saturating_sub(info.as_ptr() as usize);
    if at + word.len() <= info.len() { at..at + word.len() } else { 0..info.len() }
}

/// Takes the next word off an info string. Words stand behind spaces, commas and the quotes that end the word before, but for
/// those in quotes and brackets.
fn next_word<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let text = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    let (mut closing, mut was_quoted) = (None, false);
    let end = text.char_indices().find(|(_, c)| {
        if std::mem::take(&mut was_quoted) {
            return true;
        }
        match (closing, *c) {
            (Some('"' | '\''), c) if closing == Some(c) => (closing, was_quoted) = (None, true),
            (Some(end), c) if end == c => closing = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => closing = Some(*c),
            (None, '{') => closing = Some('}'),
            (None, '[') => closing = Some(']'),
            (None, c) => return c.is_whitespace() || c == ',',
        }
        false
    });
    let (word, behind) = text.split_at(end.map_or(text.len(), |(at, _)| at));
    *rest = behind;
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_the_language_is_read() {
        let read = CodeInfo::of("rust title=\"src/a b.rs\" {2, 4-6} ins={3} del={4} numbers wrap linenos=table");
        assert_eq!((read.language, read.title), ("rust", Some("src/a b.rs")));
        assert!(read.marked == CodeLines(vec![2..=2, 4..=6]) && read.inserted.has(3) && read.deleted.has(4));
        assert!(read.numbers && read.wrap && read.unread.is_empty());
        assert_eq!(CodeInfo::of("rust,ignore").language, "rust");
        assert_eq!(CodeInfo::of("js{1}").marked, CodeLines(vec![1..=1]));
        assert_eq!(CodeInfo::of("title=a.txt").title, Some("a.txt"));
        assert_eq!(CodeInfo::of("js title=\"a{b}\"").title, Some("a{b}"));
        assert_eq!(CodeInfo::of("rust ins=3").inserted, CodeLines(vec![3..=3]));
        assert!(CodeInfo::of("").is_plain() && !CodeInfo::of("text").is_plain());
    }

    #[test]
    fn what_other_tools_write_there_means_the_same_or_nothing() {
        let numbered = [
            "{.python .numberLines}",
            "python {.line-numbers}",
            "js showLineNumbers",
            "go {linenos=table,hl_lines=[2,\"4-5\"],linenostart=199}",
            "rust,linenos,hl_lines=2 4-5",
            "py linenums=\"1\" hl_lines=\"2 4-5\"",
        ];
        for info in numbered {
            let read = CodeInfo::of(info);
            assert!(read.numbers && !read.language.is_empty() && read.unread.is_empty(), "{info}: {read:?}");
            if info.contains("hl_lines") {
                assert!(read.marked.has(2), "{info}: {read:?}");
            }
        }
        let quiet = [
            "rust,ignore,no_run",
            "rust,should_panic,editable",
            "js {.class #id key=value}",
            "js twoslash",
            "jsx live noInline",
            "r echo=FALSE",
            "{r setup, echo=FALSE}",
            "{python}",
            "sh frame=\"none\"",
            "js \"text\" /regex/ 'more'",
            "js collapse={1-5}",
            "js copy",
            "js showLineNumbers=false",
            "ts {1,3} showLineNumbers twoslash",
            "js mark={2}",
            "bash session=\"a\"",
            "text {filename=\"x\"}",
            "diff lang=\"js\"",
            "python exec=\"on\" source=\"above\"",
        ];
        for info in quiet {
            assert!(CodeInfo::of(info).unread.is_empty(), "{info}: {:?}", CodeInfo::of(info));
        }
        assert_eq!(CodeInfo::of("{.python .numberLines}").language, "python");
        assert_eq!(CodeInfo::of("{r setup, echo=FALSE}").language, "r");
        assert_eq!(CodeInfo::of("js:src/a.js").title, Some("src/a.js"));
        assert_eq!(CodeInfo::of("rust,name=a.rs").title, Some("a.rs"));
        assert_eq!(CodeInfo::of("js filename=\"a.js\"").title, Some("a.js"));
        assert!(!CodeInfo::of("js showLineNumbers=false").numbers);
    }

    #[test]
    fn slips_are_noted_where_they_stand() {
        let slips = [
            ("rust tilte=\"a\"", "tilte=\"a\"", "did you mean `title=\"src/main.rs\"`?"),
            ("rust number", "number", "did you mean `numbers`?"),
            ("rust {x-}", "", ""),
            ("rust {}", "{}", "write the numbers of lines: `{2,4-6}`"),
            ("rust {5-2}", "{5-2}", "write the numbers of lines: `{2,4-6}`"),
            ("rust ins", "ins", "write the lines behind it: `ins={2,4-6}`"),
            ("rust del={x}", "del={x}", "write the lines behind it: `del={2,4-6}`"),
        ];
        for (info, word, help) in slips {
            let read = CodeInfo::of(info);
            assert!(!read.has_lines(), "{info}");
            let found = read.unread.first().map(|(place, help)| (&info[place.clone()], help.as_str()));
            assert_eq!(found, (!word.is_empty()).then_some((word, help)), "{info}");
        }
        for (info, words) in [
            ("console $ limber build", vec!["$", "limber", "build"]),
            ("yaml title=\"a.yaml\"markdown: {smart: false}", vec!["markdown:", "{smart: false}"]),
        ] {
            let unread: Vec<_> = CodeInfo::of(info).unread.into_iter().map(|(place, _)| &info[place]).collect();
            assert_eq!(unread, words);
        }
        assert_eq!(CodeInfo::of("yaml title=\"a.yaml\"markdown: true").title, Some("a.yaml"));
        let read = CodeInfo::of("rust something");
        assert!(read.unread[0].1.starts_with("known are `title="), "{read:?}");
        for odd in [
            "rust {",
            "rust {1",
            "rust \"open",
            "rust {99999999999999999999}",
            "rust {-}",
            ",",
            "{",
            "}",
            "= =",
            "{=}",
            "\u{e9}{\u{e9}",
        ] {
            assert!(!CodeInfo::of(odd).has_lines(), "{odd}");
        }
    }
}
