//! What a first visit to a page costs, compressed, against the budget of the design.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::{Compression, write::GzEncoder};

use crate::site::SITE;

const KB: usize = 1024;

/// The page that is one long list of all claims, with what each of them cites, and what it may weigh instead of 16 KB.
const LONG: [(&str, usize); 1] = [("/guides/claims-checked/", 28 * KB)];

/// Sections whose pages show results, drawings or a route, and weigh more for that.
const RICH: [&str; 6] = ["/benefits/", "/techniques/", "/conditions/", "/body/", "/when/", "/plan/"];

#[test]
fn pages_are_light() {
    let sizes: Vec<(String, usize)> =
        SITE.pages().into_iter().map(|page| (page.clone(), compressed(&SITE.file(&page)))).collect();
    let heavy = sizes.iter().filter_map(|(page, size)| {
        let limit = LONG.iter().find(|(long, _)| long == page).map_or(16 * KB, |(_, limit)| *limit);
        (*size > limit).then(|| format!("{page}: {size} bytes of {limit}"))
    });
    let heavy: Vec<String> = heavy.collect();
    assert!(heavy.is_empty(), "too heavy:\n{}", heavy.join("\n"));

    let (rich, plain): (Vec<_>, Vec<_>) =
        sizes.iter().partition(|(page, _)| RICH.iter().any(|section| page.starts_with(section)));
    for (sizes, limit) in [(rich, 10 * KB), (plain, 8 * KB)] {
        let mut typical: Vec<usize> = sizes.into_iter().map(|(_, size)| *size).collect();
        typical.sort_unstable();
        let typical = typical[typical.len() / 2];
        assert!(typical <= limit, "half of the pages have more than {typical} bytes, and {limit} are enough");
    }
}

#[test]
fn the_style_sheet_is_light() {
    let size: usize = files(".css").iter().map(|file| compressed(file)).sum();
    assert!(size <= 11 * KB, "{size} bytes");
}

#[test]
fn scripts_are_light() {
    for page in SITE.pages() {
        let html = fs::read_to_string(SITE.file(&page)).expect("a page");
        let scripts = html.split("<script").skip(1).filter_map(|tag| tag.split_once("src=\"")?.1.split_once('"'));
        let mut scripts: Vec<&str> = scripts.map(|(url, _)| url).collect();
        scripts.sort_unstable();
        scripts.dedup();
        let size: usize = scripts.iter().map(|url| compressed(&SITE.root.join(&url[1..]))).sum();
        // What a page needs beyond that of every page: the filter of a list, the dates of a race.
        let own = scripts.len() > 2;
        let limit = match page.as_str() {
            "/search/" => 8 * KB,
            _ if own => 3 * KB,
            _ => 2 * KB,
        };
        assert!(size <= limit, "{page}: {size} bytes of {limit}: {}", scripts.join(", "));
    }
}

#[test]
fn fonts_are_light() {
    let sizes: Vec<u64> = files(".woff2").iter().map(|file| fs::metadata(file).expect("a font").len()).collect();
    assert_eq!(sizes.len(), 2);
    assert!(sizes.iter().sum::<u64>() <= 32 * 1024, "{sizes:?}");
}

/// Files of the site that end like this, without those of the search index.
fn files(end: &str) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(&SITE.root).sort_by_file_name().into_iter().flatten();
    let files =
        files.map(walkdir::DirEntry::into_path).filter(|file| !file.starts_with(SITE.root.join("search-index")));
    files.filter(|file| file.to_string_lossy().ends_with(end)).collect()
}

/// How many bytes a file has when it is sent compressed.
pub fn compressed(file: &Path) -> usize {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&fs::read(file).expect("a file of the site")).expect("memory takes it");
    gzip.finish().expect("memory takes it").len()
}
