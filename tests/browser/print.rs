//! Handouts: how many sheets of paper a page takes.

use serde_json::json;

use crate::site::SITE;
use crate::webdriver::Browser;

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
fn benefits_techniques_timings_and_tools_fit_on_one_sheet() {
    at_most(1, &["/benefits/", "/techniques/", "/when/", "/tools/"]);
}

#[test]
fn conditions_body_areas_and_guides_fit_on_two_sheets() {
    at_most(2, &["/conditions/", "/body/", "/guides/"]);
}

fn at_most(sheets: u64, sections: &[&str]) {
    let Some(browser) = Browser::open() else { return };
    let entries = SITE.pages().into_iter().filter(|page| {
        let section = sections.iter().find(|section| page.starts_with(**section));
        section.is_some_and(|section| page != section && !page.contains("/by-"))
    });
    let longer: Vec<String> = entries
        .filter_map(|page| {
            let taken = taken(&browser, &page);
            let sheets = LONG.iter().find(|(long, _)| *long == page).map_or(sheets, |(_, sheets)| *sheets);
            (taken > sheets).then(|| format!("{page} takes {taken} sheets"))
        })
        .collect();
    assert!(longer.is_empty(), "{} pages are too long:\n{}", longer.len(), longer.join("\n"));
}

/// The sheets of A4 that the page takes when it is printed as browsers do it, without backgrounds.
fn taken(browser: &Browser, page: &str) -> u64 {
    browser.go(&SITE.url(page));
    let printed = browser.devtools("Page.printToPDF", json!({ "preferCSSPageSize": true }));
    // The browser can also read the code that the file comes in, and count its pages.
    let count = "return (atob(arguments[0]).match(/\\/Type\\s*\\/Page\\b/g) ?? []).length;";
    browser.run_with(count, json!([printed["data"]])).as_u64().expect("a number")
}
