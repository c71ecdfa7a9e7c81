//! Runs the program and takes its time.

use std::io;
use std::process::Command;
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike};

use super::Lab;

/// What one run took.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// From start to end, in milliseconds.
    pub wall: f64,
    /// On all processors together, in milliseconds.
    pub cpu: f64,
    /// The most memory that it held, in MiB; 0 where that is not known.
    pub peak: f64,
    /// Every stage that the program tells of, in milliseconds.
    pub stages: Vec<(String, f64)>,
}

/// Builds the site.
///
/// # Errors
/// When the program cannot be run, or finds fault with the site.
pub fn build(lab: &Lab) -> io::Result<Run> {
    limber(lab, "build")
}

/// Checks the site.
///
/// # Errors
/// When the program cannot be run, or finds fault with the site.
pub fn check(lab: &Lab) -> io::Result<Run> {
    limber(lab, "check")
}

fn limber(lab: &Lab, what: &str) -> io::Result<Run> {
    let mut command = Command::new(program());
    command.arg("--root").arg(&lab.site).args([what, "--timings"]);
    if what == "build" {
        command.arg("--out").arg(&lab.out);
    }
    let (mut run, output) = timed(|| command.output());
    let output = output?;
    let text = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(io::Error::other(text.into_owned()));
    }
    for line in text.lines() {
        let words: Vec<_> = line.split_whitespace().collect();
        match words.as_slice() {
            ["peak", number, "MiB"] => run.peak = number.parse().unwrap_or_default(),
            ["sum", ..] => {}
            [stage, number, "ms", ..] => run.stages.push(((*stage).to_string(), number.parse().unwrap_or_default())),
            _ => {}
        }
    }
    Ok(run)
}

/// The program that is measured.
pub fn program() -> String {
    std::env::var("LIMBER").unwrap_or_else(|_| env!("CARGO_BIN_EXE_limber").to_string())
}

/// Takes the time of anything, with that of the programs it runs.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Run, T) {
    let before = cpu();
    #[expect(clippy::disallowed_methods, reason = "this measures and builds nothing")]
    let start = Instant::now();
    let result = work();
    let wall = start.elapsed().as_secs_f64() * 1e3;
    (Run { wall, cpu: cpu() - before, ..Run::default() }, result)
}

/// The processor time of this program and of those it has run, in milliseconds; 0 where the system does not say. The system
/// counts it in microseconds here; `/proc/self/stat` has hundredths of a second, a sixth of what the floor takes.
fn cpu() -> f64 {
    let of =
        |who| getrusage(who).map_or(0.0, |usage| milliseconds(usage.user_time()) + milliseconds(usage.system_time()));
    of(UsageWho::RUSAGE_SELF) + of(UsageWho::RUSAGE_CHILDREN)
}

fn milliseconds(time: TimeVal) -> f64 {
    time.num_microseconds() as f64 / 1e3
}
