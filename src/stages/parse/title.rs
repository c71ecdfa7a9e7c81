//! What a page of Markdown is called: as its keys say, the contents of its kind, what its tool draws at its top, or the first
//! heading of its text, which is no part of the text then.

use std::borrow::Cow;
use std::ops::Range;

use super::fields::FieldReader;
use super::heading::{is_page_title, leading_heading, only_heading, title_heading, without_tag};
use super::known_keys;
use super::opening::{self, Opening};
use crate::diagnostics::{Code, Diagnostic};
use crate::folders::without_extension;
use crate::markdown::{self, LostInTitle, MarkdownText};
use crate::model::schema::KindId;
use crate::span::Place;
use crate::url::heading_id;
use crate::yaml::Yaml;

/// What stands at the top of a page, and which of it says how the page is called.
pub(super) struct PageTop {
    /// What the tool of the site draws of the keys.
    pub opening: Option<Opening>,
    /// Where the heading stands that is no part of the text.
    pub heading: Option<Range<usize>>,
    /// Whether the words of the heading are the title.
    pub is_title: bool,
    /// Whether the page has the heading above its text, and lists have the title.
    pub is_own: bool,
    /// The title that neither the keys nor the heading say.
    pub named: Option<String>,
}

impl FieldReader<'_> {
    /// What stands at the top of a page with this text below its front matter.
    pub(super) fn title(&self, kind: KindId, root: &Yaml, text: &str, broken: bool) -> PageTop {
        let schema = self.parsing.schema;
        let authors = self.author_signs();
        let written = self.written_title(kind, root);
        let has_title = written.is_some() || has_title(root);
        let own_title = has_title.then(|| written.as_deref().unwrap_or_default());
        let opening = if broken { None } else { self.opening(kind, root, own_title) };
        let named = opening.as_ref().and_then(|opening| opening.title.clone()).filter(|_| !has_title);
        let first =
            if broken || named.is_some() { None } else { title_heading(text, schema.markdown.allow_html, authors) };
        let is_value = |heading: &Range<usize>| schema.markdown.template_tags && is_page_title(&text[heading.clone()]);
        let repeats =
            |heading: &Range<usize>| is_value(heading) || self.repeats(&text[heading.clone()], written.as_deref());
        let first = first.filter(|heading| !has_title || repeats(heading));
        let is_listed = first.is_none() && !has_title && named.is_none();
        let listed = self.listed_title(kind).filter(|_| is_listed);
        let says = |heading: &Range<usize>| {
            let words = self.words(&text[heading.clone()]).to_lowercase();
            listed.as_ref().is_some_and(|listed| listed.to_lowercase() == words)
        };
        // `README.md` may begin with a heading of any level, and is no title itself.
        let is_readme = schema.kind(kind).folder.is_some() && is_readme(&self.text.path);
        let begins = |heading: &Range<usize>| says(heading) || is_listed && is_readme && listed.is_none();
        let heading = first.or_else(|| leading_heading(text, authors).filter(begins));
        // In folders that come from elsewhere a title beside the heading of the page is what lists call it.
        let may_own = heading.is_none() && !broken && opening.is_none() && schema.kind(kind).folder.is_some();
        let own = if may_own { only_heading(text, authors) } else { None };
        let is_own = own.is_some();
        let heading = heading.or(own);
        let is_title = !has_title && heading.as_ref().is_some_and(|heading| !is_value(heading));
        PageTop { opening, heading, is_title, is_own, named: listed.or(named) }
    }

    /// The ids of the heading of a page, which stand where its text begins: those behind its words, or what links call one below
    /// the first level.
    pub(super) fn ids_of_heading(&self, heading: &str, text: &str) -> Vec<String> {
        let (_, written) = markdown::without_attributes(heading);
        if !written.is_empty() || !heading.starts_with("##") {
            return written;
        }
        let id = heading_id(&self.words(heading));
        // One that another heading or an element has of its own is that one's.
        let is_taken = || text.contains(&format!("{{#{id}")) || text.contains(&format!("\"{id}\""));
        if id.is_empty() || is_taken() { Vec::new() } else { vec![id] }
    }

    /// The links and pictures in the heading of a page, which a title cannot hold: in folders that come from elsewhere they stand at
    /// the top of the text.
    pub(super) fn kept_of_heading(&self, kind: KindId, heading: &str) -> Vec<Range<usize>> {
        let is_from_elsewhere = self.parsing.schema.kind(kind).folder.is_some();
        let lost = if is_from_elsewhere { self.lost(heading) } else { Vec::new() };
        lost.into_iter().filter(|(what, _)| matches!(what, LostInTitle::Link)).map(|(_, at)| at).collect()
    }

    /// What of the heading of a page is on no page: a title is words alone. `offset`: where the text begins in its file; `kept`:
    /// what stands in the text.
    pub(super) fn lost_in_title(
        &self,
        heading: Option<&Range<usize>>,
        text: &str,
        offset: usize,
        kept: &[Range<usize>],
    ) -> Vec<Diagnostic> {
        let Some(heading) = heading else { return Vec::new() };
        let start = offset + heading.start;
        let lost = |(what, at): (LostInTitle, Range<usize>)| {
            let place = Place::new(&self.text.path, start + at.start..start + at.end);
            let (message, help) = match what {
                LostInTitle::Link => (
                    "a title is words alone, and what this leads to is on no page",
                    "take the link out of the heading, and put it into the text below",
                ),
                LostInTitle::Html => (
                    "a title is words alone, and this HTML is on no page",
                    "take it out of the heading, or write `\\<` for the sign itself",
                ),
            };
            Diagnostic::new(Code::TextLost, place, message).help(help)
        };
        let line = &text[heading.clone()];
        // A note that nothing else refers to is reported where it is written.
        let is_note = |at: &Range<usize>| {
            line[at.clone()].starts_with("[^") && text.contains(&format!("\n{}:", &line[at.clone()]))
        };
        let all = self.lost(line).into_iter().filter(|(_, at)| !kept.contains(at) && !is_note(at));
        all.map(lost).collect()
    }

    /// Adds to the problems of a text what of the signs in its title means nothing here.
    pub(super) fn add_unread_of_title(&self, heading: &str, offset: usize, text: &mut MarkdownText) {
        if self.parsing.schema.markdown.template_tags && is_page_title(heading) {
            return;
        }
        let words = without_tag(heading);
        let words = if words.len() < heading.len() { words.trim() } else { heading };
        let begin = offset + (words.as_ptr() as usize - heading.as_ptr() as usize);
        markdown::add_unread_of_title(words, begin, &self.reading(), text);
    }

    /// What the contents of its kind call the file.
    fn listed_title(&self, kind: KindId) -> Option<String> {
        let schema = self.parsing.schema;
        let path = self.text.path.strip_prefix(schema.folder_of(kind))?;
        schema.kind(kind).listed_titles.get(path).map(|title| self.shown(title))
    }

    /// The line of a heading as a title: without its signs and the tags of templates, and with the quotes of other titles. Those of
    /// code stay as they are.
    pub(super) fn words(&self, line: &str) -> String {
        let tags = self.parsing.schema.markdown.template_tags;
        let line = if tags { markdown::without_tags(line, self.author_signs()).into() } else { Cow::Borrowed(line) };
        let words = with_notes(markdown::without_attributes(without_tag(&line).trim()).0);
        let said = markdown::plain(&words, &self.reading()).text.trim().to_string();
        if words.contains('`') { said } else { self.shown(&said) }
    }

    /// What of the line of a heading a title does not hold.
    fn lost(&self, line: &str) -> Vec<(LostInTitle, Range<usize>)> {
        if without_tag(line).len() < line.len() {
            return Vec::new();
        }
        markdown::lost_in_title(&with_notes(line), &self.reading())
    }

    /// The title in the front matter: under its own key, or under one in which the texts of a kind have it.
    fn written_title(&self, kind: KindId, root: &Yaml) -> Option<String> {
        match root.get("title") {
            Some(Yaml::Text(title)) if !title.trim().is_empty() => {
                let title = self.without_comments(title).into_owned();
                Some(self.shown(&markdown::without_escapes(title)))
            }
            None | Some(Yaml::Null | Yaml::Text(_)) => {
                self.words_of_keys(&self.parsing.schema.kind(kind).from_keys.title, root)
            }
            Some(_) => None,
        }
    }

    /// The words under the first of these keys that has any. Other tools print them as HTML.
    pub(super) fn words_of_keys(&self, keys: &[String], root: &Yaml) -> Option<String> {
        let words = |key: &String| match root.at(key)? {
            Yaml::Text(text) => Some(self.words(&self.without_comments(text))).filter(|words| !words.is_empty()),
            _ => None,
        };
        keys.iter().find_map(words)
    }

    /// Whether a heading says what the title says: the page has that already.
    fn repeats(&self, heading: &str, title: Option<&str>) -> bool {
        let said = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
        title.is_some_and(|title| said(&self.shown(&self.words(heading))) == said(title))
    }

    /// What the tool of the site draws of keys at the top of a page.
    fn opening(&self, kind: KindId, root: &Yaml, title: Option<&str>) -> Option<Opening> {
        let schema = self.parsing.schema;
        let is_declared = |key: &str| known_keys(schema, kind).any(|known| known == key);
        opening::opening(schema.markdown.dialect, root, title, &self.text, self.author_signs(), is_declared)
    }
}

/// A heading with empty notes for those that it refers to, without which their marks would be words.
fn with_notes(heading: &str) -> Cow<'_, str> {
    let names = heading.split("[^").skip(1).filter_map(|rest| rest.split_once(']').map(|(name, _)| name));
    let notes: String = names.map(|name| format!("\n\n[^{name}]:")).collect();
    if notes.is_empty() { heading.into() } else { (heading.to_string() + &notes).into() }
}

/// Whether a file is what code hosts show of its folder.
fn is_readme(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    without_extension(name).unwrap_or(name).eq_ignore_ascii_case("readme")
}

/// Whether keys say what the title is. What stands there and is no text is reported, and a title all the same.
fn has_title(root: &Yaml) -> bool {
    match root.get("title") {
        None | Some(Yaml::Null) => false,
        Some(Yaml::Text(text)) => !text.trim().is_empty(),
        Some(_) => true,
    }
}
