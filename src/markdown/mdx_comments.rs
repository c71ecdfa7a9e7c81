//! Comments of MDX, `{/* why */}`: no page shows them.

use super::MarkdownProblem;
use super::fences::Fences;
use super::rewritten::Edit;
use crate::diagnostics::Code;

const OPEN: &str = "{/*";
const CLOSE: &str = "*/}";

/// Takes the comments out of a text, but not out of code, and reports one that never ends.
pub(super) fn comments(text: &str) -> (Vec<Edit>, Vec<MarkdownProblem>) {
    let (mut edits, mut problems) = (Vec::new(), Vec::new());
    if !text.contains(OPEN) {
        return (edits, problems);
    }
    let (mut fences, mut at, mut after) = (Fences::default(), 0, 0);
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let rest = line.trim_start();
        let is_code = after <= at && fences.is_code(rest.trim_end(), line.len() - rest.len());
        let mut from = at.max(after);
        while !is_code
            && let Some(begin) = text.get(from..end).and_then(|rest| rest.find(OPEN)).map(|begin| from + begin)
        {
            if is_in_code(&text[at.max(after)..begin], &text[begin..end]) {
                from = begin + OPEN.len();
                continue;
            }
            let close = text[begin..].find(CLOSE).map(|close| begin + close + CLOSE.len());
            if close.is_none() {
                problems.push(MarkdownProblem {
                    code: Code::CommentOpen,
                    span: begin..begin + OPEN.len(),
                    message: format!("`{OPEN}` begins what is not published, and it never ends"),
                    related: None,
                    help: format!("end it with `{CLOSE}`, or put the signs in backticks to show them"),
                });
            }
            after = close.unwrap_or(text.len());
            edits.push(Edit { range: begin..after, with: String::new() });
            from = after;
        }
        at = end;
    }
    (edits, problems)
}

/// Whether a place in a line lies in a piece of code: behind an odd number of backticks, with another one behind it.
fn is_in_code(before: &str, behind: &str) -> bool {
    before.matches('`').count() % 2 == 1 && behind.contains('`')
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::*;

    #[test]
    fn comments_are_taken_out_of_all_but_code() {
        let read = |text: &str| {
            let mut read = Rewritten::of(text);
            read.apply(&comments(text).0);
            read.text.into_owned()
        };
        assert_eq!(read("a {/* x */}b {/*y*/}c\n{/*\n```\n\nz\n*/} d {/* e */}\n"), "a b c\n d \n");
        for left in ["`{/* x */}`\n", "```\n{/* x */}\n```\n", "{ /* x */ }\n"] {
            assert_eq!(read(left), left);
        }
        assert_eq!(read("`a` {/* x */}\n"), "`a` \n");
        assert_eq!(read("a` {/* x */}\n"), "a` \n");
        assert_eq!(read("a {/* x\n\nSECRET"), "a ");
        assert_eq!(comments("a {/* x").1[0].code, Code::CommentOpen);
    }
}
