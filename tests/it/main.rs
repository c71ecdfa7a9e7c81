//! The program and its library from the outside: small sites in, files and reports out.

#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod harness;
#[path = "../random/mod.rs"]
mod random;
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
mod dialects;
mod diff;
mod disks;
mod documented;
mod downloads;
mod drafts;
mod edition;
mod example_marks;
mod field_types;
mod first_run;
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
mod ledger;
mod left_behind;
mod long_lists;
mod markdown;
mod mdx;
mod migrate;
mod names_of_files;
mod new_entries;
mod new_sites;
mod output_trouble;
mod own_content;
mod own_words;
mod packages;
mod publish;
mod publish_branch;
mod reference;
mod relations;
mod rename;
mod reports;
mod retractions;
mod review;
mod rules;
mod search;
mod sequences;
mod signoffs;
mod site_keys;
mod structured_data;
mod template_values;
mod terms;
mod theme;
mod theme_documents;
mod too_much;
mod twins;
mod values;
mod walls;
mod where_output_lies;
