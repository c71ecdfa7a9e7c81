//! The walls of the program: ARCHITECTURE.md says on which floor each room stands, and no room imports one that stands as
//! high or higher. So there is no arrow upwards, no circle between rooms, and no stage that knows another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms of the table in ARCHITECTURE.md and their floors, the ground being 1.
fn rooms() -> BTreeMap<String, usize> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows = text.lines().skip_while(|line| !line.starts_with("| floor | rooms |")).skip(2);
    let mut rooms = BTreeMap::new();
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let floor = cells[1].parse().unwrap_or_else(|_| panic!("no floor: {row}"));
        for room in cells[2].split('`').skip(1).step_by(2) {
            assert_eq!(rooms.insert(room.to_string(), floor), None, "`{room}` stands in two rows");
        }
    }
    assert!(!rooms.is_empty(), "the table of rooms is gone");
    rooms
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files of the program: the modules that they are, and their texts without tests.
fn files() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let (src, mut paths) = (root().join("src"), Vec::new());
    walk(&src, &mut paths);
    paths.sort();
    let module = |path: &PathBuf| {
        let name = path.strip_prefix(&src).unwrap().to_str()?.strip_suffix(".rs")?.replace('/', "::");
        let is_test = name.split("::").any(|part| part == "tests");
        let text = std::fs::read_to_string(path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next()?.to_string();
        (name != "lib" && !is_test).then_some((name, text))
    };
    paths.iter().filter_map(module).collect()
}

/// The room of a module: the longest name of the table that it begins with.
fn room<'a>(module: &str, rooms: &'a BTreeMap<String, usize>) -> Option<&'a str> {
    let inside = |room: &&String| {
        module.strip_prefix(room.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    rooms.keys().filter(inside).max_by_key(|room| room.len()).map(String::as_str)
}

/// What a file names of the program: `model::site::Site`. Lists in braces are written out.
fn paths(module: &str, text: &str) -> BTreeSet<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for (start, anchor) in ["crate::", "super::", "limber::"].iter().flat_map(|anchor| code.match_indices(anchor)) {
        let before = code[..start].chars().next_back().unwrap_or(' ');
        if before.is_alphanumeric() || before == '_' || before == ':' {
            continue;
        }
        let mut rest = &code[start..];
        let mut base: Vec<&str> = if anchor == "super::" { module.split("::").collect() } else { Vec::new() };
        while let Some(after) = rest.strip_prefix("super::") {
            base.pop();
            rest = after;
        }
        rest = rest.strip_prefix("crate::").or_else(|| rest.strip_prefix("limber::")).unwrap_or(rest);
        written_out(&base.join("::"), rest, &mut found);
    }
    found
}

/// Adds the path at the beginning of a text, behind what comes before it.
fn written_out(before: &str, text: &str, found: &mut BTreeSet<String>) {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(text.len());
    let joined = [before, text[..end].trim_end_matches(':')].into_iter().filter(|part| !part.is_empty());
    let path = joined.collect::<Vec<_>>().join("::");
    let Some(list) = text[end..].strip_prefix('{').filter(|_| end == 0 || text[..end].ends_with("::")) else {
        found.insert(path);
        return;
    };
    let (mut depth, mut start) = (0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                let item = list[start..at].trim();
                if !item.is_empty() {
                    written_out(&path, item, found);
                }
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
}

#[test]
fn every_file_belongs_to_a_room_and_every_room_has_files() {
    let (rooms, files) = (rooms(), files());
    let homeless: Vec<_> =
        files.iter().filter(|(module, _)| room(module, &rooms).is_none() && module != "stages").collect();
    assert!(
        homeless.is_empty(),
        "ARCHITECTURE.md has no room for {:?}",
        homeless.iter().map(|(m, _)| m).collect::<Vec<_>>()
    );
    let used: BTreeSet<_> = files.iter().filter_map(|(module, _)| room(module, &rooms)).collect();
    let empty: Vec<_> = rooms.keys().filter(|room| !used.contains(room.as_str())).collect();
    assert!(empty.is_empty(), "ARCHITECTURE.md has rooms without files: {empty:?}");
}

#[test]
fn no_room_imports_one_that_stands_as_high_or_higher() {
    let rooms = rooms();
    let mut wrong = BTreeSet::new();
    for (module, text) in files() {
        let Some(own) = room(&module, &rooms) else { continue };
        for path in paths(&module, &text) {
            let Some(other) = room(&path, &rooms).filter(|other| *other != own) else { continue };
            if rooms[other] >= rooms[own] {
                wrong.insert(format!("{own} ({}) -> {other} ({}): {module} names {path}", rooms[own], rooms[other]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", Vec::from_iter(wrong).join("\n"));
}

/// The libraries of the table in ARCHITECTURE.md, as code names them, and the rooms of the rows in whose brackets they stand.
fn libraries() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut libraries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in text.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.split('|').collect();
        let rooms = cells[2].split('`').skip(1).step_by(2);
        let brackets = cells[3].split('(').skip(1).filter_map(|rest| Some(rest.split_once(')')?.0));
        for library in brackets.flat_map(|inside| inside.split('`').skip(1).step_by(2)) {
            libraries.entry(library.replace('-', "_")).or_default().extend(rooms.clone().map(str::to_string));
        }
    }
    libraries
}

#[test]
fn a_library_is_named_only_by_the_rooms_that_the_table_gives_it_to() {
    let (rooms, libraries) = (rooms(), libraries());
    assert!(libraries.len() > 5, "the table names no libraries any more: {libraries:?}");
    let mut named = BTreeSet::new();
    let mut wrong = BTreeSet::new();
    for (module, text) in files() {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let words: BTreeSet<_> = code.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_')).collect();
        for (library, allowed) in libraries.iter().filter(|(library, _)| words.contains(library.as_str())) {
            // A module may be called like the library that it names.
            let path = text.contains(&format!("{library}::")) && !text.contains(&format!("mod {library};"));
            match room(&module, &rooms) {
                Some(own) if path && !allowed.contains(own) => wrong.insert(format!("{module} names {library}")),
                Some(_) if path => named.insert(library.as_str()),
                _ => false,
            };
        }
    }
    assert!(wrong.is_empty(), "{}", Vec::from_iter(wrong).join("\n"));
    let unused: Vec<_> = libraries.keys().filter(|library| !named.contains(library.as_str())).collect();
    assert!(unused.is_empty(), "the table gives away libraries that nobody names: {unused:?}");
}

#[test]
fn the_walls_see_every_form_of_a_path() {
    let text = "use crate::model::{site::{Site, Entry}, plan};\nfn f() { crate::hash::of(super::super::url::x()) }\n// crate::no\n";
    let expected = ["hash::of", "model::plan", "model::site::Entry", "model::site::Site", "url::x"];
    assert_eq!(Vec::from_iter(paths("stages::parse", text)), expected);
    assert_eq!(Vec::from_iter(paths("a::b::c", "use super::{x, y::Z};\nuse my_crate::q;")), ["a::b::x", "a::b::y::Z"]);
}
