//! The sites that `limber init` begins with: the files of `starters/`, embedded in the program.

/// The files of a new site: where each goes, and what is in it.
pub(super) type StarterFiles = &'static [(&'static str, &'static [u8])];

/// All sites by name; the first is the one that is made where none is asked for.
pub(super) const STARTERS: &[(&str, StarterFiles)] =
    &[("recipes", RECIPES), ("docs", DOCS), ("blog", BLOG), ("blank", BLANK)];

macro_rules! files {
    ($folder:literal: $($file:literal),* $(,)?) => {
        &[$(($file, include_bytes!(concat!("../../../starters/", $folder, "/", $file)))),*]
    };
}

const RECIPES: StarterFiles = files!("recipes":
    "content/index.md",
    "content/ingredients.yaml",
    "content/pages/glossary.md",
    "content/pages/how-this-site-works.md",
    "content/recipes/bread-salad.md",
    "content/recipes/garlic-bread.md",
    "content/recipes/tomato-soup.md",
    "content/recipes/tomato-soup.svg",
    "content/sources.yaml",
    "content/terms.yaml",
    "site.yaml",
    "templates/blocks/terms.html",
);

const DOCS: StarterFiles = files!("docs":
    "content/guides/configure.md",
    "content/guides/install.md",
    "content/guides/troubleshoot.md",
    "content/guides/watcher.svg",
    "content/index.md",
    "content/pages/glossary.md",
    "content/settings.yaml",
    "content/sources.yaml",
    "content/terms.yaml",
    "site.yaml",
    "templates/blocks/terms.html",
);

const BLOG: StarterFiles = files!("blog":
    "content/authors/ada.md",
    "content/authors/ben.md",
    "content/pages/about.md",
    "content/posts/a-longer-way-home.md",
    "content/posts/first-frost.md",
    "content/posts/frost.svg",
    "content/posts/seeds-on-a-sleeve.md",
    "site.yaml",
);

const BLANK: StarterFiles = files!("blank":
    "content/index.md",
    "site.yaml",
);
