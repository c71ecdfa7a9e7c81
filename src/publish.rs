//! Publishes a site: builds it, looks whether it is whole, plans what a place needs, delivers that, and reads some of it back.
//!
//! Every file is drawn into `.limber/publish/` under the hash of its bytes, every link and fragment of the finished pages is
//! looked at, the place is asked what is there (`PlaceContents`), and what it needs is shown (`Changes`): only then is
//! anything written. A folder is written by `stages::write`, a branch by the user's own `git` with an index of its own, a
//! bucket by signed requests. What is ours at a branch or in a bucket stands in a list there (`.limber`); in a bucket that
//! list is only written on the condition that nobody else has written it, before the first file and after the last one.
//! `--dry-run` leaves out the writing and nothing else.

pub mod branch;
#[cfg(feature = "s3")]
pub mod bucket;
pub mod built;
pub mod changes;
pub mod compress;
#[cfg(feature = "s3")]
mod credentials;
pub mod folder;
mod git;
#[cfg(feature = "s3")]
mod store;

use crate::error::Error;
use crate::model::destination::PublishTarget;
use crate::model::schema::Schema;
use crate::url::BaseUrl;

/// The place that is meant: the one with this name, or the only one that there is.
///
/// # Errors
/// Where there is none of this name, or several and no name.
pub fn target<'a>(schema: &'a Schema, name: Option<&str>) -> Result<&'a PublishTarget, Error> {
    let names: Vec<&str> = schema.publish.iter().map(|target| target.name.as_str()).collect();
    let Some(first) = schema.publish.first() else {
        return Err(Error::request("site.yaml does not say where the site is published")
            .help("add a place to it: `publish: {live: {folder: /var/www/site}}`, `{live: {branch: gh-pages}}` or `{live: {bucket: my-site}}`"));
    };
    match name {
        None if names.len() == 1 => Ok(first),
        None => Err(Error::request("there are several places where the site can be published").help(format!(
            "name one: `limber publish {}`; known places: {}",
            names[0],
            names.join(", ")
        ))),
        Some(name) => schema.publish.iter().find(|target| target.name == name).ok_or_else(|| {
            Error::request(format!("site.yaml has no place `{name}` under `publish`"))
                .help(format!("known places: {}", names.join(", ")))
        }),
    }
}

/// Nobody publishes for an address that was only a beginning.
///
/// # Errors
/// Where the site still has the address with which `init` begins it, or none.
pub fn check_address(base_url: &BaseUrl) -> Result<(), Error> {
    let Some(message) = base_url.unpublished() else { return Ok(()) };
    Err(Error::content(message).help("write the address of the site: `base_url: https://www.your-site.net/`"))
}
