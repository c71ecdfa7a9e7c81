//! All docs to one site: identities, edges, links, mentions, and every check that needs more than one file.

mod blocks;
mod change;
mod cited;
mod conflicts;
mod edges;
mod embeds;
mod fits;
mod forms;
mod ignored;
mod names;
mod pictures;
mod rules;
mod texts;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::cards;
use crate::citations::Bibliography;
use crate::collation::Collation;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::links;
use crate::model::asset::Assets;
use crate::model::body::Body;
use crate::model::doc::Doc;
use crate::model::fields;
use crate::model::kind::Listed;
use crate::model::schema::{KindId, Schema};
use crate::model::site::{Catalogue, Entry, EntryId, LeftOut, LinkedSite, References, Site};
use crate::model::value::{Date, Value};
use crate::records::Records;
use crate::signoffs::SignOffs;
use crate::terms::Vocabulary;
use crate::url::{AddressParts, composed, with_slash};
use crate::yaml::{MappingPart, PathStep, Yaml};
use change::Change;
use names::Names;
use texts::OwnReferences;

/// Everything that a site is made of.
pub struct Parts {
    /// The declaration.
    pub schema: Arc<Schema>,
    /// All docs, in any order.
    pub docs: Vec<Arc<Doc>>,
    /// The works that can be cited.
    pub bibliography: Arc<Bibliography>,
    /// What is recorded of them.
    pub records: Arc<Records>,
    /// Who has signed off which entry.
    pub signoffs: Arc<SignOffs>,
    /// Images and other files.
    pub assets: Arc<Assets>,
    /// Kinds of which not all entries are known, because a data file cannot be read.
    pub lost: BTreeSet<KindId>,
    /// Files of the content that are not published.
    pub hidden: Arc<BTreeSet<String>>,
    /// Files of data.
    pub data: Arc<BTreeSet<String>>,
    /// Whether drafts belong to the site.
    pub drafts: bool,
    /// What is said of pairs with entries that are held back.
    pub aside: Vec<Arc<Doc>>,
    /// The day for which reviews are due.
    pub as_of: Option<Date>,
}

/// A site, and what resolving the next one can start from.
#[derive(Clone)]
pub struct Resolved {
    /// The site.
    pub site: Arc<Site>,
    /// All names that become links, ready for searching.
    pub vocabulary: Arc<Vocabulary>,
}

/// Puts the docs together. `last` is the outcome of an earlier run: what cannot have changed since is taken from it.
pub fn resolve(parts: Parts, last: Option<&Resolved>) -> (Resolved, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut left_out = LeftOut { kinds: parts.lost, files: parts.hidden, data: parts.data, ..LeftOut::default() };
    let mut docs = parts.docs;
    diagnostics.extend(home_missing(&docs, &parts.schema));
    diagnostics.extend(check_contents(&docs, &parts.schema));
    parts.aside.iter().for_each(|doc| {
        left_out.works.extend(works_of(doc));
        left_out.templates.extend(doc.template_file());
    });
    left_out.urls.extend(parts.assets.held_back.values().filter(|url| !url.is_empty()).cloned());
    hold_back(&mut docs, |doc| doc.is_held_back(parts.drafts, parts.as_of), &parts.schema, &mut left_out);
    let docs = sorted(docs, &mut diagnostics, &parts.schema, &mut left_out);
    // With a declaration of the same shape, and the same files and works, what was made for one doc is as good for the
    // very same doc.
    let last = last.filter(|last| last.site.schema.shape == parts.schema.shape);
    let before = last.map(|last| &*last.site);
    let known = before.filter(|before| {
        Arc::ptr_eq(&before.assets, &parts.assets) && Arc::ptr_eq(&before.bibliography, &parts.bibliography)
    });
    let known_names = known.filter(|known| known.left_out == left_out);
    let change = known_names.map_or(Change::Any, |known| Change::since(known, &docs));
    let alike = if let Change::InBodies(before) = change { Some(before) } else { None };
    let mut of_kind = vec![0..0; parts.schema.kinds.len()];
    for (at, doc) in docs.iter().enumerate() {
        let range = &mut of_kind[doc.kind.0 as usize];
        if range.start == range.end {
            *range = at as u32..at as u32;
        }
        range.end = at as u32 + 1;
    }
    let entries: Vec<Entry> = docs
        .into_par_iter()
        .enumerate()
        .map(|(at, doc)| {
            let same = known.and_then(|known| Some(known.entry(same(known, at, &doc)?)));
            let url = same.map_or_else(|| url(&doc, &parts.schema).into(), |same| same.url.clone());
            let card = same.map_or_else(|| cards::card(&doc, &url, &parts.schema, &parts.assets), |e| e.card.clone());
            Entry { doc, url, card }
        })
        .collect();
    let (in_order, ranks) = match alike {
        Some(before) => (before.in_order.clone(), before.ranks.clone()),
        None => in_order(&parts.schema, &entries, &of_kind),
    };
    let catalogue = Catalogue {
        schema: parts.schema,
        entries,
        of_kind,
        in_order,
        ranks,
        left_out,
        bibliography: parts.bibliography,
        records: parts.records,
        signoffs: parts.signoffs,
        assets: parts.assets,
        as_of: parts.as_of,
    };
    let names = Names::new(&catalogue);
    let change = match change {
        Change::Moved(moved) if !moved.keeps_names(&catalogue, &names) => Change::Any,
        change => change,
    };
    let graph = || match &change {
        Change::InBodies(before) => before.graph.clone(),
        Change::Moved(moved) if edges::same(moved, &catalogue) => moved.before.graph.clone(),
        Change::Moved(moved) => Arc::new(edges::graph(&catalogue, &names, Some(moved))),
        Change::Any => Arc::new(edges::graph(&catalogue, &names, None)),
    };
    let vocabulary = || match last.filter(|_| alike.is_some()) {
        Some(last) => last.vocabulary.clone(),
        None => Arc::new(vocabulary(&catalogue)),
    };
    let (vocabulary, graph) = rayon::join(vocabulary, graph);
    let same_names = last.is_some_and(|last| last.vocabulary.hash == vocabulary.hash);
    let own = texts::references(&catalogue, &names, (&vocabulary, same_names), before, &change);
    let (references, cited) = with_backlinks(own);
    let linked = LinkedSite { catalogue, graph, references };
    let cited = cited::on_pages(&linked, cited, alike);
    let site = Site { linked, cited };
    let of_texts = site.references.iter().flat_map(|references| references.problems.iter());
    diagnostics.extend(site.graph.problems.iter().chain(of_texts).cloned());
    diagnostics.extend(embeds::check(&site));
    rules::check(&site, &mut diagnostics);
    (Resolved { site: Arc::new(site), vocabulary }, diagnostics)
}

