//! Answers with bytes: conditional requests, ranges, and large files that no slow reader holds a thread for.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio_stream::wrappers::ReceiverStream;

use crate::media_types::media_type;
use crate::model::source::{AssetBytes, AssetFile};

/// How much of a large file is read at a time, in bytes.
const PIECE: u64 = 128 * 1024;

/// Bytes that are all there. 304 where the browser has them.
pub fn bytes(status: StatusCode, path: &str, tag: &str, bytes: Bytes, headers: &HeaderMap) -> Response {
    if status == StatusCode::OK && unchanged(headers, tag) {
        return described(StatusCode::NOT_MODIFIED, path, tag, Body::empty());
    }
    described(status, path, tag, bytes.into())
}

/// A page of the preview's own, for what cannot be shown.
pub fn html(status: StatusCode, html: String) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], axum::response::Html(html)).into_response()
}

/// A file of the site, whole or a part of it.
pub async fn file(asset: AssetFile, root: &Path, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", asset.hash.hex());
    let (path, root) = (asset.url.clone(), root.to_path_buf());
    if unchanged(headers, &tag) {
        return described(StatusCode::NOT_MODIFIED, &path, &tag, Body::empty());
    }
    let length = match &asset.bytes {
        AssetBytes::Memory(bytes) => bytes.len() as u64,
        AssetBytes::Disk(_, length) => *length,
    };
    let wanted = match part(headers, &tag, length) {
        ByteRange::Whole => None,
        ByteRange::Range(range) => Some(range),
        ByteRange::Impossible => {
            let mut response = described(StatusCode::RANGE_NOT_SATISFIABLE, &path, &tag, Body::empty());
            set(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
            return response;
        }
    };
    let range = wanted.clone().unwrap_or(0..length);
    let body = match asset.bytes {
        AssetBytes::Memory(bytes) => Bytes::from_owner(bytes).slice(range.start as usize..range.end as usize).into(),
        AssetBytes::Disk(from, _) => match spawn_blocking(move || open(&from, &root)).await {
            Ok(Some(file)) => pieces(file, range.clone()),
            _ => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let status = if wanted.is_some() { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK };
    let mut response = described(status, &path, &tag, body);
    set(&mut response, header::ACCEPT_RANGES, "bytes");
    set(&mut response, header::CONTENT_LENGTH, &(range.end - range.start).to_string());
    if wanted.is_some() {
        set(&mut response, header::CONTENT_RANGE, &format!("bytes {}-{}/{length}", range.start, range.end - 1));
    }
    response
}

fn described(status: StatusCode, path: &str, tag: &str, body: Body) -> Response {
    let mut response = (status, body).into_response();
    set(&mut response, header::CONTENT_TYPE, media_type(path));
    set(&mut response, header::ETAG, tag);
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    response
}

fn set(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Whether the browser has these bytes already.
fn unchanged(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.trim_start_matches("W/") == tag
    })
}

/// Which part of a file is wanted.
#[derive(Debug, PartialEq, Eq)]
enum ByteRange {
    Whole,
    Range(Range<u64>),
    Impossible,
}

/// Reads `Range: bytes=2-5`. Several ranges, and what is no range, mean the whole file.
fn part(headers: &HeaderMap, tag: &str, length: u64) -> ByteRange {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if text(header::IF_RANGE).is_some_and(|known| known != tag) {
        return ByteRange::Whole;
    }
    let range = text(header::RANGE).and_then(|range| range.trim().strip_prefix("bytes="));
    let Some((first, last)) = range.filter(|range| !range.contains(',')).and_then(|range| range.split_once('-')) else {
        return ByteRange::Whole;
    };
    let range = match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Ok(first), Err(_)) if last.trim().is_empty() => first..length,
        (Err(_), Ok(last)) if first.trim().is_empty() => length.saturating_sub(last)..length,
        _ => return ByteRange::Whole,
    };
    if range.is_empty() { ByteRange::Impossible } else { ByteRange::Range(range) }
}

/// Opens a file that the site was loaded from, unless a link leads out of the project by now.
fn open(path: &Path, root: &Path) -> Option<File> {
    let real = path.canonicalize().ok().filter(|real| real.starts_with(root) && real.is_file())?;
    File::open(real).ok()
}

/// A part of a file, piece by piece. A thread is only held while a piece is read.
fn pieces(file: File, range: Range<u64>) -> Body {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(2);
    tokio::spawn(async move {
        let (mut file, mut at) = (file, range.start);
        while at < range.end {
            let length = (range.end - at).min(PIECE);
            let read = spawn_blocking(move || {
                let mut piece = vec![0; length as usize];
                let done = file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(&mut piece));
                (file, done.map(|()| Bytes::from(piece)))
            });
            let Ok((back, piece)) = read.await else { return };
            let failed = piece.is_err();
            if sender.send(piece).await.is_err() || failed {
                return;
            }
            file = back;
            at += length;
        }
    });
    Body::from_stream(ReceiverStream::new(receiver))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(range: &'static str) -> ByteRange {
        let headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(range))]);
        part(&headers, "\"tag\"", 10)
    }

    #[test]
    fn ranges_are_read_as_players_write_them() {
        assert_eq!(asked("bytes=2-5"), ByteRange::Range(2..6));
        assert_eq!(asked("bytes=2-"), ByteRange::Range(2..10));
        assert_eq!(asked("bytes=-3"), ByteRange::Range(7..10));
        assert_eq!(asked("bytes=0-99"), ByteRange::Range(0..10));
        assert_eq!(asked("bytes=-99"), ByteRange::Range(0..10));
        for impossible in ["bytes=10-", "bytes=-0", "bytes=99-100"] {
            assert_eq!(asked(impossible), ByteRange::Impossible, "{impossible}");
        }
        for whole in ["bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=1-2,4-5", "bytes="] {
            assert_eq!(asked(whole), ByteRange::Whole, "{whole}");
        }
    }

    #[test]
    fn a_part_of_an_older_file_is_not_mixed_with_a_newer_one() {
        let mut headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static("bytes=2-5"))]);
        headers.insert(header::IF_RANGE, HeaderValue::from_static("\"older\""));
        assert_eq!(part(&headers, "\"tag\"", 10), ByteRange::Whole);
    }
}
