//! `sitemap.xml` and `robots.txt`.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Drawing, json_ld::changed};
use crate::model::plan::PageInput;

/// The sitemap: every page that search engines may show, with the day of its last change where one is known.
pub fn bytes(drawing: Drawing<'_>) -> Vec<u8> {
    write(drawing).unwrap_or_default() // writing to memory cannot fail
}

fn write(drawing: Drawing<'_>) -> std::io::Result<Vec<u8>> {
    let base = &drawing.site.schema.base_url;
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let set = writer.create_element("urlset").with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
    set.write_inner_content(|writer| {
        for page in &drawing.plan.pages {
            let day = match &page.input {
                PageInput::Entry(id, _) if drawing.site.entry(*id).doc.draft => continue,
                PageInput::Entry(id, _) => changed(drawing, *id),
                PageInput::Index(..) | PageInput::Matrix(_) | PageInput::AToZ | PageInput::Sources => None,
                _ => continue,
            };
            writer.create_element("url").write_inner_content(|writer| {
                writer.create_element("loc").write_text_content(BytesText::new(&base.absolute(&page.url)))?;
                if let Some(day) = day {
                    writer.create_element("lastmod").write_text_content(BytesText::new(&day.to_string()))?;
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
