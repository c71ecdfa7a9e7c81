//! The first edition of Outside Lane is complete: every entry of the editorial inventory is there, with every relation.

use std::collections::BTreeSet;
use std::path::Path;

use limber::engine::Engine;
use limber::model::options::Options;
use limber::model::site::Site;
use limber::stages::load::load;
use limber::timings::Timings;

/// Entries by folder and slug; below each its relations, every pair of entries once.
const EDITION: &str = include_str!("../data/edition.txt");

#[test]
fn every_entry_and_every_relation_of_the_inventory_is_in_the_graph() {
    let (sources, found) = load(Path::new(env!("CARGO_MANIFEST_DIR")), None);
    let snapshot = Engine::new(Options::default()).update(&sources, found, &mut Timings::default());
    let site = &snapshot.ready.as_ref().expect("the site can be put together").site;
    let (mut missing, mut entries, mut relations, mut from) = (Vec::new(), 0, 0, "");
    for line in EDITION.lines() {
        let Some((key, others)) = line.trim().split_once(": ") else {
            entries += 1;
            from = line;
            if find(site, from).is_none() {
                missing.push(from.to_string());
            }
            continue;
        };
        for other in others.split(' ') {
            relations += 1;
            if !related(site, from, key, other) {
                missing.push(format!("{from} {key}: {other}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    assert_eq!((entries, relations), (101, 808), "the inventory itself is whole");
}

#[test]
fn claims_terms_and_stop_rules_are_all_there() {
    let (sources, found) = load(Path::new(env!("CARGO_MANIFEST_DIR")), None);
    let snapshot = Engine::new(Options::default()).update(&sources, found, &mut Timings::default());
    let site = &snapshot.ready.as_ref().expect("the site can be put together").site;
    let count = |kind: &str| site.schema.kind_named(kind).map_or(0, |kind| site.entries_of(kind).len());
    assert_eq!((count("claim"), count("term"), count("stop-rule"), count("measure")), (51, 63, 31, 8));
    assert_eq!(site.bibliography.works.len(), 81);
}

#[test]
fn every_cited_work_has_its_record_and_most_abstracts_were_read() {
    let (sources, found) = load(Path::new(env!("CARGO_MANIFEST_DIR")), None);
    let snapshot = Engine::new(Options::default()).update(&sources, found, &mut Timings::default());
    let site = &snapshot.ready.as_ref().expect("the site can be put together").site;
    let cited: BTreeSet<&str> = site.entries.iter().flat_map(|entry| entry.cited.iter()).map(String::as_str).collect();
    let recorded: BTreeSet<&str> = site.records.works.keys().map(String::as_str).collect();
    assert_eq!(recorded, cited);
    let read = site.records.works.values().filter(|record| record.seen).count();
    assert_eq!((read, recorded.len()), (74, 81), "the editorial policy names these numbers, too");
}

fn find(site: &Site, name: &str) -> Option<limber::model::site::EntryId> {
    let (kind, slug) = name.split_once('/')?;
    site.find(site.schema.kind_named(kind)?, slug)
}

fn related(site: &Site, from: &str, key: &str, other: &str) -> bool {
    let Some(from) = find(site, from) else { return false };
    let kind = site.entry(from).doc.kind;
    let mut sides = site.schema.sides_of(kind).filter(|(_, _, side)| side.key == key);
    sides.any(|(relation, end, _)| {
        site.graph.edges(relation).of(from, end).any(|edge| site.entry(edge.across(from)).doc.slug == other)
    })
}
