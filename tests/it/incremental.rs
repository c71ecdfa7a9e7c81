//! The law of the engine: after any edits an update says the same as a fresh start, bytes and problems alike.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use limber::diagnostics::Code;
use limber::engine::Engine;
use limber::hash::Hash;
use limber::model::options::Options;
use limber::model::site::{References, Site};
use limber::stages::render::{Content, Wanted, merge};
use limber::timings::Timings;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use crate::harness::{fixture, keys, sources};

/// A small site with one of everything.
const SITE: &str = include_str!("incremental/site.txt");

/// Lines that an edit may put anywhere.
const SNIPPETS: &[&str] = &[
    "See [[corm]] and [[pruning]], or [the corm](../plots/corm.md#where).\n",
    "[[Corm]] [[procedures/kneading]] [[A new name]] [[about]] [old](/old/#where)\n",
    "![[corm]]\n",
    "![[pruning]] and ![[corm#where]]\n\n![[kneading]]\n",
    "Soft corm meadows and a new name for DIBS [@guo2017].\n",
    "```list\nentries: procedure\nwhere: {firmness: firm}\n```\n",
    "```list\nentries: term\n```\n",
    "![A pruner](pruner.png) [^note]\n\n[^note]: A note on pruning.\n",
    "Compost [@davis2020] and softness [@guo2017, 3; @nobody].\n",
    "Of 29 trials [@davis2020], 7 or 31 [@guo2017].\n",
    "guo2017: {seen: yes, who: 7 of 29}\n",
    "davis2020: {seen: perhaps}\n",
    "effort: 4\n",
    "bears: 1\n",
    "rest: [pruning, {to: kneading, reason: now and then}]\n",
    "## Where\n",
    "title: A new name\n",
    "short_title: Corm\n",
    "aliases: [corm, pruning]\n",
    "procedures: [kneading, {to: pruning, grade: weak}]\n",
    "plots: corm\n",
    "avoid: [{to: pruning, reason: it hurts}]\n",
    "draft: true\n",
    "term_links: false\n",
    "redirect_from: [/old/, /plots/corm/]\n",
    "firmness: frim\n",
    "template: other\n",
    "texts: {mentioned-on: Named on, search: Seek}\n",
    "---\n",
    "\t: [\n",
    "  procedure: {}\n",
    "{{ entry.nothing }}\n",
    "{% include \"part.html\" %}\n",
];

