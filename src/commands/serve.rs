//! `limber serve`: the preview.

use std::path::Path;

use crate::args::Serve;

pub(super) fn run(_root: &Path, _args: Serve, _quiet: bool) -> u8 {
    super::FAILED
}
