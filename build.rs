//! Tells the program what it is built from: the commit, its features, the system. There is no clock in it, and where there is no
//! repository there is no commit.

use std::path::Path;
use std::process::Command;

/// Why there is no program for other systems.
const ELSEWHERE: &str = "Limber runs on Linux and macOS alone: it makes a whole site live in one step, by exchanges and links of \
     folders that other systems do not have; on Windows use it in the Windows Subsystem for Linux";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Said here, it is the only thing that is said.
    if std::env::var_os("CARGO_CFG_UNIX").is_none() {
        println!("cargo::error={ELSEWHERE}");
        return;
    }
    println!("cargo:rerun-if-env-changed=LIMBER_COMMIT");
    println!("cargo:rustc-env=LIMBER_FEATURES={}", features().join(", "));
    println!("cargo:rustc-env=LIMBER_TARGET={}", std::env::var("TARGET").unwrap_or_default());
    if let Some(commit) = commit() {
        println!("cargo:rustc-env=LIMBER_COMMIT={commit}");
    }
}

/// The features that are on, as `Cargo.toml` calls them.
fn features() -> Vec<String> {
    let on = std::env::vars().filter_map(|(name, _)| Some(name.strip_prefix("CARGO_FEATURE_")?.to_lowercase()));
    let mut features: Vec<_> = on.filter(|name| name != "default").map(|name| name.replace('_', "-")).collect();
    features.sort();
    features
}

/// The commit that is built: as a packager says, as the registry noted, or as the repository has it. Builds for debugging have
/// none, since every commit would compile the program anew.
fn commit() -> Option<String> {
    if let Ok(commit) = std::env::var("LIMBER_COMMIT") {
        return Some(commit).filter(|commit| is_hash(commit));
    }
    if std::env::var("PROFILE").as_deref() != Ok("release") {
        return None;
    }
    let folder = std::env::var("CARGO_MANIFEST_DIR").ok()?;
    let noted = std::fs::read_to_string(Path::new(&folder).join(".cargo_vcs_info.json")).ok();
    if let Some(commit) = noted.as_deref().and_then(|json| json.split("\"sha1\": \"").nth(1)?.split('"').next()) {
        return Some(short(commit));
    }
    let git = |arguments: &[&str]| {
        let output = Command::new("git").arg("-C").arg(&folder).args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_string())
    };
    // A repository further up is somebody else's.
    let top = git(&["rev-parse", "--show-toplevel"])?;
    if Path::new(&top).canonicalize().ok()? != Path::new(&folder).canonicalize().ok()? {
        return None;
    }
    let moves = Path::new(&folder).join(git(&["rev-parse", "--git-path", "logs/HEAD"])?);
    if moves.exists() {
        println!("cargo:rerun-if-changed={}", moves.display());
    }
    git(&["rev-parse", "HEAD"]).map(|commit| short(&commit))
}

fn short(commit: &str) -> String {
    commit.chars().take(12).collect()
}

fn is_hash(text: &str) -> bool {
    !text.is_empty() && text.len() <= 40 && text.chars().all(|c| c.is_ascii_hexdigit())
}
