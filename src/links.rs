//! What the address of a link in Markdown means: another site, an entry, a page, a file.

use crate::diagnostics::{Code, Diagnostic};
use crate::folders::{CONTENT, is_below, without_extension};
use crate::model::asset::Assets;
use crate::model::body::{ImageRef, LinkTarget};
use crate::model::doc::Doc;
use crate::model::schema::{Dialect, KindId, Schema};
use crate::span::Place;
use crate::url::{composed, decode_path, slug};

/// What an address means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Outside the site.
    External,
    /// Outside the site, and written from the host on: `//host/path`.
    WithoutScheme,
    /// Inside the site, with the heading or anchor behind `#`.
    Internal(LinkTarget, Option<String>),
    /// Something that a page may not link to, with the reason.
    Refused(&'static str),
}

/// Reads the address of a link in a file of `folder` (`content/articles`).
pub fn read(address: &str, folder: &str, schema: &Schema) -> Address {
    let own = own_address(address, schema);
    let address = own.unwrap_or(address);
    if let Some(scheme) = scheme(address) {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" if !has_host(&address[scheme.len()..]) => {
                Address::Refused("write the address out, with `https://` before the name of the host")
            }
            "http" | "https" | "mailto" | "tel" => Address::External,
            "javascript" | "vbscript" | "data" => Address::Refused("such addresses can run anything in the page"),
            declared if schema.links.schemes.iter().any(|scheme| scheme == declared) => Address::External,
            _ => Address::Refused(
                "use `https:`, `http:`, `mailto:` or `tel:`, or declare it in site.yaml: `links: {schemes: [sms]}`",
            ),
        };
    }
    if let Some(rest) = address.strip_prefix("//") {
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        return match host.contains('.') && !host.starts_with('.') {
            true => Address::WithoutScheme,
            false => Address::Refused("write the address out, with `https:` before it"),
        };
    }
    let (path, heading) = parts(address);
    let target = match path.as_str() {
        // `#` alone leads to the top, as in every browser.
        "" if address == "#" => return Address::Internal(LinkTarget::Here, Some("top".into())),
        "" => LinkTarget::Here,
        // From the top of the project on, as code hosts read it.
        path if path.starts_with('/') && without_extension(path).is_some() => {
            let file = composed(path.trim_start_matches('/')).into_owned();
            let entry = entry_of_file(&file, schema).map(|(kind, slug)| LinkTarget::Entry(kind, slug));
            entry.unwrap_or_else(|| LinkTarget::Page(composed(path).into_owned()))
        }
        path if path.starts_with('/') => LinkTarget::Page(composed(path).into_owned()),
        path => file(path, folder, schema),
    };
    Address::Internal(target, heading)
}

/// The path of an address and the heading behind `#`, both without percent-encoding. What stands behind `?` is neither.
pub fn parts(address: &str) -> (String, Option<String>) {
    let (path, heading) = match address.split_once('#') {
        Some((path, heading)) => (path, Some(decoded_heading(heading)).filter(|heading| !heading.is_empty())),
        None => (address, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    // A sign that begins no escape stands for itself, as in browsers.
    (decode_path(path).unwrap_or_else(|| path.to_string()), heading)
}

/// A whole address as one of the site, from `/` on, where it begins with that at which the site lives.
pub fn own_address<'a>(address: &'a str, schema: &Schema) -> Option<&'a str> {
    let own = &schema.own_url;
    // Where the site lives on no host yet, another program may be meant.
    if own.is_local() {
        return None;
    }
    // Without a scheme it has that of the page.
    let origin = if address.starts_with("//") { own.origin.split_once(':')?.1 } else { &own.origin };
    let (typed, rest) = address.split_at_checked(origin.len())?;
    if !typed.eq_ignore_ascii_case(origin) {
        return None;
    }
    let above = own.path.trim_end_matches('/');
    match rest.strip_prefix(above)? {
        "" => Some("/"),
        rest => Some(rest).filter(|rest| rest.starts_with('/')),
    }
}

