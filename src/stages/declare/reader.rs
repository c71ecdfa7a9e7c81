//! Reads `site.yaml` value by value, and reports what is wrong with its place and the way out.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, Suggestions, meant, nearest};
use crate::markdown::{AuthorSigns, has_comment, markdown_in, public_text, without_escapes};
use crate::span::Place;
use crate::yaml::{MappingPart, Path, PathStep, Yaml, YamlText};

/// A value of `site.yaml` and the way to it.
#[derive(Clone)]
pub(super) struct DeclaredValue<'a> {
    pub yaml: &'a Yaml,
    pub path: Path,
}

impl<'a> DeclaredValue<'a> {
    fn below(&self, step: PathStep, yaml: &'a Yaml) -> DeclaredValue<'a> {
        let mut path = self.path.clone();
        path.push(step);
        DeclaredValue { yaml, path }
    }

    /// The value of a key of it.
    pub fn below_key(&self, key: &str) -> Option<DeclaredValue<'a>> {
        self.entries().into_iter().find(|(name, _)| *name == key).map(|(_, at)| at)
    }

    /// The items of a list; a value that is no list is the only item.
    pub fn items(&self) -> Vec<DeclaredValue<'a>> {
        match self.yaml {
            Yaml::List(items) => {
                items.iter().enumerate().map(|(at, item)| self.below(PathStep::Index(at), item)).collect()
            }
            Yaml::Null => Vec::new(),
            _ => vec![self.clone()],
        }
    }

    /// The keys of a mapping with their values.
    pub fn entries(&self) -> Vec<(&'a str, DeclaredValue<'a>)> {
        match self.yaml {
            Yaml::Map(entries) => entries
                .iter()
                .map(|(key, value)| (key.as_str(), self.below(PathStep::Key(key.clone()), value)))
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// A mapping whose keys are taken one by one; what is left at the end is unknown.
pub(super) struct Mapping<'a> {
    pub entries: Vec<(&'a str, DeclaredValue<'a>)>,
    pub known: Vec<&'static str>,
    /// The known keys that are there.
    written: Vec<&'static str>,
}

impl<'a> Mapping<'a> {
    /// A mapping of these keys and values.
    pub fn of(entries: Vec<(&'a str, DeclaredValue<'a>)>) -> Self {
        Self { entries, known: Vec::new(), written: Vec::new() }
    }

    /// The value of a key, which is known from now on.
    pub fn take(&mut self, key: &'static str) -> Option<DeclaredValue<'a>> {
        self.known.push(key);
        let at = self.entries.iter().position(|(name, _)| *name == key)?;
        self.written.push(key);
        Some(self.entries.remove(at).1)
    }

    /// Whether one of the keys that nobody has taken is nearly called like this one.
    pub fn is_misspelt(&self, key: &str) -> bool {
        self.entries.iter().any(|(written, _)| !nearest(written, [key]).is_empty())
    }

    /// A text under a key.
    pub fn text(&mut self, key: &'static str, reader: &mut DeclarationReader) -> Option<String> {
        self.take(key).and_then(|at| reader.text(&at))
    }

    /// A text under a key that pages show as it is: signs of Markdown in it are reported.
    pub fn plain_text(&mut self, key: &'static str, reader: &mut DeclarationReader) -> Option<String> {
        let at = self.take(key)?;
        let text = reader.text(&at)?;
        if let Some(problem) = markdown_in(&text) {
            reader.diagnostics.push(problem.diagnostic(|span| reader.text.inside(&at.path, &text, span)));
        }
        Some(without_escapes(text))
    }

    /// True or false under a key.
    pub fn boolean(&mut self, key: &'static str, default: bool, reader: &mut DeclarationReader) -> bool {
        match self.take(key) {
            None => default,
            Some(DeclaredValue { yaml: Yaml::Bool(value), .. }) => *value,
            Some(at) => {
                reader.wrong(&at, "true or false");
                default
            }
        }
    }

    /// A mapping under a key: an empty one where the key is missing.
    pub fn mapping(&mut self, key: &'static str, reader: &mut DeclarationReader) -> Mapping<'a> {
        self.take(key).map_or_else(|| Mapping::of(Vec::new()), |at| reader.mapping(at))
    }

    /// One of a few words under a key. `expected` says which they are.
    pub fn word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
        expected: &str,
        reader: &mut DeclarationReader,
    ) -> Option<T> {
        self.take(key).and_then(|at| reader.word(&at, words, expected))
    }

    /// Reports the keys that were not taken.
    pub fn finish(&self, reader: &mut DeclarationReader) {
        for (key, at) in &self.entries {
            if self.known.contains(key) {
                continue; // a duplicate, reported as such
            }
            let place = reader.text.place(&at.path, MappingPart::Key);
            let known = self.known.iter().copied();
            let diagnostic =
                Diagnostic::new(Code::SiteUnknownKey, place, format!("site.yaml knows no key `{key}` here"));
            let free = meant(key, known.clone().filter(|known| !self.written.contains(known)));
            // A repair must not write a key a second time.
            let meant = if free.names.is_empty() { Suggestions::near(nearest(key, known.clone())) } else { free };
            let diagnostic = if meant.names.is_empty() {
                diagnostic.help(format!("known keys are {}", known.collect::<Vec<_>>().join(", ")))
            } else {
                diagnostic.suggest_fix(key, &meant)
            };
            reader.diagnostics.push(diagnostic);
        }
    }
}

/// Reads values and gathers what is wrong with them.
pub(super) struct DeclarationReader {
    /// The file.
    pub text: Arc<YamlText>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// Some relation could not be read, which was reported: names of relations that are not there are no news.
    pub relations_lost: bool,
    /// The kinds could not be read, which was reported: no name of a kind is known.
    pub kinds_lost: bool,
    /// What begins in the texts of the site what is for authors alone.
    pub signs: AuthorSigns,
    /// `params` of the site, which texts of the declaration may name.
    pub params: Yaml,
    /// The values of parameters that went into texts, in the order in which they were read.
    pub filled: Vec<String>,
}

impl DeclarationReader {
    /// Begins to read a file.
    pub fn new(text: Arc<YamlText>) -> Self {
        let params = Yaml::Map(Vec::new());
        let (diagnostics, filled) = (Vec::new(), Vec::new());
        Self {
            text,
            diagnostics,
            relations_lost: false,
            kinds_lost: false,
            signs: AuthorSigns::default(),
            params,
            filled,
        }
    }

    /// Takes out of all texts of the file what they hold for authors alone. A key has to go without.
    pub fn take_out_comments(&mut self, root: &mut Yaml) {
        let signs = self.signs;
        self.check_keys(root, &mut Vec::new());
        root.each_text(&mut Vec::new(), &mut |text, path| {
            let (public, problem) = public_text(text, signs);
            let place = |span| self.text.inside(path, text, span);
            self.diagnostics.extend(problem.map(|problem| problem.diagnostic(place)));
            let public = matches!(public, Cow::Owned(_)).then(|| public.into_owned());
            public.into_iter().for_each(|public| *text = public);
        });
    }

    /// Reports keys with comments: some are shown, such as the titles in a menu.
    fn check_keys(&mut self, yaml: &Yaml, path: &mut Path) {
        let below: Vec<(PathStep, &Yaml)> = match yaml {
            Yaml::Map(entries) => entries.iter().map(|(key, value)| (PathStep::Key(key.clone()), value)).collect(),
            Yaml::List(items) => items.iter().enumerate().map(|(at, item)| (PathStep::Index(at), item)).collect(),
            _ => Vec::new(),
        };
        for (step, value) in below {
            let has_comment = matches!(&step, PathStep::Key(key) if has_comment(key, self.signs));
            path.push(step);
            if has_comment {
                let message = "a comment is no part of a key, and would be published";
                self.report(Code::SiteInvalid, path, MappingPart::Key, message, &["take it out"]);
            }
            self.check_keys(value, path);
            path.pop();
        }
    }

    /// Reads a mapping; of anything else an empty one, and a report.
    pub fn mapping<'a>(&mut self, at: DeclaredValue<'a>) -> Mapping<'a> {
        if !matches!(at.yaml, Yaml::Map(_) | Yaml::Null) {
            self.wrong(&at, "keys with values");
        }
        Mapping::of(at.entries())
    }

    /// Reads a text.
    pub fn text(&mut self, at: &DeclaredValue<'_>) -> Option<String> {
        match at.yaml {
            Yaml::Text(text) => Some(text.clone()),
            Yaml::Integer(number) => Some(number.to_string()),
            Yaml::Bool(value) => Some(value.to_string()),
            _ => {
                self.wrong(at, "a text");
                None
            }
        }
    }

    /// Reads a text or a list of them.
    pub fn texts(&mut self, at: &DeclaredValue<'_>) -> Vec<String> {
        at.items().iter().filter_map(|item| self.text(item)).collect()
    }

    /// Reads one of a few words. `expected` says which they are.
    pub fn word<T: Copy>(&mut self, at: &DeclaredValue<'_>, words: &[(&str, T)], expected: &str) -> Option<T> {
        let written = match at.yaml {
            Yaml::Text(text) => text.clone(),
            Yaml::Bool(value) => value.to_string(),
            _ => String::new(),
        };
        let meaning = |word: &str| words.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning);
        if let Some(meaning) = meaning(&written) {
            return Some(meaning);
        }
        let meant = meant(&written, words.iter().map(|(word, _)| *word));
        let diagnostic = Diagnostic::new(Code::SiteInvalid, self.text.place(&at.path, MappingPart::Value), expected);
        self.diagnostics.push(match meant.names.is_empty() {
            true => diagnostic.help("`limber schema site` says what may stand here"),
            false => diagnostic.suggest_fix(&written, &meant),
        });
        meant.names.first().and_then(|word| meaning(word))
    }

    /// Reads a number of things.
    pub fn count(&mut self, at: &DeclaredValue<'_>) -> Option<usize> {
        match at.yaml {
            Yaml::Integer(number) if *number >= 0 => Some(*number as usize),
            Yaml::Integer(number) => {
                let message = format!("`{number}` is below nothing, and this says how many");
                let help = ["write 0 or more, or leave the key out"];
                self.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &help);
                None
            }
            Yaml::Number(number) => {
                let is_large = number.abs() >= 1e18;
                let message =
                    if is_large { "this number is too large" } else { "this says how many, and is no whole number" };
                let help = if is_large {
                    "write one of up to 18 digits, or leave the key out"
                } else {
                    "write it without a fraction"
                };
                self.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &[help]);
                None
            }
            _ => {
                self.wrong(at, "a whole number");
                None
            }
        }
    }

    /// Reports a value of the wrong type.
    pub fn wrong(&mut self, at: &DeclaredValue<'_>, expected: &str) {
        let message = format!("expected {expected}, found {}", at.yaml.sort());
        let help = match (expected, at.yaml) {
            ("a text", Yaml::Map(_)) => "put quotes round a text that contains `: `",
            ("a text", Yaml::List(_)) => "write one text, without `- ` and brackets",
            ("a text", Yaml::Null) => "write one behind the colon, in quotes where it begins with `#`",
            ("a text", _) => "put quotes round it",
            ("keys with values", _) => "write keys with values below it, indented by two spaces",
            ("true or false", _) => "write `true` or `false`",
            ("a whole number" | "a number", _) => "write it in digits, without quotes",
            _ => "`limber schema site` says what may stand here",
        };
        self.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &[help]);
    }

    /// Reports a value of the right type that makes no sense.
    pub fn invalid(&mut self, at: &DeclaredValue<'_>, message: impl Into<String>) {
        let help = "`limber schema site` says what may stand here";
        self.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &[help]);
    }

    /// Reports a value that is not whole, with an example of one that is.
    pub fn needs(&mut self, at: &DeclaredValue<'_>, message: String, example: &str) {
        self.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &[&format!("write it as {example}")]);
    }

    /// Reports a problem.
    pub fn report(
        &mut self,
        code: Code,
        path: &[PathStep],
        part: MappingPart,
        message: impl Into<String>,
        help: &[&str],
    ) {
        let place = self.text.place(path, part);
        let mut diagnostic = Diagnostic::new(code, place, message);
        diagnostic.help.extend(help.iter().map(ToString::to_string));
        self.diagnostics.push(diagnostic);
    }

    /// Reports a name that is not among the known ones.
    pub fn unknown<'n>(
        &mut self,
        at: &DeclaredValue<'_>,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        self.unknown_at(self.text.place(&at.path, MappingPart::Value), what, name, known)
    }

    /// Reports a name that is not among the known ones. Returns the one that was probably meant: to go on with it keeps
    /// the report free of what only follows from a slip.
    pub fn unknown_at<'n>(
        &mut self,
        place: Place,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        if what == "kind" && self.kinds_lost {
            return None;
        }
        let known: Vec<_> = known.into_iter().collect();
        let meant = meant(name, known.iter().copied());
        let diagnostic = Diagnostic::new(Code::SiteUnknownName, place, format!("no {what} named `{name}`"));
        let diagnostic = if meant.names.is_empty() && !known.is_empty() && known.len() <= 20 {
            diagnostic.help(format!("known are {}", known.join(", ")))
        } else {
            diagnostic.suggest_fix(name, &meant)
        };
        self.diagnostics.push(diagnostic);
        meant.names.into_iter().next()
    }
}
