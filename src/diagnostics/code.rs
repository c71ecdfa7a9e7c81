//! Every problem that Limber can report, by name.

use serde::{Deserialize, Serialize};

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal $severity:ident),* $(,)?) => {
        /// Which problem it is. Codes read subject-problem and never change their meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

            /// What it means, in one sentence.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc),*).trim_ascii(),)* }
            }

            /// What it means, why it matters, an example and the way out: the text of `tests/diagnostics/<code>.md`,
            /// which a test holds true.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Code::$variant => {
                        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics/", $name, ".md"))
                    })*
                }
            }

            /// How bad it is unless the site says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    // The program
    /// A mistake of the program itself.
    LimberBug "limber-bug" Error,
    // Files
    /// A file that is not valid UTF-8.
    FileNotUtf8 "file-not-utf8" Error,
    /// A file with a NUL byte: not text.
    FileNul "file-nul" Error,
    /// A file over the limit of its sort.
    FileTooLarge "file-too-large" Error,
    /// A file that cannot be read.
    FileUnreadable "file-unreadable" Error,
    /// A file of passwords or with a private key: it is not published.
    FileSecret "file-secret" Warning,
    /// A pipe, socket or device among the content: skipped, never read.
    FileSpecial "file-special" Warning,
    /// A symbolic link that leaves the project or runs in a circle.
    FileLinkRefused "file-link-refused" Error,
    /// A folder of content that belongs to no kind.
    FolderUnknown "folder-unknown" Error,
    /// A file in the content that is neither Markdown nor an image.
    FileUnused "file-unused" Warning,
    /// An address in a style sheet of the site that leads to no file.
    StyleLinkBroken "style-link-broken" Error,
    /// A rule in `_headers` by which hosts keep files for ever whose names do not change with them.
    HeadersImmutable "headers-immutable" Warning,
    // site.yaml
    /// The project has no `site.yaml`.
    SiteMissing "site-missing" Error,
    /// Something in `site.yaml` that does not fit.
    SiteInvalid "site-invalid" Error,
    /// A key that `site.yaml` does not know.
    SiteUnknownKey "site-unknown-key" Error,
    /// A kind, field or relation that is not declared.
    SiteUnknownName "site-unknown-name" Error,
    /// Words of the theme that the language of the site lacks.
    TextMissing "text-missing" Warning,
    /// An accent colour that the theme draws darker or lighter, so that it can be read.
    AccentAdjusted "accent-adjusted" Warning,
    /// A declared field that no template shows.
    FieldUnseen "field-unseen" Warning,
    /// A site that says where it is published, and not at which address.
    BaseUrlMissing "base-url-missing" Warning,
    /// A version of the program that the site does not want.
    VersionUnfit "version-unfit" Error,
    // YAML
    /// YAML that cannot be read.
    YamlInvalid "yaml-invalid" Error,
    /// The same key twice.
    YamlDuplicateKey "yaml-duplicate-key" Error,
    /// A value that YAML reads otherwise than it looks.
    ValueDoubtful "value-doubtful" Warning,
    // Front matter
    /// A page without front matter.
    FrontMatterMissing "front-matter-missing" Error,
    /// Front matter that is never closed.
    FrontMatterOpen "front-matter-open" Error,
    /// A key that the kind does not know.
    FieldUnknown "field-unknown" Error,
    /// A required field that is missing or empty.
    FieldMissing "field-missing" Error,
    /// A field that has no place beside the others.
    FieldOutOfPlace "field-out-of-place" Error,
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
    /// Two values of a list, such as tags, that make one address.
    TagAddressShared "tag-address-shared" Warning,
    /// A URL that leaves the site or is no URL.
    UrlInvalid "url-invalid" Error,
    /// A redirect from an address that a page has.
    RedirectTaken "redirect-taken" Error,
    /// A rule of `_redirects` that leads nowhere, in a circle, over another one, or from the address of a page.
    RedirectBroken "redirect-broken" Error,
    /// An address that is said to be gone for good, and that a page has.
    GoneTaken "gone-taken" Error,
    // What was published
    /// A line of `urls.txt` that lists no address.
    LedgerInvalid "ledger-invalid" Error,
    /// An address that was published and leads nowhere any more.
    UrlVanished "url-vanished" Error,
    /// A heading id that was published and is on its page no more.
    HeadingIdVanished "heading-id-vanished" Error,
    /// A site that lives below another path than when it was published.
    BasePathChanged "base-path-changed" Error,
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
    /// Two entries related in one way that must not be related in another.
    RelationConflict "relation-conflict" Error,
    /// Two related entries whose ranges have nothing in common.
    RelationMisfit "relation-misfit" Error,
    /// A rule of the site that is broken.
    RuleBroken "rule-broken" Error,
    // Markdown
    /// A link to nothing.
    LinkBroken "link-broken" Error,
    /// A link in the form of another tool, which is led to the page that it means.
    LinkForm "link-form" Warning,
    /// A link to a draft, or to what else is held back.
    LinkHeldBack "link-held-back" Warning,
    /// A link to a heading that is not there.
    LinkBrokenHeading "link-broken-heading" Error,
    /// A wikilink that several entries answer to.
    LinkAmbiguous "link-ambiguous" Error,
    /// A link with a scheme that a page may not use.
    LinkUnsafe "link-unsafe" Error,
    /// A link that a template or a file puts into a page, and that leads nowhere.
    PageLinkBroken "page-link-broken" Error,
    /// A citation of a work that is not in the bibliography.
    CitationUnknown "citation-unknown" Error,
    /// A footnote that is not defined.
    FootnoteUnknown "footnote-unknown" Warning,
    /// Raw HTML in Markdown where the site does not allow it.
    HtmlRaw "html-raw" Warning,
    /// Raw HTML that the security policy of the pages keeps from working.
    HtmlBlocked "html-blocked" Warning,
    /// An element of raw HTML that is never closed, or an end of one that nobody began.
    HtmlUnclosed "html-unclosed" Warning,
    /// An id in raw HTML that something else on the page has.
    HtmlIdDuplicate "html-id-duplicate" Warning,
    /// An image file that does not exist.
    ImageMissing "image-missing" Error,
    /// A heading id given twice on one page.
    HeadingIdDuplicate "heading-id-duplicate" Error,
    /// Signs of Markdown that mean nothing where they stand, and that the page shows.
    MarkdownUnread "markdown-unread" Warning,
    /// A comment or remark for authors that is never closed.
    CommentOpen "comment-open" Error,
    /// A fenced piece of code that is never closed.
    FenceOpen "fence-open" Warning,
    /// Words of a text that are on no page.
    TextLost "text-lost" Warning,
    /// An entry that cannot be shown inside the text of another one.
    EmbedRefused "embed-refused" Warning,
    /// A file, or a part of one, that a text shows and that is not there.
    IncludeMissing "include-missing" Error,
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
    /// A file of retracted works that cannot be read, or that is not there.
    RetractionsInvalid "retractions-invalid" Error,
    /// A retracted work that a page cites.
    SourceRetracted "source-retracted" Warning,
    /// A retracted work under a claim that carries a grade.
    SourceRetractedGraded "source-retracted-graded" Error,
    /// A work under a graded claim about which its journal has published a concern.
    SourceConcern "source-concern" Warning,
    // Records of works
    /// A record of a work that is not whole, or of no work.
    RecordInvalid "record-invalid" Error,
    /// A work that is cited and has no record.
    RecordMissing "record-missing" Warning,
    /// A number beside a citation that no record of the works holds.
    FigureUnknown "figure-unknown" Warning,
    /// An exception in `site.yaml` that nothing needs.
    ExceptionUnused "exception-unused" Warning,
    // Templates
    /// A template that cannot be read.
    TemplateInvalid "template-invalid" Error,
    /// A template that is not there.
    TemplateMissing "template-missing" Error,
    /// A template that nothing is drawn with.
    TemplateUnused "template-unused" Warning,
    /// A template that failed while a page was rendered.
    TemplateFailed "template-failed" Error,
    // Texts
    /// A phrase that a rule of the site forbids.
    PhraseForbidden "phrase-forbidden" Error,
    /// A sentence with more words than a rule of the site allows.
    SentenceTooLong "sentence-too-long" Error,
    /// A character that a rule of the site does not allow.
    CharacterNotAllowed "character-not-allowed" Error,
    /// A small number in digits where a rule of the site asks for words, or a sentence that begins with a digit.
    NumberInDigits "number-in-digits" Error,
    /// A link whose text says nothing about where it leads.
    LinkTextVague "link-text-vague" Warning,
    /// A heading of the first level in a text whose page already has one.
    HeadingFirstLevel "heading-first-level" Warning,
    /// A heading more than one level below the one before it.
    HeadingSkipped "heading-skipped" Warning,
    /// An image without a text for those who do not see it.
    ImageWithoutAlt "image-without-alt" Warning,
    /// An image whose width and height cannot be read from its file.
    ImageWithoutSize "image-without-size" Warning,
    // Entries among each other
    /// An entry that no other one links to, is related to or mentions.
    EntryOrphan "entry-orphan" Warning,
    /// An entry with fewer than three other entries that it leads to, or that lead to it.
    EntryFewLinks "entry-few-links" Warning,
    /// An entry without a summary or description.
    SummaryMissing "summary-missing" Warning,
    /// A description that search results would cut, or that says too little.
    DescriptionLength "description-length" Warning,
    /// Two pages with one title.
    TitleDuplicate "title-duplicate" Warning,
    /// A term that no text mentions and no page is related to.
    TermUnused "term-unused" Warning,
    /// A name that is too short to become a link where a text mentions it.
    TermShort "term-short" Warning,
    /// A work of the bibliography that nothing cites.
    SourceUncited "source-uncited" Warning,
    /// An entry that should have been looked at again by now.
    ReviewOverdue "review-overdue" Warning,
    /// A sign-off that cannot be read, or that is of no entry.
    SignOffInvalid "signoff-invalid" Error,
    /// A page that says something else than what was signed.
    SignOffStale "signoff-stale" Warning,
    /// A page that nobody has signed off, of a kind that asks for it.
    SignOffMissing "signoff-missing" Warning,
    /// A link to another site that does not answer.
    LinkExternalBroken "link-external-broken" Warning,
}

