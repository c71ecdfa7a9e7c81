//! `limber import`: what another tool publishes nowhere stays out of the site here, too, and the draft says so.

use crate::harness::Project;

/// Drafts a declaration and builds with it: the declaration, what was said, and the addresses of all pages.
#[track_caller]
fn imported(project: &Project, folder: &str) -> (String, String, Vec<String>) {
    let ran = project.runs(&["import", folder]);
    let site = project.read(&format!("{folder}/site.yaml"));
    let built = project.run(&["--root", folder, "build"]);
    assert_eq!(built.code, Some(0), "{site}\n{}", built.err);
    let files = project.bytes(&format!("{folder}/public"));
    let secret = files.iter().find(|(_, bytes)| bytes.windows(6).any(|part| part == b"SECRET"));
    assert!(secret.is_none(), "{:?} is published:\n{site}", secret.map(|(path, _)| path));
    (site, ran.err, files.into_keys().map(|path| path.to_string()).collect())
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "there is no `{part}` in:\n{text}");
    }
}

#[test]
fn texts_that_a_book_does_not_name_stay_out_and_may_still_be_shown() {
    let book = Project::bare(
        "//- b/book.toml\n[book]\ntitle = \"B\"\n\
         //- b/src/SUMMARY.md\n# Summary\n\n1. [First](./first.md)\n- [Next](deep/next.md#x)\n- Of [other](<an other.md> \"t\")\n<!--\n- [Later](later.md)\n-->\n\
         //- b/src/README.md\nSECRET\n//- b/src/later.md\n# SECRET\n//- b/src/notes/a.md\n# SECRET\n//- b/src/notes/b.md\n# SECRET\n\
         //- b/src/pictures/x.svg\n<svg/>\n//- b/src/pictures/why.md\n# SECRET\n//- b/src/an other.md\n# Other\n\
         //- b/src/first.md\n# First\n\n![x](pictures/x.svg)\n\n{{#include part.md:shown}}\n//- b/src/deep/next.md\n# Next\n\
         //- b/src/part.md\n<!-- ANCHOR: shown -->\nWords of a part.\n<!-- ANCHOR_END: shown -->\nSECRET\n",
    );
    let (site, said, _) = imported(&book, "b");
    let why = "SUMMARY.md does not name it, and mdBook does not publish it";
    for path in ["/src/README.md", "/src/later.md", "/src/notes", "/src/part.md", "/src/pictures/why.md"] {
        has(&site, &[&format!("  - \"{path}\" # {why}\n")]);
    }
    has(&site, &["includes: [\"src/part.md\"]"]);
    has(&said, &[&format!("note: 6 files are left out, first src/README.md: {why}\n")]);
    has(&book.read("b/public/index.html"), &["First</h1>", "Words of a part.", "<img"]);
    assert!(book.path("b/public/an-other.html").exists() && book.path("b/public/deep/next.html").exists());
}

#[test]
fn a_book_without_a_configuration_keeps_its_first_page() {
    let book = Project::bare(
        "//- b/SUMMARY.md\n- [One](one.md)\n//- b/README.md\n# Home\n//- b/one.md\n# One\n//- b/two.md\n# SECRET\n",
    );
    let (_, _, files) = imported(&book, "b");
    assert!(files.iter().any(|path| path.ends_with("one/index.html")), "{files:?}");
    has(&book.read("b/public/index.html"), &["Home</h1>"]);
}

