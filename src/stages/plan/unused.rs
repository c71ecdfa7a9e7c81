//! Templates of the project that nothing is drawn with: most often the name of one is misspelt.

use std::collections::BTreeSet;

use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::plan::{PAGE_TEMPLATES, Plan};
use crate::model::site::Site;
use crate::span::Place;
use crate::templates::Templates;

/// Where the templates of data blocks lie, which texts ask for by name.
const BLOCKS: &str = "blocks/";

/// Reports the templates that no kind, no page and no entry uses, and that no used one extends, includes or calls.
pub(super) fn check(site: &Site, templates: &Templates, plan: &Plan) -> Vec<Diagnostic> {
    // Of an entry that cannot be read nobody knows which template it names.
    if !site.left_out.kinds.is_empty() || site.entries.iter().any(|entry| entry.doc.broken) {
        return Vec::new();
    }
    let of_kinds = site.schema.kinds.iter().map(|kind| kind.name.as_str());
    let of_kinds = of_kinds.flat_map(|name| [format!("{name}.html"), format!("{name}-index.html")]);
    let chosen = site.left_out.templates.iter().cloned();
    let drawn = plan.pages.iter().filter_map(|page| page.input.template()).map(str::to_string);
    let of_theme = templates.of_theme().chain(PAGE_TEMPLATES).map(str::to_string);
    let of_blocks = templates.names().filter(|name| name.starts_with(BLOCKS)).map(str::to_string);
    let asked: BTreeSet<String> = of_kinds.chain(chosen).chain(drawn).chain(of_theme).chain(of_blocks).collect();
    let used: BTreeSet<&str> = asked.iter().flat_map(|name| templates.files(name)).map(|path| &**path).collect();
    let own = templates.own().filter(|(path, _)| path.ends_with(".html") && !used.contains(&***path));
    let unused = own.map(|(path, _)| {
        let name = path.strip_prefix("templates/").unwrap_or(path);
        let message = format!("nothing is drawn with the template `{name}`");
        let diagnostic = Diagnostic::new(Code::TemplateUnused, Place::whole(path), message);
        let near = nearest(name, asked.iter().map(String::as_str).filter(|asked| !is_own(templates, asked)));
        match near.is_empty() {
            true => diagnostic.help(
                "name it as a kind, `recipe.html` or `recipe-index.html`, have another template include it, or remove it",
            ),
            false => diagnostic.suggest(&near),
        }
    });
    unused.collect()
}

/// Whether the project has a template of this name.
fn is_own(templates: &Templates, name: &str) -> bool {
    templates.path(name).is_some_and(|path| path.starts_with("templates/"))
}
