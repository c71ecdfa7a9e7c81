//! Quotation marks of the site's language.

use expect_test::expect;

use super::SITE;
use crate::harness::site;

fn in_language(language: &str, markdown: &str) -> String {
    site(&format!("{}{markdown}", SITE.replace("title: Site", &format!("title: Site\nlanguage: {language}"))))
        .main("/conditions/page/")
}

#[test]
fn quotes_are_those_of_the_language_and_apostrophes_stay() {
    let text = "Er sagte \"Hallo, 'gut' so\" und Jo's Haus, 5'10\".\n";
    expect![[r#"
        <p>Er sagte „Hallo, ‚gut‘ so“ und Jo’s Haus, 5’10".</p>
    "#]]
    .assert_eq(&in_language("de", text));
    expect![[r#"
        <p>Er sagte « Hallo, ‹ gut › so » und Jo’s Haus, 5’10".</p>
    "#]]
    .assert_eq(&in_language("fr", text));
    expect![[r#"
        <p>Er sagte “Hallo, ‘gut’ so” und Jo’s Haus, 5’10".</p>
    "#]]
    .assert_eq(&in_language("en", text));
}

#[test]
fn a_sign_behind_a_digit_or_inside_a_word_begins_no_quote() {
    let text = "He is 5'10\" tall, on a 12\" x 9\" board, with \"x\"s.\n";
    expect![[r#"
        <p>He is 5’10" tall, on a 12" x 9" board, with “x”s.</p>
    "#]]
    .assert_eq(&in_language("en", text));
    expect![[r#"
        <p>צה"ל “כן” דו"ח</p>
    "#]]
    .assert_eq(&in_language("he", "צה\"ל \"כן\" דו\"ח\n"));
}

#[test]
fn quotes_in_equal_quotes_open_and_close() {
    let text = "\"He said \"yes\" quickly\". A board of 5½\" - \"*so*\" it ends\".\n";
    expect![[r#"
        <p>“He said “yes” quickly”. A board of 5½" - “<em>so</em>” it ends”.</p>
    "#]]
    .assert_eq(&in_language("en", text));
    expect![[r#"
        <p>„He said „yes“ quickly“. A board of 5½" - „<em>so</em>“ it ends“.</p>
    "#]]
    .assert_eq(&in_language("de", text));
}
