//! What templates of Jekyll and Eleventy put in place of `{{ page.title }}` and `{{ site.phone }}`: plain words of the front matter and
//! of the site.

use std::sync::Arc;

use crate::model::schema::Schema;
use crate::yaml::Yaml;

/// The names that mean something in the text of a page, each with its words; none where template tags are not read.
pub(super) fn values(schema: &Schema, root: &Yaml) -> Arc<[(String, String)]> {
    if !schema.markdown.template_tags {
        return Arc::default();
    }
    let named = |of: &'static str, entries: &Yaml| match entries {
        Yaml::Map(entries) => {
            let words = |(key, value): &(String, Yaml)| Some((format!("{of}.{key}"), plain(value)?));
            entries.iter().filter_map(words).collect()
        }
        _ => Vec::new(),
    };
    let own = [("title", &schema.title), ("description", &schema.description), ("tagline", &schema.tagline)];
    let own = own.into_iter().filter(|(_, words)| !words.is_empty());
    let own = own.map(|(key, words)| (format!("site.{key}"), words.clone()));
    named("page", root).into_iter().chain(named("site", &schema.params)).chain(own).collect()
}

/// A value as a template prints it, where it is words and nothing that means something in Markdown.
fn plain(value: &Yaml) -> Option<String> {
    let is_word = |c: char| c.is_alphanumeric() || " .,:;!?'()/+@&-".contains(c) || !c.is_ascii() && !c.is_control();
    match value {
        Yaml::Text(text) if !text.trim().is_empty() && text.chars().all(is_word) => Some(text.trim().to_string()),
        Yaml::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}
