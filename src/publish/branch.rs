//! A branch of a git repository as a place: one commit on top of what is there, made without work tree and HEAD.
//!
//! Which files on the branch are ours stands in a file `.limber` on it; all others stay as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::built::BuiltFile;
use super::changes::{Changes, FileChange, PlaceContents};
use super::git::{Repository, Said};
use crate::error::Error;

/// The list of our files on the branch.
const MARKER: &str = ".limber";
/// With it hosts serve all files as they are.
const NO_JEKYLL: &str = ".nojekyll";
/// Files that hosts or people put on a branch that is otherwise empty.
const COME_ALONG: [&str; 6] = ["CNAME", ".nojekyll", "README.md", "LICENSE", ".gitignore", ".gitattributes"];

/// Where and how.
#[derive(Clone, Copy, Debug)]
pub struct BranchWishes<'a> {
    /// The branch.
    pub branch: &'a str,
    /// The repository.
    pub remote: &'a str,
    /// Whether the branch has no history.
    pub orphan: bool,
    /// Whether files of others with the same names are replaced.
    pub adopt: bool,
}

/// A branch, and what it needs.
pub struct BranchDelivery<'a> {
    repository: Repository,
    wishes: BranchWishes<'a>,
    tip: Option<String>,
    /// The files on the branch, with their modes and hashes.
    there: BTreeMap<String, (String, String)>,
    ours: BTreeSet<String>,
    blobs: BTreeMap<String, String>,
    index: IndexFile,
    /// What it needs.
    pub changes: Changes,
}

/// An index that is gone with its owner.
struct IndexFile(PathBuf);

impl Drop for IndexFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Compares a site with a branch. Nothing is written but objects of `git` that the remote has.
///
/// # Errors
/// Each thing that is missing, with its own sentence.
pub fn plan<'a>(root: &Path, wishes: BranchWishes<'a>, files: &[BuiltFile]) -> Result<BranchDelivery<'a>, Error> {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let index = IndexFile(root.join(".limber/publish/index"));
    let _ = fs::remove_file(&index.0);
    let repository = Repository::of(&root, index.0.clone())?;
    check_author(&repository)?;
    let tip = tip(&repository, wishes)?;
    let there = match &tip {
        Some(tip) => tree(&repository, tip)?,
        None => BTreeMap::new(),
    };
    let ours = ours(&repository, &there)?;
    if let Some(ours) = &ours {
        let taken = files.iter().find(|file| there.contains_key(&file.path) && !ours.contains(&file.path));
        if let Some(file) = taken.filter(|file| !wishes.adopt && file.path != NO_JEKYLL) {
            let message = format!("`{}` on the branch `{}` was not written by limber", file.path, wishes.branch);
            return Err(Error::request(message).help("remove it there, or say `--adopt`: then it is replaced"));
        }
    } else if !wishes.adopt && there.keys().any(|path| !COME_ALONG.contains(&path.as_str())) {
        let message = format!("the branch `{}` holds files that limber did not write", wishes.branch);
        return Err(Error::request(message).help(
            "choose another branch, or say `--adopt`: then files of the same name are replaced, and all others stay",
        ));
    }
    let ours = ours.unwrap_or_default();
    let blobs = blobs(&repository, files, false)?;
    let before: Vec<String> =
        ours.iter().filter(|path| there.contains_key(*path) && *path != NO_JEKYLL).cloned().collect();
    let standing = |file: &BuiltFile| match there.get(&file.path) {
        None => PlaceContents::New,
        Some((_, blob)) if blobs.get(&file.path) == Some(blob) => PlaceContents::Same,
        Some(_) => PlaceContents::Differs("other bytes"),
    };
    let mut changes = Changes::new(files, &before, standing);
    if !there.contains_key(NO_JEKYLL) && !files.iter().any(|file| file.path == NO_JEKYLL) {
        let at = changes.add.partition_point(|change| change.path.as_str() < NO_JEKYLL);
        changes.add.insert(at, FileChange { path: NO_JEKYLL.into(), reason: "so that hosts serve all files" });
    }
    let delivery = BranchDelivery { repository, wishes, tip, there, ours, blobs, index, changes };
    delivery.ask_for_the_right()?;
    Ok(delivery)
}

