//! One file of the content to the entries in it.

mod address;
mod blocks;
mod conditional;
mod fields;
mod figures;
mod front;
mod heading;
mod letters;
mod opening;
mod page_values;
mod private;
mod relations;
mod texts;
mod title;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use fields::FieldReader;
use front::{early_end, front_matter};
pub use heading::title_heading;
use heading::without;
use opening::Opening;

use crate::bug::guarded;
use crate::diagnostics::{Code, Diagnostic, Suggestions, meant, nearest};
use crate::folders::without_extension;
use crate::links;
use crate::markdown;
use crate::model::body::{Body, TextOrigin};
use crate::model::doc::Doc;
use crate::model::keys::{RESERVED, is_among_drafts, seems_private};
use crate::model::kind::Kind;
use crate::model::schema::{Dialect, Field, KindId, Schema};
use crate::model::source::Source;
use crate::model::value::{Date, Value};
use crate::span::Place;
use crate::wording::Wordings;
use crate::yaml::{self, MappingPart, PathStep, Yaml, YamlText, add_doubts, doubtful_values, duplicate_keys};

/// What has to be known to read a file besides the file.
pub struct Parsing<'a> {
    /// The site's declaration.
    pub schema: &'a Schema,
    /// The names of the data blocks that templates can draw.
    pub blocks: &'a BTreeSet<String>,
    /// The site's rules for texts.
    pub wordings: &'a Wordings<'a>,
    /// Whether a security policy guards the pages.
    pub policy: bool,
    /// The files that texts may show, sorted by path.
    pub included: &'a [Source],
}

/// The entries of one file and what is wrong with them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ParsedDocs {
    /// One entry of a Markdown file, any number of a data file.
    pub docs: Vec<Arc<Doc>>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The kind of a file that cannot be read: its entries are unknown.
    pub lost: Option<KindId>,
}

/// So many missing fields are named in the first line of their report.
const MANY: usize = 4;

/// Reads one file of the content.
pub fn parse(source: &Source, parsing: &Parsing<'_>) -> ParsedDocs {
    let read = if without_extension(&source.path).is_some() { markdown_file } else { data_file };
    guarded(&source.path, || read(source, parsing)).unwrap_or_else(|bug| ParsedDocs {
        docs: Vec::new(),
        diagnostics: vec![*bug],
        lost: links::kind_of_file(&source.path, parsing.schema),
    })
}

