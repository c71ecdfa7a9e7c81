//! The same site for Hugo: what its templates can do as cheaply as they allow.

use std::fs;
use std::io;
use std::path::Path;

use limber::model::schema::Schema;

/// Writes configuration and templates.
pub(super) fn frame(folder: &Path, schema: &Schema, kinds: &[&str]) -> io::Result<()> {
    fs::create_dir_all(folder.join("layouts/_default"))?;
    let mut menu = String::new();
    for kind in kinds.iter().filter_map(|name| schema.kind_named(name)).map(|id| schema.kind(id)) {
        menu.push_str(&format!("  [[menus.main]]\n  name = \"{}\"\n  url = \"/{}/\"\n", kind.title, kind.plural));
        let index = format!("---\ntitle: {}\n---\n", kind.title);
        fs::write(folder.join("content").join(&kind.plural).join("_index.md"), index)?;
    }
    fs::write(folder.join("hugo.toml"), format!("{CONFIG}{menu}"))?;
    for (name, text) in [("baseof.html", BASE), ("single.html", SINGLE), ("list.html", LIST)] {
        fs::write(folder.join("layouts/_default").join(name), text)?;
    }
    Ok(())
}

const CONFIG: &str = r#"baseURL = "https://bench.example/"
title = "Bench"
languageCode = "en-GB"
disableKinds = ["taxonomy", "term", "home"]
[params]
description = "A generated site."
[markup.goldmark.extensions]
definitionList = true
footnote = true
[markup.tableOfContents]
startLevel = 2
endLevel = 3
[services.rss]
limit = 50
[menus]
"#;

const BASE: &str = r#"<!doctype html>
<html lang="{{ site.Language.Lang }}">
<head>
<meta charset="utf-8">
<title>{{ .Title }} · {{ site.Title }}</title>
<meta name="description" content="{{ .Params.summary }}">
<link rel="canonical" href="{{ .Permalink }}">
</head>
<body>
<header><a href="/">{{ site.Title }}</a>
<nav><ul>{{ range site.Menus.main }}<li><a href="{{ .URL }}">{{ .Name }}</a></li>{{ end }}</ul></nav></header>
<nav aria-label="Breadcrumb"><ol>{{ range .Ancestors.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li></ol></nav>
<main>{{ block "main" . }}{{ end }}</main>
<footer><p>{{ site.Params.description }}</p></footer>
</body>
</html>
"#;

const SINGLE: &str = r#"{{ define "main" }}
<h1>{{ .Title }}</h1>
<p>{{ .Params.summary }}</p>
<p>{{ .ReadingTime }} min, {{ .Date.Format "2006-01-02" }}, {{ .Params.level }}</p>
<ul>{{ range .Params.facts }}<li>{{ . | markdownify }}</li>{{ end }}</ul>
{{ .TableOfContents }}
{{ .Content }}
{{ $page := . }}{{ range slice "techniques" "conditions" "areas" "benefits" }}{{ $key := . }}{{ with index $page.Params $key }}<section><h2>{{ $key | title }}</h2>
<ul>{{ range . }}{{ with site.GetPage (printf "/%s/%s" $key .) }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.summary }}</li>{{ end }}{{ end }}</ul></section>
{{ end }}{{ end }}{{ end }}
"#;

const LIST: &str = r#"{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>{{ range .RegularPages.ByTitle }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.summary }}</li>
{{ end }}</ul>
{{ end }}
"#;
