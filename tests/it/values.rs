//! Values as people and the editors of other tools type them: what is meant is shown as it was typed, or there is a report
//! with the right way out.

use expect_test::expect;

use crate::harness::{Project, site};

const SITE: &str = "\
//- site.yaml
title: Site
kinds:
  note:
    fields: {phone: text, hex: text, version: text, words: {type: list, of: text}, day: date, ok: boolean}
    index: {title: Notes}
  topic: {}
relations:
  - {one: note.topics, other: topic.notes}
checks: {advice: off}
//- templates/note.html
<main><h1>{{ entry.title }}</h1>
{{ entry.body }}
{% for name, value in entry.fields %}{% if value %}[{{ name }}: {{ value }}]{% endif %}{% endfor %}
{% for group in entry.related %}{% for edge in group.edges %}<a href={{ edge.entry.url }}>{{ edge.entry.name }}</a>{% endfor %}{% endfor %}</main>
//- content/topics/2024.md
---
title: Year 2024
---
//- content/topics/week-1.md
---
title: Week one
aliases: [First week]
---
";

/// A site with one note, and no problem.
#[track_caller]
fn fine(note: &str) -> String {
    let drawn = site(&format!("{SITE}//- content/notes/a.md\n{note}"));
    drawn.is_fine();
    drawn.file("notes/a/index.html").to_string()
}

#[track_caller]
fn reports(note: &str, expected: &expect_test::Expect) {
    site(&format!("{SITE}//- content/notes/a.md\n{note}")).reports(expected);
}

#[test]
fn a_text_stays_what_was_typed_whatever_yaml_takes_it_for() {
    let page = fine(
        "---\ntitle: 007\naliases: [0x10, 1_000]\nphone: +4912345\nhex: 0x1A\nversion: 1.10\nwords: [1, 1.50, true, no, 0o17, ~, 12:30, +1]\n---\n",
    );
    for typed in ["<h1>007</h1>", "+4912345", "0x1A", "1.10", "1.50", "0o17", "12:30", "+1", "true"] {
        assert!(page.contains(typed), "{typed} in {page}");
    }
}

#[test]
fn empty_lines_of_lists_and_empty_keys_are_not_given() {
    fine(
        "---\ntitle: A\nsummary:\nshort_title:\ndate:\nupdated:\ndraft:\ntemplate:\naliases:\nredirect_from:\nterm_links:\nday:\nok:\nwords:\n  -\n  - x\ntopics:\n  -\n---\n",
    );
    for topics in ["''", "['']", "[' ', ~]"] {
        fine(&format!("---\ntitle: A\ntopics: {topics}\nredirect_from: {topics}\n---\n"));
    }
}

