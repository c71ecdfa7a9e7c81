//! Values of templates, `{{ page.title }}`, for which a text has words.

use super::super::author_signs::AuthorSigns;
use super::super::rewritten::Edit;
use super::contains;
use super::scan::scan;

/// Puts words in place of the values that are known by these names. In code, and between `{% raw %}` and its end, nothing is one.
pub(in super::super) fn values(text: &str, authors: AuthorSigns, known: &[(String, String)]) -> Vec<Edit> {
    if known.is_empty() || !text.contains("{{") {
        return Vec::new();
    }
    let verbatim = scan(text, authors).verbatim;
    let edit = |at: usize| {
        let inside =
            text[at + 2..].split_once("}}").map(|(inside, _)| inside).filter(|inside| !inside.contains("{{"))?;
        let name = inside.trim_matches(['-', ' ']);
        let (_, words) = known.iter().find(|(known, _)| known == name)?;
        Some(Edit { range: at..at + inside.len() + 4, with: words.clone() })
    };
    let places = text.match_indices("{{").map(|(at, _)| at).filter(|at| !contains(&verbatim, *at));
    places.filter_map(edit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_are_put_in_and_others_stay() {
        let known = [("page.title".to_string(), "Leek".to_string())];
        let shown = |text: &str| {
            let mut read = crate::markdown::rewritten::Rewritten::of(text);
            read.apply(&values(text, AuthorSigns::REMARKS, &known));
            read.text.into_owned()
        };
        assert_eq!(shown("A {{ page.title }} and {{page.title}}, {{- page.title -}}."), "A Leek and Leek, Leek.");
        let raw = "{% raw %}{{ page.title }}{% endraw %} `{{ page.title }}`\n\n```\n{{ page.title }}\n```\n";
        assert_eq!(shown(raw), raw);
        for other in ["{{ page.title | upcase }}", "{{ page.name }}", "{{ page.title", "{{{{ page.title }"] {
            assert_eq!(shown(other), other);
        }
    }
}
