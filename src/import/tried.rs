//! Tries the draft: puts the site together as `check` does, lowers what may yield and leaves out what may not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::plan::ImportPlan;
use crate::diagnostics::{Code, Diagnostic};
use crate::engine::{DrawableSite, Engine, Snapshot};
use crate::folders::without_extension;
use crate::links::ABOVE_SITE;
use crate::model::options::Options;
use crate::model::source::Source;
use crate::span::line_column;
use crate::stages::load::load_as;
use crate::stages::weigh::may_yield;
use crate::timings::Timings;
use crate::url::slug;

/// So many links to one part of the host are no slip.
const MANY: usize = 10;
/// So many parts of the host are named.
const LISTED: usize = 8;
/// So many times at most: leaving out a file may show what was hidden behind it.
const TRIES: usize = 6;

/// Settles what the declaration has to say for the folder to build. Says whether it does.
pub(super) fn settle(root: &Path, plan: &mut ImportPlan) -> bool {
    let mut engine = Engine::new(Options::default());
    for _ in 0..TRIES {
        let site = Source::new("site.yaml", plan.text());
        let (sources, found) = load_as(root, site);
        let snapshot = engine.update(&sources, found, &mut Timings::default());
        let Some(ready) = &snapshot.ready else { return false };
        // To draw all pages takes longest: that is done when nothing else is left to settle.
        let mut tried = try_with(plan, &snapshot, ready, &snapshot.diagnostics);
        if tried.is_settled {
            let diagnostics = snapshot.all_diagnostics();
            plan.outside = outside(&diagnostics);
            tried = try_with(plan, &snapshot, ready, &diagnostics);
            plan.checks = tried.lowered;
        } else {
            plan.checks.extend(tried.lowered);
        }
        if tried.is_settled {
            let options = Options::default();
            let kept_back = snapshot.held_back(&options);
            plan.kept_back = kept_back.iter().min().map(|first| ((*first).to_string(), kept_back.len()));
            plan.hidden = kept_back.iter().map(|path| (*path).to_string()).collect();
            // A site that leaves out all that there is builds, and is none.
            return !tried.is_stuck && !ready.site.entries.is_empty();
        }
    }
    false
}

/// What one try has shown.
struct Tried {
    /// What is lowered to a warning, with how often and where it is raised first.
    lowered: BTreeMap<String, (usize, String)>,
    /// Whether the declaration stays as it is.
    is_settled: bool,
    /// Whether something is in the way that nothing here can settle.
    is_stuck: bool,
}

/// Lets a declaration yield to what is wrong with the site that it makes.
fn try_with(plan: &mut ImportPlan, snapshot: &Snapshot, ready: &DrawableSite, diagnostics: &[Diagnostic]) -> Tried {
    let place = |problem: &Diagnostic| {
        let text = snapshot.texts.get(&problem.place.path).map_or("", |text| &**text);
        format!("{}:{}", problem.place.path, line_column(text, problem.place.range().start).0)
    };
    let mut lowered: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let (mut left_out, mut is_stuck, mut moved) = (BTreeMap::new(), false, false);
    let relations = |plan: &ImportPlan| plan.kinds.iter().map(|kind| kind.relations.len()).sum::<usize>();
    let had = relations(plan);
    let before = plan.checks.clone();
    let counts = |problem: &&Diagnostic| problem.is_error() || before.contains_key(problem.shown_code());
    for problem in diagnostics.iter().filter(counts) {
        if let Some(begins) = above_site(problem)
            && plan.lead_above(begins)
        {
            moved = true;
        } else if is_redirect(plan, snapshot, problem) || leads_beside(plan, problem) && plan.lead_to_repository() {
            moved = true;
        } else if may_yield(&ready.site.schema, problem) {
            lowered.entry(problem.shown_code().into()).or_insert_with(|| (0, place(problem))).0 += 1;
        } else if let Some(address) = listed_twice(problem) {
            let own = problem.related.iter().map(|other| &other.place).chain([&problem.place]);
            let file = own.into_iter().map(|place| &*place.path).find(|path| *path != "site.yaml");
            if plan.move_lists(address) {
                moved = true;
            } else if let Some(path) = file {
                let why = format!("`{address}` is the address of a page that every site has");
                left_out.insert(path.to_string(), why);
            }
            is_stuck = true;
        } else if let Some(to) = nowhere(snapshot, problem) {
            moved |= plan.nowhere.insert(to);
        } else if problem.shown_code().starts_with("relation-") && is_withdrawn(plan, snapshot, problem) {
            moved = true;
        } else if is_of_file(problem) {
            let (path, why) = yielding(problem);
            left_out.insert(path.to_string(), why);
        } else {
            is_stuck = true;
        }
    }
    for entry in &ready.site.entries {
        moved |= plan.lead_on(entry.doc.path(), &entry.url);
    }
    // What else was wrong may have been so for the relation alone: the next try tells.
    if relations(plan) < had {
        left_out.clear();
    }
    let is_settled = !moved && left_out.is_empty() && lowered.keys().all(|code| before.contains_key(code));
    left_out.into_iter().for_each(|(path, why)| plan.leave_out(&path, why));
    Tried { lowered, is_settled, is_stuck }
}

/// Where the address begins above the site to which a link leads: `/std/`.
fn above_site(problem: &Diagnostic) -> Option<&str> {
    let begins = |help: &String| Some((help.find("outside: [")? + "outside: [".len(), help.find("]}`")?));
    let is_above = problem.code == Code::LinkBroken && problem.message.ends_with(ABOVE_SITE);
    let help = problem.help.iter().find(|help| begins(help).is_some()).filter(|_| is_above)?;
    begins(help).map(|(from, to)| &help[from..to])
}

