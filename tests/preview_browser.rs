//! The preview as a real browser sees it: headless Chromium, driven through chromedriver.
#![cfg(feature = "serve")]
#![expect(clippy::disallowed_methods, reason = "tests wait, and give up after a while")]

#[expect(dead_code, reason = "a browser asks for less than the tests of HTTP do")]
mod preview_support;
mod unable;

#[expect(dead_code, reason = "a browser is asked for less here than in the tests of the site")]
mod webdriver;

use preview_support::{Preview, Project, SITE};
use serde_json::json;
use webdriver::Browser;

/// A page that is long enough to scroll, with something to open.
const LONG: &str = "---\ntitle: Bulb\n---\n<details><summary>More</summary>\n\nThere is more.\n\n</details>\n\n";

/// A project whose page is long, its preview, and a window on that page.
fn window() -> Option<(Project, Preview, Browser)> {
    let browser = Browser::open()?;
    let project = Project::new(&SITE.replace("term_links: false", "term_links: false, allow_html: true"));
    project.write("content/tools/bulb.md", &long("first"));
    let preview = Preview::start(&project, &[]);
    browser.go(&format!("http://{}/tools/bulb/", preview.address));
    browser.until(&format!("{BAR} !== null"));
    Some((project, preview, browser))
}

fn long(word: &str) -> String {
    let lines: String = (0..200).map(|number| format!("Paragraph {number} of the {word} text.\n\n")).collect();
    format!("{LONG}{lines}")
}

/// The bar and the report in the shadow tree of the preview.
const BAR: &str = "document.querySelector('limber-preview').shadowRoot.querySelector('details.bar')";
const REPORT: &str = "document.querySelector('limber-preview').shadowRoot.querySelector('.report')";

#[test]
fn an_edit_shows_and_the_reader_stays_where_she_was() {
    let Some((project, _preview, browser)) = window() else { return };
    browser.run("document.querySelector('details').open = true; scrollTo(0, 2000); window.before = true");
    browser.until("scrollY === 2000");
    project.write("content/tools/bulb.md", &long("second"));
    browser.until("document.body.textContent.includes('Paragraph 3 of the second text')");
    browser.until("scrollY === 2000 && document.querySelector('details').open && !window.before");
}

#[test]
fn a_broken_page_stays_below_a_report_that_leaves_by_itself() {
    let Some((project, _preview, browser)) = window() else { return };
    browser.run("window.before = true");
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\nweight: heavy\n---\nBroken.\n");
    browser.until(&format!("!{REPORT}.hidden && {REPORT}.textContent.includes('content/tools/bulb.md:3:1')"));
    browser.until("window.before && document.body.textContent.includes('of the first text')");
    browser.press("\u{e00c}");
    browser.until(&format!("{REPORT}.hidden"));
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\nheight: tall\n---\nBroken.\n");
    browser.until(&format!("!{REPORT}.hidden && {REPORT}.textContent.includes('height')"));
    project.write("content/tools/bulb.md", &long("mended"));
    browser.until("document.body.textContent.includes('of the mended text')");
    browser.until(&format!("{BAR} !== null && {REPORT}.hidden"));
}

#[test]
fn a_page_that_never_was_good_appears_when_the_site_is_mended() {
    let Some(browser) = Browser::open() else { return };
    let project = Project::new("//- notes.txt\nnothing yet\n");
    let preview = Preview::start(&project, &[]);
    browser.go(&format!("http://{}/tools/bulb/", preview.address));
    browser.until("document.body.textContent.includes('site-missing')");
    for file in SITE.split("//- ").skip(1) {
        let (path, text) = file.split_once('\n').expect("a path and a text");
        project.write(path, text);
    }
    browser.until("document.body.textContent.includes('A bulb rolls.')");
}

#[test]
fn a_style_sheet_is_swapped_while_the_page_stays() {
    let Some((project, _preview, browser)) = window() else { return };
    browser.run("window.before = true");
    project.write("static/site.css", "body { color: rgb(7, 8, 9); }\n");
    browser.until("getComputedStyle(document.body).color === 'rgb(7, 8, 9)'");
    browser.until("window.before && document.querySelectorAll('link[rel=stylesheet]').length === 1");
}

#[test]
fn the_bar_is_reached_by_keyboard_and_remembers_that_it_is_open() {
    let Some((_project, preview, browser)) = window() else { return };
    assert_eq!(browser.run(&format!("return {BAR}.open")), json!(false));
    browser.run(&format!("{BAR}.querySelector('summary').focus()"));
    browser.press("\u{e007}");
    browser.until(&format!("{BAR}.open"));
    browser.go(&format!("http://{}/jobs/clover/", preview.address));
    browser.until(&format!("{BAR} && {BAR}.open && {BAR}.textContent.includes('content/jobs/clover.md:4')"));
    // The strict policy of the site holds for the preview, too.
    let size = browser.run(&format!("return getComputedStyle({BAR}).backgroundColor"));
    assert_eq!(size, json!("rgb(20, 25, 28)"));
}

#[test]
fn browsers_go_to_the_changed_page_when_asked_to() {
    let Some(browser) = Browser::open() else { return };
    let project = Project::new(SITE);
    let preview = Preview::start(&project, &["--navigate"]);
    browser.go(&format!("http://{}/", preview.address));
    browser.until("document.querySelector('limber-preview')");
    browser.until(&format!("{BAR} !== null"));
    project.write("content/tools/pruner.md", "---\ntitle: Pruner\n---\nFollow me.\n");
    browser.until("location.pathname === '/tools/pruner/' && document.body.textContent.includes('Follow me.')");
}

#[test]
fn the_preview_may_stop_and_come_back() {
    let Some((project, mut preview, browser)) = window() else { return };
    let port = preview.address.rsplit(':').next().expect("a port").to_string();
    preview.process().kill().expect("the preview ends");
    preview.process().wait().expect("the preview ends");
    project.write("content/tools/bulb.md", &long("later"));
    let again = Preview::start(&project, &["--port", &port]);
    assert_eq!(again.address, preview.address);
    browser.until("document.body.textContent.includes('of the later text')");
}
