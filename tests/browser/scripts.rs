//! What scripts add where they run: filters, the theme and race dates.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::site::SITE;
use crate::webdriver::Browser;

#[test]
fn a_filter_shows_what_fits_and_keeps_it_in_the_address() {
    let Some(browser) = open("/benefits/") else { return };
    browser.until("document.querySelector('.filter input')");
    let all = shown(&browser);
    assert!(all > 10);
    assert_eq!(status(&browser), format!("{all} in all"));

    let first = choose(&browser, 0, 0);
    let some = shown(&browser);
    assert!(0 < some && some < all, "{first}: {some} of {all}");
    assert_eq!(status(&browser), format!("{some} of {all} shown"));
    choose(&browser, 0, 1);
    let either = shown(&browser);
    assert!(either > some, "two choices of one facet show more, not {either}");
    choose(&browser, 1, 0);
    let both = shown(&browser);
    assert!(both < either, "a choice of another facet shows fewer, not {both}");

    let address = browser.run("return location.href");
    browser.go(address.as_str().expect("an address"));
    browser.until("document.querySelector('.filter input:checked')");
    assert_eq!(shown(&browser), both, "the address brings the same list back");

    browser.run("document.querySelector('.filter [type=reset]').click()");
    browser.until("!location.search");
    assert_eq!(shown(&browser), all);
}

#[test]
fn a_filter_that_leaves_nothing_says_which_facet_to_drop() {
    // What is strongly supported has an effect.
    let Some(browser) = open("/benefits/?grade=strong&finding=against") else { return };
    browser.until("document.querySelector('.filter input:checked')");
    assert_eq!(shown(&browser), 0);
    assert_eq!(status(&browser), "Nothing fits. Clear “What happened” to see more.");
}

#[test]
fn a_list_is_filtered_by_what_its_kind_is_grouped_by() {
    let techniques = ["Body areas", "When", "Pressure", "Who does it", "How sure"];
    let benefits = ["Body areas", "When", "Pressure", "What happened", "How sure"];
    for (page, facets) in [("/techniques/", techniques), ("/benefits/", benefits)] {
        let Some(browser) = open(page) else { return };
        browser.until("document.querySelector('.filter input')");
        let legends = "return [...document.querySelectorAll('.filter legend')].map((legend) => legend.textContent)";
        assert_eq!(browser.run(legends), json!(facets));
    }
    let Some(browser) = open("/techniques/?areas=calves&timings=pre-event&who=self") else { return };
    browser.until("document.querySelector('.filter[open] input:checked')");
    let names = "return [...document.querySelectorAll('[data-facets]')].filter((item) => item.checkVisibility())\
                   .map((item) => item.querySelector('a').getAttribute('href'))";
    let names = browser.run(names);
    let names = names.as_array().expect("a list");
    assert!(!names.is_empty() && names.len() < 10, "{names:?}");
    for name in names {
        let page = name.as_str().expect("an address");
        let text = fs::read_to_string(SITE.file(page)).expect("a page");
        assert!(text.contains("href=\"/body/calves/\""), "{page} does not go with calves");
    }
}

#[test]
fn the_table_of_claims_is_filtered_by_the_marks_in_it() {
    let Some(browser) = open("/guides/claims-checked/") else { return };
    browser.until("document.querySelector('.filter input')");
    assert_eq!(browser.run("return document.querySelectorAll('.filter').length"), 1);
    let labels = "return [...document.querySelectorAll('.filter label')].slice(0, 4).map((label) => label.textContent)";
    assert_eq!(browser.run(labels), json!(["Strong", "Moderate", "Limited", "Contested"]));
    let all = shown(&browser);
    choose(&browser, 0, 0);
    assert_eq!((shown(&browser), status(&browser)), (1, format!("1 of {all} shown")));
    assert_eq!(
        browser
            .run("return [...document.querySelectorAll('.claims')].filter((table) => table.checkVisibility()).length"),
        1
    );
}

#[test]
fn a_list_that_is_grouped_anew_has_no_filter() {
    let Some(browser) = open("/techniques/by-area/") else { return };
    assert_eq!(browser.run("return document.querySelectorAll('[data-facets], [data-filter], .filter').length"), 0);
}

