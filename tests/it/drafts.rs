//! Drafts: nothing of them is published, and links to them are drawn as their words, in whatever way they are written.

use expect_test::expect;

use crate::harness::{Project, site};

const SITE: &str = "\
//- site.yaml
title: Site
kinds: {note: {}, topic: {}}
relations:
  - {one: note.topics, other: topic.notes}
checks: {advice: off}
//- content/notes/secret-plan.md
---
title: Secret plan for 2027
draft: true
aliases: [Codename]
redirect_from: [/old-plan/]
---
## Part
//- content/topics/hidden.md
---
title: Hidden
draft: true
---
";

#[test]
fn a_link_to_a_draft_is_its_words_however_it_is_written() {
    let drawn = site(&format!(
        "{SITE}//- content/notes/a.md\n---\ntitle: A\ntopics: [hidden]\n---\n[file](secret-plan.md) [part](secret-plan.md#part \"a title\") \
         [root](/notes/secret-plan/) [old](/old-plan/) [[secret-plan]] [[secret-plan|words]] [[Secret plan for 2027]] \
         [[codename|code]] [*two* words](secret-plan.md) [good](a.md)\n"
    ));
    let page = drawn.is_fine().main("/notes/a/");
    assert!(
        page.contains("file part root old secret plan words Secret plan for 2027 code <em>two</em> words <a href"),
        "{page}"
    );
    assert!(!page.contains("<a>") && !page.contains("secret-plan"), "{page}");
}

#[test]
fn a_link_to_nothing_is_reported_beside_drafts_and_one_to_the_path_of_a_draft_is_not() {
    let link = |written: &str| format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n{written}\n");
    site(&link("[[plans/secret-plan]] [[Plans/Secret Plan]]")).is_fine();
    let told = site(&link("[[plans/nobody]]")).problems();
    assert!(told.contains("error[link-broken]: no entry is named `plans/nobody`"), "{told}");
}