fn markdown_file(source: &Source, parsing: &Parsing<'_>) -> ParsedDocs {
    let mut parsed = ParsedDocs::default();
    let schema = parsing.schema;
    let as_page = || (schema.page_kind(), crate::url::slug(links::typed_name(&source.path)));
    let of_file = links::entry_of_file(&source.path, schema);
    // Where not all kinds could be read, one of them may have the file.
    let Some((kind, slug)) = of_file.or_else(|| schema.partial.then(as_page)) else {
        parsed.diagnostics.extend(unknown_folder(source, parsing.schema));
        return parsed;
    };
    if slug.is_empty() {
        let message = "no slug can be made of this file name";
        let help = "rename the file: letters and digits, with hyphens between words";
        parsed.diagnostics.push(Diagnostic::new(Code::SlugEmpty, Place::whole(&source.path), message).help(help));
        return parsed;
    }
    let is_known = |key: &str| known_keys(parsing.schema, kind).any(|known| known == key);
    let front = front_matter(source, is_known, &mut parsed.diagnostics);
    let broken = !front.whole || source.broken;
    let (make, read): (fn(&_, &_, _) -> _, fn(&_) -> _) =
        if front.toml { (YamlText::of_toml, yaml::parse_toml) } else { (YamlText::new, yaml::parse) };
    let text = Arc::new(make(&source.path, front.text, front.at));
    let (root, invalid) = match read(front.text) {
        Ok(root) => (root, false),
        Err(error) => {
            parsed.diagnostics.push(invalid_yaml(&text, error));
            (Yaml::Null, true)
        }
    };
    let root = if schema.markdown.dialect == Some(Dialect::Logseq) {
        with_names(root, &source.text[front.body_at..])
    } else {
        root
    };
    parsed.diagnostics.extend(duplicate_keys(&text, &root));
    let root = letters::with_known_names(root, schema, kind);
    let mut doubts = if front.toml || invalid { Vec::new() } else { doubtful_values(&text) };
    let early = if front.is_yaml() && !invalid { early_end(source, front.body_at, is_known) } else { None };
    let broken = broken || early.is_some();
    parsed.diagnostics.extend(early);
    let mut reader = FieldReader::new(text, Vec::new(), parsing, folder(&source.path));
    reader.values = page_values::values(schema, &root);
    reader.extra = parsing.schema.kind_at(&slug).is_some_and(|kind| kind.extra);
    let text = &source.text[front.body_at..];
    let authors = reader.author_signs();
    let (readable, problems) = markdown::readable(text, authors);
    parsed.diagnostics.extend(problems.into_iter().map(|problem| {
        problem.diagnostic(|span| Place::new(&source.path, front.body_at + span.start..front.body_at + span.end))
    }));
    let text = &*readable;
    let fenced = if schema.markdown.template_tags { markdown::with_fences(text, authors) } else { text.into() };
    let text = &*fenced;
    let title = reader.title(kind, &root, text, broken);
    let heading = title.heading.clone();
    let kept = heading.as_ref().map_or_else(Vec::new, |heading| reader.kept_of_heading(kind, &text[heading.clone()]));
    parsed.diagnostics.extend(reader.lost_in_title(heading.as_ref(), text, front.body_at, &kept));
    let of_title = heading.clone().map_or_else(Vec::new, |heading| reader.ids_of_heading(&text[heading], text));
    reader.ids.begin_with(of_title);
    if let (Some(heading), Some(dialect)) = (&heading, schema.markdown.dialect) {
        let words = reader.words(&text[heading.clone()]);
        reader.ids.take_of_tool(dialect, &words);
    }
    let body = heading.clone().map_or(Cow::Borrowed(text), |heading| without(text, heading, &kept).into());
    // Of equal headings the first of the text has the plain id, since that is where code hosts find it, too.
    let mut read = reader.read_body(&body, front.body_at, title.opening.as_ref());
    if let Some(heading) = &heading {
        reader.add_unread_of_title(&text[heading.clone()], front.body_at + heading.start, &mut read);
    }
    let mut doc = reader.entry(kind, slug, &root, broken || invalid);
    // Where the keys cannot be read, one of them may say that the file is private.
    let unread = broken || invalid || !matches!(root, Yaml::Map(_) | Yaml::Null);
    doc.draft |= unread && seems_private(&source.text);
    if let Some(line) = title.heading.as_ref().filter(|_| title.is_title) {
        doc.title = reader.words(&readable[line.clone()]);
    }
    doc.title = title.named.unwrap_or(doc.title);
    doc.heading = heading.filter(|_| title.is_own).map(|heading| reader.words(&text[heading]));
    doc.heading = doc.heading.filter(|heading| *heading != doc.title);
    doc.body = reader.body(read, &body, front.body_at, !broken);
    if !broken {
        reader.check_headings(&doc.body, &source.text);
    }
    doc.figures = reader.figures;
    parsed.diagnostics.append(&mut reader.diagnostics);
    drop_doubts_of_targets(&mut doubts, &doc);
    add_doubts(&mut parsed.diagnostics, doubts);
    parsed.docs.push(Arc::new(doc));
    parsed
}

/// Takes out what was doubted of names behind a dash without its space: one of no entry is reported with that way out.
fn drop_doubts_of_targets(doubts: &mut Vec<Diagnostic>, doc: &Doc) {
    for relation in &doc.relations {
        for edge in relation.edges.iter().filter(|edge| edge.index.is_none() && edge.to.starts_with('-')) {
            let start = doc.edge_place(relation, edge).range().start;
            doubts.retain(|doubt| doubt.place.range().start != start);
        }
    }
}

/// The keys of a page of Logseq, with what its properties say: what it is called, and whether it is private.
fn with_names(root: Yaml, text: &str) -> Yaml {
    let mut keys = match root {
        Yaml::Map(keys) => keys,
        Yaml::Null => Vec::new(),
        other => return other,
    };
    let names = markdown::page_names(text);
    let aliases = Some(names.aliases).filter(|aliases| !aliases.is_empty());
    let aliases = aliases.map(|aliases| Yaml::List(aliases.into_iter().map(Yaml::Text).collect()));
    let draft = names.is_private.then_some(Yaml::Bool(true));
    for (key, value) in [("title", names.title.map(Yaml::Text)), ("aliases", aliases), ("draft", draft)] {
        let is_new = !keys.iter().any(|(known, _)| known == key);
        keys.extend(value.filter(|_| is_new).map(|value| (key.to_string(), value)));
    }
    if keys.is_empty() { Yaml::Null } else { Yaml::Map(keys) }
}

