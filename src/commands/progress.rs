//! What long work is at, on a terminal: a line that comes after a moment and is gone in the end. Nothing is said to whoever
//! reads through a pipe, and nothing of work that is done at once.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::report;
use crate::timings::Timings;

/// Work that is done within this time is never spoken of.
const MOMENT: Duration = Duration::from_millis(400);
/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(100);

/// Work that may be long. When it is dropped, the line is taken away.
pub(super) struct Progress {
    state: Arc<WorkState>,
    thread: Option<JoinHandle<()>>,
}

/// How far the work is.
#[derive(Default)]
struct WorkState {
    stage: Mutex<&'static str>,
    done: AtomicUsize,
    all: AtomicUsize,
    over: Mutex<bool>,
    ended: Condvar,
}

impl Progress {
    /// Begins to show what the work is at, unless nobody looks or wants to hear of it.
    pub fn start(quiet: bool) -> Self {
        let state = Arc::new(WorkState::default());
        let shown = state.clone();
        let is_shown = !quiet && std::io::stderr().is_terminal();
        let thread = is_shown.then(|| std::thread::spawn(move || shown.show()));
        Self { state, thread }
    }

    /// Timings that tell of each stage.
    pub fn timings(&self) -> Timings {
        let state = self.state.clone();
        Timings::telling(move |stage| state.begin(stage))
    }

    /// Says what is being done now.
    pub fn stage(&self, stage: &'static str) {
        self.state.begin(stage);
    }

    /// Says how many steps the stage has.
    pub fn expect(&self, steps: usize) {
        self.state.all.store(steps, Ordering::Relaxed);
    }

    /// Says that a step of the stage is done.
    pub fn step(&self) {
        self.state.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        *self.state.over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.state.ended.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl WorkState {
    fn begin(&self, stage: &'static str) {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = stage;
        self.all.store(0, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
    }

    fn show(&self) {
        let (mut over, mut wait) = (self.over.lock().unwrap_or_else(PoisonError::into_inner), MOMENT);
        let mut shown = false;
        while !*over {
            over = match self.ended.wait_timeout(over, wait) {
                Ok((over, _)) => over,
                Err(poisoned) => poisoned.into_inner().0,
            };
            if !*over {
                report::progress(&self.line());
                (shown, wait) = (true, EVERY);
            }
        }
        if shown {
            report::progress("");
        }
    }

    fn line(&self) -> String {
        let stage = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        let (done, all) = (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed));
        if all == 0 { format!("{stage} ...") } else { format!("{stage}: {} of {all}", done.min(all)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_far_the_work_is() {
        let progress = Progress::start(true);
        let mut timings = progress.timings();
        timings.time("parse", || assert_eq!(progress.state.line(), "parse ..."));
        timings.time("render", || {
            progress.expect(3);
            (0..5).for_each(|_| progress.step());
            assert_eq!(progress.state.line(), "render: 3 of 3");
        });
        progress.stage("looking at the files");
        assert_eq!(progress.state.line(), "looking at the files ...");
    }
}
