//! Output folders in unusual places, for real: mount points, overlays, other disks, folders of other users, with access
//! lists. What a machine cannot do is said, and not counted as tried.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use crate::harness::{Project, Ran};
use crate::unable::{Lacks, unable};

const SITE: &str = "\
//- site.yaml
title: Shed
base_url: https://shed.example/
checks: {advice: off}
kinds: {tool: {plural: tools, url: '/tools/{slug}/'}}
//- content/index.md
---
title: Home
---
Hello.
//- content/tools/bulb.md
---
title: Bulb
---
It is round.
";

/// Runs a script with the project as `$S`, the program as `$L` and an empty folder as `$W`, in a mount namespace of its own.
/// None where this machine does not let us: then that is said.
fn apart(project: &Project, script: &str) -> Option<Ran> {
    let room = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-ec", script]).env("S", project.root()).env("W", room.path());
    command.env("L", env!("CARGO_BIN_EXE_limber"));
    let ran = command.output().map(|output| Ran::of(&output));
    match ran {
        Ok(ran) if ran.code == Some(77) || ran.err.contains("unshare failed") => not_tried(&ran.err),
        Ok(ran) => Some(ran),
        Err(error) => not_tried(&error.to_string()),
    }
}

/// Says what this machine does not let us try.
fn not_tried<T>(why: &str) -> Option<T> {
    unable(Lacks::Right(why.lines().next().unwrap_or("no reason was given")));
    None
}

fn edit(project: &Project, text: &str) {
    project.write("content/tools/bulb.md", format!("---\ntitle: Bulb\n---\n{text}\n"));
}

/// Builds twice with an edit between, and says what lies in `public/` in the end.
const TWICE: &str = "$L --root $S build; printf -- '---\\ntitle: Bulb\\n---\\nEdited.\\n' > $S/content/tools/bulb.md; \
                     $L --root $S build; grep -c Edited $S/public/tools/bulb/index.html; ls -A $S/public $S | sort";

#[track_caller]
fn built_twice(ran: &Ran) {
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.starts_with("1\n"), "{}{}", ran.out, ran.err);
    assert!(!ran.out.contains(".public") && !ran.out.contains(".limber-next"), "{}", ran.out);
}

#[test]
fn an_output_folder_that_is_a_mount_point_is_written_in_place() {
    for mount in ["mkdir $W/volume; mount --bind $W/volume $S/public", "mount -t tmpfs -o size=24m t $S/public"] {
        let project = Project::bare(SITE);
        fs::create_dir(project.path("public")).expect("it can be made");
        let Some(ran) = apart(&project, &format!("{mount} || exit 77; {TWICE}")) else { continue };
        built_twice(&ran);
    }
}

#[test]
fn a_folder_mounted_inside_the_output_stays_and_files_go_into_it() {
    let project = Project::bare(SITE);
    fs::create_dir_all(project.path("public/tools")).expect("it can be made");
    let script = format!(
        "mount -t tmpfs t $S/public/tools || exit 77; echo mine > $S/public/tools/mine; $L --root $S build --adopt; {TWICE}; cat $S/public/tools/mine"
    );
    let Some(ran) = apart(&project, &script) else { return };
    built_twice(&ran);
    assert!(ran.out.ends_with("mine\n"), "{}", ran.out);
}

#[test]
fn a_site_that_lies_in_a_lower_layer_of_an_overlay_can_be_built_again() {
    let project = Project::bare(SITE);
    project.runs(&["build"]);
    let script = format!(
        "mount -t tmpfs t $W || exit 77; mkdir $W/up $W/work; \
         mount -t overlay o -o lowerdir=$S,upperdir=$W/up,workdir=$W/work $S || exit 77; {TWICE}; \
         $L --root $S build --base-url https://other.example/; grep -o other.example $S/public/robots.txt"
    );
    let Some(ran) = apart(&project, &script) else { return };
    built_twice(&ran);
    assert!(ran.out.ends_with("other.example\n"), "{}", ran.out);
}

