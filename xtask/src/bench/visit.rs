//! A visitor in front of a page with the tag, in real Chromium.

use super::{
    cdp::{Browser, CdpEvent},
    lab::Lab,
    loads::Loads,
};
use anyhow::{Context as _, anyhow, bail};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tiny_http::{Header, Response, Server};

/// So long nothing may happen until we believe that nothing more will.
const QUIET: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_secs(40);

/// What the visitor sits at.
#[derive(Clone, Copy)]
pub struct EmulatedDevice {
    /// What it is called.
    pub name: &'static str,
    /// How many times slower than this machine.
    pub slower: u32,
    /// Latency in milliseconds and bytes per second down and up; `None`: nothing between.
    pub network: Option<[f64; 3]>,
}

/// This machine, nothing between.
pub const DESKTOP: EmulatedDevice = EmulatedDevice { name: "desktop", slower: 1, network: None };
/// A cheap phone: 1.6 Mbit/s down, 750 kbit/s up.
pub const PHONE: EmulatedDevice =
    EmulatedDevice { name: "phone", slower: 6, network: Some([150.0, 1.6e6 / 8.0, 750e3 / 8.0]) };

/// A visitor in front of the page.
pub struct BrowserVisit {
    /// The browser.
    pub browser: Browser,
    /// The page's session.
    pub page: String,
    /// The chat's frame. It is of another site than the page, so the browser keeps it apart.
    pub frame: Option<String>,
    /// What was loaded.
    pub loads: Loads,
    device: EmulatedDevice,
    /// What runs in every document before anything of its own.
    script: String,
}

impl BrowserVisit {
    /// Starts a browser with an empty page; `script` runs in every document first.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start(device: EmulatedDevice, script: &str) -> anyhow::Result<BrowserVisit> {
        let mut browser = Browser::start()?;
        let page = browser.open_page()?;
        let loads = Loads::default();
        let mut visit =
            BrowserVisit { browser, page: page.clone(), frame: None, loads, device, script: script.into() };
        visit.watch_session(&page).context("watching a page")?;
        Ok(visit)
    }

    /// Has the browser tell of everything that `session` loads, and of the frames in it before they load anything.
    fn watch_session(&mut self, session: &str) -> anyhow::Result<()> {
        let browser = &mut self.browser;
        browser.call(session, "Network.enable", &json!({}))?;
        if let Some([latency, down, up]) = self.device.network {
            let slow = json!({ "offline": false, "latency": latency, "downloadThroughput": down, "uploadThroughput": up });
            browser.call(session, "Network.emulateNetworkConditions", &slow)?;
        }
        if self.device.slower > 1 {
            browser.call(
                session,
                "Emulation.setCPUThrottlingRate",
                &json!({ "rate": self.device.slower }),
            )?;
        }
        browser.call(session, "Page.enable", &json!({}))?;
        browser.call(session, "Performance.enable", &json!({}))?;
        if !self.script.is_empty() {
            let script = json!({ "source": self.script });
            browser.call(session, "Page.addScriptToEvaluateOnNewDocument", &script)?;
        }
        let attach = json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true });
        browser.call(session, "Target.setAutoAttach", &attach)?;
        Ok(())
    }

    /// Loads `url` and waits until nothing more comes.
    ///
    /// # Errors
    /// If it is never silent.
    pub fn navigate(&mut self, url: &str) -> anyhow::Result<()> {
        let page = self.page.clone();
        self.browser.call(&page, "Page.navigate", &json!({ "url": url }))?;
        self.wait_until_idle()
    }

    /// The frame's session.
    ///
    /// # Errors
    /// If the panel was not opened.
    pub fn frame_session(&self) -> anyhow::Result<String> {
        self.frame.clone().context("the panel has no frame of its own")
    }

    /// The value of a JavaScript expression in the frame.
    ///
    /// # Errors
    /// If it throws.
    pub fn in_frame(&mut self, expression: &str) -> anyhow::Result<Value> {
        let frame = self.frame_session()?;
        self.browser.eval(&frame, expression)
    }

    /// The value of a JavaScript expression in the page.
    ///
    /// # Errors
    /// If it throws.
    pub fn in_page(&mut self, expression: &str) -> anyhow::Result<Value> {
        let page = self.page.clone();
        self.browser.eval(&page, expression)
    }

    /// Takes in what the browser tells until it stays silent about the network for a while.
    ///
    /// # Errors
    /// If that takes too long.
    pub fn wait_until_idle(&mut self) -> anyhow::Result<()> {
        let (began, mut heard) = (Instant::now(), Instant::now());
        while heard.elapsed() < QUIET || self.loads.are_open() {
            if self.receive_event(Duration::from_millis(100))? {
                heard = Instant::now();
            }
            if began.elapsed() > PATIENCE {
                bail!("the page still loads after {} s: {}", PATIENCE.as_secs(), self.loads.open_ones());
            }
        }
        Ok(())
    }

    /// Takes in what the browser tells until `holds` in the frame.
    ///
    /// # Errors
    /// If it never does.
    pub fn wait_until(&mut self, what: &str, holds: &str) -> anyhow::Result<()> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            self.receive_event(Duration::from_millis(20))?;
            if self.frame.is_some() && self.in_frame(holds)? == Value::Bool(true) {
                return Ok(());
            }
        }
        bail!("{what}: not after {} s", PATIENCE.as_secs())
    }

    /// Takes in one thing the browser tells; whether it was about the network.
    fn receive_event(&mut self, patience: Duration) -> anyhow::Result<bool> {
        let Some(event) = self.browser.next_event(patience)? else { return Ok(false) };
        let network = event.method.starts_with("Network.");
        self.record_event(event)?;
        Ok(network)
    }

    /// Takes in what the browser has told.
    ///
    /// # Errors
    /// If it does not answer about a new frame.
    pub fn record_event(&mut self, event: CdpEvent) -> anyhow::Result<()> {
        if event.method != "Target.attachedToTarget" {
            self.loads.record_event(&event);
            return Ok(());
        }
        let text = |at: &str| event.params.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
        let session = text("/sessionId");
        self.watch_session(&session)?;
        self.browser.call(&session, "Runtime.runIfWaitingForDebugger", &json!({}))?;
        if text("/targetInfo/type") == "iframe" {
            self.frame = Some(session);
        }
        Ok(())
    }
}

/// Serves the host page under `/`: a title, a sentence and the tag; under any other path the same without the tag.
///
/// # Errors
/// If the port is taken.
pub fn serve_page(lab: &Lab) -> anyhow::Result<()> {
    let port = lab.host_port;
    let server = Server::http(("127.0.0.1", port)).map_err(|error| anyhow!("port {port}: {error}"))?;
    let page = "<!doctype html><html lang=vi><meta charset=utf-8><title>Trang</title><link rel=icon href=data:,>\
                <p>Xin chào</p>";
    let tag = format!("<script async src=\"http://{}/s/ward/hoi.js\"></script>", lab.edge);
    std::thread::spawn(move || {
        for request in server.incoming_requests() {
            let html = Header::from_bytes("content-type", "text/html; charset=utf-8").ok();
            let body = if request.url() == "/" { [page, &tag].concat() } else { page.to_owned() };
            let answer = html.into_iter().fold(Response::from_string(body), Response::with_header);
            // A browser that went away needs no answer.
            let _gone = request.respond(answer);
        }
    });
    Ok(())
}
