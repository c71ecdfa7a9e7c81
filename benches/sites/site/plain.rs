//! A small generic site: three templates, four kinds that are all related.

use std::fs;
use std::io;
use std::path::Path;

use super::{Dialect, Frame, Theme, Wanted, fields};

/// How many works the bibliography has.
const WORKS: usize = 200;

/// Writes the templates and hands back the declaration.
pub(super) fn frame(folder: &Path, wanted: Wanted) -> io::Result<Frame> {
    let rich = wanted.theme == Theme::Rich;
    let works: Vec<String> = (0..WORKS).map(|number| format!("work{number}")).collect();
    fs::create_dir_all(folder.join("content"))?;
    if wanted.dialect == Dialect::Limber {
        fs::create_dir_all(folder.join("templates"))?;
        for (name, text) in [("base.html", BASE), ("entry.html", ENTRY), ("index.html", INDEX)] {
            let json_ld = if rich { "<script type=\"application/ld+json\">{{ page.json_ld }}</script>" } else { "" };
            fs::write(folder.join("templates").join(name), text.replace("<!-- JSON-LD -->", json_ld))?;
        }
        if rich {
            fs::write(folder.join("content/sources.yaml"), fields::bibliography(WORKS))?;
        }
    }
    let site = SITE.replace("TERM_LINKS", if rich { "true" } else { "false" });
    Ok(Frame { site, works, others: Vec::new() })
}

const SITE: &str = r#"title: Bench
description: A generated site.
base_url: https://bench.example/
language: en-GB
markdown: {smart_punctuation: true, allow_html: false, wikilinks: true, term_links: TERM_LINKS}
field_sets:
  all:
    level: {type: choice, of: {low: Low, middle: Middle, high: High}, required: true}
    minutes: {type: range, unit: minutes, min: 1, max: 90}
    best_for: {type: text}
    facts: {type: list, of: markdown, required: true}
kinds:
  benefit: {plural: benefits, title: Benefits, url: "/benefits/{slug}/", uses: [all]}
  technique: {plural: techniques, title: Techniques, url: "/techniques/{slug}/", uses: [all]}
  condition: {plural: conditions, title: Conditions, url: "/conditions/{slug}/", uses: [all]}
  area: {plural: areas, title: Areas, url: "/areas/{slug}/", uses: [all]}
relations:
  - {one: benefit.techniques, other: technique.benefits, labels: [Techniques, Benefits]}
  - {one: benefit.conditions, other: condition.benefits, labels: [Conditions, Benefits]}
  - {one: technique.conditions, other: condition.techniques, labels: [Conditions, Techniques]}
  - {one: technique.areas, other: area.techniques, labels: [Areas, Techniques]}
  - {one: condition.areas, other: area.conditions, labels: [Areas, Conditions]}
  - {one: benefit.areas, other: area.benefits, labels: [Areas, Benefits]}
pages: {a_z: false, sources: false, search: false, not_found: false, graph: false}
"#;

const BASE: &str = r#"<!doctype html>
<html lang="{{ site.language }}">
<head>
<meta charset="utf-8">
<title>{{ page.title }} · {{ site.title }}</title>
<meta name="description" content="{{ page.description }}">
<link rel="canonical" href="{{ page.canonical }}">
<!-- JSON-LD -->
</head>
<body>
<header><a href="{{ site.home }}">{{ site.title }}</a>
<nav><ul>{% for name, kind in site.kinds %}{% if kind.url %}<li><a href="{{ kind.url }}">{{ kind.title }}</a></li>{% endif %}{% endfor %}</ul></nav></header>
<nav aria-label="Breadcrumb"><ol>{% for crumb in page.crumbs %}<li><a href="{{ crumb.url }}">{{ crumb.title }}</a></li>{% endfor %}</ol></nav>
<main>{% block main %}{% endblock main %}</main>
<footer><p>{{ site.description }}</p></footer>
</body>
</html>
"#;

const ENTRY: &str = r##"{% extends "base.html" %}
{% block main %}
<h1>{{ entry.title }}</h1>
<p>{{ entry.summary }}</p>
<p>{{ entry.minutes }} min{% if entry.date %}, {{ entry.date.iso }}{% endif %}, {{ entry.fields.level.label }}</p>
<ul>{% for fact in entry.fields.facts %}<li>{{ fact }}</li>{% endfor %}</ul>
<nav aria-label="Contents"><ul>{% for item in entry.toc %}<li><a href="#{{ item.id }}">{{ item.title }}</a></li>{% endfor %}</ul></nav>
{{ entry.body }}
{% for group in entry.related %}<section><h2>{{ group.label }}</h2>
<ul>{% for edge in group.edges %}<li><a href="{{ edge.entry.url }}">{{ edge.entry.title }}</a> {{ edge.entry.summary }}</li>{% endfor %}</ul></section>
{% endfor %}
{% if entry.mentioned_on %}<h2>Mentioned on</h2>
<ul>{% for other in entry.mentioned_on %}<li><a href="{{ other.url }}">{{ other.title }}</a></li>{% endfor %}</ul>{% endif %}
{% if entry.sources %}<h2>Sources</h2>
<ol>{% for source in entry.sources %}<li id="{{ source.id }}">{{ source.work.html }}</li>{% endfor %}</ol>{% endif %}
{% endblock main %}
"##;

const INDEX: &str = r#"{% extends "base.html" %}
{% block main %}
<h1>{{ kind.index_title }}</h1>
<ul>{% for entry in entries %}<li><a href="{{ entry.url }}">{{ entry.title }}</a> {{ entry.summary }}</li>
{% endfor %}</ul>
{% endblock main %}
"#;