/// Where a file can be read to which a relative link in a file of `folder` leads, and which lies in no folder of the site, with
/// its path from the project on; none where the site does not say. What ends in `.html` is a page that some tool makes, and no
/// such file.
pub fn in_repository(address: &str, folder: &str, schema: &Schema) -> Option<(String, String)> {
    let repository = schema.links.repository.as_deref().filter(|_| scheme(address).is_none())?;
    let (path, behind) = address.split_at(address.find(['#', '?']).unwrap_or(address.len()));
    let path = decode_path(path).filter(|path| !path.is_empty() && !path.starts_with(['/', '@']))?;
    if [".html", ".htm"].iter().any(|end| path.ends_with(end)) {
        return None;
    }
    let (mut ups, mut parts) = (0, folder.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>());
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        match part {
            ".." if parts.is_empty() => ups += 1,
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    // No address lies above that of a host.
    let mut base: Vec<&str> = repository.trim_end_matches('/').split('/').collect();
    let kept = base.len().checked_sub(ups).filter(|kept| *kept >= SCHEME_AND_HOST)?;
    // What leads out of the project and back into it lies in it.
    if ups > 0 && parts.starts_with(&base[kept..]) {
        parts.drain(..ups);
        ups = 0;
    }
    base.truncate(base.len() - ups);
    let full = parts.join("/");
    let own =
        schema.folders.iter().map(|(folder, _)| folder.as_str()).chain(schema.statics.iter().map(|own| &*own.path));
    let is_own = |folder: &str| is_below(&full, folder.trim_end_matches('/'));
    if ups == 0 && own.chain(["static", "content"]).any(is_own) {
        return None;
    }
    let url = format!("{}/{}{behind}", base.join("/"), crate::url::encode_path(&full));
    Some((url, format!("{}{full}", OUT.repeat(ups))))
}

/// The parts of `https://host` between slashes.
const SCHEME_AND_HOST: usize = 3;

/// What stands before the words of a text that a browser looks for on a page: `#heading:~:text=words`.
const DIRECTIVE: &str = ":~:";

/// A heading without percent-encoding. The words that a browser looks for stay as they are: there it has a meaning.
fn decoded_heading(written: &str) -> String {
    let (heading, directive) = split_directive(written);
    decode_path(heading).unwrap_or_else(|| heading.to_string()) + directive
}

/// What stands behind `#`, parted into the heading and what is for the browser alone.
pub fn split_directive(heading: &str) -> (&str, &str) {
    heading.split_at(heading.find(DIRECTIVE).unwrap_or(heading.len()))
}

/// A link to what is not published, or not yet.
pub fn held_back(place: Place, written: &str) -> Diagnostic {
    let message = format!("`{written}` is held back, as a draft is: the page has the words of the link alone");
    let help = "publish it, by taking `draft: true` or the like out of its front matter, or take the link out";
    Diagnostic::new(Code::LinkHeldBack, place, message).help(help)
}

/// What is said of a file that was to be shown in a text and cannot be, and the way out.
pub fn not_shown(written: &str, is_foreign: bool) -> (String, &'static str) {
    let message = format!("`{written}` is not shown in the text: the page links to it");
    let help = match is_foreign {
        true => "not all browsers show such images: save it as JPEG, PNG, WebP or AVIF",
        false => "write a link, without the `!`, or copy what is to be shown",
    };
    (message, help)
}

/// Whether the path of a file, as it counts from the file of a text, leads out of the project.
pub fn leads_out(path: &str) -> bool {
    path.starts_with(OUT)
}

/// What parts the names of pages in the names of files of Logseq: `soups___leek.md` is the page `soups/leek`.
pub const NAMESPACE: &str = "___";

/// What a report says at its end of an address above the site.
pub const ABOVE_SITE: &str = ", which lies above the site";

/// What the path of a file begins with that leads out of the project.
const OUT: &str = "../";

/// The address of the page to which a relative one leads on the page at `url`, where that lies above the site: `/../std/a.html`.
pub fn above_site(written: &str, url: &str) -> Option<String> {
    let path = written.split(['?', '#']).next().unwrap_or_default();
    if path.is_empty() || path.starts_with(['/', '@']) || scheme(path).is_some() {
        return None;
    }
    let page = url.split('#').next().unwrap_or(url);
    let mut parts: Vec<&str> = page.rsplit_once('/')?.0.split('/').filter(|part| !part.is_empty()).collect();
    let mut above = String::new();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match part {
            ".." if parts.is_empty() => above.push_str("../"),
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    let is_folder = path.ends_with(['/', '.']) && !parts.is_empty();
    let end = if is_folder { "/" } else { "" };
    (!above.is_empty()).then(|| format!("/{above}{}{end}", parts.join("/")))
}

/// The image of the project that a text shows.
pub fn image_meant<'a>(
    image: &ImageRef,
    text: &str,
    url: Option<&str>,
    schema: &Schema,
    assets: &'a Assets,
) -> Option<&'a str> {
    let folder = || image.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let anywhere = || match image.is_wikilink {
        true => assets.path_named(&image.written, folder()),
        false if is_in_vault(text, schema) => {
            let name = decode_path(&image.written).filter(|name| !name.contains('/'))?;
            assets.path_named(&name, folder())
        }
        false => None,
    };
    let elsewhere = || file_meant(&image.written, text, url, schema, assets).or_else(anywhere);
    assets.path_of(&image.path).or_else(elsewhere)
}

