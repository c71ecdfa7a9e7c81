//! Paths of `conflicts_with` and fields of `fits`: what cannot hold is reported where it is declared.

use crate::project::Project;

const SITE: &str = "title: Example
kinds:
  blossom: {}
  condition: {fields: {firmness: {type: range}}}
  procedure: {fields: {firmness: {type: range}, minutes: integer}}
relations:
  - {one: blossom.conditions, other: condition.blossoms}
  - {one: condition.avoid, other: procedure.avoid_with}
  - {one: procedure.often_with, symmetric: true, labels: [Often with]}
";
const PROCEDURES: &str =
    "  - {one: blossom.procedures, other: procedure.blossoms, labels: [To try, Good for], conflicts_with: ";

fn report(site: &str, files: &[(&str, &str)]) -> String {
    let project = Project::new(files.iter().copied());
    project.write("site.yaml", format!("{site}checks: {{advice: off}}\n"));
    project.report(None, |_| false)
}

#[test]
fn a_path_that_does_not_lead_from_one_side_to_the_other_is_reported() {
    for (path, wanted) in [
        ("", "`conflicts_with` names no relation"),
        ("[]", "`conflicts_with` names no relation"),
        ("blossom.conditions >", "`blossom.conditions >` has to be one relation, or two"),
        ("blossom.conditions > condition.avoid > procedure.often_with", "has to be one relation, or two"),
        ("blossom.condition > condition.avoid", "no relation named `blossom.condition`"),
        ("blossom.procedures", "a relation cannot conflict with itself"),
        (
            "blossom.conditions",
            "the path leads from `blossom` to `condition`, and the relation is between `blossom` and `procedure`",
        ),
        (
            "condition.avoid > blossom.conditions",
            "the first step of the path leads to `procedure`, and the second begins at `blossom`",
        ),
    ] {
        let found = report(&format!("{SITE}{PROCEDURES}{path}}}\n"), &[]);
        assert!(found.contains(wanted) && found.lines().count() == 1, "{path}: {found}");
    }
}

#[test]
fn fits_that_could_not_be_compared_are_reported() {
    for (fits, wanted) in [
        ("{}", "`fits` names no field"),
        ("{firmness: firmess}", "site.yaml:10:77: error[site-unknown-name]: no range of `procedure` named `firmess`"),
        ("{strength: firmness}", "site.yaml:10:67: error[site-unknown-name]: no range of `condition` named `strength`"),
        ("{firmness: minutes}", "`procedure.minutes` is of the type integer, and has to be a range"),
        ("firmness", "expected keys with values"),
    ] {
        let relation = format!("  - {{one: condition.procedures, other: procedure.used_for, fits: {fits}}}\n");
        let found = report(&format!("{SITE}{relation}"), &[]);
        assert!(found.contains(wanted) && found.lines().count() == 1, "{fits}: {found}");
    }
}

#[test]
fn paths_go_over_inverse_and_symmetric_relations_and_are_several() {
    let paths = "[blossom.conditions > condition.avoid, blossom.never > procedure.often_with]";
    let site = format!("{SITE}{PROCEDURES}{paths}}}\n  - {{one: procedure.never_for, other: blossom.never}}\n");
    let found = report(
        &site,
        &[
            ("content/procedures/a.md", "---\ntitle: A\noften_with: b\n---\n"),
            ("content/procedures/b.md", "---\ntitle: B\nnever_for: sleep\navoid_with: clod\n---\n"),
            ("content/conditions/clod.md", "---\ntitle: Clod\nblossoms: [sleep]\n---\n"),
            ("content/blossoms/sleep.md", "---\ntitle: Sleep\nprocedures: [a, {to: b, reason: It does.}]\n---\n"),
        ],
    );
    assert_eq!(
        found,
        "content/blossoms/sleep.md:3:14: error[relation-conflict]: `Sleep` has `A` under `To try`, and `B`, which it has under `Never`, has it under `Often with`\n\
         content/procedures/a.md:3:13: error[relation-conflict]: `Sleep` has `A` under `To try`, and `B`, which it has under `Never`, has it under `Often with`\n\
         content/procedures/b.md:3:12: error[relation-conflict]: `Sleep` has `A` under `To try`, and `B`, which it has under `Never`, has it under `Often with`\n"
    );
}
