//! `site.yaml` to [`Schema`].
//!
//! A stage of its own: `site.yaml` is larger than any entry, and everything else depends on it. It has two hashes: that of
//! everything, and that of its shape, which decides how entries are read and put together; an edit of a title or a parameter
//! reads and resolves nothing again.

mod checks;
mod choices;
mod conditions;
mod conflicts;
mod extent;
mod fields;
mod figures;
mod folders;
mod hosts;
mod indexes;
mod kinds;
mod matrices;
mod names;
mod pages;
mod publish;
mod reader;
mod relations;
mod retractions;
mod review;
mod rules;
mod schema_org;
mod search;
mod texts;
mod theme;
mod version;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use extent::{Extent, extent};
use reader::{DeclarationReader, DeclaredValue, Mapping};

use crate::diagnostics::{Code, Diagnostic};
use crate::formulas;
use crate::globs::AddressGlob;
use crate::hash::{Hash, Hasher};
use crate::ignored::{Ignored, pattern_of};
use crate::markdown::AuthorSigns;
use crate::model::keys::RESERVED;
use crate::model::kind::TermLinks;
use crate::model::schema::{DIALECTS, GeneratedPages, LinkOptions, MarkdownOptions, Schema};
use crate::model::schema_org::SchemaOrgThing;
use crate::model::source::Source;
use crate::model::texts::is_language;
use crate::url::{BaseUrl, site_url_meant};
use crate::yaml::{self, MappingPart, PathStep, Yaml, YamlText, doubtful_values, duplicate_keys};

/// Reads the declaration. `base_url` replaces the one in the file; `texts` are the files `texts/LANGUAGE.yaml`. Of one that is
/// no YAML as a whole those keys are read that are.
pub fn declare(source: &Source, base_url: Option<&BaseUrl>, texts: &[Source]) -> (Option<Schema>, Vec<Diagnostic>) {
    let text = Arc::new(YamlText::new(&source.path, &source.text, 0));
    let (mut root, unread) = yaml::parse_readable(&source.text);
    let unread = unread
        .into_iter()
        .map(|error| Diagnostic::new(Code::YamlInvalid, text.at(error.span), error.message).help(error.help));
    let unread: Vec<_> = unread.collect();
    let partial = !unread.is_empty();
    let mut reader = DeclarationReader::new(text.clone());
    reader.signs = AuthorSigns {
        remarks: !matches!(root.at("markdown.remarks"), Some(Yaml::Bool(false))),
        template_tags: matches!(root.at("markdown.template_tags"), Some(Yaml::Bool(true))),
        mdx: root.at("markdown.dialect").and_then(Yaml::as_text) == Some("docusaurus"),
    };
    reader.take_out_comments(&mut root);
    let mut site = reader.mapping(DeclaredValue { yaml: &root, path: Vec::new() });
    if !version::fits(&mut site, &mut reader) {
        // Whatever else is wrong may be what this version does not know.
        return (None, reader.diagnostics);
    }
    let title = site.text("title", &mut reader).unwrap_or_default();
    let is_said = partial || site.is_misspelt("title") || reader.diagnostics.iter().any(Diagnostic::is_error);
    if title.is_empty() && !is_said {
        let key = [PathStep::Key("title".into())];
        let (path, message, help) = match root.get("title") {
            Some(_) => (&key[..], "the `title` of site.yaml is empty", "write a title behind `title:`"),
            None => (&[][..], "site.yaml has no `title`", "add a line such as `title: My site`"),
        };
        reader.report(Code::FieldMissing, path, MappingPart::Key, message, &[help]);
    }
    if let Some(at) = site.take("params") {
        reader.params = at.yaml.clone();
    }
    let said = reader.diagnostics.len();
    let declared_base = reader.base_url(&mut site);
    let is_addressed = base_url.is_some() || reader.diagnostics.len() > said;
    let mut ignored = Ignored::default();
    for at in site.take("ignore").map_or_else(Vec::new, |at| at.items()) {
        // What is left out is decided when files are looked for, before anything is declared.
        match reader.text(&at).map(|pattern| pattern_of(&pattern)) {
            Some(Ok(pattern)) => ignored.add(pattern),
            Some(Err(why)) => reader.invalid(&at, why),
            None => {}
        }
    }
    let language = language(&mut site, &mut reader);
    let texts = texts::texts(&mut site, &language, texts, &mut reader);
    let mut schema = Schema {
        title,
        home: site.text("home", &mut reader).map(|path| path.trim_start_matches("./").to_string()),
        tagline: site.text("tagline", &mut reader).unwrap_or_default(),
        description: site.text("description", &mut reader).unwrap_or_default(),
        base_url: base_url.cloned().unwrap_or_else(|| declared_base.clone()),
        own_url: declared_base,
        links: links(&mut site, &mut reader),
        language,
        texts,
        theme: theme::theme(&mut site, &mut reader),
        hosts: hosts::hosts(&mut site, &mut reader),
        params: reader.params.clone(),
        markdown: markdown(&mut site, &mut reader),
        kinds: Vec::new(),
        folders: Vec::new(),
        statics: folders::around(&mut site, &mut reader),
        ignored,
        relations: Vec::new(),
        matrices: Vec::new(),
        rules: Vec::new(),
        figures: None,
        retractions: None,
        blocks: Vec::new(),
        pages: GeneratedPages::default(),
        gone: Vec::new(),
        redirects: Vec::new(),
        publish: Vec::new(),
        checks: Default::default(),
        organization: SchemaOrgThing::of_type("Organization"),
        partial,
        text,
        hash: Hash::default(),
        shape: Hash::default(),
    };
    let sets = fields::sets(&mut site, &mut reader);
    schema.kinds = kinds::kinds(&mut site, &sets, &schema.texts, &mut reader);
    schema.folders = folders::folders(&schema.kinds, &mut reader);
    schema.markdown.term_links &= schema.kinds.iter().any(|kind| kind.term_links != TermLinks::None);
    let written;
    (schema.relations, written) = relations::relations(&mut site, &schema, &mut reader);
    relations::check_keys(&schema, &written, &mut reader);
    schema.matrices = matrices::matrices(&mut site, &schema, &mut reader);
    schema.rules = rules::rules(&mut site, &schema, &mut reader);
    schema.figures = figures::figures(&mut site, &schema, &mut reader);
    schema.blocks = fields::blocks(&mut site, &mut reader);
    schema.retractions = retractions::retractions(&mut site, &schema, &mut reader);
    schema.pages = pages::pages(&mut site, &schema, &mut reader);
    schema.gone = pages::gone(&mut site, &mut reader);
    schema.redirects = pages::redirects(&mut site, &mut reader);
    schema.publish = publish::publish(&mut site, &schema, &mut reader);
    if !is_addressed {
        publish::check_address(&schema, &mut reader);
    }
    checks::declare(&mut site, &root, &mut schema, &mut reader);
    schema_org::declare(&mut site, &root, &mut schema, &mut reader);
    site.finish(&mut reader);
    indexes::name_regroups(&mut schema, &mut reader);
    reader.diagnostics.extend(duplicate_keys(&schema.text, &root));
    if !partial {
        let before = |found: &Diagnostic| source.text.get(..found.place.range().start).unwrap_or_default();
        let line = |found: &Diagnostic| before(found).matches('\n').count();
        let said: Vec<_> = reader.diagnostics.iter().map(line).collect();
        let doubtful = doubtful_values(&schema.text);
        reader.diagnostics.extend(doubtful.into_iter().filter(|found| !said.contains(&line(found))));
    }
    (schema.hash, schema.shape) = hashes(source, &root, &schema, &reader.filled);
    let mut found = reader.diagnostics;
    if partial {
        // What cannot be read may be what others want to find.
        found.retain_mut(|problem| problem.code == Code::SiteUnknownKey && at_the_edge(problem, &source.text));
        found.extend(unread);
    }
    (Some(schema), found)
}

