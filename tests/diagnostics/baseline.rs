//! A baseline knows problems again when the lines around them have changed.

use limber::diagnostics::baseline::Baseline;

use crate::project::Project;

const PAGE: &str = "content/procedures/kneading.md";

fn text(before: &str, after: &str) -> String {
    format!("---\ntitle: Kneading\nsummary: Slow.\n---\n{before}See [one](one.md) and [one](one.md).\n{after}")
}

#[test]
fn known_problems_stay_known_when_lines_move() {
    let project = Project::new([(PAGE, text("", "").as_str())]);
    let (known, texts) = project.check(None);
    assert!(known.iter().filter(|problem| problem.is_error()).count() == 2, "{known:?}");
    let baseline = Baseline::read(&Baseline::of(&known, &texts).write()).unwrap();
    assert_eq!(baseline.new_ones(known, &texts), []);

    project.write(PAGE, text("One more paragraph.\n\nAnd another.\n\n", ""));
    let (moved, texts) = project.check(None);
    assert_eq!(baseline.new_ones(moved, &texts), []);

    project.write(PAGE, text("", "\nSee [two](two.md) and a third [one](one.md).\n"));
    let (more, texts) = project.check(None);
    let new = baseline.new_ones(more, &texts);
    let messages: Vec<_> = new.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["there is no procedure `two`", "there is no procedure `one`"]);
}

#[test]
fn a_file_that_is_no_baseline_is_refused() {
    assert!(Baseline::read("[]").is_err());
    assert!(Baseline::read("{\"version\": 2, \"findings\": []}").unwrap_err().contains("version"));
}
