//! The table of the keys of `site.yaml`: it names what the program reads, no more and no less, and each of its examples builds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use limber::diagnostics::Code;
use limber::json_schema::{SiteKey, keys, of_declaration};
use limber::model::source::Source;
use limber::stages::declare::declare;
use limber::yaml::{self, Yaml};
use serde_json::{Value as Json, json};

use crate::harness::Project;

/// A key that no site has.
const NOBODY: &str = "zzzzzzzz";

/// An example as a whole declaration.
pub fn declaration(key: &SiteKey) -> String {
    if key.example.starts_with("title:") { key.example.clone() } else { format!("title: Example\n{}", key.example) }
}

fn json_of(yaml: &Yaml) -> Json {
    match yaml {
        Yaml::Null => Json::Null,
        Yaml::Bool(flag) => json!(flag),
        Yaml::Integer(number) => json!(number),
        Yaml::Number(number) => json!(number),
        Yaml::Text(text) => json!(text),
        Yaml::List(items) => items.iter().map(json_of).collect(),
        Yaml::Map(entries) => Json::Object(entries.iter().map(|(key, value)| (key.clone(), json_of(value))).collect()),
    }
}

pub fn parsed(text: &str) -> Json {
    json_of(&yaml::parse(text).unwrap_or_else(|error| panic!("{}\n{text}", error.message)))
}

/// The mapping that holds the key: along its path, or the first with its name where a shape stands in many places.
pub fn holder<'a>(root: &'a mut Json, key: &SiteKey) -> Option<&'a mut Json> {
    let steps = key.steps();
    let (last, way) = steps.split_last()?;
    if way.first().is_some_and(|first| first.chars().all(|c| c.is_ascii_uppercase())) {
        let kind = if way == ["FIELD"] { "type" } else { last };
        return first_with(root, &[last, kind]);
    }
    way.iter().try_fold(root, |at, step| match *step {
        "[]" if at.is_array() => at.get_mut(0),
        "[]" => Some(at),
        "NAME" => at.as_object_mut()?.values_mut().next(),
        step => at.get_mut(step),
    })
}

pub fn first_with<'a>(at: &'a mut Json, keys: &[&str]) -> Option<&'a mut Json> {
    if keys.iter().all(|key| at.get(key).is_some()) {
        return Some(at);
    }
    match at {
        Json::Object(entries) => entries.values_mut().find_map(|value| first_with(value, keys)),
        Json::Array(items) => items.iter_mut().find_map(|value| first_with(value, keys)),
        _ => None,
    }
}

/// The keys that the program knows beside this one, from what it says of one that it does not know.
fn known_beside(key: &SiteKey) -> Option<BTreeSet<String>> {
    let mut root = parsed(&declaration(key));
    let holder = holder(&mut root, key).unwrap_or_else(|| panic!("the example of `{}` does not use it", key.path));
    holder.as_object_mut()?.insert(NOBODY.into(), json!(1));
    let source = Source::new("site.yaml", root.to_string());
    let found = declare(&source, None, &[]).1;
    let said = found.iter().find(|found| found.code == Code::SiteUnknownKey && found.message.contains(NOBODY))?;
    let list = said.help.iter().find_map(|help| help.strip_prefix("known keys are "))?;
    Some(list.split(", ").map(str::to_string).collect())
}

/// Keys of front matter are told by the schema of a kind.
pub fn of_site(key: &SiteKey) -> bool {
    !key.path.starts_with("ENTRY.") && !key.path.starts_with("EDGE.")
}

#[test]
fn the_table_names_the_keys_that_the_program_reads() {
    let keys = keys();
    let (mut wrong, mut read) = (Vec::new(), BTreeMap::<String, BTreeSet<String>>::new());
    let folder = |key: &SiteKey| key.path.rsplit_once('.').map_or(String::new(), |(folder, _)| folder.to_string());
    // What stands below `pages.NAME` may stand below each page.
    for key in keys.iter().filter(|key| of_site(key) && folder(key) != "pages.NAME") {
        match known_beside(key) {
            Some(known) => read.entry(folder(key)).or_default().extend(known),
            None => wrong.push(format!("{}: nothing is said of an unknown key beside it", key.path)),
        }
    }
    // Not all keys of a mapping may stand beside each other: what is read is what is read beside any of them.
    for (own, known) in read {
        let shared = if own == "pages.search" { "pages.NAME" } else { own.as_str() };
        let beside = keys.iter().filter(|other| folder(other) == own || folder(other) == shared);
        let named: BTreeSet<String> = beside.filter_map(|key| key.path.rsplit('.').next()).map(plain).collect();
        if known != named {
            let (more, less): (Vec<_>, Vec<_>) =
                (known.difference(&named).collect(), named.difference(&known).collect());
            wrong.push(format!("`{own}`: read and not in the table {more:?}, in the table and not read {less:?}"));
        }
    }
    assert!(wrong.is_empty(), "src/json_schema/site.yaml:\n{}", wrong.join("\n"));
}

fn plain(name: &str) -> String {
    name.trim_end_matches("[]").to_string()
}

