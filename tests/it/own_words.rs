//! The generator knows nothing of its example site: no id, title or field name of the site stands in its code, its help or
//! its tests, except words that everybody uses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use limber::model::schema::{Field, Schema, Type};
use limber::stages::declare::declare;
use limber::stages::load::load_site;

/// The folders of the generator.
const FOLDERS: &[&str] = &["src", "theme/templates", "theme/texts"];

/// Tests of the example site itself.
const OF_THE_SITE: &[&str] = &[];

/// Words of the site that are words of programs and of everyday English as well.
const GENERAL: &str = "about action advice after against alert answer area avoid back best better body both call care carry causes \
     check checked claim components condition conditions corrections cost days deep description dont early event \
     evidence finding first focus form front general gently glossary grade group guide guides help helps high home \
     later latin less level light lighter like limited lower meaning measure measures mind minutes mixed name \
     neighbours note object often option order outcomes outside page pages partner path plain plan point points \
     policy post price questions reach reason release repair result return reviewed role rule rules running self \
     sentence signs sleep small sources steps stick stop stops strong subject systems term terms tested timing \
     timings title today tool tools touch trials type untested verb view week what when whole window with without \
     words work your";

/// Shorter words say nothing.
const SHORTEST: usize = 4;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The words of a text, in small letters.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= SHORTEST);
    words.map(str::to_lowercase).collect()
}

/// The words that only the example site knows.
fn words_of_the_site() -> BTreeSet<String> {
    let source = load_site(&root()).expect("the example site has a declaration");
    let schema = declare(&source, None, &[]).0.expect("it can be read");
    let mut names = names(&schema);
    for folder in std::fs::read_dir(root().join("content")).expect("it has content").flatten() {
        let files = std::fs::read_dir(folder.path()).into_iter().flatten().flatten();
        names.extend(files.map(|file| file.path().file_stem().unwrap_or_default().to_string_lossy().into_owned()));
    }
    let general = words(GENERAL);
    names.iter().flat_map(|name| words(name)).filter(|word| !general.contains(word)).collect()
}

/// Ids, titles and names of fields.
fn names(schema: &Schema) -> Vec<String> {
    fn of_field(field: &Field, names: &mut Vec<String>) {
        names.push(field.name.clone());
        match &field.ty {
            Type::Choice(choices) => names.extend(choices.iter().map(|(id, _)| id.clone())),
            Type::List(item) => of_field(item, names),
            Type::Object(fields) => fields.iter().for_each(|field| of_field(field, names)),
            _ => {}
        }
    }
    let mut names = vec![schema.title.clone()];
    for kind in &schema.kinds {
        names.extend([kind.name.clone(), kind.plural.clone(), kind.title.clone()]);
        kind.fields.iter().for_each(|field| of_field(field, &mut names));
    }
    for relation in &schema.relations {
        names.extend(std::iter::once(&relation.one).chain(&relation.other).map(|side| side.key.clone()));
        relation.fields.iter().for_each(|field| of_field(field, &mut names));
    }
    names
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("it is a folder").flatten() {
        if entry.path().is_dir() { files(&entry.path(), found) } else { found.push(entry.path()) }
    }
}

#[test]
fn no_word_of_the_example_site_stands_in_the_generator() {
    let (own, root) = (words_of_the_site(), root());
    let mut all = Vec::new();
    FOLDERS.iter().for_each(|folder| files(&root.join(folder), &mut all));
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in all {
        let name = path.strip_prefix(&root).expect("it lies below").to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        if !OF_THE_SITE.iter().any(|site| name.starts_with(site)) {
            for word in words(&text).intersection(&own) {
                found.entry(word.clone()).or_default().insert(name.clone());
            }
        }
    }
    let said: Vec<_> =
        found.iter().map(|(word, files)| format!("{word}: {}", Vec::from_iter(files.clone()).join(" "))).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}
