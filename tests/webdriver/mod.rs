//! A headless Chromium for tests, driven by WebDriver over plain HTTP: just enough to look at a page the way a reader does.

mod http;
mod turns;

use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::{self, sleep};
use std::time::Duration;

use serde_json::{Value, json};

use crate::unable::{Lacks, unable};

/// One browser window with an empty profile. It is closed when the value is dropped.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _turn: turns::Turn,
    /// Holds the profile, so that it is removed after the driver has ended.
    _profile: tempfile::TempDir,
}

impl Browser {
    /// A new window; none where no browser is installed, and then the terminal says that the test is skipped.
    pub fn open() -> Option<Browser> {
        let turn = turns::take();
        let found =
            find(&["chromium", "chromium-browser", "google-chrome"]).and_then(|chromium| Some((chromium, driver()?)));
        let Some((chromium, (driver, port))) = found else {
            unable(Lacks::Package("Chromium with its driver", "Debian has them as chromium and chromium-driver"));
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ];
        let mut arguments: Vec<String> = arguments.map(String::from).to_vec();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": chromium, "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "script": 60_000, "pageLoad": 60_000 },
        }}});
        let mut browser = Browser { driver, port, session: String::new(), _turn: turn, _profile: profile };
        let answer = browser.ask("POST", "/session", &wanted);
        browser.session = answer["sessionId"].as_str().expect("a session").to_owned();
        Some(browser)
    }

    /// Opens an address and waits until it has loaded.
    pub fn go(&self, url: &str) {
        self.run("window.isBefore = true");
        self.command("url", &json!({ "url": url }));
        // Some versions of the driver come back before the page is there.
        self.until("document.readyState === 'complete' && (!window.isBefore || location.hash)");
    }

    /// Runs the body of a function in the page and gives back what it returns.
    pub fn run(&self, body: &str) -> Value {
        self.run_with(body, json!([]))
    }

    /// Like [`Browser::run`], with values that the body sees as `arguments`.
    pub fn run_with(&self, body: &str, arguments: Value) -> Value {
        self.command("execute/sync", &json!({ "script": body, "args": arguments }))
    }

    /// Like [`Browser::run_with`], for a body that may `await`.
    pub fn run_async(&self, body: &str, arguments: Value) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];\
             (async function () {{ {body} }}).apply(null, arguments).then(done, (error) => done({{ failed: String(error) }}));"
        );
        self.command("execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// Waits until an expression is true. Patiently: the machine may be busy.
    pub fn until(&self, expression: &str) {
        let body = format!("return Boolean({expression})");
        for _ in 0..1200 {
            if self.run(&body) == Value::Bool(true) {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("this never came true: {expression}");
    }

    /// Presses a key and lets it go: a letter, or a key without one by its code in WebDriver.
    pub fn press(&self, key: &str) {
        let actions = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        self.command("actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }));
    }

    /// A command of the DevTools protocol, for what WebDriver has no word for.
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.command("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Makes the window this wide, whatever the least width of a window on this machine is.
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size);
    }

    /// What the browser has written to the console since it was last asked.
    pub fn console(&self) -> Vec<String> {
        let lines = self.command("se/log", &json!({ "type": "browser" }));
        let lines = lines.as_array().expect("a list of messages").iter();
        lines.map(|line| format!("{}: {}", text(&line["level"]), text(&line["message"]))).collect()
    }

    fn command(&self, name: &str, body: &Value) -> Value {
        self.ask("POST", &format!("/session/{}/{name}", self.session), body)
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut answer = http::ask(self.port, method, path, body).expect("the driver answers");
        let value = answer["value"].take();
        if let Some(error) = value["error"].as_str() {
            panic!("{path}: {error}: {}", text(&value["message"]));
        }
        value
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = http::ask(self.port, "DELETE", &format!("/session/{}", self.session), &json!({}));
        }
        // Killing the driver would leave a browser behind that has not closed: it is asked to end both.
        let _ = http::ask(self.port, "GET", "/shutdown", &json!({}));
        let _ = self.driver.wait();
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The first of these programs that is in the path.
fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

/// Starts the driver on a port of its own choice, which it prints.
fn driver() -> Option<(Child, u16)> {
    let mut driver =
        Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut lines = BufReader::new(driver.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let port = lines.find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    // Nothing else is read, but a driver that can write no more would end.
    thread::spawn(move || lines.for_each(drop));
    Some((driver, port.expect("the driver says which port it has taken")))
}
