//! Files of others are never touched.

use std::os::unix::fs::symlink;
use std::time::Duration;

use super::*;

#[test]
fn a_folder_that_limber_did_not_write_is_refused() {
    let lab = Lab::new();
    lab.add("thesis.doc", "years of work");
    let before = tree(&lab.root);
    let error = lab.build(&[("index.html", "home")]).unwrap_err();
    assert!(error.message.contains(lab.out().to_str().unwrap()), "{error}");
    assert!(error.help.unwrap().contains("`--adopt`"));
    assert_eq!(tree(&lab.root), before);
}

#[test]
fn an_empty_folder_is_taken_with_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let lab = Lab::new();
    fs::create_dir(lab.out()).unwrap();
    fs::set_permissions(lab.out(), fs::Permissions::from_mode(0o750)).unwrap();
    for text in ["1", "2"] {
        lab.build(&[("index.html", text)]).unwrap();
        assert_eq!(fs::metadata(lab.out()).unwrap().mode() & 0o7777, 0o750);
    }
}

#[test]
fn a_lost_or_damaged_record_costs_time_and_nothing_else() {
    let lab = Lab::new();
    fn site(text: &str) -> [(&str, &str); 2] {
        [("corm/index.html", "corm"), ("index.html", text)]
    }
    lab.build(&site("home")).unwrap();
    lab.add("CNAME", "example.org");
    let corm = lab.tree()["corm/index.html"].clone();
    let record = lab.state().join("live.manifest");
    let bytes = fs::read(&record).unwrap();
    for (round, damage) in [&bytes[..bytes.len() - 3], b"", b"limber 1 \0\0\0"].into_iter().enumerate() {
        fs::write(&record, damage).unwrap();
        let text = format!("new {round}");
        let summary = lab.build(&site(&text)).unwrap();
        assert_eq!((summary.written, summary.unchanged, summary.unknown), (1, 1, 1));
        lab.assert_files(&[("CNAME", "example.org"), ("corm/index.html", "corm"), ("index.html", &text)]);
        assert_eq!(lab.tree()["corm/index.html"], corm, "what is the same stays as it is");
    }
    for wishes in [WriteOptions::default(), IN_PLACE] {
        fs::remove_file(&record).unwrap();
        fs::create_dir_all(record.join("a folder")).unwrap();
        lab.build_with(&site(if wishes.in_place { "one" } else { "two" }), wishes).unwrap();
        assert!(record.is_file());
    }
    fs::remove_dir_all(lab.root.join(".limber")).unwrap();
    lab.build(&site("newer")).unwrap();
    assert_eq!(lab.build(&site("newer")).unwrap().unchanged, 2);
    // Of what an unknown build wrote and this one did not, it is unknown whose it is.
    fs::remove_dir_all(lab.root.join(".limber")).unwrap();
    assert_eq!(lab.build(&site("newest")[1..]).unwrap().unknown, 2);
    assert!(lab.path("corm/index.html").exists());
}

#[test]
fn a_folder_of_others_is_taken_by_those_who_say_so_and_their_files_stay() {
    for wishes in [ADOPT, WriteOptions { in_place: true, ..ADOPT }] {
        let lab = Lab::new();
        lab.add("thesis.doc", "years of work");
        lab.add("index.html", "theirs");
        lab.add("same.html", "same");
        lab.add("folder.html/inside", "theirs");
        let same = lab.tree()["same.html"].clone();
        let site: &[_] = &[("index.html", "ours"), ("same.html", "same")];
        let error = lab.build_with(&[("folder.html", "ours")], wishes).unwrap_err();
        assert!(error.message.contains("was not written by limber"), "{error}");
        let summary = lab.build_with(site, wishes).unwrap();
        assert_eq!((summary.written, summary.unchanged, summary.unknown), (1, 1, 2));
        let theirs: &[_] = &[("folder.html/inside", "theirs"), ("thesis.doc", "years of work")];
        lab.assert_files(&[site, theirs].concat());
        assert_eq!(lab.tree()["same.html"], same);
        lab.build(&site[..1]).unwrap();
        lab.assert_files(&[&site[..1], theirs].concat());
    }
}

#[test]
fn files_that_only_keep_a_folder_there_are_in_nobodys_way() {
    for name in [".gitkeep", ".gitignore", "lost+found/x", ".DS_Store"] {
        let lab = Lab::new();
        lab.add(name, "");
        lab.build(&[("index.html", "home")]).unwrap();
        lab.assert_files(&[(name, ""), ("index.html", "home")]);
    }
}

