//! What an entry offers to be found by: its names, and all that its page shows.

use crate::model::body::{BlockData, Body, Filling};
use crate::model::doc::Doc;
use crate::model::fields;
use crate::model::schema::{Field, Type};
use crate::model::site::{EntryId, ResolvedText, Site};
use crate::model::value::Value;
use crate::yaml::Yaml;

/// A text of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The title; also the short one.
    Title,
    /// Another name, or words that entries are found by although no page shows them.
    Alias,
    /// A phrase for which the entry stands on top.
    Phrase,
    /// The summary.
    Summary,
    /// A heading; its number among those of the text below the front matter, from 1.
    Heading(u32),
    /// Anything else, with the number of the heading that it stands under; 0 where it stands under none.
    Text(u32),
}

/// Calls `visit` with every text of an entry that people may look for.
pub fn each(site: &Site, id: EntryId, visit: &mut dyn FnMut(&str, Role)) {
    let entry = site.entry(id);
    let doc = &*entry.doc;
    let kind = site.schema.kind(doc.kind);
    visit(&doc.title, Role::Title);
    if let Some(short) = &doc.short_title {
        visit(short, Role::Title);
    }
    doc.aliases.iter().for_each(|alias| visit(alias, Role::Alias));
    if let Some(summary) = &doc.summary {
        visit(summary, Role::Summary);
    }
    let pages = &site.schema.pages;
    let pinned = pages.search_pin.as_ref().filter(|pin| pin.kind == doc.kind).map(|pin| pin.words);
    let is_words = |name: &str| pages.search_words.as_deref() == Some(name);
    for (at, (field, value)) in kind.fields.iter().zip(&doc.fields).enumerate() {
        let role = match pinned {
            Some(words) if words == at => Role::Phrase,
            _ if is_words(&field.name) => Role::Alias,
            _ => Role::Text(0),
        };
        plain_texts(value, &field.ty, &mut |text| visit(text, role));
    }
    for (_, value) in doc.extra.iter().filter(|(key, _)| is_words(key)) {
        match value {
            Yaml::List(items) => items.iter().filter_map(Yaml::as_text).for_each(|text| visit(text, Role::Alias)),
            value => value.as_text().into_iter().for_each(|text| visit(text, Role::Alias)),
        }
    }
    for block in &doc.body.blocks {
        if let BlockData::Typed(values) = &block.data {
            let fields = site.schema.blocks.iter().find(|(name, _)| *name == block.name);
            plain_texts_of(values, fields.map_or(&[], |(_, fields)| fields), &mut |text| visit(text, Role::Text(0)));
        }
    }
    for written in &doc.relations {
        let fields = &site.schema.relation(written.relation).fields;
        if fields.is_empty() {
            continue;
        }
        for edge in &written.edges {
            plain_texts_of(&edge.data, fields, &mut |text| visit(text, Role::Text(0)));
        }
    }
    for (body, text) in doc.bodies().into_iter().zip(&*site.references(id).texts) {
        let sections = std::ptr::eq(body, &raw const doc.body);
        markdown(site, body, text, &mut |text, role| visit(text, if sections { role } else { Role::Text(0) }));
    }
}

/// The beginning of what an entry says, in plain text, for those without a summary.
pub fn beginning(site: &Site, doc: &Doc, length: usize) -> String {
    let mut first = String::new();
    for body in doc.bodies() {
        markdown(site, body, &ResolvedText::default(), &mut |text, role| {
            if first.chars().count() < length && matches!(role, Role::Text(_)) {
                first.push_str(text);
                first.push(' ');
            }
        });
    }
    let words: Vec<&str> = first.split_whitespace().collect();
    let whole = words.join(" ");
    match whole.char_indices().nth(length) {
        None => whole,
        Some((end, _)) => {
            let cut = whole[..end].rfind(' ').unwrap_or(end);
            format!("{}…", whole[..cut].trim_end_matches(|c: char| !c.is_alphanumeric()))
        }
    }
}

