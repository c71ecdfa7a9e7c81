//! Tags of template languages, `{% raw %}`, and attributes of kramdown, `{: .note}`, in texts of Jekyll and Eleventy: some enclose
//! code, and none of them is text.

mod kramdown;
mod scan;
mod values;
mod written;

use std::ops::Range;

use super::MarkdownProblem;
use super::author_signs::AuthorSigns;
use crate::diagnostics::Code;
use kramdown::attribute_lists;
pub(super) use scan::inline_code;
use scan::{Scan, is_note, scan};
pub(super) use values::values;
pub use written::with_fences;

/// So long a tag may be.
const LONGEST: usize = 2_000;

/// Tags that show nothing themselves, besides those that end others.
const SILENT: [&str; 11] =
    ["raw", "comment", "set", "capture", "assign", "else", "elsif", "elseif", "when", "highlight", "#"];

/// What a comment of kramdown begins with.
const COMMENT: &str = "{::comment}";

/// Whether a tag of this name shows nothing itself.
pub fn is_silent_tag(name: &str) -> bool {
    name.starts_with("end") || SILENT.contains(&name)
}

/// A tag of a template language.
struct TemplateTag<'t> {
    range: Range<usize>,
    /// Its name: `include`.
    name: &'t str,
    /// What stands behind the name.
    rest: &'t str,
}

/// Whether a place is in one of these ranges, which are in order.
fn contains(ranges: &[Range<usize>], at: usize) -> bool {
    range_with(ranges, at).is_some()
}

/// The range in which a place is.
fn range_with(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let after = ranges.partition_point(|range| range.start <= at);
    ranges[..after].last().filter(|range| at < range.end)
}

/// What tags are in a text.
#[derive(Default)]
pub(super) struct TemplateTags {
    /// What is no text, in its order.
    pub taken: Vec<Range<usize>>,
    /// A report for each name of a tag that shows nothing here.
    pub problems: Vec<MarkdownProblem>,
}

/// Whether a text has signs with which tags, lists of attributes or comments begin.
fn may_have(text: &str) -> bool {
    ["{%", "{:", "{#", "{{", "<%"].iter().any(|sign| text.contains(sign))
}

/// The tags of a text. In code, and between `{% raw %}` and its end, only these two are tags.
pub(super) fn tags(text: &str, authors: AuthorSigns) -> TemplateTags {
    if !may_have(text) {
        return TemplateTags::default();
    }
    let Scan { mut found, verbatim } = scan(text, authors);
    let lists = attribute_lists(text, &verbatim);
    let is_free = |list: &Range<usize>| {
        let next = found.taken.partition_point(|taken| taken.end <= list.start);
        found.taken.get(next).is_none_or(|taken| taken.start >= list.end)
    };
    let lists: Vec<_> = lists.into_iter().filter(is_free).collect();
    let never_ends =
        |list: &&Range<usize>| text[(*list).clone()].starts_with(COMMENT) && !text[(*list).clone()].contains("{:/");
    found.problems.extend(lists.iter().filter(never_ends).map(|list| MarkdownProblem {
        code: Code::CommentOpen,
        span: list.start..list.start + COMMENT.len(),
        message: format!("`{COMMENT}` begins what is not published, and it never ends"),
        related: Vec::new(),
        help: "end it with `{:/comment}`".into(),
    }));
    found.taken.extend(lists);
    found.taken.sort_by_key(|range| range.start);
    found
}

/// The comments of templates in a plain text, in order.
pub(super) fn comments(text: &str, authors: AuthorSigns) -> Vec<Range<usize>> {
    if !may_have(text) {
        return Vec::new();
    }
    let is_comment = |range: &Range<usize>| {
        let begins = |tag: TemplateTag<'_>| tag.range.start == range.start && matches!(tag.name, "comment" | "#");
        let inside = &text[range.clone()];
        is_note(text, range.start) || inside.starts_with(COMMENT) || next_tag(text, range.clone()).is_some_and(begins)
    };
    tags(text, authors).taken.into_iter().filter(is_comment).collect()
}

