//! What comes first on a phone, and that everything has room there.

use serde_json::Value;

use crate::print::handouts;
use crate::site::{ONE_OF_EVERY_TYPE, SITE};
use crate::survey::{OnAPhone, WITH_SCRIPTS, nothing_on_any_page};
use crate::webdriver::Browser;

/// Two screens of a common phone, in pixels.
const TWO_SCREENS: u64 = 2 * 844;

#[test]
fn what_to_do_begins_within_two_screens() {
    on_a_phone(&sections(&["/benefits/", "/techniques/"]), |seen| {
        let top = seen.how.expect("a heading of what to do");
        if top > TWO_SCREENS { vec![format!("how to do it begins at {top} px")] } else { vec![] }
    });
}

#[test]
fn what_not_to_massage_stands_within_two_screens_of_the_home_page() {
    on_a_phone(&["/".to_owned()], |seen| {
        let bottom = seen.warning.expect("a sign on the home page");
        if bottom > TWO_SCREENS { vec![format!("the first sign ends at {bottom} px")] } else { vec![] }
    });
}

#[test]
fn at_most_three_boxes_of_warnings_stand_before_the_text() {
    on_a_phone(&all_handouts(), |seen| if seen.boxes > 3 { vec![format!("{} boxes", seen.boxes)] } else { vec![] });
}

#[test]
fn rows_of_wide_tables_become_blocks_with_labels() {
    on_a_phone(&SITE.pages(), |seen| {
        seen.unlabelled.iter().map(|cell| format!("a cell without a label: {cell}")).collect()
    });
}

#[test]
fn the_line_above_the_text_says_how_long_the_whole_page_takes() {
    on_a_phone(&all_handouts(), |seen| {
        let (said, words) = seen.length;
        // A fifth and a minute to either side: whether a related entry is a row or a chip, only the template knows.
        let (least, most) = ((4 * words / 5).saturating_sub(200), 6 * words / 5 + 200);
        if said == 0 || (least..=most).contains(&(200 * said)) {
            vec![]
        } else {
            vec![format!("{said} min for {words} words")]
        }
    });
}

#[test]
fn conditions_that_must_not_be_massaged_come_first() {
    on_a_phone(&["/conditions/".to_owned()], |seen| {
        let mut verdicts = seen.verdicts.clone();
        verdicts.dedup();
        let wanted = ["Massage: no", "Massage: not at first", "Massage: gently", "Massage: yes"];
        if verdicts == wanted { vec![] } else { vec![format!("in the order {verdicts:?}")] }
    });
}

#[test]
fn texts_may_be_spaced_widely_on_a_narrow_screen() {
    let Some(browser) = Browser::open() else { return };
    browser.resize(320, 800);
    // What WCAG 1.4.12 lets readers set.
    let room = "const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
        document.adoptedStyleSheets = [sheet];
        const cut = [...document.querySelectorAll('body *')].filter(element => !element.closest('.vh, .hero, svg, .skip, thead, [tabindex]'))
            .filter(element => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1)
            .map(element => `cut off: .${element.className}`);
        const taken = document.documentElement.scrollWidth;
        return taken > innerWidth ? [`${taken} px wide`, ...cut] : cut";
    found(&browser, &ONE_OF_EVERY_TYPE.map(str::to_owned), |browser| texts(&browser.run(room)));
}

#[test]
fn texts_may_be_twice_as_large_on_a_phone() {
    let squeezed = "const sheet = new CSSStyleSheet();
        sheet.replaceSync('html { font-size: 200% !important }');
        document.adoptedStyleSheets = [sheet];
        const narrow = [...document.querySelectorAll('main :is(dd, dt, p, li, h1, h2, h3)')]
            .filter(element => !element.closest('.vh, .chart, svg, [tabindex]') && element.innerText.trim().length > 12 && element.checkVisibility())
            .filter(element => element.clientWidth < 80)
            .map(element => `${element.clientWidth} px for: ${element.textContent.trim().slice(0, 40)}`);
        const wide = [...document.querySelectorAll('body *')].filter(element => !element.closest('.vh, svg, .skip, .hero-side, [tabindex], .tablebox'))
            .filter(element => element.getBoundingClientRect().right > innerWidth + 1).slice(0, 3)
            .map(element => `beyond the edge: ${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 40)}`);
        return document.documentElement.scrollWidth > innerWidth ? [...wide, ...narrow] : narrow";
    let Some(browser) = Browser::open() else { return };
    browser.resize(390, 844);
    found(&browser, &ONE_OF_EVERY_TYPE.map(str::to_owned), |browser| texts(&browser.run(squeezed)));
}

#[test]
fn wide_screens_are_filled_to_the_right() {
    let Some(browser) = Browser::open() else { return };
    browser.resize(1280, 900);
    let right = "return Math.max(...[...document.querySelectorAll('.terms dd, .upright .press')].map(part => part.getBoundingClientRect().right))";
    found(&browser, &["/glossary/", "/when/"].map(str::to_owned), |browser| {
        let right = browser.run(right).as_f64().unwrap_or_default();
        if right < 1000.0 { vec![format!("ends at {right} px")] } else { vec![] }
    });
}

/// Every page that is offered as a handout.
fn all_handouts() -> Vec<String> {
    handouts().into_iter().map(|(page, _)| page).collect()
}

/// The pages of entries in some sections.
fn sections(sections: &[&str]) -> Vec<String> {
    all_handouts().into_iter().filter(|page| sections.iter().any(|section| page.starts_with(section))).collect()
}

/// Looks at what a phone shows of some pages, all of which have to be there.
fn on_a_phone(pages: &[String], faults: impl Fn(&OnAPhone) -> Vec<String>) {
    let Some(seen) = WITH_SCRIPTS.as_deref() else { return };
    let known = |page: &String| seen.iter().any(|seen| seen.page == *page);
    assert!(!pages.is_empty() && pages.iter().all(known), "some of {pages:?} were not looked at");
    nothing_on_any_page(Some(seen), |seen| match &seen.on_a_phone {
        Some(on_a_phone) if pages.contains(&seen.page) => faults(on_a_phone),
        _ => vec![],
    });
}

/// Fails with a list of what was found on which page.
fn found(browser: &Browser, pages: &[String], faults: impl Fn(&Browser) -> Vec<String>) {
    let found: Vec<String> = pages
        .iter()
        .flat_map(|page| {
            browser.go(&SITE.url(page));
            faults(browser).into_iter().map(move |fault| format!("{page}: {fault}"))
        })
        .collect();
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|text| Some(text.as_str()?.to_owned())).collect()
}
