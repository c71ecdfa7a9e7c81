//! How much of a site can be checked although something is wrong with its declaration.

use crate::diagnostics::{Code, Diagnostic};
use crate::yaml::{PathStep, YamlText};

/// How much can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    reach: MistakeReach,
    /// What may only follow from a mistake: the key that has it may say otherwise.
    doubtful: Vec<&'static [Code]>,
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

/// Keys in which a mistake changes nothing about how the content is read and put together.
const ALONE: [&str; 13] = [
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
];

/// Such keys of a kind.
const ALONE_IN_KIND: [&str; 5] = ["order", "sequence", "navigation", "review", "schema_org"];

/// Such keys of a relation.
const ALONE_IN_RELATION: [&str; 5] = ["labels", "at_least", "at_most", "conflicts_with", "fits"];

/// Keys that say which pages there are besides those of entries.
const OF_LISTS: [&str; 3] = ["matrices", "pages", "gone"];

/// What a key that is not known may allow.
const ALLOWED: &[Code] = &[Code::FieldUnknown, Code::HtmlBlocked, Code::LinkUnsafe];

/// What depends on how Markdown is read.
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

/// What depends on the language.
const OF_LANGUAGE: &[Code] = &[Code::LinkTextVague, Code::TermUnused];

/// How much of the site can be checked in spite of what is wrong with its declaration.
pub fn extent(problems: &[Diagnostic], text: &YamlText) -> Extent {
    let wrong = problems.iter().filter(|problem| problem.is_error());
    let all: Vec<_> = wrong.map(|problem| in_spite_of(problem, text)).collect();
    Extent {
        reach: all.iter().map(|(reach, _)| *reach).min().unwrap_or(MistakeReach::Whole),
        doubtful: all.into_iter().map(|(_, doubtful)| doubtful).filter(|doubtful| !doubtful.is_empty()).collect(),
    }
}

fn in_spite_of(problem: &Diagnostic, text: &YamlText) -> (MistakeReach, &'static [Code]) {
    match problem.code {
        Code::YamlInvalid => return (MistakeReach::Files, &[]),
        // Only the title has to be there.
        Code::FieldMissing => return (MistakeReach::Whole, &[]),
        _ => {}
    }
    let at = problem.place.range().start;
    let (key, is_key_itself) = top_key(text.text(), at);
    // An unknown key is not reported here, unless it is close to a known one.
    let meant = problem.fix.as_ref().map_or(problem.help.is_empty(), |_| true)
        || problem.help.iter().any(|help| help.starts_with("did you mean"));
    let is_unknown = problem.code == Code::SiteUnknownKey;
    if is_key_itself && is_unknown {
        return (if meant { MistakeReach::Files } else { MistakeReach::Whole }, &[]);
    }
    let way = text.way_to(at).unwrap_or_default();
    match key {
        Some(key) if ALONE.contains(&key) => (MistakeReach::Whole, &[]),
        Some(key) if OF_LISTS.contains(&key) => (MistakeReach::Entries, &[]),
        Some("hosts") => (MistakeReach::Entries, ALLOWED),
        Some("language") => (MistakeReach::Whole, OF_LANGUAGE),
        Some("markdown") => match key_below(way, 1) {
            // These say what is a link, and what is text at all.
            None | Some("wikilinks" | "dialect" | "template_tags") => (MistakeReach::Files, &[]),
            Some("alerts" | "smart_punctuation") => (MistakeReach::Whole, &[]),
            Some(_) if is_unknown && meant => (MistakeReach::Files, &[]),
            Some("remarks") => (MistakeReach::Whole, &[Code::CommentOpen, Code::TextLost]),
            Some(_) => (MistakeReach::Whole, OF_MARKDOWN),
        },
        Some("relations") => match key_below(way, 1) {
            Some(key) if ALONE_IN_RELATION.contains(&key) => (MistakeReach::Whole, &[]),
            Some(_) if is_unknown && !meant => (MistakeReach::Entries, ALLOWED),
            _ => (MistakeReach::Files, &[]),
        },
        Some("kinds") => match key_below(way, 2) {
            Some(key) if ALONE_IN_KIND.contains(&key) => (MistakeReach::Whole, &[]),
            Some("regroup_by") => (MistakeReach::Entries, &[]),
            Some(_) if is_unknown && !meant && way.len() == 3 => (MistakeReach::Entries, ALLOWED),
            _ => (MistakeReach::Files, &[]),
        },
        _ => (MistakeReach::Files, &[]),
    }
}

/// The key of a way below this many others; places in lists do not count.
fn key_below(way: &[PathStep], above: usize) -> Option<&str> {
    let mut keys = way.iter().filter_map(|step| match step {
        PathStep::Key(key) => Some(key.as_str()),
        PathStep::Index(_) => None,
    });
    keys.nth(above)
}

/// The key at the left edge below which a place lies, and whether it is the key itself.
fn top_key(text: &str, at: usize) -> (Option<&str>, bool) {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let lines = before[..line].lines().chain(text[line..].lines().take(1));
    let is_key = |line: &&str| line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\''));
    let key = lines.filter(is_key).last().and_then(|line| line.split_once(':')).map(|(key, _)| key.trim());
    (key, line == at)
}

impl Extent {
    /// Whether all of the site can be made.
    pub fn is_whole(&self) -> bool {
        self.reach == MistakeReach::Whole
    }

    /// Whether a problem of the content is one whatever the declaration says.
    pub fn holds(&self, code: Code) -> bool {
        if self.doubtful.iter().any(|doubtful| doubtful.contains(&code)) {
            return false;
        }
        match self.reach {
            MistakeReach::Whole | MistakeReach::Entries => true,
            MistakeReach::Files => matches!(
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
            ),
        }
    }
}
