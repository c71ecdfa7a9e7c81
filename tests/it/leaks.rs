//! The law of privacy: what was not meant for readers is in no file of the output and of what the program remembers - no page,
//! no index for searching, no graph, no feed.

use crate::harness::{Project, site};
use crate::random::{Random, number};

const SITE: &str = "\
title: Site
base_url: https://example.org/
description: Notes
markdown: {term_links: true, allow_html: HTML}
kinds:
  note: {term_links: all, extra: allow, fields: {remark: markdown, words: {type: list, of: text}, picture: image, from: citations}}
  term: {url: '/glossary/#{slug}', term_links: all, fields: {meaning: markdown}}
relations:
  - {one: note.terms, other: term.notes, fields: {why: markdown}}
checks: {advice: off}
";

/// Ways to keep a word from readers within a text that is published. `@` is the word.
const IN_TEXTS: &[&str] = &[
    "Some <!-- @ --> words.\n",
    "<!--\n@\n-->\n",
    "<!-- @ -->after\n",
    "Some %%@%% words.\n",
    "%%\n@ of\n\nseveral paragraphs\n%%\n",
    "- item <!-- @ -->\n- item %% @ %%\n",
    "> quoted <!-- @\n> goes on -->\n",
    "| a <!-- @ --> | b |\n|---|---|\n| %%@%% | x |\n",
    "## Heading <!-- @ -->\n",
    "## Other %%@%% {#id-N}\n",
    "A note[^N].\n\n[^N]: Words <!-- @ --> and %%@%%.\n",
    "Term\n: Meaning <!-- @ -->\n",
    "*so <!-- @ --> strong* and [a <!-- @ --> link](a.md)\n",
    "> [!NOTE] Title %%@%%\n> Text <!-- @ -->\n",
    "<div>\n<!-- @ -->\n</div>\n",
    "1. one\n\n   <!-- @ -->\n\n   two\n",
    "Line <!-- @\n\nand @\n\n--> end.\n",
    "[x]: a.md\n<!-- @ -->\n[x] here\n",
    "Some words\n[//]: # (@)\n",
    "- item\n  [comment]: <> (@ *@*)\n  more\n",
    "```js title=\"x <!-- @ --> y %%@%%\" {1}\na\n```\n",
    "## Third {#id3-N title=\"x <!-- @ --> %%@%%\"}\n",
    "Some {{< comment >}}@{{< /comment >}} words.\n",
    "- item\n  #+begin_comment\n  @\n\n  #+end_comment\n",
];

/// Ways to keep it from readers within front matter that is published.
const IN_KEYS: &[&str] = &[
    "# @\n",
    "words: [one] # @\n",
    "remark: Some <!-- @ --> words %%@%%\n",
    "remark: |\n  Some words\n  <!-- @ -->\n",
    "terms: [{to: tN, why: 'So <!-- @ --> it is'}]\n",
    "words:\n  - one\n  # - @\n",
    "words: ['two <!-- @ --> three', '%%@%%']\n",
    "summary: So <!-- @ --> it is\n",
    "short_title: |\n  So\n  %%@%%\n",
    "aliases: [Another %%@%%]\n",
    "unknown: {deep: ['a %%@%% b']}\n",
];

/// Marks of files that are kept back.
const MARKS: &[&str] = &[
    "draft: true",
    "publish: false",
    "private: true",
    "published: false",
    "Draft: true",
    "published: no",
    "visibility: private",
    "_build: {render: never}",
    "headless: true",
];

/// Front matter that cannot be read here, each with a mark that keeps the file back.
const UNREADABLE: &[&str] = &[
    "---js\nconst draft = true;\n---\n",
    "---js\n{\n  title: 'x', draft: true\n}\n---\n",
    "---js\nfunction f() { return 1; }\nmodule.exports.draft = true\n---\n",
    "---js\ndraft: true\n---\n",
    "---coffee\nx = 1; draft = on\n---\n",
    "---json\n{\"title\": \"x\", \"publish\": false}\n---\n",
    "---toml\ndraft = true\n---\n",
    "---\ndraft = true\n---\n",
    "---\ntitle = \"x\"\npublish = false\n---\n",
    "---\n- draft: true\n---\n",
    "+++\ndraft: true\n+++\n",
];

