//! A bucket as a place. What is ours in it stands in an object `.limber`, which is only ever written on the condition that nobody
//! else has written it since it was read: of two who publish at once, one is told.
//!
//! It is written before the first file, with all that will be there, so that whoever is killed can begin again, and after the
//! last one. Files come in the order in which readers need them: what pages ask for, pages, what lists pages; then what is gone
//! is removed.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher as _, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};

use super::built::{BuiltFile, bytes};
use super::changes::{Changes, PlaceContents};
use super::credentials::credentials;
use super::folder::sample;
use super::store::{BucketStore, StoreAnswer};
use crate::error::Error;
use crate::hash::{Hash, Hasher};
use crate::media_types::media_type;
use crate::model::destination::BucketWishes;
use crate::naming::cache_rule;
use crate::url::{BaseUrl, decode_path, encode_path};

/// The list of our files in the bucket.
const MARKER: &str = ".limber";
/// The first line of the list.
const HEAD: &str = "written by limber, do not edit";
/// What follows in it while somebody writes files, or where that was cut short; and then a number of that run, so that no two
/// runs write the same.
const BEGUN: &str = ": begun";
/// How many requests are under way at once.
const AT_ONCE: usize = 8;
/// What hosts say of files that may change: ask each time.
const ASK: &str = "public, max-age=0, must-revalidate";

/// A bucket, and what it needs.
pub struct BucketDelivery<'a> {
    store: BucketStore,
    prefix: &'a str,
    /// The tag of the list as it was read; none where there is none.
    tag: Option<String>,
    listed: BTreeMap<String, ListedFile>,
    wanted: BTreeMap<String, ListedFile>,
    /// Files that somebody else may still be writing.
    perhaps: Vec<String>,
    /// What it needs.
    pub changes: Changes,
}

/// What the list says of a file. Nothing but its name is known of one that was perhaps not written to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ListedFile {
    content: Option<ListedContent>,
}

/// What was written, and the tag that the store gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ListedContent {
    bytes: Hash,
    headers: Hash,
    tag: String,
}

/// Compares a site with a bucket. Nothing is written.
///
/// # Errors
/// Where there are no keys, the store refuses them, or the bucket holds files of others.
pub fn plan<'a>(
    wishes: BucketWishes<'a>,
    files: &[BuiltFile],
    base_url: &BaseUrl,
) -> Result<BucketDelivery<'a>, Error> {
    let BucketWishes { bucket, region, prefix, .. } = wishes;
    let amazon = format!("https://s3.{region}.amazonaws.com");
    // A certificate for all buckets holds for none with a dot in its name.
    let path_style = wishes.path_style || bucket.contains('.');
    let endpoint = wishes.endpoint.unwrap_or(&amazon);
    let store = BucketStore::new(endpoint, bucket, region, path_style, credentials()?)?;
    let marker = store.get(&format!("{prefix}{MARKER}"))?;
    let (listed, is_begun) = match marker.as_ref().map(|marker| read(&marker.body)).transpose()? {
        Some((listed, is_begun)) => (Some(listed), is_begun),
        None => (None, false),
    };
    let there: BTreeMap<String, String> = store
        .list(prefix)?
        .into_iter()
        .filter_map(|object| Some((object.key.strip_prefix(prefix)?.to_string(), object.tag)))
        .filter(|(path, _)| path != MARKER && !path.is_empty() && !path.ends_with('/'))
        .collect();
    let rules = files.iter().find(|file| file.path == "_headers").map(bytes).transpose()?.unwrap_or_default();
    let rules = String::from_utf8_lossy(&rules).into_owned();
    let wanted = files.iter().map(|file| {
        let headers = headers_hash(&headers(file, &rules, base_url));
        let content = ListedContent { bytes: file.hash, headers, tag: String::new() };
        (file.path.clone(), ListedFile { content: Some(content) })
    });
    let wanted: BTreeMap<String, ListedFile> = wanted.collect();
    let known = |path: &str| listed.as_ref().is_some_and(|listed| listed.contains_key(path));
    let taken = there.keys().find(|path| !known(path) && (listed.is_none() || wanted.contains_key(*path)));
    if let Some(path) = taken.filter(|_| !wishes.adopt) {
        let message = format!("the bucket `{bucket}` holds files that limber did not write, such as `{prefix}{path}`");
        return Err(Error::request(message).help(
            "choose another bucket or `prefix`, or say `--adopt`: then files of the same name are replaced, and all others stay",
        ));
    }
    let listed = listed.unwrap_or_default();
    let standing = |file: &BuiltFile| {
        let Some(tag) = there.get(&file.path) else { return PlaceContents::New };
        let Some(known) = listed.get(&file.path).and_then(|known| known.content.as_ref()) else {
            return PlaceContents::Differs("was perhaps not written to its end");
        };
        let new = wanted[&file.path].content.as_ref();
        match new {
            _ if *tag != known.tag => PlaceContents::Differs("was changed by somebody else"),
            Some(new) if new.bytes != known.bytes => PlaceContents::Differs("other bytes"),
            Some(new) if new.headers != known.headers => {
                PlaceContents::Differs("another type, or rule for how long it is kept")
            }
            _ => PlaceContents::Same,
        }
    };
    let before: Vec<String> = listed.keys().filter(|path| there.contains_key(*path)).cloned().collect();
    let changes = Changes::new(files, &before, standing);
    let absent = |path: &&String| !there.contains_key(*path) && !wanted.contains_key(*path);
    let perhaps = listed.keys().filter(absent).filter(|_| is_begun).cloned().collect();
    let tag = marker.as_ref().and_then(|marker| marker.tag.clone());
    let delivery = BucketDelivery { store, prefix, tag, listed, wanted, perhaps, changes };
    if let Some(marker) = marker.filter(|_| !delivery.changes.is_empty()) {
        delivery.ask_for_the_right(&marker)?;
    }
    Ok(delivery)
}

