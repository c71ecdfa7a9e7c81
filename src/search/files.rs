//! The files of the index, as the script of the search page reads them.
//!
//! `index.json` names all others, whose names change with their bytes: a page that is open keeps what it has, and a browser may
//! keep them for ever. Words lie in shards by their beginnings, entries in shards by their numbers; a question fetches those
//! that it needs.

use std::io::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::postings::{BEST, InName, InText, PostingList, Postings};
use super::words::words;
use super::{FOLDER, fillers, texts};
use crate::hash::Hash;
use crate::model::schema::Pin;
use crate::model::site::{EntryId, Site};

/// About how large a shard of words is, in bytes before compression; an index with more than this many shards gets larger ones.
const SHARD: usize = 20_000;
const SHARDS: usize = 300;
/// How many entries lie in a shard; with more shards than this the shards get larger.
const ENTRIES: usize = 16;
const ENTRY_SHARDS: usize = 200;
/// How long a text is that stands in for a summary, in characters.
const BEGINNING: usize = 160;
/// Shorter words have no slips of the finger. In bytes.
const SHORTEST: usize = 4;

/// Takes a file of the index: its path below the output folder and its bytes.
pub type Put<'a, E> = dyn FnMut(String, Vec<u8>) -> Result<(), E> + 'a;

/// Hands over every file of the index of these entries. `index.json` comes last.
pub fn write<E>(site: &Site, ids: &[EntryId], postings: &mut Postings, put: &mut Put<'_, E>) -> Result<(), E> {
    let mut files = HashedFiles { put };
    let schema = &site.schema;
    let fillers = fillers::fillers(&schema.language);
    let words = word_shards(postings, &fillers, &mut files)?;
    let per_shard = ENTRIES.max(ids.len().div_ceil(ENTRY_SHARDS));
    let mut entries = Vec::new();
    for ids in ids.chunks(per_shard) {
        entries.push(files.add(&ids.iter().map(|id| entry(site, *id)).collect::<Vec<_>>())?);
    }
    let (filters, lists): (Vec<Value>, Vec<Vec<Vec<u32>>>) =
        filters(site, ids).into_iter().map(|filter| (filter.declared(), filter.lists())).unzip();
    let index = json!({
        "language": schema.language,
        "count": ids.len(),
        "best": BEST,
        "per_shard": per_shard,
        "entries": entries,
        "words": words.shards,
        "fillers": fillers,
        "filler_names": words.fillers,
        "name_words": words.names,
        "kinds": kinds(site, ids),
        "filters": filters,
        "filter_lists": files.add(&lists)?,
        "pins": schema.pages.search_pin.as_ref().map_or_else(Vec::new, |pin| pins(site, ids, pin)),
    });
    (files.put)(format!("{FOLDER}index.json"), bytes(&index))
}

/// Hands files on under names that follow from their bytes.
struct HashedFiles<'a, 'p, E> {
    put: &'a mut Put<'p, E>,
}

impl<E> HashedFiles<'_, '_, E> {
    fn add(&mut self, content: &impl Serialize) -> Result<String, E> {
        self.add_bytes(bytes(content))
    }

    fn add_bytes(&mut self, bytes: Vec<u8>) -> Result<String, E> {
        let name = format!("{}.json", Hash::of(&bytes).short());
        (self.put)(format!("{FOLDER}{name}"), bytes)?;
        Ok(name)
    }
}

fn bytes(content: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(content).expect("plain lists and texts can be written as JSON")
}

/// The files of the words.
struct WordShards {
    /// The first word of each shard and its file, in order.
    shards: Vec<(String, String)>,
    /// The file of the names in which fillers stand.
    fillers: String,
    /// The file of all words of names, for slips of the finger.
    names: String,
}

