//! Long lists on several pages.

use std::ops::Range;

use crate::cards::text_or_none;
use crate::model::texts::Texts;
use crate::templates::{ShownValue, list, map, none};
use crate::url::BaseUrl;

/// One page of a long list.
pub struct ListPage {
    /// Which page it is, from 1.
    pub number: usize,
    /// How many pages there are.
    pub count: usize,
    /// Which items it shows.
    pub range: Range<usize>,
}

impl ListPage {
    /// One page of a list with this many items. Beyond the last page there is nothing to show.
    pub fn of(length: usize, per_page: usize, number: usize) -> Self {
        let end = length.min(number * per_page);
        Self { number, count: count(length, per_page), range: ((number - 1) * per_page).min(end)..end }
    }

    /// None of so many items, for a page that only leads to those that show them.
    pub fn nothing(length: usize, per_page: usize) -> Self {
        Self { range: 0..0, ..Self::of(length, per_page, 1) }
    }

    /// Which items of a group the page shows, counted within the group; the group has these places in the whole list.
    pub fn within(&self, group: Range<usize>) -> Range<usize> {
        let (from, to) = (self.range.start.max(group.start), self.range.end.min(group.end));
        if from < to { from - group.start..to - group.start } else { 0..0 }
    }

    /// Whether the list needs no other page.
    pub fn is_whole(&self) -> bool {
        self.count == 1
    }

    /// `Articles`, or `Articles, page 2`.
    pub fn title(&self, title: &str, texts: &Texts) -> String {
        match self.number {
            1 => title.to_string(),
            number => texts.say("page-of", &[("title", title), ("n", &number.to_string())]),
        }
    }
}

/// How many pages a list needs. An empty one has a page, too.
pub fn count(length: usize, per_page: usize) -> usize {
    length.div_ceil(per_page).max(1)
}

/// The URL of a page of a list that begins at `first`: `/articles/page/2/`.
pub fn url(first: &str, number: usize) -> String {
    let folder = first.trim_end_matches(".html").trim_end_matches('/');
    if number == 1 { first.to_string() } else { format!("{folder}/page/{number}/") }
}

/// The way to the other pages; none where there are no others. A page without a number stands for a gap.
pub(super) fn value(base: &BaseUrl, first: &str, part: &ListPage) -> ShownValue {
    if part.is_whole() {
        return none();
    }
    let address = |number: usize| base.rooted(&url(first, number));
    let neighbour =
        |number: usize| text_or_none((1..=part.count).contains(&number).then(|| address(number)).as_deref());
    let pages = numbers(part.number, part.count).into_iter().map(|number| match number {
        None => map([("number", none()), ("url", none()), ("current", false.into())]),
        Some(number) => map([
            ("number", (number as i64).into()),
            ("url", address(number).into()),
            ("current", (number == part.number).into()),
        ]),
    });
    map([
        ("number", (part.number as i64).into()),
        ("count", (part.count as i64).into()),
        ("previous", neighbour(part.number.wrapping_sub(1))),
        ("next", neighbour(part.number + 1)),
        ("pages", list(pages)),
    ])
}

/// The first and the last page, and those round the one that is shown; nothing stands for a gap.
fn numbers(current: usize, count: usize) -> Vec<Option<usize>> {
    let near = |number: usize| number == 1 || number == count || number.abs_diff(current) <= 2;
    let mut numbers: Vec<Option<usize>> = Vec::new();
    for number in 1..=count {
        if near(number) {
            numbers.push(Some(number));
        } else if numbers.last() != Some(&None) {
            numbers.push(None);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_on_one_page() {
        for length in [0, 1, 9, 10, 11, 25] {
            let parts: Vec<_> = (1..=count(length, 10)).map(|number| ListPage::of(length, 10, number).range).collect();
            let items: Vec<usize> = parts.into_iter().flatten().collect();
            assert_eq!(items, (0..length).collect::<Vec<_>>());
        }
        assert!(ListPage::of(25, 10, 9).range.is_empty());
    }

    #[test]
    fn far_pages_are_a_gap() {
        let shown = |current, count| {
            let numbers = numbers(current, count).into_iter();
            numbers.map(|number| number.map_or("…".into(), |number| number.to_string())).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(1, 3), "1 2 3");
        assert_eq!(shown(1, 200), "1 2 3 … 200");
        assert_eq!(shown(100, 200), "1 … 98 99 100 101 102 … 200");
        assert_eq!(shown(4, 7), "1 2 3 4 5 6 7");
    }

    #[test]
    fn later_pages_lie_below_the_first() {
        assert_eq!(url("/articles/", 1), "/articles/");
        assert_eq!(url("/articles/", 2), "/articles/page/2/");
        assert_eq!(url("/names.html", 2), "/names/page/2/");
    }
}
