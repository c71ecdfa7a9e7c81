//! What somebody meets first: the sites that `limber init` begins with, completions, the manual, the version.

use std::process::{Command, Stdio};

use limber::diagnostics::Code;

use crate::harness::{Project, Ran};
use crate::unable::{Lacks, unable};

const STARTERS: [&str; 4] = ["recipes", "docs", "blog", "blank"];

/// An empty folder.
fn empty() -> Project {
    Project::bare("")
}

/// A new site in a folder with a repository.
fn started(from: &str) -> Project {
    let project = Project::bare("//- .git/HEAD\nref: refs/heads/main\n");
    project.runs(&["init", ".", "--from", from]);
    project
}

#[test]
fn every_new_site_is_without_a_problem_and_builds() {
    for from in STARTERS {
        let project = started(from);
        let ran = project.run(&["check", "--deny-warnings"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), "no problems\n"), "{from}: {}", ran.out);
        project.runs(&["build"]);
        assert_eq!(project.read(".gitignore"), "/public\n/.limber\n", "{from}");
    }
}

#[test]
fn a_new_site_shows_what_the_tool_is_for_without_a_question() {
    let project = empty();
    project.runs(&["init", "site"]);
    project.runs(&["--root", "site", "build"]);
    let page = |path: &str| project.read(&format!("site/public/{path}/index.html"));
    let soup = page("recipes/tomato-soup");
    for shown in [
        "/ingredients/tomato/",       // a relation
        ">800",                       // with data
        "/recipes/by-tags/quick/",    // a tag
        "4 March 2026",               // a date
        "<img",                       // a picture
        "Patience is the recipe",     // a callout
        "href=\"/glossary/#simmer\"", // a term
        "On Food and Cooking",        // a citation
    ] {
        assert!(soup.contains(shown), "{shown}\n{soup}");
    }
    assert!(page("ingredients/tomato").contains("/recipes/tomato-soup/"), "the other side");
    assert!(page("what-goes-into-what").contains("800"), "a matrix");
    assert!(page("how-this-site-works").contains("content/recipes/tomato-soup.md"), "code with its file");
    let dated = started("blog");
    dated.runs(&["build"]);
    assert!(dated.path("public/posts/2026/first-frost/index.html").exists());
    let docs = started("docs");
    docs.runs(&["build"]);
    assert!(docs.read("public/settings/interval/index.html").contains("/guides/configure/"));
}

#[test]
fn the_first_entry_of_a_new_site_lacks_only_what_a_person_knows() {
    let project = started("recipes");
    let ran = project.runs(&["new", "recipe", "Bean stew"]);
    assert_eq!(ran.out, "content/recipes/bean-stew.md\n");
    let left: Vec<_> = ran.err.lines().filter(|line| line.starts_with("  ")).collect();
    assert_eq!(left.len(), 3, "{}", ran.err);
    for name in ["`course`", "`minutes`", "lists have nothing to say"] {
        assert!(left.iter().any(|line| line.contains(name)), "{name}\n{}", ran.err);
    }
    project.runs(&["new", "note", "x"].map(|word| if word == "note" { "ingredient" } else { word }));
    assert!(project.read("content/ingredients.yaml").contains("\n\nx:\n  title: x\n"), "as the others are");
}

/// Words that run together on a page where nothing but its style keeps them apart, as they do in what is copied, compared and
/// found.
fn run_together(page: &str) -> Vec<&str> {
    let parts = ["</span>", "</small>", "</a>"].into_iter().flat_map(|part| page.match_indices(part));
    let is_glued = |at: usize, after: &str| {
        let mut rest = after;
        while let Some(tag) = ["<span", "<a ", "<time", "</span>", "</time>"].iter().find(|tag| rest.starts_with(**tag))
        {
            rest =
                if tag.ends_with('>') { &rest[tag.len()..] } else { rest.split_once('>').map_or("", |(_, rest)| rest) };
        }
        page[..at].ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric)
    };
    parts.filter(|(at, part)| is_glued(*at, &page[at + part.len()..])).map(|(at, _)| &page[at..][..60]).collect()
}

#[test]
fn words_that_the_style_keeps_apart_are_apart_without_it() {
    for name in ["recipes", "blog"] {
        let project = started(name);
        assert_eq!(project.run(&["build"]).code, Some(0));
        for (path, bytes) in project.bytes("public").into_iter().filter(|(path, _)| path.ends_with("index.html")) {
            let page = String::from_utf8(bytes).expect("a page is text");
            let (_, main) = page.split_once("<main").unwrap_or_else(|| panic!("{path} has no text"));
            assert_eq!(run_together(main), [""; 0], "{name}: {path}");
        }
    }
}

#[test]
fn the_home_page_shows_the_words_under_the_name_of_the_site() {
    for home in ["", "//- content/index.md\n---\ntitle: Home\nsummary: About us\n---\nWelcome.\n"] {
        let text =
            format!("//- site.yaml\ntitle: Shed\ntagline: Tools & how to hold them\n{home}//- content/a.md\n# A\n");
        let project = Project::bare(&text);
        project.runs(&["build"]);
        let page = project.read("public/index.html");
        assert_eq!(page.matches("Tools &amp; how to hold them").count(), 1, "{page}");
        assert!(home.is_empty() || page.contains("About us"), "{page}");
    }
}

