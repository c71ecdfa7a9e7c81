//! Ids that a text and the frame of its page both have: that of the text stays, since links lead to it, and that of the frame
//! yields. Nobody but the finished page knows all of them, so those of texts carry a mark until then.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Drawing;
use crate::model::body::Body;
use crate::model::doc::Doc;
use crate::signs;

/// Stands before ids of texts that the frame may have, too, until the page is drawn.
const MARK: &str = "\u{1}text:";

/// Attributes that hold ids.
const ATTRIBUTES: &[&str] =
    &[" id=\"", " href=\"#", " aria-labelledby=\"", " aria-describedby=\"", " aria-controls=\"", " for=\"", " list=\""];

/// The ids of a text, or of the text below the front matter, that templates may write, too.
pub(super) fn shared<'a>(drawing: Drawing<'a>, doc: &'a Doc, body: &'a Body) -> Vec<&'a str> {
    let ids = doc.body.headings.iter().chain(&body.headings).map(|heading| heading.id.as_str());
    let ids = ids.chain(body.anchors.iter().map(String::as_str));
    ids.filter(|id| drawing.templates.may_write_id(id)).collect()
}

/// An id or an address within the page, marked where it is among `shared`.
pub(super) fn marked<'i>(id: &'i str, shared: &[&str]) -> Cow<'i, str> {
    match id.strip_prefix('#') {
        Some(inner) if shared.contains(&inner) => format!("#{MARK}{inner}").into(),
        None if shared.contains(&id) => format!("{MARK}{id}").into(),
        _ => id.into(),
    }
}

/// The HTML of a text with its ids marked that are among `shared`.
pub(super) fn mark(mut html: String, shared: &[&str]) -> String {
    for id in shared {
        html = html.replace(&format!(" id=\"{id}\""), &format!(" id=\"{MARK}{id}\""));
    }
    html
}

/// The ids that the texts of an entry have.
pub(super) fn of_texts(doc: &Doc) -> HashSet<String> {
    ids(doc).cloned().collect()
}

/// Whether any id of the texts of an entry begins with this.
pub(super) fn any_begins(doc: &Doc, prefix: &str) -> bool {
    ids(doc).any(|id| id.starts_with(prefix))
}

fn ids(doc: &Doc) -> impl Iterator<Item = &String> {
    let bodies = doc.bodies().into_iter();
    bodies.flat_map(|body| body.headings.iter().map(|heading| &heading.id).chain(&body.anchors))
}

/// The HTML of a data block: an id in it that a text or an earlier block of the page has gets a number, with all in the block
/// that refer to it.
pub(super) fn of_block(html: String, taken: &mut HashSet<String>) -> String {
    if !html.contains(" id=\"") {
        return html;
    }
    let mut others = BTreeMap::new();
    for id in html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        if others.contains_key(id) || taken.insert(id.to_string()) {
            continue;
        }
        let mut free = (2..).map(|n: usize| format!("{id}-{n}"));
        let other = free.find(|name| !taken.contains(name) && !html.contains(&format!(" id=\"{name}\"")));
        let other = other.unwrap_or_default();
        taken.insert(other.clone());
        others.insert(id.to_string(), other);
    }
    if others.is_empty() { html } else { renamed(&html, |id| others.get(id).cloned()) }
}

/// HTML in which ids have other names, with all that refer to them.
fn renamed(html: &str, other: impl Fn(&str) -> Option<String>) -> String {
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some((at, attribute)) = ATTRIBUTES.iter().filter_map(|name| Some((rest.find(name)?, name))).min() {
        let from = at + attribute.len();
        let end = from + rest[from..].find('"').unwrap_or(rest.len() - from);
        out.push_str(&rest[..from]);
        let ids = rest[from..end].split(' ').map(|id| other(id).unwrap_or_else(|| id.to_string()));
        out.push_str(&ids.collect::<Vec<_>>().join(" "));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// The HTML of a text that stands on the page of another entry: its ids begin with a name of its own.
pub(super) fn apart(html: &str, name: &str) -> String {
    let name = name.replace('/', "-");
    html.replace(" id=\"", &format!(" id=\"{name}--")).replace(" href=\"#fn", &format!(" href=\"#{name}--fn"))
}

/// The HTML of a text that is shown in another one: its ids begin with a name of its own. What refers to a part of the text
/// that is not shown leads to its page.
pub(super) fn embedded(html: &str, name: &str, url: &str) -> String {
    let ids: HashSet<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut parts = html.split(" href=\"#");
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let id = part.split('"').next().unwrap_or_default();
        let is_gone = id.starts_with("fn") && !ids.contains(id);
        out.push_str(" href=\"");
        out.push_str(if is_gone { url } else { "" });
        out.push('#');
        out.push_str(part);
    }
    renamed(&out, |id| ids.contains(id).then(|| format!("{name}{id}")))
}

/// A drawn page in which every id stands once: marks are gone, and ids of the frame that a text has are others.
pub fn settle(html: Vec<u8>) -> Vec<u8> {
    // Only a mark begins with this byte: looking for it alone passes over most pages at once.
    let has_mark = signs::has_in_bytes(&html, &MARK[..1]);
    match has_mark.then(|| std::str::from_utf8(&html).map(settled)) {
        Some(Ok(settled)) => settled.into_bytes(),
        _ => html,
    }
}

fn settled(html: &str) -> String {
    let before = format!(" id=\"{MARK}");
    let own: BTreeSet<&str> = html.split(&before).skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let free = |id: &str| {
        let mut names = std::iter::once(format!("page-{id}")).chain((2..).map(|n: usize| format!("page-{id}-{n}")));
        names
            .find(|name| !own.contains(name.as_str()) && !html.contains(&format!(" id=\"{name}\"")))
            .unwrap_or_default()
    };
    let settled = renamed(html, |id| match id.strip_prefix(MARK) {
        Some(own) => Some(own.to_string()),
        None => own.contains(id).then(|| free(id)),
    });
    settled.replace(MARK, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_the_frame_yields_with_all_that_refer_to_it() {
        let text = mark("<h2 id=\"sources\">".into(), &["sources"]);
        let link = marked("#sources", &["sources"]);
        let page = format!(
            "<nav aria-labelledby=\"toc sources\"><a href=\"#sources\"></a><a href=\"{link}\"></a>{text}<h2 id=\"sources\">"
        );
        assert_eq!(
            String::from_utf8(settle(page.into_bytes())).unwrap(),
            "<nav aria-labelledby=\"toc page-sources\"><a href=\"#page-sources\"></a><a href=\"#sources\"></a><h2 id=\"sources\"><h2 id=\"page-sources\">"
        );
    }
}
