//! Emphasis and line breaks in texts without spaces, and marks that are left over.

use expect_test::expect;

use super::{complains, reads};

#[test]
fn emphasis_stands_beside_signs_of_east_asia() {
    reads(
        "**重要：**請先讀。**“引用”**之后。*这是，*真的。~~删除。~~后 **[链接](/procedures/)**中文。\n",
        &expect![[r#"
            <p><strong>重要：</strong>請先讀。<strong>“引用”</strong>之后。<em>这是，</em>真的。<del>删除。</del>后 <strong><a href="/procedures/">链接</a></strong>中文。</p>
        "#]],
    );
}

#[test]
fn a_line_break_between_characters_without_spaces_is_none() {
    reads(
        "这个段落很长，\n写成两行。\n\nこれは\n**テスト**です。\n\nlatin\n中文\n\n한국어\n문장\n",
        &expect![[r#"
        <p>这个段落很长，写成两行。</p>
        <p>これは<strong>テスト</strong>です。</p>
        <p>latin
        中文</p>
        <p>한국어
        문장</p>
    "#]],
    );
}

#[test]
fn marks_of_emphasis_that_the_page_would_show_are_reported() {
    complains(
        "This is **never closed.\n\n~~struck out\n\nFine: 2 ** 3, a\\*\\*b, `**`, snake__case, \\**escaped\n",
        &expect![[r#"
            content/conditions/page.md:4:9: warning[markdown-unread]: this `**` makes nothing strong, and the page shows it as it is
              help: close what it opens with another `**`, without a space inside, or write `\*` for the sign itself
            content/conditions/page.md:6:1: warning[markdown-unread]: this `~~` strikes nothing out, and the page shows it as it is
              help: close what it opens with another `~~`, without a space inside, or write `\~` for the sign itself
        "#]],
    );
}
