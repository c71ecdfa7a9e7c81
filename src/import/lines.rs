//! Lines of the drafted `site.yaml`: a kind with its fields and contents, patterns, counts.

use super::addresses::DraftAddresses;
use super::config::DraftListed;
use super::fields::DraftField;
use super::held_by_keys::TRANSLATION;
use super::keys::DraftKeys;
use super::kinds::{DraftIndex, DraftKind};
use super::words::{counted, in_quotes};
use crate::folders::without_extension;
use crate::yaml::quoted;

/// Writes the lines of a kind.
pub(super) fn push_kind(out: &mut String, kind: &DraftKind, groups: &[String], tool: &str) {
    let folder = if kind.folder.is_empty() { "." } else { &kind.folder };
    out.push_str(&format!("  {}: # {}\n", quoted(&kind.name), counted(kind.texts, "file")));
    out.push_str(&format!("    plural: {}\n    folder: {}\n", quoted(&kind.plural), quoted(folder)));
    out.push_str(&format!("    url: \"{}\"\n", kind.url));
    match &kind.index {
        DraftIndex::Own => {}
        DraftIndex::At(url) => out.push_str(&format!("    index: {{url: {}}}\n", quoted(url))),
        DraftIndex::Nowhere => out.push_str("    index: false\n"),
    }
    if let Some(DraftAddresses { from, count }) = &kind.addresses {
        let from = if let [one] = from.as_slice() { (*one).to_string() } else { format!("[{}]", from.join(", ")) };
        let why = match (from.as_str(), count) {
            ("file", count) => format!("{} as typed", counted(*count, "name")),
            ("unnumbered", count) => format!("{} as typed, without numbers before them", counted(*count, "name")),
            (_, 1) => "1 file has its own".to_string(),
            (_, count) => format!("{count} files have their own"),
        };
        out.push_str(&format!("    address_from: {from} # {why}\n"));
    }
    if let Some((key, count)) = &kind.redirects {
        let end = if *count == 1 { "" } else { "es" };
        out.push_str(&format!("    redirects: {key} # {count} old address{end}\n"));
    }
    let list = |keys: &[String]| keys.iter().map(|key| quoted(key)).collect::<Vec<_>>().join(", ");
    let DraftKeys { title, short_title, date, updated, parent, .. } = &kind.keys;
    let all = [("title", title), ("short_title", short_title), ("date", date), ("updated", updated)];
    let from = all.into_iter().filter(|(_, keys)| !keys.is_empty());
    let from = from.map(|(key, keys)| format!("{key}: [{}]", list(keys)));
    let of_fields = kind.fields.iter().filter_map(|field| Some((&field.name, field.table?)));
    let of_fields = of_fields.map(|(name, table)| format!("{}: [{table}.{name}]", quoted(name)));
    let from: Vec<_> = from.chain(of_fields).collect();
    if !from.is_empty() {
        out.push_str(&format!("    from_keys: {{{}}} # keys of {tool} that mean the same\n", from.join(", ")));
    }
    out.push_str("    extra: allow # keys that are not declared stay data for templates\n");
    if !kind.data.is_empty() {
        let all: Vec<_> = kind.data.iter().map(|(key, count)| format!("{key} ({count})")).collect();
        out.push_str(&format!("    # Such keys, and how many files have them: {}\n", all.join(", ")));
    }
    if !kind.contents.is_empty() {
        out.push_str(
            "    navigation: order\n    sequence: true\n    contents: # the order of the tool's own contents\n",
        );
        push_contents(out, &kind.contents);
    } else if kind.folders || parent.is_some() {
        match parent {
            Some(key) => out.push_str(&format!("    navigation: {{parent: {key}}}\n")),
            None => out.push_str("    navigation: folders\n"),
        }
        kind.order.iter().for_each(|order| out.push_str(&format!("    order: [{order}]\n")));
    } else if let Some(order) = &kind.order {
        out.push_str(&format!("    order: [{order}]\n"));
    }
    if !groups.is_empty() {
        out.push_str(&format!("    regroup_by: [{}] # a page for each value\n", groups.join(", ")));
    }
    if !kind.fields.is_empty() {
        out.push_str("    fields:\n");
        kind.fields.iter().for_each(|field| push_field(out, field));
    }
}

fn push_contents(out: &mut String, contents: &[DraftListed]) {
    for (at, listed) in contents.iter().enumerate() {
        let holds = contents.get(at + 1).is_some_and(|next| next.depth > listed.depth);
        let spaces = "    ".repeat(listed.depth);
        let title = listed.title.as_deref().map(in_quotes).unwrap_or_default();
        let line = match &listed.path {
            Some(path) if holds => format!("{}:", quoted(path)),
            Some(path) if title.is_empty() => quoted(path),
            Some(path) => format!("{title}: {}", quoted(path)),
            None => format!("{title}:"),
        };
        out.push_str(&format!("      {spaces}- {line}\n"));
    }
}

fn push_field(out: &mut String, field: &DraftField) {
    let DraftField { name, declared, count, fits, texts, odd, .. } = field;
    out.push_str(&format!("      {}: {declared} # in {count} of {texts} files", quoted(name)));
    if let Some((what, path)) = odd {
        out.push_str(&format!("; {} of other sorts, first {what} in {path}", count - fits));
    }
    out.push('\n');
}

/// The pattern for what is left out: one for all translations into a language, else one that no other file fits.
pub(super) fn ignored(path: &str, why: &str) -> String {
    let ends = path.rsplit_once('.').and_then(|(path, end)| Some((path.rsplit_once('.')?.1, end)));
    let is_text = without_extension(path).is_some();
    match ends.filter(|_| why == TRANSLATION && is_text) {
        Some((language, end)) => format!("*.{language}.{end}"),
        None => format!("/{}", pattern(path)),
    }
}

/// A path as a pattern that no other file fits.
fn pattern(path: &str) -> String {
    let is_sign = |c: char| matches!(c, '*' | '?' | '[' | '{' | '}' | '\\');
    path.chars().map(|c| if is_sign(c) { format!("[{c}]") } else { c.to_string() }).collect()
}