impl BucketDelivery<'_> {
    /// Writes what differs, removes what is gone, and reads some of it back.
    ///
    /// # Errors
    /// Where the store refuses something, or somebody else publishes at the same time. Nothing is removed then.
    pub fn deliver(self, files: &[BuiltFile], base_url: &BaseUrl) -> Result<(), Error> {
        let rules = files.iter().find(|file| file.path == "_headers").map(bytes).transpose()?.unwrap_or_default();
        let rules = String::from_utf8_lossy(&rules).into_owned();
        let tag = self.write_list(&text(&self.begun(), Some(number())), self.tag.as_deref())?;
        let tags = Mutex::new(BTreeMap::new());
        for rank in Rank::ALL {
            let of_rank: Vec<&BuiltFile> =
                files.iter().filter(|file| rank == Rank::of(&file.path) && self.changes.writes(&file.path)).collect();
            self.check_still_ours(&tag)?;
            at_once(&of_rank, |file| {
                let (bytes, mut headers) = (bytes(file)?, headers(file, &rules, base_url));
                headers.push(("content-md5", md5(&bytes)));
                let answer = self.store.put(&self.key(&file.path), &bytes, &headers)?;
                if !answer.is_fine() {
                    return Err(somebody_else());
                }
                let mut tags = tags.lock().unwrap_or_else(PoisonError::into_inner);
                let tag = answer.tag.unwrap_or_default();
                tags.insert(file.path.clone(), tag.trim_matches('"').to_string());
                Ok(())
            })?;
        }
        self.check_still_ours(&tag)?;
        let gone: Vec<&String> = self.changes.remove.iter().map(|change| &change.path).collect();
        at_once(&gone, |path| self.store.delete(&self.key(path)))?;
        let tags = tags.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.write_list(&text(&self.finished(&tags), None), Some(&tag))?;
        let plain: Vec<BuiltFile> = files.iter().filter(|file| file.form.is_none()).cloned().collect();
        for file in sample(&plain) {
            let stored = self.store.get(&self.key(&file.path))?.map(|answer| answer.body);
            if stored != Some(bytes(file)?) {
                return Err(Error::system(format!("`{}` in the bucket is not what was just written", file.path)));
            }
        }
        Ok(())
    }

    fn key(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Stops where somebody else has begun to publish meanwhile.
    fn check_still_ours(&self, tag: &str) -> Result<(), Error> {
        let now = self.store.get(&self.key(MARKER))?.and_then(|marker| marker.tag);
        if now.as_deref() == Some(tag) { Ok(()) } else { Err(somebody_else()) }
    }

    /// The list when all is done: files with the tags that they have now, and those that somebody else may still be writing.
    fn finished(&self, tags: &BTreeMap<String, String>) -> BTreeMap<String, ListedFile> {
        let mut finished: BTreeMap<String, ListedFile> =
            self.perhaps.iter().map(|path| (path.clone(), ListedFile::default())).collect();
        for (path, file) in &self.wanted {
            let known = || self.listed.get(path).and_then(|known| Some(known.content.as_ref()?.tag.clone()));
            let tag = tags.get(path).cloned().or_else(known).unwrap_or_default();
            let content = file.content.clone().map(|content| ListedContent { tag, ..content });
            finished.insert(path.clone(), ListedFile { content });
        }
        finished
    }

    /// The list while files are written: what stays is known, all else may or may not be there.
    fn begun(&self) -> BTreeMap<String, ListedFile> {
        let mut begun = self.listed.clone();
        for (path, file) in &self.wanted {
            if self.changes.writes(path) || file.content.is_none() {
                begun.insert(path.clone(), ListedFile::default());
            }
        }
        begun
    }

    /// Writes the list, if it is still the one with this tag, or still none. Returns its new tag.
    fn write_list(&self, text: &str, tag: Option<&str>) -> Result<String, Error> {
        let answer = self.store.put(&self.key(MARKER), text.as_bytes(), &marker_headers(text.as_bytes(), tag))?;
        if let Some(tag) = answer.tag.clone().filter(|_| answer.is_fine()) {
            return Ok(tag);
        }
        // The answer to a request that went well may have been lost, and the second one is refused then.
        let now = self.store.get(&self.key(MARKER))?;
        match now.filter(|now| now.body == text.as_bytes()).and_then(|now| now.tag) {
            Some(tag) => Ok(tag),
            None => Err(somebody_else()),
        }
    }

    /// Writes nothing, on a condition that never holds, to hear now whether something may be written.
    fn ask_for_the_right(&self, marker: &StoreAnswer) -> Result<(), Error> {
        const NEVER: &str = "\"00000000000000000000000000000000\"";
        let answer = self.store.put(&self.key(MARKER), &marker.body, &marker_headers(&marker.body, Some(NEVER)))?;
        if answer.is_fine() {
            return Err(Error::system(
                "the store takes no notice of conditions: two publishers could spoil each other's work",
            )
            .help("publish to a folder, and copy that with the tools of the store"));
        }
        Ok(())
    }
}

