//! The text of the drafted `site.yaml`, with a comment on every line that was guessed.

use std::collections::BTreeSet;

use super::config::EXAMPLE;
use super::fields::DraftField;
use super::kinds::DraftKind;
use super::lines::{ignored, push_kind};
use super::menu;
use super::plan::ImportPlan;
use super::redirects::redirect_line;
use super::words::{counted, in_quotes};
use crate::yaml::{flow, quoted};

/// Schemes that programs open which many people have; others are drawn as their words.
const KNOWN: &[&str] =
    &["sms", "webcal", "geo", "ftp", "irc", "ircs", "matrix", "xmpp", "magnet", "obsidian", "vscode", "zotero", "sip"];

/// Whether this program draws formulas.
pub(super) const DRAWS_FORMULAS: bool = cfg!(feature = "math");

impl ImportPlan {
    /// The declaration.
    pub fn text(&self) -> String {
        let mut out = format!("# Drafted by `limber import` from {}. Every line may be changed.\n", self.tool.name());
        let mut line = |key: &str, value: &str| out.push_str(&format!("{key}: {}\n", quoted(value)));
        line("title", &self.title);
        self.description.iter().for_each(|text| line("description", text));
        line("base_url", &self.base_url.clone().unwrap_or_else(|| format!("{EXAMPLE}/")));
        line("language", self.language.as_deref().unwrap_or("en"));
        self.home.iter().for_each(|path| line("home", path));
        if !self.params.is_empty() {
            out.push_str("params: # values that texts show, as `{{ site.key }}`\n");
            for (key, value) in &self.params {
                out.push_str(&format!("  {}: {}\n", quoted(key), flow(value)));
            }
        }
        if !self.statics.is_empty() {
            out.push_str(&format!("static: # what {} publishes as it is, and where\n", self.tool.name()));
            for (path, url) in &self.statics {
                out.push_str(&format!("  {}: {}\n", quoted(path), quoted(url)));
            }
        }
        if let Some(output) = self.output {
            out.push_str(&format!("output: {output} # `public/` holds files of another tool\n"));
        }
        if !self.ignored.is_empty() || !self.own.is_empty() {
            out.push_str("ignore: # what is no part of the site, or cannot be published as it is\n");
            let own = self.own.iter().map(|(path, why)| (path, *why));
            let all = own.chain(self.ignored.iter().map(|(path, why)| (path, why.as_str())));
            let mut known = BTreeSet::new();
            for (pattern, why) in all.map(|(path, why)| (ignored(path, why), why)) {
                if known.insert(pattern.clone()) {
                    out.push_str(&format!("  - {} # {why}\n", quoted(&pattern)));
                }
            }
        }
        out.push_str("kinds:\n");
        for (at, kind) in self.kinds.iter().enumerate() {
            push_kind(&mut out, kind, &self.groups_of(at), self.tool.name());
        }
        self.push_relations(&mut out);
        let robots = self.own_robots.as_ref().map(|path| ("robots: false".into(), format!("`{path}` is there")));
        let feed = self.feed.as_ref().map(|url| (format!("feed: {{url: {url}}}"), "the feed of the tool".to_string()));
        let (pages, why): (Vec<String>, Vec<String>) = robots.into_iter().chain(feed).unzip();
        if !pages.is_empty() {
            out.push_str(&format!("pages: {{{}}} # {}\n", pages.join(", "), why.join("; ")));
        }
        if !self.redirects.is_empty() {
            out.push_str(&format!("redirects: # addresses from which {} leads on\n", self.tool.name()));
            self.redirects.iter().for_each(|redirect| out.push_str(&format!("{}\n", redirect_line(redirect))));
        }
        self.push_menu(&mut out);
        out.push_str(&format!("markdown: {{allow_html: {}, wikilinks: {}", self.html, self.wikilinks));
        out.push_str(if self.tool.has_remarks() { "" } else { ", remarks: false" });
        self.tool.dialect().iter().for_each(|name| out.push_str(&format!(", dialect: {name}")));
        out.push_str(if self.template_tags { ", template_tags: true" } else { "" });
        out.push_str(if DRAWS_FORMULAS && self.formulas.is_some() { ", math: true" } else { "" });
        if !self.includes.is_empty() {
            let names: Vec<_> = self.includes.iter().map(|name| in_quotes(name)).collect();
            out.push_str(&format!(", includes: [{}]", names.join(", ")));
        }
        match self.tool.has_remarks() {
            true => out.push_str("}\n"),
            false => out.push_str(&format!("}} # `%%` is text in {}\n", self.tool.name())),
        }
        self.push_links(&mut out);
        out.push_str("checks: # what is only reported; `limber explain CODE` says what each means\n");
        out.push_str("  advice: off\n");
        for (code, (count, first)) in &self.checks {
            out.push_str(&format!("  {code}: warning # {count}, first at {first}\n"));
        }
        out
    }

