//! How the entries of a kind differ: the options that a field or relation has among them, and who has which.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::paging::ListPage;
use crate::cards::text_or_none;
use crate::collation::Collation;
use crate::model::facts;
use crate::model::kind::{BY_DATE, Regroup};
use crate::model::order::Key;
use crate::model::schema::{KindId, Type};
use crate::model::site::{EntryId, Site};
use crate::model::value::Date;
use crate::templates::{ShownValue, extended, list, map, map_of};

/// A list of more boxes than this is no help in finding anything: the regrouped index has jumps for it.
pub(super) const MOST_OPTIONS: usize = 40;

/// One answer that entries give, such as `Easy` or `Clover`.
pub(super) struct FacetValue {
    /// What addresses call it: the slug of a related entry, the id of a choice, a number.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The page of a related entry, with the base path.
    pub url: Option<String>,
    /// Who gives it: places in the list that was asked, in order.
    pub members: Vec<usize>,
    /// What addresses would call it if another one were not called so.
    pub taken: Option<String>,
}

/// The groups of all regrouped indexes, by kind and number of the regrouping.
pub(super) struct Regrouped(BTreeMap<(KindId, usize), Vec<FacetValue>>);

impl Regrouped {
    pub fn new(site: &Site) -> Self {
        let of_kind = |kind: KindId| {
            let regroups = site.schema.kind(kind).regroups();
            regroups
                .map(move |(number, regroup)| ((kind, number), grouped(site, kind, &site.listed(kind), &regroup.by)))
        };
        Self(site.schema.kind_ids().flat_map(of_kind).collect())
    }

    /// The groups of one index.
    pub fn of(&self, kind: KindId, number: usize) -> Option<&[FacetValue]> {
        self.0.get(&(kind, number)).map(Vec::as_slice)
    }
}

/// The options in the order of the choices, of the numbers, or of the related kind; those without entries are left out.
pub(super) fn answers(site: &Site, kind: KindId, ids: &[EntryId], by: &str) -> Vec<FacetValue> {
    if by == BY_DATE {
        return years(site, ids);
    }
    let values: Vec<_> = ids.iter().map(|id| facts::values(site, *id, by)).collect();
    let mut members: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, value) in values.iter().enumerate().flat_map(|(at, values)| values.iter().map(move |value| (at, value))) {
        let members = members.entry(value).or_default();
        if members.last() != Some(&at) {
            members.push(at);
        }
    }
    let mut ids = HashSet::new();
    known(site, kind, &values, by)
        .into_iter()
        .filter_map(|(key, title, url)| {
            let members = members.remove(key.as_str())?;
            // A related entry is called by kind and slug; a value has no kind.
            let name = if url.is_some() { key.rsplit('/').next().unwrap_or(&key) } else { &key };
            let slug = value_slug(name);
            let id = own_id(slug.clone(), &mut ids);
            let taken = Some(slug).filter(|slug| *slug != id);
            Some(FacetValue { id, title, url, members, taken })
        })
        .collect()
}

/// What an address calls a value, as long as no other one is called so.
pub(super) fn value_slug(value: &str) -> String {
    let slug = crate::url::slug(value);
    if slug.is_empty() { "value".to_string() } else { slug }
}

/// The years of entries that have a date, the newest first, each with its entries in the same order.
fn years(site: &Site, ids: &[EntryId]) -> Vec<FacetValue> {
    let dated = ids.iter().enumerate().filter_map(|(at, id)| Some((site.entry(*id).doc.date?, at)));
    let mut dated: Vec<_> = dated.collect();
    dated.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let years = dated.chunk_by(|a, b| a.0.year() == b.0.year());
    let answer = |entries: &[(Date, usize)]| {
        let year = entries.first().map(|(date, _)| date.year().to_string()).unwrap_or_default();
        let members = entries.iter().map(|(_, at)| *at).collect();
        FacetValue { id: year.clone(), title: year, url: None, members, taken: None }
    };
    years.map(answer).collect()
}

/// An id that none of `ids` is: `C`, `C++` and `C#` make one slug, and stay apart.
fn own_id(slug: String, ids: &mut HashSet<String>) -> String {
    let mut all = std::iter::once(slug.clone()).chain((2..).map(|number: usize| format!("{slug}-{number}")));
    let id = all.find(|id| !ids.contains(id)).unwrap_or_default();
    ids.insert(id.clone());
    id
}

