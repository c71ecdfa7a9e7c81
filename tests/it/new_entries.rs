//! `limber new`: entries with every field of their kind, whatever their title, in the form of the file that they go into.

use expect_test::{Expect, expect};
use limber::diagnostics::{Code, Diagnostic};
use limber::engine::Engine;
use limber::model::options::Options;
use limber::model::value::Date;
use limber::scaffold::{EntryRequest, confirm, plan};
use limber::timings::Timings;
use proptest::prelude::*;

use crate::harness::{Project, fixture, sources};

const SITE: &str = r#"//- site.yaml
title: Shed
base_url: https://shed.example/
checks: {advice: off}
markdown: {smart_punctuation: false, wikilinks: true}
kinds:
  tool:
    plural: tools
    url: /tools/{slug}/
    fields:
      grip: {type: choice, of: {wood: Wood, steel: Steel}, required: true, help: "What the hand\n  holds."}
      weight: {type: range, unit: kg, min: 1, help: How heavy it is.}
      care: {type: list, of: {type: object, fields: {step: {type: text, required: true}, every: {type: integer, min: 1}}}}
      maker: {type: object, fields: {name: {type: text, required: true, help: As it says of itself.}, since: {type: date}}}
      edge: {type: text, required: true, when: {grip: steel}}
      state: {type: choice, of: [new, old], default: new}
      note: {type: markdown, max_words: 20}
      read: {type: citations}
  bed: {plural: beds, url: '/beds/{slug}/'}
  word: {plural: words, url: '/words/#{slug}', fields: {meaning: {type: markdown, required: true}, more: {type: url}}}
  day: {plural: days, url: '/days/{year}/{name}/', folder: Diary}
relations:
  - one: tool.beds
    other: bed.tools
    labels: [Beds, Tools]
    fields: {use: {type: choice, of: [dig, cut], required: true}, note: text}
  - {one: tool.like, symmetric: true, labels: [Like it]}
  - {one: bed.beside, other: word.beds, labels: [Beside, Beds], at_least: 1}
//- content/index.md
---
title: Home
---
[Spade](tools/spade.md), [[rake]]
//- content/beds/roses.md
---
title: Roses
beside: [soil]
tools:
  - {to: iron-rake, use: dig}
  - {to: spade, use: cut}
---
//- content/beds/herbs.md
---
title: Herbs
beside: [soil]
tools: [{to: iron-rake, use: cut}]
---
//- content/words.yaml
soil:
  title: Soil
  meaning: What it grows in.
"#;

/// A site whose kind of data has just this file.
fn with_words(text: &str) -> Project {
    let project = Project::new(SITE);
    project.write("content/words.yaml", text);
    project
}

#[track_caller]
fn writes(project: &Project, arguments: &[&str], path: &str, expected: &Expect) {
    let ran = project.runs(&[&["new"], arguments].concat());
    assert_eq!(ran.out.trim_end(), path, "{}", ran.err);
    expected.assert_eq(&project.read(path));
}

#[track_caller]
fn refuses(project: &Project, arguments: &[&str], code: i32, expected: &Expect) {
    let before = project.bytes("content");
    let ran = project.run(&[&["new"], arguments].concat());
    assert_eq!((ran.code, ran.out.as_str()), (Some(code), ""), "{}", ran.err);
    expected.assert_eq(&ran.err);
    assert_eq!(project.bytes("content"), before, "something was written");
}

