//! The index of a kind: what a filter can offer, and the same list grouped anew.

use expect_test::expect;

use crate::harness::{Project, site};

const SITE: &str = r#"//- site.yaml
title: Site
kinds:
  procedure:
    fields:
      who: {type: list, of: {type: choice, of: {self: Yourself, partner: A partner}}}
      firmness: {type: range, unit: of 5}
      grade: {type: choice, of: {strong: Strong, weak: Weak, none: No grade}}
      cost: {type: choice, of: {low: Low, high: High}}
    regroup_by: [plots, firmness, {by: who, title: Who does it}, {by: grade, title: How sure}, cost]
  plot: {order: [order], fields: {order: integer}}
  tool: {}
relations:
  - {one: procedure.plots, other: plot.procedures, labels: [Plots, Procedures]}
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
//- content/plots/clover.md
---
title: Clover
order: 2
---
//- content/plots/fern.md
---
title: Fern
order: 1
---
//- content/plots/neck.md
---
title: Neck
order: 3
---
//- content/procedures/pruning.md
---
title: Pruning
plots: [clover, fern]
firmness: 2-3
who: [self]
grade: weak
cost: low
---
//- content/procedures/kneading.md
---
title: Kneading
plots: [clover]
firmness: 2
who: [partner, self]
grade: strong
cost: low
---
//- content/procedures/rest.md
---
title: Rest
---
//- content/tools/bulb.md
---
title: Bulb
---
"#;

