//! What Tera says of templates that fail, with the place, in few words, and with the way out.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tera::ErrorKind;

use super::parts::{KnownTemplate, identifier};
use super::said;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::source::Source;
use crate::span::{Place, offset_of};

/// Why a page could not be drawn.
pub struct DrawError {
    /// The template that failed.
    pub place: Place,
    /// What went wrong.
    pub message: String,
    /// The way out.
    pub help: Vec<String>,
}

/// Why drawing the template of this name failed.
pub(super) fn of_drawing(name: &str, error: &tera::Error, templates: &BTreeMap<String, KnownTemplate>) -> DrawError {
    let report = match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => Some(report),
        _ => None,
    };
    let file = report.map_or(name, |report| report.filename());
    let known = templates.get(bare(file)).or_else(|| templates.get(name));
    let path: Arc<str> = known.map_or_else(|| file.into(), |known| known.path.clone());
    let text = known.map_or("", |known| &known.text);
    let span = report.map_or(0..0, |report| {
        let span = report.span();
        let start = offset_of(text, span.start_line, span.start_col + 1);
        start..offset_of(text, span.end_line, span.end_col + 1).max(start)
    });
    let message = report.map_or_else(|| first_line(&error.to_string()), |report| report.message().to_string());
    let (message, help) = shortened(&message);
    let (message, help) = match asked_first(text, &span, &message) {
        Some(asked) if help.is_empty() => asked,
        _ => (message, help),
    };
    DrawError { place: Place::new(&path, span), message, help }
}

/// What is said where a value is nothing that could be: an optional field of an entry that does not have it.
fn asked_first(text: &str, span: &Range<usize>, message: &str) -> Option<(String, Vec<String>)> {
    let ask = |value: &str| format!("where it may be empty ask first: `{{% if {value} %}}...{{% endif %}}`");
    let is_part = |c: char| c.is_alphanumeric() || "_.[]\"'".contains(c);
    if let Some(field) = message.strip_prefix("field `").and_then(|rest| rest.strip_suffix("` is not defined")) {
        let before = text.get(..span.start)?.strip_suffix('.')?;
        let begin = before
            .rfind(|c: char| !is_part(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let value = &before[begin..];
        return (!value.is_empty()).then(|| (format!("`{value}` has no `{field}` here"), vec![ask(value)]));
    }
    let mut values = text.get(span.clone())?.split(|c: char| !is_part(c)).filter(|word| word.contains('.'));
    let value = values.next().filter(|_| message.contains(said::NOTHING))?;
    Some((message.to_string(), vec![ask(value)]))
}

/// Every problem in an error of loading, as a diagnostic.
pub(super) fn places(error: &tera::Error, sources: &[Source]) -> Vec<Diagnostic> {
    let found: Vec<(String, usize, usize, String)> = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            vec![(report.filename().into(), span.start_line, span.start_col + 1, report.message().into())]
        }
        ErrorKind::Msg(text) => text.split("\n\n").filter_map(reported).collect(),
        ErrorKind::CircularExtend { tpl, .. } => {
            vec![(tpl.clone(), 1, 1, "the template extends itself in a circle".into())]
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            vec![(tpl.clone(), 1, 1, "the template includes itself in a circle".into())]
        }
        ErrorKind::MissingParent { current, parent } => {
            vec![(current.clone(), 1, 1, format!("the template extends `{parent}`, which does not exist"))]
        }
        _ => Vec::new(),
    };
    let mut diagnostics: Vec<_> = found
        .into_iter()
        .map(|(file, line, column, message)| {
            let source = sources.iter().find(|source| *source.path == *file);
            let path = source.map_or_else(|| file.as_str().into(), |source| source.path.clone());
            let offset = source.map_or(0, |source| offset_of(&source.text, line, column));
            let rest = source.map_or("", |source| &source.text[offset..]);
            let (message, mut help) = shortened(&named_tag(&message, rest));
            let missing = match error.kind() {
                ErrorKind::MissingParent { parent, .. } => Some(parent.as_str()),
                _ => message.strip_prefix(said::TEMPLATE).and_then(|rest| rest.split('`').nth(1)),
            };
            let near = match missing {
                Some(name) => nearest(name, sources.iter().flat_map(names)),
                None => near_tag(&message),
            };
            help.extend(near.first().map(|name| format!("did you mean `{name}`?")));
            if help.is_empty() {
                help.push(way_out(&message).into());
            }
            let mut diagnostic = Diagnostic::new(Code::TemplateInvalid, Place::new(&path, offset..offset), message);
            diagnostic.help = help;
            diagnostic
        })
        .collect();
    if diagnostics.is_empty() {
        let path = sources.first().map_or_else(|| "templates".into(), |source| source.path.clone());
        let message = first_line(&error.to_string());
        diagnostics.push(Diagnostic::new(Code::TemplateInvalid, Place::whole(&path), message));
    }
    diagnostics
}

