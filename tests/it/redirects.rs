//! `redirects` of site.yaml: addresses that lead on to what did not have them.

use expect_test::expect;

use crate::harness::Project;

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
