//! `cargo xtask bench widget`: how the widget behaves in a visitor's hands, in real Chromium.

use super::{
    access,
    lab::Lab,
    page::QUESTION,
    socket::BenchVisitor,
    table::FigureTable,
    visit::{BrowserVisit, DESKTOP, EmulatedDevice, PHONE, serve_page},
};
use crate::run::print_step;
use anyhow::Context as _;
use serde_json::{Value, json};
use std::time::Duration;

/// Times, blocking, memory and long conversations, on this machine and as on a cheap phone. Takes some minutes.
///
/// Medians of several runs, each in a browser of its own with an empty profile.
#[derive(clap::Args)]
pub struct Args {
    /// How many runs of each.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Conversations of so many messages; 0 for none.
    #[arg(long, value_delimiter = ',', default_value = "1000,5000")]
    messages: Vec<usize>,
}

const SCRIPT: &str = include_str!("../../bench/widget.js");

/// One visitor says more than any site would let him.
const LIMITS: &[(&str, &str)] = &[
    ("messages_per_minute = 15", "messages_per_minute = 100000"),
    ("messages_per_day = 300\n", "messages_per_day = 100000\n"),
    ("address_messages_per_day = 3000", "address_messages_per_day = 100000"),
];

const KEYS: &str = "the quick brown fox jumps over";
/// Between two keys.
const TYPING: Duration = Duration::from_millis(90);

/// What one run has found, in the order of the table.
type Figures = Vec<(&'static str, f64)>;

pub fn run(args: &Args) -> anyhow::Result<Vec<FigureTable>> {
    let lab = Lab::open(None)?;
    lab.publish_site(LIMITS)?;
    serve_page(&lab)?;
    // Wakes the site's object: nobody measures that here.
    BenchVisitor::open(&lab.edge)?.send_message(QUESTION)?;
    let mut table = FigureTable::new("widget", "A visit", &["desktop", "phone"]);
    let devices = [DESKTOP, PHONE].map(|device| {
        print_step(&format!("measuring visits: {}", device.name));
        (0..args.runs).map(|_| measure_visit(&lab, device)).collect::<anyhow::Result<Vec<_>>>()
    });
    let [desktop, phone] = devices;
    fill_table(&mut table, [&desktop?, &phone?]);
    table.add_note(format!(
        "Medians of {} runs, each in a new browser; phone: CPU slowed 6 times, 1.6 Mbit/s, 150 ms.",
        args.runs
    ));
    let mut long = FigureTable::new("widget_long", "Coming back to a conversation", &["desktop", "phone"]);
    for &messages in args.messages.iter().filter(|messages| **messages > 0) {
        print_step(&format!("measuring a conversation of {messages} messages"));
        let kept = hold_conversation(&lab, messages)?;
        let [desktop, phone] = [DESKTOP, PHONE].map(|device| {
            (0..args.runs.min(3)).map(|_| come_back(&lab, device, &kept)).collect::<anyhow::Result<Vec<_>>>()
        });
        long.add_row(format!("{messages} messages"), [None, None]);
        fill_table(&mut long, [&desktop?, &phone?]);
    }
    long.add_note("The edge sends the newest 500; what was before them is not drawn.");
    Ok([table, long].into_iter().chain(access::measure_access(&lab)?).collect())
}

/// A row for each figure: its median on every device.
fn fill_table(table: &mut FigureTable, devices: [&Vec<Figures>; 2]) {
    let names: Vec<&'static str> =
        devices.iter().filter_map(|runs| runs.first()).flatten().map(|(name, _)| *name).collect();
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
            table.add_row(name, devices.map(|runs| median_figure(runs, name)));
        }
    }
}

fn median_figure(runs: &[Figures], name: &str) -> Option<f64> {
    let of = |run: &Figures| run.iter().find(|(own, _)| *own == name).map(|(_, figure)| *figure);
    let mut found: Vec<f64> = runs.iter().filter_map(of).collect();
    found.sort_by(f64::total_cmp);
    found.get(found.len() / 2).copied()
}

