//! One work of a bibliography, as it stands in the file.

use std::ops::Range;

/// One work as text: from its key to the next key at the left margin.
pub(super) struct WorkText {
    /// The key of the work.
    pub(super) key: String,
    /// Where the key stands in the file.
    pub(super) key_span: Range<usize>,
    /// Where the whole work stands in the file.
    pub(super) range: Range<usize>,
}
