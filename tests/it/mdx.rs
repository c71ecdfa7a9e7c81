//! Texts that are MDX: what is no word for readers in them, and what the page says of it. Comments of other tools besides.

use crate::harness::{Project, site};

const SITE: &str = "title: Site\nbase_url: https://example.org/\nkinds: {note: {folder: docs, url: \"/{slug}/\"}}\nmarkdown: {allow_html: true}\nchecks: {advice: off}\n";

/// Ways to write a comment. `@` is what it says.
const COMMENTS: &[&str] = &[
    "{/* @ */}\n",
    "{/*\n@\n\n## @\n\n```\n@\n*/}\n",
    "{/* @ */} *so* it is.\n",
    "Some words {/* @ */}here.\n",
    "Some words\n{/* @ */}\nin one paragraph.\n",
    "- item {/* @ */}\n- {/* @ */}\n",
    "- item\n\n        {/* @ */}\n",
    "> quoted {/* @\n> goes on */}\n",
    "| a {/* @ | */} | b |\n|---|---|\n| {/* @ */} | x |\n",
    "## Heading {/* @ */}\n",
    "[a](a.mdx \"so {/* @ */}\")\n",
    "![alt {/* @ */}](a.png)\n",
    "A note[^1].\n\n[^1]: Words {/* @ */}.\n",
    "<div>\n  {/* @ */}\n  <b>x</b>\n</div>\n",
    "<Tabs>\n    {/* @ */}\n    <Tab>\n        {/* @ */}\n    </Tab>\n</Tabs>\n",
    "{\n  // @\n  /* @ */\n}\n",
    "<Card {/* @ */} title=\"x\" />\n",
];

#[test]
fn no_file_of_a_site_has_a_comment_of_mdx() {
    for (dialect, ending) in [("", "mdx"), (", dialect: docusaurus", "md"), (", dialect: astro", "mdx")] {
        let project = Project::bare("");
        let declared = SITE.replace("allow_html: true", &format!("allow_html: true{dialect}"));
        project.write("site.yaml", format!("{declared}pages: {{twins: true, feed: true}}\n"));
        for (number, comment) in COMMENTS.iter().enumerate() {
            let text = comment.replace('@', &format!("secret{number}x"));
            project.write(
                &format!("docs/p{number}.{ending}"),
                format!("# Page {number}\n\nWords.\n\n{text}\nLast{number}x.\n"),
            );
        }
        project.write(&format!("docs/title.{ending}"), "# Title {/* secretx */}\n\nWords.\n");
        project.run(&["build", "--despite-errors"]);
        let out = project.bytes("public");
        assert!(out.len() > 20);
        for (path, bytes) in &out {
            let said = String::from_utf8_lossy(bytes);
            let at = said.find("secret");
            assert!(at.is_none(), "{path}: {}", at.map_or("", |at| &said[at..said.ceil_char_boundary(at + 20)]));
        }
        for number in 0..COMMENTS.len() {
            let page = String::from_utf8_lossy(&out[&format!("p{number}/index.html")]).into_owned();
            assert!(page.contains(&format!("Last{number}x")), "{page}");
        }
    }
}

#[test]
fn code_shows_what_looks_like_a_comment_of_mdx() {
    let drawn = site(&format!(
        "//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\nWrite `{{/* one */}}` or\n\n```text\n<A>{{/* two */}}</A>\n```\n\n\\{{/* three */}}\n//- docs/b.md\n# B\n\nHere {{/* four */}}.\n"
    ));
    let page = drawn.main("/a/");
    for shown in ["{/* one */}", "&lt;A&gt;{/* two */}&lt;/A&gt;", "{/* three */}"] {
        assert!(page.contains(shown), "{page}");
    }
    assert!(drawn.main("/b/").contains("{/* four */}"), "plain Markdown has no such comments");
    assert!(drawn.problems().contains("docs/b.md:3:6: warning[markdown-unread]: this is no comment here"));
}

