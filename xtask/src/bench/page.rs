//! `cargo xtask bench page`: what a page with the tag loads, seen from a real browser.

use super::{
    budget::{self, Check},
    cdp::Browser,
    lab::Lab,
    loads::{Loads, Sum},
    table::Table,
};
use crate::run::say;
use anyhow::{Context as _, anyhow, bail};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tiny_http::{Header, Response, Server};

/// Requests and bytes of a page that holds nothing but the tag, in real Chromium with an empty cache.
#[derive(clap::Args, Default)]
pub struct Args {
    /// Fail if something is over its budget (xtask/src/bench/budget.rs).
    #[arg(long)]
    check: bool,
}

/// So long nothing may happen until we believe that nothing more will.
const QUIET: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_secs(40);
/// An everyday question without diacritics; the edge answers it by itself.
const QUESTION: &str = "lam giay khai sinh cho con can gi";

pub fn run(args: &Args, checks: &mut Vec<Check>) -> anyhow::Result<Vec<Table>> {
    say("measuring what a page loads");
    let lab = Lab::open(None)?;
    serve(lab.host_port, &lab.edge)?;
    let mut visit = Visit::start(&lab)?;
    visit.go(&format!("http://localhost:{}/", lab.host_port))?;
    let before = visit.loads.of(&lab.edge);
    let stored = visit.browser.eval(&visit.page, STORED)?.as_f64().unwrap_or(f64::NAN);
    let opened = visit.open()?;
    let ready = visit.loads.of(&lab.edge);
    let answered = visit.ask()?;
    let all = visit.loads.of(&lab.edge);
    if args.check {
        checks.push(Check::new(&budget::FIRST_ANSWER, all.bytes));
    }
    let mut table = Table::new("page", "Loaded by a page with the tag", &["requests", "bytes", "stored"]);
    let figures = |sum: &Sum| [Some(sum.requests as f64), Some(sum.bytes as f64)];
    table.row("before the visitor acts", figures(&before).into_iter().chain([Some(stored)]));
    table.row("until the panel is ready", figures(&ready).into_iter().chain([None]));
    table.row("until the first answer is shown", figures(&all).into_iter().chain([None]));
    let others = visit.loads.others(&[&lab.edge, &format!("localhost:{}", lab.host_port)]);
    table.row("from anybody else", figures(&others).into_iter().chain([None]));
    table.note("Bytes as received, with headers and the socket's frames; \"stored\" counts cookies and storage keys.");
    let mut each = Table::new("page_each", "Each of these", &["bytes"]);
    for (name, bytes) in visit.loads.each(&lab.edge) {
        each.row(name, [Some(bytes as f64)]);
    }
    let mut times = Table::new("page_times", "On this machine, without a network between", &["ms"]);
    times.row("from opening the panel until it is ready", [Some(opened)]);
    times.row("from asking until the answer is shown", [Some(answered)]);
    Ok(vec![table, each, times])
}

/// How much the host page's origin holds: cookies and keys of both storages.
const STORED: &str =
    "localStorage.length + sessionStorage.length + document.cookie.split(';').filter((c) => c.trim()).length";

/// A visitor in front of the page.
struct Visit {
    browser: Browser,
    page: String,
    /// The chat's frame. It is of another site than the page, so the browser keeps it apart.
    frame: Option<String>,
    loads: Loads,
}

impl Visit {
    fn start(lab: &Lab) -> anyhow::Result<Visit> {
        let mut browser = Browser::start()?;
        let page = browser.page()?;
        let mut visit = Visit { browser, page: page.clone(), frame: None, loads: Loads::default() };
        visit.watch(&page).with_context(|| format!("watching a page of {}", lab.edge))?;
        visit.browser.call(&page, "Page.enable", &json!({}))?;
        Ok(visit)
    }

