//! Whatever stands in a title, every output can be read back: feeds and sitemaps as XML, structured data and the graph as
//! JSON, calendars line by line.

use limber::calendar;
use limber::engine::{Engine, Snapshot};
use limber::model::due;
use limber::model::options::Options;
use limber::model::source::{Source, Sources};
use limber::stages::render::{Content, RenderedFile, Wanted};
use limber::theme;
use limber::timings::Timings;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use quick_xml::events::Event;

/// Draws every page of a site and reads back what other programs read.
pub(super) fn assert_readable(snapshot: &Snapshot) {
    let Some(ready) = &snapshot.ready else { return };
    for page in &ready.plan.pages {
        let RenderedFile { content, problems, .. } = ready.draw(page, Wanted::FileUnless(&|_| false));
        assert!(problems.iter().all(|problem| problem.code != limber::diagnostics::Code::LimberBug), "{problems:?}");
        let Content::Bytes(bytes) = content else { continue };
        let text = std::str::from_utf8(&bytes).expect("every page is UTF-8");
        match page.path.rsplit('.').next() {
            Some("xml") => assert_xml(&page.path, text),
            Some("json") => _ = json(&page.path, text),
            Some("html") => text.split(JSON_LD).skip(1).for_each(|rest| {
                let end = rest.find("</script>").expect("structured data ends");
                assert!(json(&page.path, &rest[..end])["@graph"].is_array());
            }),
            _ => {}
        }
    }
    assert_calendar(&calendar::reviews(&ready.site, &due::reviews(&ready.site)));
}

const JSON_LD: &str = "<script type=\"application/ld+json\">";

fn json(path: &str, text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{path} is no JSON: {error}\n{text}"))
}

/// Reads an XML file to its end; no character may stand in it that XML forbids.
fn assert_xml(path: &str, text: &str) {
    let is_forbidden =
        |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    assert!(!text.contains(is_forbidden), "{path} has characters that XML forbids: {text:?}");
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open = 0;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{path} is no XML: {error}\n{text}")) {
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{path} ends within an element\n{text}");
}

/// Every line is a property that a calendar of reviews has, once the folded ones are whole again.
fn assert_calendar(text: &str) {
    let whole = text.replace("\r\n ", "");
    assert!(!whole.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
    const KNOWN: [&str; 14] = [
        "BEGIN:V",
        "END:V",
        "VERSION:2.0",
        "PRODID:",
        "CALSCALE:",
        "X-WR-CALNAME:",
        "UID:review-",
        "DTSTAMP:",
        "DTSTART;VALUE=DATE:",
        "SUMMARY:",
        "DESCRIPTION:",
        "URL:http",
        "TRANSP:",
        "END:VCALENDAR",
    ];
    for line in whole.trim_end_matches("\r\n").split("\r\n") {
        assert!(KNOWN.iter().any(|known| line.starts_with(known)), "{line:?} in {text:?}");
    }
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text:?}");
}

/// Pieces of titles that mean something to a format.
const PIECES: &[&str] = &[
    "</script>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "\"",
    "'",
    "&",
    "&amp;",
    "&#0;",
    "<",
    ">",
    "\r",
    "\n",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{7f}",
    "\u{feff}",
    "\\",
    "\\n",
    ";",
    ",",
    ":",
    "BEGIN:VEVENT",
    "ATTENDEE:x",
    "{{",
    "}}",
    "{%",
    "Ö",
    "🦵",
    "e\u{301}",
    "\u{202e}",
    "word ",
    "\t",
    "http://x/",
    "#",
    "%",
    "</title>",
];

const SITE: &str = "kinds:
  note:
    fields: {day: date, note: text, tags: {type: list, of: text}}
    index: {title: Notes}
    regroup_by: [tags, topics]
    review: {every: 1 year, field: day}
    schema_org: {page: Article}
    term_links: all
  topic: {index: {title: Topics}}
relations:
  - {one: note.topics, other: topic.notes, labels: [Topics, Notes]}
matrices:
  - {url: /m/, title: All, rows: note, columns: topic, via: note.topics}
pages: {feed: {url: /feed.xml, title: New}}
";

/// A text in the double quotes of YAML.
fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() || ('\u{2028}'..='\u{2029}').contains(&c) || c == '\u{feff}' => {
            format!("\\u{:04x}", u32::from(c))
        }
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

#[test]
fn no_title_breaks_the_format_of_an_output() {
    let title = || prop::collection::vec(prop::sample::select(PIECES), 1..6).prop_map(|pieces| pieces.concat());
    let config = ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() };
    let run = TestRunner::new(config).run(&(title(), title(), title()), |(site, note, topic)| {
        let page = |title: &str, more: &str| {
            format!("---\ntitle: {}\ndate: 2026-01-02\n{more}---\nText [@a]\n", quoted(title))
        };
        let more = format!(
            "summary: {0}\naliases: [{0}]\nday: 2020-01-02\nnote: {0}\ntags: [{0}, x]\ntopics: [b]\n",
            quoted(&topic)
        );
        let templates = theme::beside(&[]);
        let works = format!("a:\n  type: article\n  title: {}\n  date: 2020\n", quoted(&note));
        let sources = Sources {
            site: Some(Source::new(
                "site.yaml",
                format!("title: {}\nbase_url: https://example.org/sub/\n{SITE}", quoted(&site)),
            )),
            content: vec![
                Source::new("content/notes/a.md", page(&note, &more)),
                Source::new("content/sources.yaml", works),
                Source::new("content/topics/b.md", page(&topic, "")),
            ],
            templates,
            ..Sources::default()
        };
        let snapshot = Engine::new(Options::default()).update(&sources, Vec::new(), &mut Timings::default());
        prop_assert!(snapshot.ready.is_some(), "{:?}", snapshot.diagnostics);
        assert_readable(&snapshot);
        Ok(())
    });
    run.unwrap_or_else(|failure| panic!("{failure}"));
}
