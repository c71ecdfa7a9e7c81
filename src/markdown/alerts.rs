//! Alerts: `> [!WARNING]`, with a title of one's own behind it, foldable with `-` and `+`.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::events::Events;
use super::writer::Writer;
use crate::html::escape;
use crate::links::is_in_vault;

/// The alerts there are, as they are written and as their class is called.
pub const NAMES: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// What other tools have besides, each with the alert as which it is drawn. All titles are in the table of texts.
const OTHERS: [(&str, &str); 22] = [
    ("abstract", "note"),
    ("summary", "note"),
    ("tldr", "note"),
    ("info", "note"),
    ("todo", "note"),
    ("question", "note"),
    ("help", "note"),
    ("faq", "note"),
    ("example", "note"),
    ("quote", "note"),
    ("cite", "note"),
    ("hint", "tip"),
    ("success", "tip"),
    ("check", "tip"),
    ("done", "tip"),
    ("attention", "warning"),
    ("failure", "caution"),
    ("fail", "caution"),
    ("missing", "caution"),
    ("danger", "caution"),
    ("error", "caution"),
    ("bug", "caution"),
];

/// Stands behind the name of an alert that has no title.
pub(super) const UNTITLED: &str = "|no-title";

/// The alert as which one is drawn whose name says nothing.
const DEFAULT: &str = "note";

/// The names of all alerts.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.into_iter().chain(OTHERS.into_iter().map(|(name, _)| name))
}

/// The alert as which one with this name is drawn.
fn drawn_as(name: &str) -> &str {
    OTHERS.iter().find(|(other, _)| *other == name).map_or(name, |(_, drawn)| drawn)
}

/// How what an alert holds begins.
const BODY: &str = "<div class=\"alert-body\">\n";

/// How an alert is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fold {
    Never,
    Open,
    Closed,
}

/// How a quote ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    /// As Markdown does.
    Plain,
    /// As an alert.
    Alert,
    /// As an alert that folds.
    Folding,
}

