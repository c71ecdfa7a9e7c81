//! Links, mentions and citations of Markdown texts.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::blocks::check_queries;
use super::forms;
use super::ignored;
use super::names::{NameTarget, Names};
use super::pictures::{check_images, check_values, missing_image};
use super::{change::Change, cited, same};
use crate::citations::is_bibliography;
use crate::diagnostics::{Code, Diagnostic};
use crate::links::{self, ABOVE_SITE};
use crate::model::asset::{IMAGES, MEDIA};
use crate::model::body::{Body, Link, LinkTarget, LinkUse};
use crate::model::doc::Doc;
use crate::model::schema::KindId;
use crate::model::site::{Catalogue, EntryId, ResolvedLink, ResolvedText, Site};
use crate::span::Place;
use crate::terms::Vocabulary;
use crate::url::{decode_path, encode_path, heading_id};

/// What an entry refers to.
pub(super) struct OwnReferences {
    /// What its texts link to and mention.
    pub texts: Arc<[ResolvedText]>,
    /// What is wrong with all that it refers to.
    pub problems: Arc<[Diagnostic]>,
    /// The works that it cites in its texts.
    pub cited: Arc<[String]>,
}

/// Resolves all that every entry refers to. From an earlier site are taken: what was found for the very same doc, where all
/// entries are alike to others; its links, where they lead to the same; else its mentions, where neither links nor
/// vocabulary have changed.
pub(super) fn references(
    site: &Catalogue,
    names: &Names<'_>,
    (vocabulary, same_names): (&Vocabulary, bool),
    before: Option<&Site>,
    change: &Change<'_>,
) -> Vec<OwnReferences> {
    let ids: Vec<_> = site.ids().collect();
    let anchors = anchors(site);
    let resolved = |id: EntryId| {
        let same = before.and_then(|before| Some((before, same(before, id.0 as usize, &site.entry(id).doc)?)));
        let old = same.map(|(before, id)| before.references(id));
        let known = match change {
            Change::InBodies(_) => old.map(|old| (old.texts.clone(), old.problems.clone())),
            Change::Moved(moved) => moved.texts(site, id).map(|texts| (texts, Arc::default())),
            Change::Any => None,
        };
        let (links, problems) = known.unwrap_or_else(|| links(site, names, &anchors, id));
        let texts = match old.filter(|old| same_names && alike(&links, &old.texts)) {
            Some(old) => old.texts.clone(),
            None => with_mentions(site, vocabulary, id, links),
        };
        let cited = match same.filter(|_| matches!(change, Change::InBodies(_))) {
            Some((before, id)) => before.cited[id.0 as usize].clone(),
            None => cited::in_texts(site, &site.entry(id).doc).into(),
        };
        OwnReferences { texts, problems, cited }
    };
    ids.into_par_iter().map(resolved).collect()
}

/// Whether the links of all texts are the same: what the page links to is not linked again as a term.
fn alike(texts: &Arc<[ResolvedText]>, old: &Arc<[ResolvedText]>) -> bool {
    Arc::ptr_eq(texts, old) || texts.iter().zip(old.iter()).all(|(text, old)| text.links == old.links)
}

/// For each page that shows anchored entries the anchors on it.
type Anchors<'a> = BTreeMap<&'a str, HashSet<&'a str>>;

fn anchors(site: &Catalogue) -> Anchors<'_> {
    let mut anchors = Anchors::new();
    for kind in site.schema.kind_ids().filter(|kind| site.schema.kind(*kind).anchored()) {
        let slugs = site.entries_of(kind).map(|id| site.entry(id).doc.slug.as_str());
        anchors.entry(site.schema.kind(kind).url.base()).or_default().extend(slugs);
    }
    anchors
}

