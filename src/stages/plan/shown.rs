//! What pages show by data blocks: entries that are anchors, and the block of an index.

use std::collections::HashSet;

use super::Planning;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::facts::select;
use crate::model::kind::Index;
use crate::model::schema::KindId;
use crate::model::site::EntryId;
use crate::yaml::{MappingPart, PathStep};

impl Planning<'_> {
    /// Every entry that is an anchor has to be shown by a data block of the page on which the anchor stands.
    pub(super) fn check_anchors(&mut self) {
        let site = self.site;
        for kind in site.schema.kind_ids().filter(|kind| site.schema.kind(*kind).anchored()) {
            let declared = site.schema.kind(kind);
            let url = declared.url.base();
            let host = site.entries.iter().find(|entry| &*entry.url == url);
            let queries =
                host.into_iter().flat_map(|host| &host.doc.body.blocks).filter_map(|block| block.entries.as_ref());
            let shown: HashSet<EntryId> = queries.flat_map(|query| select(site, query)).collect();
            let clash =
                |id: &EntryId| host.is_some_and(|host| host.doc.body.heading(&site.entry(*id).doc.slug).is_some());
            for id in site.entries_of(kind).filter(clash) {
                let doc = &site.entry(id).doc;
                let message =
                    format!("`{url}` has a heading with the id `{}`, which is the anchor of this entry", doc.slug);
                let help = format!("give the heading another id: `## Heading {{#{}-2}}`", doc.slug);
                self.diagnostics.push(Diagnostic::new(Code::HeadingIdDuplicate, doc.place(), message).help(help));
            }
            let nothing_shown = shown.iter().all(|id| site.entry(*id).doc.kind != kind);
            for id in site.entries_of(kind).filter(|id| !shown.contains(id)) {
                let doc = &site.entry(id).doc;
                let message = format!("the page `{url}` does not show this {}", declared.name);
                let help = match host {
                    None => format!("write the page, with a data block that has `entries: {}`", declared.name),
                    Some(host) => format!("add a data block with `entries: {}` to {}", declared.name, host.doc.path()),
                };
                self.diagnostics.push(Diagnostic::new(Code::AnchorMissing, doc.place(), message).help(help));
                if host.is_none() || nothing_shown {
                    break; // one cause, one diagnostic
                }
            }
        }
    }

    /// A data block that an index shows has to stand in some article.
    pub(super) fn check_block(&mut self, kind: KindId, index: &Index) {
        let schema = &self.site.schema;
        let Some(wanted) = index.block.as_ref().filter(|wanted| self.site.block(wanted).is_none()) else { return };
        let path = ["kinds", &schema.kind(kind).name, "index", "block"].map(|key| PathStep::Key(key.to_string()));
        let place = schema.text.place(&path, MappingPart::Value);
        let message = format!("`{}` has no data block named `{}`", wanted.of, wanted.name);
        let diagnostic = Diagnostic::new(Code::SiteUnknownName, place, message);
        self.diagnostics
            .push(diagnostic.help("name an article as `guides/my-guide` and a block that it has, or remove the key"));
    }
}
