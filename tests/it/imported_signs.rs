//! `limber import`: what the signs and settings of a tool become, and what the report says of them.

use crate::harness::Project;

/// Drafts a declaration and builds with it. Gives the declaration, what was said, and what the build said.
#[track_caller]
fn imported(files: &str) -> (Project, String, String, String) {
    let project = Project::bare(files);
    let ran = project.run(&["import", "."]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let site = project.read("site.yaml");
    let built = project.run(&["build"]);
    assert_eq!(built.code, Some(0), "{site}\n{}", built.err);
    (project, site, ran.err, built.err)
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "there is no `{part}` in:\n{text}");
    }
}

#[track_caller]
fn has_none(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(!text.contains(part), "there is a `{part}` in:\n{text}");
    }
}

const BOOK: &str = "//- src/SUMMARY.md\n# Summary\n\n- [One](one.md)\n- [Two](deep/two.md)\n\
     //- src/one.md\n# One\n\n[std](../std/index.html#a), [more](../std/vec.html?q=a) and [ref](../reference/)\n\
     //- src/deep/two.md\n# Two\n\n[std](../../std/index.html) and [one](../one.html)\n";

#[test]
fn links_above_the_site_lead_to_other_programs_of_the_host_where_its_place_there_is_known() {
    let (project, site, _, built) =
        imported(&format!("//- book.toml\n[book]\ntitle = \"B\"\n[output.html]\nsite-url = \"/book/\"\n{BOOK}"));
    has(&site, &["links: {outside: [\"/reference/\", \"/std/\"]} # 4 links to what lies above the site"]);
    let one = project.read("public/index.html");
    has(&one, &["href=\"/std/index.html#a\"", "href=\"/std/vec.html?q=a\"", "href=\"/reference/\""]);
    has(&project.read("public/deep/two.html"), &["href=\"/std/index.html\"", "href=\"/book/\">one"]);
    has_none(&built, &["link-broken"]);
}

#[test]
fn links_above_a_site_whose_place_is_unknown_are_words_and_the_way_out_works() {
    let (project, site, _, built) = imported(&format!("//- book.toml\n[book]\ntitle = \"B\"\n{BOOK}"));
    has(&site, &["leaves them as they are: /std (3), /reference (1)", "link-broken: warning # 4"]);
    has(
        &built,
        &["no page has the address `/std/index.html`, which lies above the site", "`links: {outside: [/std/]}`"],
    );
    has(&project.read("public/index.html"), &["std, more and ref"]);
    project.write("site.yaml", format!("{site}links: {{outside: [/std/, /reference/]}}\n"));
    let built = project.runs(&["build"]);
    has_none(&built.err, &["link-broken"]);
    has(&project.read("public/index.html"), &["href=\"/std/index.html#a\""]);
}

#[test]
fn warnings_of_books_are_boxes() {
    let text = "# One\n\n<div class=\"warning\">\n\nIt is *hot*.\n\n</div>\n\n`<div class=\"warning\">`\n";
    let files =
        format!("//- book.toml\n[book]\ntitle = \"B\"\n//- src/SUMMARY.md\n- [One](one.md)\n//- src/one.md\n{text}");
    let (project, ..) = imported(&files);
    let page = project.read("public/index.html");
    has(&page, &["<div class=\"alert alert-warning alert-body\" role=\"note\">", "<p>It is <em>hot</em>.</p>"]);
    has(&page, &["&lt;div class=\"warning\"&gt;"]);
}

#[test]
fn links_to_the_ids_that_mkdocs_makes_of_headings_are_found() {
    let (project, site, _, built) = imported(
        "//- mkdocs.yml\nsite_name: M\n//- docs/index.md\n# Home\n\n[a](a.md#leek-pea), [b](a.md#leek-pea_1), [c](a.md#_1), [d](a.md#sow), [e](a.md#a_1), [f](a.md#caf\u{e9})\n\
         //- docs/a.md\n# A\n\n## Leek & pea\n\n## Leek & pea\n\n## \u{306d}\u{304e}\n\n## Sowing {#sow}\n\n## A\n\n## Caf\u{e9}\n",
    );
    has_none(&format!("{site}{built}"), &["link-broken-heading"]);
    let page = project.read("public/a/index.html");
    has(&page, &["id=\"leek--pea\"", "id=\"leek-pea\"", "id=\"leek-pea_1\"", "id=\"_1\"", "id=\"a_1\""]);
    has(&page, &["id=\"caf\u{e9}\"", "id=\"cafe\""]);
}