fn data_file(source: &Source, parsing: &Parsing<'_>) -> ParsedDocs {
    let mut parsed = ParsedDocs::default();
    let Some(kind) = links::kind_of_data_file(&source.path, parsing.schema) else {
        parsed.diagnostics.extend(unknown_folder(source, parsing.schema));
        return parsed;
    };
    let text = Arc::new(YamlText::new(&source.path, &source.text, 0));
    let root = match yaml::parse(&source.text) {
        Ok(root) => root,
        Err(error) => {
            parsed.diagnostics.push(invalid_yaml(&text, error));
            parsed.lost = Some(kind);
            return parsed;
        }
    };
    parsed.diagnostics.extend(duplicate_keys(&text, &root));
    let mut doubts = doubtful_values(&text);
    let Yaml::Map(items) = &root else {
        parsed.diagnostics.extend(doubts);
        if root != Yaml::Null {
            let message = format!("expected a mapping from slugs to entries, found {}", root.sort());
            let diagnostic = Diagnostic::new(Code::FieldWrongType, Place::whole(&source.path), message);
            parsed.diagnostics.push(diagnostic.help("write each entry as `slug:` with its keys indented below it"));
        }
        parsed.lost = (root != Yaml::Null || source.broken).then_some(kind);
        return parsed;
    };
    let mut seen = std::collections::HashSet::new();
    for (key, item) in items.iter().filter(|(key, _)| seen.insert(key.as_str())) {
        let root = vec![PathStep::Key(key.clone())];
        let slug = crate::url::slug(key);
        if slug.is_empty() {
            let place = text.place(&root, yaml::MappingPart::Key);
            let diagnostic = Diagnostic::new(Code::SlugEmpty, place, format!("no slug can be made of `{key}`"));
            parsed.diagnostics.push(diagnostic.help("use letters and digits, with hyphens between words"));
            continue;
        }
        let mut reader = FieldReader::new(text.clone(), root, parsing, folder(&source.path));
        let mut doc = reader.entry(kind, slug, item, false);
        doc.figures = reader.figures;
        parsed.diagnostics.append(&mut reader.diagnostics);
        drop_doubts_of_targets(&mut doubts, &doc);
        parsed.docs.push(Arc::new(doc));
    }
    add_doubts(&mut parsed.diagnostics, doubts);
    parsed
}