fn somebody_else() -> Error {
    Error::system("somebody else publishes to this bucket at the same time, and was faster (412)")
        .help("wait until they are done, and publish again: whatever is not as it should be is then put right")
}

/// When a file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// What pages ask for.
    Asset,
    Page,
    /// What lists pages.
    List,
}

impl Rank {
    const ALL: [Self; 3] = [Self::Asset, Self::Page, Self::List];

    /// A compressed form comes with its file.
    fn of(path: &str) -> Self {
        let path = path.strip_suffix(".gz").or_else(|| path.strip_suffix(".br")).unwrap_or(path);
        match path {
            "robots.txt" | "graph.json" | "search-index/index.json" => Self::List,
            path if path.ends_with(".html") => Self::Page,
            path if path.ends_with(".xml") => Self::List,
            _ => Self::Asset,
        }
    }
}

/// What the store hands out with a file.
fn headers(file: &BuiltFile, rules: &str, base_url: &BaseUrl) -> Vec<(&'static str, String)> {
    let plain = match file.form {
        Some(form) => file.path.strip_suffix(&format!(".{}", form.extension())).unwrap_or(&file.path),
        None => &file.path,
    };
    let url = match plain.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')) {
        Some(folder) => format!("/{folder}"),
        None => format!("/{plain}"),
    };
    let kept = cache_rule(rules, &base_url.rooted(&encode_path(&url))).unwrap_or_else(|| ASK.into());
    let mut headers = vec![("content-type", media_type(plain).to_string()), ("cache-control", kept)];
    headers.extend(file.form.map(|form| ("content-encoding", form.encoding().to_string())));
    headers
}

