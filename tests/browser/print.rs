//! Handouts: how many sheets of paper a page takes, and that readers are told.

use std::fs;

use limber::qr;
use serde_json::json;

use crate::paper::PRINTED;
use crate::site::SITE;
use crate::webdriver::Browser;

/// The sections whose pages are offered as handouts.
const SECTIONS: [&str; 8] =
    ["/benefits/", "/techniques/", "/when/", "/tools/", "/conditions/", "/body/", "/guides/", "/plan/"];

/// The sheets that such a page may take.
const SHEETS: u64 = 2;

/// The section whose pages hang on walls and lie in kit bags: one sheet each.
const ONE_SHEET: &str = "/when/";

/// Pages that say more than fits, and the sheets they take: 51 claims, each with its reasons, and what says when to stop, in
/// full, which is safer long than cut.
const LONG: [(&str, u64); 2] = [("/guides/claims-checked/", 6), ("/guides/safety/", 4)];

#[test]
fn the_list_of_handouts_names_every_page_that_prints_well_and_promises_few_sheets() {
    let Some(browser) = Browser::open() else { return };
    let mut promised = promised(&browser);
    promised.sort();
    assert_eq!(promised, handouts());
}

#[test]
fn handouts_take_no_more_sheets_than_their_list_promises() {
    let Some(browser) = Browser::open() else { return };
    let Some(printed) = &*PRINTED else { return };
    let longer: Vec<String> = promised(&browser)
        .into_iter()
        .filter_map(|(page, promised)| {
            let taken = printed.iter().find(|printed| printed.page == page).map_or(u64::MAX, |printed| printed.sheets);
            (taken > promised).then(|| format!("{page} takes {taken} sheets, not {promised}"))
        })
        .collect();
    assert!(longer.is_empty(), "{} pages are too long:\n{}", longer.len(), longer.join("\n"));
}

#[test]
fn handouts_carry_a_code_of_their_own_address() {
    for (page, _) in handouts() {
        let html = fs::read_to_string(SITE.file(&page)).expect("a page");
        let (_, address) = html.split_once("<link rel=\"canonical\" href=\"").expect("an address");
        let (address, _) = address.split_once('"').expect("an end of the address");
        let code = qr::draw(address).expect("an address of usual length");
        assert!(html.contains(&code.path), "{page} has no code of {address}");
    }
}

#[test]
fn paper_is_white_in_the_dark_theme_too() {
    let Some(browser) = Browser::open() else { return };
    let dark = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print", "features": dark }));
    browser.go(&SITE.url("/body/calves/"));
    let printed = browser.run(
        "document.documentElement.dataset.theme = 'dark';
        const all = [...document.querySelectorAll('html, body, body *')].map(element => getComputedStyle(element));
        const backgrounds = new Set(all.map(style => style.backgroundColor));
        return [all[0].colorScheme, all[0].color, ...backgrounds];",
    );
    assert_eq!(printed, json!(["light", "rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]));
}

/// The pages of all sections in order, with the sheets that each may take.
pub fn handouts() -> Vec<(String, u64)> {
    let limit = |page: &str| {
        let offered = SECTIONS.iter().any(|section| page.starts_with(section) && page != *section);
        let long = LONG.iter().find(|(long, _)| *long == page);
        let usual = if page.starts_with(ONE_SHEET) { 1 } else { SHEETS };
        (offered && !page.contains("/by-")).then_some(long.map_or(usual, |(_, sheets)| *sheets))
    };
    SITE.pages().into_iter().filter_map(|page| limit(&page).map(|sheets| (page, sheets))).collect()
}

/// The pages on the list of handouts, with the sheets that it promises.
fn promised(browser: &Browser) -> Vec<(String, u64)> {
    browser.go(&SITE.url("/handouts/"));
    let listed = browser.run(
        "return [...document.querySelectorAll('[data-sheets] a')]
            .map(link => [link.pathname, Number(link.closest('[data-sheets]').dataset.sheets)]);",
    );
    serde_json::from_value(listed).expect("addresses with numbers")
}