#[test]
fn whoever_holds_the_folder_sees_whole_sites_and_in_place_the_newest() {
    let project = Project::bare(SITE);
    project.runs(&["build"]);
    let script = "mkdir $W/held; mount --bind $S/public $W/held || exit 77; cd $S/public; \
        for mode in '' --in-place; do for text in One Two Three Four; do \
        printf -- \"---\\ntitle: Bulb\\n---\\n$text.\\n\" > $S/content/tools/bulb.md; $L --root $S -q build $mode; \
        echo \"$mode $text $(grep -oE 'It is round|One|Two|Three|Four' $W/held/tools/bulb/index.html) \
        $(grep -oE 'It is round|One|Two|Three|Four' $S/public/tools/bulb/index.html)\"; done; \
        umount $W/held; mount --bind $S/public $W/held; done";
    let Some(ran) = apart(&project, script) else { return };
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines: Vec<String> =
        ran.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for (line, text) in lines.iter().zip(["One", "Two", "Three", "Four"]) {
        assert_eq!(*line, format!("{text} It is round {text}"), "the folder that is held is whole, and an older one");
    }
    for (line, text) in lines[4..].iter().zip(["One", "Two", "Three", "Four"]) {
        assert_eq!(*line, format!("--in-place {text} {text} {text}"));
    }
}

#[test]
fn a_full_disk_leaves_a_site_whole_that_is_written_in_place() {
    let project = Project::bare(SITE);
    (0..40).for_each(|n| project.write(&format!("static/p{n}.txt"), "a".repeat(100_000)));
    fs::create_dir(project.path("public")).expect("it can be made");
    let script = "mount -t tmpfs -o size=12m t $S/public || exit 77; $L --root $S build; \
        for n in $(seq 0 39); do tr a b < $S/static/p$n.txt > $W/t; cp $W/t $S/static/p$n.txt; done; \
        head -c 5000000 /dev/zero > $S/public/ballast; set +e; $L --root $S build; echo rc $?; set -e; \
        cat $S/public/p*.txt | tr -d a | wc -c; ls -A $S/public | grep -c limber-next || true; \
        rm $S/public/ballast; $L --root $S build; cat $S/public/p*.txt | tr -d b | wc -c";
    let Some(ran) = apart(&project, script) else { return };
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(ran.out, "rc 2\n0\n0\n0\n", "{}", ran.err);
    assert!(ran.err.contains("the disk is full"), "{}", ran.err);
}

/// Whether this process may do what only the administrator may.
fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|found| found.uid() == 0)
}

/// The program, run by a user who owns nothing.
fn as_nobody(arguments: &[&str]) -> Ran {
    use std::os::unix::process::CommandExt;
    let program = env!("CARGO_BIN_EXE_limber");
    let copy = std::env::temp_dir().join(format!("limber-{}", std::process::id()));
    fs::copy(program, &copy).expect("the program can be copied");
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let output = Command::new(&copy).args(arguments).uid(65_534).gid(65_534).output().expect("it runs");
    let _ = fs::remove_file(copy);
    Ran::of(&output)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}

