//! What the theme says at the foot of a page about its last check, and how a mistake is reported.

use crate::harness::Project;

const SITE: &str = r#"
//- site.yaml
title: Shed
base_url: https://shed.example/
PARAMS
checks: {advice: off}
kinds:
  tool:
    plural: tools
    title: Tools
    url: /tools/{slug}/
    fields: {reviewed: date}
    review: {every: 12 months, field: reviewed}
//- content/tools/bulb.md
---
title: Bulb
reviewed: 2026-01-10
---
A bulb rolls.
"#;

/// The page of the bulb in a site with these parameters.
fn page(params: &str) -> String {
    Project::bare(&SITE.replace("PARAMS", params)).drawn().is_fine().file("tools/bulb/index.html").to_string()
}

#[test]
fn a_mistake_is_reported_by_email_where_there_is_an_address_and_else_on_a_page() {
    let page_of_its_own = "corrections_url: /tools/bulb/";
    let by_page = page(&format!("params: {{{page_of_its_own}}}"));
    assert!(by_page.contains(r#"<a class="go" href="/tools/bulb/">Report a mistake</a>"#), "{by_page}");
    let by_email = page(&format!("params: {{report_email: ed@shed.example, {page_of_its_own}}}"));
    let address = r#"<a class="go" href="mailto:ed@shed.example?subject=/tools/bulb/">Report a mistake</a>"#;
    assert!(by_email.contains(address), "{by_email}");
    assert!(!page("").contains("Report a mistake"));
}

#[test]
fn a_site_says_in_its_own_words_what_a_check_is() {
    let plain = page("");
    assert!(plain.contains("<span>Checked 10 January 2026</span>"), "{plain}");
    assert!(plain.contains("<dt>Last checked</dt>"), "{plain}");
    let told = page(
        "params: {checked: Read through, last_checked: Last read through, how_checked: {title: How we read, url: /tools/bulb/}}",
    );
    assert!(told.contains("<span>Read through 10 January 2026</span>"), "{told}");
    assert!(told.contains("<dt>Last read through</dt>"), "{told}");
    assert!(told.contains(r#"<a class="go" href="/tools/bulb/">How we read</a>"#), "{told}");
}
