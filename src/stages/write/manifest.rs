//! What one generation of the output holds, as the project remembers it.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;

use crate::hash::{Hash, Hasher};

use super::folder::{OutputFolder, OutputStamp, parent};
use super::foreign::Foreign;
use super::{MARKER, WriteError};

/// The record of the site that is live.
pub(super) const LIVE: &str = "live.manifest";
/// The record of a site that is put together, or is just becoming live.
pub(super) const NEXT: &str = "next.manifest";

/// One file of a generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ManifestFile {
    pub(super) path: String,
    /// What it was made from.
    pub(super) key: Hash,
    pub(super) content: Hash,
    pub(super) stamp: OutputStamp,
}

/// All files of a generation, sorted by path. Its `id` is the hash of paths and contents, and stands in the marker inside the
/// generation's folder: so it can be told whether a record is that of a folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) id: Hash,
    /// The number that the file system gave the folder; 0 where that does not matter.
    pub(super) inode: u64,
    /// What the whole generation was made from, where that is known.
    pub(super) made_from: Option<Hash>,
    pub(super) files: Vec<ManifestFile>,
    /// What lay in the folder besides, when it became live. The generation before holds links to the same.
    pub(super) foreign: Vec<Foreign>,
}

impl Manifest {
    pub(super) fn new(files: Vec<ManifestFile>, foreign: Vec<Foreign>, made_from: Option<Hash>) -> Self {
        let mut hasher = Hasher::new();
        for file in &files {
            hasher.text(&file.path).hash(&file.content);
        }
        Self { id: hasher.finish(), inode: 0, made_from, files, foreign }
    }

    pub(super) fn find(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()
    }

    /// Whether a path is a folder that holds a file.
    pub(super) fn is_folder(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let at = self.files.partition_point(|file| *file.path < *below);
        self.files.get(at).is_some_and(|file| file.path.starts_with(&below))
    }

    /// Every folder that holds a file, and those above, sorted.
    pub(super) fn folders(&self) -> Vec<String> {
        let folders = folders_above(self.files.iter().map(|file| file.path.as_str()));
        folders.into_iter().map(str::to_string).collect()
    }

    /// The first path that is wanted both as a file and as a folder.
    pub(super) fn clash(&self) -> Option<String> {
        self.folders().into_iter().find(|folder| self.find(folder).is_some())
    }

    /// A manifest that was saved; `None` where it is lost or damaged.
    pub(super) fn read(path: &Path) -> Option<Self> {
        parse(&fs::read(path).ok()?)
    }

    /// Writes it into a folder, whole or not at all.
    pub(super) fn save(&self, folder: &Path, name: &str) -> Result<(), WriteError> {
        fs::create_dir_all(folder).map_err(|error| WriteError::os("create", folder, error))?;
        let opened = OutputFolder::open(folder)?;
        let draft = format!("{name}.new");
        opened.write_durably(&draft, &self.to_bytes())?;
        let target = folder.join(name);
        take_place(&folder.join(draft), &target)?;
        opened.sync();
        Ok(())
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut text = String::with_capacity(self.files.len() * 140 + 100);
        let mut lines = Vec::with_capacity(self.files.len() * 140 + 100);
        let mut line = |head: &str, path: &OsStr| {
            lines.extend_from_slice(head.as_bytes());
            lines.extend_from_slice(path.as_bytes());
            lines.push(0);
        };
        line("", OsStr::new(&format!("{} {}", hex(self.id), self.inode)));
        if let Some(made_from) = self.made_from {
            line("< ", OsStr::new(&hex(made_from)));
        }
        for ManifestFile { path, key, content, stamp } in &self.files {
            text.clear();
            let OutputStamp { len, seconds, nanos } = stamp;
            let head = write!(text, "= {} {} {len} {seconds} {nanos} ", hex(*key), hex(*content));
            head.expect("writing to a string cannot fail");
            line(&text, path.as_ref());
        }
        for foreign in &self.foreign {
            line(if foreign.folder { "/ " } else { "? " }, &foreign.path);
        }
        let mut bytes = format!("limber 1 {}\0", Hash::of(&lines)).into_bytes();
        bytes.append(&mut lines);
        bytes
    }
}