#[test]
fn a_web_root_in_a_folder_of_the_administrator_is_written_in_place_by_its_owner() {
    if !is_root() {
        return not_tried("another user can only be played by the administrator").unwrap_or_default();
    }
    let project = Project::bare(SITE);
    fs::set_permissions(project.root(), fs::Permissions::from_mode(0o755)).expect("it is ours");
    let web = tempfile::tempdir().expect("a temporary folder");
    fs::set_permissions(web.path(), fs::Permissions::from_mode(0o755)).expect("it is ours");
    let out = web.path().join("html");
    fs::create_dir(&out).expect("it can be made");
    std::os::unix::fs::chown(&out, Some(65_534), Some(65_534)).expect("the administrator may");
    // The project cannot be written by this user either: nothing is remembered, and all goes well.
    for words in ["Once.", "Twice."] {
        edit(&project, words);
        let ran = as_nobody(&["--root", text(project.root()), "build", "--out", text(&out)]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(fs::read_to_string(out.join("tools/bulb/index.html")).expect("it is there").contains(words));
    }
    assert_eq!(fs::metadata(&out).expect("it is there").uid(), 65_534);
    assert!(!project.path(".limber").exists());
    let names: Vec<_> =
        fs::read_dir(web.path()).expect("it is there").flatten().map(|found| found.file_name()).collect();
    assert_eq!(names, ["html"], "nothing lies beside it");
}

#[test]
fn group_setgid_and_access_lists_stay_in_both_ways() {
    if !is_root() {
        return not_tried("groups can only be given by the administrator").unwrap_or_default();
    }
    for mode in [&["build"][..], &["build", "--in-place"]] {
        let project = Project::bare(SITE);
        project.runs(&["build"]);
        let lists = Command::new("setfacl").args(["-d", "-m", "u:65534:rx"]).arg(project.path("public")).status();
        if !lists.as_ref().is_ok_and(std::process::ExitStatus::success) {
            match lists {
                Ok(_) => unable(Lacks::Right("this file system has no access lists")),
                Err(_) => unable(Lacks::Package("setfacl", "apt-get install acl")),
            }
        }
        for entry in walkdir::WalkDir::new(project.path("public")).into_iter().flatten() {
            std::os::unix::fs::chown(entry.path(), None, Some(33)).expect("the administrator may");
            let bits = if entry.file_type().is_dir() { 0o2750 } else { 0o640 };
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(bits)).expect("it is ours");
        }
        let list = || {
            let listed = Command::new("getfacl").arg("-p").arg(project.path("public")).output();
            listed.map_or_else(|_| String::new(), |listed| String::from_utf8_lossy(&listed.stdout).into_owned())
        };
        let before = list();
        edit(&project, "Edited.");
        project.write("content/tools/new.md", "---\ntitle: New\n---\nx\n");
        project.runs(mode);
        for (path, bits) in [
            ("", 0o2750),
            ("tools", 0o2750),
            ("tools/bulb", 0o2750),
            ("tools/bulb/index.html", 0o640),
            ("404.html", 0o640),
        ] {
            let found = fs::metadata(project.path("public").join(path)).expect("it is there");
            assert_eq!((found.gid(), found.mode() & 0o7777), (33, bits), "{mode:?} {path}");
        }
        let new = fs::metadata(project.path("public/tools/new/index.html")).expect("it is there");
        assert_eq!(new.gid(), 33, "{mode:?}: what is new takes over the group of its folder");
        assert_eq!(list(), before, "{mode:?}");
    }
}

#[test]
fn a_second_site_in_a_folder_of_the_first_leaves_nothing_but_the_two_sites() {
    let (first, second) = (Project::bare(SITE), Project::bare(SITE));
    let web = tempfile::tempdir().expect("a temporary folder");
    let (out, inner) = (web.path().join("site"), web.path().join("site/fr"));
    for round in ["One.", "Two.", "Three."] {
        for (project, out) in [(&first, &out), (&second, &inner)] {
            edit(project, round);
            project.runs(&["build", "--out", text(out)]);
        }
        for page in [out.join("tools/bulb/index.html"), inner.join("tools/bulb/index.html")] {
            assert!(fs::read_to_string(page).expect("it is there").contains(round));
        }
    }
    let hidden: Vec<_> = walkdir::WalkDir::new(web.path())
        .into_iter()
        .flatten()
        .filter(|entry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| entry.path().strip_prefix(web.path()).expect("it lies below").to_path_buf())
        .collect();
    assert_eq!(hidden.len(), 2, "only the marks of both sites: {hidden:?}");
}

#[test]
fn a_build_from_a_worktree_of_a_branch_leaves_what_belongs_to_it() {
    let project = Project::bare(SITE);
    project.write("public/.git", "gitdir: ../elsewhere\n");
    project.write("public/CNAME", "shed.example\n");
    symlink("CNAME", project.path("public/link")).expect("a link can be made");
    let ran = project.run(&["build"]);
    assert!(ran.code == Some(2) && ran.err.contains("`--adopt`"), "{}", ran.err);
    project.runs(&["build", "--adopt"]);
    edit(&project, "Edited.");
    project.runs(&["build"]);
    assert_eq!(project.read("public/.git"), "gitdir: ../elsewhere\n");
    assert_eq!(project.read("public/CNAME"), "shed.example\n");
    assert!(project.path("public/link").is_symlink());
}
