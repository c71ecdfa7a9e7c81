//! What every template sees: the site and the frame of the page.

use super::{Drawing, declared, json_ld, navigation, theme, twin};
use crate::cards::{text_or_none, yaml};
use crate::model::plan::Plan;
use crate::model::schema::{GeneratedPage, KindId, Schema};
use crate::model::site::{EntryId, Site};
use crate::model::value::Value as FieldValue;
use crate::templates::{ShownValue, list, map, map_of, none, safe};
use crate::url::encode_path;

/// What templates see as `site`. A page that there is nothing to put on is none.
pub fn site_value(site: &Site, plan: &Plan) -> ShownValue {
    let schema = &site.schema;
    let base = &schema.base_url;
    let kinds = schema.kinds.iter().map(|kind| {
        let index = kind.index.as_ref().map(|index| base.rooted(&index.url));
        let value = map([
            ("name", kind.name.as_str().into()),
            ("plural", kind.plural.as_str().into()),
            ("title", kind.title.as_str().into()),
            ("label", kind.label.as_str().into()),
            ("url", text_or_none(index.as_deref())),
            ("fields", declared::fields(&kind.fields)),
        ]);
        (&kind.name, value)
    });
    let made = |page: &Option<GeneratedPage>| {
        page.as_ref().filter(|page| plan.find(&page.url).is_some()).map_or_else(none, |page| {
            map([("url", base.rooted(&page.url).into()), ("title", page.title.as_str().into())])
        })
    };
    let pages = &schema.pages;
    map([
        ("title", schema.title.as_str().into()),
        ("tagline", schema.tagline.as_str().into()),
        ("description", schema.description.as_str().into()),
        ("language", schema.language.as_str().into()),
        ("direction", schema.texts.direction().into()),
        ("policy", safe(&schema.hosts.policy())),
        ("theme", theme::value(site, plan)),
        ("relations", list(schema.relations.iter().map(declared::relation))),
        ("base_path", base.path.as_str().into()),
        ("base_url", base.absolute("/").into()),
        ("home", base.rooted("/").into()),
        ("params", yaml(&schema.params)),
        ("kinds", map_of(kinds)),
        (
            "pages",
            map([
                ("a_z", made(&pages.a_z)),
                ("sources", made(&pages.sources)),
                ("search", made(&pages.search)),
                ("not_found", made(&pages.not_found)),
                ("feed", made(&pages.feed)),
                ("sitemap", made(&pages.sitemap)),
                ("graph", made(&pages.graph)),
            ]),
        ),
    ])
}

/// The frame of one page, as far as the sort of page decides it.
pub(super) struct Frame {
    pub title: String,
    pub description: String,
    pub sort: &'static str,
    pub kind: Option<String>,
    pub section: Option<String>,
    /// Titles and URLs without the base path, the page itself last. A folder without a page has no URL.
    pub crumbs: Vec<(String, String)>,
    pub noindex: bool,
    /// Where search engines shall look instead; the page itself where there is nothing.
    pub canonical: Option<String>,
    /// The file of the page.
    pub file: Option<String>,
    /// Structured data; none where no more is known than this frame.
    pub json_ld: Option<String>,
}

impl Frame {
    /// A page that belongs to no kind.
    pub fn made(site: &Site, sort: &'static str, title: &str, url: &str) -> Self {
        Self {
            title: title.to_string(),
            description: format!("{title}. {}", site.schema.description),
            sort,
            kind: None,
            section: None,
            crumbs: vec![home(site), (title.to_string(), url.to_string())],
            noindex: false,
            canonical: None,
            file: None,
            json_ld: None,
        }
    }

    /// The same with a description of its own, if there is one.
    pub fn described(self, description: Option<&str>) -> Self {
        Self { description: description.map_or(self.description, str::to_string), ..self }
    }

    /// A page about all entries of a kind.
    pub fn of_kind(site: &Site, sort: &'static str, kind: KindId, title: &str, url: &str) -> Self {
        let declared = site.schema.kind(kind);
        let section = declared.index.as_ref().map(|index| index.url.clone());
        let mut crumbs = vec![home(site)];
        if let Some(index) = declared.index.as_ref().filter(|index| index.url != url) {
            crumbs.push((declared.title.clone(), index.url.clone()));
            crumbs.push((title.to_string(), url.to_string()));
        } else {
            crumbs.push((declared.title.clone(), url.to_string()));
        }
        let intro = declared.index.as_ref().map_or("", |index| index.intro.as_str());
        let description = if intro.is_empty() { &site.schema.description } else { intro };
        let kind = Some(declared.name.clone());
        let description = description.to_string();
        Self {
            title: title.into(),
            description,
            sort,
            kind,
            section,
            crumbs,
            noindex: false,
            canonical: None,
            file: None,
            json_ld: None,
        }
    }

