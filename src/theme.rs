//! The built-in theme: the generic part of `templates/` and `static/`, embedded in the program.

/// Templates by name. A file of the same name in the project's `templates/` replaces one.
pub const TEMPLATES: &[(&str, &str)] = &[];

/// Static files by name. A file of the same name in the project's `static/` replaces one.
pub const STATIC: &[(&str, &[u8])] = &[];
