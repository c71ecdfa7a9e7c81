//! A new name for an entry: its file or key, every edge, link and value that means it, and the address that it leaves.

use super::definitions::definitions;
use super::headings::heading_places;
use super::written::{EntryName, ReferenceForm, renamed};
use super::{Edits, Move, data, redirects};
use crate::error::Error;
use crate::folders::without_extension;
use crate::links;
use crate::model::body::{Body, Link, LinkTarget};
use crate::model::doc::Doc;
use crate::model::kind::AddressFrom;
use crate::model::relation::End;
use crate::model::site::{EntryId, ResolvedLink, Site};
use crate::model::value::Value;
use crate::span::Place;
use crate::url::{AddressParts, slug, slug_of_name, typed_slug};
use crate::yaml::{MappingPart, PathStep};

/// What is moved, and the address that is left.
type MovedEntry = (Option<Move>, Option<String>);

pub(super) fn rename(edits: &mut Edits<'_>, id: EntryId, name: &str) -> Result<MovedEntry, Error> {
    let site = edits.site;
    let doc = site.entry(id).doc.clone();
    let kind = site.schema.kind(doc.kind);
    let new_slug =
        slug_of_name(name).map_err(|why| Error::content(format!("`{name}` cannot be the name of an entry: {why}")))?;
    let (above, old_slug) =
        doc.slug.rsplit_once('/').map_or((None, doc.slug.as_str()), |(above, last)| (Some(above), last));
    let whole = above.map_or_else(|| new_slug.clone(), |above| format!("{above}/{new_slug}"));
    let moved = moved(&doc, name);
    let typed = typed(&doc);
    if whole == doc.slug && typed == name {
        return Err(Error::content(format!("`{}` has this name already", site.name(id))));
    }
    if whole != doc.slug
        && let Some(other) = site.find(doc.kind, &whole)
    {
        return Err(Error::content(format!(
            "there is an entry `{}` already: `{}`",
            site.name(other),
            site.entry(other).doc.path()
        )));
    }
    let uses = EntryReferences {
        id,
        old: EntryName { slug: old_slug, typed: &typed },
        new: EntryName { slug: &new_slug, typed: name },
    };
    if !doc.root.is_empty() {
        uses.name_at(edits, &doc.yaml.place(&doc.root, MappingPart::Key), ReferenceForm::Typed);
    }
    uses.edges(edits);
    uses.texts(edits);
    uses.values(edits);
    if let Some(moved) = &moved {
        declared_paths(edits, &doc, moved);
    }
    let (site, named) = (edits.site, edits.site.name(id));
    for (_, place) in site.signoffs.named.iter().filter(|(name, _)| *name == named) {
        uses.name_at(edits, place, ReferenceForm::Slug);
    }
    let (old_url, new_url) = (site.entry(id).url.to_string(), new_url(site, id, &whole, name));
    let redirect = (!kind.anchored() && old_url != new_url).then_some(old_url);
    if let Some(old_url) = &redirect {
        redirects::add(edits, &doc, old_url, &new_url);
    }
    Ok((moved, redirect))
}

/// The URL that an entry will have with another slug and name.
fn new_url(site: &Site, id: EntryId, slug: &str, typed: &str) -> String {
    let entry = site.entry(id);
    let kind = site.schema.kind(entry.doc.kind);
    let date = entry.doc.date.map(|date| date.to_string());
    let categories = entry.doc.categories.as_deref();
    let is_folder = links::stands_for_folder(&entry.doc);
    let naming = |name| AddressParts { slug, name, date: date.as_deref(), categories, is_folder };
    // The home page stays where it is, whatever its file is called.
    if site.schema.home.as_deref() == Some(&**entry.doc.path()) {
        return entry.url.to_string();
    }
    let mut from = kind.address_from.iter();
    let of_file = |from: &AddressFrom| {
        matches!(from, AddressFrom::Name | AddressFrom::File | AddressFrom::Unnumbered | AddressFrom::Undated)
    };
    let has_key = from.any(|from| !of_file(from));
    // What has the name of its file has that of the file under its new name.
    let in_address = |name: &str| typed_slug(kind.without_number(name));
    let is_of_file = |path: &str| path.rsplit('/').next() == Some(&*in_address(&self::typed(&entry.doc)));
    match entry.doc.address.as_deref() {
        Some(path) if kind.keeps_typed_names() && (!has_key || is_of_file(path)) => {
            let above = path.rsplit_once('/').map_or(String::new(), |(above, _)| format!("{above}/"));
            let slug = format!("{above}{}", in_address(typed));
            kind.url.url(AddressParts { slug: &slug, ..naming(None) })
        }
        Some(_) if has_key => entry.url.to_string(),
        _ => kind.url.url(naming(None)),
    }
}

