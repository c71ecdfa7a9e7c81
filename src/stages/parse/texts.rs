//! What texts of one entry have to be like, whatever the rest of the site says: headings in order, words by the rules.

use super::fields::FieldReader;
use crate::diagnostics::{Code, Diagnostic};
use crate::markdown::{Plain, Reading, plain};
use crate::model::body::Body;
use crate::span::Place;
use crate::yaml::PathStep;

impl FieldReader<'_> {
    /// Headings step down one level at a time, and leave the first level to the title of the page.
    pub(super) fn check_headings(&mut self, body: &Body, text: &str) {
        let mut last = 1;
        for heading in &body.headings {
            let written = text[heading.span.clone()].trim_end();
            let marks = written.len() - written.trim_start_matches('#').len();
            let length = if marks > 0 { marks } else { written.len() }; // or else it is underlined
            let place = Place::new(&self.text.path, heading.span.start..heading.span.start + length);
            if heading.level == 1 {
                let message =
                    format!("`{}` is a heading of the first level, which the title of the page has", heading.text);
                let diagnostic = Diagnostic::new(Code::HeadingFirstLevel, place, message);
                self.diagnostics.push(diagnostic.help("begin it with `##`, and what is below it with `###`"));
            } else if heading.level > last + 1 {
                let message =
                    format!("`{}` is {} levels below the heading before it", heading.text, heading.level - last);
                let help = format!("begin it with `{}`", "#".repeat(usize::from(last) + 1));
                self.diagnostics.push(Diagnostic::new(Code::HeadingSkipped, place, message).help(help));
            }
            last = heading.level;
        }
    }

    /// Holds the text below the front matter against the rules of the site.
    pub(super) fn check_body(&mut self, text: &str, offset: usize, reading: &Reading<'_>) {
        if !self.wordings.is_empty() {
            let path = self.text.path.clone();
            self.check(&plain(text, reading), |range| Place::new(&path, range.start + offset..range.end + offset));
        }
    }

    /// Holds a field of Markdown against the rules of the site.
    pub(super) fn check_markdown(&mut self, text: &str, path: &[PathStep], reading: &Reading<'_>) {
        if !self.wordings.is_empty() {
            self.check_at(&plain(text, reading), text, path);
        }
    }

    /// Holds a plain text against the rules of the site.
    pub(super) fn check_words(&mut self, text: &str, path: &[PathStep]) {
        if !self.wordings.is_empty() {
            self.check_at(&Plain::of_text(text), text, path);
        }
    }

    fn check_at(&mut self, plain: &Plain, value: &str, path: &[PathStep]) {
        let (yaml, way) = (self.text.clone(), self.way(path));
        self.check(plain, |range| yaml.inside(&way, value, range));
    }

    fn check(&mut self, plain: &Plain, place: impl Fn(std::ops::Range<usize>) -> Place) {
        for wording in &self.wordings {
            let rule = wording.rule;
            for breach in wording.breaches(plain) {
                let message = format!("{}: {}", rule.message, breach.found);
                let mut diagnostic = Diagnostic::new(breach.code, place(plain.written(breach.range)), message);
                diagnostic.rule = Some(rule.code.clone());
                diagnostic.severity = rule.severity;
                let help = format!("write it differently, or add the entry to `except` of the rule `{}`", rule.code);
                self.diagnostics.push(diagnostic.help(help));
            }
        }
    }
}
