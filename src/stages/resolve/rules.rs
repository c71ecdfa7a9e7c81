//! The rules of the site.

use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::condition::Condition;
use crate::model::facts::{count, fits, has};
use crate::model::relation::End;
use crate::model::rule::{Include, Requirement, Rule};
use crate::model::schema::{KindId, RelationId};
use crate::model::site::{EntryId, Site};
use crate::yaml::MappingPart;

/// Checks every rule against every entry that it holds for.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for rule in &site.schema.rules {
        let asked: Vec<_> =
            rule.require.iter().map(|(name, asked)| (name, asked, included(site, rule, name, asked))).collect();
        for id in site.ids() {
            let doc = &site.entry(id).doc;
            let plural = &site.schema.kind(doc.kind).plural;
            if !rule.concerns(doc.kind, plural, &doc.slug)
                || doc.broken
                || !rule.when.iter().all(|(name, condition)| fits(site, id, name, condition))
            {
                continue;
            }
            for (name, asked, included) in &asked {
                let lacking = lacking(site, id, name, included);
                if (!lacking.is_empty() || !kept(site, id, name, asked)) && !unsure(site, id, name, &lacking) {
                    diagnostics.push(broken(site, id, rule, name, asked, &lacking));
                }
            }
        }
        for (name, asked, included) in &asked {
            if let (Requirement::Include(include), []) = (asked, included.as_slice()) {
                diagnostics.extend(idle(site, rule, name, include));
            }
        }
    }
}

/// The entries that a requirement wants among the related ones.
fn included(site: &Site, rule: &Rule, name: &str, asked: &Requirement) -> Vec<EntryId> {
    let Requirement::Include(include) = asked else { return Vec::new() };
    let like_that = |id: &EntryId| include.which.iter().all(|(name, condition)| fits(site, *id, name, condition));
    across(site, rule, name).into_iter().flat_map(|kind| site.entries_of(kind)).filter(like_that).collect()
}

/// The kinds to which the relation of this name leads from the kinds of a rule.
fn across(site: &Site, rule: &Rule, name: &str) -> Vec<KindId> {
    let schema = &site.schema;
    let kinds = schema.kind_ids().filter(|kind| rule.kinds.is_empty() || rule.kinds.contains(kind));
    let sides = kinds.flat_map(|kind| schema.sides_of(kind)).filter(|(_, _, side)| side.key == name);
    let mut across: Vec<_> =
        sides.flat_map(|(relation, end, _)| schema.relation(relation).side(end.across()).kinds.clone()).collect();
    across.sort_unstable();
    across.dedup();
    across
}

/// The relation of an entry that has this name.
fn side(site: &Site, id: EntryId, name: &str) -> Option<(RelationId, End)> {
    let mut sides = site.schema.sides_of(site.entry(id).doc.kind);
    sides.find(|(_, _, side)| side.key == name).map(|(relation, end, _)| (relation, end))
}

fn related(site: &Site, id: EntryId, name: &str) -> Vec<EntryId> {
    let of = |(relation, end)| site.graph.edges(relation).of(id, end).map(|edge| edge.across(id)).collect();
    side(site, id, name).map_or_else(Vec::new, of)
}

/// Those of the wanted entries that are not related to one.
fn lacking(site: &Site, id: EntryId, name: &str, wanted: &[EntryId]) -> Vec<EntryId> {
    if wanted.is_empty() || side(site, id, name).is_none() {
        return Vec::new();
    }
    let related = related(site, id, name);
    wanted.iter().copied().filter(|wanted| *wanted != id && !related.contains(wanted)).collect()
}

fn kept(site: &Site, id: EntryId, name: &str, asked: &Requirement) -> bool {
    match asked {
        Requirement::Is(wanted) => has(site, id, name, wanted),
        Requirement::Count(least, most) => {
            let count = count(site, id, name);
            count >= *least && most.is_none_or(|most| count <= most)
        }
        Requirement::Include(_) => true,
    }
}

