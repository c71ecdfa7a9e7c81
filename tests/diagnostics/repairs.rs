//! The law of repairs: `--fix` changes the form of what was typed and never its meaning. Whatever is taken out of a site
//! - an entry, a work, a heading, a choice, a field - no repair puts something else in its place.

use std::path::Path;
use std::sync::Arc;

use limber::diagnostics::human::SourceTexts;
use limber::engine::Engine;
use limber::model::options::Options;
use limber::model::source::{Source, Sources};
use limber::repairs;
use limber::stages::load;
use limber::timings::Timings;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::random::{Random, number};

/// Asserts that a check of these files offers no repair at all.
fn assert_no_repair(engine: &mut Engine, sources: &Sources, without: &str) {
    let snapshot = engine.update(sources, Vec::new(), &mut Timings::default());
    let mut diagnostics = snapshot.all_diagnostics();
    let all = sources.site.iter().chain(&sources.content).chain(&sources.templates);
    let texts: SourceTexts = all.map(|source| (source.path.clone(), source.text.clone())).collect();
    repairs::confirm(&mut diagnostics, &texts);
    for diagnostic in diagnostics {
        assert_eq!(diagnostic.fix, None, "without {without}: {}", diagnostic.message);
    }
}

const SITE: &str = "title: Example
kinds:
  note:
    fields: {level: {type: choice, of: [CHOICES]}, sources: citations, about: entry, FIELDS}
    extra: allow
  topic: {}
  term: {url: '/glossary/#{slug}'}
relations:
  - {one: note.topics, other: topic.notes}
  - {one: note.like, symmetric: true}
checks: {advice: off}
";

/// Names that come as near to each other as names can.
const NAMES: &[&str] = &[
    "week-1",
    "week-2",
    "week-3",
    "v1",
    "v2",
    "a",
    "b",
    "1",
    "2",
    "fine-pruning",
    "fine-pruner",
    "pruning",
    "old/week-1",
    "c",
    "ab",
    "2019",
    "2018",
    "corm",
    "half",
    "clover",
];

/// A site of notes and topics of these names, each of which names what `missing` says in every way that there is.
fn site(notes: &[&str], topics: &[&str], works: &[&str], choices: &[&str], missing: &str) -> Sources {
    let text = format!(
        "---\ntitle: N-TITLE\ntopics: [{missing}]\nlike: [notes/{missing}]\nlevel: {missing}\nsources: ['{missing}']\n\
         about: {missing}\n---\n## Part N-TITLE\n\nSee [[{missing}]], [[topics/{missing}|x]], [x]({missing}.md), \
         [y](../topics/{missing}.md#part), [z](/notes/{missing}/), [[1]](/{missing}/), [@{missing}], [@{missing}-x], \
         [h](#part-{missing}), [i]({missing}) ![p]({missing}.png)\n"
    );
    let page = |kind: &str, name: &&str| {
        let text = if kind == "notes" {
            text.replace("N-TITLE", &format!("Title of {name}"))
        } else {
            format!("---\ntitle: Topic {name}\n---\n## Part {name}\n")
        };
        Source::new(format!("content/{kind}/{name}.md"), text)
    };
    let works: String = works.iter().map(|key| format!("w{key}:\n  type: article\n  title: Work\n")).collect();
    // In a folder of its own `old/week-1.md` is what `week-1` means.
    let notes = notes.iter().filter(|name| !name.contains('/'));
    let mut content: Vec<Source> = notes.map(|name| page("notes", name)).collect();
    content.extend(topics.iter().map(|name| page("topics", name)));
    content.push(Source::new("content/sources.yaml", works));
    content.sort_by(|a, b| a.path.cmp(&b.path));
    let quoted: Vec<_> = choices.iter().map(|choice| format!("'{choice}'")).collect();
    let site = SITE.replace("CHOICES", &format!("'x', {}", quoted.join(", "))).replace("FIELDS", "note: text");
    Sources { site: Some(Source::new("site.yaml", site)), content, ..Sources::default() }
}

#[test]
fn no_repair_puts_another_name_in_place_of_one_that_is_missing() {
    let some = || prop::sample::subsequence(NAMES, 1..NAMES.len());
    let cases = (some(), some(), some(), some(), prop::sample::select(NAMES));
    let config = ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() };
    let run = TestRunner::new(config).run(&cases, |(notes, topics, works, choices, missing)| {
        let others = |names: Vec<&'static str>| names.into_iter().filter(|name| *name != missing).collect::<Vec<_>>();
        let works = works.into_iter().filter(|key| format!("w{key}") != missing).collect::<Vec<_>>();
        let sources = site(&others(notes), &others(topics), &works, &others(choices), missing);
        assert_no_repair(&mut Engine::new(Options::default()), &sources, missing);
        Ok(())
    });
    run.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Takes one thing after the other out of the example site, the same ones every time: `REPAIR_SEED` draws others, and
/// `REPAIR_CASES` as many as one wants.
#[test]
fn no_repair_follows_when_something_is_taken_out_of_the_example_site() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (whole, _) = load::load(root, None);
    let seed = number("REPAIR_SEED", 20_261_130);
    let mut random = Random(seed);
    let mut engine = Engine::new(Options::default());
    assert_no_repair(&mut engine, &whole, "anything");
    for case in 0..number("REPAIR_CASES", 12) {
        let mut sources = whole.clone();
        let taken = match case % 3 {
            0 => take_file(&mut sources, &mut random),
            1 => take_lines(&mut sources, "content/sources.yaml", is_work, &mut random),
            _ => {
                let pages: Vec<_> = sources.content.iter().filter(|page| page.text.contains("\n## ")).collect();
                let path = pages[random.below(pages.len())].path.clone();
                take_lines(&mut sources, &path, |line| line.starts_with("##"), &mut random)
            }
        };
        assert_no_repair(&mut engine, &sources, &format!("{taken} (seed {seed})"));
    }
}

fn take_file(sources: &mut Sources, random: &mut Random) -> String {
    let pages = |source: &Source| source.path.ends_with(".md");
    let at: Vec<_> = (0..sources.content.len()).filter(|at| pages(&sources.content[*at])).collect();
    sources.content.remove(at[random.below(at.len())]).path.to_string()
}

/// A line that begins a work of the bibliography.
fn is_work(line: &str) -> bool {
    line.starts_with(char::is_alphanumeric) && line.ends_with(':')
}

/// Takes out one of the lines that begin something, with the indented lines below it.
fn take_lines(sources: &mut Sources, path: &str, begins: impl Fn(&str) -> bool, random: &mut Random) -> String {
    let source = sources.content.iter_mut().find(|source| &*source.path == path).expect("the file is there");
    let lines: Vec<&str> = source.text.split_inclusive('\n').collect();
    let starts: Vec<_> = (0..lines.len()).filter(|at| begins(lines[*at].trim_end())).collect();
    let at = starts[random.below(starts.len())];
    let below = lines[at + 1..].iter().take_while(|line| line.starts_with(' ')).count();
    let taken = format!("`{}` of {path}", lines[at].trim());
    let text: Arc<str> = [&lines[..at], &lines[at + 1 + below..]].concat().concat().into();
    *source = Source::new(source.path.clone(), text);
    taken
}