/// Whether a text lies in a vault, where files are found by their names alone: in a folder from elsewhere that has wikilinks.
pub fn is_in_vault(text: &str, schema: &Schema) -> bool {
    schema.markdown.wikilinks && schema.is_from_elsewhere(text)
}

/// The file that an address in a text means: from `/` on as an address of the site; from `@site/` on as it counts from the top of
/// a site of Docusaurus; else as it counts from the file of the text, else as it counts from the
/// address of its page, which is a folder for all texts but those that stand for one, or from the folder of its kind.
pub fn file_meant<'a>(
    address: &str,
    text: &str,
    url: Option<&str>,
    schema: &Schema,
    assets: &'a Assets,
) -> Option<&'a str> {
    let path = decode_path(address.split(['#', '?']).next()?)?;
    if path.is_empty() {
        return None;
    }
    if let Some(address) = path.strip_prefix('/') {
        return file_at(address, schema, assets);
    }
    if let Some(rest) = path.strip_prefix("@site/") {
        let above = std::iter::successors(Some(text), |path| path.rsplit_once('/').map(|(folder, _)| folder)).skip(1);
        let from = |folder: &str| assets.path_of(&join(folder, rest)?);
        let published = || file_at(rest.strip_prefix("static/")?, schema, assets);
        return above.chain([""]).find_map(from).or_else(published);
    }
    let stem = without_extension(text)?;
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let by_folder = |folder: &str| assets.path_of(&join(folder, &path)?);
    let as_folder = || by_folder(stem).filter(|_| !is_index(name));
    let of_page = || Some(url?.split('#').next()?).map(|url| url.rsplit_once('/').map_or(url, |(folder, _)| folder));
    let by_address = || file_at(&join(of_page()?, &path)?, schema, assets);
    let of_kind = || schema.folders.iter().find(|(folder, _)| text.starts_with(folder.as_str()));
    let from_top = || by_folder(&of_kind()?.0);
    by_folder(folder).or_else(as_folder).or_else(by_address).or_else(from_top)
}

/// The file that the tool published at an address, without its first slash, for which the texts were written.
fn file_at<'a>(address: &str, schema: &Schema, assets: &'a Assets) -> Option<&'a str> {
    let in_kind = |(folder, kind): &(String, KindId)| {
        let base = schema.kind(*kind).url.base().trim_start_matches('/');
        assets.path_of(&format!("{folder}{}", address.strip_prefix(base)?))
    };
    assets.path_of(&format!("static/{address}")).or_else(|| schema.folders.iter().find_map(in_kind))
}

/// The kind and slug that a file of the content has; `None` where it can be no entry.
pub fn entry_of_file(path: &str, schema: &Schema) -> Option<(KindId, String)> {
    if is_fixed(path, schema) {
        return None;
    }
    let path = without_extension(path)?;
    let below = |(folder, kind): &(String, _)| Some((*kind, path.strip_prefix(folder.as_str())?));
    let (kind, rest) = schema.folders.iter().find_map(below)?;
    // Only pages themselves lie in `content/`: a folder there that no kind has is a mistake.
    let is_page = kind == schema.page_kind() && !path.starts_with("content/pages/");
    if is_page && rest.contains('/') {
        return None;
    }
    let anchored = schema.kind(kind).anchored();
    // A page of Logseq that stands below another one has that in the name of its file.
    let spaced = (schema.markdown.dialect == Some(Dialect::Logseq))
        .then(|| rest.replace(NAMESPACE, "/").trim_matches('/').to_string());
    let rest = spaced.as_deref().unwrap_or(rest);
    let name = rest.rsplit('/').next().unwrap_or(rest);
    // In folders that come from elsewhere `README.md` stands for its folder, as on code hosts.
    let is_readme = schema.kind(kind).folder.is_some() && name.eq_ignore_ascii_case("readme");
    if !is_index(name) && !is_readme {
        return Some((kind, slug_of_path(rest, anchored)));
    }
    Some(match rest.rsplit_once('/') {
        Some((folder, _)) => (kind, slug_of_path(folder, anchored)),
        None if kind == schema.page_kind() => (kind, INDEX.to_string()),
        // Without a page that lists the entries it is one of them.
        None if schema.kind(kind).folder.is_some() && schema.kind(kind).index.is_none() && !anchored => {
            (kind, INDEX.to_string())
        }
        None => (schema.page_kind(), format!("{}/index", schema.kind(kind).plural)),
    })
}

