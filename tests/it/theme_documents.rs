//! The theme and its documents: what they name is there, what is there they name, and what they show works.

use std::collections::BTreeSet;

use expect_test::expect;
use limber::theme::TEMPLATES;

use crate::harness::Project;

const README: &str = include_str!("../../theme/README.md");

#[track_caller]
fn holds(page: &str, parts: &[&str]) {
    let missing: Vec<_> = parts.iter().filter(|part| !page.contains(**part)).collect();
    assert!(missing.is_empty(), "{missing:?} are missing in\n{page}");
}

const PLAIN: &str = "//- content/index.md\n---\ntitle: Start\n---\n//- content/about.md\n---\ntitle: About us\n---\n\
    //- content/notes/a.md\n---\ntitle: A note\n---\n//- static/logo.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"32\"/>\n";

/// The names of all components that templates define.
fn components() -> BTreeSet<String> {
    TEMPLATES.iter().flat_map(|(_, text)| tags("component", text)).map(str::to_string).collect()
}

/// The names behind a word in the tags of a template, however these begin.
fn tags<'t>(word: &str, text: &'t str) -> Vec<&'t str> {
    let tags = text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start());
    let behind = tags.filter_map(|tag| tag.strip_prefix(word)?.strip_prefix(char::is_whitespace));
    behind
        .filter_map(|rest| rest.trim_start().split(|c: char| !(c.is_alphanumeric() || "_.".contains(c))).next())
        .collect()
}

/// The blocks that the table of files names for a template.
fn blocks_of(file: &str) -> Vec<&'static str> {
    let rows = README.lines().filter(|line| line.starts_with('|')).filter_map(|line| line.split_once(" | "));
    let mut blocks = Vec::new();
    for (files, said) in rows {
        for part in said.split("blocks `").skip(1) {
            let (names, rest) = part.split_once('`').unwrap_or_default();
            let meant = rest.strip_prefix(" in `").and_then(|rest| rest.split('`').next());
            if meant.map_or_else(|| quoted(files).any(|name| name == file), |meant| meant == file) {
                blocks.extend(names.split_whitespace());
            }
        }
    }
    blocks
}

#[test]
fn every_file_component_and_block_of_the_theme_is_documented_and_no_other() {
    let words = README.split(|c: char| !(c.is_alphanumeric() || "._-/".contains(c)));
    let named: BTreeSet<String> =
        words.filter(|word| word.starts_with("theme.")).map(|word| word.trim_end_matches('.').to_string()).collect();
    assert_eq!(named, components());
    for (name, text) in TEMPLATES {
        assert!(README.contains(&format!("`{name}`")), "{name}");
        // A template fills blocks of the one that it extends, and declares all others itself.
        let parent = tags("extends", text).len();
        let known = if parent > 0 { blocks_of("base.html") } else { Vec::new() };
        let known: BTreeSet<&str> = known.into_iter().chain(blocks_of(name)).collect();
        for block in tags("block", text) {
            assert!(known.contains(block), "block {block} of {name}");
        }
    }
}

/// The cells of a row of a table.
fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split(" | ").map(str::trim).collect()
}

/// The words between back-ticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_file_and_block_that_is_documented_is_there() {
    let (_, table) = README.split_once("| in `templates/` | what it is |").expect("the table of files");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|')).map(cells);
    let (mut files, mut blocks) = (0, 0);
    for row in rows {
        for file in quoted(row[0]) {
            assert!(TEMPLATES.iter().any(|(name, _)| *name == file), "{file}");
            files += 1;
        }
        let Some((_, named)) = row[1].split_once("blocks `") else { continue };
        let (names, rest) = named.split_once('`').expect("the names end");
        let file = rest.strip_prefix(" in `").and_then(|rest| rest.split('`').next());
        let file = file.or_else(|| quoted(row[0]).next()).expect("the row has a file");
        let (_, text) = TEMPLATES.iter().find(|(name, _)| *name == file).expect("it is there");
        for block in names.split_whitespace() {
            assert!(text.contains(&format!("block {block} %}}")), "block {block} of {file}");
            blocks += 1;
        }
    }
    assert!(files > 10 && blocks > 10, "{files} files, {blocks} blocks");
}

#[test]
fn every_key_of_the_theme_that_is_documented_is_known() {
    let (_, table) = README.split_once("| key below `theme:` | what |").expect("the table of keys");
    let keys: Vec<_> = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .flat_map(|line| quoted(cells(line)[0]))
        .collect();
    assert!(keys.len() > 8, "{keys:?}");
    let all: String = keys.iter().map(|key| format!("  {key}: null\n")).collect();
    let drawn = Project::bare(&format!("//- site.yaml\ntitle: x\ntheme:\n{all}  nothing: x\n{PLAIN}")).drawn();
    let unknown: Vec<_> =
        drawn.problems().lines().filter(|line| line.contains("knows no key")).map(str::to_string).collect();
    assert!(unknown.len() == 1 && unknown[0].contains("`nothing`"), "{unknown:?}");
}

