//! `limber publish`: the plan, what comes before it, and a folder as a place.

use std::fs;
use std::os::unix::fs::symlink;

use expect_test::expect;

use crate::harness::{Project, Ran};
use crate::random::{Random, number};

pub const SITE: &str = r#"//- site.yaml
title: Site
base_url: https://site.example/docs/
publish:
  live: {folder: out}
kinds:
  note: {plural: notes, url: "/notes/{slug}/", index: {title: Notes}}
checks: {advice: off}
pages: {search: false, a_z: false, sitemap: false, robots: false, graph: false, feed: false}
//- content/notes/first.md
---
title: First
---
## Part

[Part](#part), [second](second.md#end).
//- content/notes/second.md
---
title: Second
---
## End
//- content/index.md
---
title: Home
---
Welcome.
"#;

/// Runs `limber publish` without asking how it ended.
fn publish(project: &Project, arguments: &[&str]) -> Ran {
    let all: Vec<&str> = ["publish"].iter().chain(arguments).copied().collect();
    project.run(&all)
}

#[test]
fn the_plan_says_what_is_added_changed_removed_and_kept() {
    let project = Project::new(SITE);
    let first = project.runs(&["publish", "--dry-run"]);
    expect![[r#"
        live: folder out, for https://site.example/docs/
          12 files, 74 KB; the heaviest page is index.html with 2195 bytes
          add        12
                   404.html: new
                   _headers: new
                   favicon.svg: new
                   fonts/title-ext.331a84a4.woff2: new
                   fonts/title.9d4a0f72.woff2: new
                   fonts/title.OFL.txt: new
                   index.html: new
                   notes/first/index.html: new
                   and 4 more
          change      0
          remove      0
          keep        0
    "#]]
    .assert_eq(&first.out);
    assert!(!project.path("out").exists() && !project.path("urls.txt").exists(), "a dry run writes nothing");
    let ran = project.runs(&["publish"]);
    assert_eq!(ran.out, first.out);
    expect![[r#"
        published to folder out
        urls.txt lists 4 addresses: keep it with the site
    "#]]
    .assert_eq(&ran.err);
    expect![[r#"
        # Every address that this site has published: a line each, with a hash of its text and the ids on its page.
        # `limber publish` writes it. Keep it with the site: what is listed here has to lead somewhere for ever.
        base /docs/
        / page
        /notes/ page
        /notes/first/ page #part
        /notes/second/ page #end
    "#]]
    .assert_eq(&project.read("urls.txt"));
    project.write("content/notes/first.md", "---\ntitle: First\n---\n## Part\n\nMore.\n");
    project.remove("content/notes/second.md");
    project.write("content/notes/third.md", "---\ntitle: Third\nredirect_from: [/notes/second/]\n---\n## End\n");
    let second = project.runs(&["publish"]);
    expect![[r#"
        live: folder out, for https://site.example/docs/
          13 files, 74 KB; the heaviest page is index.html with 2195 bytes
          add         1
                   notes/third/index.html: new
          change      3
                   notes/first/index.html: other bytes
                   notes/index.html: other bytes
                   notes/second/index.html: other bytes
          remove      0
          keep        9
    "#]]
    .assert_eq(&second.out);
    assert!(project.read("urls.txt").contains("/notes/second/ -> /notes/third/ #end\n"));
}

#[test]
fn a_second_run_writes_nothing() {
    let project = Project::new(SITE);
    project.runs(&["publish"]);
    let before = (project.tree("out"), project.read("urls.txt"));
    let ran = project.runs(&["publish"]);
    assert!(ran.err.contains("nothing has changed"), "{}", ran.err);
    assert_eq!((project.tree("out"), project.read("urls.txt")), before);
}

#[test]
fn what_was_changed_in_the_folder_is_put_right_and_files_of_others_stay() {
    let project = Project::new(SITE);
    project.runs(&["publish"]);
    let good = project.bytes("out");
    project.write("out/index.html", "changed");
    project.write("out/theirs.txt", "theirs");
    let ran = project.runs(&["publish"]);
    assert!(ran.out.contains("index.html: was changed by somebody else"), "{}", ran.out);
    let mut expected = good;
    expected.insert("theirs.txt".into(), b"theirs".to_vec());
    expected.remove(".limber");
    let mut now = project.bytes("out");
    now.remove(".limber");
    assert_eq!(now, expected);
}

#[test]
fn a_project_that_remembers_nothing_publishes_to_a_folder_that_it_wrote() {
    let project = Project::new(SITE);
    project.runs(&["publish"]);
    let before = project.bytes("out");
    fs::remove_dir_all(project.path(".limber")).expect("it is there");
    let ran = project.runs(&["publish"]);
    assert!(ran.err.contains("nothing has changed"), "{}\n{}", ran.out, ran.err);
    assert_eq!(project.bytes("out"), before);
}

#[test]
fn the_plan_is_there_for_programs_too() {
    let project = Project::new(SITE);
    let ran = project.runs(&["publish", "live", "--dry-run", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(json["target"], "live");
    assert_eq!(json["dry_run"], true);
    assert_eq!(json["keep"], 0);
    assert_eq!(json["add"].as_array().map(Vec::len), json["files"].as_u64().map(|files| files as usize));
    assert_eq!(json["add"][0]["reason"], "new");
}

/// Changes a project, and says what both a dry run and a run then say; nothing may be written by either.
#[track_caller]
fn refuses(change: impl Fn(&Project), arguments: &[&str], code: i32) -> String {
    let project = Project::new(SITE);
    project.runs(&["publish", "live"]);
    change(&project);
    let before = (project.tree("out"), project.read("urls.txt"));
    let dry: Vec<&str> = arguments.iter().copied().chain(["--dry-run"]).collect();
    let (dry, ran) = (publish(&project, &dry), publish(&project, arguments));
    assert_eq!((dry.code, &dry.out, &dry.err), (ran.code, &ran.out, &ran.err), "a dry run fails as the run does");
    assert_eq!(ran.code, Some(code), "{}", ran.err);
    assert_eq!((project.tree("out"), project.read("urls.txt")), before, "{}", ran.err);
    // Each project has a folder with a name of its own.
    ran.err.replace(&project.root().display().to_string(), "/project")
}

/// Replaces something in `site.yaml`.
fn declare<'a>(old: &'a str, new: &'a str) -> impl Fn(&Project) + 'a {
    move |project| project.write("site.yaml", project.read("site.yaml").replace(old, new))
}

#[test]
fn each_thing_that_is_wrong_has_its_own_sentence_and_nothing_is_written() {
    let mut all = String::new();
    let mut says = |what: &str, err: String| all.push_str(&format!("-- {what}\n{err}"));
    says(
        "an error of the content",
        refuses(|it| it.write("content/notes/first.md", "[x](gone.md)\n## Part\n"), &[], 1),
    );
    says("an address that is gone", refuses(|it| it.remove("content/notes/second.md"), &[], 1));
    says("the address of nobody", refuses(declare("site.example/docs/", "example.org/docs/"), &[], 1));
    says("no address", refuses(declare("base_url: https://site.example/docs/\n", ""), &[], 1));
    says("no place", refuses(declare("publish:\n  live: {folder: out}\n", ""), &[], 2));
    says("another place", refuses(|_| {}, &["elsewhere"], 2));
    says("several places", refuses(declare("publish:\n", "publish:\n  two: {folder: other}\n"), &[], 2));
    says("two places in one", refuses(declare("{folder: out}", "{folder: out, branch: b}"), &[], 1));
    says("a key too many", refuses(declare("{folder: out}", "{folder: out, prefx: b}"), &[], 1));
    says("a store as a folder", refuses(declare("folder: out", "folder: \"s3:/out\""), &[], 1));
    says("a branch without a name", refuses(declare("folder: out", "branch: \"-f\""), &[], 1));
    says(
        "a link of a template",
        refuses(
            |it| {
                it.write("templates/entry.html", "<main>{{ page.title }}<a href=\"/docs/nowhere/\">x</a> <a href=\"#no\">y</a> <a href=\"../../x.css\">z</a></main>");
            },
            &[],
            1,
        ),
    );
    says(
        "a folder of others",
        refuses(
            |it| {
                it.write("theirs/index.html", "theirs");
                declare("folder: out", "folder: theirs")(it);
            },
            &[],
            2,
        ),
    );
    says(
        "a link as the folder",
        refuses(
            |it| {
                fs::create_dir(it.path("real")).expect("a folder can be made");
                symlink(it.path("real"), it.path("link")).expect("a link can be made");
                declare("folder: out", "folder: link")(it);
            },
            &[],
            2,
        ),
    );
    says("a folder of the content", refuses(declare("folder: out", "folder: content"), &[], 1));
    expect![[r##"
        -- an error of the content
        error[link-broken]: there is no note `gone`
         --> content/notes/first.md:1:5
          |
        1 | [x](gone.md)
          |     ^^^^^^^
          |
          = help: write the entry, or take the link out

        1 error
        nothing was published: the site has errors
        -- an address that is gone
        error[link-broken]: there is no note `second`
         --> content/notes/first.md:6:25
          |
        6 | [Part](#part), [second](second.md#end).
          |                         ^^^^^^^^^
          |
          = help: write the entry, or take the link out

        error[url-vanished]: `/notes/second/` was published, and no page has this address any more
         --> urls.txt:7:1
          |
        7 | /notes/second/ page #end
          | ^^^^^^^^^^^^^^
          |
          = help: write `redirect_from: [/notes/second/]` in the entry that took its place
          = help: or say in site.yaml that it is gone for good: `gone: [/notes/second/]`

        2 errors
        nothing was published: the site has errors
        -- the address of nobody
        error: `base_url` in site.yaml is still `https://example.org/`, with which every site begins
          help: write the address of the site: `base_url: https://www.your-site.net/`
        -- no address
        warning[base-url-missing]: site.yaml does not say where the site will live
         --> site.yaml:2:1
          |
        2 | publish:
          | ^^^^^^^
          |
          = help: write the address of the site: `base_url: https://www.your-site.net/`

        error[base-path-changed]: the site was published below `/docs/`, and now lives below `/`: every address changes
         --> urls.txt:3:6
          |
        3 | base /docs/
          |      ^^^^^^
          |
         ::: site.yaml:1:1
          |
        1 | title: Site
          | ----- where it lives now
          |
          = help: let the host lead everything below `/docs/` on, then write `base /` here

        1 error, 1 warning
        nothing was published: the site has errors
        -- no place
        error: site.yaml does not say where the site is published
          help: add a place to it: `publish: {live: {folder: /var/www/site}}`, `{live: {branch: gh-pages}}` or `{live: {bucket: my-site}}`
        -- another place
        error: site.yaml has no place `elsewhere` under `publish`
          help: known places: live
        -- several places
        error: there are several places where the site can be published
          help: name one: `limber publish two`; known places: two, live
        -- two places in one
        error[site-invalid]: `live` has to be one of a folder, a branch and a bucket
         --> site.yaml:4:3
          |
        4 |   live: {folder: out, branch: b}
          |   ^^^^
          |
          = help: write it as `live: {folder: /var/www/site}`, `live: {branch: gh-pages}` or `live: {bucket: my-site}`

        1 error
        nothing was published: the site has errors
        -- a key too many
        error[site-unknown-key]: site.yaml knows no key `prefx` here
         --> site.yaml:4:23
          |
        4 |   live: {folder: out, prefx: b}
          |                       ^^^^^
          |
          = help: known keys are base_url, compress, folder, branch, bucket, in_place

        1 error
        nothing was published: the site has errors
        -- a store as a folder
        error[site-invalid]: `s3:/out` is no folder
         --> site.yaml:4:18
          |
        4 |   live: {folder: "s3:/out"}
          |                  ^^^^^^^^^
          |
          = help: write it as `/var/www/site`, or `bucket: my-site` for a store

        1 error
        nothing was published: the site has errors
        -- a branch without a name
        error[site-invalid]: `-f` is no name of a branch
         --> site.yaml:4:18
          |
        4 |   live: {branch: "-f"}
          |                  ^^^^
          |
          = help: write it as `gh-pages`

        1 error
        nothing was published: the site has errors
        -- a link of a template
        error[page-link-broken]: no page and no file is at `/docs/nowhere/`
         --> templates/entry.html:1:32
          |
        1 | <main>{{ page.title }}<a href="/docs/nowhere/">x</a> <a href="#no">y</a> <a href="../../x.css">z</a></main>
          |                                ^^^^^^^^^^^^^^
          |
          = help: correct the address; one that another program serves is named in site.yaml: `links: {outside: [/nowhere/]}`
          = help: this happened while drawing `/notes/first/` and 1 other page

        error[page-link-broken]: nothing on the page has the id `no`
         --> templates/entry.html:1:63
          |
        1 | <main>{{ page.title }}<a href="/docs/nowhere/">x</a> <a href="#no">y</a> <a href="../../x.css">z</a></main>
          |                                                               ^^^
          |
          = help: give an element `id="no"`, or correct what stands behind the `#`
          = help: this happened while drawing `/notes/first/` and 1 other page

        error[page-link-broken]: no page and no file is at `../../x.css`
         --> templates/entry.html:1:83
          |
        1 | <main>{{ page.title }}<a href="/docs/nowhere/">x</a> <a href="#no">y</a> <a href="../../x.css">z</a></main>
          |                                                                                   ^^^^^^^^^^^
          |
          = help: correct the address
          = help: this happened while drawing `/notes/first/` and 1 other page

        3 errors
        nothing was published: the site has errors
        -- a folder of others
        error: the output folder `/project/theirs` holds files that limber did not write
          help: choose another output folder, or say `--adopt`: then files of the same name are replaced, and all others stay
        -- a link as the folder
        error: the output folder `./link` is a symbolic link
          help: name the folder it leads to, or remove the link
        -- a folder of the content
        error[site-invalid]: `content` cannot be the place: the site is made from what is in `content`
         --> site.yaml:4:18
          |
        4 |   live: {folder: content}
          |                  ^^^^^^^
          |
          = help: write it as a folder of its own, such as `/var/www/site` or `live` beside site.yaml

        1 error
        nothing was published: the site has errors
    "##]].assert_eq(&all);
}

#[test]
fn a_place_that_would_be_emptied_asks_first() {
    let project = Project::new(SITE);
    for number in 0..30 {
        project.write(&format!("content/notes/n{number}.md"), format!("---\ntitle: N{number}\n---\n"));
    }
    project.runs(&["publish"]);
    let gone: Vec<String> = (0..30).map(|number| format!("/notes/n{number}/")).collect();
    for number in 0..30 {
        project.remove(&format!("content/notes/n{number}.md"));
    }
    // Whoever says that each of them is gone for good keeps a page at each.
    declare("publish:\n", &format!("gone: [{}]\npublish:\n", gone.join(", ")))(&project);
    project.runs(&["publish"]);
    project.write("urls.txt", "base /docs/\n");
    declare(&format!("gone: [{}]\n", gone.join(", ")), "")(&project);
    let ran = publish(&project, &[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("30 of 35 pages would be gone") && ran.err.contains("--allow-removals"), "{}", ran.err);
    assert!(project.path("out/notes/n7/index.html").exists());
    project.runs(&["publish", "--allow-removals"]);
    assert!(!project.path("out/notes/n7/index.html").exists());
}

#[test]
fn another_address_is_no_publication_that_is_remembered() {
    let project = Project::new(SITE);
    declare("{folder: out}", "{folder: out, base_url: \"https://preview.example/x/\"}")(&project);
    let ran = project.runs(&["publish"]);
    assert!(ran.out.contains("for https://preview.example/x/\n"), "{}", ran.out);
    assert!(project.read("out/notes/index.html").contains("/x/notes/first/"));
    assert!(!project.path("urls.txt").exists());
    project.runs(&["publish", "--base-url", "https://deploy-1.example/"]);
    assert!(project.read("out/notes/index.html").contains("\"/notes/first/"));
}

#[test]
fn compressed_forms_lie_beside_their_files_and_go_with_them() {
    let project = Project::new(SITE);
    declare("{folder: out}", "{folder: out, compress: [gz, br]}")(&project);
    let long = "Many words that say the same thing over and over again. ".repeat(60);
    project.write("content/notes/first.md", format!("---\ntitle: First\n---\n## Part\n\n{long}\n"));
    let ran = project.runs(&["publish"]);
    assert!(ran.out.contains("of compressed forms"), "{}", ran.out);
    let files: Vec<String> = project.bytes("out").into_keys().collect();
    let of_first: Vec<_> = files.iter().filter(|path| path.starts_with("notes/first/")).collect();
    assert_eq!(of_first, ["notes/first/index.html", "notes/first/index.html.br", "notes/first/index.html.gz"]);
    assert!(!files.contains(&"notes/second/index.html.gz".to_string()), "below 1 KB nothing is gained");
    let before = project.tree("out");
    assert!(project.runs(&["publish"]).err.contains("nothing has changed"));
    assert_eq!(project.tree("out"), before);
    project.write("content/notes/first.md", "---\ntitle: First\n---\n## Part\n");
    project.runs(&["publish"]);
    assert!(!project.path("out/notes/first/index.html.gz").exists());
}

#[test]
fn a_publication_that_was_cut_short_can_be_done_again() {
    let project = Project::new(SITE);
    project.runs(&["publish"]);
    let whole = project.bytes("out");
    project.write("content/notes/first.md", "---\ntitle: First\n---\n## Part\n\nNew.\n");
    // What a kill leaves: built files that are half there, a staged file, a lock that nobody holds.
    let objects: Vec<_> = fs::read_dir(project.path(".limber/publish")).expect("it is there").flatten().collect();
    for found in &objects {
        if found.file_name() != "lock" {
            fs::write(found.path(), "").expect("it can be written");
        }
    }
    project.runs(&["publish"]);
    let now = project.bytes("out");
    assert!(now["notes/first/index.html"] != whole["notes/first/index.html"]);
    assert_eq!(now["index.html"], whole["index.html"]);
}

/// Two laws: a run does what the dry run before it said, and a second run does nothing.
#[test]
fn a_run_does_what_the_dry_run_said_and_the_next_one_nothing() {
    let seed = number("LAW_SEED", 1);
    let mut random = Random(seed);
    let project = Project::new(SITE);
    for step in 0..number("LAW_CASES", 6) {
        for _ in 0..=random.below(3) {
            let path = format!("content/notes/n{}.md", random.below(4));
            if random.below(3) == 0 && project.path(&path).exists() {
                project.remove(&path);
            } else {
                project.write(&path, format!("---\ntitle: N\n---\n## Part\n\nText {}.\n", random.below(100)));
            }
        }
        // What is lost on the way is no part of these laws.
        let _ = fs::remove_file(project.path("urls.txt"));
        let json = |arguments: &[&str]| -> serde_json::Value {
            let ran = project.runs(&[&["publish", "--format", "json"], arguments].concat());
            let mut json: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
            json["dry_run"] = false.into();
            json
        };
        let before = project.path("out").exists().then(|| project.tree("out"));
        let dry = json(&["--dry-run"]);
        assert_eq!(project.path("out").exists().then(|| project.tree("out")), before, "seed {seed}, step {step}");
        let ran = json(&[]);
        assert_eq!(dry, ran, "seed {seed}, step {step}");
        let written = (project.tree("out"), project.read("urls.txt"));
        let again = json(&[]);
        for sort in ["add", "change", "remove"] {
            assert_eq!(again[sort], serde_json::json!([]), "seed {seed}, step {step}");
        }
        assert_eq!((project.tree("out"), project.read("urls.txt")), written, "seed {seed}, step {step}");
    }
}
