//! Every key of `site.yaml` with what it means: the file `site.yaml` beside this one.

use crate::yaml::{self, Yaml};

/// A key of `site.yaml`.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteKey {
    /// The way to it, as `kinds.NAME.url` or `relations[].one`.
    pub path: String,
    /// What may stand there: one or several of the words that the file explains.
    pub value: Vec<String>,
    /// The words that may stand there, where they are few.
    pub words: Vec<String>,
    /// What it means, in one sentence.
    pub about: String,
    /// What holds without it.
    pub default: String,
    /// The version of the program that knew it first.
    pub since: String,
    /// A declaration that uses it.
    pub example: String,
    /// Front matter of an entry of the example's first kind; empty where there is nothing to show.
    pub entry: String,
    /// Other files that the example needs.
    pub files: Vec<(String, String)>,
    /// What is reported of it, beside what is reported of all keys.
    pub codes: Vec<String>,
}

impl SiteKey {
    /// The names on the way to it: `kinds`, `NAME`, `url`; `[]` is one of its own.
    pub fn steps(&self) -> Vec<&str> {
        let parts = self.path.split('.');
        parts.flat_map(|part| part.strip_suffix("[]").map_or(vec![part], |name| vec![name, "[]"])).collect()
    }

    /// The key in addresses and file names: without the names that a site gives itself.
    pub fn slug(&self) -> String {
        let steps = self.steps().into_iter().filter(|step| !["NAME", "[]"].contains(step));
        steps.map(|step| step.to_lowercase().replace('_', "-")).collect::<Vec<_>>().join("-")
    }
}

/// The first release, which knew every key of which nothing else is said.
const FIRST: &str = "0.1.0";

/// All keys, in the order in which they are explained.
pub fn keys() -> Vec<SiteKey> {
    match yaml::parse(include_str!("site.yaml")) {
        Ok(Yaml::List(items)) => items.iter().map(key).collect(),
        _ => Vec::new(), // a test reads them all
    }
}

fn key(item: &Yaml) -> SiteKey {
    let text = |name: &str| item.get(name).map(text).unwrap_or_default();
    let texts = |name: &str| match item.get(name) {
        Some(Yaml::List(items)) => items.iter().map(self::text).collect(),
        Some(one) => vec![self::text(one)],
        None => Vec::new(),
    };
    let files = match item.get("files") {
        Some(Yaml::Map(files)) => files.iter().map(|(path, file)| (path.clone(), self::text(file))).collect(),
        _ => Vec::new(),
    };
    SiteKey {
        path: text("key"),
        value: texts("value"),
        words: texts("of"),
        about: text("about"),
        default: text("default"),
        since: item.get("since").map_or_else(|| FIRST.to_string(), self::text),
        example: text("example"),
        entry: text("entry"),
        files,
        codes: texts("codes"),
    }
}

fn text(yaml: &Yaml) -> String {
    match yaml {
        Yaml::Text(text) => text.clone(),
        Yaml::Bool(flag) => flag.to_string(),
        Yaml::Integer(number) => number.to_string(),
        Yaml::Number(number) => number.to_string(),
        Yaml::Null | Yaml::List(_) | Yaml::Map(_) => String::new(),
    }
}
