//! Lines of code in Rust that books hide: those that begin with `# `. `##` begins a line with one `#`.

use super::rewritten::Edit;

/// Takes hidden lines out of the pieces of code in a text.
pub(super) fn hidden_lines(text: &str) -> Vec<Edit> {
    let (mut edits, mut at, mut fence) = (Vec::new(), 0, None::<(&str, bool)>);
    for line in text.split_inclusive('\n') {
        let code = line.trim_start_matches([' ', '\t', '>']);
        let begin = at + line.len() - code.len();
        let end = at + line.len();
        let code = code.trim_end();
        match fence {
            Some((open, _)) if code.starts_with(open) && code.trim_start_matches(&open[..1]).is_empty() => fence = None,
            Some((_, true)) => match code.strip_prefix('#') {
                Some("") => edits.push(Edit { range: at..end, with: String::new() }),
                Some(rest) if rest.starts_with(' ') => edits.push(Edit { range: at..end, with: String::new() }),
                Some(rest) if rest.starts_with('#') => {
                    edits.push(Edit { range: begin..begin + 1, with: String::new() })
                }
                _ => {}
            },
            Some(_) => {}
            None => fence = opened(code),
        }
        at = end;
    }
    edits
}

/// The fence with which a line begins a piece of code, and whether that is in Rust.
fn opened(line: &str) -> Option<(&str, bool)> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let info = line.trim_start_matches(sign);
    let fence = &line[..line.len() - info.len()];
    let language = info.trim_start().split([',', ' ', '{']).next().unwrap_or_default();
    (fence.len() >= 3 && !(sign == '`' && info.contains('`'))).then_some((fence, language == "rust"))
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
