//! The floor: what reading the content, turning its Markdown into HTML and writing the same output costs when nothing else
//! is done, on all processors. No generator that does these three things can be faster.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

use super::Lab;
use super::run::{Run, timed};

/// The files of a site and of its finished output.
pub struct Floor {
    sources: Vec<PathBuf>,
    output: Vec<(PathBuf, Vec<u8>)>,
}

impl Floor {
    /// From a site that has just been built.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn of(lab: &Lab) -> io::Result<Self> {
        let mut sources = Vec::new();
        files(&lab.site.join("content"), &mut sources)?;
        let mut paths = Vec::new();
        files(&lab.out, &mut paths)?;
        let read = |path: PathBuf| {
            let bytes = fs::read(&path)?;
            let below = path.strip_prefix(&lab.out).map_err(io::Error::other)?.to_path_buf();
            Ok((below, bytes))
        };
        let output: io::Result<_> = paths.into_iter().map(read).collect();
        Ok(Self { sources, output: output? })
    }

    /// Does the least there is to do.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn run(&self, lab: &Lab) -> io::Result<Run> {
        lab.clear()?;
        let (run, done) = timed(|| -> io::Result<()> {
            let lengths: io::Result<Vec<usize>> = self.sources.par_iter().map(|path| rendered(path)).collect();
            std::hint::black_box(lengths?);
            let mut folders: Vec<_> = self.output.iter().filter_map(|(path, _)| path.parent()).collect();
            folders.sort_unstable();
            folders.dedup();
            folders.par_iter().try_for_each(|folder| fs::create_dir_all(lab.out.join(folder)))?;
            self.output.par_iter().try_for_each(|(path, bytes)| fs::write(lab.out.join(path), bytes))
        });
        done?;
        lab.clear()?;
        Ok(run)
    }

    /// How many files the output has.
    pub fn files(&self) -> usize {
        self.output.len()
    }

    /// How many bytes the output has.
    pub fn bytes(&self) -> usize {
        self.output.iter().map(|(_, bytes)| bytes.len()).sum()
    }
}

fn rendered(path: &Path) -> io::Result<usize> {
    let text = fs::read_to_string(path)?;
    let mut out = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut out, Parser::new_ext(&text, Options::all()));
    Ok(out.len())
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files(&entry.path(), found)?;
        } else {
            found.push(entry.path());
        }
    }
    Ok(())
}
