//! What can go wrong while writing, in words a person can act on.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The site could not be written. The live folder is then as it was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    /// The file or folder it is about.
    pub path: PathBuf,
    /// What went wrong, with the path and the reason.
    pub message: String,
    /// What to do about it, where there is something to say.
    pub help: Option<String>,
}

impl WriteError {
    pub(super) fn new(path: impl Into<PathBuf>, message: String) -> Self {
        Self { path: path.into(), message, help: None }
    }

    /// The operating system said no. `verb` completes "cannot ...".
    pub(super) fn os(verb: &str, path: impl AsRef<Path>, error: impl Into<io::Error>) -> Self {
        let (path, error) = (path.as_ref(), error.into());
        let message = format!("cannot {verb} `{}`: {}", path.display(), reason(&error));
        Self { path: path.to_path_buf(), message, help: way_out(error.kind()).map(str::to_string) }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded => "the disk quota is used up",
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::NotFound => "there is no such file or folder",
        io::ErrorKind::NotADirectory => "part of the path is not a folder",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::DirectoryNotEmpty => "the folder is not empty",
        io::ErrorKind::CrossesDevices => "it lies on another file system",
        io::ErrorKind::ResourceBusy => "it is in use, perhaps as a mount point",
        io::ErrorKind::FileTooLarge => "files may not be that large here",
        io::ErrorKind::InvalidFilename => "the name is too long or not allowed here",
        _ => {
            let text = error.to_string();
            return text.split(" (os error").next().unwrap_or(&text).to_lowercase();
        }
    };
    words.to_string()
}

fn way_out(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room and build again; the output folder is as it was before"
        }
        io::ErrorKind::PermissionDenied => {
            "the user who builds must be allowed to write both the output folder and the folder it lies in"
        }
        io::ErrorKind::ReadOnlyFilesystem => "choose an output folder that can be written",
        io::ErrorKind::NotADirectory => "choose another output folder",
        io::ErrorKind::ResourceBusy => {
            "an output folder that is itself a mount point cannot be exchanged; choose a folder inside it"
        }
        _ => return None,
    })
}

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Self {
        error.help.into_iter().fold(Self::system(error.message), Self::help)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "\n  help: {help}"))
    }
}

impl std::error::Error for WriteError {}
