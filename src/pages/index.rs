//! The index of a kind, and the same index grouped anew.

use std::borrow::Cow;

use super::paging::{self, ListPage};
use super::{
    BlockError, Drawing, entry, facets, feed,
    fill::{self, Numbers},
    frame::{self, Frame},
    json_ld, value,
};
use crate::cards::text_or_none;
use crate::model::body::Block;
use crate::model::doc::Doc;
use crate::model::kind::{Index, Kind, Regroup};
use crate::model::plan::FeedOf;
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::templates::{ShownValue, Values, count, list, map, none, safe};

/// Most options that an index offers beside its list.
const FEW_OPTIONS: usize = 12;

/// What the template of an index sees. `regroup` is the number of a regrouping; none is the index itself. `number` says which
/// page of the list it is.
pub fn values(
    drawing: Drawing<'_>,
    kind: KindId,
    regroup: Option<usize>,
    number: usize,
    url: &str,
) -> (Values, Vec<BlockError>) {
    let site = drawing.site;
    let declared = site.schema.kind(kind);
    let fallback = Index {
        url: declared.url.base().to_string(),
        title: declared.title.clone(),
        intro: String::new(),
        block: None,
    };
    let about = about(site, kind);
    let index = index_with(declared.index.as_ref().unwrap_or(&fallback), about.map(|id| &*site.entry(id).doc));
    let index = &*index;
    let regrouped = regroup.and_then(|at| declared.regroup_by.get(at));
    let title =
        regrouped.map_or_else(|| index.title.clone(), |regroup| grouped_by(site, "grouped-by", declared, regroup));
    let ids = site.in_order_of(kind);
    let grouped = regroup.and_then(|number| drawing.lists.regrouped(site).of(kind, number));
    let length = grouped.map_or(ids.len(), facets::rows);
    let part = ListPage::of(length, site.schema.pages.per_page, number);
    let first = regrouped.map_or_else(|| index.url.clone(), |regroup| regroup_url(declared, regroup));
    let title = part.title(&title, &site.schema.texts);
    let mut frame = Frame::of_kind(site, if regrouped.is_some() { "regroup" } else { "index" }, kind, &title, url);
    if !index.intro.is_empty() {
        frame.description.clone_from(&index.intro);
    }
    if let Some(regroup) = regrouped {
        // With an address of its own it is a page of its own, and not the index in another order.
        let of_index = Some(index.url.clone()).filter(|_| regroup.url.is_none());
        frame.canonical = of_index.filter(|url| drawing.plan.find(url).is_some());
        frame.description =
            format!("{} {}", grouped_by(site, "grouped-by-about", declared, regroup), frame.description);
    }
    if number > 1 {
        frame.description = format!("{title}. {}", frame.description);
    }
    let changed = drawing.changed()[usize::from(kind.0)];
    frame.json_ld = Some(match regrouped {
        None => json_ld::collection(drawing, url, &frame, (ids, &part.range), changed),
        Some(_) => json_ld::counted(drawing, url, &frame, changed, ids.len()),
    });
    let base = &site.schema.base_url;
    let regroups = declared.regroup_by.iter().enumerate().map(|(at, other)| {
        map([
            ("title", other.title.as_str().into()),
            ("url", base.rooted(&regroup_url(declared, other)).into()),
            ("current", (regroup == Some(at)).into()),
            ("values", shown_values(drawing, kind, at, other, ids, number)),
        ])
    });
    let matrices = site.schema.matrices.iter().filter(|matrix| matrix.rows == kind || matrix.columns == kind);
    let matrices =
        matrices.map(|matrix| map([("title", matrix.title.as_str().into()), ("url", base.rooted(&matrix.url).into())]));
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values.set(
        "kind",
        map([
            ("name", declared.name.as_str().into()),
            ("plural", declared.plural.as_str().into()),
            ("title", declared.title.as_str().into()),
            ("label", declared.label.as_str().into()),
            ("url", text_or_none(drawing.plan.find(&index.url).map(|page| base.rooted(&page.url)).as_deref())),
            ("index_title", index.title.as_str().into()),
            ("intro", index.intro.as_str().into()),
            ("count", count(ids.len())),
        ]),
    );
    // A filter that knows one page of many would say that there is nothing where there is.
    let filters = if grouped.is_none() && part.is_whole() { &declared.regroup_by[..] } else { &[] };
    let shown = if grouped.is_none() { part.range.clone() } else { 0..ids.len().min(site.schema.pages.per_page) };
    let (facets, entries) = facets::facets(site, kind, &ids[shown], filters);
    values.set("entries", entries);
    values.set("facets", facets);
    let block = index.block.as_ref().filter(|_| regroup.is_none()).and_then(|wanted| site.block(wanted));
    values.set("block", block.map_or_else(none, |(id, block)| shown_block(drawing, id, block)));
    values.set("regroups", list(regroups));
    values.set("matrices", list(matrices));
    values.set(
        "regroup",
        regrouped.map_or_else(none, |regroup| {
            map([("by", regroup.by.as_str().into()), ("title", regroup.title.as_str().into())])
        }),
    );
    values.set("groups", grouped.map_or_else(none, |answers| facets::groups(site, ids, answers, &part)));
    values.set("pagination", paging::value(base, &first, &part));
    values.set("feed", if regrouped.is_some() { none() } else { feed::value(drawing, FeedOf::Kind(kind)) });
    let text = about.filter(|_| regroup.is_none() && number == 1).map(|id| entry::value_of(drawing, id));
    let (about, errors) = text.unwrap_or_else(|| (none(), Vec::new()));
    values.set("about", about);
    (values, errors)
}

