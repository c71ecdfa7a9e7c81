//! Texts that were written for another tool, as this one reads them: what that tool replaces or draws of its own is written
//! here as Markdown that does the same.

use std::ops::Range;

use super::attributes::attributes;
use super::boxes::boxes;
use super::code_comments::code_comments;
use super::component_blocks::component_blocks;
use super::components::components;
use super::docsify::docsify;
use super::hidden_lines::hidden_lines;
use super::icons::icons;
use super::includes::{Included, include};
use super::keys::keys;
use super::label_first::label_first;
use super::linked_pictures::{linked_pictures, may_link_pictures};
use super::named_blocks::{may_have_blocks, named_blocks};
use super::opened::{may_have, opened};
use super::properties::properties;
use super::readable::readable;
use super::rewritten::{Edit, Rewritten};
use super::template_tags::values;
use super::verbatim::Verbatim;
use super::warnings::warnings;
use super::{MarkdownProblem, Reading, syntax};
use crate::links::is_in_vault;
use crate::model::schema::Dialect;

impl Included {
    /// Notes what is wrong with a text, at the places where that was written.
    fn add(&mut self, problems: Vec<MarkdownProblem>, text: &Rewritten<'_>) {
        let placed = |problem: MarkdownProblem| problem.moved(|span| text.written(span));
        self.problems.extend(problems.into_iter().map(placed));
    }
}

/// A text in the Markdown of this tool.
pub(super) struct Translated<'a> {
    text: Rewritten<'a>,
    /// What it shows of other files.
    pub included: Included,
}

impl<'a> Translated<'a> {
    /// Translates a text, with what is put before it. On sites that name no dialect it stays as it is, but for
    /// pictures of a vault that are links.
    pub fn of(text: &'a str, above: &str, reading: &Reading<'_>) -> Self {
        let mut rewritten = Rewritten::of(text);
        if !above.is_empty() {
            rewritten.apply(&[Edit { range: 0..0, with: above.into() }]);
        }
        let markdown = &reading.schema.markdown;
        let syntax = syntax(reading.schema);
        if may_link_pictures(&rewritten.text) && is_in_vault(&format!("{}/", reading.folder), reading.schema) {
            let edits = linked_pictures(&rewritten.text, &Verbatim::of(&rewritten.text, syntax));
            rewritten.apply(&edits);
        }
        let mut included =
            markdown.dialect.map_or_else(Included::default, |dialect| include(&mut rewritten, dialect, reading));
        if !included.shown.is_empty() {
            let (text, problems) = readable(&rewritten.text, syntax.authors);
            let text = text.into_owned();
            included.add(problems, &rewritten);
            rewritten.text = text.into();
        }
        if markdown.template_tags {
            let edits = values(&rewritten.text, syntax.authors, &reading.values);
            rewritten.apply(&edits);
        }
        let opens = markdown.template_tags || markdown.dialect == Some(Dialect::MkDocs);
        if opens && may_have(&rewritten.text) {
            let edits = opened(&rewritten.text, &Verbatim::of(&rewritten.text, syntax));
            rewritten.apply(&edits);
        }
        let Some(dialect) = markdown.dialect else { return Self { text: rewritten, included } };
        if matches!(dialect, Dialect::Docusaurus | Dialect::Astro) {
            let edits = component_blocks(&rewritten.text);
            rewritten.apply(&edits);
            let edits = components(&rewritten.text);
            rewritten.apply(&edits);
        }
        if dialect == Dialect::Logseq && may_have_blocks(&rewritten.text) {
            let (edits, problems) = named_blocks(&rewritten.text, &Verbatim::of(&rewritten.text, syntax));
            included.add(problems, &rewritten);
            rewritten.apply(&edits);
        }
        let (edits, problems) = boxes(&rewritten.text, dialect, syntax);
        included.add(problems, &rewritten);
        rewritten.apply(&edits);
        let verbatim = Verbatim::of(&rewritten.text, syntax);
        let mut edits = match dialect {
            Dialect::MdBook => {
                let mut edits = hidden_lines(&rewritten.text, &verbatim);
                edits.extend(warnings(&rewritten.text, &verbatim));
                edits
            }
            Dialect::MkDocs => {
                let icons = icons(&rewritten.text, &verbatim);
                let of_icon = |edit: &Edit| icons.iter().any(|icon| icon.range.contains(&edit.range.start));
                let (mut edits, problems) = attributes(&rewritten.text, &verbatim);
                included.add(problems, &rewritten);
                edits.retain(|edit| !of_icon(edit));
                edits.extend(icons);
                edits.extend(keys(&rewritten.text, &verbatim, markdown.allow_html));
                edits
            }
            Dialect::VitePress => titles(&rewritten.text, &verbatim),
            Dialect::Logseq => {
                let (edits, problems) = properties(&rewritten.text, &verbatim, reading.schema.markdown.wikilinks);
                included.add(problems, &rewritten);
                edits
            }
            Dialect::Docsify => docsify(&rewritten.text, &verbatim),
            Dialect::Dendron => label_first(&rewritten.text, &verbatim),
            Dialect::Docusaurus | Dialect::Astro => Vec::new(),
        };
        if matches!(dialect, Dialect::Docusaurus | Dialect::VitePress) {
            edits.extend(code_comments(&rewritten.text, &verbatim));
        }
        edits.extend(contents(&rewritten.text, dialect, &verbatim));
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        rewritten.apply(&edits);
        Self { text: rewritten, included }
    }

    /// Whether a part of it does not stand where it was written.
    pub fn is_changed(&self) -> bool {
        self.text.is_changed()
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text.text
    }

    /// Where a part of it was written.
    pub fn written(&self, range: &Range<usize>) -> Range<usize> {
        self.text.written(range)
    }
}

/// Makes titles of the labels behind the fences of pieces of code: `js [config.js]`.
fn titles(text: &str, verbatim: &Verbatim) -> Vec<Edit> {
    let mut edits = Vec::new();
    for code in verbatim.code() {
        let line = text[code.clone()].lines().next().unwrap_or_default().trim_end();
        let end = code.start + line.len();
        if let Some((_, label)) = line.strip_suffix(']').and_then(|info| info.rsplit_once(" ["))
            && !label.contains('"')
        {
            edits.push(Edit { range: end - label.len() - 2..end, with: format!("title=\"{label}\"") });
        }
    }
    edits
}

/// Takes the lines out at which another tool puts the contents of a page: pages here have them in their frame.
fn contents(text: &str, dialect: Dialect, verbatim: &Verbatim) -> Vec<Edit> {
    let sign = match dialect {
        Dialect::MkDocs => "[TOC]",
        Dialect::VitePress => "[[toc]]",
        Dialect::MdBook | Dialect::Docusaurus | Dialect::Astro => return Vec::new(),
        Dialect::Logseq | Dialect::Dendron | Dialect::Docsify => return Vec::new(),
    };
    let line = |(at, _): (usize, &str)| {
        let alone = text[..at].is_empty() || text[..at].ends_with('\n');
        let end = at + sign.len();
        (alone && verbatim.at(at).is_none() && matches!(text[end..].chars().next(), None | Some('\n')))
            .then(|| Edit { range: at..end, with: String::new() })
    };
    text.match_indices(sign).filter_map(line).collect()
}
