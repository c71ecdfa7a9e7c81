//! `limber import`: pages and files of a folder that was written for another tool keep the addresses that it gave them.

use crate::harness::Project;

/// Drafts a declaration and builds with it. Gives the declaration, what was said, and every file of the site.
#[track_caller]
fn imported(project: &Project) -> (String, String, Vec<String>) {
    let ran = project.run(&["import", "."]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let site = project.read("site.yaml");
    let built = project.run(&["build"]);
    assert_eq!(built.code, Some(0), "{site}\n{}", built.err);
    let output = site.lines().find_map(|line| line.strip_prefix("output: ")).unwrap_or("public");
    let output = output.split(' ').next().unwrap_or_default();
    let files = project.bytes(output).into_keys().collect();
    (site, ran.err, files)
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "there is no `{part}` in:\n{text}");
    }
}

#[track_caller]
fn published(files: &[String], wanted: &[&str]) {
    for file in wanted {
        assert!(files.iter().any(|known| known == file), "there is no `{file}` among {files:#?}");
    }
}

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"/>\n";

#[test]
fn the_static_files_of_a_tool_are_published_where_it_has_them() {
    let page = "# Leek\n\n![green](/img/leek.svg)\n";
    for (config, text, folder) in [
        (".vitepress/config.mjs//-- ", "index.md", "public"),
        ("docs/.vitepress/config.mjs//-- ", "docs/index.md", "docs/public"),
        ("astro.config.mjs//-- ", "src/content/docs/index.md", "public"),
        ("astro.config.mjs//-- publicDir: './kept',", "src/content/docs/index.md", "kept"),
        (
            "website/docusaurus.config.js//-- presets: [['classic', {docs: {path: '../docs'}}]],",
            "docs/index.md",
            "website/static",
        ),
        ("docusaurus.config.js//-- staticDirectories: ['files'],", "docs/index.md", "files"),
        (
            "eleventy.config.js//-- })\n  c.addPassthroughCopy({ './public/': '/' })\n  // c.addPassthroughCopy('old')\n",
            "index.md",
            "public",
        ),
        ("hugo.toml//staticDir = [\"kept\"]\n", "content/_index.md", "kept"),
    ] {
        let (config, program) = config.split_once("//").unwrap();
        let program = program
            .strip_prefix("-- ")
            .map_or(program.to_string(), |keys| format!("export default {{\n  {keys}\n}}\n"));
        let project = Project::bare(&format!(
            "//- {config}\n{program}//- {text}\n{page}//- {folder}/img/leek.svg\n{PICTURE}//- {folder}/robots.txt\nUser-agent: *\n//- old/x.txt\nx\n"
        ));
        let (site, said, files) = imported(&project);
        has(
            &site,
            &[
                &format!("  {folder}: \"/\"\n"),
                "pages: {robots: false",
                &format!("}} # `{folder}/robots.txt` is there"),
            ],
        );
        published(&files, &["img/leek.svg", "robots.txt", "index.html"]);
        assert!(!site.contains("image-missing"), "{site}");
        assert!(!files.iter().any(|file| file.contains("media") || file.contains("x.txt")), "{files:?}");
        assert_eq!(site.contains("output: _site"), folder == "public", "{site}");
        assert_eq!(said.contains("writes the site into `_site/`"), folder == "public", "{said}");
    }
}

#[test]
fn folders_that_a_tool_copies_keep_their_addresses() {
    let project = Project::bare(&format!(
        "//- eleventy.config.js\nexport default function (c) {{\n  c.addPassthroughCopy('src/img');\n  c.addPassthroughCopy('src/robots.txt');\n  c.addPassthroughCopy('more/*.png');\n}}\nexport const config = {{ dir: {{ input: 'src' }} }};\n\
         //- src/index.md\n# A\n\n![x](/img/a.svg)\n//- src/img/a.svg\n{PICTURE}//- src/robots.txt\nUser-agent: *\n"
    ));
    let (site, _, files) = imported(&project);
    has(&site, &["  src/img: \"/img\"\n", "  src/robots.txt: \"/robots.txt\"\n", "# `src/robots.txt` is there"]);
    published(&files, &["img/a.svg", "robots.txt"]);
    let project = Project::bare(&format!(
        "//- _config.yml\ntitle: A\n//- index.md\n# A\n\n![x](/assets/a.svg)\n//- assets/a.svg\n{PICTURE}//- assets/b.bin\nb\n//- robots.txt\n---\n---\n{{{{ x }}}}\n"
    ));
    let (site, _, files) = imported(&project);
    has(&site, &["  assets: \"/assets\"\n"]);
    published(&files, &["assets/a.svg", "assets/b.bin", "robots.txt"]);
    assert!(!site.contains("robots: false"), "{site}");
}