/// A text without its tags.
pub fn without_tags(text: &str, authors: AuthorSigns) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for range in tags(text, authors).taken {
        out.push_str(&text[at..range.start]);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// The next tag of a text that begins in a range. `{{%` begins a shortcode, which is none.
fn next_tag(text: &str, range: Range<usize>) -> Option<TemplateTag<'_>> {
    let mut from = range.start;
    loop {
        let start = from + text.get(from..range.end)?.find('{')?;
        from = start + 1;
        let Some(rest) = text[from..].strip_prefix('%').filter(|_| !text[..start].ends_with('{')) else { continue };
        let Some(end) = end_of_tag(rest) else { continue };
        let inside = rest[..end].trim_start_matches(['-', '+']).trim_end_matches(['-', '+']).trim();
        // `{% # ... %}` is a comment.
        let name_end = inside.starts_with('#').then_some(1);
        let name_end =
            name_end.or_else(|| inside.find(|c: char| !(c.is_alphanumeric() || c == '_'))).unwrap_or(inside.len());
        if name_end > 0 {
            let range = start..from + 1 + end + 2;
            return Some(TemplateTag { range, name: &inside[..name_end], rest: inside[name_end..].trim() });
        }
    }
}

/// Where the signs stand that end a tag. Another tag and an empty line end the search, too, so that each sign is looked at once.
fn end_of_tag(inside: &str) -> Option<usize> {
    let pairs = inside.as_bytes().windows(2).take(LONGEST + 1);
    let ends = |pair: &[u8]| matches!(pair, b"%}" | b"{%" | b"\n\n");
    let (end, pair) = pairs.enumerate().find(|(_, pair)| ends(pair))?;
    (pair == b"%}").then_some(end)
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + use<'_> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        at - line.len()..at
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text as it is read.
    fn read(text: &str) -> String {
        let fenced = with_fences(text, AuthorSigns::REMARKS);
        assert_eq!(fenced.len(), text.len());
        let (mut out, mut at) = (String::new(), 0);
        for range in tags(&fenced, AuthorSigns::REMARKS).taken {
            out.push_str(&fenced[at..range.start]);
            at = range.end;
        }
        out.push_str(&fenced[at..]);
        out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn tags_that_enclose_code_are_fences() {
        assert_eq!(
            read("{% highlight js %}{% raw %}\n{{ a }} {% b %}\n{% endraw %}{% endhighlight %}\n"),
            "```js\n{{ a }} {% b %}\n```"
        );
        let set = "{%- set code %}{% raw %}\n---\na: 1\n---\n{% endraw %}{%- endset %}\n{{ code | highlight(\"yaml\") | safe }}\n\nx";
        assert_eq!(read(set), "```yaml\n---\na: 1\n---\n```\n\n\nx");
        assert_eq!(read("{% set jsCode %}\n*a*\n{% endset %}\n{% include x %}\n"), "```\n*a*\n```\n");
        assert_eq!(read("{% set codeContent %}\n*a*\n{% endset %}\n"), "```\n*a*\n```");
        assert_eq!(read("{% set codeOfHonour %}\ntext\n{% endset %}\n"), "\ntext\n");
        assert_eq!(read("{% set a %}\ntext\n{% endset %}\n"), "\ntext\n");
        let html = "<div>\n{% highlight html %}\n<b>\n{% endhighlight %}\n    </div>\n";
        assert_eq!(read(html), "<div>\n\n```html\n<b>\n```\n</div>");
        assert_eq!(read("{% highlight md %}\n```\n{% endhighlight %}\n"), "~~~md\n```\n~~~");
        assert_eq!(read("{% highlight rust %}let a;{% endhighlight %}\n"), "```rust\nlet a;\n```");
        assert_eq!(
            read("a\n{% highlight rust %}let a;\nlet b;\n{% endhighlight %} c\n"),
            "a\n```rust\nlet a;\nlet b;\n```\n c"
        );
        assert_eq!(read("{% highlight js %}{% raw %}{{ a }}{% endraw %}{% endhighlight %}\n"), "```js\n{{ a }}\n```");
        assert_eq!(read("Use {% highlight js %}a{%endhighlight%}."), "Use   ````````````````a````````````````.");
        assert_eq!(read("`{% highlight js %}a{% endhighlight %}`"), "`{% highlight js %}a{% endhighlight %}`");
    }

    #[test]
    fn what_makes_an_address_is_read_as_one() {
        let without_spaces = |text: &str| read(text).replace(' ', "");
        assert_eq!(without_spaces("[a]({% link _docs/a.md %}#b)"), "[a](/_docs/a.md#b)");
        assert_eq!(without_spaces("[a]: {{ '/a/' | relative_url }}"), "[a]:/a/");
        assert_eq!(without_spaces("[a]({{ site.baseurl }}/b/) [c]({{base}}/d)"), "[a](/b/)[c](/d)");
        assert_eq!(read("[a]({{ site.repository }}/b)"), "[a]({{ site.repository }}/b)");
        assert_eq!(read("`[a]({{ site.url }}/)`"), "`[a]({{ site.url }}/)`");
        assert_eq!(read("{% raw %}[a]({{ site.url }}/){% endraw %}"), "[a]({{ site.url }}/)");
        assert_eq!(read("Of {{ '/a/' | url }}, {{ site.url }}"), "Of {{ '/a/' | url }}, {{ site.url }}");
    }

    #[test]
    fn lists_of_attributes_are_no_text_and_may_name_a_heading() {
        assert_eq!(read("# A\n{: #b .c}\n\nText.\n{: .note}\n"), "# A      {#b}\n\nText.\n");
        assert_eq!(read("* TOC\n{:toc}\n\n`{: .a}` \\{: .b} {::nomarkdown}x{:/}\n"), "\n\n`{: .a}` \\{: .b} x");
        assert_eq!(read("{::comment}\nno\n{:/comment}\nx {: y"), "\nx {: y");
        assert_eq!(read("{% a %}{: .b}{% c %}\n"), "");
    }

    #[test]
    fn tags_are_no_text_but_in_code_and_between_raw_and_its_end() {
        assert_eq!(read("a {% b %}c `{% d %}` {% raw %}{% e %}{% endraw %}\n"), "a c `{% d %}` {% e %}");
        assert_eq!(read("```html\n{% raw %}\n{% a %}\n{% endraw %}\n{% b %}\n```\n"), "```html\n{% a %}\n{% b %}\n```");
        assert_eq!(read("{% comment %} no {% endcomment %}x {{% b %}} {% c\n d %}y"), "x {{% b %}} y");
        for text in
            ["{%", "{% %}", "%} {%", "`` ` ``{% a", "``` {%\n", "~~~\n{% raw %}", "{% highlight %}", "é{% raw %}ü"]
        {
            read(text);
        }
        let problems = tags("{% include a %} {% include b %} {% raw %}{% endraw %}", AuthorSigns::REMARKS).problems;
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].related.len(), 1);
    }

    #[test]
    fn what_never_ends_is_reported_and_shows_no_comment() {
        for (text, message, shown) in [
            ("{% raw %}\n\nA {% comment %}SECRET{% endcomment %}b", Some("`{% raw %}` never ends"), "\n\nA b"),
            ("{% highlight js %}\n\nA {% comment %}SECRET{% endcomment %}b", Some("never ends"), "\n\nA b"),
            ("A {% comment %}SECRET", Some("begins what is not published"), "A"),
            ("`{% raw %}` {% comment %}SECRET{% endcomment %}b", None, "`{% raw %}` b"),
            ("`{% raw %}{{ a }}{% endraw %}` `{% raw %}`", None, "`{{ a }}` `{% raw %}`"),
            ("```\n{% raw %}\n```\n{% comment %}SECRET{% endcomment %}b", None, "```\n{% raw %}\n```\nb"),
        ] {
            assert_eq!(read(text), shown);
            let problems = tags(&with_fences(text, AuthorSigns::REMARKS), AuthorSigns::REMARKS).problems;
            assert_eq!(problems.len(), usize::from(message.is_some()), "{text}");
            assert!(message.is_none_or(|message| problems[0].message.contains(message)), "{text}");
        }
    }

    #[test]
    fn fences_in_comments_items_and_indented_code_hide_no_tag() {
        for before in [
            "<!--\n```\n-->\n\n",
            "%%\n```\n%%\n\n",
            "a\n\n    ```\n\n",
            "- ```\n  a\n  ```\n\n",
            "> ```\n> a\n\n",
            "- a\n\n  ```\n  a\n\n",
            "<!-- {% comment %} -->\n\n",
            "<!-- {% raw %} -->\n\n",
        ] {
            let text = format!("{before}Shown {{% comment %}}SECRET{{% endcomment %}}end.");
            assert_eq!(read(&text), format!("{before}Shown end."));
        }
        assert_eq!(read("{% comment %}\n```\n{% endcomment %}\n{% comment %}SECRET{% endcomment %}b"), "\nb");
        assert_eq!(read("```\n<!--\n{% a %}\n```\n{% b %}c"), "```\n<!--\n{% a %}\n```\nc");
    }

    #[test]
    fn words_that_are_no_attributes_stay() {
        for text in [
            "The call gives {:ok, value}.",
            "{:smile:}",
            "f{:.2f}",
            "{:a => 1, :b => 2}",
            "{: 5 pm}",
            "| {:ok} |",
            "a\n\n    {:ok, 1}",
            "a\n\n    b\n    {: .a}",
            "```\n{: .a}\n```",
            "words {: .a} go on",
        ] {
            assert_eq!(read(text), text);
        }
        for text in ["*a*{: .b}", "[a](b){:.c #d key=\"e f\"}", "a\n\n> b\n> {: .c}", "- a\n\n    b\n    {: .c}"] {
            assert!(!read(text).contains("{:"), "{text}");
        }
        assert_eq!(read("# A {:.no_toc}\n\n* {:.b} c\n\n{:wide: .d}\n\ne\n{: wide}"), "# A\n\n*  c\n\n\n\ne");
    }

    #[test]
    fn comments_of_each_tool_are_taken_out() {
        assert_eq!(read("a {# SECRET #}b {% # SECRET %}c {#SECRET#}d"), "a b c d");
        assert_eq!(read("a {# SECRET\n\n``` {{ x }} #}b {% comment %}SECRET{% endcomment %}c"), "a b c");
        assert_eq!(read("a {{/* SECRET */}}b {{- /* SECRET */ -}}c {{! SECRET }}d"), "a b c d");
        assert_eq!(read("a {{!-- SECRET }} --}}b <%# SECRET %>c <%-- SECRET --%>d"), "a b c d");
        assert_eq!(tags("a {{/* SECRET", AuthorSigns::REMARKS).problems[0].code, Code::CommentOpen);
        for text in
            ["# A {#b}", "`{# a #}`", "`{{/* a */}}`", "\\{{! a }}", "\\<%# a %>", "```\n{# a #}\n```", "\\{# a"]
        {
            assert_eq!(read(text), text);
        }
        assert_eq!(read("{% raw %}{# a #}{% endraw %}"), "{# a #}");
        assert_eq!(tags("a {# SECRET", AuthorSigns::REMARKS).problems[0].code, Code::CommentOpen);
        assert_eq!(tags("{::comment}\n\nLost.\n", AuthorSigns::REMARKS).problems[0].code, Code::CommentOpen);
        assert!(tags("{::comment}\nours\n{:/comment}\n\nShown.\n", AuthorSigns::REMARKS).problems.is_empty());
        assert_eq!(comments("S {% comment %}SEC{% endcomment %}", AuthorSigns::REMARKS).first(), Some(&(2..34)));
        assert_eq!(comments("S {# SEC #}{% # SEC %}", AuthorSigns::REMARKS), [2..11, 11..22]);
        assert!(comments("S {#id} {% a %}", AuthorSigns::REMARKS).is_empty());
    }
}