#[test]
fn one_template_of_the_project_changes_one_component_or_one_block() {
    let project =
        Project::bare(&format!("//- site.yaml\ntitle: Shed\nchecks: {{advice: off}}\nkinds: {{note: {{}}}}\n{PLAIN}"));
    project.write(
        "templates/own.html",
        "{% component theme.logo(@site) %}My own {{ site.title }}{% endcomponent theme.logo %}\n",
    );
    project.write(
        "templates/base.html",
        "{% extends \"theme/base.html\" %}{% block head %}<meta name=\"own\">{% endblock %}\n",
    );
    let drawn = project.drawn();
    holds(drawn.is_fine().file("notes/a/index.html"), &["My own Shed</a>", "<meta name=\"own\">", "<h1>A note</h1>"]);
}

#[test]
fn a_template_that_replaces_or_extends_nothing_is_reported_with_what_may_be_meant() {
    let project =
        Project::bare(&format!("//- site.yaml\ntitle: Shed\nchecks: {{advice: off}}\nkinds: {{note: {{}}}}\n{PLAIN}"));
    project.write(
        "templates/own.html",
        "{% component theme.lgo(@site) %}x{% endcomponent theme.lgo %}\n{%- component theme.mine() %}y{% endcomponent theme.mine %}\n\
         {% component theme.zzzzzz() %}z{% endcomponent theme.zzzzzz %}\n",
    );
    project.write(
        "templates/base.html",
        "{% extends \"theme/base.html\" %}{% block head %}{{ < theme.mine /> }}{% endblock %}\n",
    );
    project.drawn().reports(&expect![[r#"
        templates/own.html:1:14: error[template-invalid]: the theme has no component `theme.lgo`, and nothing draws this one
          help: did you mean `theme.logo`?
        templates/own.html:3:14: error[template-invalid]: the theme has no component `theme.zzzzzz`, and nothing draws this one
          help: `limber theme` lists the files with its components
    "#]]);
    project.write("templates/own.html", "{% component theme.mine() %}y{% endcomponent theme.mine %}\n");
    project.write("templates/note.html", "{% extends \"theme/entri.html\" %}\n");
    project.drawn().reports(&expect![[r#"
        templates/note.html:1:1: error[template-invalid]: the template extends `theme/entri.html`, which does not exist
          help: did you mean `theme/entry.html`?
    "#]]);
}

#[test]
fn each_change_that_the_documents_show_changes_one_thing() {
    let (_, part) = README.split_once("### One change at a time").expect("the part on changes");
    let shown = |start: &str| {
        let line = part.lines().find(|line| line.starts_with(&format!("- {start}"))).expect("the line");
        line.split('`').nth(1).expect("what is shown").to_string()
    };
    let site = |theme: &str| {
        format!("//- site.yaml\ntitle: Shed\n{theme}\nchecks: {{advice: off}}\nkinds: {{note: {{}}}}\n{PLAIN}")
    };
    let pages = |project: &Project| {
        let files = project.drawn().files;
        let pages = files.into_iter().filter(|(path, _)| path.ends_with(".html"));
        pages.collect::<Vec<_>>()
    };
    let before = Project::bare(&site(""));
    let style = |project: &Project| {
        let files = project.drawn().files;
        files.into_iter().find(|(path, _)| path.starts_with("site.") && path.ends_with(".css")).expect("the style").1
    };
    // A colour: the style sheet has it, and nothing else of it differs.
    let coloured = Project::bare(&site(&shown("another colour")));
    let (old, new) = (style(&before), style(&coloured));
    let differ: Vec<_> =
        old.split(';').zip(new.split(';')).filter(|(a, b)| a != b).map(|(_, b)| b.trim().to_string()).collect();
    assert!(differ.len() == 1 && differ[0].ends_with("--accent: #802020"), "{differ:?}");
    // A component: every page has the new one.
    let component = shown("one component").replace("...", "My own logo");
    let project = Project::bare(&site(""));
    project.write("templates/anything.html", &component);
    assert!(
        pages(&project)
            .iter()
            .filter(|(_, page)| page.contains("<header>"))
            .all(|(_, page)| page.contains(">My own logo</a>"))
    );
    // A block: every page has what stands in it.
    let (file, rest) = (shown("one block"), part.split("- one block").nth(1).unwrap_or_default());
    let extends = rest.split('`').nth(3).expect("the first line of the file");
    let project = Project::bare(&site(""));
    project.write(&file, format!("{extends}{{% block head %}}<meta name=\"own\">{{% endblock %}}"));
    assert!(
        pages(&project)
            .iter()
            .filter(|(_, page)| page.contains("<header>"))
            .all(|(_, page)| page.contains("<meta name=\"own\">"))
    );
}
