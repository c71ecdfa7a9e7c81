//! `theme/README.md` names everything that templates see.

use std::collections::BTreeSet;

use limber::engine::Engine;
use limber::model::options::Options;
use limber::stages::render::Wanted;
use limber::templates::ShownValue;
use limber::timings::Timings;

use crate::harness::{fixture, sources};

/// A page of every sort, and whatever a page may have.
const SITE: &str = r#"
//- site.yaml
title: Shed
base_url: https://shed.example/sub/
checks: {advice: off}
pages: {per_page: 2}
params: {hue: 3}
blocks: {list: {fields: {size: {type: choice, of: [small, large]}}}}
kinds:
  tool:
    plural: tools
    index: {intro: Things to roll with, block: {of: jobs/a, name: list}}
    extra: allow
    sequence: true
    review: {every: 12 months, field: seen}
    fields:
      size: {type: choice, of: [small, large]}
      minutes: {type: range, unit: minutes}
      seen: date
      photo: image
      basis: citations
      maker: url
      tags: {type: list, of: text}
      parts: {type: list, of: {type: object, fields: {title: markdown}}}
    regroup_by: [size, jobs, tags]
  job: {plural: jobs}
  term: {plural: terms}
relations:
  - {one: job.tools, other: tool.jobs, labels: [Tools, Good for], fields: {note: text}}
matrices: [{url: /matrix/, rows: job, columns: tool, via: job.tools}]
//- content/sources.yaml
davis2020:
  type: article
  title: On pruning
  author: Davis, Jo
  date: 2020
//- content/terms.yaml
fennel: {title: Fennel}
//- content/tools/bulb.md
---
title: Bulb
short_title: Bulb
aliases: [Sphere]
redirect_from: [/bulbs/]
date: 2026-01-02
size: small
minutes: 3-4
seen: 2026-01-02
photo: bulb.svg
basis: [davis2020]
maker: https://maker.example/
tags: [round]
parts: [{title: A *soil*.}]
jobs: [{to: a, note: Gently}, b, c]
---
## How

A bulb rolls on the fennel [@davis2020].
//- content/tools/bulb.svg
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>
//- content/tools/pruner.md
---
title: Pruner
size: large
jobs: [a]
---
//- content/tools/stick.md
---
title: Stick
size: small
---
//- content/jobs/a.md
---
title: Soft clover
---
See [[tools/bulb]].

```list
size: small
entries: tool
```
//- content/jobs/b.md
---
title: Tired fern
---
//- content/jobs/c.md
---
title: A stiff neck
---
//- templates/related.html
<main></main>
//- templates/home.html
<main></main>
//- templates/value.html
<main></main>
"#;

/// What stands below these names is named by the site, not by Limber.
const NAMED_BY_THE_SITE: [&str; 12] = [
    "params",
    "kinds",
    "fields",
    "extra",
    "relations",
    "counts",
    "facets",
    "data",
    "block",
    "json_ld",
    "links",
    "tags",
];

/// Adds the names of everything in a value.
fn names(name: &str, value: &ShownValue, found: &mut BTreeSet<String>) {
    if let Some(map) = value.as_map() {
        for (key, value) in map {
            let key = key.as_str().expect("keys are texts");
            if !NAMED_BY_THE_SITE.contains(&name) {
                found.insert(key.to_string());
            }
            names(key, value, found);
        }
    }
    for value in value.as_array().into_iter().flatten() {
        names("", value, found);
    }
}

/// Every word that stands in back-ticks in the documentation.
fn documented() -> BTreeSet<String> {
    let readme = include_str!("../../theme/README.md");
    let code = readme.split('`').skip(1).step_by(2);
    code.flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_')).map(str::to_string).collect()
}

#[test]
fn everything_that_templates_see_is_documented() {
    let options = Options { as_of: limber::model::value::Date::parse("2026-11-25"), ..Options::default() };
    let mut files = fixture(SITE);
    files.insert("templates/blocks/list.html".into(), String::new());
    let snapshot = Engine::new(options).update(&sources(&files), Vec::new(), &mut Timings::default());
    let wrong: Vec<_> =
        snapshot.diagnostics.iter().filter(|found| found.is_error()).map(|found| &found.message).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let ready = snapshot.ready.as_ref().expect("the site can be drawn");
    let (mut found, mut sorts) = (BTreeSet::new(), BTreeSet::new());
    names("site", ready.site_value(), &mut found);
    found.insert("site".into());
    for page in &ready.plan.pages {
        for (name, value) in ready.draw(page, Wanted::FileUnless(&|_| true)).values.0 {
            found.insert(name.to_string());
            names(name, &value, &mut found);
            if name == "page" {
                sorts.extend(value.get_from_path("type").and_then(|sort| sort.as_str().map(str::to_string)));
            }
        }
    }
    let all = [
        "a_z",
        "entry",
        "home",
        "index",
        "matrix",
        "not_found",
        "redirect",
        "regroup",
        "related",
        "search",
        "sources",
        "value",
    ];
    assert_eq!(sorts.iter().map(String::as_str).collect::<Vec<_>>(), all, "a page of every sort");
    let documented = documented();
    let missing: Vec<_> = found.union(&sorts).filter(|name| !documented.contains(*name)).collect();
    assert!(missing.is_empty(), "not in theme/README.md: {missing:?}");
}
