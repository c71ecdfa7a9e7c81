//! `limber import`: what it says of folders that were written for other tools, and that they build with what it drafts.

use crate::harness::{Project, Ran};

/// Drafts a declaration, builds with it, and says what both had to say.
#[track_caller]
fn imported(project: &Project, folder: &str) -> (String, Ran) {
    let before = project.bytes(".");
    let ran = project.runs(&["import", folder]);
    let site = project.read(&format!("{folder}/site.yaml"));
    let built = project.run(&["--root", folder, "build"]);
    assert_eq!(built.code, Some(0), "{site}\n{}", built.err);
    let after = project.bytes(".");
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)), "a file was touched");
    (site, ran)
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "there is no `{part}` in:\n{text}");
    }
}

#[test]
fn a_vault_keeps_its_links_and_its_home() {
    let project = Project::bare(
        "//- Home.md\n# Welcome\n\nSee [[Long run]] and [[Nobody]].\n\
         //- Runs/Long run.md\n---\ntags: [easy]\naliases: [LSD]\n---\nSlow. Back [[Home]].\n\
         //- Runs/Tempo.md\n---\ntags: [hard]\n---\n[[LSD]]\n//- .obsidian/app.json\n{}\n",
    );
    let (site, ran) = imported(&project, ".");
    has(
        &site,
        &[
            "from a vault of notes",
            "home: Home.md",
            "folder: \".\"",
            "wikilinks: true",
            "link-broken: warning # 1, first at Home.md:3",
        ],
    );
    has(&ran.err, &["3 Markdown files, written for a vault of notes", "wrote ./site.yaml"]);
    has(&project.read("public/index.html"), &["Welcome", "href=\"/runs/long-run/\"", "Nobody"]);
    let again = project.run(&["import", "."]);
    assert_eq!(again.code, Some(2));
    has(&again.err, &["is there already, and is never overwritten"]);
    assert_eq!(project.read("site.yaml"), site);
}

#[test]
fn a_dry_run_prints_the_same_twice_and_writes_nothing() {
    let project = Project::bare("//- notes/a.md\n# A\n//- notes/b.md\n# B\n");
    let first = project.runs(&["import", "notes", "--dry-run"]).out;
    assert_eq!(first, project.runs(&["import", "notes", "--dry-run"]).out);
    has(&first, &["kinds:\n", "from plain Markdown"]);
    assert!(!project.path("notes/site.yaml").exists());
}

#[test]
fn a_hugo_site_keeps_its_title_its_posts_and_its_old_addresses() {
    let post = |n: u32, level: &str| {
        format!(
            "//- content/posts/p{n}.md\n+++\ntitle = \"Post {n}\"\ndate = 2024-01-0{n}T10:00:00Z\nlevel = \"{level}\"\ntags = [\"run\"]\naliases = [\"/old/p{n}/\"]\n+++\n{{{{< figure src=\"x\" >}}}}\n"
        )
    };
    let posts = (1..=4).map(|n| post(n, "easy")).collect::<String>();
    let project = Project::bare(&format!(
        "//- hugo.toml\nbaseURL = 'https://runs.example/'\ntitle = 'Runs'\nlanguageCode = 'en-gb'\n//- layouts/index.html\n{{{{ .Title }}}}\n\
         //- content/_index.md\n# Hello\n//- content/about.md\n---\ntitle: About\n---\nUs.\n{posts}"
    ));
    let (site, ran) = imported(&project, ".");
    has(
        &site,
        &[
            "title: Runs",
            "base_url: https://runs.example/",
            "language: en-gb",
            "folder: content/posts",
            "redirects: aliases # 4 old addresses",
        ],
    );
    has(&site, &["order: [-date]", "tags: {type: list, of: text} # in 4 of 4 files", "level: text # in 4 of 4 files"]);
    has(&ran.err, &["{{< figure >}}  4 times in 4 files, first at content/posts/p1.md:8"]);
    has(&project.read("public/old/p1/index.html"), &["/posts/p1/"]);
    has(&project.read("public/index.html"), &["Hello"]);
    // Whoever names the folder of the texts is told of the whole.
    let inner = project.runs(&["import", "content", "--dry-run"]);
    has(&inner.out, &["title: Runs", "folder: posts"]);
    has(&inner.err, &["this is the folder of the texts of Hugo"]);
}