#[test]
fn a_day_may_carry_a_time_and_a_zone() {
    let page = fine("---\ntitle: A\nday: 2024-02-19T23:30:00-05:00\n---\n");
    assert!(page.contains("2024-02-19"), "{page}");
    reports(
        "---\ntitle: A\nday: 20240219\ndate: 19/02/2024\n---\n",
        &expect![[r#"
        content/notes/a.md:3:6: error[field-wrong-type]: `day` has to be a day, found `20240219`
          help: write it as `2024-02-19`
        content/notes/a.md:4:7: error[field-wrong-type]: `date` has to be a day, found `19/02/2024`
          help: write it as `2024-02-19`
    "#]],
    );
}

#[test]
fn relations_are_taken_as_editors_of_vaults_write_them() {
    for written in
        ["[2024]", "2024", "[\"[[week-1]]\"]", "[[week-1]]", "\"[[topics/week-1|Week 1]]\"", "\n  - [[week-1]]"]
    {
        let page = fine(&format!("---\ntitle: A\ntopics: {written}\n---\n"));
        assert!(page.contains("/topics/"), "{written}: {page}");
    }
    reports(
        "---\ntitle: A\ntopics: [\"[[Week One]]\", First week, Topics/WEEK_1]\n---\n",
        &expect![[r#"
        content/notes/a.md:3:10: error[relation-unknown-target]: no topic named `[[Week One]]`
          help: did you mean `week-1`?
        content/notes/a.md:3:26: error[relation-unknown-target]: no topic named `First week`
          help: did you mean `week-1`?
        content/notes/a.md:3:38: error[relation-unknown-target]: no topic named `Topics/WEEK_1`
          help: did you mean `topics/week-1`?
    "#]],
    );
    reports(
        "---\ntitle: A\ntopics:\n  -week-1\n---\n",
        &expect![[r#"
        content/notes/a.md:4:3: error[relation-unknown-target]: no topic named `-week-1`
          help: put a space behind the dash of a list: `- week-1`
    "#]],
    );
}

#[test]
fn front_matter_may_be_toml() {
    let page =
        fine("+++\ntitle = \"From TOML\"\nday = 2021-03-23\nwords = [\"x\"]\ntopics = [\"week-1\"]\n+++\nText.\n");
    assert!(page.contains("<h1>From TOML</h1>") && page.contains("2021-03-23") && page.contains("Text."), "{page}");
    reports(
        "+++\ntitle = \"A\"\nday = \"soon\"\ntopics = [\n  \"week-2\",\n]\ncolour = 1\n+++\n",
        &expect![[r#"
        content/notes/a.md:3:7: error[field-wrong-type]: `day` has to be a day, found `soon`
          help: write it as `2026-03-04`
        content/notes/a.md:5:3: error[relation-unknown-target]: no topic named `week-2`
          help: did you mean `week-1`?
        content/notes/a.md:7:1: error[field-unknown]: a note has no field `colour`
          help: declare it under `kinds.note.fields` in site.yaml, or remove it
    "#]],
    );
    reports(
        "+++\ntitle = \"A\n+++\n",
        &expect![[r#"
        content/notes/a.md:2:11: error[yaml-invalid]: invalid basic string, expected `"`
          help: write it as `key = "value"`, or write YAML between two lines of `---`
    "#]],
    );
    reports(
        "+++\ntitle = \"A\"\n",
        &expect![[r#"
        content/notes/a.md:1:1: error[front-matter-open]: the front matter is never closed
          help: put a line `+++` behind the last key
    "#]],
    );
}

#[test]
fn a_page_without_a_title_takes_its_first_heading_or_the_name_of_its_file() {
    let page = fine("# A *good* title\n\nText.\n\n## Part\n");
    assert!(page.contains("<h1>A good title</h1>"), "{page}");
    assert_eq!(page.matches("good").count(), 1, "the heading is taken out of the text: {page}");
    let page = fine("---\nphone: 1\n---\n\nHeading\n=======\n\nText.\n");
    assert!(page.contains("<h1>Heading</h1>") && !page.contains("Heading</h1>\n<h1"), "{page}");
    let drawn = site(&format!("{SITE}//- content/notes/From file name.md\nText only.\n```sh\n# no heading\n```\n"));
    assert!(drawn.is_fine().file("notes/from-file-name/index.html").contains("<h1>From file name</h1>"));
}

#[test]
fn an_unknown_key_of_a_standalone_page_is_an_error() {
    site(&format!("{SITE}//- content/about.md\n---\ntitle: About\ndraught: true\ndescription: What we are.\n---\n"))
        .reports(&expect![[r#"
            content/about.md:3:1: error[field-unknown]: a page has no field `draught`
              help: pages know only the keys that every entry has: remove it, or declare a kind for such pages
        "#]]);
}

#[test]
fn old_addresses_are_no_other_names() {
    reports(
        "---\ntitle: A\naliases: [Alpha, /old/path/, /2019/my-post.html]\n---\n",
        &expect![[r#"
        content/notes/a.md:3:10: error[field-wrong-type]: `/old/path/` is an address, and `aliases` are other names of the entry
          help: write old addresses under `redirect_from: [/old/path/, /2019/my-post.html]`
    "#]],
    );
}

#[test]
fn odd_spaces_and_quotes_of_word_processors_are_named_where_they_stand() {
    reports(
        "---\ntitle:\u{a0}Cupping\nphone: x\n---\n",
        &expect![[r#"
        content/notes/a.md:2:7: error[yaml-invalid]: an unusual space (U+00A0), which is none for YAML
          help: delete it and type a plain space
    "#]],
    );
    reports(
        "---\ntitle:\u{a0}Cupping\n---\n",
        &expect![[r#"
        content/notes/a.md:2:1: error[yaml-invalid]: an unusual space (U+00A0) behind a colon, which is none for YAML
          help: delete it and type a plain space
    "#]],
    );
    reports(
        "---\ntitle: “Suction, mostly”\nphone: Rule #1\n---\n",
        &expect![[r#"
            content/notes/a.md:2:8: warning[value-doubtful]: curly quotes do not quote: they are a part of the value, and are shown
              help: write straight quotes: `"Suction, mostly"`
              help: or quote the whole value if they belong to it
            content/notes/a.md:3:13: warning[value-doubtful]: the value ends before `#1`: a `#` behind a space begins a remark
              help: put quotes round the whole value: `'Rule #1'`; or put a space behind the `#` of a remark
        "#]],
    );
}

#[test]
fn a_name_that_no_disk_holds_is_an_error_at_its_file() {
    let name = "跑步按摩".repeat(20);
    let drawn = site(&format!("{SITE}//- content/notes/{name}.md\n---\ntitle: Long\n---\n"));
    let problems = drawn.problems();
    assert!(problems.contains("error[url-invalid]: a part of the address is longer than 240 bytes"), "{problems}");
}

#[test]
fn values_that_are_partly_numbers_have_one_order() {
    let sizes = [
        "225a", "221", "270", "8-", "199b", "25", "33-", "104", "98W", "19", "146", "274", "153W", "231b", "141a",
        "276", "294x", "80", "183", "16W", "107", "7", "0", "40", "17-",
    ];
    let shoes: String = sizes
        .iter()
        .map(|size| format!("//- content/shoes/s{size}.md\n---\ntitle: S{size}\nsize: '{size}'\n---\n"))
        .collect();
    let drawn = site(&format!(
        "//- site.yaml\ntitle: Shoes\nchecks: {{advice: off}}\nkinds:\n  shoe: {{fields: {{size: text}}, index: {{title: Shoes}}, order: [size], regroup_by: [size]}}\n{shoes}"
    ));
    let page = drawn.is_fine().main("/shoes/");
    let place = |size: &str| page.find(&format!("S{size}<")).unwrap_or_else(|| panic!("{size} in {page}"));
    let numbers =
        ["0", "7", "19", "25", "40", "80", "104", "107", "146", "183", "221", "270", "274", "276", "141a", "153W"];
    assert!(numbers.is_sorted_by_key(|size| place(size)), "{page}");
}

#[test]
fn a_bibliography_may_be_bibtex() {
    let bib = "@article{logre2017,\n  title = {Pr{\\'e}server la {S\\'eparation} of \\emph{Mytilus} {{DNA}} \\& more},\n  \
               author = {Logr{\\'e}, Ivan and M{\\\"u}ller, J{\\o}rgen},\n  date = {2017-03-14},\n  pages = {1--9}\n}\n";
    let note = "---\ntitle: A\n---\nCited [@logre2017].\n";
    let project =
        crate::harness::Project::new(&format!("{SITE}//- content/sources.bib\n{bib}//- content/notes/a.md\n{note}"));
    // The template of these sites lists no works.
    project.write(
        "templates/note.html",
        "{{ entry.body }}{% for source in entry.sources %}<p id=\"{{ source.id }}\"></p>{% endfor %}",
    );
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    let project = crate::harness::Project::new(&format!(
        "{SITE}//- content/sources.bib\n@article{{a, title = \n//- content/notes/a.md\n{note}"
    ));
    let ran = project.run(&["check", "--format", "short"]);
    assert_eq!(ran.out.matches("content/sources.bib:").count(), 1, "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 1, "one cause, one diagnostic: {}", ran.out);
}

#[test]
fn an_empty_text_is_a_value_that_is_not_given() {
    let site = "//- site.yaml\ntitle: Site\nkinds:\n  note:\n    fields: {day: date, size: number, home: url, pick: {type: choice, of: [a, b]}, text: text, must: {type: integer, required: true}}\nchecks: {advice: off}\n";
    let keys = "title: A\ndate: ''\nday: ''\nsize: \"\"\nhome: \" \"\npick: ''\ntext: ''\n";
    crate::harness::site(&format!("{site}//- content/notes/a.md\n---\n{keys}must: 1\n---\n")).is_fine();
    let problems =
        crate::harness::site(&format!("{site}//- content/notes/a.md\n---\n{keys}must: ''\n---\n")).problems();
    assert!(
        problems.starts_with("content/notes/a.md:") && problems.contains("the required field `must` is empty"),
        "{problems}"
    );
}

#[test]
fn keys_and_items_that_a_template_of_an_editor_left_empty_are_shown_nowhere() {
    let declared = "\
//- site.yaml
title: Site
kinds:
  note:
    fields:
      parts: {type: object, fields: {flour: text, oven: integer}}
      steps: {type: list, of: {type: object, fields: {what: text}}}
      words: {type: list, of: text}
      lines: {type: list, of: markdown}
checks: {advice: off}
//- templates/note.html
<main>{% if entry.fields.parts %}parts{% endif %}{% for step in entry.fields.steps %}[{{ step.what }}]{% endfor -%}
{% for word in entry.fields.words %}[{{ word }}]{% endfor %}{% for line in entry.fields.lines %}[{{ line }}]{% endfor %}</main>
";
    let note = "//- content/notes/a.md\n---\ntitle: A\nparts: {flour: , oven: }\nsteps: [{what: }, {}, {what: stir}]\n\
                words: [\"\", knead, \" \"]\nlines: [\"<!-- later -->\", \"%%so%%\", fold]\n---\n";
    site(&format!("{declared}{note}")).is_fine().shows(
        "/notes/a/",
        &expect![[r#"
        [stir][knead][fold]
    "#]],
    );
}

#[test]
fn a_comment_in_a_plain_text_is_in_no_file() {
    let declared = "//- site.yaml\ntitle: Site %%secret%%\ntagline: Words <!-- secret -->\nmarkdown: {template_tags: true}\n\
        texts: {search: 'Look <!-- secret -->'}\nkinds:\n  note:\n    label: Note %%secret%%\n    extra: allow\n    index: {title: Notes, intro: 'All {# secret #}of them'}\n    \
        fields: {one: text, some: {type: list, of: {type: object, fields: {two: text}}}, of: {type: choice, of: {a: First <!-- secret -->}}}\n  \
        topic: {}\nrelations:\n  - {one: note.topics, other: topic.notes, fields: {why: text}}\npages: {graph: {url: /graph.json}}\nchecks: {advice: off}\n";
    let content = "//- content/notes/a.md\n---\ntitle: A %%secret%%\nshort_title: A {% comment %}secret{% endcomment %}\nsummary: |\n  Words\n  <!-- secret -->\n  more.\n\
        aliases: ['B %%secret%%']\none: 5 <!-- secret --> 5\nsome: [{two: 'x %%secret%%'}]\nof: a\ndescription: D <!-- secret -->\nmore: {deep: [E %%secret%%]}\n\
        topics: [{to: b, why: 'so %%secret%%'}]\n---\n# A\n\n```data\nwords: F %%secret%%\n```\n\
        //- content/topics.yaml\nb: {title: 'T %%secret%%', summary: '<!-- secret -->'}\n//- templates/blocks/data.html\n<p>{{ block.words }}</p>\n";
    let drawn = Project::bare(&format!("{declared}{content}")).drawn();
    let leaks: Vec<_> = drawn.files.iter().filter(|(_, text)| text.contains("secret")).map(|(path, _)| path).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
    let problems = drawn.problems();
    let said = problems.lines().filter(|line| line.contains("it is taken out of this text")).count();
    assert_eq!((said, drawn.diagnostics.len()), (18, 18), "{problems}");
    let page = drawn.file("notes/a/index.html");
    for words in ["<h1>A</h1>", "5 5", "<p>F</p>", "so"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(page.matches("<h1>").count(), 1, "the heading is the title");
}

#[test]
fn a_comment_in_a_work_or_in_a_key_of_the_declaration_is_an_error() {
    site(&format!(
        "{}//- content/sources.yaml\na: {{type: article, title: A <!-- ask --> work, date: 2020}}\n\
         b: {{type: book, title: B, publisher: 'Us %%ask%%', date: 2020}}\n\
         c: {{type: web, title: C, url: 'https://example.org/a%%b%%c', date: 2020}}\n",
        SITE.replace("checks:", "params: {'a %%b%%': 1}\nchecks:")
    ))
    .reports(&expect![[r#"
        content/sources.yaml:1:1: error[bibliography-invalid]: a text of `a` holds a comment, which would be published
          help: take it out
        content/sources.yaml:2:1: error[bibliography-invalid]: a text of `b` holds a comment, which would be published
          help: take it out
        site.yaml:9:10: error[site-invalid]: a comment is no part of a key, and would be published
          help: take it out
    "#]]);
}

#[test]
fn a_comment_in_a_plain_text_is_taken_out_and_reported() {
    reports(
        "---\ntitle: A %%secret%%\nphone: 5 <!-- secret --> 5\nwords: [\"50%% and 60%%\", \"%%secret%%\"]\n---\n",
        &expect![[r#"
            content/notes/a.md:2:10: warning[value-doubtful]: `%%` begins what is not published, and it is taken out of this text
              help: take it out, put it behind the value, where a `#` behind a space begins a remark, or write `\` before it if it is text
            content/notes/a.md:3:10: warning[value-doubtful]: `<!--` begins what is not published, and it is taken out of this text
              help: take it out, put it behind the value, where a `#` behind a space begins a remark, or write `\` before it if it is text
            content/notes/a.md:4:27: warning[value-doubtful]: `%%` begins what is not published, and it is taken out of this text
              help: take it out, put it behind the value, where a `#` behind a space begins a remark, or write `\` before it if it is text
        "#]],
    );
}

#[test]
fn a_comment_that_never_ends_in_a_plain_text_is_an_error() {
    let declared = "//- site.yaml\ntitle: Site\nkinds:\n  note:\n    fields: {words: {type: list, of: text}}\n    extra: allow\n    \
                    index: {title: Notes, intro: INTRO}\nchecks: {advice: off}\n//- content/notes/a.md\n---\nKEYS---\n";
    let with = |keys: &str, intro: &str| crate::harness::site(&declared.replace("KEYS", keys).replace("INTRO", intro));
    for keys in [
        "title: A <!-- SEC open\n",
        "title: A\nsummary: 'B %%SEC open'\n",
        "title: A\nshort_title: 'B %%SEC'\n",
        "title: A\naliases: ['B %%SEC']\n",
        "title: A\nwords: [one, 'D %%SEC']\n",
        "title: A\ndescription: 'D %%SEC'\n",
        "title: A\nsummary: 'B %%x%% and <!-- SEC'\n",
    ] {
        let drawn = with(keys, "So.");
        let problems = drawn.problems();
        assert!(problems.contains("error[comment-open]") && drawn.diagnostics.len() == 1, "{keys}{problems}");
    }
    let problems = with("title: A\n", "'C <!-- SEC'").problems();
    assert!(problems.starts_with("site.yaml:") && problems.contains("error[comment-open]"), "{problems}");
    let drawn = with("title: 'A \\%%i'\nsummary: 'See `%%time`, 100%% and `<!--`.'\n", "So.");
    drawn.is_fine().file("notes/a/index.html");
}

#[test]
fn a_list_without_spaces_behind_its_signs_is_reported() {
    reports(
        "---\ntitle: A\nwords:\n  -a\n  -b\n---\n",
        &expect![[r#"
            content/notes/a.md:4:3: warning[value-doubtful]: this is one text and no list: a `-` needs a space behind it
              help: put a space behind each `-`, `- a`, or quotes round the text
        "#]],
    );
    let problems = site(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\nredirect_from:\n  -/a/\n---\n"));
    let problems = problems.problems();
    assert!(problems.contains("put a space behind each `-`, `- /a/`"), "{problems}");
}

#[test]
fn both_unicode_forms_of_a_tag_or_choice_are_one() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds:\n  note: {fields: {tags: {type: list, of: text}, c: {type: choice, of: [caf\u{e9}, tea]}}, \
         index: {title: Notes}, regroup_by: [tags]}\npages: {graph: {url: /graph.json}}\nchecks: {advice: off}\n\
         //- templates/value.html\n<main></main>\n//- content/notes/a.md\n---\ntitle: A\ntags: [caf\u{e9}]\nc: cafe\u{301}\n---\n\
         //- content/notes/b.md\n---\ntitle: B\ntags: [cafe\u{301}]\nc: caf\u{e9}\n---\n",
    );
    let report = drawn.problems();
    assert!(!report.contains("note"), "{report}");
    assert_eq!(drawn.file("graph.json").matches("\"c\":\"caf\u{e9}\"").count(), 2, "{}", drawn.file("graph.json"));
    let pages = drawn.files.keys().filter(|path| path.starts_with("notes/by-tags/") && path.ends_with(".html"));
    assert_eq!(pages.collect::<Vec<_>>(), ["notes/by-tags/cafe/index.html", "notes/by-tags/index.html"]);
}

#[test]
fn a_value_too_long_for_a_page_is_reported_where_it_stands() {
    let long = "x".repeat(300);
    site(&format!(
        "//- site.yaml\ntitle: Site\nkinds:\n  note: {{fields: {{tags: {{type: list, of: text}}}}, index: {{title: Notes}}, regroup_by: [tags]}}\n\
         pages: {{twins: true}}\nchecks: {{advice: off}}\n//- content/notes/a.md\n---\ntitle: A\ndate: 2024-01-01\ntags: [{long}]\n---\n"
    ))
    .reports(&expect![[r#"
        content/notes/a.md:4:7: error[url-invalid]: a part of the address is longer than 240 bytes: `/notes/by-tags/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/`
          help: shorten the value: each has a page of its own, and disks and hosts take no longer names
    "#]]);
}

#[test]
fn a_link_in_the_heading_that_becomes_the_title_is_not_lost_in_silence() {
    reports(
        "# A [book](https://example.org/book) and `code`\n\nText.\n",
        &expect![[r#"
        content/notes/a.md:1:5: warning[text-lost]: a title is words alone, and what this leads to is on no page
          help: take the link out of the heading, and put it into the text below
    "#]],
    );
    reports(
        "# One <?php two ?> <b>three</b> <span title=\"four\">five</span><br> <T> <!DOCTYPE seven> [@nope] [^1] &lt;T> `<T>`\n\nText.\n\n[^1]: Note.\n",
        &expect![[r#"
            content/notes/a.md:1:7: warning[text-lost]: a title is words alone, and this HTML is on no page
              help: take it out of the heading, or write `\<` for the sign itself
            content/notes/a.md:1:33: warning[text-lost]: a title is words alone, and this HTML is on no page
              help: take it out of the heading, or write `\<` for the sign itself
            content/notes/a.md:1:68: warning[text-lost]: a title is words alone, and this HTML is on no page
              help: take it out of the heading, or write `\<` for the sign itself
            content/notes/a.md:1:72: warning[text-lost]: a title is words alone, and this HTML is on no page
              help: take it out of the heading, or write `\<` for the sign itself
            content/notes/a.md:1:89: warning[text-lost]: a title is words alone, and what this leads to is on no page
              help: take the link out of the heading, and put it into the text below
            content/notes/a.md:5:1: warning[text-lost]: nothing refers to the footnote `1`, and it is on no page
              help: write `[^1]` where it belongs, or take it out
        "#]],
    );
    assert!(
        fine("# A *book* and <https://example.org/>\n\nText.\n").contains("<h1>A book and https://example.org/</h1>")
    );
}

#[test]
fn whole_numbers_keep_all_their_digits() {
    let with = |of: &str| {
        let site_of = SITE.replace("phone: text", &format!("phone: {of}"));
        site(&format!("{site_of}//- content/notes/a.md\n---\ntitle: A\nphone: 1234567890123456789\n---\n"))
    };
    let drawn = with("integer");
    assert!(drawn.is_fine().file("notes/a/index.html").contains("1234567890123456789"));
    let said = with("number").problems();
    assert!(said.contains("a.md:3:8: error[field-limit]: `phone` has more digits than a number keeps"), "{said}");
}

#[test]
fn a_remark_that_cuts_a_value_off_is_named_in_the_declaration_and_in_data_blocks() {
    let drawn = site(&format!(
        "{}//- templates/blocks/plan.html\n<p>{{{{ block.a }}}}</p>\n\
         //- content/notes/a.md\n---\ntitle: A\n---\n```plan\na: Day #3 of the plan\n```\n",
        SITE.replace("title: Site\n", "title: Site\ntagline: We are #one\n")
    ));
    let said = drawn.problems();
    assert!(said.contains("site.yaml:2:17: warning[value-doubtful]: the value ends before `#one`"), "{said}");
    assert!(said.contains("a.md:5:8: warning[value-doubtful]: the value ends before `#3 of the plan`"), "{said}");
}

#[test]
fn attributes_of_the_heading_that_becomes_the_title_are_no_words_of_it_and_links_find_its_id() {
    let drawn = site(&format!(
        "{SITE}//- content/notes/a.md\n# Intro {{#intro .wide}}\n\nText.\n\
         //- content/notes/b.md\nIntro {{#b}}\n=====\n\nSee [it](a.md#intro) and [here](#b).\n"
    ));
    let page = drawn.is_fine().file("notes/a/index.html");
    assert!(page.contains("<h1>Intro</h1>") && page.contains("id=\"intro\""), "{page}");
    assert!(drawn.file("notes/b/index.html").contains("<h1>Intro</h1>"));
}

#[test]
fn a_choice_is_what_was_typed_whatever_yaml_takes_it_for() {
    let ids = "\"1.50\", \"0x1a\", \"1e3\", \"+49\", \".5\", \"007\", \"12\", \"true\"";
    let declared = SITE.replace("phone: text,", &format!("phone: {{type: list, of: {{type: choice, of: [{ids}]}}}},"));
    let note = "//- content/notes/a.md\n---\ntitle: A\nphone: [1.50, 0x1a, 1e3, +49, .5, 007, 12, true]\n---\n";
    site(&format!("{declared}{note}")).is_fine();
    site(&format!("{declared}{}", note.replace("+49", "0x31"))).reports(&expect![[r#"
        content/notes/a.md:3:26: error[field-unknown-choice]: `0x31` is not one of the choices of `phone`
          help: the choices are 1.50, 0x1a, 1e3, +49, .5, 007, 12, true
    "#]]);
}

#[test]
fn curly_quotes_round_a_value_of_another_type_are_reported_once() {
    reports(
        "---\ntitle: A\ndate: “2020-01-02”\n---\n",
        &expect![[r#"
            content/notes/a.md:3:7: error[field-wrong-type]: `date` has to be a day, found `“2020-01-02”`
              help: write it as `2020-01-02`
              help: write straight quotes: `"2020-01-02"`
        "#]],
    );
}

#[test]
fn the_words_of_a_link_under_a_relation_are_not_lost_in_silence() {
    reports(
        "---\ntitle: A\ntopics: [\"[[2024|a good year]]\", {to: \"[[topics/week-1| the week ]]\"}]\n---\n",
        &expect![[r#"
            content/notes/a.md:3:18: warning[text-lost]: a relation shows the title of its entry, and these words are on no page
              help: write `2024` alone, or declare a field of the relation for what is said of the two
            content/notes/a.md:3:57: warning[text-lost]: a relation shows the title of its entry, and these words are on no page
              help: write `topics/week-1` alone, or declare a field of the relation for what is said of the two
        "#]],
    );
}

#[test]
fn a_list_of_works_with_nothing_in_it_is_not_shown() {
    let site = "//- site.yaml\ntitle: Site\nkinds:\n  note:\n    fields: {cit: citations, parts: {type: list, of: {type: object, fields: {src: citations, w: text}}}}\nchecks: {advice: off}\n\
        //- content/notes/a.md\n---\ntitle: A\ncit: [null]\nparts: [{src: [null], w: knead}]\n---\n//- content/notes/b.md\n---\ntitle: B\ncit:\n  -\n---\n";
    let drawn = crate::harness::site(site);
    for page in [drawn.is_fine().main("/notes/a/"), drawn.main("/notes/b/")] {
        assert!(!page.contains("Cit") && !page.contains("Src"), "{page}");
    }
}

#[test]
fn an_anchor_of_yaml_before_a_value_of_another_type_is_reported_once() {
    let site = "//- site.yaml\ntitle: Site\nkinds: {note: {fields: {n: integer, line: text}}}\nchecks: {advice: off}\nblocks: {box: {fields: {n: integer}}}\n\
        //- templates/blocks/box.html\n{{ block.n }}\n\
        //- content/notes/a.md\n---\ntitle: A\nn: &x five\nline: &more of it\n---\n```box\nn: “five”\n```\n";
    crate::harness::site(site).reports(&expect![[r#"
        content/notes/a.md:3:4: error[field-wrong-type]: `n` has to be a whole number, found a text
          help: for example `n: 3`
          help: put quotes round the whole value, `'&x five'`, or take `&x` out
        content/notes/a.md:4:7: warning[value-doubtful]: `&more` is no part of the value: it gives it a name, to which nothing refers
          help: put quotes round the whole value, `'&more of it'`, or take `&more` out
        content/notes/a.md:7:4: error[field-wrong-type]: `n` has to be a whole number, found a text
          help: for example `n: 3`
          help: write straight quotes: `"five"`
    "#]]);
}
