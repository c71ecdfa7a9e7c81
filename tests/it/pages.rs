//! The pages that follow from the declaration, and that every address in them leads somewhere.

use std::collections::BTreeSet;

use expect_test::expect;
use limber::engine::Options;
use limber::url::BaseUrl;

use crate::harness::{Drawn, site, site_with};

const SITE: &str = include_str!("pages/site.txt");

#[test]
fn every_output_file_has_its_place() {
    let drawn = site(SITE);
    let files: Vec<_> = drawn.is_fine().files.keys().map(|path| hashless(path)).collect();
    expect![[r#"
        404.html
        a-z/index.html
        about/corrections/index.html
        about/index.html
        benefits/ease/index.html
        benefits/feed.xml
        benefits/index.html
        benefits/sleep/index.html
        body/calf/index.html
        body/index.html
        evidence/sources/index.html
        feed.xml
        glossary/index.html
        graph.json
        grid/index.html
        index.html
        media/techniques/my roller.png
        old/name/index.html
        robots.txt
        rolling.html
        search/index.html
        site.css
        sitemap.xml
        techniques/by-area/index.html
        techniques/by-minutes/index.html
        techniques/by-pressure/index.html
        techniques/cupping/index.html
        techniques/effleurage/index.html
        techniques/index.html
        techniques/rolling/index.html
    "#]]
    .assert_eq(&(files.join("\n") + "\n"));
}

#[test]
fn an_index_lists_its_entries_in_the_order_of_the_kind() {
    site(SITE)
        .shows(
            "/techniques/",
            &expect![[r#"
                <h1>Kinds of massage</h1>
                <a href="/techniques/by-pressure/">by Pressure</a>
                <a href="/techniques/by-area/">by Body</a>
                <a href="/techniques/by-minutes/">by Minutes</a>
                <a href="/grid/">Benefits × Techniques</a>
                <a href="/techniques/effleurage/">Long strokes</a> Long &amp; light.
                <a href="/techniques/rolling/">Foam rolling</a>
                <a href="/techniques/cupping/">Cupping</a>
            "#]],
        )
        .shows(
            "/techniques/by-pressure/",
            &expect![[r#"
                <h1>Techniques by pressure</h1>
                <a href="/techniques/by-pressure/">by Pressure</a>
                <a href="/techniques/by-area/">by Body</a>
                <a href="/techniques/by-minutes/">by Minutes</a>
                <a href="/grid/">Benefits × Techniques</a>
                <h2 id="light">Light</h2>
                <a href="/techniques/effleurage/">Long strokes</a>
                <h2 id="firm">Firm</h2>
                <a href="/techniques/rolling/">Foam rolling</a>
                <h2 id="other">Everything else</h2>
                <a href="/techniques/cupping/">Cupping</a>
            "#]],
        )
        .shows(
            "/techniques/by-area/",
            &expect![[r#"
                <h1>Techniques by body</h1>
                <a href="/techniques/by-pressure/">by Pressure</a>
                <a href="/techniques/by-area/">by Body</a>
                <a href="/techniques/by-minutes/">by Minutes</a>
                <a href="/grid/">Benefits × Techniques</a>
                <h2 id="calf"><a href="/body/calf/">Calf</a></h2>
                <a href="/techniques/rolling/">Foam rolling</a>
                <h2 id="other">Everything else</h2>
                <a href="/techniques/effleurage/">Long strokes</a>
                <a href="/techniques/cupping/">Cupping</a>
            "#]],
        )
        .shows(
            "/techniques/by-minutes/",
            &expect![[r#"
                <h1>Techniques by minutes</h1>
                <a href="/techniques/by-pressure/">by Pressure</a>
                <a href="/techniques/by-area/">by Body</a>
                <a href="/techniques/by-minutes/">by Minutes</a>
                <a href="/grid/">Benefits × Techniques</a>
                <h2 id="2">2 minutes</h2>
                <a href="/techniques/rolling/">Foam rolling</a>
                <h2 id="3">3 minutes</h2>
                <a href="/techniques/rolling/">Foam rolling</a>
                <h2 id="10">10 minutes</h2>
                <a href="/techniques/effleurage/">Long strokes</a>
                <h2 id="other">Everything else</h2>
                <a href="/techniques/cupping/">Cupping</a>
            "#]],
        );
}

#[test]
fn a_matrix_has_a_cell_for_every_pair() {
    site(SITE).shows(
        "/grid/",
        &expect![[r#"
        <h1>Benefits × Techniques</h1>
        <a href="/benefits/ease/">Ease</a>: - - -
        <a href="/benefits/sleep/">Sleep</a>: x Weak -
    "#]],
    );
    let small = SITE.replace("via: benefit.techniques}", "via: benefit.techniques, limit: 3}");
    site(&small).reports(&expect![[r#"
        site.yaml:23:5: error[site-invalid]: the matrix `/grid/` has 6 cells, and may have at most 3
          help: set `limit` on the matrix to allow more
    "#]]);
    let turned = SITE.replace("rows: benefit, columns: technique", "rows: technique, columns: benefit");
    site(&turned).is_fine().shows(
        "/grid/",
        &expect![[r#"
        <h1>Techniques × Benefits</h1>
        <a href="/techniques/effleurage/">Long strokes</a>: - x
        <a href="/techniques/rolling/">Foam rolling</a>: - Weak
        <a href="/techniques/cupping/">Cupping</a>: - -
    "#]],
    );
}

#[test]
fn the_a_to_z_has_every_title_and_alias() {
    site(SITE).shows(
        "/a-z/",
        &expect![[r#"
            <h1>A to Z</h1>
            <h2 id="0-9">0–9</h2>
            <a href="/techniques/rolling/">3 minutes of rolling</a> see Foam rolling (Technique)
            <h2 id="a">A</h2>
            <a href="/about/">About</a> (Page)
            <h2 id="c">C</h2>
            <a href="/body/calf/">Calf</a> (Area)
            <a href="/about/corrections/">Corrections</a> (Page)
            <a href="/techniques/cupping/">Cupping</a> (Technique)
            <h2 id="d">D</h2>
            <a href="/glossary/#doms">DOMS</a> (Term)
            <h2 id="e">E</h2>
            <a href="/benefits/ease/">Ease</a> (Benefit)
            <h2 id="f">F</h2>
            <a href="/glossary/#fascia">fascia</a> (Term)
            <a href="/techniques/rolling/">Foam rolling</a> (Technique)
            <h2 id="g">G</h2>
            <a href="/glossary/">Glossary</a> (Page)
            <h2 id="l">L</h2>
            <a href="/glossary/#doms">late soreness</a> see DOMS (Term)
            <a href="/techniques/effleurage/">Long strokes</a> (Technique)
            <h2 id="s">S</h2>
            <a href="/techniques/rolling/">Self-massage</a> see Foam rolling (Technique)
            <a href="/benefits/sleep/">Sleep</a> (Benefit)
            <h2 id="w">W</h2>
            <a href="/">Welcome</a> (Page)
        "#]],
    );
}

#[test]
fn the_sources_name_the_pages_that_cite_them() {
    site(SITE).shows("/evidence/sources/", &expect![[r#"
        <h1>Sources</h1>
        <p id="davis2020">Davis H. 2020. Massage and performance. <a href="https://doi.org/10.1136/bmjsem-2019-000614">doi:10.1136/bmjsem-2019-000614</a> <a href="/benefits/sleep/">Sleep</a> <a href="/techniques/rolling/">Foam rolling</a></p>
        <p id="guo2017">Guo J. 2017. Soreness. <a href="/benefits/sleep/">Sleep</a> <a href="/techniques/rolling/">Foam rolling</a></p>
    "#]]);
}

#[test]
fn the_home_page_and_standalone_pages_have_addresses_of_their_own() {
    let drawn = site(SITE);
    drawn.shows("/", &expect![[r#"
        <h1>Welcome</h1>
        <p><a href="/techniques/">Techniques</a>, <a href="/techniques/rolling/">Foam rolling</a> and <a href="/glossary/#doms">the glossary</a>.</p>
        <a href="/">Home</a>
    "#]]).shows("/about/corrections/", &expect![[r#"
        <h1>Corrections</h1>
        <p>mentioned on <a href="/about/">About</a></p>
        <a href="/">Home</a> / <a href="/about/">About</a> / <a href="/about/corrections/">Corrections</a>
    "#]]).shows("/404.html", &expect![[r#"
        <h1>Page not found</h1>
    "#]]);
    assert!(drawn.main("/old/name/").contains("moved to <a href=\"/techniques/rolling/\">Foam rolling</a>"));
}

#[test]
fn an_entry_that_is_an_anchor_has_to_be_shown_on_its_page() {
    let nowhere = SITE.replace("```list\nentries: term\n```", "");
    site(&nowhere).reports(&expect![[r#"
        content/terms.yaml:1:1: error[anchor-missing]: the page `/glossary/` does not show this term
          help: add a data block with `entries: term` to content/glossary.md
    "#]]);
    let some = SITE.replace("entries: term\n", "entries: term\nonly: [doms]\n");
    site(&some).reports(&expect![[r#"
        content/terms.yaml:2:1: error[anchor-missing]: the page `/glossary/` does not show this term
          help: add a data block with `entries: term` to content/glossary.md
    "#]]);
    let no_page = SITE.replace("//- content/glossary.md", "//- content/words.md");
    site(&no_page).reports(&expect![[r#"
        content/index.md:4:45: error[link-broken]: the link leads to no page: `glossary` does not exist
        content/terms.yaml:1:1: error[anchor-missing]: the page `/glossary/` does not show this term
          help: write the page, with a data block that has `entries: term`
    "#]]);
}

#[test]
fn the_graph_is_json_with_entries_and_edges() {
    let drawn = site(SITE);
    let graph: serde_json::Value = serde_json::from_str(drawn.file("graph.json")).expect("it is JSON");
    assert_eq!(graph["entries"].as_array().map(Vec::len), Some(12));
    let edges = &graph["relations"][0]["edges"];
    expect![[r#"
        [{"from":"benefits/sleep","grade":"weak","sources":["guo2017","davis2020"],"to":"techniques/rolling"},{"from":"benefits/sleep","to":"techniques/effleurage"}]
    "#]].assert_eq(&format!("{edges}\n"));
    let rolling = graph["entries"].as_array().into_iter().flatten().find(|entry| entry["id"] == "techniques/rolling");
    expect![[r#"
        {
          "aliases": [
            "Self-massage",
            "3 minutes of rolling"
          ],
          "cites": [
            "guo2017",
            "davis2020"
          ],
          "fields": {
            "minutes": [
              2.0,
              3.0
            ],
            "photo": "content/techniques/my roller.png",
            "pressure": "firm",
            "web": "/about/"
          },
          "id": "techniques/rolling",
          "kind": "technique",
          "linked_from": [
            "terms/doms",
            "pages/index"
          ],
          "short_title": null,
          "slug": "rolling",
          "summary": null,
          "title": "Foam rolling",
          "url": "https://site.example/techniques/rolling/"
        }
    "#]]
    .assert_eq(&format!("{:#}\n", rolling.expect("it is there")));
}

#[test]
fn the_sitemap_has_every_page_with_an_honest_day() {
    let drawn = site(SITE);
    well_formed(drawn.file("sitemap.xml"));
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
         <url>
          <loc>https://site.example/a-z/</loc>
         </url>
         <url>
          <loc>https://site.example/about/corrections/</loc>
          <lastmod>2026-02-03</lastmod>
         </url>
         <url>
          <loc>https://site.example/about/</loc>
         </url>
         <url>
          <loc>https://site.example/benefits/ease/</loc>
          <lastmod>2026-03-04</lastmod>
         </url>
         <url>
          <loc>https://site.example/benefits/</loc>
         </url>
         <url>
          <loc>https://site.example/benefits/sleep/</loc>
          <lastmod>2026-01-02</lastmod>
         </url>
         <url>
          <loc>https://site.example/body/calf/</loc>
         </url>
         <url>
          <loc>https://site.example/body/</loc>
         </url>
         <url>
          <loc>https://site.example/evidence/sources/</loc>
         </url>
         <url>
          <loc>https://site.example/glossary/</loc>
         </url>
         <url>
          <loc>https://site.example/grid/</loc>
         </url>
         <url>
          <loc>https://site.example/</loc>
         </url>
         <url>
          <loc>https://site.example/techniques/cupping/</loc>
         </url>
         <url>
          <loc>https://site.example/techniques/effleurage/</loc>
         </url>
         <url>
          <loc>https://site.example/techniques/</loc>
         </url>
         <url>
          <loc>https://site.example/techniques/rolling/</loc>
         </url>
        </urlset>
    "#]]
    .assert_eq(drawn.file("sitemap.xml"));
    expect![[r#"
        User-agent: *
        Allow: /
        Sitemap: https://site.example/sitemap.xml
    "#]]
    .assert_eq(drawn.file("robots.txt"));
}

#[test]
fn feeds_are_well_formed_and_their_days_are_those_of_rfc_3339() {
    let drawn = site(SITE);
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
         <title>Site &amp; more: Benefits</title>
         <id>https://site.example/benefits/feed.xml</id>
         <link rel="self" href="https://site.example/benefits/feed.xml"/>
         <link rel="alternate" href="https://site.example/benefits/"/>
         <updated>2026-03-04T00:00:00Z</updated>
         <author>
          <name>Site &amp; more</name>
         </author>
         <entry>
          <title>Ease</title>
          <id>https://site.example/benefits/ease/</id>
          <link rel="alternate" href="https://site.example/benefits/ease/"/>
          <updated>2026-03-04T00:00:00Z</updated>
          <summary>What it is.</summary>
         </entry>
         <entry>
          <title>Sleep</title>
          <id>https://site.example/benefits/sleep/</id>
          <link rel="alternate" href="https://site.example/benefits/sleep/"/>
          <updated>2026-01-02T00:00:00Z</updated>
          <published>2025-12-31T00:00:00Z</published>
          <summary>What it is.</summary>
         </entry>
        </feed>
    "#]]
    .assert_eq(drawn.file("benefits/feed.xml"));
    for path in ["feed.xml", "benefits/feed.xml"] {
        let feed = drawn.file(path);
        well_formed(feed);
        let days: Vec<&str> = between(feed, "<updated>", "</updated>");
        assert!(days.len() > 1, "{path}");
        for day in days {
            assert!(day.len() == 20 && day.ends_with("T00:00:00Z"), "{day}");
        }
        let ids: Vec<&str> = between(feed, "<id>", "</id>");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "every id is there once");
    }
    assert!(!drawn.files.contains_key("areas/feed.xml"), "a kind without days has no feed");
}

#[test]
fn a_feed_of_drafts_alone_is_none() {
    let drafts = "//- site.yaml\ntitle: Site\nkinds: {note: {}}\n//- content/notes/a.md\n---\ntitle: A\ndraft: true\ndate: 2026-01-02\n---\n";
    let drawn = site_with(drafts, Options { drafts: true, ..Options::default() });
    assert!(!drawn.is_fine().files.contains_key("feed.xml"));
}

#[test]
fn pages_can_be_switched_off_and_moved() {
    let declared = "title: Site\npages: {a_z: false, search: {url: /find/, title: Find}, not_found: false, feed: false, sitemap: false, robots: false, graph: false}\n";
    let drawn = site(&format!("//- site.yaml\n{declared}//- content/a.md\n---\ntitle: A\n---\n"));
    assert_eq!(drawn.is_fine().files.keys().collect::<Vec<_>>(), ["a/index.html", "find/index.html"]);
}

#[test]
fn structured_data_is_json_that_cannot_end_its_element() {
    let text = SITE.replace("title: Sleep", "title: Sleep </script><!-- x");
    let page = site(&text).file("benefits/sleep/index.html").to_string();
    let data = between(&page, "<script type=\"application/ld+json\">", "</script>");
    let json: serde_json::Value = serde_json::from_str(data[0]).expect("it is JSON");
    assert_eq!(json["@graph"][0]["name"], "Sleep </script><!-- x");
    assert!(!data[0].contains("<!--"));
}

#[test]
fn every_address_leads_to_a_file_of_the_site() {
    for base in ["https://host.example/", "https://host.example/sub/path/"] {
        let base = BaseUrl::parse(base).expect("it is a base URL");
        let drawn = site_with(SITE, Options { base_url: Some(base.clone()), ..Options::default() });
        leads_somewhere(drawn.is_fine(), &base);
    }
}

/// Checks every `href`, `src`, `<loc>` and `<id>` of the output, anchors included.
fn leads_somewhere(drawn: &Drawn, base: &BaseUrl) {
    let mut checked = 0;
    for (path, text) in &drawn.files {
        let xml = path.ends_with(".xml");
        let written =
            [("href=\"", "\""), ("src=\"", "\""), ("<loc>", "</loc>"), ("<id>", "</id>"), ("\"url\":\"", "\"")];
        for address in written.iter().flat_map(|(start, end)| between(text, start, end)) {
            let address = address.replace("&amp;", "&");
            if address.starts_with("https://doi.org/") || address.starts_with("https://schema.org") {
                continue;
            }
            checked += 1;
            let rooted = match address.strip_prefix(&base.origin) {
                Some(rooted) => rooted,
                None if xml => panic!("`{address}` in {path} is not absolute"),
                None => &address,
            };
            let (page, anchor) = rooted.split_once('#').unwrap_or((rooted, ""));
            let target = if page.is_empty() {
                path.clone()
            } else {
                let below = page
                    .strip_prefix(&base.path)
                    .unwrap_or_else(|| panic!("`{address}` in {path} leaves {}", base.path));
                limber::url::output_path(&format!("/{below}"))
            };
            let target = drawn.files.get(&target).unwrap_or_else(|| panic!("`{address}` in {path} leads to nothing"));
            let known = ["", "page", "main", "site", "org"].contains(&anchor);
            assert!(known || target.contains(&format!("id=\"{anchor}\"")), "`{address}` in {path} has no such anchor");
        }
    }
    assert!(checked > 200, "only {checked} addresses were found");
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

#[track_caller]
fn well_formed(xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{error}: {xml}"),
        }
    }
}

/// Without the piece of the hash in the names of scripts and styles.
fn hashless(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').filter(|part| part.len() != 8).collect();
    if path.ends_with(".css") || path.ends_with(".js") { parts.join(".") } else { path.to_string() }
}
