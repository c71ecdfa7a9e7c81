//! Paths of `conflicts_with` and fields of `fits`: what cannot hold is reported where it is declared.

use crate::project::Project;

const SITE: &str = "title: Example
kinds:
  benefit: {}
  condition: {fields: {pressure: {type: range}}}
  technique: {fields: {pressure: {type: range}, minutes: integer}}
relations:
  - {one: benefit.conditions, other: condition.benefits}
  - {one: condition.avoid, other: technique.avoid_with}
  - {one: technique.often_with, symmetric: true, labels: [Often with]}
";
const TECHNIQUES: &str =
    "  - {one: benefit.techniques, other: technique.benefits, labels: [To try, Good for], conflicts_with: ";

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
        ("benefit.conditions >", "`benefit.conditions >` has to be one relation, or two"),
        ("benefit.conditions > condition.avoid > technique.often_with", "has to be one relation, or two"),
        ("benefit.condition > condition.avoid", "no relation named `benefit.condition`"),
        ("benefit.techniques", "a relation cannot conflict with itself"),
        (
            "benefit.conditions",
            "the path leads from `benefit` to `condition`, and the relation is between `benefit` and `technique`",
        ),
        (
            "condition.avoid > benefit.conditions",
            "the first step of the path leads to `technique`, and the second begins at `benefit`",
        ),
    ] {
        let found = report(&format!("{SITE}{TECHNIQUES}{path}}}\n"), &[]);
        assert!(found.contains(wanted) && found.lines().count() == 1, "{path}: {found}");
    }
}

#[test]
fn fits_that_could_not_be_compared_are_reported() {
    for (fits, wanted) in [
        ("{}", "`fits` names no field"),
        ("{pressure: presure}", "site.yaml:10:77: error[site-unknown-name]: no range of `technique` named `presure`"),
        ("{strength: pressure}", "site.yaml:10:67: error[site-unknown-name]: no range of `condition` named `strength`"),
        ("{pressure: minutes}", "`technique.minutes` is of the type integer, and has to be a range"),
        ("pressure", "expected keys with values"),
    ] {
        let relation = format!("  - {{one: condition.techniques, other: technique.used_for, fits: {fits}}}\n");
        let found = report(&format!("{SITE}{relation}"), &[]);
        assert!(found.contains(wanted) && found.lines().count() == 1, "{fits}: {found}");
    }
}

#[test]
fn paths_go_over_inverse_and_symmetric_relations_and_are_several() {
    let paths = "[benefit.conditions > condition.avoid, benefit.never > technique.often_with]";
    let site = format!("{SITE}{TECHNIQUES}{paths}}}\n  - {{one: technique.never_for, other: benefit.never}}\n");
    let found = report(
        &site,
        &[
            ("content/techniques/a.md", "---\ntitle: A\noften_with: b\n---\n"),
            ("content/techniques/b.md", "---\ntitle: B\nnever_for: sleep\navoid_with: clot\n---\n"),
            ("content/conditions/clot.md", "---\ntitle: Clot\nbenefits: [sleep]\n---\n"),
            ("content/benefits/sleep.md", "---\ntitle: Sleep\ntechniques: [a, {to: b, reason: It does.}]\n---\n"),
        ],
    );
    assert_eq!(
        found,
        "content/benefits/sleep.md:3:14: error[relation-conflict]: `Sleep` has `A` under `To try`, and `B`, which it has under `never`, has it under `Often with`\n\
         content/techniques/a.md:3:13: error[relation-conflict]: `Sleep` has `A` under `To try`, and `B`, which it has under `never`, has it under `Often with`\n\
         content/techniques/b.md:3:12: error[relation-conflict]: `Sleep` has `A` under `To try`, and `B`, which it has under `never`, has it under `Often with`\n"
    );
}
