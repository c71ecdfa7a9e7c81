//! The words that VitePress, VuePress and Starlight draw of keys at the top of a home page: what a site is called and says of
//! itself, links, and features. They are Markdown here, before the text of the page.

use std::ops::Range;

use crate::markdown::{AuthorSigns, MarkdownText, public_text};
use crate::markup::escapes::{escaped, safe_beginning};
use crate::model::schema::Dialect;
use crate::yaml::{MappingPart, Path, PathStep, Yaml, YamlText};

/// What stands at the top of a page.
pub(super) struct Opening {
    /// What the page is called where it has no title.
    pub title: Option<String>,
    /// The rest, as Markdown.
    pub markdown: String,
    /// The addresses in it, with where they are written.
    addresses: Vec<(String, Range<usize>)>,
    /// Where its first words are written.
    span: Range<usize>,
}

/// What parts the top of a page from its text: a list or a term would go on there.
const END: &str = "<!-- -->\n\n";

/// What the keys of a page say at its top, and nothing where its tool draws none of them. `title` is its own title. Keys that
/// the kind declares are shown as that.
pub(super) fn opening(
    dialect: Option<Dialect>,
    root: &Yaml,
    title: Option<&str>,
    text: &YamlText,
    signs: AuthorSigns,
    is_declared: impl Fn(&str) -> bool,
) -> Option<Opening> {
    let is_home = |key: &str, value: &Yaml| root.get(key) == Some(value);
    let drawn: &[(&str, OpeningPart)] = match dialect? {
        Dialect::VitePress if is_home("layout", &Yaml::Text("home".into())) => &VITEPRESS,
        Dialect::VitePress if is_home("home", &Yaml::Bool(true)) => &VUEPRESS,
        Dialect::Astro => &STARLIGHT,
        _ => return None,
    };
    let mut opening = OpeningWriter { root, text, signs, first: None, out: String::new(), addresses: Vec::new() };
    let is_own = |key: &str| is_declared(key.split('.').next().unwrap_or(key));
    let name = opening.said(root.at(drawn[0].0)).filter(|_| !is_own(drawn[0].0)).map(|html| words_of_html(&html));
    let as_title = name.clone().filter(|_| title.is_none());
    // What the page is called stands above it.
    let shown = as_title.as_deref().or(title);
    let is_shown = |name: &String| shown.is_some_and(|shown| shown.trim() == name.trim());
    for (key, part) in drawn.iter().filter(|(key, _)| !is_own(key)) {
        let is_name = *part == OpeningPart::Name;
        if !(is_name && name.as_ref().is_some_and(is_shown)) {
            opening.part(key, *part);
        } else if as_title.is_some() {
            opening.part(key, OpeningPart::Title);
        }
    }
    let span = opening.first?;
    Some(Opening { title: as_title, markdown: opening.out + END, addresses: opening.addresses, span })
}

impl Opening {
    /// Gives what was read of the opening, which stands before the first byte of the text, the places in the front matter.
    pub fn place(&self, read: &mut MarkdownText, body_at: usize) {
        let is_here = |span: &Range<usize>| *span == (body_at..body_at);
        let mut left = self.addresses.clone();
        // Of equal addresses each stands for itself.
        let mut place = |written: &str| {
            let path = left.iter().position(|(address, _)| address.split('#').next() == Some(written));
            let found = path.or_else(|| left.iter().position(|(address, _)| address == written))?;
            Some(left.remove(found).1)
        };
        let or_first = |span: Option<Range<usize>>| span.unwrap_or_else(|| self.span.clone());
        for link in read.body.links.iter_mut().filter(|link| is_here(&link.span)) {
            let span = or_first(place(&link.written));
            link.heading_span = span.clone();
            if link.heading.is_some() && span.len() > link.written.len() {
                link.heading_span = span.start + link.written.len() + 1..span.end;
            }
            link.span = span;
        }
        for external in read.body.external.iter_mut().filter(|external| is_here(&external.span)) {
            external.span = or_first(place(&external.url));
        }
        for image in read.body.images.iter_mut().filter(|image| is_here(&image.span)) {
            image.span = or_first(place(&image.written));
        }
        for problem in read.problems.iter_mut().filter(|problem| is_here(&problem.span)) {
            let is_about = |(address, _): &&(String, _)| problem.message.contains(&format!("`{address}`"));
            problem.span = or_first(self.addresses.iter().find(is_about).map(|(_, span)| span.clone()));
        }
    }
}

