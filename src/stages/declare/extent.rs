//! How much of a site can be checked although something is wrong with its declaration.

use crate::diagnostics::{Code, Diagnostic};
use crate::yaml::{PathStep, YamlText};

/// How much can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Each file by itself: what seems wrong between files may only follow from the mistake in the declaration.
    Files,
    /// All but the list of pages, fields that are unknown, and what pages may load: the key with the mistake may allow them.
    Allowed,
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

/// Keys that say which pages there are besides those of entries.
const OF_LISTS: [&str; 3] = ["matrices", "pages", "gone"];

/// How much of the site can be checked in spite of what is wrong with its declaration.
pub fn extent(problems: &[Diagnostic], text: &YamlText) -> Extent {
    let wrong = problems.iter().filter(|problem| problem.is_error());
    wrong.map(|problem| in_spite_of(problem, text)).min().unwrap_or(Extent::Whole)
}

fn in_spite_of(problem: &Diagnostic, text: &YamlText) -> Extent {
    match problem.code {
        Code::YamlInvalid => return Extent::Files,
        // Only the title has to be there.
        Code::FieldMissing => return Extent::Whole,
        _ => {}
    }
    let at = problem.place.range().start;
    let (key, is_key_itself) = top_key(text.text(), at);
    // An unknown key is not reported here, unless it is close to a known one.
    let meant = problem.fix.as_ref().map_or(problem.help.is_empty(), |_| true)
        || problem.help.iter().any(|help| help.starts_with("did you mean"));
    let is_unknown = problem.code == Code::SiteUnknownKey;
    if is_key_itself && is_unknown {
        return if meant { Extent::Files } else { Extent::Whole };
    }
    match key {
        Some(key) if ALONE.contains(&key) => Extent::Whole,
        Some(key) if OF_LISTS.contains(&key) => Extent::Entries,
        Some("hosts") => Extent::Allowed,
        Some("kinds") => match text.way_to(at) {
            Some([_, _, PathStep::Key(key), ..]) if ALONE_IN_KIND.contains(&key.as_str()) => Extent::Whole,
            Some([_, _, PathStep::Key(key), ..]) if key == "regroup_by" => Extent::Entries,
            Some([_, _, PathStep::Key(_)]) if is_unknown && !meant => Extent::Allowed,
            _ => Extent::Files,
        },
        _ => Extent::Files,
    }
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
    /// Whether a problem of the content is one whatever the declaration says.
    pub fn holds(self, code: Code) -> bool {
        match self {
            Self::Whole | Self::Entries => true,
            Self::Allowed => !matches!(code, Code::FieldUnknown | Code::HtmlBlocked | Code::LinkUnsafe),
            Self::Files => matches!(
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
