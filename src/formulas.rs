//! Formulas of TeX as MathML, which browsers draw by themselves. Nothing else names `math_core`.

use std::ops::Range;

/// Whether this build can draw formulas.
pub const BUILT_IN: bool = cfg!(feature = "math");

/// Longest formula that is drawn, in bytes.
const LONGEST: usize = 10_000;

/// What is wrong with a formula.
#[derive(Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// Where, in bytes of the formula.
    pub at: Range<usize>,
    /// What a diagnostic says of it.
    pub message: String,
}

/// Draws the formulas of a text, whose equations are numbered one after the other.
#[derive(Default)]
pub struct Formulas(library::Converter);

impl Formulas {
    /// Draws a formula, in a line or as a block of its own. No part of it has a style: the policy of the pages allows none.
    ///
    /// # Errors
    /// Where it is not what TeX means, or nothing that MathML has.
    pub fn mathml(&mut self, tex: &str, block: bool) -> Result<String, FormulaError> {
        if tex.len() > LONGEST {
            let message = format!("a formula has at most {LONGEST} bytes, and this one has {}", tex.len());
            return Err(FormulaError { at: 0..0, message });
        }
        self.0.mathml(tex, block)
    }
}

#[cfg(not(feature = "math"))]
mod library {
    use super::FormulaError;

    #[derive(Default)]
    pub(super) struct Converter;

    impl Converter {
        /// This build draws none: the site was told so where it asked for it.
        pub(super) fn mathml(&mut self, _: &str, _: bool) -> Result<String, FormulaError> {
            Err(FormulaError { at: 0..0, message: "this build of limber cannot draw formulas".into() })
        }
    }
}

#[cfg(feature = "math")]
mod library {
    use std::thread;

    use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

    use super::FormulaError;
    use super::styles::without_styles;

    /// Formulas with fewer signs that may nest than this are read on the stack that there is: four times as many fit on it.
    const SHALLOW: usize = 200;

    /// The stack for all others, of which only as much is taken as they need: six times what the longest formula needs.
    const STACK: usize = 128 << 20;

    #[derive(Default)]
    pub(super) struct Converter(Option<LatexToMathML>);

    impl Converter {
        pub(super) fn mathml(&mut self, tex: &str, block: bool) -> Result<String, FormulaError> {
            let failed = |message: &str| FormulaError { at: 0..0, message: message.into() };
            if self.0.is_none() {
                self.0 = LatexToMathML::new(MathCoreConfig::default()).ok();
            }
            let Some(converter) = &mut self.0 else { return Err(failed("formulas cannot be drawn")) };
            if tex.bytes().filter(|byte| b"\\{^_[(&".contains(byte)).count() < SHALLOW {
                return draw(converter, tex, block);
            }
            thread::scope(|scope| {
                let thread =
                    thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || draw(converter, tex, block));
                let drawn = thread.ok().and_then(|thread| thread.join().ok());
                drawn.unwrap_or_else(|| Err(failed("this formula is too deep to be drawn")))
            })
        }
    }

    fn draw(converter: &mut LatexToMathML, tex: &str, block: bool) -> Result<String, FormulaError> {
        let display = if block { MathDisplay::Block } else { MathDisplay::Inline };
        match converter.convert_with_global_state(tex, display) {
            Ok(drawn) => Ok(without_styles(&drawn.mathml)),
            Err(error) => {
                let at = if tex.get(error.0.clone()).is_some() { error.0.clone() } else { 0..tex.len() };
                Err(FormulaError { at, message: as_ours(&error.error_message()) })
            }
        }
    }

    /// The message of the library in the form of ours: no capital, no full stop, and back-ticks round what was typed.
    fn as_ours(message: &str) -> String {
        let message = message.trim_end_matches('.').replace('"', "`");
        let mut letters = message.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }
}

/// Styles in attributes, which the policy of the pages blocks, as classes and attributes that it does not.
#[cfg(feature = "math")]
mod styles {
    /// Classes of the theme by the beginnings of declarations.
    const CLASSES: [(&str, &str); 11] = [
        ("text-align: left", "fl"),
        ("text-align: right", "fr"),
        ("padding-left: 0", "pl"),
        ("padding-right: 0", "pr"),
        ("width: 100%", "ff"),
        ("width: 50%", "fw"),
        ("border-top:", "bt"),
        ("border-right:", "br"),
        ("border-bottom:", "bb"),
        ("border-left:", "bl"),
        ("font-variant-caps: small-caps", "sc"),
    ];