impl Code {
    /// Whether a site may make it a warning or switch it off: its pages can be drawn all the same.
    pub fn can_yield(self) -> bool {
        self.severity() == Severity::Warning
            || matches!(
                self,
                Code::FieldLimit
                    | Code::RelationCount
                    | Code::RelationDataDiffers
                    | Code::RuleBroken
                    | Code::LinkBrokenHeading
                    | Code::CitationUnknown
                    | Code::AnchorMissing
                    | Code::PhraseForbidden
                    | Code::SentenceTooLong
                    | Code::CharacterNotAllowed
                    | Code::NumberInDigits
                    | Code::RedirectBroken
                    | Code::UrlVanished
                    | Code::HeadingIdVanished
                    | Code::BasePathChanged
            )
    }

    /// Whether a site may make it a warning: pages can be drawn without what is wrong, and readers are not misled.
    pub fn can_be_a_warning(self) -> bool {
        self.can_yield()
            || matches!(
                self,
                Code::LinkBroken
                    | Code::PageLinkBroken
                    | Code::LinkUnsafe
                    | Code::LinkAmbiguous
                    | Code::ImageMissing
                    | Code::IncludeMissing
                    | Code::TemplateMissing
                    | Code::HeadingIdDuplicate
                    | Code::FieldUnknown
                    | Code::FieldMissing
                    | Code::FieldWrongType
                    | Code::RedirectTaken
            )
            || self.hides_keys()
    }

    /// Whether keys of an entry are lost by it. It may be a warning only of kinds that nothing else is concluded from: a
    /// relation that nobody reads could be the one that warns.
    pub fn hides_keys(self) -> bool {
        matches!(self, Code::YamlInvalid | Code::YamlDuplicateKey | Code::FrontMatterMissing | Code::FrontMatterOpen)
    }

    /// Whether it is advice: nothing is wrong, but something could be better. Sites may switch all of it off at once.
    pub fn is_advice(self) -> bool {
        matches!(
            self,
            Code::LinkTextVague
                | Code::LinkHeldBack
                | Code::HeadingFirstLevel
                | Code::HeadingSkipped
                | Code::ImageWithoutAlt
                | Code::ImageWithoutSize
                | Code::EntryOrphan
                | Code::EntryFewLinks
                | Code::SummaryMissing
                | Code::DescriptionLength
                | Code::FieldUnseen
                | Code::TemplateUnused
                | Code::TitleDuplicate
                | Code::TermUnused
                | Code::SourceUncited
        )
    }

    /// The code with this name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}
