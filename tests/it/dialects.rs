//! Texts that were written for another tool: their boxes, and the files that they show.

use expect_test::expect;

use crate::harness::{Project, site};
use crate::random::{Random, number};

fn declared(markdown: &str) -> String {
    format!(
        "//- site.yaml\ntitle: Site\nkinds: {{note: {{folder: docs, url: \"/{{slug}}/\"}}}}\nmarkdown: {{{markdown}}}\nchecks: {{advice: off}}\n"
    )
}

const LISTING: &str = "//- code/a.rs\nuse a;\n// ANCHOR: all\nfn main() {\n    a();\n}\n// ANCHOR_END: all\n//- code/b.rs\n# hidden();\nshown();\n";

#[test]
fn a_book_shows_code_from_files() {
    let drawn = site(&format!(
        "{}{LISTING}//- docs/one.md\n# One\n\n```text\n{{{{#include ../code/a.rs:all}}}}\n```\n\n- In a list:\n\n  ```text\n  {{{{#include ../code/a.rs:3:4}}}}\n  ```\n\n\
         ```rust\n{{{{#rustdoc_include ../code/b.rs}}}}\n```\n\n\\{{{{#include it}}}} and [two](two.md).\n//- docs/two.md\n# Two\n",
        declared("dialect: mdbook, includes: [code], smart_punctuation: false")
    ));
    drawn.is_fine();
    // Colours of code may be on.
    let page = drawn.main("/one/").replace("<span class=\"hf\">", "").replace("</span>", "");
    for shown in [
        "<code class=\"language-text\">fn main() {\n    a();\n}\n</code>",
        "<code class=\"language-text\">fn main() {\n    a();\n</code>",
        "shown();",
        "{{#include it}} and <a href=\"/two/\">two</a>",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    assert!(!page.contains("hidden()") && !page.contains("ANCHOR"), "{page}");
}

#[test]
fn what_a_text_cannot_show_is_reported_where_it_stands() {
    let text = "# One\n\n{{#include ../code/a.rs:other}}\n\n{{#include ../code/c.rs}}\n\n{{#include ../secret.txt}}\n\n{{#include ../../etc/passwd}}\n\n{{#include ../code/a.rs:90:}}\n";
    let drawn = site(&format!(
        "{}{LISTING}//- secret.txt\nhidden\n//- docs/one.md\n{text}",
        declared("dialect: mdbook, includes: [code]")
    ));
    drawn.reports(&expect![[r#"
        docs/one.md:3:1: error[include-missing]: no part of `code/a.rs` is named `other`
          help: mark it in `code/a.rs`, or correct the name
        docs/one.md:5:1: error[include-missing]: there is no file `code/c.rs`
          help: did you mean `code/a.rs`?
        docs/one.md:7:1: error[include-missing]: `secret.txt` is none of the files that texts may show
          help: name the file or its folder in site.yaml: `markdown: {includes: [secret.txt]}`
        docs/one.md:9:1: error[include-missing]: `../../etc/passwd` lies outside of the project
          help: copy the file into the project, or make a link to its folder there
        docs/one.md:11:1: error[include-missing]: `code/a.rs` has only 6 lines
          help: correct the numbers of the lines
    "#]]);
    let untouched =
        site(&format!("{}{LISTING}//- docs/one.md\n# One\n\n`{{{{#include ../code/a.rs}}}}` !!! note\n", declared("")));
    assert!(untouched.main("/one/").contains("{{#include ../code/a.rs}}"), "without a dialect it is text");
}

#[test]
fn files_that_show_one_another_end() {
    let drawn = site(&format!(
        "{}//- code/x.txt\nOnce. {{{{#include x.txt}}}}\n//- docs/one.md\n# One\n\n{{{{#include ../code/x.txt}}}}\n",
        declared("dialect: mdbook, includes: [code]")
    ));
    drawn.reports(&expect![[r#"
        docs/one.md:3:1: error[include-missing]: in `code/x.txt`: these files show one another in a circle: `code/x.txt`, `code/x.txt`
          help: take out the sign that leads back, or name a part without it
    "#]]);
    let drawn = site(&format!(
        "{}//- code/x.txt\nOnce. {{{{ words }}}}\n//- docs/one.md\n# One\n\n{{{{#include ../code/x.txt}}}}\n",
        declared("dialect: mdbook, includes: [code]")
    ));
    drawn.reports(&expect![[r#"
        docs/one.md:3:1: warning[markdown-unread]: signs of templates do nothing in a text, and the page shows them as they are
          help: use a data block, or put them into code; it stands in `code/x.txt`, which is shown here
    "#]]);
}

#[test]
fn boxes_and_tabs_of_mkdocs_are_drawn_and_problems_in_them_have_their_places() {
    let text = "# One\n\n!!! danger \"Hot\"\n    See [two](gone.md).\n\n    - **a**\n\n=== \"Left\"\n\n    L\n\n=== \"Right\"\n\n    R\n\n[Go](two.md){ .md-button }\n\n[TOC]\n\n--8<-- \"code/a.rs:3:3\"\n";
    let drawn = site(&format!(
        "{}{LISTING}//- docs/one.md\n{text}//- docs/two.md\n# Two\n",
        declared("dialect: mkdocs, includes: [code]")
    ));
    drawn.reports(&expect![[r#"
        docs/one.md:4:15: error[link-broken]: there is no note `gone`
          help: did you mean `one.md`?
    "#]]);
    let page = drawn.main("/one/");
    for shown in [
        "<p class=\"alert-title\">Hot</p>",
        "<strong>a</strong>",
        "<p><strong>Left</strong></p>\n<p>L</p>",
        ">Go</a>",
        "<p>fn main() {</p>",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    assert!(!page.contains("md-button") && !page.contains("[TOC]") && !page.contains("<pre"), "{page}");
}

#[test]
fn boxes_between_slashes_are_drawn_and_what_a_plugin_shows_is_reported() {
    let text = "# One\n\n/// note | Technical *details*\nSee [two](gone.md).\n///\n\n//// details | More\n    open: true\n\n/// tip\nInside.\n///\n////\n\n\
                {* ../src/a.py hl[2,6:38] *}\n\n{* ../src/b.py *}\n";
    let drawn = site(&format!("{}//- docs/one.md\n{text}", declared("dialect: mkdocs")));
    drawn.reports(&expect![[r#"
        docs/one.md:4:11: error[link-broken]: there is no note `gone`
          help: did you mean `one.md`?
        docs/one.md:15:1: warning[markdown-unread]: nothing is put in here, and the page shows it as it is
          docs/one.md:17:1: here, too
          help: copy the text, or show another entry with `![[name]]`
    "#]]);
    let page = drawn.main("/one/");
    for shown in ["Technical <em>details</em></p>", "<summary class=\"alert-title\">More</summary>", "<p>Inside.</p>"] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    assert!(!page.contains("///") && !page.contains("open: true"), "{page}");
}

#[test]
fn anchors_of_mkdocs_are_found_by_links() {
    let text = "# One\n\n[](){#first-one}\n## Words\n\nSome **strong**{#second .wide} words, [](){#third} and [a](#first-one), [b](#second), [c](#third).\n\n\
                A paragraph.\n{: #fourth }\n\n[d](#fourth), [e](#fifth).\n";
    let drawn = site(&format!("{}//- docs/one.md\n{text}", declared("dialect: mkdocs")));
    drawn.reports(&expect![[r#"
        docs/one.md:11:20: error[link-broken-heading]: this page has no heading `fifth`
          help: its headings are words
    "#]]);
    let page = drawn.main("/one/");
    for id in ["first-one", "second", "third", "fourth"] {
        assert!(page.contains(&format!("<span id=\"{id}\"></span>")), "{id}\n{page}");
    }
    assert!(!page.contains("{#") && !page.contains("[]"), "{page}");
}

#[test]
fn properties_of_logseq_are_no_words_of_the_page() {
    let text = "type:: [[two]]\ntitle:: One\n\n- First\n  id:: 65f0\n  collapsed:: true\n\t- [leads on]([[two]])\n";
    let drawn = site(&format!(
        "{}//- docs/one.md\n---\ntitle: One\n---\n{text}//- docs/two.md\n# Two\n",
        declared("dialect: logseq, wikilinks: true")
    ));
    drawn.reports(&expect![[r#"
        docs/one.md:4:1: warning[text-lost]: what the property `type` says is on no page
          help: put it into the front matter, or write it as text
    "#]]);
    let page = drawn.main("/one/");
    assert!(page.contains("<a href=\"/two/\">leads on</a>") && !page.contains("::"), "{page}");
}

#[test]
fn boxes_between_colons_are_drawn() {
    let text = "# One\n\n::: details Why\nB\n:::\n\n:::tip[Use *it*]\nC\n:::\n\n<<< @/code/a.rs{2}\n\n::: code-group\n```js [b.js]\nc\n```\n:::\n\n[[toc]]\n";
    let drawn = site(&format!(
        "{}{LISTING}//- docs/one.md\n{text}",
        declared("dialect: vitepress, includes: [code], wikilinks: false")
    ));
    drawn.is_fine();
    let page = drawn.main("/one/");
    for shown in [
        "<summary class=\"alert-title\">Why</summary>",
        "Use <em>it</em></p>",
        "<code class=\"language-rs\">",
        "<mark class=\"l\">",
        "<figcaption>b.js</figcaption>",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    let open = site(&format!("{}//- docs/one.md\n# One\n\n:::note\nB\n", declared("dialect: docusaurus")));
    open.reports(&expect![[r#"
        docs/one.md:3:1: warning[fence-open]: this box is never closed, and all that follows is a part of it
          help: put the same colons on a line of their own behind it
    "#]]);
}

#[test]
fn a_change_of_a_file_reaches_the_pages_that_show_it() {
    let project = Project::bare(&format!(
        "{}{LISTING}//- docs/one.md\n# One\n\n{{{{#include ../code/a.rs:1:1}}}}\n//- docs/two.md\n# Two\n",
        declared("dialect: mdbook, includes: [code]")
    ));
    project.runs(&["build"]);
    assert!(project.read("public/one/index.html").contains("use a;"));
    project.write("code/a.rs", "use other;\n");
    let ran = project.runs(&["build", "--explain"]);
    assert!(project.read("public/one/index.html").contains("use other;"), "{}", ran.out);
    assert!(ran.err.contains("code/a.rs") || ran.out.contains("code/a.rs"), "{}{}", ran.out, ran.err);
    project.remove("code/a.rs");
    assert_eq!(project.run(&["build"]).code, Some(1));
}

#[test]
fn import_draws_what_the_tool_of_the_folder_draws() {
    let book = Project::bare(
        "//- book.toml\n[book]\n//- src/SUMMARY.md\n- [A](a.md)\n//- src/a.md\n# A\n\n```rust\n{{#include ../listings/x/a.rs}}\n```\n//- listings/x/a.rs\nfn shown() {}\n//- notes/b.rs\n",
    );
    let ran = book.runs(&["import", "."]);
    let declared = book.read("site.yaml");
    assert!(declared.contains("dialect: mdbook, includes: [\"listings\"]}"), "{declared}");
    assert!(!ran.err.contains("{{#include}}") && !ran.out.contains("{{#include}}"), "{}{}", ran.out, ran.err);
    book.runs(&["build"]);
    assert!(book.read("public/index.html").contains("shown"));
}

#[test]
fn no_text_of_any_tool_breaks_and_no_word_of_it_is_lost() {
    const PIECES: [&str; 43] = [
        "!!! note \"A\"\n",
        "??? tip\n",
        "=== \"B\"\n",
        ":::note C\n",
        "::::tip[D]\n",
        ":::\n",
        "::::\n",
        "    ",
        "        ",
        "> ",
        "- ",
        "1. ",
        "\n",
        "\n\n",
        "```rust\n",
        "```\n",
        "~~~~ md\n",
        "# hidden\n",
        "{{#include ../code/a.rs:all}}",
        "{{#include ../code/é.rs}}\n",
        "\\{{#include b}}",
        "--8<-- \"code/a.rs\"\n",
        "--8<--\n",
        "<<< @/code/a.rs{1}\n",
        "[x](two.md){ .é }",
        "{: .a }\n",
        "[TOC]\n",
        "\t",
        "é日",
        "<!--@include: ../code/a.rs-->\n",
        "/// note | E\n",
        "//// details\n    open: true\n",
        "///\n",
        "////\n",
        "[](){#a}",
        "{#b}",
        "{/* é */}",
        "<X y={[1, '}']} z=\"1\">",
        "import A from 'a'\n",
        "export const b = {\n",
        "{{< comment >}}",
        "type:: ",
        "[e]([[two]])",
    ];
    let mut random = Random(number("DIALECT_SEED", 1));
    for name in ["mdbook", "mkdocs", "docusaurus", "vitepress", "astro", "logseq"] {
        let mut texts = String::new();
        for file in 0..60 {
            texts.push_str(&format!("//- docs/t{file}.md\n# T{file}\n\n"));
            for word in 0..random.below(25) {
                texts.push_str(PIECES[random.below(PIECES.len())]);
                if random.below(2) == 0 {
                    texts.push_str(&format!("word{word} "));
                }
            }
            texts.push_str("\n\nlast\n");
        }
        let head = declared(&format!("dialect: {name}, includes: [code], allow_html: true"));
        let text = format!("{head}{LISTING}{texts}");
        let drawn = site(&text);
        assert!(!drawn.problems().contains("limber-bug"), "{name}: {}", drawn.problems());
        for file in texts.split("//- docs/").skip(1) {
            let (path, text) = file.split_once(".md\n").unwrap();
            let page = drawn.main(&format!("/{path}/"));
            let is_said =
                |word: &&str| !page.contains(*word) && !drawn.problems().contains(&format!("docs/{path}.md:"));
            let words = text
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|word| word.starts_with("word") || *word == "last");
            let lost: Vec<_> = words.filter(is_said).collect();
            assert!(lost.is_empty(), "{name} {path}: {lost:?}\n{text}\n{page}");
        }
    }
}

#[test]
fn signs_in_code_comments_and_remarks_are_not_read() {
    for (dialect, text, shown) in [
        ("mdbook", "<!--\n```rust\n-->\n\n# Words kept\n\nEnd.", "Words kept"),
        ("mdbook", "> ```rust\n> x\n\n# Words kept\n\nEnd.", "Words kept"),
        ("mdbook", "Para.\n\n    ```rust\n    # kept\n    ```", "# kept"),
        ("mkdocs", "Less:\n\n    .box { .rounded }", ".box { .rounded }"),
        ("mkdocs", "```\n[TOC]\n```", "[TOC]"),
        ("vitepress", "```\n[[toc]]\n```", "[[toc]]"),
        ("vitepress", "```\n<<< @/code/gone.js\n```", "&lt;&lt;&lt; @/code/gone.js"),
        ("mdbook", "<!-- {{#include gone.rs}} -->\n\nAfter.", "<p>After.</p>"),
        ("mkdocs", "<!--\n--8<-- \"gone.md\"\n-->\n\nAfter.", "<p>After.</p>"),
        ("mdbook", "%% {{#include gone.rs}} %%\n\nAfter.", "<p>After.</p>"),
        ("mkdocs", "<pre>\n!!! note\n    x\n</pre>", "!!! note\n    x"),
        ("docusaurus", "<!-- old:\n:::tip\n-->\n\nAfter.", "\n<p>After.</p>"),
        ("docusaurus", "%%\n:::tip\n%%\n\nAfter.", "\n<p>After.</p>"),
    ] {
        let declared = declared(&format!("dialect: {dialect}, wikilinks: false"));
        let drawn = site(&format!("{declared}//- docs/one.md\n# One\n\n{text}\n"));
        let page = drawn.main("/one/");
        assert!(page.contains(shown) && !page.contains("alert"), "{text}\n{page}");
    }
}

#[test]
#[cfg(unix)]
fn a_link_to_a_file_that_texts_may_not_show_is_refused() {
    let project = Project::bare(&format!(
        "{}{LISTING}//- .env\nKEY=hidden words\n//- other/a.txt\nwords\n\n//- docs/one.md\n# One\n\n{{{{#include ../code/env.txt}}}}\n\n{{{{#include ../code/other.txt}}}}\n\n{{{{#include ../code/c.rs:1:1}}}}\n",
        declared("dialect: mdbook, includes: [code]")
    ));
    for (target, link) in [(".env", "code/env.txt"), ("other/a.txt", "code/other.txt"), ("code/a.rs", "code/c.rs")] {
        std::os::unix::fs::symlink(project.path(target), project.path(link)).unwrap();
    }
    let ran = project.run(&["check"]);
    let all = format!("{}{}", ran.out, ran.err);
    assert_eq!(ran.code, Some(1), "{all}");
    for said in ["code/env.txt:1", "code/other.txt:1", "this link leads to a file that texts may not show"] {
        assert!(all.contains(said), "{said}\n{all}");
    }
    assert!(!all.contains("code/c.rs") && !all.contains("hidden words"), "{all}");
}

#[test]
fn a_link_in_a_shown_file_is_reported_with_the_place_in_it() {
    let drawn = site(&format!(
        "{}//- parts/a.txt\nWords and [gone](gone.md).\n\n[shown](two.html)\n//- docs/one.md\n# One\n\n{{{{#include ../parts/a.txt}}}}\n//- docs/two.md\n# Two\n",
        declared("dialect: mdbook, includes: [parts]")
    ));
    drawn.reports(&expect![[r#"
        docs/one.md:3:1: error[link-broken]: there is no note `gone`
          parts/a.txt:1:1: it is written here
          help: did you mean `one.md`?
        docs/one.md:3:1: warning[link-form]: there is no file `two.html`: the link is led to `/two/`
          parts/a.txt:1:1: it is written here
          help: write it as `two.md`, or say `checks: {link-form: off}` in site.yaml
    "#]]);
    assert!(drawn.diagnostics.iter().all(|problem| problem.fix.is_none()));
}

#[test]
fn tabs_of_components_are_labels_and_imports_are_no_text() {
    let drawn = site(&format!(
        "{}//- docs/one.md\nimport Tabs from '@theme/Tabs';\n\n# One\n\n<Tabs>\n  <TabItem value=\"l\" label=\"Linux\">\n    Use it.\n\n        [gone](gone.md)\n  </TabItem>\n</Tabs>\n",
        declared("dialect: docusaurus, allow_html: true")
    ));
    drawn.reports(&expect![[r#""#]]);
    let page = drawn.main("/one/");
    assert!(page.contains("<li>\n<p><strong>Linux</strong></p>\n<p>Use it.</p>") && !page.contains("import"), "{page}");
}

#[test]
fn comments_of_components_are_in_no_file() {
    let drawn = site(&format!(
        "{}//- docs/one.md\n{{/*\n# SECRET\n*/}}\n\n# One {{/* SECRET */}}\n\nA {{/* SECRET */}} b.\n\n## Two {{/* SECRET */}}\n\n{{/* SECRET\n\n```\n\nSECRET */}}\n\n- [x {{/* SECRET */}}](two.md)\n//- docs/two.md\n{{/* SECRET */}}\n\nShown.\n",
        declared("dialect: docusaurus")
    ));
    drawn.is_fine();
    let leaking: Vec<_> = drawn.files.iter().filter(|(_, text)| text.contains("SECRET")).collect();
    assert!(leaking.is_empty(), "{leaking:?}");
    assert!(drawn.main("/one/").contains("One</h1>"));
}

#[test]
fn what_vitepress_draws_of_keys_is_the_top_of_a_page() {
    let declared = |markdown: &str| declared(markdown).replace("url:", "extra: allow, url:");
    let home = "---\nlayout: home\nhero:\n  name: Leeks &amp; more\n  text: All *of* <em>them</em>\n  tagline: 1. Tag\n  actions:\n    - {theme: brand, text: Begin, link: \"./two#a-part\"}\n    - text: Gone\n      link: /gone\n    - text: Out\n      link: https://a.example/x\nfeatures:\n  - icon: X\n    title: Title_one_\n    details: \"- Details\"\n    link: /two\n    linkText: More\n  - {title: Other, details: Its words, link: /two}\n---\n\n# Heading\n\nText.\n";
    let drawn = site(&format!(
        "{}//- docs/one.md\n{home}//- docs/two.md\n# Two\n\n## A part\n",
        declared("dialect: vitepress, allow_html: true, smart_punctuation: false")
    ));
    drawn.shows(
        "/one/",
        &expect![[r#"
        <h1>Leeks &amp; more</h1>
        <p><strong>All *of* <em>them</em></strong></p>
        <p>1. Tag</p>
        <ul>
        <li><a href="/two/#a-part">Begin</a></li>
        <li>Gone</li>
        <li><a href="https://a.example/x">Out</a></li>
        </ul>
        <ul>
        <li>
        <p><strong>Title_one_</strong></p>
        <p>- Details</p>
        <p><a href="/two/">More</a></p>
        </li>
        <li>
        <p><a href="/two/"><strong>Other</strong></a></p>
        <p>Its words</p>
        </li>
        </ul>
        <h1 id="heading">Heading</h1>
        <p>Text.</p>
        <a href="/">Home</a> / <a href="/">Notes</a> / <a href="/one/">Leeks &amp; more</a>
    "#]],
    );
    drawn.reports(&expect![[r#"
        docs/one.md:8:42: warning[link-form]: there is no file `./two`: the link is led to `/two/`
          help: write it as `two.md`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:10:13: error[link-broken]: no page has the address `/gone`
          help: did you mean `/one/`?
        docs/one.md:17:11: warning[link-form]: no page has the address `/two`: the link is led to `/two/`
          help: write it as `/two/`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:19:46: warning[link-form]: no page has the address `/two`: the link is led to `/two/`
          help: write it as `/two/`, or say `checks: {link-form: off}` in site.yaml
    "#]]);
    let titled = home.replace("layout: home", "title: Own\nlayout: home");
    let drawn = site(&format!(
        "{}//- docs/one.md\n{titled}//- docs/two.md\n# Two\n\n## A part\n",
        declared("dialect: vitepress, allow_html: true")
    ));
    let main = drawn.main("/one/");
    assert!(main.contains("<h1>Own</h1>") && main.contains("<strong>Leeks &amp; more</strong>"), "{main}");
    let other = site(&format!("{}//- docs/one.md\n{}", declared("dialect: vitepress"), home.replace("home", "doc")));
    assert!(!other.main("/one/").contains("Tag"), "another layout draws none");
}

#[test]
fn what_is_for_authors_alone_is_no_part_of_the_top_of_a_page() {
    let declared = |markdown: &str| declared(markdown).replace("url:", "extra: allow, url:");
    let home = "---\nlayout: home\nhero:\n  name: Leek <!-- a > SECRET --> soup %% SECRET %%\n  text: \"x %% w0\"\n  tagline: \"w1 50%% off `%%w2%%` <!-- w3\"\n  image: {src: '', alt: ''}\n---\n\nbody w4\n\n## h w5\n\nx \\%% w6\n";
    let drawn = site(&format!("{}//- docs/one.md\n{home}", declared("dialect: vitepress, smart_punctuation: false")));
    let main = drawn.main("/one/");
    assert!(main.contains("<h1>Leek soup</h1>") && !main.contains("SECRET"), "{main}");
    for word in ["x %% w0", "w1 50%% off `%%w2%%` &lt;!-- w3", "w4", "w5", "w6"] {
        assert!(main.contains(word), "{word}: {main}");
    }
    assert!(!main.contains('!') || main.contains("&lt;!--") && main.matches('!').count() == 1, "{main}");
}

#[test]
fn what_starlight_and_vuepress_draw_of_keys_is_the_top_of_a_page() {
    let declared = |markdown: &str| declared(markdown).replace("url:", "extra: allow, url:");
    let star = "---\ntitle: Leeks\nbanner:\n  content: |\n    <b>New</b> soup\nhero:\n  title: Leeks\n  tagline: All of them\n  image: {file: ~/assets/a.png, alt: A leek}\n  actions:\n    - {text: Begin, link: /one/, icon: x}\n---\n\nText.\n";
    let drawn = site(&format!("{}//- docs/one.md\n{star}", declared("dialect: astro, allow_html: true")));
    drawn.is_fine().shows(
        "/one/",
        &expect![[r#"
        <h1>Leeks</h1>
        <p><b>New</b> soup</p>
        <p>All of them</p>
        <p>A leek</p>
        <ul>
        <li><a href="/one/">Begin</a></li>
        </ul>
        <p>Text.</p>
        <a href="/">Home</a> / <a href="/">Notes</a> / <a href="/one/">Leeks</a>
    "#]],
    );
    let press = "---\nhome: true\nheroText: Leeks\ntagline: All of them\nactionText: Begin\nactionLink: /one/\nfeatures: [{title: A, details: B}]\nfooter: End\n---\n";
    let drawn = site(&format!("{}//- docs/one.md\n{press}", declared("dialect: vitepress")));
    drawn.is_fine().shows(
        "/one/",
        &expect![[r#"
        <h1>Leeks</h1>
        <p>All of them</p>
        <p><a href="/one/">Begin</a></p>
        <ul>
        <li>
        <p><strong>A</strong></p>
        <p>B</p>
        </li>
        </ul>
        <p>End</p>
        <a href="/">Home</a> / <a href="/">Notes</a> / <a href="/one/">Leeks</a>
    "#]],
    );
}

#[test]
fn the_top_of_a_page_ends_before_its_text_and_its_problems_stand_where_they_were_written() {
    let declared = |markdown: &str| declared(markdown).replace("url:", "extra: allow, url:");
    let home = "---\nlayout: home\nhero:\n  name: Leeks\n  tagline: Of them\n  actions:\n    - {text: One, link: /gone}\n    - {text: Two, link: /gone}\n    - {text: Bad, link: 'javascript:x'}\n---\n";
    let page = |text: &str| {
        site(&format!("{}//- docs/one.md\n{home}{text}", declared("dialect: vitepress, smart_punctuation: false")))
    };
    page("- Item.\n").reports(&expect![[r#"
        docs/one.md:7:25: error[link-broken]: no page has the address `/gone`
          help: did you mean `/one/`?
        docs/one.md:8:25: error[link-broken]: no page has the address `/gone`
          help: did you mean `/one/`?
        docs/one.md:9:26: error[link-unsafe]: a page cannot link to `javascript:x`
          help: such addresses can run anything in the page
    "#]]);
    assert!(page("- Item.\n").main("/one/").contains("</ul>\n<ul>\n<li>Item.</li>"));
    let plain = "---\nlayout: home\nhero:\n  name: Leeks\n  tagline: Of them\n---\n: word\n";
    let drawn = site(&format!("{}//- docs/one.md\n{plain}", declared("dialect: vitepress")));
    assert!(drawn.main("/one/").contains("<p>Of them</p>\n<p>: word</p>"), "{}", drawn.main("/one/"));
    let alone = "---\nlayout: home\nhero: {name: Leek soup}\n---\nText.\n";
    let drawn = site(&format!("{}//- docs/one.md\n{alone}", declared("dialect: vitepress")));
    assert!(drawn.main("/one/").contains("<h1>Leek soup</h1>"), "{}", drawn.main("/one/"));
    let own = "---\ntitle: Leeks\nhero: Own words\nbanner: {content: Banner words}\n---\nText.\n";
    let fields = declared("dialect: astro").replace("extra: allow", "extra: allow, fields: {hero: text}");
    let drawn = site(&format!("{fields}//- docs/one.md\n{own}"));
    assert!(drawn.main("/one/").contains("Banner words"), "{}", drawn.main("/one/"));
}

#[test]
fn an_address_that_two_keys_name_is_renamed_in_both() {
    let project = Project::bare(&format!(
        "{}//- docs/one.md\n---\nlayout: home\nhero:\n  name: Leeks\n  actions:\n    - {{text: One, link: ./two.md}}\n    - {{text: Two, link: './two.md#a'}}\n---\nText.\n//- docs/two.md\n# Two\n\n## A\n",
        declared("dialect: vitepress").replace("url:", "extra: allow, url:")
    ));
    project.runs(&["rename", "notes/two", "three"]);
    let text = project.read("docs/one.md");
    assert!(text.contains("link: ./three.md}") && text.contains("link: './three.md#a'}"), "{text}");
}

#[test]
fn anchors_in_headings_and_boxes_without_a_title_are_drawn_as_in_mkdocs() {
    let text = "# One [](){#top}\n\n## Words [](){#end}\n\n## Some [](){#mid .x} words\n\n[](){#before}\n### More {#own}\n\n!!! danger \"\"\n    Hot.\n\n??? tip \"\"\n    Cold.\n\n\
                [a](#top) [b](#end) [c](#mid) [d](#before) [e](#own) [f](#words) [g](#some--words)\n";
    let drawn = site(&format!("{}//- docs/one.md\n{text}", declared("dialect: mkdocs")));
    drawn.is_fine().shows("/one/", &expect![[r##"
        <h1>One</h1>
        <span id="top"></span>
        <h2 id="words">Words <span id="end"></span></h2>
        <h2 id="some--words"><span id="some-words"></span>Some <span id="mid"></span> words</h2>
        <p><span id="before"></span></p>
        <h3 id="own">More</h3>
        <div class="alert alert-caution alert-danger" role="note"><div class="alert-body">
        <p>Hot.</p>
        </div></div>
        <details class="alert alert-tip"><summary class="alert-title">Tip</summary><div class="alert-body">
        <p>Cold.</p>
        </div></details>
        <p><a href="#top">a</a> <a href="#end">b</a> <a href="#mid">c</a> <a href="#before">d</a> <a href="#own">e</a> <a href="#words">f</a> <a href="#some--words">g</a></p>
        <a href="/">Home</a> / <a href="/">Notes</a> / <a href="/one/">One</a>
    "##]]);
}

#[test]
fn pages_of_logseq_are_called_as_their_properties_and_files_say() {
    let drawn = site(&format!(
        "{}//- docs/soups___leek.md\n- Green. {{{{embed [[Beet]]}}}}\n//- docs/soups.leek.md\ntitle:: Other\n\n- [[soups/leek]] [[The red]] [[beetroot]]\n//- docs/beet.md\n- title:: Beet\n  alias:: [[The red]], beetroot\n- Red.\n",
        declared("dialect: logseq, wikilinks: true")
    ));
    drawn.is_fine();
    assert!(drawn.main("/soups/leek/").contains("<h1>soups/leek</h1>"), "{}", drawn.main("/soups/leek/"));
    assert!(drawn.main("/soups/leek/").contains("Red."), "{}", drawn.main("/soups/leek/"));
    let other = drawn.main("/soups-leek/");
    assert!(other.contains("<h1>Other</h1>") && !other.contains("::"), "{other}");
    let links = "<a href=\"/soups/leek/\">soups/leek</a> <a href=\"/beet/\">Beet</a> <a href=\"/beet/\">Beet</a>";
    assert!(other.contains(links), "{other}");
}

#[test]
fn comments_in_files_that_a_text_shows_are_comments() {
    let drawn = site(&format!(
        "{}//- parts/a.txt\nShown.\n\n{{{{< comment >}}}}secret{{{{< /comment >}}}}\n\n[//]: # (secret)\n//- docs/one.md\n# One\n\n--8<-- \"parts/a.txt\"\n",
        declared("dialect: mkdocs, includes: [parts]")
    ));
    let page = drawn.is_fine().main("/one/");
    assert!(page.contains("Shown.") && !page.contains("secret"), "{page}");
}

#[test]
fn blocks_of_logseq_are_drawn_and_what_a_task_notes_is_not() {
    let text = "# One\n\n- DONE x\n  :LOGBOOK:\n  CLOCK: [secret]--[secret]\n  :END:\n  SCHEDULED: <secret Mon>\n- #+BEGIN_NOTE\n  See [two](gone.md).\n  #+END_NOTE\n\
                - #+BEGIN_SRC rust\n  a::b *c*\n  #+END_SRC\n- #+BEGIN_QUOTE\n  Said.\n  #+END_QUOTE\n- #+BEGIN_CENTER\n  Words.\n  #+END_CENTER\n";
    let drawn = site(&format!("{}//- docs/one.md\n{text}", declared("dialect: logseq")));
    drawn.reports(&expect![[r#"
        docs/one.md:9:13: error[link-broken]: there is no note `gone`
          help: did you mean `one.md`?
        docs/one.md:17:3: warning[markdown-unread]: `#+BEGIN_CENTER` does nothing here, and the page shows it as it is
          help: write what it shows in Markdown
    "#]]);
    let page = drawn.main("/one/");
    for shown in [
        "class=\"alert alert-note\"",
        "<code class=\"language-rust\">a::b *c*",
        "<blockquote>\n<p>Said.</p>\n</blockquote>",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    assert!(!page.contains("secret") && !page.contains("LOGBOOK") && !page.contains("#+END_NOTE"), "{page}");
}

#[test]
fn icons_and_attributes_of_mkdocs_lose_nothing() {
    let text = "# One\n\n| a | b |\n|---|---|\n| Fast | :material-check:{ style=\"color: #0f0\" } |\n\n- :material-plus: - x\n\n\
                Words.\n{ #feedback style=\"margin: 0; height: 0\" }\n\n[two](two.md){ title=\"August 21\" } and [here](#feedback), ^^new^^. ++ctrl+a++\n";
    let drawn = site(&format!("{}//- docs/one.md\n{text}//- docs/two.md\n# Two\n", declared("dialect: mkdocs")));
    drawn.reports(&expect![[r#"
        docs/one.md:12:14: warning[text-lost]: what the attribute `title` says is on no page
          help: write it as text; a link and a picture have a title behind the address: `[words](address "title")`
        docs/one.md:12:59: warning[markdown-unread]: `^^` marks nothing here, and the page shows it as it is
          help: make the words strong with `**`, or write `\^` for the sign itself
    "#]]);
    let page = drawn.main("/one/");
    for shown in [
        "<td>check</td>",
        "<li>- x</li>",
        "<span id=\"feedback\"></span>",
        "<a href=\"/two/\">two</a> and",
        "<code>Ctrl</code>+<code>A</code>",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
}

#[test]
fn labels_of_tabs_are_without_icons_and_the_spaces_beside_them() {
    let drawn = site(&format!(
        "{}//- docs/one.md\n# One\n\n=== \"1 :material-clock:\"\n\n    A\n\n=== \" spaced \"\n\n    B\n",
        declared("dialect: mkdocs")
    ));
    let page = drawn.is_fine().main("/one/");
    assert!(page.contains("<strong>1</strong>") && page.contains("<strong>spaced</strong>"), "{page}");
}

#[test]
fn the_attributes_of_a_box_are_no_program() {
    let text = "# One\n\n:::tip{icon=\"heart\"}\nA\n:::\n";
    let drawn = site(&format!("{}//- docs/one.mdx\n{text}", declared("dialect: astro")));
    let page = drawn.is_fine().main("/one/");
    assert!(page.contains("alert-tip") && !page.contains("heart"), "{page}");
}

#[test]
fn a_caption_is_read_as_markdown() {
    let text = "# One\n\n<Listing number=\"1-1\" caption=\"holds a `Ref<T>` and *x*\">\n\nA\n\n</Listing>\n";
    let drawn = site(&format!("{}//- docs/one.md\n{text}", declared("dialect: mdbook, allow_html: true")));
    let page = drawn.main("/one/");
    assert!(page.contains("Listing 1-1: holds a <code>Ref&lt;T&gt;</code> and <em>x</em>"), "{page}");
}

#[test]
fn shortcodes_that_hold_code_name_its_file() {
    let text = "# One\n\n{{< code-toggle file=content/example.md >}}\na = 1\n{{< /code-toggle >}}\n\n{{< code-tabs >}}\nWords.\n{{< /code-tabs >}}\n";
    let drawn = site(&format!("{}//- docs/one.md\n{text}", declared("")));
    let page = drawn.main("/one/");
    assert!(page.contains("<figcaption>content/example.md</figcaption>"), "{page}");
    assert!(!page.contains("language-toggle") && !page.contains("language-tabs"), "{page}");
    assert!(page.contains("{{&lt; code-tabs &gt;}}"), "{page}");
}
