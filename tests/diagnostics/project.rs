//! Small projects in temporary folders, and what a check says of them.

use std::fs;
use std::path::Path;

use limber::diagnostics::human::SourceTexts;
use limber::diagnostics::{Code, Diagnostic, short};
use limber::engine::Engine;
use limber::model::options::Options;
use limber::model::value::Date;
use limber::stages::load;
use limber::timings::Timings;
use tempfile::TempDir;

/// The declaration of a project that has none of its own.
pub const SITE: &str = include_str!("site.yaml");

/// A project on disk.
pub struct Project(TempDir);

impl Project {
    /// A project with these files.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let project = Self(tempfile::tempdir().expect("there is room for a temporary folder"));
        project.write("site.yaml", SITE);
        let facts = "{% if entries %}{% for entry in entries %}<p id=\"{{ entry.slug }}\"></p>{% endfor %}{% endif %}";
        project.write("templates/blocks/facts.html", facts);
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.0.path().join(path);
        fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("folders can be made");
        fs::write(file, text).expect("files can be written");
    }

    /// Everything that is wrong, with the texts of the files concerned.
    pub fn check(&self, as_of: Option<&str>) -> (Vec<Diagnostic>, SourceTexts) {
        let options = Options { as_of: as_of.and_then(Date::parse), ..Options::default() };
        let (sources, found) = load::load(self.root(), None);
        let snapshot = Engine::new(options).update(&sources, found, &mut Timings::default());
        let diagnostics = snapshot.all_diagnostics();
        let mut texts = snapshot.texts.clone();
        for diagnostic in &diagnostics {
            let path = &diagnostic.place.path;
            texts.entry(path.clone()).or_insert_with(|| load::text(self.root(), path).unwrap_or_default());
        }
        (diagnostics, texts)
    }

    /// The short report of a check, without the codes that are not asked for.
    pub fn report(&self, as_of: Option<&str>, without: impl Fn(Code) -> bool) -> String {
        let (mut diagnostics, texts) = self.check(as_of);
        diagnostics.retain(|diagnostic| !without(diagnostic.code));
        short::report(&diagnostics, &texts)
    }
}
