//! `publish`: the places where the site is published. What is secret never stands here.

use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::diagnostics::Code;
use crate::folders::{self, CONTENT};
use crate::model::destination::{Compression, Destination, PublishTarget};
use crate::model::schema::Schema;
use crate::url::BaseUrl;
use crate::yaml::{MappingPart, PathStep};

/// What a place may be, and an example of each.
const EXAMPLES: &str = "`live: {folder: /var/www/site}`, `live: {branch: gh-pages}` or `live: {bucket: my-site}`";

/// Reads the places by their names.
pub(super) fn publish(site: &mut Mapping<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Vec<PublishTarget> {
    let map = site.mapping("publish", reader);
    map.entries.into_iter().filter_map(|(name, at)| target(name, at, schema, reader)).collect()
}

/// Reports a site that will be published at an address that nobody has given it.
pub(super) fn check_address(schema: &Schema, reader: &mut DeclarationReader) {
    let Some(message) = schema.own_url.unpublished() else { return };
    if schema.publish.iter().all(|target| target.base_url.is_some()) {
        return;
    }
    let [key, publish] = ["base_url", "publish"].map(|key| [PathStep::Key(key.into())]);
    let (path, part) = match schema.text.key_range(&key) {
        Some(_) => (key, MappingPart::Value),
        None => (publish, MappingPart::Key),
    };
    let help = ["write the address of the site: `base_url: https://www.your-site.net/`"];
    reader.report(Code::BaseUrlMissing, &path, part, message, &help);
}

fn target(name: &str, at: DeclaredValue<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Option<PublishTarget> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || !name.chars().all(is_name) {
        let message = format!("`{name}` cannot be the name of a place: it may have letters, digits and hyphens");
        reader.report(Code::SiteInvalid, &at.path, MappingPart::Key, message, &["call it `live`, for instance"]);
        return None;
    }
    let mut map = reader.mapping(at.clone());
    let base_url = base_url(&mut map, reader);
    let compress = compress(&mut map, reader);
    let [folder, branch, bucket] = ["folder", "branch", "bucket"].map(|key| map.take(key));
    let destination = match (folder, branch, bucket) {
        (Some(at), None, None) => folder_at(&at, &mut map, schema, reader),
        (None, Some(at), None) => branch_at(&at, &mut map, reader),
        (None, None, Some(at)) => bucket_at(&at, &mut map, reader),
        _ => {
            let message = format!("`{name}` has to be one of a folder, a branch and a bucket");
            reader.report(
                Code::SiteInvalid,
                &at.path,
                MappingPart::Key,
                message,
                &[&format!("write it as {EXAMPLES}")],
            );
            return None;
        }
    };
    map.finish(reader);
    Some(PublishTarget { name: name.to_string(), destination: destination?, base_url, compress })
}

fn base_url(map: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Option<BaseUrl> {
    let at = map.take("base_url")?;
    let text = reader.text(&at)?;
    match BaseUrl::parse(&text) {
        Ok(url) => Some(url),
        Err(why) => {
            reader.report(
                Code::UrlInvalid,
                &at.path,
                MappingPart::Value,
                why,
                &[&format!("write it as `{}`", BaseUrl::meant(&text))],
            );
            None
        }
    }
}

fn compress(map: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Vec<Compression> {
    const WORDS: &[(&str, Compression)] = &[("gz", Compression::Gzip), ("br", Compression::Brotli)];
    let items = map.take("compress").map_or_else(Vec::new, |at| at.items());
    let word = |at: &DeclaredValue<'_>| reader.word(at, WORDS, "files are compressed as `gz` or `br`");
    let mut all: Vec<Compression> = items.iter().filter_map(word).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn folder_at(
    at: &DeclaredValue<'_>,
    map: &mut Mapping<'_>,
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> Option<Destination> {
    let in_place = map.boolean("in_place", false, reader);
    let path = reader.text(at)?;
    if path.contains("://") || path.starts_with("s3:") || path.is_empty() {
        reader.needs(at, format!("`{path}` is no folder"), "`/var/www/site`, or `bucket: my-site` for a store");
        return None;
    }
    if let Some(source) = source_at(&path, schema) {
        let message = format!("`{path}` cannot be the place: the site is made from what is in `{source}`");
        reader.needs(at, message, "a folder of its own, such as `/var/www/site` or `live` beside site.yaml");
        return None;
    }
    Some(Destination::Folder { path, in_place })
}

/// The folder of the project that holds what the site is made from and that a folder is, holds, or lies in.
fn source_at<'a>(path: &str, schema: &'a Schema) -> Option<&'a str> {
    let path = folders::output(path).ok()?;
    let kinds = schema.kinds.iter().filter_map(|kind| kind.folder.as_deref()).filter(|folder| !folder.is_empty());
    let statics = schema.statics.iter().map(|folder| &*folder.path);
    let mut all = [CONTENT, "templates", "static"].into_iter().chain(kinds).chain(statics);
    all.find(|source| folders::is_below(&path, source) || folders::is_below(source, &path))
}

fn branch_at(at: &DeclaredValue<'_>, map: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Option<Destination> {
    let orphan = map.boolean("orphan", false, reader);
    let remote = map.take("remote").map_or_else(
        || Some("origin".to_string()),
        |at| {
            let remote = reader.text(&at)?;
            if remote.starts_with('-') || remote.is_empty() {
                reader.needs(&at, format!("`{remote}` is no repository"), "`origin`, or as an address");
                return None;
            }
            Some(remote)
        },
    );
    let branch = reader.text(at)?;
    let is_sign = |c: char| c.is_whitespace() || c.is_control() || "~^:?*[\\".contains(c);
    let wrong = branch.is_empty()
        || branch.starts_with(['-', '/', '.'])
        || branch.ends_with(['/', '.'])
        || branch.ends_with(".lock")
        || branch.contains("..")
        || branch.contains("//")
        || branch.contains("@{")
        || branch.contains(is_sign);
    if wrong {
        reader.needs(at, format!("`{branch}` is no name of a branch"), "`gh-pages`");
        return None;
    }
    Some(Destination::Branch { branch, remote: remote?, orphan })
}

fn bucket_at(at: &DeclaredValue<'_>, map: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Option<Destination> {
    let path_style = map.boolean("path_style", false, reader);
    let region = map.text("region", reader).unwrap_or_else(|| "us-east-1".into());
    let prefix = map.text("prefix", reader).unwrap_or_default();
    let prefix = prefix.trim_matches('/');
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
    let endpoint = match map.take("endpoint") {
        None => None,
        Some(at) => {
            let url = reader.text(&at)?;
            let has_host = url.split_once("://").is_some_and(|(scheme, rest)| {
                matches!(scheme, "https" | "http") && !rest.is_empty() && !rest.contains(['@', '?', '#'])
            });
            if !has_host {
                reader.needs(&at, format!("`{url}` is no address of a store"), "`https://s3.eu-central-1.example.com`");
                return None;
            }
            Some(url)
        }
    };
    let bucket = reader.text(at)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    if bucket.len() < 3 || !bucket.chars().all(is_name) {
        reader.needs(at, format!("`{bucket}` is no name of a bucket"), "`my-site`, without `s3://`");
        return None;
    }
    Some(Destination::Bucket { bucket, endpoint, region, prefix, path_style })
}
