//! `site.yaml` to [`Schema`].

mod checks;
mod fields;
mod relations;
mod rules;
mod schema_org;

use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::hash::{Hash, Hasher};
use crate::model::schema::{
    Index, IndexBlock, Kind, KindId, MadePage, MarkdownOptions, Matrix, Pages, Regroup, Review, Schema, TermLinks,
};
use crate::model::schema_org::Thing;
use crate::model::source::Source;
use crate::span::Place;
use crate::url::{BaseUrl, UrlPattern, site_url};
use crate::yaml::{self, Part, Path, Step, Yaml, YamlText};

/// Keys that every entry may have.
pub const RESERVED: &[&str] = &[
    "title",
    "short_title",
    "summary",
    "aliases",
    "redirect_from",
    "date",
    "updated",
    "draft",
    "template",
    "term_links",
    "linked_as_term",
];

/// How many days a review may be overdue unless the site says otherwise.
const GRACE: i32 = 30;

/// Most cells that a matrix page may have unless it says otherwise.
const MATRIX_LIMIT: usize = 20_000;

/// How many items of a long list a page shows unless the site says otherwise.
const PER_PAGE: usize = 1000;

/// Reads the declaration. `base_url` replaces the one in the file. Without a readable declaration there is no schema.
pub fn declare(source: &Source, base_url: Option<&BaseUrl>) -> (Option<Schema>, Vec<Diagnostic>) {
    let text = Arc::new(YamlText::new(&source.path, &source.text, 0));
    let root = match yaml::parse(&source.text) {
        Ok(root) => root,
        Err(error) => {
            let place = text.at(error.span);
            return (None, vec![Diagnostic::new(Code::YamlInvalid, place, error.message).help(error.help)]);
        }
    };
    let mut reader = Reader { text: text.clone(), diagnostics: Vec::new(), relations_lost: false };
    let mut site = reader.mapping(At { yaml: &root, path: Vec::new() });
    let title = site.text("title", &mut reader).unwrap_or_default();
    if title.is_empty() && reader.diagnostics.is_empty() {
        reader.report(
            Code::FieldMissing,
            &[],
            Part::Key,
            "site.yaml has no `title`",
            &["add a line such as `title: My site`"],
        );
    }
    let declared_base = reader.base_url(&mut site);
    let mut schema = Schema {
        title,
        tagline: site.text("tagline", &mut reader).unwrap_or_default(),
        description: site.text("description", &mut reader).unwrap_or_default(),
        base_url: base_url.cloned().unwrap_or(declared_base),
        language: site.text("language", &mut reader).unwrap_or_else(|| "en".into()),
        params: site.take("params").map_or(Yaml::Map(Vec::new()), |at| at.yaml.clone()),
        markdown: markdown(&mut site, &mut reader),
        kinds: Vec::new(),
        relations: Vec::new(),
        matrices: Vec::new(),
        rules: Vec::new(),
        blocks: Vec::new(),
        pages: Pages::default(),
        checks: Default::default(),
        organization: Thing::of_type("Organization"),
        text,
        hash: Hash::default(),
    };
    let sets = fields::sets(&mut site, &mut reader);
    schema.kinds = kinds(&mut site, &sets, &mut reader);
    let written;
    (schema.relations, written) = relations::relations(&mut site, &schema, &mut reader);
    relations::check_keys(&schema, &written, &mut reader);
    schema.matrices = matrices(&mut site, &schema, &mut reader);
    schema.rules = rules::rules(&mut site, &schema, &mut reader);
    schema.blocks = fields::blocks(&mut site, &mut reader);
    schema.pages = pages(&mut site, &mut reader);
    checks::declare(&mut site, &root, &mut schema, &mut reader);
    schema_org::declare(&mut site, &root, &mut schema, &mut reader);
    site.finish(&mut reader, Code::SiteUnknownKey);
    check_regroups(&mut schema, &mut reader);
    reader.duplicates(&root, &mut Vec::new());
    schema.hash = hash(source, &schema.base_url);
    (Some(schema), reader.diagnostics)
}

fn hash(source: &Source, base_url: &BaseUrl) -> Hash {
    Hasher::new().hash(&source.hash).text(&base_url.origin).text(&base_url.path).finish()
}

