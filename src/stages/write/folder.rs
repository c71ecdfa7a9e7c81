//! An open folder, and the few things we do below it. Holding it open keeps every path short and lets the folder
//! be renamed while we work in it.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, RenameFlags, Stat, Timespec, Timestamps};
use rustix::io::Errno;

use crate::hash::{Hash, Stream};

use super::WriteError;
use super::looks::Permissions;

/// Length and modification time: how we see, without reading it, that a file is still what we wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OutputStamp {
    pub(super) len: u64,
    pub(super) seconds: i64,
    pub(super) nanos: u32,
}

impl OutputStamp {
    pub(super) fn of(stat: &Stat) -> Self {
        Self { len: stat.st_size as u64, seconds: stat.st_mtime, nanos: stat.st_mtime_nsec as u32 }
    }
}

pub(super) struct OutputFolder {
    fd: OwnedFd,
    /// Where it was when it was opened; for messages, and for access lists.
    path: PathBuf,
    /// The folder whose owners, modes and access lists folders take over that are made here.
    like: Option<PermissionsModel>,
}

/// A folder to take looks from.
struct PermissionsModel {
    folder: Box<OutputFolder>,
    /// The looks that a new folder has by itself, if the topmost has no others: then there is nothing to take over.
    plain: Option<Permissions>,
}

impl OutputFolder {
    /// Opens a folder, but never through a symbolic link at its end.
    pub(super) fn open(path: &Path) -> Result<Self, WriteError> {
        let fd = rustix::fs::openat(CWD, path, folder_flags(), Mode::empty());
        fd.map(|fd| Self { fd, path: path.to_path_buf(), like: None })
            .map_err(|error| WriteError::os("open", path, error))
    }

    pub(super) fn error(&self, verb: &str, path: impl AsRef<Path>, error: impl Into<io::Error>) -> WriteError {
        WriteError::os(verb, self.path.join(path), error)
    }

    /// Takes over the looks of another folder, and has those of all folders in it for folders that are made here. True if
    /// owner and group are the same.
    pub(super) fn take_looks(&mut self, live: &Path) -> Result<bool, WriteError> {
        let folder = Self::open(live)?;
        let failed = |error: Errno| WriteError::os("change", &self.path, error);
        let (own, looks) = (self.looks("").map_err(failed)?, folder.looks("").map_err(failed)?);
        let same = own == looks;
        let kept = same || looks.workable().give(&self.fd).map_err(failed)?;
        self.like = Some(PermissionsModel { folder: Box::new(folder), plain: Some(own).filter(|_| same) });
        Ok(kept)
    }

    /// Owner, group, mode and access lists of something in the folder.
    pub(super) fn looks(&self, path: &str) -> Result<Permissions, Errno> {
        let at = if path.is_empty() { "." } else { path };
        let stat = rustix::fs::statat(&self.fd, at, AtFlags::SYMLINK_NOFOLLOW)?;
        Ok(Permissions::of(&stat, &self.path.join(path)))
    }

    /// Whether everything above a path is a folder, and no link to one.
    pub(super) fn is_below_folders(&self, path: &str) -> bool {
        path.match_indices('/').all(|(at, _)| self.is_folder(&path[..at]))
    }

    /// Renames a file of another folder to the same path here. What is there is replaced in one step.
    pub(super) fn receive(&self, from: &OutputFolder, path: &str) -> Result<(), Errno> {
        let rename = || rustix::fs::renameat(&from.fd, path, &self.fd, path);
        match rename() {
            Err(Errno::NOENT | Errno::NOTDIR) if path.contains('/') => {
                self.make_folders(parent(path.as_ref()))?;
            }
            Err(Errno::XDEV) => {}
            done => return done,
        }
        match rename() {
            // A folder in here is a mount point: the file has to be there before it can get its name.
            Err(Errno::XDEV) => {
                let aside = join(parent(path.as_ref()), &unused_name());
                let copied = self
                    .copy_as(from, path.as_ref(), &aside)
                    .map_err(|error| error.raw_os_error().map_or(Errno::IO, Errno::from_raw_os_error));
                let done = copied.and_then(|()| rustix::fs::renameat(&self.fd, &aside, &self.fd, path));
                if done.is_err() {
                    let _ = self.remove_file(&aside);
                }
                done
            }
            done => done,
        }
    }

    /// The folder itself.
    pub(super) fn stat(&self) -> Result<Stat, Errno> {
        rustix::fs::fstat(&self.fd)
    }

