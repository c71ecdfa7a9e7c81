//! The command line as plain types.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::Shell;

use crate::model::value::Date;
use crate::url::BaseUrl;

/// A static site generator for typed, cross-linked Markdown.
#[derive(Debug, Parser)]
#[command(name = "limber", version, long_version = long_version(), about)]
pub struct Args {
    /// The folder of the site
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Print nothing but problems
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The version with what it was built from and with, by which reports of problems can be understood.
fn long_version() -> String {
    let commit = option_env!("LIMBER_COMMIT").map_or(String::new(), |commit| format!(" ({commit})"));
    let (features, target) = (env!("LIMBER_FEATURES"), env!("LIMBER_TARGET"));
    let features = if features.is_empty() { "none" } else { features };
    format!("{}{commit}\nfeatures: {features}\nbuilt for: {target}", env!("CARGO_PKG_VERSION"))
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the site into a folder
    Build(Build),
    /// Show the site in a browser and keep up with changes
    Serve(Serve),
    /// Report every problem and write nothing
    Check(Check),
    /// Say what a problem means, with an example and the way out
    Explain {
        /// The code of the problem; without it all codes are listed
        code: Option<String>,
    },
    /// List what is missing: entries that are referred to, empty kinds and fields, pages that nothing leads to
    Gaps {
        /// Include drafts
        #[arg(long)]
        drafts: bool,
    },
    /// List entries that have to be looked at again, most linked first
    Review(Review),
    /// Print JSON Schemas of front matter and of site.yaml, for editors
    Schema {
        /// One kind, or `site` for site.yaml; without it all kinds
        kind: Option<String>,
        /// Write a file for each kind into this folder
        #[arg(long, value_name = "DIR", conflicts_with = "kind")]
        out: Option<PathBuf>,
    },
    /// Begin an entry with every field of its kind: a file, or an item of a data file
    New(New),
    /// Publish the site to a place that site.yaml names: a folder, a git branch, a bucket
    Publish(Publish),
    /// Say on which pages people read something else than at a revision of the repository
    Diff(Diff),
    /// Give an entry, a heading or a work another name, wherever the site uses it
    Rename(Rename),
    /// Draft a site.yaml for a folder of Markdown that was written for another tool
    Import(Import),
    /// List the files of the built-in theme, or print one
    Theme {
        /// The file, such as base.html or texts/en.yaml; without it all files are listed
        file: Option<String>,
    },
    /// Begin a new site
    Init(Init),
    /// Take over what an earlier version kept beside the output; a build does the same by itself
    Migrate(Migrate),
    /// Print completions for a shell; in the folder of a site its kinds and targets are among them
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual
    Man(Man),
}

/// What decides which site is built.
#[derive(Debug, clap::Args)]
pub struct SiteArgs {
    /// Build for this address instead of the one in site.yaml
    #[arg(long, value_name = "URL", value_parser = BaseUrl::parse)]
    pub base_url: Option<BaseUrl>,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
    /// The day for which the site is made, such as 2026-03-04: what is dated later is held back, like drafts, and reviews
    /// are due by it. Without it nothing depends on the day, and all dates are published but what had ended when the program
    /// was made
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `limber build`
#[derive(Debug, clap::Args)]
pub struct Build {
    /// The folder to write; a relative one lies in the folder of the site. Without it that of `output` in site.yaml, or `public`
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Keep the output folder itself and replace each file in it, for whoever mounts the folder or serves it open
    #[arg(long)]
    pub in_place: bool,
    /// Write into a folder that holds files of others: those of the same name are replaced, all others stay
    #[arg(long)]
    pub adopt: bool,
    /// Wait for another build that writes the same folder
    #[arg(long)]
    pub wait: bool,
    /// Build although the site loses its entries, its home page, or more than half of its pages
    #[arg(long)]
    pub allow_removals: bool,
    /// Say how long each stage took
    #[arg(long)]
    pub timings: bool,
    /// Say for each page that is drawn which of its inputs has changed
    #[arg(long)]
    pub explain: bool,
    /// Build what can be built: where links lead nowhere their words are drawn, pictures that are missing are left out
    #[arg(long)]
    pub despite_errors: bool,
    /// Use this many threads; 0 means one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Which site
    #[command(flatten)]
    pub site: SiteArgs,
}

/// `limber import`
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The folder with the Markdown files; none of them is changed
    pub dir: PathBuf,
    /// Copy the folder into this one, with regular front matter, and draft the declaration there
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
    /// Print the declaration and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// How problems are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// The line with a caret, and the way out
    Human,
    /// One line each: `path:line:column: severity[code]: message`
    Short,
    /// JSON, for other programs
    Json,
    /// SARIF 2.1.0, for code hosts
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// `limber check`
#[derive(Debug, clap::Args)]
pub struct Check {
    /// How to report; all formats but `human` go to standard output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Let warnings fail, too
    #[arg(long)]
    pub deny_warnings: bool,
    /// Report only what this file does not know yet
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write everything that is found into the file of `--baseline`
    #[arg(long, requires = "baseline")]
    pub write_baseline: bool,
    /// Repair what can be repaired without doubt
    #[arg(long)]
    pub fix: bool,
    /// Show the repairs of `--fix` and make none
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// List all links to other sites with the places where they stand
    #[arg(long, conflicts_with_all = ["fix", "baseline", "format", "external"])]
    pub list_external: bool,
    /// Ask other sites whether what is linked to is there
    #[arg(long)]
    pub external: bool,
    /// Ask again where an answer is older than this; 0 asks all of them
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "external")]
    pub max_age: u32,
    /// Say how long each stage took
    #[arg(long)]
    pub timings: bool,
    /// Which site
    #[command(flatten)]
    pub site: SiteArgs,
}