/// A value of `site.yaml` and the way to it.
#[derive(Clone)]
struct At<'a> {
    yaml: &'a Yaml,
    path: Path,
}

impl<'a> At<'a> {
    fn below(&self, step: Step, yaml: &'a Yaml) -> At<'a> {
        let mut path = self.path.clone();
        path.push(step);
        At { yaml, path }
    }

    fn below_key(&self, key: &str) -> Option<At<'a>> {
        self.entries().into_iter().find(|(name, _)| *name == key).map(|(_, at)| at)
    }

    fn items(&self) -> Vec<At<'a>> {
        match self.yaml {
            Yaml::List(items) => items.iter().enumerate().map(|(at, item)| self.below(Step::Index(at), item)).collect(),
            Yaml::Null => Vec::new(),
            _ => vec![self.clone()],
        }
    }

    fn entries(&self) -> Vec<(&'a str, At<'a>)> {
        match self.yaml {
            Yaml::Map(entries) => {
                entries.iter().map(|(key, value)| (key.as_str(), self.below(Step::Key(key.clone()), value))).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// A mapping whose keys are taken one by one; what is left at the end is unknown.
struct Mapping<'a> {
    entries: Vec<(&'a str, At<'a>)>,
    known: Vec<&'static str>,
}

impl<'a> Mapping<'a> {
    fn take(&mut self, key: &'static str) -> Option<At<'a>> {
        self.known.push(key);
        let at = self.entries.iter().position(|(name, _)| *name == key)?;
        Some(self.entries.remove(at).1)
    }

    fn text(&mut self, key: &'static str, reader: &mut Reader) -> Option<String> {
        self.take(key).and_then(|at| reader.text(&at))
    }

    fn boolean(&mut self, key: &'static str, default: bool, reader: &mut Reader) -> bool {
        match self.take(key) {
            None => default,
            Some(At { yaml: Yaml::Bool(value), .. }) => *value,
            Some(at) => {
                reader.wrong(&at, "true or false");
                default
            }
        }
    }

    fn finish(&self, reader: &mut Reader, code: Code) {
        for (key, at) in &self.entries {
            if self.known.contains(key) {
                continue; // a duplicate, reported as such
            }
            let place = reader.text.place(&at.path, Part::Key);
            let known = self.known.iter().copied();
            let diagnostic = Diagnostic::new(code, place, format!("site.yaml knows no key `{key}` here"));
            let near = nearest(key, known.clone());
            let diagnostic = if near.is_empty() {
                diagnostic.help(format!("known keys are {}", known.collect::<Vec<_>>().join(", ")))
            } else {
                diagnostic.suggest_fix(key, &near)
            };
            reader.diagnostics.push(diagnostic);
        }
    }
}

struct Reader {
    text: Arc<YamlText>,
    diagnostics: Vec<Diagnostic>,
    /// Some relation could not be read, which was reported: names of relations that are not there are no news.
    relations_lost: bool,
}

impl Reader {
    fn mapping<'a>(&mut self, at: At<'a>) -> Mapping<'a> {
        if !matches!(at.yaml, Yaml::Map(_) | Yaml::Null) {
            self.wrong(&at, "keys with values");
        }
        Mapping { entries: at.entries(), known: Vec::new() }
    }

    fn text(&mut self, at: &At<'_>) -> Option<String> {
        match at.yaml {
            Yaml::Text(text) => Some(text.clone()),
            Yaml::Integer(number) => Some(number.to_string()),
            Yaml::Bool(value) => Some(value.to_string()),
            _ => {
                self.wrong(at, "a text");
                None
            }
        }
    }

    fn texts(&mut self, at: &At<'_>) -> Vec<String> {
        at.items().iter().filter_map(|item| self.text(item)).collect()
    }

    fn count(&mut self, at: &At<'_>) -> Option<usize> {
        match at.yaml {
            Yaml::Integer(number) if *number >= 0 => Some(*number as usize),
            _ => {
                self.wrong(at, "a whole number");
                None
            }
        }
    }

    fn wrong(&mut self, at: &At<'_>, expected: &str) {
        let message = format!("expected {expected}, found {}", at.yaml.sort());
        let help = match (expected, at.yaml) {
            ("a text", Yaml::Map(_)) => "put quotes round a text that contains `: `",
            ("a text", _) => "put quotes round it",
            ("keys with values", _) => "write keys with values below it, indented by two spaces",
            ("true or false", _) => "write `true` or `false`",
            ("a whole number" | "a number", _) => "write it in digits, without quotes",
            _ => "the bundled site has an example of every key in its `site.yaml`",
        };
        self.report(Code::SiteInvalid, &at.path, Part::Value, message, &[help]);
    }

    fn invalid(&mut self, at: &At<'_>, message: impl Into<String>) {
        let help = "the bundled site has an example of every key in its `site.yaml`";
        self.report(Code::SiteInvalid, &at.path, Part::Value, message, &[help]);
    }

    fn needs(&mut self, at: &At<'_>, message: String, example: &str) {
        self.report(Code::SiteInvalid, &at.path, Part::Value, message, &[&format!("write it as {example}")]);
    }

    fn report(&mut self, code: Code, path: &[Step], part: Part, message: impl Into<String>, help: &[&str]) {
        let place = self.text.place(path, part);
        let mut diagnostic = Diagnostic::new(code, place, message);
        diagnostic.help.extend(help.iter().map(ToString::to_string));
        self.diagnostics.push(diagnostic);
    }

    /// Reports a name that is not among the known ones.
    fn unknown<'n>(
        &mut self,
        at: &At<'_>,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        self.unknown_at(self.text.place(&at.path, Part::Value), what, name, known)
    }

    /// Reports a name that is not among the known ones. Returns the one that was probably meant: to go on with it keeps
    /// the report free of what only follows from a slip.
    fn unknown_at<'n>(
        &mut self,
        place: Place,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        let known: Vec<_> = known.into_iter().collect();
        let near = nearest(name, known.iter().copied());
        let diagnostic = Diagnostic::new(Code::SiteUnknownName, place, format!("no {what} named `{name}`"));
        let diagnostic = if near.is_empty() && !known.is_empty() && known.len() <= 20 {
            diagnostic.help(format!("known are {}", known.join(", ")))
        } else {
            diagnostic.suggest_fix(name, &near)
        };
        self.diagnostics.push(diagnostic);
        near.into_iter().next()
    }

    fn base_url(&mut self, site: &mut Mapping<'_>) -> BaseUrl {
        let local = || BaseUrl { origin: "http://localhost".into(), path: "/".into() };
        let Some(at) = site.take("base_url") else { return local() };
        let Some(text) = self.text(&at) else { return local() };
        BaseUrl::parse(&text).unwrap_or_else(|why| {
            let help = ["write it as `https://example.org/`, with the folder behind the host if there is one"];
            self.report(Code::UrlInvalid, &at.path, Part::Value, why, &help);
            local()
        })
    }

    fn site_url(&mut self, at: &At<'_>) -> Option<String> {
        let url = self.text(at)?;
        match site_url(&url) {
            Ok(()) => Some(url),
            Err(why) => {
                self.report(Code::UrlInvalid, &at.path, Part::Value, why, &["write it as `/a-z/`"]);
                None
            }
        }
    }

    fn kinds(&mut self, at: &At<'_>, kinds: &[Kind]) -> Vec<KindId> {
        let Some(text) = self.text(at) else { return Vec::new() };
        self.kinds_in(at, &text, kinds)
    }

    /// Reads `benefit`, `benefit|technique` or `*`.
    fn kinds_in(&mut self, at: &At<'_>, text: &str, kinds: &[Kind]) -> Vec<KindId> {
        if text.trim() == "*" {
            return (0..kinds.len() as u16).map(KindId).collect();
        }
        let mut found = Vec::new();
        for name in text.split('|').map(str::trim) {
            match kinds.iter().position(|kind| kind.name == name) {
                Some(number) => found.push(KindId(number as u16)),
                None => {
                    let meant = self.unknown(at, "kind", name, kinds.iter().map(|kind| kind.name.as_str()));
                    let meant = kinds.iter().position(|kind| meant.as_ref() == Some(&kind.name));
                    found.extend(meant.map(|number| KindId(number as u16)));
                }
            }
        }
        found
    }

    /// Reports keys that stand twice in one mapping, anywhere in the file.
    fn duplicates(&mut self, yaml: &Yaml, path: &mut Path) {
        self.diagnostics.extend(duplicate_keys(&self.text, yaml, path));
    }
}