/// The entry of before for the very same doc, whose card is as good: that saves three quarters of resolving after an edit of a
/// text at 10,000 entries. It is looked for where it would be if no other had come or gone.
fn same(before: &Catalogue, at: usize, doc: &Arc<Doc>) -> Option<EntryId> {
    let is_same = |id: &EntryId| before.entries.get(id.0 as usize).is_some_and(|entry| Arc::ptr_eq(&entry.doc, doc));
    Some(EntryId(at as u32)).filter(is_same).or_else(|| before.find(doc.kind, &doc.slug).filter(is_same))
}

/// Takes out what is not published yet, and notes what leads there.
fn hold_back(docs: &mut Vec<Arc<Doc>>, is_held_back: impl Fn(&Doc) -> bool, schema: &Schema, left_out: &mut LeftOut) {
    for doc in docs.iter().filter(|doc| is_held_back(doc)) {
        let names = [&doc.title].into_iter().chain(&doc.short_title).chain(&doc.aliases);
        left_out.titles.extend(names.map(|name| composed(name).to_lowercase()));
        if doc.kind != schema.page_kind() || schema.index_at(&doc.slug).is_none() {
            left_out.urls.insert(url(doc, schema));
        }
        left_out.urls.extend(doc.redirect_from.iter().map(|(from, _)| with_slash(from)));
        left_out.drafts.insert((doc.kind, doc.slug.clone()));
        left_out.works.extend(works_of(doc));
        left_out.templates.extend(doc.template_file());
    }
    docs.retain(|doc| !is_held_back(doc));
}

/// The works that a doc cites.
fn works_of(doc: &Doc) -> Vec<String> {
    let mut works: Vec<String> = doc.bodies().into_iter().flat_map(Body::works).cloned().collect();
    doc.every_value(&mut |value, _| {
        if let Value::Citations(keys) = value {
            works.extend(keys.iter().map(|(key, _)| key.clone()));
        }
    });
    works
}

fn sorted(
    mut docs: Vec<Arc<Doc>>,
    diagnostics: &mut Vec<Diagnostic>,
    schema: &Schema,
    left_out: &mut LeftOut,
) -> Vec<Arc<Doc>> {
    docs.par_sort_by(|a, b| (a.kind, &a.slug, a.path()).cmp(&(b.kind, &b.slug, b.path())));
    let mut kept: Vec<Arc<Doc>> = Vec::with_capacity(docs.len());
    for doc in docs {
        match kept.last().filter(|last| (last.kind, &last.slug) == (doc.kind, &doc.slug)) {
            None => kept.push(doc),
            Some(first) => {
                left_out.doubles.insert((doc.kind, doc.slug.clone()));
                let kind = &schema.kind(doc.kind).name;
                let message = format!("two entries of the kind `{kind}` have the slug `{}`", doc.slug);
                let what = if doc.path() == first.path() { "keys" } else { "files" };
                diagnostics.push(
                    Diagnostic::new(Code::SlugDuplicate, doc.place(), message)
                        .related(first.place(), "the first one")
                        .help(format!("rename one of the two {what}")),
                );
            }
        }
    }
    kept
}