#[test]
fn numbers_before_names_give_the_order_of_documents_of_docusaurus_and_belong_to_no_address() {
    let config = "//- docusaurus.config.js\nmodule.exports = {\n  title: 'A',\n};\n";
    let texts = "//- docs/02-use.md\n# Use\n\n[first](./01-Start/02-first.md) [of the site](@site/docs/03-more/a.md)\n\
         //- docs/01-Start/_category_.json\n{\"label\": \"Getting going\", \"position\": 1}\n\
         //- docs/01-Start/02-first.md\n---\nid: one\n---\n# First\n//- docs/01-Start/01-second.md\nNo title.\n\
         //- docs/03-more/_category_.yml\nlabel: More\nlink: {type: doc, id: b}\n//- docs/03-more/a.md\n# A\n//- docs/03-more/b.md\n---\nsidebar_position: 1\n---\n# B\n\
         //- docs/04-own/index.md\n# Own words\n//- docs/04-own/z.md\n# Z\n//- docs/04-own/y.md\n---\nsidebar_position: 0\nslug: why\n---\n# Y\n\
         //- docs/intro.md\n---\nslug: /\nsidebar_position: 1.5\n---\n# Intro\n//- docs/05-Eat/eat.md\n# Eat\n//- docs/05-Eat/more.md\n# More\n//- docs/06-hidden.md\n---\nunlisted: true\n---\n# Hidden\n\
         //- docs/2024-05-06-news.md\n# News\n";
    let project = Project::bare(&format!("{config}{texts}"));
    let (site, _, files) = imported(&project);
    has(
        &site,
        &[
            "address_from: [slug, id, unnumbered] # ",
            "      - \"Getting going\":\n          - \"01-Start/01-second.md\"\n          - \"01-Start/02-first.md\"\n      - \"03-more/b.md\":\n          - \"03-more/a.md\"\n      - intro.md\n      - \"02-use.md\"\n      - \"04-own/index.md\":\n          - \"04-own/y.md\"\n          - \"04-own/z.md\"\n      - \"05-Eat/eat.md\":\n          - \"05-Eat/more.md\"\n      - \"2024-05-06-news.md\"\n",
        ],
    );
    published(
        &files,
        &[
            "docs/Start/one/index.html",
            "docs/Start/second/index.html",
            "docs/use/index.html",
            "docs/more/a/index.html",
            "docs/own/index.html",
            "docs/own/why/index.html",
            "docs/Eat/index.html",
            "docs/Eat/more/index.html",
            "docs/index.html",
            "docs/2024-05-06-news/index.html",
        ],
    );
    assert!(!site.contains("link-broken"), "{site}");
    assert!(project.read("public/docs/Start/second/index.html").contains("<h1>second</h1>"));
    let folders = "//- sidebars.js\nmodule.exports = {\n  docs: [{type: 'category', label: 'All', items: [{type: 'autogenerated', dirName: '04-own'}]}],\n};\n";
    let (site, ..) = imported(&Project::bare(&format!("{config}{folders}{texts}")));
    has(
        &site,
        &[
            "      - \"All\":\n          - \"04-own/y.md\"\n          - \"04-own/index.md\"\n          - \"04-own/z.md\"\n",
        ],
    );
    let as_typed = config.replace("title", "presets: [['classic', {docs: {numberPrefixParser: false}}]],\n  title");
    let (_, _, files) = imported(&Project::bare(&format!("{as_typed}{texts}")));
    published(&files, &["docs/02-use/index.html", "docs/01-Start/one/index.html"]);
}

#[test]
fn folders_of_starlight_are_groups_in_the_order_of_their_texts() {
    let texts = "//- src/content/docs/index.mdx\n# A\n//- src/content/docs/use/b.md\n# B\n//- src/content/docs/use/a.md\n---\ntitle: A\nsidebar: {order: 2}\n---\n\
         //- src/content/docs/use/deep/c.md\n---\ntitle: C\nsidebar: {order: 1}\n---\n//- src/content/docs/use/h.md\n---\ntitle: H\nsidebar: {hidden: true}\n---\n";
    let program = |sidebar: &str| {
        format!(
            "//- astro.config.mjs\nexport default defineConfig({{ integrations: [starlight({{ title: 'T'{sidebar} }})] }});\n{texts}"
        )
    };
    let below = "          - \"deep\":\n              - use/deep/c.md\n          - use/a.md\n          - use/b.md\n";
    let (site, ..) =
        imported(&Project::bare(&program(", sidebar: [{ label: 'Use it', autogenerate: { directory: 'use' } }]")));
    has(&site, &[&format!("      - \"Use it\":\n{below}")]);
    let (site, ..) = imported(&Project::bare(&program("")));
    has(&site, &[&format!("      - \"use\":\n{below}      - index.mdx\n")]);
}

#[test]
fn documents_of_docusaurus_have_the_addresses_of_their_ids_and_slugs() {
    let project = Project::bare(
        "//- docusaurus.config.js\nconst page = {\n  path: '/play/',\n};\nmodule.exports = {\n  presets: [['classic', ({docs: {routeBasePath: 'guide'}})]],\n  plugins: [\n    'other',\n    ['@docusaurus/plugin-content-docs', {id: 'people', path: 'people', routeBasePath: '/who', sidebarPath: require.resolve('./x')}],\n  ],\n};\n\
         //- sidebars.js\nmodule.exports = {\n  docs: ['getting-started', {type: 'category', label: 'API', items: ['api/first', 'api/Second_Part']}],\n};\n\
         //- docs/GettingStarted.md\n---\nid: getting-started\ntitle: Start\n---\nGo.\n\
         //- docs/intro.md\n---\nslug: /\n---\n# Intro\n//- docs/api/One.md\n---\nid: first\n---\n# One\n\n[start](../GettingStarted.md)\n\
         //- docs/api/Second_Part.md\n# Two\n//- docs/api/third.md\n---\nslug: drei\n---\n# Three\n//- docs/api/more/fourth.md\n---\nslug: /far/away\n---\n# Four\n\
         //- people/ann.md\n# Ann\n",
    );
    let (site, _, files) = imported(&project);
    has(&site, &["address_from: [slug, id, file] # ", "url: \"/guide/{slug}/\"", "url: \"/who/{slug}/\""]);
    has(&site, &["- GettingStarted.md\n", "- api/One.md\n", "- api/Second_Part.md\n"]);
    published(
        &files,
        &[
            "guide/getting-started/index.html",
            "guide/index.html",
            "guide/api/first/index.html",
            "guide/api/Second_Part/index.html",
            "guide/api/drei/index.html",
            "guide/far/away/index.html",
            "who/ann/index.html",
        ],
    );
}