/// Reports keys that stand twice in one mapping of a YAML text, with the place of the first.
pub fn duplicate_keys(text: &YamlText, yaml: &Yaml, path: &mut Path) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    match yaml {
        Yaml::Map(entries) => {
            let mut seen = std::collections::HashMap::new();
            for (key, value) in entries {
                path.push(Step::Key(key.clone()));
                let n = seen.entry(key).and_modify(|n| *n += 1).or_insert(0);
                if *n > 0 {
                    let place = text.nth_place(path, Part::Key, *n);
                    let first = text.nth_place(path, Part::Key, 0);
                    let message = format!("the key `{key}` stands here twice");
                    found.push(
                        Diagnostic::new(Code::YamlDuplicateKey, place, message)
                            .related(first, "first written here")
                            .help("remove one of the two"),
                    );
                }
                found.extend(duplicate_keys(text, value, path));
                path.pop();
            }
        }
        Yaml::List(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(Step::Index(at));
                found.extend(duplicate_keys(text, item, path));
                path.pop();
            }
        }
        _ => {}
    }
    found
}

fn markdown(site: &mut Mapping<'_>, reader: &mut Reader) -> MarkdownOptions {
    let mut map = match site.take("markdown") {
        Some(at) => reader.mapping(at),
        None => Mapping { entries: Vec::new(), known: Vec::new() },
    };
    let options = MarkdownOptions {
        smart_punctuation: map.boolean("smart_punctuation", true, reader),
        allow_html: map.boolean("allow_html", false, reader),
        wikilinks: map.boolean("wikilinks", true, reader),
        term_links: map.boolean("term_links", true, reader),
    };
    map.finish(reader, Code::SiteUnknownKey);
    options
}

