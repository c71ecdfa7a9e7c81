//! Reports for people: the line, a caret, a way out.

use std::collections::BTreeMap;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};

use super::{Code, Diagnostic, Related, Severity};
use crate::span;

/// How many problems are shown in full; the rest is counted.
pub const SHOWN: usize = 50;

/// Of the other places of a problem so many are shown that have one label; the rest is counted.
const ALIKE: usize = 2;

/// The texts of the files that a report quotes, by path.
pub type SourceTexts = BTreeMap<Arc<str>, Arc<str>>;

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
pub fn report(diagnostics: &[Diagnostic], texts: &SourceTexts, look: Look) -> String {
    let mut out = String::new();
    for Group { shown, hidden } in groups(diagnostics) {
        for diagnostic in shown {
            out.push_str(&one(diagnostic, texts, look));
            out.push_str("\n\n");
        }
        if !hidden.is_empty() {
            out.push_str(&more(&hidden));
            out.push_str("\n\n");
        }
    }
    out.push_str(&summary(diagnostics));
    out
}

/// Problems of one code, or all where they are few.
struct Group<'a> {
    /// Those that are shown in full.
    shown: Vec<&'a Diagnostic>,
    /// Those that are counted.
    hidden: Vec<&'a Diagnostic>,
}

/// Few problems in the order of their places; many by code, errors before warnings, so that one mistake that was made a
/// thousand times hides no other. Of what works all the same one is shown.
fn groups(diagnostics: &[Diagnostic]) -> Vec<Group<'_>> {
    if diagnostics.len() <= SHOWN {
        return vec![Group { shown: diagnostics.iter().collect(), hidden: Vec::new() }];
    }
    let mut by_code: BTreeMap<(Severity, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        by_code.entry((diagnostic.severity, diagnostic.shown_code())).or_default().push(diagnostic);
    }
    let mut left = SHOWN;
    let mut groups_left = by_code.len();
    let group = |mut shown: Vec<_>| {
        let share = if shown.first().is_some_and(works) { 1 } else { (left / groups_left).max(1) };
        let hidden = shown.split_off(shown.len().min(share));
        (left, groups_left) = (left.saturating_sub(shown.len()), groups_left - 1);
        Group { shown, hidden }
    };
    by_code.into_values().map(group).collect()
}

/// Whether pages lack nothing for a problem.
fn works(problem: &&Diagnostic) -> bool {
    problem.code.is_advice() || problem.code == Code::LinkForm
}

/// How many more problems of a code there are, and in which files most of them.
fn more(hidden: &[&Diagnostic]) -> String {
    const NAMED: usize = 3;
    let code = hidden.first().map_or("", |diagnostic| diagnostic.shown_code());
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in hidden {
        *files.entry(&diagnostic.place.path).or_default() += 1;
    }
    let mut most: Vec<_> = files.iter().collect();
    most.sort_by_key(|(path, count)| (std::cmp::Reverse(**count), **path));
    let named: Vec<_> = most.iter().take(NAMED).map(|(path, count)| format!("{path} ({count})")).collect();
    let named = named.join(", ");
    match files.len() {
        few if few <= NAMED => format!("... and {} more {code} in {named}", hidden.len()),
        many => format!("... and {} more {code} in {many} files, most in {named}", hidden.len()),
    }
}

/// One problem with the lines that it is about.
pub fn one(diagnostic: &Diagnostic, texts: &SourceTexts, look: Look) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let text = |path: &Arc<str>| texts.get(path).map_or("", |text| &**text);
    let primary = text(&diagnostic.place.path);
    let mut snippet = Snippet::source(primary)
        .path(&*diagnostic.place.path)
        .annotation(AnnotationKind::Primary.span(span::clamp(primary, diagnostic.place.range())));
    let shown = few_of_each_label(&diagnostic.related);
    let hidden = diagnostic.related.len() - shown.len();
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        shown.into_iter().partition(|related| related.place.path == diagnostic.place.path);
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
    if hidden > 0 {
        let places = if hidden == 1 { "place" } else { "places" };
        group = group.element(Level::NOTE.message(format!("{hidden} more {places} like these")));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    let renderer = if look.coloured { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(look.columns).decor_style(DecorStyle::Ascii).render(&[group])
}

/// The first places of each label.
fn few_of_each_label(related: &[Related]) -> Vec<&Related> {
    let (mut shown, mut counts) = (Vec::new(), BTreeMap::<&str, usize>::new());
    for related in related {
        let count = counts.entry(&related.label).or_default();
        *count += 1;
        if *count <= ALIKE {
            shown.push(related);
        }
    }
    shown
}

/// What pages show as words because its target is missing, and what else was passed over: for a site that is built all the
/// same. Nothing where nothing was.
pub fn passed_over(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |one: &str, many: &str, codes: &[Code]| {
        let n = diagnostics.iter().filter(|diagnostic| codes.contains(&diagnostic.code)).count();
        (n > 0).then(|| format!("{n} {}", if n == 1 { one } else { many }))
    };
    const UNREADABLE: &[Code] = &[Code::YamlInvalid, Code::FrontMatterMissing, Code::FrontMatterOpen];
    let said = [
        count("link", "links", &[Code::LinkBroken, Code::LinkAmbiguous, Code::LinkUnsafe]),
        count("picture", "pictures", &[Code::ImageMissing]),
    ];
    let left = [
        count("value", "values", &[Code::FieldWrongType, Code::FieldUnknown]),
        count("file whose keys cannot be read", "files whose keys cannot be read", UNREADABLE),
    ];
    let join = |counts: [Option<String>; 2]| counts.into_iter().flatten().collect::<Vec<_>>().join(" and ");
    let sentence = |counts: String, what: &str| (!counts.is_empty()).then(|| format!("{what}: {counts}"));
    let parts = [sentence(join(said), "drawn as their words"), sentence(join(left), "passed over")];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
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
