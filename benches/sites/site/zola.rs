//! The same site for Zola.

use std::fs;
use std::io;
use std::path::Path;

use limber::model::schema::Schema;
use serde_json::Value;

use super::lines;

/// Writes configuration and templates.
pub(super) fn frame(folder: &Path, schema: &Schema, kinds: &[&str]) -> io::Result<()> {
    fs::create_dir_all(folder.join("templates"))?;
    for kind in kinds.iter().filter_map(|name| schema.kind_named(name)).map(|id| schema.kind(id)) {
        let index = format!("+++\ntitle = \"{}\"\nsort_by = \"title\"\ngenerate_feeds = true\n+++\n", kind.title);
        fs::write(folder.join("content").join(&kind.plural).join("_index.md"), index)?;
    }
    fs::write(folder.join("zola.toml"), CONFIG)?;
    fs::write(folder.join("config.toml"), CONFIG)?;
    for (name, text) in [("base.html", BASE), ("page.html", PAGE), ("section.html", SECTION), ("index.html", SECTION)] {
        fs::write(folder.join("templates").join(name), text)?;
    }
    Ok(())
}

/// Zola wants unknown keys below `extra`.
pub(super) fn front_matter(first: &[(String, Value)], then: &[(String, Value)]) -> String {
    let renamed: Vec<_> = first
        .iter()
        .map(|(key, value)| (if key == "summary" { "description" } else { key.as_str() }.to_string(), value.clone()))
        .collect();
    format!("{}extra:\n{}", lines(&renamed, ""), lines(then, "  "))
}

const CONFIG: &str = r#"base_url = "https://bench.example"
title = "Bench"
description = "A generated site."
generate_feeds = true
feed_limit = 50
build_search_index = false
compile_sass = false
[markdown]
smart_punctuation = true
"#;

const BASE: &str = r#"<!doctype html>
<html lang="{{ config.default_language }}">
<head>
<meta charset="utf-8">
<title>{% block title %}{% endblock %} · {{ config.title }}</title>
{% block head %}{% endblock %}
</head>
<body>
<header><a href="/">{{ config.title }}</a>
<nav><ul><li><a href="/benefits/">Benefits</a></li><li><a href="/techniques/">Techniques</a></li><li><a href="/conditions/">Conditions</a></li><li><a href="/areas/">Areas</a></li></ul></nav></header>
<main>{% block main %}{% endblock main %}</main>
<footer><p>{{ config.description }}</p></footer>
</body>
</html>
"#;

const PAGE: &str = r##"{% extends "base.html" %}
{% block title %}{{ page.title }}{% endblock %}
{% block head %}<meta name="description" content="{{ page.description }}">
<link rel="canonical" href="{{ page.permalink }}">{% endblock %}
{% block main %}
<h1>{{ page.title }}</h1>
<p>{{ page.description }}</p>
<p>{{ page.reading_time }} min, {{ page.date }}, {{ page.extra.level }}</p>
<ul>{% for fact in page.extra.facts %}<li>{{ fact | markdown(inline=true) | safe }}</li>{% endfor %}</ul>
<nav aria-label="Contents"><ul>{% for item in page.toc %}<li><a href="{{ item.permalink }}">{{ item.title }}</a>{% if item.children %}<ul>{% for below in item.children %}<li><a href="{{ below.permalink }}">{{ below.title }}</a></li>{% endfor %}</ul>{% endif %}</li>{% endfor %}</ul></nav>
{{ page.content | safe }}
{% for key in ["techniques", "conditions", "areas", "benefits"] %}{% if page.extra[key] %}<section><h2>{{ key | title }}</h2>
<ul>{% for slug in page.extra[key] %}{% set other = get_page(path=key ~ "/" ~ slug ~ ".md") %}<li><a href="{{ other.permalink }}">{{ other.title }}</a> {{ other.description }}</li>{% endfor %}</ul></section>
{% endif %}{% endfor %}
{% if page.backlinks %}<h2>Mentioned on</h2>
<ul>{% for other in page.backlinks %}<li><a href="{{ other.permalink }}">{{ other.title }}</a></li>{% endfor %}</ul>{% endif %}
{% endblock main %}
"##;

const SECTION: &str = r#"{% extends "base.html" %}
{% block title %}{{ section.title }}{% endblock %}
{% block main %}
<h1>{{ section.title }}</h1>
<ul>{% for page in section.pages %}<li><a href="{{ page.permalink }}">{{ page.title }}</a> {{ page.description }}</li>
{% endfor %}</ul>
{% endblock main %}
"#;