    /// The keys by which a kind is grouped, as `site.yaml` has them. An address of the tool is that of the kind with the most values.
    fn groups_of(&self, at: usize) -> Vec<String> {
        let count = |kind: &DraftKind, name: &str| {
            let field = kind.fields.iter().find(|field| field.is_for_groups() && field.name.eq_ignore_ascii_case(name));
            field.map_or(0, |field| field.count)
        };
        let most = |name: &str| (0..self.kinds.len()).rev().max_by_key(|at| count(&self.kinds[*at], name));
        let mut names = BTreeSet::new();
        let is_first = |field: &&DraftField| field.is_for_groups() && names.insert(field.name.to_lowercase());
        let fields: Vec<&DraftField> = self.kinds[at].fields.iter().filter(is_first).collect();
        let group = |field: &DraftField| {
            let own = self.groups.iter().find(|(key, _)| key.eq_ignore_ascii_case(&field.name));
            match own.filter(|(key, _)| most(key) == Some(at)) {
                Some((_, url)) => format!("{{by: {}, url: {}}}", quoted(&field.name), in_quotes(url)),
                None => quoted(&field.name),
            }
        };
        fields.into_iter().map(group).collect()
    }

    fn push_menu(&self, out: &mut String) {
        let mut head = "theme:\n  menu:\n";
        for (title, to) in menu::lines(&self.menu, &self.kinds) {
            if self.nowhere.contains(&to) {
                continue;
            }
            out.push_str(std::mem::take(&mut head));
            out.push_str(&match title {
                Some(title) => format!("    - {{title: {}, to: {}}}\n", in_quotes(&title), in_quotes(&to)),
                None => format!("    - {}\n", in_quotes(&to)),
            });
        }
    }

    fn push_relations(&self, out: &mut String) {
        let mut head = "relations:\n";
        for (kind, relation) in self.kinds.iter().flat_map(|kind| kind.relations.iter().map(move |r| (kind, r))) {
            out.push_str(std::mem::take(&mut head));
            let (one, other) =
                (format!("{}.{}", kind.name, relation.key), format!("{}.{}", relation.to, relation.back));
            out.push_str(&format!("  - {{one: {one}, other: {other}}} # {} values name such a file\n", relation.count));
        }
    }

    fn push_links(&self, out: &mut String) {
        let (known, others): (Vec<_>, Vec<_>) =
            self.schemes.iter().partition(|(scheme, _)| KNOWN.contains(&scheme.as_str()));
        let list = |schemes: &[(&String, &usize)]| {
            schemes.iter().map(|(scheme, count)| format!("{scheme} ({count})")).collect::<Vec<_>>().join(", ")
        };
        let (mut keys, mut why) = (Vec::new(), Vec::new());
        if !known.is_empty() {
            let names: Vec<_> = known.iter().map(|(scheme, _)| scheme.as_str()).collect();
            keys.push(format!("schemes: [{}]", names.join(", ")));
            why.push(list(&known));
        }
        if !self.above.is_empty() {
            let begins: Vec<_> = self.above.keys().map(|begins| in_quotes(begins)).collect();
            keys.push(format!("outside: [{}]", begins.join(", ")));
            let count: usize = self.above.values().sum();
            why.push(format!("{} to what lies above the site", counted(count, "link")));
        }
        if let Some(repository) = &self.repository {
            keys.push(format!("repository: {}", in_quotes(repository)));
            why.push("where links lead to files that are no part of the site".into());
        }
        if !keys.is_empty() {
            out.push_str(&format!("links: {{{}}} # {}\n", keys.join(", "), why.join("; ")));
        }
        if !others.is_empty() {
            out.push_str(&format!("# Links that no browser opens are drawn as their words: {}\n", list(&others)));
        }
        if !self.outside.is_empty() {
            let all: Vec<_> = self.outside.iter().map(|(at, count)| format!("{at} ({count})")).collect();
            out.push_str(&format!(
                "# Links to what the folder has not, by where they begin; `links: {{outside: [/part]}}` leaves them as they are: {}\n",
                all.join(", ")
            ));
        }
        if !self.hosts.is_empty() {
            let all: Vec<_> = self.hosts.iter().map(|(host, count)| format!("{host} ({count})")).collect();
            out.push_str(&format!(
                "# Pages load nothing from other sites until `hosts: {{images: [HOST]}}` names them: {}\n",
                all.join(", ")
            ));
        }
    }
}