/// `limber review`
#[derive(Debug, clap::Args)]
pub struct Review {
    /// The day for which reviews are due, such as 2026-03-04; without it all are listed
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// Sign an entry off, such as articles/first-steps, on the day of `--as-of`: what it says now is what was read
    #[arg(long, value_name = "ENTRY", requires_all = ["who", "role", "as_of"], conflicts_with_all = ["ics", "format"])]
    pub sign: Option<String>,
    /// Who signs
    #[arg(long, value_name = "NAME", requires = "sign")]
    pub who: Option<String>,
    /// As what
    #[arg(long, value_name = "ROLE", requires = "sign")]
    pub role: Option<String>,
    /// Print a calendar that can be subscribed to (RFC 5545)
    #[arg(long, conflicts_with = "format")]
    pub ics: bool,
    /// How to print the list
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ReviewFormat::Human)]
    pub format: ReviewFormat,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
}

/// How a list of reviews is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ReviewFormat {
    /// One line for each entry
    Human,
    /// JSON, for other programs
    Json,
}

/// `limber migrate`
#[derive(Debug, clap::Args)]
pub struct Migrate {
    /// The output folder; a relative one lies in the folder of the site. Without it that of `output` in site.yaml, or `public`
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Say what would be taken over, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `limber serve`
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// The port; without it the first free one from 4000 on is taken
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// The address to listen on
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// Answer under this name, too: that of a remote workspace, of this machine in the network, of a service of a compose
    /// file; with a dot before it, under all names below it, as in `.app.github.dev`
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,
    /// Show the site below this path, such as /sub/ or the path of a proxy
    #[arg(long, value_name = "PATH", value_parser = base_path)]
    pub base_path: Option<String>,
    /// Look at the files every second, where the system does not tell of changes: in containers, on network disks
    #[arg(long)]
    pub poll: bool,
    /// Open the site in a browser
    #[arg(long)]
    pub open: bool,
    /// Let browsers go to the page that was changed
    #[arg(long)]
    pub navigate: bool,
    /// Open files with this: `vscode`, `zed`, an address with {path}, or a command; else VISUAL or EDITOR
    #[arg(long, value_name = "EDITOR")]
    pub editor: Option<String>,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
    /// The day for which the site is shown, such as 2026-03-04: what is dated later is held back, like drafts, and reviews are due by
    /// it. Without it all dates are shown
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

fn base_path(text: &str) -> Result<String, String> {
    let path = format!("/{}/", text.trim_matches('/')).replace("//", "/");
    BaseUrl::parse(&format!("http://localhost{path}")).map(|base| base.path)
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("`{text}` is no day: write it as 2026-03-04"))
}

