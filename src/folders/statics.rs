//! Which folders hold files that go into the site as they are, and at which address: `static/`, unless `static:` names others.

use super::is_below;
use crate::yaml::Yaml;

/// Folders with static files of other tools in one that begins with a dot.
const OF_TOOLS: [&str; 2] = [".vuepress/public", ".vitepress/public"];

/// A file or folder of the project, and where what it holds is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticFolder {
    /// Its path, without a slash at its end.
    pub path: String,
    /// The address, with a slash at its beginning.
    url: String,
}

impl StaticFolder {
    /// Reads one line of `static:`.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(path: &str, url: &str) -> Result<Self, String> {
        let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let wrong = |why: &str| Err(format!("`{path}` holds no static files: {why}"));
        if path.starts_with('/') || path.contains('\\') || parts.contains(&"..") {
            return wrong("it counts from the folder of site.yaml, with `/` between folders, and lies in it");
        }
        if parts.is_empty() {
            return wrong("the project as a whole is not published");
        }
        let path_of_tool = parts.join("/");
        let of_tool = OF_TOOLS.iter().find_map(|own| path_of_tool.strip_suffix(own));
        let named = of_tool.filter(|above| above.is_empty() || above.ends_with('/')).unwrap_or(&path_of_tool);
        if named.split('/').any(|part| part.starts_with('.')) {
            return wrong("folders that begin with a dot are never read");
        }
        if !url.starts_with('/') || url.split('/').any(|part| matches!(part, "." | "..")) {
            return Err(format!("`{url}` is no address of the site: it begins with a slash"));
        }
        Ok(Self { path: parts.join("/"), url: url.to_string() })
    }

    /// The address of one of its files; none for files elsewhere.
    pub fn url_of(&self, path: &str) -> Option<String> {
        let inside = Some(path).filter(|path| is_below(path, &self.path))?[self.path.len()..].trim_start_matches('/');
        let url = self.url.trim_end_matches('/');
        Some(if inside.is_empty() { url.to_string() } else { format!("{url}/{inside}") })
    }

    /// Where the file of an address would lie; none for addresses elsewhere.
    pub fn path_of(&self, url: &str) -> Option<String> {
        let inside = url.strip_prefix(self.url.trim_end_matches('/'))?.strip_prefix('/')?;
        Some(format!("{}/{inside}", self.path))
    }
}

/// The folders that a declaration names, as far as it can be read.
pub(super) fn statics(declared: Option<&Yaml>) -> Vec<StaticFolder> {
    let Some(Yaml::Map(entries)) = declared else {
        return vec![StaticFolder { path: "static".into(), url: "/".into() }];
    };
    entries.iter().filter_map(|(path, url)| StaticFolder::parse(path, url.as_text()?).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_the_address_of_their_folder() {
        let url = |folder: &str, at: &str, path: &str| StaticFolder::parse(folder, at).unwrap().url_of(path);
        assert_eq!(url("./docs/public/", "/", "docs/public/a/b.png").as_deref(), Some("/a/b.png"));
        assert_eq!(url("img", "/pictures", "img/a.png").as_deref(), Some("/pictures/a.png"));
        assert_eq!(url("docs/.vuepress/public", "/", "docs/.vuepress/public/a.png").as_deref(), Some("/a.png"));
        assert_eq!(url("robots.txt", "/robots.txt", "robots.txt").as_deref(), Some("/robots.txt"));
        assert_eq!(url("img", "/", "img-2/a.png"), None);
        let path = |at: &str, url: &str| StaticFolder::parse("img", at).unwrap().path_of(url);
        assert_eq!(path("/", "/a.png").as_deref(), Some("img/a.png"));
        assert_eq!(path("/pictures/", "/pictures/a.png").as_deref(), Some("img/a.png"));
        assert_eq!(path("/pictures/", "/a.png"), None);
        for (folder, at) in [
            (".", "/"),
            ("../a", "/"),
            ("/a", "/"),
            (".git", "/"),
            (".git/.vuepress/public", "/"),
            (".vuepress", "/"),
            ("a", "b"),
            ("a", "/../b"),
        ] {
            assert!(StaticFolder::parse(folder, at).is_err(), "{folder} {at}");
        }
    }
}
