//! The built-in theme: every declared value shows, in the language of the site, and one file or key changes one thing.

use crate::harness::Project;
use expect_test::expect;

/// A field of every type, on an entry and on a relation.
const EVERY_TYPE: &str = r#"
//- site.yaml
title: Shed
base_url: https://shed.example/
checks: {advice: off}
kinds:
  tool:
    fields: &all
      words: text
      story: {type: text, label: The story}
      said: markdown
      whole: {type: integer, unit: pieces}
      part: {type: number, unit: kg}
      sharp: boolean
      bought: date
      size: {type: choice, of: {small: Small one, large: Large one}}
      span: {type: range, unit: minutes}
      maker: url
      photo: image
      basis: citations
      next: entry
      tags: {type: list, of: text}
      sizes: {type: list, of: {type: choice, of: {left: Left side, right: Right side}}}
      steps: {type: list, of: markdown}
      photos: {type: list, of: image}
      made: {type: object, label: How it is made, fields: {wood: text, nails: {type: integer, label: Nails used}}}
    regroup_by: [tags]
  job: {}
relations:
  - one: job.tools
    other: tool.jobs
    labels: [Tools to take, Good for]
    fields:
      amount: number
      unit: text
      how: {type: choice, of: {often: Often used, rarely: Rarely used}}
      since: date
      proven: boolean
      span: {type: range, unit: weeks, label: How long}
      link: url
      note: text
matrices: [{url: /all/, rows: job, columns: tool, via: job.tools}]
//- content/sources.yaml
davis2020: {type: article, title: On hammers, author: "Davis, Jo", date: 2020}
//- content/tools/hammer.md
---
title: Hammer
words: Short words
story: A long story that is longer than any fact beside the text may ever be, so that it needs a section.
said: Said *loudly*.
whole: 3
part: 1.5
sharp: false
bought: 2026-03-04
size: large
span: 2-3
maker: https://maker.example/hammers/
photo: hammer.svg
basis: [davis2020]
next: saw
tags: [iron, old]
sizes: [left]
steps: [Lift it., Let it **fall**.]
photos: [other.svg]
made: {wood: Ashwood, nails: 217}
---
//- content/tools/hammer.svg
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>
//- content/tools/other.svg
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>
//- content/tools/saw.md
---
title: Saw
tags: [old]
---
//- content/jobs/shelf.md
---
title: Shelf
tools: [{to: hammer, amount: 331, unit: blows, how: often, since: 2025-02-01, proven: true, span: 4, link: "https://proof.example/", note: Gently at first}]
---
"#;

#[track_caller]
fn holds(page: &str, parts: &[&str]) {
    let missing: Vec<_> = parts.iter().filter(|part| !page.contains(**part)).collect();
    assert!(missing.is_empty(), "{missing:?} are missing in\n{page}");
}

#[test]
fn a_field_of_every_type_is_shown_by_its_label() {
    let drawn = Project::bare(EVERY_TYPE).drawn();
    holds(
        drawn.is_fine().file("tools/hammer/index.html"),
        &[
            "<dt>Words</dt><dd>Short words</dd>",
            "The story</h2>",
            "Said <em>loudly</em>.",
            "<dt>Whole</dt><dd>3 <span class=\"unit\">pieces</span>",
            "1.5 <span class=\"unit\">kg</span>",
            "<dt>Sharp</dt><dd>No</dd>",
            "<time datetime=\"2026-03-04\">4 March 2026</time>",
            "<dt>Size</dt><dd>Large one</dd>",
            "2 to 3 <span class=\"unit\">minutes</span>",
            "<a href=\"https://maker.example/hammers/\" rel=\"external\">maker.example/hammers</a>",
            "<img src=\"/media/tools/hammer.svg\" width=\"10\" height=\"10\" alt=\"Photo\"",
            "<img src=\"/media/tools/other.svg\"",
            "<a href=\"#source-1\"",
            "<dt>Next</dt><dd><a href=\"/tools/saw/\">Saw</a></dd>",
            "<a href=\"/tools/by-tags/iron/\">iron</a>",
            "<li class=\"on\">Left side</li>",
            "Let it <strong>fall</strong>.",
            "How it is made</h2>",
            "<dt>Wood</dt><dd>Ashwood</dd>",
            "<dt>Nails used</dt><dd>217</dd>",
        ],
    );
}

#[test]
fn the_data_of_a_pair_are_shown_on_both_ends_and_in_the_matrix() {
    let drawn = Project::bare(EVERY_TYPE).drawn();
    let data = [
        "331 blows",
        "Often used</span>",
        "Since: <time datetime=\"2025-02-01\">1 February 2025</time>",
        "Proven: Yes",
        "How long: 4 <span class=\"unit\">weeks</span>",
        "<a href=\"https://proof.example/\" rel=\"external\">proof.example</a>",
        "<span>Gently at first</span>",
    ];
    holds(drawn.file("jobs/shelf/index.html"), &[&["Tools to take</h2>", ">Hammer</a>"], &data[..]].concat());
    holds(drawn.file("tools/hammer/index.html"), &[&["Good for</h2>", ">Shelf</a>"], &data[..]].concat());
    holds(drawn.file("all/index.html"), &["<td class=\"v3\">Often used<small>331 blows</small></td>"]);
}

