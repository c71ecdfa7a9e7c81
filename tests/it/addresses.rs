//! What the URL of an entry is made of: slug, date, folders, and what its file says.

use expect_test::expect;

use crate::harness::site;

/// The addresses of all entries of a site with one kind, declared like this.
fn addresses(kind: &str, files: &str) -> String {
    let drawn =
        site(&format!("//- site.yaml\ntitle: Site\nkinds: {{post: {{folder: Posts, extra: allow, {kind}}}}}\n{files}"));
    let mut all: Vec<_> =
        drawn.files.keys().filter(|path| path.ends_with(".html") && !path.starts_with("404")).cloned().collect();
    all.retain(|path| !["a-z/", "search/", "posts/index.html"].iter().any(|made| path.starts_with(made)));
    format!("{}\n{}", all.join("\n"), drawn.problems())
}

#[test]
fn an_address_may_have_the_date_in_it_also_that_of_the_file_name() {
    let files = "//- Posts/trip.md\n---\ndate: 2021-05-06 10:00:00 +0200\n---\n# Trip\n\
                 //- Posts/deep/2022-01-02-walk.md\n# Walk\n//- Posts/never.md\n# Never\n";
    expect![[r#"
        2021/05/trip/index.html
        2022/01/walk/index.html
        index.html
        never/index.html
        Posts/never.md:1:1: error[field-missing]: addresses of the kind `post` have a date in them, and this entry has none
          help: add a line such as `date: 2026-03-04`
    "#]]
    .assert_eq(&addresses("url: \"/{year}/{month}/{name}/\"", files));
    expect![[r#"
        blog/-/never/index.html
        blog/2021-05/trip/index.html
        blog/deep/2022-01/walk/index.html
        blog/index.html
        Posts/never.md:1:1: error[field-missing]: addresses of the kind `post` have a date in them, and this entry has none
          help: add a line such as `date: 2026-03-04`
    "#]]
    .assert_eq(&addresses("url: \"/blog/{folders}/{year}-{month}/{name}/\"", files));
}

#[test]
fn an_address_may_come_from_the_front_matter_or_be_the_name_as_typed() {
    let files = "//- Posts/About_This.md\n---\nslug: on_this\npermalink: /old/place.html\n---\n# This\n\n[that](Sub_dir/That%20one.md)\n\
                 //- Posts/Sub_dir/That one.md\n---\npermalink: that/other\n---\n# That\n\n[this](../About_This.md) [[About_This]]\n";
    for from in ["name", "file", "slug", "permalink"] {
        let found = addresses(&format!("address_from: {from}"), files);
        let expected = match from {
            "name" => expect![[r#"
                posts/about-this/index.html
                posts/sub-dir/that-one/index.html
            "#]],
            "file" => expect![[r#"
                posts/About_This/index.html
                posts/Sub_dir/That-one/index.html
            "#]],
            "slug" => expect![[r#"
                posts/on_this/index.html
                posts/sub-dir/that-one/index.html
            "#]],
            _ => expect![[r#"
                old/place.html
                that/other/index.html
            "#]],
        };
        expected.assert_eq(&found);
    }
    let several = "//- Posts/A.md\n---\npath: 2026/v1.2\nslug: no\n---\n# A\n//- Posts/In/B.md\n---\nslug: bee\nid: no\n---\n# B\n\
                   //- Posts/In/C.md\n---\nid: Cee\n---\n# C\n//- Posts/In/D_1.md\n# D\n//- Posts/In/E.md\n---\nslug: /e/f\n---\n# E\n\
                   //- Posts/Of/README.md\n---\nid: no\n---\n# Of\n";
    expect![[r#"
        2026/v1.2/index.html
        posts/In/Cee/index.html
        posts/In/D_1/index.html
        posts/In/bee/index.html
        posts/Of/index.html
        posts/e/f/index.html
    "#]]
    .assert_eq(&addresses("address_from: [path, slug, id, file]", several));
    let numbered = "//- Posts/01-First_Part/02-leek.md\nA leek.\n\n[that](../2024-05-06-trip.md) [the pea](03-pea.md)\n//- Posts/01-First_Part/03-pea.md\n---\nslug: pease\n---\n# Pea\n//- Posts/2024-05-06-trip.md\n# Trip\n\n[a leek](./01-First_Part/02-leek.md)\n";
    expect![[r#"
        posts/2024-05-06-trip/index.html
        posts/First_Part/leek/index.html
        posts/First_Part/pease/index.html
    "#]]
    .assert_eq(&addresses("address_from: [slug, unnumbered]", numbered));
    let odd =
        "//- Posts/a.md\n---\npermalink: \"/{{ page }}/\"\n---\n# A\n//- Posts/b.md\n---\npermalink: false\n---\n# B\n";
    expect![[r#"
        posts/a/index.html
        Posts/a.md:2:12: error[field-wrong-type]: `/{{ page }}/` is no address of the site: it contains a character that not every host can serve
          help: take `permalink` out, or write a path from `/` on
    "#]].assert_eq(&addresses("address_from: permalink", odd));
}

#[test]
fn old_addresses_may_stand_under_a_key_of_another_tool() {
    let files = "//- Posts/a.md\n---\naliases: [/was/here/, and-here, \"/no?\"]\n---\n# A\n";
    expect![[r#"
        and-here/index.html
        posts/a/index.html
        was/here/index.html
        Posts/a.md:2:33: error[field-wrong-type]: `/no?` is no address of the site: it contains a character that not every host can serve
          help: write it as `/no/`
    "#]].assert_eq(&addresses("redirects: aliases", files));
}

#[test]
fn the_home_page_may_be_any_file() {
    let home = |name: &str| {
        site(&format!(
            "//- site.yaml\ntitle: Site\nhome: {name}\nkinds: {{note: {{folder: .}}}}\n//- Start here.md\n# Hello\n\n[a](a.md)\n//- a.md\n# A\n\n[[Start here]]\n"
        ))
    };
    let drawn = home("Start here.md");
    drawn.is_fine();
    assert!(drawn.main("/").contains("Hello") && drawn.main("/notes/a/").contains("href=\"/\""));
    home("Start.md").reports(&expect![[r#"
        site.yaml:2:7: error[site-unknown-name]: no page lies in `Start.md`
          help: write the path of a Markdown file, from the folder of site.yaml on
    "#]]);
}

#[test]
fn a_readme_stands_for_its_folder_where_the_folder_comes_from_elsewhere() {
    expect![[r#"
        index.html
        sub/index.html
    "#]]
    .assert_eq(&addresses(
        "url: \"/{slug}/\", index: false",
        "//- Posts/README.md\n# Top\n//- Posts/sub/Readme.md\n# Sub\n",
    ));
}
