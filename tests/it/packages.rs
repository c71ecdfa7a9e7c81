//! What users get instead of the source: the archive and its installer, the npm packages, the action for workflows. The
//! program in them is a script that calls the one that is tested, so that nothing large is packed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use limber::yaml::{Yaml, parse};

use crate::harness::{Project, Ran};
use crate::unable::{Lacks, unable};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The system of this machine, as releases call it.
fn target() -> String {
    let system = if cfg!(target_os = "macos") { "apple-darwin" } else { "unknown-linux-musl" };
    format!("{}-{system}", std::env::consts::ARCH)
}

/// A folder with a program in it, and an empty one for packages.
fn prepared() -> Project {
    let project = Project::bare("//- dist/.keep\n");
    project.write("program", format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_limber")));
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(project.path("program"), mode).expect("it is ours");
    project
}

fn run(project: &Project, command: &mut Command) -> Ran {
    Ran::of(&command.current_dir(project.root()).output().expect("it can be started"))
}

fn pack(project: &Project) {
    let mut command = Command::new(root().join("packaging/build-archive"));
    let ran = run(project, command.args([&target(), "program", "dist"]).env("SOURCE_DATE_EPOCH", "0"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

fn install(project: &Project, to: &str) -> Ran {
    let downloads = format!("file://{}", project.path("dist").display());
    let mut command = Command::new("sh");
    command.arg(root().join("packaging/install.sh")).args(["--to", to]).env("LIMBER_DOWNLOADS", downloads);
    run(project, &mut command)
}

/// Whether a program is here, which is said where it is not.
fn has(program: &str, way: &str) -> bool {
    let here = Command::new(program).arg("--version").output().is_ok();
    if !here {
        unable(Lacks::Package(program, way));
    }
    here
}

#[test]
fn an_archive_is_installed_where_its_checksum_is_right_and_nowhere_else() {
    if !has("curl", "apt-get install curl") {
        return;
    }
    let project = prepared();
    pack(&project);
    let name = format!("limber-{}", target());
    let listed = run(&project, Command::new("tar").args(["-tzf", &format!("dist/{name}.tar.gz")])).out;
    for file in ["limber", "THIRD-PARTY-NOTICES", "LICENSE-MIT", "man/limber-new.1", "completions/limber.zsh"] {
        assert!(listed.lines().any(|line| line == format!("{name}/{file}")), "{file}\n{listed}");
    }
    let first = project.bytes("dist");
    pack(&project);
    assert_eq!(project.bytes("dist"), first, "the same program is packed to the same bytes");
    let ran = install(&project, "bin");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with(concat!("installed limber ", env!("CARGO_PKG_VERSION"))), "{}", ran.out);
    assert!(ran.out.contains("/bin to your PATH") && !ran.out.contains("add bin"), "the whole path: {}", ran.out);
    let version = run(&project, Command::new("bin/limber").arg("-V")).out;
    assert_eq!(version, concat!("limber ", env!("CARGO_PKG_VERSION"), "\n"));
    assert_eq!(install(&project, "bin").code, Some(0), "it replaces an older one");
    project.write(&format!("dist/{name}.tar.gz"), "something else");
    let ran = install(&project, "other");
    assert!(ran.code == Some(1) && ran.err.contains("its checksum is"), "{}", ran.err);
    assert!(!project.path("other/limber").exists());
}

#[test]
fn the_npm_package_runs_the_program_of_this_system_and_says_which_one_is_missing() {
    if !has("npm", "apt-get install npm") {
        return;
    }
    let project = prepared();
    let build = |arguments: &[&str]| {
        let ran = run(&project, Command::new(root().join("packaging/npm/build")).args(arguments));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    };
    build(&["platform", &target(), "program", "dist"]);
    build(&["main", "dist"]);
    let packages: Vec<String> = project.bytes("dist").into_keys().filter(|name| name.ends_with(".tgz")).collect();
    let is_main = |name: &&String| name.starts_with(concat!("limber-ssg-", env!("CARGO_PKG_VERSION")));
    let (main, own): (Vec<&String>, Vec<&String>) = packages.iter().partition(is_main);
    let [main, own] = [main[0], own[0]].map(|name| format!("./dist/{name}"));
    project.write("with/package.json", "{}");
    project.write("without/package.json", "{}");
    let add = |folder: &str, packages: &[String]| {
        let mut npm = Command::new("npm");
        npm.args(["install", "--offline", "--omit=optional", "--no-audit", "--no-fund", "--prefix", folder])
            .args(packages);
        let ran = run(&project, &mut npm);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    };
    add("with", &[own, main.clone()]);
    let ran = run(&project, Command::new("with/node_modules/.bin/limber").args(["init", "site"]));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(project.path("site/site.yaml").exists());
    let ran = run(&project, Command::new("with/node_modules/.bin/limber").args(["explain", "no-such-code"]));
    assert_eq!(ran.code, Some(2), "the exit code is that of the program");
    add("without", &[main]);
    let ran = run(&project, Command::new("without/node_modules/.bin/limber").arg("-V"));
    assert!(ran.code == Some(2) && ran.err.contains("is missing: install without --omit=optional"), "{}", ran.err);
}

/// A step of an action: its name, its condition, its variables, its script.
type Step = (String, Option<String>, Vec<(String, String)>, Option<String>);

/// The steps of the action.
fn steps() -> Vec<Step> {
    let text = std::fs::read_to_string(root().join("action.yml")).expect("it is there");
    let action = parse(&text).expect("it is YAML");
    let Some(Yaml::List(steps)) = action.get("runs").and_then(|runs| runs.get("steps")) else { panic!("no steps") };
    let text = |step: &Yaml, key: &str| step.get(key).and_then(Yaml::as_text).map(str::to_string);
    let variables = |step: &Yaml| match step.get("env") {
        Some(Yaml::Map(all)) => {
            all.iter().filter_map(|(key, value)| Some((key.clone(), value.as_text()?.to_string()))).collect()
        }
        _ => Vec::new(),
    };
    steps
        .iter()
        .map(|step| (text(step, "name").unwrap_or_default(), text(step, "if"), variables(step), text(step, "run")))
        .collect()
}

/// Runs the scripts of the action as a runner would, with these inputs; stops at the first that fails.
fn act(project: &Project, inputs: &[(&str, &str)]) -> (Ran, BTreeMap<String, String>) {
    let inputs: BTreeMap<&str, &str> = [("version", "latest"), ("root", "."), ("check", "true"), ("out", "public")]
        .iter()
        .chain(inputs)
        .copied()
        .collect();
    let input = |name: &str| inputs.get(name).copied().unwrap_or_default().to_string();
    let value = |text: &str| match text.trim_start_matches("${{ ").trim_end_matches(" }}") {
        "inputs.deny-warnings == 'true' && '--deny-warnings' || ''" => {
            if input("deny-warnings") == "true" {
                "--deny-warnings".into()
            } else {
                String::new()
            }
        }
        inner if inner.starts_with("inputs.") => input(&inner["inputs.".len()..]),
        "github.action_path" => root().display().to_string(),
        "github.action_repository" => "owner/limber".into(),
        other => other.to_string(),
    };
    project.write("runner/bin/limber", std::fs::read(project.path("program")).expect("it is there"));
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(project.path("runner/bin/limber"), mode).expect("it is ours");
    let path = format!("{}:{}", project.path("runner/bin").display(), std::env::var("PATH").unwrap_or_default());
    let (mut last, output) =
        (Ran { code: Some(0), out: String::new(), err: String::new() }, project.path("runner/output"));
    for (name, condition, variables, script) in steps() {
        let wanted = condition.is_none_or(|condition| {
            let (left, right) = condition.split_once(" == ").expect("a comparison");
            value(left) == right.trim_matches('\'')
        });
        let Some(script) = script.filter(|_| wanted) else { continue };
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script]).current_dir(project.path("site"));
        bash.envs(variables.iter().map(|(key, text)| (key, value(text)))).env("PATH", &path);
        bash.env("RUNNER_TEMP", project.path("runner")).env("GITHUB_PATH", project.path("runner/path"));
        let ran = Ran::of(&bash.env("GITHUB_OUTPUT", &output).output().expect("bash can be started"));
        last = Ran { code: ran.code, out: last.out + &ran.out, err: format!("{}{name}: {}", last.err, ran.err) };
        if last.code != Some(0) {
            break;
        }
    }
    let written = std::fs::read_to_string(output).unwrap_or_default();
    let outputs =
        written.lines().filter_map(|line| line.split_once('=')).map(|(key, value)| (key.into(), value.into()));
    (last, outputs.collect())
}

#[test]
fn the_action_checks_and_builds_and_fails_where_the_site_has_errors() {
    let project = prepared();
    project.runs(&["init", "site"]);
    let (ran, outputs) =
        act(&project, &[("build", "true"), ("base-url", "https://host.example/sub/"), ("sarif", "r.sarif")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(outputs.get("site").map(String::as_str), Some("./public"));
    assert!(project.read("site/public/index.html").contains("https://host.example/sub/"));
    assert!(project.read("site/r.sarif").contains("\"version\": \"2.1.0\""));
    project.write("site/content/recipes/new.md", "---\ntitle: New\n---\n");
    let (ran, _) = act(&project, &[("sarif", "r.sarif")]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.out.contains("::error file=content/recipes/new.md,line=2,"), "{}", ran.out);
    assert!(project.read("site/r.sarif").contains("field-missing"));
    let (ran, _) = act(&project, &[("check", "false")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

/// The scripts of a workflow, in order.
fn scripts(path: &str) -> Vec<String> {
    fn collect(yaml: &Yaml, found: &mut Vec<String>) {
        match yaml {
            Yaml::Map(all) => all.iter().for_each(|(key, value)| match value.as_text() {
                Some(script) if key == "run" => found.push(script.to_string()),
                _ => collect(value, found),
            }),
            Yaml::List(all) => all.iter().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let text = std::fs::read_to_string(root().join(path)).expect("it is there");
    let mut found = Vec::new();
    collect(&parse(&text).expect("it is YAML"), &mut found);
    found
}

#[test]
fn the_workflow_that_publishes_needs_no_settings_of_git_and_keeps_the_addresses() {
    if !has("git", "apt-get install git") {
        return;
    }
    let project = prepared();
    project.runs(&["init", "site"]);
    let declared = project.read("site/site.yaml").replace("https://example.org/", "https://kitchen.example/");
    project.write("site/site.yaml", format!("{declared}publish: {{live: {{branch: pages}}}}\n"));
    project.write("bin/limber", std::fs::read(project.path("program")).expect("it is there"));
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(project.path("bin/limber"), mode).expect("it is ours");
    let path = format!("{}:{}", project.path("bin").display(), std::env::var("PATH").unwrap_or_default());
    let bash = |folder: &str, script: &str| {
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(project.path(folder));
        bash.env("PATH", &path).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        for name in
            ["GIT_DIR", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"]
        {
            bash.env_remove(name);
        }
        let ran = Ran::of(&bash.output().expect("bash can be started"));
        assert_eq!(ran.code, Some(0), "{script}\n{}\n{}", ran.out, ran.err);
        ran.out
    };
    let begin = "git init --quiet --bare --initial-branch=main ../remote.git && git init --quiet --initial-branch=main && git add . &&
        git -c user.name=Ada -c user.email=ada@kitchen.example commit --quiet --message begin &&
        git remote add origin ../remote.git && git push --quiet --set-upstream origin main";
    bash("site", begin);
    for script in scripts("packaging/ci/publish.yml") {
        bash("site", &script);
    }
    assert!(bash("remote.git", "git ls-tree --name-only pages").lines().any(|file| file == "index.html"));
    assert!(bash("remote.git", "git show main:urls.txt").contains("/recipes/tomato-soup/"));
    let commits = bash("remote.git", "git log --oneline --all");
    for script in scripts("packaging/ci/publish.yml") {
        bash("site", &script);
    }
    assert_eq!(bash("remote.git", "git log --oneline --all"), commits, "what has not changed is not published again");
}

#[test]
fn the_workflow_of_a_release_calls_scripts_that_are_there() {
    let mut seen = 0;
    for script in scripts(".github/workflows/release.yml") {
        for called in script.split_whitespace().filter(|word| word.starts_with("packaging/")) {
            let file = std::fs::metadata(root().join(called)).unwrap_or_else(|error| panic!("{called}: {error}"));
            let mode = std::os::unix::fs::PermissionsExt::mode(&file.permissions());
            assert!(called == "packaging/install.sh" || mode & 0o111 != 0, "`{called}` can be run");
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen}");
}

#[test]
fn what_workflows_use_is_pinned_to_a_commit_and_they_have_no_rights_but_those_they_name() {
    let all = [".github/workflows", "packaging/ci"].map(|folder| root().join(folder));
    let files = all.iter().flat_map(|folder| std::fs::read_dir(folder).expect("it is there").flatten());
    let files = files.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "yml"));
    let pinned = |line: &str| {
        let commit = line.split('@').nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap_or_default();
        commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit())
    };
    let mut seen = 0;
    for path in files.chain([root().join("action.yml")]) {
        let text = std::fs::read_to_string(&path).expect("it is a file");
        let uses = text.lines().filter(|line| line.trim_start().trim_start_matches("- ").starts_with("uses: "));
        uses.for_each(|line| assert!(pinned(line), "{}: {line}", path.display()));
        if Path::new(&path).file_name() != Some("action.yml".as_ref()) {
            assert!(text.contains("\npermissions: {}\n"), "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen}");
}
