//! Entries that should have been looked at again by the day that was given. Without a day nothing is due.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::due::reviews;
use crate::model::site::Site;
use crate::yaml::PathStep;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let Some(today) = site.as_of else { return };
    for due in reviews(site) {
        let (Some(days), Some(last)) = (due.overdue(today).filter(|days| *days > 0), due.last) else { continue };
        let doc = &site.entry(due.entry).doc;
        let days = if days == 1 { "1 day".to_string() } else { format!("{days} days") };
        let message = format!("last looked at on {last}, and overdue by {days}");
        let place = doc.value_place(&[PathStep::Key(due.field.clone())]);
        let help = format!("check every line of the page, then set `{}` to that day", due.field);
        diagnostics.push(Diagnostic::new(Code::ReviewOverdue, place, message).help(help));
    }
}
