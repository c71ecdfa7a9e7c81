//! Files compressed beside themselves, for hosts that hand out such files: the same bytes every time, and each made once.

use std::fs;
use std::io::Write;

use flate2::{Compression as Level, GzBuilder};
use rayon::prelude::*;

use super::built::{BuiltFile, ObjectStore, bytes, write};
use crate::error::Error;
use crate::hash::Hash;
use crate::model::destination::Compression;

/// Below this length nothing is gained, in bytes.
const SHORTEST: u64 = 1024;

/// Files that shrink: all others are compressed already.
const SHRINK: [&str; 18] = [
    "html",
    "htm",
    "css",
    "js",
    "mjs",
    "json",
    "map",
    "xml",
    "xsl",
    "svg",
    "txt",
    "csv",
    "md",
    "ics",
    "vtt",
    "wasm",
    "ttf",
    "webmanifest",
];

/// Adds to the files of a site their compressed forms.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn add(files: &mut Vec<BuiltFile>, wanted: &[Compression], store: &ObjectStore) -> Result<(), Error> {
    let made: Vec<Vec<BuiltFile>> = files
        .par_iter()
        .filter(|file| file.length >= SHORTEST && shrinks(&file.path))
        .map(|file| wanted.iter().map(|form| compressed(file, *form, store)).collect())
        .collect::<Result<_, Error>>()?;
    let names: std::collections::HashSet<String> = files.iter().map(|file| file.path.clone()).collect();
    // A compressed form that the site brings itself stays.
    files.extend(made.into_iter().flatten().filter(|file| !names.contains(&file.path)));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(())
}

/// Whether a file gets smaller.
fn shrinks(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    SHRINK.contains(&extension.as_str())
}

/// The compressed form of a file: the one made before, or a new one.
fn compressed(file: &BuiltFile, form: Compression, store: &ObjectStore) -> Result<BuiltFile, Error> {
    let at = store.path(file.hash, &format!(".{}", form.extension()));
    let known = fs::read(&at).ok();
    let made = match known {
        Some(made) => made,
        None => {
            let made = compress(&bytes(file)?, form);
            write(&at, &made)?;
            made
        }
    };
    let path = format!("{}.{}", file.path, form.extension());
    Ok(BuiltFile { path, hash: Hash::of(&made), length: made.len() as u64, at, form: Some(form) })
}

/// Compresses bytes as well as it goes: each file is compressed once, and read many times. No name and no time goes in.
fn compress(bytes: &[u8], form: Compression) -> Vec<u8> {
    let mut made = Vec::with_capacity(bytes.len() / 2);
    match form {
        Compression::Gzip => {
            let mut writer = GzBuilder::new().operating_system(255).write(&mut made, Level::best());
            let written = writer.write_all(bytes).and_then(|()| writer.finish().map(drop));
            written.expect("writing to memory cannot fail");
        }
        Compression::Brotli => {
            let mut writer = brotli::CompressorWriter::new(&mut made, 64 * 1024, 11, 22);
            let written = writer.write_all(bytes);
            drop(writer);
            written.expect("writing to memory cannot fail");
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_is_the_same_every_time_and_comes_back() {
        let text = "the same words again and again, ".repeat(200);
        let gz = compress(text.as_bytes(), Compression::Gzip);
        let br = compress(text.as_bytes(), Compression::Brotli);
        assert_eq!(gz, compress(text.as_bytes(), Compression::Gzip));
        assert_eq!(br, compress(text.as_bytes(), Compression::Brotli));
        let mut back = String::new();
        flate2::read::GzDecoder::new(&gz[..]).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        back.clear();
        brotli::Decompressor::new(&br[..], 4096).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        assert!(br.len() < gz.len() && gz.len() < text.len() / 10);
        assert_eq!(gz[3..9], [0, 0, 0, 0, 0, 2], "no name, no time");
    }

    #[test]
    fn pictures_are_compressed_already() {
        assert!(["a/b.html", "SITE.CSS", "x.1234.js"].iter().all(|path| shrinks(path)));
        assert!(["a.png", "b.woff2", "c.pdf", "html", ".html/x", "d.html.br"].iter().all(|path| !shrinks(path)));
    }
}
