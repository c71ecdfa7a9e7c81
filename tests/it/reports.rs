//! Reports: every problem in one run, each once, at a path that leads to the file from where the program runs.

use std::process::Command;

use crate::harness::{Project, Ran, site};

const SITE: &str = "\
//- site.yaml
title: Site
base_url: https://own.example/sub/
kinds: {note: {fields: {grade: integer}}}
";

fn below(project: &Project, arguments: &[&str]) -> Ran {
    let (folder, name) = (project.root().parent().unwrap(), project.root().file_name().unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
    command.current_dir(folder).arg("--root").arg(name).args(arguments);
    Ran::of(&command.output().expect("the program can be started"))
}

#[test]
fn a_mistake_in_the_declaration_does_not_hide_those_of_the_content() {
    let page = "//- content/notes/a.md\n---\ntitle: A\n---\n[x](gone.md) and [y](gone-too.md)\n";
    let drawn = site(&format!("{SITE}checks: {{advice: off, heading-id-duplicate: off}}\n{page}"));
    let problems = drawn.problems();
    assert_eq!(problems.matches("site.yaml:").count(), 1, "{problems}");
    assert_eq!(problems.matches("content/notes/a.md:4:").count(), 2, "{problems}");
    // From a kind that cannot be read all sorts of things would follow, which are no news.
    let drawn = site(&format!("{}{page}", SITE.replace("integer", "intejer")));
    assert!(!drawn.problems().contains("a.md"), "{}", drawn.problems());
}

#[test]
fn links_to_the_own_address_of_the_site_are_links_into_the_site() {
    let drawn = site(&format!(
        "{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n## Part\n\n[a](https://own.example/sub/notes/a/) \
         [b](https://own.example/sub/notes/b/) [c](https://own.example/other/) [d](https://own.example/sub/notes/a/?q#part) \
         [e](https://OWN.example/sub/notes/a/#nothing) [f](https://own.example.org/sub/x/) [g](https://own.example/sub/)\n\
         //- content/index.md\n---\ntitle: Home\n---\n"
    ));
    let problems = drawn.problems();
    assert_eq!(problems.lines().filter(|line| line.contains("error[")).count(), 2, "{problems}");
    assert!(problems.contains("no page has the address `/notes/b/`"), "{problems}");
    assert!(problems.contains("`/notes/a/` has no heading `nothing`"), "{problems}");
}

#[test]
fn a_broken_link_may_be_a_warning_and_is_drawn_as_its_words() {
    let drawn = site(&format!(
        "{SITE}checks: {{link-broken: warning}}\n//- content/notes/a.md\n---\ntitle: A\n---\nSee [the *words*](gone.md \"title\") here.\n"
    ));
    assert!(drawn.main("/notes/a/").contains("See the <em>words</em> here."), "{}", drawn.main("/notes/a/"));
    assert!(drawn.problems().contains("warning[link-broken]"), "{}", drawn.problems());
    let off = site(&format!("{SITE}checks: {{link-broken: off}}\n"));
    assert!(off.problems().contains("help: write `link-broken: warning`"), "{}", off.problems());
}

#[test]
fn other_schemes_and_addresses_of_other_programs_are_declared() {
    let page =
        "//- content/notes/a.md\n---\ntitle: A\n---\n[sms](sms:1) [cal](WEBCAL://x.example/) [forum](/forum/new)\n";
    let refused = site(&format!("{SITE}{page}")).problems();
    assert_eq!(refused.matches("declare it in site.yaml: `links: {schemes: [sms]}`").count(), 2, "{refused}");
    site(&format!("{SITE}links: {{schemes: [sms, webcal], outside: [/forum/]}}\n{page}")).is_fine();
    let never = site(&format!("{SITE}links: {{schemes: [data, JavaScript]}}\n"));
    assert_eq!(never.problems().matches("are never allowed").count(), 2, "{}", never.problems());
}

#[test]
fn paths_lead_to_the_file_from_the_working_folder() {
    let project = Project::new(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n[x](gone.md)\n"));
    let path = format!("{}/content/notes/a.md", project.root().file_name().unwrap().to_string_lossy());
    for format in ["short", "github", "json", "sarif"] {
        let ran = below(&project, &["check", "--format", format]);
        assert!(ran.out.contains(&path), "{format}: {}", ran.out);
    }
    assert!(below(&project, &["build"]).err.contains(&path));
    let inside = project.run(&["check", "--format", "short"]);
    assert!(inside.out.contains("\ncontent/notes/a.md:4:"), "{}", inside.out);
    std::fs::create_dir(project.path(".git")).unwrap();
    assert!(below(&project, &["check", "--format", "sarif"]).out.contains("\"uri\": \"content/notes/a.md\""));
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let project = Project::new(SITE);
    for command in ["check", "build", "review", "gaps", "schema"] {
        let ran = project.run(&["--root", "nowhere-at-all", command]);
        assert_eq!(ran.code, Some(2), "{command}");
        assert!(ran.err.contains("there is no folder `nowhere-at-all`"), "{}", ran.err);
    }
}

#[test]
fn no_more_threads_are_started_than_a_machine_can_use() {
    let project = Project::new(&format!("{SITE}//- content/index.md\n---\ntitle: Home\n---\n"));
    let ran = project.runs(&["build", "--threads", "100000"]);
    assert!(ran.err.contains("this machine makes no use of 100000 threads"), "{}", ran.err);
}

#[test]
fn a_component_belongs_to_a_page_however_its_call_is_written() {
    let project = Project::new(&format!(
        "{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n\
         //- templates/components/hi.html\n{{% component hi() %}}ONE{{% endcomponent hi %}}\n\
         //- templates/note.html\n<main>{{{{ <\n hi /> }}}}</main>\n"
    ));
    project.runs(&["build"]);
    project.write("templates/components/hi.html", "{% component hi() %}TWO{% endcomponent hi %}");
    project.runs(&["build"]);
    assert!(project.read("public/notes/a/index.html").contains("TWO"));
}
