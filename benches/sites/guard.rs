//! `guard`: fails when the program has become slower than it should be. No absolute time is used, so it means the same on
//! every machine: processor time is compared with that of the floor, measured in the same minute on the same site, and with
//! that of a smaller site of the same shape; all stages of a check with one of them.

use std::io;

use crate::growth::{best, exponent};
use crate::measure::Lab;
use crate::measure::floor::Floor;
use crate::measure::run::{Run, build, check};
use crate::site::hard::{self, Shape};
use crate::site::{self, Dialect, Theme, Wanted};

/// So many times the processor time of the floor may a cold build take.
const COLD: f64 = 6.5;
/// The same for a build in which nothing has changed.
const UNCHANGED: f64 = 1.0;
/// So many times the time of reading and parsing may all stages of a check take.
const CHECK: f64 = 2.2;
/// With this power of the size may time grow. Two measurements of small sites are less exact than those of the benches.
const GROWTH: f64 = 1.4;
/// How often growth is measured before it is believed to be too much: another program may have had the processor.
const ATTEMPTS: usize = 3;
/// How many runs of each sort are taken before they are looked at.
const ROUNDS: usize = 5;
/// How many there are at most, where the least of the first are too much: so many find a moment at which nobody else is at work.
const MOST_ROUNDS: usize = 40;
/// How many entries the guarded site has.
const ENTRIES: usize = 2000;

/// Measures and judges.
pub fn run() -> Result<String, String> {
    let found = measured().map_err(|error| error.to_string())?;
    let mut report = String::new();
    let mut failed = false;
    for (what, value, most) in found {
        let verdict = if value <= most { "fine" } else { "TOO MUCH" };
        failed |= value > most;
        report.push_str(&format!("{what:>34} {value:>6.2}, at most {most:.2}: {verdict}\n"));
    }
    if failed { Err(format!("slower than it should be\n{report}")) } else { Ok(report) }
}

fn measured() -> io::Result<Vec<(String, f64, f64)>> {
    let lab = Lab::new()?;
    site::write(&lab.site, Wanted { entries: ENTRIES, theme: Theme::Rich, dialect: Dialect::Limber, seed: 1 })?;
    build(&lab)?;
    let floor = Floor::of(&lab)?;
    let (mut floors, mut cold, mut unchanged, mut checks) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut found = Vec::new();
    for round in 1..=MOST_ROUNDS {
        floors.push(floor.run(&lab)?);
        lab.clear()?;
        cold.push(build(&lab)?);
        unchanged.push(build(&lab)?);
        checks.push(times_parsing(&check(&lab)?));
        if round % ROUNDS != 0 {
            continue;
        }
        let (floor, cold, unchanged) = (least(&floors), least(&cold), least(&unchanged));
        let check = checks.iter().copied().fold(f64::INFINITY, f64::min);
        found = vec![
            ("cold build, times the floor".to_string(), cold / floor, COLD),
            ("nothing changed, times the floor".to_string(), unchanged / floor, UNCHANGED),
            ("check, times its parsing".to_string(), check, CHECK),
        ];
        if found.iter().all(|(_, value, most)| value <= most) {
            break;
        }
    }
    drop(lab);
    for shape in Shape::ALL {
        found.push((format!("growth of `{}`", shape.name()), growth(shape)?, GROWTH));
    }
    Ok(found)
}

/// How processor time grows with the size of a shape.
fn growth(shape: Shape) -> io::Result<f64> {
    let sizes = (shape.full_size() / 40, shape.full_size() / 8);
    let mut least = f64::INFINITY;
    for _ in 0..ATTEMPTS {
        let small = best(|lab| hard::write(&lab.site, shape, sizes.0))?;
        let large = best(|lab| hard::write(&lab.site, shape, sizes.1))?;
        // What every run costs, however small the site, would make growth look slower than it is.
        least = least.min(exponent(sizes, (small.cpu.max(10.0), large.cpu.max(10.0))));
        if least <= GROWTH {
            break;
        }
    }
    Ok(least)
}

/// How long all stages take, against the one that reads and parses.
fn times_parsing(run: &Run) -> f64 {
    let all: f64 = run.stages.iter().map(|(_, time)| time).sum();
    let parsing: f64 = run.stages.iter().filter(|(stage, _)| stage == "parse").map(|(_, time)| time).sum();
    all / parsing
}

/// The least processor time of some runs: what disturbs a run only ever makes it slower.
fn least(runs: &[Run]) -> f64 {
    runs.iter().map(|run| run.cpu).fold(f64::INFINITY, f64::min)
}
