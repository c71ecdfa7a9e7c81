//! Values that YAML reads otherwise than they look: the end behind a ` #`, quotes that are none, and items that are none.

use std::collections::HashMap;
use std::ops::Range;

use super::YamlText;
use super::locate::{Located, locate};
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Place;

/// Quotes of word processors: what opens and what closes.
const CURLY: [(char, char); 5] = [('“', '”'), ('„', '“'), ('„', '”'), ('‘', '’'), ('«', '»')];

/// Reports values that end at a ` #`, although what follows looks like a part of them, values within curly quotes, and lists that
/// are one text.
pub fn doubtful_values(text: &YamlText) -> Vec<Diagnostic> {
    let yaml = text.text();
    let is_cut = |rest: &str| rest.starts_with(|c: char| !c.is_whitespace() && c != '!' && c != '#');
    let may_be_cut = yaml.match_indices('#').any(|(at, _)| yaml[..at].ends_with(' ') && is_cut(&yaml[at + 1..]));
    let begins_name =
        |at: usize| yaml[..at].ends_with(char::is_whitespace) && yaml[at + 1..].starts_with(char::is_alphanumeric);
    let may_be_named = yaml.match_indices('&').any(|(at, _)| begins_name(at));
    let has_quotes = || !yaml.is_ascii() && yaml.contains(['“', '„', '‘', '«']);
    let may_be_list = || yaml.lines().any(|line| is_unspaced(line.trim_start()));
    if !may_be_cut && !may_be_named && !has_quotes() && !may_be_list() {
        return Vec::new();
    }
    let doubt = |found: &Located| {
        cut(text, found)
            .or_else(|| all_cut(text, found))
            .or_else(|| curly(text, found))
            .or_else(|| anchored(text, found))
            .or_else(|| only_anchored(text, found))
            .or_else(|| unspaced(text, found))
    };
    locate(yaml).iter().filter_map(doubt).collect()
}

/// Adds doubts to what was found of the same texts. Where a value is wrong as well, its doubt is the cause: the way out goes
/// there.
pub fn add_doubts(found: &mut Vec<Diagnostic>, doubts: Vec<Diagnostic>) {
    if doubts.is_empty() {
        return;
    }
    let wrong = found.iter().enumerate().filter(|(_, problem)| problem.is_error());
    // The doubt may begin before the value.
    let end = |place: &Place| (place.path.clone(), place.range().end);
    let wrong: HashMap<_, (usize, Place)> =
        wrong.map(|(at, problem)| (end(&problem.place), (at, problem.place.clone()))).collect();
    for doubt in doubts {
        match wrong.get(&end(&doubt.place)).filter(|(_, wrong)| wrong.range().start >= doubt.place.range().start) {
            Some((at, _)) => found[*at].help.extend(doubt.help.into_iter().next()),
            None => found.push(doubt),
        }
    }
}

/// A plain text with a remark behind it that begins without a space: `Issue #12`.
fn cut(text: &YamlText, found: &Located) -> Option<Diagnostic> {
    let yaml = text.text();
    let written = plain(yaml, found)?;
    let line = yaml[found.value.end..].lines().next()?;
    let remark = line.trim_start();
    let at = found.value.end + line.len() - remark.len();
    let follows = remark.len() < line.len() && remark.starts_with('#');
    let glued = remark[1.min(remark.len())..].starts_with(|c: char| !c.is_whitespace() && c != '!' && c != '#');
    (follows && glued).then(|| {
        let shown = remark.trim_end();
        let message = format!("the value ends before `{shown}`: a `#` behind a space begins a remark");
        let quoted = format!("{written} {shown}").replace('\'', "''");
        Diagnostic::new(Code::ValueDoubtful, text.at(at..at + shown.len()), message)
            .help(format!("put quotes round the whole value: `'{quoted}'`; or put a space behind the `#` of a remark"))
    })
}

