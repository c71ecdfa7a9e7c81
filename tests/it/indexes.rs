//! The index of a kind: what a filter can offer, and the same list grouped anew.

use expect_test::expect;

use crate::harness::site;

const SITE: &str = r#"//- site.yaml
title: Site
kinds:
  technique:
    fields:
      who: {type: list, of: {type: choice, of: {self: Yourself, partner: A partner}}}
      pressure: {type: range, unit: of 5}
      grade: {type: choice, of: {strong: Strong, weak: Weak, none: No grade}}
      cost: {type: choice, of: {low: Low, high: High}}
    regroup_by: [areas, pressure, {by: who, title: Who does it}, {by: grade, title: How sure}, cost]
  area: {order: [order], fields: {order: integer}}
  tool: {}
relations:
  - {one: technique.areas, other: area.techniques, labels: [Areas, Techniques]}
//- templates/index.html
<main>
{% for facet in facets or [] %}{{ facet.by }} ({{ facet.title }}):{% for option in facet.options %} {{ option.id }}={{ option.title }}{% endfor %}
{% endfor %}
{%- for card in entries %}{{ card.name }}{% if card.facets is defined %}:{% for by, options in card.facets %} {{ by }}={{ options | join(sep=",") }}{% endfor %}{% endif %}
{% endfor %}
{%- if block %}{{ block.html }} of {{ block.entry.name }}
{% endif -%}
{%- for group in groups or [] %}{{ group.id }} {{ group.title }}:{% for card in group.entries %} {{ card.name }}{% endfor %}
{% endfor -%}
</main>
//- content/areas/calves.md
---
title: Calves
order: 2
---
//- content/areas/feet.md
---
title: Feet
order: 1
---
//- content/areas/neck.md
---
title: Neck
order: 3
---
//- content/techniques/rolling.md
---
title: Rolling
areas: [calves, feet]
pressure: 2-3
who: [self]
grade: weak
cost: low
---
//- content/techniques/kneading.md
---
title: Kneading
areas: [calves]
pressure: 2
who: [partner, self]
grade: strong
cost: low
---
//- content/techniques/rest.md
---
title: Rest
---
//- content/tools/ball.md
---
title: Ball
---
"#;

#[test]
fn an_index_knows_its_facets_in_the_declared_order_and_which_entry_has_what() {
    // Nobody works on the neck, and all cost the same: there is nothing to choose.
    site(SITE).is_fine().shows(
        "/techniques/",
        &expect![[r#"
            areas (Areas): feet=Feet calves=Calves
            pressure (Pressure): 2=2 of 5 3=3 of 5
            who (Who does it): self=Yourself partner=A partner
            grade (How sure): strong=Strong weak=Weak
            Kneading: areas=calves pressure=2 who=self,partner grade=strong
            Rest:
            Rolling: areas=feet,calves pressure=2,3 who=self grade=weak
        "#]],
    );
}

#[test]
fn an_index_of_a_kind_that_is_grouped_by_nothing_has_no_facets() {
    site(SITE).shows(
        "/tools/",
        &expect![[r#"
        Ball
    "#]],
    );
}

#[test]
fn a_facet_with_very_many_options_is_left_to_its_regrouped_index() {
    let areas = (0..41).map(|n| format!("//- content/areas/a{n}.md\n---\ntitle: Area {n}\n---\n")).collect::<String>();
    let all = (0..41).map(|n| format!("a{n}")).collect::<Vec<_>>().join(", ");
    let text = SITE.replace("areas: [calves]", &format!("areas: [{all}]")) + &areas;
    let drawn = site(&text);
    assert!(drawn.is_fine().main("/techniques/").starts_with("pressure (Pressure)"));
    assert!(drawn.main("/techniques/by-area/").contains("a40 Area 40: Kneading"));
}

#[test]
fn a_regrouped_index_has_groups_and_no_facets() {
    site(SITE).shows(
        "/techniques/by-area/",
        &expect![[r#"
            Kneading
            Rest
            Rolling
            feet Feet: Rolling
            calves Calves: Kneading Rolling
            other Everything else: Rest
        "#]],
    );
}

#[test]
fn an_index_counts_the_related_entries_of_each() {
    let text = SITE.replace("{%- if block %}", "{%- for card in entries %}{{ card.name }} {{ card.counts.techniques | default(value=0) }}\n{% endfor %}\n{%- if block %}");
    assert!(site(&text).main("/areas/").ends_with("Feet 1\nCalves 2\nNeck 0\n"));
}

#[test]
fn an_index_shows_a_data_block_of_an_article() {
    let article = "//- templates/blocks/shares.html\n{{ block.caption }}\n//- content/tools/ball.md\n---\ntitle: Ball\n---\n```shares\ncaption: Eight of ten\n```\n";
    let text = SITE.replace("  area: {", "  area: {index: {block: {of: tools/ball, name: shares}}, ");
    let text = text.split("//- content/tools/ball.md").next().expect("a part").to_owned() + article;
    let drawn = site(&text);
    assert!(drawn.is_fine().main("/areas/").contains("Eight of ten\n of Ball"), "{}", drawn.main("/areas/"));
    assert!(!drawn.main("/tools/").contains("Eight of ten"));
}

#[test]
fn a_data_block_that_no_article_has_is_reported() {
    let text = SITE.replace("  area: {", "  area: {index: {block: {of: tools/ball, name: shares}}, ");
    site(&text).reports(&expect![[r#"
        site.yaml:10:25: error[site-unknown-name]: `tools/ball` has no data block named `shares`
          help: name an article as `guides/my-guide` and a block that it has, or remove the key
    "#]]);
}

#[test]
fn half_a_data_block_is_reported() {
    let text = SITE.replace("  area: {", "  area: {index: {block: {of: tools/ball}}, ");
    site(&text).reports(&expect![[r#"
        site.yaml:10:25: error[site-invalid]: a data block needs the article it stands in, and its name
          help: write it as `{of: guides/my-guide, name: my-block}`
    "#]]);
}
