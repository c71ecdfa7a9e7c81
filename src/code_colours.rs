//! The colours of code: which pieces of a text are comments, words of the language, strings. Nothing else names `syntect`.

use std::ops::Range;

/// A piece of code and the class that its colour has.
pub type ColouredPiece = (Range<usize>, &'static str);

/// Code that is longer than this stays plain, in bytes; so does code with a line longer than [`LONGEST_LINE`].
const LONGEST: usize = 100_000;

/// Longest line that is coloured: what is longer was made by a program.
const LONGEST_LINE: usize = 4_000;

/// The pieces of code that have a colour, in order. None where nothing is known of the language, or this build knows none.
pub fn coloured(language: &str, code: &str) -> Option<Vec<ColouredPiece>> {
    let is_long = code.len() > LONGEST || code.lines().any(|line| line.len() > LONGEST_LINE);
    if language.is_empty() || is_long { None } else { library::coloured(language, code) }
}

/// Lets go of what the languages take in memory, where no more code comes: each grows with what was read in it.
pub fn release() {
    library::release();
}

#[cfg(not(feature = "code-colours"))]
mod library {
    use super::ColouredPiece;

    /// This build has no colours.
    pub(super) fn coloured(_: &str, _: &str) -> Option<Vec<ColouredPiece>> {
        None
    }

    /// This build holds nothing.
    pub(super) fn release() {}
}

#[cfg(feature = "code-colours")]
mod library {
    use std::sync::{Arc, LazyLock, PoisonError, RwLock};

    use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

    use super::ColouredPiece;

    static SYNTAXES: RwLock<Option<Arc<SyntaxSet>>> = RwLock::new(None);

    /// The languages, which are read when the first code comes.
    fn syntaxes() -> Arc<SyntaxSet> {
        let known = SYNTAXES.read().unwrap_or_else(PoisonError::into_inner).clone();
        known.unwrap_or_else(|| {
            let mut known = SYNTAXES.write().unwrap_or_else(PoisonError::into_inner);
            known.get_or_insert_with(|| Arc::new(two_face::syntax::extra_newlines())).clone()
        })
    }

    pub(super) fn release() {
        *SYNTAXES.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What people write behind a fence, where the library calls the language otherwise.
    const NAMES: [(&str, &str); 14] = [
        ("console", "sh"),
        ("csharp", "cs"),
        ("docker", "dockerfile"),
        ("golang", "go"),
        ("jsonc", "json"),
        ("json5", "json"),
        ("jsx", "js"),
        ("make", "makefile"),
        ("mjs", "js"),
        ("node", "js"),
        ("py3", "py"),
        ("shell", "sh"),
        ("shellscript", "sh"),
        ("zsh", "sh"),
    ];

    /// Classes by what the library says of a piece of code; the first that fits. What has no class has no colour.
    const CLASSES: [(&str, &str); 24] = [
        ("comment", "hc"),
        ("constant.character.escape", "hn"),
        ("meta.interpolation", ""),
        ("meta.template.expression", ""),
        ("support.type.property-name", "ha"),
        ("string", "hs"),
        ("constant", "hn"),
        ("keyword.operator.word", "hk"),
        ("keyword.operator.logical.python", "hk"),
        ("keyword.operator", ""),
        ("keyword", "hk"),
        ("storage", "hk"),
        ("variable.language", "hk"),
        ("entity.name.function", "hf"),
        ("variable.function", "hf"),
        ("support.function", "hf"),
        ("entity.name.section", "hf"),
        ("entity.name.tag", "hk"),
        ("entity.name", "ht"),
        ("entity.other.attribute-name", "ha"),
        ("support", "ht"),
        ("markup.heading", "hf"),
        ("markup.inserted", "hs"),
        ("markup.deleted", "hn"),
    ];

    static SCOPES: LazyLock<Vec<(Scope, &'static str)>> =
        LazyLock::new(|| CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect());

    pub(super) fn coloured(language: &str, code: &str) -> Option<Vec<ColouredPiece>> {
        let syntaxes = syntaxes();
        let mut state = ParseState::new(syntax(&syntaxes, language)?);
        let (mut stack, mut pieces, mut begin) = (ScopeStack::new(), Vec::new(), 0);
        for line in code.split_inclusive('\n') {
            // What the library cannot read stays plain.
            let changes = state.parse_line(line, &syntaxes).ok()?;
            let (mut from, end) = (0, line.trim_end().len());
            for (at, change) in changes {
                push(&mut pieces, begin + from..begin + at.min(end), class(&stack));
                stack.apply(&change).ok()?;
                from = at;
            }
            push(&mut pieces, begin + from..begin + end, class(&stack));
            begin += line.len();
        }
        Some(pieces)
    }

    fn syntax<'s>(syntaxes: &'s SyntaxSet, language: &str) -> Option<&'s SyntaxReference> {
        let small = language.to_ascii_lowercase();
        let name = NAMES.iter().find(|(name, _)| *name == small).map_or(small.as_str(), |(_, known)| known);
        syntaxes.find_syntax_by_token(name).filter(|syntax| syntax.name != "Plain Text")
    }

    /// The class of what stands inside these scopes, of which the innermost decides.
    fn class(stack: &ScopeStack) -> &'static str {
        let known =
            |scope: &Scope| SCOPES.iter().find(|(known, _)| known.is_prefix_of(*scope)).map(|(_, class)| *class);
        stack.as_slice().iter().rev().find_map(known).unwrap_or_default()
    }

    fn push(pieces: &mut Vec<ColouredPiece>, range: std::ops::Range<usize>, class: &'static str) {
        if class.is_empty() || range.is_empty() {
            return;
        }
        match pieces.last_mut() {
            Some((last, same)) if last.end == range.start && *same == class => last.end = range.end,
            _ => pieces.push((range, class)),
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[track_caller]
        fn assert_coloured(language: &str, code: &str, expected: &[(&str, &str)]) {
            let pieces = coloured(language, code).unwrap_or_else(|| panic!("{language} is unknown"));
            let found: Vec<_> = pieces.iter().map(|(range, class)| (&code[range.clone()], *class)).collect();
            for piece in expected {
                assert!(found.contains(piece), "{language}: {piece:?} is not among {found:?}");
            }
        }

        #[test]
        fn the_usual_languages_are_known() {
            let names = "rust python js javascript ts typescript tsx jsx html css scss json jsonc yaml yml toml bash sh zsh \
                shell console go java kotlin swift c cpp c++ csharp ruby php sql lua perl r haskell scala elixir erlang dart \
                docker dockerfile make makefile nix diff xml markdown md vue svelte graphql ini clojure julia zig";
            let syntaxes = syntaxes();
            let unknown: Vec<_> = names.split_whitespace().filter(|name| syntax(&syntaxes, name).is_none()).collect();
            assert_eq!(unknown, [""; 0]);
            assert!(syntax(&syntaxes, "text").is_none() && syntax(&syntaxes, "mermaid").is_none());
        }

        #[test]
        fn comments_words_strings_and_names_have_classes() {
            assert_coloured(
                "rust",
                "// why\nfn main() { let a: Board = \"x\\n\"; 3 }\n",
                &[("// why", "hc"), ("fn", "hk"), ("main", "hf"), ("let", "hk"), ("\\n", "hn"), ("3", "hn")],
            );
            assert_coloured("py", "def saw(x):\n    return 'a'\n", &[("def", "hk"), ("saw", "hf"), ("'a'", "hs")]);
            assert_coloured("js", "const a = `b ${c} d`;\n", &[("const", "hk"), (" d`", "hs")]);
            assert_coloured("toml", "a = 1 # one\n", &[("1", "hn"), ("# one", "hc")]);
            assert_coloured("html", "<p class=\"a\">b</p>\n", &[("p", "hk"), ("class", "ha"), ("\"a\"", "hs")]);
        }

        #[test]
        fn every_piece_is_one_of_the_code_and_comes_behind_the_last() {
            for (language, code) in
                [("rust", "fn ö() {}"), ("js", "/* a\n b"), ("html", "<script>\nlet a\n"), ("md", "# é\n")]
            {
                let mut end = 0;
                for (range, _) in coloured(language, code).unwrap_or_default() {
                    assert!(range.start >= end && code.get(range.clone()).is_some(), "{language}: {range:?}");
                    end = range.end;
                }
            }
        }
    }
}
