//! What a test cannot run here, said once each, where also the output of tests that pass is seen.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

/// What a test lacks.
#[derive(Clone, Copy, Debug)]
pub enum Lacks<'a> {
    /// A program that somebody can install: what is missing, and how it is installed. Under `CI=true` the test fails.
    #[allow(dead_code, reason = "not every suite needs a program")]
    Package(&'a str, &'a str),
    /// A right that the system denies, or gives to this user alone.
    #[allow(dead_code, reason = "not every suite needs a right")]
    Right(&'a str),
}

/// Says why a test does not run.
///
/// # Panics
/// Under `CI=true`, where a package would mend it.
pub fn unable(lacks: Lacks<'_>) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let reason = match lacks {
        Lacks::Package(what, way) => format!("{what} is not installed: {way}"),
        Lacks::Right(what) => what.to_string(),
    };
    let ci = std::env::var("CI").as_deref() == Ok("true");
    assert!(!(ci && matches!(lacks, Lacks::Package(..))), "this test has to run under CI=true, and {reason}");
    if SAID.lock().unwrap_or_else(PoisonError::into_inner).insert(reason.clone()) {
        // Not `eprintln!`: the test harness hides that.
        let _ = writeln!(std::io::stderr(), "skipped: {reason}");
    }
}