/// The home page has to be one of the pages.
fn home_missing(docs: &[Arc<Doc>], schema: &Schema) -> Option<Diagnostic> {
    let home = schema.home.as_deref().filter(|home| docs.iter().all(|doc| **doc.path() != **home))?;
    let place = schema.text.place(&[PathStep::Key("home".into())], MappingPart::Value);
    let diagnostic = Diagnostic::new(Code::SiteUnknownName, place, format!("no page lies in `{home}`"));
    let near = nearest(home, docs.iter().map(|doc| &**doc.path()));
    Some(if near.is_empty() {
        diagnostic.help("write the path of a Markdown file, from the folder of site.yaml on")
    } else {
        diagnostic.suggest(&near)
    })
}

/// What a kind lists in its contents has to be there, and once.
fn check_contents(docs: &[Arc<Doc>], schema: &Schema) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for id in schema.kind_ids().filter(|id| !schema.kind(*id).contents.is_empty()) {
        let (kind, folder) = (schema.kind(id), schema.folder_of(id));
        let paths: FxHashSet<&str> = docs.iter().filter_map(|doc| doc.path().strip_prefix(folder)).collect();
        let place = |listed: &Listed| schema.text.place(&listed.at, listed.part);
        let mut known: FxHashMap<&str, &Listed> = FxHashMap::default();
        for (path, listed) in kind.listed_paths() {
            if !paths.contains(path) {
                let message = format!("no page lies in `{folder}{path}`");
                let help = "write the path of a Markdown file, from the folder of the kind on, or remove the line";
                found.push(Diagnostic::new(Code::SiteUnknownName, place(listed), message).help(help));
            } else if let Some(first) = known.get(path) {
                let message = format!("`{path}` stands twice in the contents, and is shown at the first place only");
                let diagnostic = Diagnostic::new(Code::SiteInvalid, place(listed), message);
                found.push(diagnostic.related(place(first), "the first one").help("remove one of the two"));
            } else {
                known.insert(path, listed);
            }
        }
    }
    found
}

/// The URL of a doc. The standalone page `index` is the home page; that of a kind's folder is its index.
fn url(doc: &Doc, schema: &Schema) -> String {
    if schema.home.as_deref() == Some(&**doc.path()) {
        return "/".into();
    }
    let date = doc.date.map(|date| date.to_string());
    let naming = |name| AddressParts {
        slug: &doc.slug,
        name,
        date: date.as_deref(),
        categories: doc.categories.as_deref(),
        is_folder: links::stands_for_folder(doc),
    };
    let url = match doc.address.as_deref() {
        Some(whole) if whole.starts_with('/') => return whole.to_string(),
        _ if doc.kind != schema.page_kind() && links::stands_for_kind(doc) => {
            return schema.kind(doc.kind).url.base().to_string();
        }
        // The whole path as it was typed.
        Some(path) if path.contains('/') || schema.kind(doc.kind).keeps_typed_names() => {
            schema.kind(doc.kind).url.url(AddressParts { slug: path, ..naming(None) })
        }
        name => schema.kind(doc.kind).url.url(naming(name)),
    };
    if doc.kind != schema.page_kind() {
        return url;
    }
    if let Some(kind) = schema.kind_at(&doc.slug).filter(|kind| !kind.anchored()) {
        return kind.index.as_ref().map_or_else(|| kind.url.base().to_string(), |index| index.url.clone());
    }
    match url.strip_suffix("index/") {
        Some(folder) if folder.ends_with('/') => folder.to_string(),
        _ => url,
    }
}

/// The entries of each kind in their order, and for each entry its place there.
fn in_order(schema: &Schema, entries: &[Entry], of_kind: &[Range<u32>]) -> (Arc<[EntryId]>, Arc<[u32]>) {
    let ids = |range: &Range<u32>| range.clone().map(EntryId).collect::<Vec<_>>();
    let ordered = |(kind, range)| ordered(schema, kind, ids(range), entries);
    let in_order: Vec<_> = schema.kind_ids().zip(of_kind).flat_map(ordered).collect();
    let mut ranks = vec![0; in_order.len()];
    for kind in of_kind {
        for (rank, at) in kind.clone().enumerate() {
            ranks[in_order[at as usize].0 as usize] = rank as u32;
        }
    }
    (in_order.into(), ranks.into())
}