/// Where the addresses begin that texts link to and the folder has not, with how many links there are; the most frequent first.
fn outside(diagnostics: &[Diagnostic]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut above: BTreeSet<String> = BTreeSet::new();
    for problem in diagnostics.iter().filter(|problem| problem.code == Code::LinkBroken) {
        let address =
            problem.message.strip_prefix("no page has the address `/").and_then(|rest| rest.split('/').next());
        let begins = above_site(problem).map(|begins| begins.trim_end_matches('/').to_string());
        let first = address.filter(|first| !first.contains(['`', '.', '#', '?'])).map(|first| format!("/{first}"));
        // What leads above the site is no slip, either.
        above.extend(begins.clone());
        if let Some(first) = begins.or(first) {
            *counts.entry(first).or_default() += 1;
        }
    }
    let is_meant = |(first, count): &(String, usize)| *count >= MANY || above.contains(first);
    let mut all: Vec<_> = counts.into_iter().filter(is_meant).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.truncate(LISTED);
    all
}

/// Whether a link leads to a file that is no part of the site.
fn leads_beside(plan: &ImportPlan, problem: &Diagnostic) -> bool {
    let path = || problem.message.split('`').nth(1).filter(|path| !path.ends_with(".html"));
    match problem.code {
        Code::LinkUnsafe => path().is_some_and(crate::links::leads_out),
        Code::LinkBroken => {
            problem.message.starts_with("there is no file `") && path().is_some_and(|path| plan.is_beside(path))
        }
        _ => false,
    }
}

/// Takes the redirect back in which a problem stands: readers would be led nowhere. Says whether there is one.
fn is_redirect(plan: &mut ImportPlan, snapshot: &Snapshot, problem: &Diagnostic) -> bool {
    let text = snapshot.texts.get(&problem.place.path).map_or("", |text| &**text);
    &*problem.place.path == "site.yaml" && plan.withdraw_redirect(text, problem.place.range().start)
}

/// Takes the relation back in which a problem stands: it was a guess. Says whether there was one.
fn is_withdrawn(plan: &mut ImportPlan, snapshot: &Snapshot, problem: &Diagnostic) -> bool {
    let text = snapshot.texts.get(&problem.place.path).map_or("", |text| &**text);
    plan.withdraw_relation(text.get(..problem.place.range().start).unwrap_or_default())
}

/// Where a link of the menu leads that leads nowhere.
fn nowhere(snapshot: &Snapshot, problem: &Diagnostic) -> Option<String> {
    let text = snapshot.texts.get(&problem.place.path).map_or("", |text| &**text);
    let menu = text.find("\ntheme:\n")?..text.find("\nmarkdown:")?;
    let is_of_menu = &*problem.place.path == "site.yaml" && menu.contains(&problem.place.range().start);
    problem.message.split('`').nth(1).filter(|_| is_of_menu).map(str::to_string)
}

/// The address that both a list of entries and a text have.
fn listed_twice(problem: &Diagnostic) -> Option<&str> {
    let declared = |place: &crate::span::Place| &*place.path == "site.yaml";
    let is_list = declared(&problem.place) || problem.related.iter().any(|other| declared(&other.place));
    (problem.code == Code::UrlDuplicate && is_list).then(|| problem.message.split('`').nth(1)).flatten()
}

/// The file that is left out for a problem. Of two that stand for one folder it is `README.md`, which is written for code hosts.
fn yielding(problem: &Diagnostic) -> (&str, String) {
    let own = &*problem.place.path;
    let twice = matches!(problem.code, Code::SlugDuplicate | Code::UrlDuplicate);
    let Some(other) = problem.related.first().map(|other| &*other.place.path).filter(|_| twice) else {
        return (own, problem.message.clone());
    };
    let name = |path: &str| {
        let path = without_extension(path).unwrap_or(path);
        path.rsplit('/').next().unwrap_or(path).to_lowercase()
    };
    let stands_for_folder = |path: &str| matches!(name(path).as_str(), "readme" | "index" | "_index");
    let is_readme = |path: &str| name(path) == "readme";
    let rank = |path: &str| (is_readme(path), distance_of_name(path));
    let (path, kept) = if rank(other) > rank(own) { (other, own) } else { (own, other) };
    match stands_for_folder(own) && stands_for_folder(other) {
        true => (path, format!("it stands for the same folder as {kept}")),
        false => (path, format!("its address is that of {kept}")),
    }
}

/// How far the path of a file is from the address that it makes: of several files with one address the nearest keeps it. What
/// begins with a low line is a part of other texts more often than not.
fn distance_of_name(path: &str) -> (bool, usize) {
    let path = without_extension(path).unwrap_or(path);
    let is_part = path.rsplit('/').next().is_some_and(|name| name.starts_with('_') && name != "_index");
    let other = path.split('/').filter(|part| slug(part) != **part).count();
    let changed = path.split('/').filter(|part| slug(part) != part.to_lowercase()).count();
    (is_part, other + changed)
}

/// Whether a problem goes with the file that it is about.
fn is_of_file(problem: &Diagnostic) -> bool {
    let path = &*problem.place.path;
    let is_content = path != "site.yaml" && !path.starts_with("theme/") && !path.starts_with("templates/");
    is_content && problem.code != Code::LimberBug
}
