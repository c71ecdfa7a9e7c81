//! The boundary against our own bugs: where one file or one page makes the program panic, the report says so, and the
//! others go on.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::{Arc, Once};

use crate::diagnostics::{Code, Diagnostic};
use crate::span::Place;

thread_local! {
    /// How many boundaries this thread is within, and where the last panic within one was raised.
    static WITHIN: RefCell<(usize, Option<String>)> = const { RefCell::new((0, None)) };
}

/// Does some work that belongs to a file. Where it panics, there is a report in place of its result.
pub fn guarded<T>(path: &Arc<str>, work: impl FnOnce() -> T) -> Result<T, Box<Diagnostic>> {
    static HOOK: Once = Once::new();
    HOOK.call_once(stay_silent_within_boundaries);
    WITHIN.with_borrow_mut(|(depth, _)| *depth += 1);
    let done = catch_unwind(AssertUnwindSafe(work));
    let at = WITHIN.with_borrow_mut(|(depth, at)| {
        *depth -= 1;
        at.take()
    });
    done.map_err(|payload| {
        let said = payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref().copied());
        let said = said.unwrap_or("no reason was given").lines().next().unwrap_or_default();
        let at = at.map_or_else(String::new, |at| format!(" ({at})"));
        let message = format!("a bug of limber, and no mistake of yours: {said}{at}");
        let help = "please report it with this file; until it is mended, write differently what you changed last, or leave the file out";
        Box::new(Diagnostic::new(Code::LimberBug, Place::whole(path), message).help(help))
    })
}

/// Lets the report alone speak of a panic within a boundary.
fn stay_silent_within_boundaries() {
    let usual = take_hook();
    set_hook(Box::new(move |panic| {
        let location = panic.location().map(|location| format!("{}:{}", location.file(), location.line()));
        let within = WITHIN.with_borrow_mut(|(depth, at)| {
            *at = location;
            *depth > 0
        });
        if !within {
            usual(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_report_with_the_file_and_the_place_in_the_program() {
        let path: Arc<str> = "content/notes/a.md".into();
        let report = guarded(&path, || -> usize { panic!("index {} is out of range", 3) }).unwrap_err();
        assert_eq!((report.code, &report.place.path), (Code::LimberBug, &path));
        assert!(report.message.contains("index 3 is out of range (src/bug.rs:"), "{}", report.message);
        assert_eq!(guarded(&path, || 1).unwrap(), 1, "the next file is read as ever");
    }
}