/// How a value is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OpeningPart {
    /// The name of the site, which may be the title of the page.
    Name,
    /// The title of the page, which stands above all of this.
    Title,
    /// Words that stand out.
    Strong,
    /// Other words.
    Plain,
    /// A picture.
    Picture,
    /// Links, one below the other.
    Actions,
    /// A link whose words are those of another key.
    Action(&'static str),
    /// Titles, each with what it means.
    Features,
}

const VITEPRESS: [(&str, OpeningPart); 6] = [
    ("hero.name", OpeningPart::Name),
    ("hero.text", OpeningPart::Strong),
    ("hero.tagline", OpeningPart::Plain),
    ("hero.image", OpeningPart::Picture),
    ("hero.actions", OpeningPart::Actions),
    ("features", OpeningPart::Features),
];
const VUEPRESS: [(&str, OpeningPart); 7] = [
    ("heroText", OpeningPart::Name),
    ("tagline", OpeningPart::Plain),
    ("heroImage", OpeningPart::Picture),
    ("actions", OpeningPart::Actions),
    ("actionLink", OpeningPart::Action("actionText")),
    ("features", OpeningPart::Features),
    ("footer", OpeningPart::Plain),
];
const STARLIGHT: [(&str, OpeningPart); 5] = [
    ("hero.title", OpeningPart::Name),
    ("banner.content", OpeningPart::Plain),
    ("hero.tagline", OpeningPart::Plain),
    ("hero.image", OpeningPart::Picture),
    ("hero.actions", OpeningPart::Actions),
];

struct OpeningWriter<'a> {
    root: &'a Yaml,
    text: &'a YamlText,
    /// What begins what is for authors alone.
    signs: AuthorSigns,
    first: Option<Range<usize>>,
    out: String,
    addresses: Vec<(String, Range<usize>)>,
}

