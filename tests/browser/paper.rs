//! What stands on the paper of a printed page, compared with the data that the page was made of.

use std::fs;
use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::{Value, from_value, json};

use crate::print::handouts;
use crate::site::{BASE_URL, SITE};
use crate::tools::text_of_pdf;
use crate::webdriver::Browser;

/// A page that was printed as browsers do it, without backgrounds.
pub struct Printed {
    /// The page, such as `/plan/race/`.
    pub page: String,
    /// How many sheets of A4 it takes.
    pub sheets: u64,
    /// Its text, with what stands side by side on one line.
    lines: String,
    /// Its text in the order in which it was printed, letters and digits only.
    letters: String,
    /// What of it has to be on the paper.
    screen: Screen,
    /// What leads to something that is not on the sheet.
    pointing: Vec<String>,
}

/// What the page shows on a screen.
#[derive(Deserialize)]
struct Screen {
    /// What it warns of, and what it asks.
    warnings: Vec<String>,
    /// Its timeline: when, and with which pressure.
    timeline: Vec<(String, String)>,
    /// Rows of its matrix: the name, and what its graded cells say.
    matrix: Vec<Vec<String>>,
}

/// The table of what helps what, which is printed on sheets that lie on their side.
const MATRIX: &str = "/benefits-by-technique/";

/// The page that the site begins with.
const HOME: &str = "/";

/// Every page that is offered as a handout, the matrix and the home page; none where no browser is installed.
pub static PRINTED: LazyLock<Option<Vec<Printed>>> = LazyLock::new(|| {
    let browser = Browser::open()?;
    let others = [MATRIX, HOME].map(str::to_owned);
    handouts().into_iter().map(|(page, _)| page).chain(others).map(|page| print(&browser, page)).collect()
});

/// Fields that handouts carry: what to do, what not to, and when to get help.
const CARRIED: [&str; 13] = [
    "answer",
    "steps",
    "how",
    "do",
    "dont",
    "cautions",
    "signs",
    "get_help",
    "causes",
    "first_week",
    "return_to_run",
    "prevention",
    "care_points",
];

#[test]
fn handouts_carry_what_to_do() {
    each_entry(|printed, entry, _| {
        let texts = CARRIED.iter().filter_map(|field| entry["fields"].get(field)).flat_map(texts);
        missing(printed, texts.flat_map(pieces))
    });
}

#[test]
fn every_stop_sign_of_a_page_is_printed_with_its_action() {
    each_entry(|printed, entry, graph| {
        // The safety guide holds the signs themselves.
        let rules = graph.related(entry, "stop_rules");
        missing(
            printed,
            rules.flat_map(|(rule, _)| [&rule["title"], &rule["fields"]["action"]].map(text)).flat_map(pieces),
        )
    });
}

#[test]
fn a_warning_on_the_screen_is_on_paper_too() {
    let mut seen = 0;
    each_page(|printed| {
        let warnings = &printed.screen.warnings;
        seen += usize::from(printed.page == HOME && warnings.len() > 15);
        missing(printed, warnings.iter().cloned())
    });
    assert!(PRINTED.is_none() || seen == 1, "the home page has lost its warnings");
}

#[test]
fn paper_says_that_it_is_no_medical_advice() {
    each_page(|printed| missing(printed, ["not medical advice".to_owned()].into_iter()));
}

#[test]
fn conditions_are_printed_with_all_that_is_to_be_avoided() {
    each_entry(|printed, entry, graph| {
        let avoided = graph.related(entry, "avoid");
        missing(printed, avoided.flat_map(|(technique, edge)| [name(technique), text(&edge["note"])]).flat_map(pieces))
    });
}

#[test]
fn every_row_of_a_timeline_is_printed_with_its_own_pressure() {
    let mut seen = 0;
    each_page(|printed| {
        let rows = printed.screen.timeline.iter();
        rows.filter(|(when, pressure)| {
            seen += 1;
            // Both on one line, in this order.
            let both = |line: &str| line.split_once(when).is_some_and(|(_, after)| after.contains(pressure));
            !printed.lines.lines().any(both)
        })
        .map(|(when, pressure)| format!("{when}: not {pressure}"))
        .collect()
    });
    assert!(seen == 0 || seen > 10, "only {seen} rows");
}

