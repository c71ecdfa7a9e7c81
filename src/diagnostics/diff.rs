//! Unified diffs of repairs. A repair stays within its line, so old and new lines stand side by side.

/// Lines before and after a change that are shown.
const CONTEXT: usize = 3;

/// The difference between two texts with equally many lines; empty when there is none.
pub fn unified(path: &str, old: &str, new: &str) -> String {
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let changed: Vec<usize> = (0..old.len().max(new.len())).filter(|at| old.get(*at) != new.get(*at)).collect();
    if changed.is_empty() {
        return String::new();
    }
    let mut out = format!("--- {path}\n+++ {path}\n");
    let mut rest = changed.as_slice();
    while let Some(first) = rest.first() {
        let together = rest.windows(2).take_while(|pair| pair[1] - pair[0] <= 2 * CONTEXT).count() + 1;
        let (hunk, later) = rest.split_at(together);
        rest = later;
        let start = first.saturating_sub(CONTEXT);
        let end = (hunk[hunk.len() - 1] + CONTEXT + 1).min(old.len());
        out.push_str(&format!("@@ -{0},{1} +{0},{1} @@\n", start + 1, end - start));
        let mut at = start;
        while at < end {
            if old[at] == new[at] {
                push(&mut out, ' ', old[at]);
                at += 1;
                continue;
            }
            let run = (at..end).take_while(|at| old[*at] != new[*at]).count();
            old[at..at + run].iter().for_each(|line| push(&mut out, '-', line));
            new[at..at + run].iter().for_each(|line| push(&mut out, '+', line));
            at += run;
        }
    }
    out
}

fn push(out: &mut String, sign: char, line: &str) {
    out.push(sign);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
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
    fn a_missing_line_break_is_said() {
        assert!(unified("a.md", "old", "new").contains("-old\n\\ No newline at end of file\n+new\n"));
        assert_eq!(unified("a.md", "same", "same"), "");
    }
}
