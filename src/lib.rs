//! Limber: a static site generator for typed, cross-linked Markdown.
//!
//! ```text
//! files ──load──▶ Sources ──parse──▶ Docs ──resolve──▶ Site ──plan──▶ Plan ──render──▶ bytes ──write──▶ public/
//!                         per file,         whole site, small,        per page,
//!                         parallel, cached  run again every time      parallel, cached
//! ```
//!
//! The nouns live in [`model`], the verbs in [`stages`], the only state in [`engine`], and the commands of the program are
//! thin consumers in [`commands`]. `ARCHITECTURE.md` has the rest.

pub mod args;
pub mod bug;
pub mod calendar;
pub mod cards;
pub mod citations;
pub mod code_colours;
pub mod collation;
pub mod colour;
pub mod commands;
pub mod compared;
pub mod diagnostics;
pub mod engine;
pub mod error;
pub mod external;
pub mod figures;
pub mod fingerprint;
pub mod folders;
pub mod formulas;
pub mod globs;
pub mod hash;
pub mod html;
pub mod ignored;
pub mod import;
pub mod inputs;
pub mod json_schema;
pub mod ledger;
pub mod links;
pub mod markdown;
pub mod markup;
pub mod media_types;
pub mod model;
pub mod naming;
pub mod pages;
#[cfg(feature = "serve")]
pub mod preview;
pub mod publish;
pub mod qr;
pub mod records;
pub mod redirects;
pub mod rename;
pub mod repairs;
pub mod revision;
pub mod scaffold;
pub mod search;
pub mod sentences;
pub mod shown;
pub mod signoffs;
pub mod signs;
pub mod span;
pub mod staged;
pub mod stages;
pub mod templates;
pub mod terms;
pub mod text_changes;
pub mod theme;
pub mod timings;
pub mod url;
pub mod wording;
pub mod yaml;
