//! `limber gaps`: what is missing, as a list of things to write.

use std::collections::BTreeMap;
use std::path::Path;

use super::{FAILED, FINE, report, site_of};
use crate::diagnostics::human::SourceTexts;
use crate::diagnostics::{Code, Diagnostic, Locations};
use crate::model::options::Options;
use crate::model::reach::{has_page, reaches};
use crate::model::relation::End;
use crate::model::schema::Schema;
use crate::model::site::Site;

pub(super) fn run(root: &Path, drafts: bool, quiet: bool) -> u8 {
    let Some(snapshot) = site_of(root, Options { drafts, ..Options::default() }) else { return FAILED };
    let Some(ready) = &snapshot.ready else { return FAILED };
    let (site, diagnostics) = (&*ready.site, &snapshot.diagnostics);
    let sections = [
        ("Referred to and not written", unwritten(diagnostics, &snapshot.texts)),
        ("Declared and empty", empty(site)),
        ("Unreachable from other entries", unreachable(site)),
        ("Below their minimum", below(diagnostics, &snapshot.texts)),
    ];
    let mut out = String::new();
    for (title, lines) in sections.iter().filter(|(_, lines)| !lines.is_empty()) {
        out.push_str(&format!("{title}\n"));
        lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
    }
    if out.is_empty() && !quiet {
        report::say("no gaps");
    }
    report::data(&out);
    FINE
}

/// Problems that say one thing, with the places that say it: what is wanted most comes first.
fn unwritten(diagnostics: &[Diagnostic], texts: &SourceTexts) -> Vec<String> {
    const CODES: &[Code] = &[Code::RelationUnknownTarget, Code::LinkBroken, Code::CitationUnknown, Code::ImageMissing];
    let locations = Locations::new(texts);
    let mut wanted: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| CODES.contains(&diagnostic.code)) {
        wanted.entry(&diagnostic.message).or_default().push(diagnostic);
    }
    let mut wanted: Vec<_> = wanted.into_iter().collect();
    wanted.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
    let line = |(message, places): (&str, Vec<&Diagnostic>)| {
        let more = match places.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{message}: {}{more}", place(places[0], &locations))
    };
    wanted.into_iter().map(line).collect()
}

/// Kinds without entries, fields that no entry fills, relations without edges.
fn empty(site: &Site) -> Vec<String> {
    let schema = &site.schema;
    let mut lines = Vec::new();
    for id in schema.kind_ids().filter(|id| *id != schema.page_kind()) {
        let kind = schema.kind(id);
        let entries: Vec<_> = site.entries_of(id).map(|entry| &site.entry(entry).doc).collect();
        if entries.is_empty() {
            lines.push(format!("the kind `{}` has no entries", kind.name));
            continue;
        }
        for (at, field) in kind.fields.iter().enumerate() {
            if entries.iter().all(|doc| doc.fields.get(at).is_none_or(crate::model::value::Value::is_empty)) {
                lines.push(format!("no {} has the field `{}`", kind.name, field.name));
            }
        }
    }
    for id in schema.relation_ids().filter(|id| site.graph.edges(*id).all.is_empty()) {
        lines.push(format!("nothing is related by `{}`", relation_name(schema, id)));
    }
    lines
}

fn relation_name(schema: &Schema, id: crate::model::schema::RelationId) -> String {
    let side = schema.relation(id).side(End::One);
    let kinds: Vec<_> = side.kinds.iter().map(|kind| schema.kind(*kind).name.as_str()).collect();
    format!("{}.{}", kinds.join("|"), side.key)
}

fn unreachable(site: &Site) -> Vec<String> {
    let alone = site.ids().zip(reaches(site)).filter(|(id, reach)| reach.inward == 0 && has_page(site, *id));
    alone.map(|(id, _)| format!("{}: {}", site.entry(id).doc.path(), site.entry(id).doc.title)).collect()
}

fn below(diagnostics: &[Diagnostic], texts: &SourceTexts) -> Vec<String> {
    let locations = Locations::new(texts);
    let counts = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::RelationCount);
    counts.map(|diagnostic| format!("{}: {}", place(diagnostic, &locations), diagnostic.message)).collect()
}

fn place(diagnostic: &Diagnostic, locations: &Locations<'_>) -> String {
    let (line, column) = locations.of(&diagnostic.place).start;
    format!("{}:{line}:{column}", diagnostic.place.path)
}
