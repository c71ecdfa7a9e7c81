//! The index of a kind, and the same index grouped anew.

use std::collections::HashMap;

use super::{
    Drawing,
    frame::{self, Frame},
    json_ld,
};
use crate::cards::text_or_none;
use crate::model::facts;
use crate::model::schema::{Index, KindId, Regroup, Type};
use crate::model::site::{EntryId, Site};
use crate::templates::{Value, Values, list, map, none};

/// What the template of an index sees. `regroup` is the number of a regrouping; none is the index itself.
pub fn values(drawing: Drawing<'_>, kind: KindId, regroup: Option<usize>, url: &str) -> Values {
    let site = drawing.site;
    let declared = site.schema.kind(kind);
    let fallback = Index { url: url.to_string(), title: declared.title.clone(), intro: String::new() };
    let index = declared.index.as_ref().unwrap_or(&fallback);
    let regrouped = regroup.and_then(|at| declared.regroup_by.get(at));
    let title = regrouped.map_or_else(
        || index.title.clone(),
        |regroup| format!("{} by {}", declared.title, regroup.title.to_lowercase()),
    );
    let ids = site.listed(kind);
    let mut frame = Frame::of_kind(site, if regrouped.is_some() { "regroup" } else { "index" }, kind, &title, url);
    if let Some(regroup) = regrouped {
        frame.canonical = Some(index.url.clone());
        frame.description =
            format!("{}, grouped by {}. {}", declared.title, regroup.title.to_lowercase(), frame.description);
    } else {
        frame.json_ld = Some(json_ld::collection(drawing, &title, url, &ids));
    }
    let base = &site.schema.base_url;
    let regroups = declared.regroup_by.iter().enumerate().map(|(at, other)| {
        map([
            ("title", other.title.as_str().into()),
            ("url", base.rooted(&regroup_url(index, other)).into()),
            ("current", (regroup == Some(at)).into()),
        ])
    });
    let matrices = site.schema.matrices.iter().filter(|matrix| matrix.rows == kind || matrix.columns == kind);
    let matrices =
        matrices.map(|matrix| map([("title", matrix.title.as_str().into()), ("url", base.rooted(&matrix.url).into())]));
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values.set(
        "kind",
        map([
            ("name", declared.name.as_str().into()),
            ("plural", declared.plural.as_str().into()),
            ("title", declared.title.as_str().into()),
            ("label", declared.label.as_str().into()),
            ("url", base.rooted(&index.url).into()),
            ("index_title", index.title.as_str().into()),
            ("intro", index.intro.as_str().into()),
        ]),
    );
    values.set("entries", cards(site, &ids));
    values.set("regroups", list(regroups));
    values.set("matrices", list(matrices));
    values.set(
        "regroup",
        regrouped.map_or_else(none, |regroup| {
            map([("by", regroup.by.as_str().into()), ("title", regroup.title.as_str().into())])
        }),
    );
    values.set("groups", regrouped.map_or_else(none, |regroup| groups(site, kind, &ids, regroup)));
    values
}

/// The URL of a regrouped index.
pub fn regroup_url(index: &Index, regroup: &Regroup) -> String {
    format!("{}{}/", index.url, regroup.slug)
}

fn cards(site: &Site, ids: &[EntryId]) -> Value {
    list(ids.iter().map(|id| site.entry(*id).card.value.clone()))
}

/// The groups in the order of the choices, of the numbers, or of the related kind; entries without a value come last.
fn groups(site: &Site, kind: KindId, ids: &[EntryId], regroup: &Regroup) -> Value {
    let base = &site.schema.base_url;
    let mut keys: Vec<(String, String, Option<String>)> = Vec::new(); // value to look for, title, URL
    if let Some((relation, end, _)) = site.schema.sides_of(kind).find(|(_, _, side)| side.key == regroup.by) {
        for across in &site.schema.relation(relation).side(end.across()).kinds {
            for id in site.listed(*across) {
                let entry = site.entry(id);
                keys.push((site.name(id), entry.doc.name().to_string(), Some(base.rooted(&entry.url))));
            }
        }
    } else if let Some(field) = site.schema.kind(kind).field(&regroup.by) {
        let ty = match &field.ty {
            Type::List(item) => &item.ty,
            ty => ty,
        };
        match ty {
            Type::Choice(choices) => keys.extend(choices.iter().map(|(id, label)| (id.clone(), label.clone(), None))),
            _ => {
                let mut found: Vec<String> = ids.iter().flat_map(|id| facts::values(site, *id, &regroup.by)).collect();
                found.sort_by(|a, b| match (a.parse::<f64>(), b.parse::<f64>()) {
                    (Ok(a), Ok(b)) => a.total_cmp(&b),
                    _ => a.cmp(b),
                });
                found.dedup();
                let unit = if let Type::Range(unit) = ty { format!(" {unit}") } else { String::new() };
                keys.extend(
                    found.into_iter().map(|value| (value.clone(), format!("{value}{unit}").trim().to_string(), None)),
                );
            }
        }
    }
    let values: Vec<_> = ids.iter().map(|id| (*id, facts::values(site, *id, &regroup.by))).collect();
    let mut members: HashMap<&str, Vec<EntryId>> = HashMap::new();
    for (id, value) in values.iter().flat_map(|(id, values)| values.iter().map(move |value| (id, value))) {
        let members = members.entry(value).or_default();
        if members.last() != Some(id) {
            members.push(*id);
        }
    }
    let mut groups = Vec::new();
    for (key, title, url) in keys {
        if let Some(members) = members.get(key.as_str()) {
            let id = crate::url::slug(key.rsplit('/').next().unwrap_or(&key));
            groups.push(group(site, &id, &title, url.as_deref(), members));
        }
    }
    let rest: Vec<_> = values.iter().filter(|(_, values)| values.is_empty()).map(|(id, _)| *id).collect();
    if !rest.is_empty() {
        groups.push(group(site, "other", "Everything else", None, &rest));
    }
    list(groups)
}

fn group(site: &Site, id: &str, title: &str, url: Option<&str>, members: &[EntryId]) -> Value {
    map([("id", id.into()), ("title", title.into()), ("url", text_or_none(url)), ("entries", cards(site, members))])
}