#[test]
fn pages_of_zola_and_hugo_have_the_addresses_that_they_say() {
    let project = Project::bare(
        "//- config.toml\nbase_url = \"https://z.example\"\n//- content/_index.md\n# Z\n//- content/a.md\n+++\ntitle = \"A\"\npath = \"2026/03/1.94.1-release\"\n+++\nText.\n\
         //- content/deep/b.md\n+++\ntitle = \"B\"\nslug = \"bee\"\n+++\n[a](@/a.md) [a](/2026/03/1.94.1-release/)\n//- content/deep/c.md\n+++\ntitle = \"C\"\n+++\nText.\n",
    );
    let (site, _, files) = imported(&project);
    has(&site, &["address_from: [path, slug] # 2 files have their own"]);
    published(&files, &["2026/03/1.94.1-release/index.html", "deep/bee/index.html", "deep/c/index.html"]);
    assert!(!site.contains("link-broken"), "{site}");
    let project = Project::bare(
        "//- hugo.toml\nbaseURL = 'https://h.example/'\n//- content/_index.md\n# H\n//- content/a.md\n---\nurl: /x/y\n---\n# A\n//- content/deep/v1.2.md\n# B\n//- content/deep/c.md\n---\nslug: sea\n---\n# C\n",
    );
    let (site, _, files) = imported(&project);
    has(&site, &["address_from: [permalink, slug, file] # 3 files have their own"]);
    published(&files, &["x/y/index.html", "deep/v1.2/index.html", "deep/sea/index.html"]);
}

#[test]
fn keys_in_capitals_mean_what_they_mean_in_small_letters() {
    let post = |n: u32| {
        format!(
            "//- content/posts/p{n}.md\n---\nTitle: Post {n}\nDate: 2024-01-0{n}\nSlug: own-{n}\nTAGS: [soup]\nlevel: easy\nAliases: [/old/{n}/]\nWeight: {n}\n---\nText {n}.\n"
        )
    };
    let posts: String = (1..=3).map(post).collect();
    let project = Project::bare(&format!(
        "//- hugo.toml\nbaseURL = 'https://h.example/'\n//- content/_index.md\n# H\n{posts}\
         //- content/posts/p4.md\n+++\ntitle = \"Post 4\"\ndate = 2024-01-04\ntags = [\"soup\"]\nLevel = \"hard\"\nURL = \"/whole/\"\n+++\nText.\n\
         //- content/posts/p5.md\n---\nTitle: Hidden\nDraft: true\n---\nText.\n\
         //- content/posts/p6.md\n---\ntitle: Both\nTitle: Other\n---\nText.\n"
    ));
    let (site, _, files) = imported(&project);
    published(&files, &["posts/own-1/index.html", "whole/index.html", "old/2/index.html", "tags/index.html"]);
    assert!(!files.iter().any(|file| file.contains("p5") || file.contains("own-5")), "{files:?}");
    has(&project.read("public/posts/own-1/index.html"), &["Post 1</h1>", "2024-01-01", "easy"]);
    has(&project.read("public/whole/index.html"), &["Post 4</h1>", "2024-01-04", "hard"]);
    has(&project.read("public/posts/p6/index.html"), &["Both</h1>"]);
    has(&site, &["tags: {type: list, of: text} # in 4 of 6 files", "redirects: aliases # 3 old addresses"]);
    assert!(!site.contains("Slug: text") && !site.contains("Level:"), "{site}");
}

#[test]
fn a_page_that_every_site_has_is_not_made_twice() {
    let project = Project::bare(
        "//- .eleventy.js\nexport default 1\n//- index.md\n# A\n//- lost.md\n---\npermalink: 404.html\n---\n# Lost\n",
    );
    let (site, said, _) = imported(&project);
    has(&site, &["- \"/lost.md\" # `/404.html` is the address of a page that every site has"]);
    has(&said, &["lost.md is left out"]);
}

#[test]
fn posts_of_docusaurus_keep_the_dots_of_their_names() {
    let project = Project::bare(
        "//- docusaurus.config.js\nexport default 1\n//- docs/a.md\n# A\n//- blog/2018-12-03-7.2.0.md\n---\ntitle: Seven\n---\nText.\n//- blog/2018-07-27-more.md\n---\nslug: no\n---\n# More\n",
    );
    let (site, _, files) = imported(&project);
    has(&site, &["url: \"/blog/{year}/{month}/{day}/{name}/\"", "address_from: file"]);
    published(&files, &["blog/2018/12/03/7.2.0/index.html", "blog/2018/07/27/more/index.html"]);
}

#[test]
fn vitepress_may_move_a_folder() {
    let project = Project::bare(
        "//- .vitepress/config.ts\nexport default {\n  srcDir: 'src',\n  rewrites: {\n    'en/:rest*': ':rest*',\n    'a.md': 'b.md',\n  },\n}\n\
         //- src/en/index.md\n# Home\n//- src/en/guide/Why.md\n# Why\n//- src/de/guide/why.md\n# Warum\n//- README.md\n# Of the repository\n",
    );
    let (site, said, files) = imported(&project);
    has(&site, &["folder: src/en\n    url: \"/{slug}.html\"", "address_from: file # 1 name as typed"]);
    has(
        &said,
        &[
            "1 line of `rewrites` not taken over",
            "1 Markdown file lies in no folder that the site reads, and is on no page",
        ],
    );
    published(&files, &["index.html", "guide/Why.html", "de/guide/why.html"]);
}

