//! Every problem that Limber can report, by name.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal $severity:ident),* $(,)?) => {
        /// Which problem it is. Codes read subject-problem and never change their meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Code {
            /// Every code, in the order of the declaration.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The code as people write it.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How bad it is unless the site says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    // Files
    /// A file that is not valid UTF-8.
    FileNotUtf8 "file-not-utf8" Error,
    /// A file with a NUL byte: not text.
    FileNul "file-nul" Error,
    /// A file over the limit of its sort.
    FileTooLarge "file-too-large" Error,
    /// A file that cannot be read.
    FileUnreadable "file-unreadable" Error,
    /// A pipe, socket or device among the content: skipped, never read.
    FileSpecial "file-special" Warning,
    /// A symbolic link that leaves the project or runs in a circle.
    FileLinkRefused "file-link-refused" Error,
    /// A folder of content that belongs to no kind.
    FolderUnknown "folder-unknown" Error,
    /// A file in the content that is neither Markdown nor an image.
    FileUnused "file-unused" Warning,
    // site.yaml
    /// The project has no `site.yaml`.
    SiteMissing "site-missing" Error,
    /// Something in `site.yaml` that does not fit.
    SiteInvalid "site-invalid" Error,
    /// A key that `site.yaml` does not know.
    SiteUnknownKey "site-unknown-key" Error,
    /// A kind, field or relation that is not declared.
    SiteUnknownName "site-unknown-name" Error,
    // YAML
    /// YAML that cannot be read.
    YamlInvalid "yaml-invalid" Error,
    /// The same key twice.
    YamlDuplicateKey "yaml-duplicate-key" Error,
    // Front matter
    /// A page without front matter.
    FrontMatterMissing "front-matter-missing" Error,
    /// Front matter that is never closed.
    FrontMatterOpen "front-matter-open" Error,
    /// A key that the kind does not know.
    FieldUnknown "field-unknown" Error,
    /// A required field that is missing or empty.
    FieldMissing "field-missing" Error,
    /// A value of the wrong type.
    FieldWrongType "field-wrong-type" Error,
    /// A value outside the field's limits.
    FieldLimit "field-limit" Error,
    /// A choice that is not among the allowed ones.
    FieldUnknownChoice "field-unknown-choice" Error,
    // Identity
    /// Two entries of a kind with one slug.
    SlugDuplicate "slug-duplicate" Error,
    /// A file name of which no slug can be made.
    SlugEmpty "slug-empty" Error,
    /// Two pages with one URL.
    UrlDuplicate "url-duplicate" Error,
    /// A URL that leaves the site or is no URL.
    UrlInvalid "url-invalid" Error,
    /// A redirect from an address that a page has.
    RedirectTaken "redirect-taken" Error,
    // Relations
    /// A relation to an entry that does not exist.
    RelationUnknownTarget "relation-unknown-target" Error,
    /// A relation to a slug that several kinds have.
    RelationAmbiguous "relation-ambiguous" Error,
    /// The same target twice in one list.
    RelationDuplicate "relation-duplicate" Error,
    /// An entry related to itself.
    RelationToItself "relation-to-itself" Error,
    /// One edge written on both sides with different data.
    RelationDataDiffers "relation-data-differs" Error,
    /// Too few or too many related entries.
    RelationCount "relation-count" Error,
    /// Recommended in one place and to be avoided in another.
    RelationConflict "relation-conflict" Error,
    /// A rule of the site that is broken.
    RuleBroken "rule-broken" Error,
    // Markdown
    /// A link to nothing.
    LinkBroken "link-broken" Error,
    /// A link to a heading that is not there.
    LinkBrokenHeading "link-broken-heading" Error,
    /// A wikilink that several entries answer to.
    LinkAmbiguous "link-ambiguous" Error,
    /// A link with a scheme that a page may not use.
    LinkUnsafe "link-unsafe" Error,
    /// A citation of a work that is not in the bibliography.
    CitationUnknown "citation-unknown" Error,
    /// A footnote that is not defined.
    FootnoteUnknown "footnote-unknown" Warning,
    /// Raw HTML in Markdown where the site does not allow it.
    HtmlRaw "html-raw" Warning,
    /// An image file that does not exist.
    ImageMissing "image-missing" Error,
    /// A heading id given twice on one page.
    HeadingIdDuplicate "heading-id-duplicate" Error,
    /// Markdown nested deeper than a page can be.
    MarkdownTooDeep "markdown-too-deep" Error,
    // Data blocks
    /// A data block whose content does not fit.
    BlockInvalid "block-invalid" Error,
    /// A data block for entries of a kind that does not exist.
    BlockUnknownKind "block-unknown-kind" Error,
    /// An entry whose anchor no page shows.
    AnchorMissing "anchor-missing" Error,
    // Bibliography
    /// A bibliography that cannot be read.
    BibliographyInvalid "bibliography-invalid" Error,
    // Search
    /// The search index could not be made.
    SearchFailed "search-failed" Error,
    // Templates
    /// A template that cannot be read.
    TemplateInvalid "template-invalid" Error,
    /// A template that is not there.
    TemplateMissing "template-missing" Error,
    /// A template that failed while a page was rendered.
    TemplateFailed "template-failed" Error,
}

impl Code {
    /// The code with this name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}
