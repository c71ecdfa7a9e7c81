//! References in YAML whose shape no field declares: texts that name an entry by kind and slug, by file or by address.

use std::sync::Arc;

use super::Edits;
use crate::model::site::{EntryId, Site};
use crate::span::Place;
use crate::yaml::{self, MappingPart, Path, PathStep, Yaml, YamlText};

/// Calls `see` with every text of the data that no field declares: free data blocks, further keys, `site.yaml`, each with
/// its place.
pub(super) fn every_text(edits: &Edits<'_>, see: &mut dyn FnMut(&str, Place)) {
    for id in edits.site.ids() {
        let doc = &edits.site.entry(id).doc;
        for (key, value) in &doc.extra {
            walk(value, &mut vec![PathStep::Key(key.clone())], &mut |text, path| see(text, doc.value_place(path)));
        }
        for block in &doc.body.blocks {
            if let crate::model::body::BlockData::Free(value) = &block.data {
                walk(value, &mut Vec::new(), &mut |text, path| see(text, block.yaml.place(path, MappingPart::Value)));
            }
        }
        doc.every_value(&mut |value, place| {
            if let crate::model::value::Value::Data(value) = value {
                walk(value, &mut Vec::new(), &mut |text, path| see(text, place(path)));
            }
        });
    }
    if let Some(source) = &edits.sources.site {
        in_file(&source.path, &source.text, see);
    }
}

/// Calls `see` with every text of a YAML file.
pub(super) fn in_file(path: &Arc<str>, text: &str, see: &mut dyn FnMut(&str, Place)) {
    let Ok(value) = yaml::parse(text) else { return };
    let places = YamlText::new(path, text, 0);
    walk(&value, &mut Vec::new(), &mut |text, at| see(text, places.place(at, MappingPart::Value)));
}

fn walk(value: &Yaml, path: &mut Path, see: &mut dyn FnMut(&str, &Path)) {
    match value {
        Yaml::Text(text) => see(text, path),
        Yaml::List(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(PathStep::Index(at));
                walk(item, path, see);
                path.pop();
            }
        }
        Yaml::Map(entries) => {
            for (key, item) in entries {
                path.push(PathStep::Key(key.clone()));
                walk(item, path, see);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Whether a text names an entry so that nothing else can be meant: by kind and slug, by its file, by its address. What
/// stands behind `#` is not looked at.
pub(super) fn names(site: &Site, id: EntryId, text: &str) -> bool {
    let (doc, url) = (&site.entry(id).doc, &site.entry(id).url);
    if is_address(text, url) {
        return true;
    }
    let text = text.split('#').next().unwrap_or(text);
    let kind = site.schema.kind(doc.kind);
    let by_kind = |folder: &str| text.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) == Some(&doc.slug);
    by_kind(&kind.plural) || by_kind(&kind.name) || text == &**doc.path() && doc.root.is_empty()
}

/// Whether a text is the address of a page, with or without the slash or the file at its end.
pub(super) fn is_address(text: &str, url: &str) -> bool {
    let bare = |address: &str| address.trim_end_matches("index.html").trim_end_matches('/').to_string();
    if url.contains('#') {
        return text == url;
    }
    text.starts_with('/') && bare(text.split(['#', '?']).next().unwrap_or(text)) == bare(url)
}
