//! Every field type, from the declaration to the page and to what other programs read.

use limber::engine::Engine;
use limber::json_schema;
use limber::model::fields::{NAMES, of};
use limber::model::options::Options;
use limber::model::schema::Field;
use limber::timings::Timings;

use crate::harness::{Drawn, fixture, site, sources};

/// A field of each type, as `site.yaml` declares it.
const DECLARED: &[(&str, &str)] = &[
    ("text", "text"),
    ("markdown", "markdown"),
    ("integer", "integer"),
    ("number", "number"),
    ("boolean", "boolean"),
    ("date", "date"),
    ("choice", "{type: choice, of: [low, high]}"),
    ("range", "{type: range, unit: minutes}"),
    ("url", "url"),
    ("image", "image"),
    ("citations", "citations"),
    ("entry", "entry"),
    ("list", "{type: list, of: text}"),
    ("object", "{type: object, fields: {name: {type: text, required: true}, size: number}}"),
];

fn declared(more: &str) -> String {
    let fields: String = DECLARED.iter().map(|(name, ty)| format!("      a_{name}: {ty}\n")).collect();
    format!(
        "//- site.yaml\ntitle: Types\nbase_url: https://example.org/\nchecks: {{advice: off}}\nkinds:\n  article:\n    \
         plural: articles\n    url: /articles/{{slug}}/\n    fields:\n{fields}{more}"
    )
}

/// A site with one entry that has a value of every type, each the example of its type.
fn examples() -> String {
    let values: String = fields().iter().map(|field| format!("{}: {}\n", field.name, example(field))).collect();
    let entry = format!("//- content/articles/first-steps.md\n---\ntitle: First steps\n{values}---\nText.\n");
    let work = "//- content/sources.yaml\nmiller2020: {type: article, title: A work, author: Miller, date: 2020}\n";
    format!("{}{entry}{work}//- content/articles/picture.png\nnot a picture\n", declared(""))
}

fn example(field: &Field) -> String {
    of(&field.ty, |ty| ty.example())
}

fn fields() -> Vec<Field> {
    let snapshot =
        Engine::new(Options::default()).update(&sources(&fixture(&declared(""))), Vec::new(), &mut Timings::default());
    snapshot.ready.as_ref().expect("a site").site.schema.kinds[0].fields.clone()
}

#[test]
fn every_type_is_declared_here() {
    assert_eq!(DECLARED.iter().map(|(name, _)| *name).collect::<Vec<_>>(), NAMES);
    let read: Vec<_> = fields().iter().map(|field| field.ty.name()).collect();
    assert_eq!(read, NAMES);
}

#[test]
fn the_example_of_every_type_is_a_value_of_it_and_reaches_every_reader() {
    let drawn: Drawn = site(&examples());
    drawn.is_fine();
    let graph: serde_json::Value = serde_json::from_str(drawn.file("graph.json")).expect("it is JSON");
    let entry = &graph["entries"][0];
    for field in fields() {
        assert!(!entry["fields"][&field.name].is_null(), "graph.json has no `{}`: {entry}", field.name);
    }
}

#[test]
fn the_example_of_every_type_may_be_its_default() {
    for field in fields() {
        let yaml = limber::yaml::parse(&example(&field)).expect("an example is YAML");
        assert!(of(&field.ty, |ty| ty.may_be(&yaml)), "{}", field.name);
    }
}

#[test]
fn something_else_is_refused_with_what_is_expected_and_an_example() {
    for field in fields() {
        let (wrong, name) = (if field.ty.name() == "object" { "[1, 2]" } else { "{a: {b: 1}}" }, &field.name);
        let text = format!("{}//- content/articles/a.md\n---\ntitle: A\n{name}: {wrong}\n---\n", declared(""));
        let problems = site(&text).problems();
        let expected = of(&field.ty, |ty| ty.expected());
        assert!(
            problems.contains(&format!("error[field-wrong-type]: `{name}` has to be {expected}, found")),
            "{problems}"
        );
        assert!(problems.contains("help: "), "{problems}");
    }
}

#[test]
fn every_type_has_a_json_schema_with_its_limits() {
    let files = fixture(&examples());
    let snapshot = Engine::new(Options::default()).update(&sources(&files), Vec::new(), &mut Timings::default());
    let site = &snapshot.ready.as_ref().expect("a site").site;
    let schema = json_schema::of_kind(site, site.schema.kind_named("article").expect("it is declared"));
    for field in fields() {
        let of_field = schema["properties"][&field.name].as_object().unwrap_or_else(|| panic!("{}", field.name));
        assert!(!of_field.is_empty(), "{}", field.name);
    }
}

#[test]
fn the_json_schema_says_where_fields_have_a_place() {
    let files = fixture(
        "//- site.yaml\ntitle: Site\nkinds:\n  novel:\n    fields:\n      finding: {type: choice, of: [good, bad, untested]}\n      \
         years: integer\n      grade: {type: text, required: true, when: {finding: [good, bad]}}\n      \
         note: {type: text, when: {years: {reaches: 5}}}\n",
    );
    let snapshot = Engine::new(Options::default()).update(&sources(&files), Vec::new(), &mut Timings::default());
    assert!(snapshot.diagnostics.iter().all(|problem| !problem.is_error()), "{:?}", snapshot.diagnostics);
    let site = &snapshot.ready.as_ref().expect("a site").site;
    let schema = json_schema::of_kind(site, site.schema.kind_named("novel").expect("it is declared"));
    assert_eq!(schema["required"], serde_json::json!([]), "nothing has to be there always, not even a title");
    let all: Vec<String> = schema["allOf"].as_array().expect("conditions").iter().map(ToString::to_string).collect();
    expect_test::expect![[r#"
        {"if":{"properties":{"finding":{"anyOf":[{"enum":["good","bad"]},{"contains":{"enum":["good","bad"]},"type":"array"}]}},"required":["finding"]},"then":{"required":["grade"]}}
        {"if":{"required":["grade"]},"then":{"required":["finding"]}}
        {"if":{"properties":{"finding":{"not":{"anyOf":[{"enum":["good","bad"]},{"contains":{"enum":["good","bad"]},"type":"array"}]}}},"required":["finding"]},"then":{"not":{"required":["grade"]}}}
        {"if":{"required":["note"]},"then":{"required":["years"]}}
        {"if":{"properties":{"years":{"exclusiveMaximum":5.0,"type":"number"}},"required":["years"]},"then":{"not":{"required":["note"]}}}"#]].assert_eq(&all.join("\n"));
}