fn word_shards<E>(
    postings: &mut Postings,
    fillers: &[&str],
    files: &mut HashedFiles<'_, '_, E>,
) -> Result<WordShards, E> {
    let all: Vec<(Box<str>, PostingList)> = postings.sorted().collect();
    let size: usize =
        all.iter().map(|(word, lists)| word.len() + 8 + 7 * (lists.texts.len() + lists.names.len())).sum();
    let wanted = SHARD.max(size / SHARDS);
    let average = postings.lengths.iter().map(|length| f64::from(*length)).sum::<f64>() / postings.lengths.len() as f64;
    let (mut shard, mut filler, mut names) = (Shard::default(), Shard::default(), String::new());
    let mut shards = Vec::new();
    for (word, lists) in all {
        if word.len() >= SHORTEST && !lists.names.is_empty() {
            names.push_str(&word);
            names.push(' ');
        }
        if fillers.binary_search(&&*word).is_ok() {
            filler.add(&word, &[], &lists.names);
            continue;
        }
        let scores = lists.texts.iter().map(|found| (found, postings.score(found, average)));
        let scores: Vec<(&InText, u32)> = scores.collect();
        shard.add(&word, &scores, &lists.names);
        if shard.json.len() >= wanted {
            let shard = std::mem::take(&mut shard);
            shards.push((shard.first.clone(), files.add_bytes(shard.finish())?));
        }
    }
    if !shard.json.is_empty() {
        shards.push((shard.first.clone(), files.add_bytes(shard.finish())?));
    }
    Ok(WordShards { shards, fillers: files.add_bytes(filler.finish())?, names: files.add(&names.trim_end())? })
}

/// Words with two lists of numbers each. The first has two for each entry: how far it lies behind the one before, and the score
/// with the section. The second has three for each name: how far its entry lies behind, which name it is, and its length.
#[derive(Default)]
struct Shard {
    json: Vec<u8>,
    first: String,
}

impl Shard {
    fn add(&mut self, word: &str, texts: &[(&InText, u32)], names: &[InName]) {
        if self.json.is_empty() {
            self.first = word.to_string();
        }
        self.json.push(if self.json.is_empty() { b'{' } else { b',' });
        self.json.extend(bytes(&word));
        self.json.extend(b":[[");
        let mut before = 0;
        for (found, score) in texts {
            self.number(found.entry - before);
            self.number(score + (BEST + 1) * u32::from(found.section));
            before = found.entry;
        }
        self.end();
        if !names.is_empty() {
            self.json.extend(b",[");
            before = 0;
            for found in names {
                self.number(found.entry - before);
                self.number(u32::from(found.name));
                self.number(u32::from(found.length));
                before = found.entry;
            }
            self.end();
        }
        self.json.push(b']');
    }

    fn number(&mut self, number: u32) {
        write!(self.json, "{number},").expect("memory takes it");
    }

    fn end(&mut self) {
        if self.json.last() == Some(&b',') {
            self.json.pop();
        }
        self.json.push(b']');
    }

    fn finish(mut self) -> Vec<u8> {
        if self.json.is_empty() {
            self.json.push(b'{');
        }
        self.json.push(b'}');
        self.json
    }
}

/// The kinds: their labels, their first entries, and whether each of these is only a part of a page, and not meant to stand out.
fn kinds(site: &Site, ids: &[EntryId]) -> Vec<Value> {
    let schema = &site.schema;
    let pinned = schema.pages.search_pin.as_ref().map(|pin| pin.kind);
    let first = |kind| ids.partition_point(|id| site.entry(*id).doc.kind < kind);
    let kinds = schema.kind_ids().map(|id| (id, schema.kind(id)));
    let shown = kinds.map(
        |(id, kind)| json!({"label": kind.label, "first": first(id), "part": kind.anchored() && pinned != Some(id)}),
    );
    shown.collect()
}