/// The links of an entry's texts, and what is wrong with all that it refers to.
fn links(
    site: &Catalogue,
    names: &Names<'_>,
    anchors: &Anchors<'_>,
    id: EntryId,
) -> (Arc<[ResolvedText]>, Arc<[Diagnostic]>) {
    let doc = &site.entry(id).doc;
    let bodies = doc.bodies();
    let mut problems = Vec::new();
    let mut links_of = |body: &&Body| {
        let resolved = |link| {
            let known = problems.len();
            let context = LinkContext { site, names, anchors, from: id, body };
            let own = page_of(&site.entry(id).url);
            let found = with_query(link, resolve_link(context, link, &mut problems), own);
            if let (LinkUse::NotShown { span, is_foreign }, true) = (&link.used, problems.len() == known) {
                let (message, help) = links::not_shown(&link.written, *is_foreign);
                let place = doc.body_place(body, span.clone());
                problems.push(Diagnostic::new(Code::MarkdownUnread, place, message).help(help));
            }
            problems[known..].iter_mut().for_each(|problem| link.say_where(problem));
            found
        };
        let links: Vec<_> = body.links.iter().map(resolved).collect();
        let by_title = body.links.iter().zip(&links).any(|(link, found)| is_by_title(site, link, found));
        ResolvedText { links, by_title, mentions: Vec::new() }
    };
    let texts: Vec<_> = bodies.iter().map(&mut links_of).collect();
    for body in &bodies {
        check_images(site, names, id, body, &mut problems);
    }
    check_values(site, names, doc, &mut problems);
    check_queries(site, names, doc, &mut problems);
    cited::check(site, names, doc, &mut problems);
    (texts.into(), problems.into())
}

/// With what stands behind `?` in the address of a link: it is a question to the page, such as what to search for. `own` is the
/// address of the page on which it stands.
fn with_query(link: &Link, found: ResolvedLink, own: &str) -> ResolvedLink {
    let is_typed =
        matches!(link.target, LinkTarget::Here | LinkTarget::Entry(..) | LinkTarget::Page(_) | LinkTarget::File(_));
    let query = link.written.split_once('?').filter(|(_, query)| is_typed && !query.is_empty());
    match query.filter(|(_, query)| !found.address.is_empty() && !query.contains(char::is_whitespace)) {
        None => found,
        Some((_, query)) => {
            let (page, heading) = found.address.split_at(found.address.find('#').unwrap_or(found.address.len()));
            let page = if page.is_empty() { own } else { page };
            ResolvedLink { address: format!("{page}?{query}{heading}").into(), ..found }
        }
    }
}

fn is_by_title(site: &Catalogue, link: &Link, found: &ResolvedLink) -> bool {
    let LinkTarget::Named(name) = &link.target else { return false };
    let Some(id) = found.entry else { return true };
    let doc = &site.entry(id).doc;
    let of_kind = |(kind, slug): (&str, &str)| slug == doc.slug && site.schema.kind_named(kind) == Some(doc.kind);
    *name != doc.slug && !name.split_once('/').is_some_and(of_kind)
}

/// The same texts with the terms that they mention.
fn with_mentions(
    site: &Catalogue,
    vocabulary: &Vocabulary,
    id: EntryId,
    mut texts: Arc<[ResolvedText]>,
) -> Arc<[ResolvedText]> {
    let entry = site.entry(id);
    let linked = texts.iter().flat_map(|text| &text.links).filter_map(|link| link.entry);
    // What the page shows as an anchor needs no link on the page itself.
    let on_page = |other: EntryId| {
        let other = site.entry(other);
        site.schema.kind(other.doc.kind).anchored() && page_of(&other.url) == page_of(&entry.url)
    };
    let mut mentions = vec![Vec::new(); texts.len()];
    if entry.doc.term_links && !vocabulary.is_empty() {
        let mut seen: FxHashSet<EntryId> = linked.chain([id]).collect();
        let found = entry.doc.bodies().into_iter().map(|body| vocabulary.mentions(body, &mut seen, on_page));
        mentions = found.collect();
    }
    if !texts.iter().map(|text| &text.mentions).eq(&mentions) {
        for (text, mentions) in Arc::make_mut(&mut texts).iter_mut().zip(mentions) {
            text.mentions = mentions;
        }
    }
    texts
}