#[test]
fn each_value_of_a_free_list_has_a_page_with_its_entries_and_no_others() {
    let drawn = Project::bare(EVERY_TYPE).drawn();
    let page = |path| {
        let (_, main) = drawn.file(path).split_once("<main").expect("there is a main part");
        main.to_string()
    };
    let old = page("tools/by-tags/old/index.html");
    holds(&old, &["Tags: old</h1>", "2 entries", ">Hammer</a>", ">Saw</a>", "iron <span class=\"n\">1</span>"]);
    assert!(!page("tools/by-tags/iron/index.html").contains(">Saw</a>"));
    holds(&page("tools/index.html"), &["<a href=\"/tools/by-tags/old/\">old <span class=\"n\">2</span></a>"]);
}

#[test]
fn a_home_page_that_nobody_wrote_shows_what_there_is() {
    let project = Project::bare(EVERY_TYPE);
    project.write(
        "content/tools/plane.md",
        "---\ntitle: Plane\ndate: 2026-05-06\nsummary: It is flat.\n---\nSee [[saw]].\n",
    );
    project.write("content/jobs/door.md", "---\ntitle: Door\ntools: [saw]\n---\n");
    let drawn = project.drawn();
    let home = drawn.file("index.html");
    holds(
        home,
        &[
            "<h1>Shed</h1>",
            "<span class=\"n\">3</span> <a href=\"/tools/\">Tools</a>",
            "Newest</h2>",
            ">Plane</a>",
            "It is flat.",
        ],
    );
    holds(
        home,
        &[
            "Most linked</h2>",
            "<a href=\"/tools/saw/\">Saw</a> <span class=\"n\">2 pages</span>",
            "old <span class=\"n\">2</span>",
        ],
    );
    project.write("content/index.md", "---\ntitle: Welcome\n---\nCome in.\n");
    let drawn = project.drawn();
    let home = drawn.file("index.html");
    holds(home, &["<h1>Welcome</h1>", "Come in.", "<a href=\"/tools/\">Tools</a>"]);
    assert!(!home.contains("Newest"));
}

#[test]
fn a_german_site_has_german_words_and_days_and_an_arabic_one_runs_from_right_to_left() {
    let german = EVERY_TYPE.replace("title: Shed\n", "title: Schuppen\nlanguage: de\n");
    let drawn = Project::bare(&german).drawn();
    let page = drawn.is_fine().file("tools/hammer/index.html");
    holds(
        page,
        &["<html lang=\"de\" dir=\"ltr\">", "Zum Inhalt", "4. März 2026", "2 bis 3", "<dd>Nein</dd>", "Quellen</h2>"],
    );
    let english = ["Skip to", "Search", "Sources", "Home", "March", "Footnote"];
    let found: Vec<_> = english.iter().filter(|word| page.contains(**word)).collect();
    assert!(found.is_empty(), "{found:?}");

    let arabic = Project::bare(
        "//- site.yaml\ntitle: x\nlanguage: ar\nchecks: {text-missing: off}\n//- content/index.md\n---\ntitle: x\n---\n",
    );
    holds(arabic.drawn().is_fine().file("index.html"), &["<html lang=\"ar\" dir=\"rtl\">"]);
}

#[test]
fn a_site_gives_words_of_its_own_in_its_declaration_or_in_a_file_of_its_language() {
    let site = "//- site.yaml\ntitle: x\nlanguage: pl\nkinds: {note: {}}\ntexts: {home: Dom}\nchecks: {text-missing: off, advice: off}\n\
        //- texts/pl.yaml\nhome: Początek\nskip: Do treści\nentries: {one: \"{n} wpis\", few: \"{n} wpisy\", other: \"{n} wpisów\"}\n";
    let notes = ["a", "b"].map(|slug| format!("//- content/notes/{slug}.md\n---\ntitle: {slug}\n---\n"));
    let drawn = Project::bare(&format!("{site}{}", notes.concat())).drawn();
    holds(drawn.is_fine().file("notes/index.html"), &["Do treści", ">Dom</a>", "2 wpisy"]);
}

