//! What an entry says of its addresses: its own, and those that it had before.

use super::fields::FieldReader;
use crate::diagnostics::{Code, Diagnostic};
use crate::folders::without_extension;
use crate::links::{is_index, stands_for_kind};
use crate::model::doc::Doc;
use crate::model::kind::{AddressFrom, Kind};
use crate::model::schema::Dialect;
use crate::model::value::Date;
use crate::redirects;
use crate::url::{composed, site_url, site_url_meant, slug, typed_slug};
use crate::yaml::{Path, PathStep, Yaml};

/// The keys of front matter that hold a whole address, by the tools that read them.
const PERMALINK: [&str; 2] = ["permalink", "url"];

/// Whether a key says what the address is, for entries of this kind.
pub(super) fn is_key(kind: &Kind, key: &str) -> bool {
    all_keys(kind).any(|known| known == key)
}

/// The keys that say what the address is, for entries of this kind.
pub(super) fn all_keys(kind: &Kind) -> impl Iterator<Item = &'static str> {
    kind.address_from.iter().flat_map(|from| keys(*from)).copied()
}

/// The keys of front matter from which an address comes.
fn keys(from: AddressFrom) -> &'static [&'static str] {
    match from {
        AddressFrom::Name | AddressFrom::File | AddressFrom::Unnumbered | AddressFrom::Undated => &[],
        AddressFrom::Slug => &["slug"],
        AddressFrom::Title => &["title"],
        AddressFrom::Id => &["id"],
        AddressFrom::Permalink => &PERMALINK,
        AddressFrom::Path => &["path"],
    }
}

