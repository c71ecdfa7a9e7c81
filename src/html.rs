//! Escaping for HTML.

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
