//! Problems and what becomes of them: every code has an example that raises exactly its report.

#![expect(clippy::print_stderr, reason = "whoever looks for trouble is told how long was looked")]

mod baseline;
mod checks;
mod declared_conflicts;
mod figures;
mod fixing;
mod formats;
mod fuzz;
mod outputs;
mod project;
#[path = "../random/mod.rs"]
mod random;
mod repairs;
mod reports;