/// Something that happens to the files of a project.
#[derive(Clone, Debug)]
enum Edit {
    /// A line of a file goes.
    DropLine(usize, usize),
    /// A line stands there twice.
    DoubleLine(usize, usize),
    /// Text appears at a line.
    Insert(usize, usize, usize),
    /// The first title in a file becomes another one.
    Retitle(usize, &'static str),
    /// A file goes.
    Delete(usize),
    /// A file becomes another one's neighbour under a new name.
    Rename(usize, &'static str),
    /// Two files change places.
    Swap(usize, usize),
    /// A file has the text of another one.
    Copy(usize, usize),
    /// A file can no longer be read, or is empty.
    Blank(usize, bool),
    /// A file is what it was in the beginning.
    Restore(usize),
    /// All files are.
    RestoreAll,
}

fn edits() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let file = || 0..64usize;
    let names = prop::sample::select(vec!["corm", "pruning", "about", "aaa", "zzz", "Corm", "kneading"]);
    let titles = prop::sample::select(vec!["A new name", "Corm", "pruning", "Soft", "Zebra crossing", "DIBS"]);
    let edit = prop_oneof![
        2 => (file(), 0..16usize).prop_map(|(file, line)| Edit::DropLine(file, line)),
        1 => (file(), 0..16usize).prop_map(|(file, line)| Edit::DoubleLine(file, line)),
        6 => (file(), 0..16usize, 0..SNIPPETS.len()).prop_map(|(file, line, what)| Edit::Insert(file, line, what)),
        3 => (file(), titles).prop_map(|(file, title)| Edit::Retitle(file, title)),
        1 => file().prop_map(Edit::Delete),
        2 => (file(), names).prop_map(|(file, name)| Edit::Rename(file, name)),
        1 => (file(), file()).prop_map(|(one, other)| Edit::Swap(one, other)),
        1 => (file(), file()).prop_map(|(one, other)| Edit::Copy(one, other)),
        1 => (file(), any::<bool>()).prop_map(|(file, unreadable)| Edit::Blank(file, unreadable)),
        3 => file().prop_map(Edit::Restore),
        1 => Just(Edit::RestoreAll),
    ];
    prop::collection::vec(prop::collection::vec(edit, 1..3), 1..6)
}

type Files = BTreeMap<String, String>;

fn apply(edit: &Edit, files: &mut Files, first: &Files) {
    let name = |at: &usize| first.keys().nth(at % first.len()).cloned().unwrap_or_default();
    let lines = |text: &str| text.split_inclusive('\n').map(str::to_string).collect::<Vec<_>>();
    match edit {
        Edit::DropLine(file, at) | Edit::DoubleLine(file, at) => {
            let Some(text) = files.get_mut(&name(file)) else { return };
            let mut all = lines(text);
            if let Some(line) = all.get(*at).cloned() {
                all.splice(at..=at, if matches!(edit, Edit::DropLine(..)) { vec![] } else { vec![line.clone(), line] });
            }
            *text = all.concat();
        }
        Edit::Insert(file, at, what) => {
            let Some(text) = files.get_mut(&name(file)) else { return };
            let mut all = lines(text);
            all.insert((*at).min(all.len()), SNIPPETS[*what].to_string());
            *text = all.concat();
        }
        Edit::Retitle(file, title) => {
            let Some(text) = files.get_mut(&name(file)) else { return };
            let mut all = lines(text);
            if let Some(line) = all.iter_mut().find(|line| line.trim_start().starts_with("title:")) {
                let at = line.find("title:").unwrap_or_default();
                *line = format!("{}title: {title}\n", &line[..at]);
            }
            *text = all.concat();
        }
        Edit::Delete(file) => {
            files.remove(&name(file));
        }
        Edit::Rename(file, to) => {
            let from = name(file);
            let (Some((folder, _)), Some(dot)) = (from.rsplit_once('/'), from.rfind('.')) else { return };
            if let Some(text) = files.remove(&from) {
                files.insert(format!("{folder}/{to}{}", &from[dot..]), text);
            }
        }
        Edit::Swap(one, other) => {
            let (one, other) = (name(one), name(other));
            if let (Some(a), Some(b)) = (files.get(&one).cloned(), files.get(&other).cloned()) {
                files.extend([(one, b), (other, a)]);
            }
        }
        Edit::Copy(from, to) => {
            if let Some(text) = files.get(&name(from)).cloned() {
                files.insert(name(to), text);
            }
        }
        Edit::Blank(file, unreadable) => {
            files.insert(name(file), if *unreadable { "\0" } else { "" }.to_string());
        }
        Edit::Restore(file) => {
            files.insert(name(file), first[&name(file)].clone());
        }
        Edit::RestoreAll => files.clone_from(first),
    }
}

/// What a site says: its files, and its problems.
type Said = (BTreeMap<String, Vec<u8>>, Vec<limber::diagnostics::Diagnostic>);

/// An engine with a cache of pages, as a preview has it.
#[derive(Default)]
struct Preview {
    engine: Engine,
    drawn: HashMap<Hash, Vec<u8>>,
    /// Where parsed files are kept, as builds keep them.
    kept: Option<PathBuf>,
}

impl Preview {
    /// One that begins with what others kept in a folder.
    fn with_kept(folder: &Path) -> Self {
        let kept = Some(folder.to_path_buf());
        Self { engine: Engine::default().with_kept(kept.clone()), kept, ..Self::default() }
    }

    fn update(&mut self, files: &Files) -> Said {
        let snapshot = self.engine.update(&sources(files), Vec::new(), &mut Timings::default());
        if let Some(folder) = &self.kept {
            snapshot.keep(folder, &Options::default());
        }
        let (mut out, mut found) = (BTreeMap::new(), Vec::new());
        for (page, ready) in
            snapshot.ready.iter().flat_map(|ready| ready.plan.pages.iter().map(move |page| (page, ready)))
        {
            let drawn = ready.draw(page, Wanted::FileUnless(&|_| false));
            let bytes = if let Content::Bytes(bytes) = drawn.content { bytes.to_vec() } else { Vec::new() };
            let wrong = !drawn.problems.is_empty();
            found.extend(drawn.problems);
            // What is known under a key has to be right for ever.
            let known = if wrong { bytes } else { self.drawn.entry(drawn.key).or_insert(bytes).clone() };
            out.insert(page.path.clone(), known);
        }
        (out, [snapshot.diagnostics.clone(), merge(found)].concat())
    }
}

/// `LAW_CASES` says how many cases there are, others every time, and `LAW_SEED` which; a few, always the same, where it is not
/// given.
#[test]
fn an_update_says_the_same_as_a_fresh_start() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let asked = number("LAW_CASES");
    let cases = asked.map_or(160, |cases| cases as u32);
    let seed = number("LAW_SEED").unwrap_or(if asked.is_some() { std::process::id().into() } else { 20_261_130 });
    eprintln!("LAW_CASES={cases} LAW_SEED={seed}");
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed.to_le_bytes(); 4].concat());
    let law = TestRunner::new_with_rng(config, rng).run(&edits(), holds);
    law.unwrap_or_else(|failure| panic!("LAW_SEED={seed}: {failure}"));
}

