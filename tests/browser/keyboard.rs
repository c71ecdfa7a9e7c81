//! A walk through the page with the tabulator: every stop is seen, and one sees that it is the stop.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::from_value;

use crate::site::SITE;
use crate::webdriver::Browser;

/// Where the keyboard is.
#[derive(Deserialize)]
struct Stop {
    /// The element in words.
    name: String,
    /// Which of the elements it is; the walk ends where the page ends.
    at: Option<u32>,
    /// What is wrong with it.
    wrong: Vec<String>,
}

/// The tabulator, as WebDriver calls it.
const TAB: &str = "\u{e004}";

const PAGES: [&str; 9] = [
    "/",
    "/benefits/less-soreness/",
    "/conditions/shin-splints/",
    "/body/calves/",
    "/benefits/",
    "/benefits-by-technique/",
    "/plan/race/",
    "/guides/claims-checked/",
    "/404.html",
];

#[test]
fn every_stop_of_the_keyboard_is_seen_on_a_phone() {
    every_stop_is_seen(390, 844);
}

#[test]
fn every_stop_of_the_keyboard_is_seen_on_a_desk() {
    every_stop_is_seen(1280, 800);
}

fn every_stop_is_seen(width: u32, height: u32) {
    let Some(browser) = Browser::open() else { return };
    browser.resize(width, height);
    let faults: Vec<String> = PAGES
        .into_iter()
        .flat_map(|page| {
            browser.go(&SITE.url(page));
            walk(&browser).into_iter().map(move |fault| format!("{page} at {width} px: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Presses the tabulator until the page ends, or for as many stops as show everything that pages have in common.
fn walk(browser: &Browser) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for number in 0..70 {
        browser.press(TAB);
        let stop: Stop = from_value(browser.run(include_str!("stop.js"))).expect("a stop");
        let Some(at) = stop.at else { break };
        if number == 0 && !stop.name.contains("Skip") {
            faults.push(format!("the first stop is {}", stop.name));
        }
        if !seen.insert(at) {
            break;
        }
        faults.extend(stop.wrong.into_iter().map(|wrong| format!("{} {wrong}", stop.name)));
    }
    assert!(seen.len() > 5, "the keyboard stops only {} times", seen.len());
    faults
}
