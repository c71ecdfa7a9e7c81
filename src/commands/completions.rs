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

/// Prints a script that completes commands, options, the codes of problems, and the kinds and targets of the site in whose folder
/// it is printed.
pub(super) fn completions(root: &Path, shell: Shell) -> u8 {
    let mut command = with_values(Args::command(), &values(root));
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "limber", &mut script);
    report::data(&String::from_utf8_lossy(&script));
    if shell == Shell::Fish {
        report::data(&arguments_for_fish(&command));
    }
    FINE
}

/// The values of an argument without a name: the command, the argument, what it may be.
type ArgumentValues = (&'static str, &'static str, Vec<PossibleValue>);

/// The values that depend on the program or the site.
fn values(root: &Path) -> Vec<ArgumentValues> {
    let own = |names: Vec<String>| names.into_iter().map(PossibleValue::new).collect::<Vec<_>>();
    let codes = Code::ALL.iter().map(|code| PossibleValue::new(code.name()).help(code.summary())).collect();
    let commands = Args::command().get_subcommands().map(|command| command.get_name().to_string()).collect();
    let (kinds, targets) = kinds_and_targets(root);
    let described: Vec<String> = kinds.iter().cloned().chain(["site".to_string()]).collect();
    let all = [
        ("explain", "code", codes),
        ("new", "kind", own(kinds)),
        ("schema", "kind", own(described)),
        ("publish", "target", own(targets)),
        ("man", "command", own(commands)),
    ];
    all.into_iter().filter(|(_, _, values)| !values.is_empty()).collect()
}

/// Gives arguments the values that they may have. What is changed moves to the end of its list, and shells count arguments by
/// their place: so each one is taken up, in order.
fn with_values(mut command: Command, all: &[ArgumentValues]) -> Command {
    let names = |ids: Vec<&str>| ids.into_iter().map(str::to_string).collect::<Vec<_>>();
    for name in names(command.get_subcommands().map(Command::get_name).collect()) {
        command = command.mut_subcommand(&name, |mut own| {
            for id in names(own.get_arguments().map(|argument| argument.get_id().as_str()).collect()) {
                let values = all.iter().find(|(command, argument, _)| *command == name && *argument == id);
                own = own.mut_arg(&id, |argument| match values {
                    Some((_, _, values)) => argument.value_parser(PossibleValuesParser::new(values.clone())),
                    None => argument,
                });
            }
            own
        });
    }
    command
}

/// What the script for fish lacks: the values of arguments that have no name.
fn arguments_for_fish(command: &Command) -> String {
    let line = |command: &Command| {
        let values = command.get_positionals().next()?.get_possible_values();
        let values: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
        let name = command.get_name();
        let line = format!("complete -c limber -n '__fish_seen_subcommand_from {name}' -f -a '{}'\n", values.join(" "));
        (!values.is_empty()).then_some(line)
    };
    command.get_subcommands().filter_map(line).collect()
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

/// The kinds of the site in a folder and the places where it is published, if there is one.
fn kinds_and_targets(root: &Path) -> (Vec<String>, Vec<String>) {
    let schema = load_site(root).and_then(|source| declare(&source, None, &[]).0);
    let Some(schema) = schema else { return Default::default() };
    let kinds = schema.kinds.iter().map(|kind| kind.name.clone()).collect();
    (kinds, schema.publish.iter().map(|target| target.name.clone()).collect())
}
