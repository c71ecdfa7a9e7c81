//! What differs between two states of a site, for people, for programs, for reviewers, and beside the lines of a pull request.

use std::collections::BTreeMap;

use serde_json::json;

use super::{CauseKind, ChangedPage, PageState};
use crate::diagnostics::github;
use crate::html::{escape, push_escaped};
use crate::text_changes::RunKind;

/// So many changes of a page are shown to people on a terminal.
const SHOWN: usize = 12;
/// So many annotations a code host shows.
const ANNOTATIONS: usize = 10;

/// What is said before all pages: how many there are, and against what.
pub fn summary(pages: &[ChangedPage], revision: &str) -> String {
    let count = |state| pages.iter().filter(|page| page.state == state).count();
    let (changed, new, gone) = (count(PageState::Changed), count(PageState::New), count(PageState::Gone));
    let noun = if changed == 1 { "1 page says".to_string() } else { format!("{changed} pages say") };
    format!("{noun} something else than at {revision}; {new} new, {gone} gone")
}

/// Pages by what has the most to do with their change; within it, those with the same change together.
fn grouped(pages: &[ChangedPage]) -> Vec<(CauseKind, Vec<Vec<&ChangedPage>>)> {
    let mut groups: BTreeMap<CauseKind, Vec<Vec<&ChangedPage>>> = BTreeMap::new();
    for page in pages {
        let first = page.causes.first().map_or(CauseKind::List, |cause| cause.cause);
        let alike = groups.entry(first).or_default();
        let same = |other: &&mut Vec<&ChangedPage>| {
            let other = other[0];
            (other.state, &other.changes, &other.causes) == (page.state, &page.changes, &page.causes)
        };
        match alike.iter_mut().find(same) {
            Some(pages) => pages.push(page),
            None => alike.push(vec![page]),
        }
    }
    groups.into_iter().collect()
}

/// The pages of some that are alike, with their states and the files that were edited.
fn headline(pages: &[&ChangedPage]) -> (String, String) {
    let state = match pages[0].state {
        PageState::Changed => "",
        PageState::New => " (new)",
        PageState::Gone => " (gone)",
    };
    let urls = match pages {
        [page] => page.url.clone(),
        [first, second, third] => format!("{}, {}, {}", first.url, second.url, third.url),
        [first, second] => format!("{}, {}", first.url, second.url),
        [first, rest @ ..] => format!("{} and {} other pages", first.url, rest.len()),
        [] => String::new(),
    };
    let mut from: Vec<&str> = Vec::new();
    for file in pages[0].causes.iter().flat_map(|cause| &cause.from) {
        if !from.contains(&file.as_str()) {
            from.push(file);
        }
    }
    (urls + state, from.join(", "))
}

/// For people on a terminal.
pub fn human(pages: &[ChangedPage]) -> String {
    let mut out = String::new();
    for (cause, alike) in grouped(pages) {
        out.push_str(&format!("\n{}:\n", cause.title()));
        for pages in alike {
            let (urls, from) = headline(&pages);
            let from = if from.is_empty() { String::new() } else { format!("  from {from}") };
            out.push_str(&format!("  {urls}{from}\n"));
            let changes = &pages[0].changes;
            for change in changes.iter().take(SHOWN) {
                out.push_str(&format!("    {}\n", change.marked()));
            }
            if changes.len() > SHOWN {
                out.push_str(&format!("    and {} more places\n", changes.len() - SHOWN));
            }
        }
    }
    out.trim_start_matches('\n').to_string()
}

/// For other programs.
pub fn json(pages: &[ChangedPage], revision: &str) -> String {
    let json = json!({ "revision": revision, "pages": pages });
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}

/// For reviewers: one file that needs neither a script nor anything beside it.
pub fn html(pages: &[ChangedPage], revision: &str, title: &str) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
    let (title, summary) = (escape(title), escape(&summary(pages, revision)));
    out.push_str(&format!("<title>{title}: changes</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"));
    out.push_str(&format!("<h1>{title}: changes</h1>\n<p>{summary}.</p>\n"));
    for (cause, alike) in grouped(pages) {
        let count: usize = alike.iter().map(Vec::len).sum();
        let mut title = cause.title().to_string();
        title[..1].make_ascii_uppercase();
        out.push_str(&format!("<section>\n<h2>{} ({count})</h2>\n", escape(&title)));
        for pages in alike {
            let (urls, from) = headline(&pages);
            out.push_str(&format!("<article>\n<h3>{}</h3>\n", escape(&urls)));
            if !from.is_empty() {
                out.push_str(&format!("<p class=\"from\">from {}</p>\n", escape(&from)));
            }
            if pages.len() > 3 {
                let all: String = pages.iter().map(|page| format!("<li>{}</li>", escape(&page.url))).collect();
                out.push_str(&format!("<details><summary>all of them</summary><ul>{all}</ul></details>\n"));
            }
            for change in &pages[0].changes {
                out.push_str("<p>");
                for run in change.runs() {
                    let element = match run.kind {
                        RunKind::Same => None,
                        RunKind::Removed => Some("del"),
                        RunKind::Added => Some("ins"),
                    };
                    element.inspect(|name| out.push_str(&format!("<{name}>")));
                    push_escaped(&mut out, &run.text);
                    element.inspect(|name| out.push_str(&format!("</{name}>")));
                }
                out.push_str("</p>\n");
            }
            out.push_str("</article>\n");
        }
        out.push_str("</section>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
h2{border-bottom:1px solid #999;margin-top:2.5rem}h3{margin-bottom:0;font-size:1rem;overflow-wrap:anywhere}\
.from{margin:0;color:#555;font-size:.875rem;overflow-wrap:anywhere}article{margin-bottom:1.5rem}\
del{background:#fde0dc;color:#7a1206}ins{background:#d9f2df;color:#0b4f20}\
@media (prefers-color-scheme:dark){body{color:#eee;background:#111}.from{color:#aaa}del{background:#4a1712;color:#ffc9c2}ins{background:#123d1f;color:#b9f0c8}}";

/// Annotations of GitHub Actions: one for each file whose edit changes other pages than its own. `below` stands before the
/// paths of files: the way from the repository to the project.
pub fn annotations(pages: &[ChangedPage], revision: &str, below: &str) -> String {
    let mut by_file: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for page in pages {
        let others = page.causes.iter().filter(|cause| cause.cause != CauseKind::OwnEdit);
        for file in others.flat_map(|cause| &cause.from) {
            by_file.entry(file).or_default().push(&page.url);
        }
    }
    let mut files: Vec<_> = by_file.into_iter().collect();
    files.sort_by_key(|(file, urls)| (std::cmp::Reverse(urls.len()), *file));
    let mut out = String::new();
    for (file, urls) in files.iter().take(ANNOTATIONS) {
        let count =
            if urls.len() == 1 { "1 other page says".into() } else { format!("{} other pages say", urls.len()) };
        let message = format!("{count} something else after this edit: {}", urls.join(", "));
        out.push_str(&github::notice(Some(&format!("{below}{file}")), "pages that change", &message));
    }
    if files.len() > ANNOTATIONS {
        let message = format!("{} more files change other pages", files.len() - ANNOTATIONS);
        out.push_str(&github::notice(None, "pages that change", &message));
    }
    out.push_str(&github::notice(None, "pages that change", &summary(pages, revision)));
    out
}
