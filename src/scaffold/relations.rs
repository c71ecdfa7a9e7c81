//! The relations of a new entry: those that others wrote already, or the nearest names as an example.

use super::fields::data_lines;
use super::gaps::{EntryGap, Via};
use super::near::entry_names;
use super::sheet::EntryKey;
use crate::model::relation::{End, Side};
use crate::model::schema::{KindId, RelationId};
use crate::model::site::Site;
use crate::yaml::{Yaml, flow};

/// Every relation of a kind. Where the entry closes a gap, what refers to it is written down.
pub(super) fn keys(site: &Site, kind: KindId, title: &str, gap: Option<&EntryGap>) -> Vec<EntryKey> {
    let sides = site.schema.sides_of(kind);
    sides.map(|(relation, end, side)| key(site, relation, end, side, title, gap)).collect()
}

fn key(site: &Site, relation: RelationId, end: End, side: &Side, title: &str, gap: Option<&EntryGap>) -> EntryKey {
    let declared = site.schema.relation(relation);
    let across = &declared.side(end.across()).kinds;
    let (names, all) = entry_names(site, across, Some(relation), title);
    let kinds: Vec<_> = across.iter().map(|kind| site.schema.kind(*kind).name.as_str()).collect();
    let mut about = format!("{}: a list of entries ({})", side.label, kinds.join(" or "));
    match (side.at_least, side.at_most) {
        (0, None) => {}
        (0, Some(most)) => about.push_str(&format!("; at most {most}")),
        (least, None) => about.push_str(&format!("; at least {least}")),
        (least, Some(most)) => about.push_str(&format!("; {least} to {most}")),
    }
    about.push_str(&match all {
        0 => "; there is none yet".to_string(),
        all if all > names.len() => format!("; such as {}; there are {all}", names.join(", ")),
        _ => format!("; there are {}", names.join(", ")),
    });
    let first = names.first().cloned().unwrap_or_else(|| "first-steps".into());
    let (example, below) = if declared.fields.is_empty() {
        (format!("[{first}]"), Vec::new())
    } else {
        let mut lines = vec![format!("  - to: {first}")];
        lines.extend(data_lines(site, &declared.fields, title).iter().map(|line| format!("    {line}")));
        (String::new(), lines)
    };
    EntryKey {
        name: side.key.clone(),
        about: vec![about],
        required: side.at_least > 0,
        value: gap.and_then(|gap| written(site, gap, relation, end)),
        example,
        below,
    }
}

/// The entries that refer to the new one by a relation.
fn written(site: &Site, gap: &EntryGap, relation: RelationId, end: End) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for used in gap.uses.iter().filter(|used| used.via == Via::Relation(relation, end)) {
        let doc = &site.entry(used.by).doc;
        let kinds = &site.schema.relation(relation).side(end.across()).kinds;
        let unique = kinds.iter().filter(|kind| site.find(**kind, &doc.slug).is_some()).count() == 1;
        let name = flow(&Yaml::Text(if unique { doc.slug.clone() } else { site.name(used.by) }));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| format!("[{}]", names.join(", ")))
}
