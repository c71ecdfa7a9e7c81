//! Names as they were written: which bytes of a reference are the name of an entry.

use std::ops::Range;

use crate::folders::without_extension;
use crate::url::{decode_path, encode_path, slug};

/// The name of an entry: the last part of its slug, and of its file without extension.
#[derive(Clone, Copy, Debug)]
pub struct EntryName<'a> {
    /// The last part of the slug.
    pub slug: &'a str,
    /// The name of the file or folder, or the key in a data file, as it was typed.
    pub typed: &'a str,
}

/// What a reference may name an entry by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceForm {
    /// The slug: relations, values, addresses of pages.
    Slug,
    /// The slug or the name of the file: wikilinks.
    Either,
    /// The name of the file, as it is: keys of data files, links in `<` and `>`.
    Typed,
    /// The name of the file, percent-encoded: links.
    Encoded,
}

/// What stands where the old name was: the bytes of the name in `text` and what replaces them. Before the name may stand a
/// path, quotes, brackets; behind it an extension, a heading, the words of a link. `None` where the text does not end in
/// the name.
pub fn renamed(
    text: &str,
    old: EntryName<'_>,
    new: EntryName<'_>,
    by: ReferenceForm,
) -> Option<(Range<usize>, String)> {
    let range = name_range(text)?;
    let written = &text[range.clone()];
    let decoded = decode_path(written).unwrap_or_else(|| written.to_string());
    if slug(&decoded) != old.slug {
        return None;
    }
    let replacement = match by {
        ReferenceForm::Slug => new.slug.to_string(),
        ReferenceForm::Either if decoded != old.typed => new.slug.to_string(),
        ReferenceForm::Either | ReferenceForm::Typed => new.typed.to_string(),
        ReferenceForm::Encoded => encode_path(new.typed),
    };
    Some((range, replacement))
}

/// Where the name stands: the last part of the path, without extension; the folder of an `index.md`.
fn name_range(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start_matches(['"', '\'', '[', '<', '@']).len();
    let end = text[start..].find(['|', '#', '?', ']', '>', '"']).map_or(text.len(), |end| start + end);
    let end = if text.starts_with('\'') { text[..end].trim_end_matches('\'').len() } else { end };
    let path = text[start..end].trim_end_matches(['/', '\\', ' ']);
    let path = [".html", ".htm"].iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    let path = without_extension(path).unwrap_or(path);
    let (above, last) = path.rsplit_once(['/', '\\']).unwrap_or(("", path));
    let path = if matches!(last, "index" | "_index") { above } else { path };
    let begin = path.rfind(['/', '\\']).map_or(0, |slash| slash + 1);
    (begin < path.len()).then_some(start + begin..start + path.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_reference_is_kept() {
        let (old, new) =
            (EntryName { slug: "old-note", typed: "Old note" }, EntryName { slug: "new", typed: "New one" });
        let after = |text: &str, by| {
            renamed(text, old, new, by)
                .map(|(range, name)| format!("{}{name}{}", &text[..range.start], &text[range.end..]))
        };
        for (before, by, expected) in [
            ("old-note", ReferenceForm::Slug, "new"),
            ("notes/old-note", ReferenceForm::Slug, "notes/new"),
            ("'old-note'", ReferenceForm::Slug, "'new'"),
            ("/notes/old-note/", ReferenceForm::Slug, "/notes/new/"),
            ("https://host/notes/old-note/?a=b", ReferenceForm::Slug, "https://host/notes/new/?a=b"),
            ("\"[[Old note]]\"", ReferenceForm::Either, "\"[[New one]]\""),
            (
                "[[notes/Old note#Part|words of old-note]]",
                ReferenceForm::Either,
                "[[notes/New one#Part|words of old-note]]",
            ),
            ("[[old-note]]", ReferenceForm::Either, "[[new]]"),
            ("../Old note/index.md", ReferenceForm::Typed, "../New one/index.md"),
            ("../notes/Old%20note.md", ReferenceForm::Encoded, "../notes/New%20one.md"),
            ("Old%20note.html", ReferenceForm::Encoded, "New%20one.html"),
        ] {
            assert_eq!(after(before, by).as_deref(), Some(expected));
        }
        for other in ["older-note", "old-note/part", "", "/", "#old-note", "[[]]"] {
            assert_eq!(after(other, ReferenceForm::Slug), None, "{other}");
        }
    }
}
