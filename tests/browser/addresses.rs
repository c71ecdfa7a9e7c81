//! What search engines are told: which address a page is known by, and which pages there are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::site::{BASE_URL, SITE, build};
use crate::survey::WITHOUT_SCRIPTS;

#[test]
fn the_sitemap_lists_the_pages_that_are_known_by_their_own_address() {
    let listed = listed(&SITE.root, BASE_URL);
    for page in &listed {
        assert!(SITE.file(page).is_file(), "{page} is in the sitemap, but not in the site");
    }
    let Some(pages) = WITHOUT_SCRIPTS.as_deref() else { return };
    let own: BTreeSet<String> = pages.iter().filter(|seen| seen.is_canonical()).map(|seen| seen.page.clone()).collect();
    assert_eq!(listed, own);
}

#[test]
fn a_regrouped_index_is_known_by_the_address_of_its_index() {
    let Some(pages) = WITHOUT_SCRIPTS.as_deref() else { return };
    let mut count = 0;
    for seen in pages {
        if let Some((index, _)) = seen.page.split_once("/by-") {
            assert_eq!(seen.canonical, Some(format!("{BASE_URL}{index}/")), "{}", seen.page);
            count += 1;
        }
    }
    assert!(count > 10, "only {count} regrouped indexes");
}

#[test]
fn the_page_for_lost_addresses_has_no_address_of_its_own() {
    let Some(pages) = WITHOUT_SCRIPTS.as_deref() else { return };
    let lost = pages.iter().find(|seen| seen.page == "/404.html").expect("there is such a page");
    assert_eq!((lost.canonical.as_deref(), lost.robots.as_deref()), (None, Some("noindex")));
}

#[test]
fn an_old_address_leads_on_and_is_not_in_the_sitemap() {
    let folder = tempfile::tempdir().expect("a folder");
    let (project, out) = (folder.path().join("site"), folder.path().join("out"));
    let init = Command::new(env!("CARGO_BIN_EXE_limber")).arg("init").arg(&project).output().expect("the program runs");
    assert!(init.status.success());
    let entry = walkdir::WalkDir::new(project.join("content")).into_iter().flatten();
    let entry =
        entry.map(walkdir::DirEntry::into_path).find(|file| file.ends_with("tomato-soup.md")).expect("an entry");
    let text = fs::read_to_string(&entry).expect("an entry");
    fs::write(&entry, text.replacen("---\n", "---\nredirect_from: [/old/]\n", 1)).expect("an entry");
    build(&project, &out);
    let redirect = fs::read_to_string(out.join("old/index.html")).expect("the old address has a page");
    assert!(redirect.contains("http-equiv=\"refresh\""), "{redirect}");
    let sitemap = fs::read_to_string(out.join("sitemap.xml")).expect("a sitemap");
    assert!(!sitemap.contains("/old/") && sitemap.contains("tomato-soup"), "{sitemap}");
}

/// The pages in the sitemap of a built site.
fn listed(root: &Path, base_url: &str) -> BTreeSet<String> {
    let sitemap = fs::read_to_string(root.join("sitemap.xml")).expect("a sitemap");
    let urls = sitemap.split("<loc>").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0));
    urls.map(|url| url.strip_prefix(base_url).expect("an address of the site").to_owned()).collect()
}
