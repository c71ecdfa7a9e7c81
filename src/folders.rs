//! Where the content of a site lies: in `content/`, and in the folders that its kinds name.

mod statics;

pub use statics::StaticFolder;

use crate::yaml::{self, Yaml};

/// Where content lies that no kind has a folder of its own for.
pub const CONTENT: &str = "content";
/// Folders at the top of a project that never hold content, even where a kind takes the whole project for its folder.
const NEVER: [&str; 4] = ["templates", "static", OUTPUT, "node_modules"];
/// Where the site is written unless the declaration or the command line says otherwise.
pub const OUTPUT: &str = "public";
/// What a file of Markdown may end in, in small letters or others: what code hosts take for Markdown, and texts of Quarto and R.
pub const MARKDOWN: [&str; 11] =
    ["md", "markdown", "mdx", "mdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext", "qmd", "rmd"];

/// The folders of a project in which content lies. The project itself has an empty name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// None of them inside another, sorted.
    outer: Vec<String>,
    /// Those that kinds name.
    named: Vec<String>,
    /// The table among the content that `retractions` names.
    table: Option<String>,
    /// Files and folders of which texts may show parts.
    shown: Vec<String>,
    /// Those with files that go into the site as they are.
    statics: Vec<StaticFolder>,
    /// Where the site is written.
    output: String,
}

/// The path of a table below `content/`, by the name that a declaration gives it; none where it is no such name.
pub fn table_path(name: &str) -> Option<String> {
    let inside = name.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
    (inside && name.ends_with(".csv")).then(|| format!("{CONTENT}/{name}"))
}

impl Default for Folders {
    fn default() -> Self {
        Self::containing(Vec::new())
    }
}

impl Folders {
    /// The folders that the text of a declaration names, as far as it can be read.
    pub fn of(declaration: Option<&str>) -> Self {
        let says = |text: &&str| {
            ["folder", "retractions", "includes", "static", "output"].iter().any(|key| text.contains(key))
        };
        let root = declaration.filter(says).map(|text| yaml::parse_readable(text).0);
        let table = root.as_ref().and_then(|root| root.get("retractions")?.get("file")?.as_text().and_then(table_path));
        let shown = match root.as_ref().and_then(|root| root.get("markdown")?.get("includes")) {
            Some(Yaml::List(items)) => items.iter().filter_map(|item| folder(item.as_text()?).ok()).collect(),
            Some(Yaml::Text(text)) => folder(text).ok().into_iter().collect(),
            _ => Vec::new(),
        };
        let shown: Vec<String> = shown.into_iter().filter(|path: &String| !path.is_empty()).collect();
        let statics = statics::statics(root.as_ref().and_then(|root| root.get("static")));
        let output = root.as_ref().and_then(|root| output(root.get("output")?.as_text()?).ok());
        let output = output.unwrap_or_else(|| OUTPUT.into());
        let Some(Yaml::Map(kinds)) = root.as_ref().and_then(|root| root.get("kinds")) else {
            return Self { table, shown, statics, output, ..Self::default() };
        };
        let named = kinds.iter().filter_map(|(_, kind)| match kind.get("folder") {
            Some(Yaml::Text(text)) => folder(text).ok(),
            _ => None,
        });
        Self { table, shown, statics, output, ..Self::containing(named.collect()) }
    }

    fn containing(named: Vec<String>) -> Self {
        let mut all = named.clone();
        all.push(CONTENT.into());
        all.sort();
        all.dedup();
        let outer = all.iter().filter(|inner| !all.iter().any(|outer| outer != *inner && is_below(inner, outer)));
        let outer = outer.cloned().collect();
        Self { outer, named, table: None, shown: Vec::new(), statics: statics::statics(None), output: OUTPUT.into() }
    }

    /// Their names, without those that lie inside another.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.outer.iter().map(String::as_str)
    }

    /// Those that kinds name: a link of this name may lead out of the project.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.named.iter().map(String::as_str)
    }

    /// The files and folders of which texts may show parts.
    pub fn shown(&self) -> impl Iterator<Item = &str> {
        self.shown.iter().map(String::as_str)
    }

    /// The files and folders that go into the site as they are.
    pub fn statics(&self) -> &[StaticFolder] {
        &self.statics
    }

    /// The address of a file in a folder of files that go into the site as they are; none for all others.
    pub fn static_url(&self, path: &str) -> Option<String> {
        self.static_folder(path)?.url_of(path)
    }

    /// The innermost static folder in which a path lies.
    pub fn static_folder(&self, path: &str) -> Option<&StaticFolder> {
        self.statics.iter().filter(|folder| is_below(path, &folder.path)).max_by_key(|folder| folder.path.len())
    }

    /// Whether content lies in a static folder: then its texts become pages, and what lies beside them goes into the site as it is.
    pub fn hold_content(&self, fixed: &StaticFolder) -> bool {
        self.in_static(fixed).next().is_some()
    }

    /// Whether a path in a static folder is that of content, or of a folder with content in it.
    pub fn have_content_at(&self, fixed: &StaticFolder, path: &str) -> bool {
        self.in_static(fixed).any(|folder| is_below(path, folder) || is_below(folder, path))
    }

    /// The folders of content that lie in a static folder.
    fn in_static<'f>(&'f self, fixed: &'f StaticFolder) -> impl Iterator<Item = &'f str> {
        self.named().chain([CONTENT]).filter(|folder| is_below(folder, &fixed.path))
    }

    /// Where the site is written.
    pub fn output(&self) -> &str {
        &self.output
    }

    /// Whether texts may show parts of a file.
    pub fn may_show(&self, path: &str) -> bool {
        self.shown().any(|shown| is_below(path, shown))
    }

    /// Whether a file of this path may hold entries as data: one in `content/`, where no kind has its articles.
    pub fn may_hold_data(&self, path: &str) -> bool {
        let Some(rest) = path.strip_prefix("content/") else { return false };
        path.ends_with(".yaml") && (!rest.contains('/') || !self.named().any(|folder| is_below(path, folder)))
    }

    /// Whether a file is the table of retracted works.
    pub fn is_table(&self, path: &str) -> bool {
        self.table.as_deref() == Some(path)
    }

    /// Whether a file or folder of the project lies among the content.
    pub fn contain(&self, path: &str) -> bool {
        let is_fixed = || self.static_folder(path).is_some_and(|fixed| !self.have_content_at(fixed, path));
        let is_other = || is_fixed() || is_below(path, &self.output);
        self.names().any(|folder| is_below(path, folder)) && !is_never(path) && !is_other()
    }
}

