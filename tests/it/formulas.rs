//! Formulas: what a site sees that switches them on, with a program that has them and with one that has not.

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

#[cfg(feature = "math")]
#[test]
fn formulas_are_drawn_in_texts_headings_and_blocks() {
    let text = "## The $x_i$ rule\n\nSee $a *b* c$, and it costs 5 $ or \\$6.\n\n$$\nx < y\n$$\n\n```math\nz\n```\n";
    let drawn = page("math: true", text);
    let page = drawn.is_fine().file("index.html");
    for part in [
        "<math><msub><mi>x</mi><mi>i</mi></msub></math>",
        "<math><mi>a</mi><mo lspace=\"0.2222em\" rspace=\"0.2222em\">∗</mo><mi>b</mi>",
        "it costs 5 $ or $6.",
        "<math display=\"block\"><mi>x</mi><mo>&lt;</mo><mi>y</mi></math>",
        "<math display=\"block\"><mi>z</mi></math>",
        "id=\"the-x_i-rule\"",
    ] {
        assert!(page.contains(part), "{part} is missing in\n{page}");
    }
}

#[cfg(feature = "math")]
#[test]
fn a_formula_that_cannot_be_drawn_is_shown_as_it_is_typed_and_reported_at_its_place() {
    let drawn = page("math: true", "One $x$.\n\nTwo $a + \\nothing{<b>}$ and $$x \\other$$ more.\n");
    drawn.reports(&expect![[r#"
        content/index.md:6:10: warning[markdown-unread]: this formula cannot be drawn: unknown command `\nothing`
          help: mend it, or write `\$` where no formula is meant; the page shows it as it is typed
        content/index.md:6:33: warning[markdown-unread]: this formula cannot be drawn: unknown command `\other`
          help: mend it, or write `\$` where no formula is meant; the page shows it as it is typed
    "#]]);
    assert!(drawn.file("index.html").contains("<code>a + \\nothing{&lt;b&gt;}</code>"));
}