#[test]
fn what_keeps_a_file_back_does_so_where_its_front_matter_cannot_be_read() {
    for front in UNREADABLE {
        let project = Project::bare(&format!(
            "//- site.yaml\ntitle: x\nkinds: {{note: {{folder: \".\", url: \"/{{slug}}/\", extra: allow}}}}\n//- index.md\n# Home\n//- a.md\n{front}# SECRET\n\nSECRET\n"
        ));
        let built = project.run(&["build", "--despite-errors"]);
        assert!(!built.err.contains("panicked"), "{}", built.err);
        let leaks = |bytes: &Vec<u8>| bytes.windows(6).any(|part| part == b"SECRET");
        let public = if project.path("public").exists() { project.bytes("public") } else { Default::default() };
        assert!(!public.values().any(leaks), "{front}\n{}", built.err);
    }
}

#[test]
fn nothing_private_is_in_any_file() {
    let rounds = number("LIMBER_TEXTS", 400) / 50;
    let seed = number("LIMBER_SEED", 20_261_129);
    for round in 0..rounds.max(4) {
        check(seed.wrapping_add(round));
    }
}

/// Builds a site of random entries, each with a secret of its own, and looks for the secrets.
fn check(seed: u64) {
    let mut random = Random(seed);
    let (mut secrets, mut of_drafts) = (Vec::new(), Vec::new());
    let html = random.below(2) == 0;
    let project = Project::bare("");
    project.write("site.yaml", SITE.replace("HTML", if html { "true" } else { "false" }));
    project.write("content/index.md", "---\ntitle: Home\n---\nHello.\n");
    let (mut terms, mut works) = (String::new(), String::new());
    for n in 0..12 {
        let before = secrets.len();
        let mut secret = || {
            let word = format!("zq{}x{n}k{}", seed % 10_000, secrets.len());
            secrets.push(word.clone());
            word
        };
        let is_private = random.below(3) == 0;
        let mut keys = format!("title: {}\n", if is_private { secret() } else { format!("Note {n}") });
        let mut text = String::new();
        if is_private {
            keys += &format!("{}\naliases: [{}]\nwords: [{}]\n", MARKS[random.below(MARKS.len())], secret(), secret());
            let key = secret();
            works += &format!("{key}: {{type: article, title: '{}', author: 'A, B', date: 2020}}\n", secret());
            text += &format!("Not yet {} [@{key}] ![x](p{n}.png) [y](f{n}.zip)\n\n## {}\n", secret(), secret());
            for file in [format!("p{n}.png"), format!("f{n}.zip"), format!("n{n}.pdf")] {
                project.write(&format!("content/notes/{file}"), secret());
            }
            terms += &format!("t{n}:\n  title: {}\n  draft: true\n  meaning: {}\n", secret(), secret());
        } else {
            let key = IN_KEYS[random.below(IN_KEYS.len())].replace('@', &secret()).replace('N', &n.to_string());
            keys += &key;
            for _ in 0..4 {
                let part = IN_TEXTS[random.below(IN_TEXTS.len())].replace('@', &secret());
                text += &part.replace('N', &format!("{n}{}", text.len()));
                text.push('\n');
            }
            text += &format!("To a draft: [[n{}]] and [x](n{}.md)\n", random.below(12), random.below(12));
            terms += &format!("# {}\nt{n}:\n  title: Term {n}\n  meaning: Words <!-- {} -->\n", secret(), secret());
        }
        project.write(&format!("content/notes/n{n}.md"), format!("---\n{keys}---\n{text}"));
        if is_private {
            of_drafts.extend_from_slice(&secrets[before..]);
        }
    }
    project.write("content/notes/a.md", "---\ntitle: Another\n---\nText.\n");
    project.write("content/pages/glossary.md", "---\ntitle: Glossary\n---\n```all\nentries: term\n```\n");
    project.write("templates/blocks/all.html", "{% for entry in entries %}<p id=\"{{ entry.slug }}\">{{ entry.title }} {{ entry.fields.meaning }}</p>{% endfor %}");
    project.write("content/terms.yaml", terms);
    project.write("content/sources.yaml", works);
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, Some(0), "seed {seed}: {}", ran.err);
    let built = |name: &str| {
        let tree = project.tree(name);
        tree.into_iter().map(|(path, (bytes, _))| (path, String::from_utf8_lossy(&bytes).into_owned()))
    };
    // What the program remembers is not published, but nobody expects drafts in it.
    for (folder, secrets) in [("public", &secrets), (".limber", &of_drafts)] {
        assert!(built(folder).len() > 1, "{folder} is there");
        for (path, text) in built(folder) {
            let leaked: Vec<_> =
                secrets.iter().filter(|secret| text.contains(*secret) || path.contains(*secret)).collect();
            assert!(leaked.is_empty(), "seed {seed}: {path} holds {leaked:?}");
        }
    }
}

