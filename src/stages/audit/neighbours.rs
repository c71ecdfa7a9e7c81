//! Entries that readers cannot find, or cannot leave.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::reach::{Reach, has_page};
use crate::model::site::Site;

/// Fewest entries that lead to an entry, and fewest to which it leads.
const FEWEST: usize = 3;

pub(super) fn check(site: &Site, reaches: &[Reach], diagnostics: &mut Vec<Diagnostic>) {
    for (id, reach) in site.ids().zip(reaches) {
        let doc = &site.entry(id).doc;
        if doc.broken || !has_page(site, id) {
            continue;
        }
        if reach.inward == 0 {
            let diagnostic = Diagnostic::new(Code::EntryOrphan, doc.place(), "no other entry leads to this page");
            diagnostics.push(diagnostic.help("link to it, relate an entry to it, or mention it by its title"));
        } else if reach.inward < FEWEST || reach.outward < FEWEST {
            let (inward, outward) = (leading(reach.inward), entries(reach.outward));
            let message = format!("{inward} to this page, which leads to {outward}");
            let help = format!("give it at least {FEWEST} of each: relations, links and mentions count");
            diagnostics.push(Diagnostic::new(Code::EntryFewLinks, doc.place(), message).help(help));
        }
    }
}

fn leading(count: usize) -> String {
    format!("{} lead{}", entries(count), if count == 1 { "s" } else { "" })
}

fn entries(count: usize) -> String {
    match count {
        0 => "no others".into(),
        1 => "1 other".into(),
        count => format!("{count} others"),
    }
}
