//! Every page of the site opened once, with what a browser says about it.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::json;

use crate::site::{BASE_URL, SITE};
use crate::webdriver::Browser;

/// What the browser sees of a page.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// The page, such as `/a-z/`.
    #[serde(default)]
    pub page: String,
    /// Messages on the console.
    #[serde(default)]
    pub console: Vec<String>,
    /// Widths at which the page scrolls sideways, with the width it takes.
    #[serde(default)]
    pub sideways: Vec<String>,
    /// The contents of the `title`.
    pub title: String,
    /// The description for search engines.
    pub description: String,
    /// The address in the `canonical` link.
    pub canonical: Option<String>,
    /// The content of `meta name=robots`.
    pub robots: Option<String>,
    /// The language of the page.
    pub lang: String,
    /// The levels of its headings, in order.
    pub headings: Vec<u8>,
    /// Its landmarks: `banner`, `main` and so on.
    pub landmarks: Vec<String>,
    /// Whether the first link leads to an element that is there, and which one.
    pub skip_link: Option<String>,
    /// How many words the main part has.
    pub words: u32,
    /// Where its links within the site lead, without query and fragment.
    pub links: Vec<String>,
    /// Links to a place on a page of the site, with the fragment.
    pub anchors: Vec<String>,
    /// Ids of its elements.
    pub ids: Vec<String>,
    /// What the strict policy forbids: inline scripts, styles and handlers.
    pub inline: Vec<String>,
    /// Addresses of everything that was loaded from elsewhere.
    pub foreign: Vec<String>,
    /// Images without a size.
    pub unsized_images: Vec<String>,
    /// Things to press outside running text that are smaller than 24 px, with too little room round them.
    pub small: Vec<String>,
    /// The policy in the page.
    pub policy: String,
    /// What a phone shows of it; nothing where scripts are blocked.
    #[serde(skip)]
    pub on_a_phone: Option<OnAPhone>,
}

/// What a phone shows of a page.
#[derive(Debug, Deserialize)]
pub struct OnAPhone {
    /// Where the heading of what to do ends, in pixels from the top.
    pub how: Option<u64>,
    /// Where the first warning ends.
    pub warning: Option<u64>,
    /// How many boxes of warnings stand before the text.
    pub boxes: u64,
    /// Cells of wide tables that are no blocks with a label.
    pub unlabelled: Vec<String>,
    /// What a list of conditions says of massage, in its order.
    pub verdicts: Vec<String>,
    /// How many minutes the page promises, and how many words it has.
    #[serde(skip)]
    pub length: (u64, u64),
}

impl Seen {
    /// Whether search engines are to show this very page.
    pub fn is_canonical(&self) -> bool {
        self.robots.is_none() && self.canonical.as_deref() == Some(&format!("{BASE_URL}{}", self.page))
    }
}

/// All pages, seen with scripts running; none where there is no browser.
pub static WITH_SCRIPTS: LazyLock<Option<Vec<Seen>>> = LazyLock::new(|| look(true));

/// All pages, seen with scripts blocked; none where there is no browser.
pub static WITHOUT_SCRIPTS: LazyLock<Option<Vec<Seen>>> = LazyLock::new(|| look(false));

/// The last one is that of a phone, whose words are counted then.
const WIDTHS: [u32; 4] = [320, 768, 1280, 390];

fn look(scripts: bool) -> Option<Vec<Seen>> {
    let browser = Browser::open()?;
    if !scripts {
        browser.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    }
    Some(SITE.pages().into_iter().map(|page| see(&browser, page, scripts)).collect())
}

fn see(browser: &Browser, page: String, scripts: bool) -> Seen {
    browser.resize(390, 844);
    browser.go(&SITE.url(&page));
    let seen = browser.run(include_str!("survey.js"));
    let mut seen: Seen = serde_json::from_value(seen).expect("the survey answers in the form it is read in");
    if scripts {
        let on_a_phone = browser.run(include_str!("phone.js"));
        let mut on_a_phone: OnAPhone = serde_json::from_value(on_a_phone).expect("what is on a phone");
        seen.sideways = WIDTHS.into_iter().filter_map(|width| sideways(browser, width)).collect();
        seen.console = browser.console();
        let length = browser.run(include_str!("length.js"));
        on_a_phone.length = serde_json::from_value(length).expect("two numbers");
        seen.on_a_phone = Some(on_a_phone);
    }
    seen.page = page;
    seen
}

fn sideways(browser: &Browser, width: u32) -> Option<String> {
    browser.resize(width, 844);
    let taken = browser.run("return [document.documentElement.scrollWidth, innerWidth]");
    let (taken, inner) = (taken[0].as_u64()?, taken[1].as_u64()?);
    (taken > inner).then(|| format!("{taken} px wide at {width} px"))
}

/// Fails with a list of what was found on which page.
pub fn nothing_on_any_page(pages: Option<&[Seen]>, find: impl Fn(&Seen) -> Vec<String>) {
    let pages = pages.unwrap_or_default().iter();
    let found: Vec<String> =
        pages.flat_map(|seen| find(seen).into_iter().map(|fault| format!("{}: {fault}", seen.page))).collect();
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}
