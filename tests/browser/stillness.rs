//! Nothing moves under a reader's thumb while a page arrives: what comes late finds its room kept.

use serde_json::{Value, json};

use crate::site::{ONE_OF_EVERY_TYPE, SITE};
use crate::webdriver::Browser;

#[test]
fn what_scripts_add_moves_nothing() {
    // The script that chooses the theme stands in the way of the first paint; all others may be late.
    let late = ["theme-toggle", "filter", "race", "search", "find", "lost"].map(|script| format!("*/{script}.*.js"));
    let places = "return [...document.querySelectorAll('.site-nav, .tools a, main :is(h1, h2, li, tr), footer')]
        .map(element => [element, element.getBoundingClientRect()])
        .filter(([, box]) => box.y < innerHeight)
        .map(([element, box]) => [element.textContent.slice(0, 30).trim(), Math.round(box.x), Math.round(box.y)])";
    same_without(&late, places);
}

#[test]
fn texts_are_as_wide_before_their_font_is_there() {
    let sizes = "await document.fonts.ready;
        const widths = [...document.querySelectorAll('.answer, .lead, .lede, .prose, footer p')]
            .map(element => [element.className, element.offsetWidth]);
        return [document.querySelector('.site-head').offsetHeight, ...widths]";
    same_without(&["*.woff2".to_owned()], sizes);
}

/// Sees that a script returns the same of every page, with and without some files.
fn same_without(files: &[String], script: &str) {
    let Some(browser) = Browser::open() else { return };
    browser.devtools("Network.enable", json!({}));
    browser.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true }));
    let see = |page: &str, blocked: &[String]| -> Value {
        browser.devtools("Network.setBlockedURLs", json!({ "urls": blocked }));
        browser.go(&SITE.url(page));
        browser.run_async(script, json!([]))
    };
    for (width, height) in [(390, 1500), (1280, 900)] {
        browser.resize(width, height);
        for page in ONE_OF_EVERY_TYPE {
            assert_eq!(see(page, files), see(page, &[]), "{page} at {width}");
        }
    }
}
