//! Broken templates: the place in the template, and which page was being drawn.

use expect_test::{Expect, expect};

use crate::harness::{Project, site};

const SITE: &str = "\
//- site.yaml
title: Site
pages: {a_z: false, search: false, not_found: false}
//- content/a.md
---
title: A
---
//- content/b.md
---
title: B
---
";

#[track_caller]
fn complains(templates: &str, expected: &Expect) {
    site(&format!("{SITE}{templates}")).reports(expected);
}

#[test]
fn a_template_that_cannot_be_read_is_reported_where_it_breaks() {
    complains(
        "//- templates/entry.html\n<p>\n  {{ entry.title\n</p>\n",
        &expect![[r#"
            templates/entry.html:3:1: error[template-invalid]: found `</` but expected `}}`
              help: tags are `{{ value }}`, `{% if value %}...{% endif %}` and `{{ <component /> }}`
        "#]],
    );
    complains(
        "//- templates/entry.html\n{% for a in b %}\n",
        &expect![[r#"
            templates/entry.html:2:1: error[template-invalid]: unexpected end of input
              help: close what is open: each `{% if %}`, `{% for %}` and `{% block %}` has an end of its own
        "#]],
    );
    complains(
        "//- templates/entry.html\n{{ entry.title | shout }}\n",
        &expect![[r#"
            templates/entry.html:1:18: error[template-invalid]: unknown filter `shout`
              help: correct its name; Tera's own filters are listed in its documentation
        "#]],
    );
    complains(
        "//- templates/entry.html\n{% extends \"nothing.html\" %}\n",
        &expect![[r#"
            templates/entry.html:1:1: error[template-invalid]: the template extends `nothing.html`, which does not exist
              help: correct the name, or write the file into `templates/`
        "#]],
    );
    complains(
        "//- templates/entry.html\n{% include \"nothing.html\" %}\n",
        &expect![[r#"
            templates/entry.html:1:12: error[template-invalid]: unknown template `nothing.html`
              help: correct the name, or write the file into `templates/`
        "#]],
    );
    complains(
        "//- templates/entry.html\n{{ <nothing /> }}\n",
        &expect![[r#"
            templates/entry.html:1:4: error[template-invalid]: unknown component `nothing`
              help: correct its name, or define it with `{% component name() %}...{% endcomponent name %}`
        "#]],
    );
}

#[test]
fn templates_that_run_in_a_circle_are_reported() {
    complains(
        "//- templates/entry.html\n{% include \"entry.html\" %}\n",
        &expect![[r#"
            templates/entry.html:1:1: error[template-invalid]: the template includes itself in a circle
              help: take one of the templates out of the circle
        "#]],
    );
    complains(
        "//- templates/entry.html\n{% include \"x.html\" %}\n//- templates/x.html\n{% include \"entry.html\" %}\n",
        &expect![[r#"
            templates/entry.html:1:1: error[template-invalid]: the template includes itself in a circle
              help: take one of the templates out of the circle
        "#]],
    );
    complains(
        "//- templates/entry.html\n{% extends \"x.html\" %}\n//- templates/x.html\n{% extends \"entry.html\" %}\n",
        &expect![[r#"
            templates/entry.html:1:1: error[template-invalid]: the template extends itself in a circle
              help: take one of the templates out of the circle
        "#]],
    );
    complains(
        "//- templates/entry.html\n{{ <round n={0} /> }}\n//- templates/parts.html\n{% component round(n) %}{{ <round n={n + 1} /> }}{% endcomponent round %}\n",
        &expect![[r#"
            templates/entry.html:1:1: error[template-failed]: maximum render recursion depth for components exceeded
              help: this happened while drawing `/a/` and 1 other page
        "#]],
    );
}

#[test]
fn what_fails_on_many_pages_is_reported_once() {
    complains(
        "//- templates/entry.html\n<h1>{{ entry.titel }}</h1>\n",
        &expect![[r#"
            templates/entry.html:1:14: error[template-failed]: field `titel` is not defined
              help: did you mean `title`?
              help: this happened while drawing `/a/` and 1 other page
        "#]],
    );
    complains(
        "//- templates/entry.html\n{{ asset(path=\"nothing.css\") }}\n",
        &expect![[r#"
        templates/entry.html:1:4: error[template-failed]: there is no file `static/nothing.css`
          help: this happened while drawing `/a/` and 1 other page
    "#]],
    );
    complains(
        "//- templates/entry.html\n{{ 1 / 0 }} {{ throw(message=\"no\") }}\n",
        &expect![[r#"
        templates/entry.html:1:8: error[template-failed]: cannot divide by 0
          help: this happened while drawing `/a/` and 1 other page
    "#]],
    );
}

#[test]
fn a_template_that_is_missing_is_reported_once() {
    let text = SITE.replace("search: false", "search: true");
    let mut files = crate::harness::fixture(&text);
    files.remove("templates/search.html");
    let drawn = crate::harness::draw(&crate::harness::sources(&files), Default::default());
    drawn.reports(&expect![[r#"
        templates/search.html:1:1: error[template-missing]: there is no template `search.html`
          help: write `templates/search.html`, or remove what hides the built-in one
    "#]]);
}

#[test]
fn tags_and_arguments_that_do_not_fit_are_named() {
    complains(
        "//- templates/entry.html\n{% if entry %}x{% endblock %}\n",
        &expect![[r#"
        templates/entry.html:1:19: error[template-invalid]: `endblock` ends a tag that is not the last one opened
          help: close what is open inside first: each `{% if %}` and `{% for %}` has an end of its own
    "#]],
    );
    complains(
        "//- templates/entry.html\n{% iff entry %}x{% endif %}\n",
        &expect![[r#"
        templates/entry.html:1:4: error[template-invalid]: unknown tag `iff`
          help: tags are `{{ value }}`, `{% if value %}...{% endif %}` and `{{ <component /> }}`
    "#]],
    );
    complains(
        "//- templates/entry.html\n{{ entri.title }}\n",
        &expect![[r#"
        templates/entry.html:1:4: error[template-failed]: variable `entri` is not defined
          help: did you mean `entry`?
          help: this happened while drawing `/a/` and 1 other page
    "#]],
    );
    complains(
        "//- templates/entry.html\n{% component x(title) %}{{ title }}{% endcomponent x %}{{ <x titel=\"a\" /> }}\n",
        &expect![[r#"
            templates/entry.html:1:59: error[template-failed]: unknown argument(s) `titel` in component call
              help: did you mean `title`?
              help: this happened while drawing `/a/` and 1 other page
        "#]],
    );
}

#[test]
fn what_no_template_shows_of_a_data_block_is_named_in_the_declaration() {
    let said = |blocks: &str| {
        let project = Project::bare(&format!(
            "//- site.yaml\ntitle: Site\nbase_url: https://example.org/\nkinds: {{note: {{}}}}\nblocks:\n{blocks}\
             //- templates/blocks/plan.html\n<p>{{{{ block.what }}}}</p>\n\
             //- templates/blocks/all.html\n{{% for name, value in block %}}{{{{ value }}}}{{% endfor %}}\n\
             //- content/notes/a.md\n---\ntitle: A\n---\nText.\n"
        ));
        project.run(&["check", "--format", "short"]).out
    };
    let unseen = said("  plan: {fields: {what: text, meaning: markdown}}\n  all: {fields: {colour: text}}\n");
    assert!(unseen.contains("no template shows the field `meaning` of the data block `plan`"), "{unseen}");
    assert!(!unseen.contains("`what`") && !unseen.contains("`colour`"), "{unseen}");
    let undrawn = said("  day: {fields: {what: text}}\n");
    assert!(undrawn.contains("no template draws the data block `day`, and pages show it as code"), "{undrawn}");
}
