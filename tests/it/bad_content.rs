//! Broken entries: each problem said once, at its place, with a way out, and never a panic.

use expect_test::{Expect, expect};

use crate::harness::site;

const SITE: &str = "\
//- site.yaml
title: Site
kinds:
  procedure:
    fields:
      count: {type: integer, min: 1, max: 9}
      ratio: number
      sure: boolean
      day: date
      level: {type: choice, of: [low, high]}
      minutes: {type: range, min: 1}
      web: url
      photo: image
      steps: {type: list, of: markdown, max: 2}
      part: {type: object, fields: {name: {type: text, required: true}, size: integer}}
      near: entry
      short: {type: text, min: 3, max: 5, min_words: 1, max_words: 1}
      needed: {type: text, required: true, help: Say why.}
  place: {}
relations:
  - {one: procedure.places, other: place.procedures, at_least: [1, 0]}
//- content/places/home.md
---
title: Home
procedures: [good]
---
//- content/procedures/good.md
---
title: Good
needed: yes
---
";

#[track_caller]
fn complains(files: &str, expected: &Expect) {
    site(&format!("{SITE}{files}")).reports(expected);
}

/// One entry of procedures with this text.
#[track_caller]
fn entry(text: &str, expected: &Expect) {
    complains(&format!("//- content/procedures/bad.md\n{text}"), expected);
}

