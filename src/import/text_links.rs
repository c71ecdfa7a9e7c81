//! Where the links and pictures of a text lead, whether raw HTML stands in it, and whether there may be formulas.

use std::collections::BTreeSet;

use super::seen::FolderContents;

/// Counts wikilinks, schemes of links and hosts of what is shown, and notes raw HTML. Says whether there may be formulas.
pub(super) fn count(body: &str, seen: &mut FolderContents) -> bool {
    let (has_sign, mut has_formula) = (body.contains('$'), false);
    let mut schemes = BTreeSet::new();
    let mut fence: Option<String> = None;
    for line in body.lines() {
        let trimmed = line.trim_start();
        let mark: String = trimmed.chars().take_while(|c| matches!(c, '`' | '~')).collect();
        if fence.is_some() {
            fence = fence.filter(|open| !mark.starts_with(open.as_str()));
            continue;
        }
        if mark.len() >= 3 && !trimmed[mark.len()..].contains('`') {
            fence = Some(mark);
            continue;
        }
        let line = without_code(line);
        has_formula |= has_sign && !has_formula && super::formulas::has_formula(&line);
        seen.wikilinks += line.matches("[[").count().min(line.matches("]]").count());
        let in_html = line.match_indices("src=\"https://").map(|(at, sign)| &line[at + sign.len()..]);
        let image =
            |(at, _): (usize, &str)| line[at..].split_once("](")?.1.trim_start_matches('<').strip_prefix("https://");
        for rest in in_html.chain(line.match_indices("![").filter_map(image)) {
            let host = rest.split(['/', '"', '?', '#', ')', ' ', '>']).next().unwrap_or_default();
            if host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')) {
                *seen.hosts.entry(host.to_ascii_lowercase()).or_default() += 1;
            }
        }
        seen.html |= ["</", "/>", "<img ", "<br>", "<hr>"].iter().any(|sign| line.contains(sign));
        let defined = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, rest)| rest);
        let written = line.match_indices("](").map(|(at, sign)| &line[at + sign.len()..]).chain(defined);
        for rest in written {
            let address = rest.trim_start_matches('<');
            let end =
                address.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c))).unwrap_or(address.len());
            let is_scheme = address[end..].starts_with(':') && address.starts_with(|c: char| c.is_ascii_alphabetic());
            if is_scheme && !matches!(&address[..end], "http" | "https" | "mailto" | "tel") {
                schemes.insert(address[..end].to_ascii_lowercase());
                *seen.schemes.entry(address[..end].to_ascii_lowercase()).or_default() += 1;
            }
        }
    }
    has_formula
}

/// A line without its inline code.
pub(super) fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}