#[test]
fn comments_of_other_tools_are_published_nowhere_and_end() {
    let drawn = site(&format!(
        "//- site.yaml\n{SITE}//- docs/a.md\n# A\n\nOne {{{{< comment >}}}}secret{{{{< /comment >}}}}two.\n\n{{{{% comment %}}}}\nsecret\n\n## secret\n{{{{% /comment %}}}}\n\n\
         - three\n  #+BEGIN_COMMENT\n  secret\n  #+END_COMMENT\n- four\n"
    ));
    drawn.is_fine();
    let page = drawn.main("/a/");
    assert!(!page.contains("secret") && !page.contains("omment") && page.contains("One two."), "{page}");
    for (sign, text) in [
        ("{/*", "{/* secret"),
        ("{{< comment >}}", "{{< comment >}} secret"),
        ("#+BEGIN_COMMENT", "#+BEGIN_COMMENT\nsecret"),
    ] {
        let drawn = site(&format!("//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\n{text}\n\nLast.\n"));
        let said =
            format!("docs/a.mdx:3:1: error[comment-open]: `{sign}` begins what is not published, and it never ends");
        assert!(drawn.problems().contains(&said), "{}", drawn.problems());
        assert!(!drawn.main("/a/").contains("secret"));
    }
}

#[test]
fn programs_and_values_in_braces_are_no_words_and_said_once() {
    let drawn = site(&format!(
        "//- site.yaml\n{SITE}//- docs/a.mdx\nimport Tabs from 'tabs';\nimport {{\n  Aside,\n}} from '@a/b';\n\n# A\n\nexport const facts = {{\n\n  word: 'lost',\n}};\n\n\
         First.\n\n<Links current=\"js\" languages={{[{{\"id\": \"lost\"}}]}} />\n\n<Fragment set:html={{\"<pre><span>lost</span></span></pre>\"}} />\n\n\
         <Fragment set:html={{\"</div></span>\"}} />\n\nLast, as <Card title={{'Some words'}} /> says.\n"
    ));
    let page = drawn.main("/a/");
    for gone in ["import", "export", "lost", "from", "languages", "set:html"] {
        assert!(!page.contains(gone), "{gone}: {page}");
    }
    assert!(page.contains("First.") && page.contains("Last, as"), "{page}");
    let problems = drawn.problems();
    let expected = [
        "docs/a.mdx:8:1: warning[markdown-unread]: a line of a program does nothing in a text, and the page leaves it out",
        "docs/a.mdx:15:1: warning[markdown-unread]: a value in braces is a program, and the page leaves it out",
        "docs/a.mdx:15:1: warning[markdown-unread]: `<links>` is no element of HTML",
        "docs/a.mdx:17:1: warning[markdown-unread]: `<fragment>` is no element of HTML",
        "docs/a.mdx:21:10: warning[markdown-unread]: `<card>` is no element of HTML",
        "docs/a.mdx:21:24: warning[text-lost]: what the attribute `title` of `<card>` says is on no page",
    ];
    for said in expected {
        assert!(problems.contains(said), "{said}\n{problems}");
    }
    assert_eq!(problems.matches("[").count(), expected.len(), "{problems}");
}

#[test]
fn comments_of_mdx_in_front_matter_are_in_no_file() {
    for (dialect, ending) in [("", "mdx"), (", dialect: docusaurus", "md")] {
        let project = Project::bare("");
        let declared = SITE.replace("allow_html: true", &format!("allow_html: true{dialect}"));
        let declared = declared.replace("kinds: {note: {", "kinds: {note: {fields: {line: text}, ");
        project.write("site.yaml", format!("{declared}pages: {{twins: true, feed: true}}\n"));
        project.write(
            &format!("docs/a.{ending}"),
            "---\ntitle: \"A {/* secretx */}title\"\nsummary: Words {/* secretx\n  more */}.\nline: \"`{/* code */}` {/* secretx */}\"\n---\nText.\n",
        );
        let ran = project.runs(&["build"]);
        assert!(
            ran.err.contains("`{/*` begins what is not published, and it is taken out of this text"),
            "{}",
            ran.err
        );
        let files = project.bytes("public");
        let leaks = files.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("secretx"));
        assert_eq!(leaks.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&String>::new());
        assert!(project.read("public/a/index.html").contains("A title"));
        assert!(project.read("public/a/index.html").contains("code"));
    }
}
