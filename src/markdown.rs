//! Markdown to HTML with holes. Nothing outside this folder names `pulldown-cmark`.
//!
//! `pulldown-cmark` reads some things otherwise than people mean them. What it may not see - comments, remarks - is taken out
//! before (`private`), with a character in its place where two signs would meet; what it would misread is hidden under
//! characters of the same length (`hidden`), and all comes back with its places in `parsed`; all else is mended at its events.

mod addresses;
mod addresses_in_html;
pub mod alerts;
mod as_typed;
mod attributes;
mod author_signs;
mod block_names;
mod blocks;
mod boxes;
mod citations;
mod code;
mod code_comments;
mod code_info;
mod code_lines;
mod comment_definitions;
mod component_blocks;
mod component_words;
mod components;
mod definitions;
mod dialects;
mod docsify;
mod elements;
mod embeds;
mod events;
mod fences;
mod footnotes;
mod formulas;
mod headings;
mod hidden;
mod hidden_lines;
mod html;
mod html_words;
mod icons;
mod images;
mod includes;
mod keys;
mod label_first;
mod linked_pictures;
mod links;
mod marks;
mod named_blocks;
mod opened;
mod parsed;
mod plain;
mod plain_text;
mod private;
mod properties;
mod punctuation;
mod quotes;
mod readable;
mod rewritten;
mod sorts;
mod tables;
mod tags;
mod template_tags;
mod tool_ids;
mod unclosed;
mod unknown;
mod unread_markup;
mod verbatim;
mod warnings;
mod writer;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::Options;

use dialects::Translated;
use writer::Writer;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::body::{Body, TextOrigin};
use crate::model::schema::Schema;
use crate::model::source::Source;
use crate::span::Place;

pub use author_signs::AuthorSigns;
pub use boxes::{is_box, is_box_of_slashes};
pub use headings::{PageIds, without_attributes};
pub use includes::shown_files;
pub use plain::{LostInTitle, Plain, add_unread_of_title, lost_in_title, plain};
pub use plain_text::{has_comment, markdown_in, public_text, without_comments, without_escapes};
pub use private::is_private;
pub use properties::page_names;
pub use punctuation::curly;
pub use readable::readable;
pub use template_tags::{is_silent_tag, with_fences, without_tags};
pub use unclosed::closed;

/// The address that citations have while Markdown is read.
const CITATION: &str = "cite:";

/// What has to be known to read Markdown.
pub struct Reading<'a> {
    /// The site's declaration.
    pub schema: &'a Schema,
    /// The names of the data blocks that can be drawn.
    pub blocks: &'a BTreeSet<String>,
    /// The folder of the file.
    pub folder: &'a str,
    /// Whether a security policy guards the pages.
    pub policy: bool,
    /// The files that texts may show, sorted by path.
    pub included: &'a [Source],
    /// What stands in place of `{{ page.title }}` and its like where template tags are read.
    pub values: Arc<[(String, String)]>,
}

/// A fenced block that names a data block.
pub struct RawBlock {
    /// Its name.
    pub name: String,
    /// Its YAML.
    pub text: String,
    /// Where the fence stands.
    pub span: Range<usize>,
    /// Where the YAML begins.
    pub text_at: usize,
    /// Whether a closing fence follows. Without one the block takes in all that follows.
    pub closed: bool,
}

/// Something wrong in a Markdown text.
pub struct MarkdownProblem {
    /// Which problem it is.
    pub code: Code,
    /// Where, in bytes of the file or value.
    pub span: Range<usize>,
    /// What the diagnostic says.
    pub message: String,
    /// Other places that belong to it, with what stands there.
    pub related: Vec<(Range<usize>, String)>,
    /// The way out.
    pub help: String,
}

impl MarkdownProblem {
    /// What is reported; `place` finds a range of the text in its file.
    pub fn diagnostic(self, place: impl Fn(Range<usize>) -> Place) -> Diagnostic {
        let diagnostic = Diagnostic::new(self.code, place(self.span), self.message).help(self.help);
        self.related.into_iter().fold(diagnostic, |diagnostic, (span, label)| diagnostic.related(place(span), label))
    }

    /// Its place and the others that belong to it.
    fn places(&self) -> impl Iterator<Item = &Range<usize>> {
        std::iter::once(&self.span).chain(self.related.iter().map(|(place, _)| place))
    }

    /// The same with all of its places moved.
    fn moved(mut self, to: impl Fn(&Range<usize>) -> Range<usize>) -> Self {
        self.span = to(&self.span);
        for (place, _) in &mut self.related {
            *place = to(place);
        }
        self
    }
}

/// What was read.
#[derive(Default)]
pub struct MarkdownText {
    /// The text as HTML with holes.
    pub body: Body,
    /// Data blocks; `body.blocks` gets one for each, in this order.
    pub blocks: Vec<RawBlock>,
    /// What is wrong.
    pub problems: Vec<MarkdownProblem>,
}

/// Reads a Markdown text that begins `offset` bytes into its file. `ids` are those that the page has already.
pub fn read(text: &str, offset: usize, reading: &Reading<'_>, ids: &mut PageIds) -> MarkdownText {
    read_below("", text, offset, reading, ids)
}

