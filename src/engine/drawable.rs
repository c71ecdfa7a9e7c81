//! A site that can be drawn, and the one way to draw a page of it.
//!
//! [`DrawableSite::draw`] is the one way to a file of the output, for build, check, an open page of the preview and its look
//! at all pages. Who calls it says what is wanted: the problems alone, or the file unless its key is known.

use std::sync::{Arc, OnceLock};

use crate::hash::Hash;
use crate::model::plan::{Page, Plan};
use crate::model::site::Site;
use crate::model::source::AssetFile;
use crate::pages::{Drawing, SiteLists, Works};
use crate::shown::{Shared, ShownValue};
use crate::stages::render::{self, RenderedFile, Wanted};
use crate::stages::resolve::Resolved;
use crate::templates::Templates;

/// What pages are drawn from.
pub struct DrawableSite {
    /// The site.
    pub site: Arc<Site>,
    /// The same with what the next one can start from.
    pub resolved: Resolved,
    /// All output files.
    pub plan: Plan,
    /// The templates.
    pub templates: Arc<Templates>,
    /// The files that go into the site as they are.
    pub assets: Vec<AssetFile>,
    /// The hash of what every page depends on.
    pub environment: Hash,
    pub(super) site_value: ShownValue,
    pub(super) site_nodes: String,
    pub(super) works: Works,
    pub(super) shared: OnceLock<Shared>,
    pub(super) lists: SiteLists,
}

impl DrawableSite {
    /// What every template sees as `site`.
    pub fn site_value(&self) -> &ShownValue {
        &self.site_value
    }

    /// Everything that its pages may be made from.
    pub fn drawing(&self) -> Drawing<'_> {
        Drawing {
            site: &self.site,
            plan: &self.plan,
            templates: &self.templates,
            site_value: &self.site_value,
            site_nodes: &self.site_nodes,
            works: &self.works,
            shared: &self.shared,
            lists: &self.lists,
            apart: false,
        }
    }

    /// Draws a file of the output: for a build, a check, an open page and a look at all pages alike.
    pub fn draw(&self, page: &Page, wanted: Wanted<'_>) -> RenderedFile<'_> {
        render::draw(page, self.drawing(), &self.environment, &self.assets, wanted)
    }
}
