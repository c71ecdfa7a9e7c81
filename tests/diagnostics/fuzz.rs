//! Whatever people type: never a panic, and every place lies in its file on character borders.
//!
//! Texts are made of pieces that mean something to the readers, so that they get far enough to go wrong. Run longer with
//! `FUZZ_SECONDS=150 cargo test --release --test diagnostics fuzz -- --nocapture --test-threads 1`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use limber::diagnostics::{Code, Diagnostic, github, human, json, sarif, short};
use limber::engine::Engine;
use limber::model::options::Options;
use limber::model::source::{Source, Sources};
use limber::theme;
use limber::timings::Timings;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use crate::outputs::assert_readable;
use crate::random::number;

const SITE: &str = "title: Example
kinds:
  blossom:
    fields:
      grade: {type: choice, of: [strong, limited], required: true}
      note: markdown
      steps: {type: list, of: markdown, max: 2}
      firmness: {type: range, min: 1, max: 5}
      facts: {type: object, fields: {who: {type: text, min_words: 2}, sources: citations}}
      video: url
      picture: image
      other: entry
      reviewed: date
    review: {every: 12 months, field: reviewed}
    index: {title: Blossoms}
    regroup_by: [grade, firmness, procedures]
    order: [-firmness, title]
    schema_org: {page: Article}
  procedure: {extra: allow, index: {title: Procedures}}
  term: {url: '/glossary/#{slug}', term_links: all}
relations:
  - {one: blossom.procedures, other: procedure.blossoms, fields: {note: text}, at_least: [1, 0]}
  - {one: procedure.similar, symmetric: true}
matrices:
  - {url: /m/, rows: blossom, columns: procedure, via: blossom.procedures}
blocks:
  facts: {fields: {firmness: integer}}
