//! Which browser, and how its driver is started.

use super::{Process, built};
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
};

/// A browser's engine, as it is on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    /// WebKitGTK: as near to Safari as Linux gets.
    WebKit,
}

/// What must run for as long as the browser does; the screen ends last.
pub struct Running {
    _driver: Process,
    _screen: Option<Process>,
}

impl Engine {
    /// Starts the driver on `port`.
    pub fn start(self, port: u16) -> Running {
        let mut command = Command::new(match self {
            Engine::Chromium => built("HOI_CHROMEDRIVER"),
            Engine::Firefox => built("HOI_GECKODRIVER"),
            Engine::WebKit => built("HOI_WEBKITDRIVER"),
        });
        command.stdout(Stdio::null()).stderr(Stdio::null()).arg(format!("--port={port}"));
        if self == Engine::Firefox {
            // A test may look at what the browser shows outside of pages.
            command.arg("--allow-system-access");
        }
        // The only one of them that can't do without a screen.
        let screen = (self == Engine::WebKit).then(screen);
        let screen = screen.map(|(process, name)| {
            command.env("DISPLAY", name).env("GDK_BACKEND", "x11");
            process
        });
        Running { _driver: Process::start(&mut command), _screen: screen }
    }

    /// What is asked of it: an empty profile, Vietnamese, `more` preferences, and a window of `width` × `height` where that can be said.
    pub fn capabilities(self, width: u32, height: u32, profile: &Path, more: Value) -> Capabilities {
        let mut capabilities = Capabilities::new();
        match self {
            Engine::Chromium => {
                capabilities.insert("goog:chromeOptions".into(), chromium(width, height, profile));
                capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
            }
            Engine::Firefox => {
                let size = [format!("--width={width}"), format!("--height={height}")];
                let arguments = ["-headless", &size[0], &size[1]];
                let mut preferences = json!({ "intl.accept_languages": "vi" });
                for (name, value) in more.as_object().into_iter().flatten() {
                    preferences[name] = value.clone();
                }
                let options =
                    json!({ "binary": built("HOI_FIREFOX"), "args": arguments, "prefs": preferences });
                capabilities.insert("moz:firefoxOptions".into(), options);
            }
            // Its own small browser, with nothing kept.
            Engine::WebKit => {}
        }
        capabilities
    }
}

fn chromium(width: u32, height: u32, profile: &Path) -> Value {
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=vi",
        &format!("--user-data-dir={}", profile.display()),
        &format!("--window-size={width},{height}"),
    ];
    json!({ "binary": built("HOI_CHROMIUM"), "args": arguments })
}

/// A screen that nobody sees, and its name.
fn screen() -> (Process, String) {
    let mut command = Command::new(built("HOI_XVFB"));
    command.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    let mut process = Process::start(command.stdout(Stdio::piped()).stderr(Stdio::null()));
    let mut number = String::new();
    let told = process.child().stdout.take().expect("it was asked for");
    BufReader::new(told).read_line(&mut number).expect("Xvfb says which display it is");
    (process, format!(":{}", number.trim()))
}
