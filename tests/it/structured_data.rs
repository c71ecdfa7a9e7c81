//! What programs are told of pages: JSON-LD with the types and properties of schema.org that the site declares.

use std::path::Path;

use serde_json::{Value, json};

use crate::harness::{Project, site};

const SITE: &str = r##"
//- site.yaml
title: Shed
base_url: https://shed.example/sub/
language: en
schema_org:
  organization: {type: NGO, is: {publishingPrinciples: /about/}}
kinds:
  ache:
    plural: aches
    fields:
      signs: {type: list, of: markdown}
      outlook: text
    schema_org:
      page: {type: MedicalWebPage, is: {hasPart: [{"@type": WebContent, url: "#signs"}]}, from: {mentions: tools}}
      main_entity:
        type: MedicalCondition
        from: {alternateName: aliases, signOrSymptom: {of: signs, as: MedicalSymptom}, expectedPrognosis: outlook}
  tool:
    plural: tools
    schema_org: {about: {type: Product, from: {description: summary, isRelatedTo: {of: aches, as: text}}}}
  word:
    plural: words
    url: /words/#{slug}
    schema_org: {main_entity: {type: DefinedTerm, from: {termCode: slug}}, set: {type: DefinedTermSet, lists: hasDefinedTerm}}
relations:
  - {one: ache.tools, other: tool.aches, labels: [Tools, Aches]}
//- content/index.md
---
title: Home
---
Welcome.
//- content/aches/corm.md
---
title: Soft corm
aliases: [tight corm]
signs: [It *hurts*., It is tight.]
outlook: Days
tools: [bulb]
---
Text.
//- content/tools/bulb.md
---
title: Bulb
summary: It rolls.
---
Text.
//- content/pages/words.md
---
title: Words
---
```list
entries: word
```
//- content/words.yaml
fennel: {title: Fennel}
"##;

/// The nodes of a page's graph.
fn graph(html: &str) -> Vec<Value> {
    let (_, json) = html.split_once("<script type=\"application/ld+json\">").expect("the page has structured data");
    let json: Value = serde_json::from_str(json.split_once("</script>").expect("it ends").0).expect("it is JSON");
    assert_eq!(json["@context"], "https://schema.org");
    json["@graph"].as_array().expect("it is a graph").clone()
}

/// A template that prints nothing but the structured data.
const FRAME: &str = "<script type=\"application/ld+json\">{{ page.json_ld }}</script>\n";

fn with_frame(text: &str) -> String {
    let base = "<script type=\"application/ld+json\">{{ page.json_ld }}</script>{{ entry.body }}\n";
    format!("{text}\n//- templates/entry.html\n{base}")
}

#[test]
fn an_entry_says_what_its_declaration_maps() {
    let drawn = site(&with_frame(SITE));
    let nodes = graph(drawn.file("aches/corm/index.html"));
    assert_eq!(nodes[0]["@type"], "MedicalWebPage");
    assert_eq!(nodes[0]["hasPart"][0]["url"], "https://shed.example/sub/aches/corm/#signs");
    let bulb = json!({"@type": "Product", "@id": "https://shed.example/sub/tools/bulb/#main", "name": "Bulb"});
    assert_eq!(nodes[0]["mentions"], json!([bulb]));
    let ache = &nodes[0]["mainEntity"];
    assert_eq!(ache["@type"], "MedicalCondition");
    assert_eq!(ache["alternateName"], json!(["tight corm"]));
    assert_eq!(ache["signOrSymptom"][0], json!({"@type": "MedicalSymptom", "name": "It hurts."}));
    assert_eq!(ache["expectedPrognosis"], "Days");
    let bulb = &graph(drawn.file("tools/bulb/index.html"))[0]["about"];
    assert_eq!((&bulb["description"], &bulb["isRelatedTo"]), (&json!("It rolls."), &json!(["Soft corm"])));
}

#[test]
fn the_home_page_says_only_what_the_site_is() {
    let nodes = graph(site(&with_frame(SITE)).file("index.html"));
    let types: Vec<_> = nodes.iter().map(|node| node["@type"].as_str().unwrap_or_default()).collect();
    assert_eq!(types, ["WebSite", "NGO"]);
    assert_eq!(nodes[1]["publishingPrinciples"], "https://shed.example/sub/about/");
}

#[test]
fn entries_on_one_page_are_a_set() {
    let drawn = site(&with_frame(SITE));
    let set = &graph(drawn.file("words/index.html"))[0]["mainEntity"];
    assert_eq!(set["@type"], "DefinedTermSet");
    assert_eq!(set["hasDefinedTerm"][0]["termCode"], "fennel");
    assert_eq!(set["hasDefinedTerm"][0]["@id"], "https://shed.example/sub/words/#fennel");
}