fn kinds(site: &mut Mapping<'_>, sets: &fields::Sets<'_>, reader: &mut Reader) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    let declared = site.take("kinds").map_or_else(Vec::new, |at| {
        if !matches!(at.yaml, Yaml::Map(_)) {
            reader.wrong(&at, "the names of kinds with what they are");
        }
        at.entries()
    });
    for (name, at) in declared {
        let mut kind = kind(name, at.clone(), sets, reader);
        if name == "page" || name == "pages" || kind.plural == "pages" {
            reader.invalid(&at, "`page` is the built-in kind of standalone pages");
            continue;
        }
        if kinds.iter().any(|other| other.name == kind.name) {
            continue; // a duplicate, reported as such
        }
        let clash =
            |other: &&Kind| other.plural == kind.plural || other.name == kind.plural || other.plural == kind.name;
        if let Some(other) = kinds.iter().find(clash) {
            let message = format!("the kinds `{}` and `{name}` share a name or a folder", other.name);
            let help = "give each a `plural` of its own: it is the name of its folder";
            reader.report(Code::SiteInvalid, &at.path, Part::Key, message, &[help]);
            kind.plural = format!("{name}s");
        }
        kinds.push(kind);
    }
    kinds.push(page_kind());
    kinds
}

fn page_kind() -> Kind {
    Kind {
        name: "page".into(),
        plural: "pages".into(),
        title: "Pages".into(),
        label: "Page".into(),
        url: UrlPattern::parse("/{slug}/").expect("the pattern is valid"),
        index: None,
        fields: Vec::new(),
        regroup_by: Vec::new(),
        order: Vec::new(),
        sequence: false,
        term_links: TermLinks::None,
        review: None,
        schema_org: None,
        extra: true,
        checks: Default::default(),
    }
}