#[test]
fn what_configurations_leave_out_stays_out() {
    for (configuration, texts, left_out) in [
        (
            "mkdocs.yml\nsite_name: M\nexclude_docs: |\n  # why\n  *.draft.md\n  /old/*\n  !/old/kept.md\n  notes/\ndraft_docs: wip.md\n",
            "docs/index.md docs/old/kept.md -docs/a.draft.md -docs/deep/a.draft.md -docs/old/gone.md -docs/deep/notes/a.md -docs/wip.md -docs/templates/x.md",
            "  - \"/docs/deep/notes\" # `exclude_docs` of MkDocs\n",
        ),
        (
            "docusaurus.config.js\nmodule.exports = {docs: {\n  // exclude: ['index.md'],\n  exclude: ['**/old/**', 'top.md']\n}};\n",
            "docs/index.md docs/a/top.md -docs/_part.md -docs/a/_parts/x.md -docs/a/old/b.md -docs/top.md",
            "  - \"/docs/a/old\" # `exclude` of Docusaurus\n",
        ),
        (
            ".vitepress/config.ts\nexport default { srcExclude: ['**/README.md', 'drafts/**'] }\n",
            "index.md -README.md -a/README.md -drafts/b.md a/b.md",
            "  - \"/drafts\" # `srcExclude` of VitePress\n",
        ),
        (
            "astro.config.mjs\nexport default {}\n",
            "src/content/docs/index.md -src/content/docs/_a.md -src/content/docs/_deep/b.md",
            "  - \"/src/content/docs/_deep\" # Astro makes no page of it\n",
        ),
        (
            "quartz.config.ts\nconst config = {\n  ignorePatterns: [\"private\", \"templates\", \".obsidian\"],\n}\n",
            "content/index.md -content/private/a.md -content/deep/private/b.md -content/templates/c.md",
            "  - \"/content/private\" # `ignorePatterns` of Quartz\n",
        ),
        (
            "config.toml\nbase_url = \"https://z.example\"\nignored_content = [\"*.draft.md\", \"notes/**\"]\n",
            "content/_index.md -content/deep/a.draft.md -content/notes/b.md",
            "  - \"/content/notes\" # `ignored_content` of Zola\n",
        ),
        (
            "hugo.toml\ntitle = 'H'\nignoreFiles = ['\\.draft\\.md$', '^content/old/']\n",
            "content/_index.md content/older.md -content/a.draft.md -content/old/b.md",
            "  - \"/content/a.draft.md\" # `ignoreFiles` of Hugo\n",
        ),
        (
            "_config.yml\ntitle: J\nexclude: [old/, top.md]\ncollections:\n  recipes: {output: true}\n  people: {}\ninclude: [_extra]\n",
            "index.md _recipes/a.md _extra/b.md deep/top.md -old/a.md -top.md -_people/c.md -_includes/d.md -deep/_drafts/e.md -vendor/f.md",
            "  - \"/_people\" # Jekyll makes no page of it\n",
        ),
        (
            ".eleventy.js\nmodule.exports = c => {\n  c.ignores.add(\"content/old/**\");\n};\n//- s/.eleventyignore\nREADME.md\ncontent/drafts/\n",
            "content/index.md content/a.md -content/old/a.md -content/README.md -content/drafts/b.md -content/_includes/c.md",
            "  - \"/content/old\" # Eleventy ignores it\n",
        ),
        (
            ".obsidian/templates.json\n{\"folder\": \"Meta/Templates\"}\n//- s/.obsidian/plugins/templater-obsidian/data.json\n{\"templates_folder\": \"Scripts\"}\n//- s/.obsidian/daily-notes.json\n{\"template\": \"Meta/Day\"}\n",
            "Home.md Meta/a.md -Meta/Templates/b.md -Scripts/c.md -Meta/Day.md",
            "  - \"/Meta/Templates\" # templates of new notes\n",
        ),
    ] {
        let text = |name: &str| match name.strip_prefix('-') {
            Some(name) => format!("//- s/{name}\n# SECRET\n"),
            None => format!("//- s/{name}\n# Shown\n"),
        };
        let texts: String = texts.split(' ').map(text).collect();
        let project = Project::bare(&format!("//- s/{configuration}{texts}"));
        let (site, said, files) = imported(&project, "s");
        has(&site, &[left_out]);
        has(&said, &["left out"]);
        let pages = files.iter().filter(|path| path.ends_with("/index.html"));
        assert!(pages.count() >= texts.matches("# Shown").count() - 1, "{files:?}\n{site}");
    }
}

#[test]
fn texts_whose_keys_keep_them_back_in_one_tool_stay_out() {
    let hugo = Project::bare(
        "//- s/hugo.toml\ntitle = 'H'\n//- s/content/_index.md\n# H\n//- s/content/a.md\n---\nbuild: {render: never}\n---\nSECRET\n",
    );
    imported(&hugo, "s");
    let garden = Project::bare(
        "//- s/quartz.config.ts\nconst c = { filters: [Plugin.ExplicitPublish()] }\n//- s/content/index.md\n---\npublish: true\n---\nShown\n//- s/content/b.md\nSECRET\n",
    );
    imported(&garden, "s");
    let zola = Project::bare(
        "//- s/config.toml\nbase_url = \"https://z.example\"\n//- s/content/_index.md\n+++\n+++\n//- s/content/b.md\n+++\nrender = false\n+++\nSECRET\n",
    );
    imported(&zola, "s");
}