#[test]
fn front_matter_that_is_missing_or_open_is_reported_once() {
    entry(
        "",
        &expect![[r#"
            content/procedures/bad.md:1:1: error[field-missing]: the required field `needed` is missing
              help: add `needed: some words`
              help: Say why.
            content/procedures/bad.md:1:1: error[relation-count]: `places` has 0 entries, and needs at least 1
              help: add `places: [...]` here, or this entry to `procedures` of another
        "#]],
    );
    entry(
        "Just words.\n",
        &expect![[r#"
            content/procedures/bad.md:1:1: error[field-missing]: the required field `needed` is missing
              help: add `needed: some words`
              help: Say why.
            content/procedures/bad.md:1:1: error[relation-count]: `places` has 0 entries, and needs at least 1
              help: add `places: [...]` here, or this entry to `procedures` of another
        "#]],
    );
    entry(
        "+++\ntitle = 'a'\n+++\n",
        &expect![[r#"
            content/procedures/bad.md:2:1: error[field-missing]: the required field `needed` is missing
              help: add `needed: some words`
              help: Say why.
            content/procedures/bad.md:2:1: error[relation-count]: `places` has 0 entries, and needs at least 1
              help: add `places: [...]` here, or this entry to `procedures` of another
        "#]],
    );
    entry(
        "---\ntitle: Open\n\nwords\n",
        &expect![[r#"
            content/procedures/bad.md:1:1: error[front-matter-open]: the front matter is never closed
              content/procedures/bad.md:4:1: the text seems to begin here
              help: put a line `---` behind the last key
        "#]],
    );
    entry(
        "---\n---\n",
        &expect![[r#"
            content/procedures/bad.md:2:1: error[field-missing]: the required field `needed` is missing
              help: add `needed: some words`
              help: Say why.
            content/procedures/bad.md:2:1: error[relation-count]: `places` has 0 entries, and needs at least 1
              help: add `places: [...]` here, or this entry to `procedures` of another
        "#]],
    );
    entry(
        "---",
        &expect![[r#"
        content/procedures/bad.md:1:1: error[front-matter-open]: the front matter is never closed
          help: put a line `---` behind the last key
    "#]],
    );
}

#[test]
fn yaml_that_cannot_be_read_is_reported_once() {
    entry(
        "---\ntitle: a: b\nneeded: x\n---\n",
        &expect![[r#"
            content/procedures/bad.md:2:9: error[yaml-invalid]: a second `: ` in one line: what stands before it is taken for a key
              help: put quotes round the value: `"a: b"`
        "#]],
    );
    entry(
        "---\ntitle: a\n\tneeded: x\n---\n",
        &expect![[r#"
        content/procedures/bad.md:3:1: error[yaml-invalid]: a tab cannot indent YAML
          help: indent with spaces
    "#]],
    );
    entry(
        "---\ntitle: @a\n---\n",
        &expect![[r#"
            content/procedures/bad.md:2:8: error[yaml-invalid]: a value cannot begin with `@`
              help: put quotes round the value: `"@a"`
        "#]],
    );
    entry(
        "---\ntitle: [a\n---\n",
        &expect![[r#"
            content/procedures/bad.md:2:8: error[yaml-invalid]: a `[` is opened here and not closed
              help: put a `]` behind the last item, and commas between the items
        "#]],
    );
    entry(
        "---\n- title\n---\n",
        &expect![[r#"
            content/procedures/bad.md:2:1: error[field-wrong-type]: expected keys with values, found a list
              help: write each as `key: value` on a line of its own
        "#]],
    );
    entry(
        "---\ntitle: !!binary aGk=\nneeded: !custom x\n---\n",
        &expect![[r#"
            content/procedures/bad.md:3:9: error[yaml-invalid]: a value cannot begin with `!`
              help: put quotes round the value: `"!custom x"`
        "#]],
    );
    entry(
        "---\ntitle: a\n? [a, b]\n: c\n---\n",
        &expect![[r#"
            content/procedures/bad.md:2:1: error[yaml-invalid]: a key has to be a plain text
              help: write it as `key: value`
        "#]],
    );
}

#[test]
fn keys_that_stand_twice_are_reported_with_both_places() {
    entry(
        "---\ntitle: a\nneeded: x\nplaces: [home]\ntitle: b\npart: {name: x, name: y}\n---\n",
        &expect![[r#"
        content/procedures/bad.md:5:1: error[yaml-duplicate-key]: the key `title` stands here twice
          content/procedures/bad.md:2:1: first written here
          help: remove one of the two
        content/procedures/bad.md:6:17: error[yaml-duplicate-key]: the key `name` stands here twice
          content/procedures/bad.md:6:8: first written here
          help: remove one of the two
    "#]],
    );
}

#[test]
fn values_of_the_wrong_type_are_reported_with_an_example() {
    entry(
        "---\ntitle: {a: b}\naliases: [{a: b}, 3]\ndraft: maybe\ndate: yesterday\nterm_links: 1\ncount: many\nratio: [1]\nsure: 'yes'\n\
         day: 2026-02-30\nlevel: midle\nminutes: 9-2\nweb: example.org\nphoto: ../../../x.png\nsteps: one, two\npart: {size: big, color: red}\n\
         near: nowhere\nshort: much too long\nneeded: ''\nplaces: {home: 1}\nsummary: 2.5\nunknown: 1\nlevle: low\n---\n",
        &expect![[r#"
            content/procedures/bad.md:2:8: error[field-wrong-type]: `title` has to be a text, found keys with values
              help: write a text in its place, with quotes round one that contains `: `
            content/procedures/bad.md:3:11: error[field-wrong-type]: `aliases` has to be a text, found keys with values
              help: write a text in its place, with quotes round one that contains `: `
            content/procedures/bad.md:4:8: error[field-wrong-type]: `draft` has to be true or false, found a text
              help: write it as `draft: true`
            content/procedures/bad.md:5:7: error[field-wrong-type]: `date` has to be a day, found `yesterday`
              help: write it as `2026-03-04`
            content/procedures/bad.md:6:13: error[field-wrong-type]: `term_links` has to be true or false, found a whole number
              help: write it as `term_links: true`
            content/procedures/bad.md:7:8: error[field-wrong-type]: `count` has to be a whole number, found a text
              help: for example `count: 3`
            content/procedures/bad.md:8:8: error[field-wrong-type]: `ratio` has to be a number, found a list
              help: write it without the brackets, or without the `- `
            content/procedures/bad.md:9:7: error[field-wrong-type]: `sure` has to be true or false, found a text
              help: write `sure: true`
            content/procedures/bad.md:10:6: error[field-wrong-type]: there is no day `2026-02-30`
              help: the last day of that month is `2026-02-28`
            content/procedures/bad.md:11:8: error[field-unknown-choice]: `midle` is not one of the choices of `level`
              help: the choices are low, high
            content/procedures/bad.md:12:10: error[field-wrong-type]: `minutes` begins with the larger number
              help: write it as `2-9`
            content/procedures/bad.md:13:6: error[url-invalid]: `example.org` is no address
              help: write it as `https://example.org`
            content/procedures/bad.md:14:8: error[image-missing]: the image `../../../x.png` lies outside the project
              help: copy it into the folder of the page, or into `static/` with a path from `/` on
            content/procedures/bad.md:15:8: error[field-wrong-type]: `steps` has to be a list, found a text
              help: write it as `steps: [one, two]`, or each item on a line of its own, behind `- `
            content/procedures/bad.md:16:1: error[field-missing]: the required field `name` is missing
              help: add `name: some words`
            content/procedures/bad.md:16:14: error[field-wrong-type]: `size` has to be a whole number, found a text
              help: for example `size: 3`
            content/procedures/bad.md:16:19: error[field-unknown]: `part` has no field `color`
              help: known fields are name, size
            content/procedures/bad.md:18:8: error[field-limit]: `short` has 13 characters, and may have at most 5
              help: the limits of the field stand in site.yaml
            content/procedures/bad.md:18:8: error[field-limit]: `short` has 3 words, and may have at most 1
              help: the limits of the field stand in site.yaml
            content/procedures/bad.md:19:9: error[field-missing]: the required field `needed` is empty
              help: write a value behind `needed:`, such as `needed: some words`
              help: Say why.
            content/procedures/bad.md:20:9: error[field-wrong-type]: `places` has to be a list of entries, found keys with values
              help: write the slugs in a list: `places: [first-steps]`
            content/procedures/bad.md:22:1: error[field-unknown]: a procedure has no field `unknown`
              help: declare it under `kinds.procedure.fields` in site.yaml, or remove it
            content/procedures/bad.md:23:1: error[field-unknown]: a procedure has no field `levle`
              help: did you mean `level`?
        "#]],
    );
}

#[test]
fn numbers_keep_their_limits_however_large_they_are() {
    entry(
        "---\ntitle: 99999999999999999999999\nneeded: 1\nplaces: [home]\ncount: 99999999999999999999\nratio: 1e999\nminutes: 1e300-1e301\n---\n",
        &expect![[r#"
            content/procedures/bad.md:5:8: error[field-wrong-type]: `count` has to be a whole number, found a number
              help: a whole number may have up to 18 digits; declare `count` as `text` where it is a name made of digits
            content/procedures/bad.md:6:8: error[field-wrong-type]: `ratio` has to be a number, found a text
              help: no number is so large; declare `ratio` as `text` where it is a name made of digits
        "#]],
    );
    entry(
        "---\ntitle: a\nneeded: 1\nplaces: [home]\ncount: 10\nratio: .nan\nminutes: -5\nsteps: [a, b, c]\nshort: ab\n---\n",
        &expect![[r#"
            content/procedures/bad.md:5:8: error[field-limit]: `count` is 10, and may be at most 9
              help: the limits of the field stand in site.yaml
            content/procedures/bad.md:6:8: error[field-wrong-type]: `ratio` has to be a number, found no finite number
              help: for example `ratio: 2.5`
            content/procedures/bad.md:7:10: error[field-limit]: `minutes` is -5, and has to be at least 1
              help: the limits of the field stand in site.yaml
            content/procedures/bad.md:8:8: error[field-limit]: `steps` has 3 items, and may have at most 2
              help: the limits of the field stand in site.yaml
            content/procedures/bad.md:9:8: error[field-limit]: `short` has 2 characters, and needs at least 3
              help: the limits of the field stand in site.yaml
        "#]],
    );
}

#[test]
fn one_broken_entry_raises_no_errors_elsewhere() {
    let files = "//- content/places/open.md\n---\ntitle: Open\nprocedures: [lonely]\n\
                 //- content/procedures/lonely.md\n---\ntitle: Lonely\nneeded: x\n---\n[[open]] [there](../places/open.md#where)\n";
    complains(
        files,
        &expect![[r#"
            content/places/open.md:1:1: error[front-matter-open]: the front matter is never closed
              help: put a line `---` behind the last key
        "#]],
    );
}

#[test]
fn one_broken_data_file_raises_no_errors_elsewhere() {
    let text = SITE.replace("  place: {}", "  place: {}\n  term: {url: '/terms/#{slug}'}\n  novel: {}");
    let files = "//- content/terms.yaml\na: {title: [}\n//- content/novels.yaml\n- a\n//- content/sources.yaml\n[\n\
                 //- content/terms.md\n---\ntitle: Terms\n---\n[[a]] [[novels/b]] [@c]\n\n```list\nentries: term\nonly: [a]\n```\n";
    site(&format!("{text}{files}")).reports(&expect![[r#"
        content/novels.yaml:1:1: error[field-wrong-type]: expected a mapping from slugs to entries, found a list
          help: write each entry as `slug:` with its keys indented below it
        content/sources.yaml:1:1: error[bibliography-invalid]: the bibliography is not a list of works under their keys
          help: write each work as `davis2020:` and its `type:`, `title:` and other fields indented below it
        content/terms.yaml:1:13: error[yaml-invalid]: a value is missing here
          help: write a value, or remove the comma
    "#]]);
}

#[test]
fn folders_and_names_that_fit_no_kind_are_reported() {
    complains(
        "//- content/procedure/a.md\n---\ntitle: a\n---\n//- content/colours.yaml\n//- content/procedures/more/data.yaml\n//- content/places/....md\n---\ntitle: Dots\n---\n",
        &expect![[r#"
            content/colours.yaml:1:1: error[folder-unknown]: `content/colours` belongs to no kind of site.yaml
              help: known folders are procedures, places, pages
            content/places/....md:1:1: error[slug-empty]: no slug can be made of this file name
              help: rename the file: letters and digits, with hyphens between words
            content/procedure/a.md:1:1: error[folder-unknown]: `content/procedure` belongs to no kind of site.yaml
              help: did you mean `procedures`?
            content/procedures/more/data.yaml:1:1: error[folder-unknown]: a data file lies in `content/` itself, not in the folder of a kind
              help: move its entries into `content/procedures.yaml`, or make a Markdown file of each
        "#]],
    );
}

#[test]
fn two_entries_with_one_slug_are_reported_with_both_places() {
    complains(
        "//- content/places/Home.md\n---\ntitle: Big home\n---\n//- content/places/hö me.md\n---\ntitle: Spaced\n---\n\
         //- content/places/ho-me.md\n---\ntitle: Hyphened\n---\n//- content/places.yaml\nhome: {title: From data}\nHome: {title: Twice}\n",
        &expect![[r#"
            content/places.yaml:2:1: error[slug-duplicate]: two entries of the kind `place` have the slug `home`
              content/places.yaml:1:1: the first one
              help: rename one of the two keys
            content/places/Home.md:2:8: error[slug-duplicate]: two entries of the kind `place` have the slug `home`
              content/places.yaml:1:1: the first one
              help: rename one of the two files
            content/places/home.md:2:8: error[slug-duplicate]: two entries of the kind `place` have the slug `home`
              content/places.yaml:1:1: the first one
              help: rename one of the two files
            content/places/hö me.md:2:8: error[slug-duplicate]: two entries of the kind `place` have the slug `ho-me`
              content/places/ho-me.md:2:8: the first one
              help: rename one of the two files
            content/procedures/good.md:2:1: error[relation-count]: `places` has 0 entries, and needs at least 1
              help: add `places: [...]` here, or this entry to `procedures` of another
        "#]],
    );
}

#[test]
fn two_pages_with_one_address_are_reported_with_both_places() {
    complains(
        "//- content/procedures.md\n---\ntitle: Procedures\n---\n//- content/a-z.md\n---\ntitle: A\n---\n\
         //- static/places/home/index.html\nx\n//- static/Places/x.txt\nx\n//- static/places/X.txt\nx\n//- static/about\nx\n//- content/about.md\n---\ntitle: About\n---\n\
         //- static/a.txt\nx\n//- static/A.txt\nx\n",
        &expect![[r#"
            site.yaml:1:1: error[url-duplicate]: two pages have the address `/a-z/`
              content/a-z.md:2:8: the other one
              help: rename the other one, or say `pages: {a_z: false}` in site.yaml
            site.yaml:3:3: error[url-duplicate]: two pages have the address `/procedures/`
              content/procedures.md:2:8: the other one
              help: rename the other one, or say `index: false` of the kind, or where its list lies: `index: {url: /list/}` in site.yaml
            static/a.txt:1:1: error[url-duplicate]: `/A.txt` and `/a.txt` differ only in case: many hosts cannot tell them apart
              static/A.txt:1:1: the other one
              help: rename one of the two
            static/about:1:1: error[url-duplicate]: `/about` is a file, and other pages need a folder of that name
              help: rename the file, or the pages below it
            static/places/X.txt:1:1: error[url-duplicate]: `/Places/x.txt` and `/places/X.txt` differ only in case: many hosts cannot tell them apart
              static/Places/x.txt:1:1: the other one
              help: rename one of the two
            static/places/home/index.html:1:1: error[url-duplicate]: two pages have the address `/places/home/`
              content/places/home.md:2:8: the other one
              help: rename one of the two
        "#]],
    );
}

#[test]
fn redirects_cannot_take_a_page_or_leave_the_site() {
    complains(
        "//- content/about.md\n---\ntitle: About\nredirect_from:\n  - ../../etc/passwd\n  - /../x/\n  - /places/home/\n  - /Places/Home\n  - https://example.org/\n  - 'C:\\x'\n  - /a//b/\n  - /.limber/\n  - /robots.txt/x/\n  - /old\n  - /old/\n  - /Old/\n  - /old/index.html\n---\n",
        &expect![[r#"
            content/about.md:4:5: error[url-invalid]: `../../etc/passwd` is no address of the site: it has to begin with a slash
              help: take it out: no page can have this address; a host may lead on from it, by a rule in `static/_redirects`
            content/about.md:5:5: error[url-invalid]: `/../x/` is no address of the site: it leaves the site
              help: take it out: no page can have this address; a host may lead on from it, by a rule in `static/_redirects`
            content/about.md:6:5: error[redirect-taken]: `/places/home/` is the address of a page: nothing can lead on from it
              help: remove it from `redirect_from`
            content/about.md:7:5: error[redirect-taken]: `/Places/Home/` is the address of a page: nothing can lead on from it
              help: remove it from `redirect_from`
            content/about.md:8:5: error[url-invalid]: `https://example.org/` is no address of the site: it has to begin with a slash
              help: take it out: no page can have this address; a host may lead on from it, by a rule in `static/_redirects`
            content/about.md:9:5: error[url-invalid]: `C:\x` is no address of the site: it has to begin with a slash
              help: take it out: no page can have this address; a host may lead on from it, by a rule in `static/_redirects`
            content/about.md:10:5: error[url-invalid]: `/a//b/` is no address of the site: it contains two slashes in a row
              help: write it as `/a/b/`
            content/about.md:11:5: error[url-invalid]: `/.limber/` is no address of the site: it leaves the site
              help: take it out: no page can have this address; a host may lead on from it, by a rule in `static/_redirects`
            content/about.md:12:5: error[redirect-taken]: `/robots.txt/x/` is wanted both as a file and as a folder
              help: remove it from `redirect_from`
            content/about.md:14:5: error[redirect-taken]: two redirects begin at `/old/`
              content/about.md:13:5: the other one
              help: remove one of the two
            content/about.md:15:5: error[redirect-taken]: two redirects begin at `/Old/`
              content/about.md:13:5: the other one
              help: remove one of the two
            content/about.md:16:5: error[redirect-taken]: two redirects begin at `/old/index.html`
              content/about.md:13:5: the other one
              help: remove one of the two
        "#]],
    );
    complains(
        "//- content/about.md\n---\ntitle: About\nredirect_from: /places/home/\n---\n",
        &expect![[r#"
            content/about.md:3:16: error[redirect-taken]: `/places/home/` is the address of a page: nothing can lead on from it
              help: remove it from `redirect_from`
        "#]],
    );
}

#[test]
fn a_template_or_image_cannot_be_named_outside_the_project() {
    complains(
        "//- content/about.md\n---\ntitle: About\ntemplate: ../../secret\n---\n![x](/../../etc/passwd) ![y](../../../y.png) ![z](%2e%2e/%2e%2e/z.png)\n",
        &expect![[r#"
            content/about.md:3:11: error[template-missing]: there is no template `../../secret.html`
              help: name a file of `templates/`, or remove the key
            content/about.md:5:6: error[image-missing]: there is no image `static/../../etc/passwd`
              help: put the file there, or correct the path: it counts from the folder of the page
            content/about.md:5:30: error[image-missing]: there is no image `../../../y.png`
              help: put the file there, or correct the path: it counts from the folder of the page
            content/about.md:5:51: error[image-missing]: there is no image `%2e%2e/%2e%2e/z.png`
              help: put the file there, or correct the path: it counts from the folder of the page
        "#]],
    );
}

#[test]
fn characters_that_no_page_can_show_are_refused() {
    entry(
        "---\ntitle: \"a\\0T\\0b\"\nneeded: \"x\"\nplaces: [home]\n---\n",
        &expect![[r#"
            content/procedures/bad.md:2:8: error[yaml-invalid]: no page can show the character `\u{0}`
              help: take the character out
        "#]],
    );
    entry(
        "---\ntitle: a\nneeded: x\nplaces: [home]\nsteps: [\"x \\0A9\\0 y\"]\n---\n",
        &expect![[r#"
            content/procedures/bad.md:5:9: error[yaml-invalid]: no page can show the character `\u{0}`
              help: take the character out
        "#]],
    );
    entry(
        "---\ntitle: \"a\\x1b[31mb\"\nneeded: x\nplaces: [home]\n---\n&#0; &#x1b;\n",
        &expect![[r#"
            content/procedures/bad.md:2:8: error[yaml-invalid]: no page can show the character `\u{1b}`
              help: take the character out
        "#]],
    );
}

#[test]
fn brackets_without_end_are_refused_at_once() {
    entry(
        &format!("---\ntitle: {}\n---\n", "[".repeat(100_000)),
        &expect![[r#"
            content/procedures/bad.md:2:1008: error[yaml-invalid]: brackets nest too deep
              help: take some of the nesting out
        "#]],
    );
    entry(
        &format!("---\ntitle: {}\n---\n", "[".repeat(900)),
        &expect![[r#"
            content/procedures/bad.md:2:135: error[yaml-invalid]: brackets or lists nest too deep
              help: take some of the nesting out
        "#]],
    );
}

#[test]
fn many_missing_fields_are_one_problem() {
    site(
        "//- site.yaml\ntitle: Site\nkinds:\n  procedure:\n    fields:\n      a: {type: text, required: true, help: The first.}\n      \
         b: {type: choice, of: [low, high], required: true}\n      c: {type: list, of: {type: object, fields: {d: {type: text, required: true}, e: text}}, required: true}\n      \
         f: {type: date, required: true}\n      g: {type: range, required: true}\n      h: {type: boolean, required: true}\n\
         //- content/procedures/x.md\n---\ntitle: X\nh: true\n---\n//- content/procedures/y.md\n---\ntitle: Y\nA: one\nb: low\nc: [{d: one}]\nh: true\n---\n",
    )
    .reports(&expect![[r#"
        content/procedures/x.md:2:1: error[field-missing]: 5 required fields are missing: `a`, `b`, `c`, `f` and others
          help: add `a: some words` (The first)
          help: add `b:` with one of low, high
          help: add `c: [{d: some words}]`
          help: add `f: 2026-03-04`
          help: add `g: 2-3`
        content/procedures/y.md:2:1: error[field-missing]: the required fields `f` and `g` are missing
          help: add `f: 2026-03-04`
          help: add `g: 2-3`
        content/procedures/y.md:3:1: error[field-unknown]: a procedure has no field `A`
          help: did you mean `a`?
    "#]]);
}

#[test]
fn days_and_choices_that_are_written_in_another_way_are_understood() {
    let text = |keys: &str| format!("---\ntitle: T\nneeded: x\nplaces: [home]\n{keys}\n---\n");
    for (written, meant) in [
        ("22.11.2026", "2026-11-22"),
        ("2026/3/4", "2026-03-04"),
        ("22 November 2026", "2026-11-22"),
        ("Nov 22, 2026", "2026-11-22"),
        ("22/11/2026", "2026-11-22"),
        ("3/4/2026", "2026-03-04"),
    ] {
        let report =
            site(&format!("{SITE}//- content/procedures/bad.md\n{}", text(&format!("day: {written}")))).problems();
        assert!(report.contains("has to be a day") && report.contains(meant), "{written}: {report}");
    }
    entry(
        &text("level: Low\ndraft: no\nminutes: 3 minutes"),
        &expect![[r#"
            content/procedures/bad.md:5:8: error[field-unknown-choice]: `Low` is not one of the choices of `level`
              help: did you mean `low`?
            content/procedures/bad.md:6:8: error[field-wrong-type]: `draft` has to be true or false, found a text
              help: write it as `draft: false`
            content/procedures/bad.md:7:10: error[field-wrong-type]: `minutes` has to be a number or two with a hyphen between them
              help: write it as `3`, without a unit or other words
        "#]],
    );
}

#[test]
fn a_required_key_without_a_value_is_not_to_be_written_twice() {
    let told = site(
        "//- site.yaml\ntitle: T\nkinds: {plant: {fields: {sun: {required: true, type: choice, of: {full: Full, half: Half}}}}}\n\
         //- content/plants/a.md\n---\ntitle: A\nsun:\n---\n",
    )
    .problems();
    assert!(
        told.contains("`sun` is empty") && told.contains("write a value behind `sun:`, one of full, half"),
        "{told}"
    );
}