rules:
  - {code: words, forbid: [\"can't cure\", Öl], max_sentence_words: 5, characters: 'U+20-7E', message: no}
";

/// Pieces of front matter and data.
const YAML: &[&str] = &[
    "title: A\n",
    "title: \"Ö: 'x'\"\n",
    "grade: ",
    "strong",
    "limted\n",
    "note: ",
    "steps:\n",
    "  - ",
    "- ",
    "facts: {who: x, ",
    "sources: [",
    "@a2020, ",
    "]",
    "}",
    "firmness: 2-3\n",
    "firmness: 9\n",
    "procedures: [",
    "kneading, ",
    "{to: knedding, note: x}",
    "blossoms: ",
    "'",
    "\"",
    "\n",
    "\n  ",
    ": ",
    "# ",
    "&a ",
    "*a",
    "<<: *a\n",
    ">-\n  Compost can't\n  cure\n",
    "|\n  Öl\n",
    "\t",
    "reviewed: 2026-02-30\n",
    "video: x y\n",
    "picture: ../../x.png\n",
    "other: sleep\n",
    "redirect_from: [/a//b]\n",
    "aliases: [ö, ",
    "\u{feff}",
    "\0",
    "🦵",
    "跑",
    "e\u{301}",
    "\r",
    "draft: maybe\n",
    "similar: kneading\n",
    "? ",
    "!x ",
    "---\n",
    "...\n",
    "%",
    "{",
    "[",
];

/// Pieces of Markdown.
const MARKDOWN: &[&str] = &[
    "word ",
    "Öl ",
    "can’t cure ",
    "# ",
    "## ",
    "\n",
    "\n\n",
    "[",
    "](",
    ")",
    "](../blossoms/sleep.md#how)",
    "[[",
    "]]",
    "![[sleep]]",
    "![[kneading#how|x]]\n",
    "![[#how]]",
    "{#how .x}\n",
    "{",
    "}",
    "||x||",
    "**",
    "~",
    "^",
    "[ ] ",
    "::: x\n",
    "=== \"x\"\n",
    "<Tabs x=\"",
    "|",
    "sleep",
    "[@",
    "a2020; @b, p. 3",
    "]",
    "![",
    "](x.png)",
    "```facts\n",
    "```\n",
    "firmness: x\n",
    "> ",
    "> [!WARNING]\n",
    "- ",
    "  ",
    "1. ",
    "| a | b |\n|---|---|\n",
    "[^1]",
    "[^1]: x\n",
    "<b>",
    "<!-- ",
    "-->",
    "{#how}",
    "**",
    "_",
    "`",
    "\\",
    "&ouml;",
    "&",
    "---\n",
    "[here](kneading.md)",
    "<https://example.org>",
    "\t",
    "🦵🏽",
    "跑者",
    "e\u{301}",
    "\u{2028}",
    "'",
    "\"",
    "--",
    "term\n: x\n",
    "~~",
    "[x]: y\n",
    "\u{202e}",
    "(/a b)",
    "#",
    "%zz",
    "javascript:",
];

/// Pieces of raw HTML.
const HTML: &[&str] = &[
    "<a href=\"",
    "<a\n href='",
    "<A HREF=",
    "<img src=\"",
    "<img srcset=\"",
    "<video poster=",
    "<iframe src=",
    "<script>",
    "</script>",
    "<style>",
    "<p style=\"",
    "<b onclick='x'",
    "<div>\n",
    "</div>\n",
    "<!-- ",
    " -->",
    "<![CDATA[",
    "kneading.md#",
    "javascript:",
    "https://ö.example/",
    "#x",
    " id=x",
    "&amp;",
    " 2x, ",
    "\"",
    "'",
    ">",
    "/>",
    "=",
    "\n\n",
    "> ",
    "- ",
    "`",
    "**",
    "🦵",
    "%zz",
    "?",
];

/// Pieces of site.yaml.
const DECLARATION: &[&str] = &[
    "title: A\n",
    "kinds:\n",
    "  blossom:\n",
    "  procedure: {}\n",
    "    url: ",
    "/x/{slug}/",
    "/{slug}/{slug}\n",
    "    fields:\n",
    "      a: {type: ",
    "choice",
    ", of: [",
    "list",
    "text",
    "]}\n",
    "relations:\n",
    "  - {one: blossom.a, other: procedure.b}\n",
    "  - {one: blossom.a|x.b, symmetric: true}\n",
    "rules:\n",
    "  - {code: x, message: y, forbid: ['",
    "']}\n",
    "checks: {",
    "link-broken: off",
    "html-raw: error",
    "}\n",
    "matrices: [{url: /m/, rows: blossom, columns: procedure, via: blossom.a}]\n",
    "base_url: ",
    "https://x/../\n",
    "pages: {feed: false, ",
    "characters: 'U+20-",
    "7E'",
    "field_sets: ",
    "*a",
    "&a ",
    "'",
    "\"",
    "\n",
    ": ",
    "- ",
    "ö",
    "🦵",
    "\t",
    "- 1\n",
    "review: {every: 0 months}\n",
    "markdown: {allow_html: maybe}\n",
    "<<: ",
];

fn text_of(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(pieces).prop_map(str::to_string), 1 => ".{0,4}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// What loading makes of texts: places count in these.
fn source(path: &str, text: &str) -> Source {
    Source::new(path, text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace(['\r', '\0'], "\n"))
}

fn check(site: &str, content: &[(&str, &str)]) {
    let sources = Sources {
        site: Some(source("site.yaml", site)),
        content: content.iter().map(|(path, text)| source(path, text)).collect(),
        templates: theme::beside(&[]).into_iter().chain([source("templates/blocks/facts.html", "")]).collect(),
        ..Sources::default()
    };
    let options = Options { as_of: limber::model::value::Date::parse("2030-01-01"), ..Options::default() };
    let snapshot = Engine::new(options).update(&sources, Vec::new(), &mut Timings::default());
    let all = sources.site.iter().chain(&sources.content).chain(&sources.templates);
    let texts: BTreeMap<Arc<str>, Arc<str>> = all.map(|source| (source.path.clone(), source.text.clone())).collect();
    for problem in &snapshot.diagnostics {
        check_places(problem, &texts);
    }
    assert!(snapshot.diagnostics.iter().all(|problem| problem.code != Code::LimberBug), "{:?}", snapshot.diagnostics);
    check_reports(&snapshot.diagnostics, &texts);
    assert_readable(&snapshot);
    for columns in [10, 140] {
        human::report(&snapshot.diagnostics, &texts, human::Look { coloured: false, columns });
    }
}

/// Every report can be read back, and has all problems.
fn check_reports(problems: &[Diagnostic], texts: &BTreeMap<Arc<str>, Arc<str>>) {
    let (short, github) = (short::report(problems, texts), github::report(problems, texts));
    assert_eq!(short.lines().count(), problems.len(), "{short}");
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let (errors, warnings) = (errors, problems.len() - errors);
    let shown = errors.min(10) + warnings.min(10) + usize::from(errors.max(warnings) > 10);
    assert_eq!(github.lines().count(), shown, "{github}");
    let rows = github::job_summary(problems, texts).lines().filter(|line| line.starts_with("| ")).count();
    assert_eq!(rows, if problems.is_empty() { 0 } else { problems.len() + 1 });
    let json: serde_json::Value = serde_json::from_str(&json::report(problems, texts)).expect("the report is JSON");
    let sarif: serde_json::Value = serde_json::from_str(&sarif::report(problems, texts, std::path::Path::new("/site")))
        .expect("the report is JSON");
    let results = sarif["runs"][0]["results"].as_array().map_or(0, Vec::len);
    assert_eq!(results, problems.len());
    assert!(json.is_array() || json.is_object());
}

fn check_places(problem: &Diagnostic, texts: &BTreeMap<Arc<str>, Arc<str>>) {
    let related = problem.related.iter().map(|related| &related.place);
    let fix = problem.fix.iter().map(|fix| &fix.place);
    for place in std::iter::once(&problem.place).chain(related).chain(fix) {
        let text = texts.get(&place.path).map_or("", |text| &**text);
        let known = texts.contains_key(&place.path) || place.range() == (0..0);
        assert!(known && text.get(place.range()).is_some(), "{problem:?} has no place in {text:?}");
    }
}

#[test]
fn fuzz_front_matter() {
    fuzz("front matter", (text_of(YAML), text_of(MARKDOWN)), |(yaml, body)| {
        let page = format!("---\n{yaml}\n---\n{body}");
        check(
            SITE,
            &[
                ("content/blossoms/sleep.md", &page),
                ("content/procedures/kneading.md", "---\ntitle: Kneading\n---\n## How\n"),
                ("content/terms.yaml", yaml),
            ],
        );
    });
}

#[test]
fn fuzz_markdown() {
    fuzz("Markdown", (text_of(MARKDOWN), text_of(MARKDOWN)), |(body, note)| {
        let quoted = note.replace('\'', "''").replace(|c: char| c.is_control(), " ");
        let page = format!("---\ntitle: Sleep\ngrade: strong\nnote: '{quoted}'\n---\n{body}");
        let other = ("content/procedures/kneading.md", "---\ntitle: Kneading\n---\n");
        check(SITE, &[("content/blossoms/sleep.md", &page), other]);
    });
}

#[test]
fn fuzz_raw_html() {
    let site = format!("{SITE}markdown: {{allow_html: true}}\n");
    fuzz("raw HTML", text_of(HTML), |body| {
        let page =
            format!("---\ntitle: Sleep\ngrade: strong\nreviewed: 2026-01-01\nprocedures: [kneading]\n---\n{body}");
        let other = ("content/procedures/kneading.md", "---\ntitle: Kneading\n---\n");
        check(&site, &[("content/blossoms/sleep.md", &page), other]);
    });
}

#[test]
fn fuzz_declarations() {
    fuzz("site.yaml", (text_of(DECLARATION), text_of(YAML)), |(site, bibliography)| {
        let page = ("content/blossoms/sleep.md", "---\ntitle: Sleep\n---\n");
        check(site, &[page, ("content/sources.yaml", bibliography)]);
    });
}

#[test]
fn fuzz_files_without_any_form() {
    fuzz("files without any form", (any::<String>(), any::<String>()), |(text, site)| {
        let paths = ["content/blossoms/sleep.md", "content/terms.yaml", "content/sources.yaml"];
        check(SITE, &paths.map(|path| (path, text.as_str())));
        check(site, &[]);
    });
}

/// What fails in the everyday suite fails for everybody.
const EVERYDAY_SEED: u64 = 20_261_130;

/// A few cases in the everyday suite, the same every time. Whoever looks for trouble says for how long: with `FUZZ_SECONDS=150`
/// each of the tests goes on for so many seconds, with other cases every time; `FUZZ_SEED` draws the same again.
fn fuzz<S: Strategy>(what: &str, cases: S, holds: impl Fn(&S::Value)) {
    #[expect(clippy::disallowed_methods, reason = "looking for trouble takes as long as one wants it to take")]
    let begun = Instant::now();
    let asked: Option<u64> = std::env::var("FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let config =
        ProptestConfig { cases: 64, max_shrink_iters: 2_000, failure_persistence: None, ..ProptestConfig::default() };
    let seed = number("FUZZ_SEED", if asked.is_some() { std::process::id().into() } else { EVERYDAY_SEED });
    let mut done = 0;
    for round in seed.. {
        let bytes = [round.to_le_bytes(); 4].concat();
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let run = TestRunner::new_with_rng(config.clone(), rng).run(&cases, |case| {
            holds(&case);
            Ok(())
        });
        run.unwrap_or_else(|failure| panic!("FUZZ_SEED={round}: {failure}"));
        done += config.cases;
        if asked.is_none_or(|seconds| begun.elapsed() >= Duration::from_secs(seconds)) {
            break;
        }
    }
    if asked.is_some() {
        eprintln!("{what}: {done} cases from FUZZ_SEED={seed} on");
    }
}
