//! Programs in several files: a configuration with what it brings in from files beside it.

use std::path::Path;

/// What names of files of programs end in.
const ENDS: [&str; 9] = ["", ".ts", ".mts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];
/// So many files are read, and files of files no deeper than this.
const MOST: usize = 24;
const DEEPEST: usize = 3;

/// The text of a program in a folder, and below it those that it brings in by paths that begin with a full stop.
pub(super) fn with_imports(program: &str, folder: &Path) -> String {
    let (mut whole, mut count) = (program.to_string(), 0);
    add(program, folder, &mut whole, &mut count, 0);
    whole
}

fn add(program: &str, folder: &Path, whole: &mut String, count: &mut usize, depth: usize) {
    if depth == DEEPEST {
        return;
    }
    for line in program.lines() {
        let Some((names, path)) = brought_in(line).filter(|(names, _)| may_say(names)) else { continue };
        let found = ENDS.iter().map(|end| folder.join(format!("{path}{end}"))).find(|path| path.is_file());
        let Some(file) = found.filter(|_| *count < MOST) else { continue };
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        *count += 1;
        // What a file gives by default is called as the one who brings it in says.
        let own = names.split([',', '{']).next().unwrap_or_default().trim();
        let text = if own.is_empty() { text } else { text.replacen("export default", &format!("const {own} ="), 1) };
        whole.push('\n');
        whole.push_str(&text);
        add(&text, file.parent().unwrap_or(folder), whole, count, depth + 1);
    }
}

/// The lines of a program that are no comments.
pub(super) fn lines_of_program(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// Whether something of these names may be a part of what a site looks like, and not of another language or a plug-in.
fn may_say(names: &str) -> bool {
    const PARTS: [&str; 6] = ["sidebar", "nav", "menu", "theme", "config", "shared"];
    let own = names.split([',', '{', '}']).map(|name| name.split(" as ").next().unwrap_or_default().trim());
    let mut own = own.map(str::to_ascii_lowercase);
    own.any(|name| PARTS.iter().any(|part| name.contains(part)) || matches!(name.as_str(), "en" | "root"))
}

/// `import a, { b } from './c'` and `const a = require('./c')`: the names, and the path.
fn brought_in(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (names, rest) = match line.strip_prefix("import ") {
        Some(rest) => rest.split_once(" from ")?,
        None => {
            let (names, rest) = line.strip_prefix("const ").or_else(|| line.strip_prefix("} "))?.split_once('=')?;
            (names, rest.trim_start().strip_prefix("require(")?)
        }
    };
    let quote = rest.trim_start().chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let path = rest.trim_start()[1..].split(quote).next()?;
    path.starts_with('.').then_some((names, path))
}
