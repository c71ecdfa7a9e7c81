//! What templates can call besides what Tera has. Everything here depends on its arguments and on what every page depends on:
//! the address of the site, the names of its files and its texts. All of these are in the key of a page.

use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult};

use super::{ShownValue, count, map, map_of, none};
use crate::html::escape;
use crate::model::asset::Assets;
use crate::model::texts::{TextPattern, Texts};
use crate::qr;
use crate::url::BaseUrl;

/// Adds `asset`, `link`, `text`, `number` and `qr`, and a `group_by` that keeps the order.
pub(super) fn register(tera: &mut Tera, base_url: &BaseUrl, texts: &Arc<Texts>, assets: &Arc<Assets>) {
    let base = base_url.clone();
    let assets = assets.clone();
    tera.register_function("asset", move |arguments: Kwargs, _: &State| -> TeraResult<ShownValue> {
        let path = arguments.must_get::<&str>("path")?;
        match assets.by_name.get(path) {
            Some(asset) => Ok(ShownValue::from(base.rooted(&asset.url))),
            None => Err(tera::Error::message(format!("there is no file `static/{path}`"))),
        }
    });
    let base = base_url.clone();
    tera.register_function("link", move |arguments: Kwargs, _: &State| -> TeraResult<ShownValue> {
        let path = arguments.must_get::<&str>("path")?;
        let outside = !path.starts_with('/') || path.starts_with("//");
        Ok(ShownValue::from(if outside { path.to_string() } else { base.rooted(path) }))
    });
    let (texts, own_texts) = (texts.clone(), texts.clone());
    tera.register_function("text", move |arguments: Kwargs, _: &State| -> TeraResult<ShownValue> {
        let id = arguments.must_get::<&str>("id")?;
        match texts.text(id) {
            None => Err(tera::Error::message(format!("there is no text `{id}`"))),
            Some(TextPattern::Plain(text)) if !text.contains('{') => Ok(ShownValue::from(text.as_str())),
            Some(_) => {
                let html = arguments.iter().any(|(_, value)| value.is_safe());
                let written = |value: &ShownValue| match (html, value.is_safe()) {
                    (true, false) => escape(&value.to_string()),
                    _ => value.to_string(),
                };
                let values: Vec<_> = arguments.iter().map(|(name, value)| (name.to_string(), written(value))).collect();
                let values: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                Ok(match html {
                    true => super::safe(&texts.say_html(id, &values)),
                    false => ShownValue::from(texts.say(id, &values)),
                })
            }
        }
    });
    let texts = own_texts;
    tera.register_function("number", move |arguments: Kwargs, _: &State| -> TeraResult<ShownValue> {
        let grouped = arguments.get::<bool>("grouped")?.unwrap_or_default();
        // A whole number may have more digits than one with a fraction can hold.
        let value = match arguments.get::<i64>("value") {
            Ok(Some(whole)) => whole.to_string(),
            _ => arguments.must_get::<f64>("value")?.to_string(),
        };
        Ok(ShownValue::from(if grouped { texts.amount(value) } else { texts.number(value) }))
    });
    tera.register_function("qr", |arguments: Kwargs, _: &State| -> TeraResult<ShownValue> {
        let code = qr::draw(arguments.must_get::<&str>("text")?);
        Ok(code.map_or_else(none, |code| map([("size", count(code.size)), ("path", code.path.into())])))
    });
    // A text of Markdown may be a line or whole paragraphs, and a paragraph holds no other.
    tera.register_filter("paragraph", |value: &ShownValue, _: Kwargs, _: &State| -> ShownValue {
        let Some(text) = value.as_str() else { return value.clone() };
        match (value.is_safe(), begins_with_block(text)) {
            (true, true) => value.clone(),
            (true, false) => super::safe(&format!("<p>{text}</p>")),
            (false, _) => super::safe(&format!("<p>{}</p>", escape(text))),
        }
    });
    // The stock filter returns its groups in a random order.
    tera.register_filter("group_by", |items: &[ShownValue], arguments: Kwargs, _: &State| -> TeraResult<ShownValue> {
        let attribute = arguments.must_get::<&str>("attribute")?;
        let mut groups: Vec<(String, Vec<ShownValue>)> = Vec::new();
        for item in items {
            let Some(key) = item.get_from_path(attribute).filter(|key| !key.is_none()) else { continue };
            let key = key.to_string();
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, group)) => group.push(item.clone()),
                None => groups.push((key, vec![item.clone()])),
            }
        }
        Ok(map_of(groups.into_iter().map(|(key, group)| (key, ShownValue::from(group)))))
    });
}

/// Whether HTML begins with an element that cannot stand in a paragraph.
fn begins_with_block(html: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "p",
        "ul",
        "ol",
        "dl",
        "table",
        "div",
        "blockquote",
        "pre",
        "section",
        "details",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "aside",
        "figure",
        "form",
    ];
    let Some(tag) = html.trim_start().strip_prefix('<') else { return false };
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    BLOCKS.contains(&tag[..end].to_ascii_lowercase().as_str())
}
