//! Chromium with an empty profile, over its own debugging protocol.

use super::socket::BenchSocket;
use crate::{build, paths, tools::find_chromium};
use anyhow::{Context as _, bail};
use devkit::{
    browser::{ChromiumFlags, DisplayBackend, FrameProcesses, REMOTE_DEBUGGING},
    process::ChildProcess,
};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// How long the browser may take to start or to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running browser. It and its profile are gone when dropped.
pub struct Browser {
    socket: BenchSocket,
    last: u64,
    events: VecDeque<CdpEvent>,
    profile: PathBuf,
    running: Option<ChildProcess>,
}

/// Something the browser tells.
pub struct CdpEvent {
    /// `Network.loadingFinished` and so on.
    pub method: String,
    /// What is to be said about it.
    pub params: Value,
}

impl Browser {
    /// Starts one.
    ///
    /// # Errors
    /// If it isn't there or doesn't start.
    pub fn start() -> anyhow::Result<Browser> {
        let profile = paths::repository_root().join("target/hoi-chromium");
        // The helpers of the last one may still be at their last words.
        let mut tries = (0..40).map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            build::empty_folder(&profile)
        });
        tries.find(Result::is_ok).unwrap_or_else(|| build::empty_folder(&profile))?;
        let mut command = Command::new(find_chromium().context("Chromium is not on PATH")?);
        let flags = ChromiumFlags {
            profile: &profile,
            window: (1280, 900),
            display: DisplayBackend::Headless,
            frames: FrameProcesses::PerSite,
        };
        command.args(flags.arguments()).args(REMOTE_DEBUGGING);
        let running = ChildProcess::start("Chromium", command.stdout(Stdio::null()).stderr(Stdio::null()))?;
        let (port, path) = read_debugger_address(&profile)?;
        let socket = BenchSocket::open(&format!("127.0.0.1:{port}"), &path, None)?;
        Ok(Browser { socket, last: 0, events: VecDeque::new(), profile, running: Some(running) })
    }

    /// Opens an empty page and gives its session.
    ///
    /// # Errors
    /// If the browser says no.
    pub fn open_page(&mut self) -> anyhow::Result<String> {
        let page = self.call("", "Target.createTarget", &json!({ "url": "about:blank" }))?;
        let target = page.get("targetId").context("a page without a name")?;
        let attached =
            self.call("", "Target.attachToTarget", &json!({ "targetId": target, "flatten": true }))?;
        let session =
            attached.get("sessionId").and_then(Value::as_str).context("a page without a session")?;
        Ok(session.to_owned())
    }

    /// Has the browser do `method` and gives its answer. What it tells meanwhile is kept for [`Browser::event`].
    ///
    /// # Errors
    /// The browser's own words.
    pub fn call(&mut self, session: &str, method: &str, params: &Value) -> anyhow::Result<Value> {
        self.last += 1;
        let id = self.last;
        let mut request = json!({ "id": id, "method": method, "params": params });
        if let (false, Some(request)) = (session.is_empty(), request.as_object_mut()) {
            request.insert("sessionId".into(), session.into());
        }
        self.socket.send(&request.to_string())?;
        loop {
            let mut said: Value = serde_json::from_str(&self.socket.next().context(method.to_owned())?)?;
            if said.get("id").and_then(Value::as_u64) != Some(id) {
                self.events.extend(parse_event(said));
            } else if let Some(error) = said.get("error") {
                bail!("{method}: {error}");
            } else {
                return Ok(said.get_mut("result").map(Value::take).unwrap_or_default());
            }
        }
    }

    /// The next thing the browser tells; `None` if it stays silent for `patience`.
    ///
    /// # Errors
    /// If it is gone.
    pub fn next_event(&mut self, patience: Duration) -> anyhow::Result<Option<CdpEvent>> {
        let until = Instant::now() + patience;
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(Some(event));
            }
            let left = until.saturating_duration_since(Instant::now());
            let Some(text) = self.socket.next_within(left)? else { return Ok(None) };
            self.events.extend(parse_event(serde_json::from_str(&text)?));
        }
    }

    /// The value of a JavaScript expression in the page or frame of `session`.
    ///
    /// # Errors
    /// If it throws.
    pub fn eval(&mut self, session: &str, expression: &str) -> anyhow::Result<Value> {
        let asked = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call(session, "Runtime.evaluate", &asked)?;
        if let Some(thrown) = answer.get("exceptionDetails") {
            bail!("{expression}: {thrown}");
        }
        Ok(answer.pointer("/result/value").cloned().unwrap_or_default())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Emptied the next time, if its helpers still hold something now.
        let _closing = self.call("", "Browser.close", &json!({}));
        self.running = None;
        let _left = fs::remove_dir_all(&self.profile);
    }
}

fn parse_event(mut said: Value) -> Option<CdpEvent> {
    let text = |name: &str| said.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let method = text("method");
    let params = said.get_mut("params").map(Value::take).unwrap_or_default();
    (!method.is_empty()).then_some(CdpEvent { method, params })
}

/// Where the browser listens: it chooses a port and writes it into its profile.
fn read_debugger_address(profile: &Path) -> anyhow::Result<(String, String)> {
    let started = Instant::now();
    loop {
        let text = fs::read_to_string(profile.join("DevToolsActivePort")).unwrap_or_default();
        if let Some((port, path)) = text.split_once('\n').filter(|(_, path)| path.starts_with('/')) {
            return Ok((port.to_owned(), path.trim().to_owned()));
        }
        if started.elapsed() > PATIENCE {
            bail!("Chromium does not start within {} s", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
