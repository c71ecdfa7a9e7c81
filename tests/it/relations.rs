//! Relations: written on one side, shown on both.

use expect_test::expect;
use limber::model::options::Options;

use crate::harness::{site, site_with};

/// Kinds and relations that most of these tests share.
const SITE: &str = "\
//- site.yaml
title: Site
kinds:
  benefit: {}
  technique: {}
  condition: {}
relations:
  - one: benefit.techniques
    other: technique.benefits
    labels: [Techniques to try, What it may help]
    fields:
      grade: {type: choice, of: {strong: Strong, weak: Weak}}
      note: text
  - {one: condition.techniques, other: technique.conditions, labels: [Techniques, Conditions]}
  - one: condition.avoid
    other: technique.avoid_with
    labels: [Avoid, Do not use with]
    conflicts_with: condition.techniques
  - {one: technique.related, symmetric: true, labels: [See also], at_most: 2}
//- content/benefits/sleep.md
---
title: Sleep
techniques: [rolling, kneading]
---
//- content/techniques/kneading.md
---
title: Kneading
---
//- content/techniques/rolling.md
---
title: Rolling
---
";

#[test]
fn an_edge_is_shown_on_both_sides_under_its_own_label() {
    site(SITE)
        .is_fine()
        .shows(
            "/benefits/sleep/",
            &expect![[r#"
            <h1>Sleep</h1>
            <h2>Techniques to try</h2>
            <a href="/techniques/rolling/">Rolling</a>
            <a href="/techniques/kneading/">Kneading</a>
            <a href="/">Home</a> / <a href="/benefits/">Benefits</a> / <a href="/benefits/sleep/">Sleep</a>
        "#]],
        )
        .shows(
            "/techniques/kneading/",
            &expect![[r#"
            <h1>Kneading</h1>
            <h2>What it may help</h2>
            <a href="/benefits/sleep/">Sleep</a>
            <a href="/">Home</a> / <a href="/techniques/">Techniques</a> / <a href="/techniques/kneading/">Kneading</a>
        "#]],
        );
}

#[test]
fn an_edge_written_on_both_sides_is_one_edge() {
    let text = SITE.replace("title: Rolling\n", "title: Rolling\nbenefits: sleep\n");
    let drawn = site(&text);
    assert_eq!(drawn.is_fine().main("/techniques/rolling/").matches("/benefits/sleep/").count(), 1);
    assert_eq!(drawn.main("/benefits/sleep/"), site(SITE).main("/benefits/sleep/"));
}

#[test]
fn the_data_of_an_edge_is_shown_on_both_ends_wherever_it_was_written() {
    let there = SITE.replace("[rolling, kneading]", "[{to: rolling, grade: strong, note: Tonight}, kneading]");
    let here = SITE.replace(
        "title: Rolling\n",
        "title: Rolling\nbenefits: [{to: benefits/sleep, grade: strong, note: Tonight}]\n",
    );
    let (there, here) = (site(&there), site(&here));
    there.is_fine().shows(
        "/techniques/rolling/",
        &expect![[r#"
        <h1>Rolling</h1>
        <h2>What it may help</h2>
        <a href="/benefits/sleep/">Sleep</a> grade=Strong note=Tonight
        <a href="/">Home</a> / <a href="/techniques/">Techniques</a> / <a href="/techniques/rolling/">Rolling</a>
    "#]],
    );
    assert_eq!(here.is_fine().files, there.files);
}

#[test]
fn two_sides_that_disagree_are_reported_at_both_places() {
    let text = SITE
        .replace("[rolling, kneading]", "[{to: rolling, grade: strong}]")
        .replace("title: Rolling\n", "title: Rolling\nbenefits: [{to: sleep, grade: weak}]\n");
    site(&text).reports(&expect![[r#"
        content/techniques/rolling.md:3:17: error[relation-data-differs]: the two sides of this relation say different things about it
          content/benefits/sleep.md:3:19: the other side
          help: keep the data on one side only
    "#]]);
}

#[test]
fn edges_stand_as_written_and_inverse_ones_in_the_order_of_their_kind() {
    let text = SITE.replace("  benefit: {}", "  benefit: {fields: {rank: integer}, order: [-rank, title]}")
        + "\
//- content/benefits/calm.md
---
title: Calm
rank: 2
techniques: [kneading, rolling]
---
//- content/benefits/blood.md
---
title: Blood
rank: 2
techniques: [rolling]
---
//- content/benefits/ease.md
---
title: Ease
rank: 7
---
";
    let text = text.replace("title: Rolling\n", "title: Rolling\nbenefits: [ease, blood]\n");
    site(&text)
        .is_fine()
        .shows(
            "/benefits/calm/",
            &expect![[r#"
        <h1>Calm</h1>
        <h2>Techniques to try</h2>
        <a href="/techniques/kneading/">Kneading</a>
        <a href="/techniques/rolling/">Rolling</a>
        <a href="/">Home</a> / <a href="/benefits/">Benefits</a> / <a href="/benefits/calm/">Calm</a>
    "#]],
        )
        .shows(
            "/techniques/rolling/",
            &expect![[r#"
        <h1>Rolling</h1>
        <h2>What it may help</h2>
        <a href="/benefits/ease/">Ease</a>
        <a href="/benefits/blood/">Blood</a>
        <a href="/benefits/calm/">Calm</a>
        <a href="/benefits/sleep/">Sleep</a>
        <a href="/">Home</a> / <a href="/techniques/">Techniques</a> / <a href="/techniques/rolling/">Rolling</a>
    "#]],
        );
}

#[test]
fn a_symmetric_relation_is_seen_from_both_ends_and_counted_on_both() {
    let text = SITE.replace("title: Kneading\n", "title: Kneading\nrelated: rolling\n");
    let drawn = site(&text);
    drawn.is_fine().shows(
        "/techniques/rolling/",
        &expect![[r#"
        <h1>Rolling</h1>
        <h2>What it may help</h2>
        <a href="/benefits/sleep/">Sleep</a>
        <h2>See also</h2>
        <a href="/techniques/kneading/">Kneading</a>
        <a href="/">Home</a> / <a href="/techniques/">Techniques</a> / <a href="/techniques/rolling/">Rolling</a>
    "#]],
    );
    assert!(drawn.main("/techniques/kneading/").contains("<h2>See also</h2>\n<a href=\"/techniques/rolling/\">"));

    let more = ["a", "b"]
        .map(|name| format!("//- content/techniques/{name}.md\n---\ntitle: {name}\nrelated: [rolling]\n---\n"));
    site(&(text + &more.concat())).reports(&expect![[r#"
        content/techniques/rolling.md:2:1: error[relation-count]: `related` has 3 entries, and may have at most 2
    "#]]);
}

#[test]
fn too_few_edges_are_reported_whichever_side_could_have_them() {
    let text = SITE.replace("labels: [Techniques, Conditions]", "at_least: [1, 0], at_most: [null, 1]")
        + "\
//- content/conditions/cramp.md
---
title: Cramp
---
//- content/conditions/knot.md
---
title: Knot
techniques: [rolling]
---
//- content/conditions/ache.md
---
title: Ache
techniques: [rolling]
---
";
    site(&text).reports(&expect![[r#"
        content/conditions/cramp.md:2:1: error[relation-count]: `techniques` has 0 entries, and needs at least 1
          help: add `techniques: [...]` here, or this entry to `conditions` of another
        content/techniques/rolling.md:2:1: error[relation-count]: `conditions` has 2 entries, and may have at most 1
    "#]]);
}

#[test]
fn a_relation_may_join_any_kinds() {
    let text = SITE
        .replace("relations:\n", "  claim: {}\nrelations:\n  - {one: \"*.claims\", other: claim.shown_on}\n")
        + "\
//- content/claims/warmth.md
---
title: Warmth
shown_on: [techniques/rolling, sleep, pages/about]
---
//- content/about.md
---
title: About
---
";
    let drawn = site(&text);
    drawn.is_fine().shows(
        "/claims/warmth/",
        &expect![[r#"
        <h1>Warmth</h1>
        <h2>shown on</h2>
        <a href="/techniques/rolling/">Rolling</a>
        <a href="/benefits/sleep/">Sleep</a>
        <a href="/about/">About</a>
        <a href="/">Home</a> / <a href="/claims/">Claims</a> / <a href="/claims/warmth/">Warmth</a>
    "#]],
    );
    for page in ["/techniques/rolling/", "/benefits/sleep/", "/about/"] {
        assert!(drawn.main(page).contains("<h2>claims</h2>\n<a href=\"/claims/warmth/\">Warmth</a>"), "{page}");
    }
}

#[test]
fn a_slug_of_several_kinds_has_to_be_written_with_its_kind() {
    let text = SITE
        .replace("relations:\n", "relations:\n  - {one: benefit.seen_in, other: technique|condition.shows}\n")
        + "//- content/conditions/rolling.md\n---\ntitle: Rolling ankle\n---\n";
    let wrong = text.replace("title: Sleep\n", "title: Sleep\nseen_in: [rolling]\n");
    site(&wrong).reports(&expect![[r#"
        content/benefits/sleep.md:3:11: error[relation-ambiguous]: `rolling` is the slug of several entries
          help: write `techniques/rolling` or `conditions/rolling`
    "#]]);
    let right = text.replace("title: Sleep\n", "title: Sleep\nseen_in: [conditions/rolling]\n");
    assert!(site(&right).is_fine().main("/conditions/rolling/").contains("<h2>shows</h2>"));
}

#[test]
fn recommended_and_to_be_avoided_is_an_error_at_both_places() {
    let text = SITE.to_string()
        + "\
//- content/conditions/clot.md
---
title: Clot
techniques:
  - kneading
---
";
    let text = text.replace("title: Kneading\n", "title: Kneading\navoid_with: [clot]\n");
    site(&text).reports(&expect![[r#"
        content/conditions/clot.md:4:5: error[relation-conflict]: `Clot` has `Kneading` under `Avoid` and under `Techniques`
          content/techniques/kneading.md:3:14: under `Avoid`
          help: remove one of the two, or write why both stand: `{to: ..., reason: ...}`; the reason is printed
        content/techniques/kneading.md:3:14: error[relation-conflict]: `Clot` has `Kneading` under `Avoid` and under `Techniques`
          content/conditions/clot.md:4:5: under `Techniques`
          help: remove one of the two, or write why both stand: `{to: ..., reason: ...}`; the reason is printed
    "#]]);

    let reason = text.replace("avoid_with: [clot]", "avoid_with: [{to: clot, reason: only above the knee}]");
    let drawn = site(&reason);
    drawn.is_fine().shows(
        "/conditions/clot/",
        &expect![[r#"
        <h1>Clot</h1>
        <h2>Techniques</h2>
        <a href="/techniques/kneading/">Kneading</a>
        <h2>Avoid</h2>
        <a href="/techniques/kneading/">Kneading</a> because only above the knee
        <a href="/">Home</a> / <a href="/conditions/">Conditions</a> / <a href="/conditions/clot/">Clot</a>
    "#]],
    );
    assert!(drawn.main("/techniques/kneading/").contains("Clot</a> because only above the knee"));
}

#[test]
fn an_unknown_target_gets_suggestions_of_the_right_kind() {
    let text = SITE.replace("[rolling, kneading]", "[roling, sleep, yoga, {to: kneading, grade: strnog, nte: x}]")
        + "//- content/conditions/roling-ankle.md\n---\ntitle: Ankle\n---\n";
    site(&text).reports(&expect![[r#"
        content/benefits/sleep.md:3:14: error[relation-unknown-target]: no technique named `roling`
          help: did you mean `rolling`?
        content/benefits/sleep.md:3:22: error[relation-unknown-target]: no technique named `sleep`
          help: `sleep` is a benefit
        content/benefits/sleep.md:3:29: error[relation-unknown-target]: no technique named `yoga`
          help: write the entry (`content/techniques/`), or remove it from the list
        content/benefits/sleep.md:3:57: error[field-unknown-choice]: `strnog` is not one of the choices of `grade`
          help: did you mean `strong`?
        content/benefits/sleep.md:3:65: error[field-unknown]: a relation under `techniques` has no field `nte`
          help: did you mean `note`?
    "#]]);
}

#[test]
fn a_target_of_the_wrong_kind_gets_a_suggestion_that_exists() {
    let text = SITE.replace("[rolling, kneading]", "[conditions/rolling]");
    site(&text).reports(&expect![[r#"
        content/benefits/sleep.md:3:14: error[relation-unknown-target]: no technique named `conditions/rolling`
          help: did you mean `techniques/rolling`?
    "#]]);
}

#[test]
fn an_entry_related_to_itself_or_twice_to_another_is_reported() {
    let text = SITE
        .replace("title: Kneading\n", "title: Kneading\nrelated: [kneading]\n")
        .replace("[rolling, kneading]", "[rolling, techniques/rolling]");
    site(&text).reports(&expect![[r#"
        content/benefits/sleep.md:3:23: error[relation-duplicate]: `techniques/rolling` stands twice in `techniques`
          content/benefits/sleep.md:3:14: first written here
          help: remove one of the two
        content/techniques/kneading.md:3:11: error[relation-to-itself]: `kneading` is related to itself
          help: remove it from the list
    "#]]);
}

#[test]
fn a_draft_is_left_out_with_its_edges_unless_drafts_are_asked_for() {
    let text = SITE.replace("title: Rolling\n", "title: Rolling\ndraft: true\n");
    let drawn = site(&text);
    drawn.is_fine().shows(
        "/benefits/sleep/",
        &expect![[r#"
        <h1>Sleep</h1>
        <h2>Techniques to try</h2>
        <a href="/techniques/kneading/">Kneading</a>
        <a href="/">Home</a> / <a href="/benefits/">Benefits</a> / <a href="/benefits/sleep/">Sleep</a>
    "#]],
    );
    assert!(!drawn.files.contains_key("techniques/rolling/index.html"));
    let drafts = site_with(&text, Options { drafts: true, ..Options::default() });
    assert!(drafts.is_fine().main("/techniques/rolling/").contains("/benefits/sleep/"));
}

#[test]
fn data_that_every_edge_needs_is_missed_where_the_edge_is_short() {
    let text = SITE.replace("note: text", "note: {type: text, required: true}");
    let text = text.replace("[rolling, kneading]", "[rolling, {to: kneading, grade: weak}]");
    site(&text).reports(&expect![[r#"
        content/benefits/sleep.md:3:14: error[field-missing]: the relation to `rolling` needs `note`
          help: write it as `{to: rolling, note: ...}`
        content/benefits/sleep.md:3:23: error[field-missing]: the required field `note` is missing
          help: add `note: some words`
    "#]]);
}

#[test]
fn names_that_are_written_in_another_way_are_understood() {
    site(
        "//- site.yaml\ntitle: Site\nkinds: {condition: {}, area: {}, technique: {}}\nrelations:\n  - {one: condition.areas, other: area.conditions, at_least: 1}\n  \
         - {one: condition.techniques, other: technique.conditions}\n\
         //- content/areas/shins.md\n---\ntitle: The shins\n---\n//- content/areas/calves.md\n---\ntitle: Calves\n---\n\
         //- content/techniques/rolling.md\n---\ntitle: Rolling\n---\n\
         //- content/conditions/a.md\n---\ntitle: A\nareas: [shins.md, ../areas/calves.md]\n---\n\
         //- content/conditions/b.md\n---\ntitle: B\nareas: [The shins, areaz/calves]\n---\n\
         //- content/conditions/c.md\n---\ntitle: C\nareas: shins, calves\n---\n\
         //- content/conditions/d.md\n---\ntitle: D\nareas: [shins calves]\n---\n\
         //- content/conditions/e.md\n---\ntitle: E\nareas: [rolling]\n---\n\
         //- content/conditions/f.md\n---\ntitle: F\nareas: {shins: true}\n---\n\
         //- content/conditions/g.md\n---\ntitle: G\nareas:\n  - {to:shins}\n---\n\
         //- content/conditions/h.md\n---\ntitle: H\nareaz: [shins]\n---\n",
    )
    .reports(&expect![[r#"
        content/conditions/a.md:3:9: error[relation-unknown-target]: no area named `shins.md`
          help: did you mean `shins`?
        content/conditions/a.md:3:19: error[relation-unknown-target]: no area named `../areas/calves.md`
          help: did you mean `calves`?
        content/conditions/b.md:3:9: error[relation-unknown-target]: no area named `The shins`
          help: did you mean `shins`?
        content/conditions/b.md:3:20: error[relation-unknown-target]: no area named `areaz/calves`
          help: did you mean `calves`?
        content/conditions/c.md:3:8: error[relation-unknown-target]: no area named `shins, calves`
          help: write them as a list: `areas: [shins, calves]`
        content/conditions/d.md:3:9: error[relation-unknown-target]: no area named `shins calves`
          help: put a comma between the names: `shins, calves`
        content/conditions/e.md:3:9: error[relation-unknown-target]: no area named `rolling`
          help: `rolling` is a technique: write it under `techniques`
        content/conditions/f.md:3:8: error[field-wrong-type]: `areas` has to be a list of entries, found keys with values
          help: write the slugs in a list: `areas: [first-steps]`
        content/conditions/g.md:4:6: error[field-unknown]: a space is missing behind `to:`
          help: write it as `to: shins`
        content/conditions/h.md:3:1: error[field-unknown]: a condition has no field `areaz`
          help: did you mean `areas`?
    "#]]);
}

#[test]
fn what_two_ranges_share_is_on_the_edge_and_a_reason_keeps_those_that_share_nothing() {
    let text = "\
//- site.yaml
title: Site
kinds:
  moment: {fields: {pressure: {type: range, unit: of 5}}}
  tool: {fields: {strength: {type: range, unit: of 5}}}
relations:
  - {one: moment.tools, other: tool.moments, fits: {pressure: strength}}
//- templates/entry.html
<main>{% for group in entry.related %}{% for edge in group.edges %}{{ edge.entry.name }}
{%- if edge.shared.strength is defined %} {{ edge.shared.strength.text }}{% endif %}
{%- if edge.shared.pressure is defined %} {{ edge.shared.pressure.text }}{% endif %}; {% endfor %}{% endfor %}</main>
//- content/moments/before.md
---
title: Before
pressure: 1-2
tools: [roller, towel, {to: ball, reason: Only under a towel.}, feather]
---
//- content/tools/roller.md
---
title: Roller
strength: 2-4
---
//- content/tools/ball.md
---
title: Ball
strength: 4
---
//- content/tools/feather.md
---
title: Feather
strength: 1
---
//- content/tools/towel.md
---
title: Towel
---
";
    let drawn = site(text);
    drawn.is_fine();
    assert_eq!(drawn.main("/moments/before/").trim(), "Roller 2; Towel; Ball; Feather;");
    assert_eq!(drawn.main("/tools/roller/").trim(), "Before 2;");
    assert_eq!(drawn.main("/tools/feather/").trim(), "Before 1;");
}