/// Reads the language of the site: English without one.
fn language(site: &mut Mapping<'_>, reader: &mut DeclarationReader) -> String {
    let written = site.take("language").and_then(|at| Some((reader.text(&at)?, at)));
    let Some((code, at)) = written else { return "en".into() };
    if is_language(&code) {
        return code;
    }
    let hyphens = code.replace('_', "-");
    let message = format!("`{code}` is no code of a language");
    let example = if is_language(&hyphens) { format!("`{hyphens}`") } else { "`en-GB`, `de` or `pt-BR`".into() };
    reader.needs(&at, message, &example);
    "en".into()
}

/// Whether a problem is about a key at the left edge of a text, which it gets for its place.
fn at_the_edge(problem: &mut Diagnostic, text: &str) -> bool {
    let Some(key) = problem.message.split('`').nth(1) else { return false };
    let starts = text.match_indices(key).map(|(at, _)| at);
    let is_key = |at: &usize| (*at == 0 || text[..*at].ends_with('\n')) && text[at + key.len()..].starts_with(':');
    let Some(at) = starts.filter(is_key).last() else { return false };
    problem.place = crate::span::Place::new(&problem.place.path, at..at + key.len());
    true
}

/// The keys that only pages show, and `checks`, which weighs what was found.
const OF_PAGES: [&str; 11] = [
    "title",
    "tagline",
    "description",
    "params",
    "matrices",
    "pages",
    "gone",
    "redirects",
    "publish",
    "checks",
    "theme",
];

/// Those of them that texts with template tags may show.
const IN_TEXTS: [&str; 4] = ["title", "tagline", "description", "params"];

/// The hash of the whole declaration, and that of its shape.
/// Parameters that went into texts of fields belong to the shape.
fn hashes(source: &Source, root: &Yaml, schema: &Schema, filled: &[String]) -> (Hash, Hash) {
    let mut base = Hasher::new();
    let base = base.text(&schema.base_url.origin).text(&schema.base_url.path).hash(&schema.texts.hash()).finish();
    let mut shape = Hasher::new();
    shape.hash(&base);
    if let Yaml::Map(entries) = root {
        let is_in_texts = |key: &str| schema.markdown.template_tags && IN_TEXTS.contains(&key);
        let is_of_shape = |key: &str| !OF_PAGES.contains(&key) || is_in_texts(key);
        for (key, value) in entries.iter().filter(|(key, _)| is_of_shape(key)) {
            shape.text(key).text(&format!("{value:?}"));
        }
    }
    filled.iter().for_each(|value| {
        shape.text(value);
    });
    (Hasher::new().hash(&source.hash).hash(&base).finish(), shape.finish())
}

