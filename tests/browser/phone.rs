//! What comes first on a phone, and that everything has room there.

use serde_json::Value;

use crate::print::handouts;
use crate::site::{ONE_OF_EVERY_TYPE, SITE};
use crate::webdriver::Browser;

/// Two screens of a common phone, in pixels.
const TWO_SCREENS: u64 = 2 * 844;

#[test]
fn what_to_do_begins_within_two_screens() {
    let top = "const heading = document.querySelector('#how, #tonight');
        return Math.round(heading.getBoundingClientRect().bottom + scrollY)";
    on_a_phone(&sections(&["/benefits/", "/techniques/"]), |browser| {
        let top = browser.run(top).as_u64().expect("a number");
        if top > TWO_SCREENS { vec![format!("how to do it begins at {top} px")] } else { vec![] }
    });
}

#[test]
fn what_not_to_massage_stands_within_two_screens_of_the_home_page() {
    let top = "return Math.round(document.querySelector('main :is(.alertline, .care li)').getBoundingClientRect().bottom + scrollY)";
    on_a_phone(&["/".to_owned()], |browser| {
        let bottom = browser.run(top).as_u64().expect("a number");
        if bottom > TWO_SCREENS { vec![format!("the first sign ends at {bottom} px")] } else { vec![] }
    });
}

#[test]
fn at_most_three_boxes_of_warnings_stand_before_the_text() {
    let boxes = "const text = document.querySelector('.prose > .body');
        return text && [...document.querySelectorAll('.prose .care')]
            .filter(box => box.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING).length";
    on_a_phone(&all_handouts(), |browser| {
        let boxes = browser.run(boxes).as_u64().unwrap_or_default();
        if boxes > 3 { vec![format!("{boxes} boxes")] } else { vec![] }
    });
}

#[test]
fn rows_of_wide_tables_become_blocks_with_labels() {
    let cells = "return [...document.querySelectorAll('main table')].filter(table => !table.closest('.matrix'))
        .filter(table => [4, 5].includes(table.rows[0].cells.length))
        .flatMap(table => [...table.rows].slice(1).flatMap(row => [...row.cells].slice(1)))
        .filter(cell => getComputedStyle(cell).display !== 'block' || getComputedStyle(cell, '::before').content === 'none')
        .map(cell => `a cell without a label: ${cell.textContent.trim().slice(0, 40)}`)";
    on_a_phone(&SITE.pages(), |browser| texts(&browser.run(cells)));
}

#[test]
fn the_line_above_the_text_says_how_long_the_whole_page_takes() {
    let length = "const said = parseInt(document.querySelector('.page-head .meta')?.textContent ?? '');
        document.querySelectorAll('.toc, #sources ~ *, .qr').forEach(element => element.remove());
        document.querySelectorAll('details').forEach(element => { element.open = true });
        const words = document.querySelector('main').innerText.split(/\\s+/).filter(Boolean).length;
        return [said || 0, words]";
    on_a_phone(&all_handouts(), |browser| {
        let length = browser.run(length);
        let (said, words) = (length[0].as_u64().unwrap_or_default(), length[1].as_u64().expect("a number"));
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
    let roles = "return [...document.querySelectorAll('.verdicts .fx')].map(mark => mark.textContent.trim())
        .filter(role => role.startsWith('Massage'))";
    on_a_phone(&["/conditions/".to_owned()], |browser| {
        let mut roles = texts(&browser.run(roles));
        roles.dedup();
        let wanted = ["Massage: no", "Massage: not at first", "Massage: gently", "Massage: yes"];
        if roles == wanted { vec![] } else { vec![format!("in the order {roles:?}")] }
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
    on_a_phone(&ONE_OF_EVERY_TYPE.map(str::to_owned), |browser| texts(&browser.run(squeezed)));
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

fn on_a_phone(pages: &[String], faults: impl Fn(&Browser) -> Vec<String>) {
    let Some(browser) = Browser::open() else { return };
    browser.resize(390, 844);
    found(&browser, pages, faults);
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