#[test]
fn addresses_that_a_configuration_gives_to_sections_of_hugo_stay() {
    let page = |title: &str, more: &str| format!("---\ntitle: {title}\ndate: 2024-05-06\n{more}---\nText.\n");
    for (permalinks, wanted) in [
        ("[permalinks]\nposts = '/:year/:month/:slug/'", ["2024/05/a-long-way/index.html", "2024/05/short/index.html"]),
        (
            "[permalinks.page]\nposts = '/blog/:year-:month-:day/:filename/'",
            ["blog/2024-05-06/a/index.html", "blog/2024-05-06/b/index.html"],
        ),
        ("[permalinks.page]\nposts = '/:sections/:slugorfilename/'", ["posts/a/index.html", "posts/short/index.html"]),
    ] {
        let project = Project::bare(&format!(
            "//- hugo.toml\ntitle = 'H'\n{permalinks}\n//- content/_index.md\n# H\n//- content/posts/a.md\n{}//- content/posts/b.md\n{}//- content/about.md\n# About\n",
            page("A long way", ""),
            page("B", "slug: short\n"),
        ));
        let (_, _, files) = imported(&project);
        published(&files, &wanted);
        published(&files, &["about/index.html"]);
    }
    let project = Project::bare(
        "//- hugo.toml\ntitle = 'H'\npermalinks = {posts = '/:monthname/:slug/'}\n//- content/posts/a.md\n# A\n",
    );
    has(&imported(&project).1, &["`/:monthname/:slug/` of `permalinks` not taken over"]);
}

#[test]
fn a_day_before_the_name_of_a_file_of_zola_is_its_date_and_no_part_of_its_address() {
    let project = Project::bare(
        "//- config.toml\nbase_url = \"https://z.example\"\n//- content/_index.md\n+++\n+++\n//- content/2024-01-02-dated.md\n# Dated\n//- content/deep/2024-01-03-more.md\n# More\n",
    );
    let (site, _, files) = imported(&project);
    has(&site, &["address_from: undated # 2 files have their own\n"]);
    published(&files, &["dated/index.html", "deep/more/index.html"]);
    has(&project.read("public/dated/index.html"), &["2024-01-02"]);
    let project = Project::bare(
        "//- config.toml\nbase_url = \"https://z.example\"\n//- content/_index.md\n+++\n+++\n//- content/a.md\n+++\npath = \"2024/05/06/a\"\n+++\nText.\n//- content/b.md\n+++\npath = \"more/2024/05/07/b\"\n+++\nText.\n",
    );
    let (site, _, files) = imported(&project);
    has(&site, &["order: [-date]"]);
    assert!(!site.contains("path: text"), "{site}");
    published(&files, &["2024/05/06/a/index.html", "more/2024/05/07/b/index.html"]);
    has(&project.read("public/more/2024/05/07/b/index.html"), &["2024-05-07"]);
}

#[test]
fn categories_and_defaults_of_jekyll_are_part_of_addresses() {
    let project = Project::bare(
        "//- _config.yml\ntitle: J\n//- index.md\n# J\n//- _posts/2024-01-02-a.md\n---\ncategories: [News, big Pots]\n---\n# A\n//- _posts/2024-01-03-b.md\n# B\n//- _posts/2024-01-04-c.md\n---\ncategories: one two\n---\n# C\n",
    );
    let (site, _, files) = imported(&project);
    has(&site, &["url: \"/{categories}/{year}/{month}/{day}/{name}.html\""]);
    published(&files, &["news/big-pots/2024/01/02/a.html", "2024/01/03/b.html", "one/two/2024/01/04/c.html"]);
    let project = Project::bare(
        "//- _config.yml\ntitle: J\ndefaults:\n  - scope: {path: '', type: posts}\n    values: {permalink: '/blog/:year/:title/'}\n//- index.md\n# J\n//- _posts/2024-01-02-a.md\n# A\n",
    );
    published(&imported(&project).2, &["blog/2024/a/index.html"]);
}

#[test]
fn the_folder_of_a_book_on_its_host_and_endings_of_addresses_are_known() {
    let project = Project::bare(
        "//- book.toml\n[book]\ntitle = \"B\"\n[output.html]\nsite-url = \"/book/\"\n//- src/SUMMARY.md\n- [A](a.md)\n//- src/a.md\n# A\n",
    );
    has(&imported(&project).0, &["base_url: https://example.org/book"]);
    let project = Project::bare(
        "//- mkdocs.yml\nsite_name: M\nuse_directory_urls: false\ntheme: {name: material, language: fr}\n\
         //- docs/index.md\n# M\n\n[use](use/index.md) [b](use/b.md#x) <a href=\"use/b.html\">b</a>\n//- docs/use/index.md\n# Use\n\n[b](b.md) [b](b.html)\n\
         //- docs/use/b.md\n# B\n\n## X\n\n[home](../index.md) [up](index.md) ![p](../img/p.svg)\n//- docs/img/p.svg\n<svg/>\n",
    );
    let (site, _, files) = imported(&project);
    published(&files, &["index.html", "use/index.html", "use/b.html"]);
    has(&project.read("public/index.html"), &["href=\"/use/\"", "href=\"/use/b.html#x\"", "href=\"/use/b.html\""]);
    has(&project.read("public/use/index.html"), &["href=\"/use/b.html\""]);
    has(&project.read("public/use/b.html"), &["href=\"/\"", "href=\"/use/\"", "<img src=\""]);
    assert!(!site.contains("link-broken") && !site.contains("image-missing"), "{site}");
    has(&site, &["language: fr"]);
}

#[test]
fn the_language_of_a_folder_is_guessed_from_its_letters() {
    let project = Project::bare("//- a.md\n# ねぎ\n\nねぎは野菜です。\n");
    let (site, said, _) = imported(&project);
    has(&site, &["language: ja"]);
    has(&said, &["note: `language: ja` is guessed from the letters of the texts"]);
    let project = Project::bare("//- a.md\n# Leek\n\nねぎ\n\nA vegetable of the winter.\n");
    has(&imported(&project).0, &["language: en"]);
}

