//! `limber import`: what it says of folders that were written for other tools, and that they build with what it drafts.

use crate::harness::{Project, Ran};
use crate::random::{Random, number};

/// Drafts a declaration, builds with it, and says what both had to say.
#[track_caller]
fn imported(project: &Project, folder: &str) -> (String, Ran) {
    let before = project.bytes(".");
    let copy = Project::bare("");
    project.runs(&["import", folder, "--into", copy.path("copy").to_str().unwrap()]);
    let ran = project.runs(&["import", folder]);
    let site = project.read(&format!("{folder}/site.yaml"));
    assert_eq!(copy.read("copy/site.yaml"), site, "the draft of a copy is another one");
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
fn links_between_notes_in_keys_of_a_vault_lead_somewhere() {
    let project = Project::bare(
        "//- Pea.md\n---\nbeside: \"[[Leek]]\"\nbefore: [\"[[Leek|leeks]]\", \"[[Kale]]\"]\n---\nSweet.\n\
         //- Leek.md\n---\nbeside: nothing\nbefore: [\"[[Pea]]\"]\n---\nLong.\n//- Kale.md\n# Kale\n//- .obsidian/app.json\n{}\n",
    );
    let (site, _) = imported(&project, ".");
    has(&site, &["beside: markdown # in 2 of 3 files", "before: {type: list, of: markdown} # in 2 of 3 files"]);
    let page = project.read("public/pea/index.html");
    has(&page, &["href=\"/leek/\">Leek</a>", "href=\"/leek/\">leeks</a>", "href=\"/kale/\">Kale</a>"]);
    assert!(!page.contains("[["), "{page}");
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
fn what_is_left_out_may_have_a_shorter_path_than_the_folder_of_a_kind() {
    let jekyll = "//- _config.yml\ntitle: x\n//- 404.md\n---\npermalink: /404.html\n---\nGone.\n//- _posts/2018-01-01-a.md\nWords.\n";
    let entry = "---\ntime: 1 h\n---\nCook.\n";
    let plain = format!(
        "//- a-z.md\nA\n//- ä.md\nÄ\n//- x.md\nX\n//- rezépte/a.md\n{entry}//- rezépte/b.md\n{entry}//- rezépte/c.md\n{entry}"
    );
    let outside =
        "//- mkdocs.yml\nsite_name: x\ndocs_dir: documents\n//- documents/a.txt\nx\n//- a/b.md\nB\n//- é.md\nE\n";
    for (files, code) in [(jekyll, 0), (plain.as_str(), 0), (outside, 1)] {
        let project = Project::bare(files);
        let ran = project.run(&["import", "."]);
        assert!(ran.code == Some(code) && !ran.err.contains("a bug of limber"), "{}", ran.err);
    }
}

/// `IMPORT_SEED=7 IMPORT_FOLDERS=500` draws others, and more of them.
#[test]
fn an_import_of_any_folder_ends() {
    const NAMES: [&str; 16] = [
        "a",
        "404",
        "é",
        "日本",
        "content",
        "docs",
        "blog",
        "_posts",
        "search",
        "index",
        "README",
        "Home",
        "ü-of-all",
        "de",
        "2018-01-01-a",
        "src",
    ];
    const ENDS: [&str; 6] = [".md", ".md", ".mdx", ".html", ".txt", ""];
    const KEYS: [&str; 11] = [
        "permalink: /404.html",
        "permalink: é.html",
        "date: 2020-01-01",
        "slug: /",
        "draft: true",
        "key: a",
        "url: /a/",
        "aliases: [/x, é]",
        "redirect_to: /x",
        "id: é",
        "tags: [é]",
    ];
    const TOOLS: [(&str, &str); 12] = [
        ("x.txt", ""),
        ("_config.yml", "title: x\ncollections: {docs: {output: true}}\n"),
        ("mkdocs.yml", "site_name: x\ndocs_dir: é\nnav: [a.md, {é: 日本/a.md}]\n"),
        ("hugo.toml", "title = \"x\"\ncontentDir = \"日本\"\n"),
        ("config.toml", "base_url = \"https://x.example/\"\n"),
        ("book.toml", "[book]\ntitle = \"x\"\n"),
        ("docusaurus.config.js", "module.exports = {presets: [[\"classic\", {docs: {path: \"é\"}}]]}"),
        ("eleventy.config.js", "export default c => ({dir: {input: \"content\"}})"),
        ("_quarto.yml", "project: {type: website}\nwebsite: {sidebar: {contents: [é/a.md, docs]}}\n"),
        (".vitepress/config.js", "export default {srcDir: \"é\", themeConfig: {nav: [{text: \"x\", link: \"/404\"}]}}"),
        (".obsidian/app.json", "{}"),
        ("_redirects", "/a /b 301\n/é/* /x/:splat\n"),
    ];
    let mut random = Random(number("IMPORT_SEED", 1));
    for _ in 0..number("IMPORT_FOLDERS", 24) {
        let project = Project::bare("");
        let (tool, configuration) = TOOLS[random.below(TOOLS.len())];
        project.write(tool, configuration);
        for _ in 0..=random.below(9) {
            let folders: String =
                (0..random.below(3)).map(|_| format!("{}/", NAMES[random.below(NAMES.len())])).collect();
            let keys: String = (0..random.below(3)).map(|_| format!("{}\n", KEYS[random.below(KEYS.len())])).collect();
            let name = format!("{folders}{}{}", NAMES[random.below(NAMES.len())], ENDS[random.below(ENDS.len())]);
            let is_free = |path: &&str| !project.path(path).is_file();
            let mut above = name.match_indices('/').map(|(at, _)| &name[..at]);
            if above.all(|path| is_free(&path)) && !project.path(&name).is_dir() {
                project.write(&name, format!("---\n{keys}---\n# É\n\nWords [a](é/a.md).\n"));
            }
        }
        let ran = project.run(&["import", "."]);
        assert!(!ran.err.contains("a bug of limber"), "{:?}\n{}", project.bytes(".").keys(), ran.err);
    }
}

#[test]
fn a_hugo_site_keeps_its_title_its_posts_and_its_old_addresses() {
    let post = |n: u32, level: &str| {
        format!(
            "//- content/posts/p{n}.md\n+++\ntitle = \"Post {n}\"\ndate = 2024-01-0{n}T10:00:00Z\nlevel = \"{level}\"\ntags = [\"run\"]\naliases = [\"/old/p{n}/\"]\n+++\n{{{{< figure src=\"x\" link=\"y\" >}}}}\n"
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
    has(
        &site,
        &[
            "order: [-date]",
            "regroup_by: [{by: tags, url: \"/tags/\"}] # a page for each value",
            "tags: {type: list, of: text} # in 4 of 4 files",
            "pages: {feed: {url: /index.xml}}",
            "level: text # in 4 of 4 files",
        ],
    );
    has(&ran.err, &["{{< figure >}}  4 times in 4 files, first at content/posts/p1.md:8"]);
    has(&project.read("public/old/p1/index.html"), &["/posts/p1/"]);
    has(&project.read("public/tags/run/index.html"), &["/posts/p1/"]);
    assert!(project.path("public/index.xml").exists() && project.path("public/tags/run/index.xml").exists());
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
    has(&site, &["dialect: mdbook}", "  include-missing: warning # 1, first at src/then.md:4"]);
    assert!(!ran.err.contains("{{#include}}"), "what is drawn is not counted: {}", ran.err);

    let jekyll = Project::bare(
        "//- _config.yml\ntitle: Jay\nurl: https://j.example\nbaseurl: /blog\n\
         //- _posts/2023-01-02-one.md\n---\nlayout: post\ntitle: One\n---\n{% include x.html %}\n//- _posts/2023-02-03-two.md\n---\nlayout: post\n---\n# Two\n\
         //- _posts/2023-03-04-three.md\n---\nlayout: post\n---\n# Three\n//- about.md\n# About\n",
    );
    let (site, ran) = imported(&jekyll, ".");
    has(
        &site,
        &[
            "from Jekyll",
            "base_url: https://j.example/blog",
            "folder: \"_posts\"",
            "/{year}/{month}/{day}/{name}.html",
            "order: [-date]",
        ],
    );
    has(&ran.err, &["{% include %}"]);
    assert!(jekyll.path("public/2023/01/02/one.html").exists());
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
            "- \"Home\": index.md\n      - \"Use\":\n          - use/second.md\n          - use/first.md\n",
            "dialect: mkdocs",
        ],
    );
    assert!(!ran.err.contains("!!! note"), "what is drawn is not counted: {}", ran.err);
    has(&mkdocs.read("public/use/first/index.html"), &["class=\"alert alert-note\""]);
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
        let tabs = "<Tabs>  once, first at docs/intro.mdx:5";
        assert_eq!(ran.err.contains(tabs), name == "Eleventy", "{}", ran.err);
        assert!(!ran.err.contains("  import"), "{}", ran.err);
    }
}

#[test]
fn drafts_of_jekyll_stay_out_and_hugo_may_mount_its_texts() {
    let project = Project::bare(
        "//- old/_config.yml\ntitle: Old\n//- old/_drafts/secret.md\n# Secret\n//- old/a.md\n# A\n\n{% include x %}\n\n\
         {% highlight js %}\nlet a;\n{% endhighlight %}\n\
         //- hugo/hugo.toml\ntitle = \"H\"\n[[module.mounts]]\nsource = \"content/en\"\ntarget = \"content\"\n//- hugo/content/en/a.md\n# A\n",
    );
    let (text, ran) = imported(&project, "old");
    has(&text, &["- \"/_drafts\" # drafts, which Jekyll does not publish", "template_tags: true"]);
    has(&ran.err, &["pages will leave this out:\n  {% include %}  once"]);
    project.runs(&["--root", "old", "build"]);
    assert!(!project.read("old/public/graph.json").contains("Secret"));
    let page = project.read("old/public/a.html");
    assert!(page.contains("let a;") && !page.contains("{%"), "{page}");
    let (text, _) = imported(&project, "hugo");
    has(&text, &["folder: content/en\n    url: \"/{slug}/\""]);
}

#[test]
fn titles_and_the_tree_of_eleventy_come_from_its_keys() {
    let page = |name: &str, keys: &str| format!("//- old/{name}.md\n---\n{keys}\n---\nText.\n");
    let pages = [
        page("a", "pageTitle: All of A\neleventyNavigation: {key: A, order: 1}"),
        page("b", "eleventyNavigation: {key: B, parent: A, order: 2}"),
        page("c", "eleventyNavigation: {key: C, parent: A, order: 1}"),
        page("d", "eleventyNavigation: {key: D, parent: C, title: <code>D</code>, order: 1}"),
    ];
    let project = Project::bare(&format!("//- old/eleventy.config.js\nexport default 1\n{}", pages.concat()));
    let (text, _) = imported(&project, "old");
    has(
        &text,
        &[
            "from_keys: {title: [pageTitle, eleventyNavigation.title, eleventyNavigation.key], short_title: [eleventyNavigation.title, eleventyNavigation.key]}",
            "navigation: {parent: eleventyNavigation.parent}\n    order: [eleventyNavigation.order]",
        ],
    );
    project.runs(&["--root", "old", "build"]);
    let side = project.read("old/public/d/index.html");
    let side = side.split_once("<nav class=\"side\"").unwrap().1.split_once("</nav>").unwrap().0;
    let places: Vec<_> =
        [">A</h2>", ">A</a>", ">C</a>", ">D</a>", ">B</a>"].iter().map(|text| side.find(text)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{side}");
    assert!(project.read("old/public/a/index.html").contains("<h1>All of A</h1>"));
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
    has(&ran.err, &["1 file got regular front matter"]);
    assert_eq!(project.read("new/a.md"), "---\ndate: 2024-01-02\ntitle: A\n---\nText.\n");
    assert_eq!(project.read("new/img/x.svg"), "<svg/>\n");
    assert!(project.read("old/a.md").starts_with("+++") && !project.path("old/site.yaml").exists());
    project.runs(&["--root", "new", "build"]);
    assert_eq!(project.run(&["import", "old", "--into", "new"]).code, Some(2));
    assert_eq!(project.run(&["import", "old", "--into", "old/inside"]).code, Some(2));
    project.write("old/site.yaml", "title: Old\n");
    let refused = project.run(&["import", "old", "--into", "other"]);
    assert_eq!(refused.code, Some(2));
    has(&refused.err, &["`old/site.yaml` is there already, and is never overwritten"]);
    assert!(!project.path("other").exists(), "nothing was copied");
}

#[test]
fn a_relation_that_is_taken_back_leaves_no_text_out() {
    let post = |n: usize| format!("//- posts/p{n}.md\n---\ntitle: P{n}\nauthor: ann-lee\n---\nText {n}.\n");
    let posts: String = (1..=3).map(post).collect();
    let project = Project::bare(&format!("//- people/ann-lee.md\n---\ntitle: Ann\nrole: x\n---\nx\n{posts}"));
    let (site, ran) = imported(&project, ".");
    assert!(!site.contains("ignore:") && !ran.err.contains("left out"), "{site}\n{}", ran.err);
}

#[test]
fn keys_that_name_texts_of_another_folder_become_relations() {
    let post = |n: u32| {
        format!(
            "//- posts/p{n}.md\n---\ntitle: Post {n}\ndate: 2024-01-0{n}\nauthor: ann-lee\nplaces: [hill, lake]\nmood: hill top\n---\nText.\n"
        )
    };
    let posts = (1..=4).map(post).collect::<String>();
    let project = Project::bare(&format!(
        "{posts}//- people/ann-lee.md\n---\nrole: writer\n---\n//- people/bo.md\n---\nrole: writer\n---\n//- people/cy.md\n---\nrole: cook\n---\n\
         //- places/hill.md\n---\nheight: 3\n---\n//- places/lake.md\n---\nheight: 1\n---\n//- places/sea.md\n---\nheight: 0\n---\n"
    ));
    let (site, _) = imported(&project, ".");
    has(
        &site,
        &[
            "  - {one: post.author, other: people.posts} # 4 values name such a file",
            "  - {one: post.places, other: place.posts} # 8 values name such a file",
            "mood: text",
        ],
    );
    assert!(!site.contains("author: text") && !site.contains("places: {type: list"), "{site}");
    has(&project.read("public/people/ann-lee/index.html"), &["/posts/p1/", "/posts/p4/"]);
}

#[test]
fn what_belongs_to_the_tool_is_left_out_and_its_menu_comes_along() {
    let zola = Project::bare(
        "//- config.toml\nbase_url = \"https://z.example\"\n//- content/a.md\n+++\ntitle = \"A\"\n+++\nText.\n\
         //- templates/entry.html\n{{ section.title | nothing }}\n//- templates/base.html\n{% block x %}\n",
    );
    let (site, _) = imported(&zola, ".");
    has(&site, &["ignore: # what is no part of the site", "  - \"/templates\" # templates of another tool"]);
    has(&zola.read("public/a/index.html"), &["Text."]);

    let book = Project::bare(
        "//- book.toml\n[book]\ntitle = \"B\"\n[output.html.redirect]\n\"/old.html\" = \"last.html#end\"\n\"/x/old.html\" = \"../first.html\"\n\"/gone.html\" = \"none.html\"\n//- src/SUMMARY.md\n- [First](first.md)\n- [Last](last.md)\n//- src/first.md\n# First\n//- src/last.md\n# Last\n\n## End\n\n<Listing number=\"1-1\" file-name=\"src/main.rs\" caption=\"A program\">\n\n```rust\nfn main() {}\n```\n\n</Listing>\n",
    );
    let (site, ran) = imported(&book, ".");
    has(&site, &["  - \"/src/SUMMARY.md\" # the contents of the book, and no page"]);
    has(
        &ran.err,
        &[
            "note: 1 redirect of mdBook not taken over (a pattern, from the address of a page, or to nothing that is there): /gone.html to none.html",
        ],
    );
    assert!(!book.path("public/summary/index.html").exists());
    has(&book.read("public/old.html"), &["/last.html#end"]);
    has(&book.read("public/last.html"), &["Listing 1-1: A program", "src/main.rs"]);
    // The first chapter lies at its own address, too, and leads to the second.
    let first = ["public/x/old.html", "public/first.html"].map(|path| book.read(path));
    first.iter().for_each(|page| has(page, &["url=/\""]));
    has(&book.read("public/index.html"), &["rel=\"next\" href=\"/last.html\""]);

    let menu = |to: &str| {
        Project::bare(&format!(
            "//- hugo.toml\ntitle = 'H'\n[[menu.main]]\nname = 'Last'\nurl = '{to}'\nweight = 9\n[[menu.main]]\nname = 'About: us'\npageRef = 'about'\nweight = 1\n\
             //- content/about.md\n# About\n//- content/b.md\n# B\n"
        ))
    };
    let hugo = menu("/b/");
    let (site, _) = imported(&hugo, ".");
    has(
        &site,
        &["    - {title: \"About: us\", to: \"articles/about\"}\n    - {title: \"Last\", to: \"articles/b\"}\n"],
    );
    let (site, _) = imported(&menu("/nowhere/"), ".");
    has(&site, &["to: \"articles/about\""]);
    assert!(!site.contains("nowhere"), "an address that is not there would be an error: {site}");
}

#[test]
fn a_folder_within_the_texts_of_a_tool_keeps_its_addresses() {
    let project = Project::bare(
        "//- .eleventy.js\nexport default {\n  pathPrefix: \"/site/\",\n};\n//- src/docs/index.md\n# Docs\n//- src/docs/use/a.md\n# A\n\n[up](/docs/), [self](/docs/use/a/)\n",
    );
    let (site, _) = imported(&project, "src/docs");
    has(&site, &["base_url: https://example.org/site", "url: \"/docs/{slug}/\""]);
    assert!(!site.contains("link-broken"), "{site}");
    assert!(project.path("src/docs/public/docs/use/a/index.html").exists());
}

#[test]
fn what_cannot_be_read_is_left_out_with_the_reason() {
    let project = Project::bare(
        "//- notes/good.md\n# Good\n\n[half](half.md)\n//- notes/half.md\n---\ntitle: Half\n+++\nText.\n//- notes/[odd] *name*.md\n\0\n//- notes/index.md\n# One\n//- notes/README.md\n# Two\n",
    );
    std::fs::write(project.path("notes/latin.md"), b"caf\xe9\n").unwrap();
    let (site, ran) = imported(&project, "notes");
    has(&site, &["ignore:", "\"/[[]odd] [*]name[*].md\" #", "\"/latin.md\" #"]);
    has(&ran.err, &["latin.md is left out: ", "README.md is left out: it stands for the same folder as index.md"]);
    has(&project.read("notes/public/good/index.html"), &["Good"]);
}

#[test]
fn the_contents_of_a_book_give_titles_to_texts_that_have_none() {
    let book = Project::bare(
        "//- book.toml\n[book]\n//- src/SUMMARY.md\n- [First *steps*](first.md)\n- [Then: on](then.md)\n- [Other](last.md)\n\
         //- src/first.md\n## First steps\n\nText.\n//- src/then.md\n## Else\n//- src/last.md\n# Last\n",
    );
    let (site, _) = imported(&book, ".");
    has(&site, &["      - \"First steps\": first.md\n      - \"Then: on\": then.md\n      - \"Other\": last.md\n"]);
    let page = book.read("public/index.html");
    has(&page, &["<h1>First steps</h1>"]);
    assert_eq!(page.matches("First steps</h").count(), 1, "the text does not say it again");
    has(&book.read("public/then.html"), &["<h1>Then: on</h1>", "Else</h2>"]);
    has(&book.read("public/last.html"), &["<h1>Last</h1>"]);
}

#[test]
fn parts_of_a_book_and_groups_of_a_navigation_stand_beside_the_pages() {
    let book = Project::bare(
        "//- book.toml\n[book]\n//- src/SUMMARY.md\n# Summary\n\n[Preface](pre.md)\n\n# The first part\n\n- [One](one.md)\n  - [Inside](deep/in.md)\n- [Later]()\n\n---\n\n[End](end.md)\n\
         //- src/pre.md\n# Preface\n//- src/one.md\n# The one\n//- src/deep/in.md\n# Inside\n//- src/end.md\n# End\n",
    );
    let (site, _) = imported(&book, ".");
    has(
        &site,
        &[
            "      - pre.md\n      - \"The first part\":\n          - one.md:\n              - deep/in.md\n      - end.md\n",
        ],
    );
    let page = book.read("public/deep/in.html");
    has(
        &page,
        &[
            "<h2>The first part</h2>",
            "<a href=\"/one.html\">The one</a><ul><li><a href=\"/deep/in.html\" aria-current=\"page\">Inside</a>",
        ],
    );
    let turn = page.split("class=\"turn\"").nth(1).unwrap();
    assert!(turn.find("/one.html") < turn.find("/end.html"), "{turn}");

    let docs = Project::bare(
        "//- mkdocs.yml\nsite_name: D\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\nnav:\n  - Home: index.md\n  - Guide: guide/\n  - About:\n    - Licence: about/licence.md\n    - Code: https://example.org/\n\
         //- docs/index.md\n# D\n//- docs/guide/b.md\n# B\n//- docs/guide/index.md\n# Guide\n//- docs/about/licence.md\n# MIT\n",
    );
    let (site, ran) = imported(&docs, ".");
    has(
        &site,
        &[
            "      - \"Home\": index.md\n      - \"Guide\":\n          - guide/index.md\n          - guide/b.md\n      - \"About\":\n          - \"Licence\": about/licence.md\n",
        ],
    );
    has(&ran.err, &["1 link of `nav` to other sites not taken over"]);
    let page = docs.read("public/about/licence/index.html");
    has(&page, &["<h2>About</h2>", "aria-current=\"page\">Licence</a>", "<h1>MIT</h1>"]);
    assert_eq!(page.matches("</h1>").count(), 1);
}

#[test]
fn of_two_homes_the_index_stays_and_folders_of_languages_are_no_kinds() {
    let project = Project::bare(
        "//- Kept/index.md\n# Kept\n\n[[a]] [[b]]\n//- Kept/README.md\n# For code hosts\n//- Kept/a.md\nx\n//- Kept/b.md\nx\n\
         //- Kept/de/a.md\n---\nmood: gut\n---\n//- Kept/de/b.md\n---\nmood: gut\n---\n//- Kept/de/c.md\n---\nmood: gut\n---\n",
    );
    let (site, _) = imported(&project, "Kept");
    has(&site, &["  - \"/README.md\" # it stands for the same folder as index.md", "title: Kept\n"]);
    assert_eq!(site.matches("plural:").count(), 1, "{site}");
    has(&project.read("Kept/public/index.html"), &["Kept</h1>"]);
}

#[test]
fn configurations_in_a_folder_beside_the_texts_are_found() {
    let project = Project::bare(
        "//- it/website/docusaurus.config.js\nmodule.exports = {\n  title: 'Strides',\n  url: 'https://s.example',\n  baseUrl: '/',\n  presets: [{docs: {\n    path: '../docs',\n    routeBasePath: '/',\n  }}],\n};\n\
         //- it/docs/index.md\n# Start\n//- it/docs/a.md\n# A\n//- it/website/README.md\n# Not it\n",
    );
    let said = [("it", "folder: docs"), ("it/docs", "folder: \".\"")];
    for (folder, at) in said {
        let site = project.runs(&["import", folder, "--dry-run"]).out;
        has(&site, &["from Docusaurus", "title: Strides", "base_url: https://s.example/", at, "url: \"/{slug}/\""]);
    }
    let press = Project::bare(
        "//- docs/.vitepress/config.mts\nexport default {\n  title: 'Press',\n}\n//- docs/guide/a.md\n# A\n//- docs/guide/b.md\n# B\n",
    );
    has(
        &press.runs(&["import", "docs", "--dry-run"]).out,
        &["from VitePress", "title: Press", "wikilinks: false", "navigation: folders"],
    );
    has(&press.runs(&["import", ".", "--dry-run"]).out, &["from VitePress", "folder: docs"]);
}

#[test]
fn hugo_keeps_texts_by_language_and_jekyll_the_addresses_of_posts() {
    let hugo = Project::bare(
        "//- hugo.yaml\ntitle: H\nlanguages:\n  en: {contentDir: content.en}\n  de: {contentDir: content.de}\n//- content.en/a.md\n# A\n//- content.de/a.md\n# A\n",
    );
    has(&hugo.runs(&["import", ".", "--dry-run"]).out, &["folder: content.en", "url: \"/{slug}/\""]);
    for (said, url) in [
        ("/:year/:title/", "/{year}/{name}/"),
        ("/blog/:categories/:title.html", "/blog/{name}.html"),
        ("pretty", "/{year}/{month}/{day}/{name}/"),
        ("none", "/{name}.html"),
        ("date", "/{year}/{month}/{day}/{name}.html"),
        ("/:y_day/:title/", "/{year}/{month}/{day}/{name}/"),
    ] {
        let posts: String = (1..4).map(|n| format!("//- _posts/2023-01-0{n}-p{n}.md\n# P\n")).collect();
        let jekyll =
            Project::bare(&format!("//- _config.yml\nname: Jay\npermalink: {said}\n//- about.md\n# About\n{posts}"));
        has(&jekyll.runs(&["import", ".", "--dry-run"]).out, &["title: Jay", &format!("url: \"{url}\"")]);
    }
}

#[test]
fn keys_for_templates_stay_data_and_days_give_the_order() {
    let text = |n: u32| {
        format!(
            "//- k/t{n}.md\n---\ntitle: T{n}\ncreated_at: 2024-01-0{n}\nhide_title: true\nLocale: en-US\nms.author: me\nmood: fine {n}\n---\nText.\n"
        )
    };
    let texts: String = (1..4).map(text).collect();
    let project = Project::bare(&format!("{texts}//- k/index.md\n# K\n"));
    let (site, _) = imported(&project, "k");
    has(
        &site,
        &[
            "    # Such keys, and how many files have them: Locale (3), hide_title (3), ms.author (3)\n",
            "order: [-created_at]",
            "mood: text",
        ],
    );
    assert!(!site.contains("hide_title: bool") && !site.contains("Locale: text"), "{site}");
    let page = project.read("k/public/t1/index.html");
    has(&page, &["fine 1"]);
    assert!(!page.contains("en-US") && !page.contains("ms.author"), "data is no text: {page}");
}

#[test]
fn links_to_other_parts_of_the_host_are_counted_by_where_they_begin() {
    let links: String = (0..12).map(|n| format!("[x](/api/{n}) ")).collect();
    let project = Project::bare(&format!("//- n/index.md\n# N\n\n{links} [y](/other/)\n//- n/b.md\n# B\n"));
    let (site, _) = imported(&project, "n");
    has(&site, &["leaves them as they are: /api (12)\n", "link-broken: warning # 13, first at index.md:3"]);
}

#[test]
fn what_is_left_out_takes_no_other_file_with_it_and_private_notes_are_counted() {
    let project = Project::bare(
        "//- n/???.md\nx\n//- n/A b.md\n# Spaced\n//- n/a-B.md\n# Twice\n//- n/abc.md\n# Whole\n//- n/p.md\n---\nprivate: true\n---\nSecret.\n//- n/q.md\n---\npublish: false\n---\nSecret.\n",
    );
    let (site, ran) = imported(&project, "n");
    has(&site, &["  - \"/[?][?][?].md\" # no slug", "  - \"/A b.md\" # its address is that of a-B.md"]);
    has(&ran.err, &["note: 2 files kept back as private or as drafts, first p.md"]);
    has(&project.read("n/public/a-b/index.html"), &["Twice"]);
    has(&project.read("n/public/abc/index.html"), &["Whole"]);
    assert!(!project.path("n/public/p/index.html").exists());
}

#[test]
fn the_folders_of_snippets_of_mkdocs_are_named() {
    let project = Project::bare(
        "//- mkdocs.yml\nsite_name: M\nmarkdown_extensions:\n  - admonition\n  - pymdownx.snippets:\n      base_path: [shared/parts, docs]\n\
         //- docs/index.md\n# M\n\n--8<-- \"a.md\"\n\n--8<-- \"deep/b.md\"\n//- shared/parts/a.md\nWords of A.\n//- docs/deep/b.md\n# B\n\nWords of B.\n",
    );
    let (site, ran) = imported(&project, ".");
    has(&site, &["includes: [\"docs/deep\", \"shared/parts\"]"]);
    assert!(!site.contains("include-missing") && !ran.err.contains("on no page"), "{site}\n{}", ran.err);
    has(&project.read("public/index.html"), &["Words of A.", "Words of B."]);
}

#[test]
fn one_post_of_jekyll_keeps_its_address() {
    let post = "//- old/_posts/2024-09-14-leeks.md\n---\ntitle: Leeks\n---\nEarly.\n";
    let project = Project::bare(&format!("//- old/_config.yml\npermalink: /:year/:title/\n{post}"));
    imported(&project, "old");
    assert!(project.path("old/public/2024/leeks/index.html").exists());
    let project = Project::bare(&format!("{post}//- old/about.md\n# About\n"));
    imported(&project, "old");
    assert!(project.path("old/public/2024/09/14/leeks.html").exists());
    let project = Project::bare(&format!("//- old/_config.yml\ntitle: Old\n{post}"));
    imported(&project, "old/_posts");
    assert!(project.path("old/_posts/public/2024/09/14/leeks.html").exists());
}

#[test]
fn a_folder_alone_says_no_language() {
    let project = Project::bare("//- it/a.md\n# Servers\n//- b/de/a.md\n# Hallo\n//- b/fr/a.md\n# Salut\n");
    has(&imported(&project, "it").0, &["language: en\n"]);
    has(&imported(&project, "b/de").0, &["language: de\n"]);
    let text = |n: u32| format!("//- n/it/t{n}.md\n---\nserver: s{n}\n---\nText.\n//- n/o{n}.md\n# O\n");
    let project = Project::bare(&(1..4).map(text).collect::<String>());
    has(&imported(&project, "n").0, &["folder: it\n"]);
}

#[test]
fn one_tag_and_several_are_lists_alike() {
    let text = |n: u32, tags: &str| format!("//- n/t{n}.md\n---\ntags: {tags}\nseason: [one, two]\n---\nText.\n");
    let texts = [text(1, "a"), text(2, "[a, b]"), text(3, "b"), text(4, "2024")].concat();
    let project = Project::bare(&texts);
    let (site, ran) = imported(&project, "n");
    has(&site, &["tags: {type: list, of: text} # in 4 of 4 files\n"]);
    let checked = project.run(&["--root", "n", "check"]);
    assert!(
        !checked.err.contains("field-wrong-type") && !checked.out.contains("field-wrong-type"),
        "{}{}",
        ran.err,
        checked.out
    );
}

#[test]
fn a_guess_that_fails_takes_no_file_with_it() {
    let day =
        |n: u32| format!("//- v/Daily/2024-01-0{n}.md\n---\ntags: [daily]\nkind: daily\nread: 1\n---\nDay {n}.\n");
    let note = |n: u32| format!("//- v/a/n{n}.md\n# N\n");
    let days: String = (1..7).map(day).collect();
    let notes: String = (1..5).map(note).collect();
    let project = Project::bare(&format!(
        "//- v/.obsidian/templates.json\n{{\"folder\": \"Templates\"}}\n//- v/Home.md\n# Home\n{days}{notes}//- v/Templates/Daily.md\n# T\n//- v/Meta/Daily.md\n---\nprivate: true\n---\nSecret.\n"
    ));
    let (site, ran) = imported(&project, "v");
    has(&site, &["tags: {type: list, of: text} # in 6 of 6 files", "kind: text"]);
    assert!(!site.contains("relations:") && !ran.err.contains("2024-01-01.md is left out"), "{site}\n{}", ran.err);
    assert!(project.path("v/public/daily/2024-01-01/index.html").exists());
}

#[test]
fn the_options_of_the_documents_of_docusaurus_count_and_its_blog_comes_along() {
    let project = Project::bare(
        "//- d/website/docusaurus.config.js\nconst repl = {\n  path: '/repl/',\n  routeBasePath: 'repl',\n};\nmodule.exports = {\n  title: 'D',\n  presets: [['classic', {docs: {\n    path: '../docs',\n  }, blog: {routeBasePath: 'news'}}]],\n};\n\
         //- d/docs/a.md\n# A\n//- d/docs/b.md\n# B\n//- d/website/blog/2024-01-02-first.md\n---\ntitle: First\n---\nNew.\n\
         //- d/website/blog/2024-02-03-next/index.md\n# Next\n//- d/website/pages/c.md\n# C\n",
    );
    let (site, ran) = imported(&project, "d");
    has(
        &site,
        &[
            "folder: docs\n    url: \"/docs/{slug}/\"",
            "folder: website/blog\n    url: \"/news/{year}/{month}/{day}/{name}/\"",
        ],
    );
    has(&ran.err, &["1 Markdown file lies in no folder that the site reads, and is on no page: website/pages (1)"]);
    for page in ["docs/a", "news/2024/01/02/first", "news/2024/02/03/next"] {
        assert!(project.path(&format!("d/public/{page}/index.html")).exists(), "{page}\n{site}");
    }
}

#[test]
fn collections_of_jekyll_keep_their_addresses() {
    let project = Project::bare(
        "//- j/_config.yml\ntitle: J\ncollections:\n  articles: {output: true, permalink: '/:path/'}\n  posts: {permalink: '/news/:year/:title/'}\n  recipes: {output: true}\n\
         //- j/_articles/de/a.md\n# A\n//- j/_recipes/soup.md\n# Soup\n//- j/_posts/2024-01-02-b.md\n# B\n//- j/index.md\n---\nredirect_from: [old/a, 'https://x.example/b']\n---\n# Home\n",
    );
    let (_, ran) = imported(&project, "j");
    for page in ["de/a/index.html", "recipes/soup.html", "news/2024/b/index.html", "old/a/index.html"] {
        assert!(project.path(&format!("j/public/{page}")).exists(), "{page}");
    }
    assert!(!ran.err.contains("index.md is left out"), "{}", ran.err);
    let side = project.read("j/public/recipes/soup.html");
    assert!(side.contains("<nav class=\"side\""), "{side}");
}

#[test]
fn a_folder_may_be_called_as_that_of_the_pages() {
    let post = |n: u32| {
        format!(
            "//- z/content/blog/a{n}.md\n+++\ntitle = \"A{n}\"\ndate = 2024-01-0{n}\n+++\nText.\n//- z/content/pages/p{n}.md\n+++\ntitle = \"P{n}\"\nmood = \"fine\"\n+++\nText.\n"
        )
    };
    let posts: String = (1..6).map(post).collect();
    let project = Project::bare(&format!(
        "//- z/config.toml\nbase_url = \"https://z.example\"\n//- z/content/_index.md\n+++\n+++\n{posts}"
    ));
    imported(&project, "z");
    assert!(project.path("z/public/pages/p1/index.html").exists());
}

#[test]
fn addresses_keep_the_names_of_files_where_the_tool_does() {
    let project = Project::bare(
        "//- m/mkdocs.yml\nsite_name: M\n//- m/docs/index.md\n# M\n\n[a](api/Base_Model.md)\n//- m/docs/api/README.md\n# Api\n//- m/docs/api/Base_Model.md\n# Base\n//- m/docs/v1.2.md\n# V\n",
    );
    let (site, _) = imported(&project, "m");
    has(&site, &["address_from: file # 2 names as typed\n"]);
    for page in ["index.html", "api/index.html", "api/Base_Model/index.html", "v1.2/index.html"] {
        assert!(project.path(&format!("m/public/{page}")).exists(), "{page}");
    }
}

#[test]
fn settings_of_pages_stay_data() {
    let keys = [
        "pagination_label: x y",
        "custom_edit_url: https://a.example/b",
        "toc_max_heading_level: 4",
        "displayed_sidebar: docs",
        "titleTemplate: T",
        "aside: left",
        "sidebar: {hidden: true}",
        "pagefind: false",
    ];
    let text = |n: u32| format!("//- n/t{n}.md\n---\n{}\n---\nText.\n", keys.join("\n"));
    let (site, _) = imported(&Project::bare(&(1..4).map(text).collect::<String>()), "n");
    assert!(!site.contains("fields:"), "{site}");
}

#[test]
fn switches_stay_data() {
    let text = |n: u32| format!("//- n/t{n}.md\n---\nreadingTime: true\nmood: fine {n}\n---\nText.\n");
    let project = Project::bare(&(1..4).map(text).collect::<String>());
    let (site, _) = imported(&project, "n");
    has(&site, &["mood: text", "how many files have them: readingTime (3)"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_left_out() {
    use std::os::unix::ffi::OsStrExt;

    let project = Project::bare("//- n/a.md\n# A\n");
    let name = std::ffi::OsStr::from_bytes(b"n\xe9.md");
    if std::fs::write(project.path("n").join(name), "# N\n").is_ok() {
        let (site, _) = imported(&project, "n");
        has(&site, &["  - \"/n\u{fffd}.md\" # "]);
    }
}

#[test]
fn configurations_are_read_in_all_their_forms() {
    for (name, text, folder, base_url) in [
        (
            "config/_default/hugo.toml",
            "baseURL = 'https://a.example/'\ntitle = 'Named'\n",
            "content",
            "https://a.example/",
        ),
        ("config.toml", "baseurl = \"https://a.example/x\"\ntitle = \"Named\"\n", "content", "https://a.example/x"),
        (
            "astro.config.mjs",
            "export default { site: \"https://a.example\", title: 'Named' }\n",
            "src/content",
            "https://a.example",
        ),
        (
            "docusaurus.config.js",
            "module.exports = { title: \"Named\", url: \"https://a.example\", baseUrl: '/' };\n",
            "docs",
            "https://a.example/",
        ),
    ] {
        let project = Project::bare(&format!("//- s/{name}\n{text}//- s/{folder}/a.md\n# A\n"));
        has(
            &imported(&project, "s").0,
            &["title: Named\n", &format!("base_url: {base_url}\n"), &format!("folder: {folder}\n")],
        );
    }
}

#[test]
fn contents_over_several_folders_are_those_of_one_kind() {
    let guide = |n: u32| format!("//- m/docs/guides/g{n}.md\n---\nlevel: easy {n}\n---\n# G{n}\n");
    let guides: String = (1..5).map(guide).collect();
    let project = Project::bare(&format!(
        "//- m/mkdocs.yml\nsite_name: M\nnav:\n  - index.md\n  - Guides:\n    - guides/g1.md\n    - guides/g2.md\n//- m/docs/index.md\n# M\n//- m/docs/a.md\n# A\n{guides}"
    ));
    let (site, _) = imported(&project, "m");
    assert_eq!(site.matches("plural:").count(), 1, "{site}");
    has(&site, &["- \"Guides\":\n          - guides/g1.md\n"]);
}

#[test]
fn no_relation_is_made_of_values_that_name_nothing() {
    let text = |n: u32| {
        format!(
            "//- h/content/tech/t{n}.md\n+++\ndropCap = false\nurl = \"https://a.example/{n}\"\n+++\nText.\n//- h/content/life/l{n}.md\n+++\nmood = \"m\"\n+++\nText.\n"
        )
    };
    let texts: String = (1..7).map(text).collect();
    let project =
        Project::bare(&format!("//- h/hugo.toml\ntitle = 'H'\n{texts}//- h/content/life/\u{25b3}.md\nText.\n"));
    let (site, _) = imported(&project, "h");
    assert!(!site.contains("relations:") && !site.contains("address_from"), "{site}");
}

#[test]
fn static_files_beside_the_configuration_are_found() {
    for (name, texts, files) in [
        ("website/docusaurus.config.js", "docs", "website/static"),
        ("docs/.vitepress/config.ts", "docs", "docs/public"),
        ("www/astro.config.mjs", "www/src/content/docs", "www/public"),
    ] {
        let project = Project::bare(&format!(
            "//- s/{name}\nexport default {{ docs: {{ path: '../docs' }} }}\n//- s/{texts}/index.md\n# S\n\n![x](/img/a.svg)\n//- s/{texts}/b.md\n# B\n//- s/{files}/img/a.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n//- s/{files}/c.md\n# No page\n"
        ));
        let (site, _) = imported(&project, "s");
        assert!(!site.contains("image-missing"), "{site}");
        has(&site, &[&format!("  {files}: \"/\"\n")]);
        assert!(project.path("s/public/img/a.svg").exists() && project.path("s/public/c.md").exists(), "{site}");
    }
}

#[test]
fn the_days_of_astro_come_from_its_keys() {
    let post = |name: &str, day: &str| {
        format!(
            "//- old/src/content/blog/{name}.md\n---\ntitle: Post {name}\npubDate: {day}\nupdatedDate: 2024-02-01\n---\nText.\n"
        )
    };
    let posts = [post("a", "Jul 08 2022"), post("b", "\"July 1, 2023\""), post("c", "2021-01-01")];
    let project = Project::bare(&format!("//- old/astro.config.mjs\nexport default {{}}\n{}", posts.concat()));
    let (text, _) = imported(&project, "old");
    has(&text, &["from_keys: {date: [pubDate], updated: [updatedDate]}", "order: [-date]"]);
    project.runs(&["--root", "old", "build"]);
    let (feed, page) = (project.read("old/public/feed.xml"), project.read("old/public/blog/b/index.html"));
    assert!(
        feed.contains("2023-07-01") && page.contains("datetime=\"2023-07-01\"") && !page.contains("pubDate"),
        "{page}"
    );
}

#[test]
fn two_per_cent_signs_are_text_where_the_tool_has_no_remarks() {
    let text = "# B\n\nIn a batch file write %%i here.\n\nLost words.\n\nAnd %%j so on, or `%%k`. Alone: ×%%&×%&\n";
    let project = Project::bare(&format!(
        "//- mk/mkdocs.yml\nsite_name: M\n//- mk/docs/index.md\n# M\n//- mk/docs/b.md\n{text}//- vault/.obsidian/app.json\n{{}}\n//- vault/a.md\n# A\n\none %%two%%\n"
    ));
    let (site, _) = imported(&project, "mk");
    has(&site, &["remarks: false, dialect: mkdocs} # `%%` is text in MkDocs"]);
    has(&project.read("mk/public/b/index.html"), &["write %%i here", "Lost words", "And %%j so on", "×%%&amp;×%&amp;"]);
    let (site, _) = imported(&project, "vault");
    assert!(!site.contains("remarks"), "{site}");
    assert!(!project.read("vault/public/a/index.html").contains("two"));
}

#[test]
fn values_of_jekyll_that_are_plain_words_are_drawn() {
    let project = Project::bare(
        "//- _config.yml\ntitle: J\nphone: 555 0100\nrepo: https://code.example/j\nother: [x]\n//- index.md\n---\ntitle: Leek\nseason: winter\n---\n\
         In {{ page.season }}, call {{site.phone}}. [code]({{ site.repo }}/a) {{ site.other }} {{ page.season | upcase }} `{{ page.season }}`\n",
    );
    let (site, ran) = imported(&project, ".");
    has(
        &site,
        &[
            "params: # values that texts show, as `{{ site.key }}`\n  phone: \"555 0100\"\n  repo: \"https://code.example/j\"\n",
        ],
    );
    has(&ran.err, &["{{ value }}  2 times in one file"]);
    let page = project.read("public/index.html");
    has(&page, &["In winter, call 555 0100.", "href=\"https://code.example/j/a\"", "<code>{{ page.season }}</code>"]);
    has(&page, &["{{ site.other }} {{ page.season | upcase }}"]);
}

#[test]
fn what_a_folder_has_besides_texts_is_said_once() {
    let hugo = Project::bare(
        "//- hugo.toml\ntitle = 'H'\n[languages.en]\n[languages.de]\n//- content/_index.md\n# H\n//- content/a.md\n# A\n//- content/a.de.md\n# A\n//- content/b.md\n# B\n//- content/b.de.md\n# B\n",
    );
    let (site, _) = imported(&hugo, ".");
    assert_eq!(site.matches("*.de.md").count(), 1, "{site}");
    let vault = Project::bare(
        "//- .obsidian/app.json\n{}\n//- a.md\n# A\n//- x.canvas\n{}\n//- y.base\nviews: []\n//- z.base\nviews: []\n",
    );
    let (_, ran) = imported(&vault, ".");
    has(
        &ran.err,
        &["1 file no page is made of: canvases (`.canvas`) of Obsidian", "2 files no page is made of: bases (`.base`)"],
    );
    let vue = Project::bare(
        "//- .vitepress/config.mts\nexport default { base: '/x/' }\n//- index.md\n# Home\n\n<Badge text=\"new\" /> <my-box>In</my-box>\n\
         //- team.md\n<script setup>\nimport { Team } from './team'\n</script>\n\n<Team :of=\"all\" />\n",
    );
    let (_, ran) = imported(&vue, ".");
    has(&ran.err, &["<Badge>", "<my-box>", "1 page made of components alone", "first team.md (<Team>)"]);
}

#[test]
fn a_sidebar_may_stand_in_a_constant_or_in_a_file_beside_the_configuration() {
    let texts = "//- index.md\n# Home\n//- guide/b.md\n# B\n//- guide/a.md\n# A\n";
    let items =
        "[{ text: 'Guide', items: [{ text: 'Second', link: '/guide/b' }, { text: 'First', link: '/guide/a' }] }]";
    for program in [
        format!(
            "const sidebar: DefaultTheme.SidebarItem[] = {items}\nexport default {{ themeConfig: {{ sidebar }} }}\n"
        ),
        format!("const guide = {items}\nexport default {{ themeConfig: {{ sidebar: guide }} }}\n"),
        format!(
            "export default {{ themeConfig: {{ sidebar: {{ '/guide/': guide() }} }} }}\nfunction guide() {{\n  return {items}\n}}\n"
        ),
        format!(
            "import {{ sidebar }} from './sidebar'\nexport default {{ themeConfig: {{ sidebar }} }}\n//- .vitepress/sidebar.ts\nexport const sidebar = {items}\n"
        ),
        format!(
            "import sidebar from './sidebar.js'\nexport default {{ themeConfig: {{ sidebar: sidebar }} }}\n//- .vitepress/sidebar.js\nexport default {items}\n"
        ),
    ] {
        let project = Project::bare(&format!("{texts}//- .vitepress/config.ts\n{program}"));
        let (site, _) = imported(&project, ".");
        has(&site, &["      - \"Guide\":\n          - \"Second\": guide/b.md\n          - \"First\": guide/a.md\n"]);
    }
}

#[test]
fn the_first_page_of_documents_of_docusaurus_has_what_stands_beside_the_others() {
    let project = Project::bare(
        "//- docusaurus.config.js\nmodule.exports = {title: 'D', themeConfig: {navbar: {items: [{type: 'doc', docId: 'use', label: 'Using it'}, {to: '/nowhere', label: 'No'}]}}};\n\
         //- docs/index.md\n# First page\n//- docs/use.md\n# Use\n//- blog/2024-01-02-x.md\n# X\n//- blog/_parts/y.md\nSECRET\n",
    );
    let (site, _) = imported(&project, ".");
    has(&site, &["- {title: \"Using it\", to: \"docs/use\"}", "\"/blog/_parts\" # Docusaurus makes no page of it"]);
    assert!(!site.contains("nowhere"), "{site}");
    let page = project.read("public/docs/index.html");
    has(&page, &["First page</h1>", "href=\"/docs/use/\">Use</a>"]);
}

#[test]
fn tags_are_read_in_whatever_forms_texts_have_them() {
    let forms = ["a, b", "[c, d]", "e", "\"#f\"", "\"#g, #h\"", "2024", "[1, \"#m\", true]", "\n  - c\n  - a", "C#"];
    let note = |(n, tags): (usize, &&str)| format!("//- n{n}.md\n---\ntags: {tags}\n---\nText {n}.\n");
    let project = Project::bare(&forms.iter().enumerate().map(note).collect::<String>());
    let (site, _) = imported(&project, ".");
    has(&site, &["regroup_by: [tags]", "tags: {type: list, of: text} # in 9 of 9 files"]);
    assert!(!site.contains("field-wrong-type"), "{site}");
    let pages: Vec<String> = project.bytes("public").into_keys().filter(|path| path.contains("by-tags/")).collect();
    for tag in ["a", "b", "c", "d", "e", "f", "g", "h", "2024", "1", "m", "true"] {
        assert!(
            pages.iter().any(|path| path.ends_with(&format!("/{tag}/index.html"))),
            "{tag} is not among {pages:#?}"
        );
    }
}

#[test]
fn a_readme_is_called_as_it_calls_itself_and_never_readme() {
    for (text, title) in [
        ("# My project\n", "My project"),
        ("Words before.\n\n# My project\n", "My project"),
        ("## My project\n\nText.\n", "My project"),
        ("<h1 align=\"center\">My project</h1>\n", "My project"),
        ("Words alone.\n", "Home"),
    ] {
        let project = Project::bare(&format!(
            "//- README.md\n{text}//- docs/README.md\nHello.\n//- docs/leek.md\n# Leek\n//- docs/pea.md\n# Pea\n"
        ));
        imported(&project, ".");
        let home = project.read("public/index.html");
        has(&home, &[&format!("<h1>{title}</h1>"), &format!("<title>{title}")]);
        assert!(!home.contains("README"), "{home}");
        has(&project.read("public/docs/index.html"), &["<h1>docs</h1>"]);
    }
}

#[test]
fn drafts_in_front_matter_that_is_no_yaml_stay_out() {
    for front in [
        "---js\n{\n  title: 'A',\n  draft: true,\n}\n---\n",
        "---js\nconst draft = true;\nconst title = 'A';\n---\n",
        "---\ntitle = \"A\"\ndraft = true\n---\n",
        "---toml\ntitle = \"A\"\ndraft = true\n---\n",
    ] {
        let project = Project::bare(&format!(
            "//- eleventy.config.js\nexport default 1\n//- index.md\n# Home\n//- secret.md\n{front}Parsnipwords.\n"
        ));
        let (_, ran) = imported(&project, ".");
        let pages = project.bytes("public");
        let leaks = pages.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("Parsnipwords"));
        assert_eq!(leaks.count(), 0, "{front}\n{}", ran.err);
        assert!(ran.err.contains("secret.md"), "{}", ran.err);
    }
}

#[test]
fn of_files_with_one_address_the_nearest_name_keeps_it() {
    for (names, kept) in [
        ("_a.md a.md", "a.md"),
        ("A.md a.md _a.md", "a.md"),
        ("a b.md a.b.md a_b.md a-b.md", "a-b.md"),
        ("use/_A.md use/A.md", "use/A.md"),
    ] {
        let split = names.replace(".md ", ".md|");
        let text = |name: &str| format!("//- {name}\n# It is {name}\n");
        let project = Project::bare(&format!("//- z.md\n# Z\n{}", split.split('|').map(text).collect::<String>()));
        let (site, _) = imported(&project, ".");
        let page = kept.trim_end_matches(".md").to_lowercase();
        has(&project.read(&format!("public/{page}/index.html")), &[&format!("It is {kept}")]);
        assert_eq!(site.matches(" # its address is that of ").count(), split.split('|').count() - 1, "{site}");
    }
}

#[test]
fn what_is_left_out_for_one_reason_is_said_in_one_line() {
    let text = |name: &str| format!("//- notes/{name}.md\n# {name}\n//- notes/_{name}.md\n# Other {name}\n");
    let project = Project::bare(&format!(
        "//- .obsidian/app.json\n{{}}\n//- a.md\n# A\n//- b!.md\n# B\n//- no/!.md\nX\n//- no/?.md\nY\n{}",
        text("x")
    ));
    let (_, ran) = imported(&project, ".");
    let lines: Vec<&str> = ran.err.lines().filter(|line| line.contains("left out")).collect();
    assert!(lines.iter().any(|line| line.contains("2 files are left out, first no/!.md")), "{lines:#?}");
}

#[test]
fn the_draft_of_a_copy_is_that_of_the_folder_with_its_hidden_configuration() {
    let vault = "//- Home.md\n# Welcome\n\nSee [[Run]].\n//- Run.md\n# Run\n//- Templates/Day.md\n# Day {{date}}\n\
        //- .obsidian/templates.json\n{\"folder\": \"Templates\"}\n";
    let eleventy = "//- .eleventy.js\nmodule.exports = () => ({ dir: { input: \"src\" } })\n//- .eleventyignore\nsrc/secret.md\n\
        //- src/a.md\n# A\n//- src/secret.md\n# Secret\n//- README.md\n# Not a page\n";
    let press = "//- .vitepress/config.ts\nexport default { title: 'P' }\n//- .vitepress/public/logo.svg\n<svg/>\n//- index.md\n# Home\n";
    for (files, page, kept_back) in [(vault, "run", "day"), (eleventy, "a", "secret"), (press, "logo.svg", "config.ts")]
    {
        let project = Project::bare(files);
        let copy = Project::bare("");
        let into = copy.path("copy");
        project.runs(&["import", ".", "--into", into.to_str().unwrap()]);
        let (site, _) = imported(&project, ".");
        assert_eq!(copy.read("copy/site.yaml"), site);
        copy.runs(&["--root", "copy", "build"]);
        let pages: Vec<String> = copy.bytes("copy/public").into_keys().collect();
        assert!(pages.iter().any(|path| path.contains(page)), "{pages:?}");
        assert!(!pages.iter().any(|path| path.contains(kept_back)), "{pages:?}");
    }
}

#[test]
fn relative_aliases_lead_on_from_where_the_tool_has_them() {
    let post = |name: &str, aliases: &str| {
        format!("//- content/posts/{name}.md\n---\ntitle: {name}\naliases: {aliases}\n---\nText.\n")
    };
    let hugo = format!(
        "//- hugo.toml\nbaseURL = 'https://e.org/'\n{}{}{}",
        post("one", "[old-b, /deep/old/]"),
        post("two", "[../up.html]"),
        post("three", "[/x/]")
    );
    let project = Project::bare(&hugo);
    let (site, _) = imported(&project, ".");
    has(
        &site,
        &["  \"/posts/old-b\": ", "\"/deep/old/\": ", "\"/up.html\": ", "\"/x/\": "].map(|line| line.trim_start()),
    );
    assert!(!site.contains("redirects: aliases"), "{site}");
    let zola = "//- config.toml\nbase_url = 'https://e.org'\n//- content/blog/a.md\n+++\ntitle = 'A'\naliases = ['old-a']\n+++\nText.\n";
    let project = Project::bare(zola);
    let (site, _) = imported(&project, ".");
    has(&site, &["redirects: aliases # 1 old address\n"]);
    assert!(project.bytes("public").keys().any(|path| path.starts_with("old-a")));
}

#[test]
fn entries_of_contents_that_lead_to_no_text_are_named() {
    let book = "//- book.toml\n[book]\ntitle = 'B'\n//- src/SUMMARY.md\n# Summary\n\n- [A](a.md)\n- [Missing](missing.md)\n- [Draft chapter]()\n\
        //- src/a.md\n# A\n";
    let (_, ran) = imported(&Project::bare(book), ".");
    has(
        &ran.err,
        &["note: 2 entries of the contents not taken over (no text is there): `missing.md`, `Draft chapter`\n"],
    );
    let nav = "//- mkdocs.yml\nsite_name: M\nnav:\n- Home: index.md\n- Missing: guide/none.md\n- Out: https://example.org\n\
        //- docs/index.md\n# Home\n";
    let (_, ran) = imported(&Project::bare(nav), ".");
    has(&ran.err, &["note: 1 entry of the contents not taken over (no text is there): `guide/none.md`\n"]);
}