impl BranchDelivery<'_> {
    /// Whether there is nothing to do.
    pub fn is_done(&self) -> bool {
        self.changes.is_empty() && self.tip.is_some()
    }

    /// Makes the commit, pushes it, and asks the remote what it has now. Returns the commit.
    ///
    /// # Errors
    /// Where the remote refuses it: why, and what to do.
    pub fn deliver(&self, files: &[BuiltFile]) -> Result<String, Error> {
        let commit = self.commit(files)?;
        let branch = format!("refs/heads/{}", self.wishes.branch);
        let what = format!("{commit}:{branch}");
        let lease = format!("--force-with-lease={branch}:{}", self.tip.as_deref().unwrap_or_default());
        let mut arguments = vec!["push", "--porcelain", "--no-verify"];
        arguments.extend(self.wishes.orphan.then_some(lease.as_str()));
        arguments.extend([self.wishes.remote, what.as_str()]);
        let said = self.repository.ask(&arguments)?;
        if !said.well {
            return Err(self.refused(&said));
        }
        let now = remote_tip(&self.repository, self.wishes)?;
        if now.as_deref() != Some(&commit) {
            let message =
                format!("the branch `{}` was moved by somebody else right after the push", self.wishes.branch);
            return Err(Error::system(message).help("publish again"));
        }
        Ok(commit)
    }

    fn commit(&self, files: &[BuiltFile]) -> Result<String, Error> {
        let git = &self.repository;
        let _ = fs::remove_file(&self.index.0);
        match &self.tip {
            Some(tip) => git.must(&["read-tree", tip], None)?,
            None => git.must(&["read-tree", "--empty"], None)?,
        };
        blobs(git, files, true)?;
        let mut ours: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        if !self.there.contains_key(NO_JEKYLL) || self.ours.contains(NO_JEKYLL) {
            ours.insert(NO_JEKYLL);
        }
        let list = ours.iter().map(|path| format!("{path}\n")).collect::<String>();
        let list = format!("written by limber, do not edit\n{list}");
        let written = |bytes: &[u8]| Ok::<_, Error>(git.must(&["hash-object", "-w", "--stdin"], Some(bytes))?.text());
        let mut entries = String::new();
        // First what is gone: a folder may take the place of a file.
        let nothing = "0".repeat(self.tip.as_ref().map_or(0, String::len));
        for FileChange { path, .. } in &self.changes.remove {
            entries.push_str(&format!("0 {nothing}\t{path}\0"));
        }
        for (path, blob) in &self.blobs {
            entries.push_str(&format!("100644 {blob}\t{path}\0"));
        }
        if !self.blobs.contains_key(NO_JEKYLL) && !self.there.contains_key(NO_JEKYLL) {
            entries.push_str(&format!("100644 {}\t{NO_JEKYLL}\0", written(b"")?));
        }
        entries.push_str(&format!("100644 {}\t{MARKER}\0", written(list.as_bytes())?));
        git.must(&["update-index", "-z", "--add", "--index-info"], Some(entries.as_bytes()))?;
        let tree = git.must(&["write-tree"], None)?.text();
        let Changes { add, change, remove, .. } = &self.changes;
        let message =
            format!("Publish the site\n\n{} added, {} changed, {} removed\n", add.len(), change.len(), remove.len());
        let mut arguments = vec!["commit-tree", tree.as_str()];
        if let Some(tip) = self.tip.as_deref().filter(|_| !self.wishes.orphan) {
            arguments.extend(["-p", tip]);
        }
        Ok(git.must(&arguments, Some(message.as_bytes()))?.text())
    }

    /// Pushes nothing, to hear now whether something may be pushed.
    fn ask_for_the_right(&self) -> Result<(), Error> {
        let Some(tip) = &self.tip else { return Ok(()) };
        let what = format!("{tip}:refs/heads/{}", self.wishes.branch);
        let said =
            self.repository.ask(&["push", "--porcelain", "--no-verify", "--dry-run", self.wishes.remote, &what])?;
        if said.well { Ok(()) } else { Err(self.refused(&said)) }
    }

    /// Why a push was refused, in a sentence of its own.
    fn refused(&self, said: &Said) -> Error {
        let all = format!("{}\n{}", String::from_utf8_lossy(&said.out), said.err);
        let small = all.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| small.contains(word));
        let BranchWishes { branch, remote, .. } = self.wishes;
        if has(&["fetch first", "non-fast-forward", "stale info", "failed to update ref", "cannot lock ref"]) {
            let message = format!("somebody else has published to the branch `{branch}` meanwhile: nothing was pushed");
            return Error::system(message).help("publish again: the new commit then stands on top of theirs");
        }
        if has(&["protected branch", "gh006", "pre-receive hook declined", "not allowed to push", "denied by policy"]) {
            let told = all.lines().find_map(|line| line.split("remote:").nth(1)).map_or("", str::trim);
            let told = if told.is_empty() { String::new() } else { format!(": {told}") };
            let message = format!("the remote protects the branch `{branch}`{told}");
            return Error::system(message)
                .help("allow pushes to this branch in the settings of the host, or name another one");
        }
        if has(&["shallow update not allowed", "shallow"]) {
            return Error::system("this clone has no history, and the remote takes no commits from such a one")
                .help("fetch the whole history first: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow");
        }
        if has(&["permission denied", "403", "authentication failed", "could not read username", "access denied"]) {
            let message = format!("the remote `{remote}` does not let you push: {}", said.reason());
            return Error::system(message)
                .help("look at the key or token with which git asks; workflows need `contents: write`");
        }
        if has(&["branch is currently checked out"]) {
            let message = format!("the branch `{branch}` is checked out in the remote, which then takes no pushes");
            return Error::system(message)
                .help("push to a bare repository, or to a branch that nobody has checked out there");
        }
        Error::system(format!("the push to `{remote}` failed: {}", said.reason()))
    }
}

