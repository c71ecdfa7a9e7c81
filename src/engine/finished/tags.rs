//! What a finished page links to, and the ids that it has.

use crate::markup::{HtmlPiece, HtmlTag, pieces};

/// The ids and addresses in a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PageTags {
    pub(super) ids: Vec<String>,
    /// The addresses as they were written, without entities.
    pub(super) links: Vec<String>,
    /// From where they count, where the page says so.
    pub(super) base: Option<String>,
}

/// Attributes that hold one address.
const ADDRESSES: [&str; 6] = ["href", "src", "poster", "action", "data", "xlink:href"];

/// Reads the tags of a page.
pub(super) fn read(html: &str) -> PageTags {
    let mut tags = PageTags::default();
    for piece in pieces(html) {
        if let HtmlPiece::Begin(tag) = piece {
            tags.add(tag);
        }
    }
    tags
}

impl PageTags {
    fn add(&mut self, tag: HtmlTag<'_>) {
        // Most tags have none of a kind: to look for the name is cheaper than to read all attributes.
        let value = |name: &str| {
            let mentioned = tag.inside.contains(name);
            mentioned.then(|| tag.attribute(name)).flatten().map(|value| value.into_owned())
        };
        self.ids.extend(tag.ids().map(|id| id.into_owned()));
        if tag.is("meta") {
            let refreshes = value("http-equiv").is_some_and(|it| it.eq_ignore_ascii_case("refresh"));
            let content = value("content").filter(|_| refreshes);
            self.links
                .extend(content.and_then(|it| Some(it.split_once("url=")?.1.trim_matches(['\'', '"', ' ']).into())));
        }
        if tag.is("base") {
            self.base = self.base.take().or_else(|| value("href"));
        } else {
            self.links.extend(ADDRESSES.iter().filter_map(|name| value(name)));
        }
        let several = value("srcset").unwrap_or_default();
        let first = several.split(',').filter_map(|part| part.split_whitespace().next());
        self.links.extend(first.map(str::to_string));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_ids_are_found_wherever_pages_have_them() {
        let found = read(
            "<!doctype html><!-- <a href=no> --><meta http-equiv=\"refresh\" content=\"0; url=/new/\"><h2 id=\"a b\">\
             <a class=x href='/a/?b=1&amp;c#d'>1 < 2</a><img src=p.png srcset=\"q.png 2x, r.png 3x\"><input disabled>\
             <script>\"<a href='/no/'>\"</script><a name=old></a><p title=\"id=no\">",
        );
        assert_eq!(found.ids, ["a b", "old"]);
        assert_eq!(found.links, ["/new/", "/a/?b=1&c#d", "p.png", "q.png", "r.png"]);
    }
}