impl FieldReader<'_> {
    /// Reads the keys of an entry. A broken one gets a name and nothing else.
    fn entry(&mut self, kind: KindId, slug: String, root: &Yaml, broken: bool) -> Doc {
        let declared = self.parsing.schema.kind(kind);
        self.wordings = self.parsing.wordings.of_entry(kind, &declared.plural, &slug);
        let mut entries: Vec<(&str, &Yaml)> = match root {
            Yaml::Map(entries) => entries.iter().map(|(key, value)| (key.as_str(), value)).collect(),
            Yaml::Null => Vec::new(),
            Yaml::Text(text) if odd_space(text).is_some() => {
                let c = odd_space(text).map_or(0, u32::from);
                let message = format!("an unusual space (U+{c:04X}) behind a colon, which is none for YAML");
                let diagnostic = Diagnostic::new(Code::YamlInvalid, self.place(&[]), message);
                self.diagnostics.push(diagnostic.help("delete it and type a plain space"));
                Vec::new()
            }
            other => {
                let message = format!("expected keys with values, found {}", other.sort());
                let place = self.place(&[]);
                let diagnostic = Diagnostic::new(Code::FieldWrongType, place, message);
                self.diagnostics.push(diagnostic.help("write each as `key: value` on a line of its own"));
                Vec::new()
            }
        };
        let broken = broken || !matches!(root, Yaml::Map(_) | Yaml::Null);
        self.sources = self.own_sources(&declared.fields, &entries);
        let kept_back = self.kept_back(kind, declared.extra || self.extra, &mut entries);
        let days = self.days_of_marks(kind, &entries);
        let mut take = |key: &str| {
            let at = entries.iter().position(|(name, _)| *name == key)?;
            Some(entries.remove(at).1)
        };
        // An empty key, as templates of editors leave it, is one that is not given.
        let mut given = |key: &str| take(key).filter(|yaml| !yaml.is_blank());
        let written = given("title");
        let title = written
            .and_then(|yaml| self.plain("title", yaml))
            .map(|title| self.shown(&title))
            .filter(|title| !title.is_empty())
            .or_else(|| self.words_of_keys(&declared.from_keys.title, root));
        let mut doc = Doc {
            kind,
            heading: None,
            title: title.unwrap_or_else(|| self.typed_name(declared)),
            short_title: given("short_title")
                .and_then(|yaml| self.plain("short_title", yaml))
                .map(|text| self.shown(&text))
                .or_else(|| self.words_of_keys(&declared.from_keys.short_title, root)),
            summary: given("summary").and_then(|yaml| self.plain("summary", yaml)).map(|text| self.shown(&text)),
            redirect_from: self.old_addresses(declared, &mut given),
            aliases: given("aliases").map_or_else(Vec::new, |yaml| self.other_names(yaml)),
            address: self.own_address(declared, &slug, root),
            categories: self.categories(declared, root),
            date: match given("date") {
                Some(yaml) => self.date("date", yaml),
                None => self.date_of_keys(&declared.from_keys.date, root),
            },
            updated: match given("updated") {
                Some(yaml) => self.date("updated", yaml),
                None => self.date_of_keys(&declared.from_keys.updated, root),
            },
            // What says neither yes nor no may be meant to keep the entry back.
            draft: given("draft").is_some_and(|yaml| {
                self.boolean("draft", yaml) || !matches!(yaml, Yaml::Bool(_)) && private::boolean(yaml) != Some(false)
            }) || kept_back
                || days.unclear
                || self.is_among_drafts(kind),
            from: days.from,
            until: days.until,
            template: given("template").and_then(|yaml| self.plain("template", yaml)),
            term_links: given("term_links").is_none_or(|yaml| self.boolean("term_links", yaml)),
            linked_as_term: given("linked_as_term").is_none_or(|yaml| self.boolean("linked_as_term", yaml)),
            fields: Vec::new(),
            extra: Vec::new(),
            relations: Vec::new(),
            body: Body::default(),
            figures: Vec::new(),
            yaml: self.text.clone(),
            root: self.root.clone(),
            slug,
            broken,
            unread: Vec::new(),
        };
        self.date_of_address(declared, &mut doc);
        let mut missing = Vec::new();
        for field in &declared.fields {
            let yaml = take(&field.name).or_else(|| declared.from_keys.of_field(&field.name, root));
            if yaml.is_none() && field.required && field.when.is_empty() && field.default.is_none() {
                missing.push(field);
                doc.fields.push(Value::Nothing);
            } else {
                doc.fields.push(self.field(field, yaml, broken));
            }
        }
        self.sources.clear();
        for (relation, end, side) in self.parsing.schema.sides_of(kind) {
            let Some(yaml) = take(&side.key) else { continue };
            doc.relations.push(self.relation(relation, end, &side.key, yaml));
        }
        for (key, value) in entries {
            if known_keys(self.parsing.schema, kind).any(|name| name == key) || address::is_key(declared, key) {
                continue; // a duplicate, or read before, reported as such
            }
            let extra = declared.extra || self.extra;
            if extra || declared.reads(key) {
                if !extra {
                    self.unread_below(declared, key, value);
                }
                doc.extra.push((key.to_string(), self.public_data(key, value)));
                continue;
            }
            let known = known_keys(self.parsing.schema, kind);
            let message = format!("{} has no field `{key}`", a(&declared.name));
            let diagnostic = Diagnostic::new(Code::FieldUnknown, self.key_place(key), message);
            let near = near_key(key, known, |name| root.get(name).is_some());
            let is_draft = near.names.first().is_some_and(|name| name == "draft");
            doc.draft |= is_draft && private::boolean(value) == Some(true);
            self.diagnostics.push(if near.names.is_empty() && kind == self.parsing.schema.page_kind() {
                diagnostic
                    .help("pages know only the keys that every entry has: remove it, or declare a kind for such pages")
            } else if near.names.is_empty() {
                diagnostic.help(format!("declare it under `kinds.{}.fields` in site.yaml, or remove it", declared.name))
            } else {
                diagnostic.suggest_fix(key, &near)
            });
            doc.unread.extend(near.names);
        }
        doc.unread.append(&mut self.unread);
        if doc.unread.is_empty() && !broken {
            missing.extend(self.out_of_place(&declared.fields, &doc.fields, &[]));
        }
        missing.retain(|field| !doc.unread.contains(&field.name));
        if !broken {
            self.missing(&missing);
        }
        doc
    }

    /// Reports what is read of a key only in part: `taxonomies.genres`, where only `taxonomies.tags` is read.
    fn unread_below(&mut self, declared: &Kind, key: &str, value: &Yaml) {
        if declared.reads_whole(key) || value.is_blank() {
            return;
        }
        let Yaml::Map(below) = value else {
            let message = format!("`{key}` has to be keys with values, found {}", value.sort());
            let help = declared.read_below(key).next().map(|name| format!("write it as `{key}: {{{name}: ...}}`"));
            self.push(Code::FieldWrongType, &[PathStep::Key(key.into())], message, help);
            return;
        };
        for (name, _) in below.iter().filter(|(name, _)| !declared.read_below(key).any(|read| read == name)) {
            let path = [key, name].map(|key| PathStep::Key(key.into()));
            let place = self.text.place(&[&self.root[..], &path].concat(), MappingPart::Key);
            let message = format!("{} has no field `{key}.{name}`", a(&declared.name));
            let diagnostic = Diagnostic::new(Code::FieldUnknown, place, message);
            let near = meant(name, declared.read_below(key).filter(|read| !below.iter().any(|(name, _)| name == read)));
            self.diagnostics.push(match near.names.is_empty() {
                true => diagnostic.help(format!(
                    "declare a field `{name}` under `kinds.{kind}.fields` and read it, `from_keys: {{{name}: {key}.{name}}}`, or remove it",
                    kind = declared.name
                )),
                false => diagnostic.suggest_fix(name, &near),
            });
        }
    }

    /// Missing required fields: one problem, however many they are.
    fn missing(&mut self, fields: &[&Field]) {
        let names: Vec<_> = fields.iter().map(|field| format!("`{}`", field.name)).collect();
        let message = match names.as_slice() {
            [] => return,
            [one] => format!("the required field {one} is missing"),
            [few @ .., last] if few.len() < MANY => {
                format!("the required fields {} and {last} are missing", few.join(", "))
            }
            many => {
                format!("{} required fields are missing: {} and others", many.len(), many[..MANY].join(", "))
            }
        };
        let mut diagnostic = Diagnostic::new(Code::FieldMissing, self.place(&[]), message);
        for field in fields {
            let path = [PathStep::Key(field.name.clone())];
            diagnostic.help.extend(self.way_to_add(field, &path, fields.len() > 1));
        }
        self.diagnostics.push(diagnostic);
    }

    /// Other names of the entry. Old addresses, which other tools keep under the same key, are none.
    fn other_names(&mut self, yaml: &Yaml) -> Vec<String> {
        let (addresses, names): (Vec<String>, Vec<String>) =
            self.plain_list("aliases", yaml).into_iter().partition(|name| name.starts_with('/'));
        if let Some(first) = addresses.first() {
            let message = format!("`{first}` is an address, and `aliases` are other names of the entry");
            let help = format!("write old addresses under `redirect_from: [{}]`", addresses.join(", "));
            self.push(Code::FieldWrongType, &[PathStep::Key("aliases".into())], message, Some(help));
        }
        names
    }

    /// What its file or its key in a data file calls an entry, as it was typed; `index.md` stands for its folder.
    fn typed_name(&self, kind: &Kind) -> String {
        if let Some(PathStep::Key(key)) = self.root.last() {
            return key.clone();
        }
        if kind.folder.is_some() && self.stands_for_folder(kind, &self.text.path) {
            let folder = self.text.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let is_home = kind.folder.as_deref() == Some(folder) && kind.url.base() == "/";
            let name = folder.rsplit('/').next().filter(|name| !name.is_empty() && !is_home);
            return name.map_or_else(
                || self.parsing.schema.texts.get("home").to_string(),
                |name| kind.without_number(name).to_string(),
            );
        }
        let name = kind.without_number(links::typed_name(&self.text.path));
        if self.parsing.schema.markdown.dialect == Some(Dialect::Logseq) {
            return name.replace(links::NAMESPACE, "/");
        }
        name.to_string()
    }

    /// Whether the file lies in a folder of drafts below that of its kind.
    fn is_among_drafts(&self, kind: KindId) -> bool {
        self.text.path.strip_prefix(self.parsing.schema.folder_of(kind)).is_some_and(is_among_drafts)
    }

    /// A plain text without what it holds for authors alone, which is reported where its key is read.
    fn without_comments<'t>(&self, text: &'t str) -> Cow<'t, str> {
        markdown::public_text(text, self.author_signs()).0
    }

    fn date(&mut self, key: &str, yaml: &Yaml) -> Option<Date> {
        crate::model::fields::date::read(yaml, &[PathStep::Key(key.into())], self)
    }

    /// The day under the first of these keys that is there.
    fn date_of_keys(&mut self, keys: &[String], root: &Yaml) -> Option<Date> {
        let (key, yaml) = keys.iter().find_map(|key| Some((key, root.at(key).filter(|yaml| !yaml.is_blank())?)))?;
        let path: Vec<_> = key.split('.').map(|part| PathStep::Key(part.into())).collect();
        crate::model::fields::date::read(yaml, &path, self)
    }

    /// Reads the text below the front matter, with what stands before it.
    fn read_body(&mut self, text: &str, offset: usize, opening: Option<&Opening>) -> markdown::MarkdownText {
        let reading = self.reading();
        let above = opening.map_or("", |opening| &opening.markdown);
        let mut read = markdown::read_below(above, text, offset, &reading, &mut self.ids);
        opening.into_iter().for_each(|opening| opening.place(&mut read, offset));
        read
    }

    /// The text below the front matter with the data blocks in it. Where the front matter is no such thing, its keys stand in
    /// the text, and the rules of the site for texts have no meaning.
    fn body(&mut self, mut read: markdown::MarkdownText, text: &str, offset: usize, sound: bool) -> Body {
        for block in read.blocks {
            let block = self.block(block);
            read.body.blocks.push(block);
        }
        for problem in read.problems {
            let diagnostic = problem.diagnostic(|span| Place::new(&self.text.path, span));
            self.diagnostics.push(diagnostic);
        }
        if sound {
            let reading = self.reading();
            self.check_body(text, offset, &reading);
            self.figures_of_markdown(text, &TextOrigin::File, offset, &reading);
        }
        read.body
    }
}

