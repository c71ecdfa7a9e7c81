//! The kinds of entry.

use std::collections::BTreeMap;

use super::{DeclarationReader, DeclaredValue, Mapping, fields, folders, indexes, review};
use crate::diagnostics::{Code, nearest};
use crate::model::keys::RESERVED;
use crate::model::kind::{AddressFrom, FromKeys, Kind, Listed, Navigation, TermLinks};
use crate::model::schema::{Field, Limits, Type};
use crate::model::texts::Texts;
use crate::url::{UrlPattern, slug};
use crate::yaml::{MappingPart, PathStep, Yaml};

/// What may stand under `term_links`.
const TERM_LINKS: &[(&str, TermLinks)] = &[
    ("all", TermLinks::All),
    ("true", TermLinks::All),
    ("names", TermLinks::Names),
    ("none", TermLinks::None),
    ("false", TermLinks::None),
];

/// What may stand under `address_from`.
const ADDRESS_FROM: &[(&str, AddressFrom)] = &[
    ("name", AddressFrom::Name),
    ("file", AddressFrom::File),
    ("unnumbered", AddressFrom::Unnumbered),
    ("undated", AddressFrom::Undated),
    ("slug", AddressFrom::Slug),
    ("title", AddressFrom::Title),
    ("id", AddressFrom::Id),
    ("permalink", AddressFrom::Permalink),
    ("path", AddressFrom::Path),
];

/// What may stand under `extra`.
const EXTRA: &[(&str, bool)] = &[("allow", true), ("true", true), ("deny", false), ("false", false)];

/// Reads all kinds. The built-in one comes last.
pub(super) fn kinds(
    site: &mut Mapping<'_>,
    sets: &fields::Sets<'_>,
    texts: &Texts,
    reader: &mut DeclarationReader,
) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    let declared = site.take("kinds");
    // With the name misspelt, which is reported, no kind is known.
    reader.kinds_lost |= declared.is_none() && site.is_misspelt("kinds");
    let declared = declared.map_or_else(Vec::new, |at| {
        if !matches!(at.yaml, Yaml::Map(_)) {
            reader.wrong(&at, "the names of kinds with what they are");
            reader.kinds_lost = true;
        }
        at.entries()
    });
    for (name, at) in declared {
        let mut kind = kind(name, at.clone(), sets, reader);
        if name == "page" || name == "pages" || kind.plural == "pages" {
            built_in(name, &at, reader);
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
            reader.report(Code::SiteInvalid, &at.path, MappingPart::Key, message, &[help]);
            kind.plural = format!("{name}s");
        }
        kinds.push(kind);
    }
    kinds.push(standalone_page(texts));
    kinds
}

/// Reports a kind with the name of the built-in one.
fn built_in(name: &str, at: &DeclaredValue<'_>, reader: &mut DeclarationReader) {
    let message = "`page` and `pages` are the names of the built-in kind of standalone pages";
    let (path, part, help) = match at.below_key("plural").filter(|_| !matches!(name, "page" | "pages")) {
        Some(plural) => (
            plural.path,
            MappingPart::Value,
            "write another `plural`, and below it `folder: content/pages`, where the files of the kind lie there",
        ),
        None => (
            at.path.clone(),
            MappingPart::Key,
            "give the kind another name, such as `article`; standalone pages lie in `content/` itself and need no kind",
        ),
    };
    reader.report(Code::SiteInvalid, &path, part, message, &[help]);
}

/// The built-in kind of pages that belong to no other.
fn standalone_page(texts: &Texts) -> Kind {
    Kind {
        name: "page".into(),
        plural: "pages".into(),
        folder: None,
        title: "Pages".into(),
        label: texts.get("standalone-page").into(),
        url: UrlPattern::parse("/{slug}/").expect("the pattern is valid"),
        address_from: Vec::new(),
        redirects: None,
        from_keys: FromKeys::default(),
        index: None,
        fields: vec![description()],
        regroup_by: Vec::new(),
        order: Vec::new(),
        contents: Vec::new(),
        listed_titles: BTreeMap::new(),
        sequence: false,
        navigation: None,
        term_links: TermLinks::None,
        review: None,
        signed: None,
        schema_org: None,
        twins: true,
        extra: false,
        checks: Default::default(),
    }
}

/// What search engines show of a page: the one field that standalone pages have.
fn description() -> Field {
    Field {
        name: "description".into(),
        label: "Description".into(),
        unit: String::new(),
        ty: Type::Text,
        required: false,
        default: None,
        help: String::new(),
        limits: Limits::default(),
        when: Vec::new(),
    }
}