#[test]
fn formulas_of_notes_are_drawn_and_signs_of_notes_named() {
    let project = Project::bare(
        "//- .obsidian/app.json\n{}\n//- a.md\nLet $x$ be ==big== #tag/deep and [due:: soon] (hid:: v).\n//- b.md\nIt is $5 and $6, a == b.\n",
    );
    let (site, said, _) = imported(&project);
    has(&said, &["==marked==", "#tag", "[key:: value]", "(key:: value)"]);
    assert!(!said.contains("<% template %>"), "{said}");
    match cfg!(feature = "math") {
        true => has(&site, &["math: true"]),
        false => has(&said, &["formulas in 1 file, first a.md, are shown as they were typed"]),
    }
}

#[test]
fn what_lies_beside_texts_keeps_its_address_where_the_tool_publishes_it_as_it_is() {
    let files = |folder: &str| {
        format!(
            "//- {folder}/img/leek.svg\n{PICTURE}//- {folder}/CNAME\nleek.example\n//- {folder}/schema/a.json\n{{}}\n//- {folder}/.hidden\nx\n//- {folder}/soups/pea.svg\n{PICTURE}"
        )
    };
    let page = "# Leek\n\n![green](img/leek.svg) ![pea](soups/pea.svg)\n";
    for (config, folder, home) in [
        ("//- mkdocs.yml\nsite_name: M\n", "docs", "index.md"),
        (
            "//- book.toml\n[book]\ntitle = 'B'\n//- src/SUMMARY.md\n- [Leek](index.md)\n- [Soup](soups/index.md)\n",
            "src",
            "index.md",
        ),
        ("//- config.toml\nbase_url = 'https://z.example'\n", "content", "_index.md"),
        ("//- hugo.toml\ntitle = 'H'\n", "content", "_index.md"),
    ] {
        let project = Project::bare(&format!(
            "{config}//- {folder}/{home}\n{page}//- {folder}/soups/index.md\n# Soup\n\n![pea](pea.svg)\n{}",
            files(folder)
        ));
        let (site, _, files) = imported(&project);
        has(&site, &[&format!("  {folder}: \"/\"\n")]);
        published(&files, &["img/leek.svg", "CNAME", "schema/a.json", "soups/pea.svg"]);
        let lost = |file: &&String| file.contains("media") || file.ends_with(".md") || file.contains("hidden");
        assert_eq!(files.iter().find(lost), None, "{config}{files:?}");
        let html = String::from_utf8_lossy(&project.bytes("public")["index.html"]).into_owned();
        has(&html, &["src=\"/img/leek.svg\"", "src=\"/soups/pea.svg\""]);
    }
}

#[test]
fn the_data_file_of_a_folder_of_eleventy_gives_addresses_to_its_texts() {
    let project = Project::bare(
        "//- .eleventy.js\nmodule.exports = function (c) {\n  return { dir: { input: \"src/site\", data: \"_data\" } };\n};\n\
         //- src/site/index.md\n# Home\n\n[Ann](/blog/ann/)\n//- src/site/blog/blog.json\n{\n\t\"permalink\": \"/blog/{{ page.fileSlug }}/\"\n}\n\
         //- src/site/blog/2019-12-18-ann.md\n# Ann\n//- src/site/blog/ben.md\n# Ben\n//- src/site/talks/talks.11tydata.js\nmodule.exports = { permalink: \"/{{ x }}/\" };\n//- src/site/talks/one.md\n# One\n",
    );
    project.write("src/site/notes/notes.json", "{\"permalink\": false}");
    project.write("src/site/notes/hush.md", "# Hush\n");
    let (site, said, files) = imported(&project);
    has(&site, &["/src/site/notes/hush.md"]);
    assert!(!files.iter().any(|file| file.contains("hush")), "{files:?}");
    has(&site, &["folder: src/site/blog\n    url: \"/blog/{name}/\"", "address_from: undated"]);
    has(&said, &["`permalink: /{{ x }}/` of a folder not taken over"]);
    published(&files, &["blog/ann/index.html", "blog/ben/index.html", "talks/one/index.html", "index.html"]);
    assert!(!site.contains("link-broken"), "{site}");
}

