//! A visitor's browser in front of a page that somebody else's software made.

use crate::{
    bench::{
        loads::Loads,
        visit::{BrowserVisit, DESKTOP},
    },
    paths,
};
use anyhow::{Context as _, bail, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use std::{
    fs,
    thread::sleep,
    time::{Duration, Instant},
};

/// Windows of a small phone, a usual one, a tablet and a desktop.
pub const WINDOWS: &[(u32, u32)] = &[(320, 568), (360, 640), (768, 1024), (1280, 800)];
/// Where the launcher belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WantedPlace {
    /// Beside whatever is fixed.
    Aside,
    /// In its corner, where nothing is fixed.
    Corner,
    /// A dialog is open: above its layer, where it covers nothing that can be pressed, or under it, or away.
    Dialog,
}

/// How long the launcher may take to find its place.
const SETTLE_LIMIT: Duration = Duration::from_secs(4);
/// How long the panel may take to be ready.
const READY_LIMIT: Duration = Duration::from_secs(30);
/// Runs first in every document: opens the launcher's root, which is closed, so that it can be measured, and notes what a policy refused.
const WATCH: &str = "(() => {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function () { return attach.call(this, { mode: 'open' }); };
  window.labRefused = [];
  document.addEventListener('securitypolicyviolation', (it) =>
    labRefused.push(it.effectiveDirective + ' ' + it.blockedURI + ' ' + (it.sourceFile || '') + ' ' + it.sample));
  addEventListener('hoi:ready', () => { window.labReady = true; });
})()";
/// Types an everyday question into the panel and sends it.
const ASK: &str = "(() => {
  document.querySelector('textarea').focus();
  document.execCommand('insertText', false, 'lam giay khai sinh cho con can gi');
  document.querySelector('.hoi-send').click();
})()";
/// The answer to it.
const ANSWERED: &str =
    "[...document.querySelectorAll('.hoi-procedure')].some((it) => it.getBoundingClientRect().height > 0)";

/// Waits until what has changed can be seen.
const DRAWN: &str =
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))";

/// A visitor's browser.
pub struct PageVisit {
    visit: BrowserVisit,
    name: String,
}

