//! A law of `limber import`: whatever tool a folder was written for, links lead from the home page to every page of the site, also
//! without the list of all titles.

use std::collections::{BTreeMap, BTreeSet};

use crate::harness::Project;

/// Pages that lead everywhere, and count for nothing here.
const NO_WAY: [&str; 2] = ["a-z/", "search/"];

/// A text with a title and some keys.
fn text(path: &str, keys: &str) -> String {
    let title = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
    format!("//- {path}\n---\ntitle: Page {title}\n{keys}---\nText of {path}.\n")
}

/// Some texts, each with a date and a key of its own.
fn posts(folder: &str, count: usize) -> String {
    let post =
        |n: usize| text(&format!("{folder}/post-{n}.md"), &format!("date: 2024-01-{:02}\nlevel: easy\n", n % 28 + 1));
    (1..=count).map(post).collect()
}

fn texts(names: &str) -> String {
    names.split(' ').map(|name| text(name, "")).collect()
}

/// The file that an address of the site means.
fn file_at(address: &str) -> String {
    let path = address.split(['#', '?']).next().unwrap_or_default().trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_string() }
}

/// The pages of a site that no link leads to, one after the other from the home page on.
fn unreached(files: &BTreeMap<String, String>) -> Vec<&str> {
    let is_page = |path: &str, html: &str| {
        path.ends_with(".html")
            && path != "404.html"
            && !NO_WAY.iter().any(|begin| path.starts_with(begin))
            && !html.contains("http-equiv=\"refresh\"")
    };
    let mut reached = BTreeSet::from(["index.html".to_string()]);
    let mut next = vec!["index.html".to_string()];
    while let Some(path) = next.pop() {
        let Some(html) = files.get(&path).filter(|_| !NO_WAY.iter().any(|begin| path.starts_with(begin))) else {
            continue;
        };
        for address in html.split(" href=\"/").skip(1).filter_map(|rest| rest.split('"').next()) {
            let file = file_at(address);
            if reached.insert(file.clone()) {
                next.push(file);
            }
        }
    }
    let pages = files.iter().filter(|(path, html)| is_page(path, html)).map(|(path, _)| path.as_str());
    pages.filter(|path| !reached.contains(*path)).collect()
}

