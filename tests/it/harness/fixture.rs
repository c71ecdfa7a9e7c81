//! A site in one string: files are separated by lines `//- path`.

use std::collections::BTreeMap;
use std::sync::Arc;

use limber::folders::Folders;
use limber::hash::Hash;
use limber::model::source::{AssetBytes, AssetFile, FileStamp, Source, Sources};

/// Templates that show everything a page is handed, and nothing else.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("templates/entry.html", include_str!("templates/entry.html")),
    ("templates/index.html", include_str!("templates/index.html")),
    ("templates/matrix.html", include_str!("templates/matrix.html")),
    ("templates/a-z.html", include_str!("templates/a-z.html")),
    ("templates/search.html", include_str!("templates/a-z.html")),
    ("templates/sources.html", include_str!("templates/sources.html")),
    ("templates/not-found.html", "<main><h1>{{ page.title }}</h1></main>\n"),
    ("templates/redirect.html", "<main>moved to <a href=\"{{ target }}\">{{ target_title }}</a></main>\n"),
    ("templates/blocks/list.html", include_str!("templates/list.html")),
];

/// The files of a site, with the tiny templates where it brings none of its own.
pub fn fixture(text: &str) -> BTreeMap<String, String> {
    let mut files = plain(text);
    for (path, text) in TEMPLATES {
        files.entry((*path).to_string()).or_insert_with(|| (*text).to_string());
    }
    files
}

/// The files of a site and no others.
pub fn plain(text: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut path = None;
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("//- ") {
            path = Some(name.trim().to_string());
            files.insert(name.trim().to_string(), String::new());
        } else if let Some(path) = &path {
            files.entry(path.clone()).and_modify(|text| text.push_str(line));
        }
    }
    files
}

/// The files as the loader would have read them. One with a NUL byte is a file that it could not read.
pub fn sources(files: &BTreeMap<String, String>) -> Sources {
    let folders = Folders::of(files.get("site.yaml").map(String::as_str));
    let mut sources = Sources::default();
    for (path, text) in files {
        let broken = text.contains('\0');
        let source = || Source { broken, ..Source::new(path.as_str(), if broken { "" } else { text.as_str() }) };
        if folders.may_show(path) {
            sources.included.push(source());
        }
        if path == "site.yaml" {
            sources.site = Some(source()).filter(|_| !broken);
        } else if path == "urls.txt" {
            sources.ledger = Some(source());
        } else if path.starts_with("templates/") {
            sources.templates.extend(Some(source()).filter(|_| !broken));
        } else if let Some(url) = path.strip_prefix("static") {
            sources.assets.push(asset(path, url.to_string(), text));
        } else if limber::folders::without_extension(path).is_some() || path.ends_with(".yaml") {
            sources.content.push(source());
        } else {
            let url = format!("/media/{}", path.trim_start_matches("content/"));
            sources.assets.push(asset(path, url, text));
        }
    }
    sources
}

fn asset(path: &str, url: String, text: &str) -> AssetFile {
    let bytes: Arc<[u8]> = text.as_bytes().into();
    let hash = Hash::of(&bytes);
    let name = !path.starts_with("content/");
    AssetFile {
        path: path.into(),
        name: name.then(|| url.trim_start_matches('/').to_string()),
        among_content: (!name).then(|| path.into()),
        held_back: None,
        url,
        plain: None,
        bytes: AssetBytes::Memory(bytes),
        hash,
        stamp: FileStamp::default(),
    }
}