    /// What lies at a path, links not followed. `None` where there is nothing.
    pub(super) fn look(&self, path: impl AsRef<OsStr>) -> Option<Stat> {
        rustix::fs::statat(&self.fd, path.as_ref(), AtFlags::SYMLINK_NOFOLLOW).ok()
    }

    pub(super) fn is_folder(&self, path: impl AsRef<OsStr>) -> bool {
        self.look(path).is_some_and(|stat| kind(&stat) == FileType::Directory)
    }

    /// The stamp of a regular file.
    pub(super) fn stamp(&self, path: &str) -> Option<OutputStamp> {
        self.look(path).filter(|stat| kind(stat) == FileType::RegularFile).map(|stat| OutputStamp::of(&stat))
    }

    /// The content hash of a regular file.
    pub(super) fn hash(&self, path: &str) -> Option<Hash> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = rustix::fs::openat(&self.fd, path, flags, Mode::empty()).ok()?;
        Hash::of_all(&mut File::from(file)).ok()
    }

    /// Makes a new, empty file, and the folders above it. Whatever an older generation left there makes room: nothing is
    /// ever written in place, because an older file may be shared with the live folder.
    pub(super) fn create(&self, path: impl AsRef<OsStr>) -> Result<File, Errno> {
        let path = path.as_ref();
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        // A page is mostly alone in its folder, so that trying without one would be in vain.
        if path.as_bytes().ends_with(b"/index.html") {
            let _ = self.make_folder(parent(path));
        }
        let open = || rustix::fs::openat(&self.fd, path, flags, Mode::from_raw_mode(0o666));
        self.making_room(path, open).map(File::from)
    }

    /// Writes a small file and makes sure that it has reached the disk.
    pub(super) fn write_durably(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let write = || -> io::Result<()> {
            let mut file = self.create(path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|error| {
            // An incomplete file is removed.
            let _ = self.remove_file(OsStr::new(path));
            self.error("write", path, error)
        })
    }

    /// Makes sure that the names in the folder have reached the disk. Some file systems cannot; then the kernel knows best.
    pub(super) fn sync(&self) {
        let _ = rustix::fs::fsync(&self.fd);
    }

    /// Gives a file of another folder the same place here: a hard link, or else a copy with the same modification time.
    /// True if it is a link.
    pub(super) fn share(&self, from: &OutputFolder, path: &OsStr, links: bool) -> io::Result<bool> {
        let link = || rustix::fs::linkat(&from.fd, path, &self.fd, path, AtFlags::empty());
        if links {
            match self.making_room(path, link) {
                Err(Errno::PERM | Errno::ACCESS | Errno::MLINK | Errno::OPNOTSUPP | Errno::NOSYS | Errno::XDEV) => {}
                done => return Ok(done.map(|()| true)?),
            }
        }
        self.copy(from, path).map(|()| false)
    }

    fn copy(&self, from: &OutputFolder, path: &OsStr) -> io::Result<()> {
        self.copy_as(from, path, path)
    }

    fn copy_as(&self, from: &OutputFolder, path: &OsStr, name: &OsStr) -> io::Result<()> {
        let stat = rustix::fs::statat(&from.fd, path, AtFlags::SYMLINK_NOFOLLOW)?;
        if kind(&stat) == FileType::Symlink {
            let target = rustix::fs::readlinkat(&from.fd, path, Vec::new())?;
            let link = || rustix::fs::symlinkat(target.as_c_str(), &self.fd, name);
            return Ok(self.making_room(name, link)?);
        }
        if kind(&stat) != FileType::RegularFile {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "it is neither a file nor a folder"));
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mut source = File::from(rustix::fs::openat(&from.fd, path, flags, Mode::empty())?);
        let mut target = self.create(name)?;
        io::copy(&mut source, &mut target)?;
        Permissions::of(&stat, &from.path.join(path)).give(&target)?;
        Ok(rustix::fs::futimens(&target, &times(&stat))?)
    }

    /// Takes over mode and modification time of a folder; its owner can always write to it, or we could not reconcile it.
    pub(super) fn dress(&self, path: &OsStr, like: &Stat) -> Result<(), Errno> {
        let fd = rustix::fs::openat(&self.fd, path, folder_flags(), Mode::empty())?;
        if (rustix::fs::fstat(&fd)?.st_mode ^ like.st_mode) & 0o7777 != 0 {
            rustix::fs::fchmod(&fd, Mode::from_raw_mode(like.st_mode | 0o700))?;
        }
        rustix::fs::futimens(&fd, &times(like))
    }

    pub(super) fn remove_file(&self, path: &OsStr) -> Result<(), Errno> {
        match rustix::fs::unlinkat(&self.fd, path, AtFlags::empty()) {
            Err(Errno::NOENT | Errno::NOTDIR) => Ok(()),
            done => done,
        }
    }

    /// Removes a folder if nothing is left in it.
    pub(super) fn remove_empty(&self, path: &OsStr) -> Result<(), Errno> {
        match rustix::fs::unlinkat(&self.fd, path, AtFlags::REMOVEDIR) {
            Err(Errno::NOENT | Errno::NOTDIR | Errno::NOTEMPTY | Errno::EXIST) => Ok(()),
            done => done,
        }
    }

    /// Removes a file, or a folder with all that is in it; links are removed, not followed.
    pub(super) fn remove(&self, path: &OsStr) -> Result<(), Errno> {
        match self.remove_file(path) {
            Err(error) if self.is_folder(path) => {
                for (name, _) in self.list(path).map_err(|_| error)?.0 {
                    self.remove(&join(path, &name))?;
                }
                rustix::fs::unlinkat(&self.fd, path, AtFlags::REMOVEDIR)
            }
            done => done,
        }
    }

    /// The names in a folder, with what they are, and when it had last been changed. The folder must not be a symbolic link.
    pub(super) fn list(&self, path: &OsStr) -> Result<(Vec<(OsString, FileType)>, Time), Errno> {
        let at = if path.is_empty() { OsStr::new(".") } else { path };
        let fd = rustix::fs::openat(&self.fd, at, folder_flags(), Mode::empty())?;
        let time = time_of(&rustix::fs::fstat(&fd)?);
        let mut dir = Dir::new(fd)?;
        let mut names = Vec::new();
        while let Some(entry) = dir.read() {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            let kind = match entry.file_type() {
                FileType::Unknown => self.look(join(path, name)).map_or(FileType::Unknown, |stat| kind(&stat)),
                known => known,
            };
            names.push((name.to_os_string(), kind));
        }
        Ok((names, time))
    }

    /// How many files lie in the folder and below.
    pub(super) fn count_files(&self) -> usize {
        let below = |folder: &OsStr, count: &mut usize, folders: &mut Vec<OsString>| {
            for (name, kind) in self.list(folder).map_or_else(|_| Vec::new(), |(names, _)| names) {
                match kind {
                    FileType::Directory => folders.push(join(folder, &name)),
                    _ => *count += 1,
                }
            }
        };
        let (mut count, mut folders) = (0, vec![OsString::new()]);
        while let Some(folder) = folders.pop() {
            below(&folder, &mut count, &mut folders);
        }
        count
    }

    /// Makes folders, which are sorted and have all folders above them among them. Each is made once and on several threads;
    /// [`OutputFolder::share`] and [`OutputFolder::create`] need not find out then that one is missing.
    pub(super) fn make_all(&self, folders: &[&str]) -> Result<(), (String, Errno)> {
        let mut by_depth: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for folder in folders {
            by_depth.entry(folder.matches('/').count()).or_default().push(folder);
        }
        by_depth.values().try_for_each(|level| {
            level.par_iter().try_for_each(|path| {
                let made = match self.make_folder(path.as_ref()) {
                    Err(Errno::EXIST | Errno::NOENT | Errno::NOTDIR) => self.make_folders(path.as_ref()),
                    made => made,
                };
                made.map_err(|error| (path.to_string(), error))
            })
        })
    }

    /// Makes a folder and those above it; what an older generation left in the way goes.
    pub(super) fn make_folders(&self, path: &OsStr) -> Result<(), Errno> {
        for _ in 0..3 {
            match self.make_folder(path) {
                Err(Errno::NOENT | Errno::NOTDIR) if !parent(path).is_empty() => {
                    self.make_folders(parent(path))?;
                }
                // Another thread may have been quicker, which is as good.
                Err(Errno::EXIST) if self.is_folder(path) => return Ok(()),
                Err(Errno::EXIST) => self.remove_file(path).or_else(|error| match error {
                    Errno::ISDIR | Errno::PERM => Ok(()),
                    error => Err(error),
                })?,
                done => return done,
            }
        }
        Err(Errno::EXIST)
    }

    /// A folder with other looks than a new one has by itself is made under another name: nothing may be put into it before
    /// it has them, because what is made in a folder may take over its group.
    fn make_folder(&self, path: &OsStr) -> Result<(), Errno> {
        let Some(looks) = self.looks_of_new(path) else {
            return rustix::fs::mkdirat(&self.fd, path, Mode::from_raw_mode(0o777));
        };
        let aside = join(parent(path), &unused_name());
        rustix::fs::mkdirat(&self.fd, &aside, Mode::from_raw_mode(0o700))?;
        let dressed = rustix::fs::openat(&self.fd, &aside, folder_flags(), Mode::empty()).and_then(|fd| looks.give(fd));
        let named = dressed.and_then(|_| {
            match rustix::fs::renameat_with(&self.fd, &aside, &self.fd, path, RenameFlags::NOREPLACE) {
                Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) if self.look(path).is_none() => {
                    rustix::fs::renameat(&self.fd, &aside, &self.fd, path)
                }
                done => done,
            }
        });
        if named.is_err() {
            let _ = rustix::fs::unlinkat(&self.fd, &aside, AtFlags::REMOVEDIR);
        }
        named
    }

    /// The looks that a folder has to be given, where those of a new one are others.
    fn looks_of_new(&self, path: &OsStr) -> Option<Permissions> {
        let PermissionsModel { folder, plain } = self.like.as_ref()?;
        let stat = folder.look(path).filter(|stat| kind(stat) == FileType::Directory)?;
        let looks = Permissions::of(&stat, &folder.path.join(path));
        (plain.as_ref() != Some(&looks)).then(|| looks.workable())
    }

    /// Does something that makes `path`; if a folder is missing or something old is in the way, puts that right first.
    fn making_room<T>(&self, path: &OsStr, make: impl Fn() -> Result<T, Errno>) -> Result<T, Errno> {
        match make() {
            Err(Errno::NOENT | Errno::NOTDIR) if !parent(path).is_empty() => {
                self.make_folders(parent(path))?;
            }
            Err(Errno::EXIST | Errno::ISDIR) => self.remove(path)?,
            done => return done,
        }
        make()
    }
}

