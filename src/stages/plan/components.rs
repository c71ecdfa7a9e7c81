//! Components of the project that are called like those of the theme and replace none of them: nothing ever draws them.

use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::span::Place;
use crate::templates::Templates;
use crate::theme;

/// Checks the names of the components that the project's templates define.
pub(super) fn check(templates: &Templates) -> Vec<Diagnostic> {
    let own: Vec<_> = templates.own().collect();
    let mut found = Vec::new();
    for (path, text) in &own {
        for at in theme::defined(text) {
            let name = &text[at.clone()];
            if !name.starts_with("theme.") || theme::components().any(|known| known == name) {
                continue;
            }
            if own.iter().any(|(_, text)| calls(text, name)) {
                continue;
            }
            let message = format!("the theme has no component `{name}`, and nothing draws this one");
            let near = nearest(name, theme::components());
            let diagnostic = Diagnostic::new(Code::TemplateInvalid, Place::new(path, at), message);
            found.push(match near.is_empty() {
                true => diagnostic.help("`limber theme` lists the files with its components"),
                false => diagnostic.suggest(&near),
            });
        }
    }
    found
}

/// Whether a template draws a component: `{{ <theme.card /> }}`.
fn calls(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let mut places = text.match_indices(name);
    places.any(|(at, _)| text[..at].trim_end().ends_with('<') && !text[at + name.len()..].starts_with(is_part))
}