/// One report in the text of an error: `error: message`, then `--> file:line:column`.
fn reported(block: &str) -> Option<(String, usize, usize, String)> {
    let (message, rest) = block.strip_prefix(said::ERROR)?.split_once('\n')?;
    let at = rest.trim_start().strip_prefix(said::AT)?.lines().next()?;
    let mut parts = at.rsplitn(3, ':');
    let (column, line, file) = (parts.next()?.trim().parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    Some((file.into(), line, column, message.into()))
}

/// What to do about a template that cannot be read.
fn way_out(message: &str) -> &'static str {
    let known = [
        ("ends a tag", "close what is open inside first: each `{% if %}` and `{% for %}` has an end of its own"),
        (said::END, "close what is open: each `{% if %}`, `{% for %}` and `{% block %}` has an end of its own"),
        (said::FILTER, "correct its name; Tera's own filters are listed in its documentation"),
        (said::COMPONENT, "correct its name, or define it with `{% component name() %}...{% endcomponent name %}`"),
        (said::TEMPLATE, "correct the name, or write the file into `templates/`"),
        ("which does not exist", "correct the name, or write the file into `templates/`"),
        ("in a circle", "take one of the templates out of the circle"),
        (said::BLOCK, "correct the name of the block, or add it to the template that this one extends"),
    ];
    let found = known.iter().find(|(words, _)| message.contains(words));
    found.map_or("tags are `{{ value }}`, `{% if value %}...{% endif %}` and `{{ <component /> }}`", |(_, help)| help)
}

/// Tera lists the fields that there are: the one that was meant is often among them, and otherwise the list is the help.
fn shortened(message: &str) -> (String, Vec<String>) {
    let lists = [said::FIELDS, said::VARIABLES, said::ARGUMENTS];
    let Some((before, fields)) = lists.iter().find_map(|list| message.split_once(list)) else {
        return (lower(message), Vec::new());
    };
    let typed = before.split('`').nth(1).unwrap_or_default();
    let fields = fields.trim().trim_end_matches('.').replace('`', "");
    let near = nearest(typed, fields.split(',').map(str::trim));
    let help = match near.first() {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("there are {fields}"),
    };
    (lower(before), vec![help])
}

/// Says which tag is unknown, and that one which ends something else does.
fn named_tag(message: &str, rest: &str) -> String {
    let name = identifier(rest);
    match message.to_lowercase().as_str() {
        said::TAG if ENDS.contains(&name) => format!("`{name}` ends a tag that is not the last one opened"),
        said::TAG if !name.is_empty() => format!("unknown tag `{name}`"),
        _ => message.replace(said::TAG_END, "expected `%}`").replace(said::VALUE_END, "expected `}}`"),
    }
}

/// The tags that come near one that is unknown.
fn near_tag(message: &str) -> Vec<String> {
    let Some(rest) = message.strip_prefix(said::TAG) else { return Vec::new() };
    nearest(rest.split('`').nth(1).unwrap_or_default(), BEGINS.into_iter().chain(ENDS))
}

/// The tags that end others.
const ENDS: [&str; 7] = ["endif", "endfor", "endblock", "endset", "endfilter", "endcomponent", "endraw"];
/// All other tags.
const BEGINS: [&str; 14] = [
    "if",
    "elif",
    "else",
    "for",
    "block",
    "set",
    "set_global",
    "filter",
    "component",
    "raw",
    "include",
    "extends",
    "break",
    "continue",
];

/// The names under which templates name a file: one of the theme also with the word `theme`.
fn names(source: &Source) -> [&str; 2] {
    [bare(&source.path), source.path.strip_prefix("templates/").unwrap_or(&source.path)]
}

fn bare(file: &str) -> &str {
    file.strip_prefix("templates/").or_else(|| file.strip_prefix("theme/")).unwrap_or(file)
}

fn first_line(text: &str) -> String {
    lower(text.lines().find(|line| !line.trim().is_empty()).unwrap_or("the template failed").trim())
}

/// Messages begin in lower case and end without a full stop.
fn lower(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
