//! Outside Lane, built once for all tests and served on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use crate::server::serve;

/// The built site.
pub struct Site {
    /// The folder it was built into.
    pub root: PathBuf,
    /// Where it is served, without a slash at the end.
    pub home: String,
}

/// The site that all tests look at.
pub static SITE: LazyLock<Site> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside-lane");
    build(Path::new(env!("CARGO_MANIFEST_DIR")), &root);
    Site { home: serve(root.clone()), root }
});

/// The same with drafts: they hold the page that shows every component.
pub static WITH_DRAFTS: LazyLock<Site> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside-lane-with-drafts");
    build_with(Path::new(env!("CARGO_MANIFEST_DIR")), &root, &["--drafts"]);
    Site { home: serve(root.clone()), root }
});

/// The page of the drafts that shows every component in both themes.
pub const COMPONENTS: &str = "/components/";

/// The address of the site as site.yaml has it.
pub const BASE_URL: &str = "https://outside-lane.example";

/// One page of every type: what is drawn by its own template, or is put together in its own way.
pub const ONE_OF_EVERY_TYPE: [&str; 28] = [
    "/",
    "/benefits/less-soreness/",
    "/techniques/foam-rolling/",
    "/conditions/shin-splints/",
    "/body/calves/",
    "/when/pre-event/",
    "/tools/foam-roller/",
    "/guides/how-often/",
    "/about/",
    "/benefits/",
    "/techniques/",
    "/conditions/",
    "/body/",
    "/when/",
    "/tools/",
    "/guides/",
    "/benefits/by-area/",
    "/benefits-by-technique/",
    "/a-z/",
    "/glossary/",
    "/search/",
    "/evidence/sources/",
    "/evidence/",
    "/plan/week/",
    "/plan/race/",
    "/handouts/",
    "/guides/claims-checked/",
    "/404.html",
];

impl Site {
    /// The address of a page under which it is served.
    pub fn url(&self, page: &str) -> String {
        format!("{}{page}", self.home)
    }

    /// The file of a page.
    pub fn file(&self, page: &str) -> PathBuf {
        let file = if page.ends_with('/') { format!("{page}index.html") } else { page.to_owned() };
        self.root.join(file.trim_start_matches('/'))
    }

    /// Every page of the site, in order: `/`, `/404.html`, `/a-z/` and so on.
    pub fn pages(&self) -> Vec<String> {
        let files = walkdir::WalkDir::new(&self.root).sort_by_file_name().into_iter().flatten();
        let paths = files.filter_map(|file| Some(file.path().strip_prefix(&self.root).ok()?.to_str()?.to_owned()));
        let mut pages: Vec<String> = paths
            .filter(|path| path.ends_with(".html"))
            .map(|path| format!("/{}", path.strip_suffix("index.html").unwrap_or(&path)))
            .collect();
        pages.sort();
        pages
    }
}

/// Builds a project into a folder, afresh: another version of the program may have written what is there.
pub fn build(project: &Path, out: &Path) {
    build_with(project, out, &[]);
}

/// The same with options of the command line.
pub fn build_with(project: &Path, out: &Path, options: &[&str]) {
    _ = std::fs::remove_dir_all(out);
    let limber = Command::new(env!("CARGO_BIN_EXE_limber"))
        .arg("--root")
        .arg(project)
        .args(["build", "--out"])
        .arg(out)
        .args(options)
        .output();
    let limber = limber.expect("the program runs");
    assert!(limber.status.success(), "the site does not build:\n{}", String::from_utf8_lossy(&limber.stderr));
}
