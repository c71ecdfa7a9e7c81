//! What search engines and lists show of pages: titles and descriptions.

use rustc_hash::FxHashMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::doc::Doc;
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::model::value::Value;
use crate::yaml::PathStep;

/// Shortest and longest description that search results show well, in characters.
const DESCRIPTION: std::ops::RangeInclusive<usize> = 50..=160;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let mut titles: FxHashMap<(Option<KindId>, String), EntryId> = FxHashMap::default();
    titles.reserve(site.entries.len());
    for id in site.ids() {
        let doc = &site.entry(id).doc;
        if doc.broken {
            continue;
        }
        let anchored = site.schema.kind(doc.kind).anchored();
        // Anchors of one kind share a page; everything else is a page.
        let key = (anchored.then_some(doc.kind), doc.title.to_lowercase());
        if let Some(first) = titles.get(&key) {
            let message = format!("`{}` has the same title", site.name(*first));
            diagnostics.push(
                Diagnostic::new(Code::TitleDuplicate, doc.place(), message)
                    .related(site.entry(*first).doc.place(), "the first one")
                    .help("say in the title what is different here; `short_title` may stay the same"),
            );
        } else {
            titles.insert(key, id);
        }
        if !anchored {
            check_description(site, doc, diagnostics);
        }
    }
}

fn check_description(site: &Site, doc: &Doc, diagnostics: &mut Vec<Diagnostic>) {
    let kind = site.schema.kind(doc.kind);
    let field = kind.fields.iter().zip(&doc.fields).find(|(field, _)| field.name == "description");
    let declared_limits = field.is_some_and(|(field, _)| field.limits.min.is_some() || field.limits.max.is_some());
    let description = field.and_then(|(_, value)| match value {
        Value::Text(text) if !text.is_empty() => Some(text.as_str()),
        _ => None,
    });
    let extra = doc.extra.iter().find(|(key, _)| key == "description").and_then(|(_, yaml)| yaml.as_text());
    let Some((key, text)) = description
        .or(extra)
        .map(|text| ("description", text))
        .or_else(|| doc.summary.as_deref().map(|text| ("summary", text)))
    else {
        let message = "search results and lists have nothing to say about this page";
        let diagnostic = Diagnostic::new(Code::SummaryMissing, doc.place(), message);
        diagnostics.push(diagnostic.help("add a line such as `summary: What the page answers, in one sentence`"));
        return;
    };
    let length = text.chars().count();
    if key == "description" && !declared_limits && !DESCRIPTION.contains(&length) {
        let message = format!("the description has {length} characters");
        let help = format!(
            "write {} to {} characters: search results cut what is longer",
            DESCRIPTION.start(),
            DESCRIPTION.end()
        );
        let place = doc.value_place(&[PathStep::Key(key.into())]);
        diagnostics.push(Diagnostic::new(Code::DescriptionLength, place, message).help(help));
    }
}