/// Schemes that run programs in the page, or hold one.
const NEVER: [&str; 3] = ["javascript", "vbscript", "data"];

/// Which links pages may have.
fn links(site: &mut Mapping<'_>, reader: &mut DeclarationReader) -> LinkOptions {
    let mut map = site.mapping("links", reader);
    let mut options = LinkOptions::default();
    for at in map.take("schemes").map_or_else(Vec::new, |at| at.items()) {
        let Some(scheme) = reader.text(&at).map(|scheme| scheme.trim_end_matches(':').to_ascii_lowercase()) else {
            continue;
        };
        if NEVER.contains(&scheme.as_str()) {
            let message = format!("links with `{scheme}:` are never allowed: they can run anything in the page");
            reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &["remove it"]);
        } else {
            options.schemes.push(scheme);
        }
    }
    for at in map.take("outside").map_or_else(Vec::new, |at| at.items()) {
        let Some(prefix) = reader.text(&at) else { continue };
        if prefix.len() > 1 && prefix.starts_with('/') {
            options.outside.push(prefix);
        } else {
            let meant = site_url_meant(&prefix).unwrap_or_else(|| "/forum/".into());
            reader.needs(&at, "an address begins with a slash".into(), &format!("`{meant}`"));
        }
    }
    options.repository = map.take("repository").and_then(|at| {
        let address = reader.text(&at)?;
        match BaseUrl::parse(&address) {
            Ok(_) => Some(format!("{}/", address.trim_end_matches('/'))),
            Err(why) => {
                reader.needs(&at, why, &format!("`{}`", BaseUrl::meant(&address)));
                None
            }
        }
    });
    for at in map.take("leave_alone").map_or_else(Vec::new, |at| at.items()) {
        match reader.text(&at).map(|pattern| AddressGlob::parse(&pattern)) {
            Some(Ok(glob)) => options.leave_alone.push((glob, at.path)),
            Some(Err(why)) => {
                reader.needs(&at, why, "`example.org`, `*.example.org` or `https://example.org/forum/**`");
            }
            None => {}
        }
    }
    map.finish(reader);
    options
}

/// How Markdown is read.
fn markdown(site: &mut Mapping<'_>, reader: &mut DeclarationReader) -> MarkdownOptions {
    let mut map = site.mapping("markdown", reader);
    let options = MarkdownOptions {
        smart_punctuation: map.boolean("smart_punctuation", true, reader),
        allow_html: map.boolean("allow_html", false, reader),
        wikilinks: map.boolean("wikilinks", true, reader),
        term_links: map.boolean("term_links", true, reader),
        remarks: map.boolean("remarks", true, reader),
        template_tags: map.boolean("template_tags", false, reader),
        math: math(&mut map, reader),
        dialect: map.word(
            "dialect",
            DIALECTS,
            "`dialect` is one of `mdbook`, `mkdocs`, `docusaurus`, `vitepress`, `astro` and `logseq`",
            reader,
        ),
        includes: includes(&mut map, reader),
        alerts: alerts(&mut map, reader),
    };
    map.finish(reader);
    options
}

/// Whether formulas are drawn. A build that cannot draw any says so where the site asks for it.
fn math(markdown: &mut Mapping<'_>, reader: &mut DeclarationReader) -> bool {
    let Some(at) = markdown.take("math") else { return false };
    let wanted = matches!(at.yaml, Yaml::Bool(true));
    if !matches!(at.yaml, Yaml::Bool(_)) {
        reader.wrong(&at, "`true` or `false`");
    } else if wanted && !formulas::BUILT_IN {
        let message = "this build of limber cannot draw formulas";
        let help = ["build it with `cargo build --features math`, or take the key out"];
        reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &help);
    }
    wanted && formulas::BUILT_IN
}

/// The files and folders that texts may show.
fn includes(markdown: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Vec<String> {
    let mut includes = Vec::new();
    for at in markdown.take("includes").map_or_else(Vec::new, |at| at.items()) {
        let Some(text) = reader.text(&at) else { continue };
        match crate::folders::folder(&text) {
            Ok(path) if !path.is_empty() => includes.push(path),
            Ok(_) => reader.needs(&at, "texts may not show every file of the project".into(), "`listings`"),
            Err(why) => reader.needs(&at, why, "`listings`, or `docs/snippets`"),
        }
    }
    includes
}

/// What alerts are headed with, where the site says so.
fn alerts(markdown: &mut Mapping<'_>, reader: &mut DeclarationReader) -> BTreeMap<String, String> {
    let mut map = markdown.mapping("alerts", reader);
    let names = crate::markdown::alerts::names();
    let titles = names.filter_map(|name| Some((name.to_string(), map.text(name, reader)?))).collect();
    map.finish(reader);
    titles
}