#[test]
fn an_index_knows_its_facets_in_the_declared_order_and_which_entry_has_what() {
    // Nobody works on the neck, and all cost the same: there is nothing to choose.
    site(SITE).is_fine().shows(
        "/procedures/",
        &expect![[r#"
            plots (Plots): fern=Fern clover=Clover
            firmness (Firmness): 2=2 of 5 3=3 of 5
            who (Who does it): self=Yourself partner=A partner
            grade (How sure): strong=Strong weak=Weak
            Kneading: plots=clover firmness=2 who=self,partner grade=strong
            Pruning: plots=fern,clover firmness=2,3 who=self grade=weak
            Rest:
        "#]],
    );
}

#[test]
fn an_index_of_a_kind_that_is_grouped_by_nothing_has_no_facets() {
    site(SITE).shows(
        "/tools/",
        &expect![[r#"
        Bulb
    "#]],
    );
}

#[test]
fn a_facet_with_very_many_options_is_left_to_its_regrouped_index() {
    let plots = (0..41).map(|n| format!("//- content/plots/a{n}.md\n---\ntitle: Plot {n}\n---\n")).collect::<String>();
    let all = (0..41).map(|n| format!("a{n}")).collect::<Vec<_>>().join(", ");
    let text = SITE.replace("plots: [clover]", &format!("plots: [{all}]")) + &plots;
    let drawn = site(&text);
    assert!(drawn.is_fine().main("/procedures/").starts_with("firmness (Firmness)"));
    assert!(drawn.main("/procedures/by-plot/").contains("a40 Plot 40: Kneading"));
}

#[test]
fn a_regrouped_index_has_groups_and_no_facets() {
    site(SITE).shows(
        "/procedures/by-plot/",
        &expect![[r#"
            Kneading
            Pruning
            Rest
            fern Fern: Pruning
            clover Clover: Kneading Pruning
            other Everything else: Rest
        "#]],
    );
}

#[test]
fn an_index_counts_the_related_entries_of_each() {
    let text = SITE.replace("{%- if block %}", "{%- for card in entries %}{{ card.name }} {{ card.counts.procedures | default(value=0) }}\n{% endfor %}\n{%- if block %}");
    assert!(site(&text).main("/plots/").ends_with("Fern 1\nClover 2\nNeck 0\n"));
}

#[test]
fn an_index_shows_a_data_block_of_an_article() {
    let article = "//- templates/blocks/shares.html\n{{ block.caption }}\n//- content/tools/bulb.md\n---\ntitle: Bulb\n---\n```shares\ncaption: Eight of ten\n```\n";
    let text = SITE.replace("  plot: {", "  plot: {index: {block: {of: tools/bulb, name: shares}}, ");
    let text = text.split("//- content/tools/bulb.md").next().expect("a part").to_owned() + article;
    let drawn = site(&text);
    assert!(drawn.is_fine().main("/plots/").contains("Eight of ten\n of Bulb"), "{}", drawn.main("/plots/"));
    assert!(!drawn.main("/tools/").contains("Eight of ten"));
}

#[test]
fn a_data_block_that_no_article_has_is_reported() {
    let text = SITE.replace("  plot: {", "  plot: {index: {block: {of: tools/bulb, name: shares}}, ");
    site(&text).reports(&expect![[r#"
        site.yaml:10:25: error[site-unknown-name]: `tools/bulb` has no data block named `shares`
          help: name an article as `guides/my-guide` and a block that it has, or remove the key
    "#]]);
}

#[test]
fn half_a_data_block_is_reported() {
    let text = SITE.replace("  plot: {", "  plot: {index: {block: {of: tools/bulb}}, ");
    site(&text).reports(&expect![[r#"
        site.yaml:10:25: error[site-invalid]: a data block needs the article it stands in, and its name
          help: write it as `{of: guides/my-guide, name: my-block}`
    "#]]);
}

#[test]
fn the_list_of_a_kind_may_lie_where_no_address_begins() {
    let drawn = Project::bare(
        "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nchecks: {advice: off}\nkinds:\n  post:\n    folder: posts\n    \
         url: \"/{year}/{slug}.html\"\n    index: {url: /posts}\n    regroup_by: [tags]\n    fields: {tags: {type: list, of: text}}\n\
         //- posts/_index.md\n# All of it\n\nWords.\n//- posts/leek.md\n---\ndate: 2024-01-02\ntags: [green]\n---\n# Leek\n",
    )
    .drawn();
    drawn.is_fine();
    let list = drawn.file("posts/index.html");
    assert!(list.contains("All of it</h1>") && list.contains("href=\"/2024/leek.html\""), "{list}");
    assert!(drawn.file("posts/by-tags/green/index.html").contains("Leek"));
    assert!(drawn.file("index.html").contains("href=\"/posts/\""));
}

#[test]
fn entries_are_grouped_although_no_page_lists_them_all() {
    let drawn = Project::bare(
        "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nchecks: {advice: off}\nkinds:\n  soup:\n    folder: soups\n    \
         url: /{slug}/\n    index: false\n    regroup_by: [tags]\n    fields: {tags: {type: list, of: text}}\n\
         //- soups/index.md\n# Soups\n//- soups/leek.md\n---\ntags: [green, hot]\n---\n# Leek\n//- soups/pea.md\n---\ntags: [green]\n---\n# Pea\n",
    )
    .drawn();
    drawn.is_fine();
    let green = drawn.file("by-tags/green/index.html");
    assert!(green.contains("<a href=\"/leek/\">Leek</a>") && green.contains("<a href=\"/pea/\">Pea</a>"), "{green}");
    assert!(drawn.file("leek/index.html").contains("<a href=\"/by-tags/green/\">green</a>"));
    assert!(drawn.file("by-tags/index.html").contains("/by-tags/hot/"));
}

#[test]
fn pages_of_groups_lie_where_the_site_says() {
    let declared = "title: T\nbase_url: https://t.example/\npages: {feed: {url: /index.xml}}\nkinds:\n  recipe:\n    fields: {tags: {type: list, of: text}}\n    regroup_by: [{by: tags, url: URL}]\n";
    let project = Project::bare(&format!(
        "//- site.yaml\n{}//- content/recipes/soup.md\n---\ntitle: Soup\ndate: 2024-01-02\ntags: [quick]\n---\nText.\n",
        declared.replace("URL", "/tags")
    ));
    project.runs(&["build"]);
    for file in ["tags/index.html", "tags/quick/index.html", "tags/quick/index.xml", "recipes/index.xml", "index.xml"] {
        assert!(project.path(&format!("public/{file}")).exists(), "{file}");
    }
    assert!(!project.path("public/recipes/by-tags").exists());
    assert!(project.read("public/recipes/soup/index.html").contains("href=\"/tags/quick/\""));
    for (url, said) in [("tags", "has to begin with a slash"), ("/recipes/soup/", "two pages have the address")] {
        project.write("site.yaml", declared.replace("URL", url));
        let ran = project.run(&["check"]);
        let all = format!("{}{}", ran.out, ran.err);
        assert!(ran.code == Some(1) && all.contains(said), "{all}");
    }
}

#[test]
fn values_of_one_address_are_shown_where_they_stand_under_another_key() {
    let told = site(
        "//- site.yaml\ntitle: T\nkinds: {plant: {extra: allow, fields: {tags: {type: list, of: text}}, from_keys: {tags: taxonomies.tags}, regroup_by: [tags]}}\n\
         //- content/plants/a.md\n---\ntitle: A\ntaxonomies:\n  tags: [C, C++]\n---\n",
    )
    .problems();
    assert!(told.contains("content/plants/a.md:4:"), "{told}");
}
