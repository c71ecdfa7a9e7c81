//! Which words differ between two texts.

use serde::Serialize;
use similar::{ChangeTag, DiffOp, TextDiff};

/// So many words that stayed are shown before and behind others.
const AROUND: usize = 8;

/// A place of a page where the words are others: paragraphs, headings, items or cells that stand together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextChange {
    /// What stood there.
    pub before: Vec<String>,
    /// What stands there now.
    pub after: Vec<String>,
}

/// A piece of a changed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRun {
    /// Whether it stayed.
    pub kind: RunKind,
    /// The words.
    pub text: String,
}

/// Whether words stayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// They stand in both texts.
    Same,
    /// They stand there no more.
    Removed,
    /// They are new.
    Added,
}

/// The places at which two texts differ, in their order.
pub fn changes(before: &[String], after: &[String]) -> Vec<TextChange> {
    let [old, new] = [before, after].map(|lines| lines.iter().map(String::as_str).collect::<Vec<_>>());
    let diff = TextDiff::from_slices(&old, &new);
    let mut changes = Vec::new();
    for op in diff.ops() {
        let (from, to) = match op {
            DiffOp::Equal { .. } => continue,
            op => (op.old_range(), op.new_range()),
        };
        changes.push(TextChange { before: before[from].to_vec(), after: after[to].to_vec() });
    }
    changes
}

impl TextChange {
    /// The change word by word.
    pub fn runs(&self) -> Vec<TextRun> {
        let (before, after) = (self.before.join(" ¶ "), self.after.join(" ¶ "));
        let diff = TextDiff::from_words(before.as_str(), after.as_str());
        let mut runs: Vec<TextRun> = Vec::new();
        for change in diff.iter_all_changes() {
            let kind = match change.tag() {
                ChangeTag::Equal => RunKind::Same,
                ChangeTag::Delete => RunKind::Removed,
                ChangeTag::Insert => RunKind::Added,
            };
            match runs.last_mut() {
                Some(last) if last.kind == kind => last.text.push_str(change.value()),
                _ => runs.push(TextRun { kind, text: change.value().to_string() }),
            }
        }
        runs
    }

    /// A change in one line: `the [-old-] {+new+} word`.
    pub fn marked(&self) -> String {
        let runs = self.runs();
        let mut out = String::new();
        for (at, run) in runs.iter().enumerate() {
            match run.kind {
                RunKind::Removed => out.push_str(&format!("[-{}-]", run.text.trim_end())),
                RunKind::Added => out.push_str(&format!("{{+{}+}}", run.text.trim_end())),
                RunKind::Same => out.push_str(&shortened(&run.text, at == 0, at + 1 == runs.len())),
            }
            if run.kind != RunKind::Same && run.text.ends_with(' ') {
                out.push(' ');
            }
        }
        out.trim().to_string()
    }
}

/// Words that stayed, without those that are far from any others.
fn shortened(text: &str, first: bool, last: bool) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let most = if first || last { AROUND } else { 2 * AROUND };
    if words.len() <= most {
        return text.to_string();
    }
    let (head, tail) = (words[..AROUND].join(" "), words[words.len() - AROUND..].join(" "));
    let edge = |has: bool| if has { " " } else { "" };
    let (before, behind) = (edge(text.starts_with(' ')), edge(text.ends_with(' ')));
    match (first, last) {
        (true, _) => format!("… {tail}{behind}"),
        (false, true) => format!("{before}{head} …"),
        (false, false) => format!("{before}{head} … {tail}{behind}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.split('|').map(str::to_string).collect()
    }

    #[test]
    fn what_stands_together_is_one_change() {
        let changes = changes(&lines("a|b c|d|e"), &lines("a|b x|d|e|f"));
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0], TextChange { before: vec!["b c".into()], after: vec!["b x".into()] });
        assert_eq!(changes[1], TextChange { before: vec![], after: vec!["f".into()] });
        let runs: Vec<_> = changes[0].runs().into_iter().map(|run| (run.kind, run.text)).collect();
        assert_eq!(runs, [(RunKind::Same, "b ".into()), (RunKind::Removed, "c".into()), (RunKind::Added, "x".into())]);
    }

    #[test]
    fn a_change_in_one_line_leaves_out_what_is_far_from_it() {
        let text = |middle: &str| format!("a b c d e f g h i j {middle} k l m n o p q r s t");
        let change = TextChange { before: vec![text("x")], after: vec![text("x y")] };
        assert_eq!(change.marked(), "… d e f g h i j x {+y+} k l m n o p q r …");
    }

    #[test]
    fn equal_texts_have_none() {
        assert_eq!(changes(&lines("a|b"), &lines("a|b")), []);
    }
}
