//! Mentions of entries become links: the first on a page, longest match, whole words.

use expect_test::expect;

use crate::harness::site;

const SITE: &str = "\
//- site.yaml
title: Site
kinds:
  term: {url: '/glossary/#{slug}', term_links: all, fields: {meaning: {type: markdown, required: true}}}
  procedure: {term_links: names}
  note: {term_links: none}
//- templates/entry.html
<main>
{{ entry.body }}
{%- for term in entry.glossary %}<p>{{ term.id }}</p>
{% endfor -%}
</main>
//- content/terms.yaml
fennel: {title: fennel, meaning: 'A sheet with the [[planter-fennel]].', aliases: [connective timber]}
planter-fennel: {title: planter fennel, meaning: The sole.}
dibs: {title: DIBS, meaning: Late softness.}
load: {title: training load, short_title: load, meaning: How much.}
amp: {title: amp, meaning: A word that is part of an entity.}
hidden: {title: secret, linked_as_term: false, meaning: Never linked.}
//- content/glossary.md
---
title: Glossary
---
The fennel and the fine pruner.

```list
entries: term
```
//- content/procedures/pruner.md
---
title: Fine pruner
aliases: [log]
---
//- content/notes/other.md
---
title: Other note
---
";

fn note(text: &str) -> String {
    note_with("", text)
}

fn note_with(keys: &str, text: &str) -> String {
    let text = format!("{SITE}//- content/notes/page.md\n---\ntitle: Page\n{keys}---\n{text}\n");
    let drawn = site(&text);
    drawn.is_fine();
    drawn.main("/notes/page/")
}