#[test]
fn every_page_of_an_imported_folder_is_reached_from_its_home() {
    let hugo = "//- hugo.toml\ntitle = 'H'\nbaseURL = 'https://h.example/'\n";
    let vitepress = "//- .vitepress/config.ts\nimport { sidebar } from './sidebar'\nexport default { title: 'V', themeConfig: { sidebar, nav: [{ text: 'Guide', link: '/guide/' }] } }\n\
                     //- .vitepress/sidebar.ts\nconst guide = [{ text: 'One', link: '/guide/one' }]\nexport const sidebar: Sidebar[] = [{ text: 'Guide', items: [...guide] }]\n";
    let docusaurus = "//- docusaurus.config.js\nmodule.exports = {title: 'D', plugins: [['@docusaurus/plugin-content-docs', {id: 'people', path: 'people', routeBasePath: 'people'}]]};\n";
    let sites = [
        ("Hugo with sections", format!("{hugo}{}{}{}", texts("content/_index.md content/about.md"), text("content/posts/_index.md", ""), posts("content/posts", 5))),
        ("Hugo without a home", format!("{hugo}{}{}", texts("content/about.md content/contact.md"), posts("content/posts", 5))),
        (
            "Hugo with days in addresses and a menu",
            format!(
                "{hugo}[permalinks]\nposts = '/:year/:month/:slug/'\n[[menu.main]]\nname = 'About'\npageRef = '/about'\n{}{}{}",
                texts("content/_index.md content/about.md content/imprint.md content/posts/_index.md"),
                posts("content/posts", 5),
                posts("content/talks", 4)
            ),
        ),
        ("Hugo of recipes alone", format!("{hugo}{}{}", texts("content/_index.md"), posts("content", 130))),
        ("Hugo with files for pages", format!("{hugo}uglyURLs = true\n{}{}", texts("content/_index.md content/docs/a.md content/docs/b.md"), posts("content/posts", 4))),
        ("Zola", format!("//- config.toml\nbase_url = \"https://z.example\"\n{}{}", texts("content/_index.md content/about.md"), posts("content/blog", 5))),
        ("Jekyll", format!("//- _config.yml\ntitle: J\n{}{}", texts("index.md about.md"), posts("_posts", 5).replace("/post-", "/2024-01-01-post-"))),
        ("Jekyll without a home", format!("//- _config.yml\ntitle: J\npermalink: pretty\ncollections: {{soups: {{output: true}}}}\n{}{}", texts("about.md _soups/leek.md _soups/pea.md"), posts("_posts", 5).replace("/post-", "/2024-01-01-post-"))),
        ("Jekyll with a page for its posts", format!("//- _config.yml\ntitle: J\n{}{}", texts("index.md posts.md"), posts("_posts", 5).replace("/post-", "/2024-01-01-post-"))),
        ("MkDocs", format!("//- mkdocs.yml\nsite_name: M\nnav:\n  - index.md\n  - Use: [use/a.md]\n{}", texts("docs/index.md docs/use/a.md docs/use/lost.md docs/more/deep/b.md"))),
        (
            "MkDocs with a page at an address that every site has",
            format!(
                "//- mkdocs.yml\nsite_name: M\nnav:\n  - index.md\n  - Find: [search/index.md, use/a.md]\n  - use/gone.md\nexclude_docs: use/gone.md\n{}",
                texts("docs/index.md docs/search/index.md docs/use/a.md docs/use/gone.md")
            ),
        ),
        ("MkDocs with files for pages", format!("//- mkdocs.yml\nsite_name: M\nuse_directory_urls: false\n{}", texts("docs/index.md docs/use/index.md docs/use/a.md docs/b.md"))),
        ("mdBook", "//- book.toml\n[book]\ntitle = 'B'\n//- src/SUMMARY.md\n[A](a.md)\n- [B](b.md)\n    - [C](deep/c.md)\n//- src/a.md\n# A\n//- src/b.md\n# B\n//- src/deep/c.md\n# C\n".to_string()),
        ("Docusaurus", format!("{docusaurus}{}", texts("docs/index.md docs/a.md docs/use/b.md people/ann.md people/_partials/x.md blog/2024-01-02-x.md blog/_y.md"))),
        (
            "Docusaurus with contents that name what is left out",
            format!(
                "{docusaurus}//- sidebars.js\nmodule.exports = {{docs: ['a', '_gone', 'use/b']}};\n{}",
                texts("docs/index.md docs/a.md docs/A.md docs/_gone.md docs/use/b.md")
            ),
        ),
        ("Docusaurus without a first page", format!("{docusaurus}{}", texts("docs/a.md docs/use/b.md people/index.md people/ann.md"))),
        ("Starlight", format!("//- astro.config.mjs\nexport default defineConfig({{ integrations: [starlight({{ title: 'S' }})] }});\n{}", texts("src/content/docs/index.md src/content/docs/use/a.md src/content/docs/b.md"))),
        ("Astro with posts", format!("//- astro.config.mjs\nexport default {{}}\n{}{}", posts("src/content/blog", 4), texts("src/content/notes/a.md src/content/notes/b.md"))),
        ("Eleventy", format!("//- .eleventy.js\nmodule.exports = {{}};\n{}{}", texts("content/index.md content/about.md"), posts("content/blog", 4))),
        ("VitePress", format!("{vitepress}{}", texts("index.md guide/index.md guide/one.md guide/two.md api/x.md"))),
        ("Quartz", format!("//- quartz.config.ts\nconst c = {{}}\n{}", texts("content/index.md content/a.md content/deep/b.md"))),
        ("Logseq", "//- logseq/config.edn\n{}\n//- pages/a.md\n- A\n//- pages/b.md\n- B\n//- journals/2024_01_02.md\n- C\n".to_string()),
        ("a vault with a home", format!("//- .obsidian/app.json\n{{}}\n{}", texts("Home.md a.md deep/b.md deep/er/c.md"))),
        ("a vault of days", format!("//- .obsidian/app.json\n{{}}\n{}{}", texts("Home.md"), posts("days", 30))),
        ("a vault of loose notes", format!("//- .obsidian/app.json\n{{}}\n{}", (0..150).map(|n| text(&format!("n{n}.md"), "")).collect::<String>())),
        ("loose files", texts("a.md b.md c.md")),
        ("a folder of code", texts("README.md docs/a.md docs/deep/b.md")),
    ];
    let mut lost = Vec::new();
    for (name, files) in sites {
        let project = Project::bare(&files);
        let ran = project.run(&["import", "."]);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
        let site = project.read("site.yaml");
        let built = project.run(&["build"]);
        assert_eq!(built.code, Some(0), "{name}:\n{site}\n{}", built.err);
        let html = project.bytes("public").into_iter();
        let html = html.filter(|(path, _)| path.ends_with(".html"));
        let html: BTreeMap<String, String> =
            html.map(|(path, bytes)| (path.to_string(), String::from_utf8_lossy(&bytes).into_owned())).collect();
        let entries = files.matches("Text of ").count();
        assert!(html.len() >= entries.min(3), "{name}: {:?}\n{site}", html.keys());
        let pages = unreached(&html);
        lost.extend((!pages.is_empty()).then(|| format!("{name}: {pages:?}\n{site}")));
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn a_folder_of_loose_files_without_a_first_page_begins_with_the_list_of_them() {
    let project = Project::bare(&(0..30).map(|n| format!("//- n{n}.md\n# Issue {n}\n\nText.\n")).collect::<String>());
    project.runs(&["import", "."]);
    project.runs(&["build"]);
    let home = project.read("public/index.html");
    assert!((0..30).all(|n| home.contains(&format!("href=\"/n{n}/\""))), "{home}");
    let project = Project::bare("//- Home.md\n# Home\n\nWelcome.\n//- a.md\n# A\n//- b.md\n# B\n");
    project.runs(&["import", "."]);
    project.runs(&["build"]);
    assert!(project.read("public/index.html").contains("Welcome."));
}
