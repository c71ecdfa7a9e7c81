//! What is wrong with a bibliography, in words for the person who wrote it.

use std::ops::Range;
use std::sync::Arc;

use super::hayagriva::{self, Refusal};
use super::piece::WorkText;
use super::{outline, said};
use crate::diagnostics::{Code, Diagnostic, Fix, Suggestions, meant};
use crate::span::{self, Place};
use crate::yaml;

/// The reason that stands for a text whose aliases unfold to far more than is written.
pub(super) const BOMB: &str = "its aliases stand for far more than is written";

const FORMAT: &str = "the fields are those of https://github.com/typst/hayagriva/blob/main/docs/file-format.md";

/// The reason that stands for a text with brackets in brackets in brackets.
pub(super) const DEEP: &str = "its brackets are nested too deeply";

/// What people call a type, and what it is called here.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("journal", "periodical"),
    ("magazine", "periodical"),
    ("paper", "article"),
    ("study", "article"),
    ("review", "article"),
    ("trial", "article"),
    ("journal-article", "article"),
    ("website", "web"),
    ("webpage", "web"),
    ("page", "web"),
    ("leaflet", "web"),
    ("inproceedings", "article"),
    ("incollection", "chapter"),
    ("techreport", "report"),
    ("guideline", "report"),
    ("dissertation", "thesis"),
    ("phdthesis", "thesis"),
    ("online", "web"),
    ("podcast", "audio"),
    ("film", "video"),
];

/// A text that would take all time or memory to read.
pub(super) fn too_much(place: Place, what: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::BibliographyInvalid, place, format!("{what} cannot be read: {reason}"))
        .help("write each work as plain `name: value` lines, without aliases or nested brackets")
}

/// A file in which nothing looks like a work.
pub(super) fn not_a_list(path: &Arc<str>, text: &str, refusal: &Refusal) -> Diagnostic {
    if !refusal.reason.contains(said::NO_LIST) {
        return syntax(path, text, 0..text.len(), refusal);
    }
    let at = span::clamp(text, refusal.at..refusal.at + 1);
    let message = "the bibliography is not a list of works under their keys";
    Diagnostic::new(Code::BibliographyInvalid, Place::new(path, at), message)
        .help("write each work as `davis2020:` and its `type:`, `title:` and other fields indented below it")
}

/// The rest of a file that is hardly a bibliography.
pub(super) fn many_more(place: Place, count: usize) -> Diagnostic {
    let message = format!("there are {count} more problems from here on");
    Diagnostic::new(Code::BibliographyInvalid, place, message)
        .help("is this file a bibliography? If so, repair the ones above first")
}

/// Two works with one key.
pub(super) fn duplicate(key: &str, [first, second]: [Place; 2]) -> Diagnostic {
    Diagnostic::new(Code::YamlDuplicateKey, second, format!("the work `{key}` is there twice"))
        .related(first, "the first one, which is used")
        .help("remove one of them, or give it a key of its own")
}

/// A text that is no YAML. The place in the refusal counts from the start of `within`.
pub(super) fn syntax(path: &Arc<str>, text: &str, within: Range<usize>, refusal: &Refusal) -> Diagnostic {
    if let Err(error) = yaml::parse(&text[within.clone()]) {
        let span = within.start + error.span.start..within.start + error.span.end;
        return Diagnostic::new(Code::YamlInvalid, Place::new(path, span), error.message).help(error.help);
    }
    let at = (within.start + refusal.at).min(within.end);
    let at = span::clamp(text, at..at + usize::from(at < text.len()));
    let message = format!("the bibliography is not valid YAML: {}", refusal.reason);
    Diagnostic::new(Code::YamlInvalid, Place::new(path, at), message)
        .help("the fields of a work stand below its key, each as `name: value`, all indented alike")
}

/// A work that cannot be read.
pub(super) fn entry(path: &Arc<str>, text: &str, piece: &WorkText, refusal: &Refusal) -> Diagnostic {
    let body = &text[piece.range.clone()];
    let key = piece.key.as_str();
    if [BOMB, DEEP].contains(&refusal.reason.as_str()) {
        return too_much(Place::new(path, piece.key_span.clone()), &format!("`{key}`"), &refusal.reason);
    }
    let about_entry = refusal.reason.strip_prefix(key).filter(|rest| rest.starts_with([':', '.', '[']));
    let Some(about) = about_entry else { return syntax(path, text, piece.range.clone(), refusal) };
    let (mut field, mut reason) = about.split_once(": ").unwrap_or((about, "it cannot be read"));
    let in_parent;
    if reason.contains(said::ONE_OR_MANY) {
        in_parent =
            hayagriva::parent_refusal(body, key).filter(|reason| !reason.contains(said::UNTAGGED)).unwrap_or_default();
        (field, reason) = in_parent.split_once(": ").unwrap_or((".parent", "it is no work of its own"));
    } else if reason.contains(said::SERIAL_NUMBER) {
        (field, reason) = (".serial-number", "it is neither a text nor a list of `name: value`");
    }
    let field = field.trim_start_matches('.');
    if let Some(name) = reason.strip_prefix(said::DUPLICATE) {
        let spans = outline::keys(body, &format!("{key}.{}", name.trim_matches('`')));
        if let [first, second, ..] = spans.as_slice() {
            let [first, second] = [first, second].map(|span| within(path, piece, span.clone()));
            return Diagnostic::new(Code::YamlDuplicateKey, second, format!("`{key}` has {name} twice"))
                .related(first, "the first one")
                .help("remove one of them");
        }
    }
    let place = Place::new(path, piece.key_span.clone());
    let (message, helps, replacement) = words(key, field, reason);
    let mut diagnostic = Diagnostic::new(Code::BibliographyInvalid, place, message);
    if let Some(span) = outline::value(body, &format!("{key}.{field}")).filter(|span| !span.is_empty()) {
        diagnostic.place = within(path, piece, span);
        diagnostic.fix =
            replacement.map(|(was, replacement)| Fix { place: diagnostic.place.clone(), was, replacement });
    }
    helps.into_iter().fold(diagnostic, Diagnostic::help)
}

