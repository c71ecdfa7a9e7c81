//! `limber completions` and `limber man`: what shells and readers of manuals know of the command line.

use std::path::Path;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Command, CommandFactory};
use clap_complete::Shell;

use super::{FINE, report};
use crate::args::{Args, Man};
use crate::diagnostics::Code;
use crate::error::Error;
use crate::stages::declare::declare;
use crate::stages::load::load_site;

/// Prints a script that completes commands, options, the codes of problems, and the kinds of the site in whose folder it is
/// printed.
pub(super) fn completions(root: &Path, shell: Shell) -> u8 {
    let kinds = kinds(root);
    let mut command = with_codes(Args::command());
    if !kinds.is_empty() {
        for name in ["new", "schema"] {
            let kinds = kinds.clone();
            command = command.mut_subcommand(name, |command| {
                command.mut_arg("kind", |kind| kind.value_parser(PossibleValuesParser::new(kinds)))
            });
        }
    }
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "limber", &mut script);
    report::data(&String::from_utf8_lossy(&script));
    if shell == Shell::Fish {
        report::data(&arguments_for_fish(&kinds));
    }
    FINE
}

/// What the script for fish lacks: the values of arguments that have no name.
fn arguments_for_fish(kinds: &[String]) -> String {
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    let kinds = kinds.join(" ");
    let values = [("explain", codes.join(" ")), ("new", kinds.clone()), ("schema", kinds)];
    let lines = values.iter().filter(|(_, values)| !values.is_empty()).map(|(command, values)| {
        format!("complete -c limber -n '__fish_seen_subcommand_from {command}' -f -a '{values}'\n")
    });
    lines.collect()
}

/// Prints a page of the manual, or writes all of them into a folder.
pub(super) fn man(args: &Man) -> u8 {
    let pages = pages();
    if let Some(out) = &args.out {
        let written = std::fs::create_dir_all(out).and_then(|()| {
            pages.iter().try_for_each(|(name, page)| std::fs::write(out.join(format!("{name}.1")), page))
        });
        return match written {
            Ok(()) => FINE,
            Err(error) => report::fail(&Error::system(format!("`{}` cannot be written: {error}", out.display()))),
        };
    }
    let wanted = args.command.as_ref().map_or("limber".to_string(), |command| format!("limber-{command}"));
    match pages.iter().find(|(name, _)| *name == wanted) {
        Some((_, page)) => {
            report::data(page);
            FINE
        }
        None => {
            let names: Vec<_> = pages.iter().filter_map(|(name, _)| name.strip_prefix("limber-")).collect();
            let error =
                Error::request(format!("there is no command `{}`", args.command.as_deref().unwrap_or_default()));
            report::fail(&error.help(format!("commands are {}", names.join(", "))))
        }
    }
}

/// Every page of the manual by its name: the program, then each command.
fn pages() -> Vec<(String, String)> {
    let mut command = Args::command();
    command.build();
    let mut pages = vec![("limber".to_string(), page(&command, true))];
    for own in command.get_subcommands().filter(|own| !own.is_hide_set() && own.get_name() != "help") {
        let name = format!("limber-{}", own.get_name());
        pages.push((name.clone(), page(&own.clone().name(name), false)));
    }
    pages
}

fn page(command: &Command, whole: bool) -> String {
    let mut page = Vec::new();
    // Only a full disk keeps a page from being written, and this one goes to memory.
    let _ = clap_mangen::Man::new(command.clone()).render(&mut page);
    let mut page = String::from_utf8_lossy(&page).into_owned();
    if whole {
        page.push_str(".SH \"EXIT STATUS\"\n.TP\n0\nEverything went well.\n.TP\n1\nThe content of the site has errors.\n.TP\n2\nThe command could not run, and says why.\n");
        page.push_str(
            ".SH PROBLEMS\nWhat \\fBlimber check\\fR reports; \\fBlimber explain\\fR \\fICODE\\fR says more of each.\n",
        );
        for code in Code::ALL {
            page.push_str(&format!(".TP\n{}\n{}\n", code.name().replace('-', "\\-"), roff(code.summary())));
        }
    }
    page
}

/// A text of the program as the text of a page.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

fn with_codes(command: Command) -> Command {
    let codes = Code::ALL.iter().map(|code| PossibleValue::new(code.name()).help(code.summary()));
    let codes = PossibleValuesParser::new(codes.collect::<Vec<_>>());
    command.mut_subcommand("explain", |command| command.mut_arg("code", |code| code.value_parser(codes)))
}

/// The kinds of the site in a folder, if there is one.
fn kinds(root: &Path) -> Vec<String> {
    let Some(source) = load_site(root) else { return Vec::new() };
    let (schema, _) = declare(&source, None, &[]);
    schema.map_or_else(Vec::new, |schema| schema.kinds.iter().map(|kind| kind.name.clone()).collect())
}
