//! What stays stays as it is, what is gone goes, and the same site has the same bytes.

use super::*;

const SITE: &[(&str, &str)] = &[("index.html", "home"), ("corm/index.html", "corm"), ("style.css", "p {}")];

#[test]
fn a_first_build_writes_everything() {
    let lab = Lab::new();
    let summary = lab.build(SITE).unwrap();
    assert_eq!(summary, Summary { written: 3, bytes: 12, ..Summary::default() });
    lab.assert_files(SITE);
}

#[test]
fn an_unchanged_build_writes_nothing() {
    let lab = Lab::new();
    lab.build(SITE).unwrap();
    lab.build(&[("index.html", "home")]).unwrap();
    lab.build(SITE).unwrap();
    let stat = |path: &Path| fs::metadata(path).map(|stat| (stat.modified().unwrap(), stat.ino())).unwrap();
    let before = (tree(&lab.root), stat(&lab.root));
    let summary = lab.build(SITE).unwrap();
    assert_eq!(summary, Summary { unchanged: 3, ..Summary::default() });
    assert_eq!((tree(&lab.root), stat(&lab.root)), before, "including folders, the lock and all that is remembered");
    let staging = lab.open().unwrap();
    for (path, text) in SITE {
        staging.put(path, Hash::of(text.as_bytes()), text.as_bytes()).unwrap();
    }
    assert_eq!(staging.commit(None).unwrap().unchanged, 3);
    assert_eq!((tree(&lab.root), stat(&lab.root)), before, "although everything was put");
}

#[test]
fn unchanged_files_keep_bytes_and_time_over_many_builds() {
    let lab = Lab::new();
    lab.build(&[("a/stays.html", "same"), ("index.html", "0")]).unwrap();
    let before = lab.tree()["a/stays.html"].clone();
    for round in 1..6 {
        let text = round.to_string();
        let summary = lab.build(&[("a/stays.html", "same"), ("index.html", &text)]).unwrap();
        assert_eq!(summary, Summary { written: 1, unchanged: 1, bytes: 1, ..Summary::default() });
        assert_eq!(lab.tree()["a/stays.html"], before);
        lab.assert_files(&[("a/stays.html", "same"), ("index.html", &text)]);
    }
}

#[test]
fn where_there_are_no_links_files_are_copied_with_their_time() {
    let lab = Lab::new();
    lab.build(&[("a/stays.html", "same"), ("index.html", "0")]).unwrap();
    lab.add("CNAME", "example.org");
    let before = lab.tree();
    for round in 1..4 {
        let mut staging = lab.open().unwrap();
        staging.links = false;
        let summary = build(staging, &[("a/stays.html", "same"), ("index.html", &round.to_string())]).unwrap();
        assert_eq!(summary.unchanged, 1);
        let after = lab.tree();
        for path in ["a/stays.html", "CNAME"] {
            assert_eq!((&after[path].0, after[path].1), (&before[path].0, before[path].1));
        }
    }
}

#[test]
fn a_new_key_for_the_same_bytes_is_remembered_without_touching_the_output() {
    let lab = Lab::new();
    lab.build(SITE).unwrap();
    let before = tree(&lab.out());
    let staging = lab.open().unwrap();
    assert!(staging.keep("style.css") && staging.keep("corm/index.html"));
    staging.put("index.html", Hash::of(b"another key"), b"home").unwrap();
    assert_eq!(staging.commit(None).unwrap().unchanged, 3);
    assert_eq!(tree(&lab.out()), before);
    assert_eq!(lab.open().unwrap().key_of("index.html"), Some(Hash::of(b"another key")));
}

#[test]
fn what_is_gone_is_removed_with_its_folders() {
    let lab = Lab::new();
    lab.build(&[("a/b/c/page.html", "1"), ("a/page.html", "2"), ("d/page.html", "3")]).unwrap();
    let summary = lab.build(&[("a/page.html", "2")]).unwrap();
    assert_eq!(summary, Summary { unchanged: 1, removed: 2, ..Summary::default() });
    assert_eq!(lab.tree().keys().collect::<Vec<_>>(), ["a/", "a/page.html"]);
    lab.build(&[("e.html", "4")]).unwrap();
    assert_eq!(lab.tree().keys().collect::<Vec<_>>(), ["e.html"]);
    lab.build(&[]).unwrap();
    assert_eq!(lab.tree().len(), 0);
}

#[test]
fn a_file_may_become_a_folder_and_back() {
    let lab = Lab::new();
    let file: &[_] = &[("a", "file"), ("b", "same")];
    let folder: &[_] = &[("a/b/c", "deep"), ("a/d", "flat"), ("b", "same")];
    for site in [file, folder, file, folder, folder, file, &[], folder, &[], &[], file] {
        lab.build(site).unwrap();
        lab.assert_files(site);
    }
    let error = lab.build(&[("a", "file"), ("a/b", "inside")]).unwrap_err();
    assert_eq!(error.message, "`a` is wanted both as a file and as a folder");
    lab.assert_files(file);
}

