//! What a visitor meets who uses no mouse, sees little or hits badly: keys, targets, contrast, axe-core.

use super::{
    lab::Lab,
    page::QUESTION,
    table::FigureTable,
    visit::{BrowserVisit, DESKTOP},
};
use crate::{
    paths,
    run::{command_output, print_step},
};
use anyhow::{Context as _, bail};
use serde_json::{Value, json};
use std::{fs, process::Command};

/// So many brands of colours that a site may have chosen.
const BRANDS: &str = "200";
/// More presses of Tab than any way to the launcher takes.
const TABS: usize = 30;

/// How the screen is, by the media features of style sheets.
const THEMES: [(&str, &str, &str); 3] = [
    ("light", "prefers-color-scheme", "light"),
    ("dark", "prefers-color-scheme", "dark"),
    ("forced colours", "forced-colors", "active"),
];

/// What can be seen, with what leads there from the one before: what happens in the frame, and what there is then.
const STATES: [(&str, &str, &str); 5] = [
    ("start", "0", "document.querySelector('form.hoi-composer:not([action])')"),
    (
        "menu",
        "document.querySelector('.hoi-menu:last-of-type').open = true",
        "document.querySelector('.hoi-larger')",
    ),
    ("answer", "", "document.querySelector('.hoi-procedure')"),
    (
        "why not",
        "document.querySelectorAll('.hoi-thumb')[1].click()",
        "document.querySelector('.hoi-opinion')",
    ),
    ("start over", "document.querySelector('.hoi-over').click()", "document.querySelector('.hoi-bar')"),
];

/// Links in a sentence are as small as its text, which WCAG 2.5.8 lets them be.
const SMALLEST: &str = "Math.min(...[...document.querySelectorAll('button, summary, textarea, input:not([tabindex=\"-1\"]), \
    a:not(.hoi-link)')].filter((e) => e.checkVisibility()).map((e) => (e.closest('label') || e).getBoundingClientRect())\
    .map((r) => Math.min(r.width, r.height)))";

/// Measures all of it.
///
/// # Errors
/// If the browser or the site's colours can't be had.
pub fn measure_access(lab: &Lab) -> anyhow::Result<Vec<FigureTable>> {
    print_step("measuring keys, targets, contrast and what axe-core finds");
    let mut table = FigureTable::new("widget_access", "Without a mouse, on any screen", &["found"]);
    table.add_row("keys from the page to the first answer, letters apart", [Some(count_keys(lab)?)]);
    table.add_row("worst contrast of 200 brands", [Some(measure_contrast()?)]);
    let mut smallest = f64::INFINITY;
    let mut found = FigureTable::new("widget_axe", "What axe-core finds", &["light", "dark", "forced"]);
    let mut columns = Vec::new();
    for theme in THEMES {
        let (violations, least) = walk_states(lab, theme)?;
        smallest = smallest.min(least);
        columns.push(violations);
    }
    for (row, (state, ..)) in STATES.iter().enumerate() {
        found.add_row(*state, columns.iter().map(|column| column.get(row).copied()));
    }
    table.add_row("smallest target, px", [Some(smallest)]);
    Ok(vec![table, found])
}

/// Tab until the launcher has the focus, Enter, the question, Enter: how many presses, the question's letters apart.
fn count_keys(lab: &Lab) -> anyhow::Result<f64> {
    let mut visit = BrowserVisit::start(DESKTOP, "")?;
    visit.navigate(&format!("http://localhost:{}/", lab.host_port))?;
    let page = visit.page.clone();
    let mut presses = 0;
    while visit.in_page("document.activeElement === document.body")? == Value::Bool(true) {
        if presses == TABS {
            bail!("the launcher has no focus after {TABS} presses of Tab");
        }
        press_key(&mut visit, &page, "Tab", 9, "")?;
        presses += 1;
    }
    press_key(&mut visit, &page, "Enter", 13, "\r")?;
    visit.wait_until("the focus in the composer", "document.activeElement?.localName === 'textarea'")?;
    ask_question(&mut visit)?;
    Ok((presses + 2) as f64)
}

fn press_key(
    visit: &mut BrowserVisit,
    session: &str,
    key: &str,
    code: u32,
    text: &str,
) -> anyhow::Result<()> {
    for (kind, text) in [(if text.is_empty() { "rawKeyDown" } else { "keyDown" }, text), ("keyUp", "")] {
        let event =
            json!({ "type": kind, "key": key, "code": key, "text": text, "windowsVirtualKeyCode": code });
        visit.browser.call(session, "Input.dispatchKeyEvent", &event)?;
    }
    Ok(())
}

/// Types the question into what has the focus, sends it with Enter, and waits for the answer.
fn ask_question(visit: &mut BrowserVisit) -> anyhow::Result<()> {
    let frame = visit.frame_session()?;
    visit.browser.call(&frame, "Input.insertText", &json!({ "text": QUESTION }))?;
    press_key(visit, &frame, "Enter", 13, "\r")?;
    visit.wait_until("the answer", "document.querySelectorAll('.hoi-from-assistant').length > 1")
}

fn measure_contrast() -> anyhow::Result<f64> {
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--package", "site", "--example", "contrast", "--", BRANDS]);
    let found = command_output(cargo.current_dir(paths::repository_root()))
        .context("the colours could not be worked out")?;
    Ok(found.trim().parse()?)
}

/// Through all states in one theme: how much axe-core finds in each, and the smallest target of all.
fn walk_states(lab: &Lab, theme: (&str, &str, &str)) -> anyhow::Result<(Vec<f64>, f64)> {
    let (_, feature, value) = theme;
    let mut visit = BrowserVisit::start(DESKTOP, "")?;
    let page = visit.page.clone();
    visit.navigate(&format!("http://localhost:{}/", lab.host_port))?;
    visit.in_page("Hoi.open(), 0")?;
    visit.wait_until_idle()?;
    let media = json!({ "features": [{ "name": feature, "value": value }] });
    for session in [page, visit.frame_session()?] {
        visit.browser.call(&session, "Emulation.setEmulatedMedia", &media)?;
    }
    let axe = fs::read_to_string(paths::npm_tools().join("node_modules/axe-core/axe.min.js"))?;
    visit.in_frame(&format!("{axe};0"))?;
    let (mut found, mut smallest) = (Vec::new(), f64::INFINITY);
    for (state, act, there) in STATES {
        if state == "answer" {
            visit.in_frame("document.querySelector('textarea').focus(), 0")?;
            ask_question(&mut visit)?;
        } else {
            visit.in_frame(&format!("{act}, 0"))?;
        }
        visit.wait_until(state, &format!("!!{there}"))?;
        let count = visit.in_frame("axe.run(document).then((found) => found.violations.length)")?;
        found.push(count.as_f64().with_context(|| format!("axe-core says {count}"))?);
        smallest = smallest.min(visit.in_frame(SMALLEST)?.as_f64().context("nothing to press")?);
    }
    Ok((found, smallest))
}