#[test]
fn the_first_mention_of_a_term_links_to_it() {
    expect![[r#"
        <p><a class="term" href="/glossary/#fennel">Fennel</a> is fennel. The connective timber. A <a class="term" href="/procedures/pruner/">fine pruner</a>, two fine pruners.</p>
        <p>terms/fennel</p>
        <p>procedures/pruner</p>
    "#]].assert_eq(&note("Fennel is fennel. The connective timber. A fine pruner, two fine pruners."));
}

#[test]
fn the_longest_name_wins_and_only_whole_words_count() {
    expect![[r#"
        <p>The <a class="term" href="/glossary/#planter-fennel">planter fennel</a> and fasciae, the overload, load-bearing and <a class="term" href="/glossary/#fennel">fennel</a>’s.</p>
        <p>terms/planter-fennel</p>
        <p>terms/fennel</p>
    "#]].assert_eq(&note("The planter fennel and fasciae, the overload, load-bearing and fennel's."));
}

#[test]
fn names_with_capitals_keep_their_case_and_plurals_are_found() {
    expect![[r#"
        <p>The dibs of <a class="term" href="/glossary/#dibs">DIBS</a>; <a class="term" href="/glossary/#load">loads</a>; <a class="term" href="/glossary/#fennel">Connective timbers</a>; training loads.</p>
        <p>terms/dibs</p>
        <p>terms/load</p>
        <p>terms/fennel</p>
    "#]].assert_eq(&note("The dibs of DIBS; loads; Connective timbers; training loads."));
}

#[test]
fn links_headings_and_code_hold_no_terms() {
    expect![[r#"
        <h1 id="fennel">Fennel</h1>
        <p><a href="/procedures/pruner/">fennel</a> <code>fennel</code></p>
        <pre tabindex="0"><code>fennel
        </code></pre>
        <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>fennel</th></tr></thead><tbody>
        <tr><td><a class="term" href="/glossary/#load">load</a></td></tr>
        </tbody></table>
        </div>
        <p>terms/load</p>
    "#]]
    .assert_eq(&note(
        "# Fennel\n\n[fennel](../procedures/pruner.md) `fennel`\n\n    fennel\n\n| fennel |\n|---|\n| load |\n",
    ));
}

#[test]
fn what_the_page_links_to_anyway_gets_no_second_link() {
    expect![[r#"
        <p>The load is <a href="/glossary/#load">load</a>, the fine pruner is <a href="/procedures/pruner/">here</a>.</p>
    "#]].assert_eq(&note("The load is [[load]], the fine pruner is [here](../procedures/pruner.md)."));
}

#[test]
fn aliases_count_only_where_the_kind_says_so_and_some_names_never() {
    expect![[r#"
        <p>A log, an other note, a secret.</p>
    "#]]
    .assert_eq(&note("A log, an other note, a secret."));
}

#[test]
fn a_page_can_do_without_terms() {
    expect![[r#"
        <p>The fennel.</p>
    "#]]
    .assert_eq(&note_with("term_links: false\n", "The fennel."));
}

#[test]
fn the_glossary_shows_terms_with_the_pages_that_use_them() {
    let text = format!("{SITE}//- content/notes/page.md\n---\ntitle: Page\n---\nThe fennel under load.\n");
    site(&text).is_fine().shows("/glossary/", &expect![[r#"
        <p>The fennel and the <a class="term" href="/procedures/pruner/">fine pruner</a>.</p>
        <ul>
        <li id="amp">amp: A word that is part of an entity.</li>
        <li id="dibs">DIBS: Late softness.</li>
        <li id="fennel">fennel: A sheet with the <a href="/glossary/#planter-fennel">planter fennel</a>. <a href="/notes/page/">Page</a></li>
        <li id="load">training load: How much. <a href="/notes/page/">Page</a></li>
        <li id="planter-fennel">planter fennel: The sole.</li>
        <li id="hidden">secret: Never linked.</li>
        </ul>
        <p>procedures/pruner</p>
    "#]]);
}

#[test]
fn a_name_that_a_line_break_parts_is_one_name() {
    expect![[r#"
        <p>A <a class="term" href="/glossary/#planter-fennel">planter
        fennel</a>, connective
        <em>timber</em>, fine<br />
        pruner, this &amp; that <a class="term" href="/glossary/#amp">amp</a>.</p>
        <p>terms/planter-fennel</p>
        <p>terms/amp</p>
    "#]]
    .assert_eq(&note("A planter\nfennel, connective\n*timber*, fine  \npruner, this & that amp."));
}

#[test]
fn quotes_in_fields_are_curly_where_they_are_shown_and_names_are_found_with_either_apostrophe() {
    let text = "\
//- site.yaml
title: Site
kinds:
  plot: {term_links: all, fields: {note: text, link: url}}
//- content/plots/kale.md
---
title: Runner's kale
aliases: [\"jumper's kale\"]
note: \"It's \\\"soft\\\"\"
link: https://example.org/it's
---
//- content/plots/leg.md
---
title: Leg
---
See [[Runner's kale]] and [[Runner’s kale]].
//- content/plots/stem.md
---
title: Stem
---
A jumper’s kale or `it's`.
//- content/plots/toe.md
---
title: Toe
---
No runner's kale.
";
    for (punctuation, title, found) in [("true", "Runner’s kale", "“soft”"), ("false", "Runner&#39;s kale", "soft")]
    {
        let site = site(&text.replace("kinds:", &format!("markdown: {{smart_punctuation: {punctuation}}}\nkinds:")));
        site.is_fine();
        let (kale, leg) = (site.main("/plots/kale/"), site.main("/plots/leg/"));
        assert!(kale.contains(title) || kale.contains(&title.replace("&#39;", "'")), "{kale}");
        assert!(kale.contains(found) && kale.contains("https://example.org/it"), "{kale}");
        assert_eq!(leg.matches("href=\"/plots/kale/\"").count(), 2, "{leg}");
        for page in ["/plots/stem/", "/plots/toe/"] {
            assert!(site.main(page).contains("href=\"/plots/kale/\""), "{page} {punctuation}");
        }
    }
}

#[test]
fn names_with_dashes_dots_and_quotes_are_found_whether_punctuation_is_smart_or_not() {
    for (options, language) in [("", "en"), (", smart_punctuation: false", "en"), ("", "de"), ("", "fr")] {
        let names = ["make --all", "wait... and see", "one---two", "the \"old\" way", "'so' it is"];
        let mut text = format!(
            "//- site.yaml\ntitle: Site\nlanguage: {language}\nmarkdown: {{term_links: true{options}}}\nkinds: {{note: {{term_links: all}}}}\nchecks: {{advice: off}}\n//- content/notes/page.md\n"
        );
        for name in names {
            text += &format!("so {name} there\n\n");
        }
        for (number, name) in names.iter().enumerate() {
            text += &format!("//- content/notes/n{number}.md\n---\ntitle: '{}'\n---\n", name.replace('\'', "''"));
        }
        let page = site(&text).main("/notes/page/");
        let linked = page.matches("<p>so <a class=\"term\"").count();
        assert!(linked >= if language == "fr" { 3 } else { 5 }, "{options} {language}: {page}");
    }
}
