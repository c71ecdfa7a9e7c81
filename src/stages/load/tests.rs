use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::{load, load_named, load_unread};
use crate::diagnostics::Diagnostic;
use crate::hash::Hash;
use crate::model::source::{Source, Sources};

fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    files.iter().for_each(|(path, text)| write(folder.path(), path, text));
    folder
}

fn write(root: &Path, path: &str, text: &str) {
    fs::create_dir_all(root.join(path).parent().expect("a folder")).expect("the folder can be made");
    fs::write(root.join(path), text).expect("the file can be written");
}

fn files(sources: &Sources) -> Vec<(Arc<str>, Hash)> {
    let texts = sources.site.iter().chain(&sources.content).chain(&sources.templates);
    let texts = texts.map(|source| (source.path.clone(), source.hash));
    texts.chain(sources.assets.iter().map(|asset| (asset.path.clone(), asset.hash))).collect()
}

#[test]
fn reading_what_has_changed_is_as_good_as_reading_all() {
    let folder = project(&[
        ("site.yaml", "title: One"),
        ("content/a.md", "a"),
        ("content/b/c.md", "c"),
        ("content/b-c.md", "d"),
        ("templates/base.html", "base"),
        ("static/site.css", "css"),
    ]);
    let root = folder.path();
    let (before, found) = load(root, None);
    assert_eq!(found, []);
    let changes = [
        ("site.yaml", Some("title: Two")),
        ("content/a.md", None),
        ("content/b/c.md", Some("changed")),
        ("content/b/new.md", Some("new")),
        ("content/b/.new.md.swp", Some("not of the site")),
        ("content/new.png", Some("no image")),
        ("templates/base.html", None),
        ("templates/entry.html", Some("entry")),
        ("static/site.css", None),
        ("static/new.js", Some("new")),
    ];
    for (path, text) in changes {
        match text {
            Some(text) => write(root, path, text),
            None => fs::remove_file(root.join(path)).expect("the file is there"),
        }
    }
    let named = changes.iter().map(|(path, _)| (*path).to_string()).collect();
    let (after, found) = load_named(root, &before, &named);
    assert_eq!(found, []);
    assert_eq!(files(&after), files(&load(root, None).0));
    assert_ne!(files(&after), files(&before));
}

#[cfg(unix)]
#[test]
fn a_file_with_several_names_is_noticed() {
    let folder = project(&[("site.yaml", "title: One"), ("content/a.md", "a")]);
    let root = folder.path();
    let before = load(root, None).0;
    assert!(!before.linked);
    std::os::unix::fs::symlink(root.join("content/a.md"), root.join("content/b.md")).expect("a link");
    assert!(load(root, None).0.linked);
    assert!(load_named(root, &before, &["content/b.md".to_string()].into()).0.linked);
    fs::remove_file(root.join("content/b.md")).expect("the link is there");
    assert!(!load(root, None).0.linked);
    fs::hard_link(root.join("content/a.md"), root.join("content/b.md")).expect("a link");
    assert!(load(root, None).0.linked);
}

#[cfg(unix)]
#[test]
fn a_text_that_cannot_be_asked_for_its_stamp_keeps_its_name() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project(&[("site.yaml", "title: One"), ("content/shut/a.md", "a"), ("content/shut/b.png", "b")]);
    let (root, shut) = (folder.path(), folder.path().join("content/shut"));
    let allow = |mode| fs::set_permissions(&shut, fs::Permissions::from_mode(mode)).expect("it is ours");
    allow(0o444);
    if fs::metadata(shut.join("a.md")).is_ok() {
        #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
        let () = eprintln!("skipped: this user may enter every folder");
        return;
    }
    let (at_once, reported) = load(root, None);
    let (_, later, mut found) = load_unread(root);
    found.extend(later.iter().flat_map(|file| file.read().1));
    allow(0o755);
    assert_eq!(at_once.content.iter().map(|source| &*source.path).collect::<Vec<_>>(), ["content/shut/a.md"]);
    assert_eq!(later.iter().map(|file| &*file.path).collect::<Vec<_>>(), ["content/shut/a.md"]);
    let paths = |all: &[Diagnostic]| all.iter().map(|found| found.place.path.to_string()).collect::<BTreeSet<_>>();
    assert_eq!(paths(&reported), paths(&found));
    assert_eq!(paths(&reported).len(), 2);
}

#[test]
fn what_is_read_later_is_the_same() {
    let folder = project(&[("site.yaml", "title: One"), ("content/a.md", "a\r\n"), ("content/b/c.md", "\u{feff}c")]);
    let root = folder.path();
    fs::write(root.join("content/d.md"), [0xff]).expect("the file can be written");
    let (at_once, reported) = load(root, None);
    let (later, mut content, found) = load_unread(root);
    assert_eq!((later.content.len(), found.len()), (0, 0));
    content.iter_mut().for_each(|found| found.look());
    let hashes: Vec<_> = content.iter().map(|found| (found.path.clone(), found.hash)).collect();
    let known = |source: &Source| Some(source.hash).filter(|_| !source.broken);
    assert_eq!(hashes, at_once.content.iter().map(|source| (source.path.clone(), known(source))).collect::<Vec<_>>());
    let (read, problems): (Vec<_>, Vec<_>) = content.iter().map(|found| found.read()).unzip();
    let texts = |sources: &[Source]| sources.iter().map(|source| source.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&read), texts(&at_once.content));
    assert_eq!(problems.concat(), reported);
}
