//! Problems as the browser shows them: the report of the terminal, with a link at every place.

use crate::diagnostics::human::{self, SourceTexts};
use crate::diagnostics::{Diagnostic, Severity};
use crate::html::{escape, push_escaped};
use crate::preview::editor::Editor;
use crate::span::{Place, line_column};

/// All places that some problems speak of.
pub fn places(problems: &[Diagnostic]) -> impl Iterator<Item = &Place> {
    problems
        .iter()
        .flat_map(|problem| std::iter::once(&problem.place).chain(problem.related.iter().map(|other| &other.place)))
}

/// The report as HTML: first the problems of the page, then those of others.
pub fn html(own: &[Diagnostic], others: &[&Diagnostic], texts: &SourceTexts, editor: &Editor) -> String {
    let mut out = String::new();
    let mut left = human::SHOWN;
    for problem in own.iter().take(left) {
        push_problem(&mut out, problem, texts, editor);
    }
    left = left.saturating_sub(own.len());
    if !others.is_empty() {
        if !own.is_empty() {
            out.push_str("<h2>On other pages</h2>\n");
        }
        for problem in others.iter().take(left) {
            push_problem(&mut out, problem, texts, editor);
        }
    }
    let hidden = (own.len() + others.len()).saturating_sub(human::SHOWN);
    if hidden > 0 {
        out.push_str(&format!("<p>... and {hidden} more</p>\n"));
    }
    out
}

/// A page that stands in for one that cannot be drawn. It carries the preview's script, which replaces it when it can.
pub fn stand_in(title: &str, report: &str, base: &str) -> String {
    let title = escape(title);
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <link rel=\"stylesheet\" href=\"{base}_limber/preview.css\"></head>\n\
         <body class=\"stand-in\"><h1>{title}</h1>\n{report}</body></html>\n"
    );
    super::edition::with_script(&page, "stand-in", base)
}

/// `content/a.md:3`, as a link that opens the file there.
pub fn place_link(place: &Place, text: &str, editor: &Editor) -> String {
    let (line, column) = line_column(text, place.range().start);
    link(&place.path, line, column, &format!("{}:{line}", place.path), editor)
}

/// A link that opens a file of the project in the editor.
pub fn link(path: &str, line: usize, column: usize, label: &str, editor: &Editor) -> String {
    match editor.href(path, line, column) {
        Some(href) => format!("<a href=\"{}\">{}</a>", escape(&href), escape(label)),
        None => escape(label),
    }
}

fn push_problem(out: &mut String, problem: &Diagnostic, texts: &SourceTexts, editor: &Editor) {
    let class = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    out.push_str(&format!("<pre class=\"{class}\">"));
    let report = human::one(problem, texts, human::Look::default());
    for (number, line) in report.lines().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        match located(line, problem) {
            Some((before, path, row, column)) => {
                push_escaped(out, before);
                out.push_str(&link(path, row, column, &format!("{path}:{row}:{column}"), editor));
            }
            // Words may go on in the next line; lines of a file may not, or the caret would point elsewhere.
            None if number == 0 || line.trim_start().starts_with("= ") => {
                out.push_str("<span>");
                push_escaped(out, line);
                out.push_str("</span>");
            }
            None => push_escaped(out, line),
        }
    }
    out.push_str("</pre>\n");
}

/// The parts of a line of a report that says where: `  --> content/a.md:3:7`.
fn located<'a>(line: &'a str, problem: &Diagnostic) -> Option<(&'a str, &'a str, usize, usize)> {
    let arrow = ["--> ", "::: "].into_iter().find(|arrow| line.trim_start().starts_with(arrow))?;
    let at = line.find(arrow)? + arrow.len();
    let mut parts = line[at..].trim_end().rsplitn(3, ':');
    let (column, row, path) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    let ours = places(std::slice::from_ref(problem)).any(|place| *place.path == *path);
    ours.then_some((&line[..at], path, row, column))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::diagnostics::Code;

    #[test]
    fn the_report_is_escaped_and_every_place_is_a_link() {
        let path: Arc<str> = "content/a.md".into();
        let text: Arc<str> = "one\n<script>alert(1)</script>\n".into();
        let problem = Diagnostic::new(Code::HtmlRaw, Place::new(&path, 4..12), "no `<script>` here");
        let editor = Editor::parse("vscode", Path::new("/site"));
        let html = html(&[problem], &[], &[(path, text)].into(), &editor);
        assert!(!html.contains("<script>"), "{html}");
        assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
        assert!(html.contains("<a href=\"vscode://file/site/content/a.md:2:1\">content/a.md:2:1</a>"), "{html}");
    }
}