#[test]
fn what_others_add_survives_every_rebuild() {
    let lab = Lab::new();
    let site = |text| [("index.html", text), ("corm/index.html", "corm")];
    lab.build(&site("0")).unwrap();
    lab.add("CNAME", "example.org");
    lab.add("corm/notes.txt", "mine");
    lab.add(".git/objects/aa/bb", "blob");
    fs::create_dir(lab.path("empty")).unwrap();
    symlink("/etc/hosts", lab.path("link")).unwrap();
    symlink("/nowhere", lab.path("corm/dangling")).unwrap();
    let mine = |lab: &Lab| {
        let mut tree = lab.tree();
        tree.retain(|path, _| !path.ends_with("index.html") && path != "corm/");
        // A folder cannot have two names, so its inode is the one thing that changes.
        tree.iter_mut().filter(|(path, _)| path.ends_with('/')).for_each(|(_, file)| file.2 = 0);
        tree
    };
    let before = mine(&lab);
    assert_eq!(before.len(), 9);
    for text in ["1", "2", "3"] {
        lab.build(&site(text)).unwrap();
        assert_eq!(mine(&lab), before);
    }
    lab.build(&[("index.html", "4")]).unwrap();
    assert_eq!(mine(&lab), before, "although the folder of `corm/notes.txt` is ours no more");
    fs::remove_file(lab.path("CNAME")).unwrap();
    fs::remove_dir_all(lab.path(".git")).unwrap();
    fs::remove_file(lab.path("link")).unwrap();
    for text in ["5", "6", "7"] {
        lab.build(&site(text)).unwrap();
        let left: Vec<String> = mine(&lab).into_keys().collect();
        assert_eq!(left, ["corm/dangling", "corm/notes.txt", "empty/"], "what they removed stays away");
    }
}

#[test]
fn what_stands_where_a_page_must_go_is_an_error_and_stays() {
    let lab = Lab::new();
    lab.build(&[("index.html", "home"), ("arch/index.html", "arch")]).unwrap();
    lab.add("corm", "mine");
    lab.add("arch/notes/mine.txt", "mine");
    fs::create_dir(lab.path("folder.html")).unwrap();
    fs::create_dir(lab.root.join("elsewhere")).unwrap();
    symlink(lab.root.join("elsewhere"), lab.path("link")).unwrap();
    let before = lab.tree();
    for path in ["corm", "corm/index.html", "folder.html", "arch/notes", "arch", "link", "link/index.html"] {
        let error = lab.build(&[("index.html", "new"), (path, "page")]).unwrap_err();
        assert!(error.message.contains("was not written by limber"), "{path}: {error}");
        assert_eq!(lab.tree(), before);
    }
    assert_eq!(fs::read_dir(lab.root.join("elsewhere")).unwrap().count(), 0);
    lab.build(&[("index.html", "new"), ("arch/notes/index.html", "ours beside theirs")]).unwrap();
}

#[test]
fn our_folder_replaced_by_a_link_is_never_written_through() {
    let lab = Lab::new();
    let site: &[_] = &[("index.html", "home"), ("corm/a", "1"), ("corm/b", "2")];
    lab.build(&site[..1]).unwrap();
    lab.build(site).unwrap();
    let elsewhere = lab.root.join("elsewhere");
    fs::rename(lab.path("corm"), &elsewhere).unwrap();
    symlink(&elsewhere, lab.path("corm")).unwrap();
    let theirs = tree(&elsewhere);
    assert_eq!(lab.open().unwrap().key_of("corm/a"), None);
    assert!(lab.build(site).is_err());
    for text in ["1", "2", "3"] {
        lab.build(&[("index.html", text)]).unwrap();
        assert_eq!(tree(&elsewhere), theirs);
        assert!(lab.path("corm").is_symlink());
    }
    fs::remove_file(lab.path("corm")).unwrap();
    lab.build(site).unwrap();
    lab.assert_files(site);
    assert_eq!(tree(&elsewhere), theirs);
}

#[test]
fn the_output_folder_must_not_be_a_link_or_a_file() {
    let lab = Lab::new();
    fs::create_dir(lab.root.join("elsewhere")).unwrap();
    symlink(lab.root.join("elsewhere"), lab.out()).unwrap();
    for out in [lab.out(), lab.root.join("public/"), lab.root.join("public/.")] {
        let error = Staging::open(&lab.root, &out, &[], WriteOptions::default()).err().unwrap();
        assert!(error.message.ends_with("is a symbolic link"), "{error}");
    }
    fs::write(lab.root.join("file"), "").unwrap();
    assert!(Staging::open(&lab.root, &lab.root.join("file"), &[], WriteOptions::default()).is_err());
    assert!(Staging::open(&lab.root, Path::new("/"), &[], WriteOptions::default()).is_err());
    assert_eq!(fs::read_dir(lab.root.join("elsewhere")).unwrap().count(), 0);
}

#[test]
fn an_output_replaced_by_a_link_after_a_build_is_refused() {
    let lab = Lab::new();
    lab.build(&[("index.html", "home")]).unwrap();
    fs::rename(lab.out(), lab.root.join("moved")).unwrap();
    symlink(lab.root.join("moved"), lab.out()).unwrap();
    let before = tree(&lab.root.join("moved"));
    assert!(lab.build(&[("index.html", "new")]).is_err());
    assert_eq!(tree(&lab.root.join("moved")), before);
}