impl<'a> Writer<'a> {
    /// A quote, or an alert, which is written as one.
    pub fn start_quote(&mut self, kind: Option<BlockQuoteKind>, events: &mut Events<'a>) {
        if let Some(kind) = kind {
            let name = match kind {
                BlockQuoteKind::Note => "note",
                BlockQuoteKind::Tip => "tip",
                BlockQuoteKind::Important => "important",
                BlockQuoteKind::Warning => "warning",
                BlockQuoteKind::Caution => "caution",
            };
            self.start_alert(name, Fold::Never);
            self.start_title(Fold::Never);
            self.default_title(name);
            return self.start_alert_body(Fold::Never);
        }
        let Some((name, fold, head)) = self.alert_head(events.rest()) else {
            self.open.quotes.push(Quote::Plain);
            return self.push(Tag::BlockQuote(None));
        };
        self.start_alert(&name, fold);
        let untitled = |text: &str| text.strip_suffix(']').is_some_and(|text| text.ends_with(UNTITLED));
        let is_untitled =
            matches!(events.rest(), [_, (Event::Text(text), _), (Event::End(_), _), ..] if untitled(text));
        if is_untitled && fold == Fold::Never {
            events.nth(2);
            return self.raw(BODY);
        }
        self.start_title(fold);
        events.next(); // the paragraph
        let (mut first, mut words) = (Some(head), false);
        let (mut more, mut inside, links) = (false, 0, self.open.links.len());
        self.open.emphasis += 1; // no other entry has room in a title
        while let Some((event, span)) = events.next() {
            match event {
                Event::End(TagEnd::Paragraph) => break,
                Event::SoftBreak | Event::HardBreak if inside == 0 && self.open.links.len() == links => {
                    more = true;
                    break;
                }
                Event::Text(text) if first.is_some() => {
                    let at = first.take().unwrap_or_default();
                    let rest = text.get(at..).unwrap_or_default().trim_start().to_string();
                    if !rest.is_empty() {
                        words = true;
                        // What was written for the title may be longer than it reads, its head never is.
                        let has_head = text.get(..at).is_some_and(|head| self.text[span.clone()].starts_with(head));
                        let from = if has_head { span.start + at } else { span.start };
                        self.words(rest.into(), from..span.end);
                    }
                }
                event => {
                    words = true;
                    inside +=
                        usize::from(matches!(event, Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)));
                    inside -= usize::from(matches!(
                        event,
                        Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
                    ));
                    self.translate_one(event, span, events);
                }
            }
        }
        self.open.emphasis -= 1;
        if !words {
            self.default_title(&name);
        }
        self.start_alert_body(fold);
        if more {
            self.open.paragraph = true;
            self.push(Tag::Paragraph);
        }
    }

    /// The end of a quote or an alert.
    pub fn end_quote(&mut self, kind: Option<BlockQuoteKind>) {
        match self.open.quotes.pop() {
            Some(Quote::Alert) => self.raw("</div></div>\n"),
            Some(Quote::Folding) => self.raw("</div></details>\n"),
            _ => self.events.push(Event::End(TagEnd::BlockQuote(kind))),
        }
    }

    /// The name of the alert with which a quote begins, how it folds, and where in the first text its title begins.
    fn alert_head(&self, rest: &[(Event<'a>, Range<usize>)]) -> Option<(Cow<'static, str>, Fold, usize)> {
        let [(Event::Start(Tag::Paragraph), _), (Event::Text(text), span), ..] = rest else { return None };
        let (typed, title) = text.strip_prefix("[!")?.split_once(']')?;
        if self.is_escaped(span.start) {
            return None;
        }
        // Behind a `|` stands how another tool lays it out.
        let typed = typed.split('|').next().unwrap_or(typed).trim();
        let known = names().find(|name| name.eq_ignore_ascii_case(typed)).map(Cow::Borrowed);
        // In a vault every word is the name of one.
        let is_word =
            || !typed.is_empty() && typed.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
        let in_vault = || is_in_vault(&format!("{}/", self.reading.folder), self.reading.schema);
        let name = known.or_else(|| (is_word() && in_vault()).then(|| typed.to_string().into()))?;
        let fold = match title.chars().next() {
            Some('-' | '–') => Fold::Closed,
            Some('+') => Fold::Open,
            // `[!NOTE][name]` and `[!NOTE](address)` were meant as links.
            Some('[' | '(') => return None,
            _ => Fold::Never,
        };
        let sign = if fold == Fold::Never { 0 } else { title.chars().next().map_or(0, char::len_utf8) };
        Some((name, fold, text.len() - title.len() + sign))
    }

    fn start_alert(&mut self, name: &str, fold: Fold) {
        self.open.quotes.push(if fold == Fold::Never { Quote::Alert } else { Quote::Folding });
        let drawn = drawn_as(name);
        let is_known = names().any(|known| known == name);
        let drawn = if is_known { drawn } else { DEFAULT };
        let other = if drawn == name || !is_known { String::new() } else { format!(" alert-{name}") };
        let class = format!("class=\"alert alert-{drawn}{other}\"");
        self.raw(match fold {
            Fold::Never => format!("<div {class} role=\"note\">"),
            Fold::Open => format!("<details {class} open>"),
            Fold::Closed => format!("<details {class}>"),
        });
    }

    fn start_title(&mut self, fold: Fold) {
        self.raw(if fold == Fold::Never { "<p class=\"alert-title\">" } else { "<summary class=\"alert-title\">" });
    }

    fn default_title(&mut self, name: &str) {
        let schema = self.reading.schema;
        let own = schema.markdown.alerts.get(name).cloned();
        let known = || names().any(|known| known == name).then(|| schema.texts.get(name).to_string());
        // One that only its name tells from others has that as its title.
        let as_typed = || {
            let mut chars = name.chars();
            chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        };
        let title = own.or_else(known).unwrap_or_else(as_typed);
        self.raw(escape(&title));
    }

    fn start_alert_body(&mut self, fold: Fold) {
        let head = if fold == Fold::Never { "</p>" } else { "</summary>" };
        self.raw(format!("{head}{BODY}"));
    }
}