fn invalid_yaml(text: &YamlText, error: yaml::YamlError) -> Diagnostic {
    Diagnostic::new(Code::YamlInvalid, text.at(error.span), error.message).help(error.help)
}

/// None for a draft: what lies in a folder of drafts is not published, whatever the folder belongs to.
fn unknown_folder(source: &Source, schema: &Schema) -> Option<Diagnostic> {
    if is_among_drafts(&source.path) {
        return None;
    }
    let below = source.path.strip_prefix("content/").unwrap_or(&source.path);
    let kind = below.split_once('/').and_then(|(folder, _)| schema.kinds.iter().find(|kind| kind.plural == folder));
    if let Some(kind) = kind {
        let message = "a data file lies in `content/` itself, not in the folder of a kind";
        let help = format!("move its entries into `content/{}.yaml`, or make a Markdown file of each", kind.plural);
        return Some(Diagnostic::new(Code::FolderUnknown, Place::whole(&source.path), message).help(help));
    }
    let name = below.split_once('/').map_or_else(|| below.split('.').next().unwrap_or_default(), |(folder, _)| folder);
    let folders: Vec<_> = schema.kinds.iter().map(|kind| kind.plural.as_str()).collect();
    let near = nearest(name, folders.iter().copied());
    let message = format!("`content/{name}` belongs to no kind of site.yaml");
    let diagnostic = Diagnostic::new(Code::FolderUnknown, Place::whole(&source.path), message);
    Some(if near.is_empty() {
        diagnostic.help(format!("known folders are {}", folders.join(", ")))
    } else {
        diagnostic.suggest(&near)
    })
}

/// Every key that an entry of a kind may have.
fn known_keys(schema: &Schema, kind: KindId) -> impl Iterator<Item = &str> {
    let fields = schema.kind(kind).fields.iter().map(|field| field.name.as_str());
    let sides = schema.sides_of(kind).map(|(_, _, side)| side.key.as_str());
    RESERVED.iter().copied().chain(fields).chain(sides)
}

/// The keys that an unknown one comes near, first of all those that are not written yet.
fn near_key<'a>(key: &str, known: impl Iterator<Item = &'a str>, written: impl Fn(&str) -> bool) -> Suggestions {
    let (taken, free): (Vec<&str>, Vec<&str>) = known.partition(|name| written(name));
    let meant = meant(key, free);
    // A repair must not write a key a second time.
    if meant.names.is_empty() { Suggestions::near(nearest(key, taken)) } else { meant }
}

/// A space of word processors behind the first colon, which makes a text of what was meant as a key.
fn odd_space(text: &str) -> Option<char> {
    let behind = text.split_once(':')?.1.chars().next()?;
    (behind.is_whitespace() && !behind.is_ascii()).then_some(behind)
}

/// A noun with its article.
fn a(name: &str) -> String {
    format!("{} {name}", if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" })
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