/// The article in the folder of a kind that stands for the folder.
fn about(site: &Site, kind: KindId) -> Option<EntryId> {
    site.find(site.schema.page_kind(), &format!("{}/index", site.schema.kind(kind).plural))
}

/// An index with what such an article says of it. Its title counts where it has one: the name of the folder is none.
fn index_with<'a>(index: &'a Index, about: Option<&Doc>) -> Cow<'a, Index> {
    let Some(doc) = about else { return Cow::Borrowed(index) };
    let mut own = index.clone();
    if doc.title != crate::links::typed_name(doc.path()) {
        own.title.clone_from(&doc.title);
    }
    if let Some(summary) = &doc.summary {
        own.intro.clone_from(summary);
    }
    Cow::Owned(own)
}

/// What there is to choose from in a regrouping, on the first page of a list: each option with its entries. Where there is
/// nothing or too much to choose from, only the regrouped index is offered.
fn shown_values(
    drawing: Drawing<'_>,
    kind: KindId,
    at: usize,
    regroup: &Regroup,
    ids: &[EntryId],
    number: usize,
) -> ShownValue {
    let site = drawing.site;
    let (base, per_page) = (&site.schema.base_url, site.schema.pages.per_page);
    let declared = site.schema.kind(kind);
    if number > 1 {
        return list([]);
    }
    if let Some(tags) = drawing.tags().of(kind, at) {
        let shown = if tags.len() <= facets::MOST_OPTIONS { tags } else { &[] };
        return list(shown.iter().map(|tag| value::link(base, tag, false)));
    }
    let answers = facets::answers(site, kind, ids, &regroup.by);
    let rows: usize = facets::rows(&answers);
    if answers.len() < 2 || answers.len() > FEW_OPTIONS || rows > per_page {
        return list([]);
    }
    list(answers.iter().map(|answer| {
        map([
            ("title", answer.title.as_str().into()),
            ("url", format!("{}#group-{}", base.rooted(&regroup_url(declared, regroup)), answer.id).into()),
            ("count", count(answer.members.len())),
        ])
    }))
}

/// What a regrouped index is called, or described as.
pub(super) fn grouped_by(site: &Site, text: &str, kind: &Kind, regroup: &Regroup) -> String {
    let small = regroup.title.to_lowercase();
    site.schema.texts.say(text, &[("title", &kind.title), ("by", &regroup.title), ("by-small", &small)])
}

/// A data block of an article. Its sources are listed there and not here, so it has no numbers of sources; and what goes wrong
/// with it is reported there.
fn shown_block(drawing: Drawing<'_>, id: EntryId, block: &Block) -> ShownValue {
    let entry = drawing.site.entry(id);
    let html = fill::draw(drawing, id, &entry.doc.body, block, &Numbers::default(), &mut Vec::new());
    map([("html", safe(&html)), ("entry", entry.card.value.clone())])
}

/// The URL of a regrouped index.
pub fn regroup_url(kind: &Kind, regroup: &Regroup) -> String {
    if let Some(url) = &regroup.url {
        return url.clone();
    }
    let base = kind.index.as_ref().map_or_else(|| kind.url.base(), |index| &index.url);
    format!("{base}{}/", regroup.slug)
}
