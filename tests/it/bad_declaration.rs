//! Broken `site.yaml`: each problem said once, and nothing that only follows from it.

use expect_test::{Expect, expect};

use crate::harness::site;

#[track_caller]
fn complains(declaration: &str, expected: &Expect) {
    site(&format!("//- site.yaml\n{declaration}//- content/a.md\n---\ntitle: A\n---\n")).reports(expected);
}

#[test]
fn an_empty_declaration_wants_a_title_and_no_mapping_wants_to_be_one() {
    complains(
        "",
        &expect![[r#"
        site.yaml:1:1: error[field-missing]: site.yaml has no `title`
          help: add a line such as `title: My site`
    "#]],
    );
    complains(
        "- a\n- b\n",
        &expect![[r#"
            site.yaml:1:1: error[site-invalid]: expected keys with values, found a list
              help: write keys with values below it, indented by two spaces
        "#]],
    );
    complains(
        "just words\n",
        &expect![[r#"
            site.yaml:1:1: error[site-invalid]: expected keys with values, found a text
              help: write keys with values below it, indented by two spaces
        "#]],
    );
    complains(
        "title: a: b\n",
        &expect![[r#"
            site.yaml:1:9: error[yaml-invalid]: a second `: ` in one line: what stands before it is taken for a key
              help: put quotes round the value: `"a: b"`
        "#]],
    );
    complains(
        "title: [a]\nkinds: [procedure]\nrelations: {a: b}\nmarkdown: yes\npages: no\n",
        &expect![[r#"
            site.yaml:1:8: error[site-invalid]: expected a text, found a list
              help: write one text, without `- ` and brackets
            site.yaml:2:8: error[site-invalid]: expected the names of kinds with what they are, found a list
              help: `limber schema site` says what may stand here
            site.yaml:3:13: error[site-unknown-key]: site.yaml knows no key `a` here
              help: known keys are one, other, symmetric, labels, at_least, at_most, fields, conflicts_with, fits
            site.yaml:4:11: error[site-invalid]: expected keys with values, found a text
              help: write keys with values below it, indented by two spaces
            site.yaml:5:8: error[site-invalid]: expected keys with values, found a text
              help: write keys with values below it, indented by two spaces
        "#]],
    );
}

#[test]
fn keys_that_nobody_knows_get_a_suggestion() {
    complains(
        "title: Site\ntitel: Site\nlangauge: en\nmarkdown: {smart: true}\npages: {a-z: false}\nkinds:\n  procedure:\n    plurl: procedures\n    \
         fields: {level: {type: coice}, x: {}, y: {type: list}, z: {type: choice, of: []}, title: text}\n",
        &expect![[r#"
            site.yaml:2:1: error[site-unknown-key]: site.yaml knows no key `titel` here
              help: did you mean `title`?
            site.yaml:3:1: error[site-unknown-key]: site.yaml knows no key `langauge` here
              help: did you mean `language`?
            site.yaml:4:12: error[site-unknown-key]: site.yaml knows no key `smart` here
              help: known keys are smart_punctuation, allow_html, wikilinks, term_links, remarks, template_tags, math, dialect, includes, alerts
            site.yaml:5:9: error[site-unknown-key]: site.yaml knows no key `a-z` here
              help: did you mean `a_z`?
            site.yaml:8:5: error[site-unknown-key]: site.yaml knows no key `plurl` here
              help: did you mean `plural` or `url`?
            site.yaml:9:28: error[site-unknown-name]: no type named `coice`
              help: did you mean `choice`?
            site.yaml:9:39: error[site-invalid]: the field `x` needs a `type`
              help: write it as `x: {type: text}`
            site.yaml:9:46: error[site-invalid]: the list `y` needs `of`
              help: write it as `{type: list, of: text}`
            site.yaml:9:82: error[site-invalid]: a choice needs at least one id under `of`
              help: `limber schema site` says what may stand here
            site.yaml:9:87: error[site-invalid]: `title` is a key that every entry has, with a meaning of its own
              help: take it out: `title` may be written without it; or give the field another name
        "#]],
    );
}

#[test]
fn keys_that_stand_twice_are_reported_with_both_places() {
    complains(
        "title: Site\nkinds:\n  procedure: {}\n  procedure: {}\ntitle: Again\n",
        &expect![[r#"
            site.yaml:4:3: error[yaml-duplicate-key]: the key `procedure` stands here twice
              site.yaml:3:3: first written here
              help: remove one of the two
            site.yaml:5:1: error[yaml-duplicate-key]: the key `title` stands here twice
              site.yaml:1:1: first written here
              help: remove one of the two
        "#]],
    );
}

#[test]
fn relations_that_join_nothing_are_reported() {
    complains(
        "title: Site\nkinds: {procedure: {}, blossom: {}}\nrelations:\n  - {one: prozess.blossoms, other: blossom.procedures}\n  \
         - {one: procedure.blossoms}\n  - {one: procedure, other: blossom.x}\n  - {one: procedure.a, symmetric: true, other: blossom.b}\n  \
         - {one: procedure.c, other: blossom.c, conflicts_with: procedure.d, fields: {to: text}, at_least: many}\n  \
         - {one: procedure.title, other: blossom.e}\n  - {one: procedure.f, other: blossom.c}\n",
        &expect![[r#"
            site.yaml:4:11: error[site-unknown-name]: no kind named `prozess`
              help: known are procedure, blossom, page
            site.yaml:5:5: error[site-invalid]: a relation needs its `other` side
              help: write it as `{one: topic.articles, other: article.topics}`, or `symmetric: true` in place of `other`
            site.yaml:6:11: error[site-invalid]: `procedure` has to be a kind and a key with a dot between them
              help: write it as `procedure.articles`, the key under which entries of `procedure` list the others
            site.yaml:7:5: error[site-invalid]: a symmetric relation has no `other`: both sides are the same
              help: `limber schema site` says what may stand here
            site.yaml:8:80: error[site-invalid]: `to` is a key that every edge has, with a meaning of its own
              help: take it out: `to` may be written without it; or give the field another name
            site.yaml:8:101: error[site-invalid]: expected a whole number, found a text
              help: write it in digits, without quotes
            site.yaml:9:11: error[site-invalid]: `title` is a key that every entry has, with a meaning of its own
              help: give the relation another key
            site.yaml:10:31: error[site-invalid]: `blossom.c` is declared twice
              help: give one of the two another key
        "#]],
    );
}

#[test]
fn kinds_pages_and_matrices_that_cannot_be_are_reported() {
    complains(
        "title: Site\nbase_url: example.org\nkinds:\n  page: {}\n  a: {plural: b}\n  b: {}\n  c: {url: /c/, plural: Cs}\n  d: {url: '/../{slug}/'}\n  \
         e: {regroup_by: [nothing], order: [nothing], review: {every: soon}, extra: maybe, term_links: some}\n\
         matrices:\n  - {url: /m/, rows: a, columns: e, via: a.x}\n  - {rows: a}\nrules:\n  - {code: link-broken, message: x, kind: a, require: {y: 1}}\n  - {}\n\
         pages: {a_z: {url: a-z}, feed: 1, search: {url: /../search/}}\n",
        &expect![[r#"
            site.yaml:2:11: error[url-invalid]: `example.org` is no base URL: it has to begin with `https://` or `http://`
              help: write it as `https://example.org/`, with the folder behind the host if there is one
            site.yaml:4:3: error[site-invalid]: `page` and `pages` are the names of the built-in kind of standalone pages
              help: give the kind another name, such as `article`; standalone pages lie in `content/` itself and need no kind
            site.yaml:6:3: error[site-invalid]: the kinds `a` and `b` share a name or a folder
              help: give each a `plural` of its own: it is the name of its folder
            site.yaml:7:12: error[url-invalid]: the URL `/c/` does not contain `{slug}` or `{name}`
              help: write it as `/articles/{slug}/`, `/{year}/{month}/{name}/`, or `/glossary/#{slug}` for anchors of a page
            site.yaml:7:25: error[site-invalid]: the folder name `Cs` may only have lower-case letters, digits and hyphens
              help: write it as `cs`
            site.yaml:8:12: error[url-invalid]: `/../` is no address of the site: it leaves the site
              help: write it as `/articles/{slug}/`, `/{year}/{month}/{name}/`, or `/glossary/#{slug}` for anchors of a page
            site.yaml:9:19: error[site-unknown-name]: `e` has no field or relation named `nothing` to group by
              help: write the key of a field or of a relation of the kind, or `date` for an archive by year
            site.yaml:9:37: error[site-unknown-name]: no field named `nothing` to sort by
              help: sort by `title`, `date`, `updated`, `slug` or a field; a `-` before it turns the order round
            site.yaml:9:56: error[site-unknown-name]: no field named `reviewed`
            site.yaml:9:64: error[site-invalid]: `soon` is no period: write `24 months` or `2 years`
              help: `limber schema site` says what may stand here
            site.yaml:9:78: error[site-invalid]: `extra` is `allow` or `deny`
              help: `limber schema site` says what may stand here
            site.yaml:9:97: error[site-invalid]: `term_links` is one of `all`, `names` and `none`
              help: `limber schema site` says what may stand here
            site.yaml:11:42: error[site-unknown-name]: no relation named `a.x`
            site.yaml:12:5: error[site-invalid]: a matrix needs `url`, `columns`, `via`
              help: write it as `{url: /topics-by-article/, rows: topic, columns: article, via: topic.articles}`
            site.yaml:14:5: error[site-invalid]: `link-broken` is a code of the tool itself: give the rule a name of its own
              help: `limber schema site` says what may stand here
            site.yaml:14:56: error[site-unknown-name]: no field or relation named `y`
              help: known are citations, slug
            site.yaml:14:59: error[site-invalid]: expected `true`, or a mapping with `at_least`, `at_most`, `is` or `include`, found a whole number
              help: `limber schema site` says what may stand here
            site.yaml:15:5: error[site-invalid]: a rule needs a `code` and a `message`
              help: write it as `{code: level-without-source, message: a page with a level cites no source, kind: ..., require: ...}`
            site.yaml:16:20: error[url-invalid]: `a-z` is no address of the site: it has to begin with a slash
              help: write it as `/a-z/`
            site.yaml:16:32: error[site-invalid]: expected keys with values, found a whole number
              help: write keys with values below it, indented by two spaces
            site.yaml:16:49: error[url-invalid]: `/../search/` is no address of the site: it leaves the site
              help: write it as `/search/`
        "#]],
    );
}

#[test]
fn yaml_without_end_is_refused() {
    complains(
        &format!("title: Site\nparams: {}\n", "[".repeat(100_000)),
        &expect![[r#"
            site.yaml:2:1009: error[yaml-invalid]: brackets nest too deep
              help: take some of the nesting out
        "#]],
    );
    complains(
        &format!("title: Site\nparams:\n{}\n", nested(200)),
        &expect![[r#"
            site.yaml:130:129: error[yaml-invalid]: brackets or lists nest too deep
              help: take some of the nesting out
        "#]],
    );
    let bomb = "title: Site\nparams:\n  a: &a [x,x,x,x,x,x,x,x,x,x]\n  b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n  c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n  \
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n  e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n  f: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
    complains(
        bomb,
        &expect![[r#"
            site.yaml:3:26: error[yaml-invalid]: aliases stand for far more than is written
              help: write the values out
        "#]],
    );
}

/// Mappings in mappings.
fn nested(depth: usize) -> String {
    (1..=depth).map(|level| format!("{}a:\n", " ".repeat(level))).collect()
}

#[test]
fn a_slip_of_a_name_raises_nothing_that_only_follows_from_it() {
    complains(
        "title: Site\nfield_sets:\n  page: {reviewed: date}\nkinds:\n  blossom: {uses: pages, review: {every: 1 year}}\n  procedure: {}\n  place: {plural: procedures}\n\
         relations:\n  - {one: blosom.procedures, other: procedure.blossoms}\n  - {one: place.blossoms, other: blossom.places}\n\
         matrices:\n  - {url: /m/, rows: blossom, columns: procedure, via: blossom.procedurs}\n",
        &expect![[r#"
            site.yaml:5:19: error[site-unknown-name]: no field set named `pages`
              help: did you mean `page`?
            site.yaml:7:3: error[site-invalid]: the kinds `procedure` and `place` share a name or a folder
              help: give each a `plural` of its own: it is the name of its folder
            site.yaml:9:11: error[site-unknown-name]: no kind named `blosom`
              help: did you mean `blossom`?
            site.yaml:12:56: error[site-unknown-name]: no relation named `blossom.procedurs`
              help: did you mean `blossom.procedures`?
        "#]],
    );
    complains(
        "title: Site\nkinds: {blossom: {regroup_by: procedures}, procedure: {}}\nrelations:\n  - {one: blossom, other: procedure.blossoms}\n\
         rules:\n  - {code: some, kind: blossom, require: {procedures: true}, message: a blossom needs a procedure}\n\
         matrices:\n  - {url: /m/, rows: blossom, columns: procedure, via: blossom.procedures}\n",
        &expect![[r#"
            site.yaml:4:11: error[site-invalid]: `blossom` has to be a kind and a key with a dot between them
              help: write it as `blossom.articles`, the key under which entries of `blossom` list the others
        "#]],
    );
}

#[test]
fn rules_and_defaults_that_could_never_hold_are_reported() {
    complains(
        "title: Site\nkinds:\n  blossom: {schema_org: {pag: WebPage}, fields: {grade: {type: choice, of: [strong, weak], default: stong}, order: {type: integer, default: many}}}\n\
         rules:\n  - {code: thin, kind: blossom, when: {grade: stong}, require: {citation: true}, message: thin}\n",
        &expect![[r#"
            site.yaml:3:26: error[site-unknown-key]: site.yaml knows no key `pag` here
              help: did you mean `page`?
            site.yaml:3:101: error[site-invalid]: the default of `grade`, `stong`, is not one of its choices
              help: write a value that an entry could have there, or leave `default` out
            site.yaml:3:141: error[site-invalid]: the default of `order` is a text, and the field is of another type
              help: write a value that an entry could have there, or leave `default` out
            site.yaml:5:47: error[site-unknown-name]: no choice of `grade` named `stong`
              help: did you mean `strong`?
            site.yaml:5:65: error[site-unknown-name]: no field or relation named `citation`
              help: did you mean `citations`?
        "#]],
    );
}

#[test]
fn a_mistake_in_one_key_does_not_hide_what_can_still_be_checked() {
    let content = "//- content/notes/a.md\n---\ntitle: A\n---\nSee [[nobody]].\n\n<!-- open\n\
                   //- content/notes/b.md\n---\ntitle: [\n---\n";
    let site_of =
        |more: &str, kinds: &str| site(&format!("//- site.yaml\ntitle: Site\n{more}kinds: {kinds}\n{content}"));
    // Rules, lists, matrices and places to publish to decide nothing about entries.
    for more in [
        "rules: [{code: x}]\n",
        "matrices: [{url: /x/}]\n",
        "pages: {a_z: {url: x}}\n",
        "colour: red\n",
        "publish: [1]\n",
        "schema_org: {organization: [1]}\n",
        "retractions: [1]\n",
        "hosts: {img: [x]}\n",
        "gone: [x]\n",
        "description: [x]\n",
        "language: xx-yy-zz\n",
        "markdown: {smart: 1}\n",
        "markdown: {allow_html: 1}\n",
        "markdown: {alerts: {nota: x}}\n",
        "markdown: {includes: [.]}\n",
        "markdown: {term_links: x, smart_punctuation: x, math: x}\n",
    ] {
        let problems = site_of(more, "{note: {}}").problems();
        assert!(problems.starts_with("content/notes/a.md:4:"), "{more}: {problems}");
        assert!(
            problems.contains("no entry is named `nobody`") && problems.contains("site.yaml:"),
            "{more}: {problems}"
        );
    }
    // Nor do keys of a kind that say how its entries are listed.
    for kind in [
        "plural: notes, foo: 1",
        "order: [nope]",
        "sequence: 5",
        "navigation: foo",
        "review: {every: 2 moons}",
        "schema_org: {tipe: X}",
        "regroup_by: [zz]",
    ] {
        let problems = site_of("", &format!("{{note: {{{kind}}}}}")).problems();
        assert!(
            problems.contains("no entry is named `nobody`") && problems.contains("site.yaml:"),
            "{kind}: {problems}"
        );
    }
    // Nor do keys of a relation that say what its edges may not be.
    for more in ["conflicts_with: x.y", "fits: {a: b}", "at_least: x", "at_most: [x]", "labels: {a: b}", "foo: 1"] {
        let relation = format!("relations: [{{one: note.topics, other: topic.notes, {more}}}]\n");
        let problems = site_of(&relation, "{note: {}, topic: {}}").problems();
        assert!(
            problems.contains("no entry is named `nobody`") && problems.contains("site.yaml:"),
            "{more}: {problems}"
        );
    }
    // What the key with the mistake may allow is no news.
    let html = "//- content/notes/c.md\n---\ntitle: C\n---\n<b>x</b> <a href=\"a.md\">y</a> [z](#there)\n\n<p id=\"there\"></p>\n";
    let told = site(&format!(
        "//- site.yaml\ntitle: Site\nmarkdown: {{allow_html: 1}}\nkinds: {{note: {{}}}}\n{content}{html}"
    ));
    assert!(!told.problems().contains("c.md"), "{}", told.problems());
    // Nor does what decides on signs that the text does not have; of one that has them, nobody knows what it says.
    for unclear in ["wikilinks: x", "dialect: mkdoc", "wikilink: false", "dialect: [a, b]"] {
        let problems = site_of(&format!("markdown: {{{unclear}}}\n"), "{note: {}}").problems();
        assert!(!problems.contains("nobody") && problems.contains("site.yaml:"), "{unclear}: {problems}");
    }
    for more in ["template_tags: x", "remark: false", "remarks: x"] {
        let problems = site_of(&format!("markdown: {{{more}}}\n"), "{note: {}}").problems();
        assert!(problems.contains("nobody") && problems.contains("comment-open"), "{more}: {problems}");
    }
    let plain = "//- content/notes/c.md\n---\ntitle: C\n---\n[c](gone.md)\n";
    let tags = "//- content/notes/d.md\n---\ntitle: D\n---\n{{ x }} [d](gone.md)\n";
    for more in ["true", "{template_tags: x}", "{template_tag: true}", "{dialect: [a, b]}"] {
        let told = site(&format!("//- site.yaml\ntitle: Site\nmarkdown: {more}\nkinds: {{note: {{}}}}\n{plain}{tags}"));
        let problems = told.problems();
        assert_eq!(problems.matches("site.yaml:").count(), 1, "{more}: {problems}");
        assert!(problems.contains("notes/c.md:4") && !problems.contains("notes/d.md"), "{more}: {problems}");
    }
    let untitled = site(&format!("//- site.yaml\nkinds: {{note: {{}}}}\n{content}")).problems();
    assert!(untitled.contains("no entry is named `nobody`") && untitled.contains("field-missing"), "{untitled}");
    // A field may have been meant by an unknown key: entries with it are no news.
    let field = site(
        "//- site.yaml\ntitle: Site\nkinds:\n  note:\n    tags: text\n//- content/notes/a.md\n---\ntitle: A\ntags: x\n---\n",
    );
    assert!(!field.problems().contains("field-unknown"), "{}", field.problems());
    // What a kind is decides much: then only what stands in a file for itself is said.
    for kinds in ["{note: {plurall: notes}}", "{note: {folder: /x}}", "{note: {address_from: x}}"] {
        let problems = site_of("", kinds).problems();
        assert!(problems.contains("comment-open") && problems.contains("yaml-invalid"), "{kinds}: {problems}");
        assert!(!problems.contains("nobody") && problems.contains("site.yaml:"), "{kinds}: {problems}");
    }
    // But not what its texts link to.
    for kinds in
        ["{note: {fields: {x: {type: colour}}}}", "{note: {index: 3}}", "{note: {url: x}}", "{note: {title: [x]}}"]
    {
        let problems = site_of("", kinds).problems();
        assert!(problems.contains("comment-open") && problems.contains("nobody"), "{kinds}: {problems}");
    }
    let relations = site_of("relatons: [{one: note.a, other: note.b}]\n", "{note: {}}").problems();
    assert!(relations.contains("comment-open") && relations.contains("nobody"), "{relations}");
}

#[test]
fn messages_name_a_way_out_that_works() {
    complains(
        "title: Site\nkinds: {text: {plural: pages}}\n",
        &expect![[r#"
        site.yaml:2:24: error[site-invalid]: `page` and `pages` are the names of the built-in kind of standalone pages
          help: write another `plural`, and below it `folder: content/pages`, where the files of the kind lie there
    "#]],
    );
    complains(
        "title: Site\nkinds: {page: {}}\n",
        &expect![[r#"
        site.yaml:2:9: error[site-invalid]: `page` and `pages` are the names of the built-in kind of standalone pages
          help: give the kind another name, such as `article`; standalone pages lie in `content/` itself and need no kind
    "#]],
    );
    complains(
        "title: Site\npages: {search: off}\n",
        &expect![[r#"
        site.yaml:2:17: error[site-invalid]: `search` is true, false, or keys with values such as `url`, and this is a text
          help: write `search: false` for none, or `search: {url: /search/}`
    "#]],
    );
}

#[test]
fn a_slip_of_yaml_hides_neither_other_slips_nor_what_is_wrong_in_each_file() {
    let text = "//- content/notes/a.md\n---\ntitle: A: b\n---\n<!-- open\n";
    let problems = |declaration: &str| site(&format!("//- site.yaml\n{declaration}{text}")).problems();
    for declaration in [
        "title: Site\nkinds: {note: {}\n",
        "title: Site: two\nkinds: {note: {}}\n",
        "title: Site\nkinds:\n  note:\n    fields: {x: text\n    plural: notes\n",
        "title: 'Site\nkinds:\n  note: {}\n",
    ] {
        let problems = problems(declaration);
        assert_eq!(problems.matches("site.yaml:").count(), 1, "{declaration}{problems}");
        assert!(problems.contains("content/notes/a.md:2:9: error[yaml-invalid]"), "{declaration}{problems}");
        assert!(problems.contains("comment-open") && !problems.contains("folder-unknown"), "{declaration}{problems}");
    }
    let both = problems("title: Site: two\nlanguage: en\nkinds: {note: [}\ncolour: red\n");
    assert_eq!(both.matches("site.yaml:").count(), 3, "{both}");
    assert!(both.contains("site.yaml:3:") && both.contains("site.yaml:4:1: error[site-unknown-key]"), "{both}");
}

#[test]
fn a_folder_of_a_kind_is_read_although_something_else_cannot_be() {
    let texts = "//- Notes/a.md\n<!-- open\n//- Notes/old.md\n<!-- open\n";
    let declaration = "title: a: b\nignore: [old.md]\nkinds:\n  note: {folder: Notes}\n";
    let problems = site(&format!("//- site.yaml\n{declaration}{texts}")).problems();
    assert!(problems.contains("Notes/a.md:1:1: error[comment-open]"), "{problems}");
}

#[test]
fn a_base_address_has_a_host_and_nobody_s_password() {
    for wrong in
        ["https://me:secret@example.org/", "https://me@example.org/", "https:///x/", "https://@/", "example.org"]
    {
        let problems =
            site(&format!("//- site.yaml\ntitle: Site\nbase_url: {wrong}\nkinds: {{note: {{}}}}\n")).problems();
        assert!(
            problems.starts_with("site.yaml:2:11: error[") && problems.contains("is no base URL"),
            "{wrong}: {problems}"
        );
    }
}

#[test]
fn one_mistake_of_kinds_fields_and_relations_is_said_once() {
    complains(
        "title: Site\nkinds: [note, topic]\nrelations: [{one: note.topics, other: topic.notes}]\nrules: [{code: x, message: m, kind: note, require: topics}]\n",
        &expect![[r#"
            site.yaml:2:8: error[site-invalid]: expected the names of kinds with what they are, found a list
              help: `limber schema site` says what may stand here
            site.yaml:4:52: error[site-invalid]: expected fields with what they need, found a text
              help: write it as `{sources: {at_least: 1}}`
        "#]],
    );
    complains(
        "title: Site\nkinds: {note: {fields: {n: [integer], m: {type: [text]}}}}\n",
        &expect![[r#"
        site.yaml:2:28: error[site-invalid]: expected keys with values, found a list
          help: write keys with values below it, indented by two spaces
        site.yaml:2:49: error[site-invalid]: expected a text, found a list
          help: write one text, without `- ` and brackets
    "#]],
    );
    complains(
        "title: Site\nkinds: {note: {}, topic: {}}\nrelations:\n  - {one: note.topics, other: topic.notes}\n  - {one: note.topics, other: topic.notes}\n",
        &expect![[r#"
            site.yaml:5:11: error[site-invalid]: `note.topics` is declared twice
              help: give one of the two another key
        "#]],
    );
    complains(
        "title: Site\nkinds:\n  note: {}\n---\ntitle: x\n",
        &expect![[r#"
        site.yaml:4:1: error[yaml-invalid]: a second document begins
          help: remove the line that is only `---`
    "#]],
    );
}

#[test]
fn what_a_relation_says_of_its_sides_fits_them() {
    complains(
        "title: Site\nkinds: {note: {}, topic: {}}\nrelations:\n  - {one: note.topics, other: topic.notes, labels: [A, B, C], at_most: -1, at_least: [0, 1, 2]}\n  \
         - {one: note.near, symmetric: true, labels: [A, B]}\n  - {one: note.date, other: topic.dated}\n",
        &expect![[r#"
            site.yaml:4:59: error[site-invalid]: a relation has two sides, and this is for a third
              help: write one for the side `one` and one for `other`
            site.yaml:4:72: error[site-invalid]: `-1` is below nothing, and this says how many
              help: write 0 or more, or leave the key out
            site.yaml:4:93: error[site-invalid]: a relation has two sides, and this is for a third
              help: write one for the side `one` and one for `other`
            site.yaml:5:51: error[site-invalid]: both sides of a symmetric relation are the same, and this is for another one
              help: write one, without a list
            site.yaml:6:11: error[site-invalid]: `date` is a key that every entry has, with a meaning of its own
              help: give the relation another key
        "#]],
    );
}

#[test]
fn a_reserved_key_among_the_fields_may_be_left_out() {
    complains(
        "title: Site\nkinds: {note: {fields: {date: date}}, topic: {}}\nrelations: [{one: note.topics, other: topic.notes, fields: {to: text}}]\n",
        &expect![[r#"
            site.yaml:2:25: error[site-invalid]: `date` is a key that every entry has, with a meaning of its own
              help: take it out: `date` may be written without it; or give the field another name
            site.yaml:3:61: error[site-invalid]: `to` is a key that every edge has, with a meaning of its own
              help: take it out: `to` may be written without it; or give the field another name
        "#]],
    );
}

#[test]
fn a_colour_needs_quotes() {
    complains(
        "title: Site\ntheme:\n  accent: #123456\n",
        &expect![[r##"
        site.yaml:3:3: error[site-invalid]: there is no colour: a `#` without quotes begins a comment
          help: write it as `"#123456"`, in quotes
    "##]],
    );
    complains(
        "title: Site\ntheme: {accent: #123456}\n",
        &expect![[r#"
            site.yaml:2:17: error[yaml-invalid]: a `#` behind a space begins a remark, and the `}` behind it is a part of that
              help: put quotes round the value that has the sign: `'#123456'`
        "#]],
    );
    complains(
        "title: Site\ntheme: {accent: #123456, logo: a.png}\n",
        &expect![[r#"
            site.yaml:2:17: error[yaml-invalid]: a `#` behind a space begins a remark, and the `}` behind it is a part of that
              help: put quotes round the value that has the sign: `'#123456'`
        "#]],
    );
}

#[test]
fn a_word_that_is_none_of_a_few_is_reported_once_with_the_one_that_is_near() {
    complains(
        "title: Site\nmarkdown: {dialect: [a, b]}\n",
        &expect![[r#"
        site.yaml:2:21: error[site-invalid]: `dialect` is one of `mdbook`, `mkdocs`, `docusaurus`, `vitepress`, `astro` and `logseq`
          help: `limber schema site` says what may stand here
    "#]],
    );
    complains(
        "title: Site\nmarkdown: {dialect: mkdoc}\nkinds: {note: {term_links: {}}}\n",
        &expect![[r#"
        site.yaml:2:21: error[site-invalid]: `dialect` is one of `mdbook`, `mkdocs`, `docusaurus`, `vitepress`, `astro` and `logseq`
          help: did you mean `mkdocs`?
        site.yaml:3:28: error[site-invalid]: `term_links` is one of `all`, `names` and `none`
          help: `limber schema site` says what may stand here
    "#]],
    );
}

#[test]
fn one_address_of_two_pages_is_one_problem_with_their_twins_too() {
    complains(
        "title: Site\npages: {twins: true, a_z: {url: /a/}}\n",
        &expect![[r#"
            site.yaml:2:22: error[url-duplicate]: two pages have the address `/a/`
              content/a.md:2:8: the other one
              help: rename the other one, or say `pages: {a_z: false}` in site.yaml
        "#]],
    );
}

#[test]
fn a_parent_in_the_navigation_that_names_nothing_is_reported_once() {
    let says = |kind: &str, entries: &str, expected: &Expect| {
        site(&format!("//- site.yaml\ntitle: Site\nkinds: {{note: {{{kind}}}}}\n{entries}")).reports(expected);
    };
    let entries =
        "//- content/notes/a.md\n---\ntitle: A\n---\n//- content/notes/b.md\n---\ntitle: B\npart_of: A\n---\n";
    says("navigation: {parent: part_off}", "", &expect![""]);
    says(
        "navigation: {parent: part_off}, fields: {part_of: text}",
        "",
        &expect![[r#"
            site.yaml:2:37: error[site-unknown-name]: there is no field `part_off` that says what an entry stands below
              help: did you mean `part_of`?
        "#]],
    );
    says(
        "navigation: {parent: part_of}, fields: {part_of: date}",
        "",
        &expect![[r#"
        site.yaml:2:37: error[site-invalid]: `part_of` holds no title below which an entry could stand
          help: name a field of the type `text`
    "#]],
    );
    says(
        "navigation: {}",
        "",
        &expect![[r#"
        site.yaml:2:28: error[site-invalid]: this names no key under which entries say what they stand below
          help: write it as `{parent: KEY}`
    "#]],
    );
    says(
        "navigation: {parent: part_off}, extra: allow",
        entries,
        &expect![[r#"
        site.yaml:2:37: error[site-unknown-name]: no note has the key `part_off`
          help: did you mean `part_of`?
    "#]],
    );
    says(
        "navigation: {parent: part_of}, extra: allow",
        &entries.replace("of: A", "of: 5"),
        &expect![[r#"
        content/notes/b.md:3:10: error[link-broken]: `part_of` has to be the title of an entry, found a whole number
          help: put quotes round it if it is a title, or remove the key: then it stands at the top
    "#]],
    );
    says("navigation: {parent: part_of}, extra: allow", entries, &expect![[r#""#]]);
}

#[test]
fn a_site_is_not_published_from_nowhere_or_over_itself() {
    complains(
        "title: Site\npublish: {live: {branch: pages}}\n",
        &expect![[r#"
        site.yaml:2:1: warning[base-url-missing]: site.yaml does not say where the site will live
          help: write the address of the site: `base_url: https://www.your-site.net/`
    "#]],
    );
    complains(
        "title: Site\nbase_url: https://example.org/\npublish: {live: {branch: pages}}\n",
        &expect![[r#"
        site.yaml:2:11: warning[base-url-missing]: `base_url` in site.yaml is still `https://example.org/`, with which every site begins
          help: write the address of the site: `base_url: https://www.your-site.net/`
    "#]],
    );
    complains("title: Site\npublish: {live: {branch: pages, base_url: \"https://x.example/\"}}\n", &expect![[r#""#]]);
    complains(
        "title: Site\nbase_url: https://x.example/\nkinds: {note: {folder: Notes}}\npublish: {a: {folder: ./content/out}, b: {folder: Notes/}, c: {folder: ../content}}\n",
        &expect![[r#"
            site.yaml:4:23: error[site-invalid]: `./content/out` cannot be the place: the site is made from what is in `content`
              help: write it as a folder of its own, such as `/var/www/site` or `live` beside site.yaml
            site.yaml:4:51: error[site-invalid]: `Notes/` cannot be the place: the site is made from what is in `Notes`
              help: write it as a folder of its own, such as `/var/www/site` or `live` beside site.yaml
        "#]],
    );
}

#[test]
fn what_can_never_hold_is_said_where_it_stands() {
    complains(
        "title: Site\noutput: content/built\nchecks: {advice: off}\nkinds:\n  note:\n    fields: {a: {type: integer, min: 5, max: 1}}\n\
         rules:\n  - {code: r, kind: nope, require: {summary: {at_least: 1}}, message: needs a summary}\n",
        &expect![[r#"
            site.yaml:2:9: error[site-invalid]: the site is made from `content`, and cannot be written into `content/built`
              help: write it as `_site`
            site.yaml:6:46: error[site-invalid]: `min` is above `max`: no value can be right
              help: write the smaller number first
            site.yaml:8:21: error[site-unknown-name]: no kind named `nope`
              help: did you mean `note`?
        "#]],
    );
}

#[test]
fn two_pages_with_one_address_are_told_how_the_made_one_gets_out_of_the_way() {
    let told = |declared: &str, files: &str| {
        site(&format!("//- site.yaml\ntitle: Site\nchecks: {{advice: off}}\n{declared}{files}")).problems()
    };
    let page = "---\ntitle: A\n---\n";
    for (declared, files, way) in [
        ("", format!("//- content/search.md\n{page}"), "`pages: {search: false}`"),
        ("", format!("//- static/sitemap.xml\nx\n//- content/a.md\n{page}"), "`pages: {sitemap: false}`"),
        ("kinds: {note: {url: '/{slug}/'}}\n", format!("//- content/index.md\n{page}"), "`index: false` of the kind"),
    ] {
        let said = told(declared, &files);
        assert!(said.contains(way) && said.matches("error[").count() == 1, "{declared}{files}: {said}");
    }
}

#[test]
fn two_keys_of_one_data_file_with_one_slug_are_told_so() {
    let told = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {}}\nchecks: {advice: off}\n//- content/notes.yaml\nT1: {title: A}\nt1: {title: B}\n",
    );
    assert!(told.problems().contains("help: rename one of the two keys"), "{}", told.problems());
}

#[test]
fn an_empty_title_and_an_unknown_check_with_a_wrong_level_are_told_in_one_go() {
    let told = site("//- site.yaml\ntitle: \"\"\n").problems();
    assert!(told.contains("write a title behind `title:`"), "{told}");
    let told = site("//- site.yaml\ntitle: T\nchecks: {link-borken: warn}\n").problems();
    assert!(told.contains("there is no check `link-borken`") && told.contains("a check is `off`"), "{told}");
}
