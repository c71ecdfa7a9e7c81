//! A site to what could be better in it: nothing here keeps pages from being drawn.

mod due;
mod figures;
mod left_alone;
mod neighbours;
mod retracted;
mod search;
mod unused;

use crate::diagnostics::Diagnostic;
use crate::model::reach::reaches;
use crate::model::site::Site;

/// Looks at a site. Unless every file could be read, it is unknown what is orphaned or unused.
pub fn audit(site: &Site, whole: bool) -> Vec<Diagnostic> {
    let (mut diagnostics, others) =
        rayon::join(|| if whole { of_all(site) } else { Vec::new() }, || of_each(site, whole));
    diagnostics.extend(others);
    diagnostics
}

/// What only the whole site can tell.
fn of_all(site: &Site) -> Vec<Diagnostic> {
    let (mut diagnostics, reaches) = (Vec::new(), reaches(site));
    neighbours::check(site, &reaches, &mut diagnostics);
    unused::check(site, &reaches, &mut diagnostics);
    left_alone::check(site, &mut diagnostics);
    diagnostics
}

fn of_each(site: &Site, whole: bool) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    search::check(site, &mut diagnostics);
    due::check(site, &mut diagnostics);
    figures::check(site, whole, &mut diagnostics);
    retracted::check(site, &mut diagnostics);
    diagnostics
}
