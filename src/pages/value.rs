//! The pages for the values of free lists: one for each tag, with the entries that have it.

use std::collections::{BTreeMap, HashMap};

use super::facets::FacetValue;
use super::paging::{self, ListPage};
use super::{
    Drawing, facets, feed,
    frame::{self, Frame},
    index::regroup_url,
};
use crate::cards::text_or_none;
use crate::model::kind::Kind;
use crate::model::plan::FeedOf;
use crate::model::schema::{KindId, Type};
use crate::model::site::{EntryId, Site};
use crate::templates::{ShownValue, Values, count, list, map, map_of};
use crate::url::BaseUrl;

/// A value of a free list.
pub struct Tag {
    /// The value as entries write it.
    pub title: String,
    /// The URL of its page, without the base path.
    pub url: String,
    /// The entries that have it, in the order of their kind.
    pub members: Vec<EntryId>,
}

/// The values of all free lists by which an index is grouped.
#[derive(Default)]
pub struct Tags {
    /// By kind and number of the regrouping, in the order of the language.
    lists: BTreeMap<(KindId, usize), Vec<Tag>>,
    /// Where a value stands in its list.
    places: HashMap<(KindId, usize), HashMap<String, usize>>,
}

impl Tags {
    /// Gathers the values of a site.
    pub fn new(site: &Site) -> Self {
        let mut tags = Self::default();
        for id in site.schema.kind_ids() {
            let kind = site.schema.kind(id);
            for (number, regroup) in kind.regroups().filter(|(_, regroup)| is_free(kind, &regroup.by)) {
                let ids = site.listed(id);
                let first = regroup_url(kind, regroup);
                let answers = facets::answers(site, id, &ids, &regroup.by).into_iter().map(|answer| Tag {
                    url: format!("{first}{}/", answer.id),
                    title: answer.title,
                    members: answer.members.into_iter().map(|at| ids[at]).collect(),
                });
                let all: Vec<Tag> = answers.collect();
                let places = all.iter().enumerate().map(|(at, tag)| (tag.title.clone(), at)).collect();
                tags.places.insert((id, number), places);
                tags.lists.insert((id, number), all);
            }
        }
        tags
    }

    /// All lists: the kind, the number of its regrouping, and the values.
    pub fn lists(&self) -> impl Iterator<Item = (KindId, usize, &[Tag])> {
        self.lists.iter().map(|((kind, number), tags)| (*kind, *number, tags.as_slice()))
    }

    /// The values of one list; none where it is not free.
    pub fn of(&self, kind: KindId, number: usize) -> Option<&[Tag]> {
        self.lists.get(&(kind, number)).map(Vec::as_slice)
    }

    /// The values of a list that make an address which another one has, each with that one.
    pub fn sharing<'t>(&self, tags: &'t [Tag]) -> Vec<(&'t Tag, &'t Tag)> {
        let folder = |tag: &Tag| tag.url.trim_end_matches('/').rfind('/').map_or(0, |at| at + 1);
        let own = |tag: &Tag| format!("{}{}/", &tag.url[..folder(tag)], facets::value_slug(&tag.title));
        let shares = |tag: &'t Tag| {
            let url = Some(own(tag)).filter(|url| *url != tag.url)?;
            Some((tag, tags.iter().find(|other| other.url == url)?))
        };
        tags.iter().filter_map(shares).collect()
    }

    /// Where the values of an entry's free lists have their pages: addresses by field and value.
    pub(super) fn links(&self, site: &Site, id: EntryId) -> ShownValue {
        let kind = site.entry(id).doc.kind;
        let base = &site.schema.base_url;
        let regroups = site.schema.kind(kind).regroup_by.iter().enumerate();
        map_of(regroups.filter_map(|(number, regroup)| {
            let (tags, places) = (self.of(kind, number)?, self.places.get(&(kind, number))?);
            let own = crate::model::facts::values(site, id, &regroup.by);
            let links = own.into_iter().filter_map(|value| {
                let url = base.rooted(&tags[*places.get(&value)?].url);
                Some((value, url.into()))
            });
            Some((&regroup.by, map_of(links)))
        }))
    }
}