#[test]
fn pages_that_the_program_makes_say_what_they_list_and_when_it_changed() {
    let dated = SITE
        .replace("kinds:\n  ache:\n    plural: aches\n", "kinds:\n  ache:\n    plural: aches\n    regroup_by: [tools]\n")
        .replace("relations:\n", "pages: {a_z: {url: /a-z/, title: A to Z}, sources: {url: /works/, title: Works}}\nmatrices:\n  - {url: /table/, title: Table, rows: ache, columns: tool, via: ache.tools}\nrelations:\n")
        .replace("title: Soft corm\n", "title: Soft corm\nupdated: 2025-03-01\n")
        .replace("Text.\n//- content/tools/bulb.md", "Text [@doe2020].\n//- content/tools/bulb.md")
        .replace("title: Bulb\n", "title: Bulb\nupdated: 2025-02-01\n");
    let drawn = site(&with_frame(&format!(
        "{dated}\n//- templates/index.html\n{FRAME}//- templates/matrix.html\n{FRAME}//- templates/a-z.html\n{FRAME}//- templates/sources.html\n{FRAME}//- content/sources.yaml\ndoe2020: {{type: article, title: A study, author: \"Doe, Jane\", date: 2020}}\n"
    )));
    for (page, name) in
        [("table/", "Table"), ("a-z/", "A to Z"), ("aches/by-tool/", "Aches by tools"), ("works/", "Works")]
    {
        let page_data = &graph(drawn.file(&format!("{page}index.html")))[0];
        assert_eq!(page_data["@type"], "CollectionPage", "{page}");
        assert_eq!(page_data["name"], name);
        assert_eq!(
            (&page_data["inLanguage"], &page_data["dateModified"]),
            (&json!("en"), &json!("2025-03-01")),
            "{page}"
        );
        assert_eq!(page_data["breadcrumb"]["itemListElement"][0]["name"], "Home");
        assert_eq!(page_data["mainEntity"]["@type"], "ItemList");
    }
    let listed = |page: &str| graph(drawn.file(&format!("{page}index.html")))[0]["mainEntity"].clone();
    assert_eq!(listed("table/")["itemListElement"][0]["name"], "Soft corm");
    // Each name once: two titles, an alias, a word and the pages.
    assert_eq!(listed("a-z/")["numberOfItems"], 6);
    assert_eq!(listed("aches/by-tool/")["numberOfItems"], 1);
    assert_eq!(listed("works/")["numberOfItems"], 1);
}

#[test]
fn other_pages_say_what_sort_of_page_they_are() {
    let text = SITE.replace("relations:\n", "pages: {search: {url: /find/, title: Find}, per_page: 1}\nrelations:\n")
        + "//- content/aches/more.md\n---\ntitle: More\ntools: [bulb]\n---\n"
        + &["home", "search", "related", "not-found"]
            .map(|name| format!("//- templates/{name}.html\n{FRAME}"))
            .concat();
    let text = text.replace("//- content/index.md\n---\ntitle: Home\n---\nWelcome.\n", "");
    let drawn = site(&with_frame(&text));
    let page = |path: &str| graph(drawn.file(path))[0].clone();
    assert!(page("index.html")["breadcrumb"].is_null(), "{}", page("index.html"));
    assert_eq!(page("find/index.html")["@type"], "SearchResultsPage");
    assert_eq!(
        page("find/index.html")["breadcrumb"]["itemListElement"][1],
        json!({"@type": "ListItem", "position": 2, "name": "Find"})
    );
    assert_eq!(page("404.html")["@type"], "WebPage");
    let related = drawn.files.keys().find(|path| path.starts_with("tools/bulb/") && path.matches('/').count() > 2);
    assert_eq!(page(related.expect("a page of what is related"))["@type"], "CollectionPage");
}

/// Remedies and warnings: some of them tested, some of them only to be asked about.
const REMEDIES: &str = "
//- site.yaml
title: Shed
base_url: https://shed.example/
kinds:
  ache:
    plural: aches
    schema_org: {main_entity: {type: MedicalCondition, from: {possibleTreatment: {of: remedies, edges: {tested: true}}}}}
  remedy:
    plural: remedies
    schema_org:
      main_entity:
        type: MedicalTherapy
        from:
          contraindication:
            - {of: warnings, as: MedicalContraindication, where: {level: [stop]}, with: {description: action}}
            - {of: not_for, as: MedicalContraindication}
  warning: {plural: warnings, url: '/warnings/#{slug}', fields: {level: {type: choice, of: [stop, ask]}, action: text}}
