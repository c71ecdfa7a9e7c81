//! `limber publish` to a branch, with the real `git` and a bare repository as the remote.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use expect_test::expect;

use crate::harness::{Project, Ran};
use crate::publish::SITE;
use crate::unable::{Lacks, unable};

/// A site in a repository with a bare remote beside it.
struct Published {
    project: Project,
}

/// Runs `git` in a folder.
#[track_caller]
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = command("git", folder).args(arguments).output().expect("git is there");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_string()
}

/// A program that sees no settings but those of the test.
fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env_remove("GIT_DIR").env_remove("GIT_AUTHOR_NAME").env_remove("EMAIL");
    command
}

impl Published {
    /// Begins a site, its repository and the remote.
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            unable(Lacks::Package("git", "apt-get install git"));
            return None;
        }
        let project = Project::new(&SITE.replace("{folder: out}", "{branch: gh-pages}"));
        git(project.root(), &["init", "--quiet", "--bare", "--initial-branch=main", "remote.git"]);
        git(project.root(), &["init", "--quiet", "--initial-branch=main"]);
        project.write(".gitignore", "/remote.git\n/.limber\n");
        git(project.root(), &["config", "user.name", "Somebody"]);
        git(project.root(), &["config", "user.email", "somebody@site.example"]);
        git(project.root(), &["remote", "add", "origin", project.path("remote.git").to_str().expect("plain")]);
        git(project.root(), &["add", "."]);
        git(project.root(), &["commit", "--quiet", "-m", "begin"]);
        git(project.root(), &["push", "--quiet", "origin", "main"]);
        Some(Self { project })
    }

    fn publish(&self, arguments: &[&str]) -> Ran {
        let mut command = command(env!("CARGO_BIN_EXE_limber"), self.project.root());
        Ran::of(&command.arg("publish").args(arguments).output().expect("the program can be started"))
    }

    #[track_caller]
    fn publishes(&self, arguments: &[&str]) -> Ran {
        let ran = self.publish(arguments);
        assert_eq!(ran.code, Some(0), "{}\n{}", ran.out, ran.err);
        ran
    }

    fn remote(&self) -> std::path::PathBuf {
        self.project.path("remote.git")
    }

    /// The files on the branch of the remote.
    fn files(&self) -> Vec<String> {
        git(&self.remote(), &["ls-tree", "-r", "--name-only", "gh-pages"]).lines().map(str::to_string).collect()
    }

    fn commits(&self) -> usize {
        git(&self.remote(), &["rev-list", "gh-pages"]).lines().count()
    }

    /// Puts a file on the branch, as somebody else would.
    fn add(&self, name: &str, text: &str) {
        let work = tempfile::tempdir().expect("a folder can be made");
        git(work.path(), &["clone", "--quiet", self.remote().to_str().expect("plain"), "x"]);
        let folder = work.path().join("x");
        if git(&self.remote(), &["branch", "--list", "gh-pages"]).is_empty() {
            git(&folder, &["checkout", "--quiet", "--orphan", "gh-pages"]);
            git(&folder, &["rm", "--quiet", "-rf", "."]);
        } else {
            git(&folder, &["checkout", "--quiet", "gh-pages"]);
        }
        fs::write(folder.join(name), text).expect("it can be written");
        git(&folder, &["add", name]);
        let who = ["-c", "user.name=Other", "-c", "user.email=other@site.example"];
        git(&folder, &[&who[..], &["commit", "--quiet", "-m", "theirs"]].concat());
        git(&folder, &["push", "--quiet", "origin", "gh-pages"]);
    }

    /// Everything of the repository that a publication may not touch.
    fn own(&self) -> BTreeMap<&'static str, String> {
        let root = self.project.root();
        BTreeMap::from([
            ("head", git(root, &["rev-parse", "--symbolic-full-name", "HEAD"])),
            ("commit", git(root, &["rev-parse", "HEAD"])),
            ("status", git(root, &["status", "--porcelain", "--", ".", ":!urls.txt"])),
            ("staged", git(root, &["diff", "--cached", "--name-only"])),
            ("references", git(root, &["for-each-ref", "--format=%(refname)", "refs/heads", "refs/tags"])),
        ])
    }
}