#[test]
fn words_that_do_not_fit_are_reported_where_they_stand() {
    let site = "//- site.yaml\ntitle: x\nlanguage: de\ntexts:\n  hom: Heim\n  skip: {one: Weiter, other: Weiter}\n  entries: {one: eins, tow: zwei, other: viele}\n  more: {one: eins}\n  updated: am {day}\n  menu: [a]\n\
        //- texts/de.yaml\nhome: Heim\nhome: Heim\n//- content/index.md\n---\ntitle: x\n---\n";
    Project::bare(site).drawn().reports(&expect![[r#"
        site.yaml:4:3: error[site-unknown-key]: there is no text `hom`
          help: did you mean `home`?
        site.yaml:5:9: error[site-invalid]: the text `skip` has no number, and so no forms
          help: write it as one text
        site.yaml:6:24: error[site-unknown-key]: no plural form is `tow`
          help: the forms are zero, one, two, few, many, other
        site.yaml:7:9: error[site-invalid]: the text `more` has no form `other`
          help: write it as `{one: "{n} page", other: "{n} pages"}`
        site.yaml:8:12: error[site-invalid]: the text `updated` has no value `{day}`
          help: it has `{date}`
        site.yaml:9:9: error[site-invalid]: expected a text, found a list
          help: write one text, without `- ` and brackets
        texts/de.yaml:2:1: error[yaml-duplicate-key]: the key `home` stands here twice
          texts/de.yaml:1:1: first written here
          help: remove one of the two
    "#]]);
}

#[test]
fn a_plural_form_that_the_language_has_and_the_text_has_not_is_reported() {
    let site = |language: &str| {
        format!(
            "//- site.yaml\ntitle: x\nlanguage: {language}\ntexts:\n  entries: {{one: \"{{n}} a\", other: \"{{n}} b\"}}\n  more: \"{{n}}\"\n\
             //- texts/{language}.yaml\n{}//- content/index.md\n---\ntitle: x\n---\n",
            include_str!("../../theme/texts/en.yaml")
                .lines()
                .filter(|line| !line.contains("{n}"))
                .fold(String::new(), |all, line| all + line + "\n")
        )
    };
    let drawn = Project::bare(&site("pl")).drawn();
    let report = drawn.problems();
    assert!(report.contains("site.yaml:4:3: warning[text-missing]: the text `entries` has no form `few`: that of `other` stands in its place\n  help: numbers in this language have the forms one, few, many, other"), "{report}");
    assert!(!report.contains("text `more`"), "{report}");
    // French has a form of its own for millions, which no list has.
    let report = Project::bare(&site("fr")).drawn().problems();
    assert!(!report.contains("has no form"), "{report}");
}

#[test]
fn a_language_is_written_as_its_code() {
    let report = |language: &str| {
        Project::bare(&format!(
            "//- site.yaml\ntitle: x\nlanguage: {language}\n//- content/index.md\n---\ntitle: x\n---\n"
        ))
        .drawn()
        .problems()
    };
    for (language, help) in
        [("de_DE", "`de-DE`"), ("german", "`en-GB`, `de` or `pt-BR`"), ("''", "`en-GB`, `de` or `pt-BR`")]
    {
        let report = report(language);
        assert!(report.starts_with("site.yaml:2:11: error[site-invalid]: `"), "{report}");
        assert!(report.ends_with(&format!("is no code of a language\n  help: write it as {help}\n")), "{report}");
    }
    for language in ["de-AT", "en", "de-x-shed", "de-1996"] {
        assert_eq!(report(language), "", "{language}");
    }
}

#[test]
fn each_word_that_a_language_lacks_is_a_warning_with_its_name() {
    let most = "//- site.yaml\ntitle: x\nlanguage: fr\n//- texts/fr.yaml\n";
    let texts = include_str!("../../theme/texts/en.yaml").replace("home: Home\n", "").replace("search: Search\n", "");
    let site = format!("{most}{texts}//- content/index.md\n---\ntitle: x\n---\n");
    Project::bare(&site).drawn().reports(&expect![[r#"
        site.yaml:2:11: warning[text-missing]: the text `home` is missing in `fr`: the English one is shown
          help: write it in `texts/fr.yaml`: `home: "Home"`
        site.yaml:2:11: warning[text-missing]: the text `search` is missing in `fr`: the English one is shown
          help: write it in `texts/fr.yaml`: `search: "Search"`
    "#]]);
}

const PLAIN: &str = "//- content/index.md\n---\ntitle: Start\n---\n//- content/about.md\n---\ntitle: About us\n---\n\
    //- content/notes/a.md\n---\ntitle: A note\n---\n//- static/logo.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"32\"/>\n";

#[test]
fn a_site_says_to_the_theme_what_it_looks_like_and_what_stands_around_its_pages() {
    let site = r##"//- site.yaml
title: Shed
base_url: https://shed.example/sub/
checks: {advice: off}
kinds: {note: {}}
theme:
  logo: {file: logo.svg, alone: true}
  favicon: static/logo.svg
  accent: "#802020"
  fonts: {title: "Georgia, serif"}
  menu: [note, notes/a, {title: Who we are, to: /about/}, {title: Code, to: "https://code.example/"}]
  footer: [about]
  social: {Fediverse: "https://social.example/@shed"}
  announcement: {title: We are closed, to: /about/}
  edit_url: https://code.example/edit/{path}
  contact: shed@shed.example
  licence: CC BY 4.0
"##;
    let drawn = Project::bare(&format!("{site}{PLAIN}")).drawn();
    holds(
        drawn.is_fine().file("notes/a/index.html"),
        &[
            "<p class=\"notice\"><a href=\"/sub/about/\">We are closed</a></p>",
            "<img src=\"/sub/logo.svg\" width=\"64\" height=\"32\" alt=\"Shed\"></a>",
            "<link rel=\"icon\" href=\"/sub/logo.svg\">",
            "<li><a href=\"/sub/notes/\">Notes</a></li>",
            "<li><a href=\"/sub/notes/a/\" aria-current=\"page\">A note</a></li>",
            "<li><a href=\"/sub/about/\">Who we are</a></li>",
            "<li><a href=\"https://code.example/\">Code</a></li>",
            "<li><a href=\"/sub/about/\">About us</a></li>",
            "<a href=\"https://social.example/@shed\" rel=\"me\">Fediverse</a>",
            "<a href=\"https://code.example/edit/content/notes/a.md\">Edit this page</a>",
            "<a href=\"mailto:shed@shed.example\">shed@shed.example</a>",
            "<a href=\"https://creativecommons.org/licenses/by/4.0/\" rel=\"license\">CC BY 4.0</a>",
        ],
    );
    let (_, style) = drawn.files.iter().find(|(path, _)| path.starts_with("site.") && path.ends_with(".css")).unwrap();
    holds(style, &["--accent: #802020;", "--title: Georgia, serif;"]);
    assert!(!style.contains("/*") && !drawn.file("notes/a/index.html").contains("rel=\"preload\""));
}

#[test]
fn what_the_theme_is_told_has_to_be_there_and_stand_in_its_place() {
    let site = r##"//- site.yaml
title: Shed
logo: logo.svg
nav: [note]
kinds: {note: {}}
theme:
  logo: lgo.svg
  favicon: icon.png
  accent: bluish
  fonts: {title: "x; } body { color: red"}
  menu: [nots, /abuot/, guides/start, {title: No way}, {title: A, url: /about/}]
  license: CC0
  edit_url: code.example
  footer: [{title: x, to: [1]}]
  hosts: {}
"##;
    Project::bare(&format!("{site}{PLAIN}")).drawn().reports(&expect![[r##"
        site.yaml:2:1: error[site-unknown-key]: `logo` is no key here: the theme has a key `logo`
          help: write `logo:` below `theme:`, indented by two spaces
        site.yaml:3:1: error[site-unknown-key]: `nav` is no key here: the theme has a key `menu`
          help: write `menu:` below `theme:`, indented by two spaces
        site.yaml:6:9: error[site-unknown-name]: there is no file `static/lgo.svg`
          help: did you mean `logo.svg`?
        site.yaml:7:12: error[site-unknown-name]: there is no file `static/icon.png`
          help: put the picture into `static/`, and write its name here
        site.yaml:8:11: error[site-invalid]: `bluish` is no colour in numbers
          help: write it as `"#23688f"`, in quotes, or as `rgb(35 104 143)`
        site.yaml:9:18: error[site-invalid]: fonts are names with commas between them
          help: write it as `Georgia, serif`
        site.yaml:10:10: error[site-unknown-name]: nothing is at `nots`
          help: did you mean `note`?
        site.yaml:10:16: error[site-unknown-name]: nothing is at `/abuot/`
          help: did you mean `/about/`?
        site.yaml:10:25: error[site-unknown-name]: nothing is at `guides/start`
          help: write a kind, an entry such as `guides/start`, an address of the site such as `/about/`, or a whole one
        site.yaml:10:39: error[site-invalid]: this leads nowhere
          help: write it as `{title: About, to: /about/}`
        site.yaml:10:67: error[site-unknown-key]: a menu entry has `title` and `to`
          help: write `to:` here
        site.yaml:11:3: error[site-unknown-key]: the theme has no key `license`
          help: it is called `licence`
        site.yaml:12:13: error[site-invalid]: the address for changes begins with `https://`
          help: write it as `https://github.com/me/site/edit/main/{path}`
        site.yaml:13:27: error[site-invalid]: expected a text, found a list
          help: write one text, without `- ` and brackets
        site.yaml:14:3: error[site-unknown-key]: the theme has no key `hosts`: the site has one
          help: write `hosts:` beside `theme:`, without spaces before it
    "##]]);
}

#[test]
fn pictures_and_pages_that_the_theme_is_told_of_have_to_be_there() {
    let site = r##"//- site.yaml
title: Shed
kinds: {note: {}}
theme: {logo: lgo.svg, favicon: icon.png, menu: [nots, /abuot/, guides/start, notes/b, {title: Top, to: "/#top"}]}
hosts: {frames: [video.example, "javascript:"], pictures: [a.example]}
"##;
    let hosts = "hosts: {frames: [video.example, \"javascript:\"], pictures: [a.example]}\n";
    Project::bare(&format!("{}{PLAIN}", site.replace(hosts, ""))).drawn().reports(&expect![[r#"
        site.yaml:3:15: error[site-unknown-name]: there is no file `static/lgo.svg`
          help: did you mean `logo.svg`?
        site.yaml:3:33: error[site-unknown-name]: there is no file `static/icon.png`
          help: put the picture into `static/`, and write its name here
        site.yaml:3:50: error[site-unknown-name]: nothing is at `nots`
          help: did you mean `note`?
        site.yaml:3:56: error[site-unknown-name]: nothing is at `/abuot/`
          help: did you mean `/about/`?
        site.yaml:3:65: error[site-unknown-name]: nothing is at `guides/start`
          help: write a kind, an entry such as `guides/start`, an address of the site such as `/about/`, or a whole one
        site.yaml:3:79: error[site-unknown-name]: nothing is at `notes/b`
          help: did you mean `notes/a`?
    "#]]);
    Project::bare(&format!("{site}{PLAIN}")).drawn().reports(&expect![[r#"
        site.yaml:4:33: error[site-invalid]: `javascript:` is no host that pages can be allowed to use
          help: write its name alone, such as `video.example` or `*.example.org`
        site.yaml:4:49: error[site-unknown-key]: site.yaml knows no key `pictures` here
          help: known keys are frames, images, media, forms
    "#]]);
}

#[test]
fn a_colour_without_quotes_is_a_comment_and_said_to_be_one() {
    let site =
        "//- site.yaml\ntitle: Shed\nkinds: {note: {}}\ntheme:\n  accent: #802020\n  menu: [{title: ' ', to: note}]\n";
    let drawn = Project::bare(&format!("{site}{PLAIN}")).drawn();
    drawn.reports(&expect![[r##"
        site.yaml:4:3: error[site-invalid]: there is no colour: a `#` without quotes begins a comment
          help: write it as `"#802020"`, in quotes
    "##]]);
    holds(
        Project::bare(&format!("{}{PLAIN}", site.replace("  accent: #802020\n", ""))).drawn().file("index.html"),
        &["<li><a href=\"/notes/\">Notes</a></li>"],
    );
}

#[test]
fn tags_of_several_kinds_say_on_the_home_page_whose_they_are() {
    let site = "//- site.yaml\ntitle: Shed\nchecks: {advice: off}\nkinds:\n  note: {fields: {tags: {type: list, of: text}}, regroup_by: [tags]}\n  tool: {fields: {tags: {type: list, of: text}}, regroup_by: [tags]}\n";
    let notes = "//- content/notes/a.md\n---\ntitle: A\ntags: [x]\n---\n";
    let tools = "//- content/tools/b.md\n---\ntitle: B\ntags: [y]\n---\n";
    let drawn = Project::bare(&format!("{site}{notes}{tools}")).drawn();
    holds(drawn.is_fine().file("index.html"), &[">Notes by tags</h2>", ">Tools by tags</h2>"]);
    let only = site.replace("  note: {fields: {tags: {type: list, of: text}}, regroup_by: [tags]}\n", "");
    let drawn = Project::bare(&format!("{only}{tools}")).drawn();
    holds(drawn.is_fine().file("index.html"), &[">Tags</h2>"]);
}

#[test]
fn pages_may_use_the_hosts_that_the_site_names_and_no_others() {
    let site = "//- site.yaml\ntitle: x\nmarkdown: {allow_html: true}\nchecks: {advice: off}\nhosts: {frames: [video.example], images: [\"*.pics.example\"]}\n\
        //- content/index.md\n---\ntitle: x\n---\n<iframe src=\"https://video.example/1\" title=\"A film\"></iframe>\n\n<iframe src=\"https://other.example/1\" title=\"A film\"></iframe>\n\n\
        <img src=\"https://a.pics.example/1.png\" alt=\"\"> <img src=\"https://pics.example/1.png\" alt=\"\">\n";
    let drawn = Project::bare(site).drawn();
    holds(drawn.file("index.html"), &["img-src 'self' https://*.pics.example;", "frame-src https://video.example;"]);
    drawn.reports(&expect![[r#"
        content/index.md:6:1: warning[html-blocked]: the security policy of the page blocks `<iframe>`
          help: link to what it shows
        content/index.md:8:49: warning[html-blocked]: the security policy of the page blocks `https://pics.example/1.png`, which is not of the site
          help: put a copy into the project, or link to it
    "#]]);
}

#[test]
fn an_accent_that_cannot_be_read_is_drawn_so_that_it_can_be() {
    let site =
        "//- site.yaml\ntitle: Shed\ntheme: {accent: \"#ffcc00\"}\n//- content/index.md\n---\ntitle: Start\n---\n";
    let run = Project::bare(site).run(&["check", "--format", "short"]);
    expect!["site.yaml:2:17: warning[accent-adjusted]: `#ffcc00` is hard to read on a light page: links are drawn in `#663f00`, on a dark one in `#eed07b`"]
        .assert_eq(run.err.lines().chain(run.out.lines()).find(|line| line.contains("accent")).unwrap_or_default());
}

#[test]
fn entries_stand_beside_their_pages_by_folder_where_their_kind_asks_for_it() {
    let site = "//- site.yaml\ntitle: Book\nchecks: {advice: off}\nkinds: {guide: {navigation: folders}}\n";
    let files = ["first", "basics", "basics/heat", "basics/pans/iron", "later-on/salt"];
    let files = files.map(|slug| format!("//- content/guides/{slug}.md\n---\ntitle: Of {slug}\n---\n"));
    let drawn = Project::bare(&format!("{site}{}", files.concat())).drawn();
    let page = drawn.is_fine().file("guides/basics/heat/index.html");
    let (_, side) = page.split_once("<nav class=\"side\"").expect("there is a side navigation");
    let (side, _) = side.split_once("</nav>").unwrap();
    let order = [
        "Of first",
        "<h2>Later on</h2>",
        "Of later-on/salt",
        "<h2>Of basics</h2>",
        "Of basics/heat",
        "<span>Pans</span>",
        "Of basics/pans/iron",
    ];
    let places: Vec<_> = order.iter().map(|text| side.find(text)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{side}");
    holds(side, &["<a href=\"/guides/basics/heat/\" aria-current=\"page\">"]);
}

#[test]
fn an_entry_stands_below_the_one_of_its_folder_however_deep_that_lies() {
    let site = "//- site.yaml\ntitle: Book\nchecks: {advice: off}\nkinds: {guide: {navigation: folders}}\n";
    let files = ["basics/stove", "basics/stove/gas", "basics/stove/gas/small", "basics/stove/gas/small/lit"];
    let files = files.map(|slug| format!("//- content/guides/{slug}.md\n---\ntitle: Of {slug}\n---\n"));
    let drawn = Project::bare(&format!("{site}{}", files.concat())).drawn();
    let page = drawn.is_fine().file("guides/basics/stove/gas/small/index.html");
    let side = page.split_once("<nav class=\"side\"").unwrap().1.split_once("</nav>").unwrap().0;
    let stove = "<a href=\"/guides/basics/stove/\">Of basics/stove</a><ul><li>";
    let gas = "<a href=\"/guides/basics/stove/gas/\">Of basics/stove/gas</a><ul><li>";
    let small =
        "<a href=\"/guides/basics/stove/gas/small/\" aria-current=\"page\">Of basics/stove/gas/small</a><ul><li>";
    let lit = "<a href=\"/guides/basics/stove/gas/small/lit/\">Of basics/stove/gas/small/lit</a></li>";
    holds(side, &[&[stove, gas, small, lit].concat()]);
}

#[test]
fn entries_stand_below_those_that_they_name_and_are_called_by_the_keys_of_their_tool() {
    let site = "//- site.yaml\ntitle: Book\nchecks: {advice: off}\nkinds:\n  guide:\n    navigation: {parent: nav.parent}\n    order: [nav.order]\n    extra: allow\n    \
                from_keys: {title: [pageTitle, nav.key], short_title: nav.key}\n";
    let guide = |name: &str, keys: &str| format!("//- content/guides/{name}.md\n---\n{keys}\n---\nText.\n");
    let guides = [
        guide("heat", "pageTitle: All about heat\nnav: {key: <b>Heat</b>}"),
        guide("pans", "nav: {key: Pans, parent: heat, order: 2}"),
        guide("stove", "nav: {key: Stove, parent: Heat, order: 1}"),
        guide("iron", "nav: {key: Iron, parent: Pans}"),
        guide("round", "nav: {key: Round, parent: Square}"),
        guide("square", "nav: {key: Square, parent: Round}"),
    ];
    let drawn = Project::bare(&format!("{site}{}", guides.concat())).drawn();
    assert!(drawn.problems().contains("below one another in a circle"), "{}", drawn.problems());
    let page = drawn.file("guides/iron/index.html");
    let side = page.split_once("<nav class=\"side\"").unwrap().1.split_once("</nav>").unwrap().0;
    let link = |name: &str, title: &str| format!("<a href=\"/guides/{name}/\">{title}</a>");
    let alone = format!("<ul><li>{}</li><li>{}</li></ul>", link("round", "Round"), link("square", "Square"));
    let iron = "<ul><li><a href=\"/guides/iron/\" aria-current=\"page\">Iron</a></li></ul>";
    let (heat, stove, pans) = (link("heat", "Heat"), link("stove", "Stove"), link("pans", "Pans"));
    let family = format!("<h2>Heat</h2><ul><li>{heat}</li><li>{stove}</li><li>{pans}{iron}</li></ul>");
    holds(side, &[&alone, &family]);
    holds(drawn.file("guides/heat/index.html"), &["<h1>All about heat</h1>"]);
    holds(drawn.file("index.html"), &["<nav class=\"side\"", &heat, &stove]);
}

#[test]
fn what_stands_nowhere_in_the_navigation_or_twice_is_reported() {
    let site = "//- site.yaml\ntitle: Book\nchecks: {advice: off}\nkinds:\n  guide: {navigation: {parent: nav.parent}, extra: allow}\n  \
                part: {contents: [a.md, Group: [b.md, a.md]]}\n  place: {navigation: {parent: above}, fields: {above: text}}\n";
    let entry = |path: &str, keys: &str| format!("//- content/{path}.md\n---\n{keys}\n---\nText.\n");
    let entries = [
        entry("guides/lost", "title: Lost\nnav: {parent: Sqare}"),
        entry("guides/own", "title: Own\nnav: {parent: own}"),
        entry("guides/round", "title: Round\nnav: {parent: Square}"),
        entry("guides/square", "title: Square\nnav: {parent: Third}"),
        entry("guides/third", "title: Third\nnav.parent: Round"),
        entry("guides/inside", "title: Inside\nnav: {parent: Round}"),
        entry("guides/below", "title: Below\nnav: {parent: Later}"),
        entry("guides/later", "title: Later\ndraft: true"),
        entry("places/a", "title: A\nabove: Nothing like it"),
        entry("parts/a", "title: A"),
        entry("parts/b", "title: B"),
    ];
    Project::bare(&format!("{site}{}", entries.concat())).drawn().reports(&expect![[r#"
        content/guides/lost.md:3:15: error[link-broken]: no guide has the title `Sqare` below which this one should stand
          help: did you mean `Square`?
        content/guides/own.md:3:15: error[link-broken]: `own` cannot stand below itself in the navigation
          help: name another entry, or remove the key: then it stands at the top
        content/guides/round.md:3:15: error[link-broken]: entries stand below one another in a circle in the navigation
          content/guides/square.md:3:15: another one of the circle
          content/guides/third.md:3:13: another one of the circle
          help: remove the key of one of them, or name another entry there
        content/places/a.md:3:8: error[link-broken]: no place has the title `Nothing like it` below which this one should stand
          help: write the title of an entry, or remove the key: then it stands at the top
        site.yaml:5:41: error[site-invalid]: `a.md` stands twice in the contents, and is shown at the first place only
          site.yaml:5:21: the first one
          help: remove one of the two
    "#]]);
}

#[test]
fn of_many_entries_a_page_shows_those_around_it_and_a_link_for_each_other_folder() {
    let site = "//- site.yaml\ntitle: Book\nchecks: {advice: off}\nkinds: {guide: {navigation: folders}}\n";
    let guide = |path: String| format!("//- content/guides/{path}.md\n---\ntitle: Of {path}\n---\n");
    let files: String = (0..150).map(|n| guide(format!("large/n{n}"))).collect();
    let more: String =
        ["large/deep/a", "large/deep/b", "small/x", "small/y", "alone"].map(|path| guide(path.into())).concat();
    let drawn = Project::bare(&format!("{site}{files}{more}")).drawn();
    let side = |path: &str| {
        let page = drawn.file(path);
        page.split_once("<nav class=\"side\"").unwrap().1.split_once("</nav>").unwrap().0.to_string()
    };
    let small = side("guides/small/x/index.html");
    holds(&small, &["<h2><a href=\"/guides/large/deep/a/\">Large</a></h2>", ">Of small/y</a>", ">Of alone</a>"]);
    assert_eq!(small.matches("<a ").count(), 4, "{small}");
    let large = side("guides/large/n75/index.html");
    holds(&large, &["<h2><a href=\"/guides/small/x/\">Small</a></h2>", ">Of large/n30</a>", ">Of large/n120</a>"]);
    assert_eq!(large.matches("<li>").count(), 101, "{large}");
    let deep = side("guides/large/deep/b/index.html");
    holds(
        &deep,
        &["<span>Deep</span><ul><li><a href=\"/guides/large/deep/a/\">", "aria-current=\"page\">Of large/deep/b<"],
    );
    holds(&side("guides/large/n3/index.html"), &["<a href=\"/guides/large/deep/a/\">Deep</a></li>"]);
    holds(&side("index.html"), &["Large</a></h2>", "Small</a></h2>", ">Of alone</a>"]);
}

#[test]
fn the_program_lists_its_theme_and_prints_each_file_of_it() {
    let project = Project::bare("//- notes.txt\nno site\n");
    let list = project.runs(&["theme"]).out;
    let files: Vec<&str> = list.lines().collect();
    assert!(
        files.contains(&"templates/base.html")
            && files.contains(&"texts/de.yaml")
            && files.contains(&"static/site.css")
    );
    for file in files.iter().filter(|file| !file.ends_with(".woff2")) {
        assert!(!project.runs(&["theme", file]).out.is_empty(), "{file}");
    }
    assert_eq!(project.runs(&["theme", "base.html"]).out, project.runs(&["theme", "templates/base.html"]).out);
    let wrong = project.run(&["theme", "bsae.html"]);
    assert_eq!(wrong.code, Some(2));
    holds(&wrong.err, &["the theme has no file `bsae.html`", "help:"]);
    assert_eq!(project.run(&["theme", "static/fonts/title.woff2"]).code, Some(2));
}

#[test]
fn a_list_shows_at_most_a_hundred_entries_a_page() {
    let notes = (0..101).map(|number| format!("//- content/notes/n{number}.md\n---\ntitle: N{number}\n---\n"));
    let site = format!(
        "//- site.yaml\ntitle: x\nchecks: {{advice: off}}\nkinds: {{note: {{}}}}\n{}",
        notes.collect::<String>()
    );
    let drawn = Project::bare(&site).drawn();
    let rows = |path| drawn.file(path).matches("<li><div><h3>").count();
    assert_eq!((rows("notes/index.html"), rows("notes/page/2/index.html")), (100, 1));
    holds(drawn.file("notes/index.html"), &["<a href=\"/notes/page/2/\" rel=\"next\">Next</a>"]);
}

#[test]
fn files_of_the_theme_that_nothing_names_are_not_published() {
    let project = Project::bare(&format!("//- site.yaml\ntitle: Shed\nchecks: {{advice: off}}\n{PLAIN}"));
    let published = |project: &Project| {
        let files = project.drawn().files;
        files.into_keys().filter(|path| path.starts_with("fonts/")).collect::<Vec<_>>()
    };
    // Their names carry pieces of their hashes.
    let plain: Vec<_> =
        published(&project).iter().map(|path| path.split('.').next().unwrap_or_default().to_string()).collect();
    assert_eq!(plain, ["fonts/title-ext", "fonts/title", "fonts/title"]);
    project.write("static/site.css", "body { color: red }");
    assert_eq!(published(&project), [""; 0]);
}

#[test]
fn a_picture_alone_stands_above_the_text_and_data_beside_it() {
    let site = "//- site.yaml\ntitle: Shed\nchecks: {advice: off}\nkinds:\n  note:\n    fields: {photo: image, made: {type: object, fields: {wood: text}}}\n\
        //- content/notes/a.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"6\"/>\n\
        //- content/notes/a.md\n---\ntitle: A\nphoto: a.svg\n---\nWords.\n\n## One\n\nx\n\n## Two\n\nx\n\
        //- content/notes/b.md\n---\ntitle: B\nphoto: a.svg\nmade: {wood: ash}\n---\nWords.\n";
    let drawn = Project::bare(site).drawn();
    let text = drawn.is_fine().file("notes/a/index.html");
    holds(text, &["<article class=\"text\">", "<div class=\"hero\">", "<nav class=\"toc\""]);
    assert!(text.find("<div class=\"hero\">") < text.find("<p>Words.</p>") && !text.contains("<div class=\"aside\">"));
    holds(
        drawn.file("notes/b/index.html"),
        &["<article class=\"entry\">", "<div class=\"hero\">", "<div class=\"aside\">"],
    );
}

const FOLDERS: &str = "\
//- site.yaml
title: Book
checks: {advice: off}
kinds: {doc: {folder: docs, url: '/docs/{slug}/', index: false, navigation: folders}}
theme: {menu: [{title: Docs, to: /docs/tips/}, {title: Tips, to: /docs/tips/all/}]}
//- docs/index.md
# Start
//- docs/tips/_index.md
# All tips

What they are.
//- docs/tips/all/one.md
---
title: One
summary: The first
---
//- docs/tips/own/_index.md
# Own

[Two](two.md)
//- docs/tips/own/two.md
# Two
";

#[test]
fn a_deep_page_names_the_folders_above_it() {
    let drawn = Project::bare(FOLDERS).drawn();
    let page = drawn.file("docs/tips/all/one/index.html");
    holds(page, &["<li><a href=\"/docs/tips/\">All tips</a></li><li>All</li></ol>"]);
    let menu =
        "<li><a href=\"/docs/tips/\">Docs</a></li><li><a href=\"/docs/tips/all/\" aria-current=\"true\">Tips</a></li>";
    holds(page, &[menu]);
    assert!(!page.contains("\"name\":\"All\""), "what has no page is no item: {page}");
}

#[test]
fn the_page_of_a_folder_shows_what_lies_in_it_below_its_text() {
    let drawn = Project::bare(FOLDERS).drawn();
    let tips = drawn.file("docs/tips/index.html");
    let list = tips.split("What they are.").nth(1).unwrap_or_default();
    holds(list, &["<a href=\"/docs/tips/all/one/\">One</a>", "The first", "<a href=\"/docs/tips/own/\">Own</a>"]);
    let own = drawn.file("docs/tips/own/index.html");
    assert!(!own.contains("class=\"rows\""), "its text leads to all of it: {own}");
}

#[test]
fn what_stands_behind_the_last_group_of_the_contents_is_parted_from_it() {
    let drawn = Project::bare(
        "//- site.yaml\ntitle: Book\nchecks: {advice: off}\nkinds: {guide: {navigation: order, contents: [a.md, Part: [b.md], c.md]}}\n\
         //- content/guides/a.md\n# A\n//- content/guides/b.md\n# B\n//- content/guides/c.md\n# C\n",
    )
    .drawn();
    let side = drawn.file("guides/a/index.html");
    holds(side, &["<h2>Part</h2><ul><li><a href=\"/guides/b/\">B</a></li></ul>\n<hr><ul><li><a href=\"/guides/c/\">"]);
    assert_eq!(side.matches("<hr>").count(), 1, "{side}");
}

#[test]
fn a_home_page_lists_the_works_that_it_cites() {
    let text = "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nlanguage: en\nchecks: {advice: off}\n\
                //- content/sources.yaml\nk1: {type: article, title: One, author: [\"A, B\"], date: 2020}\n\
                //- content/index.md\n---\ntitle: H\n---\nSee [@k1].\n";
    let project = Project::bare(text);
    let checked = project.run(&["check"]);
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
    assert!(project.drawn().file("index.html").contains("id=\"source-1\""));
}
