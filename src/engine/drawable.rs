//! A site that can be drawn, and the one way to draw a page of it.
//!
//! [`DrawableSite::draw`] is the one way to a file of the output, for build, check, an open page of the preview and its look
//! at all pages. Who calls it says what is wanted: the problems alone, or the file unless its key is known.

use std::sync::{Arc, OnceLock};

use crate::fingerprint::program;
use crate::hash::{Hash, Hasher};
use crate::model::plan::{Page, Plan};
use crate::model::site::Site;
use crate::model::source::AssetFile;
use crate::pages::{self, Drawing, SiteLists, Works, site_nodes, site_value};
use crate::shown::{Shared, ShownValue, hash_of};
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
    site_value: ShownValue,
    site_nodes: String,
    works: Works,
    shared: OnceLock<Shared>,
    lists: SiteLists,
}

impl DrawableSite {
    /// A site with its plan; `assets` are the files that go into the site as they are.
    pub(super) fn new(
        resolved: Resolved,
        plan: Plan,
        templates: Arc<Templates>,
        assets: Vec<AssetFile>,
        lists: SiteLists,
    ) -> Self {
        let site = resolved.site.clone();
        let (site_value, site_nodes) = (site_value(&site, &plan), site_nodes(&site.schema));
        let mut environment = Hasher::new();
        environment.hash(&program().unwrap_or_default()).hash(&hash_of(&site_value)).hash(&site.schema.texts.hash());
        for (name, asset) in &site.assets.by_name {
            environment.text(name).text(&asset.url);
        }
        let environment = environment.finish();
        let (works, shared) = (pages::works(&site.schema, &site.bibliography), OnceLock::new());
        Self { site, resolved, plan, templates, assets, environment, site_value, site_nodes, works, shared, lists }
    }

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