/// The groups of a regrouped index that have no pages of their own and make an address which another one has, each with that one.
pub(super) fn sharing_groups(site: &Site, kind: KindId, number: usize, groups: &[FacetValue]) -> Vec<(Tag, Tag)> {
    let declared = site.schema.kind(kind);
    let Some(regroup) = declared.regroup_by.get(number).filter(|regroup| !is_free(declared, &regroup.by)) else {
        return Vec::new();
    };
    let (first, ids) = (regroup_url(declared, regroup), site.listed(kind));
    let tag = |group: &FacetValue| Tag {
        title: group.title.clone(),
        url: format!("{first}#{}", group.id),
        members: group.members.iter().map(|at| ids[*at]).collect(),
    };
    // Entries of several kinds may have one slug.
    let shared = groups.iter().filter(|group| group.url.is_none()).filter_map(|group| {
        let other = groups.iter().find(|other| Some(&other.id) == group.taken.as_ref())?;
        Some((tag(group), tag(other)))
    });
    shared.collect()
}

/// Whether a field of a kind is an undeclared list of texts.
pub(super) fn is_free(kind: &Kind, by: &str) -> bool {
    matches!(kind.field(by).map(|field| &field.ty), Some(Type::List(item)) if item.ty == Type::Text)
}

/// What the template of a value's page sees. `at` is its place among the values of its list.
pub fn values(drawing: Drawing<'_>, kind: KindId, number: usize, at: usize, page: usize, url: &str) -> Values {
    let site = drawing.site;
    let declared = site.schema.kind(kind);
    let mut values = Values::default();
    let tags = drawing.tags().of(kind, number).unwrap_or_default();
    let (Some(tag), Some(regroup)) = (tags.get(at), declared.regroup_by.get(number)) else { return values };
    let base = &site.schema.base_url;
    let part = ListPage::of(tag.members.len(), site.schema.pages.per_page, page);
    let texts = &site.schema.texts;
    let title = part.title(&texts.say("with-value", &[("by", &regroup.title), ("value", &tag.title)]), texts);
    let mut frame = Frame::of_kind(site, "value", kind, &title, url);
    frame.description = format!("{title}. {}", frame.description);
    frame.crumbs.pop();
    frame.crumbs.push((regroup.title.clone(), regroup_url(declared, regroup)));
    frame.crumbs.push((tag.title.clone(), url.to_string()));
    values.set("page", frame::page(drawing, url, frame));
    values.set(
        "kind",
        map([
            ("name", declared.name.as_str().into()),
            ("title", declared.title.as_str().into()),
            ("label", declared.label.as_str().into()),
            ("url", text_or_none(declared.index.as_ref().map(|index| base.rooted(&index.url)).as_deref())),
        ]),
    );
    values.set("regroup", map([("by", regroup.by.as_str().into()), ("title", regroup.title.as_str().into())]));
    values.set("value", map([("title", tag.title.as_str().into()), ("count", count(tag.members.len()))]));
    values.set("entries", list(tag.members[part.range.clone()].iter().map(|id| site.entry(*id).card.value.clone())));
    let others = if (2..=facets::MOST_OPTIONS).contains(&tags.len()) { tags } else { &[] };
    values.set("others", list(others.iter().enumerate().map(|(other, tag)| link(base, tag, other == at))));
    values.set("pagination", paging::value(base, &tag.url, &part));
    values.set("feed", feed::value(drawing, FeedOf::Value(kind, number, at)));
    values
}

/// A value with the address of its page.
pub(super) fn link(base: &BaseUrl, tag: &Tag, current: bool) -> ShownValue {
    map([
        ("title", tag.title.as_str().into()),
        ("url", base.rooted(&tag.url).into()),
        ("count", count(tag.members.len())),
        ("current", current.into()),
    ])
}
