//! `redirects` of site.yaml: addresses that lead on to what did not have them.

use expect_test::expect;
use limber::model::source::Source;
use limber::stages::declare::declare;

use crate::harness::{Project, site};
use crate::random::{Random, number};

const PAGES: &str = "//- content/new.md\n---\ntitle: New\nredirect_from: /was/\n---\n## Part\n\n[here](/older/)\n\
                     //- content/other.md\n---\ntitle: Other\n---\n[New](new.md)\n";

fn project(redirects: &str) -> Project {
    Project::bare(&format!("//- site.yaml\ntitle: T\nbase_url: https://t.example/sub/\nredirects:\n{redirects}{PAGES}"))
}

#[test]
fn they_lead_to_pages_headings_entries_and_other_sites() {
    let project = project(
        "  /old/: /new/\n  /older: /new#part\n  /page.html: https://elsewhere.example/x\n  /named/: new#part\n  /whole/: https://t.example/sub/other/\n",
    );
    project.runs(&["build"]);
    for (file, to) in [
        ("old/index.html", "/sub/new/"),
        ("older/index.html", "/sub/new/#part"),
        ("page.html", "https://elsewhere.example/x"),
        ("named/index.html", "/sub/new/#part"),
        ("whole/index.html", "/sub/other/"),
    ] {
        let page = project.read(&format!("public/{file}"));
        assert!(page.contains(&format!("content=\"0; url={to}\"")), "{file}: {page}");
        assert!(page.contains("noindex"), "{page}");
    }
    let old = project.read("public/older/index.html");
    assert!(old.contains("rel=\"canonical\" href=\"https://t.example/sub/new/\""), "{old}");
    assert!(!project.read("public/sitemap.xml").contains("old"));
    let checked = project.run(&["check"]);
    assert!(!checked.out.contains("error") && !checked.err.contains("error"), "{}{}", checked.out, checked.err);
}

