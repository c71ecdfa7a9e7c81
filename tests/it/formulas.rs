//! Formulas: what a site sees whose program has none. Those that are drawn: `tests/colours_and_formulas.rs`.

#[cfg(not(feature = "math"))]
use expect_test::expect;

use crate::harness::{Drawn, Project};

fn page(markdown: &str, text: &str) -> Drawn {
    let site = format!("//- site.yaml\ntitle: x\nmarkdown: {{{markdown}}}\nchecks: {{advice: off}}\n");
    Project::bare(&format!("{site}//- content/index.md\n---\ntitle: x\n---\n{text}")).drawn()
}

#[test]
fn a_dollar_is_a_sign_of_the_text_where_no_formulas_are_wanted() {
    let drawn = page("", "It costs $5 or $6.\n");
    assert!(drawn.is_fine().file("index.html").contains("<p>It costs $5 or $6.</p>"));
}

#[cfg(not(feature = "math"))]
#[test]
fn a_program_without_formulas_says_how_to_get_one_with_them() {
    page("math: true", "$x$\n").reports(&expect![[r#"
        site.yaml:2:18: error[site-invalid]: this build of limber cannot draw formulas
          help: build it with `cargo build --features math`, or take the key out
    "#]]);
}
