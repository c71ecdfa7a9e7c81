//! How long each stage took. The only file with a clock besides the preview.

use std::time::{Duration, Instant};

/// Hears of each stage as it begins.
type OnStage = Box<dyn Fn(&'static str) + Send>;

/// Times by stage, in the order in which they were first taken.
#[derive(Default)]
pub struct Timings {
    stages: Vec<(&'static str, Duration)>,
    on_stage: Option<OnStage>,
}

impl Timings {
    /// Timings that say of each stage when it begins.
    pub fn telling(on_stage: impl Fn(&'static str) + Send + 'static) -> Self {
        Self { on_stage: Some(Box::new(on_stage)), ..Self::default() }
    }

    /// Runs `work` and adds its time to a stage.
    pub fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        if let Some(tell) = &self.on_stage {
            tell(stage);
        }
        #[expect(clippy::disallowed_methods, reason = "timings are printed, never built into a site")]
        let start = Instant::now();
        let result = work();
        let took = start.elapsed();
        match self.stages.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, time)) => *time += took,
            None => self.stages.push((stage, took)),
        }
        result
    }

    /// All times with their share of the sum, one stage a line, and the most memory that the program ever held.
    pub fn report(&self) -> String {
        let sum: Duration = self.stages.iter().map(|(_, time)| *time).sum();
        let share = |time: &Duration| 100.0 * time.as_secs_f64() / sum.as_secs_f64().max(1e-9);
        let mut out = String::new();
        for (stage, time) in &self.stages {
            out.push_str(&format!("{stage:>9} {:>9.1} ms {:>4.0} %\n", time.as_secs_f64() * 1e3, share(time)));
        }
        out.push_str(&format!("{:>9} {:>9.1} ms\n", "sum", sum.as_secs_f64() * 1e3));
        if let Some(peak) = peak_memory() {
            out.push_str(&format!("{:>9} {peak:>9.1} MiB\n", "peak"));
        }
        out
    }
}

/// The most memory that the program ever held, in MiB, where the system says so without being asked in its own language.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(peak.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1024.0)
}
