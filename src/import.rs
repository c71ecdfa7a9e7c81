//! Drafts a `site.yaml` for a folder of Markdown that was written for another tool, by looking at it. Touches no file.

mod addresses;
mod configuration;
mod constructs;
mod days;
mod docusaurus;
mod fields;
mod formulas;
mod held_back;
mod held_by_keys;
mod hugo;
mod jekyll;
mod keys;
mod kinds;
mod literal;
mod look;
mod order;
pub mod regular;
mod relations;
mod rewrites;
mod scripts;
mod statics;
mod tool;
mod tried;
mod write;

use std::path::Path;

pub use constructs::Construct;

/// A declaration that fits a folder, and what was seen there.
pub struct Draft {
    /// The text of `site.yaml`.
    pub site: String,
    /// What the folder seems to be written for: `Hugo`.
    pub tool: &'static str,
    /// How many Markdown files it has.
    pub texts: usize,
    /// What pages will show as it was typed.
    pub constructs: Vec<Construct>,
    /// What pages will leave out.
    pub left_out: Vec<Construct>,
    /// Whether the folder builds with the declaration as it is.
    pub builds: bool,
    /// Sentences for whoever reads the draft.
    pub notes: Vec<String>,
}

/// Looks at a folder and drafts its declaration.
///
/// # Errors
/// A sentence that says why there is nothing to draft.
pub fn draft(root: &Path) -> Result<Draft, String> {
    let seen = look::look(root)?;
    let config = tool::recognise(root, &seen);
    let mut notes = config.notes.clone();
    if seen.texts.is_empty() {
        return Err(format!("there is no Markdown file in `{}`", root.display()));
    }
    if let Some(output) = config.output {
        notes.push(format!("`public/` holds files of another tool: `limber build` writes the site into `{output}/`"));
    }
    let kinds = kinds::kinds(&seen, &config);
    notes.extend(kinds::elsewhere(&seen, &config, &kinds));
    let mut plan = write::ImportPlan::new(&seen, &config, kinds);
    let builds = tried::settle(root, &mut plan);
    notes.extend(plan.notes());
    let constructs = constructs::all(&seen, &config);
    let parted = constructs::parted(constructs, plan.template_tags);
    Ok(Draft {
        site: plan.text(),
        tool: config.tool.name(),
        texts: seen.texts.len(),
        constructs: parted.0,
        left_out: parted.1,
        builds,
        notes,
    })
}
