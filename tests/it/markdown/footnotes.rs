//! Footnotes: numbers, ids, the ways back, and those that would be lost.

use expect_test::expect;

use super::{complains, reads};
use crate::harness::site;

#[test]
fn every_mark_has_a_way_back_and_notes_in_notes_come_last() {
    reads(
        "[^n]: Inside[^m].\n\nFirst[^a], nest[^n], first again[^a].\n\n[^m]: Deep.\n\n[^a]: One.\n",
        &expect![[r##"
        <p>First<sup class="footnote"><a href="#fn-1" id="fnref-1" aria-label="Footnote 1">1</a></sup>, nest<sup class="footnote"><a href="#fn-2" id="fnref-2" aria-label="Footnote 2">2</a></sup>, first again<sup class="footnote"><a href="#fn-1" id="fnref-1-2" aria-label="Footnote 1">1</a></sup>.</p>
        <section class="footnotes" aria-label="Footnotes">
        <ol>
        <li id="fn-1">
        <p>One.</p>
        <a class="footnote-back" href="#fnref-1" aria-label="Back to the text">←</a><a class="footnote-back" href="#fnref-1-2" aria-label="Back to the text (2)">←<sup>2</sup></a></li>
        <li id="fn-2">
        <p>Inside<sup class="footnote"><a href="#fn-3" id="fnref-3" aria-label="Footnote 3">3</a></sup>.</p>
        <a class="footnote-back" href="#fnref-2" aria-label="Back to the text">←</a></li>
        <li id="fn-3">
        <p>Deep.</p>
        <a class="footnote-back" href="#fnref-3" aria-label="Back to the text">←</a></li>
        </ol>
        </section>
    "##]],
    );
}

#[test]
fn a_mark_and_its_note_may_differ_in_case_and_spaces() {
    reads(
        "A[^Note] and b[^GROSSE  note].\n\n[^note]: One.\n\n[^große note]: Two.\n",
        &expect![[r##"
        <p>A<sup class="footnote"><a href="#fn-1" id="fnref-1" aria-label="Footnote 1">1</a></sup> and b<sup class="footnote"><a href="#fn-2" id="fnref-2" aria-label="Footnote 2">2</a></sup>.</p>
        <section class="footnotes" aria-label="Footnotes">
        <ol>
        <li id="fn-1">
        <p>One.</p>
        <a class="footnote-back" href="#fnref-1" aria-label="Back to the text">←</a></li>
        <li id="fn-2">
        <p>Two.</p>
        <a class="footnote-back" href="#fnref-2" aria-label="Back to the text">←</a></li>
        </ol>
        </section>
    "##]],
    );
}

#[test]
fn notes_that_no_page_shows_are_reported() {
    complains(
        "First[^a].\n\n[^a]: One.\n\n[^a]: Another.\n\n[^b]: Nobody\n    refers to this[^c].\n\n[^c]: Only that one.\n",
        &expect![[r#"
            content/conditions/page.md:8:1: warning[text-lost]: the footnote `a` is defined before, and this one is on no page
              help: give one of the two another name
            content/conditions/page.md:10:1: warning[text-lost]: nothing refers to the footnote `b`, and it is on no page
              help: write `[^b]` where it belongs, or take it out
            content/conditions/page.md:13:1: warning[text-lost]: nothing refers to the footnote `c`, and it is on no page
              help: write `[^c]` where it belongs, or take it out
        "#]],
    );
}

#[test]
fn definitions_of_links_that_no_page_shows_are_reported() {
    complains(
        "[used][a], ![used][b]\n\n[a]: /procedures/\n[b]: pruner.png\n[A]: /conditions/\n\n> [TODO]: fix-this\n\n\
         [//]: # (a remark)\n[comment]: <> (a remark)\n\n- item\n\n  [lost]: https://example.org \"Lost words\"\n",
        &expect![[r#"
            content/conditions/page.md:8:1: warning[text-lost]: `[A]` is defined before, and this definition is on no page
              help: take one of the two out
            content/conditions/page.md:10:3: warning[text-lost]: no link uses the definition `[TODO]`, and it is on no page
              help: link to it with `[words][name]`, or write `\[` if it is text
            content/conditions/page.md:17:3: warning[text-lost]: no link uses the definition `[lost]`, and it is on no page
              help: link to it with `[words][name]`, or write `\[` if it is text
        "#]],
    );
}

#[test]
fn cells_that_no_page_shows_are_reported() {
    complains(
        "| a | b |\n|---|---|\n| 1 | 2 | lost *cell* |\n| 3 |\n| 4 | 5 |\n| 6 | 7 | |\n",
        &expect![[r#"
        content/conditions/page.md:6:11: warning[text-lost]: the row has more cells than the head of the table, and these are on no page
          help: give the head as many cells, or write `\|` for a sign inside a cell
    "#]],
    );
}

#[test]
fn a_footnote_is_found_in_both_unicode_forms() {
    reads(
        "One[^café], *two[^cafe\u{301}]*, three[^cafe\u{301}] \\[^café].\n\n[^cafe\u{301}]: Note.\n",
        &expect![[r##"
            <p>One<sup class="footnote"><a href="#fn-1" id="fnref-1" aria-label="Footnote 1">1</a></sup>, <em>two<sup class="footnote"><a href="#fn-1" id="fnref-1-2" aria-label="Footnote 1">1</a></sup></em>, three<sup class="footnote"><a href="#fn-1" id="fnref-1-3" aria-label="Footnote 1">1</a></sup> [^café].</p>
            <section class="footnotes" aria-label="Footnotes">
            <ol>
            <li id="fn-1">
            <p>Note.</p>
            <a class="footnote-back" href="#fnref-1" aria-label="Back to the text">←</a><a class="footnote-back" href="#fnref-1-2" aria-label="Back to the text (2)">←<sup>2</sup></a><a class="footnote-back" href="#fnref-1-3" aria-label="Back to the text (3)">←<sup>3</sup></a></li>
            </ol>
            </section>
        "##]],
    );
    complains(
        "One.\n\n[^café]: Note.\n\n[^cafe\u{301}]: Again.\n",
        &expect![[r#"
        content/conditions/page.md:6:1: warning[text-lost]: nothing refers to the footnote `café`, and it is on no page
          help: write `[^café]` where it belongs, or take it out
        content/conditions/page.md:8:1: warning[text-lost]: the footnote `café` is defined before, and this one is on no page
          help: give one of the two another name
    "#]],
    );
}

#[test]
fn a_line_in_brackets_may_be_part_of_the_title_of_a_definition() {
    let drawn = site(
        "//- site.yaml\ntitle: T\nkinds: {note: {plural: notes}}\nchecks: {advice: off}\n\
         //- content/notes/a.md\n---\ntitle: A\n---\n[one]: two\n'## three {four}\n[^1]==five=='\n\nText.\n",
    );
    let found = drawn.diagnostics.iter().find(|problem| problem.message.contains("no link uses the definition"));
    let text = "---\ntitle: A\n---\n[one]: two\n'## three {four}\n[^1]==five=='\n\nText.\n";
    assert!(
        found.is_some_and(|problem| text[problem.place.range()].ends_with("[^1]==five=='")),
        "{}",
        drawn.problems()
    );
}
