//! Headings: attributes and ids.

use expect_test::expect;

use super::{complains, reads, text};

#[test]
fn only_ids_classes_and_values_in_braces_are_attributes() {
    reads(
        "## GET /users/{id}\n\n## Sets {1, 2}\n\n## x \\{#y}\n\n## \\$\\\\frac{a}{b}\n\n\
         ## Named {#good .wide title=\"A b\"}\n\nUnder\nlined {id}\n---\n\nUnderlined {#under}\n---\n\n## Closed {#closed} ##\n",
        &expect![[r#"
            <h2 id="get-usersid">GET /users/{id}</h2>
            <h2 id="sets-1-2">Sets {1, 2}</h2>
            <h2 id="x-y">x {#y}</h2>
            <h2 id="fracab">$\frac{a}{b}</h2>
            <h2 id="good" class="wide" title="A b">Named</h2>
            <h2 id="under-lined-id">Under
            lined {id}</h2>
            <h2 id="under">Underlined</h2>
            <h2 id="closed">Closed</h2>
        "#]],
    );
    complains(
        "## A {#a, .b}\n\n## B {#b #c}\n\n## C {: .d}\n",
        &expect![[r#"
            content/conditions/page.md:4:6: warning[markdown-unread]: these are no attributes of a heading
              help: write them as `{#id .class key=value}`, or a backslash before `{` if they are text
            content/conditions/page.md:8:6: warning[markdown-unread]: these are no attributes of a heading
              help: write them as `{#id .class key=value}`, or a backslash before `{` if they are text
        "#]],
    );
}

#[test]
fn ids_are_those_of_github() {
    reads(
        "[a](#313-file-system) [b](#ab) [c](#a--b) [d](#日本語の見出し) [e](#example-2) [f](#über-uns) [g](#%C3%BCber-uns)\n\n\
         ## 3.1.3 File system\n\n## `a.b`\n\n## A & B\n\n## 日本語の見出し\n\n## Example\n\n## Example\n\n## Example\n\n\
         ## Über uns\n\n## _intro_ -- it's\n",
        &expect![[r##"
            <p><a href="#313-file-system">a</a> <a href="#ab">b</a> <a href="#a--b">c</a> <a href="#日本語の見出し">d</a> <a href="#example-2">e</a> <a href="#über-uns">f</a> <a href="#über-uns">g</a></p>
            <h2 id="313-file-system">3.1.3 File system</h2>
            <h2 id="ab"><code>a.b</code></h2>
            <h2 id="a--b">A &amp; B</h2>
            <h2 id="日本語の見出し">日本語の見出し</h2>
            <h2 id="example">Example</h2>
            <h2 id="example-1">Example</h2>
            <h2 id="example-2">Example</h2>
            <h2 id="über-uns">Über uns</h2>
            <h2 id="intro----its"><em>intro</em> – it’s</h2>
        "##]],
    );
}

#[test]
fn the_contents_show_the_title_behind_a_wikilink() {
    let with_contents = super::SITE.replace(
        "{{ entry.body }}",
        "{% for heading in entry.toc %}{{ heading.id }}: {{ heading.title }}\n{% endfor %}",
    );
    let text =
        "## About [[evergreens]] and [x](/procedures/), [[fine-pruning]]\n\n## ![a pruner](pruner.png) `b` *c*\n";
    crate::harness::site(&format!("{with_contents}{text}")).shows(
        "/conditions/page/",
        &expect![[r#"
        about-evergreens-and-x-fine-pruning: About Long strokes and x, Fine pruning
        a-pruner-b-c: a pruner b c
    "#]],
    );
}

#[test]
fn a_colon_makes_a_definition_only_with_a_space_behind_it() {
    reads(
        "Term\n: Definition\n\nA paragraph.\n\n\\:smile: Great.\n\nAnother.\n\n:ref:`x` is a role.\n\n:)\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n",
        &expect![[r#"
            <dl>
            <dt>Term</dt>
            <dd>Definition</dd>
            </dl>
            <p>A paragraph.</p>
            <p>:smile: Great.</p>
            <p>Another.</p>
            <p>:ref:<code>x</code> is a role.</p>
            <p>:)</p>
            <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th class="align-left">a</th><th class="align-right">b</th></tr></thead><tbody>
            <tr><td class="align-left">1</td><td class="align-right">2</td></tr>
            </tbody></table>
            </div>
        "#]],
    );
}

#[test]
fn a_first_heading_that_repeats_the_title_is_not_shown_twice() {
    reads(
        "Before.\n\n# *PAGE*\n\nText, see [the beginning](#page) and [it](page.md#page).\n\n## Part\n",
        &expect![[r##"
            <p>Before.</p>
            <p>Text, see <a href="#top">the beginning</a> and <a href="#top">it</a>.</p>
            <h2 id="part">Part</h2>
        "##]],
    );
    reads(
        "# Another page\n\n## Part\n",
        &expect![[r#"
        <h1 id="another-page">Another page</h1>
        <h2 id="part">Part</h2>
    "#]],
    );
}

#[test]
fn an_id_that_was_written_stays_and_one_that_was_made_yields() {
    reads(
        "## How\n\n## How {#how}\n\n## How\n\n[a](#how) [b](#how-1)\n",
        &expect![[r##"
        <h2 id="how-1">How</h2>
        <h2 id="how">How</h2>
        <h2 id="how-2">How</h2>
        <p><a href="#how">a</a> <a href="#how-1">b</a></p>
    "##]],
    );
    reads(
        "## How {.one} {#so lang=de} {.two}\n",
        &expect![[r#"
        <h2 id="so" class="one two" lang="de">How</h2>
    "#]],
    );
}

#[test]
fn a_heading_without_words_is_reported() {
    let drawn = text("#\n\nOne\n\n## ##\n\n## {#kept}\n\n[kept](#kept)\n");
    drawn.reports(&expect![[r#"
        content/conditions/page.md:4:1: warning[markdown-unread]: a heading without words is on no page
          help: write its words, take it out, or put a backslash before its first sign if that is text
        content/conditions/page.md:8:1: warning[markdown-unread]: a heading without words is on no page
          help: write its words, take it out, or put a backslash before its first sign if that is text
    "#]]);
    drawn.shows(
        "/conditions/page/",
        &expect![[r##"
        <p>One</p>
        <p><span id="kept"></span></p>
        <p><a href="#kept">kept</a></p>
    "##]],
    );
}

/// A page without front matter, of a site that allows raw HTML or not.
fn untitled(markdown: &str, html: bool) -> crate::harness::Drawn {
    let declared = super::SITE.split("//- content/conditions/page.md").next().unwrap_or_default();
    let declared = declared.replace("{term_links: false}", &format!("{{term_links: false, allow_html: {html}}}"));
    let declared = declared.replace("<main>\n", "<main>\n<h1>{{ entry.title }}</h1>\n");
    crate::harness::site(&format!("{declared}//- content/conditions/page.md\n{markdown}"))
}

#[test]
fn the_heading_that_is_the_title_keeps_its_last_sign() {
    for (heading, title) in [
        ("# C#", "C#"),
        ("# C# #", "C#"),
        ("# C ###", "C"),
        ("# a = b =", "a = b ="),
        ("# F\\# {#fs}", "F#"),
        ("# \\_\\_init\\_\\_", "__init__"),
        ("Leek =\n====", "Leek ="),
    ] {
        let drawn = untitled(&format!("{heading}\n\nWords.\n"), false);
        let main = drawn.is_fine().main("/conditions/page/");
        assert!(main.contains(&format!("<h1>{title}</h1>")), "{heading}: {main}");
    }
    super::reads(
        "## In C#\n\n[[#In C#]]\n",
        &expect![[r##"
        <h2 id="in-c">In C#</h2>
        <p><a href="#in-c">In C#</a></p>
    "##]],
    );
}

#[test]
fn the_heading_that_is_the_title_has_the_quotes_of_titles() {
    for (text, heading) in [
        ("# It's \"so\"\n", "It’s “so”"),
        ("# The `'so'` of it\n", "The 'so' of it"),
        ("---\ntitle: It's \"so\"\n---\n# It's \"so\"\n", "It’s “so”"),
        ("---\ntitle: It's `'so'`\n---\n# It's `'so'`\n", "It’s"),
    ] {
        let drawn = untitled(&format!("{text}\nWords.\n"), false);
        let main = drawn.main("/conditions/page/").replace("&#39;", "'");
        assert!(main.contains(&format!("<h1>{heading}")), "{text}: {main}");
    }
    let drawn = untitled("---\ntitle: It's \"so\"\n---\n# It's \"so\"\n\nWords.\n", false);
    assert_eq!(drawn.main("/conditions/page/").matches("<h1").count(), 1, "the heading is the title");
}

#[test]
fn what_a_title_cannot_hold_or_show_is_reported_where_it_stands() {
    for (heading, html, sign) in [
        ("# <a href=\"https://example.org/\">Leek</a>", true, "<a href"),
        ("# <a href=\"https://example.org/\">Leek</a>", false, "<a href"),
        ("# Leek <img src=\"../conditions/pruner.png\">", true, "<img"),
        (
            "# Leek <a href=\"https://example.org/\"><img alt=\"x\" src=\"../conditions/pruner.png\"></a>",
            true,
            "<a href",
        ),
        ("# Leek ==soup==", false, "==soup=="),
        ("# Leek :smile:", false, ":smile:"),
        ("# Leek {{ page.x }}", false, "{{ page.x }}"),
        ("# Leek `code` $x_1$", false, "$"),
        ("# Leek [//]: # (secret)", false, "[//]: # ("),
        ("# **Leek", false, "**"),
        ("# Leek[^1]\n\n[^1]: Note.", false, "[^1]: Note."),
        ("# Leek[^1]", false, "[^1]"),
        ("# Leek 100%%off and 50%%off", false, "%%off and 50%%"),
    ] {
        let drawn = untitled(&format!("{heading}\n\nWords.\n"), html);
        let [problem] = &drawn.diagnostics[..] else { panic!("{heading}: {}", drawn.problems()) };
        assert!(heading[problem.place.range()].starts_with(sign), "{heading}: {}", drawn.problems());
    }
    untitled("# Leek ==one==\n\nSome ==two== and ==three==.\n", false).reports(&expect![[r#"
        content/conditions/page.md:3:6: warning[markdown-unread]: `==` marks nothing here, and the page shows it as it is
          content/conditions/page.md:3:18: here, too
          content/conditions/page.md:1:8: here, too
          help: make the words strong with `**`, or write `\==` for the signs themselves
    "#]]);
    untitled("# Leek \\==one== <b>so</b> \\:smile:\n\nWords.\n", true).is_fine();
}

#[test]
fn a_title_is_plain_text_and_an_escape_ends_its_report() {
    for (title, shown, fine) in [
        ("M*A*S*H", "M*A*S*H", true),
        ("__init__", "__init__", true),
        ("a_b_ and 2*3*4", "a_b_ and 2*3*4", true),
        ("'*args* explained'", "*args* explained", false),
        (r"'\*args\* explained'", "*args* explained", true),
        ("'%%i x %%j'", "j", false),
        (r"'\%%i x \%%j'", "%%i x %%j", true),
        (r"'\<!-- x --> y'", "&lt;!-- x --> y", true),
        (r"C:\_a\b", r"C:\_a\b", true),
    ] {
        let drawn = untitled(&format!("---\ntitle: {title}\n---\nWords.\n"), false);
        let main = drawn.main("/conditions/page/");
        let main = main.replace("&gt;", ">");
        assert!(main.contains(&format!("<h1>{shown}</h1>")), "{title}: {main}");
        assert_eq!(drawn.diagnostics.is_empty(), fine, "{title}: {}", drawn.problems());
    }
}