    /// The page of an entry.
    pub fn of_entry(drawing: Drawing<'_>, id: EntryId) -> Self {
        let site = drawing.site;
        let entry = site.entry(id);
        let kind = site.schema.kind(entry.doc.kind);
        let parent = parent(site, id);
        let own_page = entry.doc.kind == site.schema.page_kind();
        let mut crumbs = vec![home(site)];
        let folders = if kind.index.is_none() { navigation::folders_above(site, id) } else { Vec::new() };
        if folders.is_empty() {
            crumbs.extend(parent.clone());
        } else {
            crumbs.extend(folders);
        }
        crumbs.push((entry.doc.name().to_string(), entry.url.to_string()));
        let section = if own_page { None } else { parent.map(|(_, url)| url) };
        Self {
            title: entry.doc.title.clone(),
            description: description(site, id),
            sort: "entry",
            kind: Some(kind.name.clone()),
            section: Some(section.unwrap_or_else(|| entry.url.to_string())),
            crumbs: if &*entry.url == "/" { vec![home(site)] } else { crumbs },
            noindex: entry.doc.draft,
            canonical: None,
            file: Some(entry.doc.path().to_string()),
            json_ld: None,
        }
    }

    /// The same with structured data.
    pub fn json_ld(mut self, json: String) -> Self {
        self.json_ld = Some(json);
        self
    }
}

/// What templates see as `page`.
pub(super) fn page(drawing: Drawing<'_>, url: &str, mut frame: Frame) -> ShownValue {
    if frame.json_ld.is_none() {
        frame.json_ld = Some(json_ld::plain(drawing, url, &frame));
    }
    let base = &drawing.site.schema.base_url;
    let crumbs = frame
        .crumbs
        .iter()
        .map(|(title, url)| (title, Some(url).filter(|url| !url.is_empty()).map(|url| base.rooted(url))))
        .map(|(title, url)| map([("title", title.as_str().into()), ("url", text_or_none(url.as_deref()))]));
    let twins = drawing.site.schema.pages.twins.is_some();
    let twin = twins.then(|| drawing.plan.find(url).and_then(|page| twin::url_of(drawing.site, page))).flatten();
    let twin = twin.map(|url| base.rooted(&encode_path(&url)));
    let canonical = frame.canonical.as_deref().unwrap_or(url);
    let canonical = if canonical.starts_with('/') { base.absolute(canonical) } else { canonical.to_string() };
    map([
        ("url", base.rooted(url).into()),
        ("path", url.into()),
        ("canonical", canonical.into()),
        ("title", frame.title.as_str().into()),
        ("description", frame.description.as_str().into()),
        ("type", frame.sort.into()),
        ("kind", text_or_none(frame.kind.as_deref())),
        ("section", text_or_none(frame.section.as_deref())),
        ("crumbs", list(crumbs)),
        ("edit_url", text_or_none(edit_url(&drawing.site.schema, frame.file.as_deref()).as_deref())),
        ("noindex", frame.noindex.into()),
        ("twin", text_or_none(twin.as_deref())),
        ("json_ld", frame.json_ld.as_deref().map_or_else(none, safe)),
    ])
}

/// Where the file of a page can be changed.
fn edit_url(schema: &Schema, file: Option<&str>) -> Option<String> {
    let (pattern, file) = (schema.theme.edit_url.as_ref()?, file?);
    Some(pattern.replace("{path}", &crate::url::encode_path(file)))
}

/// The field `description` where the kind has one, else the summary, else what the site is.
pub(super) fn description(site: &Site, id: EntryId) -> String {
    let doc = &site.entry(id).doc;
    let kind = site.schema.kind(doc.kind);
    let field = kind.fields.iter().position(|field| field.name == "description").and_then(|at| doc.fields.get(at));
    let own = match field {
        Some(FieldValue::Text(text)) => Some(text.clone()),
        _ => doc
            .extra
            .iter()
            .find(|(key, _)| key == "description")
            .and_then(|(_, value)| value.as_text().map(str::to_string)),
    };
    own.or_else(|| doc.summary.clone()).unwrap_or_else(|| site.schema.description.clone())
}

/// The page above an entry: the index of its kind, or the standalone page at the address of its folder.
fn parent(site: &Site, id: EntryId) -> Option<(String, String)> {
    let entry = site.entry(id);
    let kind = site.schema.kind(entry.doc.kind);
    if let Some(index) = &kind.index {
        return Some((kind.title.clone(), index.url.clone()));
    }
    let folder = entry.url.trim_end_matches('/').rsplit_once('/').map(|(folder, _)| folder.trim_start_matches('/'))?;
    let above = site.find(site.schema.page_kind(), folder).filter(|above| *above != id)?;
    let above = site.entry(above);
    Some((above.doc.name().to_string(), above.url.to_string()))
}

fn home(site: &Site) -> (String, String) {
    (site.schema.texts.get("home").into(), "/".into())
}
