//! Rules of a site: what entries have to be related to, and where fields belong.

use expect_test::expect;

use crate::harness::site;

/// Procedures with a firmness, and warnings that some of them have to carry.
const SITE: &str = "//- site.yaml
title: Site
kinds:
  procedure:
    fields: {firmness: {type: range}, level: {type: choice, of: [low, high]}}
  warning: {fields: {level: {type: choice, of: [ask, stop]}}}
relations:
  - {one: procedure.warnings, other: warning.procedures}
rules:
  - code: ask-first
    kind: procedure
    when: {firmness: {reaches: 3}}
    require: {warnings: {include: {level: ask}}}
    except: [rooting]
    message: a firm procedure does not say who has to ask first
//- content/warnings.yaml
thickets: {title: Birch thickets, level: ask}
neatness: {title: Neatness, level: ask, procedures: [kneading]}
clod: {title: Clod, level: stop}
later: {title: Later, level: ask, draft: true}
";

fn with(entries: &str) -> crate::harness::Drawn {
    site(&format!("{SITE}{entries}"))
}

#[test]
fn a_rule_asks_for_relations_to_certain_entries() {
    with(
        "//- content/procedures/deep.md
---
title: Deep
firmness: 4-5
warnings: [clod]
---
//- content/procedures/kneading.md
---
title: Kneading
firmness: 2-3
warnings:
  - thickets
---
//- content/procedures/light.md
---
title: Light
firmness: 1-2
---
//- content/procedures/none.md
---
title: None
---
//- content/procedures/rooting.md
---
title: Rooting
firmness: 3
---
",
    )
    .reports(&expect![[r#"
        content/procedures/deep.md:4:1: error[ask-first]: a firm procedure does not say who has to ask first
          help: `warnings` lacks neatness, thickets; the rule stands in site.yaml
    "#]]);
}

#[test]
fn what_a_slip_may_hold_is_not_missed_and_a_draft_is() {
    with(
        "//- content/procedures/deep.md
---
title: Deep
firmness: 4
warnings: [neatness, thikets]
---
//- content/procedures/kneading.md
---
title: Kneading
firmness: 3
warnings: [later]
---
",
    )
    .reports(&expect![[r#"
        content/procedures/deep.md:4:22: error[relation-unknown-target]: no warning named `thikets`
          help: did you mean `thickets`?
        content/procedures/kneading.md:4:1: error[ask-first]: a firm procedure does not say who has to ask first
          help: `warnings` lacks thickets; the rule stands in site.yaml
    "#]]);
}

#[test]
fn slips_in_rules_are_reported_at_their_place() {
    site(
        "//- site.yaml
title: Site
kinds:
  procedure: {fields: {firmness: {type: range}, size: {type: choice, of: [low, high]}, tip: text}}
  warning: {fields: {level: {type: choice, of: [ask, stop]}}}
relations:
  - {one: procedure.warnings, other: warning.procedures}
rules:
  - {code: a, kind: procedure, when: {firmess: {reaches: 3}}, require: {warnings: {include: {levl: ask}}}, message: a}
  - {code: b, kind: procedure, when: {size: {reaches: 3}}, require: {warnings: {include: {level: aks}}}, message: b}
  - {code: c, kind: procedure, when: {firmness: {reaches: three}}, require: {tip: {include: {level: ask}}}, message: c}
  - {code: d, kind: procedure, when: {firmness: {from: 3}}, require: {warning: {include: {level: ask}}}, message: d}
  - {code: e, kind: procedure, require: {warnings: {include: ask}}, message: e}
//- content/warnings.yaml
clod: {title: Clod, level: stop}
",
    )
    .reports(&expect![[r#"
        site.yaml:8:39: error[site-unknown-name]: no field or relation named `firmess`
          help: did you mean `firmness`?
        site.yaml:8:93: error[site-invalid]: no entry is like this, and the rule `a` asks for nothing
          help: change what it asks for, or remove the rule
        site.yaml:8:94: error[site-unknown-name]: no field or relation named `levl`
          help: did you mean `level`?
        site.yaml:9:39: error[site-invalid]: `size` is no number and no range, and reaches nothing
          help: name the values that it may have: `size: [one, another]`
        site.yaml:9:90: error[site-invalid]: no entry is like this, and the rule `b` asks for nothing
          help: change what it asks for, or remove the rule
        site.yaml:9:98: error[site-unknown-name]: no choice of `level` named `aks`
          help: did you mean `ask`?
        site.yaml:10:59: error[site-invalid]: expected a number, found a text
          help: write it in digits, without quotes
        site.yaml:10:84: error[site-invalid]: `tip` is no relation, and includes no entries
          help: name a relation of the kind
        site.yaml:11:50: error[site-unknown-key]: site.yaml knows no key `from` here
          help: known keys are reaches
        site.yaml:11:71: error[site-unknown-name]: no field or relation named `warning`
          help: did you mean `warnings`?
        site.yaml:12:62: error[site-invalid]: expected fields with their values, found a text
          help: write it as `{level: easy}`
    "#]]);
}

#[test]
fn a_rule_that_asks_for_entries_of_which_there_are_none_is_reported() {
    site(
        "//- site.yaml
title: Site
kinds:
  procedure: {}
  warning: {fields: {level: {type: choice, of: [ask, stop]}}}
relations:
  - {one: procedure.warnings, other: warning.procedures}
rules:
  - {code: clod-first, kind: procedure, require: {warnings: {include: {slug: cloth}}}, message: no clod}
  - {code: ask-first, kind: procedure, require: {warnings: {include: {level: ask}}}, message: nobody asks}
//- content/warnings.yaml
clod: {title: Clod, level: stop}
//- content/procedures/deep.md
---
title: Deep
---
",
    )
    .reports(&expect![[r#"
        site.yaml:8:71: error[site-unknown-name]: no entry named `cloth` can stand under `warnings`
          help: did you mean `clod`?
        site.yaml:9:70: error[site-invalid]: no entry is like this, and the rule `ask-first` asks for nothing
          help: change what it asks for, or remove the rule
    "#]]);
}

#[test]
fn a_field_stands_only_where_its_neighbours_leave_it_a_place() {
    let declared = "//- site.yaml
title: Site
blocks: {note: {fields: {finding: {type: choice, of: [helps, untested]}, grade: {type: text, required: true, when: {finding: helps}}}}}
kinds:
  blossom:
    fields:
      finding: &finding {type: choice, of: [helps, untested]}
      grade: &grade {type: choice, of: [strong, weak], required: true, when: {finding: helps}}
      outcomes: {type: list, of: {type: object, fields: {finding: *finding, grade: *grade}}}
  procedure: {}
relations:
  - one: blossom.procedures
    other: procedure.blossoms
    fields: {finding: *finding, grade: *grade}
//- content/procedures/a.md
---
title: A procedure
---
";
    let fine = "//- content/blossoms/fine.md
---
title: Fine
finding: helps
grade: weak
outcomes: [{finding: untested}, {}, {finding: helps, grade: weak}]
procedures: [a]
---
//- content/blossoms/open.md
---
title: Open
procedures: [{to: a, finding: untested}]
---
";
    site(&format!("{declared}{fine}")).is_fine();
    site(&format!(
        "{declared}//- content/blossoms/b.md
---
title: B
finding: untested
grade: weak
outcomes:
  - {{finding: helps}}
  - {{grade: weak}}
  - {{finding: hepls, grade: weak}}
procedures: [{{to: a, finding: untested, grade: strong}}]
---
```note
finding: helps
```
//- content/blossoms/c.md
---
title: C
finding: helps
procedures: [{{to: a, finding: helps}}]
---
//- templates/blocks/note.html
note
"
    ))
    .reports(&expect![[r#"
        content/blossoms/b.md:4:8: error[field-out-of-place]: `grade` has no place beside this `finding`
          help: leave it out: it stands only where `finding` is helps
        content/blossoms/b.md:6:5: error[field-missing]: the field `grade` is missing
          help: it has to stand where `finding` is helps
          help: add `grade:` with one of strong, weak
        content/blossoms/b.md:7:13: error[field-out-of-place]: `grade` has no place without `finding`
          help: leave it out: it stands only where `finding` is helps
        content/blossoms/b.md:8:15: error[field-unknown-choice]: `hepls` is not one of the choices of `finding`
          help: did you mean `helps`?
        content/blossoms/b.md:9:48: error[field-out-of-place]: `grade` has no place beside this `finding`
          help: leave it out: it stands only where `finding` is helps
        content/blossoms/b.md:12:1: error[field-missing]: the field `grade` is missing
          help: it has to stand where `finding` is helps
          help: add `grade: some words`
        content/blossoms/c.md:2:1: error[field-missing]: the required field `grade` is missing
          help: add `grade:` with one of strong, weak
        content/blossoms/c.md:4:14: error[field-missing]: the field `grade` is missing
          help: it has to stand where `finding` is helps
          help: add `grade:` with one of strong, weak
    "#]]);
}

#[test]
fn slips_in_the_conditions_of_a_field_are_reported_at_their_place() {
    site(
        "//- site.yaml
title: Site
field_sets: {graded: {grade: {type: text, when: {findng: helps}}}}
kinds:
  blossom:
    uses: [graded]
    fields:
      finding: {type: choice, of: [helps, untested]}
      note: {type: text, when: {finding: hleps, grade: a}}
      tip: {type: text, default: none, when: {finding: helps, tip: a}}
      list: {type: list, of: {type: text, when: {finding: helps}}}
",
    )
    .reports(&expect![[r#"
        site.yaml:2:50: error[site-unknown-name]: no field or relation named `findng`
        site.yaml:8:42: error[site-unknown-name]: no choice of `finding` named `hleps`
          help: did you mean `helps`?
        site.yaml:9:40: error[site-invalid]: a field with `when` has no default
          help: leave one of the two out: a default would stand where the field has no place
        site.yaml:9:63: error[site-unknown-name]: no field or relation named `tip`
          help: known are finding, note, list, grade
        site.yaml:10:43: error[site-unknown-key]: site.yaml knows no key `when` here
          help: known keys are type, of, unit, label, fields, required, default, help, min, max, at_least, at_most, min_words, max_words
    "#]]);
}

#[test]
fn code_in_the_words_of_a_wikilink_has_its_place() {
    let drawn = site(
        "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nkinds: {note: {plural: notes, fields: {line: markdown}}}\nchecks: {advice: off}\n\
         rules: [{code: words, characters: 'U+20-7E', message: no}]\n\
         //- content/notes/a.md\n---\ntitle: A\nline: '[[```  ||x||é```facts ]] é'\n---\n",
    );
    let problems = drawn.problems();
    assert!(problems.contains("content/notes/a.md:3:20: error[words]: no: `é`"), "{problems}");
    assert!(problems.contains("content/notes/a.md:3:33: error[words]: no: `é`"), "{problems}");
}