/// What the page shows of an entry: address, name, kind, summary, headings, and of one that may
/// stand on top its heading and its texts.
fn entry(site: &Site, id: EntryId) -> Value {
    let entry = site.entry(id);
    let (doc, schema) = (&entry.doc, &site.schema);
    let pin = schema.pages.search_pin.as_ref().filter(|pin| pin.kind == doc.kind);
    let summary = doc.summary.clone().unwrap_or_else(|| texts::beginning(site, doc, BEGINNING));
    // An anchor has no headings of its own on the page that it stands on.
    let headings = Some(&doc.body.headings).filter(|_| !schema.kind(doc.kind).anchored());
    let headings: Vec<&str> = headings.into_iter().flatten().map(|heading| heading.text.as_str()).collect();
    let mut value = json!([schema.base_url.rooted(&entry.url), doc.name(), doc.kind.0, summary, headings]);
    if let (Some(pin), Value::Array(parts)) = (pin, &mut value) {
        let fields = &schema.kind(doc.kind).fields;
        let shown = |at: usize, key: &str| texts::shown(site, &doc.fields[at], &fields[at].ty, key);
        let heading = pin.heading.as_ref().map(|(at, key)| shown(*at, key));
        let all = pin.texts.iter().map(|at| shown(*at, "label")).filter(|text| !text.is_empty());
        parts.push(json!([heading.unwrap_or_default(), all.collect::<Vec<_>>()]));
    }
    value
}

/// The phrases of the entries that stand on top, the first of their kind first.
fn pins(site: &Site, ids: &[EntryId], pin: &Pin) -> Vec<(usize, Vec<String>)> {
    let listed = site.listed(pin.kind);
    let numbered = listed.iter().filter_map(|id| Some((ids.binary_search(id).ok()?, &site.entry(*id).doc)));
    let field = &site.schema.kind(pin.kind).fields[pin.words];
    let with_phrases = numbered.map(|(number, doc)| {
        let mut phrases = Vec::new();
        texts::plain_texts(&doc.fields[pin.words], &field.ty, &mut |phrase| phrases.push(words(phrase).join(" ")));
        (number, phrases)
    });
    with_phrases.filter(|(_, phrases)| !phrases.is_empty()).collect()
}

/// Something by which results can be narrowed.
struct Filter {
    key: String,
    label: String,
    /// Each value with the numbers of its entries.
    values: Vec<(String, Vec<u32>)>,
}

impl Filter {
    fn declared(&self) -> Value {
        json!([self.key, self.label, self.values.iter().map(|(value, _)| value).collect::<Vec<_>>()])
    }

    fn lists(self) -> Vec<Vec<u32>> {
        self.values.into_iter().map(|(_, numbers)| numbers).collect()
    }
}

/// The kind, and the declared relations; each value with its entries. What has fewer than two values narrows nothing.
fn filters(site: &Site, ids: &[EntryId]) -> Vec<Filter> {
    let schema = &site.schema;
    let of_kind = schema.kind_ids().map(|kind| {
        let numbers = (0..).zip(ids).filter(|(_, id)| site.entry(**id).doc.kind == kind).map(|(number, _)| number);
        (schema.kind(kind).title.clone(), numbers.collect())
    });
    let kinds = Filter { key: "kind".into(), label: String::new(), values: of_kind.collect() };
    let relations = schema.pages.search_filters.iter().map(|key| related(site, ids, key));
    let all = std::iter::once(kinds).chain(relations).map(|mut filter| {
        filter.values.retain(|(_, numbers): &(String, Vec<u32>)| !numbers.is_empty());
        filter
    });
    all.filter(|filter| filter.values.len() > 1).collect()
}

/// A filter by the entries that stand under a key.
fn related(site: &Site, ids: &[EntryId], key: &str) -> Filter {
    let schema = &site.schema;
    let mut pairs: Vec<(u32, EntryId, u32)> = Vec::new();
    for (number, id) in (0..).zip(ids) {
        for (relation, end, side) in schema.sides_of(site.entry(*id).doc.kind) {
            if side.key == key {
                let across = site.graph.edges(relation).of(*id, end).map(|edge| edge.across(*id));
                pairs.extend(across.map(|other| (site.ranks[other.0 as usize], other, number)));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let label = pairs.first().map_or("", |(_, other, _)| &schema.kind(site.entry(*other).doc.kind).title);
    let values = pairs.chunk_by(|a, b| a.1 == b.1);
    let values = values.map(|same| {
        let name = site.entry(same[0].1).doc.name().to_string();
        (name, same.iter().map(|(.., number)| *number).collect())
    });
    Filter { key: key.into(), label: label.into(), values: values.collect() }
}
