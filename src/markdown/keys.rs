//! Keys of a keyboard as MkDocs writes them, `++ctrl+alt+del++`.

use std::ops::Range;

use super::rewritten::Edit;
use super::verbatim::Verbatim;

/// What encloses keys.
const SIGN: &str = "++";

/// Writes the keys of a text as such: as elements of HTML where a site allows these, else as code.
pub(super) fn keys(text: &str, verbatim: &Verbatim, html: bool) -> Vec<Edit> {
    let (open, close) = if html { ("<kbd>", "</kbd>") } else { ("`", "`") };
    let (mut edits, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        for (range, names) in in_line(line) {
            if verbatim.at(at + range.start).is_none() {
                let shown: Vec<_> = names.iter().map(|name| format!("{open}{}{close}", capital(name))).collect();
                edits.push(Edit { range: at + range.start..at + range.end, with: shown.join("+") });
            }
        }
        at += line.len();
    }
    edits
}

/// The keys of a line outside of code, with their names.
fn in_line(line: &str) -> Vec<(Range<usize>, Vec<&str>)> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(open) = line[from..].find(SIGN).map(|open| from + open) {
        from = open + SIGN.len();
        let is_free =
            !line[..open].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '\\' | '+' | ')' | ']' | '{'));
        let is_code = line[..open].matches('`').count() % 2 == 1;
        let Some(length) = line[from..].find(SIGN).filter(|_| is_free && !is_code) else { continue };
        let (names, end) = (line[from..from + length].split('+').collect::<Vec<_>>(), from + length + SIGN.len());
        let is_name = |name: &&str| {
            let inside = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
            let inside = inside.filter(|name| !name.contains(['"', '`', '<', '&'])).unwrap_or(name);
            let is_word = inside.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            !inside.is_empty() && (is_word || inside.len() < name.len())
        };
        if names.iter().all(is_name) && !line[end..].starts_with(|c: char| c.is_alphanumeric() || c == '+') {
            found.push((open..end, names));
            from = end;
        }
    }
    found
}

/// A key as it is written on it: `ctrl` is Ctrl, `arrow-up` Arrow Up. What stands in quotes is that.
fn capital(name: &str) -> String {
    if let Some(name) = name.strip_prefix('"') {
        return name.trim_end_matches('"').to_string();
    }
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    name.split('-').map(word).collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    #[test]
    fn keys_are_shown_as_keys() {
        let read = |text: &str, html| {
            let mut rewritten = Rewritten::of(text);
            rewritten.apply(&keys(text, &Verbatim::of(text, PLAIN), html));
            rewritten.text.into_owned()
        };
        assert_eq!(read("{++added++}\n", true), "{++added++}\n");
        assert_eq!(read("Press ++ctrl+alt+del++.\n", true), "Press <kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>Del</kbd>.\n");
        assert_eq!(read("++arrow-up++, ++\"My key\"+f1++\n", false), "`Arrow Up`, `My key`+`F1`\n");
        for text in
            ["i++ + j++\n", "`++a++` \\++b++\n", "C++ and g++\n", "++New words++\n", "```\n++a++\n```\n", "++++\n"]
        {
            assert_eq!(read(text, true), text);
        }
    }
}
