//! Medians and spread of many runs.

use std::fmt;

use super::run::Run;

/// The runs of everything that is measured, in the order in which it was first measured.
#[derive(Default)]
pub struct Table(Vec<(&'static str, Vec<Run>)>);

impl Table {
    /// Adds a run.
    pub fn add(&mut self, name: &'static str, run: Run) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, runs)) => runs.push(run),
            None => self.0.push((name, vec![run])),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>11} {:>9} {:>17} {:>9} {:>9}  stages in ms", "", "wall ms", "spread", "cpu ms", "peak MiB")?;
        for (name, runs) in &self.0 {
            let of = |value: fn(&Run) -> f64| sorted(runs.iter().map(value).collect());
            let wall = of(|run| run.wall);
            let spread = format!("{:.0} to {:.0}", wall.first().unwrap_or(&0.0), wall.last().unwrap_or(&0.0));
            let (cpu, peak) = (median(&of(|run| run.cpu)), median(&of(|run| run.peak)));
            write!(f, "{name:>11} {:>9.0} {spread:>17} {cpu:>9.0} {peak:>9.0} ", median(&wall))?;
            for (stage, _) in &runs[0].stages {
                let times = runs.iter().flat_map(|run| &run.stages).filter(|(name, _)| name == stage);
                write!(f, " {stage} {:.0}", median(&sorted(times.map(|(_, time)| *time).collect())))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// The one in the middle.
pub fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn sorted(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers
}
