//! Templates: loading, drawing, and which template is made of which others. The only file that names `tera`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult};

use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::hash::{Hash, Hasher};
use crate::model::asset::Assets;
use crate::model::schema::Schema;
use crate::model::source::Source;
use crate::qr;
use crate::span::{Place, offset_of};

/// A value as templates see it. Cloning shares.
pub type Value = tera::Value;

/// The templates of a site, ready to draw with.
pub struct Templates {
    tera: Tera,
    /// By name: `benefit.html`, `blocks/week-plan.html`; the project's own hides the theme's.
    known: BTreeMap<String, Known>,
}

struct Known {
    path: Arc<str>,
    text: Arc<str>,
    hash: Hash,
    files: Vec<Arc<str>>,
}

/// Why a page could not be drawn.
pub struct DrawError {
    /// The template that failed.
    pub place: Place,
    /// What went wrong.
    pub message: String,
    /// The way out.
    pub help: Vec<String>,
}

impl Templates {
    /// Loads all templates. One broken template spoils them all: then there are only diagnostics.
    pub fn load(sources: &[Source], schema: &Schema, assets: &Arc<Assets>) -> (Option<Self>, Vec<Diagnostic>) {
        let mut tera = Tera::new();
        if let Err(error) = tera.set_fallback_prefixes(["templates/", "theme/"]) {
            return (None, places(&error, sources));
        }
        tera.autoescape_on([".html", ".xml"]);
        register(&mut tera, schema, assets);
        let files = sources.iter().filter(|source| source.path.ends_with(".html"));
        if let Err(error) = tera.add_raw_templates(files.map(|source| (&*source.path, &*source.text))) {
            return (None, places(&error, sources));
        }
        (Some(Self { tera, known: known(sources) }), Vec::new())
    }

    /// Whether there is a template of this name.
    pub fn has(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// The names of all templates.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
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
    pub fn draw(&self, name: &str, site: &Value, values: &Values, size: usize) -> Result<String, DrawError> {
        let mut out = Vec::with_capacity(size);
        self.draw_to(name, site, values, &mut out)?;
        Ok(String::from_utf8(out).unwrap_or_default())
    }

    /// The same into what takes the bytes.
    ///
    /// # Errors
    /// With the place in the template where drawing stopped.
    pub fn draw_to(&self, name: &str, site: &Value, values: &Values, out: &mut impl Write) -> Result<(), DrawError> {
        let mut context = Context::new();
        context.insert_value("site", site.clone());
        for (key, value) in &values.0 {
            context.insert_value(*key, value.clone());
        }
        self.tera.render_to(name, &context, out).map_err(|error| self.draw_error(name, &error))
    }

    fn draw_error(&self, name: &str, error: &tera::Error) -> DrawError {
        let report = match error.kind() {
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => Some(report),
            _ => None,
        };
        let file = report.map_or(name, |report| report.filename());
        let known = self.known.get(bare(file)).or_else(|| self.known.get(name));
        let path: Arc<str> = known.map_or_else(|| file.into(), |known| known.path.clone());
        let text = known.map_or("", |known| &known.text);
        let span = report.map_or(0..0, |report| {
            let span = report.span();
            let start = offset_of(text, span.start_line, span.start_col + 1);
            start..offset_of(text, span.end_line, span.end_col + 1).max(start)
        });
        let message = report.map_or_else(|| first_line(&error.to_string()), |report| report.message().to_string());
        let (message, help) = shortened(&message);
        DrawError { place: Place::new(&path, span), message, help }
    }
}

/// The values that one page hands to its template.
#[derive(Clone, Debug, Default)]
pub struct Values(pub Vec<(&'static str, Value)>);

impl Values {
    /// Adds a value.
    pub fn set(&mut self, key: &'static str, value: impl Into<Value>) -> &mut Self {
        self.0.push((key, value.into()));
        self
    }

    /// The hash of each part: together they decide what the page says.
    pub fn parts(&self) -> Vec<Hash> {
        let mut hasher = Hasher::new();
        let mut parts = Vec::new();
        self.each_part(|name, values| {
            hasher.text(name);
            for (key, value) in values {
                hasher.text(key);
                feed(value, &mut hasher);
            }
            parts.push(hasher.take());
        });
        parts
    }

    /// The names of the parts.
    pub fn part_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        self.each_part(|name, _| names.push(name.to_string()));
        names
    }

    /// Every value is a part. What is large in an entry is a part of its own, and the rest of it one more.
    fn each_part(&self, mut see: impl FnMut(&str, &[(&str, &Value)])) {
        for (key, value) in &self.0 {
            let Some(entry) = value.as_map().filter(|_| *key == "entry") else {
                see(key, &[(key, value)]);
                continue;
            };
            let named = entry.iter().map(|(key, value)| (key.as_str().unwrap_or_default(), value));
            let is_large = |value: &Value| value.is_safe() || value.as_map().is_some() || value.as_array().is_some();
            let (large, small): (Vec<_>, Vec<_>) = named.partition(|(_, value)| is_large(value));
            see(key, &small);
            large.iter().for_each(|part| see(part.0, std::slice::from_ref(part)));
        }
    }
}

/// The hash of a value.
pub fn hash_of(value: &Value) -> Hash {
    let mut hasher = Hasher::new();
    feed(value, &mut hasher);
    hasher.finish()
}

fn feed(value: &Value, hasher: &mut Hasher) {
    if let Some(text) = value.as_str() {
        hasher.number(if value.is_safe() { 1 } else { 2 }).text(text);
    } else if let Some(map) = value.as_map() {
        hasher.number(3).number(map.len() as u64);
        for (key, value) in map {
            hasher.text(key.as_str().unwrap_or_default());
            feed(value, hasher);
        }
    } else if let Some(items) = value.as_array() {
        hasher.number(4).number(items.len() as u64);
        items.iter().for_each(|item| feed(item, hasher));
    } else if let Some(flag) = value.as_bool() {
        hasher.number(5).number(u64::from(flag));
    } else if let Some(number) = value.as_i64() {
        hasher.number(6).number(number as u64);
    } else if let Some(number) = value.as_f64() {
        hasher.number(7).number(number.to_bits());
    } else {
        hasher.number(8);
    }
}

/// A mapping for templates, with its keys in this order.
pub fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    let mut map = tera::Map::with_capacity(N);
    for (key, value) in entries {
        map.insert(key.into(), value);
    }
    Value::from(map)
}

/// A mapping whose keys come from the site.
pub fn map_of(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
    let entries = entries.into_iter();
    let mut map = tera::Map::with_capacity(entries.size_hint().0);
    for (key, value) in entries {
        map.insert(key.into(), value);
    }
    Value::from(map)
}

/// A copy of a mapping with more keys, which replace those of the same name.
pub fn extended(value: &Value, more: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let more = more.into_iter();
    let known = value.as_map();
    let mut map = tera::Map::with_capacity(known.map_or(0, tera::Map::len) + more.size_hint().0);
    map.extend(known.into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())));
    for (key, value) in more {
        map.insert(key.into(), value);
    }
    Value::from(map)
}

