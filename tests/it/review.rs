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
fn a_site_says_in_its_own_words_what_a_check_is() {
    let plain = page("");
    assert!(plain.contains("<span>Checked <time datetime=\"2026-01-10\">10 January 2026</time></span>"), "{plain}");
    let told = page("texts: {reviewed: \"Read through on {date}\"}");
    assert!(
        told.contains("<span>Read through on <time datetime=\"2026-01-10\">10 January 2026</time></span>"),
        "{told}"
    );
}