#[test]
fn a_site_is_one_commit_on_the_branch_and_nothing_of_the_work_tree_is_touched() {
    let Some(site) = Published::new() else { return };
    // Work that is half done stays as it is.
    site.project.write("content/notes/second.md", "---\ntitle: Second\n---\n## End\n\nMore.\n");
    site.project.write("note.txt", "staged");
    git(site.project.root(), &["add", "note.txt"]);
    let before = site.own();
    let dry = site.publishes(&["--dry-run"]);
    assert!(git(&site.remote(), &["branch", "--list", "gh-pages"]).is_empty());
    let ran = site.publishes(&[]);
    assert_eq!(dry.out, ran.out);
    assert_eq!(site.own(), before);
    expect![[r#"
        .limber
        .nojekyll
        404.html
        _headers
        favicon.svg
        fonts/title-ext.331a84a4.woff2
        fonts/title.9d4a0f72.woff2
        fonts/title.OFL.txt
        index.html
        notes/first/index.html
        notes/index.html
        notes/second/index.html
        site.c2a73d76.css
        theme.0e6fc243.js"#]]
    .assert_eq(&site.files().join("\n"));
    assert_eq!(site.commits(), 1);
    let page = git(&site.remote(), &["show", "gh-pages:notes/first/index.html"]);
    assert!(page.contains("/docs/notes/second/"), "{page}");
    assert!(site.project.read("urls.txt").contains("/notes/first/"));
}

#[test]
fn what_changes_is_a_commit_on_top_and_what_does_not_is_none() {
    let Some(site) = Published::new() else { return };
    site.publishes(&[]);
    let again = site.publishes(&[]);
    assert!(again.err.contains("nothing has changed"), "{}", again.err);
    assert_eq!(site.commits(), 1);
    site.project.write("content/notes/first.md", "---\ntitle: First\n---\n## Part\n\nNew.\n");
    site.project.remove("content/notes/second.md");
    site.project
        .write("content/notes/third.md", "---\ntitle: Third\nredirect_from: [/notes/second/, /x.html]\n---\n## End\n");
    let ran = site.publishes(&[]);
    expect![[r#"
        live: branch gh-pages of origin, for https://site.example/docs/
          14 files, 74 KB; the heaviest page is index.html with 2195 bytes
          add         2
                   notes/third/index.html: new
                   x.html: new
          change      3
                   notes/first/index.html: other bytes
                   notes/index.html: other bytes
                   notes/second/index.html: other bytes
          remove      0
          keep        9
    "#]]
    .assert_eq(&ran.out);
    assert_eq!(site.commits(), 2);
    expect![[r#"
        Somebody
        Publish the site

        2 added, 3 changed, 0 removed"#]]
    .assert_eq(&git(&site.remote(), &["log", "-1", "--format=%an%n%B", "gh-pages"]));
}

#[test]
fn files_of_others_stay() {
    let Some(site) = Published::new() else { return };
    site.add("CNAME", "site.example\n");
    site.publishes(&[]);
    site.add("their-own.html", "theirs");
    site.project.write("content/notes/first.md", "---\ntitle: First\n---\n## Part\n\nNew.\n");
    site.publishes(&[]);
    let files = site.files();
    assert!(files.contains(&"CNAME".into()) && files.contains(&"their-own.html".into()), "{files:?}");
    assert_eq!(site.commits(), 4);
}

#[test]
fn a_branch_without_history_is_replaced_and_no_other() {
    let Some(site) = Published::new() else { return };
    let declared = site.project.read("site.yaml").replace("{branch: gh-pages}", "{branch: gh-pages, orphan: true}");
    site.project.write("site.yaml", declared);
    site.publishes(&[]);
    site.project.write("content/notes/first.md", "---\ntitle: First\n---\n## Part\n\nNew.\n");
    site.publishes(&[]);
    assert_eq!(site.commits(), 1);
}

#[test]
fn a_shallow_clone_publishes_like_any_other() {
    let Some(site) = Published::new() else { return };
    site.publishes(&[]);
    site.add("theirs.txt", "x");
    let work = tempfile::tempdir().expect("a folder can be made");
    let from = format!("file://{}", site.remote().display());
    git(work.path(), &["clone", "--quiet", "--depth=1", &from, "x"]);
    let folder = work.path().join("x");
    git(&folder, &["config", "user.name", "Robot"]);
    git(&folder, &["config", "user.email", "robot@site.example"]);
    git(&folder, &["checkout", "--quiet", "--detach"]);
    fs::write(folder.join("content/notes/first.md"), "---\ntitle: First\n---\n## Part\n\nFrom there.\n")
        .expect("written");
    fs::write(folder.join("urls.txt"), site.project.read("urls.txt")).expect("it can be written");
    let output = command(env!("CARGO_BIN_EXE_limber"), &folder).arg("publish").output().expect("it can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(site.commits(), 3);
    assert!(site.files().contains(&"theirs.txt".to_string()));
    assert!(git(&site.remote(), &["show", "gh-pages:notes/first/index.html"]).contains("From there."));
}

/// What a run and a dry run say of a repository that was changed; both have to say the same.
#[track_caller]
fn refused(site: &Published) -> String {
    let (dry, ran) = (site.publish(&["--dry-run"]), site.publish(&[]));
    assert_eq!(dry.err, ran.err, "a dry run fails as the run does");
    assert_eq!(ran.code, Some(2), "{}\n{}", ran.out, ran.err);
    let (root, temporary) = (site.project.root().to_string_lossy().into_owned(), "FOLDER");
    ran.err.replace(&root, temporary)
}

#[test]
fn each_failure_has_its_own_sentence() {
    let mut all = String::new();
    let mut says = |what: &str, change: &dyn Fn(&Published)| {
        let Some(site) = Published::new() else { return };
        site.publishes(&[]);
        site.project.write("content/notes/first.md", "---\ntitle: First\n---\n## Part\n\nNew.\n");
        change(&site);
        all.push_str(&format!("-- {what}\n{}", refused(&site)));
    };
    says("no repository", &|site| fs::remove_dir_all(site.project.path(".git")).expect("it is there"));
    says("no remote", &|site| _ = git(site.project.root(), &["remote", "remove", "origin"]));
    says("a remote that is gone", &|site| fs::rename(site.remote(), site.project.path("moved")).expect("it is there"));
    says("nobody", &|site| _ = git(site.project.root(), &["config", "--unset", "user.email"]));
    says("a file of others", &|site| {
        site.add("notes.html", "theirs");
        site.project.write("content/third.md", "---\ntitle: Third\nredirect_from: [/notes.html]\n---\n");
    });
    says("a branch of others", &|site| {
        let declared = site.project.read("site.yaml").replace("gh-pages", "main");
        site.project.write("site.yaml", declared);
    });
    expect![[r#"
        -- no repository
        error: the site lies in no git repository
          help: begin one with `git init`, and name the remote: `git remote add origin ADDRESS`
        -- no remote
        error: the repository has no remote `origin`
          help: add it: `git remote add origin ADDRESS`, or name another one under `remote`
        -- a remote that is gone
        error: the remote `origin` does not answer: fatal: 'FOLDER/remote.git' does not appear to be a git repository
          help: look at its address with `git remote -v`, and whether you may read it
        -- nobody
        error: git does not know who makes the commit
          help: say it: `git config user.name "Your Name"` and `git config user.email you@your-site.net`
        -- a file of others
        error: `notes.html` on the branch `gh-pages` was not written by limber
          help: remove it there, or say `--adopt`: then it is replaced
        -- a branch of others
        error: the branch `main` holds files that limber did not write
          help: choose another branch, or say `--adopt`: then files of the same name are replaced, and all others stay
    "#]]
    .assert_eq(&all);
}

/// A hook of the remote that decides about pushes.
fn hook(site: &Published, name: &str, text: &str) {
    let at = site.remote().join("hooks").join(name);
    fs::write(&at, format!("#!/bin/sh\n{text}\n")).expect("it can be written");
    fs::set_permissions(&at, fs::Permissions::from_mode(0o755)).expect("it can be made a program");
}

#[test]
fn a_branch_that_is_protected_says_so() {
    let Some(site) = Published::new() else { return };
    hook(&site, "pre-receive", "echo 'GH006: Protected branch update failed' >&2; exit 1");
    let ran = site.publish(&[]);
    assert_eq!(ran.code, Some(2));
    expect![[r#"
        error: the remote protects the branch `gh-pages`: GH006: Protected branch update failed
          help: allow pushes to this branch in the settings of the host, or name another one
    "#]]
    .assert_eq(&ran.err);
    assert!(!site.project.path("urls.txt").exists(), "only what was published is remembered");
}

#[test]
fn who_publishes_beside_another_is_told_and_may_do_it_again() {
    let Some(site) = Published::new() else { return };
    site.publishes(&[]);
    site.project.write("content/notes/first.md", "---\ntitle: First\n---\n## Part\n\nNew.\n");
    // Somebody else is faster, between the look at the branch and the push.
    let tip = git(&site.remote(), &["rev-parse", "gh-pages"]);
    let tree = git(&site.remote(), &["rev-parse", "gh-pages^{tree}"]);
    let who = ["-c", "user.name=Other", "-c", "user.email=other@site.example"];
    let other = git(&site.remote(), &[&who[..], &["commit-tree", &tree, "-p", &tip, "-m", "theirs"]].concat());
    hook(
        &site,
        "pre-receive",
        &format!("unset GIT_QUARANTINE_PATH; git update-ref refs/heads/gh-pages {other} {tip} 2>/dev/null; exit 0"),
    );
    let ran = site.publish(&[]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    expect![[r#"
        error: somebody else has published to the branch `gh-pages` meanwhile: nothing was pushed
          help: publish again: the new commit then stands on top of theirs
    "#]]
    .assert_eq(&ran.err);
    fs::remove_file(site.remote().join("hooks/pre-receive")).expect("it is there");
    site.publishes(&[]);
    assert_eq!(site.commits(), 3);
}

#[test]
fn a_machine_without_git_says_so() {
    let Some(site) = Published::new() else { return };
    let mut command = command(env!("CARGO_BIN_EXE_limber"), site.project.root());
    let ran = Ran::of(&command.arg("publish").env("PATH", "/nowhere").output().expect("it can be started"));
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("there is no program `git` on this machine"), "{}", ran.err);
}
