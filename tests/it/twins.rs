//! Markdown twins of pages, and `llms.txt`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use expect_test::expect;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::harness::{Project, site};

const SITE: &str = r#"//- site.yaml
title: Garden
description: What grows where.
base_url: https://garden.example/sub/
pages: {twins: {first: [never_with, watch]}}
theme: {licence: CC BY 4.0}
kinds:
  plant:
    fields:
      light: {type: choice, of: {sun: Full sun, shade: Shade}}
      depth: {type: range, unit: cm}
      watch: {type: list, of: markdown, label: Watch out}
      trials:
        type: list
        of: {type: object, fields: {year: integer, result: markdown, note: text}}
    regroup_by: [light]
  pest: {twins: false}
  word: {url: '/words/#{slug}', term_links: all, fields: {meaning: {type: markdown, required: true}}}
relations:
  - {one: plant.friends, symmetric: true, labels: [Grows well with], fields: {how: {type: choice, of: {well: Very well}, label: How well}, note: text}}
  - {one: plant.never_with, symmetric: true, labels: [Never beside]}
  - {one: pest.plants, other: plant.pests, labels: [Eats, Eaten by]}
  - {one: word.see, other: plant.words, labels: [See, Words]}
matrices:
  - {url: /friends/, title: Friends, rows: plant, columns: plant, via: plant.friends}