/// A value as plain text on one line; of a choice the text with this key.
pub fn shown(site: &Site, value: &Value, ty: &Type, key: &str) -> String {
    if let (Value::Choice(at), Type::Choice(choices)) = (value, ty) {
        return choices.text(*at, key).unwrap_or_default().to_string();
    }
    let mut all = String::new();
    let mut add = |text: &str| {
        all.push_str(text);
        all.push(' ');
    };
    plain_texts(value, ty, &mut add);
    value.bodies(&mut |body| markdown(site, body, &ResolvedText::default(), &mut |text, _| add(text)));
    // A citation leaves a gap before the full stop.
    all.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace(" ,", ",")
}

fn plain_texts_of(values: &[Value], fields: &[Field], visit: &mut dyn FnMut(&str)) {
    fields.iter().zip(values).for_each(|(field, value)| plain_texts(value, &field.ty, visit));
}

/// The texts of a value that are not Markdown.
pub fn plain_texts(value: &Value, ty: &Type, visit: &mut dyn FnMut(&str)) {
    fields::of(ty, |ty| ty.search_texts(value, visit));
}

/// The texts of a Markdown text, piece by piece. Names of linked entries are part of it; what citations and data blocks draw
/// is not.
fn markdown(site: &Site, body: &Body, text: &ResolvedText, visit: &mut dyn FnMut(&str, Role)) {
    let mut pieces = Pieces { text: String::new(), section: 0, heading: false, visit };
    let mut at = 0;
    for hole in &body.holes {
        let Filling::Title(number) = hole.what else { continue };
        pieces.html(&body.html[at..hole.at as usize], body);
        if let Some(entry) = text.links.get(number as usize).and_then(|link| link.entry) {
            pieces.text.push_str(site.entry(entry).doc.name());
        }
        at = hole.at as usize;
    }
    pieces.html(&body.html[at..], body);
    pieces.flush();
}

/// Elements that may stand inside a word.
const INLINE: [&str; 14] =
    ["a", "abbr", "b", "code", "del", "em", "i", "kbd", "mark", "s", "span", "strong", "sub", "sup"];

/// Gathers the text of HTML until a heading begins or ends.
struct Pieces<'a> {
    text: String,
    section: u32,
    heading: bool,
    visit: &'a mut dyn FnMut(&str, Role),
}

impl Pieces<'_> {
    fn html(&mut self, html: &str, body: &Body) {
        let mut rest = html;
        while let Some(at) = rest.find(['<', '&']) {
            self.text.push_str(&rest[..at]);
            rest = &rest[at..];
            rest = if rest.starts_with('&') { self.entity(rest) } else { self.tag(rest, body) };
        }
        self.text.push_str(rest);
    }

    /// Takes an entity; none of those that stand for a letter is ever written.
    fn entity<'h>(&mut self, html: &'h str) -> &'h str {
        self.text.push(' ');
        let end = html[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#').map_or(html.len(), |at| at + 1);
        html[end..].strip_prefix(';').unwrap_or(&html[end..])
    }

    fn tag<'h>(&mut self, html: &'h str, body: &Body) -> &'h str {
        let after = |end: &str| html.find(end).map_or("", |at| &html[at + end.len()..]);
        if html.starts_with("<!--") {
            return after("-->");
        }
        // Browsers take instructions and declarations for comments.
        if html.starts_with("<?") || html.starts_with("<!") {
            return after(">");
        }
        let name = html[1..].trim_start_matches('/');
        let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = &name[..length];
        let opens = !html.starts_with("</");
        if name.is_empty() {
            self.text.push('<');
            return &html[1..];
        }
        match name {
            "script" if opens => return after("</script>"),
            "style" if opens => return after("</style>"),
            "template" if opens => return after("</template>"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.heading = opens;
                let tag = &html[..html.find('>').unwrap_or(html.len())];
                let next = body.headings.get(self.section as usize);
                if opens && next.is_some_and(|next| tag.contains(&format!("id=\"{}\"", next.id))) {
                    self.section += 1;
                }
            }
            name if INLINE.contains(&name) => {}
            _ => self.text.push(' '),
        }
        after(">")
    }

    fn flush(&mut self) {
        if !self.text.trim().is_empty() {
            let role = if self.heading { Role::Heading(self.section) } else { Role::Text(self.section) };
            (self.visit)(&self.text, role);
        }
        self.text.clear();
    }
}
