//! The pages that list the entries of a kind, as a whole and grouped by a field or relation.

use super::{DeclarationReader, DeclaredValue, Mapping, kinds::capital};
use crate::diagnostics::Code;
use crate::model::kind::{BY_DATE, Index, IndexBlock, Regroup};
use crate::model::schema::{KindId, Schema};
use crate::url::{UrlPattern, site_url_meant, slug};
use crate::yaml::{MappingPart, PathStep, Yaml};

/// Reads the index page of a kind. Entries that are anchors of a page have none: that page is their index.
pub(super) fn index(
    map: &mut Mapping<'_>,
    url: &UrlPattern,
    title: &str,
    reader: &mut DeclarationReader,
) -> Option<Index> {
    let declared = map.take("index");
    if url.anchored() {
        return None;
    }
    let mut index = Index { url: url.base().to_string(), title: title.to_string(), intro: String::new(), block: None };
    match declared {
        Some(DeclaredValue { yaml: Yaml::Bool(false), .. }) => return None,
        Some(DeclaredValue { yaml: Yaml::Bool(true), .. }) | None => {}
        Some(at) => {
            let mut map = reader.mapping(at);
            let own = map.take("url").and_then(|at| of_folder(&at, reader));
            index.url = own.unwrap_or(index.url);
            index.title = map.text("title", reader).unwrap_or(index.title);
            index.intro = map.plain_text("intro", reader).unwrap_or_default();
            index.block = map.take("block").and_then(|at| index_block(at, reader));
            map.finish(reader);
        }
    }
    Some(index)
}

/// Reads `{of: guides/about-our-readers, name: visits-by-year}`.
fn index_block(at: DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<IndexBlock> {
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let (of, name) = (map.text("of", reader), map.text("name", reader));
    map.finish(reader);
    if of.is_none() || name.is_none() {
        let message = "a data block needs the article it stands in, and its name".to_string();
        reader.needs(&whole, message, "`{of: guides/my-guide, name: my-block}`");
    }
    Some(IndexBlock { of: of?, name: name? })
}

/// Reads the address of a list, which others lie below.
fn of_folder(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<String> {
    let stem_of = |url: &str| [".html", ".htm"].iter().find_map(|end| url.strip_suffix(end)).map(str::to_string);
    let meant = |typed: &str| {
        let meant = site_url_meant(typed).unwrap_or_else(|| "/list/".into());
        format!("{}/", stem_of(&meant).unwrap_or(meant).trim_end_matches('/'))
    };
    let url = reader.site_url_or(at, meant)?;
    if stem_of(&url).is_some() {
        let message = format!("`{url}` is the address of a file, and pages of the list lie below it");
        let help = format!("write it as `{}`", meant(&url));
        reader.report(Code::UrlInvalid, &at.path, MappingPart::Value, message, &[&help]);
        return None;
    }
    Some(format!("{}/", url.trim_end_matches('/')))
}

/// Reads `topics`, or `{by: topics, title: Subjects, url: /topics/}`.
pub(super) fn regroups(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Vec<Regroup> {
    let mut all = Vec::new();
    for item in at.items() {
        let (by, title, url) = match item.yaml {
            Yaml::Map(_) => {
                let mut map = reader.mapping(item);
                let url = map.take("url").and_then(|at| of_folder(&at, reader));
                let found = (map.text("by", reader), map.text("title", reader), url);
                map.finish(reader);
                found
            }
            _ => (reader.text(&item), None, None),
        };
        all.extend(by.map(|by| Regroup { by, slug: String::new(), url, title: title.unwrap_or_default() }));
    }
    all
}

/// Gives the regrouped indexes their titles, now that fields and relations are known.
pub(super) fn name_regroups(schema: &mut Schema, reader: &mut DeclarationReader) {
    for id in schema.kind_ids().collect::<Vec<_>>() {
        let kind = schema.kind(id);
        let mut named = Vec::new();
        for Regroup { by, title, url, .. } in &kind.regroup_by {
            let Some((name, own_title)) = group_name(id, by, schema) else {
                if !reader.relations_lost {
                    report_unknown_group(&kind.name, by, reader);
                }
                continue;
            };
            let title = if title.is_empty() { capital(&own_title) } else { title.clone() };
            named.push(Regroup { by: by.clone(), slug: format!("by-{}", slug(&name)), url: url.clone(), title });
        }
        schema.kinds[id.0 as usize].regroup_by = named;
    }
}

/// The name and title of what entries of a kind are grouped by: of the kind behind a relation, where it is only one.
fn group_name(id: KindId, by: &str, schema: &Schema) -> Option<(String, String)> {
    let plain = || Some((by.to_string(), by.replace('_', " ")));
    match schema.sides_of(id).find(|(_, _, side)| side.key == by) {
        Some((relation, end, _)) => match schema.relation(relation).side(end.across()).kinds.as_slice() {
            [kind] => Some((schema.kind(*kind).name.clone(), schema.kind(*kind).title.clone())),
            _ => plain(),
        },
        None if by == BY_DATE => Some(("year".into(), schema.texts.get("year").into())),
        None => schema.kind(id).field(by).and_then(|_| plain()),
    }
}

fn report_unknown_group(kind: &str, by: &str, reader: &mut DeclarationReader) {
    let path = [PathStep::Key("kinds".into()), PathStep::Key(kind.into()), PathStep::Key("regroup_by".into())];
    let message = format!("`{kind}` has no field or relation named `{by}` to group by");
    let help = ["write the key of a field or of a relation of the kind, or `date` for an archive by year"];
    reader.report(Code::SiteUnknownName, &path, MappingPart::Value, message, &help);
}