#[test]
fn the_output_must_not_meet_the_sources() {
    let lab = Lab::new();
    let project = lab.root.join("project");
    fs::create_dir_all(project.join("content/deep")).unwrap();
    fs::write(project.join("site.yaml"), "").unwrap();
    symlink(project.join("content"), lab.root.join("alias")).unwrap();
    let sources = [project.join("content"), project.join("templates"), project.join("site.yaml")];
    let refused = [
        "project",
        ".",
        "project/content",
        "project/content/deep/new",
        "alias/new",
        "project/templates/x",
        "project/x/../content",
        "project/.limber",
        "project/.limber/x",
    ];
    for out in refused {
        let error = Staging::open(&project, &lab.root.join(out), &sources, WriteOptions::default())
            .err()
            .unwrap_or_else(|| panic!("{out}"));
        let why = if out.contains(".limber") { "where limber keeps" } else { "which the site is made from" };
        assert!(error.message.contains(why), "{error}");
    }
    for out in ["project/public", "project/content-2", "elsewhere/deep/public"] {
        let staging = Staging::open(&project, &lab.root.join(out), &sources, WriteOptions::default()).unwrap();
        build(staging, &[("index.html", "home")]).unwrap();
    }
}

#[test]
fn only_paths_of_a_site_are_written() {
    let lab = Lab::new();
    let staging = lab.open().unwrap();
    for path in
        ["", "/etc/passwd", "../x", "a/../../x", "a/..", "./a", "a//b", "a/", "a\0b", "a\\b", ".limber", ".limber/x"]
    {
        assert!(staging.put(path, Hash::of(b""), b"").is_err(), "{path:?}");
        assert!(staging.put_file(path, Hash::of(b""), Path::new("/dev/null")).is_err(), "{path:?}");
        assert!(!staging.keep(path) && staging.key_of(path).is_none());
    }
    assert_eq!(fs::read_dir(&lab.root).unwrap().count(), 1, "only the state");
    staging.put("..a/.b/c..", Hash::of(b""), b"fine").unwrap();
    staging.commit(None).unwrap();
}

#[test]
fn a_file_added_in_the_very_last_moment_is_given_back() {
    added_in_the_last_moment(Duration::ZERO);
    // Nobody looks again into folders that are old, unless their time says that something came.
    added_in_the_last_moment(Duration::from_secs(100));
}

fn added_in_the_last_moment(age: Duration) {
    let lab = Lab::new();
    lab.build(&[("index.html", "1"), ("corm/index.html", "1"), ("leaf/index.html", "1")]).unwrap();
    lab.add("theirs/deep/a", "early");
    for folder in ["theirs/deep", "theirs", "leaf", "corm", ""] {
        let before = fs::metadata(&lab.root).unwrap().modified().unwrap() - age;
        fs::File::open(lab.path(folder)).unwrap().set_modified(before).unwrap();
    }
    let staging = lab.open().unwrap();
    assert!(staging.keep("leaf/index.html"));
    staging.put("index.html", Hash::of(b"2"), b"2").unwrap();
    assert!(staging.keep("corm/index.html"));
    staging.put("late.html", Hash::of(b"3"), b"ours").unwrap();
    lab.add("CNAME", "late");
    lab.add("corm/folder/a", "late");
    lab.add("late.html", "theirs");
    lab.add("theirs/deep/b", "late");
    staging.commit(None).unwrap();
    let site: &[_] = &[("index.html", "2"), ("corm/index.html", "1"), ("late.html", "ours"), ("leaf/index.html", "1")];
    let theirs: &[_] =
        &[("CNAME", "late"), ("corm/folder/a", "late"), ("theirs/deep/a", "early"), ("theirs/deep/b", "late")];
    lab.assert_files(&[site, theirs].concat());
    assert_eq!(fs::read_to_string(lab.state().join("rescued/late.html")).unwrap(), "theirs");
    lab.build(&site[..1]).unwrap();
    lab.assert_files(&[&site[..1], theirs].concat());
}

#[test]
fn a_link_that_stands_in_an_old_folder_for_one_of_ours_is_not_followed_when_it_goes() {
    let lab = Lab::new();
    let elsewhere = lab.root.join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("index.html"), "precious").unwrap();
    for round in 0..2 {
        lab.build(&[("index.html", &round.to_string()), ("corm/index.html", "1")]).unwrap();
    }
    let old = lab.old()[0].join("corm");
    fs::remove_dir_all(&old).unwrap();
    symlink(&elsewhere, &old).unwrap();
    for round in 2..9 {
        lab.build(&[("index.html", &round.to_string()), ("corm/index.html", "1")]).unwrap();
    }
    assert_eq!(fs::read_to_string(elsewhere.join("index.html")).unwrap(), "precious");
    lab.assert_files(&[("corm/index.html", "1"), ("index.html", "8")]);
}
