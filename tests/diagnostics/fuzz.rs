//! Whatever people type: never a panic, and every place lies in its file on character borders.
//!
//! Texts are made of pieces that mean something to the readers, so that they get far enough to go wrong. Run longer with
//! `PROPTEST_CASES=100000 cargo test --test diagnostics fuzz`.

use std::collections::BTreeMap;
use std::sync::Arc;

use limber::diagnostics::{Diagnostic, human, json, sarif, short};
use limber::engine::{Engine, Options};
use limber::model::source::{Source, Sources};
use limber::timings::Timings;
use proptest::prelude::*;

const SITE: &str = "title: Example
kinds:
  benefit:
    fields:
      grade: {type: choice, of: [strong, limited], required: true}
      note: markdown
      steps: {type: list, of: markdown, max: 2}
      pressure: {type: range, min: 1, max: 5}
      facts: {type: object, fields: {who: {type: text, min_words: 2}, sources: citations}}
      video: url
      picture: image
      other: entry
      reviewed: date
    review: {every: 12 months, field: reviewed}
  technique: {extra: allow}
  term: {url: '/glossary/#{slug}', term_links: all}
relations:
  - {one: benefit.techniques, other: technique.benefits, fields: {note: text}, at_least: [1, 0]}
  - {one: technique.similar, symmetric: true}
blocks:
  facts: {fields: {pressure: integer}}
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
    "pressure: 2-3\n",
    "pressure: 9\n",
    "techniques: [",
    "kneading, ",
    "{to: knedding, note: x}",
    "benefits: ",
    "'",
    "\"",
    "\n",
    "\n  ",
    ": ",
    "# ",
    "&a ",
    "*a",
    "<<: *a\n",
    ">-\n  Massage can't\n  cure\n",
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
    "](../benefits/sleep.md#how)",
    "[[",
    "]]",
    "|",
    "sleep",
    "[@",
    "a2020; @b, p. 3",
    "]",
    "![",
    "](x.png)",
    "```facts\n",
    "```\n",
    "pressure: x\n",
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

/// Pieces of site.yaml.
const DECLARATION: &[&str] = &[
    "title: A\n",
    "kinds:\n",
    "  benefit:\n",
    "  technique: {}\n",
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
    "  - {one: benefit.a, other: technique.b}\n",
    "  - {one: benefit.a|x.b, symmetric: true}\n",
    "rules:\n",
    "  - {code: x, message: y, forbid: ['",
    "']}\n",
    "checks: {",
    "link-broken: off",
    "html-raw: error",
    "}\n",
    "matrices: [{url: /m/, rows: benefit, columns: technique, via: benefit.a}]\n",
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
        templates: vec![source("templates/blocks/facts.html", "")],
        ..Sources::default()
    };
    let options = Options { as_of: limber::model::value::Date::parse("2030-01-01"), ..Options::default() };
    let snapshot = Engine::new(options).update(&sources, Vec::new(), &mut Timings::default());
    let all = sources.site.iter().chain(&sources.content).chain(&sources.templates);
    let texts: BTreeMap<Arc<str>, Arc<str>> = all.map(|source| (source.path.clone(), source.text.clone())).collect();
    for problem in &snapshot.diagnostics {
        check_places(problem, &texts);
    }
    for report in [short::report, json::report, sarif::report] {
        assert_eq!(report(&snapshot.diagnostics, &texts), report(&snapshot.diagnostics, &texts));
    }
    human::report(&snapshot.diagnostics, &texts, false);
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

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn fuzz_front_matter(yaml in text_of(YAML), body in text_of(MARKDOWN)) {
        let page = format!("---\n{yaml}\n---\n{body}");
        check(SITE, &[
            ("content/benefits/sleep.md", &page),
            ("content/techniques/kneading.md", "---\ntitle: Kneading\n---\n## How\n"),
            ("content/terms.yaml", &yaml),
        ]);
    }

    #[test]
    fn fuzz_markdown(body in text_of(MARKDOWN), note in text_of(MARKDOWN)) {
        let quoted = note.replace('\'', "''").replace(|c: char| c.is_control(), " ");
        let page = format!("---\ntitle: Sleep\ngrade: strong\nnote: '{quoted}'\n---\n{body}");
        check(SITE, &[("content/benefits/sleep.md", &page), ("content/techniques/kneading.md", "---\ntitle: Kneading\n---\n")]);
    }

    #[test]
    fn fuzz_declarations(site in text_of(DECLARATION), bibliography in text_of(YAML)) {
        check(&site, &[("content/benefits/sleep.md", "---\ntitle: Sleep\n---\n"), ("content/sources.yaml", &bibliography)]);
    }

    #[test]
    fn fuzz_files_without_any_form(text in any::<String>(), site in any::<String>()) {
        check(SITE, &[("content/benefits/sleep.md", &text), ("content/terms.yaml", &text), ("content/sources.yaml", &text)]);
        check(&site, &[]);
    }
}

/// Few in the everyday suite; as many as `PROPTEST_CASES` says when somebody looks for trouble.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}
