//! Values as the text of a YAML document, in quotes only where they would be read as something else.

use super::Yaml;

/// Words that some reader of YAML takes for no text.
const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// A text as a value or key on a line of its own.
pub fn quoted(text: &str) -> String {
    let address = text.starts_with("http") && text.chars().all(|c| !c.is_whitespace() && !"#\"\\".contains(c));
    if is_plain(text) || address && !text.ends_with(':') { text.to_string() } else { in_double_quotes(text) }
}

/// A value on one line, as it may also stand within brackets.
pub fn flow(value: &Yaml) -> String {
    match value {
        Yaml::Null => "null".into(),
        Yaml::Bool(flag) => flag.to_string(),
        Yaml::Integer(number) => number.to_string(),
        Yaml::Number(number) if number.is_nan() => ".nan".into(),
        Yaml::Number(number) if number.is_infinite() => if *number > 0.0 { ".inf" } else { "-.inf" }.into(),
        Yaml::Number(number) => format!("{number:?}"),
        Yaml::Text(text) => flow_text(text),
        Yaml::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Yaml::Map(entries) => {
            let pairs = entries.iter().map(|(key, value)| format!("{}: {}", flow_text(key), flow(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

fn flow_text(text: &str) -> String {
    if is_plain(text) { text.to_string() } else { in_double_quotes(text) }
}

/// Whether a text is the same without quotes, wherever it stands.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | ' ');
    text.starts_with(char::is_alphabetic)
        && text.chars().all(plain)
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// Everything that YAML might not take as it stands becomes an escape.
fn in_double_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => push_escape(&mut out, c),
            c if c.is_control() => push_escape(&mut out, c),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn push_escape(out: &mut String, c: char) {
    out.push_str(&format!("\\u{:04x}", u32::from(c)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::parse;

    const TEXTS: &[&str] = &[
        "plain",
        "Two words",
        "a: b",
        "# no",
        "a #b",
        "\"quoted\" 'twice'",
        "no",
        "Y",
        "12",
        "1e3",
        "2026-03-04",
        "~",
        "- x",
        "[[link]]",
        "{a: b}",
        "back\\slash",
        "two\nlines",
        "tab\there",
        "🦵 emoji",
        "שלום: עולם",
        "next\u{85}line\u{2028}end",
        "https://example.org/a,b",
        "http:",
        "ends ",
        "",
        "%",
        "*star",
        "&and",
        "!tag",
        "|",
        "'",
        "Éclair",
    ];

    #[test]
    fn every_text_is_read_as_it_was() {
        for text in TEXTS {
            let alone = parse(&format!("{}: {}\n", quoted(&format!("k{text}")), quoted(text)));
            let alone = alone.unwrap_or_else(|error| panic!("{text:?}: {}", error.message));
            assert_eq!(alone, Yaml::Map(vec![(format!("k{text}"), Yaml::Text((*text).into()))]), "{text:?}");
            let value = Yaml::List(vec![Yaml::Text((*text).into()), Yaml::Map(vec![((*text).into(), Yaml::Null)])]);
            assert_eq!(parse(&flow(&value)), Ok(value), "{text:?}");
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        let value = Yaml::List(vec![Yaml::Integer(-3), Yaml::Number(2.0), Yaml::Number(0.1), Yaml::Bool(false)]);
        assert_eq!(flow(&value), "[-3, 2.0, 0.1, false]");
        assert_eq!(parse(&flow(&value)), Ok(value));
    }
}
