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
    /// Starts the driver on `port`, with `environment` for it and its browser.
    pub fn start(self, port: u16, environment: &[(&'static str, String)]) -> Running {
        let mut command = Command::new(match self {
            Engine::Chromium => built("HOI_CHROMEDRIVER"),
            Engine::Firefox => built("HOI_GECKODRIVER"),
            Engine::WebKit => built("HOI_WEBKITDRIVER"),
        });
        command.stdout(Stdio::null()).stderr(Stdio::null()).arg(format!("--port={port}"));
        command.envs(environment.iter().map(|(name, value)| (*name, value)));
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

    /// What is asked of it: an empty profile, Vietnamese, a window of `width` × `height` where that can be said; `more` preferences
    /// of Firefox's, or flags of Chromium's in place of [`HEADLESS`]; for Firefox, whether it is on no screen.
    pub fn capabilities(
        self,
        (width, height): (u32, u32),
        profile: &Path,
        more: Value,
        headless: bool,
    ) -> Capabilities {
        let mut capabilities = Capabilities::new();
        match self {
            Engine::Chromium => {
                capabilities.insert("goog:chromeOptions".into(), chromium(width, height, profile, &more));
                capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
            }
            Engine::Firefox => {
                let size = [format!("--width={width}"), format!("--height={height}")];
                let mut arguments = vec![&*size[0], &*size[1]];
                arguments.extend(headless.then_some("-headless"));
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

/// On no screen, and with all frames of a page in one process, wherever they come from: the debugging protocol of a page does
/// not reach into others. It changes nothing of what a page and a frame of another site may do to each other.
pub const HEADLESS: &[&str] =
    &["--headless", "--disable-features=IsolateOrigins,site-per-process", "--disable-site-isolation-trials"];

fn chromium(width: u32, height: u32, profile: &Path, more: &Value) -> Value {
    let more = more.as_array().map(|more| more.iter().filter_map(Value::as_str).collect::<Vec<_>>());
    let arguments = [
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
        "--window-position=0,0",
    ];
    let arguments = [&arguments, more.as_deref().unwrap_or(HEADLESS)].concat();
    json!({ "binary": built("HOI_CHROMIUM"), "args": arguments })
}

/// A screen that nobody sees, and its name.
pub fn screen() -> (Process, String) {
    let mut command = Command::new(built("HOI_XVFB"));
    command.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    let mut process = Process::start(command.stdout(Stdio::piped()).stderr(Stdio::null()));
    let mut number = String::new();
    let told = process.child().stdout.take().expect("it was asked for");
    BufReader::new(told).read_line(&mut number).expect("Xvfb says which display it is");
    (process, format!(":{}", number.trim()))
}
