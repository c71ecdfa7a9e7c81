//! The names of published files: what a template names with `asset()`, and what such style sheets name, carries a hash;
//! everything else keeps its name.

use std::collections::BTreeSet;

use expect_test::expect;

use crate::harness::Project;

const SITE: &str = "\
//- site.yaml
title: Shed
base_url: https://shed.example/sub/
checks: {advice: off}
pages: {search: false}
kinds: {tool: {plural: tools, url: '/tools/{slug}/'}}
//- content/index.md
---
title: Home
---
Hello.
";

/// The names of published files below the folders that a site has for them, with `HASH` for pieces of hashes.
fn published(project: &Project) -> Vec<String> {
    let hidden = |name: &String| {
        let parts: Vec<String> = name
            .split('.')
            .map(|part| {
                let is_hash = part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
                if is_hash { "HASH".to_string() } else { part.to_string() }
            })
            .collect();
        parts.join(".")
    };
    let theme: BTreeSet<String> = {
        let bare = Project::bare(SITE);
        bare.runs(&["build"]);
        bare.bytes("public").keys().map(hidden).collect()
    };
    project.bytes("public").keys().map(hidden).filter(|name| !theme.contains(name)).collect()
}

#[test]
fn scripts_that_import_each_other_and_finished_pages_keep_their_names() {
    let project = Project::bare(SITE);
    project.write("static/js/app.js", "import { x } from \"./util.js\";");
    project.write("static/js/util.js", "export const x = 1;");
    project.write("static/sw.js", "self.addEventListener(\"fetch\", () => {});");
    project.write("static/demo/index.html", "<link rel=stylesheet href=style.css><script src=app.js></script>");
    project.write("static/demo/style.css", "p { background: url(nowhere.png) }");
    project.write("static/demo/app.js", "1");
    project.write(
        "content/tools/bulb.md",
        "---\ntitle: Bulb\n---\nSee the [demo](/demo/), or [its file](/demo/index.html).\n",
    );
    project.runs(&["build"]);
    let expected = [
        "demo/app.js",
        "demo/index.html",
        "demo/style.css",
        "js/app.js",
        "js/util.js",
        "sw.js",
        "tools/bulb/index.html",
    ];
    assert_eq!(published(&project), expected);
    assert_eq!(project.read("public/demo/style.css"), "p { background: url(nowhere.png) }");
}

#[test]
fn what_asset_names_carries_a_hash_and_so_does_what_its_style_sheets_name() {
    let project = Project::bare(SITE);
    project.write(
        "templates/entry.html",
        r#"{{ asset(path="css/own.css") }} {{ asset( path = 'app.js' ) }} {{ asset(path="logo.png") }}"#,
    );
    project.write("static/css/own.css", "@import 'deep/more.css';\nb { background: url(\"../img/a b.svg?x#y\") url(#z) }\n@font-face { src: url(/fonts/f.woff2) }");
    project.write("static/css/deep/more.css", "i { background: url( ../../img/c.png ) }");
    for name in
        ["img/a b.svg", "img/c.png", "img/other.png", "fonts/f.woff2", "fonts/other.woff2", "app.js", "logo.png"]
    {
        project.write(&format!("static/{name}"), name);
    }
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nA bulb rolls.\n");
    project.runs(&["build"]);
    let expected = [
        "app.HASH.js",
        "css/deep/more.HASH.css",
        "css/own.HASH.css",
        "fonts/f.HASH.woff2",
        "fonts/other.woff2",
        "img/a b.HASH.svg",
        "img/c.HASH.png",
        "img/other.png",
        "logo.png",
        "tools/bulb/index.html",
    ];
    let names = published(&project);
    assert_eq!(names, expected);
    let files = project.bytes("public");
    let text = |begin: &str| {
        let name = files.keys().find(|name| name.starts_with(begin)).expect("it is published").clone();
        (String::from_utf8(files[&name].clone()).expect("it is text"), name)
    };
    // Every address that was written leads to a file.
    let (own, _) = text("css/own.");
    let addresses = own.split(['"', '\'', '(', ')']).filter(|part| part.contains('.') && !part.contains(' '));
    let led: Vec<String> = addresses
        .map(|address| {
            let path = address.split(['?', '#']).next().expect("there is a first").replace("%20", " ");
            let path = path.strip_prefix("../").map_or_else(|| format!("css/{path}"), str::to_string);
            assert!(files.contains_key(&path), "{address} leads to nothing: {own}");
            path
        })
        .collect();
    assert_eq!(led.len(), 3, "{own}");
    assert!(own.contains("url(#z)") && own.contains("?x#y"), "{own}");
    let page = project.read("public/tools/bulb/index.html");
    let (_, name) = text("css/own.");
    assert!(page.contains(&format!("/sub/{name}")) && page.contains("/sub/logo.png"), "{page}");

    // What is deep down changes all names on the way to it.
    project.write("static/img/c.png", "another picture");
    project.runs(&["build"]);
    let again: BTreeSet<String> = project.bytes("public").into_keys().collect();
    let gone: Vec<&String> = files.keys().filter(|name| !again.contains(*name)).collect();
    assert_eq!(gone.len(), 3, "{gone:?}");
}

