//! The example site shows of a pair what is known of the pair, and says on every page what to do in an emergency.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use limber::engine::Engine;
use limber::model::options::Options;
use limber::model::schema::Type;
use limber::model::site::{EntryId, Site};
use limber::model::value::Value;
use limber::stages::load::load;
use limber::timings::Timings;

use crate::harness::Drawn;

/// The example site and everything that is drawn of it.
fn example() -> (Arc<Site>, BTreeMap<String, String>) {
    let (sources, found) = load(Path::new(env!("CARGO_MANIFEST_DIR")), None);
    let snapshot = Engine::new(Options::default()).update(&sources, found, &mut Timings::default());
    let site = snapshot.ready.as_ref().expect("the site can be put together").site.clone();
    (site, Drawn::of(&snapshot, &sources).files)
}

#[test]
fn every_mark_in_a_row_about_another_entry_is_that_of_the_pair() {
    let (site, files) = example();
    let by_url: BTreeMap<&str, EntryId> = site.ids().map(|id| (&*site.entry(id).url, id)).collect();
    let (mut compared, mut wrong) = (0, Vec::new());
    for id in site.ids() {
        let url = &*site.entry(id).url;
        let Some(page) = files.get(&limber::url::output_path(url)).filter(|_| !url.contains('#')) else { continue };
        for row in page.split("<ul class=\"rel\"").skip(1).flat_map(|list| list[..end(list, "</ul>")].split("<li>")) {
            let Some((_, rest)) = row.split_once("<a href=\"") else { continue };
            let Some(other) = by_url.get(&rest[..end(rest, "\"")]) else { continue };
            let known = labels(&site, id, *other);
            for mark in marks(row) {
                compared += 1;
                // A value of the other entry stands with the words that say what it is about.
                if !known.contains(&mark) && !mark.starts_with("Massage: ") {
                    wrong.push(format!("{url}: `{mark}` beside {}, whose edge has {known:?}", site.name(*other)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 200, "only {compared} marks were found");
}

#[test]
fn marks_of_an_entry_stand_behind_the_words_for_what() {
    let (site, files) = example();
    let (mut compared, mut wrong) = (0, Vec::new());
    for id in site.ids() {
        let url = &*site.entry(id).url;
        let (Some(about), Some(Value::Choice(_))) = (field(&site, id, "about"), field(&site, id, "finding")) else {
            continue;
        };
        let Value::Text(about) = about else {
            wrong.push(format!("{url}: marks, and no words for what"));
            continue;
        };
        let words = format!("<span class=\"note about\">{about}:</span>");
        // Some entries are parts of a page.
        let page = url.split_once('#').map_or(url, |(page, _)| page);
        if !files[&limber::url::output_path(page)].contains(&words) {
            wrong.push(format!("{url}: its own page does not say what its marks are about"));
        }
        for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            // Rows of related entries show the marks of the pair.
            let lists = page.split("<ul class=\"rel\"").enumerate();
            let page: String =
                lists.map(|(at, list)| if at == 0 { list } else { &list[end(list, "</ul>")..] }).collect();
            for row in page.split(&format!("<a href=\"{url}\">")).skip(1) {
                let row = &row[..end(row, "</li>").min(end(row, "</tr>"))];
                if marks(row).is_empty() || row.contains("<a href=") {
                    continue;
                }
                compared += 1;
                if !row.contains(&words) {
                    wrong.push(format!("{path}: marks of {url} without `{about}`"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 50, "only {compared} rows have marks");
}

#[test]
fn only_complaints_that_massage_was_found_to_help_name_a_tested_treatment() {
    let (site, _) = example();
    let relation = site
        .schema
        .relation_ids()
        .find(|id| site.schema.relation(*id).fields.iter().any(|field| field.name == "tested"));
    let relation = relation.expect("the relation of techniques and conditions");
    let at = site.schema.relation(relation).fields.iter().position(|field| field.name == "tested").expect("its field");
    let (mut tested, mut wrong) = (0, Vec::new());
    for edge in &site.graph.edges(relation).all {
        let data = site.data_of(edge).map_or(&[][..], |(_, written)| &written.data);
        if !matches!(data.get(at), Some(Value::Boolean(true))) {
            continue;
        }
        tested += 1;
        let helped = choice(&site, edge.other, "finding");
        if !["benefit", "small"].contains(&helped.as_str()) {
            wrong.push(format!("{} for {}: the page says `{helped}`", site.name(edge.one), site.name(edge.other)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tested > 0, "no pair was tested: the check looks at nothing");
}

#[test]
fn alert_lines_say_what_to_do_and_ask_about_a_clot_wherever_the_page_has_that_rule() {
    let (site, files) = example();
    let emergency = ["Call 999 or 112 now.", "Go to an emergency department now."];
    let (mut pages, mut wrong) = (0, Vec::new());
    for id in site.ids() {
        let entry = site.entry(id);
        let rules = related(&site, id, "stop_rules");
        if rules.is_empty() || entry.url.contains('#') {
            continue;
        }
        pages += 1;
        let page = &files[&limber::url::output_path(&entry.url)];
        let lines: Vec<String> = page
            .split("<p class=\"alertline")
            .skip(1)
            .map(|line| text(&format!("<{}", &line[..end(line, "</p>")])))
            .collect();
        let mut complain = |what: &str| wrong.push(format!("{}: {what}: {lines:?}", entry.url));
        if lines.is_empty() || lines.len() > 2 {
            complain("one or two lines are wanted");
        }
        let level = |rule: &EntryId| match site.entry(*rule).doc.fields[0] {
            Value::Choice(at) => at,
            _ => usize::MAX,
        };
        if rules.iter().any(|rule| level(rule) < 2) && !emergency.iter().any(|act| lines[0].contains(act)) {
            complain("the first line does not say whom to call");
        }
        if rules.iter().any(|rule| site.entry(*rule).doc.slug == "blood-clot")
            && !lines.iter().any(|line| line.contains("One calf or leg swollen, warm or sore without a reason?"))
        {
            complain("no line asks about a clot");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(pages > 80, "only {pages} pages have rules");
}

/// The labels of everything that the edges between two entries say.
fn labels(site: &Site, one: EntryId, other: EntryId) -> Vec<String> {
    let mut labels = Vec::new();
    for relation in site.schema.relation_ids() {
        let fields = &site.schema.relation(relation).fields;
        let pair = |ends: (EntryId, EntryId)| ends == (one, other) || ends == (other, one);
        for edge in site.graph.edges(relation).all.iter().filter(|edge| pair((edge.one, edge.other))) {
            let data = site.data_of(edge).map_or(&[][..], |(_, written)| &written.data);
            for (field, value) in fields.iter().zip(data) {
                if let (Value::Choice(at), Type::Choice(choices)) = (value, &field.ty) {
                    labels.extend([choices[*at].1.clone(), format!("{} evidence", choices[*at].1)]);
                    labels.extend((choices[*at].0 == "untested").then(|| "No trial".to_string()));
                }
            }
        }
    }
    labels
}

/// A field of an entry, if its kind has one of that name.
fn field<'a>(site: &'a Site, id: EntryId, name: &str) -> Option<&'a Value> {
    let doc = &site.entry(id).doc;
    let at = site.schema.kind(doc.kind).fields.iter().position(|field| field.name == name)?;
    doc.fields.get(at)
}

/// The id of the choice that an entry has made in a field; nothing without one.
fn choice(site: &Site, id: EntryId, name: &str) -> String {
    let fields = &site.schema.kind(site.entry(id).doc.kind).fields;
    match (field(site, id, name), fields.iter().find(|field| field.name == name).map(|field| &field.ty)) {
        (Some(Value::Choice(at)), Some(Type::Choice(choices))) => choices[*at].0.clone(),
        _ => String::new(),
    }
}

/// What the marks of a row say.
fn marks(row: &str) -> Vec<String> {
    let marks = ["<span class=\"fx ", "<span class=\"ev\""].into_iter().flat_map(|begin| row.split(begin).skip(1));
    marks.map(|rest| text(&format!("<{}", &rest[..end(rest, "</span>")]))).collect()
}

/// The related entries under a key.
fn related(site: &Site, id: EntryId, key: &str) -> Vec<EntryId> {
    let mut sides = site.schema.sides_of(site.entry(id).doc.kind).filter(|(_, _, side)| side.key == key);
    sides.next().map_or_else(Vec::new, |(relation, end, _)| {
        site.graph.edges(relation).of(id, end).map(|edge| edge.across(id)).collect()
    })
}

/// What is left of HTML without its tags.
fn text(html: &str) -> String {
    let pieces = html.split('<').filter_map(|piece| Some(piece.split_once('>')?.1));
    pieces.collect::<String>().trim().to_string()
}

fn end(text: &str, mark: &str) -> usize {
    text.find(mark).unwrap_or(text.len())
}
