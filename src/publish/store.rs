//! A bucket over the protocol of S3: each request signed, sent, and sent again where the store or the way to it failed.

use std::thread;
use std::time::Duration;

use rusty_s3::actions::{ListObjectsV2, S3Action};
use rusty_s3::{Bucket, Credentials, UrlStyle};
use ureq::Agent;
use ureq::http::Method;

use crate::error::Error;

/// How long a signature counts. A request is signed just before it is sent.
const COUNTS: Duration = Duration::from_secs(900);
/// How often a request is sent at most.
const TRIES: u32 = 5;
/// How long is waited before the second try; before each further one twice as long.
const WAIT: Duration = Duration::from_millis(200);
/// How long a whole request may take.
const PATIENCE: Duration = Duration::from_secs(300);
/// No answer is longer, in bytes: objects that are read back are compared with files of ours.
const LONGEST: u64 = 5 * 1024 * 1024 * 1024;

/// A bucket that answers.
pub(super) struct BucketStore {
    bucket: Bucket,
    credentials: Credentials,
    agent: Agent,
}

/// What the store said.
pub(super) struct StoreAnswer {
    pub(super) status: u16,
    pub(super) tag: Option<String>,
    pub(super) body: Vec<u8>,
}

impl StoreAnswer {
    /// Whether it went well.
    pub(super) fn is_fine(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The code of the error that the store names.
    fn code(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
        code.map_or_else(String::new, |(code, _)| code.to_string())
    }
}

/// An object in the bucket.
pub(super) struct StoredObject {
    pub(super) key: String,
    pub(super) tag: String,
}

impl BucketStore {
    /// A bucket at an address.
    pub(super) fn new(
        endpoint: &str,
        name: &str,
        region: &str,
        path_style: bool,
        credentials: Credentials,
    ) -> Result<Self, Error> {
        let wrong = |why: String| Error::request(format!("`{endpoint}` is no address of a store: {why}"));
        let style = if path_style { UrlStyle::Path } else { UrlStyle::VirtualHost };
        let url = endpoint.parse().map_err(|error| wrong(format!("{error}")))?;
        let bucket = Bucket::new(url, style, name.to_string(), region.to_string());
        let bucket = bucket.map_err(|error| wrong(error.to_string()))?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!("limber/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self { bucket, credentials, agent: config.into() })
    }

    /// Every object whose key begins like this, over as many pages as the store makes of them.
    pub(super) fn list(&self, prefix: &str) -> Result<Vec<StoredObject>, Error> {
        let mut all = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let answer = self.send(Method::GET, &[], None, || {
                let mut action = self.bucket.list_objects_v2(Some(&self.credentials));
                action.with_prefix(prefix.to_string());
                if let Some(next) = &next {
                    action.with_continuation_token(next.clone());
                }
                action.sign(COUNTS).to_string()
            })?;
            if !answer.is_fine() {
                return Err(self.refused("be listed", &answer));
            }
            let text = String::from_utf8_lossy(&answer.body);
            let page = ListObjectsV2::parse_response(&text);
            let page =
                page.map_err(|error| Error::system(format!("the list of the bucket cannot be read: {error}")))?;
            let objects = page.contents.into_iter();
            all.extend(objects.map(|object| StoredObject {
                tag: object.etag.unwrap_or_default().trim_matches('"').to_string(),
                key: object.key,
            }));
            match page.next_continuation_token {
                Some(token) => next = Some(token),
                None => return Ok(all),
            }
        }
    }

    /// The bytes of an object and its tag; none where it is not there.
    pub(super) fn get(&self, key: &str) -> Result<Option<StoreAnswer>, Error> {
        let answer = self.send(Method::GET, &[], None, || {
            self.bucket.get_object(Some(&self.credentials), key).sign(COUNTS).to_string()
        })?;
        match answer.status {
            404 if answer.code() != "NoSuchBucket" => Ok(None),
            _ if answer.is_fine() => Ok(Some(answer)),
            _ => Err(self.refused(&format!("hand out `{key}`"), &answer)),
        }
    }

