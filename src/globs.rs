//! Patterns for paths of the project: `blog/**`, `**/*.mdx`. The only file that names `globset`.

use globset::{GlobBuilder, GlobMatcher};

/// A pattern for paths: `*` stands for anything in one name, `**` for any folders.
#[derive(Clone, Debug)]
pub struct Glob(GlobMatcher);

impl Glob {
    /// Reads a pattern. One that ends in a slash is all of that folder.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let folder = text.trim_start_matches("./");
        let pattern = if folder.ends_with('/') { format!("{folder}**") } else { folder.to_string() };
        match GlobBuilder::new(&pattern).literal_separator(true).build() {
            Ok(glob) if !folder.is_empty() => Ok(Self(glob.compile_matcher())),
            Ok(_) => Err("an empty pattern fits no file".into()),
            Err(error) => Err(format!("`{text}` is no pattern for paths: {}", error.kind())),
        }
    }

    /// Whether a path of the project, or a name, fits.
    pub fn fits(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}

impl PartialEq for Glob {
    fn eq(&self, other: &Self) -> bool {
        self.0.glob() == other.0.glob()
    }
}

impl Eq for Glob {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_files_and_whole_folders() {
        let fits = |pattern: &str, path| Glob::parse(pattern).is_ok_and(|glob| glob.fits(path));
        assert!(fits("blog/**", "blog/2013/a.md") && fits("blog/", "blog/2013/a.md") && fits("**/*.mdx", "a.mdx"));
        assert!(fits("./notes/*.md", "notes/a.md") && !fits("notes/*.md", "notes/deep/a.md"));
        assert!(Glob::parse("a[").is_err() && Glob::parse("").is_err());
    }
}