#[test]
fn what_hugo_and_logseq_publish_nowhere_stays_out() {
    let hugo = Project::bare(
        "//- s/hugo.toml\ntitle = 'H'\n//- s/content/_index.md\n# H\n\
         //- s/content/part/_index.md\n---\ncascade: {build: {render: never}}\n---\n//- s/content/part/a.md\n# SECRET\n\
         //- s/content/wip/_index.md\n---\ncascade: [{draft: true}]\n---\nSECRET\n//- s/content/wip/a/b.md\n# SECRET\n\
         //- s/content/wip/open.md\n---\ndraft: false\n---\nShown\n\
         //- s/content/bundle/index.md\n# Bundle\n//- s/content/bundle/part.md\n# SECRET\n",
    );
    imported(&hugo, "s");
    assert!(hugo.path("s/public/wip/open/index.html").exists() && hugo.path("s/public/bundle/index.html").exists());
    let graph = Project::bare(
        "//- s/logseq/config.edn\n{:publishing/all-pages-public? false}\n//- s/logseq/bak/a.md\nSECRET\n\
         //- s/pages/a.md\npublic:: true\n\n- Shown\n//- s/pages/b.md\n- SECRET\n//- s/pages/c.md\npublic:: false\n\n- SECRET\n",
    );
    imported(&graph, "s");
}

#[test]
fn marks_that_keep_a_text_back_count_in_any_case() {
    let hugo = Project::bare(
        "//- s/hugo.toml\ntitle = 'H'\n//- s/content/_index.md\n# H\n//- s/content/open.md\n# Open\n\
         //- s/content/a.md\n---\nBuild: {Render: Never}\n---\nSECRET\n//- s/content/b.md\n---\nDRAFT: 'true'\n---\nSECRET\n\
         //- s/content/c.md\n+++\nDraft = true\n+++\nSECRET\n//- s/content/d.md\n---\nExpiryDate: 2020-01-01\n---\nSECRET\n\
         //- s/content/part/_index.md\n---\nCascade: {Build: {Render: never}}\n---\n//- s/content/part/e.md\nSECRET\n\
         //- s/content/wip/_index.md\n---\ncascade: [{Draft: true}]\n---\nSECRET\n//- s/content/wip/f.md\nSECRET\n",
    );
    imported(&hugo, "s");
    let zola = Project::bare(
        "//- s/config.toml\nbase_url = \"https://z.example\"\n//- s/content/_index.md\n+++\n+++\n//- s/content/b.md\n+++\nRender = false\n+++\nSECRET\n",
    );
    imported(&zola, "s");
    let graph = Project::bare(
        "//- s/logseq/config.edn\n{}\n//- s/pages/a.md\nPublic:: True\n\n- Shown\n//- s/pages/b.md\nPUBLIC:: False\n\n- SECRET\n//- s/pages/c.md\n- SECRET\n",
    );
    imported(&graph, "s");
    for (configuration, text) in [
        ("_config.yml\ntitle: J", "Published: false"),
        (".obsidian/app.json\n{}", "Publish: false"),
        ("docusaurus.config.js\nmodule.exports = {};", "Unlisted: true"),
        ("astro.config.mjs\nexport default {}", "Draft: true"),
        (".eleventy.js\nmodule.exports = {}", "Permalink: false"),
        ("mkdocs.yml\nsite_name: M", "DRAFT: yes"),
    ] {
        let folder = if configuration.starts_with("astro") { "src/content/docs" } else { "docs" };
        let project = Project::bare(&format!(
            "//- s/{configuration}\n//- s/{folder}/index.md\n# A\n//- s/{folder}/b.md\n---\n{text}\n---\nSECRET\n"
        ));
        imported(&project, "s");
    }
}

#[test]
fn patterns_that_cannot_be_read_are_said() {
    let project = Project::bare("//- s/mkdocs.yml\nsite_name: M\nexclude_docs: 'a[.md'\n//- s/docs/index.md\n# M\n");
    has(&imported(&project, "s").1, &["note: the pattern `a[.md` of MkDocs cannot be read"]);
}