#[test]
fn what_leads_nowhere_in_a_circle_or_from_a_page_is_an_error() {
    let project = project(
        "  /a/: /nothing/\n  /b/: /c/\n  /c/: /b/\n  /d/: /was/\n  /e/: /f/\n  /f/: /new/\n  /new/: /other/\n  /was/: /other/\n  /g/: /new/#no\n  /h/: /nwe/\n  /i/: nobody\n",
    );
    let checked = project.run(&["check", "--format", "short"]);
    let found: Vec<&str> = checked.out.lines().filter(|line| line.starts_with("site.yaml")).collect();
    expect![[r#"
        site.yaml:4:8: error[redirect-broken]: `/a/` leads to `/nothing/`, and nothing is there
        site.yaml:5:8: error[redirect-broken]: `/b/` leads in a circle
        site.yaml:6:8: error[redirect-broken]: `/c/` leads in a circle
        site.yaml:7:8: error[redirect-broken]: `/was/`, where `/d/` leads, leads on itself
        site.yaml:8:8: error[redirect-broken]: `/f/`, where `/e/` leads, leads on itself
        site.yaml:10:3: error[redirect-taken]: `/new/` is the address of a page: nothing can lead on from it
        site.yaml:11:3: error[redirect-taken]: two redirects begin at `/was/`
        site.yaml:12:8: error[link-broken-heading]: `/new/` has no heading `no`
        site.yaml:13:8: error[redirect-broken]: `/h/` leads to `/nwe/`, and nothing is there
        site.yaml:14:8: error[redirect-broken]: `/i/` leads to `nobody`, and nothing is there"#]]
    .assert_eq(&found.join("\n"));
}

#[test]
fn what_is_no_address_is_an_error_of_the_declaration() {
    let project = project(
        "  old: /new/\n  /b/#x: /new/\n  /c/: mailto:a@b.example\n  /d/: //host/x\n  /e/: [/new/]\n  /f/: ''\n",
    );
    let checked = project.run(&["check", "--format", "short"]);
    let found: Vec<&str> = checked.out.lines().filter(|line| line.starts_with("site.yaml")).collect();
    expect![[r#"
        site.yaml:4:3: error[url-invalid]: `old` is no address of the site: it has to begin with a slash
        site.yaml:5:3: error[url-invalid]: `/b/#x` is no address of the site: it contains a character that not every host can serve
        site.yaml:6:8: error[site-invalid]: `mailto:a@b.example` is no address to which readers can be led
        site.yaml:7:8: error[site-invalid]: `//host/x` is no address to which readers can be led
        site.yaml:8:8: error[site-invalid]: expected a text, found a list
        site.yaml:9:8: error[site-invalid]: `` is no address to which readers can be led"#]].assert_eq(&found.join("\n"));
}

#[test]
fn a_redirect_to_a_draft_leads_nowhere_yet_and_one_to_a_wrong_name_says_which_is_meant() {
    let project = Project::bare(
        "//- site.yaml\ntitle: T\nbase_url: https://t.example/\nkinds: {plant: {}}\nredirects:\n  /a/: plants/dd\n  /b/: /plants/dd\n  \
         /c/: plants/tomatoe\n  /d/: plants/basil.md\n  /e/: basil\n\
         //- content/plants/dd.md\n---\ntitle: D\ndraft: true\n---\n//- content/plants/tomato.md\n---\ntitle: Tomato\n---\n\
         //- content/plants/basil.md\n---\ntitle: Basil\n---\n",
    );
    let told = project.run(&["check"]).err;
    for help in ["`plants/tomato`?", "`plants/basil`?"] {
        assert!(told.contains(help), "{told}");
    }
    assert_eq!((told.matches("redirect-broken").count(), told.matches("did you mean").count()), (3, 3), "{told}");
}

#[test]
fn what_they_lead_to_is_read_as_links_are() {
    let target = |to: &str| {
        let project = Project::bare(&format!(
            "//- site.yaml\ntitle: T\nbase_url: https://t.example/sub/\nredirects:\n  /old/: {to}\n\
             //- content/new.md\n---\ntitle: New\n---\n## Part\n\n## Über\n\n## Big Title\n\n## 100% of it\n"
        ));
        let checked = project.run(&["check"]);
        assert!(!checked.err.contains("error"), "{to}: {}", checked.err);
        project.runs(&["build"]);
        let page = project.read("public/old/index.html");
        let (_, rest) = page.split_once("content=\"0; url=").expect("the page leads on");
        rest.split('"').next().unwrap_or_default().to_string()
    };
    for (to, led) in [
        ("/new/?q=1#part", "/sub/new/?q=1#part"),
        ("/new?q=1", "/sub/new/?q=1"),
        ("new?q=1#part", "/sub/new/?q=1#part"),
        ("/new/#%C3%BCber", "/sub/new/#über"),
        ("new#%C3%BCber", "/sub/new/#über"),
        ("new#Part", "/sub/new/#part"),
        ("new#Big Title", "/sub/new/#big-title"),
        ("/content/new.md#Part", "/sub/new/#part"),
        ("/n%65w/", "/sub/new/"),
        ("https://t.example/sub/new/?q=1#part", "/sub/new/?q=1#part"),
        ("https://t.example/sub", "/sub/"),
        ("/new/#top", "/sub/new/#top"),
        ("new#100% of it", "/sub/new/#100-of-it"),
        ("https://elsewhere.example/a?b=c#d", "https://elsewhere.example/a?b=c#d"),
    ] {
        assert_eq!(target(&format!("'{to}'")), led, "{to}");
    }
}

#[test]
fn an_address_with_a_heading_that_is_not_there_is_told_the_one_that_is() {
    let project = project("  /older/: /new/\n  /a/: /new/#Part\n  /b/: /new/?q#prat\n  /c/: new#nothing\n");
    let told = project.run(&["check"]).err;
    assert_eq!((told.matches("error[").count(), told.matches("link-broken-heading").count()), (3, 3), "{told}");
    assert_eq!(told.matches("did you mean `part`?").count(), 2, "{told}");
}

#[test]
fn nothing_leads_on_from_the_address_of_what_is_no_page() {
    let project = Project::bare(
        "//- site.yaml\ntitle: T\nbase_url: https://t.example/\ngone: [/away.pdf]\n\
         redirects:\n  /x.css: /new/\n  /y.json: /new/\n  /page.html: /new/\n  /page.htm: /new/\n  /old.php: /new/\n  /docs/v1.2: /new/\n  /dir.d/: /new/\n\
         //- content/new.md\n---\ntitle: New\nredirect_from: [/old.png, /index.xml, /was/]\n---\nx\n",
    );
    let checked = project.run(&["check", "--format", "short"]);
    let found: Vec<&str> = checked.out.lines().filter(|line| line.contains("error")).collect();
    expect![[r#"
        content/new.md:3:17: error[redirect-broken]: nothing can lead on from `/old.png`: hosts serve it as `image/png`, and no page
        content/new.md:3:27: error[redirect-broken]: nothing can lead on from `/index.xml`: hosts serve it as `application/xml`, and no page
        site.yaml:5:3: error[redirect-broken]: nothing can lead on from `/x.css`: hosts serve it as `text/css`, and no page
        site.yaml:6:3: error[redirect-broken]: nothing can lead on from `/y.json`: hosts serve it as `application/json`, and no page"#]].assert_eq(&found.join("\n"));
    project.write("site.yaml", project.read("site.yaml").replace("  /x.css: /new/\n  /y.json: /new/\n", ""));
    project.write("content/new.md", "---\ntitle: New\nredirect_from: /was/\n---\nx\n");
    project.runs(&["build"]);
    assert!(project.path("public/docs/v1.2/index.html").exists() && project.path("public/dir.d/index.html").exists());
    assert!(!project.path("public/away.pdf").exists());
}

/// The suggestions of a report: what stands between the first back-ticks of `write it as`.
fn suggestions(told: &str) -> Vec<String> {
    let all = told.lines().filter_map(|line| line.split_once("write it as `")).map(|(_, rest)| rest);
    all.map(|rest| rest.split('`').next().unwrap_or_default().to_string()).collect()
}

#[test]
fn each_way_out_of_a_wrong_address_ends_the_error() {
    const PIECES: [&str; 25] = [
        "/",
        "//",
        "a",
        "B c",
        "ü",
        "..",
        ".",
        "?q=1",
        "#x",
        "%20",
        "%",
        "\\",
        ":",
        "https://",
        "http:/",
        "example.org",
        "*",
        "<",
        "\t",
        "|",
        ".html",
        ".limber",
        "www.example.org/",
        "@",
        "\u{301}",
    ];
    let mut random = Random(number("ADDRESS_SEED", 7));
    let told_of = |yaml: &str, code: &str| {
        let source = Source::new("site.yaml", yaml);
        let found = declare(&source, None, &[]).1;
        let found =
            found.into_iter().filter(|problem| problem.code.name() == code || problem.code.name() == "url-invalid");
        found.map(|problem| problem.help.join("\n")).collect::<Vec<_>>()
    };
    let quoted = |text: &str| serde_json::to_string(text).expect("a text can be written");
    for _ in 0..number("ADDRESS_CASES", 150) {
        let typed: String = (0..1 + random.below(5)).map(|_| PIECES[random.below(PIECES.len())]).collect();
        // Where an address may stand, with the sort of report that a wrong one has there.
        for (key, code) in [
            ("base_url: @", "url-invalid"),
            ("gone: [@]", "site-invalid"),
            ("redirects: {@: /}", "url-invalid"),
            ("redirects: {/old/: @}", "site-invalid"),
            ("pages: {a_z: {url: @}}", "url-invalid"),
            ("kinds: {plant: {index: {url: @}}}", "url-invalid"),
            ("static: {pictures: @}", "site-invalid"),
            ("links: {outside: [@]}", "site-invalid"),
            ("links: {repository: @}", "site-invalid"),
            ("publish: {live: {folder: /var/www, base_url: @}}", "url-invalid"),
        ] {
            let yaml = |address: &str| format!("title: T\n{}\n", key.replace('@', &quoted(address)));
            for help in told_of(&yaml(&typed), code) {
                assert!(!help.is_empty(), "{key} {typed:?}");
                for meant in suggestions(&help) {
                    let left = told_of(&yaml(&meant), code);
                    assert!(left.is_empty(), "{key} {typed:?}: `{meant}` is no way out: {left:?}");
                }
            }
        }
    }
}

#[test]
fn each_way_out_of_a_wrong_old_address_of_an_entry_ends_the_error() {
    for typed in [
        "old",
        "old/",
        "//old//",
        "/a b/",
        "/a?b",
        "/a#b",
        "?",
        "/../x/",
        "C:\\x",
        "https://t.example/old/",
        "/.limber/",
        "\\a\\b",
        "/old%20one/",
    ] {
        let told_of = |address: &str| {
            let drawn = site(&format!(
                "//- site.yaml\ntitle: T\n//- content/new.md\n---\ntitle: New\nredirect_from: [{}]\n---\n",
                serde_json::to_string(address).unwrap()
            ));
            drawn.problems()
        };
        let told = told_of(typed);
        assert!(told.contains("help: "), "{typed}: {told}");
        for meant in suggestions(&told) {
            assert!(!told_of(&meant).contains("error"), "{typed}: `{meant}` is no way out: {}", told_of(&meant));
        }
    }
}
