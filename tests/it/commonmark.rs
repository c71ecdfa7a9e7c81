//! Every example of the CommonMark specification, read as a text of an entry is read.
//!
//! `tests/data/commonmark/spec.txt` is version 0.31.2 of the specification; its licence stands beside it.

use std::collections::BTreeSet;

use limber::markdown::{PageIds, Reading, read};
use limber::model::source::Source;
use limber::stages::declare::declare;

const SPEC: &str = include_str!("../data/commonmark/spec.txt");

/// Nothing of ours is on that can be switched off.
const SITE: &str = "\
title: Site
markdown: {allow_html: true, smart_punctuation: false, wikilinks: false, term_links: false}
";

/// Examples that people mean otherwise: a heading without words is none, words beside a comment are words, and bare addresses
/// are links.
const MEANT_OTHERWISE: &[usize] = &[79, 177, 602, 608, 611, 612];

struct Example<'a> {
    number: usize,
    section: &'a str,
    markdown: String,
    html: String,
}

#[test]
fn every_example_of_commonmark_reads_as_specified() {
    let (schema, problems) = declare(&Source::new("site.yaml", SITE), None, &[]);
    let schema = schema.filter(|_| problems.is_empty()).expect("the declaration is valid");
    let reading = Reading {
        schema: &schema,
        blocks: &BTreeSet::new(),
        folder: "content",
        policy: false,
        included: &[],
        values: Default::default(),
    };
    let all = examples();
    assert_eq!(all.len(), 652);
    let mut differing = Vec::new();
    for example in &all {
        let (ours, theirs) =
            (plain(&read(&example.markdown, 0, &reading, &mut PageIds::default()).body.html), plain(&example.html));
        if ours != theirs && !MEANT_OTHERWISE.contains(&example.number) {
            let Example { number, section, markdown, .. } = example;
            differing.push(format!("{number} ({section})\n{markdown}--- ours\n{ours}\n--- theirs\n{theirs}"));
        }
    }
    assert!(differing.is_empty(), "{} examples differ\n\n{}", differing.len(), differing.join("\n\n"));
}

fn examples() -> Vec<Example<'static>> {
    const FENCE: &str = "````````````````````````````````";
    let (mut all, mut section, mut lines) = (Vec::new(), "", SPEC.lines());
    while let Some(line) = lines.next() {
        if line == format!("{FENCE} example") {
            let mut part = |end: &str| {
                let lines = lines.by_ref().take_while(|line| *line != end);
                lines.map(|line| format!("{}\n", line.replace('→', "\t"))).collect::<String>()
            };
            let (markdown, html) = (part("."), part(FENCE));
            all.push(Example { number: all.len() + 1, section, markdown, html });
        } else if line.starts_with('#') {
            section = line.trim_start_matches('#').trim();
        }
    }
    all
}

/// The HTML without what a page of ours decides for itself - where links within the site lead, where images lie, the ids
/// of headings - and without what makes no difference: how a quotation mark is written, the end of an empty element,
/// the line break behind `<li>`, comments with the space beside them.
fn plain(html: &str) -> String {
    let html = without_comments(html);
    // What is written in a language stands in a figure, with a button for copying it.
    let button =
        "<figure class=\"code\"><button type=\"button\" class=\"plain copy\" hidden data-done=\"Copied\">Copy</button>";
    let html = without_captions(&html);
    let html = html.replace(button, "").replace("<pre tabindex=\"0\">", "<pre>").replace("</pre></figure>", "</pre>");
    let mut out = String::new();
    let mut rest = &*html;
    while let Some(at) = rest.find('<') {
        let Some(end) = rest[at..].find('>').map(|end| at + end + 1) else { break };
        out.push_str(&text(&rest[..at]));
        out.push_str(&tag(&rest[at..end]));
        rest = &rest[end..];
    }
    out.push_str(&text(rest));
    out.replace("<li>\n", "<li>").trim().to_string()
}

/// A picture with a title that stands alone is a figure with a caption: the same as a paragraph with the title at the picture.
fn without_captions(html: &str) -> String {
    let mut parts = html.split("<figure><img ");
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (image, rest) = part.split_once("><figcaption>").expect("a picture in a figure has a caption");
        let (caption, rest) = rest.split_once("</figcaption></figure>").expect("a caption ends");
        out.push_str(&format!("<p><img {} title=\"{caption}\" /></p>{rest}", image.trim_end_matches(" /")));
    }
    out
}

fn without_comments(html: &str) -> String {
    let (mut out, mut rest) = (String::new(), html);
    while let Some(at) = rest.find("<!--") {
        let Some(end) = rest[at + 2..].find("-->").map(|end| at + 2 + end + 3) else { break };
        out.push_str(&rest[..at]);
        out.truncate(out.trim_end().len());
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn text(text: &str) -> String {
    text.replace("&quot;", "\"")
}

fn tag(tag: &str) -> String {
    let mut tag = tag.to_string();
    let ours = ["<a", "<img", "<h"].iter().any(|name| tag.starts_with(name));
    for attribute in [" href=\"", " src=\"", " id=\"", " loading=\""].iter().filter(|_| ours) {
        let Some(at) = tag.find(attribute) else { continue };
        let value = &tag[at + attribute.len()..];
        let elsewhere = ["http://", "https://", "mailto:"].iter().any(|scheme| value.starts_with(scheme));
        if let Some(length) = value.find('"').filter(|_| *attribute != " href=\"" || !elsewhere) {
            tag.replace_range(at..=at + attribute.len() + length, "");
        }
    }
    tag.replace(" />", ">").replace("/>", ">")
}