/// Two visitors: one who presses the launcher at once, and one whose pointer has rested on it.
fn measure_visit(lab: &Lab, device: EmulatedDevice) -> anyhow::Result<Figures> {
    let alone = measure_bare_page(lab, device)?;
    let mut visit = open_visit(lab, device, SCRIPT)?;
    let before = visit.loads.sum_from(&lab.edge);
    let launcher = read_number(&visit.in_page("hoiBench.launcher - performance.timeOrigin")?)?;
    let cold = press_launcher(&mut visit)?;
    visit.wait_until_idle()?;
    let opened = visit.loads.sum_from(&lab.edge);
    let answered = ask_question(&mut visit)?;
    visit.wait_until_idle()?;
    let all = visit.loads.sum_from(&lab.edge);
    let sum = |visit: &mut BrowserVisit, name: &str| -> anyhow::Result<f64> {
        let read = format!("hoiBench.{name}");
        Ok(read_number(&visit.in_page(&read)?)? + read_number(&visit.in_frame(&read)?)?)
    };
    let (blocked, shifted) = (sum(&mut visit, "blocked")?, sum(&mut visit, "shifted")?);
    let used = Used::measure(&mut visit)?;
    let wasm = read_number(&visit.in_frame("hoiBench.memory()")?)?;
    let mut patient = open_visit(lab, device, SCRIPT)?;
    wait_for_rest(&mut patient)?;
    let prefetched = press_launcher(&mut patient)?;
    let mut figures = vec![
        ("before opening, requests", before.requests as f64),
        ("before opening, bytes", before.bytes as f64),
        ("panel ready, requests", opened.requests as f64),
        ("panel ready, bytes", opened.bytes as f64),
        ("first answer, requests", all.requests as f64),
        ("first answer, bytes", all.bytes as f64),
        ("launcher visible, ms", launcher),
        ("click to typing, cold, ms", cold),
        ("click to typing, prefetched, ms", prefetched),
        ("Enter to answer shown, ms", answered),
        ("total blocking time, ms", blocked),
        ("JS heap after it, kB", (used.heap - alone.heap) / 1e3),
        ("wasm memory, kB", wasm / 1e3),
        ("cumulative layout shift", shifted),
    ];
    figures.extend(cpu_figure(device, "main-thread CPU to the answer, ms", used.cpu - alone.cpu));
    Ok(figures)
}

/// Chromium slows a CPU down by keeping it busy: what was used there says nothing.
fn cpu_figure(device: EmulatedDevice, name: &'static str, used: f64) -> Option<(&'static str, f64)> {
    (device.slower == 1).then_some((name, used))
}

/// A browser on the page, and nothing more on its way.
fn open_visit(lab: &Lab, device: EmulatedDevice, script: &str) -> anyhow::Result<BrowserVisit> {
    let mut visit = BrowserVisit::start(device, script)?;
    visit.navigate(&format!("http://localhost:{}/", lab.host_port))?;
    Ok(visit)
}

/// The same page without the tag.
fn measure_bare_page(lab: &Lab, device: EmulatedDevice) -> anyhow::Result<Used> {
    let mut visit = BrowserVisit::start(device, SCRIPT)?;
    visit.navigate(&format!("http://localhost:{}/alone", lab.host_port))?;
    Used::measure(&mut visit)
}

fn send_mouse(visit: &mut BrowserVisit, kinds: &[(&str, u8)]) -> anyhow::Result<()> {
    let page = visit.page.clone();
    // The middle of the button in the lower right corner.
    let [x, y] = ["innerWidth - 44", "innerHeight - 44"].map(|read| visit.in_page(read));
    let (x, y) = (x?, y?);
    for (kind, count) in kinds {
        let event = json!({ "type": kind, "x": x, "y": y, "button": if *count > 0 { "left" } else { "none" }, "clickCount": count });
        visit.browser.call(&page, "Input.dispatchMouseEvent", &event)?;
    }
    Ok(())
}

/// The pointer comes to rest on the launcher.
fn wait_for_rest(visit: &mut BrowserVisit) -> anyhow::Result<()> {
    send_mouse(visit, &[("mouseMoved", 0)])?;
    visit.wait_until_idle()
}