/// Reads the files in the order of a kind's contents, each alone or behind its title, or with others below it or below the
/// name of a group: `- ch01.md`, `- Getting started: ch01.md`, `- ch01.md: [ch02.md]`, `- First steps: [ch01.md]`.
fn listed(at: &DeclaredValue<'_>, depth: usize, contents: &mut Vec<Listed>, reader: &mut DeclarationReader) {
    for item in at.items() {
        let entries = item.entries();
        let (title, part, value) = match (&item.yaml, entries.as_slice()) {
            (Yaml::Map(_), [(title, value)]) => (Some(title.to_string()), MappingPart::Key, value),
            _ => (None, MappingPart::Value, &item),
        };
        let at = value.path.clone();
        if let (Yaml::List(_), Some(key)) = (value.yaml, &title) {
            let is_file = folders::is_file(key);
            let (path, title) = if is_file { (title, None) } else { (None, title) };
            contents.push(Listed { depth, path, title, at, part });
            listed(value, depth + 1, contents, reader);
        } else if let Some(path) = reader.text(value) {
            contents.push(Listed { depth, path: Some(path), title, at, part: MappingPart::Value });
        }
    }
}

/// What the contents call files.
fn listed_titles(contents: &[Listed]) -> BTreeMap<String, String> {
    contents.iter().filter_map(|listed| Some((listed.path.clone()?, listed.title.clone()?))).collect()
}

fn kind(name: &str, at: DeclaredValue<'_>, sets: &fields::Sets<'_>, reader: &mut DeclarationReader) -> Kind {
    let own_path = at.path.clone();
    fields::named(name, &own_path, "kind", reader);
    let mut map = reader.mapping(at);
    let plural = map.text("plural", reader).unwrap_or_else(|| format!("{name}s"));
    if slug(&plural) != plural {
        reader.report(
            Code::SiteInvalid,
            &[own_path.as_slice(), &[PathStep::Key("plural".into())]].concat(),
            MappingPart::Value,
            format!("the folder name `{plural}` may only have lower-case letters, digits and hyphens"),
            &[&format!("write it as `{}`", slug(&plural))],
        );
    }
    let folder = map.take("folder").and_then(|at| folders::folder(&at, reader));
    let title = map.text("title", reader).unwrap_or_else(|| capital(&plural));
    let label = map.text("label", reader).unwrap_or_else(|| capital(&name.replace('-', " ")));
    let url = map.take("url").and_then(|at| url_pattern(&at, reader)).unwrap_or_else(|| own_folder(&plural));
    let expected =
        "`address_from` is one or several of `name`, `file`, `undated`, `slug`, `title`, `id`, `permalink` and `path`";
    let address_from = map.take("address_from").map_or_else(Vec::new, |at| at.items());
    let address_from = address_from.iter().filter_map(|at| reader.word(at, ADDRESS_FROM, expected)).collect();
    let redirects = map.text("redirects", reader);
    let index = indexes::index(&mut map, &url, &title, reader);
    let fields = fields::of_kind(&mut map, sets, reader);
    let from_keys = map.take("from_keys").map_or_else(FromKeys::default, |at| from_keys(at, &fields, reader));
    let regroup_by = map.take("regroup_by").map_or_else(Vec::new, |at| indexes::regroups(&at, reader));
    let order = map.take("order").map_or_else(|| vec!["title".into()], |at| reader.texts(&at));
    let mut contents = Vec::new();
    map.take("contents").iter().for_each(|at| listed(at, 0, &mut contents, reader));
    let sequence = map.boolean("sequence", false, reader);
    let navigation_at = map.take("navigation");
    let navigation = navigation_at.as_ref().and_then(|at| navigation(at, reader));
    let term_links = map.word("term_links", TERM_LINKS, "`term_links` is one of `all`, `names` and `none`", reader);
    let (review, signed) = map.take("review").map_or((None, None), |at| review::review(at, &fields, reader));
    let twins = map.boolean("twins", true, reader);
    let extra = map.word("extra", EXTRA, "`extra` is `allow` or `deny`", reader).unwrap_or(false);
    if let (Some(Navigation::Parent(key)), Some(at)) = (&navigation, navigation_at) {
        check_parent(key, &at, &fields, reader);
    }
    map.known.extend(["checks", "schema_org"]); // read when rules and relations are known
    map.finish(reader);
    // Where any key is data, any key may be sorted by.
    if !extra {
        report_unknown_order(&order, &fields, &own_path, reader);
    }
    Kind {
        name: name.to_string(),
        plural,
        folder,
        title,
        label,
        url,
        address_from,
        redirects,
        from_keys,
        index,
        fields,
        regroup_by,
        order,
        listed_titles: listed_titles(&contents),
        contents,
        sequence,
        navigation,
        term_links: term_links.unwrap_or(TermLinks::None),
        review,
        signed,
        schema_org: None,
        twins,
        extra,
        checks: Default::default(),
    }
}