/// Whether some of what a rule asks for may be in what could not be read or found, which was reported.
fn unsure(site: &Site, id: EntryId, name: &str, lacking: &[EntryId]) -> bool {
    let (doc, bibliography) = (&site.entry(id).doc, &site.bibliography);
    let works_lost = bibliography.broken || !bibliography.unreadable.is_empty();
    doc.unread.iter().any(|unread| unread == name)
        || name == "citations" && works_lost
        || !lacking.is_empty() && names_nothing(site, id, name)
}

/// Whether an entry names, under this key, something that is neither related to it nor a draft.
fn names_nothing(site: &Site, id: EntryId, name: &str) -> bool {
    let Some((relation, end)) = side(site, id, name) else { return false };
    let kinds = &site.schema.relation(relation).side(end.across()).kinds;
    let related = related(site, id, name);
    let lists = site.entry(id).doc.relations.iter().filter(|list| list.key == name);
    lists.flat_map(|list| &list.edges).any(|edge| {
        let slug = edge.to.strip_suffix('/').unwrap_or(&edge.to).rsplit('/').next().unwrap_or_default();
        let draft = |kind: &KindId| site.left_out.drafts.contains(&(*kind, slug.to_string()));
        !related.iter().any(|other| site.entry(*other).doc.slug == slug) && !kinds.iter().any(draft)
    })
}

fn broken(site: &Site, id: EntryId, rule: &Rule, name: &str, asked: &Requirement, lacking: &[EntryId]) -> Diagnostic {
    let doc = &site.entry(id).doc;
    let mut diagnostic = Diagnostic::new(Code::RuleBroken, doc.key_place(name), rule.message.clone());
    diagnostic.rule = Some(rule.code.clone());
    diagnostic.severity = rule.severity;
    let count = count(site, id, name);
    let wanted = match asked {
        Requirement::Is(wanted) => format!("has to be {}", wanted.join(" or ")),
        Requirement::Count(0, Some(most)) => format!("has {count} here, and may have at most {most}"),
        Requirement::Count(least, None) => format!("has {count} here, and needs at least {least}"),
        Requirement::Count(least, Some(most)) => format!("has {count} here, and needs {least} to {most}"),
        Requirement::Include(_) => {
            let names: Vec<_> = lacking.iter().map(|id| site.entry(*id).doc.slug.as_str()).collect();
            format!("lacks {}", names.join(", "))
        }
    };
    diagnostic.help(format!("`{name}` {wanted}; the rule stands in site.yaml"))
}

/// Reports a rule that asks for entries of which there are none. What may be in files that cannot be read is not missed.
fn idle(site: &Site, rule: &Rule, name: &str, include: &Include) -> Option<Diagnostic> {
    let kinds = across(site, rule, name);
    if kinds
        .iter()
        .any(|kind| site.left_out.kinds.contains(kind) || site.left_out.drafts.iter().any(|(of, _)| of == kind))
    {
        return None;
    }
    let place = site.schema.text.place(&include.path, MappingPart::Value);
    let named = include.which.iter().find_map(|(name, condition)| match condition {
        Condition::OneOf(slugs) if name == "slug" => slugs.first(),
        _ => None,
    });
    let Some(slug) = named else {
        let message = format!("no entry is like this, and the rule `{}` asks for nothing", rule.code);
        return Some(
            Diagnostic::new(Code::SiteInvalid, place, message).help("change what it asks for, or remove the rule"),
        );
    };
    let slugs = kinds.iter().flat_map(|kind| site.entries_of(*kind)).map(|id| site.entry(id).doc.slug.as_str());
    let near = nearest(slug, slugs);
    let message = format!("no entry named `{slug}` can stand under `{name}`");
    let diagnostic = Diagnostic::new(Code::SiteUnknownName, place, message);
    Some(if near.is_empty() { diagnostic.help("name an entry of the site") } else { diagnostic.suggest(&near) })
}
