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
    // From a field that cannot be read all sorts of things would follow, which are no news: but nothing for links.
    let page = page.replace("title: A", "title: A\ngrade: soup\nother: 1");
    let drawn = site(&format!("{}{page}", SITE.replace("integer", "intejer")));
    assert_eq!(drawn.problems().matches("a.md").count(), 2, "{}", drawn.problems());
    assert_eq!(drawn.problems().matches("error[link-broken]").count(), 2, "{}", drawn.problems());
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
    // From beside the site, and from inside of it.
    let beside = tempfile::Builder::new().tempdir_in(project.root().parent().unwrap()).unwrap();
    let checked = |from: &std::path::Path, format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
        command.current_dir(from).arg("--root").arg(project.root()).args(["check", "--format", format]);
        Ran::of(&command.output().expect("the program can be started")).out
    };
    for (from, to) in
        [(beside.path(), format!("../{path}:4:")), (&project.path("content"), "../content/notes/a.md:4:".into())]
    {
        let said = checked(from, "short");
        assert!(said.contains(&format!("\n{to}")), "{to}: {said}");
    }
    let far = checked(std::path::Path::new("/proc"), "short");
    let real = project.root().canonicalize().unwrap();
    assert!(far.contains(&format!("\n{}:4:", real.join("content/notes/a.md").display())), "{far}");
}

#[test]
fn code_hosts_are_told_paths_from_the_top_of_the_repository() {
    let project = Project::new("");
    std::fs::create_dir(project.path(".git")).unwrap();
    for (path, text) in
        [("site.yaml", SITE.replace("//- site.yaml\n", "")), ("content/notes/a.md", "[x](gone.md)\n".into())]
    {
        project.write(&format!("docs/site/{path}"), &text);
    }
    let top = format!("\"uri\": \"file://{}/\"", project.root().canonicalize().unwrap().display());
    for arguments in [&["--root", "docs/site"][..], &["--root", "site"], &[]] {
        let from = match arguments {
            [] => "docs/site/content",
            [_, "site"] => "docs",
            _ => "",
        };
        let root = if arguments.is_empty() { &["--root", ".."][..] } else { arguments };
        let checked = |format: &str| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
            command.current_dir(project.path(from)).args(root).args(["check", "--format", format]);
            Ran::of(&command.output().expect("the program can be started")).out
        };
        let github = checked("github");
        assert!(github.contains("::error file=docs/site/content/notes/a.md,line=1,"), "{from}: {github}");
        let sarif = checked("sarif");
        assert!(sarif.contains("\"uri\": \"docs/site/content/notes/a.md\"") && sarif.contains(&top), "{from}: {sarif}");
    }
}

#[test]
fn a_job_has_all_problems_in_its_summary() {
    let links: String = (0..14).map(|number| format!("[x](gone-{number}.md)\n")).collect();
    let project = Project::new(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n{links}"));
    let summary = project.path("summary.md");
    project.write("summary.md", "### Before\n");
    let mut command = project.command(&["check", "--format", "github"]);
    let ran = Ran::of(&command.env("GITHUB_STEP_SUMMARY", &summary).output().expect("the program can be started"));
    assert_eq!(ran.out.matches("::error ").count(), 10, "{}", ran.out);
    assert!(ran.out.contains("::notice title=limber::and 4 more: 4 errors"), "{}", ran.out);
    let table = std::fs::read_to_string(&summary).unwrap();
    assert!(table.starts_with("### Before\n### limber: 14 errors"), "{table}");
    assert_eq!(table.matches("\n| error `link-broken` |").count(), 14, "{table}");
    let mut command = project.command(&["check", "--format", "github"]);
    let ran =
        Ran::of(&command.env("GITHUB_STEP_SUMMARY", "/proc/nowhere").output().expect("the program can be started"));
    assert!(ran.err.contains("the summary of the job cannot be written"), "{}", ran.err);
    assert_eq!(ran.code, Some(1));
}

#[test]
fn a_build_counts_files_alone() {
    let project = Project::new(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n"));
    let first = project.runs(&["build"]).err;
    let count = |text: &str, word: &str| -> usize {
        let before = text.split(word).next().unwrap_or_default();
        before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{word}: {text}"))
    };
    assert_eq!(count(&first, " files in"), count(&first, " written"), "{first}");
    project.write("content/notes/b.md", "---\ntitle: B\n---\n");
    let second = project.runs(&["build"]).err;
    assert_eq!(count(&second, " files in"), count(&second, " written") + count(&second, " unchanged"), "{second}");
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

#[test]
fn what_is_said_once_for_a_text_names_the_other_places() {
    let text = "---\ntitle: A\n---\nA :smile: one\n\n- a :cat: two\n- a :dog: three `:no:`\n\n| a :fox: |\n|---|\n";
    let project = Project::new(&format!("{SITE}checks: {{advice: off}}\n//- content/notes/a.md\n{text}"));
    let report = project.command(&["check", "--format", "json"]).output().expect("the program can be started");
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    let problems: Vec<_> =
        report["diagnostics"].as_array().unwrap().iter().filter(|one| one["code"] == "markdown-unread").collect();
    assert_eq!(problems.len(), 1, "{report:#}");
    let others = problems[0]["related"].as_array().unwrap();
    let lines: Vec<_> = others.iter().map(|other| other["start"]["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [6, 7, 9], "{report:#}");
    let human = Ran::of(&project.command(&["check"]).output().expect("the program can be started")).err;
    assert_eq!(human.matches("here, too").count(), 2, "{human}");
    assert!(human.contains("1 more place like these"), "{human}");
}
