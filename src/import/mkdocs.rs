//! What MkDocs says in its configuration of the files that texts show, and of addresses that lead on.

use std::path::Path;

use crate::folders::without_extension;
use crate::url::UrlPattern;
use crate::yaml::Yaml;

/// The folders, from the drafted one on, in which MkDocs looks for the files that texts show.
pub(super) fn snippets(values: &Yaml, top: &Path, real: &Path) -> Vec<String> {
    let bases = match snippet_options(values).and_then(|options| options.get("base_path")) {
        Some(Yaml::List(bases)) => bases.iter().filter_map(Yaml::as_text).collect(),
        base => base.and_then(Yaml::as_text).into_iter().collect::<Vec<_>>(),
    };
    let below = |base: &str| {
        let folder = top.join(base).canonicalize().ok()?;
        let below = folder.strip_prefix(real).ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
        Some(below).filter(|below| !below.is_empty())
    };
    bases.into_iter().filter_map(below).collect()
}

/// The options of what shows parts of files in texts.
fn snippet_options(values: &Yaml) -> Option<&Yaml> {
    let extensions = match values.get("markdown_extensions")? {
        Yaml::List(extensions) => extensions.as_slice(),
        extensions => std::slice::from_ref(extensions),
    };
    extensions.iter().find_map(|extension| extension.get("pymdownx.snippets"))
}

/// The name of the files that hold its navigation as lists in Markdown, where it has the plug-in that reads them.
pub(super) fn nav_file(values: &Yaml) -> Option<String> {
    let options = plugin(values, "literate-nav")?;
    Some(options.get("nav_file").and_then(Yaml::as_text).unwrap_or("SUMMARY.md").to_string())
}

/// The files that it puts at the end of every page.
pub(super) fn appended(values: &Yaml) -> Vec<&str> {
    match snippet_options(values).and_then(|options| options.get("auto_append")) {
        Some(Yaml::List(files)) => files.iter().filter_map(Yaml::as_text).collect(),
        file => file.and_then(Yaml::as_text).into_iter().collect(),
    }
}

/// What its plug-in `redirects` leads on from, and to.
pub(super) fn redirects(values: &Yaml) -> Option<&Yaml> {
    plugin(values, "redirects")?.get("redirect_maps")
}

/// The options of a plug-in.
pub(super) fn plugin<'v>(values: &'v Yaml, name: &str) -> Option<&'v Yaml> {
    match values.get("plugins")? {
        Yaml::List(plugins) => plugins.iter().find_map(|plugin| match plugin {
            Yaml::Text(own) => (own == name).then_some(plugin),
            plugin => plugin.get(name),
        }),
        plugins => plugins.get(name),
    }
}

/// The folder of the blog of its plug-in, that of the posts, both from the folder of the texts on, and the addresses of posts as
/// `url:` of a kind has them.
pub(super) fn blog(values: &Yaml) -> Option<(String, String, String)> {
    let options = plugin(values, "blog").or_else(|| plugin(values, "material/blog"))?;
    let said = |key: &str, usual: &str| options.get(key).and_then(Yaml::as_text).unwrap_or(usual).to_string();
    let dir = said("blog_dir", "blog").trim_matches(['.', '/']).to_string();
    let posts = said("post_dir", "{blog}/posts").replace("{blog}", &dir).trim_matches('/').to_string();
    let date = said("post_url_date_format", "yyyy/MM/dd");
    let date = date.replace("yyyy", "{year}").replace("MM", "{month}").replace("dd", "{day}");
    let url = said("post_url_format", "{date}/{slug}").replace("{date}", &date).replace("{slug}", "{name}");
    let at = if dir.is_empty() { String::new() } else { format!("/{dir}") };
    let url = format!("{at}/{}/", url.trim_matches('/'));
    let usual = format!("{at}/{{year}}/{{month}}/{{day}}/{{name}}/");
    Some((dir, posts, if UrlPattern::parse(&url).is_ok() { url } else { usual }))
}

/// The address at which MkDocs publishes a text.
pub(super) fn address_of_text(path: &str, ending: &str) -> String {
    let stem = without_extension(path).unwrap_or(path).trim_matches('/');
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    match name {
        "index" | "README" if folder.is_empty() => "/".into(),
        "index" | "README" => format!("/{folder}/"),
        _ => format!("/{stem}{ending}"),
    }
}
