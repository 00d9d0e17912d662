//! A real browser in which no socket can be opened: what the widget itself posts has to get through.

use super::context::{Journey, PATIENCE};
use crate::bench::visit::{BrowserVisit, DESKTOP};
use anyhow::{bail, ensure};
use serde_json::{Value, json};
use std::{
    thread::sleep,
    time::{Duration, Instant},
};

/// As in an office whose proxy lets no upgrade through.
const NO_SOCKETS: &str =
    "window.WebSocket = class { constructor() { throw new Error('no sockets here'); } };";
/// How long the widget may take to take the page over, once its code is there.
const TAKEOVER: Duration = Duration::from_secs(3);
/// Types an everyday question and sends it, once the widget has taken the page over.
const ASK: &str = "(() => {
  const field = document.querySelector('textarea'), send = document.querySelector('.hoi-send');
  if (!field || !send) return false;
  field.focus();
  document.execCommand('insertText', false, 'lam giay khai sinh cho con can gi');
  send.click();
  return true;
})()";

/// Whether a file or an address whose name contains this was loaded.
fn was_loaded(visit: &mut BrowserVisit, name: &str) -> anyhow::Result<bool> {
    let script =
        format!("performance.getEntriesByType('resource').some((each) => each.name.includes('{name}'))");
    Ok(visit.in_page(&script)? == Value::Bool(true))
}

/// Waits until `holds`, for as long as one answer may take.
fn wait_until(mut holds: impl FnMut() -> anyhow::Result<bool>) -> anyhow::Result<bool> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if holds()? {
            return Ok(true);
        }
        sleep(Duration::from_millis(100));
    }
    Ok(false)
}

pub fn ask_without_sockets(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let mut visit = BrowserVisit::start(DESKTOP, NO_SOCKETS)?;
    let page = visit.page.clone();
    // An answer that goes on never ends: there is no silence to wait for.
    visit.browser.call(&page, "Page.navigate", &json!({ "url": journey.absolute_url("/s/ward?lang=vi") }))?;
    ensure!(wait_until(|| was_loaded(&mut visit, ".wasm"))?, "the widget does not load");
    // It takes the page over a moment later; without it, the same button posts a form.
    sleep(TAKEOVER);
    ensure!(visit.in_page(ASK)? == Value::Bool(true), "the page has no field to write in");
    let began = Instant::now();
    let shown = "!!document.querySelector('.hoi-procedure') && !document.querySelector('.hoi-bar')";
    if !wait_until(|| Ok(visit.in_page(shown)? == Value::Bool(true)))? {
        bail!("no answer is shown; the page says {}", visit.in_page("document.body.innerText.slice(-300)")?);
    }
    let took = began.elapsed().as_millis();
    ensure!(was_loaded(&mut visit, "/s/ward/line")?, "it was answered, but nothing was posted by the widget");
    Ok(format!("answered in Chromium after {took} ms"))
}