#[test]
fn a_new_entry_has_every_field_with_its_help_the_required_ones_first() {
    let project = Project::new(SITE);
    writes(
        &project,
        &["tool", "Hand fork for roses"],
        "content/tools/hand-fork-for-roses.md",
        &expect![[r#"
            ---
            # Keys without a value have to be filled in. To use a line such as `#key: value`, take its `#` away.

            title: Hand fork for roses

            # What the hand holds.
            # one of wood, steel
            grip:

            # One line about it, for lists, search and other sites.
            #summary: some words

            # How heavy it is.
            # a number or a range; unit: kg; at least 1
            #weight: 2-3

            # a list
            #care:
            #  - step: some words # required: a text
            #    every: 3 # a whole number; at least 1

            # keys with values
            #maker:
            #  name: some words # As it says of itself. required: a text
            #  since: 2026-03-04 # a day

            # a text; required where `grip` is steel
            #edge: some words

            # one of new, old; this is the default
            #state: new

            # a text, with Markdown; at most 20 words
            #note: some words

            # a list of keys
            #read: [miller2020]

            # Beds: a list of entries (bed); there are roses, herbs
            #beds:
            #  - to: roses
            #    use: dig # required: one of dig, cut
            #    note: some words # a text

            # Like it: a list of entries (tool); there is none yet
            #like: [first-steps]

            # Every entry may also have: short_title, aliases, redirect_from, date, updated, draft, template.
            ---

        "#]],
    );
}

#[test]
fn what_is_left_to_do_is_what_check_then_finds() {
    let project = Project::new(SITE);
    let ran = project.runs(&["new", "tool", "Fork"]);
    expect![[r#"
        left to do:
          content/tools/fork.md:8:1: the required field `grip` is empty
    "#]]
    .assert_eq(&ran.err);
    let found = project.run(&["check", "--format", "short"]).out;
    let own: Vec<_> = found.lines().filter(|line| line.contains("tools/fork.md")).collect();
    assert_eq!(own.len(), 1, "{found}");
    let ran = project.runs(&["new", "bed", "Peas", "--format", "json"]);
    expect![[r#"
        {
          "entry": "beds/peas",
          "left": [
            {
              "code": "relation-count",
              "column": 1,
              "line": 7,
              "message": "`beside` has 0 entries, and needs at least 1"
            }
          ],
          "made": "file",
          "path": "content/beds/peas.md",
          "referred_to": 0
        }
    "#]]
    .assert_eq(&ran.out);
}

#[test]
fn every_title_is_valid() {
    let project = Project::new(SITE);
    for (title, path) in [
        ("\"Quoted\": the 'fork' # 1", "quoted-the-fork-1"),
        ("- [ ] {x}: @y", "x-y"),
        ("Two\nlines\tand more", "two-lines-and-more"),
        ("🦵 Leg", "leg-leg"),
        ("שלום עולם", "shlvm-vlm"),
        ("yes", "yes"),
        ("12", "12"),
        ("Ünter Öl", "unter-ol"),
    ] {
        let ran = project.runs(&["new", "bed", "--", title]);
        assert_eq!(ran.out, format!("content/beds/{path}.md\n"), "{title}");
        let entry = project.drawn();
        let syntax = entry.diagnostics.iter().filter(|problem| problem.place.path.contains(path));
        let codes: Vec<_> = syntax.map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::RelationCount], "{title}\n{}", project.read(&format!("content/beds/{path}.md")));
        let shown = title.split(['\n', '\t']).collect::<Vec<_>>().join(" ");
        let page = entry.file(&format!("beds/{path}/index.html"));
        let page = page.replace("&quot;", "\"").replace("&#39;", "'");
        assert!(page.contains(&format!("<h1>{shown}</h1>")), "{title}\n{page}");
    }
}

#[test]
fn nothing_is_ever_overwritten() {
    let project = Project::new(SITE);
    refuses(
        &project,
        &["bed", "Roses"],
        1,
        &expect![[r#"
        error: the bed `roses` is there already: `content/beds/roses.md`
          help: choose another name for the new one with `--name`
    "#]],
    );
    project.write("content/words/soil.md", "---\ntitle: Other\nmeaning: x\n---\n");
    project.write("site.yaml", project.read("site.yaml") + "ignore: [/content/beds/Peas.md]\n");
    project.write("content/beds/peas.md/keep.txt", "a folder");
    refuses(
        &project,
        &["bed", "Peas"],
        2,
        &expect![[r#"
        error: there is a file `content/beds/peas.md` already, and it is never overwritten
          help: choose another name with `--name`
    "#]],
    );
    refuses(
        &project,
        &["bed", "Peas", "--name", "Peas"],
        1,
        &expect![[r#"
        error: `content/beds/Peas.md` is left out of the site by `ignore:` in site.yaml
          help: choose another name with `--name`, or change `ignore:`
    "#]],
    );
}

#[test]
fn names_that_no_entry_can_have_are_refused() {
    let project = Project::new(SITE);
    refuses(
        &project,
        &["bad", "Roses"],
        2,
        &expect![[r#"
        error: there is no kind `bad`
          help: did you mean `bed`?
    "#]],
    );
    refuses(
        &project,
        &["spoon", "Roses"],
        2,
        &expect![[r#"
        error: there is no kind `spoon`
          help: known kinds are tool, bed, word, day, page
    "#]],
    );
    refuses(
        &project,
        &["bed", "***"],
        1,
        &expect![[r#"
        error: no file name can be made of the title `***`: no letter or digit of it can stand in an address
          help: give it a name with `--name`, in letters and digits
    "#]],
    );
    refuses(
        &project,
        &["bed", " \n "],
        2,
        &expect![[r#"
        error: the title is empty
          help: limber new KIND "Title"
    "#]],
    );
    refuses(
        &project,
        &["bed", "Index"],
        1,
        &expect![[r#"
        error: no file name can be made of the title `Index`: such a file would mean something else
          help: give it a name with `--name`, in letters and digits
    "#]],
    );
    refuses(
        &project,
        &["bed", "Peas", "--name", "a/b"],
        1,
        &expect![[r#"
        error: `a/b` cannot be the name of an entry: its folders are no part of it, so it has no slash
    "#]],
    );
    refuses(
        &project,
        &["bed", "Peas", "--folder", "../x"],
        2,
        &expect![[r#"
        error: `../x` is no folder of the project: it leaves the project; make a link to it inside the project, and name the link
    "#]],
    );
    refuses(
        &project,
        &["page", "About", "--folder", "x"],
        1,
        &expect![[r#"
        error: a file `content/x/about.md` would not be of the kind `page`
          help: choose another folder with `--folder`, or another name with `--name`
    "#]],
    );
    refuses(
        &project,
        &["bed"],
        2,
        &expect![[r#"
        error: the following required arguments were not provided:
          <TITLE>

        Usage: limber new <KIND> <TITLE>

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn an_entry_goes_into_the_folder_and_under_the_name_that_are_asked_for() {
    let project = Project::new(SITE);
    assert_eq!(project.runs(&["new", "bed", "Peas", "--folder", "south/far"]).out, "content/beds/south/far/peas.md\n");
    assert_eq!(
        project.runs(&["new", "bed", "Beans", "--name", "Runner beans.md"]).out,
        "content/beds/Runner beans.md\n"
    );
    assert_eq!(project.runs(&["new", "page", "About us"]).out, "content/about-us.md\n");
    assert_eq!(project.runs(&["new", "days", "First frost", "--date", "2026-03-04"]).out, "Diary/first-frost.md\n");
    assert!(project.drawn().files.contains_key("days/2026/first-frost/index.html"));
    let left = project.runs(&["new", "day", "Second frost"]).err;
    assert!(left.contains("have a date in them"), "{left}");
    let long = "long words ".repeat(40);
    let path = project.runs(&["new", "bed", &long]).out;
    assert!(path.len() < 110 && project.path(path.trim()).exists(), "{path}");
}

#[test]
fn printing_writes_nothing() {
    let project = Project::new(SITE);
    let before = project.bytes("content");
    let ran = project.runs(&["new", "word", "Compost: \"warm\"", "--print"]);
    expect![[r#"
        compost-warm:
          title: "Compost: \"warm\""
          # a text, with Markdown
          meaning:
          # One line about it, for lists, search and other sites.
          #summary: some words
          # an address
          #more: https://example.org/
          # Beds: a list of entries (bed); there are herbs, roses
          #beds: [herbs]
    "#]]
    .assert_eq(&ran.out);
    assert_eq!((ran.err.as_str(), project.bytes("content")), ("", before));
}

#[test]
fn an_entry_that_others_refer_to_is_written_with_its_relations() {
    let project = Project::new(SITE);
    writes(
        &project,
        &["tool", "--from-gap"],
        "content/tools/iron-rake.md",
        &expect![[r#"
            ---
            # Keys without a value have to be filled in. To use a line such as `#key: value`, take its `#` away.

            title: Iron rake

            # What the hand holds.
            # one of wood, steel
            grip:

            # Beds: a list of entries (bed); there are herbs, roses
            beds: [herbs, roses]

            # One line about it, for lists, search and other sites.
            #summary: some words

            # How heavy it is.
            # a number or a range; unit: kg; at least 1
            #weight: 2-3

            # a list
            #care:
            #  - step: some words # required: a text
            #    every: 3 # a whole number; at least 1

            # keys with values
            #maker:
            #  name: some words # As it says of itself. required: a text
            #  since: 2026-03-04 # a day

            # a text; required where `grip` is steel
            #edge: some words

            # one of new, old; this is the default
            #state: new

            # a text, with Markdown; at most 20 words
            #note: some words

            # a list of keys
            #read: [miller2020]

            # Like it: a list of entries (tool); there is none yet
            #like: [first-steps]

            # Every entry may also have: short_title, aliases, redirect_from, date, updated, draft, template.
            ---

        "#]],
    );
    refuses(
        &project,
        &["tool", "Hoe", "--from-gap"],
        1,
        &expect![[r#"
        error: nothing refers to a missing tool `hoe`
          help: these are missing: `spade`, `rake`
    "#]],
    );
    let ran = project.runs(&["new", "tool", "Spade", "--from-gap"]);
    assert!(ran.err.starts_with("2 places refer to it already\n"), "{}", ran.err);
    project.runs(&["new", "bed", "Rake", "--from-gap"]);
    let left = project.drawn().problems();
    assert!(!left.contains("link-broken") && !left.contains("unknown-target"), "{left}");
    refuses(
        &project,
        &["tool", "--from-gap"],
        1,
        &expect![[r#"
        error: nothing refers to a missing tool
          help: without `--from-gap` a new one is made
    "#]],
    );
}

#[test]
fn an_item_is_added_in_the_form_of_its_file() {
    let add = |text: &str| {
        let project = with_words(text);
        let ran = project.run(&["new", "word", "Warm bed"]);
        assert_eq!(ran.code, Some(0), "{text}\n{}", ran.err);
        let new = project.read("content/words.yaml");
        new.strip_prefix(text).map_or_else(|| new.clone(), str::to_string)
    };
    let item = |indent: &str| {
        let own = add("x:\n  meaning: y\n");
        own.lines()
            .map(|line| line.strip_prefix("  ").map_or(line.to_string(), |line| format!("{indent}{line}")))
            .collect::<Vec<_>>()
            .join("\n")
            + "\n"
    };
    expect![[r#"
        warm-bed:
          title: Warm bed
          # a text, with Markdown
          meaning:
          # One line about it, for lists, search and other sites.
          #summary: some words
          # an address
          #more: https://example.org/
          # Beds: a list of entries (bed); there are herbs, roses
          #beds: [herbs]
    "#]]
    .assert_eq(&item("  "));
    assert_eq!(add("x:\n    meaning: y\n"), item("    "));
    assert_eq!(add("# words\nx:\n # deep\n  meaning: |\n    y\n"), item("  "));
    assert_eq!(add("x:\n  meaning: y"), format!("\n{}", item("  ")), "no end of the last line");
    assert_eq!(add("a:\n  meaning: y\n\n# b\nb:\n  meaning: y\n"), format!("\n{}", item("  ")));
    assert_eq!(add(""), item("  "));
    assert_eq!(add("# none yet\n"), item("  "));
    assert_eq!(add("'x':\n  meaning: y\n"), item("  ").replacen("warm-bed", "'warm-bed'", 1));
    assert_eq!(add("x: {meaning: y}\n"), "warm-bed: {title: Warm bed, meaning: null}\n");
    assert_eq!(add("{x: {meaning: y}}\n"), "{x: {meaning: y}, warm-bed: {title: Warm bed, meaning: null}}\n");
    assert_eq!(add("{}\n"), "{warm-bed: {title: Warm bed, meaning: null}}\n");
    assert_eq!(
        add("{\n  \"x\": {\"meaning\": \"y\"},\n}\n"),
        "{\n  \"x\": {\"meaning\": \"y\"},\n  \"warm-bed\": {title: Warm bed, meaning: null},\n}\n"
    );
    let crlf = with_words("x:\r\n  meaning: y\r\n");
    crlf.runs(&["new", "word", "Warm bed"]);
    assert_eq!(crlf.read("content/words.yaml"), format!("x:\n  meaning: y\n{}", item("  ")).replace('\n', "\r\n"));
    let marked = with_words("\u{feff}x:\n  meaning: y\n");
    marked.runs(&["new", "word", "Warm bed"]);
    assert_eq!(marked.read("content/words.yaml"), format!("\u{feff}x:\n  meaning: y\n{}", item("  ")));
}

#[test]
fn a_data_file_that_could_be_misread_is_left_alone() {
    refuses(
        &with_words("x:\n  meaning: y\n...\n"),
        &["word", "Warm bed"],
        1,
        &expect![[r#"
        error: nothing can be added to `content/words.yaml`: its form is one that could be misread with another item
          help: `--print` shows the new item; write it there by hand
    "#]],
    );
    refuses(
        &with_words("- x\n"),
        &["word", "Warm bed"],
        1,
        &expect![[r#"
        error: nothing can be added to `content/words.yaml`: it is no mapping from slugs to entries
          help: `--print` shows the new item; write it there by hand
    "#]],
    );
    refuses(
        &with_words("x: {\n"),
        &["word", "Warm bed"],
        1,
        &expect![[r#"
        error: nothing can be added to `content/words.yaml`: a value is missing here
          help: `--print` shows the new item; write it there by hand
    "#]],
    );
    let printed = with_words("x:\n  meaning: y\n...\n").runs(&["new", "word", "Warm bed", "--print"]).out;
    assert!(printed.starts_with("warm-bed:\n  title: Warm bed\n"), "{printed}");
    refuses(
        &with_words("warm-bed: {meaning: y}\n"),
        &["word", "Warm bed"],
        1,
        &expect![[r#"
        error: the word `warm-bed` is there already: `content/words.yaml`
          help: choose another name for the new one with `--name`
    "#]],
    );
}

#[test]
fn a_kind_of_anchors_gets_its_data_file_with_the_first_entry() {
    let project = Project::new(SITE);
    project.remove("content/words.yaml");
    assert_eq!(project.runs(&["new", "word", "Soil"]).out, "content/words.yaml\n");
    assert!(project.read("content/words.yaml").starts_with("soil:\n  title: Soil\n"));
}

/// Codes of what only a person can know.
const LEFT: &[Code] = &[Code::FieldMissing, Code::RelationCount];

/// Codes that examples may raise besides: they name files, works and entries that are not there.
const OF_EXAMPLES: &[Code] = &[
    Code::ImageMissing,
    Code::CitationUnknown,
    Code::LinkBroken,
    Code::FieldLimit,
    Code::FieldOutOfPlace,
    Code::RelationUnknownTarget,
    Code::RelationCount,
    Code::RelationConflict,
];

fn types() -> impl Strategy<Value = String> {
    let simple = prop_oneof![
        Just("text".to_string()),
        Just("markdown".into()),
        Just("integer".into()),
        Just("number".into()),
        Just("boolean".into()),
        Just("date".into()),
        Just("url".into()),
        Just("image".into()),
        Just("citations".into()),
        Just("entry".into()),
    ];
    let simple = simple.prop_map(|name| format!("type: {name}"));
    let leaf = prop_oneof![
        simple,
        Just("type: choice, of: [low, 'yes', 'two words', '1']".to_string()),
        Just("type: range, unit: 'm #2'".to_string()),
        Just("type: choice, of: [low, high], default: high".to_string()),
        Just("type: text, default: 'a: #b'".to_string()),
        Just("type: text, min: 3, max_words: 9".to_string()),
    ];
    let required = |ty: String, required: bool, help: Option<String>| {
        let required = if required && !ty.contains("default") { ", required: true" } else { "" };
        let help = help.map_or(String::new(), |help| format!(", help: {}", serde_json::to_string(&help).unwrap()));
        format!("{{{ty}{required}{help}}}")
    };
    let field = move |ty: BoxedStrategy<String>| {
        (ty, any::<bool>(), proptest::option::of("[a-z#:'\\n ]{1,60}"))
            .prop_map(move |(ty, is_required, help)| required(ty, is_required, help))
    };
    let nested = leaf.prop_recursive(3, 12, 3, move |inner| {
        let inner = field(inner.boxed()).boxed();
        prop_oneof![
            inner.clone().prop_map(|of| format!("type: list, of: {of}")),
            proptest::collection::vec(inner, 1..4).prop_map(|fields| {
                let fields: Vec<_> = fields.iter().enumerate().map(|(at, field)| format!("f{at}: {field}")).collect();
                format!("type: object, fields: {{{}}}", fields.join(", "))
            }),
        ]
    });
    field(nested.boxed())
}

fn site_with_fields(fields: &[String], data: &[String], at_least: usize) -> String {
    let names = ["first", "second_one", "a b", "no", "'1'"];
    let list = |fields: &[String]| {
        let named = fields.iter().zip(names).map(|(field, name)| format!("      {name}: {field}\n"));
        named.collect::<String>()
    };
    let (own, data) = (list(fields), list(data));
    let data = if data.is_empty() { String::new() } else { format!("    fields:\n{data}") };
    format!(
        "//- site.yaml\ntitle: S\nbase_url: https://s.example/\nchecks: {{advice: off}}\nkinds:\n  leaf:\n    plural: leaves\n    \
         url: /leaves/{{slug}}/\n    fields:\n{own}  stem: {{plural: stems, url: '/stems/{{slug}}/'}}\nrelations:\n  - one: \
         leaf.stems\n    other: stem.leaves\n    labels: [Stems, Leaves]\n    at_least: {at_least}\n{data}//- \
         content/stems/one.md\n---\ntitle: One\n---\n//- content/leaves.yaml\n"
    )
}

/// What is wrong with the file of an entry once the signs before its examples are taken away.
fn used(site: &str, path: &str, text: &str) -> Vec<Diagnostic> {
    let is_example = |line: &&str| {
        let rest = line.trim_start().strip_prefix('#').unwrap_or_default();
        rest.starts_with("  ") || rest.starts_with(|c: char| !c.is_whitespace())
    };
    let uncovered = text.lines().map(|line| if is_example(&line) { line.replacen('#', "", 1) } else { line.into() });
    let mut files = fixture(site);
    files.insert(path.into(), uncovered.collect::<Vec<_>>().join("\n") + "\n");
    let snapshot = Engine::new(Options::default()).update(&sources(&files), Vec::new(), &mut Timings::default());
    snapshot.diagnostics.iter().filter(|problem| *problem.place.path == *path).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_new_writes_of_any_declaration_and_title_is_valid(
        fields in proptest::collection::vec(types(), 1..5),
        data in proptest::collection::vec(types(), 0..3),
        title in "[a-zA-Z]\\PC{0,40}",
        at_least in 0usize..2,
        in_data: bool,
    ) {
        let site = site_with_fields(&fields, &data, at_least);
        let site = if in_data { site } else { site.replace("//- content/leaves.yaml\n", "") };
        let all = sources(&fixture(&site));
        let options = Options { drafts: true, ..Options::default() };
        let before = Engine::new(options.clone()).update(&all, Vec::new(), &mut Timings::default());
        prop_assert!(before.ready.is_some(), "{}\n{:?}", site, before.diagnostics);
        let known = &before.ready.as_ref().unwrap().site;
        // A title with signs of Markdown is written as it was asked for, and reported as any other.
        let has_signs = title.contains(['*', '_', '[', '~']);
        let is_left = |problem: &&Diagnostic| {
            LEFT.contains(&problem.code) || has_signs && problem.code == Code::ValueDoubtful
        };
        let asked = EntryRequest {
            kind: known.schema.kind_named("leaf").unwrap(),
            title: Some(title),
            name: Some("new-one".into()),
            folder: None,
            date: Date::parse("2026-03-04"),
            from_gap: false,
            printed: false,
        };
        let new = plan(known, &all, &asked).unwrap();
        let (left, text) = confirm(&new, &before, (&all, Vec::new()), options).unwrap();
        let wrong: Vec<_> = left.iter().filter(|problem| !is_left(problem)).collect();
        prop_assert!(wrong.is_empty(), "{text}\n{wrong:?}");
        let examples = used(&site, &new.path, &text);
        let may_be = |problem: &&Diagnostic| is_left(problem) || OF_EXAMPLES.contains(&problem.code);
        let wrong: Vec<_> = examples.iter().filter(|problem| !may_be(problem)).collect();
        prop_assert!(wrong.is_empty(), "{text}\n{wrong:?}");
    }
}