#[test]
fn what_has_a_day_of_its_own_or_an_end_is_held_back_by_the_day_of_the_build() {
    let hugo = Project::bare(
        "//- s/hugo.toml\ntitle = 'H'\n//- s/content/_index.md\n# H\n\
         //- s/content/over.md\n---\ntitle: Over\nexpiryDate: 2020-01-01\n---\nSECRET\n\
         //- s/content/twice.md\n---\ntitle: Twice\nexpiryDate: 2098-01-01\nunpublishdate: 2020-01-01\n---\nSECRET\n\
         //- s/content/still.md\n---\ntitle: Still\nexpiryDate: 2098-01-01\n---\nShown.\n\
         //- s/content/later.md\n---\ntitle: Later\ndate: 2020-01-01\npublishDate: 2099-03-04T10:00:00Z\n---\nNot yet.\n",
    );
    let (_, said, _) = imported(&hugo, "s");
    has(
        &said,
        &[
            "note: 3 files with a day from which they are no longer published, first content/over.md",
            "note: Hugo publishes nothing before its day: `limber build --as-of DATE` does the same (the latest is 2099-03-04, content/later.md)",
        ],
    );
    assert!(hugo.path("s/public/still/index.html").exists());
    let built = |day: &str, page: &str| {
        hugo.runs(&["--root", "s", "build", "--as-of", day]);
        hugo.path(&format!("s/public/{page}/index.html")).exists()
    };
    assert!(!built("2099-03-03", "later"));
    assert!(built("2099-03-04", "later"));
    assert!(built("2019-12-31", "over"));
    assert!(!built("2020-01-01", "over"));
    assert!(!built("2098-01-01", "still"));
    let jekyll =
        Project::bare("//- s/_config.yml\ntitle: J\n//- s/index.md\n# J\n//- s/_posts/2099-01-01-far.md\n# Far\n");
    has(&imported(&jekyll, "s").1, &["Jekyll publishes nothing before its day"]);
}

#[test]
fn a_day_that_cannot_be_read_keeps_a_text_back() {
    let project = Project::new(
        "//- site.yaml\ntitle: S\nkinds: {note: {folder: n, extra: allow}}\n//- n/a.md\n---\ntitle: A\nexpiryDate: soon\n---\nSECRET\n",
    );
    let told = project.run(&["check"]).err;
    has(&told, &["`expiryDate` has to be a day, found `soon`"]);
}

#[test]
fn translations_stay_out_of_a_site_with_one_language() {
    let hugo = Project::bare(
        "//- s/hugo.toml\ndefaultContentLanguage = 'fr'\n[languages.fr]\ntitle = 'Les Poireaux'\n[languages.de]\ntitle = 'Lauch'\n\
         //- s/content/_index.md\n# H\n//- s/content/_index.de.md\nSECRET\n//- s/content/posts/a.md\n# A\n//- s/content/posts/a.de.md\nSECRET\n//- s/content/posts/v1.2.md\n# Shown\n",
    );
    let (site, said, files) = imported(&hugo, "s");
    has(&site, &["title: Les Poireaux", "language: fr"]);
    has(&said, &["2 files are left out, first content/_index.de.md: a translation, and the site has one language"]);
    assert!(files.iter().any(|path| path.contains("v1.2")), "{files:?}");
    let zola = Project::bare(
        "//- s/config.toml\nbase_url = \"https://z.example\"\n[languages.fr]\n//- s/content/_index.md\n+++\n+++\n//- s/content/a.md\n# A\n//- s/content/a.fr.md\nSECRET\n",
    );
    imported(&zola, "s");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_of_the_site_is_left_out() {
    let project = Project::bare("//- s/pages/a.md\n# A\n//- s/index.md\n# Home\n");
    std::os::unix::fs::symlink("pages", project.path("s/pages.en")).unwrap();
    let (site, _, files) = imported(&project, "s");
    has(&site, &["  - \"/pages.en\" # a link to a folder that is part of the site anyway\n"]);
    assert!(files.iter().all(|path| !path.starts_with("pages-en") && !path.starts_with("pages.en")), "{files:?}");
}