fn marker_headers(bytes: &[u8], tag: Option<&str>) -> Vec<(&'static str, String)> {
    vec![
        ("content-type", "text/plain; charset=utf-8".to_string()),
        ("cache-control", "no-store".to_string()),
        ("content-md5", md5(bytes)),
        match tag {
            Some(tag) => ("if-match", tag.to_string()),
            None => ("if-none-match", "*".to_string()),
        },
    ]
}

/// What stores compare the bytes with that reach them.
fn md5(bytes: &[u8]) -> String {
    STANDARD.encode(Md5::digest(bytes))
}

fn headers_hash(headers: &[(&str, String)]) -> Hash {
    let mut hasher = Hasher::new();
    for (name, value) in headers {
        hasher.text(name).text(value);
    }
    hasher.finish()
}

/// Does something with each of many, several at once; the first failure ends it.
fn at_once<T: Sync>(all: &[T], act: impl Fn(&T) -> Result<(), Error> + Sync) -> Result<(), Error> {
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(None));
    let worker = || {
        while let Some(item) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(error) = act(item) {
                next.store(all.len(), Ordering::Relaxed);
                failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            }
        }
    };
    thread::scope(|scope| (0..AT_ONCE.min(all.len())).for_each(|_| _ = scope.spawn(worker)));
    failed.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

/// A number that no other run has.
fn number() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// The list as it is written; with the number of a run that has only begun.
fn text(list: &BTreeMap<String, ListedFile>, begun: Option<u64>) -> String {
    let begun = begun.map_or_else(String::new, |number| format!("{BEGUN} {number}"));
    let mut text = format!("{HEAD}{begun}\n");
    for (path, file) in list {
        text.push_str(&match &file.content {
            Some(ListedContent { bytes, headers, tag }) => {
                format!("{} {} {} {path}\n", bytes.hex(), headers.hex(), encode_path(tag))
            }
            None => format!("- - - {path}\n"),
        });
    }
    text
}

/// The files of a list, and whether it is that of a publication that was only begun.
fn read(bytes: &[u8]) -> Result<(BTreeMap<String, ListedFile>, bool), Error> {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.strip_prefix(HEAD).ok_or_else(|| {
        Error::system(format!("the object `{MARKER}` in the bucket is no list of limber's"))
            .help("remove it, and publish with `--adopt`")
    })?;
    let line = |line: &str| {
        let mut words = line.splitn(4, ' ');
        let (bytes, headers, tag) = (words.next()?, words.next()?, words.next()?);
        let tag = decode_path(tag)?;
        let content = || Some(ListedContent { bytes: Hash::from_hex(bytes)?, headers: Hash::from_hex(headers)?, tag });
        Some((words.next()?.to_string(), ListedFile { content: content() }))
    };
    Ok((lines.lines().filter_map(line).collect(), lines.starts_with(BEGUN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_after_what_they_ask_for_and_before_what_lists_them() {
        let ranks =
            ["site.1234.css", "search-index/ab.json", "a.html.gz", "x/index.html", "sitemap.xml.br", "feed.xml"];
        let ranks: Vec<usize> =
            ranks.iter().filter_map(|path| Rank::ALL.iter().position(|rank| *rank == Rank::of(path))).collect();
        assert_eq!(ranks, [0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn the_list_is_read_as_it_was_written() {
        let content = ListedContent { bytes: Hash::of(b"a"), headers: Hash::of(b"b"), tag: "\"a b\"".into() };
        let known = ListedFile { content: Some(content) };
        let list = BTreeMap::from([("a b/ü.html".to_string(), known), ("c".to_string(), ListedFile::default())]);
        for begun in [None, Some(number())] {
            assert_eq!(read(text(&list, begun).as_bytes()).unwrap(), (list.clone(), begun.is_some()));
        }
        assert_ne!(text(&list, Some(number())), text(&list, Some(number())), "two runs never write the same");
        assert!(read(b"something else").is_err());
    }

    #[test]
    fn the_first_failure_ends_the_work() {
        let all: Vec<usize> = (0..1000).collect();
        let done = AtomicUsize::new(0);
        let ended = at_once(&all, |number| {
            done.fetch_add(1, Ordering::Relaxed);
            if *number == 3 { Err(Error::system("no")) } else { Ok(()) }
        });
        assert_eq!(ended, Err(Error::system("no")));
        assert!(done.into_inner() < 1000);
        assert_eq!(at_once(&all, |_| Ok(())), Ok(()));
    }
}
