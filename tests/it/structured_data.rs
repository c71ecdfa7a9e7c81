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
//- content/aches/calf.md
---
title: Sore calf
aliases: [tight calf]
signs: [It *hurts*., It is tight.]
outlook: Days
tools: [ball]
---
Text.
//- content/tools/ball.md
---
title: Ball
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
fascia: {title: Fascia}
"##;

/// The nodes of a page's graph.
fn graph(html: &str) -> Vec<Value> {
    let (_, json) = html.split_once("<script type=\"application/ld+json\">").expect("the page has structured data");
    let json: Value = serde_json::from_str(json.split_once("</script>").expect("it ends").0).expect("it is JSON");
    assert_eq!(json["@context"], "https://schema.org");
    json["@graph"].as_array().expect("it is a graph").clone()
}

fn with_frame(text: &str) -> String {
    let base = "<script type=\"application/ld+json\">{{ page.json_ld }}</script>{{ entry.body }}\n";
    format!("{text}\n//- templates/entry.html\n{base}")
}

#[test]
fn an_entry_says_what_its_declaration_maps() {
    let drawn = site(&with_frame(SITE));
    let nodes = graph(drawn.file("aches/calf/index.html"));
    assert_eq!(nodes[0]["@type"], "MedicalWebPage");
    assert_eq!(nodes[0]["hasPart"][0]["url"], "https://shed.example/sub/aches/calf/#signs");
    let ball = json!({"@type": "Product", "@id": "https://shed.example/sub/tools/ball/#main", "name": "Ball"});
    assert_eq!(nodes[0]["mentions"], json!([ball]));
    let ache = &nodes[0]["mainEntity"];
    assert_eq!(ache["@type"], "MedicalCondition");
    assert_eq!(ache["alternateName"], json!(["tight calf"]));
    assert_eq!(ache["signOrSymptom"][0], json!({"@type": "MedicalSymptom", "name": "It hurts."}));
    assert_eq!(ache["expectedPrognosis"], "Days");
    let ball = &graph(drawn.file("tools/ball/index.html"))[0]["about"];
    assert_eq!((&ball["description"], &ball["isRelatedTo"]), (&json!("It rolls."), &json!(["Sore calf"])));
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
    assert_eq!(set["hasDefinedTerm"][0]["termCode"], "fascia");
    assert_eq!(set["hasDefinedTerm"][0]["@id"], "https://shed.example/sub/words/#fascia");
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
    ("CollectionPage", "inLanguage isPartOf mainEntity name url"),
    ("CreativeWork", "name sameAs"),
    ("DefinedTerm", "name termCode"),
    ("DefinedTermSet", "hasDefinedTerm name"),
    ("HealthTopicContent", "hasHealthAspect url"),
    ("ItemList", "itemListElement"),
    ("ListItem", "item name position url"),
    (
        "MedicalCondition",
        "alternateName associatedAnatomy description expectedPrognosis name possibleTreatment relevantSpecialty riskFactor signOrSymptom url",
    ),
    ("MedicalContraindication", "name url"),
    ("MedicalRiskFactor", "name"),
    ("MedicalScholarlyArticle", "name sameAs"),
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
    ("Thing", "alternateName description name"),
    (
        "WebPage",
        "breadcrumb dateModified datePublished description expires inLanguage isPartOf lastReviewed mainEntity name timeRequired url",
    ),
    ("WebSite", "name publisher url"),
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