impl PageVisit {
    /// Starts one; `name` is what its pictures are called by.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start(name: &str) -> anyhow::Result<PageVisit> {
        Ok(PageVisit { visit: BrowserVisit::start(DESKTOP, WATCH)?, name: name.to_owned() })
    }

    /// Opens `url` as somebody who was never there, in a window of this size.
    ///
    /// # Errors
    /// If it does not load.
    pub fn open_page(&mut self, url: &str, (width, height): (u32, u32)) -> anyhow::Result<()> {
        self.call("Network.clearBrowserCookies", &json!({}))?;
        let origin = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        self.call("Storage.clearDataForOrigin", &json!({ "origin": origin, "storageTypes": "all" }))?;
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &size)?;
        self.visit.frame = None;
        // What the page before still loaded is never told to have ended.
        self.visit.loads = Loads::default();
        self.visit.navigate(url)
    }

    /// Goes on to `url` as the same visitor. Does not wait until nothing more comes: an editor asks its server again and again.
    ///
    /// # Errors
    /// If there is no such page.
    pub fn follow_link(&mut self, url: &str) -> anyhow::Result<()> {
        self.visit.wait_until_idle()?;
        self.call("Page.navigate", &json!({ "url": url })).map(drop)
    }

    /// The value of a JavaScript expression in the page.
    ///
    /// # Errors
    /// If it throws.
    pub fn in_page(&mut self, expression: &str) -> anyhow::Result<Value> {
        self.visit.in_page(expression)
    }

    /// Whether the launcher is in the window, can be pressed, and covers nothing that is fixed: waits until it has found its place.
    /// Gives how far it is from the window's lower edge.
    ///
    /// # Errors
    /// With what is wrong.
    pub fn require_free_launcher(&mut self, place: WantedPlace) -> anyhow::Result<f64> {
        let began = Instant::now();
        loop {
            let found = self.in_page(&measuring_script()?)?;
            let wrong: Vec<&str> = found
                .get("wrong")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let is_away = found.get("away").and_then(Value::as_bool).unwrap_or_default();
            if wrong.is_empty() || (place == WantedPlace::Dialog && is_away) {
                return found.get("above").and_then(Value::as_f64).context("the launcher has no place");
            }
            if began.elapsed() > SETTLE_LIMIT {
                bail!("{}", wrong.join("; "));
            }
            sleep(Duration::from_millis(100));
        }
    }

    /// Presses the launcher as a hand does, asks, and waits for the answer.
    ///
    /// # Errors
    /// If any of it does not come about.
    pub fn ask_question(&mut self) -> anyhow::Result<()> {
        let found = self.in_page(&measuring_script()?)?;
        let (Some(x), Some(y)) = (
            found.pointer("/center/0").and_then(Value::as_f64),
            found.pointer("/center/1").and_then(Value::as_f64),
        ) else {
            bail!("{found}");
        };
        for kind in ["mousePressed", "mouseReleased"] {
            let press = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", &press)?;
        }
        self.wait_for_answer()
    }

    /// Waits for the panel that something has opened, asks in it, and waits for the answer.
    ///
    /// # Errors
    /// If any of it does not come about.
    pub fn wait_for_answer(&mut self) -> anyhow::Result<()> {
        self.wait_until_ready()?;
        let inside = self.in_page(&format!("({}).panelInside", measuring_script()?))?;
        ensure!(inside == Value::Bool(true), "the panel is not in the window: {inside}");
        self.visit.in_frame(ASK)?;
        self.visit.wait_until("the answer", ANSWERED)?;
        // In the document it is; now it is drawn.
        self.visit.in_frame(DRAWN).map(drop)
    }

    /// Waits until the panel takes questions.
    ///
    /// # Errors
    /// If it never does.
    pub fn wait_until_ready(&mut self) -> anyhow::Result<()> {
        self.visit.wait_until("the panel", "!!document.querySelector('.hoi-send')")?;
        let began = Instant::now();
        while self.in_page("window.labReady === true")? != Value::Bool(true) {
            ensure!(began.elapsed() < READY_LIMIT, "the panel does not become ready");
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Waits until something that the visitor said is in the chat.
    ///
    /// # Errors
    /// If it never is.
    pub fn wait_for_words(&mut self, words: &str) -> anyhow::Result<()> {
        let said = format!("document.body.textContent.includes({})", json!(words));
        self.visit.wait_until(words, &said)
    }

    /// The value of a JavaScript expression in the panel.
    ///
    /// # Errors
    /// If it throws.
    pub fn in_panel(&mut self, expression: &str) -> anyhow::Result<Value> {
        self.visit.in_frame(expression)
    }

    /// Whether the page's policy refused nothing of ours. What it refuses of the page's own is not ours to judge.
    ///
    /// # Errors
    /// With what it refused.
    pub fn require_no_refusal(&mut self, edge: &str) -> anyhow::Result<()> {
        let refused =
            self.in_page(&format!("labRefused.filter((it) => it.includes({})).join('; ')", json!(edge)))?;
        ensure!(refused == Value::String(String::new()), "the page's policy refused {refused}");
        Ok(())
    }

    /// Saves a picture of the window under `target/pictures/peers`.
    ///
    /// # Errors
    /// If it can't be made or written.
    pub fn save_picture(&mut self, what: &str) -> anyhow::Result<()> {
        let shot = self.call("Page.captureScreenshot", &json!({ "format": "png" }))?;
        let data = shot.get("data").and_then(Value::as_str).context("no picture")?;
        let folder = paths::repository_root().join("target/pictures/peers");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{}-{what}.png", self.name)), BASE64_STANDARD.decode(data)?)?;
        Ok(())
    }

    fn call(&mut self, method: &str, params: &Value) -> anyhow::Result<Value> {
        let page = self.visit.page.clone();
        self.visit.browser.call(&page, method, params)
    }
}

/// What measures the launcher.
fn measuring_script() -> anyhow::Result<String> {
    let path = paths::repository_root().join("xtask/peers/launcher.js");
    fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))
}