#[test]
fn a_file_that_others_mention_stays_under_its_old_name_too() {
    let project = Project::bare(SITE);
    project.write(
        "templates/entry.html",
        r#"{{ asset(path="app.js") }} {{ asset(path="util.js") }} {{ asset(path="own.css") }}"#,
    );
    project.write("static/app.js", "import './util.js';");
    project.write("static/util.js", "1");
    project.write("static/own.css", "p {}");
    project.write("static/sw.js", "cache(['/sub/own.css'])");
    project.runs(&["build"]);
    let expected = ["app.HASH.js", "own.HASH.css", "own.css", "sw.js", "util.HASH.js", "util.js"];
    assert_eq!(published(&project), expected);
}

#[test]
fn style_sheets_that_import_each_other_in_a_circle_have_names() {
    let project = Project::bare(SITE);
    project.write("templates/entry.html", r#"{{ asset(path="a.css") }}"#);
    project.write("static/a.css", "@import 'b.css';");
    project.write("static/b.css", "@import 'a.css'; @import 'b.css';");
    project.runs(&["build"]);
    assert_eq!(published(&project), ["a.HASH.css", "b.HASH.css"]);
}

#[test]
fn hosts_are_told_of_everything_that_carries_a_hash_and_of_nothing_else() {
    let project = Project::bare(SITE);
    project.runs(&["build"]);
    let text = project.read("public/_headers");
    let files = project.bytes("public");
    let rules: Vec<&str> = text.lines().filter(|line| line.starts_with('/')).collect();
    assert!(!rules.is_empty());
    for rule in &rules {
        let name = rule.strip_prefix("/sub/").expect("rules count from the top of the host");
        assert!(files.contains_key(name), "{rule} is no file");
    }
    let hashed = files
        .keys()
        .filter(|name| name.split('.').any(|part| part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit())));
    assert_eq!(hashed.count(), rules.len());
    // Rules of the site come first, and stay as they are.
    project.write("static/_headers", "/*\n  X-Own: yes");
    project.runs(&["build"]);
    let both = project.read("public/_headers");
    assert!(both.starts_with("/*\n  X-Own: yes\n\n") && both.ends_with(&text), "{both}");
}

#[test]
fn rules_that_keep_files_for_ever_whose_names_stay_are_warned_of() {
    let project = Project::bare(SITE);
    project.write("static/type/a.woff2", "a");
    project.write("static/type/b.woff2", "b");
    project.write("static/img/c.png", "c");
    let immutable = "  Cache-Control: public, max-age=31536000, immutable\n";
    project.write(
        "static/_headers",
        format!("/sub/type/*\n{immutable}/sub/img/:name\n{immutable}/sub/img/c.png\n  Cache-Control: no-cache\n/sub/site.*\n{immutable}"),
    );
    let ran = project.run(&["check", "--format", "short"]);
    expect![[r#"
        static/_headers:1:1: warning[headers-immutable]: `/sub/type/a.woff2` and 1 more may be kept for ever by this rule, but the name does not change with the file
    "#]]
    .assert_eq(&ran.out);
}

#[test]
fn a_robots_file_of_ones_own_is_taken() {
    let project = Project::bare(SITE);
    project.write("static/robots.txt", "User-agent: GPTBot\nDisallow: /\n");
    let ran = project.runs(&["build"]);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert_eq!(project.read("public/robots.txt"), "User-agent: GPTBot\nDisallow: /\n");
}
