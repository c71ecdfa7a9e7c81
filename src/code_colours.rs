//! The colours of code: which pieces of a text are comments, words of the language, strings. Nothing else names `syntect`.
//!
//! `syntect` with the grammars of `two-face` and `fancy-regex`: 200 languages in 3 MB and 47 s of processor time to build; a
//! thousand pieces of 40 lines take 3.9 s and 77 MB. Tried on the same pieces: `tree-sitter-highlight` takes 0.4 s, but six
//! languages alone are 4.4 MB and as long to build, each in C; Oniguruma in place of `fancy-regex` takes 1.5 s, 9 MB and 1 MB
//! less of program, but is C that nobody maintains since 2025.

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
    use std::borrow::Cow;
    use std::ops::Range;
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

    /// Code whose comments are found here and not by the library, which never ends where one stands at the end of a line of
    /// JavaScript: <https://github.com/trishume/syntect/pull/706>. Each with whether a comment may begin in it.
    const OPEN_TO_COMMENTS: [(&str, bool); 7] = [
        ("string", false),
        ("comment", false),
        ("meta.interpolation", true),
        ("meta.template.expression", true),
        ("source.js", true),
        ("source.jsx", true),
        ("source", false),
    ];

    /// In a line in which more could begin a comment, nothing is coloured: each has to be looked at.
    const MOST_COMMENTS: usize = 20;

    static SCOPES: LazyLock<Vec<(Scope, &'static str)>> =
        LazyLock::new(|| CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect());

    static OPEN: LazyLock<Vec<(Scope, bool)>> = LazyLock::new(|| {
        OPEN_TO_COMMENTS.iter().filter_map(|(scope, open)| Some((Scope::new(scope).ok()?, *open))).collect()
    });

    pub(super) fn coloured(language: &str, code: &str) -> Option<Vec<ColouredPiece>> {
        let syntaxes = syntaxes();
        let mut reader = Reader {
            syntaxes: &syntaxes,
            state: ParseState::new(syntax(&syntaxes, language)?),
            stack: ScopeStack::new(),
            in_comment: false,
            pieces: Vec::new(),
        };
        let mut begin = 0;
        for line in code.split_inclusive('\n') {
            reader.line(line, begin)?;
            begin += line.len();
        }
        Some(reader.pieces)
    }

    /// Where in a piece of code the library stands.
    struct Reader<'s> {
        syntaxes: &'s SyntaxSet,
        state: ParseState,
        stack: ScopeStack,
        /// Whether a comment of JavaScript is open.
        in_comment: bool,
        pieces: Vec<ColouredPiece>,
    }

    impl Reader<'_> {
        /// Reads the next line. What the library cannot read stays plain.
        fn line(&mut self, line: &str, begin: usize) -> Option<()> {
            let (shown, comments) = self.without_comments(line)?;
            let end = line.trim_end().len();
            let mut comments = comments.into_iter().peekable();
            let mut add = |pieces: &mut Vec<ColouredPiece>, range: Range<usize>, class| {
                let mut from = range.start;
                while let Some(comment) = comments.next_if(|comment| comment.start < range.end) {
                    push(pieces, begin + from..begin + comment.start, class);
                    push(pieces, begin + comment.start..begin + comment.end.min(end), "hc");
                    from = comment.end;
                }
                push(pieces, begin + from..begin + range.end, class);
            };
            let mut from = 0;
            for (at, change) in self.state.parse_line(&shown, self.syntaxes).ok()? {
                // What changes inside a comment stands at a blank, and begins behind it.
                add(&mut self.pieces, from..at.min(end), class(&self.stack));
                self.stack.apply(&change).ok()?;
                from = from.max(at);
            }
            add(&mut self.pieces, from..end, class(&self.stack));
            Some(())
        }

        /// A line with blanks in the place of its comments, and where these stand.
        fn without_comments<'l>(&mut self, line: &'l str) -> Option<(Cow<'l, str>, Vec<Range<usize>>)> {
            if !self.in_comment && !line.contains("/*") {
                return Some((line.into(), Vec::new()));
            }
            let (mut shown, mut comments, mut at) = (line.to_string(), Vec::new(), 0);
            for _ in 0..MOST_COMMENTS {
                let (start, inside) = if std::mem::take(&mut self.in_comment) {
                    (0, 0)
                } else {
                    let Some(start) = shown[at..].find("/*").map(|found| at + found) else {
                        return Some((shown.into(), comments));
                    };
                    if !self.may_begin(&shown[..start])? {
                        at = start + 2;
                        continue;
                    }
                    (start, start + 2)
                };
                let close = shown[inside..].find("*/").map(|found| inside + found + 2);
                self.in_comment = close.is_none();
                let end = close.unwrap_or(shown.trim_end_matches(['\r', '\n']).len());
                shown.replace_range(start..end, &" ".repeat(end - start));
                comments.push(start..end);
                at = end;
                if self.in_comment {
                    return Some((shown.into(), comments));
                }
            }
            None
        }

        /// Whether a comment of JavaScript may begin behind these words of a line.
        fn may_begin(&self, before: &str) -> Option<bool> {
            let (mut state, mut stack) = (self.state.clone(), self.stack.clone());
            for (_, change) in state.parse_line(before, self.syntaxes).ok()? {
                stack.apply(&change).ok()?;
            }
            let open = |scope: &Scope| OPEN.iter().find(|(known, _)| known.is_prefix_of(*scope)).map(|(_, open)| *open);
            Some(stack.as_slice().iter().rev().find_map(open).unwrap_or_default())
        }
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

    fn push(pieces: &mut Vec<ColouredPiece>, range: Range<usize>, class: &'static str) {
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

        /// The library goes round in circles at a comment behind which nothing stands on its line.
        #[test]
        fn a_comment_at_the_end_of_a_line_of_javascript_comes_to_an_end() {
            for language in ["js", "jsx", "mjs", "ts", "tsx"] {
                assert_coloured(
                    language,
                    "row /* a */\nx\n  /* b\n é */ + y /* c",
                    &[("/* a */", "hc"), ("/* b", "hc"), (" é */", "hc"), ("/* c", "hc")],
                );
            }
            for language in ["html", "vue", "svelte"] {
                assert_coloured(language, "<script>\na /* b */\n</script>\n", &[("/* b */", "hc")]);
            }
            assert_coloured("md", "```js\na /* b */\n```\n", &[("/* b */", "hc")]);
            assert_coloured(
                "js",
                "a.replace(/\\/*$/, \"/*\") // /* b\nlet c = `/* ${ d /* e */ } f`\n",
                &[("// /* b", "hc"), ("\"/*\"", "hs"), ("let", "hk"), ("/* e */", "hc"), (" f`", "hs")],
            );
            assert_coloured("html", "<p>a /* b</p>\n<p class=\"c\">\n", &[("class", "ha")]);
            assert_coloured("css", "a { /* b */ color: red }\n", &[("/* b */", "hc"), ("color", "ha")]);
            assert_eq!(coloured("js", &"\"/*\" + ".repeat(400)), None);
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
