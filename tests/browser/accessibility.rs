//! What axe-core finds on one page of every type, and on the page of all components, in both themes, on narrow, common and wide screens.

use serde_json::{Value, json};

use crate::site::{COMPONENTS, ONE_OF_EVERY_TYPE, SITE, WITH_DRAFTS};
use crate::tools::axe;
use crate::webdriver::Browser;

const WIDTHS: [u32; 3] = [320, 390, 1280];

/// What is looked for.
const TAGS: [&str; 7] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"];

/// The rules of axe for what differs from theme to theme.
const COLOURS: [&str; 3] = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"];

#[test]
fn axe_finds_nothing_in_the_light_theme() {
    nothing_found("light", &TAGS);
}

#[test]
fn axe_finds_no_fault_with_the_colours_of_the_dark_theme() {
    nothing_found("dark", &COLOURS);
}

fn nothing_found(theme: &str, rules: &[&str]) {
    let Some(axe) = axe() else { return };
    let mut found: Vec<String> = Vec::new();
    let Some(browser) = Browser::open() else { return };
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": axe }));
    let remember = format!("try {{ localStorage.setItem('theme', '{theme}') }} catch {{}}");
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": remember }));
    let pages = ONE_OF_EVERY_TYPE.map(|page| (page, SITE.url(page)));
    for (page, url) in pages.into_iter().chain([(COMPONENTS, WITH_DRAFTS.url(COMPONENTS))]) {
        browser.go(&url);
        assert_eq!(browser.run("return document.documentElement.dataset.theme"), json!(theme), "{page}");
        for width in WIDTHS {
            browser.resize(width, 900);
            for violation in violations_of(&browser, rules) {
                found.push(format!("{page} at {width} px, {theme}: {violation}"));
            }
        }
    }
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}

/// What axe finds on the page that is open.
pub fn violations(browser: &Browser) -> Vec<String> {
    violations_of(browser, &TAGS)
}

/// What axe finds of some rules, or of the rules of some tags.
fn violations_of(browser: &Browser, rules: &[&str]) -> Vec<String> {
    let script = "const found = await axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] });\
                  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`));";
    let found = browser.run_async(script, json!([rules]));
    let Value::Array(found) = found else { panic!("axe fails: {found}") };
    found.iter().map(|line| line.as_str().unwrap_or_default().replace('\n', " ")).collect()
}
