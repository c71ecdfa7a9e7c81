//! The explanations of all problems.

use limber::diagnostics::{Code, Severity};

use super::{ReferencePage, plain};

pub fn pages() -> Vec<(String, ReferencePage)> {
    Code::ALL.iter().map(|code| (format!("diagnostics/{}.md", code.name()), page(*code))).collect()
}

fn page(code: Code) -> ReferencePage {
    let severity = match code.severity() {
        _ if code.is_advice() => "advice",
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let yields = match (code.can_yield(), code.can_be_a_warning()) {
        (true, _) => "off",
        (false, true) => "warning",
        _ => "never",
    };
    let text = code.explanation();
    let body =
        text.strip_prefix(&format!("# {}\n", code.name())).unwrap_or_else(|| panic!("{} has no heading", code.name()));
    ReferencePage::new(code.name(), &plain(code.summary()))
        .text("severity", severity)
        .text("yields", yields)
        .body(titled(body))
}

/// The text with its files named as pages show them: a fence says its language and a path.
fn titled(body: &str) -> String {
    let lines = body.lines().map(|line| {
        let ticks = line.len() - line.trim_start_matches('`').len();
        let Some(info) = line.get(ticks..).filter(|info| ticks >= 3 && !info.is_empty()) else {
            return line.to_string();
        };
        let fence = &line[..ticks];
        match info.split_once(' ') {
            Some((_, day)) if info.starts_with("report") => format!("{fence}text title=\"limber check --as-of {day}\""),
            None if info == "report" => format!("{fence}text title=\"limber check\""),
            Some((language, path)) if path.contains(['.', '/']) => format!("{fence}{language} title=\"{path}\""),
            _ => line.to_string(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
