//! Seeded sites to measure with: realistic in shape, the same bytes for the same seed.

mod body;
mod edges;
mod fields;
mod hugo;
mod plain;
mod random;
mod real;
mod words;
mod zola;

pub mod hard;

use std::fs;
use std::io;
use std::path::Path;

use limber::model::schema::{KindId, Schema};
use limber::model::source::Source;
use limber::stages::declare::declare;
use rayon::prelude::*;
use serde_json::Value;

use random::Random;

/// The kinds that are generated, in every theme.
const KINDS: [&str; 4] = ["benefit", "technique", "condition", "area"];

/// How much a site asks of the program.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Three templates; what Hugo and Zola can do, too.
    Plain,
    /// The same templates, with citations, term links and structured data.
    Rich,
    /// The site and the theme of this repository, with the generated entries added to its own.
    Real,
}

impl Theme {
    /// The theme of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "plain" => Some(Self::Plain),
            "rich" => Some(Self::Rich),
            "real" => Some(Self::Real),
            _ => None,
        }
    }

    /// Whether texts cite works.
    pub fn cites(self) -> bool {
        self != Self::Plain
    }
}

/// The program that a site is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Ours.
    Limber,
    /// Hugo, for comparison.
    Hugo,
    /// Zola, for comparison.
    Zola,
}

/// What to write.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// How many entries.
    pub entries: usize,
    /// How much it asks of the program.
    pub theme: Theme,
    /// For which program.
    pub dialect: Dialect,
    /// Another seed makes another site of the same shape.
    pub seed: u64,
}

/// What texts may refer to.
pub struct Known {
    /// Folder, slug, title and address of entries.
    pub entries: Vec<(String, String, String, String)>,
    /// Keys of works.
    pub works: Vec<String>,
}

/// A generated entry: its kind and its name.
pub struct Entry {
    /// The kind.
    pub kind: KindId,
    /// The title.
    pub title: String,
    /// The slug, which no other entry of the site has.
    pub slug: String,
}

/// Writes a site into a new folder.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write(folder: &Path, wanted: Wanted) -> io::Result<()> {
    let frame = if wanted.theme == Theme::Real { real::frame(folder)? } else { plain::frame(folder, wanted)? };
    let schema = declared(&frame.site);
    let entries: Vec<Entry> = (0..wanted.entries)
        .map(|number| {
            let title = words::title(number);
            let kind = schema.kind_named(KINDS[number % KINDS.len()]).expect("every theme has the four kinds");
            Entry { kind, slug: words::slug(&title), title }
        })
        .collect();
    let known = Known {
        entries: entries
            .iter()
            .map(|entry| {
                let kind = schema.kind(entry.kind);
                (kind.plural.clone(), entry.slug.clone(), entry.title.clone(), address(kind, &entry.slug))
            })
            .collect(),
        works: frame.works,
    };
    let edges = edges::edges(&schema, &entries, &frame.others, wanted.seed, &known.works);
    for kind in KINDS.iter().filter_map(|name| schema.kind_named(name)) {
        fs::create_dir_all(folder.join("content").join(&schema.kind(kind).plural))?;
    }
    match wanted.dialect {
        Dialect::Limber => fs::write(folder.join("site.yaml"), &frame.site)?,
        Dialect::Hugo => hugo::frame(folder, &schema, &KINDS)?,
        Dialect::Zola => zola::frame(folder, &schema, &KINDS)?,
    }
    entries.par_iter().zip(edges).enumerate().try_for_each(|(number, (entry, edges))| {
        let mut random = Random::new(wanted.seed, number as u64);
        let (first, then) = front_matter(&mut random, entry, edges, &schema, &known);
        let front = match wanted.dialect {
            Dialect::Zola => zola::front_matter(&first, &then),
            Dialect::Limber | Dialect::Hugo => lines(&first, "") + &lines(&then, ""),
        };
        let body = body::body(&mut random, &known, wanted.dialect, wanted.theme);
        let name = format!("{}/{}.md", schema.kind(entry.kind).plural, entry.slug);
        fs::write(folder.join("content").join(name), format!("---\n{front}---\n{body}"))
    })
}

/// What a theme brings along.
struct Frame {
    /// `site.yaml`.
    site: String,
    /// Keys of its bibliography.
    works: Vec<String>,
    /// Slugs of its own entries, by kind.
    others: Vec<(KindId, Vec<String>)>,
}

fn declared(site: &str) -> Schema {
    let (schema, problems) = declare(&Source::new("site.yaml", site), None, &[]);
    let first = problems.first().map(|problem| problem.message.as_str()).unwrap_or_default();
    schema.unwrap_or_else(|| panic!("the generated `site.yaml` is wrong: {first}"))
}

/// Keys with their values.
type Pairs = Vec<(String, Value)>;

/// The keys that every program knows, and those of the kind.
fn front_matter(
    random: &mut Random,
    entry: &Entry,
    edges: edges::Written,
    schema: &Schema,
    known: &Known,
) -> (Pairs, Pairs) {
    let summary = words::sentences(random, 14);
    let date = format!("2026-{:02}-{:02}", random.between(1, 9), random.between(1, 28));
    let first = vec![
        ("title".into(), entry.title.as_str().into()),
        ("summary".into(), summary.into()),
        ("date".into(), date.into()),
    ];
    let kind = schema.kind(entry.kind);
    let values = kind.fields.iter();
    let mut then: Pairs =
        values.filter_map(|field| Some((field.name.clone(), fields::value(random, field, &known.works)?))).collect();
    then.extend(edges.into_iter().map(|(key, edges)| (key, edges.into())));
    (first, then)
}

/// Keys and values as YAML, lists over several lines as people write them.
fn lines(pairs: &[(String, Value)], indent: &str) -> String {
    let mut out = String::new();
    for (key, value) in pairs {
        match value {
            Value::Array(items) if !items.is_empty() => {
                out.push_str(&format!("{indent}{key}:\n"));
                items.iter().for_each(|item| out.push_str(&format!("{indent}  - {}\n", scalar(item))));
            }
            value => out.push_str(&format!("{indent}{key}: {}\n", scalar(value))),
        }
    }
    out
}

/// A value on one line: plain where it can be, else as JSON, which is YAML, too.
fn scalar(value: &Value) -> String {
    match value.as_str() {
        Some(text) if text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '/') => text.to_string(),
        _ => value.to_string(),
    }
}

/// The URL of an entry of a kind.
fn address(kind: &limber::model::kind::Kind, slug: &str) -> String {
    kind.url.url(limber::url::AddressParts { slug, ..Default::default() })
}
