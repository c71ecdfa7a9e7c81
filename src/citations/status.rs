//! What has become of works since they were published: what the bibliography says of them, and a file of retracted works.
//! A work of which neither says anything is not known to be fine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Bibliography;

/// What has become of a work, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WorkStatus {
    /// Somebody has looked, and it stands as it was published.
    Current,
    /// A correction was published.
    Corrected,
    /// Its journal has published an expression of concern.
    Concern,
    /// It was retracted.
    Retracted,
}

impl WorkStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Current, Self::Corrected, Self::Concern, Self::Retracted];

    /// The word that stands for it behind `status:`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Corrected => "corrected",
            Self::Concern => "concern",
            Self::Retracted => "retracted",
        }
    }
}

/// What is known of a work's fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What has become of it.
    pub status: WorkStatus,
    /// The day of the notice, where the file of retracted works says it.
    pub day: Option<String>,
    /// Why, in the words of that file.
    pub reason: Option<String>,
}

impl Standing {
    /// A status of which no more is known.
    pub fn of(status: WorkStatus) -> Self {
        Self { status, day: None, reason: None }
    }
}

/// The bibliography with what a file of retracted works says: of two that speak of a work the worse counts.
pub fn with_listed(bibliography: &Bibliography, listed: &BTreeMap<String, Standing>) -> Bibliography {
    let mut bibliography = bibliography.clone();
    for (key, standing) in listed {
        let Some(work) = bibliography.works.get_mut(key) else { continue };
        if work.standing.as_ref().is_none_or(|own| own.status <= standing.status) {
            work.standing = Some(standing.clone());
        }
    }
    bibliography
}
