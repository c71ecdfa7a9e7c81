//! Patterns for the URLs of entries: `/articles/{slug}/`, `/{year}/{month}/{name}.html`, `/glossary/#{slug}`.

use super::site_url;

/// How the URL of an entry is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlPattern {
    pieces: Vec<PatternPiece>,
    /// The page on which the anchors stand, or the folder in which the pages lie.
    base: String,
    anchored: bool,
}

/// What an entry hands to the pattern of its kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct AddressParts<'a> {
    /// The path below the folder of the kind: `2024/long-run`.
    pub slug: &'a str,
    /// What the entry calls itself in addresses, in place of the last part of its slug.
    pub name: Option<&'a str>,
    /// Its day, as `2026-03-04`.
    pub date: Option<&'a str>,
    /// Its categories with slashes between them.
    pub categories: Option<&'a str>,
    /// Whether its file stands for its folder.
    pub is_folder: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum PatternPiece {
    Text(String),
    Slug,
    Name,
    Folders,
    Categories,
    Year,
    Month,
    Day,
}

/// What addresses end in that are files, and no folders.
const HTML: &str = ".html";

const NAMES: [(&str, PatternPiece); 7] = [
    ("slug", PatternPiece::Slug),
    ("name", PatternPiece::Name),
    ("folders", PatternPiece::Folders),
    ("categories", PatternPiece::Categories),
    ("year", PatternPiece::Year),
    ("month", PatternPiece::Month),
    ("day", PatternPiece::Day),
];

impl UrlPattern {
    /// Reads a pattern: an absolute path with `{slug}` or `{name}` in it once, and a slash or `.html` at the end of every page.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let pieces = pieces(text)?;
        let names = pieces.iter().filter(|piece| matches!(piece, PatternPiece::Slug | PatternPiece::Name)).count();
        if names == 0 {
            return Err(format!("the URL `{text}` does not contain `{{slug}}` or `{{name}}`"));
        }
        let first = text.find('{').unwrap_or(text.len());
        let anchored = text[..first].ends_with('#');
        let last = if anchored { &pieces[..] } else { &pieces[..pieces.len() - 1] };
        let named_last = matches!(last.last(), Some(PatternPiece::Slug | PatternPiece::Name));
        let whole = |piece: &[PatternPiece]| match piece {
            [
                PatternPiece::Text(before),
                PatternPiece::Folders | PatternPiece::Categories,
                PatternPiece::Text(after),
            ] => before.ends_with('/') && after.starts_with('/'),
            [_, piece, _] => !matches!(piece, PatternPiece::Folders | PatternPiece::Categories),
            _ => true,
        };
        if names > 1 || text.matches('#').count() > usize::from(anchored) || (anchored && pieces.len() > 2) {
            return Err(format!("the URL `{text}` may contain `{{slug}}` once, at its end or right behind a `#`"));
        }
        let wrong_end = || {
            Err(format!("the URL `{text}` has to end in `/{{slug}}/`, `/{{slug}}.html`, `/{{name}}/` or `/#{{slug}}`"))
        };
        let is_page = |piece: &PatternPiece| matches!(piece, PatternPiece::Text(end) if end == "/" || end == HTML);
        if !named_last || (!anchored && !pieces.last().is_some_and(is_page)) || !pieces.windows(3).all(whole) {
            return wrong_end();
        }
        let example = AddressParts { slug: "x/x", date: Some("2026-03-04"), ..AddressParts::default() };
        let before = &text[..first];
        site_url(if anchored { before.trim_end_matches('#') } else { before })?;
        let base = before[..before.rfind('/').map_or(0, |at| at + 1)].to_string();
        let pattern = Self { pieces, base, anchored };
        if !anchored {
            if !before.ends_with('/') {
                return wrong_end();
            }
            site_url(&pattern.url(example))?;
        }
        Ok(pattern)
    }

    /// The URL of an entry. What the pattern names and the entry does not have is left out with its slash.
    pub fn url(&self, naming: AddressParts<'_>) -> String {
        let (folders, own) = naming.slug.rsplit_once('/').unwrap_or(("", naming.slug));
        let name = naming.name.unwrap_or(own);
        let date = |from: usize, to: usize| naming.date.and_then(|date| date.get(from..to)).unwrap_or_default();
        let mut url = String::with_capacity(self.base.len() + naming.slug.len() + 16);
        for piece in &self.pieces {
            let value = match piece {
                // The page of a folder has its address.
                PatternPiece::Text(text) if text == HTML && naming.is_folder => "/",
                PatternPiece::Text(text) => text,
                PatternPiece::Slug => {
                    url.push_str(folders);
                    if !folders.is_empty() {
                        url.push('/');
                    }
                    name
                }
                PatternPiece::Name => name,
                PatternPiece::Folders => folders,
                PatternPiece::Categories => naming.categories.unwrap_or_default(),
                PatternPiece::Year => date(0, 4),
                PatternPiece::Month => date(5, 7),
                PatternPiece::Day => date(8, 10),
            };
            // What is left out leaves no second slash behind.
            let value = if url.ends_with('/') { value.trim_start_matches('/') } else { value };
            url.push_str(value);
        }
        url
    }

    /// Whether entries are anchors of another page.
    pub fn anchored(&self) -> bool {
        self.anchored
    }

    /// Whether the date of an entry is part of its URL.
    pub fn dated(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, PatternPiece::Year | PatternPiece::Month | PatternPiece::Day))
    }

    /// Whether the categories of an entry are part of its URL.
    pub fn has_categories(&self) -> bool {
        self.pieces.contains(&PatternPiece::Categories)
    }

    /// The page on which the anchors stand, or the folder in which the pages lie.
    pub fn base(&self) -> &str {
        &self.base
    }
}