fn within(path: &Arc<str>, piece: &WorkText, span: Range<usize>) -> Place {
    Place::new(path, piece.range.start + span.start..piece.range.start + span.end)
}

/// The message, the ways out, and what was typed with what to write instead, where that is certain.
fn words(key: &str, field: &str, reason: &str) -> (String, Vec<String>, Option<(String, String)>) {
    let simple = |message: String, help: &str| (message, vec![help.to_string()], None);
    if let Some((typed, names)) = unknown_name(reason) {
        let sort = field.rsplit('.').next().unwrap_or(field);
        let whose = if field.starts_with("parent") { "the parent of " } else { "" };
        let other = OTHER_NAMES.iter().find(|(other, _)| *other == typed.to_lowercase());
        let meant = match other {
            Some((_, name)) => Suggestions::near(vec![name.to_string()]),
            None => meant(typed, names.iter().copied()),
        };
        let quoted: Vec<_> = meant.names.iter().map(|name| format!("`{name}`")).collect();
        let helps = vec![if meant.names.is_empty() {
            format!("it is one of {}", names.join(", "))
        } else {
            format!("did you mean {}?", quoted.join(" or "))
        }];
        let only = meant.names.first().filter(|_| meant.same).map(|one| (typed.to_string(), one.clone()));
        return (format!("{whose}`{key}` has an unknown {sort}, `{typed}`"), helps, only);
    }
    if reason.starts_with(said::NO_TYPE) {
        return simple(
            format!("`{key}` has no `type`"),
            "add `type: article`, or `web`, `book`, `report` and so on, below it",
        );
    }
    if reason.contains(said::NO_FIELDS) {
        return simple(
            format!("`{key}` is no work: it has no fields"),
            "indent `type:`, `title:` and the other fields below it",
        );
    }
    if field.is_empty() {
        return simple(format!("`{key}` cannot be read: it is not a list of `name: value`"), FORMAT);
    }
    let message = |reason: &str| format!("the `{field}` of `{key}` cannot be read: {reason}");
    match reason {
        _ if field == "date" || field.ends_with(".date") => {
            simple(message(reason), "write a date as `2020`, `2020-05` or `2020-05-07`")
        }
        said::RELATIVE_URL => simple(message("it is not a whole address"), "begin it with `https://`"),
        said::MANY_PARTS => {
            simple(message("it has too many commas"), "write a name as `Last, First` or `Last, Jr., First`")
        }
        _ if reason.starts_with(said::INVALID_TYPE) => {
            let (typed, expected) =
                reason[said::INVALID_TYPE.len()..].split_once(said::EXPECTED).unwrap_or((reason, "something else"));
            let expected = match expected {
                _ if expected.starts_with(said::FORMATTABLE) || expected.contains(said::STRING) => "a text",
                _ if expected.starts_with(said::TAG) => "one of the known names",
                _ => expected,
            };
            let reason = format!("{typed} is there, and {expected} is needed");
            match typed.split(' ').next() {
                Some(said::INTEGER | said::BOOLEAN | said::FLOATING) => {
                    simple(message(&reason), "put it between quotes to make it a text")
                }
                _ => simple(message(&reason), FORMAT),
            }
        }
        _ if reason.starts_with(said::BRACE) => {
            simple(message("a `}` has no `{` before it"), "write `\\}` for a brace that belongs to the text")
        }
        _ => simple(message(reason), FORMAT),
    }
}

/// Takes ``unknown variant `journal`, expected one of `Article`, `article` `` apart. Each type is there in two spellings.
fn unknown_name(reason: &str) -> Option<(&str, Vec<&str>)> {
    let (typed, names) = reason.strip_prefix(said::UNKNOWN_NAME)?.split_once(said::NAMES)?;
    let names = names.split('`').skip(1).step_by(2).filter(|name| !name.starts_with(char::is_uppercase));
    Some((typed, names.collect()))
}
