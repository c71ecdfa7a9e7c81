//! Words of reports and of the declaration: numbers of things, and texts in quotes.

/// `1 file`, `2 files`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A text in quotes, as it can stand within braces.
pub(super) fn in_quotes(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