fn pieces(text: &str) -> Result<Vec<PatternPiece>, String> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else {
            return Err(format!("the URL `{text}` has a `{{` without its `}}`"));
        };
        let Some((_, piece)) = NAMES.iter().find(|(known, _)| *known == name) else {
            let known: Vec<_> = NAMES.iter().map(|(name, _)| format!("`{{{name}}}`")).collect();
            return Err(format!("the URL `{text}` knows no `{{{name}}}`: there are {}", known.join(", ")));
        };
        if !before.is_empty() {
            pieces.push(PatternPiece::Text(before.into()));
        }
        pieces.push(piece.clone());
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(PatternPiece::Text(rest.into()));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(pattern: &str, slug: &str, date: Option<&str>) -> String {
        UrlPattern::parse(pattern).unwrap().url(AddressParts { slug, date, ..AddressParts::default() })
    }

    #[test]
    fn a_pattern_makes_pages_or_anchors() {
        assert_eq!(url("/body/{slug}/", "corm", None), "/body/corm/");
        let anchor = UrlPattern::parse("/glossary/#{slug}").unwrap();
        assert!(anchor.anchored() && !UrlPattern::parse("/body/{slug}/").unwrap().anchored());
        assert_eq!((url("/glossary/#{slug}", "dibs", None).as_str(), anchor.base()), ("/glossary/#dibs", "/glossary/"));
        for wrong in [
            "/body/",
            "body/{slug}/",
            "/{slug}",
            "/../{slug}/",
            "/{slug}/{slug}/",
            "/a/#x{slug}",
            "/{slug}/{year}/",
            "/{date}/{slug}/",
            "/{slug",
            "/a-{folders}/{name}/",
            "/a-{slug}/",
            "/{name}/x/",
            "/#{slug}/#",
            "/a/#{year}{slug}",
            "/{year}{folders}/{name}/",
            "/{folders}-{name}/",
            "/{slug}.htm",
            "/glossary/#{slug}.html",
        ] {
            assert!(UrlPattern::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_second_hash_is_named_for_what_it_is() {
        for two in ["/a#/#{slug}", "/a#b/{slug}/"] {
            let why = UrlPattern::parse(two).unwrap_err();
            assert!(why.contains("right behind a `#`"), "{two}: {why}");
        }
    }

    #[test]
    fn a_pattern_may_name_the_date_and_the_folders() {
        assert_eq!(url("/{year}/{month}/{slug}/", "trip", Some("2021-05-06")), "/2021/05/trip/");
        assert_eq!(url("/blog/{year}-{month}-{day}/{name}/", "a/trip", Some("2021-05-06")), "/blog/2021-05-06/trip/");
        assert_eq!(url("/docs/{folders}/{year}/{name}/", "a/b/trip", Some("2021-05-06")), "/docs/a/b/2021/trip/");
        assert_eq!(url("/docs/{folders}/{year}/{name}/", "trip", None), "/docs/trip/");
        assert!(UrlPattern::parse("/{year}/{slug}/").unwrap().dated());
        assert_eq!(UrlPattern::parse("/blog/{year}/{slug}/").unwrap().base(), "/blog/");
    }

    #[test]
    fn addresses_may_be_those_of_files() {
        assert_eq!(url("/docs/{slug}.html", "a/b", None), "/docs/a/b.html");
        let pattern = UrlPattern::parse("/docs/{slug}.html").unwrap();
        let folder = AddressParts { slug: "a", is_folder: true, ..AddressParts::default() };
        assert_eq!((pattern.url(folder).as_str(), pattern.base()), ("/docs/a/", "/docs/"));
    }

    #[test]
    fn categories_stand_in_urls_or_are_left_out() {
        let pattern = UrlPattern::parse("/{categories}/{year}/{name}/").unwrap();
        let parts = AddressParts { slug: "trip", date: Some("2021-05-06"), ..AddressParts::default() };
        assert_eq!(pattern.url(AddressParts { categories: Some("a/b"), ..parts }), "/a/b/2021/trip/");
        assert_eq!(pattern.url(parts), "/2021/trip/");
        assert!(UrlPattern::parse("/x{categories}/{name}/").is_err());
    }

    #[test]
    fn an_entry_may_have_a_name_of_its_own() {
        let pattern = UrlPattern::parse("/docs/{slug}/").unwrap();
        assert_eq!(
            pattern.url(AddressParts { slug: "a/b", name: Some("C_d"), ..AddressParts::default() }),
            "/docs/a/C_d/"
        );
    }
}
