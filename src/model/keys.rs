//! Keys of front matter that mean the same for every kind.

/// Keys that every entry may have.
pub const RESERVED: &[&str] = &[
    "title",
    "short_title",
    "summary",
    "aliases",
    "redirect_from",
    "date",
    "updated",
    "draft",
    "template",
    "term_links",
    "linked_as_term",
];