impl FieldReader<'_> {
    /// The categories of an entry as a part of its address, where its kind asks for them.
    pub(super) fn categories(&self, kind: &Kind, root: &Yaml) -> Option<String> {
        let key = ["categories", "category"].into_iter().find(|key| root.get(key).is_some())?;
        let all: Vec<&str> = match root.get(key).filter(|_| kind.url.has_categories())? {
            Yaml::List(items) => items.iter().filter_map(Yaml::as_text).collect(),
            one => vec![one.as_text()?],
        };
        // Several words of one text are several categories, as Jekyll has it.
        let is_split = key == "categories" && !matches!(root.get(key), Some(Yaml::List(_)));
        let texts = all.into_iter().map(|text| self.without_comments(text));
        let parts = texts.flat_map(|text| match is_split {
            true => text.split_whitespace().map(slug).collect::<Vec<_>>(),
            false => vec![slug(&text)],
        });
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join("/"))
    }

    /// What an entry calls itself in addresses, where its kind asks for it: a name, a path below the URL of the kind, or from a
    /// slash on the whole URL.
    pub(super) fn own_address(&mut self, kind: &Kind, slug_of_file: &str, root: &Yaml) -> Option<String> {
        let own = kind.address_from.iter().find_map(|from| match from {
            AddressFrom::Name => None,
            AddressFrom::File | AddressFrom::Unnumbered => self.typed_path(kind),
            AddressFrom::Undated => self.undated(kind, slug_of_file),
            AddressFrom::Title | AddressFrom::Id if self.stands_for_folder(kind, &self.text.path) => None,
            AddressFrom::Slug | AddressFrom::Title | AddressFrom::Id => self.own_name(kind, *from, root),
            AddressFrom::Permalink | AddressFrom::Path => self.whole(*from, root),
        });
        own.or_else(|| self.name_behind_date(kind, slug_of_file))
    }

    /// The name that a key says, among the folders of the file; with a slash in it, the path below the URL of the kind.
    fn own_name(&mut self, kind: &Kind, from: AddressFrom, root: &Yaml) -> Option<String> {
        let (key, yaml) = written(root, keys(from))?;
        let typed = self.plain(key, yaml)?;
        let parts: Vec<String> = match from {
            AddressFrom::Title => vec![slug(&typed)],
            _ => typed.split('/').map(typed_slug).filter(|part| !part.is_empty()).collect(),
        };
        if from == AddressFrom::Slug && typed.starts_with('/') && !kind.anchored() {
            let end = if parts.is_empty() { "" } else { "/" };
            return Some(format!("{}{}{end}", kind.url.base(), parts.join("/")));
        }
        let name = parts.join("/");
        let folders = || Some(self.typed_path(kind)?.rsplit_once('/')?.0.to_string());
        match folders().filter(|_| kind.keeps_typed_names() && !name.contains('/')) {
            _ if name.is_empty() => None,
            Some(folders) => Some(format!("{folders}/{name}")),
            None => Some(name),
        }
    }

    /// The name of the file without the day before it; as it was typed, among its folders, where the kind keeps names so.
    fn undated(&self, kind: &Kind, slug_of_file: &str) -> Option<String> {
        if !kind.keeps_typed_names() {
            return slug_of_file.rsplit('/').next().and_then(Date::before_name).map(|(_, name)| slug(name));
        }
        let typed = self.typed_path(kind)?;
        let (folders, name) = typed.rsplit_once('/').map_or((None, &*typed), |(folders, name)| (Some(folders), name));
        let (_, name) = Date::before_name(name)?;
        Some(folders.map_or_else(|| name.to_string(), |folders| format!("{folders}/{name}")))
    }

    /// The whole URL that a key says.
    fn whole(&mut self, from: AddressFrom, root: &Yaml) -> Option<String> {
        let (key, yaml) = written(root, keys(from))?;
        let typed = self.plain(key, yaml)?;
        let url = match from {
            AddressFrom::Path => format!("/{}/", typed.trim().trim_matches('/')).replace("//", "/"),
            _ => whole_address(&typed),
        };
        let is_pattern = |url: &str| url.contains(['{', '}']);
        let why = match site_url(&url) {
            Ok(()) if !is_pattern(&url) => return Some(url),
            Ok(()) => format!("`{typed}` is no address of the site"),
            Err(why) => why,
        };
        let help = match site_url_meant(&url).filter(|meant| !is_pattern(meant)) {
            Some(meant) => format!("write it as `{meant}`"),
            None => format!("take `{key}` out, or write a path from `/` on"),
        };
        self.no_address(&[PathStep::Key(key.into())], why, help);
        None
    }

    /// Addresses that an entry had before: those of `redirect_from`, and of the key that its kind names.
    pub(super) fn old_addresses<'y>(
        &mut self,
        kind: &Kind,
        given: &mut impl FnMut(&str) -> Option<&'y Yaml>,
    ) -> Vec<(String, Path)> {
        // In a folder from elsewhere it may be written as another tool has it.
        let is_ours = kind.folder.is_none() && self.text.path.starts_with("content/");
        let own = given("redirect_from").map_or_else(Vec::new, |yaml| self.redirects("redirect_from", is_ours, yaml));
        let Some(key) = kind.redirects.as_deref() else { return own };
        let more = given(key).map_or_else(Vec::new, |yaml| self.redirects(key, false, yaml));
        own.into_iter().chain(more).collect()
    }

    fn redirects(&mut self, key: &str, is_ours: bool, yaml: &Yaml) -> Vec<(String, Path)> {
        let first = PathStep::Key(key.into());
        let written: Vec<(Path, &Yaml)> = match yaml {
            Yaml::List(items) => {
                items.iter().enumerate().map(|(at, item)| (vec![first.clone(), PathStep::Index(at)], item)).collect()
            }
            single => vec![(vec![first], single)],
        };
        let mut good = Vec::new();
        for (path, yaml) in written {
            let Some(typed) = self.plain_at(&path, key, yaml).filter(|typed| !typed.is_empty()) else { continue };
            let typed = composed(&typed).into_owned();
            let url =
                if is_ours || typed.contains("://") { typed } else { format!("/{}", typed.trim_start_matches('/')) };
            match site_url(&url) {
                Ok(()) => good.push((url, path)),
                // Other tools take what is none; the site is no worse without it.
                Err(why) if !is_ours => self.no_address(&path, why, redirects::way_out(&url)),
                Err(why) => {
                    let diagnostic = Diagnostic::new(Code::UrlInvalid, self.place(&path), why);
                    self.diagnostics.push(diagnostic.help(redirects::way_out(&url)));
                }
            }
        }
        good
    }

    fn no_address(&mut self, path: &[PathStep], why: String, help: String) {
        self.diagnostics.push(Diagnostic::new(Code::FieldWrongType, self.place(path), why).help(help));
    }

    /// The path of the file below the folder of its kind, as it was typed.
    fn typed_path(&self, kind: &Kind) -> Option<String> {
        let folder = kind.folder.clone().unwrap_or_else(|| format!("content/{}", kind.plural));
        let below = without_extension(&self.text.path)?.strip_prefix(&*folder)?.trim_start_matches('/');
        let typed = |part| typed_slug(kind.without_number(part));
        let mut parts: Vec<String> = below.split('/').map(typed).collect();
        if parts.len() > 1 && self.stands_for_folder(kind, below) {
            parts.pop();
        }
        // Where the address has the date of the name, that is no part of the name.
        if let Some(name) = parts.last_mut().filter(|_| kind.url.dated())
            && let Some((_, behind)) = Date::before_name(name)
        {
            *name = behind.to_string();
        }
        parts.iter().all(|part| !part.is_empty()).then(|| parts.join("/"))
    }

    /// Whether a file stands for its folder; in Docusaurus one that is called like that does, too.
    pub(super) fn stands_for_folder(&self, kind: &Kind, path: &str) -> bool {
        let path = without_extension(path).unwrap_or(path);
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let is_docusaurus = self.parsing.schema.markdown.dialect == Some(Dialect::Docusaurus);
        let folder = folders.rsplit('/').next().unwrap_or_default();
        is_index(name)
            || kind.folder.is_some() && name.eq_ignore_ascii_case("readme")
            || is_docusaurus && kind.without_number(name).eq_ignore_ascii_case(kind.without_number(folder))
    }

    /// The name of a file behind the date with which it begins, where the address has the date.
    fn name_behind_date(&self, kind: &Kind, slug_of_file: &str) -> Option<String> {
        let own = slug_of_file.rsplit('/').next()?;
        Date::before_name(own).filter(|_| kind.url.dated()).map(|(_, name)| slug(name))
    }

    /// The date in the name of a file is that of the entry where its address needs one, or has it no longer, and so is one in
    /// the path that it says itself; without any that its address needs, that is a problem.
    pub(super) fn date_of_address(&mut self, kind: &Kind, doc: &mut Doc) {
        let is_undated = kind.address_from.contains(&AddressFrom::Undated);
        if doc.date.is_none() && kind.address_from.contains(&AddressFrom::Path) {
            doc.date = doc.address.as_deref().filter(|address| address.starts_with('/')).and_then(Date::in_address);
        }
        if !(kind.url.dated() || is_undated) || doc.date.is_some() {
            return;
        }
        doc.date = doc.slug.rsplit('/').next().and_then(Date::before_name).map(|(date, _)| date);
        let needs_date = kind.url.dated() && !doc.broken && doc.address.is_none() && !stands_for_kind(doc);
        if doc.date.is_none() && needs_date {
            let message = format!("addresses of the kind `{}` have a date in them, and this entry has none", kind.name);
            let diagnostic = Diagnostic::new(Code::FieldMissing, self.place(&[]), message);
            let help = match self.is_written(&[PathStep::Key("date".into())]) {
                true => "write a day behind `date:`, such as `date: 2026-03-04`",
                false => "add a line such as `date: 2026-03-04`",
            };
            self.diagnostics.push(diagnostic.help(help));
        }
    }
}

/// The first of some keys that is there, with its value.
fn written<'y>(root: &'y Yaml, keys: &[&'static str]) -> Option<(&'static str, &'y Yaml)> {
    keys.iter().find_map(|key| Some((*key, root.get(key).filter(|yaml| !matches!(yaml, Yaml::Null | Yaml::Bool(_)))?)))
}

/// An address with its slashes: at the beginning, and at the end unless it is that of a file.
fn whole_address(typed: &str) -> String {
    let path = typed.trim().trim_start_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_file = last.contains('.');
    if path.is_empty() || path.ends_with('/') || is_file { format!("/{path}") } else { format!("/{path}/") }
}
