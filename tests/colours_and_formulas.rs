//! Colours of code, and formulas. Runs with `cargo test --features code-colours,math --test colours_and_formulas`.
#![cfg(all(feature = "code-colours", feature = "math"))]

#[path = "it/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "other tests need more of it")]
mod harness;
#[path = "unable/mod.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod unable;

use expect_test::expect;

use harness::{Drawn, Project};

/// The home page of a site with this text.
fn page(text: &str) -> Drawn {
    let site = "//- site.yaml\ntitle: x\nmarkdown: {math: true}\nchecks: {advice: off}\n";
    Project::bare(&format!("{site}//- content/index.md\n---\ntitle: x\n---\n{text}")).drawn()
}

#[test]
fn code_has_colours_by_classes_and_lines_keep_theirs() {
    let text = "```rust {2}\n// a < b\nlet a = \"é\";\n```\n\n```nothing\nlet a\n```\n";
    let drawn = page(text);
    let (_, body) = drawn.is_fine().file("index.html").split_once("<div class=\"text\">").expect("the page has a text");
    let (body, _) = body.split_once("</div>").expect("the text ends");
    expect![[r#"
        <figure class="code"><button type="button" class="plain copy" hidden data-done="Copied">Copy</button><pre tabindex="0"><code class="language-rust"><span class="l"><span class="hc">// a &lt; b</span>
        </span><mark class="l"><span class="hk">let</span> a = <span class="hs">&quot;é&quot;</span>;
        </mark></code></pre></figure>
        <figure class="code"><button type="button" class="plain copy" hidden data-done="Copied">Copy</button><pre tabindex="0"><code class="language-nothing">let a
        </code></pre></figure>
    "#]]
    .assert_eq(body);
}

#[test]
fn formulas_are_drawn_in_texts_headings_and_blocks() {
    let text = "## The $x_i$ rule\n\nSee $a *b* c$, and it costs 5 $ or \\$6.\n\n$$\nx < y\n$$\n\n```math\nz\n```\n";
    let drawn = page(text);
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

#[test]
fn a_formula_that_cannot_be_drawn_is_shown_as_it_is_typed_and_reported_at_its_place() {
    let drawn = page("One $x$.\n\nTwo $a + \\nothing{<b>}$ and $$x \\other$$ more.\n");
    drawn.reports(&expect![[r#"
        content/index.md:6:10: warning[markdown-unread]: this formula cannot be drawn: unknown command `\nothing`
          help: mend it, or write `\$` where no formula is meant; the page shows it as it is typed
        content/index.md:6:33: warning[markdown-unread]: this formula cannot be drawn: unknown command `\other`
          help: mend it, or write `\$` where no formula is meant; the page shows it as it is typed
    "#]]);
    assert!(drawn.file("index.html").contains("<code>a + \\nothing{&lt;b&gt;}</code>"));
}
