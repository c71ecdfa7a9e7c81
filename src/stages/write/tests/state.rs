//! What is remembered, where it lies, and what becomes of folders that were live.

use super::*;

#[test]
fn nothing_lies_beside_the_output_and_only_the_marker_in_it() {
    let lab = Lab::new();
    let out = lab.root.join("web/site");
    for text in ["1", "2"] {
        let staging = Staging::open(&lab.root.join("project"), &out, &[], WriteOptions::default()).unwrap();
        build(staging, &[("index.html", text)]).unwrap();
    }
    let names: Vec<_> = tree(&lab.root.join("web")).into_keys().collect();
    assert_eq!(names, ["site/", "site/.limber", "site/index.html"]);
    assert_eq!(fs::read_to_string(lab.root.join("project/.limber/.gitignore")).unwrap(), "*\n");
}

#[test]
fn a_folder_that_was_live_stays_whole_for_the_next_four_builds_and_then_goes() {
    let lab = Lab::new();
    let site = |round: &str| [("index.html", round.to_string()), ("same.html", "same".to_string())];
    let build = |round: &str| {
        let site = site(round);
        lab.build(&site.iter().map(|(path, text)| (*path, text.as_str())).collect::<Vec<_>>()).unwrap();
    };
    build("0");
    // Whoever is in the folder stays in it.
    let held = fs::File::open(lab.out()).unwrap();
    let seen = || {
        let at = format!("/proc/self/fd/{}/", std::os::fd::AsRawFd::as_raw_fd(&held));
        fs::read_to_string(at + "index.html")
    };
    if seen().is_err() {
        skip("needs /proc to look into a folder that is held open");
        return;
    }
    let whole = tree(&lab.out());
    for round in ["1", "2", "3", "4", "5"] {
        build(round);
        assert_eq!(seen().unwrap(), "0", "after build {round}");
        assert_eq!(tree(&lab.old()[0]), whole, "nobody works in a folder that was live");
    }
    build("6");
    assert!(seen().is_err());
    assert_eq!(lab.old().len(), 5);
    assert_eq!(fs::metadata(lab.path("same.html")).unwrap().nlink(), 6, "what is the same takes no room");
}

#[test]
fn what_others_put_into_a_folder_that_was_live_is_not_lost_with_it() {
    let lab = Lab::new();
    for round in 0..3 {
        lab.build(&[("index.html", &round.to_string())]).unwrap();
    }
    fs::write(lab.old()[0].join("notes.txt"), "by a shell that stood there").unwrap();
    for round in 3..9 {
        lab.build(&[("index.html", &round.to_string())]).unwrap();
    }
    lab.assert_files(&[("index.html", "8"), ("notes.txt", "by a shell that stood there")]);
}

#[test]
fn the_state_of_an_earlier_version_beside_the_output_is_taken_over_and_removed() {
    let lab = Lab::new();
    lab.build(&[("gone.html", "gone"), ("index.html", "1")]).unwrap();
    lab.add("CNAME", "example.org");
    // As it was left by that version.
    let beside = lab.root.join(".public.limber");
    let record = fs::read(lab.state().join("live.manifest")).unwrap();
    let id = fs::read_to_string(lab.path(MARKER)).unwrap().lines().nth(1).unwrap().to_string();
    fs::remove_dir_all(lab.root.join(".limber")).unwrap();
    fs::create_dir_all(beside.join("spare")).unwrap();
    fs::create_dir_all(beside.join("parsed")).unwrap();
    fs::create_dir_all(beside.join("rescued")).unwrap();
    for (name, bytes) in [
        ("lock", &b""[..]),
        ("spare/index.html", b"0"),
        ("parsed/00", b"a draft"),
        ("rescued/theirs", b"theirs"),
        (&format!("{id}.manifest"), &record),
        (&format!("{id}.inputs"), b"-"),
    ] {
        fs::write(beside.join(name), bytes).unwrap();
    }
    let summary = lab.build(&[("index.html", "2")]).unwrap();
    assert_eq!((summary.written, summary.removed, summary.unknown), (1, 1, 0), "its record is known");
    lab.assert_files(&[("CNAME", "example.org"), ("index.html", "2")]);
    assert!(!beside.exists());
    assert_eq!(fs::read_to_string(lab.state().join("rescued/theirs")).unwrap(), "theirs");
    assert_eq!(fs::read_to_string(lab.old()[0].join("index.html")).unwrap(), "0", "somebody may still be in it");
}

#[test]
fn a_hidden_folder_beside_the_output_that_is_something_else_stays() {
    let lab = Lab::new();
    fs::create_dir(lab.root.join(".public.limber")).unwrap();
    fs::write(lab.root.join(".public.limber/notes"), "mine").unwrap();
    lab.build(&[("index.html", "1")]).unwrap();
    assert_eq!(fs::read_to_string(lab.root.join(".public.limber/notes")).unwrap(), "mine");
}

#[test]
fn a_project_that_was_copied_goes_on_with_its_record() {
    let lab = Lab::new();
    lab.build(&[("gone.html", "gone"), ("index.html", "1")]).unwrap();
    let copy = Lab::new();
    let copied = std::process::Command::new("cp").arg("-r").arg(lab.root.join(".")).arg(&copy.root).status().unwrap();
    assert!(copied.success());
    let summary = copy.build(&[("index.html", "1")]).unwrap();
    assert_eq!((summary.removed, summary.unknown), (1, 0));
    copy.assert_files(&[("index.html", "1")]);
}

#[test]
fn whoever_asks_waits_for_the_build_before() {
    let lab = Lab::new();
    let first = lab.open().unwrap();
    std::thread::scope(|scope| {
        let second = scope
            .spawn(|| lab.build_with(&[("index.html", "2")], WriteOptions { wait: true, ..WriteOptions::default() }));
        std::thread::sleep(std::time::Duration::from_millis(50));
        assert!(!second.is_finished());
        build(first, &[("index.html", "1")]).unwrap();
        second.join().unwrap().unwrap();
    });
    lab.assert_files(&[("index.html", "2")]);
}
