//! The words of a site: those under `texts:` in `site.yaml`, and those of `texts/LANGUAGE.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::diagnostics::{Code, Diagnostic, meant};
use crate::model::source::Source;
use crate::model::texts::{BUILT_IN, FORMS, TextPattern, Texts};
use crate::yaml::{self, MappingPart, Yaml, YamlText, doubtful_values, duplicate_keys};

/// The folder with texts by language.
const FOLDER: &str = "texts/";

/// Reads the words of a site. Those in `site.yaml` win over those of the file.
pub(super) fn texts(
    site: &mut Mapping<'_>,
    language: &str,
    files: &[Source],
    reader: &mut DeclarationReader,
) -> Arc<Texts> {
    let english = Texts::of("en", BTreeMap::new());
    let forms = Texts::of(language, BTreeMap::new()).forms();
    let mut own = BTreeMap::new();
    let primary = language.split('-').next().unwrap_or_default();
    let file = |name: &str| files.iter().find(|file| *file.path == *format!("{FOLDER}{name}.yaml"));
    for source in [file(primary), file(language).filter(|_| primary != language)].into_iter().flatten() {
        own.extend(of_file(source, &english, &forms, reader));
    }
    if let Some(at) = site.take("texts") {
        if !matches!(at.yaml, Yaml::Map(_) | Yaml::Null) {
            reader.wrong(&at, "keys with values");
        }
        own.extend(of_mapping(&at, &english, &forms, reader));
    }
    let none = own.is_empty() && !BUILT_IN.iter().any(|(known, _)| *known == primary);
    let texts = Texts::of(language, own);
    reader.diagnostics.extend(missing(language, &texts, none, reader));
    Arc::new(texts)
}

fn of_file(
    source: &Source,
    english: &Texts,
    forms: &[&str],
    reader: &mut DeclarationReader,
) -> BTreeMap<String, TextPattern> {
    let text = Arc::new(YamlText::new(&source.path, &source.text, 0));
    let mut root = match yaml::parse(&source.text) {
        Ok(root) => root,
        Err(error) => {
            let diagnostic = Diagnostic::new(Code::YamlInvalid, text.at(error.span), error.message);
            reader.diagnostics.push(diagnostic.help(error.help));
            return BTreeMap::new();
        }
    };
    let mut own = DeclarationReader::new(text.clone());
    own.signs = reader.signs;
    own.take_out_comments(&mut root);
    let at = DeclaredValue { yaml: &root, path: Vec::new() };
    if !matches!(root, Yaml::Map(_) | Yaml::Null) {
        own.wrong(&at, "keys with values");
    }
    let texts = of_mapping(&at, english, forms, &mut own);
    reader.diagnostics.extend(own.diagnostics);
    reader.diagnostics.extend(duplicate_keys(&text, &root));
    reader.diagnostics.extend(doubtful_values(&text));
    texts
}

fn of_mapping(
    at: &DeclaredValue<'_>,
    english: &Texts,
    in_use: &[&str],
    reader: &mut DeclarationReader,
) -> BTreeMap<String, TextPattern> {
    let mut own = BTreeMap::new();
    for (id, at) in at.entries() {
        let Some(known) = english.text(id) else {
            let place = reader.text.place(&at.path, MappingPart::Key);
            let diagnostic = Diagnostic::new(Code::SiteUnknownKey, place, format!("there is no text `{id}`"));
            let meant = meant(id, english.ids());
            reader.diagnostics.push(if meant.names.is_empty() {
                diagnostic.help("`limber theme texts/en.yaml` prints all of them")
            } else {
                diagnostic.suggest_fix(id, &meant)
            });
            continue;
        };
        let Some(text) = TextPattern::of(at.yaml) else {
            reader.wrong(&at, "a text");
            continue;
        };
        if let (TextPattern::Forms(forms), TextPattern::Plain(_)) = (&text, known)
            && forms.keys().all(|form| FORMS.contains(&form.as_str()))
        {
            reader.needs(&at, format!("the text `{id}` has no number, and so no forms"), "one text");
            continue;
        }
        if let TextPattern::Forms(forms) = &text {
            if let Some(form) = forms.keys().find(|form| !FORMS.contains(&form.as_str())) {
                let at = at.below_key(form).unwrap_or_else(|| at.clone());
                let place = reader.text.place(&at.path, MappingPart::Key);
                let diagnostic = Diagnostic::new(Code::SiteUnknownKey, place, format!("no plural form is `{form}`"));
                reader.diagnostics.push(diagnostic.help(format!("the forms are {}", FORMS.join(", "))));
                continue;
            }
            if !forms.contains_key("other") {
                reader.needs(
                    &at,
                    format!("the text `{id}` has no form `other`"),
                    "`{one: \"{n} page\", other: \"{n} pages\"}`",
                );
                continue;
            }
            if let Some(form) = in_use.iter().find(|form| !forms.contains_key(**form)) {
                let message = format!("the text `{id}` has no form `{form}`: that of `other` stands in its place");
                let mut named = in_use.to_vec();
                named.extend(Some("other").filter(|other| !named.contains(other)));
                let help = format!("numbers in this language have the forms {}", named.join(", "));
                reader.report(Code::TextMissing, &at.path, MappingPart::Key, message, &[&help]);
            }
        }
        let may_have = known.names();
        let small = |name: &str| name.strip_suffix("-small").unwrap_or(name).to_string();
        if let Some(name) =
            text.names().into_iter().find(|name| !may_have.iter().any(|known| small(known) == small(name)))
        {
            let names: Vec<_> = may_have.iter().map(|name| format!("`{{{name}}}`")).collect();
            let help = match names.is_empty() {
                true => "it has no values in braces".to_string(),
                false => format!("it has {}", names.join(", ")),
            };
            reader.report(
                Code::SiteInvalid,
                &at.path,
                MappingPart::Value,
                format!("the text `{id}` has no value `{{{name}}}`"),
                &[&help],
            );
            continue;
        }
        own.insert(id.to_string(), text);
    }
    own
}

/// The texts that a language lacks: one problem each; or one for all of them where the language has none.
fn missing(language: &str, texts: &Texts, none: bool, reader: &DeclarationReader) -> Vec<Diagnostic> {
    let place = reader.text.place(&[yaml::PathStep::Key("language".into())], MappingPart::Value);
    let primary = language.split('-').next().unwrap_or_default();
    if none {
        let message = format!("the theme has no words in `{language}`: its English ones are shown");
        let help =
            format!("write them in `texts/{primary}.yaml`; `limber theme texts/en.yaml` prints the English ones");
        return vec![Diagnostic::new(Code::TextMissing, place, message).help(help)];
    }
    let problem = |id: &String| {
        let message = format!("the text `{id}` is missing in `{language}`: the English one is shown");
        let help = format!(
            "write it in `texts/{primary}.yaml`: `{id}: {}`",
            texts.text(id).map_or_else(String::new, TextPattern::written)
        );
        Diagnostic::new(Code::TextMissing, place.clone(), message).help(help)
    };
    texts.missing.iter().map(problem).collect()
}
