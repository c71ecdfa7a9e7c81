//! Handouts: how many sheets of paper a page takes, and that readers are told.

use serde_json::json;

use crate::site::SITE;
use crate::webdriver::Browser;

/// The sheets that the pages of a section may take: one to hand out, two to read at home.
const SECTIONS: [(&str, u64); 7] = [
    ("/benefits/", 1),
    ("/techniques/", 1),
    ("/when/", 1),
    ("/tools/", 1),
    ("/conditions/", 2),
    ("/body/", 2),
    ("/guides/", 2),
];

/// Guides that say more than fits on two sheets, and the sheets they take.
const LONG: [(&str, u64); 10] = [
    ("/guides/after-the-race/", 3),
    ("/guides/choosing-a-type/", 3),
    ("/guides/claims-checked/", 12),
    ("/guides/combine-recovery/", 3),
    ("/guides/how-we-grade-evidence/", 3),
    ("/guides/running-and-your-body/", 3),
    ("/guides/safety/", 6),
    ("/guides/self-massage-routine/", 4),
    ("/guides/weekly-plan/", 4),
    ("/guides/your-appointment/", 3),
];

#[test]
fn the_list_of_handouts_names_every_page_that_prints_well_and_promises_few_sheets() {
    let Some(browser) = Browser::open() else { return };
    let limit = |page: &str| {
        let (_, sheets) = SECTIONS.iter().find(|(section, _)| page.starts_with(section) && page != *section)?;
        let long = LONG.iter().find(|(long, _)| *long == page);
        (!page.contains("/by-")).then_some(long.map_or(*sheets, |(_, sheets)| *sheets))
    };
    let mut allowed: Vec<(String, u64)> =
        SITE.pages().into_iter().filter_map(|page| limit(&page).map(|sheets| (page, sheets))).collect();
    allowed.sort();
    let mut promised = promised(&browser);
    promised.sort();
    assert_eq!(promised, allowed);
}

#[test]
fn handouts_take_no_more_sheets_than_their_list_promises() {
    let Some(browser) = Browser::open() else { return };
    let longer: Vec<String> = promised(&browser)
        .into_iter()
        .filter_map(|(page, promised)| {
            let taken = taken(&browser, &page);
            (taken > promised).then(|| format!("{page} takes {taken} sheets, not {promised}"))
        })
        .collect();
    assert!(longer.is_empty(), "{} pages are too long:\n{}", longer.len(), longer.join("\n"));
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

/// The sheets of A4 that the page takes when it is printed as browsers do it, without backgrounds.
fn taken(browser: &Browser, page: &str) -> u64 {
    browser.go(&SITE.url(page));
    let printed = browser.devtools("Page.printToPDF", json!({ "preferCSSPageSize": true }));
    // The browser can also read the code that the file comes in, and count its pages.
    let count = "return (atob(arguments[0]).match(/\\/Type\\s*\\/Page\\b/g) ?? []).length;";
    browser.run_with(count, json!([printed["data"]])).as_u64().expect("a number")
}
