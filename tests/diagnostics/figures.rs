//! Numbers beside citations: where they are found, and whose records they are held against.

use crate::project::{Project, SITE};

const DECLARED: &str = "figures: {file: records.yaml, units: [minutes]}\nchecks: {advice: off}\n";
const WORKS: &str = "guo2017: {type: article, title: Softness}\ndavis2020: {type: article, title: Compost}\n";
const RECORDS: &str = "guo2017: {seen: yes, who: 46 men}\ndavis2020: {seen: yes, who: 29 trials}\n";

fn report(site: &str, declared: &str, page: &str, records: &str) -> String {
    let project = Project::new([
        ("content/sources.yaml", WORKS),
        ("content/records.yaml", records),
        ("content/blossoms/sleep.md", page),
        ("content/procedures/kneading.md", "---\ntitle: Kneading\n---\n"),
    ]);
    project.write("site.yaml", format!("{site}{declared}"));
    project.report(None, |_| false)
}

#[test]
fn a_citation_belongs_to_its_sentence_and_works_are_held_against_together() {
    let page = "---\ntitle: Sleep\n---\nIn 5 homes. Of 46 men and 29 trials, 3 slept [@guo2017; @davis2020]. 6 did not.\n\
                All 7 did. [@guo2017] The 8 others did not.\n\n- Only 46\n- and 10 [@davis2020]\n";
    assert_eq!(
        report(SITE, DECLARED, page, RECORDS),
        "content/blossoms/sleep.md:4:38: warning[figure-unknown]: none of the records of `davis2020`, `guo2017` holds the number 3\n\
         content/blossoms/sleep.md:5:5: warning[figure-unknown]: the record of `guo2017` does not hold the number 7\n\
         content/blossoms/sleep.md:8:7: warning[figure-unknown]: the record of `davis2020` does not hold the number 10\n"
    );
}

#[test]
fn texts_beside_a_field_of_citations_are_held_against_its_works() {
    let site = SITE.replace(
        "      grade:",
        "      outcomes: {type: list, of: {type: object, fields: {plain: markdown, who: text, from: citations}}}\n      grade:",
    );
    let site =
        site.replace("other: procedure.blossoms}", "other: procedure.blossoms, fields: {note: text, from: citations}}");
    let page = "---\ntitle: Sleep in 3 steps\noutcomes:\n  - {plain: \"46 of *47* men\", who: 48 men, from: [guo2017]}\n  - {plain: 49 men}\n\
                procedures: [{to: kneading, note: 50 men in 20 minutes, from: guo2017}]\n---\n";
    assert_eq!(
        report(&site, DECLARED, page, RECORDS),
        "content/blossoms/sleep.md:4:21: warning[figure-unknown]: the record of `guo2017` does not hold the number 47\n\
         content/blossoms/sleep.md:4:36: warning[figure-unknown]: the record of `guo2017` does not hold the number 48\n\
         content/blossoms/sleep.md:6:35: warning[figure-unknown]: the record of `guo2017` does not hold the number 50\n"
    );
}

#[test]
fn what_one_cause_explains_is_reported_once() {
    let page = "---\ntitle: Sleep\n---\nOf 3 men [@guo2017], 4 trials [@davis2020; @nobody].\n";
    let unread = report(SITE, DECLARED, page, "guo2017: {seen: [}\n");
    assert!(unread.contains("yaml-invalid") && !unread.contains("figure-unknown"), "{unread}");
    let half = report(SITE, DECLARED, page, "guo2017: {seen: yes}\ndavis2020: {sen: yes}\n");
    assert!(!half.contains("figure-unknown") && !half.contains("record-missing"), "{half}");
    let none = report(SITE, "checks: {advice: off}\n", "---\ntitle: Sleep\n---\nOf 3 [@guo2017].\n", "");
    assert!(none.contains("folder-unknown") && none.lines().count() == 1, "{none}");
}

#[test]
fn a_declaration_that_could_not_hold_is_reported_at_its_place() {
    let declared = "figures:\n  file: sources.yaml\n  years: 2099-1900\n  words: {two: second}\n  \
                    except: [{in: blossom/sleep, numbers: [4], why: no}, {in: blossoms/sleep, numbers: [four], why: no}, {numbers: [3]}]\n  unit: [km]\n";
    let found = report(SITE, declared, "---\ntitle: Sleep\n---\n", "");
    for wanted in [
        "site.yaml:11:9: error[site-invalid]: `content/sources.yaml` holds something else",
        "site.yaml:12:10: error[site-invalid]: `years` has to be the first and the last year",
        "site.yaml:13:16: error[site-invalid]: expected a whole number, found a text",
        "site.yaml:14:17: error[site-unknown-name]: no kind named `blossom`",
        "error[site-invalid]: `four` is no number",
        "error[site-invalid]: an exception needs the entry",
        "site.yaml:15:3: error[site-unknown-key]: site.yaml knows no key `unit` here",
    ] {
        assert!(found.contains(wanted), "{wanted}\n{found}");
    }
    assert!(
        report(SITE, "figures: {units: [km]}\n", "---\ntitle: Sleep\n---\n", "").contains("does not say in which file")
    );
}