/// Whether a file lies in a static folder within that of a kind, where texts are no entries.
fn is_fixed(path: &str, schema: &Schema) -> bool {
    let fixed = schema.statics.iter().filter(|fixed| is_below(path, &fixed.path));
    let Some(fixed) = fixed.max_by_key(|fixed| fixed.path.len()) else { return false };
    let folders = schema.folders.iter().map(|(folder, _)| folder.trim_end_matches('/')).chain([CONTENT]);
    let mut inside = folders.filter(|folder| is_below(folder, &fixed.path));
    !inside.any(|folder| is_below(path, folder) || is_below(folder, path))
}

/// The slug of the entry that stands for the folder of its kind.
const INDEX: &str = "index";

/// Whether an entry stands for the folder of its kind.
pub fn stands_for_kind(doc: &Doc) -> bool {
    doc.slug == INDEX && stands_for_folder(doc)
}

/// Whether a file with this name, without its ending, stands for its folder.
pub fn is_index(stem: &str) -> bool {
    stem.strip_prefix('_').unwrap_or(stem).eq_ignore_ascii_case("index")
}

/// Whether the file of an entry stands for its folder. A `README.md` beside an `index.md` does not: it is called `readme`.
pub fn stands_for_folder(doc: &Doc) -> bool {
    let path = without_extension(doc.path()).unwrap_or(doc.path());
    let name = path.rsplit('/').next().unwrap_or(path);
    is_index(name) || name.eq_ignore_ascii_case("readme") && !doc.slug.ends_with("readme")
}

/// What the path of a file calls its entry, as it was typed: the name of the file, or that of the folder for which it stands.
pub fn typed_name(path: &str) -> &str {
    let path = without_extension(path).unwrap_or(path);
    let Some((folders, name)) = path.rsplit_once('/') else { return path };
    if !is_index(name) || folders == "content" {
        return name;
    }
    folders.rsplit('/').next().unwrap_or(name)
}

/// The kind whose entries a data file holds: `content/terms.yaml` holds terms.
pub fn kind_of_data_file(path: &str, schema: &Schema) -> Option<KindId> {
    let name = path.strip_prefix("content/")?.strip_suffix(".yaml")?;
    schema.kind_ids().find(|id| schema.kind(*id).plural == name && *id != schema.page_kind())
}

/// The kind whose entry or entries a file holds.
pub fn kind_of_file(path: &str, schema: &Schema) -> Option<KindId> {
    kind_of_data_file(path, schema).or_else(|| entry_of_file(path, schema).map(|(kind, _)| kind))
}

/// The slug of a path below a kind's folder: every part slugified, joined by `/`, or by `-` where it is an anchor.
pub fn slug_of_path(path: &str, anchored: bool) -> String {
    let parts: Vec<_> = path.split('/').map(slug).collect();
    if parts.iter().any(String::is_empty) {
        return String::new();
    }
    parts.join(if anchored { "-" } else { "/" })
}

fn file(path: &str, folder: &str, schema: &Schema) -> LinkTarget {
    let Some(full) = join(folder, path) else {
        return LinkTarget::File(format!("{OUT}{}", path.trim_start_matches(OUT)));
    };
    let full = composed(&full).into_owned();
    if let Some((kind, slug)) = entry_of_file(&full, schema) {
        return LinkTarget::Entry(kind, slug);
    }
    let of_folder = |(folder, _): &&(String, _)| folder.strip_suffix('/') == Some(&full);
    let index = |kind| schema.kind(kind).index.as_ref();
    if let Some(index) = schema.folders.iter().find(of_folder).and_then(|(_, kind)| index(*kind)) {
        return LinkTarget::Page(index.url.clone());
    }
    LinkTarget::File(full)
}

/// Joins a relative path to a folder of the project; `None` when it leaves the project.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The way from one file of the project to another: `../conditions/stem-sprouts.md`.
pub fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let folders = from.len() - 1;
    let shared = from[..folders].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folders - shared);
    crate::url::encode_path(&up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/"))
}

/// Whether a host stands behind a scheme: `://host.example/`.
fn has_host(rest: &str) -> bool {
    rest.strip_prefix("://").is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '?', '#']))
}

/// The scheme of an address, where it has one.
pub fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let plain = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    plain.then_some(scheme)
}
