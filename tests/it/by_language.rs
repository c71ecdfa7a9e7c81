//! Days, numbers, letters and headings of callouts as the language of a site has them; archives and feeds.

use crate::harness::Project;

#[track_caller]
fn holds(page: &str, parts: &[&str]) {
    let missing: Vec<_> = parts.iter().filter(|part| !page.contains(**part)).collect();
    assert!(missing.is_empty(), "{missing:?} are missing in\n{page}");
}

/// A site in a language, with these files.
fn site(language: &str, files: &str) -> Project {
    Project::bare(&format!(
        "//- site.yaml
title: Shed
base_url: https://shed.example/
language: {language}
checks: {{advice: off, text-missing: off}}
kinds:
  tool:
    fields: {{weight: {{type: number, unit: kg}}, serial: integer, sold: {{type: integer, unit: pieces}}, span: {{type: range, unit: mm}}, tags: {{type: list, of: text}}}}
    regroup_by: [date, tags, weight]
{files}"
    ))
}

const TOOLS: &str = "//- content/tools/hammer.md
---
title: Hammer
date: 2025-03-04T10:00:00+02:00
updated: 2026-01-02
weight: 1.5
serial: 12345678
sold: 12000
span: 0.5-12000
tags: [iron, old]
---
> [!QUESTION]
> Which one?

> [!danger]
> That one.
//- content/tools/saw.md
---
title: Saw
date: 2026-05-06
tags: [iron]
---
//- content/tools/axe.md
---
title: Axe
date: 2026-04-05
---
//- content/tools/plane.md
---
title: Plane
updated: 2026-01-02
tags: [old]
---
//- content/tools/rope.md
---
title: Rope
tags: [soft]
---
";

#[test]
fn days_are_elements_that_programs_can_read() {
    let drawn = site("en", TOOLS).drawn();
    let page = drawn.is_fine().file("tools/hammer/index.html");
    holds(
        page,
        &[
            "<time datetime=\"2025-03-04\">4 March 2025</time>",
            "Updated <time datetime=\"2026-01-02\">2 January 2026</time>",
        ],
    );
    let list = drawn.file("tools/index.html");
    holds(list, &["<time datetime=\"2026-05-06\">6 May 2026</time>", "<span>Updated <time datetime=\"2026-01-02\">"]);
}

#[test]
fn numbers_have_the_signs_of_the_language_and_what_only_names_something_is_not_parted() {
    let drawn = site("de", TOOLS).drawn();
    let page = drawn.is_fine().file("tools/hammer/index.html");
    holds(
        page,
        &["1,5 <span class=\"unit\">kg", "<dd>12345678</dd>", "12.000 <span class=\"unit\">pieces", "0,5 bis 12.000 "],
    );
    holds(drawn.file("tools/by-weight/index.html"), &[">1,5 <span class=\"n\">1</span></h2>"]);
    holds(site("en", TOOLS).drawn().file("tools/hammer/index.html"), &["1.5 <span", "12,000 <span", "0.5 to 12,000 "]);
}

#[test]
fn callouts_are_headed_in_the_language_of_the_site() {
    holds(site("de", TOOLS).drawn().file("tools/hammer/index.html"), &[">Frage</p>", ">Gefahr</p>"]);
    holds(site("en", TOOLS).drawn().file("tools/hammer/index.html"), &[">Question</p>", ">Danger</p>"]);
}

