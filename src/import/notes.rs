//! Sentences on a draft for whoever reads it.

use std::collections::BTreeMap;

use super::config::EXAMPLE;
use super::plan::ImportPlan;
use super::words::counted;
use super::write::DRAWS_FORMULAS;

/// So many redirects that are none here are named.
const NAMED: usize = 8;

impl ImportPlan {
    /// What whoever reads the draft should know besides.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.base_url.as_ref().is_none_or(|url| url.starts_with(EXAMPLE)) {
            notes.push("`base_url` is an example: write where the site will live".into());
        }
        if let Some(language) = self.language.as_deref().filter(|_| self.language_is_guessed) {
            notes.push(format!("`language: {language}` is guessed from the letters of the texts"));
        }
        if let Some((first, count)) = self.formulas.as_ref().filter(|_| !DRAWS_FORMULAS) {
            notes.push(format!(
                "formulas in {}, first {first}, are shown as they were typed: `markdown: {{math: true}}` draws them in a program that is built with `--features math`",
                counted(*count, "file")
            ));
        }
        if let Some((first, count)) = &self.kept_back {
            let files = counted(*count, "file");
            notes.push(format!("{files} kept back as private or as drafts, first {first}: `--drafts` shows drafts"));
        }
        if let Some((first, count)) = &self.alone {
            let pages = counted(*count, "page");
            notes
                .push(format!("{pages} made of components alone, with no more than the words of these: first {first}"));
        }
        notes.extend(
            self.drawings
                .iter()
                .map(|(what, count)| format!("{} no page is made of: {what} of Obsidian", counted(*count, "file"))),
        );
        let mut ignored: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        for (path, why) in &self.ignored {
            ignored.entry(why).or_insert((path, 0)).1 += 1;
        }
        let held = self.held.iter().map(|(why, (first, count))| (*why, (first.as_str(), *count)));
        notes.extend(held.chain(ignored).map(|(why, (first, count))| {
            let files = if count == 1 {
                format!("{first} is left out")
            } else {
                format!("{count} files are left out, first {first}")
            };
            format!("{files}: {why}")
        }));
        notes.extend(self.lost_redirects());
        notes
    }

    /// A sentence with the redirects of the tool that are none here.
    fn lost_redirects(&self) -> Option<String> {
        let all = &self.lost_redirects;
        let named: Vec<String> = all.iter().take(NAMED).map(|(from, to)| format!("{from} to {to}")).collect();
        let more = if all.len() > NAMED { ", ..." } else { "" };
        (!all.is_empty()).then(|| {
            let redirects = counted(all.len(), "redirect");
            let tool = self.tool.name();
            let why = "a pattern, from the address of a page, or to nothing that is there";
            format!("{redirects} of {tool} not taken over ({why}): {}{more}", named.join(", "))
        })
    }
}