#[test]
fn one_of_a_thing_is_said_as_one() {
    let project = started("blank");
    let said = project.run(&["build"]).err;
    assert!(said.contains("1 entry, "), "{said}");
}

#[test]
fn completions_know_the_codes_of_problems_and_the_kinds_of_the_site() {
    let project = started("recipes");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = project.runs(&["completions", shell]).out;
        assert!(script.contains("from-gap") && script.contains("rename"), "{shell}\n{script}");
        let names_values = !["elvish", "powershell"].contains(&shell);
        if names_values {
            assert!(Code::ALL.iter().all(|code| script.contains(code.name())), "{shell}\n{script}");
            assert!(script.contains("ingredient"), "{shell}\n{script}");
        }
        let elsewhere = empty().runs(&["completions", shell]).out;
        let mut words = elsewhere.split(|c: char| !c.is_alphanumeric());
        assert!(words.all(|word| word != "ingredient"), "{shell}\n{elsewhere}");
    }
    let declared = format!("{}publish:\n  live: {{folder: ../live}}\n", project.read("site.yaml"));
    project.write("site.yaml", declared);
    let fish = project.runs(&["completions", "fish"]).out;
    for (command, values) in
        [("schema", "recipe ingredient term page site"), ("publish", "live"), ("completions", "bash elvish fish")]
    {
        let line = format!("__fish_seen_subcommand_from {command}' -f -a '{values}");
        assert!(fish.contains(&line), "{line}\n{fish}");
    }
    // zsh counts arguments by the order in which they are listed, and commands are read in the order of the help.
    let zsh = project.runs(&["completions", "zsh"]).out;
    assert!(zsh.find("':kind ").expect("it is there") < zsh.find("'::title ").expect("it is there"), "{zsh}");
    assert!(zsh.find("\n(explain)").expect("it is there") < zsh.find("\n(publish)").expect("it is there"), "{zsh}");
    let Ok(mut bash) = Command::new("bash").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn() else {
        return;
    };
    let script = project.runs(&["completions", "bash"]).out;
    std::io::Write::write_all(&mut bash.stdin.take().expect("it is piped"), script.as_bytes()).expect("bash reads");
    let ran = Ran::of(&bash.wait_with_output().expect("bash ends"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn the_manual_has_every_command_and_every_problem() {
    let project = empty();
    let whole = project.runs(&["man"]).out;
    for code in Code::ALL {
        assert!(whole.contains(&code.name().replace('-', "\\-")), "{}", code.name());
    }
    let help = project.runs(&["--help"]).out;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<_> =
        listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(commands.len() > 10, "{help}");
    project.runs(&["man", "--out", "pages"]);
    for command in commands {
        let page = project.runs(&["man", command]).out;
        assert!(page.contains(&format!("limber\\-{command}")), "{page}");
        assert_eq!(project.read(&format!("pages/limber-{command}.1")), page);
    }
    let ran = project.run(&["man", "nothing"]);
    assert!(ran.code == Some(2) && ran.err.contains("commands are build, "), "{}", ran.err);
}

#[test]
fn the_version_says_what_the_program_was_built_with() {
    let version = empty().runs(&["--version"]).out;
    let lines: Vec<_> = version.lines().collect();
    assert_eq!(lines.len(), 3, "{version}");
    assert!(lines[0].starts_with(concat!("limber ", env!("CARGO_PKG_VERSION"))), "{version}");
    assert_eq!(lines[1].contains("serve"), cfg!(feature = "serve"), "{version}");
    assert!(lines[2].starts_with("built for: "), "{version}");
    assert_eq!(empty().runs(&["-V"]).out, concat!("limber ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn progress_is_shown_on_terminals_alone() {
    let project = started("blank");
    project.write("site.yaml", project.read("site.yaml").replace("checks: {", "checks: {advice: off, "));
    for note in 0..1500 {
        project.write(
            &format!("content/notes/n{note}.md"),
            format!("---\ntitle: Note {note}\nsummary: Note number {note}.\n---\n{}", "Words. ".repeat(1500)),
        );
    }
    let ran = project.runs(&["check"]);
    assert!(!ran.err.contains(['\r', '\x1b']), "{:?}", ran.err);
    if Command::new("script").arg("--version").output().is_err() {
        return unable(Lacks::Package("script", "apt-get install bsdutils"));
    }
    let on_terminal = |arguments: &str| {
        let line = format!("'{}' {arguments}", env!("CARGO_BIN_EXE_limber"));
        let output = Command::new("script").args(["-qec", &line, "/dev/null"]).current_dir(project.root()).output();
        Ran::of(&output.expect("it can be started")).out
    };
    let shown = on_terminal("check");
    let lines: Vec<_> = shown.split("\r\x1b[K").collect();
    assert!(lines.len() > 2, "a line, and its end: {shown:?}");
    assert!(lines[1..lines.len() - 1].iter().all(|line| line.ends_with(" ...")), "{shown:?}");
    assert!(lines[lines.len() - 1].ends_with("no problems\r\n"), "{shown:?}");
    let shown = on_terminal("build");
    let said = shown.split("\r\x1b[K").find(|part| part.contains("files in public"));
    assert!(said.is_some_and(|said| said.starts_with("1501 entries, ")), "on a line of its own: {shown:?}");
    let quiet = on_terminal("-q check");
    assert!(!quiet.contains("\x1b[K"), "{quiet:?}");
}