#[test]
fn a_file_that_somebody_edited_or_deleted_is_put_right() {
    let lab = Lab::new();
    let site: &[_] = &[("a/one", "1"), ("a/two", "2"), ("a/three", "3"), ("b/four", "4"), ("five", "5")];
    lab.build(&[("five", "5")]).unwrap();
    lab.build(site).unwrap();
    let untouched = lab.tree()["a/two"].clone();
    fs::write(lab.path("a/one"), "edited in place").unwrap();
    fs::remove_file(lab.path("a/three")).unwrap();
    fs::remove_dir_all(lab.path("b")).unwrap();
    // In place, in a file that an older folder shares.
    fs::write(lab.path("five"), "!").unwrap();
    let staging = lab.open().unwrap();
    assert_eq!(staging.key_of("a/one"), None);
    assert!(!staging.keep("a/three") && !staging.keep("five") && staging.keep("a/two"));
    drop(staging);
    let summary = lab.build(site).unwrap();
    assert_eq!((summary.written, summary.unchanged), (4, 1));
    lab.assert_files(site);
    assert_eq!(lab.tree()["a/two"], untouched);
    for site in [&site[1..], site, &[], site] {
        lab.build(site).unwrap();
        lab.assert_files(site);
    }
}

#[test]
fn a_file_that_was_only_touched_is_not_written_again() {
    let lab = Lab::new();
    lab.build(SITE).unwrap();
    let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(lab.path("style.css")).unwrap().set_modified(time).unwrap();
    assert_eq!(lab.build(SITE).unwrap(), Summary { unchanged: 3, ..Summary::default() });
    assert_eq!(lab.tree()["style.css"].1, time);
    assert!(lab.open().unwrap().keep("style.css"));
}

#[test]
fn large_assets_are_streamed_and_kept_like_pages() {
    let lab = Lab::new();
    let photo = lab.root.join("photo.jpg");
    let put = || {
        let staging = lab.open().unwrap();
        staging.put_file("images/photo.jpg", Hash::of(b"key"), &photo).unwrap();
        staging.commit(None).unwrap()
    };
    fs::write(&photo, "x".repeat(300_000)).unwrap();
    assert_eq!(put().bytes, 300_000);
    let before = lab.tree();
    assert_eq!(put().unchanged, 1);
    assert_eq!(lab.tree(), before);
    fs::write(&photo, "y".repeat(300_000)).unwrap();
    assert_eq!(put().written, 1);
    assert_eq!(lab.files()[0].1, "y".repeat(300_000));
    let error = lab.open().unwrap().put_file("a", Hash::of(b""), Path::new("/nowhere/a.png")).unwrap_err();
    assert_eq!(error.message, "cannot read `/nowhere/a.png`: there is no such file or folder");
}

#[test]
fn the_same_site_has_the_same_bytes_whatever_was_there_before() {
    let (one, two) = (Lab::new(), Lab::new());
    one.build(SITE).unwrap();
    two.build(&[("other", "1")]).unwrap();
    two.build(&[("index.html", "before")]).unwrap();
    two.build(SITE).unwrap();
    let bytes = |lab: &Lab| tree(&lab.out()).into_iter().map(|(path, file)| (path, file.0)).collect::<Vec<_>>();
    assert_eq!(bytes(&one), bytes(&two), "the marker included");
}

#[test]
fn a_dropped_build_leaves_the_live_folder_and_no_rubbish() {
    let lab = Lab::new();
    let staging = lab.open().unwrap();
    staging.put("index.html", Hash::of(b""), b"never seen").unwrap();
    drop(staging);
    assert_eq!(tree(&lab.root), Tree::new());
    lab.build(SITE).unwrap();
    let before = lab.tree();
    let staging = lab.open().unwrap();
    staging.put("index.html", Hash::of(b""), b"never seen").unwrap();
    drop(staging);
    assert_eq!(lab.tree(), before);
    assert!(!lab.state().join("next").exists());
}

#[test]
fn many_threads_may_put_at_once() {
    use rayon::prelude::*;
    let lab = Lab::new();
    for round in 0..4 {
        let staging = lab.open().unwrap();
        (0..2000).into_par_iter().for_each(|page| {
            let text = format!("{page} {}", if page % 3 == 0 { round } else { 0 });
            staging.put(&format!("{}/{}/{page}.html", page % 7, page % 90), Hash::of(b""), text.as_bytes()).unwrap();
        });
        let summary = staging.commit(None).unwrap();
        assert_eq!(summary.written, if round == 0 { 2000 } else { 667 });
        assert_eq!(lab.files().len(), 2000);
    }
}

#[test]
fn a_folder_is_known_by_what_it_was_made_from_until_a_file_of_ours_is_changed() {
    let lab = Lab::new();
    let (source, other) = (Hash::of(b"source"), Hash::of(b"other"));
    let made_from = |hash| {
        let staging = lab.open().unwrap();
        put_all(&staging, SITE).unwrap();
        staging.commit(hash).unwrap();
    };
    made_from(Some(source));
    assert!(lab.open().unwrap().is_made_from(source));
    assert!(!lab.open().unwrap().is_made_from(other));
    made_from(Some(other));
    assert!(lab.open().unwrap().is_made_from(other), "although no file differs");
    lab.add("CNAME", "example.org");
    assert!(lab.open().unwrap().is_made_from(other), "what others put there is not ours");
    fs::write(lab.path("index.html"), "mine").unwrap();
    assert!(!lab.open().unwrap().is_made_from(other));
    made_from(None);
    assert!(!lab.open().unwrap().is_made_from(other), "a build with problems has to be done again");
}
