//! Reports for people: the line, a caret, a way out.

use std::collections::BTreeMap;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};

use super::{Diagnostic, Severity};
use crate::span;

/// How many problems are shown in full; the rest is counted.
pub const SHOWN: usize = 50;

/// The texts of the files that a report quotes, by path.
pub type Texts = BTreeMap<Arc<str>, Arc<str>>;

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// With colours.
    pub coloured: bool,
    /// How many characters fit on a line: longer lines of files are cut round what they are quoted for.
    pub columns: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self { coloured: false, columns: 140 }
    }
}

/// A report of all problems. Ends with a line that counts them; empty when there is none.
pub fn report(diagnostics: &[Diagnostic], texts: &Texts, look: Look) -> String {
    let shown = shown(diagnostics);
    let mut out = String::new();
    for diagnostic in &shown {
        out.push_str(&one(diagnostic, texts, look));
        out.push_str("\n\n");
    }
    if shown.len() < diagnostics.len() {
        out.push_str(&hidden(diagnostics, &shown));
        out.push_str("\n\n");
    }
    out.push_str(&summary(diagnostics));
    out
}

/// The problems that a report shows in full: all of them, or the first ones, errors before warnings.
pub fn shown(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    if diagnostics.len() <= SHOWN {
        return diagnostics.iter().collect();
    }
    let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|diagnostic| diagnostic.is_error());
    errors.into_iter().chain(warnings).take(SHOWN).collect()
}

/// How many problems of which code are not shown.
fn hidden(diagnostics: &[Diagnostic], shown: &[&Diagnostic]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.shown_code()).or_default() += 1;
    }
    for diagnostic in shown {
        if let Some(count) = counts.get_mut(diagnostic.shown_code()) {
            *count -= 1;
        }
    }
    let each: Vec<_> =
        counts.iter().filter(|(_, count)| **count > 0).map(|(code, count)| format!("{count} {code}")).collect();
    format!("... and {} more: {}", diagnostics.len() - shown.len(), each.join(", "))
}

/// One problem with the lines that it is about.
pub fn one(diagnostic: &Diagnostic, texts: &Texts, look: Look) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let text = |path: &Arc<str>| texts.get(path).map_or("", |text| &**text);
    let primary = text(&diagnostic.place.path);
    let mut snippet = Snippet::source(primary)
        .path(&*diagnostic.place.path)
        .annotation(AnnotationKind::Primary.span(span::clamp(primary, diagnostic.place.range())));
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        diagnostic.related.iter().partition(|related| related.place.path == diagnostic.place.path);
    for related in here {
        let range = span::clamp(primary, related.place.range());
        snippet = snippet.annotation(AnnotationKind::Context.span(range).label(&*related.label));
    }
    let mut group = level.primary_title(&*diagnostic.message).id(diagnostic.shown_code()).element(snippet);
    for related in elsewhere {
        let text = text(&related.place.path);
        let range = span::clamp(text, related.place.range());
        group = group.element(
            Snippet::source(text)
                .path(&*related.place.path)
                .annotation(AnnotationKind::Context.span(range).label(&*related.label)),
        );
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    let renderer = if look.coloured { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(look.columns).decor_style(DecorStyle::Ascii).render(&[group])
}

/// `3 errors, 1 warning`, or nothing.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let count = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    [count(errors, "error"), count(warnings, "warning")].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
