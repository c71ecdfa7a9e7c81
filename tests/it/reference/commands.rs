//! The command line.

use clap::{Arg, ArgAction, Command, CommandFactory};
use limber::args::Args;

use super::{ReferencePage, plain};

/// The keys that a command heeds beside those that decide what the site is.
const HEEDS: &[(&str, &[&str])] = &[
    ("build", &["base-url", "checks", "ignore", "entry-draft", "entry-date"]),
    ("serve", &["base-url", "checks", "entry-draft"]),
    ("check", &["checks", "rules", "limber"]),
    ("explain", &["rules"]),
    ("gaps", &["relations-at-least", "kinds-fields"]),
    (
        "review",
        &["kinds-review", "kinds-review-every", "kinds-review-field", "kinds-review-grace", "kinds-review-signed"],
    ),
    ("publish", &["publish", "gone", "base-url"]),
    ("schema", &["kinds-fields", "field-help"]),
    ("new", &["kinds-fields", "field-help", "field-required", "kinds-folder", "kinds-url"]),
    ("rename", &["entry-redirect-from"]),
    ("import", &["kinds-folder", "kinds-extra", "kinds-contents", "checks"]),
    ("theme", &["theme", "texts"]),
];

/// What is typed, in the folder of the site that the tutorial makes, and what of the answer is shown. It is run as recipes are.
const EXAMPLES: &[(&str, &str)] = &[
    ("build", "$ limber build --timings\n6 entries, "),
    ("serve", "$ limber serve --drafts"),
    ("check", "$ limber check --deny-warnings\nno problems\n$ limber check --format json > report.json"),
    ("explain", "$ limber explain relation-unknown-target\n# relation-unknown-target"),
    ("gaps", "$ limber gaps"),
    ("review", "$ limber review --as-of 2026-03-04"),
    ("publish", "$ limber publish live --dry-run\nlive: folder ../published"),
    (
        "diff",
        "$ git init -q && git add -A\n\
         $ git -c user.name=Ada -c user.email=ada@kitchen.example commit -q -m First\n\
         $ echo 'With bread.' >> content/recipes/leek-soup.md\n\
         $ limber diff HEAD\n  /recipes/leek-soup/",
    ),
    ("schema", "$ limber schema recipe > recipe.json\n$ limber schema site > site.json"),
    ("new", "$ limber new recipe \"Apple cake\"\ncontent/recipes/apple-cake.md"),
    (
        "rename",
        "$ limber rename recipes/leek-soup soup-of-leeks --dry-run\n$ limber rename recipes/leek-soup soup-of-leeks",
    ),
    (
        "import",
        "$ mkdir notes && echo '# Soak the beans' > notes/beans.md\n$ limber import notes\n$ limber --root notes build",
    ),
    ("theme", "$ limber theme\ntemplates/base.html\n$ limber theme base.html > base.html"),
    ("init", "$ limber init my-site --from blog\n$ limber --root my-site build"),
    ("migrate", "$ limber migrate --dry-run\nnothing to do"),
    ("completions", "$ limber completions bash > limber.bash"),
    ("man", "$ limber man new > limber-new.1\n$ limber man --out man"),
];

pub fn pages() -> Vec<(String, ReferencePage)> {
    let mut whole = Args::command().disable_help_subcommand(true);
    whole.build();
    let globals: Vec<_> = whole.get_arguments().filter(|arg| arg.is_global_set()).cloned().collect();
    let commands = whole.get_subcommands().filter(|command| !command.is_hide_set());
    let mut pages: Vec<_> = commands.map(|command| page(command, &globals)).collect();
    pages.push(("commands/limber.md".into(), of_all(&globals)));
    pages
}

fn page(command: &Command, globals: &[Arg]) -> (String, ReferencePage) {
    let name = command.get_name();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    assert!(!about.is_empty(), "`limber {name}` has no sentence");
    let mut body = format!("```text\n{}\n```\n\n", usage(command));
    if let Some(long) = command.get_long_about().map(ToString::to_string).filter(|long| *long != about) {
        body.push_str(&format!("{long}\n\n"));
    }
    let own = |arg: &&Arg| !globals.iter().any(|global| global.get_id() == arg.get_id()) && !hidden(arg);
    let (named, placed): (Vec<_>, Vec<_>) = command.get_arguments().filter(own).partition(|arg| !arg.is_positional());
    body.push_str(&section("Arguments", &placed));
    body.push_str(&section("Options", &named));
    let example = EXAMPLES.iter().find(|(known, _)| *known == name);
    let (_, example) = example.unwrap_or_else(|| panic!("`limber {name}` has no example"));
    body.push_str(&format!("## Example\n\n```console\n{example}\n```\n"));
    let heeds = HEEDS.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, keys)| keys);
    let page =
        ReferencePage::new(&format!("limber {name}"), &format!("{}.", plain(&about))).list("keys", heeds).body(body);
    (format!("commands/{name}.md"), page)
}

/// What all commands have.
fn of_all(globals: &[Arg]) -> ReferencePage {
    let shown: Vec<_> = globals.iter().filter(|arg| !hidden(arg)).collect();
    let body = format!(
        "```text\nlimber [OPTIONS] COMMAND\n```\n\n{}## Exit codes\n\n\
         | code | what it says |\n|---|---|\n| 0 | all went well |\n| 1 | the content has errors, and nothing was written |\n\
         | 2 | the command could not run, and says why |\n\n\
         Messages go to standard error, data to standard output. Colours follow the terminal, `NO_COLOR` and `CLICOLOR_FORCE`.\n\n\
         ## Example\n\n```console\n$ limber --root . --quiet check\n```\n",
        section("Options of every command", &shown)
    );
    ReferencePage::new("All commands", "What all commands have: the folder of the site, and exit codes.")
        .short("limber")
        .body(body)
}

fn hidden(arg: &Arg) -> bool {
    arg.is_hide_set() || ["help", "version"].contains(&arg.get_id().as_str())
}

fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").trim().to_string();
    if usage.starts_with("limber") { usage } else { format!("limber {usage}") }
}

fn section(title: &str, args: &[&Arg]) -> String {
    if args.is_empty() {
        return String::new();
    }
    let rows: String = args.iter().map(|arg| row(arg)).collect();
    format!("## {title}\n\n| | what it does | default |\n|---|---|---|\n{rows}\n")
}

fn row(arg: &Arg) -> String {
    let value =
        arg.get_value_names().unwrap_or_default().iter().map(|name| name.as_str()).collect::<Vec<_>>().join(" ");
    let takes = !matches!(arg.get_action(), ArgAction::SetTrue | ArgAction::Count);
    let name = match (arg.get_long(), takes) {
        (Some(long), true) => format!("`--{long} {value}`"),
        (Some(long), false) => format!("`--{long}`"),
        (None, _) => format!("`{value}`"),
    };
    let short = arg.get_short().map(|short| format!("`-{short}`, ")).unwrap_or_default();
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    assert!(!help.is_empty(), "{name} has no sentence");
    let known: Vec<_> = arg.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
    let known = if takes && !known.is_empty() { format!(": {}", known.join(", ")) } else { String::new() };
    let default: Vec<_> =
        arg.get_default_values().iter().map(|value| format!("`{}`", value.to_string_lossy())).collect();
    let default = if takes { default.join(" ") } else { String::new() };
    format!("| {short}{name} | {}{known} | {default} |\n", cell(&help))
}

/// Help as a cell of a table: what is typed in braces or angles stands as code.
fn cell(help: &str) -> String {
    help.replace('\n', " ").replace('|', "\\|").replace("{path}", "`{path}`").replace("<", "&lt;")
}