fn holds(rounds: Vec<Vec<Edit>>) -> Result<(), TestCaseError> {
    // Twins are made of all that pages are made of.
    let first = fixture(&SITE.replace("title: Site\n", "title: Site\npages: {twins: {first: [avoid_with, tip]}}\n"));
    let mut files = first.clone();
    let (mut preview, folder) = (Preview::default(), tempfile::tempdir().expect("a temporary folder"));
    prop_assert!(preview.update(&files).1.iter().all(|problem| problem.code.is_advice()));
    for round in rounds {
        round.iter().for_each(|edit| apply(edit, &mut files, &first));
        let fresh = Preview::default().update(&files);
        for updated in [preview.update(&files), Preview::with_kept(folder.path()).update(&files)] {
            prop_assert_eq!(&updated.1, &fresh.1, "after {:?}", round);
            for (path, bytes) in &fresh.0 {
                let text = |bytes: Option<&Vec<u8>>| String::from_utf8_lossy(bytes.map_or(&[], |b| b)).into_owned();
                prop_assert_eq!(text(updated.0.get(path)), text(Some(bytes)), "{} after {:?}", path, round);
            }
            prop_assert_eq!(updated.0.len(), fresh.0.len());
        }
    }
    Ok(())
}

/// What an engine that saw all versions of a site says of the last one, and what a fresh one says.
fn both(versions: &[&Files]) -> (Said, Said) {
    let mut preview = Preview::default();
    let said = versions.iter().map(|files| preview.update(files)).last();
    (said.unwrap_or_default(), Preview::default().update(versions[versions.len() - 1]))
}

#[test]
fn a_relation_is_missed_once_its_entry_can_be_read() {
    let entry = |front: &str| {
        fixture(&format!(
            "//- site.yaml\ntitle: Site\nkinds:\n  tool: {{}}\n  job: {{}}\nrelations:\n  \
             - {{one: tool.jobs, other: job.tools, at_least: [1, 0]}}\n//- content/tools/bulb.md\n{front}"
        ))
    };
    let (updated, fresh) = both(&[&entry("---\ntitle: [\n---\n"), &entry("---\ntitle: Bulb\n---\n")]);
    assert!(fresh.1.iter().any(|problem| problem.code == Code::RelationCount), "{:?}", fresh.1);
    assert_eq!(updated.1, fresh.1);
}

