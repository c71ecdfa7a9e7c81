//! The index of the search page, made in memory. The only file that names `pagefind`.

use rayon::prelude::*;

use crate::hash::{Hash, Hasher};
use crate::html::escape;
use crate::model::schema::Type;
use crate::model::site::{EntryId, Site};
use crate::model::value::Value;

/// The folder of the index, below the base path.
pub const FOLDER: &str = "pagefind/";

/// One page as the index sees it.
pub struct Record {
    /// Root-relative URL without the base path.
    pub url: String,
    /// A small HTML page that holds what is to be found, and what results show.
    pub html: String,
}

/// What the index is made of: every entry with its names, its text and what it can be filtered by.
pub fn records(site: &Site) -> Vec<Record> {
    let ids: Vec<_> = site.ids().filter(|id| !site.entry(*id).doc.draft).collect();
    ids.into_par_iter().map(|id| record(site, id)).collect()
}

/// The hash of all records and of the program that would index them.
pub fn key(records: &[Record]) -> Hash {
    let mut hasher = Hasher::new();
    hasher.text("pagefind 1.6");
    for record in records {
        hasher.text(&record.url).text(&record.html);
    }
    hasher.finish()
}

fn record(site: &Site, id: EntryId) -> Record {
    let entry = site.entry(id);
    let doc = &entry.doc;
    let kind = site.schema.kind(doc.kind);
    let mut html = format!("<html lang=\"{}\"><body data-pagefind-body>", escape(&site.schema.language));
    let filter = |html: &mut String, name: &str, value: &str| {
        html.push_str(&format!("<span data-pagefind-filter=\"{}:{}\"></span>", escape(name), escape(value)));
    };
    filter(&mut html, "kind", &kind.title);
    for (relation, end, side) in site.schema.sides_of(doc.kind) {
        if site.schema.pages.search_filters.contains(&side.key) {
            for edge in site.graph.edges(relation).of(id, end) {
                filter(&mut html, &side.key, site.entry(edge.across(id)).doc.name());
            }
        }
    }
    let meta = |html: &mut String, name: &str, value: &str| {
        html.push_str(&format!("<span data-pagefind-meta=\"{name}:{}\"></span>", escape(value)));
    };
    meta(&mut html, "title", doc.name());
    meta(&mut html, "kind", &kind.label);
    meta(&mut html, "summary", doc.summary.as_deref().unwrap_or_default());
    html.push_str(&format!("<h1>{}</h1>", escape(doc.name())));
    html.push_str(&format!(
        "<p data-pagefind-weight=\"6\">{}. {}.</p>",
        escape(&doc.title),
        escape(&doc.aliases.join(". "))
    ));
    for (field, value) in kind.fields.iter().zip(&doc.fields) {
        text(&mut html, value, &field.ty);
    }
    html.push_str(&doc.body.html);
    html.push_str("</body></html>");
    Record { url: site.schema.base_url.rooted(&entry.url), html }
}

fn text(html: &mut String, value: &Value, ty: &Type) {
    match (value, ty) {
        (Value::Text(text), _) => html.push_str(&format!("<p>{}</p>", escape(text))),
        (Value::Markdown(body), _) => html.push_str(&format!("<p>{}</p>", body.html)),
        (Value::Choice(at), Type::Choice(choices)) => html.push_str(&format!("<p>{}</p>", escape(&choices[*at].1))),
        (Value::List(items), Type::List(item)) => items.iter().for_each(|value| text(html, value, &item.ty)),
        (Value::Object(values), Type::Object(fields)) => {
            fields.iter().zip(values).for_each(|(field, value)| text(html, value, &field.ty));
        }
        _ => {}
    }
}

/// Makes the index: paths below the output folder and their bytes, sorted. The same records make the same bytes.
///
/// # Errors
/// In the words of the indexer, or that this program was built without one.
#[cfg(feature = "search")]
pub fn index(records: &[Record], language: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
    use pagefind::api::PagefindIndex;
    use pagefind::options::PagefindServiceConfig;

    let short = language.split('-').next().unwrap_or("en").to_string();
    let failed = |error: &dyn std::fmt::Display| format!("the search index could not be made: {error}");
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|error| failed(&error))?;
    let files = runtime.block_on(async {
        let config = PagefindServiceConfig::builder().force_language(short).build();
        let mut index = PagefindIndex::new(Some(config)).map_err(|error| failed(&error))?;
        for record in records {
            let html = record.html.clone();
            index.add_html_file(None, Some(record.url.clone()), html).await.map_err(|error| failed(&error))?;
        }
        index.get_files().await.map_err(|error| failed(&error))
    })?;
    let mut wanted: Vec<(String, Vec<u8>)> = files
        .into_iter()
        .map(|file| (file.filename.to_string_lossy().replace('\\', "/"), file.contents))
        .filter(|(name, _)| !name.contains("-ui") && !name.contains("highlight") && !name.contains("modular"))
        .map(|(name, contents)| (format!("{FOLDER}{}", name.trim_start_matches("pagefind/")), contents))
        .collect();
    wanted.sort();
    Ok(wanted)
}

/// Without the feature there is no index; the search page is the A to Z.
///
/// # Errors
/// Always: this program was built without an indexer.
#[cfg(not(feature = "search"))]
pub fn index(_: &[Record], _: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
    Err("this program was built without search: build it with `--features search`".into())
}