fn kind(name: &str, at: At<'_>, sets: &fields::Sets<'_>, reader: &mut Reader) -> Kind {
    let own_path = at.path.clone();
    let mut map = reader.mapping(at);
    let plural = map.text("plural", reader).unwrap_or_else(|| format!("{name}s"));
    if crate::url::slug(&plural) != plural {
        reader.report(
            Code::SiteInvalid,
            &[own_path.as_slice(), &[Step::Key("plural".into())]].concat(),
            Part::Value,
            format!("the folder name `{plural}` may only have lower-case letters, digits and hyphens"),
            &[&format!("write it as `{}`", crate::url::slug(&plural))],
        );
    }
    let title = map.text("title", reader).unwrap_or_else(|| capital(&plural));
    let label = map.text("label", reader).unwrap_or_else(|| capital(&name.replace('-', " ")));
    let fallback = UrlPattern::parse(&format!("/{plural}/{{slug}}/"))
        .unwrap_or_else(|_| UrlPattern::parse("/x/{slug}/").expect("the pattern is valid"));
    let url = match map.take("url") {
        None => fallback,
        Some(at) => reader.text(&at).map_or(fallback.clone(), |text| {
            UrlPattern::parse(&text).unwrap_or_else(|why| {
                let help = ["write it as `/techniques/{slug}/`, or `/glossary/#{slug}` for anchors of a page"];
                reader.report(Code::UrlInvalid, &at.path, Part::Value, why, &help);
                fallback
            })
        }),
    };
    let index = index(&mut map, &url, &title, reader);
    let fields = fields::of_kind(&mut map, sets, reader);
    let regroup_by = map.take("regroup_by").map_or_else(Vec::new, |at| regroups(&at, reader));
    let order = map.take("order").map_or_else(|| vec!["title".into()], |at| reader.texts(&at));
    let sequence = map.boolean("sequence", false, reader);
    let term_links = match map.take("term_links") {
        None => TermLinks::Names,
        Some(at) => match reader.text(&at).as_deref() {
            Some("all" | "true") => TermLinks::All,
            Some("names") => TermLinks::Names,
            Some("none" | "false") => TermLinks::None,
            _ => {
                reader.invalid(&at, "`term_links` is one of `all`, `names` and `none`");
                TermLinks::Names
            }
        },
    };
    let review = map.take("review").and_then(|at| review(at, &fields, reader));
    let extra = match map.take("extra") {
        None => false,
        Some(at) => match reader.text(&at).as_deref() {
            Some("allow" | "true") => true,
            Some("deny" | "false") => false,
            _ => {
                reader.invalid(&at, "`extra` is `allow` or `deny`");
                false
            }
        },
    };
    map.known.extend(["checks", "schema_org"]); // read when rules and relations are known
    map.finish(reader, Code::SiteUnknownKey);
    let (name, order) = (name.to_string(), known_order(order, &fields, &own_path, reader));
    let checks = Default::default();
    Kind {
        name,
        plural,
        title,
        label,
        url,
        index,
        fields,
        regroup_by,
        order,
        sequence,
        term_links,
        review,
        schema_org: None,
        extra,
        checks,
    }
}

fn index(map: &mut Mapping<'_>, url: &UrlPattern, title: &str, reader: &mut Reader) -> Option<Index> {
    let declared = map.take("index");
    if url.anchored() {
        return None;
    }
    let mut index = Index { url: url.base().to_string(), title: title.to_string(), intro: String::new(), block: None };
    match declared {
        Some(At { yaml: Yaml::Bool(false), .. }) => return None,
        Some(At { yaml: Yaml::Bool(true), .. }) | None => {}
        Some(at) => {
            let mut map = reader.mapping(at);
            index.title = map.text("title", reader).unwrap_or(index.title);
            index.intro = map.text("intro", reader).unwrap_or_default();
            index.block = map.take("block").and_then(|at| index_block(at, reader));
            map.finish(reader, Code::SiteUnknownKey);
        }
    }
    Some(index)
}

/// Reads `{of: guides/running-and-your-body, name: injury-shares}`.
fn index_block(at: At<'_>, reader: &mut Reader) -> Option<IndexBlock> {
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let (of, name) = (map.text("of", reader), map.text("name", reader));
    map.finish(reader, Code::SiteUnknownKey);
    if of.is_none() || name.is_none() {
        let message = "a data block needs the article it stands in, and its name".to_string();
        reader.needs(&whole, message, "`{of: guides/my-guide, name: my-block}`");
    }
    Some(IndexBlock { of: of?, name: name? })
}

/// Reads `areas`, or `{by: areas, title: Body areas}`.
fn regroups(at: &At<'_>, reader: &mut Reader) -> Vec<Regroup> {
    let mut all = Vec::new();
    for item in at.items() {
        let (by, title) = match item.yaml {
            Yaml::Map(_) => {
                let mut map = reader.mapping(item);
                let found = (map.text("by", reader), map.text("title", reader));
                map.finish(reader, Code::SiteUnknownKey);
                found
            }
            _ => (reader.text(&item), None),
        };
        all.extend(by.map(|by| Regroup { by, slug: String::new(), title: title.unwrap_or_default() }));
    }
    all
}