#[test]
fn redirects_of_a_tool_are_those_of_the_site() {
    let mkdocs = Project::bare(
        "//- mkdocs.yml\nsite_name: M\nplugins:\n  - search\n  - redirects:\n      redirect_maps:\n        old.md: guide/index.md#two\n        a/README.md: index.md\n        away.md: https://m.example/\n        lost.md: none.md\n\
         //- docs/index.md\n# M\n//- docs/guide/index.md\n# Guide\n\n## Two\n",
    );
    let (site, said, files) = imported(&mkdocs);
    published(&files, &["old/index.html", "a/index.html", "away/index.html"]);
    has(&mkdocs.read("public/old/index.html"), &["url=/guide/#two\""]);
    has(&mkdocs.read("public/away/index.html"), &["url=https://m.example/"]);
    has(&said, &["1 redirect of MkDocs not taken over", "lost.md to none.md"]);
    assert!(!site.contains("lost"), "{site}");
    let zola = Project::bare(
        "//- config.toml\nbase_url = 'https://z.example'\ngenerate_feeds = true\n//- content/_index.md\n+++\n+++\n//- content/docs/_index.md\n+++\nredirect_to = 'docs/start/'\n+++\nStale.\n\
         //- content/docs/start.md\n+++\ntitle = 'Start'\ndate = 2024-01-02\n+++\nText.\n",
    );
    let (site, _, files) = imported(&zola);
    has(&site, &["/content/docs/_index.md", "pages: {feed: {url: /atom.xml}}"]);
    published(&files, &["docs/start/index.html", "atom.xml", "docs/index.html"]);
    let led = zola.read("public/docs/index.html");
    has(&led, &["url=/docs/start/\""]);
    assert!(!led.contains("Stale"), "{led}");
    let docusaurus = Project::bare(
        "//- docusaurus.config.js\nmodule.exports = {\n  title: 'D',\n  plugins: [['@docusaurus/plugin-client-redirects', {redirects: [{from: ['/old', '/older'], to: '/docs/a'}, {from: '/all/*', to: '/docs/a'}]}]],\n};\n\
         //- docs/a.md\n# A\n//- docs/b.md\n# B\n",
    );
    let (_, said, files) = imported(&docusaurus);
    published(&files, &["old/index.html", "older/index.html"]);
    has(&said, &["/all/* to /docs/a"]);
    let astro = Project::bare(
        "//- astro.config.mjs\nexport default {\n  site: 'https://a.example',\n  redirects: {'/old': '/b', '/was': {status: 302, destination: '/b'}, '/x/[...slug]': '/b'},\n};\n\
         //- src/content/docs/b.md\n---\ntitle: B\n---\nText.\n//- netlify.toml\n[[redirects]]\nfrom = '/n'\nto = '/b/'\n[[redirects]]\nfrom = '/app/*'\nto = '/x'\nstatus = 200\n",
    );
    let (_, said, files) = imported(&astro);
    published(&files, &["old/index.html", "was/index.html", "n/index.html"]);
    has(&said, &["1 redirect of Astro not taken over", "/x/[...slug] to /b"]);
}

#[test]
fn links_to_files_beside_the_site_lead_to_the_repository_of_the_tool() {
    let text = "# A\n\n[code](../src/x.rs#L3) [other](../../other/y.md) [std](../std/index.html) [b](b.md)\n";
    let files = |config: &str, folder: &str| {
        Project::bare(&format!("{config}//- {folder}/a.md\n{text}//- {folder}/b.md\n# B\n"))
    };
    let book = files(
        "//- book.toml\n[book]\ntitle = 'B'\n[output.html]\ngit-repository-url = 'https://github.com/o/r'\nedit-url-template = 'https://github.com/o/r/edit/main/doc/{path}'\n//- src/SUMMARY.md\n- [A](a.md)\n- [B](b.md)\n",
        "src",
    );
    let (site, _, _) = imported(&book);
    has(&site, &["links: {repository: \"https://github.com/o/r/blob/main/doc/\"}", "link-broken: warning # 2"]);
    let page = book.read("public/index.html");
    has(&page, &["href=\"https://github.com/o/r/blob/main/other/y.md\"", "href=\"/b.html\""]);
    let docs = files(
        "//- mkdocs.yml\nsite_name: M\nrepo_url: https://github.com/o/r/\n//- .git/HEAD\nref: refs/heads/main\n",
        "docs",
    );
    let (site, _, _) = imported(&docs);
    has(&site, &["links: {repository: \"https://github.com/o/r/blob/HEAD/\"}"]);
    has(&docs.read("public/a/index.html"), &["href=\"https://github.com/o/r/blob/HEAD/src/x.rs#L3\""]);
    // Nothing is said where the tool says nothing.
    let (site, _, _) = imported(&files("//- mkdocs.yml\nsite_name: M\n", "docs"));
    assert!(!site.contains("repository"), "{site}");
}

#[test]
fn taxonomies_of_zola_are_tags_with_their_addresses() {
    let post = |n: usize| {
        format!(
            "//- content/posts/p{n}.md\n+++\ntitle = 'P{n}'\ndate = 2024-01-0{n}\n[taxonomies]\ntags = ['Rust Lang', 'w{n}']\ncategories = ['Dev']\nseries = ['One']\n[extra]\nsubtitle = 'Sub {n}'\n+++\nText.\n"
        )
    };
    let zola = Project::bare(&format!(
        "//- config.toml\nbase_url = 'https://z.example'\ntaxonomies = [{{name = 'tags'}}, {{name = 'categories'}}, {{name = 'series'}}]\n{}\
         //- content/posts/b/index.md\n+++\ntitle = 'B'\ndate = 2024-02-01\n[taxonomies]\ntags = ['w1']\n+++\n![x](pic.svg)\n//- content/posts/b/pic.svg\n{PICTURE}\
         //- content/about.md\n+++\ntitle = 'About'\n+++\nUs.\n",
        (1..4).map(post).collect::<String>()
    ));
    let (site, _, files) = imported(&zola);
    has(&site, &["tags: [taxonomies.tags]", "subtitle: [extra.subtitle]", "{by: tags, url: \"/tags/\"}"]);
    published(
        &files,
        &[
            "tags/rust-lang/index.html",
            "tags/w1/index.html",
            "categories/dev/index.html",
            "series/one/index.html",
            "posts/b/pic.svg",
        ],
    );
    has(&zola.read("public/tags/w1/index.html"), &["/posts/p1/", "/posts/b/"]);
    has(&zola.read("public/posts/p1/index.html"), &["href=\"/tags/rust-lang/\"", "Sub 1"]);
}

#[test]
fn pictures_of_vuepress_keep_their_addresses() {
    let project = Project::bare(&format!(
        "//- docs/.vuepress/config.js\nmodule.exports = {{\n  title: 'V',\n}}\n//- docs/README.md\n# V\n\n![x](/images/a.svg)\n//- docs/.vuepress/public/images/a.svg\n{PICTURE}"
    ));
    let (site, _, files) = imported(&project);
    has(&site, &["  docs/.vuepress/public: \"/\"\n"]);
    published(&files, &["images/a.svg", "index.html"]);
    assert!(!site.contains("image-missing"), "{site}");
}