/// No value at all, since it begins with what begins a remark: `tags: #walking`.
fn all_cut(text: &YamlText, found: &Located) -> Option<Diagnostic> {
    let yaml = text.text();
    if !found.value.is_empty() {
        return None;
    }
    // Where nothing is written, the parser has stopped somewhere behind it.
    let begin = match &found.key {
        Some(key) => key.end,
        None => yaml[..found.value.start].rfind("\n").map_or(0, |at| at + 1),
    };
    let line = yaml[begin..].lines().next()?;
    let remark = line.trim_start().trim_start_matches([':', '-']).trim_start();
    let glued = remark.strip_prefix('#')?.starts_with(|c: char| c.is_alphanumeric());
    let at = begin + line.len() - remark.len();
    glued.then(|| {
        let shown = remark.trim_end();
        let message = format!("`{shown}` is no value: a `#` behind a space begins a remark");
        let quoted = shown.replace('\'', "''");
        Diagnostic::new(Code::ValueDoubtful, text.at(at..at + shown.len()), message)
            .help(format!("put quotes round it: `'{quoted}'`; or put a space behind the `#` of a remark"))
    })
}

/// A value that begins with `&` and a word, which YAML takes for an anchor to which nothing refers: `&more text` is only
/// `text`.
fn anchored(text: &YamlText, found: &Located) -> Option<Diagnostic> {
    let yaml = text.text();
    let line = yaml[..found.value.end].rfind('\n').map_or(0, |at| at + 1);
    let written = yaml[line..found.value.end].trim_end();
    let begin = found.key.as_ref().map_or(line, |key| key.end).max(line);
    let before = yaml[begin..found.value.end].trim_start_matches([':', '-', ' ', '\t']);
    let name = before.strip_prefix('&')?.split(char::is_whitespace).next()?;
    let at = line + written.rfind(&format!("&{name}"))?;
    let plain = name.len() + 1 < before.len() && !yaml.contains(&format!("*{name}"));
    plain.then(|| {
        let message = format!("`&{name}` is no part of the value: it gives it a name, to which nothing refers");
        let quoted = before.trim_end().replace('\'', "''");
        Diagnostic::new(Code::ValueDoubtful, text.at(at..line + written.len()), message)
            .help(format!("put quotes round the whole value, `'{quoted}'`, or take `&{name}` out"))
    })
}

/// No value at all, since its only word gives a name to it, to which nothing refers: `title: &Sons`.
fn only_anchored(text: &YamlText, found: &Located) -> Option<Diagnostic> {
    let (yaml, key) = (text.text(), found.key.as_ref()?);
    let line = yaml[key.end..].lines().next()?;
    let written = line.trim_start_matches([':', ' ', '\t']).trim_end();
    let name = written.strip_prefix('&').filter(|name| !name.is_empty() && !name.contains(char::is_whitespace))?;
    // A value may stand on the lines below, as far in as the key or further.
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = yaml[..key.start].rfind('\n').map_or(0, |at| at + 1);
    let is_below = |next: &str| {
        let next_indent = indent(next);
        next_indent > indent(&yaml[own..]) || next_indent == indent(&yaml[own..]) && next.trim_start().starts_with("- ")
    };
    let mut behind = yaml[key.end..].lines().skip(1);
    let is_alone = !behind.find(|line| !line.trim().is_empty()).is_some_and(is_below);
    (is_alone && !yaml.contains(&format!("*{name}"))).then(|| {
        let at = key.end + line.find(written).unwrap_or_default();
        let message = format!("`{written}` is no value: it gives one a name, and there is none");
        Diagnostic::new(Code::ValueDoubtful, text.at(at..at + written.len()), message)
            .help(format!("put quotes round it, `'{}'`, or take it out", written.replace('\'', "''")))
    })
}

/// A text within quotes that a word processor has made: they are a part of it.
fn curly(text: &YamlText, found: &Located) -> Option<Diagnostic> {
    let written = plain(text.text(), found)?;
    let is_quote = |(open, close): &&(char, char)| written.starts_with(*open) && written.ends_with(*close);
    let (open, close) = CURLY.iter().find(is_quote)?;
    let inner = written.strip_prefix(*open)?.strip_suffix(*close)?;
    (!inner.contains([*open, *close])).then(|| {
        let message = "curly quotes do not quote: they are a part of the value, and are shown";
        let straight = inner.replace('"', "\\\"");
        Diagnostic::new(Code::ValueDoubtful, text.at(found.value.clone()), message)
            .help(format!("write straight quotes: `\"{straight}\"`"))
            .help("or quote the whole value if they belong to it")
    })
}

