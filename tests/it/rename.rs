//! `limber rename`: every use of a name gets the new one, in the form in which it was written, and no other byte changes.

use std::collections::BTreeMap;

use expect_test::expect;

use crate::harness::Project;

const SITE: &str = r#"//- site.yaml
title: Site
base_url: https://example.org/docs/
markdown: {wikilinks: true}
kinds:
  note: {plural: notes, url: "/notes/{slug}/", index: {title: Notes}, fields: {more: {type: url}, text: {type: markdown}}}
  word: {plural: words, url: "/words/#{slug}"}
relations:
  - {one: note.see, symmetric: true, labels: [See], fields: {why: {type: text}}}
  - {one: note.words, other: word.notes, labels: [Words, Notes]}
blocks: {list: {fields: {entry: {type: entry}}}, words: {}}
checks: {advice: off}
params: {start: notes/old-note, first: /notes/old-note/#part}
pages: {a_z: false, search: false}
//- templates/blocks/list.html
<p>list</p>
//- templates/blocks/words.html
<p>words</p>
//- templates/blocks/free.html
<p>free</p>
//- content/notes/old-note.md
---
title: The old one
# a remark that stays
see: [other]
---
## Part

[Here](#part), [myself](old-note.md#part).
//- content/notes/other.md
---
title: "Other"
see:
  - {to: old-note, why: "old-note is a word here"}
words: [term]
more: /notes/old-note/#part
text: "see [it](old-note.md)"
---
[a](old-note.md), [b](<old-note.md#part> "old-note"), [c][def], [[old-note]], [[notes/old-note|the old-note]],
[[The old one]], [d](/notes/old-note/), [e](https://example.org/docs/notes/old-note/#part), `old-note.md`.

| a | b |
|---|---|
| [[old-note\|words]] | [[old-note#Part]] |

```list
entry: notes/old-note
```

```free
what: notes/old-note#part
```

[def]: ./old-note.md#part "title"
//- content/words.yaml
# words
term: {title: Term, notes: [old-note]}
//- content/pages/words.md
---
title: Words
---
```words
entries: word
```

[One](/words/#term), [two](#term), [[term]].
"#;

fn bytes(project: &Project) -> BTreeMap<String, Vec<u8>> {
    project.bytes("content").into_iter().chain([("site.yaml".into(), project.read("site.yaml").into())]).collect()
}

#[test]
fn every_use_of_an_entry_gets_the_new_name_and_keeps_its_form() {
    let project = Project::new(SITE);
    let before = project.drawn().problems();
    let ran = project.runs(&["rename", "notes/old-note", "new-note"]);
    expect![[r#"
        content/notes/old-note.md is now content/notes/new-note.md
        changed content/notes/new-note.md: 2 places
        changed content/notes/other.md: 14 places
        changed content/words.yaml: 1 place
        changed site.yaml: 2 places
        /notes/old-note/ leads to the new address
    "#]]
    .assert_eq(&ran.err);
    assert_eq!(project.drawn().problems().replace("new-note", "old-note"), before);
    expect![[r#"
        ---
        title: The old one
        # a remark that stays
        see: [other]
        redirect_from: [/notes/old-note/]
        ---
        ## Part

        [Here](#part), [myself](new-note.md#part).
    "#]]
    .assert_eq(&project.read("content/notes/new-note.md"));
    expect![[r#"
        ---
        title: "Other"
        see:
          - {to: new-note, why: "old-note is a word here"}
        words: [term]
        more: /notes/new-note/#part
        text: "see [it](new-note.md)"
        ---
        [a](new-note.md), [b](<new-note.md#part> "old-note"), [c][def], [[new-note]], [[notes/new-note|the old-note]],
        [[The old one]], [d](/notes/new-note/), [e](https://example.org/docs/notes/new-note/#part), `old-note.md`.

        | a | b |
        |---|---|
        | [[new-note\|words]] | [[new-note#Part]] |

        ```list
        entry: notes/new-note
        ```

        ```free
        what: notes/new-note#part
        ```

        [def]: ./new-note.md#part "title"
    "#]]
    .assert_eq(&project.read("content/notes/other.md"));
    assert!(project.read("site.yaml").contains("params: {start: notes/new-note, first: /notes/new-note/#part}"));
    assert!(!project.path(".limber").exists(), "the journal is gone");
}

#[test]
fn there_and_back_leaves_every_byte_but_one_redirect() {
    for (ends, mark) in [("\n", ""), ("\r\n", "\u{feff}")] {
        for (there, back, names) in [
            ("notes/old-note", "notes/new-one", ["new-one", "old-note"]),
            ("notes/other", "notes/New Other", ["New Other", "other"]),
            ("words/term", "words/idea", ["idea", "term"]),
            ("notes/old-note#part", "notes/old-note#piece", ["piece", "part"]),
            ("notes/old-note#part", "notes/old-note#the-second-part", ["The second Part", "Part"]),
        ] {
            let project = Project::new(SITE);
            for path in project.bytes("content").into_keys().map(|path| format!("content/{path}")) {
                let text = project.read(&path);
                project.write(&path, format!("{mark}{}", text.replace('\n', ends)));
            }
            let before = bytes(&project);
            project.runs(&["rename", there, names[0]]);
            assert_ne!(bytes(&project), before, "{there}");
            project.runs(&["rename", &back.replace("New Other", "new-other"), names[1]]);
            let mut after = bytes(&project);
            let mut redirects = 0;
            for text in after.values_mut() {
                let new = String::from_utf8_lossy(text).into_owned();
                let is_redirect = |line: &&str| line.starts_with("redirect_from: [/notes/new-");
                redirects += new.lines().filter(is_redirect).count();
                *text = new.split_inclusive('\n').filter(|line| !is_redirect(line)).collect::<String>().into_bytes();
            }
            assert_eq!(redirects, usize::from(there.starts_with("notes/") && !there.contains('#')), "{there}");
            // An id that was written down stays written down.
            let bare = |all: &BTreeMap<String, Vec<u8>>| -> Vec<(String, String)> {
                all.iter()
                    .map(|(path, text)| (path.clone(), String::from_utf8_lossy(text).replace(" {#part}", "")))
                    .collect()
            };
            assert_eq!(bare(&after), bare(&before), "{there}");
        }
    }
}

#[test]
fn the_words_of_a_heading_and_every_link_to_it_change() {
    let project = Project::new(SITE);
    project.runs(&["rename", "content/notes/old-note.md#part", "A longer Part"]);
    assert!(
        project
            .read("content/notes/old-note.md")
            .ends_with("## A longer Part\n\n[Here](#a-longer-part), [myself](old-note.md#a-longer-part).\n")
    );
    let other = project.read("content/notes/other.md");
    for part in [
        "more: /notes/old-note/#a-longer-part",
        "<old-note.md#a-longer-part>",
        "[[old-note#A longer Part]]",
        "./old-note.md#a-longer-part \"title\"",
        "what: notes/old-note#a-longer-part",
    ] {
        assert!(other.contains(part), "{part} in {other}");
    }
    project.runs(&["rename", "notes/old-note#a-longer-part", "short"]);
    assert!(project.read("content/notes/old-note.md").contains("## A longer Part {#short}\n\n[Here](#short)"));
}

#[test]
fn a_heading_that_ends_with_a_number_sign_is_renamed_as_a_whole() {
    let project = Project::new(
        "//- site.yaml\ntitle: Site\nkinds: {note: {}}\n//- content/notes/a.md\n---\ntitle: A\n---\n## In C#\n\n[Here](#in-c).\n\n## In C# ##\n",
    );
    project.runs(&["rename", "notes/a#in-c", "In F#"]);
    let text = project.read("content/notes/a.md");
    assert!(text.contains("## In F#\n\n[Here](#in-f).\n\n## In C# ##\n"), "{text}");
}

#[test]
fn a_work_gets_another_key_in_the_bibliography_and_in_every_citation() {
    let site = "//- site.yaml
title: Site
kinds: {note: {plural: notes, fields: {sources: {type: citations}}}}
checks: {advice: off}
//- content/sources.yaml
# works
davis2020: {type: article, title: One, author: 'Davis, A', date: 2020}
davis2020b: {type: article, title: Two, author: 'Davis, B', date: 2020}
//- content/notes/a.md
---
title: A
sources: [davis2020b, davis2020]
---
See [@davis2020; @davis2020b] and [@davis2020, p. 3]. Not `@davis2020`.
";
    let project = Project::new(site);
    project.runs(&["rename", "@davis2020", "davis2021"]);
    expect![[r#"
        ---
        title: A
        sources: [davis2020b, davis2021]
        ---
        See [@davis2021; @davis2020b] and [@davis2021, p. 3]. Not `@davis2020`.
    "#]]
    .assert_eq(&project.read("content/notes/a.md"));
    assert!(project.read("content/sources.yaml").starts_with("# works\ndavis2021: {"));
    project.runs(&["rename", "@davis2021", "davis2020"]);
    let mut fresh = crate::harness::plain(site);
    assert_eq!(project.read("content/notes/a.md"), fresh.remove("content/notes/a.md").unwrap());
    assert_eq!(project.run(&["rename", "@davis2020", "davis2020b"]).code, Some(1));
}

#[test]
fn the_old_address_is_noted_in_the_form_of_the_file() {
    let project = Project::new(
        "//- site.yaml
title: Site
kinds: {note: {plural: notes, url: '/notes/{slug}/'}}
checks: {advice: off}
//- content/notes/listed.md
---
title: A
redirect_from:
  - /one/
  - \"/two/\"
---
//- content/notes/flow.md
---
redirect_from: [ /three/, /four/ ]
title: B
---
//- content/notes/toml.md
+++
title = \"C\"
+++
Text
//- content/notes/bare.md
# D
//- content/notes/folder/index.md
---
title: E
---
![](p.svg)
//- content/notes/folder/p.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>
//- content/notes.yaml
block:
  title: F
flow-item: {title: G}
",
    );
    for name in ["listed", "flow", "toml", "bare", "folder", "block", "flow-item"] {
        project.runs(&["rename", &format!("notes/{name}"), &format!("new-{name}")]);
    }
    let all = ["listed", "flow", "toml", "bare", "folder/index"].map(|name| {
        let (name, rest) = name.split_once('/').map_or((name, ""), |(name, _)| (name, "/index"));
        project.read(&format!("content/notes/new-{name}{rest}.md"))
    });
    expect![[r#"
        ---
        title: A
        redirect_from:
          - /one/
          - "/two/"
          - /notes/listed/
        ---
        ---
        redirect_from: [ /three/, /four/, /notes/flow/ ]
        title: B
        ---
        +++
        redirect_from = ["/notes/toml/"]
        title = "C"
        +++
        Text
        ---
        redirect_from: [/notes/bare/]
        ---
        # D
        ---
        title: E
        redirect_from: [/notes/folder/]
        ---
        ![](p.svg)
        new-block:
          redirect_from: [/notes/block/]
          title: F
        new-flow-item: {redirect_from: [/notes/flow-item/], title: G}
    "#]]
    .assert_eq(&[all.concat(), project.read("content/notes.yaml")].concat());
    assert!(project.drawn().problems().is_empty(), "{}", project.drawn().problems());
    assert!(project.path("content/notes/new-folder/p.svg").exists());
}

#[test]
fn what_cannot_be_renamed_is_said_and_nothing_changes() {
    let project = Project::new(&format!(
        "{SITE}//- content/notes/taken.md\n---\ntitle: Taken\n---\nNot yet written: [[later]].\n"
    ));
    let before = bytes(&project);
    let refused = |what: &str, name: &str| {
        let ran = project.run(&["rename", what, name]);
        assert_eq!((ran.code, bytes(&project) == before), (Some(1), true), "{what} {name}");
        ran.err
    };
    let all = [
        refused("notes/old-not", "x"),
        refused("nothing", "x"),
        refused("notes/old-note", "taken"),
        refused("notes/old-note", "Taken!"),
        refused("notes/old-note", "old-note"),
        refused("notes/old-note", "a|b"),
        refused("notes/old-note", "a/b"),
        refused("notes/old-note", "???"),
        refused("notes/old-note", "later"),
        refused("notes/old-note#parts", "x"),
        refused("notes/old-note#part", "!!"),
        refused("@nobody2020", "x"),
    ];
    expect![[r#"
        error: no entry is named `notes/old-not`
          help: did you mean `notes/old-note`?
        error: no entry is named `nothing`
        error: there is an entry `notes/taken` already: `content/notes/taken.md`
        error: there is an entry `notes/taken` already: `content/notes/taken.md`
        error: `notes/old-note` has this name already
        error: `a|b` cannot be the name of an entry: links and file names cannot have all of its signs
        error: `a/b` cannot be the name of an entry: its folders are no part of it, so it has no slash
        error: `???` cannot be the name of an entry: no letter or digit of it can stand in an address
        error: `content/notes/taken.md` would mean something else: no entry is named `later`
          help: mend that place first, or choose another name: the new name is used there already
        error: `notes/old-note` has no heading with the id `parts`
          help: did you mean `part`?
        error: `!!` cannot be the name of a heading: no id can be made of it
        error: no work has the key `nobody2020`
    "#]]
    .assert_eq(&all.concat());
}

#[test]
fn a_broken_link_elsewhere_does_not_stop_it_and_a_dry_run_changes_nothing() {
    let project = Project::new(&format!("{SITE}//- content/notes/broken.md\n---\ntitle: Broken\n---\n[x](gone.md)\n"));
    let before = bytes(&project);
    let ran = project.runs(&["rename", "notes/old-note", "new-note", "--dry-run"]);
    assert_eq!(bytes(&project), before);
    assert!(ran.out.starts_with("rename from content/notes/old-note.md\nrename to content/notes/new-note.md\n--- content/notes/old-note.md\n"), "{}", ran.out);
    assert!(
        ran.out.contains("-words: [term]") == ran.out.contains("+words: [term]"),
        "only lines with the name differ"
    );
    // Nor does a file that cannot be read.
    project.write("content/notes/latin.md", b"---\ntitle: \xe9t\xe9\n---\n");
    project.runs(&["rename", "notes/old-note", "new-note"]);
    assert!(project.path("content/notes/new-note.md").exists());
}

#[test]
fn what_a_kill_cut_short_is_finished_by_the_next_command() {
    let project = Project::new(SITE);
    let text = project.read("content/notes/other.md");
    project.write("content/notes/.other.md.limber-1", text.replace("old-note", "new-note"));
    let journal = r#"{"texts":["content/notes/other.md","content/notes/old-note.md"],"number":1,"moved":["content/notes/old-note.md","content/notes/new-note.md"]}"#;
    project.write(".limber/rename.json", journal);
    project.run(&["check"]);
    assert!(project.path("content/notes/new-note.md").exists() && !project.path("content/notes/old-note.md").exists());
    assert!(project.read("content/notes/other.md").contains("[a](new-note.md)"));
    assert!(!project.path(".limber/rename.json").exists());
}

#[test]
fn a_journal_that_came_with_the_files_of_others_moves_nothing_out_of_the_project_or_into_it() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("key"), "secret").unwrap();
    let project = Project::new(SITE);
    std::os::unix::fs::symlink(outside.path(), project.path("content/notes/link")).unwrap();
    let key = outside.path().join("key");
    let absolute = key.display().to_string();
    for from in ["content/notes/link/key", "../key", &absolute] {
        let journal = format!(r#"{{"texts":[],"number":1,"moved":["{from}","content/notes/key.md"]}}"#);
        project.write(".limber/rename.json", journal);
        project.run(&["check"]);
        assert!(key.exists() && !project.path("content/notes/key.md").exists(), "{from}");
    }
}

#[test]
fn the_home_and_the_contents_of_a_kind_follow_the_file() {
    let project = Project::new(
        "//- site.yaml\ntitle: Site\nhome: Notes/start.md\nkinds:\n  note:\n    plural: notes\n    folder: Notes\n    url: \"/n/{slug}/\"\n    contents:\n      - \"use/index.md\" # first\n      - use/one.md\n      - start.md\nchecks: {advice: off}\n\
         //- Notes/start.md\n# Start\n//- Notes/use/index.md\n# Use\n//- Notes/use/one.md\n# One\n",
    );
    project.runs(&["rename", "notes/use", "handle"]);
    let site = project.read("site.yaml");
    assert!(site.contains("      - \"handle/index.md\" # first\n      - handle/one.md\n      - start.md\n"), "{site}");
    project.runs(&["rename", "notes/start", "begin"]);
    let site = project.read("site.yaml");
    assert!(site.contains("home: Notes/begin.md\n") && site.contains("      - begin.md\n"), "{site}");
    project.runs(&["check"]);
}
