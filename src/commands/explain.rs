//! `limber explain`: what a problem means, with an example and the way out.

use std::path::Path;

use super::{FINE, report};
use crate::diagnostics::{Code, nearest};
use crate::error::Error;
use crate::model::rule::Rule;
use crate::stages::declare::declare;
use crate::stages::load::load_site;

pub(super) fn run(root: &Path, code: Option<&str>) -> u8 {
    let Some(name) = code else {
        report::data(&list());
        return FINE;
    };
    if let Some(code) = Code::from_name(name) {
        report::data(code.explanation());
        return FINE;
    }
    let rules = rules(root);
    if let Some(rule) = rules.iter().find(|rule| rule.code == name) {
        report::data(&of_rule(rule));
        return FINE;
    }
    let known = Code::ALL.iter().map(|code| code.name()).chain(rules.iter().map(|rule| rule.code.as_str()));
    let near = nearest(name, known);
    let names: Vec<_> = near.iter().map(|name| format!("`{name}`")).collect();
    let help = match near.is_empty() {
        true => "`limber explain` lists all codes".to_string(),
        false => format!("did you mean {}?", names.join(" or ")),
    };
    report::fail(&Error::request(format!("there is no code `{name}`")).help(help))
}

/// All codes with their severity, one a line.
fn list() -> String {
    let widest = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
    let line = |code: &Code| format!("{:widest$}  {:7}  {}\n", code.name(), code.severity().name(), code.summary());
    Code::ALL.iter().map(line).collect()
}

/// The rules of the site in this folder, if there is one.
fn rules(root: &Path) -> Vec<Rule> {
    load_site(root).and_then(|source| declare(&source, None, &[]).0).map_or_else(Vec::new, |schema| schema.rules)
}

fn of_rule(rule: &Rule) -> String {
    format!(
        "# {}\n\nA rule of this site, in its `site.yaml`: {}.\n\n\
         `limber explain rule-broken` tells how rules are written and how to mend what breaks one.\n",
        rule.code, rule.message
    )
}