/// A commit needs somebody who made it.
fn check_author(repository: &Repository) -> Result<(), Error> {
    for who in ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"] {
        if !repository.ask(&["-c", "user.useConfigOnly=true", "var", who])?.well {
            return Err(Error::request("git does not know who makes the commit")
                .help("say it: `git config user.name \"Your Name\"` and `git config user.email you@your-site.net`"));
        }
    }
    Ok(())
}

/// The commit at the end of the branch, with its objects at hand.
fn tip(repository: &Repository, wishes: BranchWishes<'_>) -> Result<Option<String>, Error> {
    let BranchWishes { branch, remote, .. } = wishes;
    let is_name = !remote.contains(['/', ':', '\\']);
    if is_name && !repository.ask(&["remote", "get-url", remote])?.well {
        let message = format!("the repository has no remote `{remote}`");
        return Err(Error::request(message)
            .help(format!("add it: `git remote add {remote} ADDRESS`, or name another one under `remote`")));
    }
    let Some(tip) = remote_tip(repository, wishes)? else { return Ok(None) };
    let has = repository.ask(&["cat-file", "-e", &format!("{tip}^{{tree}}")])?.well
        && repository.ask(&["rev-list", "--objects", "--quiet", &format!("{tip}^{{tree}}")])?.well;
    if !has {
        let is_shallow = repository.ask(&["rev-parse", "--is-shallow-repository"])?.text() == "true";
        let from = format!("refs/heads/{branch}");
        let mut arguments = vec!["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"];
        arguments.extend(is_shallow.then_some("--depth=1"));
        arguments.extend([remote, from.as_str()]);
        let said = repository.ask(&arguments)?;
        if !said.well {
            let message = format!("the branch `{branch}` cannot be fetched from `{remote}`: {}", said.reason());
            return Err(Error::system(message));
        }
    }
    Ok(Some(tip))
}

fn remote_tip(repository: &Repository, wishes: BranchWishes<'_>) -> Result<Option<String>, Error> {
    let branch = format!("refs/heads/{}", wishes.branch);
    let said = repository.ask(&["ls-remote", "--heads", wishes.remote, &branch])?;
    if !said.well {
        let message = format!("the remote `{}` does not answer: {}", wishes.remote, said.reason());
        return Err(
            Error::system(message).help("look at its address with `git remote -v`, and whether you may read it")
        );
    }
    Ok(said.text().split_whitespace().next().map(str::to_string))
}

/// Every file of a commit: its mode and hash.
fn tree(repository: &Repository, commit: &str) -> Result<BTreeMap<String, (String, String)>, Error> {
    let said = repository.must(&["ls-tree", "-r", "-z", "--full-tree", commit], None)?;
    let text = String::from_utf8_lossy(&said.out).into_owned();
    let entry = |line: &str| {
        let (head, path) = line.split_once('\t')?;
        let mut words = head.split(' ');
        let (mode, _, hash) = (words.next()?, words.next()?, words.next()?);
        Some((path.to_string(), (mode.to_string(), hash.to_string())))
    };
    Ok(text.split('\0').filter_map(entry).collect())
}

/// The files on the branch that limber wrote; none where it never did.
fn ours(
    repository: &Repository,
    there: &BTreeMap<String, (String, String)>,
) -> Result<Option<BTreeSet<String>>, Error> {
    let Some((_, blob)) = there.get(MARKER) else { return Ok(None) };
    let text = repository.must(&["cat-file", "blob", blob], None)?;
    let text = String::from_utf8_lossy(&text.out).into_owned();
    let mut lines = text.lines();
    let is_list = lines.next().is_some_and(|line| line.starts_with("written by limber"));
    Ok(is_list.then(|| lines.map(str::to_string).collect()))
}

/// The hash under which `git` knows each file, which is also written into the repository where that is asked for.
fn blobs(repository: &Repository, files: &[BuiltFile], write: bool) -> Result<BTreeMap<String, String>, Error> {
    let mut paths = Vec::new();
    for file in files {
        let at = file.at.canonicalize().unwrap_or_else(|_| file.at.clone());
        let Some(at) = at.to_str().filter(|at| !at.contains('\n')) else {
            return Err(Error::system(format!("git cannot be told the path of `{}`", file.at.display())));
        };
        paths.push(format!("{at}\n"));
    }
    let mut arguments = vec!["hash-object", "--no-filters", "--stdin-paths"];
    arguments.extend(write.then_some("-w"));
    let said = repository.tell(&arguments, paths.concat().as_bytes())?;
    let hashes: Vec<String> = said.text().lines().map(str::to_string).collect();
    if !said.well || hashes.len() != files.len() {
        return Err(Error::system(format!("git cannot read the built files: {}", said.reason())));
    }
    Ok(files.iter().map(|file| file.path.clone()).zip(hashes).collect())
}