/// Every option there may be: the value to look for, what people call it, its page.
fn known(site: &Site, kind: KindId, values: &[Vec<String>], by: &str) -> Vec<(String, String, Option<String>)> {
    if let Some((relation, end, _)) = site.schema.sides_of(kind).find(|(_, _, side)| side.key == by) {
        let across = site.schema.relation(relation).side(end.across()).kinds.iter();
        let related = across.flat_map(|kind| site.listed(*kind)).map(|id| {
            let entry = site.entry(id);
            (site.name(id), entry.doc.name().to_string(), Some(site.schema.base_url.rooted(&entry.url)))
        });
        return related.collect();
    }
    let Some(field) = site.schema.kind(kind).field(by) else { return Vec::new() };
    let ty = match &field.ty {
        Type::List(item) => &item.ty,
        ty => ty,
    };
    if let Type::Choice(choices) = ty {
        return choices.iter().map(|(id, label)| (id.clone(), label.clone(), None)).collect();
    }
    let mut found: Vec<&String> = values.iter().flatten().collect();
    let collation = Collation::of(&site.schema.language);
    found.sort_by_cached_key(|value| (Key::of(value, &collation), *value));
    found.dedup();
    let texts = &site.schema.texts;
    let title = |value: &String| match (ty, value.parse::<f64>()) {
        (Type::Range(unit), Ok(number)) if !unit.is_empty() => format!("{} {unit}", texts.amount(number)),
        (Type::Range(_) | Type::Integer | Type::Number, Ok(number)) => texts.number(number),
        (Type::Boolean, _) => texts.get(if value == "true" { "yes" } else { "no" }).into(),
        (Type::Date, _) => Date::parse(value).map_or_else(|| value.clone(), |date| texts.date(date)),
        _ => value.clone(),
    };
    found.into_iter().map(|value| (value.clone(), title(value), None)).collect()
}

/// What a filter offers, and the cards of the entries, each with the options that it has.
///
/// A facet needs something to choose from: those with one option, or with very many, are left out.
pub(super) fn facets(site: &Site, kind: KindId, ids: &[EntryId], regroups: &[Regroup]) -> (ShownValue, ShownValue) {
    let offered: Vec<(&Regroup, Vec<FacetValue>)> = regroups
        .iter()
        .map(|regroup| (regroup, answers(site, kind, ids, &regroup.by)))
        .filter(|(_, answers)| (2..=MOST_OPTIONS).contains(&answers.len()))
        .collect();
    let mut has: Vec<Vec<(String, Vec<ShownValue>)>> = vec![Vec::new(); ids.len()];
    for (regroup, answers) in &offered {
        for answer in answers {
            for at in &answer.members {
                let own = &mut has[*at];
                if own.last().is_none_or(|(by, _)| *by != regroup.by) {
                    own.push((regroup.by.clone(), Vec::new()));
                }
                own.last_mut().expect("one was just put there").1.push(answer.id.as_str().into());
            }
        }
    }
    let facets = offered.iter().map(|(regroup, answers)| {
        let options = answers
            .iter()
            .map(|answer| map([("id", answer.id.as_str().into()), ("title", answer.title.as_str().into())]));
        map([
            ("by", regroup.by.as_str().into()),
            ("title", regroup.title.as_str().into()),
            ("options", list(options.collect::<Vec<_>>())),
        ])
    });
    let cards = ids.par_iter().zip(has).map(|(id, own)| {
        let own = map_of(own.into_iter().map(|(by, options)| (by, list(options))));
        let facets = (!offered.is_empty()).then_some(("facets", own));
        extended(&site.entry(*id).card.value, facets.into_iter().chain([("counts", counts(site, *id))]))
    });
    (list(facets.collect::<Vec<_>>()), list(cards.collect::<Vec<_>>()))
}

/// How many entries are related to one, by the key of the relation.
pub(super) fn counts(site: &Site, id: EntryId) -> ShownValue {
    map_of(site.schema.sides_of(site.entry(id).doc.kind).map(|(relation, end, side)| {
        let count = site.graph.edges(relation).of(id, end).len();
        (&side.key, (count as i64).into())
    }))
}

/// The options with those who have them; entries without any come last.
fn grouped(site: &Site, kind: KindId, ids: &[EntryId], by: &str) -> Vec<FacetValue> {
    let mut answers = answers(site, kind, ids, by);
    let mut grouped = vec![false; ids.len()];
    answers.iter().flat_map(|answer| &answer.members).for_each(|at| grouped[*at] = true);
    let rest: Vec<usize> = (0..ids.len()).filter(|at| !grouped[*at]).collect();
    if !rest.is_empty() {
        let mut ids = answers.iter().map(|answer| answer.id.clone()).collect();
        let id = own_id("other".into(), &mut ids);
        answers.push(FacetValue {
            id,
            title: site.schema.texts.get("everything-else").into(),
            url: None,
            members: rest,
            taken: None,
        });
    }
    answers
}

/// How many rows all groups have together.
pub(super) fn rows(grouped: &[FacetValue]) -> usize {
    grouped.iter().map(|answer| answer.members.len()).sum()
}

/// The groups as templates see them, as far as a page shows their rows.
pub(super) fn groups(site: &Site, ids: &[EntryId], grouped: &[FacetValue], part: &ListPage) -> ShownValue {
    let mut begin = 0;
    let mut groups = Vec::new();
    for answer in grouped {
        let shown = part.within(begin..begin + answer.members.len());
        begin += answer.members.len();
        if shown.is_empty() {
            continue;
        }
        groups.push(map([
            ("id", answer.id.as_str().into()),
            ("title", answer.title.as_str().into()),
            ("url", text_or_none(answer.url.as_deref())),
            ("continued", (shown.start > 0).into()),
            ("count", (answer.members.len() as i64).into()),
            ("entries", list(answer.members[shown].iter().map(|at| site.entry(ids[*at]).card.value.clone()))),
        ]));
    }
    list(groups)
}