#[test]
fn the_navigation_of_mkdocs_may_stand_in_lists_of_markdown() {
    let (project, site, said, _) = imported(
        "//- mkdocs.yml\nsite_name: M\nplugins:\n  - literate-nav:\n      nav_file: NAV.md\nmarkdown_extensions:\n  - pymdownx.snippets:\n      auto_append: [inc/words.md]\n\
         //- inc/words.md\n*[HTML]: Hyper\n//- docs/NAV.md\n* [Start](index.md)\n* Dishes\n    * [Soups](soups/)\n//- docs/soups/NAV.md\n* [Pea](pea.md)\n* [Leek](leek.md)\n\
         //- docs/index.md\n# Home\n//- docs/soups/leek.md\n# Leek\n//- docs/soups/pea.md\n# Pea\n",
    );
    has(
        &site,
        &[
            "      - \"Start\": index.md\n      - \"Dishes\":\n          - \"Soups\":\n              - soups/pea.md\n              - soups/leek.md\n",
        ],
    );
    has(&said, &["2 files are left out, first docs/NAV.md: the navigation of MkDocs, and no page"]);
    has(&said, &["what MkDocs puts at the end of every page is on none: inc/words.md (`auto_append`)"]);
    assert!(!project.path("public/NAV/index.html").exists());
}

#[test]
fn settings_of_the_look_of_pages_are_no_words_for_readers() {
    for (config, keys, unseen) in [
        ("mkdocs.yml\nsite_name: M", "hide: [toc, navigation]\nsearch: {boost: 2}", vec!["navigation</", ">toc<"]),
        (
            "hugo.toml\ntitle = 'M'",
            "menu: footer\noutputs: [amp, calendar]\nmarkup: goldmark",
            vec!["footer</li", "amp<", "goldmark"],
        ),
        ("_quarto.yml\nwebsite: {title: M}", "engine: knitr\nformat: html\npage-layout: full", vec!["knitr", "full<"]),
        (".eleventy.js\n//", "templateEngineOverride: njk", vec!["njk"]),
    ] {
        let folder = if config.starts_with("mkdocs") {
            "docs/"
        } else if config.starts_with("hugo") {
            "content/"
        } else {
            ""
        };
        let texts: String = ["a", "b"]
            .map(|name| format!("//- {folder}{name}.md\n---\ntitle: T {name}\n{keys}\n---\nWords.\n"))
            .concat();
        let (project, site, ..) = imported(&format!("//- {config}\n{texts}"));
        has_none(&site, &["fields:"]);
        let files = project.bytes("public");
        let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
        for (_, page) in pages {
            has_none(&String::from_utf8_lossy(page), &unseen);
        }
    }
}

#[test]
fn taxonomies_that_hugo_declares_have_pages_for_their_terms() {
    let text = |n: u32, keys: &str| format!("//- content/posts/p{n}.md\n---\ntitle: P{n}\n{keys}---\nText.\n");
    let texts: String =
        (1..=30).map(|n| text(n, if n == 3 { "series: Soups of a year\n" } else { "tags: [a]\n" })).collect();
    let (project, site, ..) = imported(&format!(
        "//- hugo.toml\ntitle = 'H'\n[taxonomies]\n  tag = 'tags'\n  series = 'series'\n{texts}{}",
        text(31, "series: [Soups of a year, Peas]\n")
    ));
    has(
        &site,
        &[
            "{by: series, url: \"/series/\"}",
            "{by: tags, url: \"/tags/\"}",
            "series: {type: list, of: text} # in 2 of 31 files",
        ],
    );
    has(&project.read("public/series/soups-of-a-year/index.html"), &["/posts/p3/", "/posts/p31/"]);
    has(&project.read("public/posts/p31/index.html"), &["href=\"/series/peas/\""]);
}

#[test]
fn dated_folders_of_zola_lose_their_day_and_names_stay_where_it_says_so() {
    let texts = "//- content/_index.md\n+++\n+++\n//- content/blog/_index.md\n+++\ntitle = \"Blog\"\n+++\n\
         //- content/blog/2024-01-02-My_trip/index.md\n# Trip\n//- content/blog/2024-01-03_Late.md\n# Late\n//- content/About_Us.md\n# About\n";
    let config = "//- config.toml\nbase_url = \"https://z.example\"\n";
    let (project, site, ..) = imported(&format!("{config}{texts}"));
    has(&site, &["address_from: undated # 2 files have their own"]);
    has(&project.read("public/blog/my-trip/index.html"), &["2024-01-02"]);
    has(&project.read("public/blog/late/index.html"), &["2024-01-03"]);
    for paths in ["off", "safe"] {
        let (project, site, ..) = imported(&format!("{config}[slugify]\npaths = \"{paths}\"\n{texts}"));
        has(&site, &["address_from: [undated, file]"]);
        has(&project.read("public/blog/My_trip/index.html"), &["2024-01-02"]);
        assert!(project.path("public/About_Us/index.html").exists(), "{site}");
    }
}

