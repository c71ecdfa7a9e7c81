//! What is written for authors alone, and the words beside it.

use expect_test::expect;

use super::{complains, reads, text};
use crate::harness::site;

#[test]
fn words_beside_a_comment_are_published_and_the_comment_is_not() {
    reads(
        "<!-- one --> An *important* sentence. <!-- two -->\n\n<!-- private --> Text after.\n\n- <!-- private --> item\n\n\
         > <!-- private -->\n> quoted\n\n| a |\n|---|\n| <!-- private --> cell |\n\n## Part <!-- private -->\n",
        &expect![[r#"
            <p>An <em>important</em> sentence.</p>
            <p>Text after.</p>
            <ul>
            <li>item</li>
            </ul>
            <blockquote>
            <p>quoted</p>
            </blockquote>
            <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th></tr></thead><tbody>
            <tr><td>cell</td></tr>
            </tbody></table>
            </div>
            <h2 id="part">Part</h2>
        "#]],
    );
}

#[test]
fn a_comment_between_blocks_parts_them_also_where_html_is_allowed() {
    let markdown = "- foo\n\n<!-- private -->\n\n- bar\n\n<div>\n<!-- private -->\n    <b>bold</b>\n</div>\n\n<!-- private --> text\n";
    let allowed = super::SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    site(&format!("{allowed}{markdown}")).is_fine().shows(
        "/conditions/page/",
        &expect![[r#"
        <ul>
        <li>foo</li>
        </ul>
        <ul>
        <li>bar</li>
        </ul>
        <div>
            <b>bold</b>
        </div>
        <p>text</p>
    "#]],
    );
}

#[test]
fn remarks_between_percent_signs_are_not_published_and_code_keeps_its_own() {
    reads(
        "Text %%secret%% more, `%%code%%`, 100%% sure.\n\n%%\nsecret\n\n## Secret\n%%\n\nAfter.\n\n```\n%% cell\n```\n\n\
         Escaped \\%% and \\<!-- stay.\n",
        &expect![[r#"
            <p>Text more, <code>%%code%%</code>, 100%% sure.</p>
            <p>After.</p>
            <pre tabindex="0"><code>%% cell
            </code></pre>
            <p>Escaped %% and &lt;!– stay.</p>
        "#]],
    );
}

#[test]
fn a_remark_may_stand_right_behind_a_number() {
    reads(
        "In 2024%%secret%% it was 5%%secret%%, of 100%% and 6%% each.\n\n| a |\n|---|\n| b <!-- c | d --> |\n| e %%f|g%% |\n",
        &expect![[r#"
            <p>In 2024 it was 5, of 100%% and 6%% each.</p>
            <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th></tr></thead><tbody>
            <tr><td>b</td></tr>
            <tr><td>e</td></tr>
            </tbody></table>
            </div>
        "#]],
    );
}

#[test]
fn what_is_private_is_in_no_file_at_all() {
    let drawn = text(
        "## Part <!-- hidden-word -->\n\nText %%hidden-word%% <!-- hidden-word\n\nhidden-word --> more[^1].\n\n[^1]: Note <!-- hidden-word -->.\n",
    );
    drawn.is_fine();
    let leaks: Vec<_> =
        drawn.files.iter().filter(|(_, text)| text.contains("hidden-word")).map(|(path, _)| path).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
}

#[test]
fn a_comment_or_remark_without_an_end_is_an_error() {
    complains(
        "Text <!-- and so on.\n\nMore.\n",
        &expect![[r#"
        content/conditions/page.md:4:6: error[comment-open]: `<!--` begins what is not published, and it never ends
          help: end it with `-->`, or write `\<!--` for the signs themselves
    "#]],
    );
    complains(
        "<!-- and so on.\n\nMore.\n",
        &expect![[r#"
        content/conditions/page.md:4:1: error[comment-open]: `<!--` begins what is not published, and it never ends
          help: end it with `-->`, or write `\<!--` for the signs themselves
    "#]],
    );
    complains(
        "Text %% and so on.\n\nMore.\n",
        &expect![[r#"
        content/conditions/page.md:4:6: error[comment-open]: `%%` begins what is not published, and it never ends
          help: end it with `%%`, or write `\%%` for the signs themselves
    "#]],
    );
}
