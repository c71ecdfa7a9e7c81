//! Everything that a site is made from, as one hash: where it is the same as in the last build, so is the output.

use std::time::SystemTime;

use crate::engine::Options;
use crate::hash::{Hash, Hasher};
use crate::model::source::Sources;

/// The hash of the sources, of what the command line decides, and of the program itself. None where the system does not
/// say which program this is.
pub fn fingerprint(sources: &Sources, options: &Options) -> Option<Hash> {
    let mut hasher = Hasher::new();
    hasher.hash(&program()?);
    let Options { base_url, drafts, as_of } = options;
    match base_url {
        Some(base_url) => hasher.number(1).text(&base_url.origin).text(&base_url.path),
        None => hasher.number(0),
    };
    hasher.number(u64::from(*drafts)).text(&as_of.map_or_else(String::new, |day| day.to_string()));
    let texts = [sources.site.as_slice(), &sources.content, &sources.templates];
    for sources in texts {
        hasher.number(sources.len() as u64);
        sources.iter().for_each(|source| {
            hasher.text(&source.path).hash(&source.hash);
        });
    }
    for asset in &sources.assets {
        hasher.text(&asset.path).hash(&asset.hash);
    }
    Some(hasher.finish())
}

/// The length of the program's file and the time of its last change: another build of it may make other pages, whatever
/// its version says. None where the system does not say which program this is.
pub fn program() -> Option<Hash> {
    let found = std::env::current_exe().and_then(std::fs::metadata).ok()?;
    let modified = found.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let mut hasher = Hasher::new();
    hasher.text(env!("CARGO_PKG_VERSION")).number(found.len()).number(modified.as_nanos() as u64);
    Some(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::Source;

    #[test]
    fn every_text_and_option_counts() {
        let mut sources = Sources { content: vec![Source::new("content/a.md", "one")], ..Sources::default() };
        let mut options = Options::default();
        let first = fingerprint(&sources, &options);
        assert!(first.is_some());
        assert_eq!(fingerprint(&sources, &options), first);
        options.drafts = true;
        let second = fingerprint(&sources, &options);
        sources.content[0] = Source::new("content/a.md", "two");
        let third = fingerprint(&sources, &options);
        assert!(first != second && second != third && first != third);
    }
}
