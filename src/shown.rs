//! The form in which values go to templates, and the hashes of what a page hands to its template. What a value of a field
//! becomes is said in `cards.rs` and `pages/`. Nothing but `templates/` and this file names `tera`.

use rustc_hash::FxHashMap;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use tera::Map;
use tera::value::Key;

use crate::hash::{Hash, Hasher};

/// A value as templates see it. Cloning shares.
pub type ShownValue = tera::Value;

/// The values that one page hands to its template.
#[derive(Clone, Debug, Default)]
pub struct Values(pub Vec<(&'static str, ShownValue)>);

impl Values {
    /// Adds a value.
    pub fn set(&mut self, key: &'static str, value: impl Into<ShownValue>) -> &mut Self {
        self.0.push((key, value.into()));
        self
    }

    /// The hash of each part: together they decide what the page says.
    pub fn parts(&self, shared: &Shared) -> Vec<Hash> {
        let mut hasher = Hasher::new();
        let mut parts = Vec::new();
        self.each_part(|name, values| {
            hasher.text(name);
            for (key, value) in values {
                hasher.text(key);
                feed(value, &mut hasher, shared);
            }
            parts.push(hasher.take());
        });
        parts
    }

    /// The names of the parts.
    pub fn part_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        self.each_part(|name, _| names.push(name.to_string()));
        names
    }

    /// Every value is a part. What is large in an entry is a part of its own, and the rest of it one more; `related` is left
    /// out, since it is made of `relations`.
    fn each_part(&self, mut see: impl FnMut(&str, &[(&str, &ShownValue)])) {
        for (key, value) in &self.0 {
            let Some(entry) = value.as_map().filter(|_| *key == "entry") else {
                see(key, &[(key, value)]);
                continue;
            };
            let named = entry.iter().map(|(key, value)| (key.as_str().unwrap_or_default(), value));
            let named = named.filter(|(key, _)| *key != "related");
            let is_large =
                |value: &ShownValue| value.is_safe() || value.as_map().is_some() || value.as_array().is_some();
            let (large, small): (Vec<_>, Vec<_>) = named.partition(|(_, value)| is_large(value));
            see(key, &small);
            large.iter().for_each(|part| see(part.0, std::slice::from_ref(part)));
        }
    }
}

/// Mappings that many pages show, with their hashes: they need not be hashed again. They are identified by their address in memory,
/// and so only as long as they live.
#[derive(Debug, Default)]
pub struct Shared(FxHashMap<usize, Hash>);

impl Shared {
    /// From mappings and their hashes.
    pub fn new<'a>(values: impl IntoIterator<Item = (&'a ShownValue, Hash)>) -> Self {
        let known = values.into_iter().filter_map(|(value, hash)| Some((address(value.as_map()?), hash)));
        Self(known.collect())
    }
}

fn address(map: &Map) -> usize {
    std::ptr::from_ref(map) as usize
}

/// The hash of a value.
pub fn hash_of(value: &ShownValue) -> Hash {
    let mut hasher = Hasher::new();
    feed(value, &mut hasher, &Shared::default());
    hasher.finish()
}

/// Texts from this length on are hashed where they lie, in bytes: copying them would cost more.
const LONG: usize = 256;

fn feed(value: &ShownValue, hasher: &mut Hasher, shared: &Shared) {
    if let Some(text) = value.as_str() {
        hasher.number(if value.is_safe() { 1 } else { 2 });
        if text.len() < LONG {
            hasher.text(text)
        } else {
            hasher.hash(&Hash::of(text.as_bytes()))
        };
    } else if let Some(map) = value.as_map() {
        if let Some(hash) = shared.0.get(&address(map)) {
            hasher.number(9).hash(hash);
            return;
        }
        hasher.number(3).number(map.len() as u64);
        for (key, value) in map {
            hasher.text(key.as_str().unwrap_or_default());
            feed(value, hasher, shared);
        }
    } else if let Some(items) = value.as_array() {
        hasher.number(4).number(items.len() as u64);
        items.iter().for_each(|item| feed(item, hasher, shared));
    } else if let Some(flag) = value.as_bool() {
        hasher.number(5).number(u64::from(flag));
    } else if let Some(number) = value.as_i64() {
        hasher.number(6).number(number as u64);
    } else if let Some(number) = value.as_f64() {
        hasher.number(7).number(number.to_bits());
    } else {
        hasher.number(8);
    }
}

/// A mapping for templates, with its keys in this order.
pub fn map<const N: usize>(entries: [(&'static str, ShownValue); N]) -> ShownValue {
    ShownValue::from_serializable(&Pairs(&entries))
}

/// A mapping whose keys come from the site. Of two entries with one key the later stays.
pub fn map_of<K: Serialize>(entries: impl IntoIterator<Item = (K, ShownValue)>) -> ShownValue {
    ShownValue::from_serializable(&Entries(entries.into_iter().collect()))
}

/// A copy of a mapping that [`map`] made, with more keys, which replace those of the same name.
pub fn extended(value: &ShownValue, more: impl IntoIterator<Item = (&'static str, ShownValue)>) -> ShownValue {
    let known = value.as_map().into_iter().flatten().filter_map(|(key, value)| match key {
        Key::Str(key) => Some((*key, value.clone())),
        key => {
            debug_assert!(false, "`{key}` comes from the site");
            None
        }
    });
    ShownValue::from_serializable(&Pairs(&known.chain(more).collect::<Vec<_>>()))
}

/// Every way to make a mapping of Tera from another one puts in every key twice. What serialises itself is put in once, and
/// only the names of a struct are taken as they are.
struct Pairs<'a>(&'a [(&'static str, ShownValue)]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut all = serializer.serialize_struct("", self.0.len())?;
        for (key, value) in self.0 {
            all.serialize_field(key, value)?;
        }
        all.end()
    }
}

/// As [`Pairs`], for other keys.
struct Entries<K>(Vec<(K, ShownValue)>);

impl<K: Serialize> Serialize for Entries<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// A list for templates.
pub fn list(items: impl IntoIterator<Item = ShownValue>) -> ShownValue {
    ShownValue::from(items.into_iter().collect::<Vec<_>>())
}

/// HTML that templates print as it is.
pub fn safe(html: &str) -> ShownValue {
    ShownValue::safe_string(html)
}

/// Nothing: prints nothing, counts as false.
pub fn none() -> ShownValue {
    ShownValue::none()
}

/// How many there are of something.
pub fn count(count: usize) -> ShownValue {
    ShownValue::from(count as i64)
}