#[test]
fn a_link_to_a_draft_is_told_where_it_stands() {
    let markdown = "[file](secret-plan.md) [root](/notes/secret-plan/) [[Secret plan for 2027|words]] ![[codename]]\n\n\
        [[Cafe\u{301}]] [good](a.md) [full](https://host.example/notes/secret-plan/)\n";
    let site = SITE.replace("title: Site\n", "title: Site\nbase_url: https://host.example/\n");
    let site = site
        .replace("checks: {advice: off}\n", "checks: {link-text-vague: off}\n")
        .replace("[Codename]", "[Codename, Café]");
    let project =
        Project::new(&format!("{site}//- content/notes/a.md\n---\ntitle: A\nsummary: About it\n---\n{markdown}"));
    let told = project.run(&["check", "--format", "short"]);
    expect![[r#"
        content/notes/a.md:2:8: warning[entry-orphan]: no other entry leads to this page
        content/notes/a.md:5:8: warning[link-held-back]: `secret-plan.md` is held back, as a draft is: the page has the words of the link alone
        content/notes/a.md:5:31: warning[link-held-back]: `/notes/secret-plan/` is held back, as a draft is: the page has the words of the link alone
        content/notes/a.md:5:54: warning[link-held-back]: `Secret plan for 2027` is held back, as a draft is: the page has the words of the link alone
        content/notes/a.md:5:86: warning[link-held-back]: `codename` is held back, as a draft is: the page has the words of the link alone
        content/notes/a.md:7:3: warning[link-held-back]: `Café` is held back, as a draft is: the page has the words of the link alone
        content/notes/a.md:7:31: warning[link-held-back]: `https://host.example/notes/secret-plan/` is held back, as a draft is: the page has the words of the link alone
    "#]].assert_eq(&told.out);
}

#[test]
fn files_that_belong_to_drafts_alone_are_not_published() {
    let drawn = site(&format!(
        "{SITE}//- content/notes/trip/index.md\n---\ntitle: Trip\ndraft: true\n---\n![Map](map.png)\n\
         //- content/notes/trip/map.png\nx\n//- content/notes/trip/contract.pdf\nx\n//- content/notes/plan.png\nx\n\
         //- content/notes/shared.png\nx\n//- content/notes/lone.png\nx\n\
         //- content/notes/draft.md\n---\ntitle: Draft\ndraft: true\n---\n![Plan](plan.png) ![Both](shared.png)\n\
         //- content/notes/a.md\n---\ntitle: A\n---\n![Both](shared.png)\n"
    ));
    let media: Vec<_> = drawn.files.keys().filter(|path| path.starts_with("media/")).collect();
    assert_eq!(media, ["media/notes/lone.png", "media/notes/shared.png"]);
}

#[test]
fn marks_of_other_tools_keep_a_file_back() {
    for mark in ["publish: false", "published: false", "private: true", "Private: yes", "publish: no"] {
        let drawn = site(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n{mark}\n---\n"));
        drawn.is_fine();
        assert!(!drawn.files.contains_key("notes/a/index.html"), "{mark}");
    }
    for mark in [
        "isDraft: true",
        "unpublished: true",
        "isPublished: false",
        "is_draft: yes",
        "public: no",
        "dg-publish: false",
        "isPrivate: true",
        "unlisted: true",
    ] {
        let open = SITE.replace("note: {}", "note: {extra: allow}");
        let drawn = site(&format!("{open}//- content/notes/a.md\n---\ntitle: A\n{mark}\n---\n"));
        assert!(!drawn.is_fine().files.contains_key("notes/a/index.html"), "{mark}");
    }
    for mark in ["status: draft", "status: Private", "permalink: false"] {
        let open = SITE.replace("note: {}", "note: {extra: allow}");
        let drawn = site(&format!("{open}//- content/notes/a.md\n---\ntitle: A\n{mark}\n---\n"));
        assert!(!drawn.is_fine().files.contains_key("notes/a/index.html"), "{mark}");
    }
    for mark in ["publish: true", "published: true", "private: false", "private:"] {
        let drawn = site(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n{mark}\n---\n"));
        assert!(drawn.files.contains_key("notes/a/index.html"), "{mark}");
    }
    // A key that the site declares means what the site says.
    let own = SITE.replace("note: {}", "note: {fields: {published: boolean}}");
    let drawn = site(&format!("{own}//- content/notes/a.md\n---\ntitle: A\npublished: false\n---\n"));
    assert!(drawn.is_fine().files.contains_key("notes/a/index.html"));
}

#[test]
fn a_mark_of_another_tool_that_says_neither_yes_nor_no_is_an_error_and_keeps_the_file_back() {
    for mark in ["published: 0", "published: n", "publish: never", "private: 1", "private: y", "private: X"] {
        let open = SITE.replace("note: {}", "note: {extra: allow}");
        let drawn = site(&format!("{open}//- content/notes/a.md\n---\ntitle: A\n{mark}\n---\n"));
        let key = mark.split(':').next().unwrap();
        let said = format!("error[field-wrong-type]: `{key}` says neither yes nor no, and the entry is kept back");
        assert!(drawn.problems().contains(&said), "{mark}: {}", drawn.problems());
        assert!(!drawn.files.contains_key("notes/a/index.html"), "{mark}");
    }
    // Elsewhere it is the day of it, and editors leave it empty.
    for other in ["published: 2024-05-01", "publish:", "published: \"\""] {
        let open = SITE.replace("note: {}", "note: {extra: allow}");
        let drawn = site(&format!("{open}//- content/notes/a.md\n---\ntitle: A\n{other}\n---\n"));
        assert!(drawn.is_fine().files.contains_key("notes/a/index.html"), "{other}");
    }
}

#[test]
fn front_matter_of_other_tools_is_never_shown_as_text() {
    for text in [
        "{\n  \"title\": \"X\",\n  \"draft\": true\n}\n\nHidden.\n",
        "---json\n{\"title\": \"X\", \"draft\": true}\n---\nHidden.\n",
        "---yaml\ntitle: X\ndraft: true\n---\nHidden.\n",
        "--- # ours\ndraft: true\n---\nHidden.\n",
        "<!-- licence -->\n---\ndraft: true\n---\nHidden.\n",
        "# X\n\n---\ndraft: true\n---\nHidden.\n",
        ";;;\ndraft: true\n;;;\nHidden.\n",
        ";;;\n{\"draft\": true}\n;;;\nHidden.\n",
        "---toml\ntitle = \"X\"\ndraft = true\n---\nHidden.\n",
        "---js\n{draft: true}\n---\nHidden.\n",
        "# H\n\n+++\ntitle = \"x\"\ndraft = true\n+++\n",
        "# H\n\n---\npublished: no\n---\n",
        "H\n=\n\n---\ndraft: true\n---\n",
        "# H\n\nIntro.\n\n---\ndraft: true\n---\n",
    ] {
        let drawn = site(&format!("{SITE}//- content/notes/a.md\n{text}"));
        let said = "content/notes/a.md:1:1: error[front-matter-missing]";
        assert!(drawn.problems().contains(said), "{text}: {}", drawn.problems());
        assert!(!drawn.files.contains_key("notes/a/index.html"), "{text}");
    }
    let twice = site(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n\n---\ndraft: true\n---\nHidden.\n"));
    assert!(twice.problems().contains("a.md:5:1: error[yaml-invalid]: a second block of keys"), "{}", twice.problems());
    assert!(!twice.files.contains_key("notes/a/index.html"));
    for text in [
        "# How\n\n```yaml\n---\ntitle: X\n---\n```\n",
        "# X\n\n---\n\nA line.\n\n---\n",
        "{% raw %}\n\n# X\n",
        "***\n\nSo it is.\n",
        "---\n---\nText.\n",
    ] {
        let drawn = site(&format!("{SITE}//- content/notes/a.md\n{text}"));
        assert!(!drawn.problems().contains("front-matter"), "{text}: {}", drawn.problems());
    }
}

#[test]
fn a_misspelt_draft_is_reported_where_all_keys_are_allowed_too() {
    let site_of = |key: &str| {
        let open = SITE.replace("note: {}", "note: {extra: allow}");
        site(&format!("{open}//- content/notes/a.md\n---\ntitle: A\n{key}: true\n---\n"))
    };
    assert!(!site_of("Draft").is_fine().files.contains_key("notes/a/index.html"));
    assert!(
        site_of("darft")
            .problems()
            .contains("content/notes/a.md:3:1: error[field-unknown]: `darft` is no key that keeps an entry back")
    );
    assert!(site_of("drift_of_ice").is_fine().files.contains_key("notes/a/index.html"));
}

#[test]
fn a_work_that_only_a_draft_cites_is_not_published() {
    let drawn = site(&format!(
        "{SITE}//- content/sources.yaml\nopen2020: {{type: article, title: Open, author: 'A, B', date: 2020}}\n\
         secret2021: {{type: article, title: Hidden work, author: 'A, B', date: 2021}}\n\
         both2022: {{type: article, title: Both, author: 'A, B', date: 2022}}\n\
         //- content/notes/a.md\n---\ntitle: A\n---\nSo [@both2022; @open2020].\n\
         //- content/notes/draft.md\n---\ntitle: Draft\ndraft: true\n---\nSo [@secret2021; @both2022].\n"
    ));
    drawn.is_fine();
    for (path, text) in &drawn.files {
        assert!(!text.contains("secret2021") && !text.contains("Hidden work"), "{path}");
    }
    assert!(drawn.file("sources/index.html").contains("both2022"));
}

#[test]
fn a_key_that_may_be_meant_to_keep_an_entry_back_does_so() {
    for (keys, held) in [
        ("draft: \"true\"", true),
        ("draft: perhaps", true),
        ("draft: yes", true),
        ("draft: \"false\"", false),
        ("draft: no", false),
        ("draft:", false),
        ("draf: true", true),
        ("drafts: yes", true),
        ("drafts: 3", false),
    ] {
        let drawn = site(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n{keys}\n---\nText.\n"));
        assert_eq!(!drawn.files.contains_key("notes/a/index.html"), held, "{keys}: {}", drawn.problems());
    }
}

#[test]
fn a_link_to_a_draft_means_the_same_in_every_form() {
    let forms = [
        "/notes/secret-plan",
        "/notes/secret-plan.md",
        "/notes/secret-plan.html",
        "/notes/secret-plan.htm",
        "/notes/secret-plan/index.html",
        "/notes/secret-plan/#part",
        "/notes/secret-plan#part",
        "/notes/secret-plan?q=1",
        "/notes/secret-plan/?q=1#part",
        "/notes/Secret_Plan/",
        "/NOTES/secret-plan",
        "/notes/secret%2Dplan",
        "/content/notes/secret-plan.md",
        "../notes/secret-plan.md",
        "SECRET-PLAN.md",
        "secret-plan",
        "secret-plan/",
        "@/notes/secret-plan.md",
        "/old-plan",
        "/old-plan/",
        "https://site.example/notes/secret-plan/",
        "https://site.example/notes/secret-plan",
        "https://SITE.example/notes/secret-plan.html#part",
        "https://site.example/old-plan/?q",
        "//site.example/notes/secret-plan/",
    ];
    let site_yaml = SITE.replace("title: Site\n", "title: Site\nbase_url: https://site.example/\n");
    let site_yaml =
        site_yaml.replace("checks: {advice: off}\n", "checks: {link-text-vague: off}\nmarkdown: {allow_html: true}\n");
    let ways: [fn(usize, &str) -> String; 3] = [
        |_, form| format!("[words]({form})\n\n"),
        |at, form| format!("[words][it{at}]\n\n[it{at}]: {form}\n\n"),
        |_, form| format!("<a href=\"{form}\">words</a>\n\n"),
    ];
    for way in ways {
        let links: String = forms.iter().enumerate().map(|(at, form)| way(at, form)).collect();
        let page = format!("{site_yaml}//- content/notes/a.md\n---\ntitle: A\nsummary: About it\n---\n{links}");
        let project = Project::new(&page);
        let told = project.run(&["check", "--format", "short"]).out;
        let of_links: Vec<&str> =
            told.lines().filter(|line| line.contains("/a.md:") && !line.contains("orphan")).collect();
        assert!(of_links.iter().all(|line| line.contains("warning[link-held-back]")), "{told}");
        assert_eq!(of_links.len(), forms.len(), "{told}");
        project.runs(&["build"]);
        let shown = project.read("public/notes/a/index.html");
        assert_eq!(shown.matches("words").count(), forms.len(), "{shown}");
        assert!(!shown.to_lowercase().contains("secret") && !shown.contains("old-plan"), "{shown}");
    }
}

#[test]
fn an_address_of_a_draft_stands_as_its_words_and_is_no_link() {
    let site_yaml = SITE.replace("title: Site\n", "title: Site\nbase_url: https://site.example/\n");
    let bare = "https://site.example/notes/secret-plan/ and <https://site.example/notes/secret-plan/> and https://site.example/notes/a/";
    let drawn = site(&format!("{site_yaml}//- content/notes/a.md\n---\ntitle: A\n---\n{bare}\n"));
    let page = drawn.is_fine().main("/notes/a/");
    let words = page.lines().find(|line| line.starts_with("<p>")).unwrap_or_default();
    assert_eq!(words.matches("<a ").count(), 1, "{page}");
    assert!(words.contains("<a href=\"/notes/a/\">https://site.example/notes/a/</a>"), "{page}");
}

#[test]
fn a_public_page_is_meant_before_a_draft_whose_address_is_nearly_the_same() {
    let page = "---\ntitle: A\n---\n[x](/notes/Secret_Plan.html) [y](/secret-plan)\n";
    let drawn = site(&format!(
        "{SITE}//- content/notes/a.md\n{page}//- content/secret-plan.md\n---\ntitle: Open\n---\n//- static/notes/Secret_Plan.html\n<p>x</p>\n"
    ));
    let shown = drawn.main("/notes/a/");
    assert!(shown.contains("href=\"/notes/Secret_Plan.html\"") && shown.contains("href=\"/secret-plan/\""), "{shown}");
}

#[test]
fn an_address_of_a_draft_in_a_field_or_a_parameter_is_reported() {
    let site_yaml =
        SITE.replace("kinds: {note: {}", "params: {more_url: /notes/secret-plan}\nkinds: {note: {fields: {link: url}}");
    let site_yaml = site_yaml.replace("checks: {advice: off}\n", "checks: {link-text-vague: off}\n");
    let project = Project::new(&format!(
        "{site_yaml}//- content/notes/a.md\n---\ntitle: A\nsummary: s\nlink: /notes/secret-plan/\n---\nx\n"
    ));
    let told = project.run(&["check", "--format", "short"]).out;
    assert_eq!(told.matches("link-held-back").count(), 2, "{told}");
    assert!(!told.contains("no page has the address"), "{told}");
}

#[test]
fn menus_and_rules_to_a_draft_are_told_so_and_nothing_leads_there() {
    let theme = "theme: {menu: [notes/secret-plan, /notes/secret-plan, {title: Words, to: note}], announcement: {title: Soon, to: /notes/secret-plan/}}\n\
                 redirects: {/waits/: notes/secret-plan}\n";
    let site_yaml = SITE.replace("checks: {advice: off}\n", &format!("checks: {{link-text-vague: off}}\n{theme}"));
    let project = Project::bare(&format!(
        "{site_yaml}//- content/notes/a.md\n---\ntitle: A\nsummary: s\n---\n[x](/waits/) [y](/waits)\n//- static/_redirects\n/rule /notes/secret-plan\n"
    ));
    let told = project.run(&["check", "--format", "short"]).out;
    assert_eq!(told.matches("link-held-back").count(), 6, "{told}");
    assert!(told.contains("`/waits/` leads to `notes/secret-plan`, which is held back"), "{told}");
    assert!(told.contains("`/rule` leads to `/notes/secret-plan`, which is held back"), "{told}");
    assert_eq!(told.matches("error").count(), 1, "{told}");
    project.remove("static/_redirects");
    project.runs(&["build"]);
    for (path, bytes) in project.bytes("public") {
        assert!(!String::from_utf8_lossy(&bytes).contains("secret-plan"), "{path}");
    }
    assert!(project.read("public/notes/a/index.html").contains("Soon"));
}

#[test]
fn what_is_said_of_a_pair_with_a_draft_is_not_searched_for() {
    let related = SITE
        .replace("other: topic.notes}", "other: topic.notes, fields: {why: text}}\npages: {search: {url: /search/}}");
    let drawn = site(&format!(
        "{related}//- content/notes/a.md\n---\ntitle: A\ntopics: [{{to: hidden, why: because of wombats}}, {{to: open, why: because of badgers}}]\n---\n\
         //- content/topics/open.md\n---\ntitle: Open\nnotes: [{{to: secret-plan, why: and of otters}}]\n---\n"
    ));
    drawn.is_fine();
    let holds = |word: &str| drawn.files.values().any(|text| text.contains(word));
    assert!(holds("badgers") && !holds("wombats") && !holds("otters"));
}

#[test]
fn what_is_said_of_a_pair_with_a_draft_is_in_no_file() {
    let site = |more: &str| {
        format!(
            "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nkinds: {{note: {{plural: notes}}, topic: {{plural: topics}}}}\n\
             relations: [{{one: note.topics, other: topic.notes, fields: {{why: markdown, src: citations, pic: image}}}}]\n\
             pages: {{graph: {{url: /graph.json}}, search: {{url: /search/}}, sources: {{url: /sources/}}}}\nchecks: {{advice: off}}\n\
             //- content/topics/d.md\n---\ntitle: Dee\ndraft: true\n---\nx\n//- content/topics/e.md\n---\ntitle: E\nnotes: [{{to: later, why: hushed}}]\n---\n\
             //- content/notes/later.md\n---\ntitle: Later\ndraft: true\n---\n{more}\
             //- content/notes/pub.md\n---\ntitle: Public\ntopics: [{{to: d, why: 'hushed [@one] [x](hushed.pdf)', src: [two], pic: p.svg}}, {{to: e, why: Open words}}, topic/d]\n---\nText\n\
             //- content/sources.yaml\none: {{type: article, title: 'Hushed study', author: 'A, B', date: 2020}}\n\
             two: {{type: article, title: 'Hushed book', author: 'A, B', date: 2020}}\n//- content/notes/p.svg\n<svg/>\n//- content/notes/hushed.pdf\nx\n"
        )
    };
    let drawn = Project::bare(&site("")).drawn();
    drawn.is_fine();
    let told = |(path, text): &(&String, &String)| (path.to_lowercase() + text).to_lowercase().contains("hushed");
    let told: Vec<_> = drawn.files.iter().filter(told).map(|(path, _)| path).collect();
    assert!(told.is_empty() && !drawn.files.contains_key("media/notes/p.svg"), "{told:?}");
    assert!(drawn.file("notes/pub/index.html").contains("Open words"));
    let there = Project::bare(&site("//- content/notes/d.md\n---\ntitle: Other kind\n---\n")).drawn();
    assert!(!there.files.values().any(|text| text.contains("hushed")));
}

#[test]
fn a_wikilink_beside_a_draft_of_that_name_means_the_draft() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {plural: notes, folder: vault}}\n\
         //- vault/two/y.md\nSee [[x]].\n\n![[x]]\n//- vault/two/x.md\n---\ndraft: true\n---\nMine.\n\
         //- vault/one/x.md\nWords of another note.\n",
    );
    let main = drawn.main("/notes/two/y/");
    assert!(!main.contains("/one/x") && !main.contains("Words of another note"), "{main}");
}

#[test]
fn a_draft_in_a_list_of_entries_is_left_out() {
    let drawn = Project::bare(
        "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nkinds: {note: {plural: notes, fields: {ents: {type: list, of: entry}}}}\n\
         checks: {advice: off}\n//- content/notes/d.md\n---\ntitle: Dee\ndraft: true\n---\nx\n\
         //- content/notes/one.md\n---\ntitle: One\nents: [d, two]\n---\nText\n//- content/notes/two.md\n---\ntitle: Two\nents: [d]\n---\n",
    )
    .drawn();
    drawn.is_fine();
    assert!(drawn.file("notes/one/index.html").contains("<span class=\"chip\"><a href=\"/notes/two/\">Two</a></span>"));
    assert!(!drawn.file("notes/two/index.html").contains("Ents"));
    let told = Project::bare(
        "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nkinds: {note: {plural: notes, fields: {next: entry, ents: {type: list, of: entry}}}}\n\
         pages: {twins: true, graph: {url: /graph.json}, search: {url: /search/}}\nchecks: {advice: off}\n\
         //- content/notes/hushed.md\n---\ntitle: Dee\ndraft: true\n---\nx\n\
         //- content/notes/one.md\n---\ntitle: One\nnext: note/hushed\nents: [hushed, two]\n---\nText\n//- content/notes/two.md\n---\ntitle: Two\nnext: hushed\n---\n",
    )
    .drawn();
    told.is_fine();
    assert!(told.files.values().all(|text| !text.contains("hushed")));
}

#[test]
fn what_lies_in_a_folder_of_drafts_is_kept_back() {
    let folder = "//- content/notes/_drafts/d.md\n---\ntitle: Dee\n---\nsecret ![x](p.png)\n//- content/notes/_drafts/p.png\nx\n\
        //- content/notes/deep/_Drafts/er/e.md\n# Ee\n\nsecret\n//- content/notes/a.md\n---\ntitle: A\n---\n[[Dee]] [e](deep/_Drafts/er/e.md)\n";
    let drawn = site(&format!("{SITE}{folder}"));
    assert!(drawn.is_fine().main("/notes/a/").contains("Dee e"), "{}", drawn.main("/notes/a/"));
    assert!(!drawn.files.iter().any(|(path, text)| path.contains("drafts") || text.contains("secret")));
    // A folder that the site names means what the site says.
    let named = SITE.replace("note: {}", "note: {}, sketch: {folder: content/notes/_drafts}");
    assert!(site(&format!("{named}{folder}")).files.contains_key("sketchs/d/index.html"));
    let project = Project::bare(&format!("{SITE}{folder}"));
    project.runs(&["build", "--drafts"]);
    assert!(project.read("public/notes/drafts/d/index.html").contains("secret"));
}

#[test]
fn files_beside_a_draft_are_not_published_when_a_page_lies_deeper() {
    let drawn = site(&format!(
        "{SITE}//- content/notes/trip/index.md\n---\ntitle: Trip\ndraft: true\n---\n\
         //- content/notes/trip/film.mp4\nx\n//- content/notes/trip/plans/map.png\nx\n//- content/notes/trip/day/view.png\nx\n\
         //- content/notes/trip/shown.png\nx\n\
         //- content/notes/trip/day/one.md\n---\ntitle: One\n---\n![Shown](../shown.png)\n"
    ));
    let media: Vec<_> = drawn.files.keys().filter(|path| path.starts_with("media/")).collect();
    assert_eq!(media, ["media/notes/trip/day/view.png", "media/notes/trip/shown.png"]);
}

#[test]
fn keys_that_cannot_be_read_keep_a_file_back_where_one_of_them_seems_to_do_so() {
    for mark in ["draft: true", "status: draft", "status: Private # soon", "unlisted: true", "dg-publish: false"] {
        let drawn = site(&format!(
            "{}//- content/notes/a.md\n---\ntitle: A: b: c\n{mark}\n---\nPlain words.\n",
            SITE.replace("advice: off", "yaml-invalid: warning")
        ));
        assert!(!drawn.files.values().any(|file| file.contains("Plain words")), "{mark}");
    }
}

#[test]
fn a_link_to_a_draft_in_the_form_of_another_tool_is_its_words() {
    let links = "[a](secret-plan) [b](secret-plan.html) [e](@/notes/secret-plan.md)";
    let project = Project::new(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n{links}\n"));
    let told = project.run(&["check", "--format", "short"]);
    assert_eq!(told.out.matches("error").count(), 0, "{}", told.out);
    project.runs(&["build"]);
    let page = project.read("public/notes/a/index.html");
    assert!(page.contains("a b e"), "{page}");
    let told = site(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n[a](@/notes/nobody.md)\n")).problems();
    assert!(told.contains("there is no file `@/notes/nobody.md`"), "{told}");
}

#[test]
fn what_lies_in_a_folder_of_drafts_that_no_kind_has_is_a_draft() {
    let drawn =
        site(&format!("{SITE}//- content/_drafts/d.md\n---\ntitle: D\n---\nx\n//- content/_drafts/more.yaml\na: 1\n"));
    drawn.is_fine();
}
