//! What is written for authors alone, and the words beside it.

use expect_test::expect;

use super::{complains, reads, text};
use crate::harness::{Project, site};

#[test]
fn words_beside_a_comment_are_published_and_the_comment_is_not() {
    reads(
        "<!-- one --> An *important* sentence. <!-- two -->\n\n<!-- private --> Text after.\n\n- <!-- private --> item\n\n\
         > <!-- private -->\n> quoted\n\n| a |\n|---|\n| <!-- private --> cell |\n\n## Part <!-- private -->\n",
        &expect![[r#"
            <p>An <em>important</em> sentence.</p>
            <p>Text after.</p>
            <ul>
            <li>item</li>
            </ul>
            <blockquote>
            <p>quoted</p>
            </blockquote>
            <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th></tr></thead><tbody>
            <tr><td>cell</td></tr>
            </tbody></table>
            </div>
            <h2 id="part">Part</h2>
        "#]],
    );
}

#[test]
fn a_comment_between_blocks_parts_them_also_where_html_is_allowed() {
    let markdown = "- foo\n\n<!-- private -->\n\n- bar\n\n<div>\n<!-- private -->\n    <b>bold</b>\n</div>\n\n<!-- private --> text\n";
    let allowed = super::SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    site(&format!("{allowed}{markdown}")).is_fine().shows(
        "/conditions/page/",
        &expect![[r#"
        <ul>
        <li>foo</li>
        </ul>
        <ul>
        <li>bar</li>
        </ul>
        <div>
            <b>bold</b>
        </div>
        <p>text</p>
    "#]],
    );
}

#[test]
fn remarks_between_percent_signs_are_not_published_and_code_keeps_its_own() {
    reads(
        "Text %%secret%% more, `%%code%%`, 100%% sure.\n\n%%\nsecret\n\n## Secret\n%%\n\nAfter.\n\n```\n%% cell\n```\n\n\
         Escaped \\%% and \\<!-- stay.\n",
        &expect![[r#"
            <p>Text more, <code>%%code%%</code>, 100%% sure.</p>
            <p>After.</p>
            <pre tabindex="0"><code>%% cell
            </code></pre>
            <p>Escaped %% and &lt;!– stay.</p>
        "#]],
    );
}

#[test]
fn a_remark_may_stand_right_behind_a_number() {
    reads(
        "In 2024%%secret%% it was 5%%secret%%, of 100%% and 6%% each.\n\n| a |\n|---|\n| b <!-- c | d --> |\n| e %%f|g%% |\n",
        &expect![[r#"
            <p>In 2024 it was 5, of 100%% and 6%% each.</p>
            <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th></tr></thead><tbody>
            <tr><td>b</td></tr>
            <tr><td>e</td></tr>
            </tbody></table>
            </div>
        "#]],
    );
}

#[test]
fn signs_on_both_sides_of_a_remark_are_not_one_sign() {
    reads(
        "~~%%secret\n%%~~ wavy\n\n- a `b`%%secret%%`c` **%%secret%%** d\n- **one**%%secret%%**two** *one*<!-- secret -->*two*\n\
         - _one_%%secret%%_two_ **end%%secret%%**ing\n- [a]%%secret%%: b\n- 1%%secret%%. first\n- ![]%%secret%%[a]\n\n\
         | a |%%secret%%| b |\n|---|---|---|\n| c | d | e |\n\nOne%%secret%%<!-- secret --> two, hyphen%%secret%%ation, **重要：%%secret%%**請\n",
        &expect![[r#"
            <p> wavy</p>
            <ul>
            <li>a <code>b</code><code>c</code>  d</li>
            <li><strong>one</strong><strong>two</strong> <em>one</em><em>two</em></li>
            <li><em>one</em><em>two</em> <strong>end</strong>ing</li>
            <li>[a]: b</li>
            <li>1. first</li>
            <li>![][a]</li>
            </ul>
            <div class="tablebox stack" role="group" aria-label="Table" tabindex="0"><table role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader">a</th><td role="cell"></td><th role="columnheader">b</th></tr></thead><tbody role="rowgroup">
            <tr role="row"><td role="cell">c</td><td role="cell">d</td><td role="cell" data-label="b">e</td></tr>
            </tbody></table>
            </div>
            <p>One two, hyphenation, <strong>重要：</strong>請</p>
        "#]],
    );
}

#[test]
fn a_remark_may_begin_behind_the_last_cell_of_a_row() {
    reads(
        "| a | b |\n|---|---|\n| c | d |%%secret\n%%\n| f%%secret%% | g |<!-- secret -->\n",
        &expect![[r#"
        <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>
        <tr><td>c</td><td>d</td></tr>
        <tr><td>f</td><td>g</td></tr>
        </tbody></table>
        </div>
    "#]],
    );
}

#[test]
fn what_held_nothing_but_a_remark_is_gone_with_it() {
    reads(
        "## %%secret%%\n\nOne\n\n### <!-- secret --> ##\n\n- %%secret%%\n- two\n  - <!-- secret -->\n\n\
         > %%secret\n> secret%%\n\n> <!-- secret -->\n\n**%%secret%%** ## three\n\n1. %%secret%%\n\n## Four %%secret%%\n",
        &expect![[r#"
            <p>One</p>
            <ul>
            <li>two</li>
            </ul>
            <p> ## three</p>
            <h2 id="four">Four</h2>
        "#]],
    );
}

#[test]
fn a_remark_on_a_line_of_its_own_parts_nothing() {
    reads(
        "one\n%%secret%%\n  %%secret\nsecret%%\ntwo\n\n| a |\n|---|\n| b |\n%%secret%%\n| c |\n\n- d\n%%secret%%\n- e\n  <!-- secret -->\n  f\n\n\
         > g\n> %%secret%%\n> h\n\n%%secret%%\n# I\n%%secret%%\n\nj\n%%\nsecret\n\nsecret\n%%\nk\n\n- [ ] %%secret%%\n- [x] l\n\n## %%secret%% {#m}\n\n[m](#m)\n",
        &expect![[r##"
            <p>one
            two</p>
            <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th></tr></thead><tbody>
            <tr><td>b</td></tr>
            <tr><td>c</td></tr>
            </tbody></table>
            </div>
            <ul>
            <li>d</li>
            <li>e
            f</li>
            </ul>
            <blockquote>
            <p>g
            h</p>
            </blockquote>
            <h1 id="i">I</h1>
            <p>j</p>
            <p>k</p>
            <ul>
            <li><label><input type="checkbox" disabled checked> l</label></li>
            </ul>
            <p><span id="m"></span></p>
            <p><a href="#m">m</a></p>
        "##]],
    );
}

#[test]
fn what_is_private_in_a_title_is_not_published() {
    reads(
        "[a](../procedures/evergreens.md \"b <!-- secret --> c\") [d](https://example.org/ '%%secret%%') ![e](pruner.png \"%%secret%% f\") [g] [h]\n\n\
         [g]: https://example.org/ \"i <!-- secret -->\"\n> [h]: <https://example.org/>\n>   (%%secret%% j)\n",
        &expect![[r#"
            <p><a href="/procedures/evergreens/" title="b c">a</a> <a href="https://example.org/">d</a> <img src="/media/conditions/pruner.png" alt="e" title="f" loading="lazy"> <a href="https://example.org/" title="i">g</a> <a href="https://example.org/" title="j">h</a></p>
        "#]],
    );
}

#[test]
fn an_address_is_no_remark() {
    reads(
        "See https://example.org/a%%b%%c and (www.example.org/%%d), https://example.org/ %%secret%%or (https://example.org/)%%secret%%.\n",
        &expect![[r#"
            <p>See <a href="https://example.org/a%%b%%c">https://example.org/a%%b%%c</a> and (<a href="http://www.example.org/%%d">www.example.org/%%d</a>), <a href="https://example.org/">https://example.org/</a> or (<a href="https://example.org/">https://example.org/</a>).</p>
        "#]],
    );
}

#[test]
fn marks_in_what_is_not_published_are_no_marks_of_the_text() {
    text(
        "one %%**two**%% three, one <!--**two**--> three, one %%~~two~~%% three, %%[x](other.md)%% four\n\n\
         one %%[[other|x]]%% two, %%[@davis2020]%% `three`, %%==four==%% <!-- {# five #} --> six **s%%x%%even**\n",
    )
    .is_fine();
}

#[test]
fn what_is_private_is_in_no_file_at_all() {
    let drawn = text(
        "## Part <!-- hidden-word -->\n\nText %%hidden-word%% <!-- hidden-word\n\nhidden-word --> more[^1].\n\n[^1]: Note <!-- hidden-word -->.\n",
    );
    drawn.is_fine();
    let leaks: Vec<_> =
        drawn.files.iter().filter(|(_, text)| text.contains("hidden-word")).map(|(path, _)| path).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
}

#[test]
fn a_comment_or_remark_without_an_end_is_an_error() {
    complains(
        "Text <!-- and so on.\n\nMore.\n",
        &expect![[r#"
        content/conditions/page.md:4:6: error[comment-open]: `<!--` begins what is not published, and it never ends
          help: end it with `-->`, or write `\<!--` for the signs themselves
    "#]],
    );
    complains(
        "<!-- and so on.\n\nMore.\n",
        &expect![[r#"
        content/conditions/page.md:4:1: error[comment-open]: `<!--` begins what is not published, and it never ends
          help: end it with `-->`, or write `\<!--` for the signs themselves
    "#]],
    );
    complains(
        "Text %% and so on.\n\nMore.\n",
        &expect![[r#"
        content/conditions/page.md:4:6: error[comment-open]: `%%` begins what is not published, and it never ends
          help: end it with `%%`, or write `\%%` for the signs themselves
    "#]],
    );
}

#[test]
fn a_remark_between_signs_that_words_may_begin_with_is_held_back_and_reported() {
    complains(
        "for %%i in (*.txt) do echo %%j\n\none %%two%% three %%four %% five %% six %%seven\n",
        &expect![[r#"
        content/conditions/page.md:4:5: warning[text-lost]: `%%` begins what is not published, and the next one ends it: this is on no page
          help: write `\%%` for the signs themselves, or put a space behind the first one if it is a remark
    "#]],
    );
}

#[test]
fn words_between_signs_of_remarks_that_may_be_text_are_reported_with_their_place() {
    let allowed = super::SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    for text in [
        "A \"%%a\" LOST \"%%b\" c",
        "100%%off LOST 50%%off",
        "100%%折扣LOST50%%折扣",
        "Use '%%' LOST '%%' so",
        "“x %%” LOST “y %%”",
        "*%%i* LOST *%%j*",
        "x%%i LOST y%%j",
        "%%i LOST 100%%off",
        "100%%off LOST 50%% more",
        "f(x%%) LOST g(y%%)",
        "<p>%%i</p> <p>LOST %%j</p>",
        "a <code>%%i</code> LOST <code>%%j</code>",
        "a <b>%%</b> LOST <b>%%</b>",
        "a \"%%LOST%%\" b",
        "so *%%* LOST *%%*",
        "begin with \"<!--\" LOST \"-->\" here",
        "so (%%i) LOST (%%j)",
        "| a |\n|---|\n| %%i |\n| LOST %%j |",
    ] {
        let drawn = site(&format!("{allowed}{text}\n"));
        let lost = drawn.diagnostics.iter().find(|problem| problem.code.name() == "text-lost");
        let span = lost.map(|problem| problem.place.range()).unwrap_or_default();
        let file = format!("---\ntitle: Page\n---\n{text}\n");
        assert!(file.get(span).is_some_and(|lost| lost.contains("LOST")), "{text}: {}", drawn.problems());
        let escaped = match text {
            html if html.starts_with('<') || html.contains("<code>") => html.replace("%%", "&#37;%"),
            text => text.replace("%%", r"\%%").replace("<!--", r"\<!--"),
        };
        let drawn = site(&format!("{allowed}{escaped}\n"));
        assert!(drawn.is_fine().main("/conditions/page/").contains("LOST"), "{escaped}");
    }
    for remark in [
        "hyphen%%secret%%ation",
        "2024%%secret%% and 5%%secret%%, of 100%% and 6%% each",
        "'%% secret %%' (%%secret (a) secret%%) \"%%secret \"x\" secret%%.\"",
        "1%%secret%%. **%%secret%%** `a`%%secret%%`b` %%secret.%%word",
        "don't %%secret don't%% it's",
        "字%%secret x%%字 a%% secret 6%%7",
        "<p title=\"a\">%%secret%%</p>",
        "so <!-- secret \"x\" --> \"y\" \"<!-- secret -->\"",
    ] {
        let drawn = site(&format!("{allowed}{remark}\n"));
        assert!(!drawn.is_fine().main("/conditions/page/").contains("secret"), "{remark}");
    }
}

#[test]
fn two_per_cent_signs_are_text_where_the_site_has_no_remarks() {
    let declared = "//- site.yaml\ntitle: Site %%t%%\nmarkdown: {remarks: false}\npages: {twins: true}\nkinds: {note: {fields: {remark: markdown, line: text}}}\nchecks: {advice: off}\n\
        //- content/sources.yaml\nb2: {type: article, title: 'Sleep %%b%% pain', author: 'A, B', date: 2020}\n\
        //- content/notes/b.md\n---\ntitle: Beta %%i%%\nremark: one %%f*j*%%\nline: a %%l%%\n---\n";
    let body = "%% alone [@b2]\n\nfor %%i in (*.txt) do echo %%j\n\n## %%h%%\n\n| a |\n|---|\n| %%c%% | %%d%% |\n\n<!-- secret --> [x](b.md \"%%w%%\")\n\n%%\n# Later\n%%\n";
    let drawn = site(&format!("{declared}{body}"));
    drawn.reports(&expect![[r#"
        content/notes/b.md:14:11: warning[text-lost]: the row has more cells than the head of the table, and these are on no page
          help: give the head as many cells, or write `\|` for a sign inside a cell
    "#]]);
    drawn.shows("/notes/b/", &expect![[r##"
        <h1>Beta %%i%%</h1>
        <p>%% alone<sup class="cite"><a href="#source-1" aria-label="Source 1">1</a></sup></p>
        <p>for %%i in (*.txt) do echo %%j</p>
        <h2 id="h">%%h%%</h2>
        <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th></tr></thead><tbody>
        <tr><td>%%c%%</td></tr>
        </tbody></table>
        </div>
        <p><a href="/notes/b/" title="%%w%%">x</a></p>
        <p>%%</p>
        <h1 id="later">Later</h1>
        <p>%%</p>
        <p>remark: one %%f<em>j</em>%%</p>
        <p>line: a %%l%%</p>
        <p id="source-1">1 b2: A B. 2020. Sleep %%b%% pain. <a href="/sources/#b2">all</a></p>
        <a href="/">Home</a> / <a href="/notes/">Notes</a> / <a href="/notes/b/">Beta %%i%%</a>
    "##]]);
    let twin = drawn.file("notes/b/index.md");
    for words in ["%%i", "%%j", "%%l%%", "%%h%%", "%%c%%", "%%b%%"] {
        assert!(twin.contains(words), "{words}: {twin}");
    }
    assert!(!twin.contains("secret"), "{twin}");
    let tags = declared.replace("remarks: false", "remarks: false, template_tags: true");
    let drawn = site(&format!("{tags}%% {{# secret #}} %% {{% raw %}}%%{{% endraw %}} [a](b.md)\n"));
    assert!(drawn.is_fine().main("/notes/b/").contains("%%  %% %% <a"), "{}", drawn.main("/notes/b/"));
}

#[test]
fn a_site_that_gets_or_loses_its_remarks_is_drawn_anew() {
    let text = "//- site.yaml\ntitle: Site\nkinds: {note: {}}\nchecks: {advice: off}\n//- content/index.md\n---\ntitle: Home %%t%%\n---\n\
        //- content/sources.yaml\nb2: {type: article, title: 'Sleep %%b%% pain', author: 'A, B', date: 2020}\n\
        //- content/notes/a.md\n---\ntitle: A\n---\none %%two%% [@b2]\n";
    let project = Project::bare(text);
    assert_eq!(project.run(&["build"]).code, Some(1), "the bibliography has a remark");
    let declared = project.read("site.yaml");
    for more in ["markdown: {remarks: false}\n", "", "markdown: {remarks: false}\n"] {
        project.write("site.yaml", format!("{declared}{more}"));
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, Some(i32::from(more.is_empty())), "{}", ran.err);
    }
    let page = project.read("public/notes/a/index.html");
    assert!(page.contains("one %%two%%") && page.contains("Sleep %%b%% pain"), "{page}");
    project.write("content/sources.yaml", "b2: {type: article, title: 'Sleep', author: 'A, B', date: 2020}\n");
    project.write("site.yaml", declared);
    project.runs(&["build"]);
    assert!(
        !project.read("public/notes/a/index.html").contains("two"),
        "{}",
        project.read("public/notes/a/index.html")
    );
}

#[test]
fn a_comment_may_stand_in_the_title_of_an_alert() {
    let drawn = site(
        "//- site.yaml\ntitle: T\nkinds: {note: {plural: notes}}\nchecks: {advice: off}\n\
         //- content/notes/a.md\n---\ntitle: A\n---\n> [!WARNING] 跑者[@## <!-- 跑者::: x ¡0{- -->[[=== \"x\" word \n> text\n",
    );
    let main = drawn.main("/notes/a/");
    assert!(main.contains("跑者[@## [[=== “x” word") && !drawn.problems().contains("limber-bug"), "{main}");
}

#[test]
fn a_comment_that_is_written_as_a_definition_is_none_of_the_words_above_it() {
    let allowed = super::SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    let markdown = "one\n[//]: # (secret)\n\ntwo\n[comment]: <> (secret *secret*)\nthree\n[Comment]: # \"secret `secret`\"\nfour  \n[//]: <> 'secret'\n\n\
        [//]: # (theirs)\n[//]: # (a secret (with brackets) in it)\n\n- five\n  [//]: # (secret\n  secret)\n- six\n\n> seven\n> [//]: # (secret)\n> eight\n\n\
        | a |\n|---|\n| b |\n[//]: # (secret)\n\n# Nine\n[//]: # (secret)\n\nten[^1]\n\n[^1]: eleven\n    [//]: # (secret)\n\n\
        <div>\n[//]: # (secret)\ntwelve\n</div>\n\n<br>\n[//]: # (secret)\n\nthirteen\n\\[//]: # (shown)\n";
    site(&format!("{allowed}{markdown}")).is_fine().shows("/conditions/page/", &expect![[r##"
        <p>one</p>
        <p>two
        three
        four</p>
        <ul>
        <li>five</li>
        <li>six</li>
        </ul>
        <blockquote>
        <p>seven
        eight</p>
        </blockquote>
        <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th></tr></thead><tbody>
        <tr><td>b</td></tr>
        </tbody></table>
        </div>
        <h1 id="nine">Nine</h1>
        <p>ten<sup class="footnote"><a href="#fn-1" id="fnref-1" aria-label="Footnote 1">1</a></sup></p>
        <div>
        twelve
        </div>
        <br>
        <p>thirteen
        [//]: # (shown)</p>
        <section class="footnotes" aria-label="Footnotes">
        <ol>
        <li id="fn-1">
        <p>eleven</p>
        <a class="footnote-back" href="#fnref-1" aria-label="Back to the text">←</a></li>
        </ol>
        </section>
    "##]]);
}

#[test]
fn what_looks_like_a_comment_in_code_is_shown() {
    let allowed = super::SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    let markdown = "```md\nWords\n[//]: # (one)\n```\n\n- `a\n  [//]: # (two)`\n\n      b\n      [//]: # (three)\n\n<pre>\nc\n[//]: # (four)\n</pre>\n\n\
        <div>\n<pre>\n[//]: # (five)\n</pre>\n</div>\n\nd <code>e\n[//]: # (six)\n</code>\n\n{{< highlight md >}}\nf\n[//]: # (seven)\n{{< /highlight >}}\n\n<!-- g -->\n```\n[//]: # (eight)\n```\n";
    let drawn = site(&format!("{allowed}{markdown}"));
    let main = drawn.main("/conditions/page/");
    for word in ["one", "two", "three", "four", "five", "six", "seven", "eight"] {
        assert!(main.contains(&format!("[//]: # ({word})")), "{word}: {main}");
    }
}

#[test]
fn code_and_pictures_of_shortcodes_are_drawn() {
    let drawn = text(
        "{{< highlight rust >}}\n# note\nlet x: Vec<u64> = \"a -- b\";\n{{< /highlight >}}\n\n{{< figure src=\"https://a.example/a.png\" alt=\"x\" >}}\n",
    );
    let page = drawn.main("/conditions/page/");
    assert!(
        page.contains("<code class=\"language-rust\">") && page.contains("# note") && !page.contains("<h1>note"),
        "{page}"
    );
    assert!(
        drawn.problems().contains("a page cannot show the image `https://a.example/a.png`"),
        "{}",
        drawn.problems()
    );
}

#[test]
fn a_comment_as_a_definition_ends_within_its_paragraph() {
    for text in [
        "W1\n[//]: # (SECRET\n## W2 :)\n\nW3",
        "- W1\n  [//]: # (todo:\n- W2 (a))\n- W3",
        "W1\n[//]: # (SECRET\n| W2 |\n|---|\n| :) |\n\nW3",
        "W1\n[//]: # (SECRET\n```\nW2 :)\n```\nW3",
        "- W1\n  [//]: # (a\n  - W2 (b))\n\nW3",
        "| W1 |\n|---|\n| [//]: # (a |\n| W2 :)\n\nW3",
    ] {
        let drawn = site(&format!("{}{text}\n", super::SITE));
        let page = drawn.main("/conditions/page/");
        assert!(["W1", "W2", "W3"].iter().all(|word| page.contains(word)), "{text}\n{page}");
    }
    reads(
        "W1\n[//]: # (no\nyes)\n\nW2\n",
        &expect![[r#"
        <p>W1</p>
        <p>W2</p>
    "#]],
    );
}

#[test]
fn comments_as_definitions_are_published_nowhere_in_html_or_reported() {
    let allowed = super::SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    for text in [
        "<details>\n<summary>W1</summary>\n[comment]: <> (SECRET)\n\nW2\n</details>",
        "W1\n\n<br>\n[comment]: <> (SECRET)\n\nW2",
        "<div>\nW1\n[//]: # (SECRET <b>x</b>)\n<p>W2</p>\n</div>",
        "W1\n[]: # (SECRET)\n\nW2",
        "[!]: # (SECRET)\n\nW1 W2",
    ] {
        let drawn = site(&format!("{allowed}{text}\n"));
        let page = drawn.main("/conditions/page/");
        assert!(page.contains("W1") && page.contains("W2"), "{text}\n{page}");
        assert!(drawn.files.values().all(|file| !file.contains("SECRET")), "{text}\n{page}");
    }
    for text in ["W1 []: # (SECRET)", "W1 [!]: # (SECRET)"] {
        let drawn = site(&format!("{allowed}{text}\n"));
        assert!(drawn.problems().contains("this is no comment here"), "{text}");
    }
    let page = allowed.split("//- content/conditions/page.md").next().unwrap_or_default();
    let drawn = site(&format!("{page}//- content/conditions/page.md\n# A [//]: # (SECRET)\n\nText.\n"));
    drawn.reports(&expect![[r#"
        content/conditions/page.md:1:5: warning[markdown-unread]: this is no comment here, and the page shows what it says
          help: write it as `<!-- ... -->`, which no page shows, or a backslash before its first sign if it is text
    "#]]);
}

#[test]
fn each_pair_of_signs_that_may_be_words_is_told_with_its_place() {
    complains(
        "for %%i in x do echo %%j\n\nand %%k in x do echo %%l\n",
        &expect![[r#"
        content/conditions/page.md:4:5: warning[text-lost]: `%%` begins what is not published, and the next one ends it: this is on no page
          content/conditions/page.md:6:5: here, too
          help: write `\%%` for the signs themselves, or put a space behind the first one if it is a remark
    "#]],
    );
}

#[test]
fn signs_of_svelte_are_templates_and_no_attributes() {
    complains(
        "{#each list as item}\n\nSo {#if a} it is {/if}\n\nIt waits {#await b}\n",
        &expect![[r#"
        content/conditions/page.md:4:1: warning[markdown-unread]: signs of templates do nothing in a text, and the page shows them as they are
          content/conditions/page.md:6:4: here, too
          content/conditions/page.md:8:10: here, too
          help: use a data block, or put them into code
    "#]],
    );
}
