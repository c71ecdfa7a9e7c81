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
            &[&format!("  {folder}: \"/\"\n"), &format!("pages: {{robots: false}} # `{folder}/robots.txt` is there")],
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
    has(&site, &["folder: src/en\n    url: \"/{slug}/\"", "address_from: file # 1 name as typed"]);
    has(
        &said,
        &[
            "1 line of `rewrites` not taken over",
            "on no page, since outside of the folders of the site: 1 Markdown file",
        ],
    );
    published(&files, &["index.html", "guide/Why/index.html", "de/guide/why/index.html"]);
}