/// Lines below a key that begin like items, without the space behind the sign: all of them are one text.
fn unspaced(text: &YamlText, found: &Located) -> Option<Diagnostic> {
    let yaml = text.text();
    let written = yaml.get(found.value.clone())?.trim_end();
    // Behind the key stands nothing more: no sign of a block, `|`, either.
    let before = yaml.get(found.key.as_ref()?.end..found.value.start)?;
    let is_below = before.split_once('\n').is_some_and(|(line, _)| line.trim() == ":");
    let is_list = is_below && !written.is_empty() && written.lines().all(|line| is_unspaced(line.trim_start()));
    is_list.then(|| {
        let first = written.lines().next().unwrap_or_default()[1..].trim_end();
        let place = text.at(found.value.start..found.value.start + written.len());
        Diagnostic::new(Code::ValueDoubtful, place, "this is one text and no list: a `-` needs a space behind it")
            .help(format!("put a space behind each `-`, `- {first}`, or quotes round the text"))
    })
}

/// Whether a line begins with the sign of an item and no space behind it, and with no number.
fn is_unspaced(line: &str) -> bool {
    let is_item = |c: char| !c.is_whitespace() && !c.is_ascii_digit() && c != '-' && c != '.';
    line.strip_prefix('-').is_some_and(|rest| rest.starts_with(is_item))
}

/// A value that is a text without quotes, on one line.
fn plain<'a>(yaml: &'a str, found: &Located) -> Option<&'a str> {
    let range: Range<usize> = found.value.clone();
    let written = yaml.get(range)?;
    let styled = written.starts_with(['"', '\'', '|', '>', '[', '{', '*', '&', '!']);
    (!written.is_empty() && !styled && !written.contains('\n')).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(yaml: &str) -> Vec<(String, String)> {
        let text = YamlText::new(&"a.md".into(), yaml, 0);
        let said = |problem: Diagnostic| (yaml[problem.place.range()].to_string(), problem.help[0].clone());
        doubtful_values(&text).into_iter().map(said).collect()
    }

    #[test]
    fn what_a_sign_cuts_off_is_named() {
        let all = found(
            "title: Issue #12 and more\nlist:\n  - Rule #1\n  - '#2'\nok: C# for all\nnote: x # a remark\nq: 'a #1'\n",
        );
        let cut: Vec<_> = all.iter().map(|(cut, _)| cut.as_str()).collect();
        assert_eq!(cut, ["#1", "#12 and more"]);
        assert!(all[1].1.contains("`'Issue #12 and more'`"), "{}", all[1].1);
    }

    #[test]
    fn what_is_all_remark_and_what_gets_a_name_is_found() {
        let yaml = "tags: #walking #trees\nlist:\n  - one\n  - #2\n  - '#3'\ntext: &more of it\n\
                    empty: # a remark\nbase: &base {a: b}\nother: *base\nq: '&x y'\nd: R&D or a &b\n";
        let all = found(yaml);
        let cut: Vec<_> = all.iter().map(|(cut, _)| cut.as_str()).collect();
        assert_eq!(cut, ["#2", "#walking #trees", "&more of it"]);
        assert!(all[2].1.contains("`'&more of it'`"), "{}", all[2].1);
    }

    #[test]
    fn a_list_without_spaces_behind_its_signs_is_named() {
        let yaml = "l:\n  -a\n  -b c\nm:\n  -Nick\nn:\n  -5\no: -a\np:\n  - -a\nq:\n  -a and\n  b\nr:\n  '-a'\ns: |\n  -a\n  -b\nt:\n  -40 °C\n";
        let all = found(yaml);
        assert_eq!(all.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>(), ["-a\n  -b c", "-Nick"]);
        assert!(all[1].1.contains("`- Nick`"), "{}", all[1].1);
    }

    #[test]
    fn curly_quotes_round_a_whole_value_are_named() {
        let all = found("a: “Suction, mostly”\nb: \"“Said” she\"\nc: “one” and “two”\nd: „so“\ne: it’s\n");
        assert_eq!(all.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>(), ["“Suction, mostly”", "„so“"]);
        assert!(all[0].1.contains("`\"Suction, mostly\"`"), "{}", all[0].1);
    }
}
