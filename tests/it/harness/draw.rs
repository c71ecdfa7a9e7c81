//! Draws a whole site in memory, for looking at its pages, its reports and the keys of its pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use expect_test::Expect;
use limber::diagnostics::human::SourceTexts;
use limber::diagnostics::{Diagnostic, tidy};
use limber::engine::{Engine, Snapshot};
use limber::hash::Hash;
use limber::model::options::Options;
use limber::model::source::Sources;
use limber::span::{Place, line_column};
use limber::stages::render::{Content, Wanted, merge};
use limber::timings::Timings;

/// A drawn site.
pub struct Drawn {
    /// Every output file with its text; none where the declaration or the templates cannot be read.
    pub files: BTreeMap<String, String>,
    /// Everything that is wrong with it, what only drawing shows included.
    pub diagnostics: Vec<Diagnostic>,
    texts: SourceTexts,
}

/// Puts a site together and draws all of it.
pub fn draw(sources: &Sources, options: Options) -> Drawn {
    let snapshot = Engine::new(options).update(sources, Vec::new(), &mut Timings::default());
    Drawn::of(&snapshot, sources)
}

/// The key of every output file.
pub fn keys(snapshot: &Snapshot) -> BTreeMap<String, Hash> {
    let Some(ready) = &snapshot.ready else { return BTreeMap::new() };
    let key = |page| ready.draw(page, Wanted::FileUnless(&|_| true)).key;
    ready.plan.pages.iter().map(|page| (page.path.clone(), key(page))).collect()
}

impl Drawn {
    /// Draws all of a site that was put together before.
    pub fn of(snapshot: &Snapshot, sources: &Sources) -> Self {
        let (mut files, mut found) = (BTreeMap::new(), Vec::new());
        if let Some(ready) = &snapshot.ready {
            for page in &ready.plan.pages {
                let drawn = ready.draw(page, Wanted::FileUnless(&|_| false));
                let bytes = if let Content::Bytes(bytes) = &drawn.content { &**bytes } else { &[] };
                files.insert(page.path.clone(), String::from_utf8_lossy(bytes).into_owned());
                found.extend(drawn.problems);
            }
        }
        let mut diagnostics = snapshot.diagnostics.clone();
        diagnostics.extend(merge(found));
        diagnostics.retain(|diagnostic| !diagnostic.code.is_advice()); // tiny sites would get much of it
        tidy(&mut diagnostics);
        let all = sources.site.iter().chain(&sources.ledger).chain(&sources.content).chain(&sources.templates);
        let texts = all.map(|source| (source.path.clone(), source.text.clone())).collect();
        Self { files, diagnostics, texts }
    }

    /// An output file.
    #[track_caller]
    pub fn file(&self, path: &str) -> &str {
        let all = || self.files.keys().cloned().collect::<Vec<_>>().join(" ");
        self.files.get(path).unwrap_or_else(|| panic!("there is no `{path}` among {}\n{}", all(), self.problems()))
    }

    /// What stands between `<main>` and `</main>` on the page at this address.
    #[track_caller]
    pub fn main(&self, url: &str) -> String {
        let page = self.file(&limber::url::output_path(url));
        let (_, rest) = page.split_once("<main>").expect("the page has a main part");
        let (main, _) = rest.split_once("</main>").expect("the main part ends");
        format!("{}\n", main.trim())
    }

    /// The report in its short form, with the other places and the ways out below each problem.
    pub fn problems(&self) -> String {
        short(&self.diagnostics, &self.texts)
    }

    /// Compares the main part of a page.
    #[track_caller]
    pub fn shows(&self, url: &str, expected: &Expect) -> &Self {
        expected.assert_eq(&self.main(url));
        self
    }

    /// Compares the report.
    #[track_caller]
    pub fn reports(&self, expected: &Expect) -> &Self {
        expected.assert_eq(&self.problems());
        self
    }

    /// Says that nothing is wrong.
    #[track_caller]
    pub fn is_fine(&self) -> &Self {
        assert!(self.diagnostics.is_empty(), "{}", self.problems());
        self
    }
}

/// A report in its short form.
pub fn short(diagnostics: &[Diagnostic], texts: &BTreeMap<Arc<str>, Arc<str>>) -> String {
    let at = |place: &Place| {
        let (line, column) = line_column(texts.get(&place.path).map_or("", |text| text), place.range().start);
        format!("{}:{line}:{column}", place.path)
    };
    let mut out = String::new();
    for diagnostic in diagnostics {
        let (severity, code) = (diagnostic.severity.name(), diagnostic.shown_code());
        out.push_str(&format!("{}: {severity}[{code}]: {}\n", at(&diagnostic.place), diagnostic.message));
        for related in &diagnostic.related {
            out.push_str(&format!("  {}: {}\n", at(&related.place), related.label));
        }
        for help in &diagnostic.help {
            out.push_str(&format!("  help: {help}\n"));
        }
    }
    out
}
