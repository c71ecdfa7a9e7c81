//! The checkers from npm, and the reader of PDF files, as `.ci/run` installs them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::unable::{Lacks, unable};

/// The folder of an installed package; none where it is missing, and then the terminal says that the test is skipped.
pub fn package(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser-tools/node_modules").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    unable(Lacks::Package(name, "`.ci/run` puts it into target/browser-tools in its first step"));
    None
}

/// The script of axe-core, which finds what shuts readers out.
pub fn axe() -> Option<String> {
    let file = package("axe-core")?.join("axe.min.js");
    Some(fs::read_to_string(file).expect("the script of axe-core"))
}

/// The text of a PDF file as the program of Poppler reads it: `-layout` keeps what stands side by side on a line, `-raw` keeps
/// the order in which it was printed. None where the program is missing, and then the terminal says that the test is skipped.
pub fn text_of_pdf(pdf: &[u8], order: &str) -> Option<String> {
    let reader = Command::new("pdftotext").args([order, "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut reader) = reader else {
        unable(Lacks::Package("pdftotext", "Debian has it as poppler-utils"));
        return None;
    };
    reader.stdin.take().expect("a pipe").write_all(pdf).expect("the reader takes the file");
    let output = reader.wait_with_output().expect("the reader ends");
    assert!(output.status.success(), "pdftotext cannot read what was printed");
    Some(String::from_utf8(output.stdout).expect("text"))
}
