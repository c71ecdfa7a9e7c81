//! What can still be read of YAML that cannot be read as a whole: the parts of its mappings that are YAML for themselves.

use std::ops::Range;

use super::{Yaml, YamlError, parse};

/// So deep mappings are taken apart.
const DEEPEST: usize = 4;

/// What a text says as far as it can be read, and everything that is wrong with it. A key whose value cannot be read keeps
/// what can be read below it.
pub fn parse_readable(text: &str) -> (Yaml, Vec<YamlError>) {
    let error = match parse(text) {
        Ok(yaml) => return (yaml, Vec::new()),
        Err(error) => error,
    };
    let (mut entries, mut errors) = (Vec::new(), vec![error]);
    for block in blocks(text) {
        match parse(&text[block.clone()]) {
            Ok(Yaml::Map(read)) => entries.extend(read),
            Ok(_) => {}
            Err(error) => {
                entries.extend(key(&text[block.clone()]).map(|key| (key, below(&text[block.clone()], DEEPEST))));
                let is_known = block.contains(&errors[0].span.start) || block.end == errors[0].span.start;
                // An alias of another part means nothing here.
                if !is_known && !text[block.clone()].contains('*') {
                    let span = error.span.start + block.start..error.span.end + block.start;
                    errors.push(YamlError { span, ..error });
                }
            }
        }
    }
    (Yaml::Map(entries), errors)
}

/// What can be read of the lines below a key.
fn below(block: &str, depth: usize) -> Yaml {
    let Some((_, rest)) = block.split_once('\n').filter(|_| depth > 0) else { return Yaml::Null };
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let first = rest.lines().find(|line| !is_blank(line)).map_or(0, indent);
    let dedented = |line: &str| line.get(first.min(indent(line))..).unwrap_or_default().to_string();
    let text: String = rest.lines().map(|line| dedented(line) + "\n").collect();
    if first == 0 {
        return Yaml::Null;
    }
    let mut entries = Vec::new();
    for range in blocks(&text) {
        let block = &text[range];
        match parse(block) {
            Ok(Yaml::Map(read)) => entries.extend(read),
            Ok(_) => {}
            Err(_) => entries.extend(key(block).map(|key| (key, below(block, depth - 1)))),
        }
    }
    Yaml::Map(entries)
}

/// The parts of a text that begin with a key at the left edge.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let (mut starts, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let is_edge = !line.starts_with([' ', '\t', '#', '-', '}', ']']) && !is_blank(line);
        if is_edge && line.contains(':') || starts.is_empty() && !is_blank(line) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The key with which a part begins.
fn key(block: &str) -> Option<String> {
    let (key, _) = block.lines().next()?.split_once(':')?;
    let key = key.trim().trim_matches(['"', '\'']);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    (!key.is_empty() && key.chars().all(plain)).then(|| key.to_string())
}

fn is_blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#') || line == "---"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Yaml {
        Yaml::Text(value.into())
    }

    #[test]
    fn parts_beside_a_mistake_are_read_and_a_second_mistake_is_found() {
        let site = "title: a: b\nlanguage: en\nkinds:\n  note:\n    plural: notes\n    folder: [x\n    url: /{slug}/\nignore: ['*.tmp']\npages: {a: b: c}\n";
        let (yaml, errors) = parse_readable(site);
        let note = vec![
            ("plural".to_string(), text("notes")),
            ("folder".to_string(), Yaml::Null),
            ("url".to_string(), text("/{slug}/")),
        ];
        let expected = vec![
            ("title".to_string(), Yaml::Null),
            ("language".to_string(), text("en")),
            ("kinds".to_string(), Yaml::Map(vec![("note".to_string(), Yaml::Map(note))])),
            ("ignore".to_string(), Yaml::List(vec![text("*.tmp")])),
            ("pages".to_string(), Yaml::Null),
        ];
        assert_eq!(yaml, Yaml::Map(expected));
        let lines: Vec<_> = errors.iter().map(|error| site[..error.span.start].matches('\n').count() + 1).collect();
        assert_eq!(lines[0], 1);
        assert!(lines.len() == 3 && lines[1] >= 6 && lines[2] == 9, "{lines:?}");
    }

    #[test]
    fn what_is_whole_is_read_as_it_is_and_nonsense_says_nothing() {
        assert_eq!(parse_readable("a: 1\n"), (Yaml::Map(vec![("a".into(), Yaml::Integer(1))]), Vec::new()));
        assert_eq!(parse_readable("{a: [").0, Yaml::Map(Vec::new()));
        assert_eq!(parse_readable("\t\u{0}:\n").1.len(), 1);
    }
}
