//! Which way the new site takes into the output folder, and why.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, AtFlags, CWD};

/// How the new site becomes the live one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WriteMethod {
    /// There is no output folder yet: the new one gets its name.
    New,
    /// The new folder and the live one change places in one step.
    Exchange,
    /// The folder stays, and each file in it is replaced by itself.
    InPlace,
}

/// What decides about the way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// There is an output folder.
    pub(super) exists: bool,
    /// Whoever builds asked for it.
    pub(super) in_place: bool,
    /// The output folder is a mount point, or has one inside it.
    pub(super) mounted: bool,
    /// It lies on an overlay: a folder that comes from a lower layer cannot be renamed.
    pub(super) overlay: bool,
    /// It, or its parent, lies on another file system than the state, or there is no state that can be written.
    pub(super) apart: bool,
    /// Its parent cannot be written.
    pub(super) locked_in: bool,
    /// A new folder could not be given its owner and group.
    pub(super) of_others: bool,
}

/// The way, as this table says; the first line that holds decides.
///
/// | the output folder | way |
/// |---|---|
/// | is not there | new |
/// | was asked to stay | in place |
/// | is a mount point or holds one; lies on an overlay | in place |
/// | lies on another file system than the state | in place |
/// | lies in a folder that cannot be written | in place |
/// | belongs to someone whose folders we cannot make | in place |
/// | anything else | exchange |
pub(super) fn choose(facts: Facts) -> WriteMethod {
    let Facts { exists, in_place, mounted, overlay, apart, locked_in, of_others } = facts;
    match exists {
        false => WriteMethod::New,
        true if in_place || mounted || overlay || apart || locked_in || of_others => WriteMethod::InPlace,
        true => WriteMethod::Exchange,
    }
}

/// Asks the system about an output folder. `state` is where the new site would be put together, if anything can be
/// written there.
pub(super) fn facts(out: &Path, state: Option<&Path>, in_place: bool) -> Facts {
    let parent = out.parent().unwrap_or(out);
    let mounts = mounts();
    let found = fs::symlink_metadata(out).ok();
    Facts {
        exists: found.is_some(),
        in_place,
        mounted: mounts.iter().any(|mount| mount.starts_with(out))
            || found.as_ref().is_some_and(|out| !shares_device(out, parent)),
        overlay: is_overlay(out),
        apart: state.is_none_or(|state| [parent, out].iter().any(|place| !on_one_mount(&mounts, state, place))),
        locked_in: rustix::fs::accessat(CWD, parent, Access::WRITE_OK | Access::EXEC_OK, AtFlags::EACCESS).is_err(),
        of_others: found.is_some_and(|out| !can_be_given(out.uid(), out.gid())),
    }
}

fn shares_device(out: &fs::Metadata, parent: &Path) -> bool {
    fs::metadata(parent).is_ok_and(|parent| parent.dev() == out.dev())
}

/// Whether files can be renamed from one folder to the other: both lie below the same mount, and in the same volume of it.
fn on_one_mount(mounts: &[PathBuf], a: &Path, b: &Path) -> bool {
    let (a, b) = (standing(a), standing(b));
    let mount = |path: &Path| {
        mounts.iter().filter(|mount| path.starts_with(mount)).map(|mount| mount.components().count()).max()
    };
    let same_mount = mount(a) == mount(b)
        && mounts
            .iter()
            .filter(|at| Some(at.components().count()) == mount(a))
            .any(|at| a.starts_with(at) && b.starts_with(at))
        || mounts.is_empty();
    same_mount && fs::metadata(a).is_ok_and(|found| shares_device(&found, b))
}

/// The nearest folder above that is there.
fn standing(path: &Path) -> &Path {
    path.ancestors().find(|path| path.exists()).unwrap_or(path)
}

/// Whether this process can make folders of this owner and group.
fn can_be_given(owner: u32, group: u32) -> bool {
    let me = rustix::process::geteuid();
    let is_mine = |group: u32| {
        rustix::process::getegid().as_raw() == group
            || rustix::process::getgroups().is_ok_and(|groups| groups.iter().any(|mine| mine.as_raw() == group))
    };
    me.is_root() || me.as_raw() == owner && is_mine(group)
}

/// The mount points of this process; none where the system does not list them.
fn mounts() -> Vec<PathBuf> {
    let listed = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    listed.lines().filter_map(|line| line.split(' ').nth(4)).map(unescaped).collect()
}

/// A path of the list, in which spaces, tabs, line breaks and backslashes stand as three octal digits.
fn unescaped(path: &str) -> PathBuf {
    let mut parts = path.split('\\');
    let mut plain = parts.next().unwrap_or_default().to_string();
    for part in parts {
        match part.split_at_checked(3).map(|(digits, rest)| (u8::from_str_radix(digits, 8), rest)) {
            Some((Ok(byte), rest)) => plain.extend([char::from(byte).to_string().as_str(), rest]),
            _ => plain.extend(["\\", part]),
        }
    }
    plain.into()
}

#[cfg(target_os = "linux")]
fn is_overlay(out: &Path) -> bool {
    // The type of the number is not the same on all machines.
    const OVERLAY: u32 = 0x794c_7630;
    rustix::fs::statfs(out).is_ok_and(|found| found.f_type as u32 == OVERLAY)
}

#[cfg(not(target_os = "linux"))]
fn is_overlay(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_table_decides() {
        let plain = Facts { exists: true, ..Facts::default() };
        assert_eq!(choose(plain), WriteMethod::Exchange);
        assert_eq!(choose(Facts { in_place: true, apart: true, ..Facts::default() }), WriteMethod::New);
        for facts in [
            Facts { in_place: true, ..plain },
            Facts { mounted: true, ..plain },
            Facts { overlay: true, ..plain },
            Facts { apart: true, ..plain },
            Facts { locked_in: true, ..plain },
            Facts { of_others: true, ..plain },
        ] {
            assert_eq!(choose(facts), WriteMethod::InPlace, "{facts:?}");
        }
    }

    #[test]
    fn a_mount_point_with_a_space_is_read_as_it_is() {
        assert_eq!(unescaped("/mnt/my\\040site"), Path::new("/mnt/my site"));
        assert_eq!(unescaped("/mnt/a\\134b"), Path::new("/mnt/a\\b"));
    }
}
