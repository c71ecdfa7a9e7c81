//! Reading one text file.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::folders::{Folders, without_extension};
use crate::hash::Hash;
use crate::model::source::{FileStamp, Source};
use crate::signs;
use crate::span::Place;
use crate::theme;

use super::secrets::{holds_secret, is_secret_name};
use super::{load_site, walk::stamp};

/// Longest text file, in bytes.
const LONGEST_TEXT: u64 = 32 * 1024 * 1024;
/// Longest table, in bytes: that of all retracted works has more than 60 million.
const LONGEST_TABLE: u64 = 512 * 1024 * 1024;

/// A file that was found and not read yet.
#[derive(Clone, Debug)]
pub struct UnreadSource {
    /// Relative to the project folder, with `/` between folders.
    pub path: Arc<str>,
    /// The hash of its text, if it was read already.
    pub hash: Option<Hash>,
    pub(super) file: PathBuf,
    /// None until it is needed.
    pub(super) stamp: Option<FileStamp>,
}

impl UnreadSource {
    /// Finds out the hash of its text, unless the file cannot be read.
    pub fn look(&mut self) {
        let (source, _) = self.read();
        self.hash = Some(source.hash).filter(|_| !source.broken);
    }

    /// Reads it as a text. One that cannot be read keeps its name.
    pub fn read(&self) -> (Source, Vec<Diagnostic>) {
        let broken = |diagnostic: Diagnostic| {
            let source = Source { broken: true, ..Source::new(self.path.clone(), "") };
            (source, vec![diagnostic])
        };
        let place = Place::whole(&self.path);
        let (bytes, stamp) = match read(&self.file) {
            Ok((Some(bytes), stamp)) => (bytes, stamp),
            Ok((None, stamp)) => {
                let (length, most) = (stamp.length / 1_000_000, longest(&self.file) / 1024 / 1024);
                let message = format!("this file has {length} MB, and a text may have at most {most}");
                return broken(Diagnostic::new(Code::FileTooLarge, place, message).help("split the file"));
            }
            Err(error) => return broken(unreadable(&self.path, &error)),
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let (at, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
                let message =
                    format!("this file is not valid UTF-8: the byte {:02X} is no part of a character here", bytes[at]);
                let place = self.place_at(&String::from_utf8_lossy(bytes), at);
                let diagnostic = Diagnostic::new(Code::FileNotUtf8, place, message);
                return broken(diagnostic.help("save it again with the encoding UTF-8"));
            }
        };
        if let Some(at) = signs::places(&text, 0).next() {
            let message = "this file has a NUL byte: it is no text";
            return broken(
                Diagnostic::new(Code::FileNul, self.place_at(&text, at), message)
                    .help("remove the file, or save it again as text"),
            );
        }
        let source = Source { stamp, ..Source::new(self.path.clone(), normal(text)) };
        (source, Vec::new())
    }
}

impl UnreadSource {
    /// The place of a character of the file, in its text as reports show it.
    fn place_at(&self, text: &str, at: usize) -> Place {
        let before = normal(text[..at].to_string()).len();
        let length = text[at..].chars().next().map_or(0, char::len_utf8);
        Place::new(&self.path, before..before + length)
    }
}

/// The bytes of a file, unless they are too many for a text, and its stamp at this moment.
fn read(path: &Path) -> io::Result<(Option<Vec<u8>>, FileStamp)> {
    let file = fs::File::open(path)?;
    let stamp = stamp(&file.metadata()?);
    if stamp.length > longest(path) {
        return Ok((None, stamp));
    }
    let mut bytes = Vec::with_capacity(stamp.length as usize);
    // `take` keeps the standard library from asking for the length again.
    file.take(u64::MAX).read_to_end(&mut bytes)?;
    Ok((Some(bytes), stamp))
}

fn longest(file: &Path) -> u64 {
    if file.extension().is_some_and(|extension| extension == "csv") { LONGEST_TABLE } else { LONGEST_TEXT }
}

/// Reads one text file of a project again, as [`super::load`] reads it: for reports. What a link outside the project leads
/// to is no more quoted than read, nor is what is secret.
pub fn text(root: &Path, path: &str) -> Option<Arc<str>> {
    if let Some(name) = path.strip_prefix("theme/") {
        return theme::TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).into());
    }
    let file = root.join(path);
    let real = file.canonicalize().ok()?;
    let site = || load_site(root);
    let named =
        || Folders::of(site().as_ref().map(|site| &*site.text)).named().any(|name| below(&real, &root.join(name)));
    let inside = below(&real, root) || named();
    let length = fs::metadata(&file).ok().filter(|metadata| inside && metadata.is_file())?.len();
    let behind = root.canonicalize().ok().and_then(|root| real.strip_prefix(root).ok()).unwrap_or(&real);
    let is_secret = is_secret_name(path) || is_secret_name(&behind.to_string_lossy().replace('\\', "/"));
    if length > LONGEST_TEXT || is_secret || holds_secret(path, &file).unwrap_or(true) {
        return None;
    }
    let text = match String::from_utf8(fs::read(file).ok()?) {
        Ok(text) => text,
        // Of a text that is no UTF-8 the line is shown all the same.
        Err(error) if is_called_text(path) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        Err(_) => return None,
    };
    Some(normal(text).into())
}

/// Whether a file is read as a text, by its name.
fn is_called_text(path: &str) -> bool {
    const TEXTS: [&str; 6] = ["yaml", "yml", "bib", "csv", "html", "txt"];
    without_extension(path).is_some() || TEXTS.contains(&super::extension(path))
}

/// Whether a file lies in a folder, behind all links.
fn below(file: &Path, folder: &Path) -> bool {
    folder.canonicalize().is_ok_and(|folder| file.starts_with(folder))
}

/// Without a byte order mark, with `\n` at the end of lines.
fn normal(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_string(),
        None => text,
    };
    if signs::has(&text, "\r") { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

pub(super) fn unreadable(path: &Arc<str>, error: &io::Error) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::FileUnreadable,
        Place::whole(path),
        format!("this file cannot be read: {}", reason(error)),
    );
    diagnostic.help("check the permissions of the file")
}

/// What went wrong, without the number of the operating system.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
