//! `limber new`: a new entry, with what is left to do in it.

use std::path::Path;

use serde_json::json;

use super::{FAILED, FINE, report};
use crate::args::{New, NewFormat};
use crate::diagnostics::{Diagnostic, nearest};
use crate::engine::Engine;
use crate::error::Error;
use crate::model::options::Options;
use crate::model::schema::{KindId, Schema};
use crate::scaffold::{self, EntryRequest, NewEntry, files};
use crate::span::line_column;
use crate::stages::load::load;
use crate::timings::Timings;

pub(super) fn run(root: &Path, arguments: &New, quiet: bool) -> u8 {
    // Drafts have names, too.
    let options = Options { drafts: true, ..Options::default() };
    let (sources, found) = load(root, None);
    let snapshot = Engine::new(options.clone()).update(&sources, found.clone(), &mut Timings::default());
    let Some(ready) = &snapshot.ready else {
        report::print(root, &snapshot.diagnostics, &snapshot.texts);
        return FAILED;
    };
    let written = || {
        let asked = EntryRequest {
            kind: kind_named(&ready.site.schema, &arguments.kind)?,
            title: arguments.title.clone(),
            name: arguments.name.clone(),
            folder: arguments.folder.clone(),
            date: arguments.date,
            from_gap: arguments.from_gap,
            printed: arguments.print,
        };
        let new = scaffold::plan(&ready.site, &sources, &asked)?;
        if arguments.print {
            report::data(&new.text);
            return Ok(());
        }
        let (left, text) = scaffold::confirm(&new, &snapshot, (&sources, found.clone()), options.clone())?;
        files::write(root, &new, &sources)?;
        match arguments.format {
            NewFormat::Human => say(root, &new, &left, &text, quiet),
            NewFormat::Json => report::data(&json_answer(&ready.site.schema, &new, &left, &text)),
        }
        Ok(())
    };
    match written() {
        Ok(()) => FINE,
        Err(error) => report::fail(&error),
    }
}

fn kind_named(schema: &Schema, name: &str) -> Result<KindId, Error> {
    schema.kind_named(name).ok_or_else(|| {
        let kinds: Vec<_> = schema.kinds.iter().map(|kind| kind.name.as_str()).collect();
        let error = Error::request(format!("there is no kind `{name}`"));
        let near: Vec<_> = nearest(name, kinds.iter().copied()).iter().map(|name| format!("`{name}`")).collect();
        match near.is_empty() {
            true => error.help(format!("known kinds are {}", kinds.join(", "))),
            false => error.help(format!("did you mean {}?", near.join(" or "))),
        }
    })
}

fn say(root: &Path, new: &NewEntry, left: &[Diagnostic], text: &str, quiet: bool) {
    let path = if root == Path::new(".") { Path::new(&*new.path).to_path_buf() } else { root.join(&*new.path) };
    report::data(&format!("{}\n", path.display()));
    if quiet {
        return;
    }
    match new.used {
        0 => {}
        1 => report::say("one place refers to it already"),
        used => report::say(format!("{used} places refer to it already")),
    }
    if !left.is_empty() {
        report::say("left to do:");
    }
    for problem in left {
        let (line, column) = line_column(text, problem.place.range().start);
        report::say(format!("  {}:{line}:{column}: {}", new.path, problem.message));
    }
}

fn json_answer(schema: &Schema, new: &NewEntry, left: &[Diagnostic], text: &str) -> String {
    let left = left.iter().map(|problem| {
        let (line, column) = line_column(text, problem.place.range().start);
        json!({"line": line, "column": column, "code": problem.shown_code(), "message": problem.message})
    });
    let answer = json!({
        "path": &*new.path,
        "entry": format!("{}/{}", schema.kind(new.kind).plural, new.slug),
        "made": if new.inserted.is_some() { "item" } else { "file" },
        "referred_to": new.used,
        "left": left.collect::<Vec<_>>(),
    });
    format!("{answer:#}\n")
}