blocks: {}
//- templates/blocks/beds.html
<p>drawn by a template</p>
//- templates/blocks/words.html
<dl></dl>
//- content/sources.yaml
lee2020: {type: article, title: On leeks, author: 'Lee, Ann', date: 2020}
//- content/plants/leek.md
---
title: Leek [a]
summary: A mild onion.
aliases: [allium]
light: sun
depth: 10-15
watch: ["Never *dry* out.", "See [[bean]]."]
trials: [{year: 2019, result: "Half [@lee2020]"}, {year: 2020, result: "All | most"}]
friends: [{to: carrot, how: well, note: Keeps flies away}]
never_with: [bean]
---
Leeks like [carrots](carrot.md#where), [pests](../pests/moth.md) and mulch[^1] [@lee2020].

[^1]: Straw.

```beds
caption: Two beds
beds:
  - {bed: North, rows: 2}
  - {bed: South, rows: 3, note: "dry, sunny"}
```

> [!WARNING]
> Do not overwater.

1. Dig
2. Plant
//- content/plants/carrot.md
---
title: Carrot
---
## Where

Anywhere.
//- content/plants/bean.md
---
title: Bean
---
//- content/pests/moth.md
---
title: Moth
plants: [leek]
---
//- content/words.yaml
mulch: {title: Mulch, meaning: "What covers the soil.", see: [leek]}
//- content/words.md
---
title: Words
---
```words
entries: word
```
"#;

#[test]
fn a_twin_says_what_the_page_says_with_what_must_not_be_missed_first() {
    let drawn = site(SITE);
    expect![[r#"
        # Leek \[a\]

        A mild onion.

        Also called: allium

        ## Never beside

        - [Bean](/sub/plants/bean/index.md)

        ## Watch out

        - Never *dry* out.
        - See [Bean](/sub/plants/bean/index.md).

        ## Plant

        - **Light:** Full sun
        - **Depth:** 10 to 15 cm

        ## Trials

        | Year | Result |
        | --- | --- |
        | 2019 | Half[1] |
        | 2020 | All \| most |

        Leeks like [carrots](/sub/plants/carrot/index.md), [pests](/sub/pests/moth/) and [mulch](/sub/words/index.md)[^1][1].

        - caption: Two beds

        **beds:**

        | bed | rows | note |
        | --- | --- | --- |
        | North | 2 |  |
        | South | 3 | dry, sunny |

        > **Warning**
        >
        > Do not overwater.

        1. Dig
        2. Plant

        [^1]: Straw.

        ## Grows well with

        - [Carrot](/sub/plants/carrot/index.md): How well: Very well; Note: Keeps flies away

        ## Eaten by

        - [Moth](/sub/pests/moth/)

        ## Words

        - [Mulch](/sub/words/index.md)
          - Meaning: What covers the soil.

        ## Sources

        1. Lee A. 2020. On leeks.

        ---

        The page: [https://garden.example/sub/plants/leek/](https://garden.example/sub/plants/leek/)\
        CC BY 4.0
    "#]]
    .assert_eq(drawn.file("plants/leek/index.md"));
}

#[test]
fn lists_and_matrices_have_twins_and_kinds_may_have_none() {
    let drawn = site(SITE);
    expect![[r#"
        # Plants by light

        Plants, grouped by light. What grows where.

        ## Full sun

        - [Leek \[a\]](/sub/plants/leek/index.md): A mild onion.

        ## Everything else

        - [Bean](/sub/plants/bean/index.md)
        - [Carrot](/sub/plants/carrot/index.md)

        ## Other ways to see this list

        - [Light](/sub/plants/by-light/index.md)
        - [Friends](/sub/friends/index.md)

        ---

        The page: [https://garden.example/sub/plants/by-light/](https://garden.example/sub/plants/by-light/)\
        CC BY 4.0
    "#]]
    .assert_eq(drawn.file("plants/by-light/index.md"));
    assert!(drawn.file("friends/index.md").contains("| How well: Very well; Note: Keeps flies away |"));
    assert!(
        drawn.file("words/index.md").contains("- [Mulch](/sub/words/index.md)\n  - Meaning: What covers the soil.")
    );
    assert!(!drawn.files.contains_key("pests/moth/index.md") && drawn.files.contains_key("pests/moth/index.html"));
    assert!(!drawn.files.keys().any(|path| path.ends_with(".md") && path.starts_with("404")));
}

#[test]
fn the_list_of_twins_goes_by_kind_and_keeps_its_limit() {
    expect![[r#"
        # Garden

        > What grows where.

        ## Plants

        - [Bean](https://garden.example/sub/plants/bean/index.md)
        - [Carrot](https://garden.example/sub/plants/carrot/index.md)
        - [Leek \[a\]](https://garden.example/sub/plants/leek/index.md): A mild onion.

        ## Pages

        - [Words](https://garden.example/sub/words/index.md)
    "#]]
    .assert_eq(site(SITE).file("llms.txt"));
    let many: String = (0..500).map(|n| format!("//- content/plants/p{n}.md\n---\ntitle: Plant {n}\n---\n")).collect();
    let small = SITE.replace("watch]}", "watch], most: 4000}") + &many;
    let drawn = site(&small);
    let list = drawn.file("llms.txt");
    assert!((2000..=4000).contains(&list.len()), "{}", list.len());
    assert!(list.contains("- [All 503 of them](https://garden.example/sub/plants/index.md)"), "{list}");
    assert!(list.contains("## Pages\n\n- [Words]"), "{list}");
}

#[test]
fn no_twin_unless_a_site_asks_for_them() {
    let drawn = site(&SITE.replace("pages: {twins: {first: [never_with, watch]}}\n", ""));
    assert!(!drawn.files.keys().any(|path| path.ends_with(".md") || path == "llms.txt"));
    let drawn =
        site(&SITE.replace("pages: {twins: {first: [never_with, watch]}}", "pages: {twins: true, llms: false}"));
    assert!(drawn.files.contains_key("plants/leek/index.md") && !drawn.files.contains_key("llms.txt"));
}

#[test]
fn the_head_of_a_page_names_its_twin() {
    let project = Project::bare(SITE);
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let head = r#"<link rel="alternate" type="text/markdown" href="/sub/plants/leek/index.md">"#;
    assert!(project.read("public/plants/leek/index.html").contains(head));
    assert!(!project.read("public/pests/moth/index.html").contains("text/markdown"));
}

#[test]
fn every_link_of_every_twin_leads_to_a_file() {
    let files: BTreeMap<String, Vec<u8>> =
        site(SITE).files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    let walked = walk(&files, "/sub/");
    assert!(walked > 20, "{walked}");
    let project = Project::bare("");
    let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    command.arg("--root").arg(root).args(["build", "--out"]).arg(project.path("out"));
    let output = command.output().expect("the program can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let walked = walk(&project.bytes("out"), "/");
    assert!(walked > 1000, "{walked}");
}

/// Looks at every link and picture of every twin; says how many there are.
fn walk(files: &BTreeMap<String, Vec<u8>>, base: &str) -> usize {
    let (mut walked, mut broken) = (0, Vec::new());
    let texts = files.iter().filter(|(path, _)| path.ends_with(".md") || *path == "llms.txt");
    for (path, bytes) in texts {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains('\u{1}'), "{path} has a mark in it");
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
            let (Event::Start(Tag::Link { dest_url, .. }) | Event::Start(Tag::Image { dest_url, .. })) = event else {
                continue;
            };
            let address = dest_url.split_once(".example").map_or(&*dest_url, |(_, address)| address);
            let Some(below) = address.strip_prefix(base) else {
                assert!(dest_url.contains(':'), "{path}: {dest_url}");
                continue;
            };
            walked += 1;
            let below = limber::url::decode_path(below.split('#').next().unwrap_or_default()).unwrap_or_default();
            if !files.contains_key(&limber::url::output_path(&below)) {
                broken.push(format!("{path}: {dest_url}"));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
    walked
}

#[test]
fn a_twin_has_the_titles_of_links_and_pictures() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\npages: {twins: true}\nchecks: {advice: off}\n//- content/a.md\n---\ntitle: A\n---\n\
         [b](b.md \"to \\\"B\\\"\") [r] [[b]] ![x](p.png \"pic | x\")\n\n| a |\n|---|\n| [b](b.md \"left\") |\n\n[r]: https://example.org/(x) 'out there'\n\
         //- content/b.md\n---\ntitle: B\n---\n//- content/p.png\nx\n",
    );
    drawn.is_fine();
    expect![[r##"
        # A

        [b](/b/index.md "to \"B\"") [r](<https://example.org/(x)> "out there") [B](/b/index.md) ![x](/media/p.png "pic | x")

        | a |
        | --- |
        | [b](/b/index.md "left") |

        ---

        The page: [http://localhost/a/](http://localhost/a/)
    "##]].assert_eq(drawn.file("a/index.md"));
}
