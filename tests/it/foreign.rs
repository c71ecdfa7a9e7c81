//! Folders that were written for other tools: their links, and errors that may yield.

use expect_test::expect;

use crate::harness::{Project, site};

const SITE: &str =
    "//- site.yaml\ntitle: Site\nkinds: {note: {folder: docs, url: \"/docs/{slug}/\"}}\nchecks: {advice: off}\n";

#[test]
fn links_in_the_forms_of_other_tools_are_led_to_the_page_that_they_mean() {
    let drawn = site(&format!(
        "{SITE}//- docs/one.md\n# One\n\n[a](two.html) [b](two) [c](two/) [d](@/docs/deep/three.md#Part) [e](/docs/two) \
         [f](/docs/two.html#part) [g](../two/) [h](deep/three.html#part) [i](/docs/deep/index.html) [k](/docs/Deep/Three/)\n\
         //- docs/two.md\n# Two\n\n## Part\n//- docs/deep/three.md\n# Three\n\n## Part\n//- docs/deep/README.md\n# Deep\n\n[j](./)\n"
    ));
    drawn.reports(&expect![[r#"
        docs/deep/README.md:3:5: warning[link-form]: there is no file `./`: the link is led to `/docs/deep/`
          help: write it as `README.md`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:3:5: warning[link-form]: there is no file `two.html`: the link is led to `/docs/two/`
          help: write it as `two.md`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:3:19: warning[link-form]: there is no file `two`: the link is led to `/docs/two/`
          help: write it as `two.md`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:3:28: warning[link-form]: there is no file `two/`: the link is led to `/docs/two/`
          help: write it as `two.md`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:3:38: warning[link-form]: there is no file `@/docs/deep/three.md`: the link is led to `/docs/deep/three/`
          help: write it as `deep/three.md`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:3:69: warning[link-form]: no page has the address `/docs/two`: the link is led to `/docs/two/`
          help: write it as `/docs/two/`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:3:84: warning[link-form]: no page has the address `/docs/two.html`: the link is led to `/docs/two/`
          help: write it as `/docs/two/`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:3:109: warning[link-form]: there is no file `../two/`: the link is led to `/docs/two/`
          help: write it as `two.md`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:3:122: warning[link-form]: there is no file `deep/three.html`: the link is led to `/docs/deep/three/`
          help: write it as `deep/three.md`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:3:148: warning[link-form]: no page has the address `/docs/deep/index.html`: the link is led to `/docs/deep/`
          help: write it as `/docs/deep/`, or say `checks: {link-form: off}` in site.yaml
        docs/one.md:3:175: warning[link-form]: no page has the address `/docs/Deep/Three/`: the link is led to `/docs/deep/three/`
          help: write it as `/docs/deep/three/`, or say `checks: {link-form: off}` in site.yaml
    "#]]);
    let page = drawn.main("/docs/one/");
    let led: Vec<_> = page.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    expect![[r#"
        /docs/two/
        /docs/two/
        /docs/two/
        /docs/deep/three/#part
        /docs/two/
        /docs/two/#part
        /docs/two/
        /docs/deep/three/#part
        /docs/deep/index.html
        /docs/deep/three/
        /
        /docs/
        /docs/one/"#]]
    .assert_eq(&led.join("\n"));
}

#[test]
fn an_address_that_ends_like_a_file_leads_to_its_page() {
    let site_of =
        "//- site.yaml\ntitle: Site\nkinds: {note: {folder: ., url: \"/docs/{slug}/\"}}\nchecks: {advice: off}\n";
    let drawn = site(&format!(
        "{site_of}//- deep/one.md\n# One\n\n[a](/docs/two.md#part) [b](/docs/deep/index.md) [c](/docs/nobody.md)\n\
         //- two.md\n# Two\n\n## Part\n//- deep/index.md\n# Deep\n"
    ));
    drawn.reports(&expect![[r#"
        deep/one.md:3:5: warning[link-form]: there is no file `/docs/two.md`: the link is led to `/docs/two/`
          help: write it as `../two.md`, or say `checks: {link-form: off}` in site.yaml
        deep/one.md:3:28: warning[link-form]: there is no file `/docs/deep/index.md`: the link is led to `/docs/deep/`
          help: write it as `index.md`, or say `checks: {link-form: off}` in site.yaml
        deep/one.md:3:53: error[link-broken]: there is no note `docs/nobody`
          help: write the entry, or take the link out
    "#]]);
}

/// A site that another tool made whose texts lie beside its configuration, with its pictures.
const LOADING: &str = "//- site.yaml\ntitle: Site\nkinds: {note: {folder: ., url: \"/docs/{slug}/\"}}\n\
     markdown: {allow_html: true}\n\
     checks: {advice: off, image-missing: warning, link-broken: warning, link-unsafe: warning}\n\
     //- beside.png\n<svg/>\n//- img/a.svg\n<svg/>\n//- film.mp4\nx\n//- static/logo.svg\n<svg/>\n//- b.md\n# B\n//- deep/index.md\n# Deep\n\n![A](../img/a.svg)\n";

#[test]
fn files_are_found_from_the_text_and_else_from_the_address_of_its_page() {
    let drawn = site(&format!(
        "{LOADING}//- a.md\n# A\n\n<p><img src=\"img/a.svg\" alt=\"\"> <img src=\"../img/a.svg\" alt=\"\"> <img src='../../logo.svg' alt=\"\"></p>\n\n\
         <picture><source srcset=\"../img/a.svg, ../beside.png 2x\"><img src=\"/docs/img/a.svg\" alt=\"\"></picture>\n\n\
         <video src=\"../film.mp4\" poster=\"../img/a.svg\"></video>\n\n\
         <a href=\"../b/\">b</a> <a href=\"../film.mp4\">film</a> [film](../film.mp4) ![a](../img/a.svg) ![l](../../logo.svg) ![m](/docs/img/a.svg)\n"
    ));
    drawn.reports(&expect![[r#"
        a.md:9:10: warning[link-form]: there is no file `../b/`: the link is led to `/docs/b/`
          help: write it as `b.md`, or say `checks: {link-form: off}` in site.yaml
    "#]]);
    drawn.shows("/docs/a/", &expect![[r#"
        <h1>A</h1>
        <p><img src="/media/img/a.svg" alt=""> <img src="/media/img/a.svg" alt=""> <img src='/logo.svg' alt=""></p>
        <p><picture><source srcset="/media/img/a.svg, /media/beside.png 2x"><img src="/media/img/a.svg" alt=""></picture></p>
        <p><video src="/media/film.mp4" poster="/media/img/a.svg"></video></p>
        <p><a href="/docs/b/">b</a> <a href="/media/film.mp4">film</a> <a href="/media/film.mp4">film</a> <img src="/media/img/a.svg" alt="a" loading="lazy"> <img src="/logo.svg" alt="l" loading="lazy"> <img src="/media/img/a.svg" alt="m" loading="lazy"></p>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/a/">A</a>
    "#]]);
}

#[test]
fn what_raw_html_loads_and_is_nowhere_is_reported_and_drawn_as_its_words() {
    let drawn = site(&format!(
        "{LOADING}//- a.md\n# A\n\n<p><img class=x src=\"../gone.png\" srcset=\"gone.png 2x\" alt=\"A <crab>\"> and <a href=\"../../../x/\"><img alt='Logo' src=/gone.svg></a>.</p>\n\n\
         <picture><source srcset=\"gone.png\"><img srcset=\"gone.png, img/a.svg 2x, /gone.png 3x\" src=\"img/a.svg\" alt=\"\"></picture>\n\n\
         <video controls src=\"gone.mp4\" poster=\"gone.png\"><source src=\"film.mp4\"><track src=\"gone.vtt\">Film</video>\n"
    ));
    drawn.reports(&expect![[r#"
        a.md:3:22: warning[image-missing]: there is no image `../gone.png`
          help: put the file there, or correct the path: it counts from the folder of the page
        a.md:3:43: warning[image-missing]: there is no image `gone.png`
          help: put the file there, or correct the path: it counts from the folder of the page
        a.md:3:85: warning[link-broken]: no page has the address `/x/`, which lies above the site
          help: where another program has it, name that in site.yaml: `links: {outside: [/x/]}`
        a.md:3:118: warning[image-missing]: there is no image `/gone.svg`
          help: did you mean `/logo.svg`?
        a.md:5:26: warning[image-missing]: there is no image `gone.png`
          help: put the file there, or correct the path: it counts from the folder of the page
        a.md:5:49: warning[image-missing]: there is no image `gone.png`
          help: put the file there, or correct the path: it counts from the folder of the page
        a.md:5:73: warning[image-missing]: there is no image `/gone.png`
          help: put the file into `static/`, or correct the address
        a.md:7:22: warning[link-broken]: there is no file `gone.mp4`
          help: put the file there, or correct the path: it counts from the folder of the page
        a.md:7:40: warning[image-missing]: there is no image `gone.png`
          help: put the file there, or correct the path: it counts from the folder of the page
        a.md:7:85: warning[link-broken]: there is no file `gone.vtt`
          help: put the file there, or correct the path: it counts from the folder of the page
    "#]]);
    drawn.shows(
        "/docs/a/",
        &expect![[r#"
        <h1>A</h1>
        <p>A &lt;crab> and Logo.</p>
        <p><picture><img srcset="/media/img/a.svg 2x" src="/media/img/a.svg" alt=""></picture></p>
        <p><video controls><source src="/media/film.mp4">Film</video></p>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/a/">A</a>
    "#]],
    );
}

#[test]
fn tags_of_templates_enclose_code_and_are_no_text_where_the_site_says_so() {
    let text = "//- docs/a.md\n{% highlight text %}{% raw %}\n# no title {{ x }}\n{% endraw %}{% endhighlight %}\n\n\
        # A\n\n{% toc %}\n\n{% addedin \"2\" %}[b]({% link docs/b.md %}#part) and [b]({{ '/docs/b/' | url }}), `{% toc %}`. {% toc %}\n\
        //- docs/b.md\n# B\n\n## Part\n";
    let drawn = site(&format!("{}{text}", SITE.replace("checks:", "markdown: {template_tags: true}\nchecks:")));
    drawn.reports(&expect![[r#"
        docs/a.md:7:1: warning[markdown-unread]: the tag `{% toc %}` does nothing in a text, and the page leaves it out
          docs/a.md:9:95: here, too
          help: write what it shows in Markdown, or as a data block
        docs/a.md:9:1: warning[markdown-unread]: the tag `{% addedin %}` does nothing in a text, and the page leaves it out
          help: write what it shows in Markdown, or as a data block
    "#]]);
    drawn.shows("/docs/a/", &expect![[r#"
        <h1>A</h1>
        <figure class="code"><button type="button" class="plain copy" hidden data-done="Copied">Copy</button><pre tabindex="0"><code class="language-text"># no title {{ x }}
        </code></pre></figure>
        <p><a href="/docs/b/#part">b</a> and <a href="/docs/b/">b</a>, <code>{% toc %}</code>.</p>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/a/">A</a>
    "#]]);
}

#[test]
fn comments_of_templates_are_reported_in_plain_texts_and_taken_out_of_titles() {
    let text = "//- docs/a.md\n# Copy {% addedin \"0.2\" %} {% comment %}SECRET{% endcomment %}\n\nA {# SECRET #}b.\n\
        //- docs/b.md\n---\ntitle: \"B {% comment %}SECRET{% endcomment %}\"\n---\nWords.\n";
    let drawn = site(&format!("{}{text}", SITE.replace("checks:", "markdown: {template_tags: true}\nchecks:")));
    drawn.reports(&expect![[r#"
        docs/a.md:1:8: warning[markdown-unread]: the tag `{% addedin %}` does nothing in a text, and the page leaves it out
          help: write what it shows in Markdown, or as a data block
        docs/b.md:2:11: warning[value-doubtful]: `{%` begins what is not published, and it is taken out of this text
          help: take it out, put it behind the value, where a `#` behind a space begins a remark, or write `\` before it if it is text
    "#]]);
    assert!(drawn.file("docs/a/index.html").contains("<h1>Copy</h1>"));
    assert!(!drawn.file("docs/a/index.html").contains("SECRET"));
}

#[test]
fn links_of_a_vault_count_from_its_top_or_are_names() {
    let drawn = site(&format!(
        "{SITE}//- docs/deep/one.md\n# One\n\n[a](deep/two.md) [b](three.md) [c](nowhere.md) ![d](pix/d.svg)\n\
         //- docs/deep/two.md\n# Two\n//- docs/other/three.md\n# Three\n//- docs/pix/d.svg\n<svg/>\n"
    ));
    drawn.reports(&expect![[r#"
        docs/deep/one.md:3:5: warning[link-form]: there is no file `deep/two.md`: the link is led to `/docs/deep/two/`
          help: write it as `two.md`, or say `checks: {link-form: off}` in site.yaml
        docs/deep/one.md:3:22: warning[link-form]: there is no file `three.md`: the link is led to `/docs/other/three/`
          help: write it as `../other/three.md`, or say `checks: {link-form: off}` in site.yaml
        docs/deep/one.md:3:36: error[link-broken]: there is no note `deep/nowhere`
          help: write the entry, or take the link out
    "#]]);
    assert!(drawn.main("/docs/deep/one/").contains("<img src=\"/media/docs/pix/d.svg\""));
}

#[test]
fn of_two_files_with_one_name_a_wikilink_means_the_one_beside_it_and_else_the_one_with_the_shortest_path() {
    let text = |path: &str, links: &str| format!("//- docs/{path}.md\n{links}\n");
    let texts = [
        text("b/note", "[[note]]"),
        text("long/way/note", "[[note]]"),
        text("long/way/a", "[[note]] [[way/note]] [[b/note]]"),
        text("long/c", "[[note]] ![[note]]"),
        text("b/top", "[[top]]"),
        text("top", "[[note]]"),
        text("x/same", ""),
        text("y/same", ""),
        text("z", "[[same]]"),
    ];
    let drawn = site(&format!("{SITE}{}", texts.concat()));
    drawn.reports(&expect![[r#"
        docs/z.md:1:3: error[link-ambiguous]: `same` names several entries
          help: write `[[notes/x/same]]` or `[[notes/y/same]]`
    "#]]);
    let led = |path: &str| {
        let page = drawn.main(path);
        let text = page.split_once("<p>").unwrap().1.split_once("</p>").unwrap().0.to_string();
        text.split(" href=\"").skip(1).filter_map(|rest| Some(rest.split('"').next()?.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(led("/docs/long/way/a/"), ["/docs/long/way/note/", "/docs/long/way/note/", "/docs/b/note/"]);
    assert_eq!(led("/docs/long/c/")[0], "/docs/b/note/");
    assert_eq!(led("/docs/b/note/"), ["/docs/b/note/"]);
    assert_eq!(led("/docs/top/"), ["/docs/b/note/"]);
    assert_eq!(led("/docs/b/top/"), ["/docs/top/"], "the path of a file from the top on is its name");
}

#[test]
fn a_target_that_is_missing_is_drawn_as_its_words_where_the_site_lets_errors_yield() {
    let drawn = site(
        &format!(
            "{SITE}  link-broken: warning\n  image-missing: warning\n//- docs/one.md\n# One\n\n\
         [to nothing](gone.md), [nowhere](/gone/), [[Gone, too]], ![A <b> crab](gone.png) and ![](gone.svg).\n"
        )
        .replace("checks: {advice: off}\n", "checks:\n  advice: off\n"),
    );
    drawn.reports(&expect![[r#"
        docs/one.md:3:14: warning[link-broken]: there is no note `gone`
          help: did you mean `one.md`?
        docs/one.md:3:34: warning[link-broken]: no page has the address `/gone/`
          help: link to an entry by its `.md` file, or to the address of a page that is there
        docs/one.md:3:45: warning[link-broken]: no entry is named `Gone, too`
          help: write the slug of an entry, kind and slug, or its title
        docs/one.md:3:72: warning[image-missing]: there is no image `docs/gone.png`
          help: put the file there, or correct the path: it counts from the folder of the page
        docs/one.md:3:90: warning[image-missing]: there is no image `docs/gone.svg`
          help: put the file there, or correct the path: it counts from the folder of the page
    "#]]);
    drawn.shows(
        "/docs/one/",
        &expect![[r#"
        <h1>One</h1>
        <p>to nothing, nowhere, Gone, too, A &lt;b&gt; crab and .</p>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/one/">One</a>
    "#]],
    );
}

#[test]
fn errors_yield_by_place() {
    let checks = |levels: &str| {
        let text = SITE.replace("advice: off", &format!("advice: off, link-broken: {{{levels}}}"));
        let page = |path: &str| format!("//- docs/{path}\n# A\n\n[x](gone.md)\n");
        site(&format!("{text}{}", ["a.md", "old/b.md", "old/new.md"].map(page).concat()))
    };
    checks("docs/old/: warning, docs/old/new.md: error").reports(&expect![[r#"
        docs/a.md:3:5: error[link-broken]: there is no note `gone`
          help: write the entry, or take the link out
        docs/old/b.md:3:5: warning[link-broken]: there is no note `old/gone`
          help: write the entry, or take the link out
        docs/old/new.md:3:5: error[link-broken]: there is no note `old/gone`
          help: write the entry, or take the link out
    "#]]);
    checks("\"**/b.md\": off, \"docs/[\": warning").reports(&expect![[r#"
        docs/a.md:3:5: error[link-broken]: there is no note `gone`
          help: write the entry, or take the link out
        docs/old/b.md:3:5: error[link-broken]: there is no note `old/gone`
          help: write the entry, or take the link out
        docs/old/new.md:3:5: error[link-broken]: there is no note `old/gone`
          help: write the entry, or take the link out
        site.yaml:3:36: error[site-invalid]: `link-broken` cannot be switched off: something would be missing without a word
          help: write `link-broken: warning`
        site.yaml:3:53: error[site-invalid]: `docs/[` is no pattern for paths: unclosed character class; missing ']'
          help: write paths of files as `blog/**` or `**/*.mdx`, from the folder of site.yaml on
    "#]]);
}

#[test]
fn keys_that_nobody_can_read_may_yield_where_no_relation_could_be_among_them() {
    let pages = "//- docs/a.md\n---\naliases:\n  - %, each\n---\n# For each\n\nText.\n\
                 //- docs/b.md\n---\ndate: 2021-01-01\ndate: 2021-01-01\n---\n# Twice\n\
                 //- docs/c.md\n---\na: [\ndraft: true\n---\n# Private\n//- docs/d.md\n[c](c.md)\n";
    let lenient = SITE.replace("advice: off", "advice: off, yaml-invalid: warning, yaml-duplicate-key: warning");
    let drawn = site(&format!("{lenient}{pages}"));
    drawn.reports(&expect![[r#"
        docs/a.md:3:5: warning[yaml-invalid]: a value cannot begin with `%`
          help: put quotes round the value: `"%, each"`
        docs/b.md:3:1: warning[yaml-duplicate-key]: the key `date` stands here twice
          docs/b.md:2:1: first written here
          help: remove one of the two
        docs/c.md:2:4: warning[yaml-invalid]: a `[` is opened here and not closed
          help: put a `]` behind the last item, and commas between the items
    "#]]);
    assert!(drawn.main("/docs/a/").contains("For each"));
    assert!(!drawn.files.contains_key("docs/c/index.html"), "what says that it is a draft is not published");
    let related = lenient.replace("title: Site\n", "title: Site\nrelations: [{one: note.needs, symmetric: true}]\n");
    assert!(site(&format!("{related}{pages}")).diagnostics.iter().any(|problem| problem.is_error()));
    let of_kind = related.replace("url:", "checks: {yaml-invalid: warning}, url:");
    site(&of_kind).reports(&expect![[r#"
        site.yaml:3:39: error[site-invalid]: `yaml-invalid` is always an error of the kind `note`: keys that nobody can read could hold a relation
          help: remove the line
    "#]]);
}

#[test]
fn front_matter_may_have_empty_lines_above_it() {
    let drawn = site(&format!("{SITE}//- docs/a.md\n\n+++\ntitle = \"From TOML\"\n+++\nText.\n"));
    drawn.is_fine();
    assert!(drawn.main("/docs/a/").contains("From TOML"));
}

#[test]
fn a_build_despite_errors_says_what_it_passed_over_and_stops_at_what_misleads() {
    let project = Project::new(&format!("{SITE}//- docs/a.md\n# A\n\n[x](gone.md), [y](gone.md) and ![z](gone.png)\n"));
    assert_eq!(project.run(&["build"]).code, Some(1));
    let ran = project.runs(&["build", "--despite-errors"]);
    assert!(ran.err.contains("error[link-broken]"), "{}", ran.err);
    assert!(ran.err.contains("drawn as their words: 2 links and 1 picture"), "{}", ran.err);
    assert!(project.read("public/docs/a/index.html").contains("<p>x, y and z</p>"));
    assert_eq!(project.run(&["build"]).code, Some(1), "without the option the same files are no site");
    project.write("docs/a b.md", "# B\n");
    project.write("docs/a-b.md", "# B\n");
    let ran = project.run(&["build", "--despite-errors"]);
    assert_eq!(ran.code, Some(1), "two files of one address are two pages of which one would be lost: {}", ran.err);
}

#[test]
fn an_address_that_ends_with_a_slash_counts_from_that_of_its_page() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {article: {plural: articles, folder: a, url: '/{slug}/'}}\nchecks: {advice: off}\n\
         //- a/bg/one.md\n# One\n\n[two](../two/), [two](../two), [three](../three/), [four](../four/)\n\
         //- a/bg/two.md\n# Two of bg\n//- a/two.md\n# Two\n//- a/three.md\n# Three\n//- a/four/index.md\n# Four\n",
    );
    drawn.shows("/bg/one/", &expect![[r#"
        <h1>One</h1>
        <p><a href="/bg/two/">two</a>, <a href="/two/">two</a>, <a href="/three/">three</a>, <a href="/four/">four</a></p>
        <a href="/">Home</a> / <a href="/">Articles</a> / <a href="/bg/one/">One</a>
    "#]]).reports(&expect![[r#"
        a/bg/one.md:3:7: warning[link-form]: there is no file `../two/`: the link is led to `/bg/two/`
          help: write `two.md`, or `../two.md` if that is meant
        a/bg/one.md:3:23: warning[link-form]: there is no file `../two`: the link is led to `/two/`
          help: write `../two.md`, or `two.md` if that is meant
        a/bg/one.md:3:40: warning[link-form]: there is no file `../three/`: the link is led to `/three/`
          help: write the path of the file: `../three.md`
    "#]]);
}

#[test]
fn a_link_to_an_old_address_leads_to_the_heading_at_the_new_one() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nchecks: {advice: off}\n//- content/a.md\n---\ntitle: A\nredirect_from: [/old/a/]\n---\n\
         ## Two words\n//- content/b.md\n# B\n\n[x](/old/a/#two-words), [y](/old/a/), [z](/old/a/#three)\n",
    );
    drawn
        .shows(
            "/b/",
            &expect![[r#"
        <h1>B</h1>
        <p><a href="/a/#two-words">x</a>, <a href="/a/">y</a>, <a href="/a/#three">z</a></p>
        <a href="/">Home</a> / <a href="/b/">B</a>
    "#]],
        )
        .reports(&expect![[r#"
            content/b.md:3:51: error[link-broken-heading]: `pages/a` has no heading `three`
              help: its headings are two-words
        "#]]);
}

#[test]
fn a_link_without_an_ending_counts_from_the_address_where_each_page_is_a_folder() {
    let text = |tags: &str| {
        format!(
            "//- site.yaml\ntitle: S\nkinds: {{note: {{folder: docs, url: \"/{{slug}}/\"}}}}\nmarkdown: {{{tags}}}\nchecks: {{advice: off, link-form: off}}\n\
             //- docs/b.md\n# B\n//- docs/bg/b.md\n# Other B\n//- docs/bg/a.md\n# A\n\n[x](../b) [y](../b.md)\n"
        )
    };
    let page = site(&text("template_tags: true")).main("/bg/a/");
    assert!(page.contains("<a href=\"/bg/b/\">x</a> <a href=\"/b/\">y</a>"), "{page}");
    let page = site(&text("")).main("/bg/a/");
    assert!(page.contains("<a href=\"/b/\">x</a>"), "{page}");
}

#[test]
fn a_folder_that_nothing_stands_for_is_within_the_one_above_it() {
    let project = crate::harness::Project::bare(
        "//- site.yaml\ntitle: S\nkinds: {note: {folder: docs, url: \"/{slug}/\", navigation: folders}}\nchecks: {advice: off}\n\
         //- docs/src/guide/index.md\n# Guide\n//- docs/src/guide/extras/motion.md\n# About motion\n//- docs/src/guide/basics/z.md\n# Zed\n\
         //- docs/src/steps/step-2/text.md\n# A text\n//- docs/src/steps/step-1/text.md\n# Other text\n//- docs/src/api.md\n# Interface\n",
    );
    project.runs(&["build"]);
    let page = project.read("public/src/guide/index.html");
    let side = page.split_once("<nav class=\"side\"").unwrap().1.split_once("</nav>").unwrap().0;
    let side = side.replace("</ul>", ")").replace("<ul>", "(");
    let mut words = String::new();
    for part in side.split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    assert!(
        words.contains("Src(Guide(Basics(Zed)Extras(About motion))InterfaceSteps(Step 1(Other text)Step 2(A text)))"),
        "{words}"
    );
}

#[test]
fn a_link_to_a_file_that_is_left_out_leads_to_no_other_text() {
    let drawn = site(
        "//- site.yaml\ntitle: S\nkinds: {note: {folder: docs, url: \"/{slug}/\"}}\nchecks: {advice: off}\n\
         ignore: ['/docs/a b.md', docs/a_b.md]\n\
         //- docs/A-B.md\n# The text\n\
         //- docs/b.md\n# B\n\n[[a b]] [x](A-B.md) [y](a_b.md#part) [z](a_b) [v](a%20b.md) [[The text]] [w](/a-b/) [[a-b]]\n",
    );
    drawn.reports(&expect![[r#"
        docs/b.md:3:3: error[link-broken]: `docs/a b.md` is left out by `ignore:`: the page has the words of the link alone
          help: take the link out, or publish the file: take it from `ignore:`, with a name that makes an address of its own
        docs/b.md:3:25: error[link-broken]: `docs/a_b.md` is left out by `ignore:`: the page has the words of the link alone
          help: take the link out, or publish the file: take it from `ignore:`, with a name that makes an address of its own
        docs/b.md:3:42: error[link-broken]: `docs/a_b.md` is left out by `ignore:`: the page has the words of the link alone
          help: take the link out, or publish the file: take it from `ignore:`, with a name that makes an address of its own
        docs/b.md:3:51: error[link-broken]: `docs/a b.md` is left out by `ignore:`: the page has the words of the link alone
          help: take the link out, or publish the file: take it from `ignore:`, with a name that makes an address of its own
    "#]]);
    drawn.shows("/b/", &expect![[r#"
        <h1>B</h1>
        <p>a b <a href="/a-b/">x</a> y z v <a href="/a-b/">The text</a> <a href="/a-b/">w</a> <a href="/a-b/">The text</a></p>
        <a href="/">Home</a> / <a href="/">Notes</a> / <a href="/b/">B</a>
    "#]]);
}

#[test]
fn a_picture_of_a_vault_is_found_by_its_name() {
    let text = |wikilinks: bool| {
        format!(
            "//- site.yaml\ntitle: S\nkinds: {{note: {{folder: ., url: \"/{{slug}}/\"}}}}\nmarkdown: {{wikilinks: {wikilinks}}}\nchecks: {{advice: off}}\n\
             //- notes/b.md\n# B\n\n![A view](a%20view.svg#interface) ![None](none.svg)\n\
             //- Attachments/a view.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>\n"
        )
    };
    site(&text(true)).reports(&expect![[r#"
        notes/b.md:3:43: error[image-missing]: there is no image `notes/none.svg`
          help: put the file there, or correct the path: it counts from the folder of the page
    "#]]);
    site(&text(false)).reports(&expect![[r#"
        notes/b.md:3:11: error[image-missing]: there is no image `notes/a view.svg`
          help: put the file there, or correct the path: it counts from the folder of the page
        notes/b.md:3:43: error[image-missing]: there is no image `notes/none.svg`
          help: put the file there, or correct the path: it counts from the folder of the page
    "#]]);
}

#[test]
fn from_at_site_on_addresses_count_from_the_top_of_the_site() {
    let drawn = site(
        "//- site.yaml\ntitle: S\nkinds: {note: {folder: website/docs, url: \"/docs/{slug}/\"}}\nstatic: {website/static: /}\nchecks: {advice: off, link-form: off}\n\
         //- website/docs/cat/b.md\n# B\n\n[a](@site/docs/a.mdx#part) ![A view](@site/docs/v.svg) [c](@site/docs/c.md) [file](@site/docs/d.pdf)\n\
         //- website/docs/a.mdx\n# A\n\n## Part\n\
         //- website/docs/d.pdf\nd\n\
         //- website/docs/v.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>\n",
    );
    drawn.reports(&expect![[r#"
        website/docs/cat/b.md:3:60: error[link-broken]: there is no note `cat/site/docs/c`
          help: write the entry, or take the link out
    "#]]);
    drawn.shows("/docs/cat/b/", &expect![[r#"
        <h1>B</h1>
        <p><a href="/docs/a/#part">a</a> <img src="/media/website/docs/v.svg" width="10" height="10" alt="A view" loading="lazy"> c <a href="/media/website/docs/d.pdf">file</a></p>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/cat/b/">B</a>
    "#]]);
}

#[test]
fn days_are_read_as_other_tools_write_them_where_the_month_is_certain() {
    let day = |written: &str| {
        let text = format!(
            "//- docs/a.md\n---\ntitle: A\ndate: {written}\n---\nText.\n//- templates/entry.html\n<main>{{{{ entry.date.iso }}}}</main>\n"
        );
        let drawn = site(&format!("{SITE}{text}"));
        match drawn.problems() {
            problems if problems.is_empty() => drawn.main("/docs/a/").trim().to_string(),
            problems => problems.split_once("error[").unwrap().1.split(']').next().unwrap().to_string(),
        }
    };
    let forms =
        ["2023/4/18 13:51", "Jul 08 2022", "\"July 1, 2022\"", "2022.07.01", "1 July 2022", "2022-7-1T10:00:00Z"];
    let doubtful = ["3/4/2022", "2022-07-01 to 2022-08-01", "2022.07", "July 2022", "2022/13/1", "2022/4/18 or later"];
    let read: Vec<_> = forms.iter().chain(&doubtful).map(|written| format!("{written} = {}", day(written))).collect();
    expect![[r#"
        2023/4/18 13:51 = 2023-04-18
        Jul 08 2022 = 2022-07-08
        "July 1, 2022" = 2022-07-01
        2022.07.01 = 2022-07-01
        1 July 2022 = 2022-07-01
        2022-7-1T10:00:00Z = 2022-07-01
        3/4/2022 = field-wrong-type
        2022-07-01 to 2022-08-01 = field-wrong-type
        2022.07 = field-wrong-type
        July 2022 = field-wrong-type
        2022/13/1 = field-wrong-type
        2022/4/18 or later = field-wrong-type"#]]
    .assert_eq(&read.join("\n"));
}

#[test]
fn a_first_heading_in_raw_html_is_the_title_and_stands_once() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {folder: ., url: \"/docs/{slug}/\"}}\nmarkdown: {allow_html: true}\n\
         //- a.md\n<h1 align=\"center\">\n    Leek &amp; pea\n</h1>\n\nWords.\n//- b.md\n<div>\n<h1>Bean</h1>\n<p>More.</p>\n</div>\n\
         //- c.md\n---\ntitle: Chive\n---\n<h1>Chive</h1>\n\nText.\n",
    );
    drawn.is_fine();
    drawn.shows(
        "/docs/a/",
        &expect![[r#"
        <h1>Leek &amp; pea</h1>
        <p>Words.</p>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/a/">Leek &amp; pea</a>
    "#]],
    );
    drawn.shows(
        "/docs/b/",
        &expect![[r#"
        <h1>Bean</h1>
        <div>
        <p>More.</p>
        </div>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/b/">Bean</a>
    "#]],
    );
    drawn.shows(
        "/docs/c/",
        &expect![[r#"
        <h1>Chive</h1>
        <p>Text.</p>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/c/">Chive</a>
    "#]],
    );
}

#[test]
fn a_heading_beside_a_title_shows_no_tags_of_templates() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {folder: ., url: \"/docs/{slug}/\"}}\nmarkdown: {template_tags: true}\n\
         //- templates/note.html\n<main><h1>{{ entry.heading or entry.title }}</h1></main>\n\
         //- a.md\n---\ntitle: Leek\n---\n# All leeks {% addedin \"2.0\" %}\n\nWords.\n",
    );
    let main = drawn.main("/docs/a/");
    assert!(main.contains("All leeks") && !main.contains("addedin"), "{main}");
}

#[test]
fn a_heading_with_the_value_of_the_title_stands_once() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {folder: ., url: \"/docs/{slug}/\"}}\nmarkdown: {template_tags: true}\n\
         //- a.md\n---\ntitle: Leek\n---\n{{ page.title }}\n================\n\nWords.\n//- green-bean.md\n# {{ page.title }}\n\nMore.\n",
    );
    drawn.is_fine();
    drawn.shows(
        "/docs/a/",
        &expect![[r#"
        <h1>Leek</h1>
        <p>Words.</p>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/a/">Leek</a>
    "#]],
    );
    drawn.shows(
        "/docs/green-bean/",
        &expect![[r#"
        <h1>green-bean</h1>
        <p>More.</p>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/green-bean/">green-bean</a>
    "#]],
    );
}

#[test]
fn a_key_that_calls_an_entry_otherwise_names_what_stands_below_it() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds:\n  note: {folder: ., url: \"/docs/{slug}/\", extra: allow, from_keys: {short_title: [nav.title, nav.key]}, navigation: {parent: nav.parent}}\n\
         //- a.md\n---\ntitle: Leek\nnav: {key: L, title: The leek}\n---\n//- b.md\n---\ntitle: Pea\nnav: {parent: L}\n---\n",
    );
    drawn.is_fine();
}

#[test]
fn every_word_is_the_name_of_a_callout_in_a_vault() {
    let text =
        "//- n/a.md\n# A\n\n> [!custom-type]- Of my own\n> Words.\n\n> [!recipe]\n> Leek.\n\n> [!note]\n> Pea.\n";
    let site_of = |wikilinks: bool| {
        site(&format!(
            "//- site.yaml\ntitle: Site\nkinds: {{note: {{folder: n}}}}\nmarkdown: {{wikilinks: {wikilinks}}}\n{text}"
        ))
    };
    site_of(true).is_fine().shows(
        "/notes/a/",
        &expect![[r#"
        <h1>A</h1>
        <details class="alert alert-note"><summary class="alert-title">Of my own</summary><div class="alert-body">
        <p>Words.</p>
        </div></details>
        <div class="alert alert-note" role="note"><p class="alert-title">Recipe</p><div class="alert-body">
        <p>Leek.</p>
        </div></div>
        <div class="alert alert-note" role="note"><p class="alert-title">Note</p><div class="alert-body">
        <p>Pea.</p>
        </div></div>
        <a href="/">Home</a> / <a href="/notes/">Notes</a> / <a href="/notes/a/">A</a>
    "#]],
    );
    assert!(site_of(false).main("/notes/a/").contains("[!recipe]"));
}

#[test]
fn an_address_from_its_host_on_is_a_link_and_names_of_code_stand_without_their_scheme() {
    let drawn = site(&format!(
        "{SITE}//- docs/a.md\n# A\n\n[b](//host.example/b \"t\") <xref:Soup.Leek%2A?displayProperty=name> [c](xref:d) [e](irc:f) [g](javascript:h) [i](javascript:j) [k](//l)\n"
    ));
    drawn.reports(&expect![[r#"
        docs/a.md:3:5: warning[link-form]: `//host.example/b` leads to another site, and has no scheme
          help: write `https://host.example/b`
        docs/a.md:3:27: error[link-unsafe]: a page cannot link to `xref:Soup.Leek%2A?displayProperty=name`
          help: use `https:`, `http:`, `mailto:` or `tel:`, or declare it in site.yaml: `links: {schemes: [sms]}`
        docs/a.md:3:72: error[link-unsafe]: a page cannot link to `xref:d`
          help: use `https:`, `http:`, `mailto:` or `tel:`, or declare it in site.yaml: `links: {schemes: [sms]}`
        docs/a.md:3:84: error[link-unsafe]: a page cannot link to `irc:f`
          help: use `https:`, `http:`, `mailto:` or `tel:`, or declare it in site.yaml: `links: {schemes: [sms]}`
        docs/a.md:3:95: error[link-unsafe]: a page cannot link to `javascript:h`
          help: such addresses can run anything in the page
        docs/a.md:3:113: error[link-unsafe]: a page cannot link to `javascript:j`
          help: such addresses can run anything in the page
        docs/a.md:3:131: error[link-unsafe]: a page cannot link to `//l`
          help: write the address out, with `https:` before it
    "#]]);
    drawn.shows("/docs/a/", &expect![[r#"
        <h1>A</h1>
        <p><a href="https://host.example/b" title="t">b</a> <a>Soup.Leek</a> <a>c</a> <a>e</a> <a>g</a> <a>i</a> <a>k</a></p>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/a/">A</a>
    "#]]);
}

#[test]
fn terms_of_definitions_have_ids_and_headings_keep_theirs() {
    let drawn = site(&format!(
        "{SITE}//- docs/a.md\n# A\n\n`Green Leek`\n: Winter.\n\nPea\n: Spring.\n\n## Pea\n\n[x](#green-leek) [y](#pea)\n"
    ));
    drawn.is_fine().shows(
        "/docs/a/",
        &expect![[r##"
        <h1>A</h1>
        <dl>
        <dt id="green-leek"><code>Green Leek</code></dt>
        <dd>Winter.</dd>
        <dt>Pea</dt>
        <dd>Spring.</dd>
        </dl>
        <h2 id="pea">Pea</h2>
        <p><a href="#green-leek">x</a> <a href="#pea">y</a></p>
        <a href="/">Home</a> / <a href="/docs/">Notes</a> / <a href="/docs/a/">A</a>
    "##]],
    );
}

#[test]
fn anchors_before_a_heading_of_mkdocs_are_no_words_of_it_and_icons_none_of_the_page() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {folder: docs}}\nmarkdown: {dialect: mkdocs}\n\
         //- docs/a.md\n# A\n\n## [](){#old} Here is\n\n:material-clock:{ .lg } Clock. [x](#here-is) [y](#old)\n",
    );
    drawn.is_fine().shows(
        "/notes/a/",
        &expect![[r##"
        <h1>A</h1>
        <h2 id="here-is"><span id="old"></span> Here is</h2>
        <p>Clock. <a href="#here-is">x</a> <a href="#old">y</a></p>
        <a href="/">Home</a> / <a href="/notes/">Notes</a> / <a href="/notes/a/">A</a>
    "##]],
    );
}

#[test]
fn links_and_pictures_in_the_heading_of_a_page_stand_below_its_title() {
    let site = "//- site.yaml\ntitle: T\nbase_url: https://t.example/\nkinds: {note: {folder: notes}}\n";
    let notes = "//- notes/a.md\n# The [Leek](https://leek.example/) é ![drawn](a.svg), [Pea](b.md)\n\nLong.\n//- notes/b.md\nPea\n[here](a.md)\n===\n\nGreen.\n\
                 //- notes/a.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"2\"/>\n";
    let project = Project::bare(&format!("{site}{notes}"));
    let checked = project.run(&["check", "--format", "short"]);
    assert!(!checked.out.contains("text-lost"), "{}", checked.out);
    project.runs(&["build"]);
    let page = project.read("public/notes/a/index.html");
    assert!(page.contains("<h1>The Leek é drawn, Pea</h1>"), "{page}");
    for part in
        ["<a href=\"https://leek.example/\">Leek</a>", "alt=\"drawn\"", "href=\"/notes/b/\">Pea</a>", "<p>Long.</p>"]
    {
        assert!(page.contains(part), "there is no `{part}` in {page}");
    }
    assert!(!page.contains("<pre"), "{page}");
}

#[test]
fn a_leading_heading_below_the_first_level_keeps_its_id() {
    let drawn = site(&format!(
        "{SITE}//- docs/one.md\n# One\n\n[a](/docs/sub/#sec) [b](sub/README.md#sec) [c](/docs/other/#sec)\n\
         //- docs/sub/README.md\n## Sec\n\nText.\n\n## Sec\n//- docs/other/index.md\n## Sec\n\nText.\n\
         //- docs/third/README.md\n## %%SECRET%%\n\nText.\n"
    ));
    assert_eq!(drawn.problems(), "");
    let readme = drawn.main("/docs/sub/");
    assert!(readme.contains("<span id=\"sec\"></span>") && readme.contains("<h2 id=\"sec-1\">"), "{readme}");
    let index = drawn.main("/docs/other/");
    assert!(index.contains("<h2 id=\"sec\">Sec</h2>"), "{index}");
    assert!(drawn.files.values().all(|file| !file.contains("SECRET")));
}
