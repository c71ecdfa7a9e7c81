//! What is published from a day on, or until one: a build knows no day but that of `--as-of`.

use super::config::Config;
use super::seen::{FolderContents, MarkdownFile};
use super::tool::Tool;
use super::words::counted;
use crate::folders::without_extension;
use crate::links::is_index;
use crate::model::keys::{DayMark, day_mark};
use crate::model::value::Date;
use crate::yaml::Yaml;

/// Sentences on the days of texts, where the tool publishes nothing before its day or after its end.
pub(super) fn notes(seen: &FolderContents, config: &Config, values: &Yaml) -> Vec<String> {
    let texts = || seen.texts.iter().filter(|text| !config.is_own(&text.path));
    let mut notes = Vec::new();
    let ending: Vec<&str> =
        texts().filter(|text| days(text, DayMark::Until).next().is_some()).map(|text| text.path.as_str()).collect();
    if let Some(first) = ending.first() {
        let files = counted(ending.len(), "file");
        notes.push(format!(
            "{files} with a day from which they are no longer published, first {first}: that is held back which ended before {}, and by `limber build --as-of DATE` what ended before that day",
            Date::OF_PROGRAM
        ));
    }
    let latest = texts().filter_map(|text| Some((first_day(text, config.tool)?, text.path.as_str()))).max();
    let waits = match config.tool {
        Tool::Jekyll => values.get("future") != Some(&Yaml::Bool(true)),
        Tool::Hugo => values.get("buildFuture") != Some(&Yaml::Bool(true)),
        _ => false,
    };
    if let Some((day, path)) = latest.filter(|_| waits) {
        let tool = config.tool.name();
        notes.push(format!(
            "{tool} publishes nothing before its day: `limber build --as-of DATE` does the same (the latest is {day}, {path})"
        ));
    }
    notes
}

/// The day on which a text is published first.
fn first_day(text: &MarkdownFile, tool: Tool) -> Option<Date> {
    let own = text.get("date").and_then(day).or_else(|| day_of_name(&text.path).filter(|_| tool == Tool::Jekyll));
    days(text, DayMark::From).max().max(own)
}

/// The days that a text says under keys of this meaning.
fn days(text: &MarkdownFile, mark: DayMark) -> impl Iterator<Item = Date> {
    text.keys.iter().filter(move |(key, _)| day_mark(key) == Some(mark)).filter_map(|(_, value)| day(value))
}

fn day(value: &Yaml) -> Option<Date> {
    let text = value.as_text()?;
    Date::of(text).or_else(|| Date::of_other_tool(text))
}

/// The day with which the name of a file begins.
pub(super) fn day_of_name(path: &str) -> Option<Date> {
    Date::before_name(path.rsplit('/').next()?).map(|(day, _)| day)
}

/// The day with which the name of a text begins: that of its file, or of the folder for which it stands.
pub(super) fn day_of_text(path: &str) -> Option<Date> {
    let stem = without_extension(path)?;
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let path = if is_index(name) { folder } else { stem };
    // Zola takes a low line behind it, too.
    day_of_name(&path.replace('_', "-"))
}