relations:
  - {one: ache.remedies, other: remedy.aches, fields: {tested: {type: boolean}}}
  - {one: remedy.not_for, other: ache.avoid}
  - {one: remedy.warnings, other: warning.remedies}
//- content/aches/corm.md
---
title: Soft corm
remedies: [{to: rub, tested: true}, heat]
---
//- content/aches/bark.md
---
title: Soft bark
---
//- content/remedies/rub.md
---
title: Rub
warnings: [clod, thickets]
not_for: [bark]
---
//- content/remedies/heat.md
---
title: Heat
---
//- content/pages/warnings.md
---
title: Warnings
---
//- content/warnings.yaml
clod: {title: Clod, level: stop, action: Do not rub it.}
thickets: {title: Birch thickets, level: ask, action: Ask.}
";

#[test]
fn only_the_edges_that_are_declared_to_count_are_told() {
    let drawn = site(&with_frame(REMEDIES));
    let ache = &graph(drawn.file("aches/corm/index.html"))[0]["mainEntity"];
    assert_eq!(ache["possibleTreatment"].as_array().expect("a list").len(), 1);
    assert_eq!(ache["possibleTreatment"][0]["name"], "Rub");
    let remedy = &graph(drawn.file("remedies/rub/index.html"))[0]["mainEntity"];
    let clod = json!({"@type": "MedicalContraindication", "name": "Clod", "description": "Do not rub it.", "url": "https://shed.example/warnings/#clod"});
    let bark =
        json!({"@type": "MedicalContraindication", "name": "Soft bark", "url": "https://shed.example/aches/bark/"});
    assert_eq!(remedy["contraindication"], json!([clod, bark]));
    assert!(graph(drawn.file("remedies/heat/index.html"))[0]["mainEntity"]["contraindication"].is_null());
}