fn page_of(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

/// Where a link is written, and what it may mean.
#[derive(Clone, Copy)]
struct LinkContext<'a, 'n> {
    site: &'a Catalogue,
    names: &'a Names<'n>,
    anchors: &'a Anchors<'a>,
    from: EntryId,
    body: &'a Body,
}

fn resolve_link(context: LinkContext<'_, '_>, link: &Link, problems: &mut Vec<Diagnostic>) -> ResolvedLink {
    let LinkContext { site, names, from, body, .. } = context;
    let doc = &site.entry(from).doc;
    let place = || doc.body_place(body, link.span.clone());
    let broken = || ResolvedLink { entry: None, address: "".into() };
    let target = match &link.target {
        LinkTarget::Entry(kind, slug) => match names.entry(*kind, slug) {
            Some(id) if decode_path(path_of(&link.written)).is_some_and(|path| names.has_other_signs(&path, id)) => {
                let message = format!("there is no file `{}`", link.written);
                let help = format!("`{}` has another name: correct the link if it is meant", site.entry(id).doc.path());
                problems.push(Diagnostic::new(Code::LinkBroken, place(), message).help(help));
                return broken();
            }
            Some(id) => match ignored::by_path(site, doc, &link.written, Some(id)) {
                Some(path) => {
                    problems.push(ignored::problem(place(), &path));
                    return broken();
                }
                None => id,
            },
            None if names.is_left_out(*kind, slug) => {
                let is_draft = site.left_out.drafts.contains(&(*kind, slug.clone()));
                problems.extend(is_draft.then(|| held_back(place(), link)));
                return broken();
            }
            None if let Some(path) = held_back_file(site, doc, &link.written) => {
                return file_link(context, link, path, problems);
            }
            None if let Some(meant) = forms::meant(site, names, from, link) => {
                if let Some(path) = ignored::by_path(site, doc, &link.written, Some(meant.id)) {
                    problems.push(ignored::problem(place(), &path));
                    return broken();
                }
                problems.push(forms::problem(site, doc, place(), link, meant));
                meant.id
            }
            None if let Some(path) = ignored::by_path(site, doc, &link.written, None) => {
                problems.push(ignored::problem(place(), &path));
                return broken();
            }
            None if forms::means_draft(site, from, link) => {
                problems.push(held_back(place(), link));
                return broken();
            }
            None if slug.is_empty() => {
                let message = format!("there is no file `{}`", link.written);
                let help = "write the path of the file as it counts from this one, or take the link out";
                problems.push(Diagnostic::new(Code::LinkBroken, place(), message).help(help));
                return broken();
            }
            None => {
                problems.push(broken_file_link(site, names, doc, place(), *kind, slug));
                return broken();
            }
        },
        LinkTarget::Named(name)
            if let Some(id) = link.heading.as_ref().and_then(|heading| names.with_number_sign(name, heading)) =>
        {
            return ResolvedLink { entry: Some(id), address: site.entry(id).url.clone() };
        }
        LinkTarget::Named(name) => match names.linked(name, from) {
            NameTarget::One(id) | NameTarget::OtherKind(id) => match ignored::by_name(site, doc, name, id) {
                Some(path) => {
                    problems.push(ignored::problem(place(), &path));
                    return broken();
                }
                None => id,
            },
            NameTarget::LeftOut => {
                problems.extend(names.is_draft(name).then(|| held_back(place(), link)));
                return broken();
            }
            NameTarget::Several(ids) => {
                let all: Vec<_> = ids.iter().map(|id| format!("`[[{}]]`", site.name(*id))).collect();
                let diagnostic =
                    Diagnostic::new(Code::LinkAmbiguous, place(), format!("`{name}` names several entries"));
                problems.push(diagnostic.help(format!("write {}", all.join(" or "))));
                return broken();
            }
            NameTarget::Nothing => {
                let folder = doc.path().rsplit_once('/').map_or("", |(folder, _)| folder);
                let file = links::join(folder, name).and_then(|path| site.assets.path_of(&path));
                if let Some(path) = file.or_else(|| site.assets.path_named(name, folder)) {
                    return file_link(context, link, path, problems);
                }
                // A name ends before a `#` in it: `![[C#.png]]`.
                if site.assets.is_reported_as(name) {
                    return broken();
                }
                let all: Vec<_> = site.schema.kind_ids().collect();
                let is_file = is_file_name(name);
                let message =
                    if is_file { format!("there is no file `{name}`") } else { format!("no entry is named `{name}`") };
                let diagnostic = Diagnostic::new(Code::LinkBroken, place(), message);
                let meant = names.meant(name, &all);
                problems.push(if name.contains("://") {
                    diagnostic.help(format!("write the address of another site as `[words]({name})`"))
                } else if meant.names.is_empty() && matches!(name.to_lowercase().as_str(), "toc" | "_toc_") {
                    diagnostic.help("take it out: it makes no table of contents here")
                } else if meant.names.is_empty() && is_file {
                    diagnostic.help("put the file into a folder of the site, or correct its name")
                } else if meant.names.is_empty() {
                    diagnostic.help("write the slug of an entry, kind and slug, or its title")
                } else {
                    diagnostic.suggest_fix(name, &meant)
                });
                return broken();
            }
        },
        LinkTarget::Here => {
            // What stands behind `?` is for a program in the page.
            if link.heading.is_none() && !link.written.starts_with('?') {
                let diagnostic = Diagnostic::new(Code::LinkBroken, place(), "a link without an address");
                problems.push(diagnostic.help("write the address in the parentheses, or take the link out"));
            }
            from
        }
        LinkTarget::Page(url) if site.left_out.urls.contains(url) => {
            problems.push(held_back(place(), link));
            return broken();
        }
        // The page at an old address would lose the part behind `#`.
        LinkTarget::Page(url) if let Some(id) = names.at_old_address(url) => id,
        LinkTarget::Page(url) => return page_link(link, url),
        // No entry is a picture or a film.
        LinkTarget::File(path) if let Some(id) = names.of_folder(path).filter(|_| !link.used.loads()) => id,
        LinkTarget::File(path) => {
            let file = || {
                links::file_meant(&link.written, doc.path(), Some(&site.entry(from).url), &site.schema, &site.assets)
            };
            if let Some(path) = site.assets.path_of(path).or_else(file) {
                return file_link(context, link, path, problems);
            }
            if let Some(meant) = forms::meant(site, names, from, link).filter(|_| !link.used.loads()) {
                if let Some(path) = ignored::by_path(site, doc, &link.written, Some(meant.id)) {
                    problems.push(ignored::problem(place(), &path));
                    return broken();
                }
                problems.push(forms::problem(site, doc, place(), link, meant));
                return to_entry(context, link, meant.id, problems);
            }
            if forms::means_draft(site, from, link) {
                problems.push(held_back(place(), link));
                return broken();
            }
            if site.assets.is_reported(path) {
                return broken();
            }
            let above = links::above_site(&link.written, &site.entry(from).url);
            if let Some(above) = &above
                && is_of_other_program(site, above)
            {
                return at_heading(link, above.clone());
            }
            if link.used == LinkUse::Picture {
                problems.push(missing_image(names, if links::leads_out(path) { &link.written } else { path }, place()));
                return broken();
            }
            if let Some(problem) = above.and_then(|above| above_site(site, place(), &above)) {
                problems.push(problem);
                return broken();
            }
            if links::leads_out(path) {
                let message = format!("a page cannot lead to `{}`", link.written);
                let help = "it leads out of the project: link to a file inside it";
                problems.push(Diagnostic::new(Code::LinkUnsafe, place(), message).help(help));
                return broken();
            }
            if site.left_out.data.contains(path) {
                // One that holds nothing of the site has a report of its own.
                if links::kind_of_data_file(path, &site.schema).is_some() || is_bibliography(path) {
                    let message = format!("`{path}` is data of the site, and not published as a file");
                    let help = "link to an entry that it holds, or to a copy with another name";
                    problems.push(Diagnostic::new(Code::LinkBroken, place(), message).help(help));
                }
                return broken();
            }
            let diagnostic = Diagnostic::new(Code::LinkBroken, place(), format!("there is no file `{path}`"));
            if link.written.starts_with("www.") {
                problems.push(
                    diagnostic
                        .help(format!("a link to another site begins with `https://`: `https://{}`", link.written)),
                );
                return broken();
            }
            let near = names.files().meant(path).names;
            problems.push(if near.is_empty() && link.used == LinkUse::Loaded {
                diagnostic.help("put the file there, or correct the path: it counts from the folder of the page")
            } else if near.is_empty() {
                diagnostic.help(
                    "link to an entry by its `.md` file, to a page of the site from `/` on, or put the file there",
                )
            } else {
                diagnostic.suggest(&near)
            });
            return broken();
        }
    };
    to_entry(context, link, target, problems)
}

/// Whether the site says that another program serves an address above it.
fn is_of_other_program(site: &Catalogue, above: &str) -> bool {
    let at = site.schema.base_url.rooted(above);
    site.schema.links.outside.iter().any(|prefix| at.starts_with(prefix.as_str()))
}

/// A link to an address of a page above the site, which only another program on the host can have.
fn above_site(site: &Catalogue, place: Place, above: &str) -> Option<Diagnostic> {
    let at = site.schema.base_url.rooted(above);
    let is_page = [".html", ".htm", "/"].iter().any(|end| at.ends_with(end));
    let end = at[1..].find('/').map_or(at.len(), |end| end + 2);
    (is_page && at.len() > 1).then(|| {
        let message = format!("no page has the address `{at}`{ABOVE_SITE}");
        let help =
            format!("where another program has it, name that in site.yaml: `links: {{outside: [{}]}}`", &at[..end]);
        Diagnostic::new(Code::LinkBroken, place, message).help(help)
    })
}

/// A link to a file of the project. One that is not published is no more named than a draft.
fn file_link(context: LinkContext<'_, '_>, link: &Link, path: &str, problems: &mut Vec<Diagnostic>) -> ResolvedLink {
    let LinkContext { site, from, body, .. } = context;
    let address = if site.assets.held_back.contains_key(path) {
        problems.push(held_back(site.entry(from).doc.body_place(body, link.span.clone()), link));
        ""
    } else {
        site.assets.by_path.get(path).map_or("", |asset| &asset.url)
    };
    ResolvedLink { entry: None, address: address.into() }
}

/// The file of the project that an address means, where that is not published.
fn held_back_file<'a>(site: &'a Catalogue, doc: &Doc, written: &str) -> Option<&'a str> {
    if site.assets.held_back.is_empty() {
        return None;
    }
    let path = links::file_meant(written, doc.path(), None, &site.schema, &site.assets);
    path.filter(|path| site.assets.held_back.contains_key(*path))
}

