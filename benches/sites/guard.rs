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
const GROWTH_ATTEMPTS: usize = 3;
/// The same of times: so many attempts last a minute.
const ATTEMPTS: usize = 8;
/// How many runs of each sort an attempt has.
const ROUNDS: usize = 5;
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
    let limits = [
        ("cold build, times the floor", COLD),
        ("nothing changed, times the floor", UNCHANGED),
        ("check, times its parsing", CHECK),
    ];
    let mut least = [f64::INFINITY; 3];
    for _ in 0..ATTEMPTS {
        let (mut cold, mut unchanged, mut checks) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let floor = floor.run(&lab)?.cpu;
            lab.clear()?;
            cold.push(build(&lab)?.cpu / floor);
            unchanged.push(build(&lab)?.cpu / floor);
            checks.push(times_parsing(&check(&lab)?));
        }
        for (least, found) in least.iter_mut().zip([cold, unchanged, checks]) {
            *least = least.min(median(found));
        }
        if least.iter().zip(limits).all(|(value, (_, most))| *value <= most) {
            break;
        }
    }
    drop(lab);
    let mut found: Vec<_> =
        least.into_iter().zip(limits).map(|(value, (what, most))| (what.to_string(), value, most)).collect();
    for shape in Shape::ALL {
        found.push((format!("growth of `{}`", shape.name()), growth(shape)?, GROWTH));
    }
    Ok(found)
}

/// How processor time grows with the size of a shape.
fn growth(shape: Shape) -> io::Result<f64> {
    let sizes = (shape.full_size() / 40, shape.full_size() / 8);
    let mut least = f64::INFINITY;
    for _ in 0..GROWTH_ATTEMPTS {
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

/// The one in the middle: what a round compares was measured within the same second, and a disturbance is in either of the two.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