#[test]
fn everything_that_a_page_says_is_this() {
    let text = r##"
//- site.yaml
title: Shed
description: What is in the shed.
base_url: https://shed.example/sub/
kinds:
  note:
    plural: notes
    fields: {also: {type: list, of: text}, size: number, seen: date, works: citations}
    review: {every: 1 year, field: seen}
    schema_org:
      page:
        type: Article
        is: {about: /shed/, hasPart: "#parts", genre: plain, isAccessibleForFree: true, version: 2, weight: 1.5, award: null, keywords: [/a/, {url: "#b"}]}
        from: {alternateName: [aliases, also, size, slug], size: size, mentions: {of: tools, as: text}, abstract: summary, identifier: slug}
      about: {type: Thing}
      citation: ScholarlyArticle
  tool:
    plural: tools
relations:
  - {one: note.tools, other: tool.notes}
//- content/notes/first.md
---
title: First
short_title: One
aliases: [Early, Début]
also: [Former]
date: 2025-01-02
updated: 2025-02-03
seen: 2025-03-04
tools: [rake]
works: [by-doi, by-volume, on-web, alone]
---
Words.
//- content/tools/rake.md
---
title: Rake
---
Words.
//- content/sources.yaml
by-doi: {type: article, title: With a number, author: ["Doe, Jane", "Roe, Ann"], date: 2020-05, serial-number: {doi: 10.1000/1}, url: https://doi.example/}
by-volume: {type: article, title: In a volume, parent: {type: periodical, title: Journal, volume: 3}}
on-web: {type: web, title: On a page, url: https://web.example/a}
alone: {type: book, title: Alone}
//- templates/entry.html
<script type="application/ld+json">{{ page.json_ld }}</script>{{ entry.body }}
"##;
    let nodes = graph(site(text).file("notes/first/index.html"));
    let said = serde_json::to_string_pretty(&nodes).expect("it is JSON");
    expect_test::expect![[r#"
        [
          {
            "@id": "https://shed.example/sub/notes/first/#page",
            "@type": "Article",
            "about": "https://shed.example/sub/shed/",
            "alternateName": [
              "Early",
              "Début",
              "Former",
              "first"
            ],
            "award": null,
            "breadcrumb": {
              "@type": "BreadcrumbList",
              "itemListElement": [
                {
                  "@type": "ListItem",
                  "item": "https://shed.example/sub/",
                  "name": "Home",
                  "position": 1
                },
                {
                  "@type": "ListItem",
                  "item": "https://shed.example/sub/notes/",
                  "name": "Notes",
                  "position": 2
                },
                {
                  "@type": "ListItem",
                  "name": "One",
                  "position": 3
                }
              ]
            },
            "citation": [
              {
                "@type": "ScholarlyArticle",
                "author": "Jane Doe",
                "datePublished": "2020-05",
                "name": "With a number",
                "sameAs": "https://doi.org/10.1000/1"
              },
              {
                "@type": "ScholarlyArticle",
                "name": "In a volume"
              },
              {
                "@type": "CreativeWork",
                "name": "On a page",
                "sameAs": "https://web.example/a"
              },
              {
                "@type": "CreativeWork",
                "name": "Alone"
              }
            ],
            "dateModified": "2025-03-04",
            "datePublished": "2025-01-02",
            "description": "What is in the shed.",
            "expires": "2026-03-04",
            "genre": "plain",
            "hasPart": "https://shed.example/sub/notes/first/#parts",
            "identifier": "first",
            "inLanguage": "en",
            "isAccessibleForFree": true,
            "isPartOf": {
              "@id": "https://shed.example/sub/#site"
            },
            "keywords": [
              "https://shed.example/sub/a/",
              {
                "url": "https://shed.example/sub/notes/first/#b"
              }
            ],
            "lastReviewed": "2025-03-04",
            "mentions": [
              "Rake"
            ],
            "name": "First",
            "timeRequired": "PT1M",
            "url": "https://shed.example/sub/notes/first/",
            "version": 2,
            "weight": 1.5
          },
          {
            "@id": "https://shed.example/sub/#site",
            "@type": "WebSite",
            "inLanguage": "en",
            "name": "Shed",
            "publisher": {
              "@id": "https://shed.example/sub/#org"
            },
            "url": "https://shed.example/sub/"
          },
          {
            "@id": "https://shed.example/sub/#org",
            "@type": "Organization",
            "name": "Shed",
            "url": "https://shed.example/sub/"
          }
        ]
    "#]]
    .assert_eq(&(said + "\n"));
}

#[test]
fn slips_in_what_counts_are_reported_at_their_place() {
    let report = |from: &str, to: &str| {
        assert!(REMEDIES.contains(from), "{from}");
        site(&with_frame(&REMEDIES.replacen(from, to, 1))).problems()
    };
    let told = report("edges: {tested: true}", "edges: {testd: true}");
    assert!(told.contains("error[site-unknown-name]: no field or relation named `testd`"), "{told}");
    let told = report("where: {level: [stop]}", "where: {level: [stp]}");
    assert!(told.contains("error[site-unknown-name]: no choice of `level` named `stp`"), "{told}");
    let told = report("with: {description: action}", "with: {description: acton}");
    assert!(told.contains("error[site-unknown-name]: no field or relation named `acton`"), "{told}");
    let told = report("{of: not_for, as: MedicalContraindication}", "{of: title, where: {level: stop}}");
    assert!(told.contains("error[site-invalid]: `title` is no relation, and leads to no entries"), "{told}");
}

#[test]
fn every_page_says_its_language_and_the_way_to_it() {
    let frame = "<script type=\"application/ld+json\">{{ page.json_ld }}</script>\n";
    let text = format!("{SITE}\n//- templates/a-z.html\n{frame}//- templates/index.html\n{frame}");
    let drawn = site(&with_frame(&text.replace("title: Shed\n", "title: Shed\npages: {a_z: {url: /a-z/}}\n")));
    for path in ["a-z/index.html", "tools/index.html", "tools/bulb/index.html"] {
        let page = &graph(drawn.file(path))[0];
        assert_eq!(page["inLanguage"], "en", "{path}");
        assert_eq!(page["breadcrumb"]["@type"], "BreadcrumbList", "{path}");
    }
}

#[test]
fn nothing_that_is_declared_can_be_misspelt_in_silence() {
    let wrong = SITE.replace("expectedPrognosis: outlook", "expectedPrognosis: outlok");
    let report = site(&with_frame(&wrong)).problems();
    assert!(report.contains("no field or relation named `outlok`"), "{report}");
    let wrong = SITE.replace("main_entity:\n        type", "main_entty:\n        type");
    let report = site(&with_frame(&wrong)).problems();
    assert!(report.contains("site.yaml knows no key `main_entty` here"), "{report}");
}

/// The types that Outside Lane uses, each with those of its properties (its own and inherited ones, as listed on its page at
/// schema.org) that it uses.
const VOCABULARY: &[(&str, &str)] = &[
    ("AnatomicalStructure", "alternateName connectedTo description name relatedCondition relatedTherapy url"),
    ("Article", "author description headline name"),
    ("BreadcrumbList", "itemListElement"),
    ("CollectionPage", "breadcrumb dateModified description inLanguage isPartOf mainEntity name url"),
    ("CreativeWork", "author datePublished name sameAs"),
    ("DefinedTerm", "name termCode"),
    ("DefinedTermSet", "hasDefinedTerm name"),
    ("HealthTopicContent", "hasHealthAspect url"),
    ("ItemList", "itemListElement numberOfItems"),
    ("ListItem", "item name position url"),
    (
        "MedicalCondition",
        "alternateName associatedAnatomy description expectedPrognosis name possibleTreatment relevantSpecialty riskFactor signOrSymptom url",
    ),
    ("MedicalContraindication", "description name url"),
    ("MedicalRiskFactor", "name"),
    ("MedicalScholarlyArticle", "author datePublished name sameAs"),
    ("MedicalSymptom", "name"),
    (
        "MedicalWebPage",
        "about audience author breadcrumb citation dateModified datePublished description expires hasPart inLanguage isPartOf lastReviewed mainEntity mentions name reviewedBy specialty timeRequired url",
    ),
    ("Organization", "correctionsPolicy name publishingPrinciples url"),
    ("Patient", ""),
    ("Person", "name"),
    (
        "PhysicalTherapy",
        "alternateName bodyLocation contraindication description followup howPerformed name procedureType relevantSpecialty url",
    ),
    ("SearchResultsPage", "breadcrumb description inLanguage isPartOf name url"),
    ("Thing", "alternateName description name"),
    (
        "WebPage",
        "breadcrumb dateModified datePublished description expires inLanguage isPartOf lastReviewed mainEntity name timeRequired url",
    ),
    ("WebSite", "inLanguage name publisher url"),
];

#[test]
fn this_site_uses_only_types_and_properties_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join("content").exists() {
        eprintln!("skipped: this repository has no content");
        return;
    }
    let project = Project::bare("");
    let out = project.path("out");
    project.runs(&[
        "--root",
        root.to_str().expect("a plain path"),
        "build",
        "--out",
        out.to_str().expect("a plain path"),
    ]);
    let (mut things, mut wrong) = (0, Vec::new());
    for (path, bytes) in project.bytes("out").iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        if html.contains("application/ld+json") {
            let nodes = Value::from(graph(&html));
            let page = &nodes[0];
            let dated = !["404.html", "index.html", "search/index.html"].contains(&path.as_str());
            if page["inLanguage"] != "en-GB" || dated && !page["dateModified"].is_string() {
                wrong.push(format!("{path}: no language or no day"));
            }
            if html.contains("class=\"crumbs\"") && page["breadcrumb"]["@type"] != "BreadcrumbList" {
                wrong.push(format!("{path}: a trail that programs are not told of"));
            }
            things += judge(&nodes, &mut |what| wrong.push(format!("{path}: {what}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(things > 1_000, "only {things} things were found");
}

/// Counts the things of a graph, and says of each what the vocabulary does not know.
fn judge(json: &Value, wrong: &mut impl FnMut(String)) -> usize {
    match json {
        Value::Array(items) => items.iter().map(|item| judge(item, wrong)).sum(),
        Value::Object(thing) => {
            let own = thing.get("@type").and_then(Value::as_str).map_or(0, |ty| {
                match VOCABULARY.iter().find(|(known, _)| *known == ty) {
                    None => wrong(format!("no type `{ty}`")),
                    Some((_, properties)) => thing
                        .keys()
                        .filter(|key| !key.starts_with('@') && !properties.split(' ').any(|known| known == *key))
                        .for_each(|key| wrong(format!("`{ty}` has no property `{key}`"))),
                }
                1
            });
            own + thing.values().map(|value| judge(value, wrong)).sum::<usize>()
        }
        _ => 0,
    }
}

#[test]
fn nothing_in_a_text_ends_the_structured_data() {
    let frame = "<script type=\"application/ld+json\">{{ page.json_ld }}</script>\n";
    let title = "One </script><script>alert(1)</SCRIPT > and <!-- <script> two";
    let drawn = site(&format!(
        "//- site.yaml\ntitle: Site\nkinds: {{note: {{}}}}\n//- templates/entry.html\n{frame}\n\
         //- content/notes/a.md\n---\ntitle: '{}'\n---\n",
        title.replace("<!--", "\\<!--")
    ));
    let page = drawn.is_fine().file("notes/a/index.html");
    let data = page.strip_prefix("<script type=\"application/ld+json\">").expect("it begins");
    let (data, rest) = data.split_once("</").expect("it ends");
    assert!(rest.trim_end() == "script>" && !data.contains("<!--"), "{page}");
    assert!(serde_json::from_str::<Value>(data).expect("it is JSON").to_string().contains(title), "{data}");
}
