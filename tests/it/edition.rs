//! The first edition of Outside Lane is complete: every entry of the editorial inventory is there, with every relation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use limber::engine::Engine;
use limber::model::options::Options;
use limber::model::schema::Type;
use limber::model::site::Site;
use limber::model::value::Value;
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
    assert_eq!((entries, relations), (101, 804), "the inventory itself is whole");
}

#[test]
fn claims_terms_and_stop_rules_are_all_there() {
    let (sources, found) = load(Path::new(env!("CARGO_MANIFEST_DIR")), None);
    let snapshot = Engine::new(Options::default()).update(&sources, found, &mut Timings::default());
    let site = &snapshot.ready.as_ref().expect("the site can be put together").site;
    let count = |kind: &str| site.schema.kind_named(kind).map_or(0, |kind| site.entries_of(kind).len());
    assert_eq!((count("claim"), count("term"), count("stop-rule"), count("measure")), (51, 63, 32, 8));
    assert_eq!(site.bibliography.works.len(), 81);
}

#[test]
fn every_cited_work_has_its_record_and_most_abstracts_were_read() {
    let (sources, found) = load(Path::new(env!("CARGO_MANIFEST_DIR")), None);
    let snapshot = Engine::new(Options::default()).update(&sources, found, &mut Timings::default());
    let site = &snapshot.ready.as_ref().expect("the site can be put together").site;
    let cited: BTreeSet<&str> = site.cited.iter().flat_map(|works| works.iter()).map(String::as_str).collect();
    let recorded: BTreeSet<&str> = site.records.works.keys().map(String::as_str).collect();
    assert_eq!(recorded, cited);
    let read = site.records.works.values().filter(|record| record.seen).count();
    assert_eq!((read, recorded.len()), (75, 81), "the editorial policy names these numbers, too");
}

#[test]
fn numbers_that_pages_give_of_the_site_are_those_of_its_entries() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (sources, found) = load(root, None);
    let snapshot = Engine::new(Options::default()).update(&sources, found, &mut Timings::default());
    let site = &snapshot.ready.as_ref().expect("the site can be put together").site;
    let total = |kind: &str| site.schema.kind_named(kind).map_or(0, |kind| site.entries_of(kind).len());
    let (all, grades, findings) = (total("claim"), chosen(site, "claim", "grade"), chosen(site, "claim", "finding"));
    let said = |counts: &BTreeMap<String, usize>, id: &str| word(counts.get(id).copied().unwrap_or_default());
    let [strong, moderate, limited, contested] =
        ["strong", "moderate", "limited", "contested"].map(|grade| said(&grades, grade));
    let [against, untested] = ["against", "untested"].map(|finding| said(&findings, finding));
    let graded =
        format!("{strong} is strong, {moderate} are moderate, {limited} are limited and {contested} are contested");

    let read = |path: &str| fs::read_to_string(root.join("content").join(path)).expect("a file of the site");
    let count = |path: &str, mark: &str| read(path).lines().filter(|line| line.contains(mark)).count();
    let (confirmed, open) = (count("sources.yaml", "# verified: yes"), count("sources.yaml", "# verified: no"));
    let works = site.records.works.len();
    let seen = site.records.works.values().filter(|record| record.seen).count();
    assert_eq!(confirmed + open, works);
    let expected = [
        ("index.md", format!("{} benefits", total("benefit"))),
        ("index.md", format!("{} kinds of massage", total("technique"))),
        ("guides/choosing-a-type.md", format!("compare {} kinds", total("technique"))),
        ("pages/about.md", format!("makes {all} claims")),
        ("pages/about.md", graded.replacen("one is", "One of them is", 1)),
        ("pages/about.md", format!("Nobody has tested the other {untested}")),
        ("guides/claims-checked.md", format!("Of the {all}, {graded}")),
        ("guides/claims-checked.md", format!("We looked up {all} claims")),
        ("guides/claims-checked.md", format!("Nobody has tested the other {untested}")),
        ("pages/evidence.md", format!("All {all} claims")),
        ("pages/evidence.md", format!("For {against} somebody looked and found no clear effect")),
        ("pages/evidence.md", format!("{untested} of the {all} haven't been tested")),
        ("about/accessibility.md", format!("{all} claims at once")),
        ("about/editorial-policy.md", format!("{all} claims in the end")),
        ("about/editorial-policy.md", format!("for each of the {works}")),
        ("about/editorial-policy.md", format!("For {seen} of them")),
        (
            "about/editorial-policy.md",
            format!("Of the {works} works in our list, {confirmed} have been confirmed in full"),
        ),
        ("about/editorial-policy.md", format!("The other {open} have something left")),
        ("about/corrections.md", format!("{open} of the {works} works")),
    ];
    let missing: Vec<_> = expected.iter().filter(|(path, text)| !unbroken(&read(path)).contains(text)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// How many entries of a kind have each choice of a field.
fn chosen(site: &Site, kind: &str, field: &str) -> BTreeMap<String, usize> {
    let kind = site.schema.kind_named(kind).expect("the kind");
    let fields = &site.schema.kind(kind).fields;
    let at = fields.iter().position(|declared| declared.name == field).expect("the field");
    let Type::Choice(choices) = &fields[at].ty else { panic!("`{field}` is no choice") };
    let mut counts = BTreeMap::new();
    for id in site.entries_of(kind) {
        if let Value::Choice(choice) = site.entry(id).doc.fields[at] {
            *counts.entry(choices[choice].0.clone()).or_default() += 1;
        }
    }
    counts
}

/// A number as the site writes it: one to nine in words.
fn word(number: usize) -> String {
    let words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    words.get(number).map_or_else(|| number.to_string(), ToString::to_string)
}

/// A text without its line breaks.
fn unbroken(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