fn known_order(
    order: Vec<String>,
    fields: &[crate::model::schema::Field],
    path: &[Step],
    reader: &mut Reader,
) -> Vec<String> {
    let known = |name: &str| {
        ["title", "date", "updated", "slug"].contains(&name) || fields.iter().any(|field| field.name == name)
    };
    for name in order.iter().map(|name| name.trim_start_matches('-')).filter(|name| !known(name)) {
        let path = [path, &[Step::Key("order".into())]].concat();
        let help = ["sort by `title`, `date`, `updated`, `slug` or a field; a `-` before it turns the order round"];
        reader.report(Code::SiteUnknownName, &path, Part::Value, format!("no field named `{name}` to sort by"), &help);
    }
    order
}

fn review(at: At<'_>, fields: &[crate::model::schema::Field], reader: &mut Reader) -> Option<Review> {
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let every = map.take("every")?;
    let text = reader.text(&every)?;
    let mut words = text.split_whitespace();
    let number = words.next().and_then(|word| word.parse::<i32>().ok()).filter(|number| (1..=1200).contains(number));
    let months = match (number, words.next()) {
        (Some(number), Some("month" | "months")) => Some(number),
        (Some(number), Some("year" | "years")) => Some(number * 12),
        _ => None,
    };
    if months.is_none() {
        reader.invalid(&every, format!("`{text}` is no period: write `24 months` or `2 years`"));
    }
    let field = map.text("field", reader).unwrap_or_else(|| "reviewed".into());
    let grace = map.take("grace").map_or(Some(GRACE), |at| grace(&at, reader))?;
    map.finish(reader, Code::SiteUnknownKey);
    if !fields.iter().any(|known| known.name == field) {
        let at = whole.below_key("field").unwrap_or(whole);
        reader.unknown(&at, "field", &field, fields.iter().map(|field| field.name.as_str()));
        return None;
    }
    Some(Review { months: months?, field, grace })
}

/// Reads `30 days`.
fn grace(at: &At<'_>, reader: &mut Reader) -> Option<i32> {
    let text = reader.text(at)?;
    let days = text.strip_suffix("days").or_else(|| text.strip_suffix("day")).and_then(|days| days.trim().parse().ok());
    if days.is_none() {
        reader.invalid(at, format!("`{text}` is no number of days: write `30 days`"));
    }
    days.filter(|days| (0..=3650).contains(days))
}

fn matrices(site: &mut Mapping<'_>, schema: &Schema, reader: &mut Reader) -> Vec<Matrix> {
    let items = site.take("matrices").map_or_else(Vec::new, |at| at.items());
    items.into_iter().filter_map(|at| matrix(at, schema, reader)).collect()
}

fn matrix(at: At<'_>, schema: &Schema, reader: &mut Reader) -> Option<Matrix> {
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let url = map.take("url").and_then(|at| reader.site_url(&at));
    let title = map.text("title", reader);
    let intro = map.text("intro", reader).unwrap_or_default();
    let mut one = |key, reader: &mut Reader| {
        let at = map.take(key)?;
        reader.kinds(&at, &schema.kinds).first().copied()
    };
    let (rows, columns) = (one("rows", reader), one("columns", reader));
    let via = map.take("via").and_then(|at| relations::named(&at, schema, reader));
    let limit = map.take("limit").and_then(|at| reader.count(&at)).unwrap_or(MATRIX_LIMIT);
    map.finish(reader, Code::SiteUnknownKey);
    let missing = ["url", "rows", "columns", "via"].iter().filter(|key| whole.below_key(key).is_none());
    let missing: Vec<_> = missing.map(|key| format!("`{key}`")).collect();
    if !missing.is_empty() {
        let example = "`{url: /benefits-by-technique/, rows: benefit, columns: technique, via: benefit.techniques}`";
        reader.needs(&whole, format!("a matrix needs {}", missing.join(", ")), example);
    }
    let (Some(url), Some(rows), Some(columns), Some((via, end))) = (url, rows, columns, via) else {
        return None; // reported
    };
    let relation = schema.relation(via);
    let end = if relation.side(end).kinds.contains(&rows) { end } else { end.across() };
    if !relation.side(end).kinds.contains(&rows) || !relation.side(end.across()).kinds.contains(&columns) {
        let at = whole.below_key("via").unwrap_or(whole);
        let help = "let `rows` and `columns` be the kinds of its two sides";
        let message = "the relation under `via` does not join these two kinds";
        reader.report(Code::SiteInvalid, &at.path, Part::Value, message, &[help]);
        return None;
    }
    let title = title.unwrap_or_else(|| format!("{} × {}", schema.kind(rows).title, schema.kind(columns).title));
    Some(Matrix { url, title, intro, rows, columns, via, end, limit })
}