/// Reads `folders`, `order`, or the key that names what an entry stands below: `{parent: nav.parent}`.
fn navigation(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<Navigation> {
    match at.yaml {
        Yaml::Map(_) => {
            let mut map = reader.mapping(at.clone());
            let (before, parent) = (reader.diagnostics.len(), map.text("parent", reader));
            map.finish(reader);
            if parent.is_none() && reader.diagnostics.len() == before {
                reader.needs(
                    at,
                    "this names no key under which entries say what they stand below".into(),
                    "`{parent: KEY}`",
                );
            }
            parent.map(Navigation::Parent)
        }
        Yaml::Text(text) if text == "folders" => Some(Navigation::Folders),
        Yaml::Text(text) if text == "order" => Some(Navigation::Order),
        _ => {
            reader.invalid(at, "`navigation` is `folders`, `order` or `{parent: KEY}`");
            None
        }
    }
}

/// Reports a key that is nearly called like a field, and one whose values are no titles.
fn check_parent(key: &str, at: &DeclaredValue<'_>, fields: &[Field], reader: &mut DeclarationReader) {
    let at = at.below_key("parent").unwrap_or_else(|| at.clone());
    match fields.iter().find(|field| field.name == key) {
        Some(field) if field.ty != Type::Text => {
            let message = format!("`{key}` holds no title below which an entry could stand");
            let help = ["name a field of the type `text`"];
            reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &help);
        }
        None => {
            let texts = fields.iter().filter(|field| field.ty == Type::Text).map(|field| field.name.as_str());
            if let [near, ..] = nearest(key, texts).as_slice() {
                let message = format!("there is no field `{key}` that says what an entry stands below");
                let help = format!("did you mean `{near}`?");
                reader.report(Code::SiteUnknownName, &at.path, MappingPart::Value, message, &[&help]);
            }
        }
        Some(_) => {}
    }
}

/// Reads the keys of another tool that mean what a key means here.
fn from_keys(at: DeclaredValue<'_>, fields: &[Field], reader: &mut DeclarationReader) -> FromKeys {
    let mut map = reader.mapping(at);
    let mut of_fields = Vec::new();
    map.entries.retain(|(name, at)| {
        let is_field = fields.iter().any(|field| field.name == *name) && !RESERVED.contains(name);
        of_fields.extend(is_field.then(|| ((*name).to_string(), reader.texts(at))));
        !is_field
    });
    let mut keys = |key, reader: &mut DeclarationReader| map.take(key).map_or_else(Vec::new, |at| reader.texts(&at));
    let found = FromKeys {
        title: keys("title", reader),
        short_title: keys("short_title", reader),
        date: keys("date", reader),
        updated: keys("updated", reader),
        fields: of_fields,
    };
    map.finish(reader);
    found
}

/// Reads `/articles/{slug}/`.
fn url_pattern(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<UrlPattern> {
    let text = reader.text(at)?;
    match UrlPattern::parse(&text) {
        Ok(url) => Some(url),
        Err(why) => {
            let help = [
                "write it as `/articles/{slug}/`, `/{year}/{month}/{name}/`, or `/glossary/#{slug}` for anchors of a page",
            ];
            reader.report(Code::UrlInvalid, &at.path, MappingPart::Value, why, &help);
            None
        }
    }
}

/// Where the entries of a kind live unless the site says otherwise: below the name of their folder.
fn own_folder(plural: &str) -> UrlPattern {
    UrlPattern::parse(&format!("/{plural}/{{slug}}/"))
        .unwrap_or_else(|_| UrlPattern::parse("/x/{slug}/").expect("the pattern is valid"))
}

/// Reports fields to sort by that the kind at `path` does not have.
fn report_unknown_order(order: &[String], fields: &[Field], path: &[PathStep], reader: &mut DeclarationReader) {
    let known = |name: &str| {
        ["title", "date", "updated", "slug"].contains(&name) || fields.iter().any(|field| field.name == name)
    };
    for name in order.iter().map(|name| name.trim_start_matches('-')).filter(|name| !known(name)) {
        let path = [path, &[PathStep::Key("order".into())]].concat();
        let help = ["sort by `title`, `date`, `updated`, `slug` or a field; a `-` before it turns the order round"];
        reader.report(
            Code::SiteUnknownName,
            &path,
            MappingPart::Value,
            format!("no field named `{name}` to sort by"),
            &help,
        );
    }
}

/// A name with a capital at its beginning.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
