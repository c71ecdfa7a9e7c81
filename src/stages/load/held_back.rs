//! Texts that nobody means to publish as they are: copies that editors and merges leave beside a text, and files of another
//! ending whose front matter keeps them back.

use std::fs::File;
use std::io::{self, Read};

use super::extension;
use super::text::UnreadSource;
use crate::folders::MARKDOWN;
use crate::model::asset::{IMAGES, MEDIA};
use crate::model::keys::{is_among_drafts, marks_among};
use crate::model::source::HeldBack;

/// Endings of data that lies among texts.
const DATA: [&str; 3] = ["yaml", "yml", "bib"];

/// Endings of other texts in which people write.
const TEXTS: [&str; 8] = ["txt", "text", "rst", "adoc", "asciidoc", "org", "textile", "html"];

/// What stands behind the name of a text in the names of its copies, after a point, in small letters.
const COPIES: [&str; 18] = [
    "bak", "backup", "old", "orig", "save", "saved", "copy", "prev", "previous", "tmp", "rej", "mine", "ours",
    "theirs", "base", "local", "remote", "merged",
];

/// What `git mergetool` puts between the name of a text and the number of its process.
const OF_MERGES: [&str; 4] = ["BACKUP", "BASE", "LOCAL", "REMOTE"];

/// So far into a file its front matter is looked for, in bytes.
const LOOKED_AT: u64 = 64 * 1024;

/// In so many lines of a text front matter begins.
const LINES_ABOVE: usize = 20;

/// Why a file that is no page is not published, if it is not.
pub(super) fn held_back_text(found: &UnreadSource) -> io::Result<Option<HeldBack>> {
    if is_copy_of_text(&found.path) {
        return Ok(Some(HeldBack::Copy));
    }
    let extension = extension(&found.path).to_ascii_lowercase();
    if MEDIA.contains(&&*extension) || IMAGES.contains(&&*extension) {
        return Ok(None);
    }
    let is_called = is_called_text(&found.path);
    if is_called && is_among_drafts(&found.path) {
        return Ok(Some(HeldBack::Private));
    }
    let (mut file, mut bytes) = (File::open(&found.file)?, Vec::new());
    (&mut file).take(4).read_to_end(&mut bytes)?;
    if !is_called
        && !FENCES.iter().any(|fence| bytes.starts_with(fence.as_bytes()) || bytes.starts_with(b"\xef\xbb\xbf"))
    {
        return Ok(None);
    }
    file.take(LOOKED_AT).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(keeps_back(text.trim_start_matches('\u{feff}'), is_called).then_some(HeldBack::Private))
}

