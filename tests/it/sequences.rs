//! Kinds whose entries follow one another.

use expect_test::expect;

use crate::harness::site;

const SITE: &str = r#"//- site.yaml
title: Site
kinds:
  stage: {order: [order], sequence: true, fields: {order: integer}}
  note: {}
//- templates/entry.html
<main>
{% set line = entry.sequence -%}
{% if line %}{{ line.previous.name if line.previous else "-" }} < {{ entry.name }} > {{ line.next.name if line.next else "-" }}
of{% for card in line.around %} {{ card.name }}{% endfor %}{% else %}no sequence{% endif %}
</main>
//- content/stages/warm.md
---
title: Warm up
order: 1
---
//- content/stages/run.md
---
title: Run
order: 2
---
//- content/stages/rest.md
---
title: Rest
order: 3
---
//- content/notes/b.md
---
title: B
---
//- content/notes/a.md
---
title: A
---
"#;

#[test]
fn an_entry_of_a_sequence_knows_its_neighbours_in_the_order_of_the_kind() {
    site(SITE)
        .is_fine()
        .shows(
            "/stages/warm/",
            &expect![[r#"
                - < Warm up > Run
                of Warm up Run Rest
            "#]],
        )
        .shows(
            "/stages/run/",
            &expect![[r#"
                Warm up < Run > Rest
                of Warm up Run Rest
            "#]],
        )
        .shows(
            "/stages/rest/",
            &expect![[r#"
                Run < Rest > -
                of Warm up Run Rest
            "#]],
        );
}

#[test]
fn a_long_sequence_is_known_four_entries_to_each_side() {
    let more: String =
        (4..20).map(|n| format!("//- content/stages/s{n}.md\n---\ntitle: S{n}\norder: {n}\n---\n")).collect();
    site(&(SITE.to_owned() + &more)).is_fine().shows(
        "/stages/s10/",
        &expect![[r#"
            S9 < S10 > S11
            of S6 S7 S8 S9 S10 S11 S12 S13 S14
        "#]],
    );
}

#[test]
fn entries_of_other_kinds_know_of_no_neighbours() {
    site(SITE).shows(
        "/notes/a/",
        &expect![[r#"
        no sequence
    "#]],
    );
}

#[test]
fn what_the_contents_do_not_list_stands_in_no_line() {
    let site = site(&SITE.replace("order: [order], sequence: true,", "sequence: true, contents: [warm.md, run.md],"));
    assert!(site.main("/stages/run/").contains("Warm up < Run > -\nof Warm up Run\n"), "{}", site.main("/stages/run/"));
    assert!(site.main("/stages/rest/").contains("no sequence"));
}