#[test]
fn the_cells_of_the_matrix_are_printed_in_words() {
    let mut seen = 0;
    each_page(|printed| {
        if printed.page != MATRIX {
            return Vec::new();
        }
        let texts: Vec<String> = printed.screen.matrix.iter().flatten().map(|text| letters(text)).collect();
        seen = texts.len();
        // Row for row, in the order of the table: the name, then what its graded cells say.
        let mut rest = printed.letters.as_str();
        let lost = texts.iter().find(|text| match rest.split_once(text.as_str()) {
            Some((_, after)) => {
                rest = after;
                false
            }
            None => true,
        });
        lost.into_iter().map(|text| format!("no `{text}` where it should be")).collect()
    });
    assert!(seen == 0 || seen > 40, "only {seen} rows and cells");
}

#[test]
fn nothing_on_paper_leads_to_what_is_not_on_the_sheet() {
    each_page(|printed| printed.pointing.clone());
}

/// Prints the page, and reads what came out; none where the reader of PDF files is missing.
fn print(browser: &Browser, page: String) -> Option<Printed> {
    browser.go(&SITE.url(&page));
    let screen = from_value(browser.run(include_str!("paper.js"))).expect("what is on the screen");
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let pointing = from_value(browser.run(include_str!("pointing.js"))).expect("a list of texts");
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }));
    let printed = browser.devtools("Page.printToPDF", json!({ "preferCSSPageSize": true }));
    let pdf = BASE64_STANDARD.decode(text(&printed["data"])).expect("a file in base64");
    let lines = text_of_pdf(&pdf, "-layout")?;
    // Every sheet ends with a form feed.
    let sheets = lines.matches('\u{c}').count() as u64;
    let letters = letters(&text_of_pdf(&pdf, "-raw")?);
    Some(Printed { page, sheets, lines, letters, screen, pointing })
}

/// The relations of the site as `graph.json` has them.
struct Graph(Value);

impl Graph {
    fn entries(&self) -> &[Value] {
        self.0["entries"].as_array().expect("entries")
    }

    fn entry(&self, id: &Value) -> &Value {
        self.entries().iter().find(|entry| entry["id"] == *id).expect("an entry at the end of an edge")
    }

    /// What an entry has written or been given under a key, with the edges.
    fn related<'g>(&'g self, entry: &'g Value, key: &'g str) -> impl Iterator<Item = (&'g Value, &'g Value)> {
        let relations = self.0["relations"].as_array().expect("relations").iter();
        let edges = relations.filter(move |relation| relation["relation"]["one"]["key"] == *key);
        let edges = edges.flat_map(|relation| relation["edges"].as_array().expect("edges"));
        edges.filter(|edge| edge["from"] == entry["id"]).map(|edge| (self.entry(&edge["to"]), edge))
    }
}

/// Compares every printed entry with its data.
fn each_entry(faults: impl Fn(&Printed, &Value, &Graph) -> Vec<String>) {
    let graph = fs::read_to_string(SITE.root.join("graph.json")).expect("the graph of the site");
    let graph = Graph(serde_json::from_str(&graph).expect("JSON"));
    let mut seen = 0;
    each_page(|printed| {
        let address = format!("{BASE_URL}{}", printed.page);
        let entry = graph.entries().iter().find(|entry| entry["url"] == *address);
        seen += usize::from(entry.is_some());
        entry.map_or_else(Vec::new, |entry| faults(printed, entry, &graph))
    });
    assert!(seen == 0 || seen > 90, "only {seen} entries are printed");
}

/// Fails with a list of what was found on which page.
fn each_page(mut faults: impl FnMut(&Printed) -> Vec<String>) {
    let Some(pages) = &*PRINTED else { return };
    let found: Vec<String> = pages
        .iter()
        .flat_map(|printed| {
            let faults = faults(printed);
            faults.into_iter().map(|fault| format!("{}: {fault}", printed.page)).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

/// Which of the texts are not on the paper.
fn missing(printed: &Printed, texts: impl Iterator<Item = String>) -> Vec<String> {
    texts.filter(|text| !printed.letters.contains(&letters(text))).map(|text| format!("no `{text}`")).collect()
}

/// A text between citations, which are printed as numbers; of links, the words.
fn pieces(markdown: &str) -> Vec<String> {
    let without_citations = markdown.split("[@").enumerate();
    let pieces = without_citations.map(|(at, piece)| match piece.split_once(']') {
        Some((_, after)) if at > 0 => after,
        _ => piece,
    });
    pieces
        .map(|piece| piece.split("](").map(|part| part.split_once(')').map_or(part, |(_, after)| after)).collect())
        .collect()
}

/// Letters and digits: white space and hyphens fall where a line ends, and quotes are curly on paper.
fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

fn name(entry: &Value) -> &str {
    entry["short_title"].as_str().unwrap_or_else(|| text(&entry["title"]))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A text, or the texts of a list.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        value => value.as_str().into_iter().collect(),
    }
}