/// One record per file, ended by NUL, the one byte that no path can hold; the first has a checksum of all that follows.
fn parse(bytes: &[u8]) -> Option<Manifest> {
    let header = bytes.split(|&byte| byte == 0).next()?;
    let sum = Hash::from_hex(std::str::from_utf8(header).ok()?.strip_prefix("limber 1 ")?)?;
    let lines = bytes.get(header.len() + 1..)?;
    if Hash::of(lines) != sum {
        return None;
    }
    let mut records = lines.strip_suffix(&[0])?.split(|&byte| byte == 0);
    // Records of earlier versions have no number of a folder.
    let head = std::str::from_utf8(records.next()?).ok()?;
    let (id, inode) = head.split_once(' ').unwrap_or((head, "0"));
    let mut manifest = Manifest { id: Hash::from_hex(id)?, inode: inode.parse().ok()?, ..Manifest::default() };
    for record in records {
        match record.split_at_checked(2)? {
            (b"< ", hash) => manifest.made_from = Some(Hash::from_hex(std::str::from_utf8(hash).ok()?)?),
            (b"= ", entry) => manifest.files.push(parse_entry(std::str::from_utf8(entry).ok()?)?),
            (mark @ (b"/ " | b"? "), path) => {
                let path = OsString::from_vec(path.to_vec());
                manifest.foreign.push(Foreign { path, folder: mark == b"/ ", file: false });
            }
            _ => return None,
        }
    }
    Some(manifest)
}

fn parse_entry(text: &str) -> Option<ManifestFile> {
    let mut parts = text.splitn(6, ' ');
    let key = Hash::from_hex(parts.next()?)?;
    let content = Hash::from_hex(parts.next()?)?;
    let len = parts.next()?.parse().ok()?;
    let seconds = parts.next()?.parse().ok()?;
    let nanos = parts.next()?.parse().ok()?;
    Some(ManifestFile { path: parts.next()?.to_string(), key, content, stamp: OutputStamp { len, seconds, nanos } })
}

/// Marks a finished generation. The text is published with the site, so it says what it is, and nothing about when or where.
pub(super) fn write_marker(folder: &OutputFolder, id: Hash) -> Result<(), WriteError> {
    folder.write_durably(MARKER, format!("written by limber, do not edit\n{id}\n").as_bytes())
}

pub(super) fn read_marker(folder: &Path) -> Option<Hash> {
    let path = folder.join(MARKER);
    let regular = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file() && found.len() < 1000);
    let text = regular.then(|| fs::read_to_string(&path).ok()).flatten()?;
    Hash::from_hex(text.lines().nth(1)?)
}

/// Gives a record its name, whatever stands there.
pub(super) fn take_place(draft: &Path, target: &Path) -> Result<(), WriteError> {
    let rename = || match fs::rename(draft, target) {
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
            fs::remove_dir_all(target)?;
            fs::rename(draft, target)
        }
        done => done,
    };
    rename().map_err(|error| WriteError::os("write", target, error))
}

/// Removes the notes of all generations but this one.
pub(super) fn forget_others(state: &Path, known: Hash) -> io::Result<()> {
    forget_where(state, |id| id != known)
}

/// Removes the notes of one generation.
pub(super) fn forget(state: &Path, gone: Hash) -> io::Result<()> {
    forget_where(state, |id| id == gone)
}

fn forget_where(state: &Path, is_gone: impl Fn(Hash) -> bool) -> io::Result<()> {
    for found in fs::read_dir(state)? {
        let found = found?;
        let name = found.file_name();
        let Some(name) = name.to_str() else { continue };
        let of_generation = name.split_once('.').and_then(|(id, _)| Hash::from_hex(id));
        if of_generation.is_some_and(&is_gone) {
            fs::remove_file(found.path())?;
        }
    }
    Ok(())
}

/// As [`Hash::hex`], without a formatting call for each of its bytes: a manifest of 10,000 files has 20,000 hashes.
fn hex(hash: Hash) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).expect("half a byte is below 16");
    hash.bytes().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Every folder that holds one of these files, which are sorted, and those above; sorted.
pub(super) fn folders_above<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let (mut folders, mut last) = (Vec::new(), "");
    for file in paths {
        let mut path = file;
        while let Some((above, _)) = path.rsplit_once('/') {
            if above == last {
                break;
            }
            folders.push(above);
            path = above;
        }
        last = file.rsplit_once('/').map_or("", |(above, _)| above);
    }
    folders.sort_unstable();
    folders.dedup();
    folders
}

/// The folder above, as text.
pub(super) fn folder_of(path: &str) -> &str {
    parent(path.as_ref()).to_str().unwrap_or_default()
}
