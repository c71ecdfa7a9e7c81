//! What data blocks ask for, checked against the entries that there are: a misspelt slug would silently show nothing.

use super::names::{NameTarget, Names};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::body::{Block, EntriesQuery};
use crate::model::doc::Doc;
use crate::model::schema::KindId;
use crate::model::site::Catalogue;
use crate::yaml::{MappingPart, PathStep};

/// Reports slugs under `only`, and under `where` for a relation, that name no entry.
pub(super) fn check_queries(site: &Catalogue, names: &Names<'_>, doc: &Doc, problems: &mut Vec<Diagnostic>) {
    for block in &doc.body.blocks {
        let Some(query) = &block.entries else { continue };
        let only = vec![PathStep::Key("only".into())];
        check(site, names, block, &query.only, &[query.kind], &only, problems);
        for (key, values) in relations(site, query) {
            let place = vec![PathStep::Key("where".into()), PathStep::Key(key.to_string())];
            check(site, names, block, &query.only_where[key], values, &place, problems);
        }
    }
}

/// The relations under `where`, each with the kinds across.
fn relations<'a>(site: &'a Catalogue, query: &'a EntriesQuery) -> impl Iterator<Item = (&'a str, &'a [KindId])> {
    site.schema.sides_of(query.kind).filter(|(_, _, side)| query.only_where.contains_key(&side.key)).map(
        |(relation, end, side)| (side.key.as_str(), site.schema.relation(relation).side(end.across()).kinds.as_slice()),
    )
}

fn check(
    site: &Catalogue,
    names: &Names<'_>,
    block: &Block,
    slugs: &[String],
    kinds: &[KindId],
    path: &[PathStep],
    problems: &mut Vec<Diagnostic>,
) {
    for (at, slug) in slugs.iter().enumerate() {
        if !matches!(names.find(slug, kinds), NameTarget::Nothing | NameTarget::OtherKind(_)) {
            continue;
        }
        let place = block.yaml.place(&[path, &[PathStep::Index(at)]].concat(), MappingPart::Value);
        let kinds_named: Vec<_> = kinds.iter().map(|kind| site.schema.kind(*kind).name.as_str()).collect();
        let message = format!("no {} named `{slug}`", kinds_named.join(" or "));
        problems.push(Diagnostic::new(Code::BlockInvalid, place, message).suggest_fix(slug, &names.meant(slug, kinds)));
    }
}
