//! What the search page finds, beyond the texts of all entries.

use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::diagnostics::Code;
use crate::model::kind::Kind;
use crate::model::schema::{Pin, Schema, Type};
use crate::yaml::MappingPart;

/// How a site is searched.
#[derive(Default)]
pub(super) struct Search {
    /// Whether there is an index for scripts.
    pub index: bool,
    /// Relations by which results can be narrowed.
    pub filters: Vec<String>,
    /// The field with words that entries are found by.
    pub words: Option<String>,
    /// Which entries stand above all others.
    pub pin: Option<Pin>,
}

/// Reads the keys of `pages.search` that other pages do not have.
pub(super) fn search(page: &mut Mapping<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Search {
    Search {
        index: page.boolean("index", true, reader),
        filters: page.take("filters").map_or_else(Vec::new, |at| filters(&at, schema, reader)),
        words: page.text("words", reader),
        pin: page.take("pin").and_then(|at| pin(at, schema, reader)),
    }
}

fn filters(at: &DeclaredValue<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Vec<String> {
    let sides = schema.relations.iter().flat_map(|relation| [Some(&relation.one), relation.other.as_ref()]);
    let mut known: Vec<&str> = sides.flatten().map(|side| side.key.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    let mut filters = Vec::new();
    for item in at.items() {
        let Some(key) = reader.text(&item) else { continue };
        if known.contains(&key.as_str()) {
            filters.push(key);
        } else if !reader.relations_lost {
            reader.unknown(&item, "relation", &key, known.iter().copied());
        }
    }
    filters
}

fn pin(at: DeclaredValue<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Option<Pin> {
    let mut map = reader.mapping(at.clone());
    let named = map.take("kind");
    let [words, texts, heading] = ["words", "text", "heading"].map(|key| map.take(key));
    map.finish(reader);
    let (Some(named), Some(words)) = (named, words) else {
        let message = "a pin needs a `kind` and the field with its `words`".to_string();
        reader.needs(&at, message, "`pin: {kind: rule, words: words, heading: level, text: action}`");
        return None;
    };
    let name = reader.text(&named)?;
    let Some(id) = schema.kind_ids().find(|id| schema.kind(*id).name == name) else {
        reader.unknown(&named, "kind", &name, schema.kinds.iter().map(|kind| kind.name.as_str()));
        return None;
    };
    let kind = schema.kind(id);
    let is_phrases = |ty: &Type| match ty {
        Type::List(item) => matches!(item.ty, Type::Text),
        ty => matches!(ty, Type::Text),
    };
    let words = reader.text(&words).and_then(|name| {
        let wanted = "a field with a text or a list of texts";
        field(&words, &name, kind, is_phrases, wanted, reader)
    });
    let texts = texts.map_or_else(Vec::new, |at| at.items());
    let texts = texts.iter().filter_map(|at| shown(at, kind, reader)).map(|(number, _)| number).collect();
    let heading = heading.and_then(|at| shown(&at, kind, reader));
    Some(Pin { kind: id, words: words?, texts, heading })
}

/// A field that is shown, by its name, with the key of its text where it is a choice: `level.advice`, or `level` for the label.
fn shown(at: &DeclaredValue<'_>, kind: &Kind, reader: &mut DeclarationReader) -> Option<(usize, String)> {
    let written = reader.text(at)?;
    let (name, key) = written.split_once('.').unwrap_or((&written, "label"));
    let is_shown = |ty: &Type| matches!(ty, Type::Text | Type::Markdown | Type::Choice(_));
    let number = field(at, name, kind, is_shown, "a field with a text or a choice", reader)?;
    let has_text = match &kind.fields[number].ty {
        Type::Choice(choices) => (0..choices.len()).any(|at| choices.text(at, key).is_some()),
        _ => name == written,
    };
    if !has_text {
        let message = format!("`{name}` has no text named `{key}`");
        let help = format!("write `{name}`, or of a choice `{name}.key` with the key of one of its texts");
        reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &[&help]);
        return None;
    }
    Some((number, key.to_string()))
}

/// A field of a kind, by its name.
fn field(
    at: &DeclaredValue<'_>,
    name: &str,
    kind: &Kind,
    fits: impl Fn(&Type) -> bool,
    wanted: &str,
    reader: &mut DeclarationReader,
) -> Option<usize> {
    let Some(number) = kind.fields.iter().position(|field| field.name == name) else {
        reader.unknown(at, "field", name, kind.fields.iter().map(|field| field.name.as_str()));
        return None;
    };
    if !fits(&kind.fields[number].ty) {
        let message = format!("expected {wanted}, found one of the type {}", kind.fields[number].ty.name());
        let fitting: Vec<&str> =
            kind.fields.iter().filter(|field| fits(&field.ty)).map(|field| field.name.as_str()).collect();
        let help = match fitting.as_slice() {
            [] => format!("declare such a field for `{}`", kind.name),
            names => format!("`{}` has {}", kind.name, names.join(", ")),
        };
        reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &[&help]);
        return None;
    }
    Some(number)
}
