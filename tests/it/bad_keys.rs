//! A mistake in any key of `site.yaml` hides nothing that does not depend on it: a law over the table of all keys.

use limber::diagnostics::Diagnostic;
use limber::json_schema::{SiteKey, keys};
use limber::model::source::Source;
use limber::stages::declare::declare;
use serde_json::json;

use crate::harness::site;
use crate::random::{Random, number};
use crate::site_keys::{declaration, first_with, holder, of_site, parsed};

/// An entry with a link to nothing, and with a field of the wrong type.
const BROKEN: &str = "//- content/broken.md\n---\ntitle: Broken\ndescription: [1, 2]\n---\n[x](gone.md)\n";

/// Keys in which a mistake hides links that lead nowhere, and why.
const HIDE_LINKS: &[(&str, &str)] = &[
    ("limber", "another version may read everything otherwise"),
    ("ignore", "the file with the link may be none of the site"),
    ("static", "the link may lead to a static file"),
    ("kinds", "which files are entries is not known"),
    ("kinds.NAME.plural", "where the entries of the kind lie is not known"),
    ("kinds.NAME.folder", "where the entries of the kind lie is not known"),
    ("kinds.NAME.address_from", "what the entries of the kind are called is not known"),
    ("kinds.NAME.from_keys", "what the entries of the kind are called is not known"),
    ("kinds.NAME.from_keys.title", "what the entries of the kind are called is not known"),
    ("kinds.NAME.from_keys.short_title", "what the entries of the kind are called is not known"),
    ("kinds.NAME.from_keys.date", "the date may be a part of their names"),
    ("kinds.NAME.from_keys.updated", "the date may be a part of their names"),
];

/// Keys in which a mistake hides only values of the wrong type, and why.
const HIDE_TYPES: &[(&str, &str)] =
    &[("field_sets", "any kind may use the fields"), ("relations[].fields", "the value may be one of a pair")];

/// Keys under which anything may stand.
const TAKE_ANYTHING: &[&str] = &["params"];

/// The declaration of the example of a key with something under the key that cannot be, and what is said of that.
fn mistaken(key: &SiteKey) -> Option<(String, Vec<Diagnostic>)> {
    let wrong = [json!([["x"]]), json!({"zzzz": {"zzzz": 1}}), json!(-1.5), json!("?! ?!"), json!(true), json!(null)];
    wrong.into_iter().find_map(|wrong| {
        let mut root = parsed(&declaration(key));
        let last = key.steps().into_iter().rfind(|step| *step != "[]")?.to_string();
        let has_it = holder(&mut root, key)?.get(last.as_str()).is_some();
        let holder = if has_it { holder(&mut root, key)? } else { first_with(&mut root, &[&last])? };
        *holder.get_mut(last.as_str())? = wrong;
        let found = declare(&Source::new("site.yaml", root.to_string()), None, &[]).1;
        found.iter().any(Diagnostic::is_error).then(|| (root.to_string(), found))
    })
}

fn is_in(key: &SiteKey, list: &[(&str, &str)]) -> bool {
    list.iter().any(|(path, _)| *path == key.path)
}

#[test]
fn a_mistake_in_any_key_leaves_broken_links_and_wrong_types_reported() {
    let (mut wrong, mut anything) = (Vec::new(), Vec::new());
    for key in keys().iter().filter(|key| of_site(key)) {
        let Some((declaration, _)) = mistaken(key) else {
            anything.push(key.path.clone());
            continue;
        };
        let problems = site(&format!("//- site.yaml\n{declaration}\n{BROKEN}")).problems();
        let says = |code: &str| problems.contains("content/broken.md:") && problems.contains(code);
        let (links, types) = (says("[link-broken]"), says("[field-wrong-type]"));
        let expected = (!is_in(key, HIDE_LINKS), !is_in(key, HIDE_LINKS) && !is_in(key, HIDE_TYPES));
        if !problems.contains("site.yaml:") || links != expected.0 || expected.1 && !types {
            wrong.push(format!("{}: links {links}, types {types}\n{declaration}\n{problems}", key.path));
        }
    }
    assert!(wrong.is_empty(), "{} keys\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(anything, TAKE_ANYTHING);
}

/// Keys that take names which the site makes up, so that any mapping means something.
const TAKE_NAMES: &[&str] = &[
    "params",
    "kinds.NAME.contents",
    "figures.words",
    "theme.menu",
    "theme.footer",
    "theme.social",
    "FIELD.of",
    "THING.is",
];

#[test]
fn no_value_of_a_key_is_passed_over_without_a_word() {
    let mut silent = Vec::new();
    for key in keys().iter().filter(|key| of_site(key) && !TAKE_NAMES.contains(&key.path.as_str())) {
        for wrong in [json!([["x"]]), json!({"zzzz": {"zzzz": 1}}), json!([{"zzzz": 1}]), json!({"zzzz": 1})] {
            let mut root = parsed(&declaration(key));
            let Some(last) = key.steps().into_iter().rfind(|step| *step != "[]").map(str::to_string) else { continue };
            let Some(holder) = holder(&mut root, key) else { continue };
            let Some(value) = holder.get_mut(last.as_str()) else { continue };
            *value = wrong.clone();
            let found = declare(&Source::new("site.yaml", root.to_string()), None, &[]).1;
            if found.is_empty() {
                silent.push(format!("{}: {wrong}", key.path));
            }
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn each_key_of_front_matter_is_known_or_reported() {
    const KEYS: [&str; 27] = [
        "Title",
        "titel",
        "drafts",
        "tag",
        "1",
        "true",
        "null",
        "\"\"",
        "\" \"",
        "a b",
        "über",
        "x-y",
        "_x",
        ".x",
        "!!str x",
        "&x y",
        "params",
        "extra",
        "taxonomies",
        "layout",
        "slug",
        "permalink",
        "weight",
        "\"a.b\"",
        "a.b",
        "\"#x\"",
        "SIZE",
    ];
    const VALUES: [&str; 12] = [
        "x",
        "",
        "~",
        "[]",
        "{}",
        "[a, {b: c}]",
        "{a: {b: c}}",
        "1e999",
        "'#'",
        "|\n  x",
        "2026-01-02T03:04:05+09:00",
        "0x1f",
    ];
    let mut random = Random(number("KEYS_SEED", 3));
    for _ in 0..number("KEYS_CASES", 300) {
        let (key, value) = (KEYS[random.below(KEYS.len())], VALUES[random.below(VALUES.len())]);
        let file = ["content/a.md", "content/plants/a.md"][random.below(2)];
        let text = |more: &str| {
            format!(
                "//- site.yaml\ntitle: T\nkinds: {{plant: {{fields: {{size: text}}}}}}\n//- {file}\n---\ntitle: A\n{more}---\nText\n"
            )
        };
        let told = site(&text(&format!("{key}: {value}\n"))).problems();
        let of_file: Vec<&str> = told.lines().filter(|line| line.starts_with(file)).collect();
        assert!(!of_file.is_empty(), "`{key}: {value}` in {file} is passed over: {told}");
        // One cause, at the line of the key.
        let of_key = of_file.iter().filter(|line| line.contains(":3:") || line.contains(":4:")).count();
        assert_eq!((of_key, of_file.len()), (1, 1), "`{key}: {value}` in {file}: {told}");
    }
    site("//- site.yaml\ntitle: T\n//- content/a.md\n---\ntitle: A\n---\nText\n").is_fine();
}
