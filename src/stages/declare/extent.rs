//! How much of a site can be checked although something is wrong with its declaration.

use crate::diagnostics::{Code, Diagnostic};

/// How much can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Each file by itself: what seems wrong between files may only follow from the mistake in the declaration.
    Files,
    /// All but the list of pages.
    Entries,
    /// Everything.
    Whole,
}

/// Keys in which a mistake changes nothing about how the content is read and put together.
const ALONE: [&str; 12] = [
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

/// Keys that say which pages there are besides those of entries.
const OF_LISTS: [&str; 2] = ["matrices", "pages"];

/// How much of the site can be checked in spite of what is wrong with its declaration.
pub fn extent(problems: &[Diagnostic], text: &str) -> Extent {
    let wrong = problems.iter().filter(|problem| problem.is_error());
    wrong.map(|problem| in_spite_of(problem, text)).min().unwrap_or(Extent::Whole)
}

fn in_spite_of(problem: &Diagnostic, text: &str) -> Extent {
    if problem.code == Code::YamlInvalid {
        return Extent::Files;
    }
    let (key, is_key_itself) = top_key(text, problem.place.range().start);
    if is_key_itself && problem.code == Code::SiteUnknownKey {
        // An unknown key is not reported here, unless it is close to a known one.
        let meant = problem.fix.as_ref().map_or(problem.help.is_empty(), |_| true);
        return if meant || problem.help.iter().any(|help| help.starts_with("did you mean")) {
            Extent::Files
        } else {
            Extent::Whole
        };
    }
    match key {
        Some(key) if ALONE.contains(&key) => Extent::Whole,
        Some(key) if OF_LISTS.contains(&key) => Extent::Entries,
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
