//! `stages [--entries 1000,10000] [--themes plain,rich,real] [--runs 5]`: how long every sort of build takes, and which stage.
//!
//! Every run goes through all that is measured in turn, so that a slow moment of the machine hits everything alike; medians
//! are printed with the fastest and the slowest run. The variable `LIMBER` names another program to measure.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::measure::Lab;
use crate::measure::floor::Floor;
use crate::measure::run::{build, check};
use crate::measure::table::Table;
use crate::option;
use crate::site::{self, Dialect, Theme, Wanted};

/// Measures all themes and sizes that the arguments name.
pub fn run(arguments: &[String]) -> Result<String, String> {
    let runs: usize = option(arguments, "--runs", "5").parse().map_err(|_| "`--runs` needs a number")?;
    let mut report = String::new();
    for name in option(arguments, "--themes", "plain,rich,real").split(',') {
        let theme = Theme::named(name).ok_or_else(|| format!("no theme is named `{name}`"))?;
        for entries in option(arguments, "--entries", "1000,10000").split(',') {
            let wanted = entries.parse().map_err(|_| format!("`{entries}` is no number"))?;
            let table = measured(theme, wanted, runs).map_err(|error| error.to_string())?;
            report.push_str(&format!("{name}, {entries} entries\n{table}\n"));
        }
    }
    Ok(report)
}

fn measured(theme: Theme, entries: usize, runs: usize) -> io::Result<String> {
    let lab = Lab::new()?;
    site::write(&lab.site, Wanted { entries, theme, dialect: Dialect::Limber, seed: 1 })?;
    build(&lab)?;
    let floor = Floor::of(&lab)?;
    let mut table = Table::default();
    let entry = first_entry(&lab.site.join("content/benefits"))?;
    let text = fs::read_to_string(&entry)?;
    for _ in 0..runs {
        table.add("floor", floor.run(&lab)?);
        lab.clear()?;
        table.add("cold", build(&lab)?);
        table.add("unchanged", build(&lab)?);
        fs::write(&entry, format!("{text}\nOne more line.\n"))?;
        table.add("body edit", build(&lab)?);
        fs::write(&entry, text.replacen("title: \"", "title: \"New ", 1))?;
        table.add("title edit", build(&lab)?);
        fs::write(&entry, &text)?;
        table.add("check", check(&lab)?);
    }
    Ok(format!("{table}output: {} files, {:.1} MiB\n", floor.files(), floor.bytes() as f64 / f64::from(1 << 20)))
}

fn first_entry(folder: &Path) -> io::Result<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder)?.map(|found| Ok(found?.path())).collect::<io::Result<_>>()?;
    files.sort();
    files.into_iter().next().ok_or_else(|| io::Error::other("the generated site has no entries"))
}
