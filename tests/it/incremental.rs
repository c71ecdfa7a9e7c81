//! The law of the engine: after any edits an update says the same as a fresh start, bytes and problems alike.

use std::collections::{BTreeMap, HashMap};

use limber::engine::{Engine, Options};
use limber::hash::Hash;
use limber::stages::render::{draw, merge, prepare};
use limber::timings::Timings;

use crate::harness::{fixture, keys, sources};

/// A small site with one of everything.
const SITE: &str = include_str!("incremental/site.txt");

type Files = BTreeMap<String, String>;

/// What a site says: its files, and its problems.
type Said = (BTreeMap<String, Vec<u8>>, Vec<limber::diagnostics::Diagnostic>);

/// An engine with a cache of pages, as a preview has it.
#[derive(Default)]
struct Preview {
    engine: Engine,
    drawn: HashMap<Hash, Vec<u8>>,
}

impl Preview {
    fn update(&mut self, files: &Files) -> Said {
        let snapshot = self.engine.update(&sources(files), Vec::new(), &mut Timings::default());
        let (mut out, mut found) = (BTreeMap::new(), Vec::new());
        for (page, ready) in
            snapshot.ready.iter().flat_map(|ready| ready.plan.pages.iter().map(move |page| (page, ready)))
        {
            let (key, prepared) = prepare(page, ready.drawing(), &ready.environment, &ready.assets);
            let (bytes, problems) = draw(page, prepared, ready.drawing());
            let bytes = bytes.map_or_else(Vec::new, |bytes| bytes.to_vec());
            let wrong = !problems.is_empty();
            found.extend(problems);
            // What is known under a key has to be right for ever.
            let known = if wrong { bytes } else { self.drawn.entry(key).or_insert(bytes).clone() };
            out.insert(page.path.clone(), known);
        }
        (out, [snapshot.diagnostics.clone(), merge(found)].concat())
    }
}

/// What an engine that saw all versions of a site says of the last one, and what a fresh one says.
fn both(versions: &[&Files]) -> (Said, Said) {
    let mut preview = Preview::default();
    let said = versions.iter().map(|files| preview.update(files)).last();
    (said.unwrap_or_default(), Preview::default().update(versions[versions.len() - 1]))
}

#[test]
fn a_file_that_could_not_be_read_is_read_once_it_is_empty() {
    let file = |text: &str| fixture(&format!("{SITE}//- content/new.md\n{text}"));
    let (updated, fresh) = both(&[&file("\0"), &file("")]);
    assert_eq!(updated.1, fresh.1);
    let sources =
        |text: &str| {
            fixture(&SITE.replace(
                "//- content/sources.yaml\n",
                &format!("//- content/sources.yaml\n{text}//- content/old.yaml\n"),
            ))
        };
    let (updated, fresh) = both(&[&sources("\0"), &sources("")]);
    assert_eq!(updated.1, fresh.1);
}

#[test]
fn a_mention_is_linked_again_once_the_link_beside_it_leads_elsewhere() {
    let before = fixture(&format!("{SITE}//- content/aaa.md\n---\ntitle: A\n---\n[[Kneading]] by kneading.\n"));
    let mut after = before.clone();
    after.insert("content/zzz.md".into(), "---\ntitle: Kneading\n---\n".into());
    let (updated, fresh) = both(&[&before, &after]);
    assert_eq!(updated, fresh);
    after.insert("content/zzz.md".into(), "---\ntitle: Zzz\n---\n".into());
    after.insert("content/kneading.md".into(), after["content/zzz.md"].clone());
    let (updated, fresh) = both(&[&before, &after]);
    assert_eq!(updated, fresh);
}

/// The output files whose keys change with an edit of one file.
fn changed_by(path: &str, from: &str, to: &str) -> Vec<String> {
    let mut files = fixture(SITE);
    let mut engine = Engine::new(Options::default());
    let mut update = |files: &Files| keys(&engine.update(&sources(files), Vec::new(), &mut Timings::default()));
    let before = update(&files);
    let text = files.get_mut(path).expect("the file is there");
    assert!(text.contains(from), "`{from}` is not in {path}");
    *text = text.replacen(from, to, 1);
    let after = update(&files);
    let changed = after.iter().filter(|(path, key)| before.get(*path) != Some(key));
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    changed.map(|(path, _)| path.clone()).chain(gone.map(|path| format!("gone {path}"))).collect()
}

#[test]
fn an_edit_of_a_text_changes_its_own_page() {
    assert_eq!(
        changed_by("content/techniques/rolling.md", "Slowly.", "Very slowly."),
        ["techniques/rolling/index.html"]
    );
}

#[test]
fn an_edit_of_a_title_changes_the_pages_that_show_it() {
    let changed = changed_by("content/areas/calf.md", "title: Calf", "title: Lower leg");
    expect_test::expect![[r#"
        areas/calf/index.html
        areas/index.html
        benefits/ease/index.html
        graph.json
        techniques/rolling/index.html
    "#]]
    .assert_eq(&(changed.join("\n") + "\n"));
}

#[test]
fn an_edit_of_a_template_changes_the_pages_that_use_it() {
    let areas = ["areas/calf/index.html", "areas/thigh/index.html"];
    assert_eq!(changed_by("templates/part.html", "part", "piece"), areas);
    assert_eq!(changed_by("templates/components.html", "class=\"badge\"", "class=\"mark\""), areas);
    let changed = changed_by("templates/blocks/list.html", "<ul>", "<ul class=\"list\">");
    assert_eq!(changed, ["glossary/index.html"]);
    let changed = changed_by("templates/matrix.html", "<h1>", "<h1 class=\"wide\">");
    assert_eq!(changed, ["grid/index.html"]);
}

#[test]
fn an_edit_of_a_relation_changes_both_ends() {
    let changed = changed_by("content/benefits/sleep.md", "[rolling]", "[{to: rolling, grade: strong}]");
    expect_test::expect![[r#"
        benefits/sleep/index.html
        graph.json
        grid/index.html
        techniques/rolling/index.html
    "#]]
    .assert_eq(&(changed.join("\n") + "\n"));
}

#[test]
fn a_new_address_of_a_style_sheet_changes_the_pages() {
    let changed = changed_by("static/site.css", "body", "html");
    assert!(changed.iter().any(|path| path == "about/index.html"), "{changed:?}");
    assert!(!changed.iter().any(|path| path == "sitemap.xml" || path == "graph.json"), "{changed:?}");
}

#[test]
fn nothing_changes_where_nothing_was_edited() {
    assert_eq!(changed_by("content/about.md", "About", "About"), Vec::<String>::new());
}
