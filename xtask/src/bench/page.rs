//! `cargo xtask bench page`: what a page with the tag loads, seen from a real browser.

use super::{
    budget::{self, Check},
    lab::Lab,
    loads::Sum,
    table::FigureTable,
    visit::{BrowserVisit, DESKTOP, serve_page},
};
use crate::run::print_step;
use anyhow::{Context as _, bail};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Requests and bytes of a page that holds nothing but the tag, in real Chromium with an empty cache.
#[derive(clap::Args, Default)]
pub struct Args {
    /// Fail if something is over its budget (xtask/src/bench/budget.rs).
    #[arg(long)]
    check: bool,
}

const PATIENCE: Duration = Duration::from_secs(40);
/// An everyday question without diacritics; the edge answers it by itself.
pub const QUESTION: &str = "lam giay khai sinh cho con can gi";

pub fn run(args: &Args, checks: &mut Vec<Check>) -> anyhow::Result<Vec<FigureTable>> {
    print_step("measuring what a page loads");
    let lab = Lab::open(None)?;
    serve_page(&lab)?;
    let mut visit = BrowserVisit::start(DESKTOP, "")?;
    visit.navigate(&format!("http://localhost:{}/", lab.host_port))?;
    if visit.in_page("typeof window.Hoi")? != "object" {
        bail!("the page has no window.Hoi: the loader did not run");
    }
    let before = visit.loads.sum_from(&lab.edge);
    let stored = visit.in_page(STORED)?.as_f64().unwrap_or(f64::NAN);
    let opened = open_panel(&mut visit)?;
    let ready = visit.loads.sum_from(&lab.edge);
    let answered = ask_question(&mut visit)?;
    let all = visit.loads.sum_from(&lab.edge);
    if args.check {
        checks.push(Check::new(&budget::IN_ALL, all.bytes));
    }
    let mut table =
        FigureTable::new("page", "Loaded by a page with the tag", &["requests", "bytes", "stored"]);
    let figures = |sum: &Sum| [Some(sum.requests as f64), Some(sum.bytes as f64)];
    table.add_row("before the visitor acts", figures(&before).into_iter().chain([Some(stored)]));
    table.add_row("until the panel is ready", figures(&ready).into_iter().chain([None]));
    table.add_row("until the first answer is shown", figures(&all).into_iter().chain([None]));
    let others = visit.loads.sum_from_others(&[&lab.edge, &format!("localhost:{}", lab.host_port)]);
    table.add_row("from anybody else", figures(&others).into_iter().chain([None]));
    table.add_note("Bytes as received, with headers and the socket's frames; \"stored\" counts cookies and storage keys.");
    let mut each = FigureTable::new("page_each", "Each of these", &["bytes"]);
    for (name, bytes) in visit.loads.list_from(&lab.edge) {
        each.add_row(name, [Some(bytes as f64)]);
    }
    let mut times = FigureTable::new("page_times", "On this machine, without a network between", &["ms"]);
    times.add_row("from opening the panel until it is ready", [Some(opened)]);
    times.add_row("from asking until the answer is shown", [Some(answered)]);
    Ok(vec![table, each, times])
}

/// How much the host page's origin holds: cookies and keys of both storages.
const STORED: &str =
    "localStorage.length + sessionStorage.length + document.cookie.split(';').filter((c) => c.trim()).length";

/// Opens the panel; gives how long that took, in milliseconds.
fn open_panel(visit: &mut BrowserVisit) -> anyhow::Result<f64> {
    // Not awaited: the browser must be let go on as soon as it shows us the frame.
    let script = "window.hoiOpened = new Promise((done) => { const began = performance.now(); \
                  Hoi.on('ready', () => done(performance.now() - began)); Hoi.open(); }), 0";
    visit.in_page(script)?;
    visit.wait_until_idle()?;
    let took = visit.in_page("Promise.race([hoiOpened, new Promise((no) => setTimeout(no, 20000))])")?;
    took.as_f64().context("the panel does not become ready")
}

/// Asks, and waits until the answer is on the screen; gives how long that took, in milliseconds.
fn ask_question(visit: &mut BrowserVisit) -> anyhow::Result<f64> {
    let began = Instant::now();
    visit.in_page(&format!("Hoi.send({}), 0", json!(QUESTION)))?;
    let mut wanted = None;
    while began.elapsed() < PATIENCE {
        if let Some(event) = visit.browser.next_event(Duration::from_millis(20))? {
            visit.record_event(event)?;
        }
        wanted = wanted.or_else(|| visit.loads.first_answer());
        if let Some(words) = &wanted {
            let seen = format!("document.getElementById('hoi-log').textContent.includes({})", json!(words));
            if visit.in_frame(&seen)? == Value::Bool(true) {
                return Ok(began.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    bail!("no answer is shown after {} s", PATIENCE.as_secs())
}
