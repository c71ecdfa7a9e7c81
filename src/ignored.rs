//! Files that are no part of the site: what editors and systems leave lying around, and what a site names under `ignore:`.

use std::sync::LazyLock;

use crate::globs::Glob;
use crate::yaml::{self, Yaml};

/// What editors, synchronisation and file systems leave beside the files of people. One list for all folders.
const LEFT_BEHIND: &[&str] = &[
    // Locks, autosaves and backups of editors.
    ".#*",
    "#*#",
    "*~",
    ".*.sw?",
    "*.sw[j-p]",
    "*.kate-swp",
    "*.crswap",
    "4913",
    "*___jb_tmp___",
    "*___jb_old___",
    ".goutputstream-*",
    ".~lock.*#",
    "~$*",
    "~[!.]*.md",
    "*.tmp",
    "*.md.save*",
    ".viminfo",
    ".netrwhist",
    ".history",
    "nohup.out",
    ".idea",
    ".vscode",
    ".obsidian",
    ".trash",
    // What a merge leaves beside its result.
    "*.orig",
    "*.rej",
    // Half a file that is being brought from elsewhere, and copies that did not agree.
    "*.crdownload",
    "*.part",
    "~syncthing~*",
    ".syncthing.*",
    "*.sync-conflict-*",
    "* (*conflicted copy*)*",
    ".stfolder",
    ".stignore",
    ".stversions",
    ".dropbox*",
    ".owncloudsync.log*",
    ".sync_*.db*",
    ".sync.ffs_*",
    ".nfs*",
    ".fuse_hidden*",
    // What file managers and file systems keep.
    ".DS_Store",
    "._*",
    ".AppleDouble",
    ".Spotlight-V100",
    ".Trashes",
    ".Trash-*",
    ".fseventsd",
    ".directory",
    "__MACOSX",
    "@eaDir",
    "[Tt]humbs.db",
    "ehthumbs.db",
    "[Dd]esktop.ini",
    "Icon\r",
    "lost+found",
    // Our own mark of an output, and what is kept between runs.
    ".limber",
    // Version control.
    ".git*",
    ".hg",
    ".svn",
];

/// Whether a file or folder of this name was left behind by a program.
pub fn is_left_behind(name: &str) -> bool {
    // Nearly all names are of this form; asking for each pattern takes longer than reading the folder.
    if name.ends_with(".md") && name.starts_with(|first: char| first.is_alphanumeric()) && !name.contains("conflict") {
        return false;
    }
    static GLOBS: LazyLock<Vec<Glob>> =
        LazyLock::new(|| LEFT_BEHIND.iter().filter_map(|pattern| Glob::parse(pattern).ok()).collect());
    GLOBS.iter().any(|glob| glob.fits(name))
}

/// Whether a file only keeps an empty folder there: with nothing else in it, the folder is as good as empty.
pub fn keeps_a_folder(name: &str) -> bool {
    matches!(name, ".keep" | ".gitkeep" | ".gitignore") || is_left_behind(name)
}

/// What a site leaves out, of all its folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignored {
    /// Each with whether it counts from the folder of `site.yaml`; the others are names anywhere.
    patterns: Vec<(Glob, bool)>,
}