    /// Puts an object; what the store says of conditions is left to the caller.
    pub(super) fn put(&self, key: &str, bytes: &[u8], headers: &[(&str, String)]) -> Result<StoreAnswer, Error> {
        let answer = self.send(Method::PUT, headers, Some(bytes), || {
            let mut action = self.bucket.put_object(Some(&self.credentials), key);
            for (name, value) in headers {
                action.headers_mut().insert((*name).to_string(), value.clone());
            }
            action.sign(COUNTS).to_string()
        })?;
        match answer.status {
            // With a condition on an object that is not there some stores say so, and no more.
            412 | 409 => Ok(answer),
            404 if answer.code() == "NoSuchKey" => Ok(answer),
            _ if answer.is_fine() => Ok(answer),
            _ => Err(self.refused(&format!("take `{key}`"), &answer)),
        }
    }

    /// Removes an object; one that is gone already is no error.
    pub(super) fn delete(&self, key: &str) -> Result<(), Error> {
        let answer = self.send(Method::DELETE, &[], None, || {
            self.bucket.delete_object(Some(&self.credentials), key).sign(COUNTS).to_string()
        })?;
        let done = answer.is_fine() || answer.status == 404;
        if done { Ok(()) } else { Err(self.refused(&format!("remove `{key}`"), &answer)) }
    }

    /// Sends a request, again where that may help.
    fn send(
        &self,
        method: Method,
        headers: &[(&str, String)],
        body: Option<&[u8]>,
        sign: impl Fn() -> String,
    ) -> Result<StoreAnswer, Error> {
        let mut wait = WAIT;
        for attempt in 1..=TRIES {
            let mut request = ureq::http::Request::builder().method(method.clone()).uri(sign());
            for (name, value) in headers {
                request = request.header(*name, value);
            }
            let request = request.body(body.unwrap_or_default());
            let request = request.map_err(|error| Error::system(format!("no request can be made: {error}")))?;
            match self.answer(request) {
                Ok(answer) if !may_pass(answer.status) || attempt == TRIES => return Ok(answer),
                Err(error) if attempt == TRIES => {
                    let message = format!("the store does not answer: {error}");
                    return Err(Error::system(message).help("look at `endpoint` and the network, then publish again"));
                }
                Ok(_) | Err(_) => {}
            }
            thread::sleep(wait);
            wait *= 2;
        }
        Err(Error::bug("a request was never sent"))
    }

    fn answer(&self, request: ureq::http::Request<&[u8]>) -> Result<StoreAnswer, ureq::Error> {
        let mut response = self.agent.run(request)?;
        let tag = response.headers().get("etag").and_then(|tag| tag.to_str().ok()).map(str::to_string);
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(LONGEST).read_to_vec()?;
        Ok(StoreAnswer { status, tag, body })
    }

    /// Why the store refuses, in a sentence of its own.
    fn refused(&self, what: &str, answer: &StoreAnswer) -> Error {
        let (name, region) = (self.bucket.name(), self.bucket.region());
        match answer.code().as_str() {
            "NoSuchBucket" => Error::request(format!("there is no bucket `{name}`"))
                .help("make it first, or look at `bucket` and `endpoint` in site.yaml"),
            "InvalidAccessKeyId" | "SignatureDoesNotMatch" | "InvalidToken" | "ExpiredToken" => {
                Error::system(format!("the store does not accept the keys ({})", answer.code()))
                    .help("look at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or at `~/.aws/credentials`")
            }
            "AccessDenied" => Error::system(format!("the keys may not do this: the bucket `{name}` is not to {what}"))
                .help("they need the rights to list, read, write and remove objects"),
            "PermanentRedirect" | "AuthorizationHeaderMalformed" | "IllegalLocationConstraintException" => {
                Error::request(format!("the bucket `{name}` is not in the region `{region}`"))
                    .help("name its region: `region: eu-central-1`")
            }
            "NotImplemented" => {
                Error::system("the store knows no conditional writes, and two publishers could spoil each other's work")
                    .help("publish to a folder, and copy that with the tools of the store")
            }
            code => Error::system(format!("the bucket `{name}` would not {what}: {} {code}", answer.status)),
        }
    }
}

/// Whether a store that answers so may answer otherwise a little later.
fn may_pass(status: u16) -> bool {
    matches!(status, 429 | 500 | 502 | 503 | 504)
}