/// Whether a path of the project begins with a folder that holds no content, or is the declaration.
pub fn is_never(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    NEVER.contains(&first) || path == "site.yaml"
}

/// Whether a path is a folder, or lies in it.
pub fn is_below(path: &str, folder: &str) -> bool {
    path_in(path, folder).is_some()
}

/// A path from a folder on, where it lies in that; empty where it is the folder.
pub fn path_in<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(folder)?;
    let is_in = folder.is_empty() || rest.is_empty() || rest.starts_with('/');
    is_in.then(|| rest.trim_start_matches('/'))
}

/// Reads the name of a folder of the project as people write it: `./Notes/` is `Notes`, `.` is the project itself.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn folder(text: &str) -> Result<String, String> {
    let wrong = |why: &str| Err(format!("`{text}` is no folder of the project: {why}"));
    if text.starts_with('/') || text.contains('\\') {
        return wrong("it counts from the folder of site.yaml, with `/` between folders");
    }
    let parts: Vec<&str> = text.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if parts.contains(&"..") {
        return wrong("it leaves the project; make a link to it inside the project, and name the link");
    }
    if parts.first().is_some_and(|first| NEVER.contains(first)) {
        return wrong("this folder never holds content");
    }
    if parts.iter().any(|part| part.starts_with('.')) {
        return wrong("folders that begin with a dot are never read");
    }
    if text.trim().is_empty() {
        return wrong("`.` stands for the folder of site.yaml itself");
    }
    Ok(parts.join("/"))
}

/// Reads the name of the folder into which the site is written.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn output(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let inside = !text.starts_with('/') && !text.contains('\\') && !parts.is_empty() && !parts.contains(&"..");
    if !inside || parts.iter().any(|part| part.starts_with('.')) {
        return Err(format!("`{text}` is no folder of the project that a site can be written into"));
    }
    Ok(parts.join("/"))
}

/// The path of a Markdown file without the end of its name; `None` for other files.
pub fn without_extension(path: &str) -> Option<&str> {
    let (stem, extension) = path.rsplit_once('.')?;
    MARKDOWN.iter().any(|known| known.eq_ignore_ascii_case(extension)).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders_are_read_as_people_write_them() {
        for (typed, name) in
            [(".", ""), ("./", ""), ("Notes/", "Notes"), ("./a b//c", "a b/c"), ("docs/content", "docs/content")]
        {
            assert_eq!(folder(typed).as_deref(), Ok(name), "{typed}");
        }
        for wrong in ["", "/notes", "../notes", "a/../b", "a\\b", "templates", "public/x", ".git"] {
            assert!(folder(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_folder_may_hold_content_and_static_files() {
        let site =
            "static: {docs: /, docs/public: /x/, img: /img/}\nkinds: {a: {folder: docs}, b: {folder: img/notes}}\n";
        let folders = Folders::of(Some(site));
        assert!(folders.contain("docs/a.md") && !folders.contain("docs/public/a.md"));
        assert!(folders.contain("img/notes/a.md") && !folders.contain("img/a.md"));
        assert_eq!(folders.static_url("docs/public/a.png").as_deref(), Some("/x/a.png"));
        assert_eq!(folders.static_url("docs/a.png").as_deref(), Some("/a.png"));
        let held: Vec<bool> = folders.statics().iter().map(|fixed| folders.hold_content(fixed)).collect();
        assert_eq!(held, [true, false, true]);
    }

    #[test]
    fn a_folder_inside_another_is_read_once() {
        let site = "kinds:\n  a: {folder: Notes}\n  b: {folder: Notes/People}\n  c: {folder: content/x}\n";
        let folders = Folders::of(Some(site));
        assert_eq!(folders.names().collect::<Vec<_>>(), ["Notes", "content"]);
        assert!(folders.contain("Notes/a.md") && !folders.contain("Notes-old/a.md"));
        let whole = Folders::of(Some("kinds: {a: {folder: .}}"));
        assert_eq!(whole.names().collect::<Vec<_>>(), [""]);
        assert!(whole.contain("a.md") && !whole.contain("static/a.md") && !whole.contain("site.yaml"));
    }
}
