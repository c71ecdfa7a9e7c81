//! Pieces of code: what stands behind the fence.

use expect_test::expect;

use crate::harness::{Drawn, Project};

/// The home page of a site with this text.
fn page(text: &str) -> Drawn {
    let site = "//- site.yaml\ntitle: x\nchecks: {advice: off}\n//- content/index.md\n---\ntitle: x\n---\n";
    Project::bare(&format!("{site}{text}")).drawn()
}

/// The text of the home page.
fn body(drawn: &Drawn) -> &str {
    let (_, body) = drawn.file("index.html").split_once("<div class=\"text\">").expect("the page has a text");
    body.split_once("</div>").expect("the text ends").0
}

#[test]
fn a_piece_of_code_shows_its_file_and_its_lines() {
    let text = "```plan title=\"a<b>.rs\" {2} ins={3} del={4} numbers wrap\nlet a = 1;\nlet b = a < 2;\nx\ny\n```\n\n```plan {7}\n1\n```\n\n```\nplain\n```\n";
    let drawn = page(text);
    let body = body(&drawn);
    expect![[r#"
        <figure class="code wrap numbers"><figcaption>a&lt;b&gt;.rs</figcaption><button type="button" class="plain copy" hidden data-done="Copied">Copy</button><pre tabindex="0"><code class="language-plan"><span class="l">let a = 1;
        </span><mark class="l">let b = a &lt; 2;
        </mark><ins class="l">x
        </ins><del class="l">y
        </del></code></pre></figure>
        <figure class="code"><button type="button" class="plain copy" hidden data-done="Copied">Copy</button><pre tabindex="0"><code class="language-plan"><span class="l">1
        </span></code></pre></figure>
        <pre tabindex="0"><code>plain
        </code></pre>
    "#]].assert_eq(body);
    drawn.reports(&expect![[r#"
        content/index.md:11:4: warning[markdown-unread]: the code has 1 line, and none is line 7
          help: count the lines from 1, and not that of the fence
    "#]]);
}

#[test]
fn a_word_behind_a_fence_that_means_nothing_is_reported_once_with_the_way_out() {
    let text = "```rust tilte=\"a.rs\" numbrs\nx\n```\n\n> ```rust {5-2}\n> x\n> ```\n\n```rust shiny\nx\n```\n";
    page(text).reports(&expect![[r#"
        content/index.md:4:9: warning[markdown-unread]: `tilte="a.rs"` says nothing of this code
          help: did you mean `title="src/main.rs"`?
        content/index.md:8:11: warning[markdown-unread]: `{5-2}` says nothing of this code
          help: write the numbers of lines: `{2,4-6}`
        content/index.md:12:9: warning[markdown-unread]: `shiny` says nothing of this code
          help: known are `title="src/main.rs"`, `ins={3}`, `del={4}`, `numbers`, `wrap`, and lines to mark: `{2,4-6}`
    "#]]);
}

#[test]
fn a_line_that_was_joined_to_the_fence_is_in_the_span_of_the_report() {
    let text = "```console $ limber build now\nx\n```\n\n```yaml title=\"a.yaml\"markdown: {smart: false}\ny\n```\n";
    let drawn = page(text);
    let file = format!("---\ntitle: x\n---\n{text}");
    let said: Vec<_> = drawn.diagnostics.iter().map(|found| &file[found.place.range()]).collect();
    assert_eq!(said, ["$ limber build now", "markdown: {smart: false}"]);
    assert!(drawn.file("index.html").contains("<figcaption>a.yaml</figcaption>"));
}

#[test]
fn what_other_tools_write_behind_a_fence_is_read_or_passed_over() {
    let text = "```js {.line-numbers}\nx\n```\n\n```rust,ignore\nx\n```\n\n```js showLineNumbers {1}\nx\n```\n\n```py linenums=\"1\" hl_lines=\"1\"\nx\n```\n\n```go {linenos=table,hl_lines=[1]}\nx\n```\n\n```{python}\nx\n```\n\n```js:a/b.js\nx\n```\n";
    let drawn = page(text);
    let body = body(drawn.is_fine());
    assert_eq!(body.matches("<figure class=\"code numbers\">").count(), 4, "{body}");
    assert_eq!(body.matches("<mark class=\"l\">").count(), 3, "{body}");
    assert!(
        body.contains("language-rust\"") && body.contains("language-python\"") && body.contains("<figcaption>a/b.js<")
    );
}

#[test]
fn a_picture_with_a_title_that_stands_alone_is_a_figure_with_a_caption() {
    let site = "//- site.yaml\ntitle: x\nchecks: {advice: off, image-without-size: off}\n//- content/a.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"5\"/>\n//- content/index.md\n---\ntitle: x\n---\n";
    let text = "![One](a.svg \"As *we* use it & more\")\n\nIn ![two](a.svg \"Title\") a line.\n\n![Three](a.svg)\n";
    let drawn = Project::bare(&format!("{site}{text}")).drawn();
    let body = body(drawn.is_fine());
    assert!(body.starts_with("<figure><img "), "{body}");
    assert!(body.contains("<figcaption>As *we* use it &amp; more</figcaption></figure>"), "{body}");
    assert!(body.contains("title=\"Title\"") && body.matches("<figure>").count() == 1, "{body}");
}
