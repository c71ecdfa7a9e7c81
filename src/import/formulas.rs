//! Whether the texts of a tool hold formulas and marked words that it draws.

use super::config::Config;
use super::seen::FolderContents;
use super::tool::Tool;
use crate::folders::is_below;
use crate::yaml::Yaml;

/// Whether a tool draws what stands between `$` as formulas.
pub(super) fn are_drawn(tool: Tool, values: &Yaml, program: &str) -> bool {
    let is_on = |key: &str| values.at(key) == Some(&Yaml::Bool(true));
    match tool {
        Tool::Vault | Tool::Quartz | Tool::Logseq | Tool::Dendron | Tool::Quarto => true,
        Tool::MdBook => is_on("output.html.mathjax-support"),
        Tool::Hugo => is_on("markup.goldmark.extensions.passthrough.enable"),
        Tool::MkDocs => has_extension(values, "pymdownx.arithmatex"),
        Tool::Docusaurus | Tool::Astro => program.contains("remark-math") || program.contains("remarkMath"),
        Tool::VitePress | Tool::VuePress => program.lines().any(|line| line.trim_start().starts_with("math: true")),
        Tool::Zola | Tool::Jekyll | Tool::Eleventy | Tool::Docsify | Tool::Plain => false,
    }
}

/// Whether a tool draws what stands between `==` as marked.
pub(super) fn has_marks(tool: Tool, values: &Yaml) -> bool {
    matches!(tool, Tool::Vault | Tool::Quartz | Tool::Logseq)
        || tool == Tool::MkDocs && has_extension(values, "pymdownx.mark")
}

/// The texts of a site with formulas: the first one, and how many there are.
pub(super) fn texts(seen: &FolderContents, config: &Config) -> Option<(String, usize)> {
    let is_of_site = |path: &str| is_below(path, &config.folder) && !config.is_own(path);
    let mut all = seen.texts.iter().filter(|text| text.has_formula && is_of_site(&text.path)).map(|text| &text.path);
    let first = all.next().filter(|_| config.has_formulas)?;
    Some((first.clone(), all.count() + 1))
}

fn has_extension(values: &Yaml, name: &str) -> bool {
    match values.get("markdown_extensions") {
        Some(Yaml::List(all)) => all.iter().any(|one| one.as_text() == Some(name) || one.get(name).is_some()),
        Some(all) => all.get(name).is_some(),
        None => false,
    }
}

/// Whether a line outside of code holds a formula: `$$`, or two `$` close to what is between them.
pub(super) fn has_formula(line: &str) -> bool {
    if line.contains("$$") {
        return true;
    }
    let mut parts = line.split('$').peekable();
    let mut before = parts.next().unwrap_or_default();
    while let (Some(inside), Some(behind)) = (parts.next(), parts.peek()) {
        let is_close = !inside.is_empty() && inside.trim() == inside;
        // Of `5$ and 6$` and `$5 and $6` no sign begins a formula.
        let is_free = !before.ends_with(|c: char| c.is_alphanumeric() || c == '\\')
            && !behind.starts_with(|c: char| c.is_ascii_digit())
            && !inside.ends_with('\\');
        if is_close && is_free {
            return true;
        }
        before = inside;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_prices() {
        for formula in ["Let $x_i$ be", "$$", "$a$", "($n + 1$)"] {
            assert!(has_formula(formula), "{formula}");
        }
        for none in ["$5 and $6", "5$ and 6$", "a \\$x\\$", "one $", "$HOME and $ PATH"] {
            assert!(!has_formula(none), "{none}");
        }
    }
}
