//! `limber init`: a small new site that builds.

use std::path::Path;

pub(super) fn run(_dir: &Path, _quiet: bool) -> u8 {
    super::FAILED
}
