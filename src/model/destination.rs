//! Where a site is published.

use crate::url::BaseUrl;

/// A place under `publish` in `site.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishTarget {
    /// What the command line calls it.
    pub name: String,
    /// Where it is.
    pub destination: Destination,
    /// The address for which the site is built, where that is not the site's own.
    pub base_url: Option<BaseUrl>,
    /// How files are compressed beside themselves, for hosts that hand out such files.
    pub compress: Vec<Compression>,
}

/// Where files go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A folder of this machine.
    Folder {
        /// The folder; a relative one lies in the folder of the site.
        path: String,
        /// Whether the folder itself stays, and each file in it is replaced.
        in_place: bool,
    },
    /// A branch of a git repository.
    Branch {
        /// The branch.
        branch: String,
        /// The repository: a name that the project's repository knows, an address, a path.
        remote: String,
        /// Whether the branch has one commit and no history: then it is replaced by force.
        orphan: bool,
    },
    /// A bucket of a store that speaks the protocol of S3.
    Bucket {
        /// The bucket.
        bucket: String,
        /// Where the store answers; nothing for that of Amazon.
        endpoint: Option<String>,
        /// The region.
        region: String,
        /// What every key begins with; empty, or with a slash at its end.
        prefix: String,
        /// Whether the bucket stands in the path of addresses, and not in their host.
        path_style: bool,
    },
}

impl Destination {
    /// What it is, for people.
    pub fn shown(&self) -> String {
        match self {
            Self::Folder { path, .. } => format!("folder {path}"),
            Self::Branch { branch, remote, .. } => format!("branch {branch} of {remote}"),
            Self::Bucket { bucket, prefix, .. } if prefix.is_empty() => format!("bucket {bucket}"),
            Self::Bucket { bucket, prefix, .. } => format!("bucket {bucket}, below {prefix}"),
        }
    }
}

/// A bucket, and how it is published to.
#[derive(Clone, Copy, Debug)]
pub struct BucketWishes<'a> {
    /// The bucket.
    pub bucket: &'a str,
    /// Where the store answers; nothing for that of Amazon.
    pub endpoint: Option<&'a str>,
    /// The region.
    pub region: &'a str,
    /// What every key begins with.
    pub prefix: &'a str,
    /// Whether the bucket stands in the path of addresses.
    pub path_style: bool,
    /// Whether files of others with the same names are replaced.
    pub adopt: bool,
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compression {
    /// gzip, as `.gz`.
    Gzip,
    /// Brotli, as `.br`.
    Brotli,
}

impl Compression {
    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Gzip => "gz",
            Self::Brotli => "br",
        }
    }

    /// What hosts call it.
    pub fn encoding(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }
}