#[test]
fn vuepress_is_called_by_its_name() {
    let config = "import { defaultTheme } from '@vuepress/theme-default'\nexport default {\n  title: 'V',\n  theme: defaultTheme({\n    navbar: [{ text: 'Guide', link: '/guide/' }],\n    sidebar: { '/guide/': ['', { text: 'More', children: ['why.md'] }] },\n  }),\n  pagePatterns: ['**/*.md', '!**/parts/*.md'],\n}\n";
    let texts =
        "//- README.md\n# V\n//- guide/README.md\n# Guide\n//- guide/why.md\n# Why\n//- guide/parts/x.md\n# X\n";
    let (project, site, said, _) = imported(&format!("//- .vuepress/config.ts\n{config}{texts}"));
    has(
        &format!("{site}{said}"),
        &["Drafted by `limber import` from VuePress", "written for VuePress", "`pagePatterns` of VuePress"],
    );
    has_none(&format!("{site}{said}"), &["VitePress"]);
    has(&site, &["- guide/README.md\n      - \"More\":\n          - guide/why.md", "title: \"Guide\""]);
    assert!(project.path("public/guide/why.html").exists() && !project.path("public/guide/parts").exists());
}

#[test]
fn wikilinks_of_dendron_have_their_label_first() {
    let note = |name: &str, id: &str, text: &str| {
        format!("//- vault/{name}.md\n---\nid: {id}\ntitle: {name}\ncreated: 1640000000000\n---\n{text}\n")
    };
    let (project, site, said, built) = imported(&format!(
        "//- dendron.yml\nworkspace:\n  vaults:\n    - fsPath: vault\n{}{}",
        note(
            "root",
            "root",
            "[[Leeks|veg.leek]], [[veg.leek]], [[how|veg.leek#^grow]], [[cold|veg.leek#storing]], [[far|dendron://vault/veg.leek]]\n\n![[veg.leek#storing]]"
        ),
        note("veg.leek", "x1Y", "It grows. ^grow\n\n## Storing\n\nKeep it cold.")
    ));
    has(&format!("{site}{said}"), &["from Dendron", "written for Dendron", "dialect: dendron", "home: vault/root.md"]);
    has_none(&format!("{site}{built}"), &["link-broken", "created: integer", "markdown-unread"]);
    let page = project.read("public/index.html");
    has(&page, &[">Leeks</a>", ">veg.leek</a>", ">how</a>", ">cold</a>", ">far</a>", "Keep it cold.", "/notes/x1Y/"]);
}

#[test]
fn sidebars_of_quarto_may_name_all_that_is_there() {
    let texts =
        "//- index.qmd\n# Home\n//- about.qmd\n# About\n//- soups/index.qmd\n# Soups\n//- soups/leek.qmd\n# Leek\n";
    let (_, site, ..) =
        imported(&format!("//- _quarto.yml\nwebsite:\n  title: Q\n  sidebar:\n    contents: auto\n{texts}"));
    has(&site, &["      - index.qmd\n      - about.qmd\n      - soups/index.qmd:\n          - soups/leek.qmd\n"]);
}

#[test]
fn shortcodes_that_are_drawn_are_not_listed() {
    let text = "---\ntitle: A\n---\n{{< figure src=\"a.svg\" alt=\"An A\" >}}\n\n{{< highlight go >}}\n{{< inner >}}\n{{< /highlight >}}\n\n{{< comment >}}\n{{< hidden >}}\n{{< /comment >}}\n\n{{< ref \"b\" >}}\n\n{{< figure src=\"a.svg\" link=\"/x/\" >}}\n";
    let (_, _, said, _) =
        imported(&format!("//- hugo.toml\ntitle = 'H'\n//- content/a.md\n{text}//- content/a.svg\n<svg/>\n"));
    has(&said, &["{{< figure >}}  once, first at content/a.md:16", "{{< ref >}}     once, first at content/a.md:14"]);
    has_none(&said, &["inner", "hidden", "highlight"]);
}

