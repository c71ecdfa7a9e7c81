//! The reference of the documentation in `docs/` is made from the program: keys, commands, field types, diagnostics, template
//! values and blocks. A page that is missing, left over or out of date fails; `UPDATE_EXPECT=1` writes all of them anew.

mod commands;
mod diagnostics;
mod field_types;
mod keys;
mod templates;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of `docs/content/` that hold nothing but what is made here.
const FOLDERS: [&str; 6] = ["keys", "commands", "field-types", "diagnostics", "template-values", "blocks"];

/// The version in which all is there that does not say another one.
const FIRST: &str = "0.1.0";

/// A page as its file tells it: front matter, then the text.
#[derive(Default)]
struct ReferencePage {
    keys: Vec<(String, String)>,
    body: String,
}

impl ReferencePage {
    fn new(title: &str, summary: &str) -> Self {
        Self::default().text("title", title).text("summary", summary)
    }

    /// What lists call it, where its title says what it is, too.
    fn short(self, name: &str) -> Self {
        self.text("short_title", name)
    }

    /// Adds a text, where there is one.
    fn text(mut self, key: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.keys.push((key.into(), serde_json::to_string(value).expect("a text can be written")));
        }
        self
    }

    /// Adds a list, where it has items.
    fn list<S: AsRef<str>>(mut self, key: &str, items: impl IntoIterator<Item = S>) -> Self {
        let items: Vec<_> = items.into_iter().map(|item| item.as_ref().to_string()).collect();
        if !items.is_empty() {
            self.keys.push((key.into(), format!("[{}]", items.join(", "))));
        }
        self
    }

    /// Since when it is there, where the page does not say so itself.
    fn since(self, version: &str) -> Self {
        if self.keys.iter().any(|(key, _)| key == "since") { self } else { self.text("since", version) }
    }

    fn body(mut self, body: impl Into<String>) -> Self {
        self.body = body.into();
        self
    }

    fn file(&self) -> String {
        let keys: String = self.keys.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        format!("---\n{keys}---\n\n{}\n", self.body.trim())
    }
}

/// A summary: the first sentence, without marks of Markdown.
fn plain(text: &str) -> String {
    let first = text.split_once(". ").map_or_else(|| text.to_string(), |(first, _)| format!("{first}."));
    first.replace('`', "")
}

/// The whole text, where the summary is less.
fn whole(text: &str) -> String {
    if text.contains(". ") { format!("{text}\n\n") } else { String::new() }
}

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content")
}

/// All pages by their paths below `docs/content/`.
fn pages() -> BTreeMap<String, String> {
    let all = [keys::pages(), commands::pages(), field_types::pages(), diagnostics::pages(), templates::pages()];
    all.into_iter().flatten().map(|(path, page)| (path, page.since(FIRST).file())).collect()
}

#[test]
fn the_reference_says_what_the_program_says() {
    let (content, pages) = (content(), pages());
    for folder in FOLDERS {
        let is_in = |path: &&String| path.starts_with(&format!("{folder}/"));
        assert!(pages.keys().any(|path| is_in(&path)), "nothing can be read of what `{folder}/` is made from");
    }
    let mut there = BTreeMap::new();
    for folder in FOLDERS {
        for file in fs::read_dir(content.join(folder)).into_iter().flatten().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let text = fs::read_to_string(file.path()).unwrap_or_default();
            // The page of the kind itself is written by hand.
            if name != "index.md" {
                there.insert(format!("{folder}/{name}"), text);
            }
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        for path in there.keys().filter(|path| !pages.contains_key(*path)) {
            fs::remove_file(content.join(path)).expect("the file can be removed");
        }
        for (path, text) in pages.iter().filter(|(path, text)| there.get(*path) != Some(text)) {
            let file = content.join(path);
            fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("the folder can be made");
            fs::write(file, text).expect("the file can be written");
        }
        return;
    }
    let missing = pages.keys().filter(|path| !there.contains_key(*path)).map(|path| format!("missing: {path}"));
    let left = there.keys().filter(|path| !pages.contains_key(*path)).map(|path| format!("left over: {path}"));
    let stale = pages.iter().filter(|(path, text)| there.get(*path).is_some_and(|there| there != *text));
    let stale = stale.map(|(path, _)| format!("out of date: {path}"));
    let wrong: Vec<_> = missing.chain(left).chain(stale).collect();
    assert!(
        wrong.is_empty(),
        "docs/content/ is not what the program says; `UPDATE_EXPECT=1 cargo test --test it reference` writes it:\n{}",
        wrong.join("\n")
    );
}
