//! Any sequence of builds, and of things people do in the output folder meanwhile, against a model of what should be there.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum ModelStep {
    /// A new version of the site: for each path of `PATHS` its version, or nothing.
    Build(Vec<Option<u8>>, Exchange),
    /// Somebody adds a file of their own.
    Add(usize),
    /// Somebody takes it away again.
    TakeAway(usize),
    /// Somebody edits, or deletes, one of our files.
    Edit(usize),
    Delete(usize),
    /// A build is given up half-way.
    GiveUp(usize),
}

#[derive(Clone, Copy, Debug)]
struct Exchange {
    one_step: bool,
    links: bool,
    in_place: bool,
}

const PATHS: [&str; 7] = ["index.html", "a", "a/b", "a/b/c", "a-b", "d/e/f", "d/g"];
const THEIRS: [&str; 4] = ["CNAME", "d/mine", "d/own/mine", "z/y/mine"];

fn step() -> impl Strategy<Value = ModelStep> {
    let site = proptest::collection::vec(proptest::option::of(0..3_u8), PATHS.len());
    let how = any::<[bool; 3]>().prop_map(|[one_step, links, in_place]| Exchange { one_step, links, in_place });
    prop_oneof![
        4 => (site, how).prop_map(|(site, how)| ModelStep::Build(site, how)),
        1 => (0..THEIRS.len()).prop_map(ModelStep::Add),
        1 => (0..THEIRS.len()).prop_map(ModelStep::TakeAway),
        1 => (0..PATHS.len()).prop_map(ModelStep::Edit),
        1 => (0..PATHS.len()).prop_map(ModelStep::Delete),
        1 => (0..PATHS.len()).prop_map(ModelStep::GiveUp),
    ]
}

/// A site in which nothing is both file and folder.
fn site(versions: &[Option<u8>]) -> Vec<(&'static str, String)> {
    let wanted = |at: usize| versions[at].is_some();
    let fits = |at: usize| match PATHS[at] {
        "a/b" => !wanted(1),
        "a/b/c" => !wanted(1) && !wanted(2),
        _ => true,
    };
    let pages = (0..PATHS.len()).filter(|&at| wanted(at) && fits(at));
    pages.map(|at| (PATHS[at], format!("{} {}", PATHS[at], versions[at].unwrap()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn after_any_sequence_the_output_is_the_site_and_what_others_added(steps in proptest::collection::vec(step(), 1..16)) {
        let lab = Lab::new();
        let mut ours: BTreeMap<&str, String> = BTreeMap::new();
        let mut theirs: BTreeMap<&str, (String, SystemTime, u64)> = BTreeMap::new();
        let mut damaged: Vec<&str> = Vec::new();
        lab.build(&[]).unwrap();
        for step in steps {
            match step {
                ModelStep::Build(versions, how) => {
                    let new = site(&versions);
                    let before = lab.tree();
                    let mut staging = lab.open_with(WriteOptions { in_place: how.in_place, ..WriteOptions::default() }).unwrap();
                    (staging.one_step, staging.links) = (how.one_step, how.links);
                    let files: Vec<_> = new.iter().map(|(path, text)| (*path, text.as_str())).collect();
                    let summary = build(staging, &files).unwrap();
                    prop_assert_eq!(summary.removed, ours.keys().filter(|path| !files.iter().any(|(new, _)| new == *path)).count());
                    let after = lab.tree();
                    let mut kept = 0;
                    for (path, text) in &new {
                        prop_assert_eq!(&after[*path].0, text);
                        if ours.get(path) == Some(text) && !damaged.contains(path) {
                            prop_assert_eq!(after[*path].1, before[*path].1);
                            kept += 1;
                        }
                    }
                    prop_assert_eq!((summary.unchanged, summary.written), (kept, new.len() - kept));
                    for (path, file) in &mut theirs {
                        prop_assert_eq!((&file.0, file.1), (&after[*path].0, after[*path].1));
                        prop_assert!(!(how.links || how.in_place) || file.2 == after[*path].2);
                        file.2 = after[*path].2;
                    }
                    let files = after.keys().filter(|path| !path.ends_with('/')).count();
                    prop_assert_eq!(files, new.len() + theirs.len());
                    ours = new.into_iter().collect();
                    damaged.clear();
                }
                ModelStep::Add(at) => {
                    lab.add(THEIRS[at], "mine");
                    theirs.insert(THEIRS[at], lab.tree()[THEIRS[at]].clone());
                }
                ModelStep::TakeAway(at) => {
                    if theirs.remove(THEIRS[at]).is_some() {
                        fs::remove_file(lab.path(THEIRS[at])).unwrap();
                    }
                }
                ModelStep::Edit(at) if ours.contains_key(PATHS[at]) => {
                    lab.add(PATHS[at], "something else, and longer");
                    damaged.push(PATHS[at]);
                }
                ModelStep::Delete(at) if ours.contains_key(PATHS[at]) => {
                    let _ = fs::remove_file(lab.path(PATHS[at]));
                    damaged.push(PATHS[at]);
                }
                ModelStep::GiveUp(at) => {
                    let before = lab.tree();
                    let staging = lab.open().unwrap();
                    let _ = staging.put(PATHS[at], Hash::of(b"given up"), b"given up");
                    drop(staging);
                    prop_assert_eq!(lab.tree(), before);
                }
                ModelStep::Edit(_) | ModelStep::Delete(_) => {}
            }
        }
    }
}
