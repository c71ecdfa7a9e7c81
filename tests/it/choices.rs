//! Choices with texts of their own, and parameters in them.

use expect_test::expect;

use crate::harness::site;

/// A site whose choices carry texts, and a template that shows them.
const SITE: &str = "//- site.yaml
title: Site
params: {phone: '112', opens: 9}
kinds:
  rule:
    fields:
      level:
        type: choice
        required: true
        of:
          call: {label: Call now, heading: 'Call {phone} now if {it hurts}:', ring: '{phone}', icon: octagon}
          ask: {heading: 'Ask from {opens} o’clock if:'}
          easy: Go easy
    regroup_by: [level]
//- content/rules/a.md
---
title: A
level: call
---
//- content/rules/b.md
---
title: B
level: ask
---
//- content/rules/c.md
---
title: C
level: easy
---
//- templates/rule.html
<main>{% for key, value in entry.fields.level %}{{ key }}={{ value }}; {% endfor %}</main>
";

#[test]
fn templates_see_the_texts_of_a_choice_with_parameters_filled_in() {
    let site = site(SITE);
    site.is_fine();
    site.shows(
        "/rules/a/",
        &expect![[r#"
            id=call; label=Call now; index=0; of=3; heading=Call 112 now if {it hurts}:; ring=112; icon=octagon;
        "#]],
    );
    site.shows(
        "/rules/b/",
        &expect![[r#"
        id=ask; label=ask; index=1; of=3; heading=Ask from 9 o’clock if:;
    "#]],
    );
    site.shows(
        "/rules/c/",
        &expect![[r#"
        id=easy; label=Go easy; index=2; of=3;
    "#]],
    );
    assert!(site.main("/rules/by-level/").contains("Call now"), "{}", site.main("/rules/by-level/"));
}

#[test]
fn slips_in_the_texts_of_a_choice_are_reported_at_their_place() {
    site(
        "//- site.yaml
title: Site
params: {phone: '112', phones: [1, 2]}
kinds:
  rule:
    fields:
      level:
        type: choice
        of:
          call: {label: Call, heading: 'Call {phon} now', all: '{phones}', fax: '{telegraph}'}
          ask: {label: [Ask], index: first, of: {a: b}}
//- content/rules/a.md
---
title: A
level: call
---
",
    )
    .reports(&expect![[r#"
        site.yaml:9:40: error[site-unknown-name]: `params` has no `phon`
          help: did you mean `phone`?
        site.yaml:9:64: error[site-invalid]: `params.phones` is a list, and stands in a text here
          help: name a parameter that is a text
        site.yaml:9:81: error[site-unknown-name]: `params` has no `telegraph`
          help: add `telegraph` to `params`, or take the braces away
        site.yaml:10:24: error[site-invalid]: expected a text, found a list
          help: write one text, without `- ` and brackets
        site.yaml:10:31: error[site-invalid]: every choice has `index` already
          help: give the text another key
        site.yaml:10:45: error[site-invalid]: every choice has `of` already
          help: give the text another key
    "#]]);
}

#[test]
fn a_value_that_names_one_choice_and_shows_another_is_not_repaired() {
    let with = |value: &str| {
        site(&format!(
            "//- site.yaml\ntitle: Site\nkinds: {{note: {{fields: {{d: {{type: choice, of: {{sure: Nope, nope: Sure}}}}}}}}}}\n\
             //- content/notes/a.md\n---\ntitle: A\nd: {value}\n---\n"
        ))
        .problems()
    };
    assert!(with("Sure").contains("help: did you mean `sure` or `nope`?"), "{}", with("Sure"));
}