/// The entries of a kind in the order that the kind declares, then by title, then by slug.
fn ordered(schema: &Schema, kind: KindId, ids: Vec<EntryId>, entries: &[Entry]) -> Vec<EntryId> {
    use crate::model::order::Key;
    let declared = schema.kind(kind);
    let collation = Collation::of(&schema.language);
    let text = |text: &str| Key::Text(collation.key(text));
    let listed: FxHashMap<&str, usize> =
        declared.listed_paths().enumerate().map(|(at, (path, _))| (path, at)).collect();
    let folder = schema.folder_of(kind);
    let key = |id: EntryId| {
        let doc = &entries[id.0 as usize].doc;
        let mut keys: Vec<Key> = Vec::new();
        if listed.is_empty() && kind != schema.page_kind() {
            keys.push(Key::Number(f64::from(u8::from(!links::stands_for_kind(doc)))));
        }
        if !listed.is_empty() {
            let at = doc.path().strip_prefix(folder).and_then(|path| listed.get(path)).copied();
            keys.push(Key::Number(at.unwrap_or(listed.len()) as f64));
        }
        for name in &declared.order {
            let (name, down) = name.strip_prefix('-').map_or((name.as_str(), false), |name| (name, true));
            let key = match name {
                "title" => text(doc.name()),
                "slug" => Key::text(&doc.slug),
                "date" => doc.date.map_or(Key::Missing, |date| Key::text(&date.to_string())),
                "updated" => doc.updated.or(doc.date).map_or(Key::Missing, |date| Key::text(&date.to_string())),
                name => {
                    let fields = declared.fields.iter().zip(&doc.fields);
                    let field = fields.into_iter().find(|(field, _)| field.name == name);
                    let undeclared = || doc.data(name);
                    match field {
                        Some((field, value)) => fields::of(&field.ty, |ty| ty.key(value, &collation)),
                        None => undeclared().map_or(Key::Missing, |value| match value {
                            Yaml::Integer(number) => Key::Number(*number as f64),
                            Yaml::Number(number) => Key::Number(*number),
                            Yaml::Text(text) => Key::of(text, &collation),
                            _ => Key::Missing,
                        }),
                    }
                }
            };
            keys.push(if down { Key::Down(Box::new(key)) } else { key });
        }
        keys.push(text(doc.name()));
        keys.push(Key::text(&doc.slug));
        keys
    };
    let mut ids: Vec<(Vec<Key>, EntryId)> = ids.into_par_iter().map(|id| (key(id), id)).collect();
    ids.par_sort_by(|a, b| a.0.cmp(&b.0));
    ids.into_iter().map(|(_, id)| id).collect()
}

/// The names that become links: those of kinds that ask for it, of entries that do not refuse.
fn vocabulary(site: &Catalogue) -> Vocabulary {
    use crate::model::kind::TermLinks;
    if !site.schema.markdown.term_links {
        return Vocabulary::default();
    }
    let names = site.ids().flat_map(|id| {
        let doc = &site.entry(id).doc;
        let wanted = if doc.linked_as_term { site.schema.kind(doc.kind).term_links } else { TermLinks::None };
        let names: &[&str] = match wanted {
            TermLinks::None => &[],
            TermLinks::All | TermLinks::Names => &[doc.title.as_str(), doc.short_title.as_deref().unwrap_or_default()],
        };
        let aliases: &[String] = if wanted == TermLinks::All { &doc.aliases } else { &[] };
        let all: Vec<&str> = names.iter().copied().chain(aliases.iter().map(String::as_str)).collect();
        all.into_iter().map(move |name| (name, doc.kind.0, id))
    });
    Vocabulary::new(names, &site.schema.language)
}

/// What every entry refers to, with links and mentions turned round: who links to whom, whose text uses which term. The second
/// value is the works that each cites in its texts.
fn with_backlinks(own: Vec<OwnReferences>) -> (Vec<References>, Vec<Arc<[String]>>) {
    let mut linked_from = vec![Vec::new(); own.len()];
    let mut used_on = vec![Vec::new(); own.len()];
    let add = |lists: &mut [Vec<EntryId>], from: EntryId, to: EntryId| {
        let list = &mut lists[to.0 as usize];
        if from != to && list.last() != Some(&from) {
            list.push(from);
        }
    };
    for (at, own) in own.iter().enumerate() {
        let from = EntryId(at as u32);
        for text in own.texts.iter() {
            for to in text.links.iter().filter_map(|link| link.entry) {
                add(&mut linked_from, from, to);
            }
            for (_, to) in &text.mentions {
                add(&mut used_on, from, *to);
            }
        }
    }
    let turned = linked_from.into_iter().zip(used_on);
    let all = own.into_iter().zip(turned).map(|(own, (linked_from, used_on))| {
        (References { texts: own.texts, problems: own.problems, linked_from, used_on }, own.cited)
    });
    all.unzip()
}
