//! The program and its library from the outside: small sites in, files and reports out.

#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod harness;
#[path = "../unable/mod.rs"]
mod unable;

mod addresses;
mod bad_content;
mod bad_declaration;
mod bad_files;
mod bad_templates;
mod bad_yaml;
mod build_again;
mod by_language;
mod choices;
mod code;
mod commands;
mod commonmark;
mod downloads;
mod drafts;
mod edition;
mod example_marks;
mod field_types;
mod folders;
mod foreign;
mod formulas;
mod import;
mod incremental;
mod index_files;
mod indexes;
mod kept;
mod kept_addresses;
mod leaks;
mod left_behind;
mod long_lists;
mod markdown;
mod names_of_files;
mod new_sites;
mod output_trouble;
mod own_content;
mod own_words;
mod relations;
mod rename;
mod reports;
mod review;
mod rules;
mod search;
mod sequences;
mod structured_data;
mod template_values;
mod terms;
mod theme;
mod theme_documents;
mod too_much;
mod values;
mod walls;
mod where_output_lies;
