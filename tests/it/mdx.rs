//! Texts that are MDX: what is no word for readers in them, and what the page says of it. Comments of other tools besides.

use expect_test::expect;

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
    "<Card /* @ */ title=\"x\" // @ > it's @\n  /* @\n\n@ */ href=\"/p1/\" label /* @ */ = /* @ */ \"y\"\n/>\n",
    "So <b\n  // @\n  title=\"x\">it</b /* @ */> is.\n",
    "> <Card /* @ */\n>   title=\"x\"\n> />\n",
    "<CodeBlock>{`a ${b /* @ */} c`}</CodeBlock>\n",
    "<Card // @\n>\n\nSo.\n\n</Card>\n",
    "Some words\n[//]: # (@)\n",
    "<Card title=\"so {/* @ */} it is\" />\n",
    "## Part <Badge text='new {/* @ */}' href=\"a.mdx\" />\n",
    "<a href=\"/p1/\" title=\"{/* @ */}\">it</a> <img alt='x {/* @ */}' src=\"a.png\" />\n",
    "<Card\n  title=\"x {/* @\n\n@ */}\"\n\n  {/* @\n\n  @ */}\n\n  href=\"/p1/\"\n/>\n",
    "<CodeBlock title=\"x {/* @ */} <!-- @ --> %%@%%\">{`a`}</CodeBlock>\n",
    "```js title=\"x {/* @ */} <!-- @ --> %%@%%\"\na\n```\n",
    "<Tabs values={[{label: 'x', value: 'a' /* @ */}]}>\n<TabItem value=\"a\" label=\"y {/* @ */}\">\n\nIt.\n\n</TabItem>\n</Tabs>\n",
    "So {`a ${x /* @ */} b`} is.\n",
    "{x /* @ */}\n",
    "So {x + /* @ */ y} and {'z' /* @ */}.\n",
    "{items.map((item) => (\n  // @\n\n  <b c={1 /* @ */}>{item /* @ */} {'*'}</b>\n))}\n",
    "| {x /* @ */} | b |\n|---|---|\n| {/* a */ x /* @ */} | x |\n",
    "{[`a ${b /* @ */} c`, '/* d */', \"LONG\" /* @ */]}\n",
];

