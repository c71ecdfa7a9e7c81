//! Lines of code in Rust that books hide: those that begin with `# `. `##` begins a line with one `#`.

use super::fences::{CodeLine, Fences};
use super::rewritten::Edit;

/// Takes hidden lines out of the pieces of code in a text.
pub(super) fn hidden_lines(text: &str) -> Vec<Edit> {
    let (mut edits, mut at, mut fences, mut is_rust) = (Vec::new(), 0, Fences::default(), false);
    for line in text.split_inclusive('\n') {
        let code = line.trim_start_matches([' ', '\t', '>']);
        let begin = at + line.len() - code.len();
        let end = at + line.len();
        match (fences.line(code.trim_end(), begin - at), code.trim_end().strip_prefix('#')) {
            (CodeLine::Begins(info), _) => is_rust = info.split([',', ' ', '{']).next() == Some("rust"),
            (CodeLine::Inside, Some(rest)) if is_rust => {
                if rest.is_empty() || rest.starts_with(' ') {
                    edits.push(Edit { range: at..end, with: String::new() });
                } else if rest.starts_with('#') {
                    edits.push(Edit { range: begin..begin + 1, with: String::new() });
                }
            }
            _ => {}
        }
        at = end;
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::*;

    #[test]
    fn hidden_lines_of_rust_are_left_out() {
        let read = |text: &str| {
            let mut read = Rewritten::of(text);
            read.apply(&hidden_lines(text));
            read.text.into_owned()
        };
        let text = "# Title\n\n```rust,ignore\n# use a;\n#\n#[test]\n#![no_std]\n## kept\nlet a = 1;\n    # b();\n```\n# Next\n";
        let shown = "# Title\n\n```rust,ignore\n#[test]\n#![no_std]\n# kept\nlet a = 1;\n```\n# Next\n";
        assert_eq!(read(text), shown);
        for same in ["```sh\n# a\n```\n", "```\n# a\n```\n", "~~~rust2\n# a\n~~~\n"] {
            assert_eq!(read(same), same);
        }
        assert_eq!(read("> ~~~rust\n> # a\n> b\n> ~~~\n"), "> ~~~rust\n> b\n> ~~~\n");
    }
}