/// A link to what is not published, or not yet.
fn held_back(place: Place, link: &Link) -> Diagnostic {
    let written = if let LinkTarget::Named(name) = &link.target { name } else { &*link.written };
    links::held_back(place, written)
}

/// A link that leads to an entry, or to a heading of it.
fn to_entry(
    context: LinkContext<'_, '_>,
    link: &Link,
    target: EntryId,
    problems: &mut Vec<Diagnostic>,
) -> ResolvedLink {
    let LinkContext { site, names, anchors, from, body } = context;
    let doc = &site.entry(from).doc;
    let entry = site.entry(target);
    let Some(written) = &link.heading else {
        return ResolvedLink { entry: Some(target), address: entry.url.clone() };
    };
    let (wanted, directive) = links::split_directive(written);
    if wanted.is_empty() {
        let page = if target == from { "" } else { page_of(&entry.url) };
        return ResolvedLink { entry: Some(target), address: format!("{page}#{directive}").into() };
    }
    // A heading below another one is written behind it: `[[b#Part#Chapter]]`.
    let last = wanted.rsplit('#').next().unwrap_or(wanted);
    let heading = entry.doc.heading(wanted).or_else(|| entry.doc.heading(last)).map(str::to_string).or_else(|| {
        let shown = anchors.get(&*entry.url);
        let is_shown = shown.is_some_and(|shown| shown.contains(wanted));
        let mut titles = [Some(&entry.doc.title), entry.doc.heading.as_ref()].into_iter().flatten();
        let mut is_title =
            || !heading_id(wanted).is_empty() && titles.any(|title| heading_id(title) == heading_id(wanted));
        match is_shown {
            true => Some(wanted.to_string()),
            false => (wanted == "top" || is_title()).then(|| "top".to_string()),
        }
    });
    let at = |heading: &str| {
        if target == from && !entry.url.contains('#') {
            format!("#{heading}{directive}")
        } else {
            format!("{}#{heading}{directive}", page_of(&entry.url))
        }
    };
    let Some(heading) = heading else {
        if !entry.doc.broken {
            let name = if target == from { "this page".to_string() } else { format!("`{}`", site.name(target)) };
            let place = doc.body_place(body, link.heading_span.clone());
            let what = if wanted.starts_with('^') { "paragraph" } else { "heading" };
            let diagnostic =
                Diagnostic::new(Code::LinkBrokenHeading, place, format!("{name} has no {what} `{wanted}`"));
            let meant = names.heading_meant(target, wanted);
            problems.push(if meant.names.is_empty() {
                let ids = entry.doc.body.headings.iter().map(|heading| heading.id.as_str());
                let ids: Vec<_> = ids.take(12).collect();
                let help = if wanted.starts_with('^') {
                    format!("write ` {wanted}` behind the last word of the paragraph, or link to a heading")
                } else if ids.is_empty() {
                    "it has no headings".into()
                } else {
                    format!("its headings are {}", ids.join(", "))
                };
                diagnostic.help(help)
            } else {
                diagnostic.suggest_fix(wanted, &meant)
            });
        }
        return ResolvedLink { entry: Some(target), address: at(wanted).into() };
    };
    ResolvedLink { entry: Some(target), address: at(&heading).into() }
}