/// Reads such a text as if another one stood before it, at its first byte.
pub fn read_below(above: &str, text: &str, offset: usize, reading: &Reading<'_>, ids: &mut PageIds) -> MarkdownText {
    let mut translated = Translated::of(text, above, reading);
    let mut writer = Writer::new(translated.text(), offset, reading, ids);
    writer.translated = Some(&translated).filter(|translated| translated.is_changed());
    writer.run();
    let mut read = writer.finish(TextOrigin::File);
    let moved = |problem: MarkdownProblem| problem.moved(|span| span.start + offset..span.end + offset);
    let problems = std::mem::take(&mut translated.included.problems);
    let problems: Vec<_> = problems.into_iter().map(moved).collect();
    // A sign that shows nothing is reported as that, and not once more for what it looks like.
    let is_said = |problem: &MarkdownProblem| {
        problems.iter().flat_map(MarkdownProblem::places).any(|place| place.contains(&problem.span.start))
    };
    read.problems.retain(|problem| problem.code != Code::MarkdownUnread || !is_said(problem));
    for problem in &mut read.problems {
        let is_in = |range: &Range<usize>| range.contains(&problem.span.start.saturating_sub(offset));
        if let Some((_, path)) = translated.included.shown.iter().find(|(range, _)| is_in(range)) {
            problem.help = format!("{}; it stands in `{path}`, which is shown here", problem.help);
        }
    }
    read.problems.extend(problems);
    for link in &mut read.body.links {
        let at = link.span.start.saturating_sub(offset);
        let sign = translated.included.shown.iter().find(|(range, _)| range.contains(&at));
        link.shown_from =
            sign.and_then(|(_, path)| shown_from(&link.written, path, &translated, reading)).map(Box::new);
    }
    read.body.included = translated.included.files.into_iter().collect();
    read
}

/// Where a link is written in a file that a text shows, or in one that this shows in turn.
fn shown_from(written: &str, path: &str, translated: &Translated<'_>, reading: &Reading<'_>) -> Option<Place> {
    let source = |path: &str| {
        let at = reading.included.binary_search_by(|source| (*source.path).cmp(path)).ok()?;
        Some(&reading.included[at])
    };
    let others = translated.included.files.iter().map(|(path, _)| &**path);
    [path].into_iter().chain(others).filter_map(source).find_map(|source| {
        let at = source.text.find(written).filter(|_| !written.is_empty())?;
        Some(Place::new(&source.path, at..at + written.len()))
    })
}

/// Reads one line of Markdown: no paragraph is put round it.
pub fn read_inline(text: &str, origin: TextOrigin, reading: &Reading<'_>, ids: &mut PageIds) -> MarkdownText {
    let mut writer = Writer::new(text, 0, reading, ids);
    writer.inline = true;
    writer.run();
    writer.unwrap_paragraph();
    let mut read = writer.finish(origin);
    if read.body.html.ends_with('\n') {
        read.body.html.pop();
    }
    read
}

/// What of Markdown a site uses.
#[derive(Clone, Copy)]
struct Syntax {
    options: Options,
    /// What begins what is no text.
    authors: AuthorSigns,
}

fn syntax(schema: &Schema) -> Syntax {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    options.set(Options::ENABLE_SMART_PUNCTUATION, schema.markdown.smart_punctuation);
    options.set(Options::ENABLE_WIKILINKS, schema.markdown.wikilinks);
    options.set(Options::ENABLE_MATH, schema.markdown.math);
    Syntax { options, authors: AuthorSigns::of_site(&schema.markdown) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::body::{Filling, Hole, LinkTarget};
    use crate::model::source::Source;
    use crate::stages::declare::declare;

    fn body(text: &str) -> Body {
        let (schema, _) = declare(&Source::new("site.yaml", "title: t\nkinds: {note: {}}"), None, &[]);
        let schema = schema.expect("the declaration is valid");
        let blocks = BTreeSet::from(["plan".to_string()]);
        read(
            text,
            0,
            &Reading {
                schema: &schema,
                blocks: &blocks,
                folder: "content/notes",
                policy: false,
                included: &[],
                values: Arc::default(),
            },
            &mut PageIds::default(),
        )
        .body
    }

    #[test]
    fn a_citation_stands_behind_the_word_before_it() {
        let body = body("It helps [@davis2020; @guo2017, p. 3].");
        assert_eq!(body.html, "<p>It helps.</p>\n");
        assert_eq!(body.holes, [Hole { at: 11, what: Filling::Citation(0) }]);
        assert_eq!(body.citations[0].keys[1], ("guo2017".to_string(), Some("p. 3".to_string())));
        assert!(body.linkable.iter().all(|range| range.end as usize <= body.html.len()));
    }

    #[test]
    fn equal_headings_get_ids_of_their_own_without_quadratic_work() {
        let body = body(&"# Steps\n\n".repeat(5000));
        assert_eq!(body.headings[0].id, "steps");
        assert_eq!(body.headings[4999].id, "steps-4999");
    }

    #[test]
    fn links_become_holes_and_other_sites_stay() {
        let body = body("[a](../notes/b.md#c) [[d|e]] [[f]] <https://example.org>");
        let targets: Vec<_> = body.links.iter().map(|link| (&link.target, link.heading.as_deref())).collect();
        assert!(matches!(targets[0], (LinkTarget::Entry(_, slug), Some("c")) if slug == "b"));
        assert_eq!(targets[1], (&LinkTarget::Named("d".into()), None));
        assert_eq!(body.holes.iter().filter(|hole| matches!(hole.what, Filling::Title(_))).count(), 1);
        assert!(body.html.contains("href=\"https://example.org\""));
    }

    #[test]
    fn a_fenced_block_with_a_known_name_is_data() {
        let body = body("```plan\na: 1\n```\n\n```rust\nlet a = 1;\n```\n");
        assert_eq!(body.holes, [Hole { at: 0, what: Filling::Block(0) }]);
        assert!(body.html.contains("<pre tabindex=\"0\"><code class=\"language-rust\">"));
    }
}
