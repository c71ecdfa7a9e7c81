//! Unified diffs of repairs and new names.

use similar::TextDiff;

/// The difference between two texts, line by line; empty when there is none.
pub fn unified(path: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new).unified_diff().header(path, path).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_changes_share_a_hunk_and_far_ones_do_not() {
        let old: String = (1..=20).map(|n| format!("{n}\n")).collect();
        let new = old.replace("\n5\n", "\nfive\n").replace("\n8\n", "\neight\n").replace("\n20\n", "\ntwenty\n");
        let diff = unified("a.md", &old, &new);
        assert_eq!(diff.matches("@@ -").count(), 2);
        assert!(diff.contains("@@ -2,10 +2,10 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n-8\n+eight\n 9\n"), "{diff}");
        assert!(diff.ends_with("@@ -17,4 +17,4 @@\n 17\n 18\n 19\n-20\n+twenty\n"), "{diff}");
    }

    #[test]
    fn lines_come_and_go() {
        let diff = unified("a.md", "one\ntwo\n", "one\nand a half\ntwo\n");
        assert!(diff.ends_with("@@ -1,2 +1,3 @@\n one\n+and a half\n two\n"), "{diff}");
    }

    #[test]
    fn a_missing_line_break_is_said() {
        assert!(unified("a.md", "old", "new").contains("-old\n\\ No newline at end of file\n+new\n"));
        assert_eq!(unified("a.md", "same", "same"), "");
    }
}
