//! `entry`: a reference to an entry.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::{FieldContext, FieldType};
use crate::collation::Collation;
use crate::model::kind::Kind;
use crate::model::order::Key;
use crate::model::schema::{Field, KindId};
use crate::model::site::Site;
use crate::model::value::Value;
use crate::yaml::{PathStep, Yaml};

/// A reference to an entry: its slug, or kind and slug.
pub struct EntryType;

/// What JSON Schema says of the names of all entries of some kinds: slugs with titles, or kind and slug.
pub fn names(site: &Site, kinds: &[KindId]) -> Json {
    let entries = kinds.iter().flat_map(|kind| site.entries_of(*kind));
    let (mut slugs, mut seen): (Vec<Json>, _) = (Vec::new(), BTreeSet::new());
    for id in entries {
        let doc = &site.entry(id).doc;
        if seen.insert(doc.slug.as_str()) {
            slugs.push(json!({"const": doc.slug, "title": doc.title}));
        }
    }
    let of_kind = |kind: &Kind| format!("{}|{}", kind.name, kind.plural);
    let prefixes: Vec<String> = kinds.iter().map(|kind| of_kind(site.schema.kind(*kind))).collect();
    let with_kind = json!({"type": "string", "pattern": format!("^({})/.", prefixes.join("|"))});
    if slugs.is_empty() { with_kind } else { json!({"anyOf": [{"oneOf": slugs}, with_kind]}) }
}

impl FieldType for EntryType {
    fn name(&self) -> &'static str {
        "entry"
    }

    fn about(&self) -> &'static str {
        "One other entry, shown as a card with a link. A relation does more: it is shown on both sides."
    }

    fn expected(&self) -> &'static str {
        "the slug of an entry"
    }

    fn example(&self) -> String {
        "articles/first-steps".into()
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        matches!(yaml, Yaml::Text(_))
    }

    fn read(&self, _: &Field, yaml: &Yaml, path: &[PathStep], _: &mut dyn FieldContext) -> Option<Value> {
        if let Yaml::Text(name) = yaml { Some(Value::Entry(name.clone(), path.to_vec())) } else { None }
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Entry(name, _) = value { name.as_str().into() } else { Json::Null }
    }

    fn json_schema(&self, site: &Site) -> Json {
        names(site, &site.schema.kind_ids().collect::<Vec<_>>())
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        None
    }

    fn facts(&self, _: &Value) -> Vec<String> {
        Vec::new()
    }

    fn search_texts(&self, _: &Value, _: &mut dyn FnMut(&str)) {}

    fn key(&self, _: &Value, _: &Collation) -> Key {
        Key::Missing
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Entry(a, _), Value::Entry(b, _)) if a == b)
    }
}
