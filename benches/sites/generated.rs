//! Generated sites, written by the example `generate-site`. Cargo builds it without optimization, where tests have built the
//! library already.

use std::io;
use std::path::Path;
use std::process::Command;

/// A site of an extreme shape.
pub struct Shape {
    /// As the generator calls it.
    pub name: String,
    /// The size that the program has to bear.
    pub full_size: usize,
}

impl Shape {
    /// All shapes.
    ///
    /// # Errors
    /// When the generator cannot be run.
    pub fn all() -> io::Result<Vec<Self>> {
        let known = generator(&["--shapes"])?;
        let shapes = known.lines().filter_map(|line| {
            let (name, full_size) = line.split_once(' ')?;
            Some(Self { name: name.into(), full_size: full_size.parse().ok()? })
        });
        Ok(shapes.collect())
    }

    /// Writes a site of this shape and size into a new folder.
    ///
    /// # Errors
    /// When the generator cannot be run, or a file not be written.
    pub fn write(&self, folder: &Path, size: usize) -> io::Result<()> {
        generate(folder, &["--hard", &self.name, "--entries", &size.to_string()])
    }
}

/// Writes an ordinary site into a new folder, in a theme of the generator: `plain`, `rich` or `real`.
///
/// # Errors
/// When no theme has this name, the generator cannot be run, or a file not be written.
pub fn write(folder: &Path, theme: &str, entries: usize) -> io::Result<()> {
    generate(folder, &["--theme", theme, "--entries", &entries.to_string()])
}

fn generate(folder: &Path, options: &[&str]) -> io::Result<()> {
    let folder = folder.to_str().ok_or_else(|| io::Error::other("the folder has no readable name"))?;
    generator(&[&[folder], options].concat()).map(drop)
}

fn generator(arguments: &[&str]) -> io::Result<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--locked", "--manifest-path", manifest, "--example", "generate-site", "--"]);
    let output = command.args(arguments).output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_string()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