#[test]
fn a_zola_site_a_book_and_a_jekyll_blog_are_recognised() {
    let zola = Project::bare(
        "//- config.toml\nbase_url = \"https://z.example\"\ntitle = \"Zed\"\n//- content/a.md\n\n+++\ntitle = \"A\"\nweight = 2\n+++\n[b](@/deep/b.md)\n\
         //- content/deep/b.md\n+++\ntitle = \"B\"\nweight = 1\n+++\nText.\n//- templates/index.html\n{{ section.title }}\n",
    );
    let (site, _) = imported(&zola, ".");
    has(&site, &["from Zola", "title: Zed", "folder: content", "order: [weight]"]);
    has(&zola.read("public/a/index.html"), &["href=\"/deep/b/\""]);

    let book = Project::bare(
        "//- book.toml\n[book]\ntitle = \"Strides\"\n//- src/SUMMARY.md\n# Summary\n\n[First](first.md)\n- [Then](then.md)\n\
         //- src/then.md\n# Then\n\n```rust\n{{#include x.rs}}\n```\n[back](first.html)\n//- src/first.md\n# First\n",
    );
    let (site, ran) = imported(&book, ".");
    has(
        &site,
        &["from mdBook", "title: Strides", "- first.md\n      - then.md", "home: src/first.md", "sequence: true"],
    );
    has(&ran.err, &["{{#include}}"]);

    let jekyll = Project::bare(
        "//- _config.yml\ntitle: Jay\nurl: https://j.example\nbaseurl: /blog\n\
         //- _posts/2023-01-02-one.md\n---\nlayout: post\ntitle: One\n---\n{% include x.html %}\n//- _posts/2023-02-03-two.md\n---\nlayout: post\n---\n# Two\n\
         //- _posts/2023-03-04-three.md\n---\nlayout: post\n---\n# Three\n//- about.md\n# About\n",
    );
    let (site, ran) = imported(&jekyll, ".");
    has(
        &site,
        &["from Jekyll", "base_url: https://j.example/blog", "folder: \"_posts\"", "/{year}/{month}/{day}/{name}/"],
    );
    has(&ran.err, &["{% include %}"]);
    assert!(jekyll.path("public/2023/01/02/one/index.html").exists());
}

#[test]
fn navigation_of_mkdocs_and_titles_of_programs_are_read() {
    let mkdocs = Project::bare(
        "//- mkdocs.yml\nsite_name: Manual\nsite_url: https://m.example/\nnav:\n  - Home: index.md\n  - Use:\n      - use/second.md\n      - use/first.md\n\
         plugins: !!python/name:x.y\n//- docs/index.md\n# Manual\n//- docs/use/first.md\n# First\n\n!!! note\n    x\n//- docs/use/second.md\n# Second\n",
    );
    let (site, ran) = imported(&mkdocs, ".");
    has(
        &site,
        &[
            "from MkDocs",
            "title: Manual",
            "base_url: https://m.example/",
            "folder: docs",
            "- index.md\n      - use/second.md\n      - use/first.md",
        ],
    );
    has(&ran.err, &["!!! note"]);
    for (mark, name, title) in [
        ("docusaurus.config.js", "Docusaurus", "  title: 'Dino',\n  url: 'https://d.example',\n  baseUrl: '/docs/',\n"),
        ("astro.config.mjs", "Astro", "  title: \"Dino\",\n  site: 'https://d.example/docs',\n"),
        (".eleventy.js", "Eleventy", "const title = \"Dino\";\n"),
    ] {
        let project = Project::bare(&format!(
            "//- {mark}\nexport default {{\n{title}}};\n//- docs/intro.mdx\nimport Tabs from 'tabs';\n\n# Intro\n\n<Tabs>x</Tabs>\n//- docs/next.md\n# Next\n\n[i](./intro)\n"
        ));
        let (site, ran) = imported(&project, ".");
        has(&site, &[&format!("from {name}")]);
        has(&ran.err, &["<Tabs>  once, first at docs/intro.mdx:5", "import"]);
    }
}

#[test]
fn folders_that_are_none_or_hold_no_text_are_refused() {
    let project = Project::bare("//- empty/readme.txt\nx\n");
    for (folder, said) in [("gone", "there is no folder"), ("empty", "there is no Markdown file")] {
        let ran = project.run(&["import", folder]);
        assert_eq!(ran.code, Some(2));
        has(&ran.err, &[said]);
    }
}

#[test]
fn a_copy_gets_regular_front_matter_and_the_original_stays() {
    let project = Project::bare(
        "//- old/a.md\n+++\ntitle = \"A\"\ndate = 2024-01-02T03:04:05Z\n+++\nText.\n//- old/img/x.svg\n<svg/>\n//- old/b.md\n# B\n",
    );
    let ran = project.runs(&["import", "old", "--into", "new"]);
    has(&ran.err, &["1 files got regular front matter"]);
    assert_eq!(project.read("new/a.md"), "---\ndate: 2024-01-02\ntitle: A\n---\nText.\n");
    assert_eq!(project.read("new/img/x.svg"), "<svg/>\n");
    assert!(project.read("old/a.md").starts_with("+++") && !project.path("old/site.yaml").exists());
    project.runs(&["--root", "new", "build"]);
    assert_eq!(project.run(&["import", "old", "--into", "new"]).code, Some(2));
    assert_eq!(project.run(&["import", "old", "--into", "old/inside"]).code, Some(2));
}