#[test]
fn the_blog_of_docusaurus_is_known_where_its_documents_lie_elsewhere() {
    let files = "//- docs/a.md\n# A\n//- website/docusaurus.config.js\nmodule.exports = {\n  title: 'Jay',\n  presets: [['classic', {docs: {path: '../docs'}, blog: {path: 'blog'}}]],\n};\n\
                 //- website/README.md\n# For authors\n//- website/blog/2016-03-11-x.md\n---\ntitle: X\n---\nText.\n";
    for folder in ["website", "website/blog"] {
        let project = Project::bare(files);
        let ran = project.runs(&["import", folder]);
        has(&ran.err, &["written for Docusaurus", "outside of this folder"]);
        has(&project.read(&format!("{folder}/site.yaml")), &["title: Jay", "dialect: docusaurus"]);
        project.runs(&["--root", folder, "build"]);
        assert!(project.path(&format!("{folder}/public/blog/2016/03/11/x/index.html")).exists());
    }
}

#[test]
fn a_key_whose_values_are_all_addresses_is_a_field_of_addresses() {
    let page = |n: usize| format!("//- n{n}.md\n---\nhomepage: https://leek.example/{n}\n---\n# N{n}\n");
    let project = Project::bare(&(1..4).map(page).collect::<String>());
    let (site, _, _) = imported(&project);
    has(&site, &["homepage: url # in 3 of 3 files"]);
    has(&project.read("public/n1/index.html"), &["href=\"https://leek.example/1\""]);
}

#[test]
fn a_site_of_quarto_is_its_chapters_and_no_parts_of_them() {
    let project = Project::bare(
        "//- _quarto.yml\nproject:\n  type: website\n  render: [\"*.qmd\", \"docs/\", \"!docs/old.qmd\"]\nwebsite:\n  title: Q\n  site-url: https://q.example\n  navbar:\n    left:\n      - about.qmd\n      - text: Docs\n        file: docs/tools/rstudio.qmd\n  sidebar:\n    contents:\n      - index.qmd\n      - section: Tools\n        contents: [docs/tools/rstudio.qmd, docs/_part.qmd]\n\
         //- index.qmd\n# Q\n//- about.qmd\n---\ntitle: About us\n---\nUs.\n//- docs/tools/rstudio.qmd\n# RStudio\n\n{{< include _rstudio.qmd >}}\n//- docs/tools/_rstudio.qmd\nPart of it.\n//- docs/_part.qmd\nPart.\n//- docs/old.qmd\nOld.\n\
         //- README.md\n# For authors\n//- _tools/x.md\nx\n//- _freeze/y.md\ny\n//- _extensions/z.md\nz\n",
    );
    let (site, _, files) = imported(&project);
    has(
        &site,
        &[
            "from Quarto",
            "title: Q",
            "base_url: https://q.example\n",
            "- \"Tools\":\n          - docs/tools/rstudio.qmd\n",
        ],
    );
    has(&site, &["title: \"About us\"", "title: \"Docs\""]);
    published(&files, &["index.html", "about.html", "docs/tools/rstudio.html"]);
    let pages: Vec<&String> = files.iter().filter(|file| file.ends_with(".html")).collect();
    let wanted =
        ["404.html", "a-z/index.html", "about.html", "docs/tools/rstudio.html", "index.html", "search/index.html"];
    assert_eq!(pages, wanted);
    let book = Project::bare(
        "//- _quarto.yml\nproject: {type: book}\nbook:\n  title: B\n  chapters:\n    - index.qmd\n    - part: Begin\n      chapters: [a.qmd]\n  appendices: [z.qmd]\n\
         //- index.qmd\n# B\n//- a.qmd\n# A\n//- z.qmd\n# Z\n//- lost.qmd\n# Lost\n",
    );
    let (site, _, files) = imported(&book);
    has(&site, &["title: B", "- index.qmd\n      - \"Begin\":\n          - a.qmd\n      - z.qmd\n"]);
    published(&files, &["a.html", "z.html"]);
    assert!(!files.iter().any(|file| file.contains("lost.html")), "{files:?}");
}

#[test]
fn addresses_that_hugo_and_eleventy_make_of_names_stay_or_lead_on() {
    let project = Project::bare(
        "//- hugo.toml\nbaseURL = 'https://h.example/'\n//- content/_index.md\n# H\n//- content/v1.2.md\n# V\n//- content/foo_bar.md\n# F\n//- content/Tasks/MyPage.md\n# T\n//- content/日本 語.md\n# J\n",
    );
    let (site, said, files) = imported(&project);
    published(&files, &["tasks/mypage/index.html", "v1.2/index.html", "foo_bar/index.html"]);
    assert!(
        files.iter().any(|file| file == "日本-語/index.html") || said.contains("日本-語"),
        "{site}\n{said}\n{files:?}"
    );
    let project = Project::bare(
        "//- eleventy.config.js\nexport default 1\n//- index.md\n# E\n//- blog/fourth/fourth.md\n# Fourth\n//- blog/A_b.md\n# A\n",
    );
    let (_, _, files) = imported(&project);
    published(&files, &["blog/fourth/index.html", "blog/A_b/index.html"]);
}

