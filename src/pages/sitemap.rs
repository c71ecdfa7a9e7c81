//! `sitemap.xml` and `robots.txt`. See <https://www.sitemaps.org/protocol.html>.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Drawing, json_ld::changed};
use crate::model::plan::{Page, PageInput};
use crate::model::site::Site;

/// Most addresses that the protocol allows in one file.
const MOST: usize = 50_000;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// The sitemap: every page that search engines may show, with the day of its last change where one is known; or the list of
/// its parts, where these are too many for one file.
pub fn bytes(drawing: Drawing<'_>) -> Vec<u8> {
    let listed = listed(drawing);
    let parts = drawing.site.schema.pages.sitemap.as_ref().map_or_else(Vec::new, |page| parts(&page.url, listed.len()));
    let bytes = if parts.is_empty() { urls(drawing, &listed) } else { index(drawing, &parts) };
    bytes.unwrap_or_default() // writing to memory cannot fail
}

/// One part of a sitemap that is too long for one file, from 1.
pub fn part(drawing: Drawing<'_>, number: usize) -> Vec<u8> {
    let listed = listed(drawing);
    let pages = listed.chunks(MOST).nth(number - 1).unwrap_or_default();
    urls(drawing, pages).unwrap_or_default()
}

/// The numbers and addresses of the parts of a sitemap of so many pages; none where one file can hold them all.
pub fn parts(url: &str, pages: usize) -> Vec<(usize, String)> {
    if pages <= MOST {
        return Vec::new();
    }
    let (stem, extension) = url.rsplit_once('.').unwrap_or((url, "xml"));
    (1..=pages.div_ceil(MOST)).map(|number| (number, format!("{stem}-{number}.{extension}"))).collect()
}

/// Whether the sitemap lists a page. Lists that only show others anew are left out.
pub fn lists(site: &Site, input: &PageInput) -> bool {
    match input {
        PageInput::Entry(id, _) => !site.entry(*id).doc.draft,
        PageInput::Home
        | PageInput::Index(..)
        | PageInput::Value(..)
        | PageInput::Matrix(_)
        | PageInput::AToZ(_)
        | PageInput::Sources => true,
        // One without an address of its own shows the index of its kind anew.
        PageInput::Regroup(kind, number, ..) => site.schema.kind(*kind).regroup_by[*number].url.is_some(),
        PageInput::Related(..)
        | PageInput::Search
        | PageInput::NotFound
        | PageInput::Redirect(_)
        | PageInput::Feed(_)
        | PageInput::Gone
        | PageInput::Sitemap
        | PageInput::SitemapPart(_)
        | PageInput::Robots
        | PageInput::Headers
        | PageInput::Graph
        | PageInput::Twin(_)
        | PageInput::Llms
        | PageInput::Asset(_) => false,
    }
}

fn listed(drawing: Drawing<'_>) -> Vec<&Page> {
    drawing.plan.pages.iter().filter(|page| lists(drawing.site, &page.input)).collect()
}

fn urls(drawing: Drawing<'_>, pages: &[&Page]) -> io::Result<Vec<u8>> {
    let of = |page: &&Page| {
        let day = match &page.input {
            PageInput::Entry(id, _) => changed(drawing, *id),
            _ => None,
        };
        (page.url.clone(), day.map(|day| day.to_string()))
    };
    write(drawing, ("urlset", "url"), pages.iter().map(of))
}

fn index(drawing: Drawing<'_>, parts: &[(usize, String)]) -> io::Result<Vec<u8>> {
    write(drawing, ("sitemapindex", "sitemap"), parts.iter().map(|(_, url)| (url.clone(), None)))
}

/// A list of addresses with the days on which they changed. The names are those of the list and of one item.
fn write(
    drawing: Drawing<'_>,
    names: (&str, &str),
    items: impl Iterator<Item = (String, Option<String>)>,
) -> io::Result<Vec<u8>> {
    let base = &drawing.site.schema.base_url;
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.create_element(names.0).with_attribute(NAMESPACE).write_inner_content(|writer| {
        for (url, day) in items {
            writer.create_element(names.1).write_inner_content(|writer| {
                writer.create_element("loc").write_text_content(BytesText::new(&base.absolute(&url)))?;
                if let Some(day) = day {
                    writer.create_element("lastmod").write_text_content(BytesText::new(&day))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// `robots.txt`: everybody may read everything.
pub fn robots(drawing: Drawing<'_>) -> Vec<u8> {
    let schema = &drawing.site.schema;
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(sitemap) = &schema.pages.sitemap {
        text.push_str(&format!("Sitemap: {}\n", schema.base_url.absolute(&sitemap.url)));
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_has_parts_only_where_one_file_may_not_hold_it() {
        assert_eq!(parts("/sitemap.xml", MOST), []);
        let urls: Vec<_> = parts("/sitemap.xml", 2 * MOST + 1).into_iter().map(|(_, url)| url).collect();
        assert_eq!(urls, ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]);
    }
}
