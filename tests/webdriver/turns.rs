//! Browsers are heavy: two at a time, however many tests run at once.

use std::sync::{Condvar, Mutex, PoisonError};

const WINDOWS: usize = 2;

static OPEN: Mutex<usize> = Mutex::new(0);
static CLOSED: Condvar = Condvar::new();

/// The right to have a window open.
pub struct Turn;

/// Waits until a window may be opened.
pub fn take() -> Turn {
    let open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut open = CLOSED.wait_while(open, |open| *open == WINDOWS).unwrap_or_else(PoisonError::into_inner);
    *open += 1;
    Turn
}

impl Drop for Turn {
    fn drop(&mut self) {
        *OPEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        CLOSED.notify_one();
    }
}