#[test]
fn an_archive_has_the_newest_year_and_in_each_the_newest_entry_first() {
    let drawn = site("en", TOOLS).drawn();
    let page = drawn.file("tools/by-year/index.html");
    let order = [
        "id=\"group-2026\"",
        ">Saw</a>",
        ">Axe</a>",
        "id=\"group-2025\"",
        ">Hammer</a>",
        "Everything else",
        ">Plane</a>",
    ];
    let places: Vec<_> = order.iter().map(|part| page.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{page}");
    holds(
        drawn.file("tools/index.html"),
        &["<a href=\"/tools/by-year/#group-2025\">2025 <span class=\"n\">1</span></a>"],
    );
}

#[test]
fn a_value_of_a_free_list_has_a_feed_of_its_entries_where_any_has_a_day() {
    let drawn = site("en", TOOLS).drawn();
    let feed = drawn.file("tools/by-tags/iron/feed.xml");
    holds(
        feed,
        &["<title>Shed: iron</title>", "<link rel=\"alternate\" href=\"https://shed.example/tools/by-tags/iron/\"/>"],
    );
    let titles: Vec<_> =
        feed.match_indices("<title>").map(|(at, _)| feed[at + 7..].split('<').next().unwrap()).collect();
    assert_eq!(titles, ["Shed: iron", "Saw", "Hammer"]);
    let page = drawn.file("tools/by-tags/iron/index.html");
    holds(page, &["title=\"Shed: iron\" href=\"/tools/by-tags/iron/feed.xml\">", "Feed of this list</a>"]);
    assert!(!drawn.files.contains_key("tools/by-tags/soft/feed.xml"));
    assert!(!drawn.file("tools/by-tags/soft/index.html").contains("Feed of this list"));
    holds(drawn.file("tools/index.html"), &["href=\"/tools/feed.xml\">"]);
}

#[test]
fn a_feed_has_the_newest_twenty() {
    let notes =
        (1..=25).map(|day| format!("//- content/tools/n{day}.md\n---\ntitle: N{day}\ndate: 2026-03-{day:02}\n---\n"));
    let drawn = site("en", &notes.collect::<String>()).drawn();
    let feed = drawn.file("tools/feed.xml");
    assert_eq!(feed.matches("<entry>").count(), 20);
    assert!(feed.contains("<title>N6</title>") && !feed.contains("<title>N5</title>"));
}

#[test]
fn names_in_other_scripts_stand_under_letters_of_their_own() {
    let names = ["Молоток", "Ёлка", "Hammer", "Ωmega", "日本", "3 ways"];
    let files =
        names.iter().enumerate().map(|(at, name)| format!("//- content/tools/t{at}.md\n---\ntitle: {name}\n---\n"));
    let drawn = site("ru", &files.collect::<String>()).drawn();
    let page = drawn.file("a-z/index.html");
    let order = [
        "id=\"letter-0-9\"",
        "id=\"letter-е\"",
        "id=\"letter-м\"",
        "id=\"letter-h\"",
        "id=\"letter-ω\"",
        "id=\"letter-漢字\"",
    ];
    let places: Vec<_> = order.iter().map(|part| page.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{page}");
    holds(page, &["<a href=\"#letter-м\">М</a>", ">Ёлка</a>"]);
}

#[test]
fn a_language_without_rules_has_english_words_and_days_and_still_builds() {
    let drawn = site("tlh-Latn-x-ship", TOOLS).drawn();
    let page = drawn.is_fine().file("tools/hammer/index.html");
    holds(page, &["<html lang=\"tlh-Latn-x-ship\" dir=\"ltr\">", "Skip to content", "datetime=\"2025-03-04\""]);
}

#[test]
fn groups_are_headed_by_words_and_days_of_the_language() {
    let text = "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nlanguage: de\nchecks: {advice: off}\n\
                kinds: {tool: {fields: {new: boolean, day: date}, regroup_by: [new, day]}}\n\
                //- content/index.md\n# H\n//- content/about.md\n---\ntitle: Wir\n---\nx\n\
                //- content/tools/a.md\n---\ntitle: Delayed onset\nshort_title: DOMS\nnew: true\nday: 2024-03-05\n---\nx\n";
    let drawn = Project::bare(text).drawn();
    holds(drawn.file("tools/by-new/index.html"), &[">Ja"]);
    holds(drawn.file("tools/by-day/index.html"), &[">5. März 2024"]);
    let a_z = drawn.file("a-z/index.html");
    holds(a_z, &["Seite", ">DOMS<", ">Delayed onset<"]);
    assert!(!a_z.contains(">Page<"), "{a_z}");
}
