//! Opening a file of the project at a line, in the editor of whoever writes.

use crate::folders::without_extension;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::url::encode_path;

/// Editors that can be reached by an address of their own.
const SCHEMES: &[(&str, &str)] = &[
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscode-insiders", "vscode-insiders://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("windsurf", "windsurf://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
];

/// Editors that need a terminal: the preview has none to give.
const IN_A_TERMINAL: &[&str] =
    &["vi", "vim", "nvim", "view", "nano", "pico", "hx", "helix", "micro", "ed", "joe", "mcedit", "ne", "kak", "less"];

/// How files are opened from the browser.
#[derive(Clone, Debug)]
pub struct Editor {
    root: PathBuf,
    way: EditorMethod,
}

#[derive(Clone, Debug)]
enum EditorMethod {
    /// An address that the browser hands to the system.
    Scheme(String),
    /// A program with its arguments, started by the preview.
    Program(Vec<String>),
    /// Nothing was chosen.
    None,
}

impl Editor {
    /// The editor that was asked for, else that of the environment.
    pub fn choose(asked: Option<&str>, root: &Path) -> Self {
        let named = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        match asked.map(str::to_string).or_else(|| named("LIMBER_EDITOR")) {
            Some(name) => Self::parse(&name, root),
            None => {
                let words = named("VISUAL").or_else(|| named("EDITOR"));
                let way = words.map_or(EditorMethod::None, |words| program(&words));
                Self { root: root.to_path_buf(), way }
            }
        }
    }

    /// Reads the name of an editor, an address with `{path}`, or a command.
    pub fn parse(name: &str, root: &Path) -> Self {
        let scheme = SCHEMES.iter().find(|(known, _)| *known == name).map(|(_, pattern)| (*pattern).to_string());
        let way = match scheme {
            Some(pattern) => EditorMethod::Scheme(pattern),
            None if name.contains("://") => EditorMethod::Scheme(name.to_string()),
            None => program(name),
        };
        Self { root: root.to_path_buf(), way }
    }

    /// The address that opens a file. None where no editor was chosen, or the file is part of the program.
    pub fn href(&self, path: &str, line: usize, column: usize) -> Option<String> {
        if path.starts_with("theme/") {
            return None;
        }
        match &self.way {
            EditorMethod::Scheme(pattern) => {
                let file = encode_path(&self.root.join(path).to_string_lossy());
                Some(filled(pattern, &file, line, column))
            }
            EditorMethod::Program(_) => {
                Some(format!("/_limber/open?path={}&line={line}&column={column}", encode_path(path)))
            }
            EditorMethod::None => None,
        }
    }

    /// Opens a file of the project.
    ///
    /// # Errors
    /// With a sentence for the person in front of the browser.
    pub fn open(&self, path: &str, line: usize, column: usize) -> Result<(), String> {
        let EditorMethod::Program(words) = &self.way else {
            return Err("no editor is set: start the preview with `--editor`, or set EDITOR".into());
        };
        let file = self.file(path).ok_or_else(|| format!("there is no file `{path}` in this project"))?;
        let Some((program, arguments)) = words.split_first() else {
            return Err("the command of the editor is empty, or a quote in it is not closed".into());
        };
        let name = Path::new(program).file_stem().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        if IN_A_TERMINAL.contains(&name.as_str()) {
            return Err(format!("`{name}` needs a terminal of its own: {path}:{line}:{column}"));
        }
        let mut command = Command::new(program);
        command.args(with_place(&name, arguments, &file.to_string_lossy(), line, column));
        command.current_dir(&self.root).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| format!("`{program}` cannot be started: {error}"))?;
        // Somebody has to wait for it, or it stays behind as a zombie.
        std::thread::spawn(move || child.wait());
        Ok(())
    }

    /// A plain file of the project that the site is made of; nothing that a link would lead out.
    fn file(&self, path: &str) -> Option<PathBuf> {
        let folder = ["content/", "templates/", "static/"].iter().any(|folder| path.starts_with(folder));
        let text = without_extension(path).is_some() && !path.split('/').any(|part| part.starts_with('.'));
        if !(folder || text || path == "site.yaml") || path.split('/').any(|part| part == "..") {
            return None;
        }
        let real = self.root.join(path).canonicalize().ok()?;
        (real.starts_with(&self.root) && real.is_file()).then_some(real)
    }
}

/// A command as a shell would split it: programs and arguments with spaces stand in quotes.
fn program(words: &str) -> EditorMethod {
    EditorMethod::Program(shlex::split(words).unwrap_or_default())
}

fn filled(pattern: &str, path: &str, line: usize, column: usize) -> String {
    pattern.replace("{path}", path).replace("{line}", &line.to_string()).replace("{column}", &column.to_string())
}

/// The arguments for an editor, by what it understands.
fn with_place(name: &str, arguments: &[String], file: &str, line: usize, column: usize) -> Vec<String> {
    if arguments.iter().any(|argument| argument.contains("{path}")) {
        return arguments.iter().map(|argument| filled(argument, file, line, column)).collect();
    }
    let behind = format!("{file}:{line}:{column}");
    let place = match name {
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" => vec!["--goto".into(), behind],
        "subl" | "sublime_text" | "zed" | "zeditor" | "lapce" | "atom" => vec![behind],
        "kate" | "kwrite" => {
            vec!["--line".into(), line.to_string(), "--column".into(), column.to_string(), file.into()]
        }
        "mate" | "idea" | "webstorm" | "rustrover" => vec!["--line".into(), line.to_string(), file.into()],
        "gedit" | "xed" | "pluma" | "gnome-text-editor" | "emacs" | "emacsclient" => {
            vec![format!("+{line}:{column}"), file.into()]
        }
        "gvim" | "mvim" | "mousepad" => vec![format!("+{line}"), file.into()],
        "notepad++" => vec![format!("-n{line}"), file.into()],
        _ => vec![file.into()],
    };
    arguments.iter().cloned().chain(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_gets_the_place_in_the_form_that_it_understands() {
        let place = |name: &str, arguments: &[&str]| {
            let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
            with_place(name, &arguments, "/s/a.md", 3, 7).join(" ")
        };
        assert_eq!(place("code", &["--wait"]), "--wait --goto /s/a.md:3:7");
        assert_eq!(place("gvim", &[]), "+3 /s/a.md");
        assert_eq!(place("mine", &["-l", "{line}", "{path}"]), "-l 3 /s/a.md");
        assert_eq!(place("unknown", &[]), "/s/a.md");
    }

    #[test]
    fn the_path_of_an_editor_may_have_spaces() {
        let EditorMethod::Program(words) = program("'/opt/my editor/run' --new \"a b\"") else { panic!("no program") };
        assert_eq!(words, ["/opt/my editor/run", "--new", "a b"]);
        assert!(Editor::parse("'open", Path::new("/")).open("a.md", 1, 1).is_err());
    }

    #[test]
    fn only_files_of_the_site_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("content")).unwrap();
        std::fs::write(root.join("content/a.md"), "").unwrap();
        std::fs::write(root.join("secret"), "").unwrap();
        let editor = Editor::parse("true", &root);
        assert!(editor.open("content/a.md", 1, 1).is_ok());
        for path in ["secret", "content/../secret", "/etc/passwd", "content", "content/b.md", "../x"] {
            assert!(editor.open(path, 1, 1).is_err(), "{path}");
        }
    }
}