/// Whether a name ends as that of a file does that is no text.
fn is_file_name(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    MEDIA.contains(&&*extension) || IMAGES.contains(&&*extension)
}

/// An address without what stands behind the path.
fn path_of(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}

/// A link to the file of an entry that is not there. It may have moved to another kind, or be misspelt.
fn broken_file_link(
    site: &Catalogue,
    names: &Names<'_>,
    from: &Doc,
    place: Place,
    kind: KindId,
    slug: &str,
) -> Diagnostic {
    let message = format!("there is no {} `{slug}`", site.schema.kind(kind).name);
    let diagnostic = Diagnostic::new(Code::LinkBroken, place, message);
    let path_to = |id: EntryId| links::relative(from.path(), site.entry(id).doc.path());
    let elsewhere = names.of_slug(slug);
    let near: Vec<String> = if let Some(id) = names.with_name(slug).filter(|_| elsewhere.is_empty()) {
        vec![path_to(id)]
    } else if elsewhere.is_empty() {
        names.meant(slug, &[kind]).names.iter().filter_map(|slug| site.find(kind, slug)).map(path_to).collect()
    } else {
        elsewhere.iter().map(|(_, id)| path_to(*id)).collect()
    };
    if near.is_empty() {
        return diagnostic.help("write the entry, or take the link out");
    }
    diagnostic.suggest(&near)
}

fn page_link(link: &Link, url: &str) -> ResolvedLink {
    at_heading(link, encode_path(url))
}

/// A link to an address of no entry, with the heading that was written.
fn at_heading(link: &Link, url: String) -> ResolvedLink {
    let address = match &link.heading {
        Some(heading) => format!("{url}#{heading}"),
        None => url,
    };
    ResolvedLink { entry: None, address: address.into() }
}
