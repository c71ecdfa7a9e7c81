//! The preview: the site as it would be built, drawn page by page when a browser asks, and fresh after every save.
//!
//! One thread owns the engine and follows the files (`watch`, `follow`). What it learns it publishes as an `edition`,
//! and the `server` answers from the newest one. Nothing is written to disk.

mod address;
mod bar;
pub mod edition;
mod editor;
mod files;
pub mod follow;
mod guard;
mod live;
mod report;
mod search_index;
mod server;
mod watch;

use std::path::PathBuf;
use std::time::{Duration, Instant};

pub use address::{Bound, bind};
pub use editor::Editor;
pub use follow::PreviewEvent;

use crate::model::options::Options;

/// What a preview is started with.
pub struct Settings {
    /// The folder of the site.
    pub root: PathBuf,
    /// What decides which site is shown.
    pub options: Options,
    /// How files are opened from the browser.
    pub editor: Editor,
    /// Whether browsers go to the page that was changed.
    pub navigate: bool,
    /// The path below which the site is shown, with a slash at both ends.
    pub base: String,
    /// Other names under which the preview answers.
    pub allowed: Vec<String>,
    /// Look at the files again and again, whatever the system tells of them.
    pub poll: bool,
}

/// Serves the site until the program is asked to end. `say` hears of every change, on a thread of its own.
///
/// # Errors
/// With a sentence, when the preview cannot go on.
pub fn run(bound: Bound, settings: Settings, say: impl Fn(PreviewEvent<'_>) + Send + 'static) -> Result<(), String> {
    server::run(bound, settings, say)
}

/// The time that some work took, and its result.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    #[expect(clippy::disallowed_methods, reason = "the preview shows how long it took, and builds nothing")]
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}