/// When something was last changed, in seconds and nanoseconds by the clock of its file system.
pub(super) type Time = (i64, i64);

pub(super) fn time_of(stat: &Stat) -> Time {
    (stat.st_mtime as _, stat.st_mtime_nsec as _)
}

pub(super) fn kind(stat: &Stat) -> FileType {
    FileType::from_raw_mode(stat.st_mode)
}

/// The folder a path lies in; empty for the topmost.
pub(super) fn parent(path: &OsStr) -> &OsStr {
    let bytes = path.as_bytes();
    OsStr::from_bytes(bytes.iter().rposition(|&byte| byte == b'/').map_or(&[], |at| &bytes[..at]))
}

pub(super) fn join(folder: &OsStr, name: &OsStr) -> OsString {
    let mut path = OsString::with_capacity(folder.len() + name.len() + 1);
    path.push(folder);
    if !folder.is_empty() {
        path.push("/");
    }
    path.push(name);
    path
}

/// A name for something that has another in a moment.
fn unused_name() -> OsString {
    static USED: AtomicUsize = AtomicUsize::new(0);
    format!(".limber-{}-{}", std::process::id(), USED.fetch_add(1, Ordering::Relaxed)).into()
}

/// Which side of a copy failed.
pub(super) enum CopyError {
    Read(io::Error),
    Write(io::Error),
}

/// Copies and hashes in one go.
pub(super) fn copy_stream(source: &mut impl Read, target: &mut impl Write) -> Result<Hash, CopyError> {
    let mut hash = Stream::default();
    let mut buffer = vec![0; 1 << 17];
    loop {
        let len = match source.read(&mut buffer) {
            Ok(0) => return Ok(hash.finish()),
            Ok(len) => len,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(CopyError::Read(error)),
        };
        hash.add(&buffer[..len]);
        target.write_all(&buffer[..len]).map_err(CopyError::Write)?;
    }
}

fn times(stat: &Stat) -> Timestamps {
    Timestamps {
        last_access: Timespec { tv_sec: stat.st_atime as _, tv_nsec: stat.st_atime_nsec as _ },
        last_modification: Timespec { tv_sec: stat.st_mtime as _, tv_nsec: stat.st_mtime_nsec as _ },
    }
}

fn folder_flags() -> OFlags {
    OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC
}