    /// Elements whose styles became classes. What has neither class nor attribute is left out: it is space.
    pub(super) fn without_styles(mathml: &str) -> String {
        const STYLE: &str = " style=\"";
        let (mut plain, mut rest) = (String::with_capacity(mathml.len()), mathml);
        while let Some(at) = rest.find(STYLE) {
            let is_text = rest[..at].rfind('>') > rest[..at].rfind('<');
            let value = &rest[at + STYLE.len()..];
            let end = value.find('"').unwrap_or(value.len());
            if is_text {
                plain.push_str(&rest[..at + STYLE.len()]);
                rest = value;
                continue;
            }
            plain.push_str(&rest[..at]);
            let declarations = value[..end].split(';').map(str::trim);
            let mut classes = Vec::new();
            for declaration in declarations {
                classes
                    .extend(CLASSES.iter().find(|(known, _)| declaration.starts_with(known)).map(|(_, class)| *class));
                if let Some(colour) = declaration.strip_prefix("color:") {
                    plain.push_str(&format!(" mathcolor=\"{}\"", colour.trim()));
                }
            }
            if !classes.is_empty() {
                plain.push_str(&format!(" class=\"{}\"", classes.join(" ")));
            }
            rest = value.get(end + 1..).unwrap_or_default();
        }
        plain.push_str(rest);
        plain
    }
}

#[cfg(all(test, feature = "math"))]
mod tests {
    use super::*;

    fn drawn(tex: &str) -> String {
        Formulas::default().mathml(tex, false).unwrap_or_else(|error| panic!("{tex}: {error:?}"))
    }

    #[test]
    fn formulas_are_elements_that_browsers_draw() {
        assert_eq!(drawn("x_i"), "<math><msub><mi>x</mi><mi>i</mi></msub></math>");
        let block = Formulas::default().mathml("a < b", true);
        assert_eq!(block.as_deref(), Ok("<math display=\"block\"><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>"));
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        let error = Formulas::default().mathml("a + \\nothing{b}", false).unwrap_err();
        assert_eq!((error.at, error.message.as_str()), (4..12, "unknown command `\\nothing`"));
        let error = Formulas::default().mathml("\\frac{a", false).unwrap_err();
        assert_eq!(error.message, "expected closing token `}`, but reached end of input");
    }

    #[test]
    fn no_part_has_a_style() {
        let all = [
            "\\begin{align} a &= b \\\\ c &= d \\end{align}",
            "\\begin{cases} x & y \\\\ z & w \\end{cases}",
            "\\begin{array}{c|c} a & b \\\\ \\hline c & d\\end{array}",
            "a \\! b \\quad c \\hspace{1cm}",
            "{\\color{red} x}",
        ];
        for tex in all {
            let drawn = Formulas::default().mathml(tex, true).unwrap_or_else(|error| panic!("{tex}: {error:?}"));
            assert!(!drawn.contains(" style=\""), "{tex}: {drawn}");
        }
        assert!(drawn("{\\color{red} x}").contains(" mathcolor=\"#FF0000\""));
        assert!(drawn(all[1]).contains("<mtd class=\"fl pr\">"));
    }

    #[test]
    fn equations_of_one_text_are_numbered_one_after_the_other() {
        let mut formulas = Formulas::default();
        let numbers: Vec<_> = (0..2).map(|_| formulas.mathml("\\begin{equation} a \\end{equation}", true)).collect();
        assert!(numbers[0].as_ref().unwrap().contains("(1)") && numbers[1].as_ref().unwrap().contains("(2)"));
    }

    #[test]
    fn deep_and_long_formulas_end_in_a_report_or_a_formula() {
        for (open, close) in
            [("{", "}"), ("\\sqrt", ""), ("\\left(", "\\right)"), ("x^{", "}"), ("\\frac{1}{", "}"), ("{", "")]
        {
            let count = LONGEST / (open.len() + close.len() + 1);
            let tex = format!("{} x{}", open.repeat(count), close.repeat(count));
            let result = Formulas::default().mathml(&tex, true);
            assert!(result.is_ok() || !close.is_empty() || result.is_err(), "{open}");
        }
        assert!(Formulas::default().mathml(&"x".repeat(LONGEST + 1), false).is_err());
    }
}
