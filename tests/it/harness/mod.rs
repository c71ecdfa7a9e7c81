//! What all tests build on: sites written as one string, built in memory or by the program itself.

mod disk;
mod draw;
mod fixture;
mod project;

pub use disk::Disk;
pub use draw::{Drawn, draw, keys};
pub use fixture::{TEMPLATES, fixture, plain, sources};
pub use project::{Project, Ran};

use limber::model::options::Options;

/// Builds a site in memory, with the tiny templates where it brings none of its own.
pub fn site(text: &str) -> Drawn {
    site_with(text, Options::default())
}

/// Builds a site in memory with options of the command line.
pub fn site_with(text: &str, options: Options) -> Drawn {
    draw(&sources(&fixture(text)), options)
}
