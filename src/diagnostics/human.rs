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

/// A report of all problems, with colours or without. Ends with a line that counts them; empty when there is none.
pub fn report(diagnostics: &[Diagnostic], texts: &Texts, coloured: bool) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(SHOWN) {
        out.push_str(&one(diagnostic, texts, coloured));
        out.push_str("\n\n");
    }
    let hidden = diagnostics.len().saturating_sub(SHOWN);
    if hidden > 0 {
        out.push_str(&format!("... and {hidden} more\n\n"));
    }
    out.push_str(&summary(diagnostics));
    out
}

/// One problem with the lines that it is about.
pub fn one(diagnostic: &Diagnostic, texts: &Texts, coloured: bool) -> String {
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
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
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
