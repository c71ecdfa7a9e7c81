//! Prints problems: for people to standard error, for programs to standard output.

use std::borrow::Cow;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::args::Format;
use crate::diagnostics::human::{Look, SourceTexts};
use crate::diagnostics::{Diagnostic, github, human, json, sarif, short};
use crate::error::Error;
use crate::span::Place;
use crate::stages::load;

/// Windows that are narrower than this break the lines of reports.
const NARROWEST: usize = 60;

/// Prints a report for people.
pub(super) fn print(root: &Path, diagnostics: &[Diagnostic], texts: &SourceTexts) {
    if !diagnostics.is_empty() {
        print_as(root, Format::Human, diagnostics, &complete(root, diagnostics, texts.clone()));
    }
}

/// Prints a report in one of the formats. `texts` has the texts of all files that it quotes.
/// Paths count from the working folder, those for code hosts from the repository.
pub(super) fn print_as(root: &Path, format: Format, diagnostics: &[Diagnostic], texts: &SourceTexts) {
    let top = if matches!(format, Format::Sarif | Format::Github) { repository(root) } else { working_folder() };
    let folder = way(&top, root);
    let (diagnostics, texts) = (&below(&folder, diagnostics), &texts_below(&folder, texts));
    let report = match format {
        Format::Human if diagnostics.is_empty() => return,
        Format::Human => {
            say(human::report(diagnostics, texts, look()));
            return;
        }
        Format::Short => short::report(diagnostics, texts),
        Format::Json => json::report(diagnostics, texts),
        Format::Sarif => sarif::report(diagnostics, texts, &top),
        Format::Github => {
            summarise_job(diagnostics, texts);
            github::report(diagnostics, texts)
        }
    };
    data(&report);
}

/// Adds all problems to the summary of a job, where one is being written.
fn summarise_job(diagnostics: &[Diagnostic], texts: &SourceTexts) {
    let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) else { return };
    let summary = github::job_summary(diagnostics, texts);
    let opened = OpenOptions::new().append(true).create(true).open(&file);
    if let Err(error) = opened.and_then(|mut file| file.write_all(summary.as_bytes())) {
        say(format!("the summary of the job cannot be written: {}: {error}", Path::new(&file).display()));
    }
}

fn working_folder() -> PathBuf {
    std::env::current_dir().and_then(|folder| folder.canonicalize()).unwrap_or_default()
}

/// The top of the repository that holds the site; the working folder where there is no repository.
fn repository(root: &Path) -> PathBuf {
    let real = root.canonicalize().unwrap_or_default();
    let top = real.ancestors().find(|folder| folder.join(".git").exists());
    top.map_or_else(working_folder, Path::to_path_buf)
}

/// The way from a folder to the site, with a slash at its end. Where both have nothing in common, the way from the top of
/// the file system.
fn way(from: &Path, root: &Path) -> String {
    let Ok(real) = root.canonicalize() else { return String::new() };
    if from.as_os_str().is_empty() {
        return String::new();
    }
    let common = from.components().zip(real.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().count() - common;
    let mut way = if up > 0 && common < 2 { "/".to_string() } else { "../".repeat(up) };
    for part in real.components().skip(common.max(1)) {
        way.push_str(&part.as_os_str().to_string_lossy());
        way.push('/');
    }
    way
}

/// A path of the site as it reads below a folder. Files of the built-in theme lie nowhere.
fn path_below(folder: &str, path: &Arc<str>) -> Arc<str> {
    if path.starts_with("theme/") { path.clone() } else { format!("{folder}{path}").into() }
}

fn below<'a>(folder: &str, diagnostics: &'a [Diagnostic]) -> Cow<'a, [Diagnostic]> {
    if folder.is_empty() {
        return diagnostics.into();
    }
    let mut diagnostics = diagnostics.to_vec();
    for diagnostic in &mut diagnostics {
        let related = diagnostic.related.iter_mut().map(|related| &mut related.place);
        let fix = diagnostic.fix.iter_mut().map(|fix| &mut fix.place);
        for place in std::iter::once(&mut diagnostic.place).chain(related).chain(fix) {
            *place = Place::new(&path_below(folder, &place.path), place.range());
        }
    }
    diagnostics.into()
}

fn texts_below<'a>(folder: &str, texts: &'a SourceTexts) -> Cow<'a, SourceTexts> {
    if folder.is_empty() {
        return Cow::Borrowed(texts);
    }
    Cow::Owned(texts.iter().map(|(path, text)| (path_below(folder, path), text.clone())).collect())
}

/// Whether something could not be printed that was asked for.
static LOST: AtomicBool = AtomicBool::new(false);

/// Whether all data could be printed.
pub(super) fn is_complete() -> bool {
    !LOST.load(Ordering::Relaxed)
}

/// Prints data to standard output. Whoever reads it may stop reading at any time; a disk that is full is said, and the
/// command fails.
pub(super) fn data(text: &str) {
    clear();
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            LOST.store(true, Ordering::Relaxed);
            fail(&Error::system(format!("the output cannot be written: {error}")));
        }
        _ => {}
    }
}

/// Prints why a command could not do what it was asked for, and returns the code with which the program then ends.
pub(super) fn fail(error: &Error) -> u8 {
    say(error);
    error.kind.exit_code()
}

/// Prints one line to standard error. Whoever reads it may stop reading at any time.
pub(super) fn say(line: impl std::fmt::Display) {
    clear();
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// A folder as it is typed in a shell.
pub(super) fn typed(folder: &Path) -> String {
    let name = folder.display().to_string();
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || "-_./\\:~".contains(c));
    if is_plain { name } else { format!("'{}'", name.replace('\'', r"'\''")) }
}

/// A number with its word: `1 entry`, `2 entries`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Whether a line stands on the terminal that says how far long work is.
static AT_WORK: AtomicBool = AtomicBool::new(false);

/// Says how far long work is, on a terminal, in a line that the next one replaces; an empty one takes it away.
pub(super) fn progress(line: &str) {
    use std::io::IsTerminal;
    let mut terminal = std::io::stderr().lock();
    if terminal.is_terminal() {
        AT_WORK.store(!line.is_empty(), Ordering::Relaxed);
        let _ = write!(terminal, "\r\x1b[K{line}").and_then(|()| terminal.flush());
    }
}

/// Takes the line of long work away before anything else is said.
fn clear() {
    if AT_WORK.load(Ordering::Relaxed) {
        progress("");
    }
}

/// How reports look to whoever reads standard error: coloured on terminals, unless `NO_COLOR` or `CLICOLOR_FORCE` ask for
/// something else, and no wider than the window.
fn look() -> Look {
    let coloured = anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never;
    let window = rustix::termios::tcgetwinsize(std::io::stderr()).ok().map(|size| usize::from(size.ws_col));
    let columns = window.filter(|columns| *columns > 0).unwrap_or(Look::default().columns);
    Look { coloured, columns: columns.clamp(NARROWEST, Look::default().columns) }
}

/// Adds the texts of files that only drawing found fault with.
pub(super) fn complete(root: &Path, diagnostics: &[Diagnostic], mut texts: SourceTexts) -> SourceTexts {
    for diagnostic in diagnostics {
        for place in diagnostic.places() {
            if !texts.contains_key(&place.path) {
                let text = load::text(root, &place.path).unwrap_or_default();
                texts.insert(place.path.clone(), text);
            }
        }
    }
    texts
}
