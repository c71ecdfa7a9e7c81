//! Small file systems of many sorts, in memory and in images, where this machine lets us have them.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::unable::{Lacks, unable};

/// A file system of its own, which is gone in the end.
pub struct Disk {
    folder: TempDir,
    /// The device that shows an image as a disk.
    device: Option<String>,
}

impl Disk {
    /// One in memory, with these options of mounting.
    pub fn in_memory(options: &str) -> Option<Self> {
        let disk = Self::new();
        let mounted = runs(Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(disk.path()));
        disk.or_unable(mounted, "small file systems cannot be mounted here")
    }

    /// One in an image of so many MiB: `ext4`, `btrfs`, `exfat`.
    pub fn in_image(system: &str, size: u64) -> Option<Self> {
        let mut disk = Self::new();
        let image = disk.folder.path().join("image");
        let file = std::fs::File::create(&image).expect("the image can be made");
        file.set_len(size << 20).expect("the image can be made");
        let device = Command::new("losetup").args(["-f", "--show"]).arg(&image).output();
        let device = device.ok().filter(|shown| shown.status.success()).map(|shown| shown.stdout);
        let Some(device) = device.map(|name| String::from_utf8_lossy(&name).trim().to_string()) else {
            return disk.or_unable(false, "images cannot be shown as disks here");
        };
        disk.device = Some(device.clone());
        let (program, package) = match system {
            "ext4" => ("mkfs.ext4", "e2fsprogs"),
            "btrfs" => ("mkfs.btrfs", "btrfs-progs"),
            _ => ("mkfs.exfat", "exfatprogs exfat-fuse"),
        };
        match Command::new(program).arg(&device).output() {
            Ok(made) => assert!(made.status.success(), "{program}: {}", String::from_utf8_lossy(&made.stderr)),
            Err(_) => {
                unable(Lacks::Package(program, &format!("apt-get install {package}")));
                return None;
            }
        }
        let mut mounted = runs(Command::new("mount").args(["-t", system, &device]).arg(disk.path()));
        if !mounted && system == "exfat" {
            mounted = runs(Command::new("mount.exfat-fuse").arg(&device).arg(disk.path()));
        }
        disk.or_unable(mounted, &format!("{system} cannot be mounted here"))
    }

    fn new() -> Self {
        let folder = TempDir::with_prefix("disk-").expect("a temporary folder");
        std::fs::create_dir(folder.path().join("disk")).expect("a folder can be made");
        Self { folder, device: None }
    }

    fn or_unable(self, mounted: bool, why: &str) -> Option<Self> {
        if !mounted {
            unable(Lacks::Right(why));
        }
        mounted.then_some(self)
    }

    /// Where it is mounted.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("disk")
    }

    /// Changes the options with which it is mounted.
    pub fn remount(&self, options: &str) {
        let options = format!("remount,{options}");
        assert!(runs(Command::new("mount").args(["-o", &options]).arg(self.path())));
    }

    /// Leaves no room; gives back the file that takes it.
    pub fn fill(&self) -> PathBuf {
        let ballast = self.path().join("ballast");
        for size in [1 << 20, 4096, 1] {
            let mut file = std::fs::File::options().append(true).create(true).open(&ballast).expect("it can be opened");
            while std::io::Write::write_all(&mut file, &vec![1; size]).and_then(|()| file.sync_data()).is_ok() {}
        }
        ballast
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        runs(Command::new("umount").arg("-l").arg(self.path()));
        if let Some(device) = &self.device {
            runs(Command::new("losetup").args(["-d", device]));
        }
    }
}

fn runs(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}
