//! One cause has one report, at the place where it can be mended.

use expect_test::{Expect, expect};

use crate::harness::{Project, site};

const SITE: &str = "//- site.yaml\ntitle: T\nbase_url: https://example.org/\n";

/// What `check` says of a site on disk, with all advice off.
fn said(text: &str, expected: &Expect) {
    let project = Project::bare(&format!("{SITE}checks: {{advice: off}}\n{text}"));
    expected.assert_eq(&project.run(&["check", "--format", "short"]).out);
}

#[test]
fn what_was_to_be_shown_and_is_not_there_is_missing_and_nothing_more() {
    let drawn = site(&format!(
        "{SITE}markdown: {{wikilinks: true}}\nkinds: {{note: {{}}}}\n//- content/notes/x.pdf\nx\n\
         //- content/notes/a.md\n---\ntitle: A\n---\n![[missing.pdf]] ![o](other.pdf) ![[x.pdf]]\n"
    ));
    drawn.reports(&expect![[r#"
        content/notes/a.md:4:4: error[link-broken]: there is no file `missing.pdf`
          help: put the file into a folder of the site, or correct its name
        content/notes/a.md:4:23: error[link-broken]: there is no file `content/notes/other.pdf`
          help: did you mean `content/notes/x.pdf`?
        content/notes/a.md:4:34: warning[markdown-unread]: `x.pdf` is not shown in the text: the page links to it
          help: write a link, without the `!`, or copy what is to be shown
    "#]]);
}

#[test]
fn a_mark_that_is_unclear_is_reported_once() {
    said(
        "kinds: {note: {}}\n//- content/index.md\n# H\n//- content/notes/a.md\n---\ntitle: A\nprivate: 1\n---\nx\n",
        &expect![[r#"
            content/notes/a.md:3:10: error[field-wrong-type]: `private` says neither yes nor no, and the entry is kept back
        "#]],
    );
}

#[test]
fn a_link_to_data_is_told_what_it_leads_to() {
    said(
        "kinds: {note: {}, term: {url: '/terms/{slug}/'}}\n//- content/terms.yaml\na: {title: Aye}\n//- content/notes/y.yaml\na: 1\n\
         //- content/notes/a.md\n---\ntitle: A\n---\n[y](y.yaml) [terms](../terms.yaml)\n",
        &expect![[r#"
            content/notes/a.md:4:21: error[link-broken]: `content/terms.yaml` is data of the site, and not published as a file
            content/notes/y.yaml:1:1: error[folder-unknown]: a data file lies in `content/` itself, not in the folder of a kind
        "#]],
    );
}

#[test]
fn a_file_that_stands_in_the_way_of_another_one_is_missed_by_no_page() {
    said(
        "kinds: {note: {}}\n//- content/notes/a.md\n---\ntitle: A\n---\n![x](a.png) ![x](A.png)\n\
         //- content/notes/a.png\nx\n//- content/notes/A.png\nx\n",
        &expect![[r#"
            content/notes/a.png:1:1: error[url-duplicate]: `/media/notes/A.png` and `/media/notes/a.png` differ only in case: many hosts cannot tell them apart
        "#]],
    );
}

#[test]
fn a_glossary_that_shows_no_terms_is_reported_at_the_terms() {
    said(
        "kinds: {term: {url: '/glossary/#{slug}'}}\n//- content/terms.yaml\na: {title: Aye}\nb: {title: Bee}\n\
         //- content/glossary.md\n---\ntitle: Glossary\n---\nx [a](/glossary/#a)\n",
        &expect![[r#"
            content/terms.yaml:1:1: error[anchor-missing]: the page `/glossary/` does not show this term
        "#]],
    );
}

#[test]
fn a_misspelt_key_of_site_yaml_is_the_only_mistake() {
    said(
        "kind: {note: {fields: {n: integer}}, tool: {}}\nrelations: [{one: note.tools, other: tool.notes}]\n\
         matrices: [{url: /m/, rows: note, columns: tool, via: note.tools}]\n\
         rules: [{code: x, kind: note, when: {n: 1}, require: {n: {is: 1}}, message: x}]\n\
         //- content/notes/a.md\n---\ntitle: A\ntools: [b]\n---\nx\n//- content/tools/b.md\n---\ntitle: B\n---\nx\n",
        &expect![[r#"
            site.yaml:4:1: error[site-unknown-key]: site.yaml knows no key `kind` here
        "#]],
    );
    said(
        "kinds: {note: {}, tool: {}}\nrelation: [{one: note.tools, other: tool.notes}]\n\
         matrices: [{url: /m/, rows: note, columns: tool, via: note.tools}]\n\
         //- content/notes/a.md\n---\ntitle: A\n---\nx\n",
        &expect![[r#"
            site.yaml:5:1: error[site-unknown-key]: site.yaml knows no key `relation` here
        "#]],
    );
}

#[test]
fn a_folder_of_a_kind_that_is_not_there_is_reported_where_it_is_named() {
    said(
        "kinds: {note: {folder: nope}}\n//- content/notes/a.md\n# A\n",
        &expect![[r#"
        site.yaml:4:24: error[site-invalid]: there is no folder `nope`
    "#]],
    );
    said(
        "kinds: {note: {folder: Note}}\n//- notes/a.md\n# A\n//- content/index.md\n# H\n",
        &expect![[r#"
        site.yaml:4:24: error[site-invalid]: there is no folder `Note`
    "#]],
    );
    said(
        "kinds: {note: {folder: nope}}\n//- content/.keep\n",
        &expect![[r#"
        site.yaml:4:24: error[site-invalid]: there is no folder `nope`
    "#]],
    );
    said("kinds: {note: {folder: journal}}\n//- content/index.md\n# H\n", &expect![[""]]);
}

#[test]
fn a_folder_whose_name_has_another_form_on_the_disk_is_reported_where_it_is_named() {
    said(
        "kinds: {note: {folder: \u{e4}}}\n//- a\u{308}/x.md\n# X\n//- content/index.md\n# H\n",
        &expect![[r#"
            site.yaml:4:24: error[site-invalid]: there is no folder `ä`: the disk has the name in another form of Unicode
        "#]],
    );
}

#[test]
fn an_output_among_sources_is_seen_by_check() {
    for (output, more) in [
        ("static", ""),
        ("static/x", ""),
        ("docs", "kinds: {note: {folder: docs}}\n"),
        ("docs/x", "kinds: {note: {folder: docs}}\n"),
        ("content/x", ""),
    ] {
        let project = Project::bare(&format!(
            "{SITE}output: {output}\n{more}//- content/index.md\n# H\n//- static/a.txt\nx\n//- docs/a.md\n# A\n"
        ));
        for command in ["check", "build"] {
            let ran = project.run(&[command]);
            let all = format!("{}{}", ran.out, ran.err);
            assert!(all.contains("the site is made from") && all.contains("site.yaml:3:9"), "{output}: {all}");
            assert_eq!((ran.code, all.matches("error[").count()), (Some(1), 1), "{output}: {all}");
        }
    }
    let whole = Project::bare(&format!("{SITE}kinds: {{note: {{folder: .}}}}\n//- a.md\n# A\n"));
    whole.runs(&["check"]);
}

#[cfg(unix)]
#[test]
fn an_output_that_a_build_would_refuse_is_seen_by_check() {
    for (output, link, to, said) in [
        ("lnk", "lnk", "real", "the output folder `lnk` is a symbolic link"),
        ("lnk", "lnk", "nowhere", "the output folder `lnk` is a symbolic link"),
        ("lnk", "lnk", "content", "the output folder `lnk` is a symbolic link"),
        ("lnk/x", "lnk", "content", "the site is made from `content`, where `lnk/x` leads"),
        ("lnk/x/y", "lnk", "docs", "the site is made from `docs`, where `lnk/x/y` leads"),
        ("lnk/x", "lnk", "static", "the site is made from `static`, where `lnk/x` leads"),
        ("a.txt", "lnk", "real", "the output folder `a.txt` is not a folder"),
        ("docs/a.txt/x", "lnk", "real", "the site is made from `docs`, and cannot be written into `docs/a.txt/x`"),
        ("a.txt/x/y", "lnk", "real", "`a.txt` is no folder, and `a.txt/x/y` cannot lie in it"),
        ("lnk/x", "lnk", "nowhere", "`lnk` is no folder, and `lnk/x` cannot lie in it"),
    ] {
        let project = Project::bare(&format!(
            "{SITE}output: {output}\nkinds: {{note: {{folder: docs}}}}\n//- content/index.md\n# H\n//- a.txt\nx\n//- docs/a.md\n# A\n//- static/b.txt\nx\n//- real/x\nx\n"
        ));
        std::os::unix::fs::symlink(to, project.path(link)).expect("a link can be made");
        for command in ["check", "build"] {
            let ran = project.run(&[command]);
            let all = format!("{}{}", ran.out, ran.err);
            assert!(all.contains(said) && all.contains("site.yaml:3:9"), "{output} {to}: {all}");
            assert_eq!((ran.code, all.matches("error").count()), (Some(1), 2), "{output} {to}: {all}");
        }
    }
    let beside = Project::bare(&format!("{SITE}output: lnk/site\n//- content/index.md\n# H\n//- real/x\nx\n"));
    std::os::unix::fs::symlink("real", beside.path("lnk")).expect("a link can be made");
    beside.runs(&["check"]);
    beside.runs(&["build"]);
}

#[test]
fn an_empty_template_is_reported_at_its_file() {
    said(
        "kinds: {note: {}}\n//- content/notes/a.md\n# A\n//- templates/note.html\n{# later #}\n",
        &expect![[r#"
        templates/note.html:1:1: error[template-invalid]: this template is empty, and so is every page that is drawn with it
    "#]],
    );
    said(
        "kinds: {note: {}}\n//- content/notes/a.md\n# A\n//- templates/note.html\n{% extends \"frame.html\" %}\n//- templates/frame.html\n\n\n",
        &expect![[r#"
            templates/frame.html:1:1: error[template-invalid]: this template is empty, and so is every page that is drawn with it
        "#]],
    );
}

#[test]
fn an_empty_template_that_stands_for_one_of_the_theme_is_reported_once() {
    for (path, text) in
        [("base.html", ""), ("base.html", "{# mine #}\n"), ("parts/values.html", ""), ("parts/lists.html", "\n")]
    {
        let site = "kinds: {note: {fields: {size: integer}}}\n//- content/notes/a.md\n---\ntitle: A\nsize: 3\n---\nx\n";
        let project = Project::bare(&format!("{SITE}checks: {{advice: off}}\n{site}//- templates/{path}\n{text}"));
        let told = project.run(&["check", "--format", "short"]).out;
        let said = format!("templates/{path}:1:1: error[template-invalid]: this template is empty");
        assert!(told.starts_with(&said) && told.lines().count() == 1, "{path}: {told}");
    }
}

#[test]
fn values_that_share_an_address_among_groups_are_reported() {
    let note =
        |name: &str, size: &str| format!("//- content/notes/{name}.md\n---\ntitle: {name}\nsize: {size}\n---\nx\n");
    let kinds = |ty: &str| format!("kinds: {{note: {{fields: {{size: {ty}}}, regroup_by: [size]}}}}\n");
    for (ty, first, second) in [
        ("text", "C", "C++"),
        ("{type: choice, of: [c, C]}", "c", "C"),
        ("{type: list, of: text}", "[C]", "[C++, a b, a-b]"),
    ] {
        let project = Project::bare(&format!(
            "{SITE}checks: {{advice: off}}\n{}{}{}",
            kinds(ty),
            note("a", first),
            note("b", second)
        ));
        let told = project.run(&["check", "--format", "short"]).out;
        let wanted = if ty.contains("list") { 2 } else { 1 };
        assert_eq!(told.matches("warning[tag-address-shared]").count(), wanted, "{ty}: {told}");
        assert!(told.contains("content/notes/"), "{ty}: {told}");
    }
}

#[test]
fn a_wikilink_to_a_file_that_is_reported_has_no_report_of_its_own() {
    said(
        "kinds: {note: {}}\n//- content/notes/C#.png\nx\n//- content/notes/a.md\n# A\n\n![[C#.png]] [[C#.png]] ![[notes/C#.png]]\n",
        &expect![[r#"
            content/notes/C#.png:1:1: error[url-invalid]: `/media/notes/C#.png` is no address of the site: it contains a character that not every host can serve
        "#]],
    );
}

#[test]
fn of_a_table_of_keys_what_nothing_reads_is_reported() {
    let kinds = "kinds: {post: {fields: {tags: {type: list, of: text}}, from_keys: {tags: taxonomies.tags}}}\n";
    let post = |name: &str, keys: &str| format!("//- content/posts/{name}.md\n---\ntitle: {name}\n{keys}\n---\nx\n");
    let posts = [
        post("a", "taxonomies: {tags: [x], genres: [y]}"),
        post("b", "taxonomies: [x]"),
        post("c", "taxonomies: {tag: [x]}"),
        post("d", "taxonomies:"),
        post("e", "taxonomies: {tags: [x]}"),
    ];
    said(
        &format!(
            "{kinds}{}//- content/posts/f.md\n+++\ntitle = \"f\"\n[taxonomies]\ntags = [\"x\"]\nauthors = [\"y\"]\n+++\nx\n",
            posts.concat()
        ),
        &expect![[r#"
            content/posts/a.md:3:25: error[field-unknown]: a post has no field `taxonomies.genres`
            content/posts/b.md:3:13: error[field-wrong-type]: `taxonomies` has to be keys with values, found a list
            content/posts/c.md:3:14: error[field-unknown]: a post has no field `taxonomies.tag`
            content/posts/f.md:5:1: error[field-unknown]: a post has no field `taxonomies.authors`
        "#]],
    );
    let free = kinds.replace("fields:", "extra: allow, fields:");
    said(&format!("{free}{}", posts[0]), &expect![[""]]);
}

#[test]
fn a_link_into_the_repository_is_looked_up_there() {
    let site = "links: {repository: \"https://host.example/o/n/blob/main/site/\"}\nkinds: {plant: {}}\n";
    let folder = Project::bare("//- LICENSE\nx\n//- .git/HEAD\nx\n//- tools/a.rs\nx\n");
    let project = Project::bare_in(
        folder.root(),
        &format!(
            "{SITE}checks: {{advice: off}}\n{site}//- src/a.rs\nx\n//- notes/open.md\n# Open\n//- notes/dd.md\n---\ndraft: true\n---\nSECRET\n//- content/plants/dd.md\n---\ntitle: D\ndraft: true\n---\nx\n"
        ),
    );
    project.write(
        "content/plants/a.md",
        "# A\n\n[1](../../src/a.rs#L3) [2](../../src) [3](../../notes/open.md) [4](../../../LICENSE) [5](../../../tools/)\n\n\
         [6](../../src/b.rs)\n\n[7](../../notes/dd.md)\n\n[8](../../../LICENCE)\n",
    );
    let told = project.run(&["check", "--format", "short"]).out;
    let found: Vec<&str> = told.lines().collect();
    assert_eq!(found.len(), 3, "{told}");
    for (at, said) in [
        ("5:5", "there is no file `src/b.rs` in the repository"),
        ("7:5", "`notes/dd.md` is held back"),
        ("9:5", "there is no file `../LICENCE` in the repository"),
    ] {
        assert!(
            found.iter().any(|line| line.contains(&format!("a.md:{at}: error[link-broken]: {said}"))),
            "{said}: {told}"
        );
    }
}

#[test]
fn what_a_page_loads_is_never_an_entry() {
    let html = [
        "<video src=\"b\"></video>",
        "<video><source src=\"b\"></video>",
        "<audio src=\"b\"></audio>",
        "<object data=\"b\"></object>",
    ];
    for element in html.into_iter().chain([
        "<video src=\"/notes/b\"></video>",
        "<video poster=\"b\"></video>",
        "<img src=\"b\" alt=\"\">",
    ]) {
        let text = format!(
            "{SITE}markdown: {{allow_html: true}}\nchecks: {{html-raw: off, html-blocked: off}}\nkinds: {{note: {{}}}}\n//- content/notes/a.md\n---\ntitle: A\n---\n\n{element}\n\n\
             <a href=\"b\">an entry</a>\n//- content/notes/b.md\n---\ntitle: B\n---\nx\n"
        );
        let drawn = site(&text);
        let page = drawn.main("/notes/a/");
        assert_eq!(page.matches("/notes/b/").count(), 1, "{element}: {page}");
        let problems = drawn.problems();
        assert!(problems.contains("there is no "), "{element}: {problems}");
        let project = Project::bare(&text);
        let before = project.read("content/notes/a.md");
        project.run(&["check", "--fix"]);
        assert_eq!(
            project.read("content/notes/a.md"),
            before.replace("<a href=\"b\">", "<a href=\"b.md\">"),
            "{element}"
        );
    }
}

#[test]
fn the_words_that_a_browser_looks_for_are_no_heading() {
    let drawn = site(&format!(
        "{SITE}kinds: {{note: {{}}}}\n//- content/notes/a.md\n---\ntitle: A\n---\n[x](b.md#:~:text=so%2Dcalled,words) [y](b.md#part:~:text=words) \
         [w](#:~:text=words) [u](/notes/b/#:~:text=words) [v](/notes/b/#part:~:text=w) [s](/a-z/#:~:text=w) [e](https://example.org/notes/b/#:~:text=w)\n\
         //- content/notes/b.md\n---\ntitle: B\n---\n## Part\nx\n"
    ));
    let page = drawn.is_fine().main("/notes/a/");
    for address in ["/notes/b/#:~:text=so%2Dcalled,words", "/notes/b/#part:~:text=words", "\"#:~:text=words"] {
        assert!(page.contains(address), "{page}");
    }
    let drawn = site(&format!(
        "{SITE}kinds: {{note: {{}}}}\n//- content/notes/a.md\n---\ntitle: A\n---\n[x](b.md#nope:~:text=w) [y](/notes/b/#nope:~:text=w)\n//- content/notes/b.md\n---\ntitle: B\n---\nx\n"
    ));
    drawn.reports(&expect![[r#"
        content/notes/a.md:4:10: error[link-broken-heading]: `notes/b` has no heading `nope`
          help: it has no headings
        content/notes/a.md:4:29: error[link-broken-heading]: `/notes/b/` has no heading `nope`
          help: take the part behind `#` away, or write it as the page has it
    "#]]);
}

#[test]
fn a_page_with_a_base_is_looked_at_from_there() {
    let project = Project::bare(&format!(
        "{SITE}checks: {{advice: off}}\n//- content/index.md\n# H\n//- static/demo/index.html\n<!doctype html><base href=\"/other/\">\
         <a href=\"a.html\">a</a><a href=\"b.html\">b</a><a href=\"/c.html\">c</a><a href=\"https://x.example/d\">d</a>\n//- static/other/a.html\n<p>a\n"
    ));
    expect![[r#"
        static/demo/index.html:1:68: error[page-link-broken]: no page and no file is at `b.html`
        static/demo/index.html:1:90: error[page-link-broken]: no page and no file is at `/c.html`
    "#]]
    .assert_eq(&project.run(&["check", "--format", "short"]).out);
    project.write(
        "static/demo/index.html",
        "<base href=\"https://x.example/\"><a href=\"a.html\">a</a><a href=\"/b\">b</a>",
    );
    expect![[""]].assert_eq(&project.run(&["check", "--format", "short"]).out);
}

#[test]
fn a_way_out_never_names_a_file_beside_a_draft() {
    let drawn = site(&format!(
        "{SITE}kinds: {{note: {{}}}}\n//- content/notes/a.md\n---\ntitle: A\n---\n![Plan](plam.png)\n\
         //- content/notes/d.md\n---\ntitle: D\ndraft: true\n---\n![Plan](plan.png)\n//- content/notes/plan.png\nx\n"
    ));
    assert!(!drawn.problems().contains("plan.png"), "{}", drawn.problems());
}

#[test]
fn the_graph_has_the_addresses_of_pictures() {
    let drawn = site(&format!(
        "{SITE}kinds: {{note: {{fields: {{picture: image, all: {{type: list, of: image}}}}}}}}\n\
         //- content/notes/a.md\n---\ntitle: A\npicture: p.png\nall: [p.png]\n---\nx\n//- content/notes/p.png\nx\n"
    ));
    let graph = drawn.file("graph.json");
    assert_eq!(graph.matches("https://example.org/media/notes/p.png").count(), 2, "{graph}");
    assert!(!graph.contains("content/notes/p.png"), "{graph}");
}

#[test]
fn an_address_of_a_list_is_a_folder() {
    said(
        "kinds: {note: {index: {url: /x.html}}}\n//- content/notes/a.md\n# A\n",
        &expect![[r#"
        site.yaml:4:29: error[url-invalid]: `/x.html` is the address of a file, and pages of the list lie below it
    "#]],
    );
    said(
        "kinds: {note: {index: {url: list}}}\n//- content/notes/a.md\n# A\n",
        &expect![[r#"
        site.yaml:4:29: error[url-invalid]: `list` is no address of the site: it has to begin with a slash
    "#]],
    );
}

#[test]
fn numbers_are_told_how_they_are_written() {
    let fields = "i: integer, n: number";
    let written = [
        "i: 3.5",
        "i: 3.0",
        "i: 1e3",
        "i: 1e400",
        "i: 017",
        "i: 99999999999999999999",
        "i: \"-5\"",
        "i: 1_000",
        "i: 1,000",
        "i: 1.000",
        "i: .inf",
        "i: two",
        "n: 1e400",
        "n: −5",
        "n: 1,5",
        "n: 99999999999999999999",
        "n: 100000000000000000000",
        "n: 1e30",
    ];
    let entries: String = written
        .iter()
        .enumerate()
        .map(|(at, line)| format!("//- content/notes/a{at:02}.md\n---\ntitle: A\n{line}\n---\nx\n"))
        .collect();
    let drawn =
        site(&format!("{SITE}checks: {{title-duplicate: off}}\nkinds: {{note: {{fields: {{{fields}}}}}}}\n{entries}"));
    drawn.reports(&expect![[r#"
        content/notes/a00.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found a number with a fraction
          help: write it without a fraction, or declare the field as `number` in site.yaml
        content/notes/a01.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found a number
          help: write it in digits alone: `i: 3`, if that is meant
        content/notes/a02.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found a number
          help: write it in digits alone: `i: 1000`, if that is meant
        content/notes/a03.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found a text
          help: a whole number may have up to 18 digits; declare `i` as `text` where it is a name made of digits
        content/notes/a04.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found a text
          help: write it in digits alone: `i: 17`, if that is meant
        content/notes/a05.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found a number
          help: a whole number may have up to 18 digits; declare `i` as `text` where it is a name made of digits
        content/notes/a06.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found a text
          help: write it in digits alone: `i: -5`, if that is meant
        content/notes/a07.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found a text
          help: write it in digits alone: `i: 1000`, if that is meant
        content/notes/a08.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found a text
          help: for example `i: 3`
        content/notes/a09.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found a number
          help: write it in digits alone: `i: 1`, if that is meant
        content/notes/a10.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found no finite number
          help: for example `i: 3`
        content/notes/a11.md:3:4: error[field-wrong-type]: `i` has to be a whole number, found a text
          help: for example `i: 3`
        content/notes/a12.md:3:4: error[field-wrong-type]: `n` has to be a number, found a text
          help: no number is so large; declare `n` as `text` where it is a name made of digits
        content/notes/a13.md:3:4: error[field-wrong-type]: `n` has to be a number, found a text
          help: write the number alone, with a point before a fraction and without quotes or a unit: `n: -5`
        content/notes/a14.md:3:4: error[field-wrong-type]: `n` has to be a number, found a text
          help: write the number alone, with a point before a fraction and without quotes or a unit: `n: 1.5`
        content/notes/a15.md:3:4: error[field-limit]: `n` has more digits than a number keeps: it would be 100000000000000000000
          help: declare the field as `integer`, or as `text` where it is a name made of digits
    "#]]);
}

#[test]
fn a_tag_is_an_address_of_its_own() {
    let notes = |tags: &str| {
        format!(
            "kinds: {{note: {{fields: {{tags: {{type: list, of: text}}}}, regroup_by: [{{by: tags, url: /tags/}}]}}}}\n\
             //- content/notes/a.md\n---\ntitle: A\ntags: [C]\n---\nx\n//- content/notes/b.md\n---\ntitle: B\ntags: {tags}\n---\nx\n"
        )
    };
    said(
        &notes("[C, C++]"),
        &expect![[r#"
            content/notes/b.md:3:11: warning[tag-address-shared]: `C++` and `C` make one address: `C++` has `/tags/c-2/`, and another value may change that
        "#]],
    );
    let drawn = Project::bare(&format!("{SITE}{}", notes("[a/b, b]"))).drawn();
    drawn.is_fine();
    assert!(drawn.files.contains_key("tags/a-b/index.html") && drawn.files.contains_key("tags/b/index.html"));
    assert!(
        drawn.file("sitemap.xml").contains("<loc>https://example.org/tags/</loc>"),
        "{}",
        drawn.file("sitemap.xml")
    );
    let bare = Project::bare(&format!("{SITE}{}", notes("[C]")));
    bare.runs(&["build"]);
    assert!(bare.read("public/tags/index.html").contains("rel=\"canonical\" href=\"https://example.org/tags/\""));
    said(
        "kinds: {note: {fields: {tags: {type: list, of: text}}, regroup_by: [{by: tags, url: /tags/}]}, b: {fields: {tags: {type: list, of: text}}, regroup_by: [{by: tags, url: /tags/}]}}\n\
         //- content/notes/a.md\n---\ntitle: A\ntags: [C]\n---\nx\n//- content/bs/b.md\n---\ntitle: B\ntags: [C]\n---\nx\n",
        &expect![[r#"
            site.yaml:4:169: error[url-duplicate]: the groups of `note` and `b` have one address, `/tags/`
        "#]],
    );
}

#[test]
fn a_file_whose_name_makes_no_address_is_reported_at_the_file_alone() {
    let names = ["C#.png", "50%.png", "what?.png", "C#.pdf", "50%.pdf"];
    let mut text = String::from(
        "kinds: {note: {fields: {picture: image}}}\n//- content/notes/a.md\n---\ntitle: A\npicture: C#.png\n---\n\
         ![x](C#.png) ![y](50%.png) ![z](what?.png) [f](C#.pdf) [g](50%.pdf) ![w](C%23.png) ![u](50%25.png) [s](/C#.pdf) [k](id_rsa)\n",
    );
    names.iter().for_each(|name| text += &format!("//- content/notes/{name}\nx\n"));
    said(
        &(text + "//- static/C#.pdf\nx\n//- content/notes/id_rsa\nx\n"),
        &expect![[r#"
        content/notes/50%.pdf:1:1: error[url-invalid]: `/media/notes/50%.pdf` is no address of the site: it contains a character that not every host can serve
        content/notes/50%.png:1:1: error[url-invalid]: `/media/notes/50%.png` is no address of the site: it contains a character that not every host can serve
        content/notes/C#.pdf:1:1: error[url-invalid]: `/media/notes/C#.pdf` is no address of the site: it contains a character that not every host can serve
        content/notes/C#.png:1:1: error[url-invalid]: `/media/notes/C#.png` is no address of the site: it contains a character that not every host can serve
        content/notes/id_rsa:1:1: warning[file-secret]: this looks like a secret, and it is not published
        content/notes/what?.png:1:1: error[url-invalid]: `/media/notes/what?.png` is no address of the site: it contains a character that not every host can serve
        static/C#.pdf:1:1: error[url-invalid]: `/C#.pdf` is no address of the site: it contains a character that not every host can serve
    "#]],
    );
    said(
        "kinds: {note: {}}\n//- content/notes/a.md\n# A\n\n[x](50%.pdf) [y](/100%/)\n",
        &expect![[r#"
        content/notes/a.md:3:5: error[link-broken]: there is no file `content/notes/50%.pdf`
        content/notes/a.md:3:18: error[link-broken]: no page has the address `/100%/`
    "#]],
    );
}

#[test]
fn a_field_shows_pictures_of_the_hosts_that_site_yaml_names() {
    let text = |hosts: &str| {
        format!(
            "{hosts}kinds: {{note: {{fields: {{picture: image}}, schema_org: {{about: {{type: Product, from: {{image: picture}}}}}}}}}}\n\
             //- content/notes/a.md\n---\ntitle: A\npicture: https://pics.example/a.png\n---\nx\n//- content/notes/b.md\n---\ntitle: B\npicture: p.png\n---\nx\n//- content/notes/p.png\nx\n"
        )
    };
    said(
        &text(""),
        &expect![[r#"
        content/notes/a.md:3:10: error[image-missing]: the image `https://pics.example/a.png` lies outside the project
    "#]],
    );
    let project = Project::bare(&format!("{SITE}{}", text("hosts: {images: [pics.example]}\n")));
    project.runs(&["check"]);
    project.runs(&["build"]);
    let page = project.read("public/notes/a/index.html");
    assert!(page.contains("<img src=\"https://pics.example/a.png\" alt=\"Picture\""), "{page}");
    assert!(project.read("public/notes/index.html").contains("<img src=\"https://pics.example/a.png\" alt=\"\""));
    assert!(project.read("public/graph.json").contains("\"picture\":\"https://pics.example/a.png\""));
    let other = project.read("public/notes/b/index.html");
    assert!(
        other.contains("https://example.org/media/notes/p.png") && !other.contains("content/notes/p.png"),
        "{other}"
    );
}

#[test]
fn a_name_that_begins_with_an_underscore_is_a_page_unless_the_site_leaves_it_out() {
    let drawn = site(&format!("{SITE}kinds: {{note: {{}}}}\n//- content/notes/_leek.md\n---\ntitle: A\n---\nx\n"));
    assert!(drawn.is_fine().main("/notes/leek/").contains('x'));
    let project = Project::bare(&format!(
        "{SITE}ignore: ['_*.md']\nkinds: {{note: {{}}}}\n//- content/notes/_leek.md\n# A\n//- content/notes/b.md\n# B\n"
    ));
    project.runs(&["build"]);
    assert!(!project.path("public/notes/leek").exists());
}

#[test]
fn an_address_with_a_nearly_right_heading_is_reported_where_it_is_written() {
    said(
        "kinds: {note: {url: '/n/{slug}/'}}\n//- content/notes/q.md\n## During `--serve` now\n\n## A & B\n\n## Über uns\n\n## Foo_bar\n\
         //- content/notes/a.md\n# A\n\n[x](/n/q/#during-serve-now) [x](/n/q/#uber-uns) [x](/n/q/#foo-bar)\n[x](/n/q/#a-b) [x](/n/q/#during---serve-now)\n",
        &expect![[r#"
            content/notes/a.md:3:5: error[link-broken-heading]: `/n/q/` has no heading `during-serve-now`
            content/notes/a.md:3:33: error[link-broken-heading]: `/n/q/` has no heading `uber-uns`
            content/notes/a.md:3:53: error[link-broken-heading]: `/n/q/` has no heading `foo-bar`
            content/notes/a.md:4:5: error[link-broken-heading]: `/n/q/` has no heading `a-b`
        "#]],
    );
}

#[test]
fn an_intro_that_is_a_plain_text_has_no_marks_of_markdown() {
    said(
        "kinds:\n  note:\n    index: {intro: 'All *our* notes'}\n  term: {}\nrelations: [{one: note.terms, other: term.notes}]\n\
         matrices: [{url: /m/, rows: note, columns: term, via: note.terms, intro: 'See [a](b.md)'}]\n//- content/index.md\n# H\n",
        &expect![[r#"
            site.yaml:6:25: warning[value-doubtful]: this is a plain text, and its signs of Markdown are shown as they are
            site.yaml:9:79: warning[value-doubtful]: this is a plain text, and its signs of Markdown are shown as they are
        "#]],
    );
}

#[test]
fn a_link_is_told_what_its_target_is_or_may_be() {
    said(
        "ignore: [_index.md]\nkinds: {doc: {folder: docs, url: '/docs/{slug}/'}, reference: {folder: ref, plural: reference}}\n//- ref/cells/cells-jupyter.md\n# Cells\n\
         //- docs/_index.md\n# Top\n//- docs/a.md\n# A\n\n[x](/docs/reference/cells/cells-jupyter.qmd) [y](_index.md)\n",
        &expect![[r#"
            docs/a.md:3:5: error[link-broken]: there is no doc `reference/cells/cells-jupyter`
            docs/a.md:3:50: error[link-broken]: `docs/_index.md` is left out by `ignore:`: the page has the words of the link alone
        "#]],
    );
}

#[test]
fn no_template_is_named_that_no_entry_may_have() {
    said(
        "kinds: {note: {}}\n//- content/notes/a.md\n---\ntitle: A\ntemplate: theme.html\n---\nx\n",
        &expect![[r#"
            content/notes/a.md:3:11: error[template-missing]: there is no template `theme.html`
        "#]],
    );
}

#[test]
fn a_page_that_should_show_entries_and_is_not_there_has_one_report() {
    let terms = (0..4).map(|n| format!("//- content/terms/t{n}.md\n---\ntitle: Term {n}\n---\nx\n"));
    let pages = (0..4).map(|n| format!("//- content/p{n}.md\n---\ntitle: P{n}\n---\nA term {n} and [[t{n}]].\n"));
    said(
        &format!(
            "kinds: {{term: {{url: \"/glossary/#{{slug}}\", term_links: all}}}}\nmarkdown: {{wikilinks: true, term_links: true}}\n\
             //- content/index.md\n# H\n{}{}",
            terms.collect::<String>(),
            pages.collect::<String>()
        ),
        &expect![[r#"
            content/terms/t0.md:2:8: error[anchor-missing]: the page `/glossary/` does not show this term
        "#]],
    );
}
