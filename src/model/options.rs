//! What is decided outside the project: by the command line.

use crate::model::value::Date;
use crate::url::BaseUrl;

/// What the command line decides about a site.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Another base URL than that of `site.yaml`.
    pub base_url: Option<BaseUrl>,
    /// Whether drafts belong to the site.
    pub drafts: bool,
    /// Whether errors that may yield keep the site from being built.
    pub despite_errors: bool,
    /// The day for which the site is made: what is dated later is held back, and reviews are due by it.
    pub as_of: Option<Date>,
}
