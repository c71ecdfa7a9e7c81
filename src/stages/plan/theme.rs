//! What `theme:` of `site.yaml` names has to be there: pictures, and whatever menus lead to.

use crate::diagnostics::{Code, Diagnostic, meant};
use crate::links::parts;
use crate::model::plan::Plan;
use crate::model::site::Site;
use crate::model::theme::{MenuItem, NamedFile};
use crate::pages::{MenuTarget, is_held_back, target};
use crate::yaml::MappingPart;

/// Checks the names.
pub(super) fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let theme = &site.schema.theme;
    let files = [&theme.logo, &theme.favicon].into_iter().flatten().filter_map(|file| missing_file(site, file));
    files.chain(theme.links().filter_map(|item| missing_page(site, plan, item))).collect()
}

fn missing_file(site: &Site, named: &NamedFile) -> Option<Diagnostic> {
    if site.assets.by_name.contains_key(&named.file) {
        return None;
    }
    let place = site.schema.text.place(&named.path, MappingPart::Value);
    let diagnostic = Diagnostic::new(Code::SiteUnknownName, place, format!("there is no file `static/{}`", named.file));
    let meant = meant(&named.file, site.assets.by_name.keys().map(String::as_str));
    Some(match meant.names.is_empty() {
        true => diagnostic.help("put the picture into `static/`, and write its name here"),
        false => diagnostic.suggest_fix(&named.file, &meant),
    })
}

fn missing_page(site: &Site, plan: &Plan, item: &MenuItem) -> Option<Diagnostic> {
    let schema = &site.schema;
    let to = item.to.as_deref()?;
    let known = match target(site, to) {
        MenuTarget::Shown { .. } | MenuTarget::Outside(_) => true,
        MenuTarget::Address(url) => {
            let (path, _) = parts(&url);
            let outside = schema.links.outside.iter().any(|prefix| path.starts_with(prefix.as_str()));
            outside || plan.find(&path).is_some() || plan.find(&format!("{path}/")).is_some()
        }
        MenuTarget::Nothing => false,
    };
    if known {
        return None;
    }
    let place = schema.text.place(&item.path, MappingPart::Value);
    if is_held_back(site, plan, to) {
        let message = format!("`{to}` is held back, as a draft is: no page has a link to it");
        let help = "publish it, by taking `draft: true` or the like out of its front matter, or take the line out";
        return Some(Diagnostic::new(Code::LinkHeldBack, place, message).help(help));
    }
    let diagnostic = Diagnostic::new(Code::SiteUnknownName, place, format!("nothing is at `{to}`"));
    let kinds = schema.kinds.iter().filter(|kind| kind.index.is_some()).map(|kind| kind.name.as_str());
    let urls = plan.pages.iter().map(|page| page.url.as_str());
    let entries = site.ids().map(|id| site.entry(id)).map(|entry| {
        let kind = &schema.kind(entry.doc.kind).plural;
        format!("{kind}/{}", entry.doc.slug)
    });
    let meant = match to.trim_end_matches(".md") {
        to if to.starts_with('/') => meant(to, urls),
        to if to.contains('/') => {
            let entries: Vec<String> = entries.collect();
            meant(to, entries.iter().map(String::as_str))
        }
        to => meant(to, kinds),
    };
    Some(match meant.names.is_empty() {
        true => diagnostic.help(
            "write a kind, an entry such as `guides/start`, an address of the site such as `/about/`, or a whole one",
        ),
        false => diagnostic.suggest(&meant.names),
    })
}