fn pages(site: &mut Mapping<'_>, reader: &mut Reader) -> Pages {
    let mut map = match site.take("pages") {
        Some(at) => reader.mapping(at),
        None => Mapping { entries: Vec::new(), known: Vec::new() },
    };
    let (mut search_index, mut search_filters) = (true, Vec::new());
    let per_page = map.take("per_page").and_then(|at| match reader.count(&at) {
        Some(0) => {
            reader.invalid(&at, "a page shows at least one item");
            None
        }
        count => count,
    });
    let mut page = |key, url: &str, title: &str| {
        let mut page = MadePage { url: url.into(), title: title.into(), description: None };
        match map.take(key) {
            None | Some(At { yaml: Yaml::Bool(true), .. }) => Some(page),
            Some(At { yaml: Yaml::Bool(false), .. }) => None,
            Some(at) => {
                let mut map = reader.mapping(at);
                page.url = map.take("url").and_then(|at| reader.site_url(&at)).unwrap_or(page.url);
                page.title = map.text("title", reader).unwrap_or(page.title);
                page.description = map.text("description", reader);
                if key == "search" {
                    search_index = map.boolean("index", true, reader);
                    search_filters = map.take("filters").map_or_else(Vec::new, |at| reader.texts(&at));
                }
                map.finish(reader, Code::SiteUnknownKey);
                Some(page)
            }
        }
    };
    let pages = Pages {
        a_z: page("a_z", "/a-z/", "A to Z"),
        sources: page("sources", "/sources/", "Sources"),
        search: page("search", "/search/", "Search"),
        not_found: page("not_found", "/404.html", "Page not found"),
        feed: page("feed", "/feed.xml", "Recently changed"),
        sitemap: page("sitemap", "/sitemap.xml", ""),
        robots: page("robots", "/robots.txt", ""),
        graph: page("graph", "/graph.json", ""),
        per_page: per_page.unwrap_or(PER_PAGE),
        search_index: false,
        search_filters: Vec::new(),
    };
    let pages = Pages { search_index, search_filters, ..pages };
    map.finish(reader, Code::SiteUnknownKey);
    pages
}

/// Gives the regrouped indexes their titles, now that fields and relations are known.
fn check_regroups(schema: &mut Schema, reader: &mut Reader) {
    for id in schema.kind_ids().collect::<Vec<_>>() {
        let mut known = Vec::new();
        for regroup in &schema.kind(id).regroup_by {
            let side = schema.sides_of(id).find(|(_, _, side)| side.key == regroup.by);
            let (slug, title) = if let Some((relation, end, _)) = side {
                let across = schema.relation(relation).side(end.across());
                match across.kinds.as_slice() {
                    [kind] => (schema.kind(*kind).name.clone(), schema.kind(*kind).title.clone()),
                    _ => (regroup.by.clone(), regroup.by.replace('_', " ")),
                }
            } else if schema.kind(id).field(&regroup.by).is_some() {
                (regroup.by.clone(), regroup.by.replace('_', " "))
            } else if reader.relations_lost {
                continue;
            } else {
                let kind = schema.kind(id);
                let path = [Step::Key("kinds".into()), Step::Key(kind.name.clone()), Step::Key("regroup_by".into())];
                let message = format!("`{}` has no field or relation named `{}` to group by", kind.name, regroup.by);
                let help = ["write the key of a field or of a relation of the kind"];
                reader.report(Code::SiteUnknownName, &path, Part::Value, message, &help);
                continue;
            };
            let slug = format!("by-{}", crate::url::slug(&slug));
            let title = if regroup.title.is_empty() { capital(&title) } else { regroup.title.clone() };
            known.push(Regroup { by: regroup.by.clone(), slug, title });
        }
        schema.kinds[id.0 as usize].regroup_by = known;
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