#[test]
fn pages_of_logseq_that_are_not_public_are_held_back() {
    let project = Project::bare(
        "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nmarkdown: {dialect: logseq, wikilinks: true}\nkinds: {note: {folder: docs}}\n\
         //- docs/one.md\ntitle:: SECRET\npublic:: false\n\n- SECRET\n//- docs/two.md\npublic:: true\n\n- Two\n",
    );
    project.runs(&["build"]);
    let files = project.bytes("public");
    let secret = files.iter().find(|(_, bytes)| bytes.windows(6).any(|part| part == b"SECRET"));
    assert_eq!(secret.map(|(path, _)| path), None);
    assert!(files.keys().any(|path| path.ends_with("two/index.html")), "{:?}", files.keys());
}

#[test]
fn a_remark_in_a_category_is_no_part_of_the_address() {
    let project = Project::bare(
        "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nkinds: {note: {folder: docs, url: '/{categories}/{name}/', extra: allow}}\n\
         //- docs/g.md\n---\ntitle: Gee\ncategories: ['%%SECRET%%x', y]\n---\n\nText.\n//- docs/h.md\n---\ntitle: Aitch\ncategories: one %% SECRET %% two\n---\n\nText.\n",
    );
    project.runs(&["build"]);
    let files = project.bytes("public");
    let pages: Vec<_> =
        files.keys().filter(|path| path.ends_with("g/index.html") || path.ends_with("h/index.html")).collect();
    assert_eq!(pages, ["one/two/h/index.html", "search/index.html", "x/y/g/index.html"]);
}

#[test]
fn a_text_is_read_as_markdown_whatever_case_its_ending_has() {
    for name in ["q.MD", "q.Markdown", "q.mdown", "q.mkd", "q.qmd", "q.Rmd"] {
        let drawn = site(&format!(
            "//- site.yaml\ntitle: Site\nkinds: {{note: {{}}}}\nchecks: {{advice: off}}\n\
             //- content/notes/{name}\n---\ntitle: Q\n---\nShown <!-- hidden -->\n\
             //- content/notes/{}\n---\ntitle: Draft\ndraft: true\n---\nhidden\n\
             //- content/notes/a.md\n---\ntitle: A\n---\n[x]({name}) [[q]]\n",
            name.replacen('q', "d", 1)
        ));
        let page = drawn.is_fine().main("/notes/a/");
        assert_eq!(page.matches("href=\"/notes/q/\"").count(), 2, "{name}: {page}");
        assert!(drawn.main("/notes/q/").contains("Shown"), "{name}");
        for (path, text) in &drawn.files {
            assert!(!path.starts_with("media/") && !text.contains("hidden"), "{name}: {path}");
        }
    }
}