#[test]
fn the_theme_is_chosen_once_and_there_before_anything_is_painted() {
    let Some(browser) = open("/") else { return };
    let probe = "new MutationObserver((_, observer) => {\
                   if (document.body) { observer.disconnect(); window.themeAtBody = document.documentElement.dataset.theme ?? 'system'; }\
                 }).observe(document, { childList: true, subtree: true });";
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": probe }));
    browser.go(&SITE.url("/"));
    assert_eq!(browser.run("return window.themeAtBody"), "system");

    for theme in ["dark", "light"] {
        browser.until("document.querySelector('.tools button')");
        browser.run("document.querySelector('.tools button').click()");
        assert_eq!(browser.run("return document.documentElement.dataset.theme"), theme);
        let pressed = browser.run("return document.querySelector('.tools button').getAttribute('aria-pressed')");
        assert_eq!(pressed, if theme == "dark" { "true" } else { "false" });
        browser.go(&SITE.url("/techniques/"));
        assert_eq!(browser.run("return window.themeAtBody"), theme, "before the page has a body");
        let paper = browser.run("return getComputedStyle(document.body).backgroundColor");
        assert_eq!(paper, if theme == "dark" { "rgb(11, 26, 27)" } else { "rgb(244, 247, 246)" });
    }
}

#[test]
fn the_theme_follows_the_system_until_the_reader_chooses() {
    let Some(browser) = open("/") else { return };
    let paper = |scheme: &str| {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.devtools("Emulation.setEmulatedMedia", features);
        browser.run("return getComputedStyle(document.body).backgroundColor")
    };
    assert_eq!(paper("dark"), "rgb(11, 26, 27)");
    assert_eq!(paper("light"), "rgb(244, 247, 246)");
}

#[test]
fn nothing_moves_for_readers_who_want_less_motion() {
    let Some(browser) = open("/") else { return };
    let features = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    browser.devtools("Emulation.setEmulatedMedia", features);
    let moving = "return [...document.querySelectorAll('*')].filter((element) => {\
                    const { transitionDuration, animationName } = getComputedStyle(element);\
                    return transitionDuration.split(', ').some((time) => parseFloat(time) > 0.01) || animationName !== 'none';\
                  }).length";
    assert_eq!(browser.run(moving), 0);
}

#[test]
fn the_page_for_lost_addresses_offers_the_pages_that_were_nearly_meant() {
    let Some(browser) = open("/techniques/foam-roling/") else { return };
    browser.until("document.querySelector('[data-sitemap] a[href=\"/techniques/foam-rolling/\"]')?.checkVisibility()");
    browser.go(&SITE.url("/xyzzy/"));
    let looked = "await (await fetch('/sitemap.xml')).text(); await new Promise((done) => setTimeout(done, 300));\
                  return document.querySelector('[data-sitemap]').checkVisibility()";
    assert_eq!(browser.run_async(looked, json!([])), false);
}

#[test]
fn a_race_date_turns_days_into_dates_and_a_calendar_file() {
    let Some(browser) = open("/plan/race/") else { return };
    let downloads = tempfile::tempdir().expect("a folder");
    browser.devtools("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": downloads.path() }));
    browser.until("document.querySelector('main input[type=date]')");
    let type_date = "const input = document.querySelector('main input[type=date]');\
                     input.value = '2027-04-25'; input.dispatchEvent(new Event('input', { bubbles: true }));";
    browser.run(type_date);
    let dates = browser.run("return [...document.querySelectorAll('.dates')].map((dates) => dates.textContent)");
    let dates: Vec<&str> = dates.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(dates.iter().any(|date| date.contains("25 Apr")), "{dates:?}");

    browser.run("document.querySelector('main input[type=date]').form.requestSubmit()");
    let file = downloads.path().join("race-20270425.ics");
    assert!(
        (0..200).any(|_| file.is_file() || {
            sleep(Duration::from_millis(50));
            false
        }),
        "no calendar file"
    );
    let calendar = fs::read_to_string(file).expect("a calendar file");
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), dates.len());
    assert!(calendar.lines().all(|line| line.len() <= 75), "{calendar}");
    assert!(calendar.contains("DTSTART;VALUE=DATE:20270425"));
}

fn open(page: &str) -> Option<Browser> {
    let browser = Browser::open()?;
    browser.go(&SITE.url(page));
    Some(browser)
}

/// How many entries of the list are on the screen.
fn shown(browser: &Browser) -> u64 {
    let script =
        "return [...document.querySelectorAll('[data-facets]')].filter((item) => item.checkVisibility()).length";
    browser.run(script).as_u64().expect("a number")
}

/// Ticks a box of the filter and says which one it was.
fn choose(browser: &Browser, facet: u64, choice: u64) -> String {
    let script = "const set = document.querySelectorAll('.filter fieldset')[arguments[0]];\
                  const box = set.querySelectorAll('input')[arguments[1]]; box.click(); return box.name + '=' + box.value;";
    browser.run_with(script, json!([facet, choice])).as_str().expect("a box").to_owned()
}

fn status(browser: &Browser) -> String {
    browser
        .run("return document.querySelector('main [role=status]').textContent")
        .as_str()
        .unwrap_or_default()
        .to_owned()
}
