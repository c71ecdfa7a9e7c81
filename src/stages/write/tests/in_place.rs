//! In place: the folder stays, and so does everything that is as it should be.

use std::os::unix::fs::symlink;

use super::*;

fn inode(path: &Path) -> u64 {
    fs::metadata(path).unwrap().ino()
}

#[test]
fn the_folder_itself_and_all_files_that_do_not_differ_stay() {
    let lab = Lab::new();
    let site = |text| [("corm/index.html", "corm"), ("index.html", text)];
    lab.build(&site("0")).unwrap();
    lab.add("CNAME", "example.org");
    let (folder, corm, theirs) =
        (inode(&lab.out()), lab.tree()["corm/index.html"].clone(), lab.tree()["CNAME"].clone());
    for text in ["1", "2", "3"] {
        assert_eq!(lab.build_with(&site(text), IN_PLACE).unwrap().written, 1);
        assert_eq!(inode(&lab.out()), folder);
        assert_eq!((&lab.tree()["corm/index.html"], &lab.tree()["CNAME"]), (&corm, &theirs));
        lab.assert_files(&[("CNAME", "example.org"), ("corm/index.html", "corm"), ("index.html", text)]);
    }
    lab.build_with(&[("index.html", "4")], IN_PLACE).unwrap();
    lab.assert_files(&[("CNAME", "example.org"), ("index.html", "4")]);
    assert!(!lab.path("corm").exists(), "a folder that held only what is gone goes, too");
    lab.build(&site("5")).unwrap();
    lab.build_with(&site("6"), IN_PLACE).unwrap();
    lab.assert_files(&[("CNAME", "example.org"), ("corm/index.html", "corm"), ("index.html", "6")]);
}

#[test]
fn a_file_becomes_a_folder_and_back_in_place() {
    let lab = Lab::new();
    let file: &[_] = &[("a", "file"), ("b", "same")];
    let folder: &[_] = &[("a/b/c", "deep"), ("a/d", "flat"), ("b", "same")];
    lab.build(file).unwrap();
    for site in [folder, file, folder, &[], file, &[], folder] {
        lab.build_with(site, IN_PLACE).unwrap();
        lab.assert_files(site);
    }
}

#[test]
fn what_stands_where_a_page_must_go_is_an_error_before_anything_is_touched() {
    let lab = Lab::new();
    lab.build(&[("index.html", "home"), ("arch/index.html", "arch")]).unwrap();
    lab.add("corm", "mine");
    lab.add("arch/notes/mine.txt", "mine");
    fs::create_dir(lab.path("folder.html")).unwrap();
    fs::create_dir(lab.root.join("elsewhere")).unwrap();
    symlink(lab.root.join("elsewhere"), lab.path("link")).unwrap();
    let before = lab.tree();
    for path in ["corm", "corm/index.html", "folder.html", "arch/notes", "arch", "link", "link/index.html"] {
        let error = lab.build_with(&[("index.html", "new"), (path, "page")], IN_PLACE).unwrap_err();
        assert!(error.message.contains("was not written by limber"), "{path}: {error}");
        assert_eq!(lab.tree(), before);
    }
    assert_eq!(fs::read_dir(lab.root.join("elsewhere")).unwrap().count(), 0);
}

#[test]
fn a_build_that_fails_leaves_the_folder_as_it_was() {
    let lab = Lab::new();
    lab.build(&[("index.html", "1")]).unwrap();
    let before = tree(&lab.out());
    let staging = lab.open_with(IN_PLACE).unwrap();
    staging.put("index.html", Hash::of(b"2"), b"2").unwrap();
    drop(staging);
    assert_eq!(tree(&lab.out()), before);
    assert!(!lab.state().join("next").exists());
}

#[test]
fn a_build_that_was_cut_short_is_completed_by_the_next_whichever_way_it_takes() {
    for wishes in [IN_PLACE, WriteOptions::default()] {
        let lab = Lab::new();
        lab.build(&[("gone/index.html", "gone"), ("index.html", "1")]).unwrap();
        lab.build_with(&[("gone/index.html", "gone"), ("index.html", "2")], IN_PLACE).unwrap();
        // As it was half-way: the new pages are there, the record is not.
        let (record, marker) = (fs::read(lab.state().join("live.manifest")), fs::read(lab.path(MARKER)));
        lab.build_with(&[("index.html", "3"), ("new/index.html", "new")], IN_PLACE).unwrap();
        fs::write(lab.state().join("live.manifest"), record.unwrap()).unwrap();
        fs::write(lab.path(MARKER), marker.unwrap()).unwrap();
        lab.add("gone/index.html", "gone");
        let state = super::super::state::State::open(&lab.root, &lab.out(), false).unwrap();
        super::super::pending::begin(&state, ["index.html", "new/index.html"].map(str::to_string).into_iter()).unwrap();
        drop(state);
        let summary = lab.build_with(&[("index.html", "4")], wishes).unwrap();
        assert_eq!(summary.removed, 2, "what the one cut short had added is known");
        lab.assert_files(&[("index.html", "4")]);
        assert_eq!(lab.build_with(&[("index.html", "4")], wishes).unwrap().unchanged, 1);
    }
}