#[test]
fn texts_in_other_languages_are_left_out_and_named() {
    let texts = |names: &str| names.split(' ').map(|name| format!("//- {name}\n# {name}\n")).collect::<String>();
    for (config, names, page, lost) in [
        (
            "astro.config.mjs\nexport default defineConfig({ integrations: [starlight({ title: 'S', defaultLocale: 'root', locales: { root: { label: 'English', lang: 'en' }, de: { label: 'Deutsch' } } })] });\n",
            "src/content/docs/index.md src/content/docs/a.md src/content/docs/de/index.md src/content/docs/de/a.md",
            "a/index.html",
            "de/",
        ),
        (
            "docs/.vuepress/config.js\nmodule.exports = {\n  locales: {\n    '/': { lang: 'en-US' },\n    '/zh/': { lang: 'zh-CN' }\n  }\n}\n",
            "docs/README.md docs/a.md docs/zh/README.md docs/zh/a.md",
            "a.html",
            "zh/",
        ),
        (
            ".vitepress/config.ts\nexport default defineConfig({ locales: { root: { label: 'English' }, fr: { label: 'F', link: '/fr/' } } })\n",
            "index.md a.md fr/index.md fr/a.md",
            "a.html",
            "fr/",
        ),
        (
            "mkdocs.yml\nsite_name: M\nplugins:\n  - search\n  - i18n:\n      docs_structure: folder\n      languages:\n        - {locale: en, default: true}\n        - {locale: de}\n",
            "docs/en/index.md docs/en/a.md docs/de/index.md docs/de/a.md",
            "a/index.html",
            "de/",
        ),
        (
            "mkdocs.yml\nsite_name: M\nplugins:\n  - i18n:\n      languages:\n        - {locale: en, default: true}\n        - {locale: de}\n",
            "docs/index.md docs/a.md docs/index.de.md docs/a.de.md",
            "a/index.html",
            "a-de",
        ),
    ] {
        let project = Project::bare(&format!("//- {config}{}", texts(names)));
        let (site, said, files) = imported(&project);
        published(&files, &["index.html", page]);
        let found: Vec<_> = files.iter().filter(|file| file.starts_with(lost)).collect();
        assert!(found.is_empty(), "{found:?}\n{site}");
        has(&said, &["a site has one language", &format!("({})", lost.trim_matches('/').trim_start_matches("a-"))]);
    }
}

#[test]
fn data_of_eleventy_and_its_pages_of_tags_are_read() {
    let post = |n: u32| format!("//- blog/p{n}.md\n---\ntitle: P{n}\ndate: 2024-01-0{n}\ntags: [soup]\n---\nText.\n");
    let project = Project::bare(&format!(
        "//- eleventy.config.js\nexport default 1\n//- _data/metadata.js\nexport default {{\n\ttitle: \"Leeks\",\n\turl: \"https://leek.example/\",\n\tlanguage: \"de\",\n}}\n\
         //- tags.njk\n---\npagination:\n  data: collections\n  size: 1\n  alias: tag\npermalink: /tags/{{{{ tag | slugify }}}}/\n---\nx\n//- index.md\n# E\n//- about.md\n# About\n{}",
        (1..5).map(post).collect::<String>()
    ));
    let (site, _, files) = imported(&project);
    has(&site, &["title: Leeks", "base_url: https://leek.example/", "language: de"]);
    published(&files, &["tags/soup/index.html"]);
}

#[test]
fn posts_of_the_blog_of_mkdocs_keep_their_addresses() {
    let project = Project::bare(
        "//- mkdocs.yml\nsite_name: M\nplugins:\n  - search\n  - blog\nnav:\n  - index.md\n  - use.md\n  - Blog: [blog/index.md]\n//- docs/index.md\n# M\n//- docs/use.md\n# Use\n//- docs/blog/index.md\n# Blog\n\
         //- docs/blog/posts/zed.md\n---\ndate: 2024-01-02\ntitle: Zed is new\n---\n\nText.\n//- docs/blog/posts/other.md\n---\ndate: 2024-02-03\nslug: own\n---\n# Other\n//- docs/blog/posts/third.md\n---\ndate: 2023-03-04\n---\n# By its heading\n",
    );
    let (site, _, files) = imported(&project);
    published(&files, &["blog/2023/03/04/by-its-heading/index.html"]);
    published(&files, &["blog/2024/01/02/zed-is-new/index.html", "blog/2024/02/03/own/index.html", "blog/index.html"]);
    has(&site, &["order: [-date]"]);
    let list = project.read("public/blog/index.html");
    let (new, old) = (list.find("/blog/2024/02/03/own/"), list.find("/blog/2024/01/02/zed-is-new/"));
    assert!(new.is_some() && new < old, "{list}");
    assert!(!project.read("public/use/index.html").contains("zed-is-new"));
}

#[test]
fn the_newest_version_of_documents_of_docusaurus_has_their_address() {
    let project = Project::bare(
        "//- docusaurus.config.js\nmodule.exports = {\n  title: 'D',\n};\n//- versions.json\n[\"2.0\", \"1.0\"]\n//- docs/a.md\n# Next words\n//- versioned_docs/version-2.0/a.md\n# Words of two\n//- versioned_docs/version-1.0/a.md\n# Words of one\n\
         //- versioned_sidebars/version-2.0-sidebars.json\n{\"docs\": [\"a\"]}\n//- src/pages/imprint.md\n# Imprint\n",
    );
    let (_, _, files) = imported(&project);
    published(&files, &["docs/a/index.html", "docs/next/a/index.html", "docs/1.0/a/index.html", "imprint/index.html"]);
    has(&project.read("public/docs/a/index.html"), &["Words of two"]);
    has(&project.read("public/docs/next/a/index.html"), &["Next words"]);
}

#[test]
fn a_sidebar_that_a_program_makes_is_named() {
    let project = Project::bare(
        "//- .vitepress/config.ts\nexport default { title: 'V', themeConfig: {\n  nav: nav(),\n  sidebar: makeSidebar(),\n} }\n//- index.md\n# V\n//- a.md\n# A\n",
    );
    let (_, said, _) = imported(&project);
    has(&said, &["`nav` and `sidebar` of VitePress not taken over"]);
}