    /// Has the browser tell of everything that `session` loads, and of the frames in it before they load anything.
    fn watch(&mut self, session: &str) -> anyhow::Result<()> {
        self.browser.call(session, "Network.enable", &json!({}))?;
        let attach = json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true });
        self.browser.call(session, "Target.setAutoAttach", &attach)?;
        Ok(())
    }

    /// Loads `url` and waits until nothing more comes.
    fn go(&mut self, url: &str) -> anyhow::Result<()> {
        let page = self.page.clone();
        self.browser.call(&page, "Page.navigate", &json!({ "url": url }))?;
        self.settle()?;
        let drawn = self.browser.eval(&page, "typeof window.Hoi")?;
        if drawn != "object" {
            bail!("the page has no window.Hoi: the loader did not run");
        }
        Ok(())
    }

    /// Opens the panel; gives how long that took, in milliseconds.
    fn open(&mut self) -> anyhow::Result<f64> {
        let page = self.page.clone();
        let script = "new Promise((done) => { const began = performance.now(); \
                      Hoi.on('ready', () => done(performance.now() - began)); Hoi.open(); }), 0";
        // Not awaited: the browser must be let go on as soon as it shows us the frame.
        let script = script.replacen("new Promise", "window.hoiOpened = new Promise", 1);
        self.browser.eval(&page, &script)?;
        self.settle()?;
        let took = self
            .browser
            .eval(&page, "Promise.race([hoiOpened, new Promise((no) => setTimeout(no, 20000))])")?;
        took.as_f64().context("the panel does not become ready")
    }

    /// Asks, and waits until the answer is on the screen; gives how long that took, in milliseconds.
    fn ask(&mut self) -> anyhow::Result<f64> {
        let (page, frame) =
            (self.page.clone(), self.frame.clone().context("the panel has no frame of its own")?);
        let began = Instant::now();
        self.browser.eval(&page, &format!("Hoi.send({}), 0", json!(QUESTION)))?;
        let mut wanted = None;
        while began.elapsed() < PATIENCE {
            if let Some(event) = self.browser.event(Duration::from_millis(20))? {
                self.take(event)?;
            }
            wanted = wanted.or_else(|| self.loads.answer());
            if let Some(words) = &wanted {
                let seen =
                    format!("document.getElementById('hoi-log').textContent.includes({})", json!(words));
                if self.browser.eval(&frame, &seen)? == Value::Bool(true) {
                    return Ok(began.elapsed().as_secs_f64() * 1e3);
                }
            }
        }
        bail!("no answer is shown after {} s", PATIENCE.as_secs())
    }

    /// Takes in what the browser tells until it stays silent about the network for a while.
    fn settle(&mut self) -> anyhow::Result<()> {
        let (began, mut heard) = (Instant::now(), Instant::now());
        while heard.elapsed() < QUIET || self.loads.are_open() {
            if let Some(event) = self.browser.event(Duration::from_millis(100))? {
                if event.method.starts_with("Network.") {
                    heard = Instant::now();
                }
                self.take(event)?;
            }
            if began.elapsed() > PATIENCE {
                bail!("the page still loads after {} s: {}", PATIENCE.as_secs(), self.loads.open_ones());
            }
        }
        Ok(())
    }

    fn take(&mut self, event: super::cdp::Event) -> anyhow::Result<()> {
        if event.method != "Target.attachedToTarget" {
            self.loads.take(&event);
            return Ok(());
        }
        let text = |at: &str| event.params.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
        let session = text("/sessionId");
        self.watch(&session)?;
        self.browser.call(&session, "Runtime.runIfWaitingForDebugger", &json!({}))?;
        if text("/targetInfo/type") == "iframe" {
            self.frame = Some(session);
        }
        Ok(())
    }
}

/// Serves the host page: a title, a sentence and the tag.
fn serve(port: u16, edge: &str) -> anyhow::Result<()> {
    let server = Server::http(("127.0.0.1", port)).map_err(|error| anyhow!("port {port}: {error}"))?;
    let page = format!(
        "<!doctype html><html lang=vi><meta charset=utf-8><title>Trang</title><link rel=icon href=data:,>\
         <p>Xin chào</p><script async src=\"http://{edge}/s/ward/hoi.js\"></script></html>"
    );
    std::thread::spawn(move || {
        for request in server.incoming_requests() {
            let html = Header::from_bytes("content-type", "text/html; charset=utf-8").ok();
            let answer = html.into_iter().fold(Response::from_string(page.clone()), Response::with_header);
            // A browser that went away needs no answer.
            let _gone = request.respond(answer);
        }
    });
    Ok(())
}