/// The name as it was typed: of the file, of the folder of an `index.md`, of the key in a data file.
fn typed(doc: &Doc) -> String {
    match doc.root.last() {
        Some(PathStep::Key(key)) => key.clone(),
        _ => {
            let path = without_extension(doc.path()).unwrap_or(doc.path());
            let path = ["/index", "/_index"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
            path.rsplit('/').next().unwrap_or(path).to_string()
        }
    }
}

/// The file, or the folder of an `index.md`, with its new path.
fn moved(doc: &Doc, name: &str) -> Option<Move> {
    if !doc.root.is_empty() {
        return None;
    }
    let path = &**doc.path();
    let stem = without_extension(path).unwrap_or(path);
    let folder = ["/index", "/_index"].iter().find_map(|end| stem.strip_suffix(end));
    let (from, ending) = folder.map_or((path, &path[stem.len()..]), |folder| (folder, ""));
    let above = from.rsplit_once('/').map_or(String::new(), |(above, _)| format!("{above}/"));
    let to = format!("{above}{name}{ending}");
    (to != from).then(|| Move { from: from.to_string(), to })
}

/// The paths of files in `site.yaml` that count from the folder of a kind, or that lie in a folder which is moved.
fn declared_paths(edits: &mut Edits<'_>, doc: &Doc, moved: &Move) {
    let site = edits.site;
    let schema = &site.schema;
    let mut paths: Vec<(Place, &str, &str)> = Vec::new();
    let home = schema.home.as_deref();
    paths.extend(home.map(|home| (schema.text.place(&[PathStep::Key("home".into())], MappingPart::Value), "", home)));
    for id in schema.kind_ids() {
        let kind = schema.kind(id);
        let listed = kind.listed_paths().map(|(path, listed)| (schema.text.place(&listed.at, listed.part), path));
        paths.extend(listed.map(|(place, path)| (place, schema.folder_of(id), path)));
    }
    for (place, folder, path) in paths {
        let whole = format!("{folder}{path}");
        let rest = whole.strip_prefix(moved.from.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        // What is written as the path of the entry itself is one of its names.
        let Some(rest) = rest.filter(|_| *path != **doc.path()) else { continue };
        let new = format!("{}{rest}", moved.to);
        let at = edits.text(&place).and_then(|text| text.find(path));
        if let (Some(at), Some(new)) = (at, new.strip_prefix(folder)) {
            edits.replace(&place, at..at + path.len(), new);
        }
    }
}

/// Finds where an entry is used.
struct EntryReferences<'a> {
    id: EntryId,
    old: EntryName<'a>,
    new: EntryName<'a>,
}

impl EntryReferences<'_> {
    fn name_at(&self, edits: &mut Edits<'_>, place: &Place, by: ReferenceForm) {
        let anchored = edits.site.entry(self.id).url.contains('#');
        let Some(text) = edits.text(place) else { return };
        // Behind the `#` of `/glossary/#term` stands an entry.
        let start = text.find('#').filter(|_| anchored && text.contains("/#")).map_or(0, |at| at + 1);
        if let Some((range, replacement)) = renamed(&text[start..], self.old, self.new, by) {
            edits.replace(place, start + range.start..start + range.end, replacement);
        }
    }

    /// The edges that others wrote. Those that the entry itself wrote name others.
    fn edges(&self, edits: &mut Edits<'_>) {
        let site = edits.site;
        for edges in &site.graph.relations {
            for end in [End::One, End::Other] {
                for edge in edges.of(self.id, end) {
                    let by = if edge.one == self.id { edge.by_other } else { edge.by_one };
                    let across = edge.across(self.id);
                    let Some(by) = by else { continue };
                    let doc = &site.entry(across).doc;
                    let relation = &doc.relations[by.list as usize];
                    let place = doc.edge_place(relation, &relation.edges[by.edge as usize]);
                    self.name_at(edits, &place, ReferenceForm::Slug);
                }
            }
        }
    }

    /// The links of all texts.
    fn texts(&self, edits: &mut Edits<'_>) {
        let site = edits.site;
        for from in site.ids() {
            let entry = site.entry(from);
            for (body, resolved) in entry.doc.bodies().into_iter().zip(site.references(from).texts.iter()) {
                for (link, found) in body.links.iter().zip(&resolved.links) {
                    self.link(edits, &entry.doc, body, link, found);
                }
                for external in &body.external {
                    let own = site.schema.base_url.absolute(&site.entry(self.id).url);
                    let rest = external.url.strip_prefix(own.trim_end_matches('/'));
                    if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?'])) {
                        self.address(
                            edits,
                            &entry.doc.body_place(body, external.span.clone()),
                            &external.url,
                            ReferenceForm::Slug,
                        );
                    }
                }
            }
        }
    }

    fn link(&self, edits: &mut Edits<'_>, doc: &Doc, body: &Body, link: &Link, found: &ResolvedLink) {
        let site = edits.site;
        let place = doc.body_place(body, link.span.clone());
        let url = &site.entry(self.id).url;
        if url.contains('#') && url.ends_with(&*found.address) && link.heading.is_some() {
            let heading = doc.body_place(body, link.heading_span.clone());
            for place in heading_places(edits, &heading, &link.written) {
                self.name_at(edits, &place, ReferenceForm::Slug);
            }
            return;
        }
        match &link.target {
            LinkTarget::Entry(..) if found.entry == Some(self.id) => {
                self.address(edits, &place, &link.written, ReferenceForm::Encoded);
            }
            LinkTarget::Page(url) if data::is_address(url, &site.entry(self.id).url) => {
                self.address(edits, &place, &link.written, ReferenceForm::Slug);
            }
            LinkTarget::Named(name) if found.entry == Some(self.id) && !self.is_title(site, name) => {
                self.name_at(edits, &place, ReferenceForm::Either);
            }
            _ => {}
        }
    }

    /// Whether a wikilink goes on to find the entry by one of its names when the file has another.
    fn is_title(&self, site: &crate::model::site::Site, name: &str) -> bool {
        let doc = &site.entry(self.id).doc;
        let same = |other: &str| other.to_lowercase() == name.to_lowercase();
        let written = doc.yaml.key_range(&[doc.root.as_slice(), &[PathStep::Key("title".into())]].concat()).is_some();
        doc.aliases.iter().any(|alias| same(alias))
            || doc.short_title.as_deref().is_some_and(same)
            || same(&doc.title) && (written || doc.title != self.old.typed)
    }

    /// The address of a link: where it stands, and where a definition that the link refers to has it.
    fn address(&self, edits: &mut Edits<'_>, place: &Place, written: &str, by: ReferenceForm) {
        let as_written = |edits: &Edits<'_>, place: &Place| {
            let before =
                edits.sources.text(&place.path).map(|source| source.text[..place.range().start].ends_with('<'));
            if by == ReferenceForm::Encoded && before == Some(true) { ReferenceForm::Typed } else { by }
        };
        if edits.text(place).is_some_and(|text| text == written || !text.starts_with(['[', '!'])) {
            self.name_at(edits, place, as_written(edits, place));
            return;
        }
        for definition in definitions(edits, place, written) {
            self.name_at(edits, &definition, as_written(edits, &definition));
        }
    }

    /// Values of fields that name entries, by their type or so that nothing else can be meant.
    fn values(&self, edits: &mut Edits<'_>) {
        let site = edits.site;
        let mut found: Vec<Place> = Vec::new();
        let only_one = site.ids().filter(|id| site.entry(*id).doc.slug == site.entry(self.id).doc.slug).count() == 1;
        let names = |text: &str| {
            data::names(site, self.id, text)
                || only_one && slug(text) == site.entry(self.id).doc.slug && !text.contains('/')
        };
        for id in site.ids() {
            let doc = &site.entry(id).doc;
            doc.every_value(&mut |value, place| match value {
                Value::Entry(name, at) if names(name) => found.push(place(at)),
                Value::Url(url, at) if data::is_address(url, &site.entry(self.id).url) => found.push(place(at)),
                Value::Nothing
                | Value::Text(_)
                | Value::Markdown(_)
                | Value::Integer(_)
                | Value::Number(_)
                | Value::Boolean(_)
                | Value::Date(_)
                | Value::Choice(_)
                | Value::Range(..)
                | Value::Url(..)
                | Value::Image(..)
                | Value::Citations(_)
                | Value::Entry(..)
                | Value::List(_)
                | Value::Object(_)
                | Value::Data(_) => {}
            });
            for block in &doc.body.blocks {
                let Some(query) = &block.entries else { continue };
                let of_kind = query.kind == site.entry(self.id).doc.kind;
                let at = |path: Vec<PathStep>| block.yaml.place(&path, MappingPart::Value);
                for (number, name) in query.only.iter().enumerate() {
                    if names(name) || of_kind && *name == site.entry(self.id).doc.slug {
                        found.push(at(vec![PathStep::Key("only".into()), PathStep::Index(number)]));
                    }
                }
                for (key, values) in &query.only_where {
                    for (number, _) in values.iter().enumerate().filter(|(_, name)| names(name)) {
                        let path =
                            vec![PathStep::Key("where".into()), PathStep::Key(key.clone()), PathStep::Index(number)];
                        found.push(at(path));
                    }
                }
            }
        }
        data::every_text(edits, &mut |text, place| {
            if data::names(site, self.id, text) {
                found.push(place);
            }
        });
        for place in found {
            // What ends in `.md` is a file.
            let file = edits.text(&place).is_some_and(|text| text.contains(".m"));
            self.name_at(edits, &place, if file { ReferenceForm::Typed } else { ReferenceForm::Slug });
        }
    }
}
