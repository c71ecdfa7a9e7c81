//! Owner, group, permissions and access lists, which belong to whoever set them.

use std::os::fd::{AsFd, BorrowedFd};
use std::path::Path;

use rustix::fs::{Gid, Mode, Stat, Uid};
use rustix::io::Errno;

/// The access lists of Linux: who may use the file, and who may use what is made in the folder.
const LISTS: [&str; 2] = ["system.posix_acl_access", "system.posix_acl_default"];

/// Who may do what with a file or folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Permissions {
    mode: u32,
    owner: u32,
    group: u32,
    lists: [Option<Vec<u8>>; 2],
}

impl Permissions {
    /// Those of a file or folder, by what the system said of it and by its path.
    pub(super) fn of(stat: &Stat, path: &Path) -> Self {
        let list = |name| {
            let mut bytes = vec![0; 4096];
            let len = rustix::fs::lgetxattr(path, name, &mut bytes[..]).ok()?;
            bytes.truncate(len);
            Some(bytes)
        };
        let has_none = rustix::fs::llistxattr(path, &mut [0_u8; 256][..]).is_ok_and(|len| len == 0);
        let lists = if has_none { [None, None] } else { LISTS.map(list) };
        Self { mode: stat.st_mode & 0o7777, owner: stat.st_uid, group: stat.st_gid, lists }
    }

    /// Gives them to an open file or folder, as far as this process may. True if owner and group are those wanted.
    pub(super) fn give(&self, fd: impl AsFd) -> Result<bool, Errno> {
        let fd = fd.as_fd();
        let stat = rustix::fs::fstat(fd)?;
        let mut kept = true;
        if (stat.st_uid, stat.st_gid) != (self.owner, self.group) {
            let (owner, group) = (Uid::from_raw(self.owner), Gid::from_raw(self.group));
            kept = rustix::fs::fchown(fd, Some(owner), Some(group)).is_ok();
            if !kept {
                let _ = rustix::fs::fchown(fd, None, Some(group));
            }
        }
        for (name, list) in LISTS.iter().zip(&self.lists) {
            give_list(fd, name, list.as_deref());
        }
        // After a change of owner the system may have taken bits away.
        if rustix::fs::fstat(fd)?.st_mode & 0o7777 != self.mode {
            rustix::fs::fchmod(fd, Mode::from_raw_mode(self.mode))?;
        }
        Ok(kept)
    }

    /// The same, with all that its owner needs to work in the folder.
    pub(super) fn workable(mut self) -> Self {
        self.mode |= 0o700;
        self
    }
}

/// Lists are lost where the file system has none: then there were none that mattered.
fn give_list(fd: BorrowedFd<'_>, name: &str, list: Option<&[u8]>) {
    let _ = match list {
        Some(list) => rustix::fs::fsetxattr(fd, name, list, rustix::fs::XattrFlags::empty()),
        None => rustix::fs::fremovexattr(fd, name),
    };
}
