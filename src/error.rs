//! Why a command could not do what it was asked for.
//!
//! What is wrong with a site is a `Diagnostic` with a place; this is for everything else. One function prints it, and the
//! exit code follows from its kind.

use std::fmt;

/// What sort of thing went wrong: the exit code follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The content of the site does not allow it.
    Content,
    /// What was asked for does not exist, or cannot be done by this program.
    Request,
    /// The system said no: a file, a folder, the network.
    System,
    /// A bug of this program.
    Bug,
}

impl ErrorKind {
    /// The code with which the program ends.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Content => 1,
            Self::Request | Self::System | Self::Bug => 2,
        }
    }
}

/// Why a command could not do what it was asked for, in words a person can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What sort of thing went wrong.
    pub kind: ErrorKind,
    /// What went wrong: lower case, no full stop.
    pub message: String,
    /// The ways out.
    pub help: Vec<String>,
}

impl Error {
    /// The content of the site does not allow it.
    pub fn content(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Content, message)
    }

    /// What was asked for does not exist, or cannot be done by this program.
    pub fn request(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Request, message)
    }

    /// The system said no.
    pub fn system(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::System, message)
    }

    /// A bug of this program.
    pub fn bug(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Bug, message)
    }

    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: Vec::new() }
    }

    /// Adds a way out.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        self.help.iter().try_for_each(|help| write!(f, "\n  help: {help}"))
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_out_stand_below_the_error() {
        let error = Error::request("there is no kind `x`").help("known kinds are a, b").help("or none");
        assert_eq!(error.to_string(), "error: there is no kind `x`\n  help: known kinds are a, b\n  help: or none");
        assert_eq!(
            [ErrorKind::Content, ErrorKind::Request, ErrorKind::System, ErrorKind::Bug].map(ErrorKind::exit_code),
            [1, 2, 2, 2]
        );
    }
}
