//! Relations: written on one side, shown on both.

use expect_test::expect;
use limber::model::options::Options;

use crate::harness::{site, site_with};

/// Kinds and relations that most of these tests share.
const SITE: &str = "\
//- site.yaml
title: Site
kinds:
  blossom: {}
  procedure: {}
  condition: {}
relations:
  - one: blossom.procedures
    other: procedure.blossoms
    labels: [Procedures to try, What it may help]
    fields:
      grade: {type: choice, of: {strong: Strong, weak: Weak}}
      note: text
  - {one: condition.procedures, other: procedure.conditions, labels: [Procedures, Conditions]}
  - one: condition.avoid
    other: procedure.avoid_with
    labels: [Avoid, Do not use with]
    conflicts_with: condition.procedures
  - {one: procedure.related, symmetric: true, labels: [See also], at_most: 2}
//- content/blossoms/sleep.md
---
title: Sleep
procedures: [pruning, kneading]
---
//- content/procedures/kneading.md
---
title: Kneading
---
//- content/procedures/pruning.md
---
title: Pruning
---
";

#[test]
fn an_edge_is_shown_on_both_sides_under_its_own_label() {
    site(SITE)
        .is_fine()
        .shows(
            "/blossoms/sleep/",
            &expect![[r#"
            <h1>Sleep</h1>
            <h2>Procedures to try</h2>
            <a href="/procedures/pruning/">Pruning</a>
            <a href="/procedures/kneading/">Kneading</a>
            <a href="/">Home</a> / <a href="/blossoms/">Blossoms</a> / <a href="/blossoms/sleep/">Sleep</a>
        "#]],
        )
        .shows(
            "/procedures/kneading/",
            &expect![[r#"
            <h1>Kneading</h1>
            <h2>What it may help</h2>
            <a href="/blossoms/sleep/">Sleep</a>
            <a href="/">Home</a> / <a href="/procedures/">Procedures</a> / <a href="/procedures/kneading/">Kneading</a>
        "#]],
        );
}

#[test]
fn an_edge_written_on_both_sides_is_one_edge() {
    let text = SITE.replace("title: Pruning\n", "title: Pruning\nblossoms: sleep\n");
    let drawn = site(&text);
    assert_eq!(drawn.is_fine().main("/procedures/pruning/").matches("/blossoms/sleep/").count(), 1);
    assert_eq!(drawn.main("/blossoms/sleep/"), site(SITE).main("/blossoms/sleep/"));
}

#[test]
fn the_data_of_an_edge_is_shown_on_both_ends_wherever_it_was_written() {
    let there = SITE.replace("[pruning, kneading]", "[{to: pruning, grade: strong, note: Tonight}, kneading]");
    let here = SITE.replace(
        "title: Pruning\n",
        "title: Pruning\nblossoms: [{to: blossoms/sleep, grade: strong, note: Tonight}]\n",
    );
    let (there, here) = (site(&there), site(&here));
    there.is_fine().shows(
        "/procedures/pruning/",
        &expect![[r#"
        <h1>Pruning</h1>
        <h2>What it may help</h2>
        <a href="/blossoms/sleep/">Sleep</a> grade=Strong note=Tonight
        <a href="/">Home</a> / <a href="/procedures/">Procedures</a> / <a href="/procedures/pruning/">Pruning</a>
    "#]],
    );
    assert_eq!(here.is_fine().files, there.files);
}

#[test]
fn two_sides_that_disagree_are_reported_at_both_places() {
    let text = SITE
        .replace("[pruning, kneading]", "[{to: pruning, grade: strong}]")
        .replace("title: Pruning\n", "title: Pruning\nblossoms: [{to: sleep, grade: weak}]\n");
    site(&text).reports(&expect![[r#"
        content/procedures/pruning.md:3:17: error[relation-data-differs]: the two sides of this relation say different things about it
          content/blossoms/sleep.md:3:19: the other side
          help: keep the data on one side only
    "#]]);
}

#[test]
fn a_symmetric_edge_with_two_sorts_of_data_is_reported_at_the_later_entry() {
    let text = SITE
        .replace("labels: [See also], at_most: 2", "labels: [See also], fields: {note: text}")
        .replace("title: Kneading\n", "title: Kneading\nrelated: [{to: pruning, note: one}]\n")
        .replace("title: Pruning\n", "title: Pruning\nrelated: [{to: kneading, note: two}]\n");
    site(&text).reports(&expect![[r#"
        content/procedures/pruning.md:3:16: error[relation-data-differs]: the two sides of this relation say different things about it
          content/procedures/kneading.md:3:16: the other side
          help: keep the data on one side only
    "#]]);
}

#[test]
fn too_few_edges_are_no_news_beside_files_that_cannot_be_read() {
    let text = SITE.replace("labels: [Procedures, Conditions]", "labels: [Procedures, Conditions], at_least: 1")
        + "//- content/conditions/ache.md\n---\ntitle: Ache\n---\n";
    let counts = |more: &str| {
        let found = site(&format!("{text}{more}")).diagnostics;
        found.iter().filter(|problem| problem.code == limber::diagnostics::Code::RelationCount).count()
    };
    assert_eq!(counts(""), 1);
    assert_eq!(counts("//- content/procedures/open.md\n---\ntitle: [\n---\n"), 0, "it may have the edge");
    assert_eq!(counts("//- content/procedures.yaml\n[\n"), 0, "one of these may have it");
    assert_eq!(counts("//- content/blossoms/open.md\n---\ntitle: [\n---\n"), 1, "this one cannot have it");
}

#[test]
fn edges_stand_as_written_and_inverse_ones_in_the_order_of_their_kind() {
    let text = SITE.replace("  blossom: {}", "  blossom: {fields: {rank: integer}, order: [-rank, title]}")
        + "\
//- content/blossoms/cool.md
---
title: Cool
rank: 2
procedures: [kneading, pruning]
---
//- content/blossoms/birch.md
---
title: Birch
rank: 2
procedures: [pruning]
---
//- content/blossoms/ease.md
---
title: Ease
rank: 7
---
";
    let text = text.replace("title: Pruning\n", "title: Pruning\nblossoms: [ease, birch]\n");
    site(&text)
        .is_fine()
        .shows(
            "/blossoms/cool/",
            &expect![[r#"
        <h1>Cool</h1>
        <h2>Procedures to try</h2>
        <a href="/procedures/kneading/">Kneading</a>
        <a href="/procedures/pruning/">Pruning</a>
        <a href="/">Home</a> / <a href="/blossoms/">Blossoms</a> / <a href="/blossoms/cool/">Cool</a>
    "#]],
        )
        .shows(
            "/procedures/pruning/",
            &expect![[r#"
        <h1>Pruning</h1>
        <h2>What it may help</h2>
        <a href="/blossoms/ease/">Ease</a>
        <a href="/blossoms/birch/">Birch</a>
        <a href="/blossoms/cool/">Cool</a>
        <a href="/blossoms/sleep/">Sleep</a>
        <a href="/">Home</a> / <a href="/procedures/">Procedures</a> / <a href="/procedures/pruning/">Pruning</a>
    "#]],
        );
}

#[test]
fn a_symmetric_relation_is_seen_from_both_ends_and_counted_on_both() {
    let text = SITE.replace("title: Kneading\n", "title: Kneading\nrelated: pruning\n");
    let drawn = site(&text);
    drawn.is_fine().shows(
        "/procedures/pruning/",
        &expect![[r#"
        <h1>Pruning</h1>
        <h2>What it may help</h2>
        <a href="/blossoms/sleep/">Sleep</a>
        <h2>See also</h2>
        <a href="/procedures/kneading/">Kneading</a>
        <a href="/">Home</a> / <a href="/procedures/">Procedures</a> / <a href="/procedures/pruning/">Pruning</a>
    "#]],
    );
    assert!(drawn.main("/procedures/kneading/").contains("<h2>See also</h2>\n<a href=\"/procedures/pruning/\">"));

    let more = ["a", "b"]
        .map(|name| format!("//- content/procedures/{name}.md\n---\ntitle: {name}\nrelated: [pruning]\n---\n"));
    site(&(text.clone() + &more[0])).is_fine();
    site(&(text + &more.concat())).reports(&expect![[r#"
        content/procedures/pruning.md:2:1: error[relation-count]: `related` has 3 entries, and may have at most 2
    "#]]);
}

#[test]
fn too_few_edges_are_reported_whichever_side_could_have_them() {
    let text = SITE.replace("labels: [Procedures, Conditions]", "at_least: [1, 0], at_most: [null, 1]")
        + "\
//- content/conditions/cramp.md
---
title: Cramp
---
//- content/conditions/knot.md
---
title: Knot
procedures: [pruning]
---
//- content/conditions/ache.md
---
title: Ache
procedures: [pruning]
---
";
    site(&text).reports(&expect![[r#"
        content/conditions/cramp.md:2:1: error[relation-count]: `procedures` has 0 entries, and needs at least 1
          help: add `procedures: [...]` here, or this entry to `conditions` of another
        content/procedures/pruning.md:2:1: error[relation-count]: `conditions` has 2 entries, and may have at most 1
    "#]]);
}

#[test]
fn a_relation_may_join_any_kinds() {
    let text = SITE
        .replace("relations:\n", "  novel: {}\nrelations:\n  - {one: \"*.novels\", other: novel.shown_on}\n")
        + "\
//- content/novels/warmth.md
---
title: Warmth
shown_on: [procedures/pruning, sleep, pages/about]
---
//- content/about.md
---
title: About
---
";
    let drawn = site(&text);
    drawn.is_fine().shows(
        "/novels/warmth/",
        &expect![[r#"
            <h1>Warmth</h1>
            <h2>Shown on</h2>
            <a href="/procedures/pruning/">Pruning</a>
            <a href="/blossoms/sleep/">Sleep</a>
            <a href="/about/">About</a>
            <a href="/">Home</a> / <a href="/novels/">Novels</a> / <a href="/novels/warmth/">Warmth</a>
        "#]],
    );
    for page in ["/procedures/pruning/", "/blossoms/sleep/", "/about/"] {
        assert!(drawn.main(page).contains("<h2>Novels</h2>\n<a href=\"/novels/warmth/\">Warmth</a>"), "{page}");
    }
}

#[test]
fn a_slug_of_several_kinds_has_to_be_written_with_its_kind() {
    let text = SITE
        .replace("relations:\n", "relations:\n  - {one: blossom.seen_in, other: procedure|condition.shows}\n")
        + "//- content/conditions/pruning.md\n---\ntitle: Pruning ankle\n---\n";
    let wrong = text.replace("title: Sleep\n", "title: Sleep\nseen_in: [pruning]\n");
    site(&wrong).reports(&expect![[r#"
        content/blossoms/sleep.md:3:11: error[relation-ambiguous]: `pruning` is the slug of several entries
          help: write `procedures/pruning` or `conditions/pruning`
    "#]]);
    let right = text.replace("title: Sleep\n", "title: Sleep\nseen_in: [conditions/pruning]\n");
    assert!(site(&right).is_fine().main("/conditions/pruning/").contains("<h2>Shows</h2>"));
}

#[test]
fn recommended_and_to_be_avoided_is_an_error_at_both_places() {
    let text = SITE.to_string()
        + "\
//- content/conditions/clod.md
---
title: Clod
procedures:
  - kneading
---
";
    let text = text.replace("title: Kneading\n", "title: Kneading\navoid_with: [clod]\n");
    site(&text).reports(&expect![[r#"
        content/conditions/clod.md:4:5: error[relation-conflict]: `Clod` has `Kneading` under `Avoid` and under `Procedures`
          content/procedures/kneading.md:3:14: under `Avoid`
          help: remove one of the two, or write why both stand: `{to: ..., reason: ...}`; the reason is printed
        content/procedures/kneading.md:3:14: error[relation-conflict]: `Clod` has `Kneading` under `Avoid` and under `Procedures`
          content/conditions/clod.md:4:5: under `Procedures`
          help: remove one of the two, or write why both stand: `{to: ..., reason: ...}`; the reason is printed
    "#]]);

    let reason = text.replace("avoid_with: [clod]", "avoid_with: [{to: clod, reason: only above the kale}]");
    let drawn = site(&reason);
    drawn.is_fine().shows(
        "/conditions/clod/",
        &expect![[r#"
        <h1>Clod</h1>
        <h2>Procedures</h2>
        <a href="/procedures/kneading/">Kneading</a>
        <h2>Avoid</h2>
        <a href="/procedures/kneading/">Kneading</a> because only above the kale
        <a href="/">Home</a> / <a href="/conditions/">Conditions</a> / <a href="/conditions/clod/">Clod</a>
    "#]],
    );
    assert!(drawn.main("/procedures/kneading/").contains("Clod</a> because only above the kale"));
}

#[test]
fn an_unknown_target_gets_suggestions_of_the_right_kind() {
    let text = SITE.replace("[pruning, kneading]", "[pruing, sleep, yoga, {to: kneading, grade: strnog, nte: x}]")
        + "//- content/conditions/pruing-ankle.md\n---\ntitle: Ankle\n---\n";
    site(&text).reports(&expect![[r#"
        content/blossoms/sleep.md:3:14: error[relation-unknown-target]: no procedure named `pruing`
          help: did you mean `pruning`?
        content/blossoms/sleep.md:3:22: error[relation-unknown-target]: no procedure named `sleep`
          help: `sleep` is of the kind `blossom`, to which no key of this entry leads: remove it
        content/blossoms/sleep.md:3:29: error[relation-unknown-target]: no procedure named `yoga`
          help: write the entry (`content/procedures/`), or remove it from the list
        content/blossoms/sleep.md:3:57: error[field-unknown-choice]: `strnog` is not one of the choices of `grade`
          help: did you mean `strong`?
        content/blossoms/sleep.md:3:65: error[field-unknown]: a relation under `procedures` has no field `nte`
          help: did you mean `note`?
    "#]]);
}

#[test]
fn an_entry_that_is_missing_is_looked_for_where_its_kind_is_written() {
    let text = "//- site.yaml\ntitle: T\nkinds: {recipe: {folder: Food}, herb: {}}\nchecks: {advice: off}\n\
        relations:\n  - {one: recipe.herbs, other: herb.recipes}\n\
        //- Food/soup.md\n---\ntitle: Soup\nherbs: [mint]\n---\n//- content/herbs.yaml\ndill: {title: Dill, recipes: [broth]}\n";
    site(text).reports(&expect![[r#"
        Food/soup.md:3:9: error[relation-unknown-target]: no herb named `mint`
          help: write the entry (`content/herbs.yaml`), or remove it from the list
        content/herbs.yaml:1:31: error[relation-unknown-target]: no recipe named `broth`
          help: write the entry (`Food/`), or remove it from the list
    "#]]);
}

#[test]
fn a_report_names_the_kinds_of_a_side_unless_they_are_many() {
    let told = |others: &str| {
        let text = format!(
            "//- site.yaml\ntitle: Site\nkinds: {{a: {{}}, b: {{}}, c: {{}}, d: {{}}}}\nrelations:\n  \
             - {{one: a.to, other: {others}}}\n//- content/as/x.md\n---\ntitle: X\nto: [nobody]\n---\n"
        );
        site(&text).problems()
    };
    assert!(told("b|c|d.from").contains("no b or c or d named `nobody`"), "{}", told("b|c|d.from"));
    assert!(told("'*.from'").contains("no entry is named `nobody`"), "{}", told("'*.from'"));
}

#[test]
fn a_comma_behind_a_single_name_is_no_second_name() {
    site(&SITE.replace("[pruning, kneading]", "['pruning,', 'pruning kneading']")).reports(&expect![[r#"
        content/blossoms/sleep.md:3:14: error[relation-unknown-target]: no procedure named `pruning,`
          help: did you mean `pruning`?
        content/blossoms/sleep.md:3:26: error[relation-unknown-target]: no procedure named `pruning kneading`
          help: put a comma between the names: `pruning, kneading`
    "#]]);
}

#[test]
fn a_target_of_the_wrong_kind_gets_a_suggestion_that_exists() {
    let text = SITE.replace("[pruning, kneading]", "[conditions/pruning]");
    site(&text).reports(&expect![[r#"
        content/blossoms/sleep.md:3:14: error[relation-unknown-target]: no procedure named `conditions/pruning`
          help: did you mean `procedures/pruning`?
    "#]]);
}

#[test]
fn an_entry_related_to_itself_or_twice_to_another_is_reported() {
    let text = SITE
        .replace("title: Kneading\n", "title: Kneading\nrelated: [kneading]\n")
        .replace("[pruning, kneading]", "[pruning, procedures/pruning]");
    site(&text).reports(&expect![[r#"
        content/blossoms/sleep.md:3:23: error[relation-duplicate]: `procedures/pruning` stands twice in `procedures`
          content/blossoms/sleep.md:3:14: first written here
          help: remove one of the two
        content/procedures/kneading.md:3:11: error[relation-to-itself]: `kneading` is related to itself
          help: remove it from the list
    "#]]);
}

#[test]
fn a_draft_is_left_out_with_its_edges_unless_drafts_are_asked_for() {
    let text = SITE.replace("title: Pruning\n", "title: Pruning\ndraft: true\n");
    let drawn = site(&text);
    drawn.is_fine().shows(
        "/blossoms/sleep/",
        &expect![[r#"
        <h1>Sleep</h1>
        <h2>Procedures to try</h2>
        <a href="/procedures/kneading/">Kneading</a>
        <a href="/">Home</a> / <a href="/blossoms/">Blossoms</a> / <a href="/blossoms/sleep/">Sleep</a>
    "#]],
    );
    assert!(!drawn.files.contains_key("procedures/pruning/index.html"));
    let drafts = site_with(&text, Options { drafts: true, ..Options::default() });
    assert!(drafts.is_fine().main("/procedures/pruning/").contains("/blossoms/sleep/"));
}

#[test]
fn data_that_every_edge_needs_is_missed_where_the_edge_is_short() {
    let text = SITE.replace("note: text", "note: {type: text, required: true}");
    let text = text.replace("[pruning, kneading]", "[pruning, {to: kneading, grade: weak}]");
    site(&text).reports(&expect![[r#"
        content/blossoms/sleep.md:3:14: error[field-missing]: the relation to `pruning` needs `note`
          help: write it as `{to: pruning, note: ...}`
        content/blossoms/sleep.md:3:23: error[field-missing]: the required field `note` is missing
          help: add `note: some words`
    "#]]);
}

#[test]
fn names_that_are_written_in_another_way_are_understood() {
    site(
        "//- site.yaml\ntitle: Site\nkinds: {condition: {}, plot: {}, procedure: {}}\nrelations:\n  - {one: condition.plots, other: plot.conditions, at_least: 1}\n  \
         - {one: condition.procedures, other: procedure.conditions}\n\
         //- content/plots/stems.md\n---\ntitle: The stems\n---\n//- content/plots/clover.md\n---\ntitle: Clover\n---\n\
         //- content/procedures/pruning.md\n---\ntitle: Pruning\n---\n\
         //- content/conditions/a.md\n---\ntitle: A\nplots: [stems.md, ../plots/clover.md]\n---\n\
         //- content/conditions/b.md\n---\ntitle: B\nplots: [The stems, plotz/clover]\n---\n\
         //- content/conditions/c.md\n---\ntitle: C\nplots: stems, clover\n---\n\
         //- content/conditions/d.md\n---\ntitle: D\nplots: [stems clover]\n---\n\
         //- content/conditions/e.md\n---\ntitle: E\nplots: [pruning]\n---\n\
         //- content/conditions/f.md\n---\ntitle: F\nplots: {stems: true}\n---\n\
         //- content/conditions/g.md\n---\ntitle: G\nplots:\n  - {to:stems}\n---\n\
         //- content/conditions/h.md\n---\ntitle: H\nplotz: [stems]\n---\n",
    )
    .reports(&expect![[r#"
        content/conditions/a.md:3:9: error[relation-unknown-target]: no plot named `stems.md`
          help: did you mean `stems`?
        content/conditions/a.md:3:19: error[relation-unknown-target]: no plot named `../plots/clover.md`
          help: did you mean `clover`?
        content/conditions/b.md:3:9: error[relation-unknown-target]: no plot named `The stems`
          help: did you mean `stems`?
        content/conditions/b.md:3:20: error[relation-unknown-target]: no plot named `plotz/clover`
          help: did you mean `clover`?
        content/conditions/c.md:3:8: error[relation-unknown-target]: no plot named `stems, clover`
          help: write them as a list: `plots: [stems, clover]`
        content/conditions/d.md:3:9: error[relation-unknown-target]: no plot named `stems clover`
          help: put a comma between the names: `stems, clover`
        content/conditions/e.md:3:9: error[relation-unknown-target]: no plot named `pruning`
          help: `pruning` is of the kind `procedure`: write it under `procedures`
        content/conditions/f.md:3:8: error[field-wrong-type]: `plots` has to be a list of entries, found keys with values
          help: write the slugs in a list: `plots: [first-steps]`
        content/conditions/g.md:4:6: error[field-unknown]: a space is missing behind `to:`
          help: write it as `to: stems`
        content/conditions/h.md:3:1: error[field-unknown]: a condition has no field `plotz`
          help: did you mean `plots`?
    "#]]);
}

#[test]
fn the_name_of_a_file_stands_for_its_entry_but_not_without_the_folder_of_its_own() {
    let fixes = |typed: &str| {
        let text = SITE.replace("[pruning, kneading]", &format!("['{typed}']"))
            + "//- content/procedures/Öl cut.md\n---\ntitle: One\n---\n"
            + "//- content/procedures/spring/Öl wash.md\n---\ntitle: Two\n---\n";
        let found = site(&text).diagnostics;
        found.into_iter().filter_map(|problem| problem.fix).map(|fix| fix.replacement).collect::<Vec<_>>()
    };
    assert_eq!(fixes("Öl Cut.md"), ["ol-cut"]);
    assert_eq!(fixes("Spring/Ol Wash"), ["spring/ol-wash"]);
    assert_eq!(fixes("Öl wash"), Vec::<String>::new());
    assert_eq!(fixes("/Procedures/Kneading"), ["procedures/kneading"]);
    assert_eq!(fixes("../procedures/kneading.md"), ["kneading"]);
}

#[test]
fn what_two_ranges_share_is_on_the_edge_and_a_reason_keeps_those_that_share_nothing() {
    let text = "\
//- site.yaml
title: Site
kinds:
  moment: {fields: {firmness: {type: range, unit: of 5}}}
  tool: {fields: {strength: {type: range, unit: of 5}}}
relations:
  - {one: moment.tools, other: tool.moments, fits: {firmness: strength}}
//- templates/entry.html
<main>{% for group in entry.related %}{% for edge in group.edges %}{{ edge.entry.name }}
{%- if edge.shared.strength is defined %} {{ edge.shared.strength.text }}{% endif %}
{%- if edge.shared.firmness is defined %} {{ edge.shared.firmness.text }}{% endif %}; {% endfor %}{% endfor %}</main>
//- content/moments/before.md
---
title: Before
firmness: 1-2
tools: [pruner, towel, {to: bulb, reason: Only under a towel.}, feather]
---
//- content/tools/pruner.md
---
title: Pruner
strength: 2-4
---
//- content/tools/bulb.md
---
title: Bulb
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
    assert_eq!(drawn.main("/moments/before/").trim(), "Pruner 2; Towel; Bulb; Feather;");
    assert_eq!(drawn.main("/tools/pruner/").trim(), "Before 2;");
    assert_eq!(drawn.main("/tools/feather/").trim(), "Before 1;");
}

#[test]
fn what_a_relation_names_in_brackets_or_by_a_title_is_suggested_as_it_has_to_be_written() {
    let more = "//- content/procedures/root-work.md\n---\ntitle: Work at the ro\u{f4}ts\naliases: [Digging]\n---\n//- content/conditions/frost.md\n---\ntitle: Late frost\n---\n\
        //- content/blossoms/rest.md\n---\ntitle: Rest\nprocedures:\n  - '[[Work at the roots]]'\n  - '[[Work at the rots|words]]'\n  - '[[pruning#part]]'\n  \
        - '[[Late frost]]'\n  - '[words](../procedures/pruning.md)'\n  - Diging\n  - \"Work at the ro\u{302}ts\"\n  - '[[nothing like it]]'\n---\n";
    site(&format!("{SITE}{more}")).reports(&expect![[r#"
        content/blossoms/rest.md:4:5: error[relation-unknown-target]: no procedure named `[[Work at the roots]]`
          help: did you mean `root-work`?
        content/blossoms/rest.md:5:5: error[relation-unknown-target]: no procedure named `[[Work at the rots|words]]`
          help: did you mean `root-work`?
        content/blossoms/rest.md:6:5: error[relation-unknown-target]: no procedure named `[[pruning#part]]`
          help: did you mean `pruning`?
        content/blossoms/rest.md:7:5: error[relation-unknown-target]: no procedure named `[[Late frost]]`
          help: `[[Late frost]]` is of the kind `condition`, to which no key of this entry leads: remove it
        content/blossoms/rest.md:8:5: error[relation-unknown-target]: no procedure named `[words](../procedures/pruning.md)`
          help: did you mean `procedures/pruning`?
        content/blossoms/rest.md:9:5: error[relation-unknown-target]: no procedure named `Diging`
          help: did you mean `root-work`?
        content/blossoms/rest.md:10:5: error[relation-unknown-target]: no procedure named `Work at the rôts`
          help: did you mean `root-work`?
        content/blossoms/rest.md:11:5: error[relation-unknown-target]: no procedure named `[[nothing like it]]`
          help: write the entry (`content/procedures/`), or remove it from the list
    "#]]);
}
