//! Problems and what becomes of them: every code has an example that raises exactly its report.

mod baseline;
mod checks;
mod fixing;
mod formats;
mod fuzz;
mod project;
mod reports;
