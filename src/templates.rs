//! Templates: loading and drawing. Nothing but this folder and `shown.rs` names `tera`.

mod errors;
mod functions;
mod ids;
mod parts;
mod said;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use tera::{Context, Tera};

use parts::{KnownTemplate, known};

use crate::diagnostics::{Code, Diagnostic};
use crate::hash::Hash;
use crate::model::asset::Assets;
use crate::model::source::Source;
use crate::model::texts::Texts;
use crate::span::Place;
use crate::url::BaseUrl;

pub use crate::shown::{Shared, ShownValue, Values, count, extended, hash_of, list, map, map_of, none, safe};
pub use errors::DrawError;

/// The templates of a site, ready to draw with.
pub struct Templates {
    tera: Tera,
    /// By name: `article.html`, `blocks/timetable.html`; the project's own hides the theme's.
    known: BTreeMap<String, KnownTemplate>,
    ids: ids::TemplateIds,
    /// The texts of all files, by path.
    texts: BTreeMap<Arc<str>, Arc<str>>,
}

impl Templates {
    /// Loads all templates. One broken template spoils them all: then there are only diagnostics.
    pub fn load(
        sources: &[Source],
        base_url: &BaseUrl,
        texts: &Arc<Texts>,
        assets: &Arc<Assets>,
    ) -> (Option<Self>, Vec<Diagnostic>) {
        let mut tera = Tera::new();
        if let Err(error) = tera.set_fallback_prefixes(["templates/", "theme/"]) {
            return (None, errors::places(&error, sources));
        }
        tera.autoescape_on([".html", ".xml"]);
        functions::register(&mut tera, base_url, texts, assets);
        let files = sources.iter().filter(|source| source.path.ends_with(".html"));
        if let Err(error) = tera.add_raw_templates(files.map(|source| (&*source.path, &*source.text))) {
            let found = errors::places(&error, sources);
            // What the theme lacks should stand in an empty file of the project.
            let of_theme = found.iter().all(|problem| problem.place.path.starts_with("theme/"));
            let empty = sources.iter().filter(|source| of_theme && source.path.starts_with("templates/"));
            let empty: Vec<_> =
                empty.filter(|source| is_empty(&source.text)).map(|source| stands_empty(&source.path)).collect();
            return (None, if empty.is_empty() { found } else { empty });
        }
        let texts = sources.iter().map(|source| (source.path.clone(), source.text.clone())).collect();
        (Some(Self { tera, known: known(sources), ids: ids::TemplateIds::of(sources), texts }), Vec::new())
    }

    /// Whether there is a template of this name.
    pub fn has(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// Whether a template may write an element with this id.
    pub fn may_write_id(&self, id: &str) -> bool {
        self.ids.has(id)
    }

    /// Whether a template, or one that it extends, has one of these texts in it.
    pub fn contains(&self, name: &str, texts: &[&str]) -> bool {
        let of = |path: &Arc<str>| self.texts.get(path).map_or("", |text| text);
        self.chain(name).into_iter().any(|path| texts.iter().any(|wanted| of(path).contains(wanted)))
    }

    /// The file of a template, and those that it extends.
    fn chain(&self, name: &str) -> Vec<&Arc<str>> {
        let (mut next, mut chain) = (self.path(name), Vec::new());
        while let Some(path) = next.filter(|path| !chain.contains(path)) {
            chain.push(path);
            let text = self.texts.get(path).map_or("", |text| text);
            let parent = text.split_once("{% extends \"").and_then(|(_, rest)| rest.split('"').next());
            next = parent.and_then(|parent| {
                let names = ["templates/", "theme/", ""].map(|prefix| format!("{prefix}{parent}"));
                names.iter().find_map(|name| self.texts.get_key_value(name.as_str())).map(|(path, _)| path)
            });
        }
        chain
    }

    /// The file of a template that leaves a page empty: that of the template itself, or of one that it extends.
    pub fn empty(&self, name: &str) -> Option<&Arc<str>> {
        self.chain(name).into_iter().find(|path| self.texts.get(*path).is_none_or(|text| is_empty(text)))
    }

    /// The files of the project that hold nothing and stand for one of the theme.
    pub fn own_empty(&self) -> impl Iterator<Item = &Arc<str>> {
        let stands =
            |path: &str| path.strip_prefix("templates/").is_some_and(|name| self.of_theme().any(|own| own == name));
        self.own().filter(move |(path, text)| is_empty(text) && stands(path)).map(|(path, _)| path)
    }

    /// The templates of the project: their files, and what stands in them.
    pub fn own(&self) -> impl Iterator<Item = (&Arc<str>, &str)> {
        self.texts.iter().filter(|(path, _)| path.starts_with("templates/")).map(|(path, text)| (path, &**text))
    }

    /// Whether any template of the project has one of these texts in it.
    pub fn own_contain(&self, texts: &[&str]) -> bool {
        self.own().any(|(_, text)| texts.iter().any(|wanted| text.contains(wanted)))
    }

    /// Whether any template of the project has this word in it.
    pub fn mention(&self, word: &str) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        self.own().any(|(_, text)| {
            text.match_indices(word)
                .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
        })
    }

    /// The names of all templates.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    /// The names of the templates that the theme has, whether the project has others in their place or not.
    pub fn of_theme(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().filter_map(|path| path.strip_prefix("theme/"))
    }

    /// The hash of a template and everything that it extends, includes or calls.
    pub fn hash(&self, name: &str) -> Hash {
        self.known.get(name).map_or_else(Hash::default, |known| known.hash)
    }

    /// The file of a template.
    pub fn path(&self, name: &str) -> Option<&Arc<str>> {
        self.known.get(name).map(|known| &known.path)
    }

    /// The files of a template and of everything that it extends, includes or calls.
    pub fn files(&self, name: &str) -> &[Arc<str>] {
        self.known.get(name).map_or(&[], |known| &known.files)
    }

    /// Draws a template with what every template sees as `site`, and with these values. `size` is the room that is set aside.
    ///
    /// # Errors
    /// With the place in the template where drawing stopped.
    pub fn draw(&self, name: &str, site: &ShownValue, values: &Values, size: usize) -> Result<String, DrawError> {
        let mut out = Vec::with_capacity(size);
        self.draw_to(name, site, values, &mut out)?;
        Ok(String::from_utf8(out).unwrap_or_default())
    }

    /// The same into what takes the bytes.
    ///
    /// # Errors
    /// With the place in the template where drawing stopped.
    pub fn draw_to(
        &self,
        name: &str,
        site: &ShownValue,
        values: &Values,
        out: &mut impl Write,
    ) -> Result<(), DrawError> {
        let mut context = Context::new();
        context.insert_value("site", site.clone());
        for (key, value) in &values.0 {
            context.insert_value(*key, value.clone());
        }
        self.tera.render_to(name, &context, out).map_err(|error| errors::of_drawing(name, &error, &self.known))
    }
}

/// Says of an empty file of the project that the theme needs what should stand in it.
pub fn stands_empty(path: &Arc<str>) -> Diagnostic {
    let message = "this template is empty, and so is what should be drawn with it";
    let diagnostic = Diagnostic::new(Code::TemplateInvalid, Place::whole(path), message);
    diagnostic.help("write it, or remove it: then the built-in one is used where there is one")
}

/// Whether a template holds nothing but comments.
fn is_empty(text: &str) -> bool {
    let mut text = text.trim();
    while let Some((_, rest)) = text.strip_prefix("{#").and_then(|comment| comment.split_once("#}")) {
        text = rest.trim();
    }
    text.is_empty()
}
