//! YAML as tired people write it: the report stands where the mistake is, not where the parser stumbled over it.

use expect_test::{Expect, expect};

use crate::harness::site;

/// What is said of an entry with these keys.
#[track_caller]
fn keys(keys: &str, expected: &Expect) {
    file(&format!("---\ntitle: Kneading\n{keys}\nlast: end\n---\nText.\n"), expected);
}

/// What is said of an entry in this file.
#[track_caller]
fn file(text: &str, expected: &Expect) {
    let declaration = "title: Site\nkinds: {procedure: {fields: {note: text, steps: {type: list, of: text}, last: text, part: {type: object, fields: {one: text, two: text}}}}}\n\
                       rules:\n  - {code: short, max_sentence_words: 3, message: too long}\n";
    site(&format!("//- site.yaml\n{declaration}//- content/procedures/a.md\n{text}")).reports(expected);
}

#[test]
fn a_quote_that_is_not_closed_is_shown_where_it_is_opened() {
    keys(
        "note: \"One\nsteps: [\"two\", \"three\"]",
        &expect![[r#"
        content/procedures/a.md:3:7: error[yaml-invalid]: a quote is opened here and not closed
          help: put a `"` at the end of the text
    "#]],
    );
    keys(
        "steps:\n  - \"one\n  - \"two\"",
        &expect![[r#"
        content/procedures/a.md:4:5: error[yaml-invalid]: a quote is opened here and not closed
          help: put a `"` at the end of the text
    "#]],
    );
    keys(
        "note: 'never",
        &expect![[r#"
        content/procedures/a.md:3:7: error[yaml-invalid]: a quote is opened here and not closed
          help: put a `'` at the end of the text
    "#]],
    );
}

#[test]
fn text_behind_a_closing_quote_or_bracket_is_shown() {
    keys(
        "note: \"One\" and two",
        &expect![[r#"
        content/procedures/a.md:3:13: error[yaml-invalid]: more text follows behind the closing quote
          help: put quotes round the whole value, and others inside: `'Say "when" to start'`
    "#]],
    );
    keys(
        "note: 'It's one'",
        &expect![[r#"
        content/procedures/a.md:3:10: error[yaml-invalid]: the text ends at this apostrophe, since it began with one
          help: put double quotes round the text, or write the apostrophe twice
    "#]],
    );
    keys(
        "note: [one](two.md) and three",
        &expect![[r#"
        content/procedures/a.md:3:12: error[yaml-invalid]: more text follows behind the closing `]`
          help: put quotes round the value: `"[one](two.md) and three"`
    "#]],
    );
}

#[test]
fn a_bracket_that_is_not_closed_is_shown_where_it_is_opened() {
    keys(
        "steps: [one, two",
        &expect![[r#"
        content/procedures/a.md:3:8: error[yaml-invalid]: a `[` is opened here and not closed
          help: put a `]` behind the last item, and commas between the items
    "#]],
    );
    keys(
        "part: {one: a, two: b",
        &expect![[r#"
        content/procedures/a.md:3:7: error[yaml-invalid]: a `{` is opened here and not closed
          help: put a `}` behind the last item, and commas between the items
    "#]],
    );
    keys(
        "part: {one: a\n  two: b}",
        &expect![[r#"
        content/procedures/a.md:4:6: error[yaml-invalid]: a `,` or a `}` is missing
          help: part the keys with commas, and close the mapping with `}`
    "#]],
    );
}

#[test]
fn a_line_that_is_no_key_is_shown_itself() {
    keys(
        "note one",
        &expect![[r#"
        content/procedures/a.md:3:1: error[yaml-invalid]: a line that is neither a key with `:` nor part of the text above
          help: write it as `key: value`; or indent it, if it belongs to the text above
    "#]],
    );
    keys(
        "note:one",
        &expect![[r#"
        content/procedures/a.md:3:5: error[yaml-invalid]: a space is missing behind the `:`
          help: write it as `note: one`
    "#]],
    );
    keys(
        "note:\u{a0}one",
        &expect![[r#"
        content/procedures/a.md:3:6: error[yaml-invalid]: an unusual space (U+00A0), which is none for YAML
          help: delete it and type a plain space
    "#]],
    );
}

#[test]
fn signs_that_mean_something_to_yaml_want_quotes() {
    keys(
        "note: *One* two",
        &expect![[r#"
        content/procedures/a.md:3:7: error[yaml-invalid]: a value cannot begin with `*`
          help: put quotes round the value: `"*One* two"`
    "#]],
    );
    keys(
        "note: & one",
        &expect![[r#"
        content/procedures/a.md:3:7: error[yaml-invalid]: a value cannot begin with `&`
          help: put quotes round the value: `"& one"`
    "#]],
    );
    keys(
        "note: !One",
        &expect![[r#"
        content/procedures/a.md:3:7: error[yaml-invalid]: a value cannot begin with `!`
          help: put quotes round the value: `"!One"`
    "#]],
    );
    keys(
        "note: > 1 week",
        &expect![[r#"
        content/procedures/a.md:3:7: error[yaml-invalid]: a value cannot begin with `>`
          help: put quotes round the value: `"> 1 week"`
    "#]],
    );
    keys(
        "note: - one",
        &expect![[r#"
        content/procedures/a.md:3:7: error[yaml-invalid]: a list cannot begin on the line of its key
          help: put quotes round the value: `"- one"`, or begin the list on a line of its own
    "#]],
    );
    keys(
        "note: “One: two”",
        &expect![[r#"
        content/procedures/a.md:3:7: error[yaml-invalid]: `“` is no quote for YAML
          help: write plain quotes round it: `"`
    "#]],
    );
    keys(
        "note: One: \"two\"",
        &expect![[r#"
        content/procedures/a.md:3:10: error[yaml-invalid]: a second `: ` in one line: what stands before it is taken for a key
          help: put quotes round the value: `'One: "two"'`
    "#]],
    );
    keys("note: # one", &expect![[""]]);
}

#[test]
fn lines_that_are_indented_otherwise_are_shown_themselves() {
    keys(
        "  note: one",
        &expect![[r#"
        content/procedures/a.md:3:3: error[yaml-invalid]: this key is indented deeper than the one above it
          help: indent it like the key above, or give that key no value of its own
    "#]],
    );
    keys(
        "steps:\n  - one\n - two",
        &expect![[r#"
            content/procedures/a.md:5:2: error[yaml-invalid]: this line is indented neither like the lines above nor below them
              help: the lines that it belongs with are indented by 2 spaces: indent it like them, or further if it is part of one
        "#]],
    );
    keys(
        "steps:\n  \"one\"\n  - two",
        &expect![[r#"
        content/procedures/a.md:4:3: error[yaml-invalid]: a list item without `- `
          help: begin each item of the list with `- `
    "#]],
    );
    keys(
        "part:\n  one: a\n   two: b",
        &expect![[r#"
        content/procedures/a.md:5:4: error[yaml-invalid]: this key is indented deeper than the one above it
          help: indent it like the key above, or give that key no value of its own
    "#]],
    );
    keys(
        "steps:\n\u{a0} - one",
        &expect![[r#"
        content/procedures/a.md:4:1: error[yaml-invalid]: an unusual space (U+00A0), which is none for YAML
          help: delete it and type a plain space
    "#]],
    );
}

#[test]
fn what_looks_like_the_lines_round_front_matter_is_named() {
    file(
        "\n---\ntitle: A\n---\nA text with more than three words.\n",
        &expect![[r#"
            content/procedures/a.md:5:1: error[short]: too long: 7 words, and at most 3 are allowed
              help: write it differently, or add the entry to `except` of the rule `short`
        "#]],
    );
    file(
        "----\ntitle: A\n---\n",
        &expect![[r#"
        content/procedures/a.md:1:1: error[front-matter-missing]: the file does not begin with front matter
          help: write the first line as exactly three hyphens: `---`
    "#]],
    );
    file(
        "title: A\n---\n",
        &expect![[r#"
        content/procedures/a.md:1:1: error[front-matter-missing]: the file does not begin with front matter
          help: put a line `---` above the keys, and another one below them
    "#]],
    );
    file(
        "---\ntitle: A\n----\n\nText.\n",
        &expect![[r#"
        content/procedures/a.md:3:1: error[front-matter-open]: the front matter is never closed
          help: write this line as exactly three hyphens: `---`
    "#]],
    );
    file(
        "---\ntitle: A\n\n## Text\n\nMore.\n",
        &expect![[r#"
        content/procedures/a.md:1:1: error[front-matter-open]: the front matter is never closed
          content/procedures/a.md:4:1: the text seems to begin here
          help: put a line `---` behind the last key
    "#]],
    );
    file(
        "---\ntitle: A\n---\nnote: one\n---\n\nText.\n",
        &expect![[r#"
        content/procedures/a.md:3:1: error[yaml-invalid]: the front matter ends here, and more keys follow it
          content/procedures/a.md:4:1: a key outside the front matter
          help: remove this line
    "#]],
    );
}

#[test]
fn a_sign_of_a_remark_that_takes_a_bracket_with_it_is_named() {
    keys(
        "steps: [Rule #1]",
        &expect![[r#"
            content/procedures/a.md:3:14: error[yaml-invalid]: a `#` behind a space begins a remark, and the `]` behind it is a part of that
              help: put quotes round the value that has the sign: `'Rule #1'`
        "#]],
    );
    keys(
        "part: {one: F #, two: x}",
        &expect![[r#"
            content/procedures/a.md:3:15: error[yaml-invalid]: a `#` behind a space begins a remark, and the `}` behind it is a part of that
              help: put quotes round the value that has the sign: `'F #'`
        "#]],
    );
}

#[test]
fn a_value_that_is_only_a_name_for_one_is_reported() {
    let told = |keys: &str| {
        let drawn = site(&format!(
            "//- site.yaml\ntitle: T\nkinds: {{note: {{extra: allow}}}}\n//- content/notes/a.md\n---\n{keys}---\nx\n"
        ));
        drawn.problems().matches("value-doubtful").count()
    };
    for keys in ["title: &Sons\n", "title: &Sons\nmore: x\n", "title: A\nx:\n  y: &Sons\n  z: 1\n"] {
        assert_eq!(told(keys), 1, "{keys}");
    }
    for keys in [
        "title: A\nx: &all\n  y: 1\n",
        "title: A\nx: &all\n- y\n",
        "title: A\nx: &all\n\n  # here\n  - y\n",
        "title: A\nx: &all y\nz: *all\n",
        "title: A\nx: &all\nz: *all\n",
        "title: '&Sons'\n",
    ] {
        assert_eq!(told(keys), 0, "{keys}");
    }
}