#[test]
fn every_key_has_a_sentence_a_default_and_an_example_and_codes_that_exist() {
    let keys = keys();
    assert!(keys.len() > 150, "the table can be read");
    for key in &keys {
        let path = &key.path;
        assert!(key.about.ends_with('.') && key.about.len() > 10, "`{path}` has no sentence");
        assert!(!key.default.is_empty() && !key.value.is_empty() && !key.example.is_empty(), "`{path}` is not whole");
        assert!(key.since.split('.').count() == 3, "`{path}`: since when?");
        let long = key.example.lines().find(|line| line.chars().count() > 76);
        assert!(
            long.is_none(),
            "`{path}`: a page shows no more of a line than this: {}",
            &long.unwrap_or_default()[..76]
        );
        for code in &key.codes {
            assert!(Code::from_name(code).is_some(), "`{path}` names the code `{code}`");
        }
    }
    let slugs: BTreeSet<_> = keys.iter().map(SiteKey::slug).collect();
    assert_eq!(slugs.len(), keys.len(), "each key has a page of its own");
    let reserved: BTreeSet<_> = keys.iter().filter_map(|key| key.path.strip_prefix("ENTRY.")).collect();
    let missing: Vec<_> = limber::model::keys::RESERVED.iter().filter(|key| !reserved.contains(**key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The project of an example: an entry of each kind, and a home page.
fn project(key: &SiteKey) -> Project {
    let text = declaration(key);
    let project = Project::bare("");
    project.write("site.yaml", format!("{text}\n"));
    let root = yaml::parse(&text).unwrap_or_else(|error| panic!("{}\n{text}", error.message));
    let kinds = match root.get("kinds") {
        Some(Yaml::Map(kinds)) => kinds.as_slice(),
        _ => &[],
    };
    for (number, (name, kind)) in kinds.iter().enumerate() {
        let said = |key: &str| kind.get(key).and_then(Yaml::as_text);
        let plural = said("plural").map_or_else(|| format!("{name}s"), str::to_string);
        let folder = said("folder").map_or_else(|| format!("content/{plural}"), str::to_string);
        let lines = if number == 0 { key.entry.as_str() } else { "" };
        let title = if lines.starts_with("title:") { "" } else { "title: First\n" };
        project.write(&format!("{folder}/one.md"), format!("---\n{title}{lines}\n---\n"));
    }
    if root.get("figures").is_some() {
        project.write("content/records.yaml", "{}\n");
    }
    if root.get("home").is_none() {
        project.write("content/index.md", "---\ntitle: Home\n---\n");
    }
    for (path, file) in &key.files {
        project.write(path, file);
    }
    project
}

#[test]
fn every_example_of_a_key_builds() {
    let (mut wrong, mut built) = (Vec::new(), BTreeSet::new());
    for key in keys() {
        if !built.insert((key.example.clone(), key.entry.clone())) {
            continue;
        }
        let ran = project(&key).run(&["build", "--allow-removals"]);
        if key.path == "markdown.math" && !cfg!(feature = "math") {
            assert!(
                ran.code == Some(1) && ran.err.contains("this build of limber cannot draw formulas"),
                "{}",
                ran.err
            );
            continue;
        }
        if ran.code != Some(0) {
            let errors = ran.err.split("\n\n").filter(|report| report.starts_with("error"));
            wrong.push(format!("{}:\n{}\n{}", key.path, key.example, errors.collect::<Vec<_>>().join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a schema says against a value: the part of JSON Schema that the schema of `site.yaml` uses.
fn against(value: &Json, schema: &Json, root: &Json, path: &str) -> Option<String> {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        return against(value, &root["$defs"][name], root, path);
    }
    if let Some(ways) = schema["anyOf"].as_array() {
        let all: Vec<_> = ways.iter().map(|way| against(value, way, root, path)).collect();
        return if all.contains(&None) { None } else { all.into_iter().flatten().max_by_key(String::len) };
    }
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    let fits = match &schema["type"] {
        Json::String(name) => is(name),
        Json::Array(names) => names.iter().filter_map(Json::as_str).any(is),
        _ => true,
    };
    let in_list = schema["enum"].as_array().is_none_or(|words| words.contains(value));
    if !fits || !in_list {
        return Some(format!("{path}: {value} does not fit"));
    }
    let items = value.as_array().into_iter().flatten();
    let wrong = items.filter_map(|item| against(item, &schema["items"], root, &format!("{path}[]"))).next();
    wrong.or_else(|| {
        let entries = value.as_object().into_iter().flatten();
        entries
            .filter_map(|(key, value)| {
                let path = format!("{path}.{key}");
                match (schema["properties"].get(key), &schema["additionalProperties"]) {
                    (Some(own), _) => against(value, own, root, &path),
                    (None, Json::Bool(false)) => Some(format!("{path}: unknown")),
                    (None, other) => against(value, other, root, &path),
                }
            })
            .next()
    })
}

#[test]
fn the_schema_of_the_declaration_takes_what_the_program_takes() {
    let schema = of_declaration();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = [
        "site.yaml",
        "docs/site.yaml",
        "starters/recipes/site.yaml",
        "starters/docs/site.yaml",
        "starters/blog/site.yaml",
        "starters/blank/site.yaml",
        "tests/diagnostics/site.yaml",
    ];
    let files =
        files.iter().map(|file| ((*file).to_string(), std::fs::read_to_string(root.join(file)).expect("it is there")));
    let examples = keys().into_iter().filter(of_site).map(|key| (key.path.clone(), declaration(&key)));
    let wrong: Vec<_> =
        files.chain(examples).filter_map(|(name, text)| against(&parsed(&text), &schema, &schema, &name)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let misspelt = json!({"title": "Example", "kinds": {"recipe": {"fields": {"serves": {"type": "intger"}}}}});
    assert!(against(&misspelt, &schema, &schema, "").is_some_and(|said| said.contains("intger")));
    let unknown = json!({"title": "Example", "relations": [{"one": "a.b", "othr": "b.a"}]});
    assert!(against(&unknown, &schema, &schema, "").is_some_and(|said| said.contains("othr")));
}
