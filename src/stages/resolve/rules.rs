//! The rules of the site.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::facts::{count, has};
use crate::model::schema::{Requirement, Rule};
use crate::model::site::{EntryId, Site};

/// Checks every rule against every entry that it holds for.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for rule in &site.schema.rules {
        for id in site.ids() {
            let doc = &site.entry(id).doc;
            let concerned = rule.kinds.is_empty() || rule.kinds.contains(&doc.kind);
            if !concerned || doc.broken || !rule.when.iter().all(|(field, wanted)| has(site, id, field, wanted)) {
                continue;
            }
            for (field, requirement) in &rule.require {
                if !kept(site, id, field, requirement) && !unsure(site, id, field) {
                    diagnostics.push(broken(site, id, rule, field, requirement));
                }
            }
        }
    }
}

fn broken(site: &Site, id: EntryId, rule: &Rule, field: &str, requirement: &Requirement) -> Diagnostic {
    let doc = &site.entry(id).doc;
    let mut diagnostic = Diagnostic::new(Code::RuleBroken, doc.key_place(field), rule.message.clone());
    diagnostic.rule = Some(rule.code.clone());
    diagnostic.severity = rule.severity;
    let count = count(site, id, field);
    let wanted = match requirement {
        Requirement::Is(wanted) => format!("has to be {}", wanted.join(" or ")),
        Requirement::Count(0, Some(most)) => format!("has {count} here, and may have at most {most}"),
        Requirement::Count(least, None) => format!("has {count} here, and needs at least {least}"),
        Requirement::Count(least, Some(most)) => format!("has {count} here, and needs {least} to {most}"),
    };
    diagnostic.help(format!("`{field}` {wanted}; the rule stands in site.yaml"))
}

/// Whether some of what a rule counts may be in what could not be read, which was reported.
fn unsure(site: &Site, id: EntryId, field: &str) -> bool {
    let bibliography = &site.bibliography;
    let works_lost = bibliography.broken || !bibliography.unreadable.is_empty();
    site.entry(id).doc.unread.iter().any(|unread| unread == field) || field == "citations" && works_lost
}

fn kept(site: &Site, id: EntryId, field: &str, requirement: &Requirement) -> bool {
    match requirement {
        Requirement::Is(wanted) => has(site, id, field, wanted),
        Requirement::Count(least, most) => {
            let count = count(site, id, field);
            count >= *least && most.is_none_or(|most| count <= most)
        }
    }
}