/// A list for templates.
pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::from(items.into_iter().collect::<Vec<_>>())
}

/// HTML that templates print as it is.
pub fn safe(html: &str) -> Value {
    Value::safe_string(html)
}

/// Nothing: prints nothing, counts as false.
pub fn none() -> Value {
    Value::none()
}

fn known(sources: &[Source]) -> BTreeMap<String, Known> {
    let mut known = BTreeMap::new();
    for prefix in ["theme/", "templates/"] {
        for source in sources.iter().filter(|source| source.path.ends_with(".html")) {
            if let Some(name) = source.path.strip_prefix(prefix) {
                let (path, text) = (source.path.clone(), source.text.clone());
                let entry = Known { path, text, hash: source.hash, files: Vec::new() };
                known.insert(name.to_string(), entry);
            }
        }
    }
    let closures = closures(sources, &known);
    for (known, (hash, files)) in known.values_mut().zip(closures) {
        (known.hash, known.files) = (hash, files);
    }
    known
}

/// For each template all templates that it is made of, and the hash of them.
fn closures(sources: &[Source], known: &BTreeMap<String, Known>) -> Vec<(Hash, Vec<Arc<str>>)> {
    let mut components: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in sources {
        for name in defined(&source.text) {
            components.entry(name).or_default().insert(&source.path);
        }
    }
    let texts: BTreeMap<&str, &Source> = sources.iter().map(|source| (&*source.path, source)).collect();
    let uses: BTreeMap<&str, BTreeSet<&str>> = texts
        .iter()
        .map(|(path, source)| {
            let mut used = BTreeSet::new();
            for name in named(&source.text) {
                used.extend(["templates/", "theme/", ""].iter().filter_map(|prefix| {
                    texts.get_key_value(format!("{prefix}{name}").as_str()).map(|(path, _)| *path)
                }));
            }
            for name in called(&source.text) {
                used.extend(components.get(name).into_iter().flatten());
            }
            (*path, used)
        })
        .collect();
    known
        .values()
        .map(|template| {
            let (mut all, mut open) = (BTreeSet::new(), vec![&*template.path]);
            while let Some(path) = open.pop() {
                if all.insert(path) {
                    open.extend(uses.get(path).into_iter().flatten());
                }
            }
            let mut hasher = Hasher::new();
            for path in &all {
                hasher.text(path).hash(&texts[path].hash);
            }
            (hasher.finish(), all.into_iter().map(|path| texts[path].path.clone()).collect())
        })
        .collect()
}