/// `limber diff`
#[derive(Debug, clap::Args)]
pub struct Diff {
    /// The revision to compare with: a branch, a tag, a commit, `HEAD~1`
    #[arg(value_name = "REV", default_value = "HEAD")]
    pub revision: String,
    /// How to report: for people, as JSON, as one file of HTML for reviewers, as annotations of GitHub Actions
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DiffFormat::Human)]
    pub format: DiffFormat,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
}

/// How changes of pages are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DiffFormat {
    /// The pages by cause, with the words
    Human,
    /// JSON, for other programs
    Json,
    /// One file of HTML, for reviewers
    Html,
    /// Annotations of GitHub Actions
    Github,
}

/// `limber rename`
#[derive(Debug, clap::Args)]
pub struct Rename {
    /// What gets another name: `articles/first-steps`, `articles/first-steps#how-to-begin`, `@miller2020`
    #[arg(value_name = "WHAT")]
    pub what: String,
    /// The new name: of the file, of the heading (its words, or its id alone), of the work
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Show what would be changed as a diff, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `limber new`
#[derive(Debug, clap::Args)]
pub struct New {
    /// The kind of the entry, by its name in site.yaml, such as `article`
    #[arg(value_name = "KIND", index = 1)]
    pub kind: String,
    /// Its title; with --from-gap it may be left out
    #[arg(value_name = "TITLE", index = 2, required_unless_present = "from_gap")]
    pub title: Option<String>,
    /// Write an entry that others refer to already, with its relations to them; without a title the one that is wanted most
    #[arg(long)]
    pub from_gap: bool,
    /// The name of the file or item, where it is not to be made from the title
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The folder below that of the kind
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<String>,
    /// Its date, such as 2026-03-04
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Date>,
    /// Print the text and write nothing
    #[arg(long)]
    pub print: bool,
    /// How to say what was written and what is left to do
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = NewFormat::Human, conflicts_with = "print")]
    pub format: NewFormat,
}

/// How `limber new` says what it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum NewFormat {
    /// The path on standard output, the rest for people
    Human,
    /// JSON, for other programs
    Json,
}

/// `limber publish`
#[derive(Debug, clap::Args)]
pub struct Publish {
    /// The place, as site.yaml calls it under `publish`; without it the only one
    pub target: Option<String>,
    /// Do all but the writing: what would be written is shown, and what would fail fails
    #[arg(long)]
    pub dry_run: bool,
    /// How to show the plan
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = PublishFormat::Human)]
    pub format: PublishFormat,
    /// Publish to a place that holds files of others: those of the same name are replaced, all others stay
    #[arg(long)]
    pub adopt: bool,
    /// Publish although the place loses its home page, or more than half of its pages
    #[arg(long)]
    pub allow_removals: bool,
    /// Which site
    #[command(flatten)]
    pub site: SiteArgs,
}

/// How the plan of a publication is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum PublishFormat {
    /// The number of files of each sort, and the first of them
    Human,
    /// JSON, for other programs
    Json,
}

/// `limber init`
#[derive(Debug, clap::Args)]
pub struct Init {
    /// The folder to make; where it is there, it may hold no more than what comes with a new repository
    pub dir: PathBuf,
    /// What the site begins with
    #[arg(long, value_name = "NAME", value_enum, default_value_t = Starter::Recipes)]
    pub from: Starter,
}

/// What a new site begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Starter {
    /// Recipes and ingredients with amounts between them: shows everything that a site can do
    Recipes,
    /// Guides in an order, and settings with a page for each
    Docs,
    /// Posts with dates, tags and authors
    Blog,
    /// One kind and a home page
    Blank,
}

/// `limber man`
#[derive(Debug, clap::Args)]
pub struct Man {
    /// One command, such as build; without it the page of the program
    pub command: Option<String>,
    /// Write all pages into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub out: Option<PathBuf>,
}
