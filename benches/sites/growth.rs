//! `growth [--entries 1000,10000,100000] [--themes plain] [--part 4]`: how time and memory grow with the site, as exponents:
//! 1 is linear, 2 is quadratic. Ordinary sites from the smallest to the largest, then every extreme shape at a quarter of
//! its size and at its full size.

use std::io;

use crate::measure::Lab;
use crate::measure::run::{Run, build};
use crate::option;
use crate::site::hard::{self, Shape};
use crate::site::{self, Dialect, Theme, Wanted};

/// Measures growth.
pub fn run(arguments: &[String]) -> Result<String, String> {
    let mut report = format!(
        "{:>12} {:>9} {:>9} {:>9} {:>9}  cpu grows  memory grows\n",
        "", "size", "wall ms", "cpu ms", "peak MiB"
    );
    let failed = |error: io::Error| error.to_string();
    for name in option(arguments, "--themes", "plain").split(',') {
        let theme = Theme::named(name).ok_or_else(|| format!("no theme is named `{name}`"))?;
        let mut before = None;
        for entries in option(arguments, "--entries", "1000,10000,100000").split(',') {
            let entries = entries.parse().map_err(|_| format!("`{entries}` is no number"))?;
            let wanted = Wanted { entries, theme, dialect: Dialect::Limber, seed: 1 };
            let run = best(|lab| site::write(&lab.site, wanted)).map_err(failed)?;
            report.push_str(&line(name, entries, &run, before.as_ref()));
            before = Some((entries, run));
        }
    }
    let part: usize = option(arguments, "--part", "4").parse().map_err(|_| "`--part` needs a number")?;
    for shape in Shape::ALL {
        let mut before = None;
        for size in [shape.full_size() / part / 4, shape.full_size() / part] {
            let run = best(|lab| hard::write(&lab.site, shape, size)).map_err(failed)?;
            report.push_str(&line(shape.name(), size, &run, before.as_ref()));
            before = Some((size, run));
        }
    }
    Ok(report)
}

/// The best of three cold builds: what disturbs a run only ever makes it slower.
pub fn best(write: impl Fn(&Lab) -> io::Result<()>) -> io::Result<Run> {
    let lab = Lab::new()?;
    write(&lab)?;
    let mut runs = Vec::new();
    for _ in 0..3 {
        lab.clear()?;
        runs.push(build(&lab)?);
    }
    runs.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
    Ok(runs.swap_remove(0))
}

/// The power of the size with which a value grows.
pub fn exponent(sizes: (usize, usize), values: (f64, f64)) -> f64 {
    (values.1.max(1e-3) / values.0.max(1e-3)).ln() / (sizes.1 as f64 / sizes.0 as f64).ln()
}

fn line(name: &str, size: usize, run: &Run, before: Option<&(usize, Run)>) -> String {
    let Run { wall, cpu, peak, .. } = run;
    let grown = before.map_or_else(String::new, |(smaller, before)| {
        let sizes = (*smaller, size);
        format!("{:>11.2} {:>13.2}", exponent(sizes, (before.cpu, *cpu)), exponent(sizes, (before.peak, *peak)))
    });
    format!("{name:>12} {size:>9} {wall:>9.0} {cpu:>9.0} {peak:>9.0}{grown}\n")
}
