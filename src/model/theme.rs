//! What a site says to the built-in theme: logo, colour, menu, footer and the like.

use crate::yaml::Path;

/// The keys of `theme:`, in the order in which they are documented.
pub const KEYS: [&str; 11] = [
    "logo",
    "favicon",
    "accent",
    "fonts",
    "menu",
    "footer",
    "social",
    "announcement",
    "edit_url",
    "contact",
    "licence",
];

/// What a site says to the built-in theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// A picture of `static/` before the name of the site.
    pub logo: Option<NamedFile>,
    /// Whether the picture says the name.
    pub logo_alone: bool,
    /// The icon of the site, a file of `static/`.
    pub favicon: Option<NamedFile>,
    /// The colour of links, as red, green and blue.
    pub accent: Option<[u8; 3]>,
    /// Fonts by their part in the style sheet: `sans`, `title`, `mono`.
    pub fonts: Vec<(&'static str, String)>,
    /// The menu; none where it has not been declared.
    pub menu: Option<Vec<MenuItem>>,
    /// The links of the footer; none where they have not been declared.
    pub footer: Option<Vec<MenuItem>>,
    /// Places elsewhere where the site is.
    pub social: Vec<MenuItem>,
    /// A line above every page.
    pub announcement: Option<MenuItem>,
    /// Where the file of a page can be changed, with `{path}` in it.
    pub edit_url: Option<String>,
    /// Where the site can be written to.
    pub contact: Option<MenuItem>,
    /// Under which licence the site stands.
    pub licence: Option<MenuItem>,
}

impl Theme {
    /// Everything that leads somewhere.
    pub fn links(&self) -> impl Iterator<Item = &MenuItem> {
        let lists = [self.menu.as_deref(), self.footer.as_deref(), Some(&self.social)].into_iter().flatten().flatten();
        lists.chain([&self.announcement, &self.contact, &self.licence].into_iter().flatten())
    }
}

/// A file and the place that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// The file, below `static/`.
    pub file: String,
    /// The place in `site.yaml`.
    pub path: Path,
}

/// Words that lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// The words; none where they are those of what it leads to.
    pub title: Option<String>,
    /// A kind, an entry (`guides/start`), an address of the site or elsewhere; none where it leads nowhere.
    pub to: Option<String>,
    /// The place in `site.yaml`.
    pub path: Path,
}
