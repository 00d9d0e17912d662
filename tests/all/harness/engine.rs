//! Which browser, and how its driver is started.

use super::{BrowserOptions, built, start_process};
use devkit::{
    browser::{ChromiumFlags, DisplayBackend, FIREFOX_PREFERENCES, firefox_arguments},
    process::ChildProcess,
};
use fantoccini::wd::Capabilities;
use serde_json::json;
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
    _driver: ChildProcess,
    _screen: Option<ChildProcess>,
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
        Running { _driver: start_process(&mut command), _screen: screen }
    }

    /// What is asked of it: an empty profile, Vietnamese, a window of `width` × `height` where that can be said.
    pub fn capabilities(
        self,
        window: (u32, u32),
        profile: &Path,
        options: &BrowserOptions,
        display: DisplayBackend,
    ) -> Capabilities {
        let mut capabilities = Capabilities::new();
        match self {
            Engine::Chromium => {
                let flags = ChromiumFlags { profile, window, display, frames: options.frames };
                let options = json!({ "binary": built("HOI_CHROMIUM"), "args": flags.arguments() });
                capabilities.insert("goog:chromeOptions".into(), options);
                capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
            }
            Engine::Firefox => {
                let mut preferences = json!({});
                for (name, value) in FIREFOX_PREFERENCES {
                    preferences[name] = json!(value);
                }
                for (name, value) in options.preferences.as_object().into_iter().flatten() {
                    preferences[name] = value.clone();
                }
                let options = json!({
                    "binary": built("HOI_FIREFOX"), "args": firefox_arguments(window, display), "prefs": preferences
                });
                capabilities.insert("moz:firefoxOptions".into(), options);
            }
            // Its own small browser, with nothing kept.
            Engine::WebKit => {}
        }
        capabilities
    }
}

/// A screen that nobody sees, and its name.
pub fn screen() -> (ChildProcess, String) {
    let mut command = Command::new(built("HOI_XVFB"));
    command.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    let mut process = start_process(command.stdout(Stdio::piped()).stderr(Stdio::null()));
    let mut number = String::new();
    let told = process.0.stdout.take().expect("it was asked for");
    BufReader::new(told).read_line(&mut number).expect("Xvfb says which display it is");
    (process, format!(":{}", number.trim()))
}
