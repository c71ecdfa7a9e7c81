//! HTML and plain text: escaping, taking tags out, counting words.

use crate::sentences;

/// Escapes a text for the inside of an element or of a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(&mut out, text);
    out
}

/// Appends a text, escaped for the inside of an element or of a quoted attribute.
pub fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((at, escaped)) = rest.bytes().enumerate().find_map(|(at, byte)| Some((at, escaped(byte)?))) {
        out.push_str(&rest[..at]);
        out.push_str(escaped);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn escaped(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\0' => Some("\u{fffd}"),
        _ => None,
    }
}

/// HTML without its tags and with its entities undone: for attributes and structured data.
pub fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// How many words stand between the tags. A tag ends a word, but for those that give colours to pieces of code.
pub fn words(html: &str) -> usize {
    if !html.contains("<span") {
        return html.split('<').map(|piece| sentences::words(behind_tag(piece))).sum();
    }
    let mut text = String::with_capacity(html.len());
    for piece in html.split('<') {
        if !piece.starts_with("span") && !piece.starts_with("/span") {
            text.push('\n');
        }
        text.push_str(behind_tag(piece));
    }
    sentences::words(&text)
}

/// What stands behind a tag, of which the first sign is missing.
fn behind_tag(piece: &str) -> &str {
    piece.split_once('>').map_or(piece, |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_no_words_and_end_one() {
        assert_eq!(words("Two words"), 2);
        assert_eq!(words("<p>Roll <em>slowly</em>.</p><ul class=\"a b\"><li>one</li><li>two</li></ul>"), 5);
        assert_eq!(words("<pre><span class=\"hf\">saw</span>(<span class=\"hs\">'oak'</span>)</pre> <b>now</b>"), 2);
        assert_eq!(words(""), 0);
    }
}