impl Ignored {
    /// What the text of a declaration leaves out, as far as it can be read.
    pub fn of(declaration: Option<&str>) -> Self {
        let root = declaration.filter(|text| text.contains("ignore")).map(|text| yaml::parse_readable(text).0);
        let patterns = match root.as_ref().and_then(|root| root.get("ignore")) {
            Some(Yaml::List(patterns)) => patterns
                .iter()
                .filter_map(|pattern| match pattern {
                    Yaml::Text(text) => pattern_of(text).ok(),
                    Yaml::Integer(number) => pattern_of(&number.to_string()).ok(),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        Self { patterns }
    }

    /// Leaves out what one more pattern names.
    pub fn add(&mut self, pattern: (Glob, bool)) {
        self.patterns.push(pattern);
    }

    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Whether a path of the project, or a folder above it, is left out.
    pub fn contains(&self, path: &str) -> bool {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        !self.patterns.is_empty() && ends.map(|end| &path[..end]).any(|path| self.is_named(path))
    }

    fn is_named(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.patterns.iter().any(|(glob, is_path)| glob.fits(if *is_path { path } else { name }))
    }
}

/// Reads a pattern: with a `/` in it, it counts from the folder of `site.yaml`; else it is the name of a file or folder
/// anywhere. A `/` at its end says no more than that a folder is meant.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn pattern_of(text: &str) -> Result<(Glob, bool), String> {
    let plain = text.trim_end_matches('/').trim_start_matches("./");
    let wrong = |why: &str| Err(format!("`{text}` cannot be ignored: {why}"));
    if plain.is_empty() || matches!(plain, "." | "*" | "**" | "**/*") {
        return wrong("nothing would be left");
    }
    if plain.starts_with('!') {
        return wrong("a pattern takes nothing back; a file of such a name is written with a `/` before it");
    }
    if plain.contains('\\') || plain.split('/').any(|part| part == "..") {
        return wrong("it counts from the folder of site.yaml, with `/` between folders");
    }
    Ok((Glob::parse(plain.trim_start_matches('/'))?, plain.contains('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_behind_is_nobodys_work() {
        for name in [
            ".#note.md",
            "#note.md#",
            "note.md~",
            ".note.md.swp",
            "b.swo",
            "b.swn",
            "4913",
            "note.md___jb_tmp___",
            ".~lock.note.md#",
            "~$report.docx",
            "~note.md",
            "nohup.out",
            ".DS_Store",
            "._photo.png",
            "Thumbs.db",
            "thumbs.db",
            "desktop.ini",
            "Desktop.ini",
            "note.md.save.1",
            ".netrwhist",
            ".trash",
            "lost+found",
            ".git",
            ".gitignore",
            ".nfs0000a1",
            "note.md.orig",
            "note.md.tmp",
            ".note.md.kate-swp",
            "note.sync-conflict-20240101-120000-ABCDEFG.md",
            "note (my machine's conflicted copy 2024-01-01).md",
            "note (conflicted copy 2024-01-01 120000).md",
            ".dropbox.attr",
            "Icon\r",
        ] {
            assert!(is_left_behind(name), "{name}");
        }
        for name in [
            "note.md",
            "#ideas.md",
            ".well-known",
            ".nojekyll",
            ".htaccess",
            "CNAME",
            "_headers",
            "4913.md",
            "how we settle conflicts.md",
            "original.md",
            "note.md.bak",
            "icon",
            "a.swf",
            "~.md",
            "~anna",
        ] {
            assert!(!is_left_behind(name), "{name}");
        }
    }

    #[test]
    fn a_name_is_left_out_anywhere_and_a_path_where_it_says() {
        let ignored = Ignored::of(Some("ignore: ['*.bak', private/, content/notes/2019, 'static/**/*.psd', /top]"));
        for path in [
            "content/a.bak",
            "templates/b.bak",
            "content/x/private/a.md",
            "private",
            "content/notes/2019/a.md",
            "static/a.psd",
            "static/img/deep/a.psd",
            "top/a.md",
        ] {
            assert!(ignored.contains(path), "{path}");
        }
        let signs = Ignored::of(Some("ignore: ['/!!!.md']"));
        assert!(signs.contains("!!!.md") && !signs.contains("a.md"), "`!` is a letter of the name");
        for path in
            ["content/a.md", "content/private.md", "content/notes/2020/a.md", "content/a.psd", "content/top/a.md"]
        {
            assert!(!ignored.contains(path), "{path}");
        }
        assert_eq!(Ignored::of(Some("ignore: [")), Ignored::default());
    }

    #[test]
    fn a_pattern_that_leaves_nothing_or_leads_out_is_wrong() {
        for wrong in ["", "*", "**", "./", "../x", "a/../b", "!a", "a\\b", "a["] {
            assert!(pattern_of(wrong).is_err(), "{wrong}");
        }
    }
}