/// The names behind `extends` and `include`.
fn named(text: &str) -> Vec<&str> {
    let tags = text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start());
    let named = tags.filter_map(|tag| tag.strip_prefix("extends").or_else(|| tag.strip_prefix("include")));
    named.filter_map(|rest| rest.trim_start().split(['"', '\'', '`']).nth(1)).collect()
}

/// The names of the components that a template defines.
fn defined(text: &str) -> Vec<&str> {
    let tags = text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start());
    tags.filter_map(|tag| tag.strip_prefix("component")).map(|rest| identifier(rest.trim_start())).collect()
}

/// The names of the components that a template calls. HTML tags are among them, which does no harm.
fn called(text: &str) -> BTreeSet<&str> {
    text.split('<').skip(1).map(identifier).filter(|name| !name.is_empty()).collect()
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(text.len());
    &text[..end]
}

fn register(tera: &mut Tera, schema: &Schema, assets: &Arc<Assets>) {
    let base = schema.base_url.clone();
    let assets = assets.clone();
    tera.register_function("asset", move |arguments: Kwargs, _: &State| -> TeraResult<Value> {
        let path = arguments.must_get::<&str>("path")?;
        match assets.by_name.get(path) {
            Some(asset) => Ok(Value::from(base.rooted(&asset.url))),
            None => Err(tera::Error::message(format!("there is no file `static/{path}`"))),
        }
    });
    let base = schema.base_url.clone();
    tera.register_function("link", move |arguments: Kwargs, _: &State| -> TeraResult<Value> {
        let path = arguments.must_get::<&str>("path")?;
        let outside = !path.starts_with('/') || path.starts_with("//");
        Ok(Value::from(if outside { path.to_string() } else { base.rooted(path) }))
    });
    tera.register_function("qr", |arguments: Kwargs, _: &State| -> TeraResult<Value> {
        let code = qr::draw(arguments.must_get::<&str>("text")?);
        Ok(code.map_or_else(none, |code| map([("size", (code.size as i64).into()), ("path", code.path.into())])))
    });
    // The stock filter returns its groups in a random order.
    tera.register_filter("group_by", |items: &[Value], arguments: Kwargs, _: &State| -> TeraResult<Value> {
        let attribute = arguments.must_get::<&str>("attribute")?;
        let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
        for item in items {
            let Some(key) = item.get_from_path(attribute).filter(|key| !key.is_none()) else { continue };
            let key = key.to_string();
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, group)) => group.push(item.clone()),
                None => groups.push((key, vec![item.clone()])),
            }
        }
        Ok(map_of(groups.into_iter().map(|(key, group)| (key, Value::from(group)))))
    });
}

/// Every problem in an error of loading, as a diagnostic.
fn places(error: &tera::Error, sources: &[Source]) -> Vec<Diagnostic> {
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
    let (message, rest) = block.strip_prefix("error: ")?.split_once('\n')?;
    let at = rest.trim_start().strip_prefix("--> ")?.lines().next()?;
    let mut parts = at.rsplitn(3, ':');
    let (column, line, file) = (parts.next()?.trim().parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    Some((file.into(), line, column, message.into()))
}

/// What to do about a template that cannot be read.
fn way_out(message: &str) -> &'static str {
    let known = [
        ("ends a tag", "close what is open inside first: each `{% if %}` and `{% for %}` has an end of its own"),
        ("end of input", "close what is open: each `{% if %}`, `{% for %}` and `{% block %}` has an end of its own"),
        ("unknown filter", "correct its name; Tera's own filters are listed in its documentation"),
        ("unknown component", "correct its name, or define it with `{% component name() %}...{% endcomponent name %}`"),
        ("unknown template", "correct the name, or write the file into `templates/`"),
        ("which does not exist", "correct the name, or write the file into `templates/`"),
        ("in a circle", "take one of the templates out of the circle"),
        ("in any parent", "correct the name of the block, or add it to the template that this one extends"),
    ];
    let found = known.iter().find(|(words, _)| message.contains(words));
    found.map_or("tags are `{{ value }}`, `{% if value %}...{% endif %}` and `{{ <component /> }}`", |(_, help)| help)
}

/// Tera lists the fields that there are: the one that was meant is often among them, and otherwise the list is the help.
fn shortened(message: &str) -> (String, Vec<String>) {
    let lists = ["Available fields:", "Available variables:", "Possible argument(s) are:"];
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
        "unknown tag" if name.starts_with("end") => format!("`{name}` ends a tag that is not the last one opened"),
        "unknown tag" if !name.is_empty() => format!("unknown tag `{name}`"),
        _ => message.replace("expected %}", "expected `%}`").replace("expected }}", "expected `}}`"),
    }
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