#[test]
fn a_range_is_compared_and_a_record_looked_up_again_once_it_changes() {
    let before = fixture(SITE);
    let edit = |path: &str, from: &str, to: &str| {
        let mut files = before.clone();
        assert!(files[path].contains(from), "`{from}` is not in {path}");
        files.insert(path.into(), files[path].replacen(from, to, 1));
        files
    };
    for (files, code) in [
        (edit("content/procedures/pruning.md", "effort: 1-2", "effort: 4"), Code::RelationMisfit),
        (edit("content/records.yaml", "31 of 100", "13 of 100"), Code::FigureUnknown),
        (edit("content/blossoms/ease.md", "to: kneading,", "to: pruning,"), Code::RelationConflict),
    ] {
        let files = if code == Code::RelationConflict {
            let mut files = files;
            files.insert(
                "content/plots/thyme.md".into(),
                before["content/plots/thyme.md"].replace("[kneading]", "[pruning]"),
            );
            files.insert(
                "content/blossoms/ease.md".into(),
                files["content/blossoms/ease.md"].replace("---\ntitle", "---\nplots: [thyme]\ntitle"),
            );
            files
        } else {
            files
        };
        let (updated, fresh) = both(&[&before, &files, &before, &files]);
        assert!(fresh.1.iter().any(|problem| problem.code == code), "{code:?} {:?}", fresh.1);
        assert_eq!(updated, fresh);
    }
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
fn a_parameter_in_the_text_of_a_choice_changes_every_page_that_shows_the_choice() {
    let site = |phone: &str| {
        fixture(&format!(
            "//- site.yaml\ntitle: Site\nparams: {{phone: '{phone}'}}\nkinds:\n  rule:\n    fields:\n      \
             level: {{type: choice, of: {{call: {{heading: 'Call {{phone}} now'}}}}}}\n    regroup_by: [level]\n\
             //- content/rules/a.md\n---\ntitle: A\nlevel: call\n---\n\
             //- templates/index.html\n<main>{{% for card in entries %}}{{{{ card.fields.level.heading }}}}{{% endfor %}}</main>\n"
        ))
    };
    let (updated, fresh) = both(&[&site("112"), &site("999")]);
    let index = |said: &Said| String::from_utf8_lossy(&said.0["rules/index.html"]).into_owned();
    assert!(index(&fresh).contains("Call 999 now"), "{}", index(&fresh));
    assert_eq!(index(&updated), index(&fresh));
    assert_eq!(updated.0, fresh.0);
}

#[test]
fn an_edit_of_a_text_changes_its_own_page() {
    assert_eq!(
        changed_by("content/procedures/pruning.md", "Slowly.", "Very slowly."),
        ["procedures/pruning/index.html"]
    );
}

#[test]
fn an_edit_of_a_title_changes_the_pages_that_show_it() {
    let changed = changed_by("content/plots/corm.md", "title: Corm", "title: Lower leg");
    expect_test::expect![[r#"
        a-z/index.html
        blossoms/ease/index.html
        graph.json
        plots/corm/index.html
        plots/index.html
        procedures/pruning/index.html
        search/index.html
    "#]]
    .assert_eq(&(changed.join("\n") + "\n"));
}

#[test]
fn an_edit_of_a_template_changes_the_pages_that_use_it() {
    let plots = ["plots/corm/index.html", "plots/thyme/index.html"];
    assert_eq!(changed_by("templates/part.html", "part", "piece"), plots);
    assert_eq!(changed_by("templates/components.html", "class=\"badge\"", "class=\"mark\""), plots);
    let changed = changed_by("templates/blocks/list.html", "<ul>", "<ul class=\"list\">");
    assert_eq!(changed, ["glossary/index.html"]);
    let changed = changed_by("templates/matrix.html", "<h1>", "<h1 class=\"wide\">");
    assert_eq!(changed, ["grid/index.html"]);
}

#[test]
fn an_edit_of_a_relation_changes_both_ends() {
    let changed = changed_by("content/blossoms/sleep.md", "[pruning]", "[{to: pruning, grade: strong}]");
    expect_test::expect![[r#"
        blossoms/sleep/index.html
        graph.json
        grid/index.html
        procedures/pruning/index.html
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

#[test]
fn an_edit_of_a_text_takes_everything_else_from_the_site_before() {
    let mut files = fixture(SITE);
    let mut engine = Engine::new(Options::default());
    let mut resolved = |files: &Files| {
        let snapshot = engine.update(&sources(files), Vec::new(), &mut Timings::default());
        snapshot.ready.as_ref().expect("a site").resolved.clone()
    };
    let before = resolved(&files);
    let text = files.get_mut("content/procedures/pruning.md").expect("the file is there");
    *text = text.replacen("Slowly.", "Very slowly.", 1);
    let after = resolved(&files);
    assert!(Arc::ptr_eq(&before.site.graph, &after.site.graph));
    assert!(Arc::ptr_eq(&before.vocabulary, &after.vocabulary));
    assert_eq!(resolved_again(&before.site, &after.site), ["content/procedures/pruning.md"]);
    // A new heading changes no relation either, but links to the page may have looked for it.
    let text = files.get_mut("content/procedures/pruning.md").expect("the file is there");
    text.push_str("\n## A new heading\n");
    assert!(Arc::ptr_eq(&after.site.graph, &resolved(&files).site.graph));
}

/// The files of the entries whose texts were not taken from the site before.
fn resolved_again(before: &Site, after: &Site) -> Vec<String> {
    let kept = |now: &References| before.references.iter().any(|old| Arc::ptr_eq(&old.texts, &now.texts));
    let again = after.entries.iter().zip(&after.references).filter(|(_, references)| !kept(references));
    again.map(|(entry, _)| entry.doc.path().to_string()).collect()
}

/// Goes from each state of a site to each other one, back and forth, and compares with a fresh start.
fn assert_every_way_says_the_same(states: &[Files]) {
    let fresh: Vec<_> = states.iter().map(|files| Preview::default().update(files)).collect();
    let mut preview = Preview::default();
    let mut before = 0;
    for one in 0..states.len() {
        let others = one + 1..states.len();
        for after in std::iter::once(one).chain(others.flat_map(|other| [other, one])) {
            let updated = preview.update(&states[after]);
            assert_eq!(updated.1, fresh[after].1, "{before} to {after}");
            assert_eq!(updated.0, fresh[after].0, "{before} to {after}");
            before = after;
        }
    }
}

/// One entry writes its relations in all these ways, one after the other: whatever is taken from the site before, pages and
/// problems are those of a fresh start.
#[test]
fn an_edit_of_relations_leads_where_a_fresh_start_leads() {
    let base = "//- site.yaml\ntitle: Site\nkinds:\n  note: {fields: {span: {type: range, unit: h}}}\n  task: {fields: {span: {type: range, unit: h}}}\nrelations:\n  \
                - {one: note.tasks, other: task.notes, fields: {grade: {type: choice, of: [a, b]}, remark: text}, at_least: [1, 0], fits: {span: span}}\n  \
                - {one: note.like, symmetric: true}\n  - {one: note.not, other: task.not_for, conflicts_with: note.tasks}\n\
                //- content/notes/b.md\n---\ntitle: B\ntasks: [x, y]\nspan: 2-3\n---\n\
                //- content/notes/d.md\n---\ntitle: D\ntasks: [y]\nlike: [b]\n---\n\
                //- content/tasks/x.md\n---\ntitle: X\nspan: 1-2\n---\n//- content/tasks/y.md\n---\ntitle: Y\n---\n\
                //- content/tasks/z.md\n---\ntitle: Z\nnotes: [c]\n---\n\
                //- content/notes/c.md\n---\n";
    let states = [
        "title: C\ntasks: [x]\n",
        "title: A\ntasks: [x]\n",
        "title: C\ntasks: [y]\n",
        "title: C\ntasks: [x, y]\n",
        "title: C\ntasks: [y, x]\n",
        "title: C\ntasks: [z]\n",
        "title: C\ntasks: [x, z]\n",
        "title: C\ntasks: [{to: x, grade: a}]\n",
        "title: C\ntasks: [{to: x, grade: b}]\n",
        "title: C\ntasks: [{to: x, grade: b, remark: r}]\n",
        "title: C\ntasks: [{to: x, reason: why}]\nnot: [x]\n",
        "title: C\ntasks: [x]\nnot: [x]\n",
        "title: C\ntasks: [x]\nlike: [b, d]\n",
        "title: C\ntasks: [x]\nlike: [d, b]\n",
        "title: C\nlike: [x]\n",
        "title: C\n",
        "title: C\ntasks: [nobody]\n",
        "title: C\ntasks: 5\n",
        "title: C\ntasks: [x]\nspan: 4-5\n",
        "title: C\ntasks: [x]\nspan: 1-5\n",
        "title: [\n",
    ];
    let states = states.map(|state| fixture(&format!("{base}{state}---\n")));
    assert_every_way_says_the_same(&states);
}

/// Names in links and relations that lead to one entry in one state, and to another, to several or to none in the next: where
/// nothing is wrong with a text, its links are taken from the site before.
#[test]
fn a_name_that_leads_elsewhere_is_looked_up_again_in_texts_without_problems() {
    let base = "//- site.yaml\ntitle: Site\nkinds:\n  note: {}\n  task: {}\n  term: {url: '/glossary/#{slug}'}\nrelations:\n  \
                - {one: note.tasks, other: task.notes}\n\
                //- content/glossary.md\n---\ntitle: Glossary\n---\n\
                //- content/notes/by-slug.md\n---\ntitle: A\n---\n[[x]]\n\
                //- content/notes/by-kind.md\n---\ntitle: B\n---\n[[tasks/x]]\n\
                //- content/notes/by-anchor.md\n---\ntitle: C\n---\n[g](../glossary.md#x)\n\
                //- content/notes/lost.md\n---\ntitle: D\n---\n[[y]]\n\
                //- content/notes/by-heading.md\n---\ntitle: G\n---\n[[tasks/x#a]]\n\
                //- content/notes/related.md\n---\ntitle: E\ntasks: [x]\n---\n\
                //- content/notes/last.md\n---\ntitle: F\n---\n[[zz]]\n\
                //- content/tasks/zz.md\n---\ntitle: ZZ\n---\n";
    let task = "//- content/tasks/x.md\n---\ntitle: Task\n---\n";
    let draft = "//- content/notes/x.md\n---\ntitle: Draft\ndraft: true\n---\n";
    let note = "//- content/notes/x.md\n---\ntitle: Note\n---\n";
    let below = "//- content/notes/tasks/x.md\n---\ntitle: Below\n---\n";
    let headed = task.replace("---\n", "---\n## A\n").replacen("---\n## A\n", "---\n", 1);
    let states = [
        String::new(),
        task.to_string(),
        headed,
        [task, note].concat(),
        note.to_string(),
        draft.to_string(),
        [task, draft].concat(),
        below.to_string(),
        [task, below].concat(),
        task.replace("x.md", "w.md"),
        "//- content/terms.yaml\nx: {title: Ex}\n".to_string(),
        [task, "//- content/terms.yaml\nx: {title: Ex}\n"].concat(),
        [task, "//- content/terms.yaml\ny: {title: Ypsilon}\n"].concat(),
        [task, "//- content/terms.yaml\n[\n"].concat(),
        [task, "//- content/terms.yaml\n[\n//- content/notes/y.md\n---\ntitle: Y\n---\n"].concat(),
        [
            "//- content/tasks/x.md\n---\ntitle: Task\nnotes: [last]\n---\n",
            "//- content/notes/0.md\n---\ntitle: Null\n---\n",
        ]
        .concat(),
    ];
    let states = states.map(|state| fixture(&format!("{base}{state}")));
    assert_every_way_says_the_same(&states);
}

#[test]
fn a_name_of_a_draft_leads_to_an_entry_of_another_kind_once_that_is_there() {
    let base = "//- site.yaml\ntitle: Site\nkinds:\n  note: {}\n  task: {}\nrelations:\n  \
                - {one: note.about, other: task|note.told_by}\n\
                //- content/notes/a.md\n---\ntitle: A\nabout: [x]\n---\n\
                //- content/notes/x.md\n---\ntitle: Draft\ndraft: true\n---\n";
    let task = "//- content/tasks/x.md\n---\ntitle: Task\n---\n";
    assert_every_way_says_the_same(&["", task].map(|more| fixture(&format!("{base}{more}"))));
}

#[test]
fn a_name_that_comes_goes_or_moves_is_looked_up_again() {
    let base = "//- site.yaml\ntitle: Site\nkinds:\n  note: {}\n  task: {}\n  term: {url: '/glossary/#{slug}'}\nrelations:\n  \
                - {one: note.tasks, other: task.notes}\n  - {one: note.also, other: note.back}\n\
                //- content/notes/a.md\n---\ntitle: A\ntasks: [x]\nalso: [b]\n---\n\
                See [[x]], [[task/x]], [[Ex]], [t](../tasks/x.md), [p](/x/), [g](/glossary/#x), [[b]] and ![i](x.png).\n\
                //- content/notes/b.md\n---\ntitle: B\n---\n";
    let states = [
        "",
        "//- content/tasks/x.md\n---\ntitle: Ex\n---\n",
        "//- content/tasks/x.md\n---\ntitle: Another\n---\n## Part\n",
        "//- content/tasks/x.md\n---\ntitle: Ex\ndraft: true\n---\n",
        "//- content/tasks/x.md\n---\ntitle: Ex\naliases: [b]\nredirect_from: [/x/]\n---\n//- content/notes/x.md\n---\ntitle: X\n---\n",
        "//- content/x.md\n---\ntitle: Ex\n---\n//- content/tasks/x.md\n---\ntitle: [\n---\n",
        "//- content/terms.yaml\nx: {title: Ex}\n//- content/tasks/x.md\n---\ntitle: Task\n---\n",
        "//- content/terms.yaml\n[\n//- content/notes/x.png\nx\n//- content/tasks/w.md\n---\ntitle: Ex\n---\n",
        "//- content/notes/0.md\n---\ntitle: Ex\nalso: [a]\n---\n//- content/tasks/x.md\n---\ntitle: Ex\nnotes: [a, b]\n---\n",
    ];
    let states = states.map(|state| fixture(&format!("{base}{state}")));
    assert_every_way_says_the_same(&states);
}
