//! What entries stand below, where a kind has its navigation from a key of theirs.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::kind::Navigation;
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::pages::navigation::{NamedParent, named_parents};
use crate::span::Place;
use crate::url::composed;
use crate::yaml::{MappingPart, Path, PathStep, Yaml};

/// Reports entries whose place in the navigation is none: below nothing, below themselves, or in a circle.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for kind in site.schema.kind_ids() {
        if let Some(Navigation::Parent(key)) = &site.schema.kind(kind).navigation {
            let named = named_parents(site, kind, key);
            found.extend(named.iter().filter_map(|named| of_entry(site, kind, key, named)));
            found.extend(circles(site, key, &named));
            found.extend(site.entries_of(kind).filter_map(|id| no_title(site, id, key)));
            found.extend(near_key(site, kind, key));
        }
    }
    found
}

fn of_entry(site: &Site, kind: KindId, key: &str, named: &NamedParent<'_>) -> Option<Diagnostic> {
    let place = || place(site, named.id, key);
    let name = named.name;
    match named.parent {
        Some(parent) if parent == named.id => {
            let message = format!("`{name}` cannot stand below itself in the navigation");
            let help = "name another entry, or remove the key: then it stands at the top";
            Some(Diagnostic::new(Code::LinkBroken, place(), message).help(help))
        }
        Some(_) => None,
        None if site.left_out.titles.contains(&composed(name).to_lowercase()) => None,
        None if site.left_out.kinds.contains(&kind) => None,
        None => {
            let declared = site.schema.kind(kind);
            let message = format!("no {} has the title `{name}` below which this one should stand", declared.name);
            let titles = site.entries_of(kind).filter(|id| *id != named.id).map(|id| &*site.entry(id).doc.title);
            let near = nearest(name, titles);
            let diagnostic = Diagnostic::new(Code::LinkBroken, place(), message);
            Some(match near.is_empty() {
                true => diagnostic.help("write the title of an entry, or remove the key: then it stands at the top"),
                false => diagnostic.suggest(&near),
            })
        }
    }
}

/// Reports an entry that names no title.
fn no_title(site: &Site, id: EntryId, key: &str) -> Option<Diagnostic> {
    let written = site.entry(id).doc.data(key).filter(|written| !written.is_blank() && written.as_text().is_none())?;
    let message = format!("`{key}` has to be the title of an entry, found {}", written.sort());
    let help = match written {
        Yaml::List(_) | Yaml::Map(_) => "write one title: an entry stands below one other",
        _ => "put quotes round it if it is a title, or remove the key: then it stands at the top",
    };
    Some(Diagnostic::new(Code::LinkBroken, place(site, id, key), message).help(help))
}

/// Reports a key that no entry of a kind has, where they have one that is nearly called so.
fn near_key(site: &Site, kind: KindId, key: &str) -> Option<Diagnostic> {
    let mut keys = BTreeSet::new();
    for id in site.entries_of(kind) {
        let doc = &site.entry(id).doc;
        if doc.data(key).is_some() {
            return None;
        }
        for (name, value) in &doc.extra {
            keys.insert(name.clone());
            let Yaml::Map(below) = value else { continue };
            keys.extend(below.iter().map(|(inner, _)| format!("{name}.{inner}")));
        }
    }
    let near = nearest(key, keys.iter().map(String::as_str));
    let declared = site.schema.kind(kind);
    if near.is_empty() || declared.field(key).is_some() {
        return None;
    }
    let path = ["kinds", &declared.name, "navigation", "parent"].map(|key| PathStep::Key(key.to_string()));
    let place = site.schema.text.place(&path, MappingPart::Value);
    let message = format!("no {} has the key `{key}`", declared.name);
    Some(Diagnostic::new(Code::SiteUnknownName, place, message).suggest(&near))
}

/// Reports each circle once, at the first of its entries.
fn circles(site: &Site, key: &str, named: &[NamedParent<'_>]) -> Vec<Diagnostic> {
    let parents: BTreeMap<EntryId, EntryId> =
        named.iter().filter_map(|named| Some((named.id, named.parent?))).filter(|(id, parent)| id != parent).collect();
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for start in parents.keys() {
        let (mut way, mut at) = (Vec::new(), *start);
        while seen.insert(at) {
            way.push(at);
            match parents.get(&at) {
                Some(parent) => at = *parent,
                None => break,
            }
        }
        // What was seen on an earlier way is no circle of this one.
        let Some(begin) = way.iter().position(|id| *id == at).filter(|_| parents.contains_key(&at)) else { continue };
        let circle = &way[begin..];
        let first = circle.iter().min().copied().unwrap_or(at);
        let message = "entries stand below one another in a circle in the navigation";
        let diagnostic = Diagnostic::new(Code::LinkBroken, place(site, first, key), message);
        let others = circle.iter().filter(|id| **id != first);
        let diagnostic = others
            .fold(diagnostic, |diagnostic, id| diagnostic.related(place(site, *id, key), "another one of the circle"));
        found.push(diagnostic.help("remove the key of one of them, or name another entry there"));
    }
    found
}

/// Where the name stands.
fn place(site: &Site, id: EntryId, key: &str) -> Place {
    let doc = &site.entry(id).doc;
    doc.value_place(&way(Some(&Yaml::Map(doc.extra.clone())), key))
}

/// The way to a key, or to one in another: `nav.parent`.
fn way(yaml: Option<&Yaml>, key: &str) -> Path {
    let below = |key: &str| yaml.and_then(|yaml| yaml.get(key));
    match key.split_once('.').filter(|(first, _)| below(key).is_none() && below(first).is_some()) {
        Some((first, rest)) => [vec![PathStep::Key(first.into())], way(below(first), rest)].concat(),
        None => vec![PathStep::Key(key.into())],
    }
}