#[test]
fn a_folder_that_projects_share_names_no_site() {
    let title = |folder: &str, files: &str| {
        let project = Project::bare(files);
        project.runs(&["import", folder]);
        project.read(&format!("{folder}/site.yaml")).lines().nth(1).unwrap_or_default().to_string()
    };
    for folder in ["vault", "notes", "docs", "content", "src"] {
        let at = |above: &str| format!("{above}{folder}");
        assert_eq!(
            title(folder, &format!("//- {folder}/Home.md\n# A garden\n//- {folder}/b.md\n# B\n")),
            "title: A garden"
        );
        let own = format!("//- leeks/{folder}/Home.md\n# Home\n//- leeks/{folder}/b.md\n# B\n");
        assert_eq!(title(&at("leeks/"), &own), "title: Leeks");
    }
    assert_eq!(title("leeks", "//- leeks/Home.md\n# A garden\n"), "title: Leeks");
}

#[test]
fn a_vault_may_lie_in_a_folder_of_a_repository() {
    let vault = "//- README.md\n# A repository\n//- content/.obsidian/app.json\n{}\n//- content/Home.md\n# Welcome\n\n[[deep/Leek]]\n//- content/deep/Leek.md\n# Leek\n//- content/Pea.md\n# Pea\n";
    let (project, site, said, built) = imported(vault);
    has(&site, &["folder: content", "url: \"/{slug}/\"", "home: content/Home.md"]);
    has(&said, &["1 Markdown file lies in no folder that the site reads, and is on no page: . (1)"]);
    has_none(&built, &["link-broken"]);
    has(&project.read("public/index.html"), &["Welcome", "href=\"/deep/leek/\""]);
}

#[test]
fn a_copy_has_no_site_that_was_built_in_the_folder() {
    let project = Project::bare("//- notes/a.md\n# A\n//- notes/public-talks/b.md\n# B\n");
    project.runs(&["import", "notes"]);
    project.runs(&["--root", "notes", "build"]);
    project.remove("notes/site.yaml");
    let into = Project::bare("");
    let copy = into.path("copy");
    project.runs(&["import", "notes", "--into", copy.to_str().unwrap()]);
    assert!(!into.path("copy/public").exists() && into.path("copy/public-talks/b.md").exists());
    into.runs(&["--root", "copy", "build"]);
}

#[test]
fn the_host_of_a_site_may_stand_in_a_file_of_its_own() {
    let posts = "//- _posts/2024-01-02-a.md\n---\nlayout: post\n---\nA.\n//- index.html\n---\n---\nHome\n//- README.md\n# For code hosts\n";
    let (project, site, said, _) = imported(&format!("//- _config.yml\ntitle: J\n//- CNAME\nsoup.example\n{posts}"));
    has(&site, &["base_url: https://soup.example/"]);
    has(&said, &["README.md is left out: another file is the home page, and this one is for code hosts"]);
    has_none(&said, &["`base_url` is an example"]);
    has_none(&project.read("public/index.html"), &["For code hosts"]);
}

#[test]
fn sites_of_docsify_have_their_sidebar_and_callouts() {
    let start = "<script>\n  window.$docsify = {\n    name: 'Soups',\n    loadSidebar: true,\n    plugins: [function (hook) { hook.init(function () {}); }],\n  };\n</script>\n";
    let (project, site, said, built) = imported(&format!(
        "//- docs/index.html\n{start}//- docs/_sidebar.md\n- Warm\n  - [Leek soup](leek.md)\n- [Home](/)\n//- docs/_coverpage.md\n# Soups\n//- docs/_navbar.md\n- [Leeks](/leek)\n\
         //- docs/README.md\n# Start\n\n!> Hot\n\n[sow](leek?id=sow-it)\n//- docs/leek.md\n# Leek\n\n## Sowing :id=sow-it\n\n?> Early\n"
    ));
    has(&site, &["from Docsify", "title: Soups", "dialect: docsify"]);
    has(&site, &["      - \"Warm\":\n          - \"Leek soup\": docs/leek.md\n".replace("docs/", "").as_str()]);
    has(&said, &["are left out, first docs/_coverpage.md: a part of the frame of Docsify, and no page"]);
    has_none(&built, &["link-broken"]);
    let home = project.read("public/index.html");
    has(&home, &["alert-important", "<p>Hot</p>", "href=\"/leek/#sow-it\""]);
    has(&project.read("public/leek/index.html"), &["id=\"sow-it\">Sowing</h2>", "alert-tip", "<p>Early</p>"]);
}
