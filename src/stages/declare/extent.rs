//! How much of a site can be checked although something is wrong with its declaration.
//!
//! What a mistake leaves open is held back: it may be no problem once the mistake is mended. All else is reported with it.

use std::collections::BTreeSet;

use crate::diagnostics::{Code, Diagnostic};
use crate::links::kind_of_file;
use crate::model::schema::Schema;
use crate::yaml::{PathStep, YamlText};

/// How much can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    reach: MistakeReach,
    /// What may only follow from a mistake.
    doubtful: Vec<&'static [Code]>,
    /// The same of the files of a kind.
    doubtful_of_kind: Vec<(String, &'static [Code])>,
    /// What texts mean that have one of these signs is not known.
    signs: BTreeSet<String>,
    /// The files that have one.
    unclear: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum MistakeReach {
    /// Each file by itself: what seems wrong between files may only follow from the mistake in the declaration.
    Files,
    /// All but the list of pages.
    Entries,
    /// Everything.
    Whole,
}

/// What one mistake leaves open.
struct Doubt {
    reach: MistakeReach,
    codes: Vec<&'static [Code]>,
    /// What may only follow from it in the files of one kind.
    of_kind: Option<(String, &'static [Code])>,
    signs: Vec<String>,
}

/// Keys in which a mistake changes nothing about how the content is read and put together.
const ALONE: [&str; 14] = [
    "title",
    "tagline",
    "description",
    "params",
    "checks",
    "schema_org",
    "links",
    "rules",
    "figures",
    "theme",
    "texts",
    "publish",
    "retractions",
    "output",
];

/// Such keys of a kind.
const ALONE_IN_KIND: [&str; 10] =
    ["title", "label", "order", "contents", "sequence", "navigation", "review", "twins", "checks", "schema_org"];

/// Such keys of a relation.
const ALONE_IN_RELATION: [&str; 5] = ["labels", "at_least", "at_most", "conflicts_with", "fits"];

/// Keys that say which pages there are besides those of entries.
const OF_LISTS: [&str; 5] = ["matrices", "pages", "gone", "redirects", "home"];

/// What a key that is not known may allow.
const ALLOWED: &[Code] = &[Code::FieldUnknown, Code::HtmlBlocked, Code::LinkUnsafe];

/// What depends on what texts link to and mention.
const OF_TEXTS: &[Code] = &[
    Code::LinkBrokenHeading,
    Code::FileUnused,
    Code::EntryOrphan,
    Code::EntryFewLinks,
    Code::TermUnused,
    Code::SourceUncited,
];

/// What depends on how HTML in Markdown is read, or on a key that nobody knows.
const OF_MARKDOWN: &[Code] = &[
    Code::MarkdownUnread,
    Code::HtmlRaw,
    Code::HtmlBlocked,
    Code::HtmlUnclosed,
    Code::HtmlIdDuplicate,
    Code::IncludeMissing,
    Code::LinkBrokenHeading,
    Code::FileUnused,
    Code::EntryOrphan,
    Code::EntryFewLinks,
    Code::TermUnused,
];

/// What depends on which names become links.
const OF_TERMS: &[Code] = &[Code::TermUnused, Code::TermShort, Code::EntryOrphan, Code::EntryFewLinks];

/// What depends on the language.
const OF_LANGUAGE: &[Code] = &[Code::LinkTextVague, Code::TermUnused];

/// What depends on the address of the site.
const OF_BASE: &[Code] = &[Code::BasePathChanged, Code::BaseUrlMissing];

/// What depends on the files that go into the site as they are.
const OF_STATIC: &[Code] = &[Code::ImageMissing, Code::FileUnused, Code::LinkBroken, Code::IncludeMissing];

/// What depends on the addresses of entries.
const OF_ADDRESSES: &[Code] = &[Code::UrlDuplicate, Code::UrlInvalid, Code::SlugDuplicate];

/// What is said of the fields of entries.
const OF_FIELDS: &[Code] = &[
    Code::FieldUnknown,
    Code::FieldMissing,
    Code::FieldOutOfPlace,
    Code::FieldWrongType,
    Code::FieldLimit,
    Code::FieldUnknownChoice,
];

/// What is said of keys that are not declared.
const OF_EXTRA: &[Code] = &[Code::FieldUnknown];

/// What follows from fields and relations.
const FROM_FIELDS: &[Code] = &[
    Code::RuleBroken,
    Code::RelationMisfit,
    Code::FigureUnknown,
    Code::RecordMissing,
    Code::ReviewOverdue,
    Code::FileUnused,
    Code::EntryOrphan,
    Code::EntryFewLinks,
    Code::TermUnused,
    Code::SourceUncited,
];

/// What is said of relations, or follows from them.
const OF_RELATIONS: &[Code] = &[
    Code::FieldUnknown,
    Code::RelationUnknownTarget,
    Code::RelationAmbiguous,
    Code::RelationDuplicate,
    Code::RelationToItself,
    Code::RelationDataDiffers,
    Code::RelationCount,
    Code::RelationConflict,
    Code::RelationMisfit,
    Code::RuleBroken,
    Code::EntryOrphan,
    Code::EntryFewLinks,
    Code::TermUnused,
];

/// Signs whose meaning the dialect decides.
const OF_DIALECTS: &[&str] = &[
    "{", "[[", "((", "::", "!!!", "???", "===", "<<<", "<", "[TOC]", "--8<--", "@include", "import ", "export ", "!> ",
    "?",
];

/// What the ids of headings decide, which some dialects make, too.
const OF_ANCHORS: &[Code] = &[Code::LinkBrokenHeading];

/// A key that nobody knows, and of which nobody can say what it means.
const UNKNOWN: &str = "";

/// How much of the site can be checked in spite of what is wrong with its declaration.
pub fn extent(problems: &[Diagnostic], text: &YamlText) -> Extent {
    let wrong = problems.iter().filter(|problem| problem.is_error());
    let all: Vec<_> = wrong.flat_map(|problem| left_open(problem, text)).collect();
    Extent {
        reach: all.iter().map(|doubt| doubt.reach).min().unwrap_or(MistakeReach::Whole),
        doubtful: all.iter().flat_map(|doubt| doubt.codes.iter().copied()).collect(),
        doubtful_of_kind: all.iter().filter_map(|doubt| doubt.of_kind.clone()).collect(),
        signs: all.into_iter().flat_map(|doubt| doubt.signs).collect(),
        unclear: BTreeSet::new(),
    }
}

/// What a mistake leaves open: with a key that nobody knows the same as with each key that may be meant.
fn left_open(problem: &Diagnostic, text: &YamlText) -> Vec<Doubt> {
    match problem.code {
        Code::YamlInvalid => return vec![Doubt::reaching(MistakeReach::Files)],
        // Only the title has to be there.
        Code::FieldMissing => return vec![Doubt::reaching(MistakeReach::Whole)],
        _ => {}
    }
    let way: Vec<&str> = text.way_of(&problem.place).into_iter().flatten().filter_map(key).collect();
    if problem.code != Code::SiteUnknownKey {
        return vec![Doubt::at(&way)];
    }
    let above = &way[..way.len().saturating_sub(1)];
    let meant = problem.help.iter().find_map(|help| help.strip_prefix("did you mean "));
    let names: Vec<&str> = match meant {
        Some(names) => names.split('`').skip(1).step_by(2).collect(),
        None => vec![UNKNOWN],
    };
    names.into_iter().map(|name| Doubt::at(&[above, &[name]].concat())).collect()
}

fn key(step: &PathStep) -> Option<&str> {
    match step {
        PathStep::Key(key) => Some(key),
        PathStep::Index(_) => None,
    }
}

impl Doubt {
    fn reaching(reach: MistakeReach) -> Self {
        Self { reach, codes: Vec::new(), of_kind: None, signs: Vec::new() }
    }

    /// Everything can be checked but for what these codes report.
    fn of(codes: &'static [Code]) -> Self {
        Self { codes: vec![codes], ..Self::reaching(MistakeReach::Whole) }
    }

    /// The same without the list of pages.
    fn of_entries(codes: &'static [Code]) -> Self {
        Self { codes: vec![codes], ..Self::reaching(MistakeReach::Entries) }
    }

    /// Everything can be checked but for texts that have one of these signs.
    fn of_signs(signs: &[&str]) -> Self {
        Self { signs: signs.iter().map(ToString::to_string).collect(), ..Self::of(&[]) }
    }

    /// What a mistake at the end of this way through the declaration leaves open.
    fn at(way: &[&str]) -> Self {
        let Some((top, below)) = way.split_first() else { return Self::reaching(MistakeReach::Files) };
        match (*top, below.first().copied()) {
            (UNKNOWN, _) => Self::of(&[]),
            ("kinds", Some(kind)) => Self::in_kind(kind, below.get(1).copied()),
            ("relations", Some(key)) if ALONE_IN_RELATION.contains(&key) => Self::of(&[]),
            ("relations", Some(UNKNOWN)) => Self::of_entries(ALLOWED),
            ("relations", Some("fields")) => {
                Self { codes: vec![OF_FIELDS, OF_RELATIONS], ..Self::reaching(MistakeReach::Entries) }
            }
            ("relations", _) => Self::of_entries(OF_RELATIONS),
            ("markdown", key) => Self::in_markdown(key),
            ("blocks", name) => Self::of_signs(&[&format!("```{}", name.unwrap_or_default())]),
            ("field_sets", _) => Self { codes: vec![OF_FIELDS, FROM_FIELDS], ..Self::reaching(MistakeReach::Entries) },
            ("static", _) => Self::of_entries(OF_STATIC),
            ("base_url", _) => Self::of(OF_BASE),
            ("language", _) => Self::of(OF_LANGUAGE),
            ("hosts", _) => Self::of_entries(ALLOWED),
            (key, _) if ALONE.contains(&key) => Self::of(&[]),
            (key, _) if OF_LISTS.contains(&key) => Self::reaching(MistakeReach::Entries),
            // Which files there are, and of which kinds.
            _ => Self::reaching(MistakeReach::Files),
        }
    }

    fn in_markdown(key: Option<&str>) -> Self {
        match key {
            Some("alerts" | "smart_punctuation") => Self::of(&[]),
            Some("term_links") => Self::of(OF_TERMS),
            Some("wikilinks") => Self::of_signs(&["[["]),
            Some("template_tags") => Self::of_signs(&["{{", "{%"]),
            Some("remarks") => Self::of_signs(&["%%"]),
            Some("math") => Self::of_signs(&["$"]),
            Some("dialect") => Self { codes: vec![OF_ANCHORS], ..Self::of_signs(OF_DIALECTS) },
            Some(_) => Self::of(OF_MARKDOWN),
            None => Self { codes: vec![OF_MARKDOWN], ..Self::of_signs(&[OF_DIALECTS, &["%%", "$"]].concat()) },
        }
    }

    fn in_kind(kind: &str, key: Option<&str>) -> Self {
        match key {
            Some(key) if ALONE_IN_KIND.contains(&key) => Self::of(&[]),
            Some("regroup_by" | "index") => Self::reaching(MistakeReach::Entries),
            Some("term_links") => Self::of(OF_TERMS),
            Some("url" | "redirects") => Self::of_entries(OF_ADDRESSES),
            Some("fields" | "uses") => {
                Self { of_kind: Some((kind.into(), OF_FIELDS)), ..Self::of_entries(FROM_FIELDS) }
            }
            Some("extra") => Self { of_kind: Some((kind.into(), OF_EXTRA)), ..Self::of(&[]) },
            Some(UNKNOWN) => Self::of_entries(ALLOWED),
            // Which files are its entries, and what these are called.
            _ => Self::reaching(MistakeReach::Files),
        }
    }
}

impl Extent {
    /// Whether all of the site can be made.
    pub fn is_whole(&self) -> bool {
        self.reach == MistakeReach::Whole
    }

    /// Whether it depends on the texts what can be checked.
    pub fn asks_for_texts(&self) -> bool {
        !self.signs.is_empty()
    }

    /// Looks whether a text has a sign of which nobody knows what it means.
    pub fn look_at(&mut self, path: &str, text: &str) {
        if self.signs.iter().any(|sign| text.contains(sign.as_str())) {
            self.unclear.insert(path.to_string());
        }
    }

    /// Whether a problem of the content is one whatever the declaration says.
    pub fn holds(&self, problem: &Diagnostic, schema: &Schema) -> bool {
        let (code, path) = (problem.code, &*problem.place.path);
        let of_kind = || kind_of_file(path, schema).map(|kind| schema.kind(kind).name.as_str());
        let is_doubtful = self.doubtful.iter().any(|doubtful| doubtful.contains(&code))
            || self
                .doubtful_of_kind
                .iter()
                .any(|(kind, doubtful)| doubtful.contains(&code) && of_kind() == Some(kind.as_str()))
            || !self.unclear.is_empty() && OF_TEXTS.contains(&code);
        if is_doubtful {
            return false;
        }
        match self.reach {
            MistakeReach::Whole | MistakeReach::Entries => {
                !self.unclear.contains(path) || is_of_file(code) && !is_of_signs(code)
            }
            MistakeReach::Files => is_of_file(code),
        }
    }
}

/// Whether a problem is one of a file by itself.
fn is_of_file(code: Code) -> bool {
    matches!(
        code,
        Code::LimberBug
            | Code::FileNotUtf8
            | Code::FileNul
            | Code::FileTooLarge
            | Code::FileUnreadable
            | Code::FileSpecial
            | Code::FileLinkRefused
            | Code::YamlInvalid
            | Code::YamlDuplicateKey
            | Code::ValueDoubtful
            | Code::FrontMatterMissing
            | Code::FrontMatterOpen
            | Code::SlugEmpty
            | Code::CitationUnknown
            | Code::FootnoteUnknown
            | Code::ImageMissing
            | Code::HeadingIdDuplicate
            | Code::MarkdownUnread
            | Code::CommentOpen
            | Code::FenceOpen
            | Code::TextLost
            | Code::MarkdownTooDeep
            | Code::BibliographyInvalid
            | Code::TemplateInvalid
            | Code::HeadingFirstLevel
            | Code::HeadingSkipped
            | Code::ImageWithoutAlt
    )
}

/// Whether a problem depends on what signs in a text mean.
fn is_of_signs(code: Code) -> bool {
    matches!(
        code,
        Code::CitationUnknown
            | Code::FootnoteUnknown
            | Code::ImageMissing
            | Code::HeadingIdDuplicate
            | Code::MarkdownUnread
            | Code::CommentOpen
            | Code::FenceOpen
            | Code::TextLost
            | Code::HeadingFirstLevel
            | Code::HeadingSkipped
            | Code::ImageWithoutAlt
    )
}
