//! Mentions of entries become links: the first on a page, longest match, whole words.

use expect_test::expect;

use crate::harness::site;

const SITE: &str = "\
//- site.yaml
title: Site
kinds:
  term: {url: '/glossary/#{slug}', term_links: all, fields: {meaning: {type: markdown, required: true}}}
  technique: {term_links: names}
  note: {term_links: none}
//- templates/entry.html
<main>
{{ entry.body }}
{%- for term in entry.glossary %}<p>{{ term.id }}</p>
{% endfor -%}
</main>
//- content/terms.yaml
fascia: {title: fascia, meaning: 'A sheet with the [[plantar-fascia]].', aliases: [connective tissue]}
plantar-fascia: {title: plantar fascia, meaning: The sole.}
doms: {title: DOMS, meaning: Late soreness.}
load: {title: training load, short_title: load, meaning: How much.}
amp: {title: amp, meaning: A word that is part of an entity.}
hidden: {title: secret, linked_as_term: false, meaning: Never linked.}
//- content/glossary.md
---
title: Glossary
---
The fascia and the foam roller.

```list
entries: term
```
//- content/techniques/roller.md
---
title: Foam roller
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
        <p><a class="term" href="/glossary/#fascia">Fascia</a> is fascia. The connective tissue. A <a class="term" href="/techniques/roller/">foam roller</a>, two foam rollers.</p>
        <p>terms/fascia</p>
        <p>techniques/roller</p>
    "#]].assert_eq(&note("Fascia is fascia. The connective tissue. A foam roller, two foam rollers."));
}

#[test]
fn the_longest_name_wins_and_only_whole_words_count() {
    expect![[r#"
        <p>The <a class="term" href="/glossary/#plantar-fascia">plantar fascia</a> and fasciae, the overload, load-bearing and <a class="term" href="/glossary/#fascia">fascia</a>’s.</p>
        <p>terms/plantar-fascia</p>
        <p>terms/fascia</p>
    "#]].assert_eq(&note("The plantar fascia and fasciae, the overload, load-bearing and fascia's."));
}

#[test]
fn names_with_capitals_keep_their_case_and_plurals_are_found() {
    expect![[r#"
        <p>The doms of <a class="term" href="/glossary/#doms">DOMS</a>; <a class="term" href="/glossary/#load">loads</a>; <a class="term" href="/glossary/#fascia">Connective tissues</a>; training loads.</p>
        <p>terms/doms</p>
        <p>terms/load</p>
        <p>terms/fascia</p>
    "#]].assert_eq(&note("The doms of DOMS; loads; Connective tissues; training loads."));
}

#[test]
fn links_headings_and_code_hold_no_terms() {
    expect![[r#"
        <h1 id="fascia">Fascia</h1>
        <p><a href="/techniques/roller/">fascia</a> <code>fascia</code></p>
        <pre><code>fascia
        </code></pre>
        <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>fascia</th></tr></thead><tbody>
        <tr><td><a class="term" href="/glossary/#load">load</a></td></tr>
        </tbody></table>
        </div>
        <p>terms/load</p>
    "#]]
    .assert_eq(&note(
        "# Fascia\n\n[fascia](../techniques/roller.md) `fascia`\n\n    fascia\n\n| fascia |\n|---|\n| load |\n",
    ));
}

#[test]
fn what_the_page_links_to_anyway_gets_no_second_link() {
    expect![[r#"
        <p>The load is <a href="/glossary/#load">load</a>, the foam roller is <a href="/techniques/roller/">here</a>.</p>
    "#]].assert_eq(&note("The load is [[load]], the foam roller is [here](../techniques/roller.md)."));
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
        <p>The fascia.</p>
    "#]]
    .assert_eq(&note_with("term_links: false\n", "The fascia."));
}

#[test]
fn the_glossary_shows_terms_with_the_pages_that_use_them() {
    let text = format!("{SITE}//- content/notes/page.md\n---\ntitle: Page\n---\nThe fascia under load.\n");
    site(&text).is_fine().shows("/glossary/", &expect![[r#"
        <p>The fascia and the <a class="term" href="/techniques/roller/">foam roller</a>.</p>
        <ul>
        <li id="amp">amp: A word that is part of an entity.</li>
        <li id="doms">DOMS: Late soreness.</li>
        <li id="fascia">fascia: A sheet with the <a href="/glossary/#plantar-fascia">plantar fascia</a>. <a href="/notes/page/">Page</a></li>
        <li id="load">training load: How much. <a href="/notes/page/">Page</a></li>
        <li id="plantar-fascia">plantar fascia: The sole.</li>
        <li id="hidden">secret: Never linked.</li>
        </ul>
        <p>techniques/roller</p>
    "#]]);
}

#[test]
fn a_name_that_a_line_break_parts_is_one_name() {
    expect![[r#"
        <p>A <a class="term" href="/glossary/#plantar-fascia">plantar
        fascia</a>, connective
        <em>tissue</em>, foam<br />
        roller, this &amp; that <a class="term" href="/glossary/#amp">amp</a>.</p>
        <p>terms/plantar-fascia</p>
        <p>terms/amp</p>
    "#]]
    .assert_eq(&note("A plantar\nfascia, connective\n*tissue*, foam  \nroller, this & that amp."));
}

#[test]
fn quotes_in_fields_are_curly_where_they_are_shown_and_names_are_found_with_either_apostrophe() {
    let text = "\
//- site.yaml
title: Site
kinds:
  area: {term_links: all, fields: {note: text, link: url}}
//- content/areas/knee.md
---
title: Runner's knee
aliases: [\"jumper's knee\"]
note: \"It's \\\"sore\\\"\"
link: https://example.org/it's
---
//- content/areas/leg.md
---
title: Leg
---
See [[Runner's knee]] and [[Runner’s knee]].
//- content/areas/shin.md
---
title: Shin
---
A jumper’s knee or `it's`.
//- content/areas/toe.md
---
title: Toe
---
No runner's knee.
";
    for (punctuation, title, found) in [("true", "Runner’s knee", "“sore”"), ("false", "Runner&#39;s knee", "sore")]
    {
        let site = site(&text.replace("kinds:", &format!("markdown: {{smart_punctuation: {punctuation}}}\nkinds:")));
        site.is_fine();
        let (knee, leg) = (site.main("/areas/knee/"), site.main("/areas/leg/"));
        assert!(knee.contains(title) || knee.contains(&title.replace("&#39;", "'")), "{knee}");
        assert!(knee.contains(found) && knee.contains("https://example.org/it"), "{knee}");
        assert_eq!(leg.matches("href=\"/areas/knee/\"").count(), 2, "{leg}");
        for page in ["/areas/shin/", "/areas/toe/"] {
            assert!(site.main(page).contains("href=\"/areas/knee/\""), "{page} {punctuation}");
        }
    }
}