/// Presses the launcher; gives the milliseconds until the composer can be typed into.
fn press_launcher(visit: &mut BrowserVisit) -> anyhow::Result<f64> {
    send_mouse(visit, &[("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 1)])?;
    visit.wait_until("the composer", "window.hoiBench?.usable > 0")?;
    let usable = read_number(&visit.in_frame("hoiBench.usable")?)?;
    let page =
        |visit: &mut BrowserVisit, name: &str| read_number(&visit.in_page(&format!("hoiBench.{name}"))?);
    Ok(usable.max(page(visit, "opened")?) - page(visit, "clicked")?)
}

/// Asks with a real key; gives the milliseconds from it until the answer is drawn.
fn ask_question(visit: &mut BrowserVisit) -> anyhow::Result<f64> {
    let frame = visit.frame_session()?;
    visit.in_frame("document.querySelector('textarea').focus()")?;
    visit.browser.call(&frame, "Input.insertText", &json!({ "text": QUESTION }))?;
    // A greeting is there already.
    visit.in_frame(
        "hoiBench.when('answered', () => document.querySelectorAll('.hoi-from-assistant').length > 1)",
    )?;
    press_key(visit, "Enter", "\r")?;
    visit.wait_until("the answer", "hoiBench.answered > 0")?;
    read_number(&visit.in_frame("hoiBench.answered - hoiBench.pressed")?)
}

fn press_key(visit: &mut BrowserVisit, name: &str, text: &str) -> anyhow::Result<()> {
    let frame = visit.frame_session()?;
    let code = if name == "Enter" { 13 } else { 0 };
    for (kind, text) in [("keyDown", text), ("keyUp", "")] {
        let event = json!({ "type": kind, "key": name, "text": text, "windowsVirtualKeyCode": code });
        visit.browser.call(&frame, "Input.dispatchKeyEvent", &event)?;
    }
    Ok(())
}

/// What was used so far.
#[derive(Clone, Copy)]
struct Used {
    /// The time that main threads really ran, in milliseconds.
    cpu: f64,
    /// What JavaScript holds after its garbage is collected, in bytes.
    heap: f64,
}

impl Used {
    fn measure(visit: &mut BrowserVisit) -> anyhow::Result<Used> {
        let mut used = Used { cpu: 0.0, heap: 0.0 };
        for session in [Some(visit.page.clone()), visit.frame.clone()].into_iter().flatten() {
            let browser = &mut visit.browser;
            let before = browser.call(&session, "Performance.getMetrics", &json!({}))?;
            browser.call(&session, "HeapProfiler.collectGarbage", &json!({}))?;
            let after = browser.call(&session, "Performance.getMetrics", &json!({}))?;
            used.cpu += find_metric(&before, "ThreadTime")? * 1e3;
            used.heap += find_metric(&after, "JSHeapUsedSize")?;
        }
        Ok(used)
    }
}

fn find_metric(metrics: &Value, name: &str) -> anyhow::Result<f64> {
    let all = metrics.get("metrics").and_then(Value::as_array).into_iter().flatten();
    let found = all.into_iter().find(|metric| metric.get("name").and_then(Value::as_str) == Some(name));
    found.and_then(|metric| metric.get("value")?.as_f64()).with_context(|| format!("no {name} in {metrics}"))
}

fn read_number(value: &Value) -> anyhow::Result<f64> {
    value.as_f64().with_context(|| format!("no number: {value}"))
}

/// A conversation of so many messages; gives it as a browser keeps it.
fn hold_conversation(lab: &Lab, messages: usize) -> anyhow::Result<String> {
    let mut visitor = BenchVisitor::open(&lab.edge)?;
    for _ in 0..messages / 2 {
        visitor.send_message("mấy giờ phường mở cửa")?;
    }
    Ok(visitor.stored_conversation().to_owned())
}

/// Somebody comes back to a long conversation, and types.
fn come_back(lab: &Lab, device: EmulatedDevice, kept: &str) -> anyhow::Result<Figures> {
    let keep =
        format!("{SCRIPT};if (top !== window) localStorage['hoi:ward:conversation'] = {}", json!(kept));
    let mut visit = open_visit(lab, device, &keep)?;
    let before = Used::measure(&mut visit)?;
    press_launcher(&mut visit)?;
    visit.wait_until_idle()?;
    visit.wait_until("the conversation", "document.querySelectorAll('.hoi-message').length > 2")?;
    visit.wait_until_idle()?;
    let clicked = read_number(&visit.in_page("hoiBench.clicked")?)?;
    let shown = read_number(&visit.in_frame("hoiBench.grown")?)? - clicked;
    let drawn = read_number(&visit.in_frame("document.querySelectorAll('.hoi-message').length - 1")?)?;
    let nodes = read_number(&visit.in_frame("document.querySelectorAll('*').length")?)?;
    let used = Used::measure(&mut visit)?;
    visit.in_frame("document.querySelector('textarea').focus(), hoiBench.keys.length = 0")?;
    for letter in KEYS.chars() {
        press_key(&mut visit, &letter.to_string(), &letter.to_string())?;
        std::thread::sleep(TYPING);
    }
    let keys = visit.in_frame("hoiBench.keys.sort((a, b) => a - b)[hoiBench.keys.length >> 1]")?;
    let mut figures = vec![
        ("… click to all shown, ms", shown),
        ("… messages drawn", drawn),
        ("… elements in the frame", nodes),
        ("… JS heap, kB", used.heap / 1e3),
        ("… key to paint, ms", read_number(&keys)?),
    ];
    figures.extend(cpu_figure(device, "… main-thread CPU, ms", used.cpu - before.cpu));
    Ok(figures)
}