impl OpeningWriter<'_> {
    fn part(&mut self, key: &str, part: OpeningPart) {
        let path: Path = key.split('.').map(|part| PathStep::Key(part.into())).collect();
        let Some(value) = self.root.at(key).cloned() else { return };
        match part {
            OpeningPart::Title => self.item(&path, ""),
            OpeningPart::Name | OpeningPart::Strong => {
                if let Some(words) = self.words(Some(&value)) {
                    self.block(&path, &format!("**{words}**"));
                }
            }
            OpeningPart::Plain => {
                if let Some(words) = self.words(Some(&value)) {
                    self.block(&path, &safe_beginning(&words));
                }
            }
            OpeningPart::Picture => self.picture(&value, path),
            OpeningPart::Action(text) => {
                if let Some(words) = self.words(self.root.get(text)) {
                    let link = self.link(&words, value.as_text(), path.clone());
                    self.block(&path, &link);
                }
            }
            OpeningPart::Actions | OpeningPart::Features => {
                let Yaml::List(items) = &value else { return };
                for (number, item) in items.iter().enumerate() {
                    let path = [&path[..], &[PathStep::Index(number)]].concat();
                    if part == OpeningPart::Actions { self.action(item, path) } else { self.feature(item, path) }
                }
                self.out.push('\n');
            }
        }
    }

    fn picture(&mut self, value: &Yaml, path: Path) {
        let alt = self.words(value.get("alt")).unwrap_or_default();
        let from = ["src", "file", "light"].iter().find_map(|key| Some((*key, value.get(key)?.as_text()?)));
        let (address, path) = match (value, from) {
            (Yaml::Text(address), _) => (address.as_str(), path),
            (_, Some((key, address))) => (address, [path, vec![PathStep::Key(key.into())]].concat()),
            _ => return,
        };
        // Folders that a program gives names lead nowhere.
        let is_known = !address.trim().is_empty() && !address.starts_with(['~', '@']);
        let picture = if is_known { format!("!{}", self.link(&alt, Some(address), path.clone())) } else { alt };
        if !picture.is_empty() {
            self.block(&path, &picture);
        }
    }

    fn action(&mut self, item: &Yaml, path: Path) {
        let Some(words) = self.words(item.get("text").or_else(|| item.get("link"))) else { return };
        let link = self.link(&words, item.get("link").and_then(Yaml::as_text), path.clone());
        self.item(&path, &format!("- {link}\n"));
    }

    fn feature(&mut self, item: &Yaml, path: Path) {
        let link = item.get("link").and_then(Yaml::as_text);
        let (title, details, more) =
            (self.words(item.get("title")), self.words(item.get("details")), self.words(item.get("linkText")));
        let linked = |of: &mut Self, words: String| of.link(&words, link, path.clone());
        let title = title.map(|title| format!("**{title}**"));
        let title = title.map(|title| if more.is_none() { linked(self, title) } else { title });
        let more = more.map(|more| linked(self, more));
        let parts: Vec<String> =
            [title, details.map(|details| safe_beginning(&details)), more].into_iter().flatten().collect();
        if !parts.is_empty() {
            // Another sign makes another list.
            self.item(&path, &format!("* {}\n\n", parts.join("\n\n  ")));
        }
    }

    /// Adds a paragraph that begins where a value is written.
    fn block(&mut self, path: &[PathStep], markdown: &str) {
        self.item(path, &format!("{markdown}\n\n"));
    }

    /// Adds a part of a list, or whatever it is.
    fn item(&mut self, path: &[PathStep], markdown: &str) {
        self.first.get_or_insert_with(|| self.text.place(path, MappingPart::Value).range());
        self.out.push_str(markdown);
    }

    /// Words as a link, where there is an address.
    fn link(&mut self, words: &str, address: Option<&str>, path: Path) -> String {
        let Some(address) = address.map(str::trim).filter(|address| !address.is_empty()) else { return words.into() };
        let key = PathStep::Key("link".into());
        let own = [&path[..], &[key]].concat();
        let path = if self.text.written(&own).is_some() { own } else { path };
        let span = self.text.place(&path, MappingPart::Value).range();
        let quotes = self.text.written(&path).is_some_and(|written| written.starts_with(['"', '\'']));
        let span = if quotes && span.len() > 1 { span.start + 1..span.end - 1 } else { span };
        self.addresses.push((address.to_string(), span));
        let address = address.replace('\\', "\\\\").replace('<', "\\<").replace('>', "\\>").replace(['\n', '\r'], " ");
        format!("[{words}](<{address}>)")
    }

    /// The words of a value, on one line, without what is for authors alone: that is reported where the key is read.
    fn said(&self, value: Option<&Yaml>) -> Option<String> {
        let text = match value? {
            Yaml::Text(text) => public_text(text, self.signs).0.split_whitespace().collect::<Vec<_>>().join(" "),
            Yaml::Integer(number) => number.to_string(),
            _ => return None,
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// The words of a value as Markdown: the tools read HTML in them, and no Markdown. What is left of the signs of comments and
    /// remarks is text.
    fn words(&self, value: Option<&Yaml>) -> Option<String> {
        let html = self.said(value)?;
        let (mut out, mut rest) = (String::new(), html.as_str());
        while let Some((at, end)) = markup(rest) {
            out.push_str(&escaped(&rest[..at]));
            out.push_str(&rest[at..end]);
            rest = &rest[end..];
        }
        Some((out + &escaped(rest)).replace("%%", r"\%\%"))
    }
}

/// The words of a piece of HTML as plain text.
fn words_of_html(html: &str) -> String {
    let (mut out, mut rest) = (String::new(), html);
    while let Some((at, end)) = markup(rest) {
        out.push_str(&rest[..at]);
        if rest[at..].starts_with('&') {
            out.push_str(&crate::markup::unescaped(&rest[at..end]));
        }
        rest = &rest[end..];
    }
    (out + rest).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the first tag or named character of a piece of HTML stands.
fn markup(html: &str) -> Option<(usize, usize)> {
    html.match_indices(['<', '&']).find_map(|(at, sign)| {
        let rest = &html[at + 1..];
        let is_tag = sign == "<" && rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let end = if is_tag { rest.find('>') } else { rest.find(';').filter(|_| sign == "&") }?;
        let is_name = rest[..end].chars().all(|c| c.is_ascii_alphanumeric() || c == '#') && end > 0;
        (is_tag || is_name).then_some((at, at + 1 + end + 1))
    })
}
