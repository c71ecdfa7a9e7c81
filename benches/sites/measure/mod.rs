//! What the measuring programs share.

pub mod floor;
pub mod run;
pub mod server;
pub mod table;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A folder for a generated site and its output, in memory where the system has such a place. Removed when dropped.
pub struct Lab {
    folder: PathBuf,
    /// The site.
    pub site: PathBuf,
    /// Its output.
    pub out: PathBuf,
}

impl Lab {
    /// A new folder.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new() -> io::Result<Self> {
        let memory = Path::new("/dev/shm");
        let above = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
        let folder = above.join(format!("limber-bench-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        Ok(Self { site: folder.join("site"), out: folder.join("out"), folder })
    }

    /// Removes the output and all that the program remembers of it.
    ///
    /// # Errors
    /// When something of it stays.
    pub fn clear(&self) -> io::Result<()> {
        for folder in [self.out.clone(), self.site.join(".limber")] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        Ok(())
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
