//! By which signs texts hold what is for authors alone.

use crate::model::schema::MarkdownOptions;

/// The signs that begin what is for authors alone, besides comments of HTML.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuthorSigns {
    /// Remarks, `%%...%%`.
    pub remarks: bool,
    /// Comments of templates.
    pub template_tags: bool,
    /// Comments of MDX, `{/* ... */}`.
    pub mdx: bool,
}

impl AuthorSigns {
    /// Remarks alone.
    pub const REMARKS: Self = Self { remarks: true, template_tags: false, mdx: false };

    /// The signs in a file of a site.
    pub fn of(markdown: &MarkdownOptions, path: &str) -> Self {
        Self { mdx: markdown.is_mdx(path), ..Self::of_site(markdown) }
    }

    /// The signs in all files of a site, once comments of MDX have given way to others.
    pub fn of_site(markdown: &MarkdownOptions) -> Self {
        let MarkdownOptions { remarks, template_tags, .. } = *markdown;
        Self { remarks, template_tags, mdx: false }
    }
}
