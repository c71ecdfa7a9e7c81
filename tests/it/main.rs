//! The program and its library from the outside: small sites in, files and reports out.

mod harness;

mod bad_content;
mod bad_declaration;
mod bad_files;
mod bad_templates;
mod commonmark;
mod incremental;
mod markdown;
mod relations;
mod terms;
mod too_much;