/// Whether a file is a copy of a text, by its name: `note.md.bak`, `note.md (1)`, `note_LOCAL_4242.md`.
pub(super) fn is_copy_of_text(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let of_merge = || {
        let (stem, _) = name.rsplit_once('.').filter(|(_, ending)| is_ending(ending))?;
        let (stem, number) = stem.rsplit_once('_').filter(|(_, number)| is_number(number))?;
        let (_, side) = stem.rsplit_once('_')?;
        (!number.is_empty()).then(|| OF_MERGES.contains(&side))
    };
    let behind = name.match_indices('.').skip_while(|(at, _)| *at == 0).find_map(|(at, _)| {
        let rest = &name[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
        is_ending(&rest[..end]).then(|| &rest[end..])
    });
    behind.is_some_and(is_of_copy) || of_merge().unwrap_or(false)
}

/// Whether what stands behind the name of a text is that of a copy of it.
fn is_of_copy(behind: &str) -> bool {
    let is_sign = |word: &str| {
        let word = word.trim_matches('~').to_ascii_lowercase();
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        // `.1`, `.~1~` and `.r42`, as version controls number them.
        let is_numbered = word.len() > letters.len() && matches!(letters, "" | "r");
        // Swap files are called `.swp`, `.swo`, `.swn` and so on.
        let is_swap = word.len() == 3 && word.starts_with("sw");
        COPIES.contains(&letters) || is_numbered || is_swap || word.is_empty()
    };
    // A file of another sort may be called after the text: `note.md (slides).pdf`.
    let is_text = behind.rsplit_once('.').is_none_or(|(_, ending)| is_ending(ending) || is_sign(ending));
    let first = behind.strip_prefix('.').map(|rest| rest.split(['.', '_', '-', ' ']).next().unwrap_or_default());
    is_text && first.is_none_or(is_sign)
}

fn is_ending(ending: &str) -> bool {
    MARKDOWN.iter().chain(&DATA).any(|known| known.eq_ignore_ascii_case(ending))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether people write texts in files of such a name, whatever else its ending says: `page.md.j2`.
fn is_called_text(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut endings = name.split('.').skip(1);
    endings.any(|ending| is_ending(ending) || TEXTS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// What front matter stands between.
const FENCES: [&str; 3] = ["---", "+++", ";;;"];

/// Whether the front matter of a file keeps it back. A text may have its keys without a fence, or below a heading.
fn keeps_back(text: &str, is_called_text: bool) -> bool {
    let fence = |line: &str| FENCES.into_iter().find(|fence| line.starts_with(fence));
    let most = if is_called_text { LINES_ABOVE } else { 1 };
    let begins = text.trim_start().lines().take(most).enumerate().find_map(|(at, line)| Some((at, fence(line)?)));
    if let Some((at, fence)) = begins {
        return marks_among(text.trim_start().lines().skip(at + 1).take_while(|line| !line.starts_with(fence)));
    }
    if !is_called_text {
        return false;
    }
    let text = text.trim_start();
    let is_json = text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'));
    // `Status: draft`, `:status: draft`, `#+draft: true`, `public:: false`.
    let is_key = |line: &&str| {
        let line = line.trim_start_matches([':', '#', '+']);
        line.split_once(':')
            .is_some_and(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c)))
    };
    match is_json {
        true => marks_among(text.lines().take_while(|line| !line.trim().is_empty())),
        false => marks_among(text.lines().take_while(is_key).map(|line| line.trim_start_matches([':', '#', '+']))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_texts_are_known_by_their_names() {
        for name in [
            "note.md.bak",
            "note.md.BAK",
            "note.markdown.old",
            "a.mdx.orig",
            "copy of a.md (1)",
            "a.md copy",
            "a.md_old",
            "a.md-2024",
            "a.md~",
            "a.md.~1~",
            "a.md.1",
            "a.md.r42",
            "a.md.mine",
            "a.md.bak2",
            "a.md.save.1",
            "a_LOCAL_4242.md",
            "a_BASE_1.yaml",
            "a.md.LOCAL.4242.md",
            "terms.yaml.bak",
            "a.v2.md.bak",
            "a.md.swp",
            "a.md.swo",
            "a.md.swn",
            "a.md.swa",
        ] {
            assert!(is_copy_of_text(&format!("content/x.md.d/{name}")), "{name}");
        }
        for name in [
            "note.md",
            "a (1).md",
            "a.md.pdf",
            "a.md.asc",
            "a.md.gz",
            "a.md.html",
            "a.md.j2",
            "page.txt",
            "a.bak",
            "LOCAL_1.md",
            "a_local_1.md",
            "2024.md",
            "a_2.md",
            "md.bak",
            ".md",
            "index.html.bak",
            "a.mdb.bak",
            "a.md.zip",
            "a.md (slides).pdf",
            "a.md.old.zip",
            "a.md-print.html",
        ] {
            assert!(!is_copy_of_text(&format!("content/{name}")), "{name}");
        }
    }

    #[test]
    fn front_matter_keeps_a_file_back_whatever_it_is_called() {
        for text in [
            "---\ntitle: X\ndraft: true\n---\nx",
            "+++\ndraft = true\n+++\n",
            "---yaml\npublish: false\n---\n",
            "\n---\nstatus: draft\n---\n",
            ";;;\n{\"draft\": true}\n;;;\n",
        ] {
            assert!(keeps_back(text, false) && keeps_back(text, true), "{text}");
        }
        for text in [
            "# X\n\n---\ndraft: true\n---\n",
            "Title: X\nStatus: draft\n\nx",
            ":status: draft\n",
            "#+draft: true\n",
            "public:: false\n",
            "{\"draft\": true}\n",
        ] {
            assert!(keeps_back(text, true) && !keeps_back(text, false), "{text}");
        }
        for text in
            ["---\ntitle: X\n---\ndraft: true\n", "---\ndraft: false\n---\n", "x\n\ndraft: true\n", "", "{\"a\": 1}"]
        {
            assert!(!keeps_back(text, true), "{text}");
        }
    }
}
