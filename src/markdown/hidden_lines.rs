//! Lines of code in Rust that books hide: those that begin with `# `. `##` begins a line with one `#`.

use super::rewritten::Edit;
use super::verbatim::Verbatim;

/// Takes hidden lines out of the pieces of code in a text.
pub(super) fn hidden_lines(text: &str, verbatim: &Verbatim) -> Vec<Edit> {
    let mut edits = Vec::new();
    for code in verbatim.code() {
        let mut lines = text[code.clone()].split_inclusive('\n');
        let fence = lines.next().unwrap_or_default();
        let info = fence.trim_start_matches(['`', '~']).trim();
        if info.split([',', ' ', '{']).next() != Some("rust") {
            continue;
        }
        let mut at = code.start + fence.len();
        for line in lines {
            let behind = line.trim_start_matches([' ', '\t', '>']);
            let begin = at + line.len() - behind.len();
            let end = at + line.len();
            if let Some(rest) = behind.trim_end().strip_prefix('#') {
                if rest.is_empty() || rest.starts_with(' ') {
                    edits.push(Edit { range: at..end, with: String::new() });
                } else if rest.starts_with('#') {
                    edits.push(Edit { range: begin..begin + 1, with: String::new() });
                }
            }
            at = end;
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    #[test]
    fn hidden_lines_of_rust_are_left_out() {
        let read = |text: &str| {
            let mut read = Rewritten::of(text);
            read.apply(&hidden_lines(text, &Verbatim::of(text, PLAIN)));
            read.text.into_owned()
        };
        let text = "# Title\n\n```rust,ignore\n# use a;\n#\n#[test]\n#![no_std]\n## kept\nlet a = 1;\n    # b();\n```\n# Next\n";
        let shown = "# Title\n\n```rust,ignore\n#[test]\n#![no_std]\n# kept\nlet a = 1;\n```\n# Next\n";
        assert_eq!(read(text), shown);
        for same in [
            "<!--\n```rust\n-->\n\n# Words\n",
            "> ```rust\n> x\n\n# Words\n",
            "- ```rust\n  x\n\n# Words\n",
            "Para.\n\n    ```rust\n    # kept\n    ```\n",
        ] {
            assert_eq!(read(same), same);
        }
        for same in ["```sh\n# a\n```\n", "```\n# a\n```\n", "~~~rust2\n# a\n~~~\n"] {
            assert_eq!(read(same), same);
        }
        assert_eq!(read("> ~~~rust\n> # a\n> b\n> ~~~\n"), "> ~~~rust\n> b\n> ~~~\n");
    }
}