#[test]
fn no_file_of_a_site_has_a_comment_of_mdx() {
    for (dialect, ending) in [("", "mdx"), (", dialect: docusaurus", "md"), (", dialect: astro", "mdx")] {
        let project = Project::bare("");
        let declared = SITE.replace("allow_html: true", &format!("allow_html: true{dialect}"));
        project.write("site.yaml", format!("{declared}pages: {{twins: true, feed: true}}\n"));
        for (number, comment) in COMMENTS.iter().enumerate() {
            let text = comment.replace('@', &format!("secret{number}x")).replace("LONG", &"long ".repeat(600));
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
fn the_tag_of_a_component_may_have_empty_lines() {
    let drawn = site(&format!(
        "//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\n<Card\n  title=\"W1\"\n\n  {{/* secret */}}\n\n  href=\"/a/\"\n/>\n\nW2 {{`a ${{/* secret */ x}} b`}}\n"
    ));
    let page = drawn.main("/a/");
    assert!(page.contains("<a href=\"/a/\">W1</a>") && page.contains("W2"), "{page}");
    assert!(!page.contains("secret") && !page.contains("!--"), "{page}");
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
fn what_looks_like_a_comment_in_values_takes_no_words_with_it() {
    for (text, shown) in [
        ("{'<!--'} w {'-->'}", "<p>&lt;!– w –&gt;</p>"),
        ("{'50%%'} w {'%% x'}", "50%% w %% x"),
        ("<b>{'<!--'}</b> w <b>{'-->'}</b>", "&lt;!– </b> w <b> –&gt; </b>"),
        ("{\"a <b> 'c'\"} w", "a &lt;b&gt; ‘c’ w"),
        ("A <Card title=\"a <!-- b\" /> w <Card title=\"c --> d\" />", "a &lt;!-- b w c --> d"),
        ("<Card title=\"a <!-- b\" />\nw\n<Card title=\"c --> d\" />", "a &lt;!-- b</p>\n\nw\n<p>c --> d"),
        ("A <Card title=\"50%% a\" /> w <Card title=\"b %% c\" />", "50%% a w b %% c"),
        ("A <Card title=\"so <!-- secret --> it\" /> w", "so it w"),
    ] {
        let drawn = site(&format!("//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\n{text}\n\nLast.\n"));
        let page = drawn.main("/a/").split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        assert!(page.contains(shown) && page.contains("Last.") && !page.contains("secret"), "{text}\n{page}");
        assert!(!drawn.problems().contains("comment"), "{}", drawn.problems());
    }
    let drawn = site(&format!("//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\n{{x + '<!--'}} w {{'-->'}}\n"));
    assert!(drawn.problems().contains("docs/a.mdx:3:7: warning[text-lost]: a comment begins in a value"));
}

#[test]
fn a_literal_in_an_element_of_code_is_drawn_as_code() {
    for (text, shown) in [
        ("<CodeBlock language=\"text\">{`# x\n\n  y = *z* <b>\n`}</CodeBlock>", "# x\n\n  y = *z* &lt;b&gt;\n</code>"),
        ("<pre>{`a \\`b\\` *c*\n\n# d`}</pre>", "<code>a `b` *c*\n\n# d\n</code>"),
        (
            "<pre><code className=\"language-text\">\n  {`let a`}\n</code></pre>",
            "class=\"language-text\">let a\n</code>",
        ),
        ("- One\n\n  <pre>{`a\n  # b`}</pre>", "<code>a\n# b\n</code></pre>\n</li>"),
        (
            "<Card>\n  <CodeBlock title=\"x.sh\">{`a\n# b`}</CodeBlock>\n</Card>",
            "a\n# b\n</code></pre></figure>\n</Card>",
        ),
    ] {
        let drawn = site(&format!("//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\n{text}\n\nLast.\n"));
        let page = drawn.main("/a/");
        assert!(page.contains(shown) && page.contains("<p>Last.</p>"), "{text}\n{page}");
    }
    let text = "<CodeBlock about=\"some words\">{`a ${b}`}</CodeBlock>";
    let drawn = site(&format!("//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\n{text}\n"));
    drawn.reports(&expect![[r#"
        docs/a.mdx:3:19: warning[text-lost]: what the attribute `about` of `<CodeBlock>` says is on no page
          help: write its words as text
        docs/a.mdx:3:32: warning[markdown-unread]: a value in braces is a program, and the page shows it as it is
          help: write what it says for readers as text, or `\{` for the sign itself
    "#]]);
}

#[test]
fn components_that_are_no_code_stand_in_their_sentence() {
    for text in [
        "<Highlight color=\"red\">{\"W1\"}</Highlight> is W2.",
        "<QRCode>{'W1 W2'}</QRCode>",
        "<InlineCode>{'W1'}</InlineCode>\nW2",
        "<CodeGroup>{'W1 W2'}</CodeGroup>",
        "<CodeBlock>{'W1'}</CodeBlock> W2",
    ] {
        let drawn = site(&format!("//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\n{text}\n"));
        let page = drawn.main("/a/");
        assert!(!page.contains("<pre") && page.contains("W1") && page.contains("W2"), "{text}\n{page}");
    }
}

#[test]
fn an_escaped_value_in_a_literal_is_no_program() {
    let text = r"<CodeBlock>{`a \${x}`}</CodeBlock>";
    let drawn = site(&format!("//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\n{text}\n"));
    assert_eq!(drawn.problems(), "");
    assert!(drawn.main("/a/").contains("a ${x}"));
}

#[test]
fn texts_in_braces_have_no_signs_of_markdown_in_html_and_over_lines() {
    for (text, shown) in [
        ("<div>{'a *b*'}</div>", "<div>a *b*    </div>"),
        ("<p>\n  {`a <b\n# c`}\n</p>", "a &lt;b\n# c"),
        ("{`a\n\n# b`}", "<p># b</p>"),
        ("{'* a'}", "<p>* a</p>"),
    ] {
        let drawn = site(&format!("//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\n{text}\n"));
        assert!(drawn.main("/a/").contains(shown), "{text}\n{}", drawn.main("/a/"));
    }
}

#[test]
fn braces_in_code_are_no_values() {
    let code = [
        "`a\n{b} c`",
        "- One `a\n  {b} c`\n- ```js\n  {b}\n  ```",
        "> `a\n> {b} c`\n>\n> - ```\n>   {b}\n>   ```",
        "- > ```\n  > {b}\n  > ```",
        "1. One\n\n   > ~~~\n   > {b}\n   > ~~~",
        "| a | b |\n|---|---|\n| ` | `{b} \\| c` |\n| ``{b} ` c`` | ` |",
        "## So `{b}`",
        "One[^1].\n\n[^1]: `{b}` and\n\n    ```\n    {b}\n    ```",
        "<A>\n\n      ```js\n      {b}\n      ```\n\n</A>",
        "````md\n```\n{b}\n```\n````",
    ];
    for text in code {
        let drawn = site(&format!("//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\n{text}\n"));
        assert!(!drawn.problems().contains("braces"), "{text}\n{}", drawn.problems());
        assert!(drawn.main("/a/").contains("{b}"), "{text}\n{}", drawn.main("/a/"));
    }
    let drawn = site(&format!("//- site.yaml\n{SITE}//- docs/a.mdx\n# A\n\nA ` sign.\n\n{{b}} ` end.\n"));
    assert!(drawn.problems().contains("docs/a.mdx:5:1: warning[markdown-unread]: a value in braces"));
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
fn words_of_components_are_words_of_the_page() {
    let text = "# A\n\n## Part <Badge text=\"New\" variant=\"tip\" />\n\n<CardGrid>\n  <LinkCard title=\"Two\" href=\"/b/\" description=\"All < of it\" />\n  <LinkCard\n    title=\"Out\"\n    href=\"https://a.example/?a=1&b\"\n  />\n  <LinkCard title=\"Gone\" href=\"/gone/\" />\n</CardGrid>\n\n\
                <Card title=\"*Check* it\" icon=\"open book\">\n\nInside.\n\n</Card>\n\nA <Since v=\"1.2\" /> and <Link to=\"/b/#c\">all *of* it</Link>, <Button href=\"b.md\">open\n\nEnd [<Badge text='in' href=\"/b/\" />](b.md), <Script title=\"x\" src=\"y\" /> <Note title=\"T\">so</Note>.\n\n<Image alt=\"x\" title=\"y\" />\n\n[part](#part)\n";
    let drawn = site(&format!("//- site.yaml\n{SITE}//- docs/a.mdx\n{text}//- docs/b.md\n# B\n\n## C\n"));
    drawn.shows(
        "/a/",
        &expect![[r##"
        <h1>A</h1>
        <h2 id="part">Part New</h2>
        <CardGrid>
          <p><a href="/b/">Two</a></p>
        <p>All &lt; of it</p>

          <p><a href="https://a.example/?a=1&b">Out</a></p>

          <p>Gone</p>

        </CardGrid>
        <p><strong>*Check* it</strong></p>
        <Card title="*Check* it" icon="open book">
        <p>Inside.</p>
        </Card>
        <p>A <Since v="1.2" /> and <a href="/b/#c">all <em>of</em> it</a>, <a href="/b/">open</p>
        <p>End <a href="/b/">in</a>, <Script title="x" /> <strong>T</strong> <Note title="T">so</Note>.</p>
        <Image alt="x" title="y" />
        <p><a href="#part">part</a></p>
        </a><a href="/">Home</a> / <a href="/">Notes</a> / <a href="/a/">A</a>
    "##]],
    );
    drawn.reports(&expect![[r#"
        docs/a.mdx:5:1: warning[markdown-unread]: `<cardgrid>` is no element of HTML: the page shows what stands in it, and nothing else of it
          help: write it in Markdown or in elements that browsers know; as text, put it into code
        docs/a.mdx:11:32: error[link-broken]: no page has the address `/gone/`
          help: link to an entry by its `.md` file, or to the address of a page that is there
        docs/a.mdx:14:32: warning[text-lost]: what the attribute `icon` of `<card>` says is on no page
          help: write its words as text
        docs/a.mdx:20:3: warning[markdown-unread]: `<since>` is no element of HTML: the page shows what stands in it, and nothing else of it
          help: write it in Markdown or in elements that browsers know; as text, put it into code
        docs/a.mdx:20:62: warning[html-unclosed]: this `<button>` is never closed
          help: write `</button>` where it ends
        docs/a.mdx:22:68: error[link-broken]: there is no file `docs/y`
          help: put the file there, or correct the path: it counts from the folder of the page
    "#]]);
}

#[test]
fn programs_and_values_in_braces_are_no_words_and_said_once() {
    let drawn = site(&format!(
        "//- site.yaml\n{SITE}//- docs/a.mdx\nimport Tabs from 'tabs';\nimport {{\n  Aside,\n}} from '@a/b';\n\n# A\n\nexport const facts = {{\n\n  word: 'lost',\n}};\n\n\
         First.\n\n<Links current=\"js\" languages={{[{{\"id\": \"lost\"}}]}} />\n\n<Fragment set:html={{\"<pre><span>lost</span></span></pre>\"}} />\n\n\
         <Fragment set:html={{\"</div></span>\"}} />\n\nLast, as <Card content={{'Some words'}} /> says.\n"
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
        "docs/a.mdx:21:26: warning[text-lost]: what the attribute `content` of `<card>` says is on no page",
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

#[test]
fn words_in_components_are_markdown() {
    let declared = SITE.replace("allow_html: true", "allow_html: true, dialect: astro");
    let text = "# A\n\n<Card\n\ttitle=\"T\"\n\thref=\"/b/\"\n>\n\tRelated: **Astro**\n</Card>\n\n<Aside slot=\"preview\">\n    Include an `<Aside>`.\n\n    - one\n</Aside>\n\n\
                <div>one <Badge text=\"x\" /> two</div>\n";
    let drawn = site(&format!("//- site.yaml\n{declared}//- docs/a.mdx\n{text}//- docs/b.md\n# B\n"));
    drawn.shows(
        "/a/",
        &expect![[r#"
        <h1>A</h1>
        <p><a href="/b/">T</a></p>
        <Card 	title="T" 	href="/b/" >
        <p>Related: <strong>Astro</strong></p>
        </Card>
        <Aside slot="preview">
        <p>Include an <code>&lt;Aside&gt;</code>.</p>
        <ul>
        <li>one</li>
        </ul>
        </Aside>
        <div>one x two</div>
        <a href="/">Home</a> / <a href="/">Notes</a> / <a href="/a/">A</a>
    "#]],
    );
    drawn.reports(&expect![[r#""#]]);
}
