//! `cargo xtask bench crowd`: many visitors at once.

use super::{
    lab::Lab,
    socket::{BenchSocket, BenchVisitor, say_frame},
    table::FigureTable,
};
use crate::{build, run::print_step as tell};
use anyhow::{Context as _, bail, ensure};
use devkit::process::ChildProcess;
use serde_json::Value;
use std::{
    collections::VecDeque,
    net::TcpStream,
    process::Command,
    thread,
    time::{Duration, Instant},
};

/// Idle sockets, messages through one conversation, streams side by side, and a crowd that comes back.
///
/// Each in a fresh edge; what a plain object in the same runtime needs for the same stands beside it, where there is such.
#[derive(clap::Args)]
pub struct Args {
    /// How many visitors are connected in the end.
    #[arg(long, default_value_t = 5_000)]
    visitors: usize,
    /// How many messages go through one conversation.
    #[arg(long, default_value_t = 10_000)]
    messages: u32,
    /// How many answers are streamed at once.
    #[arg(long, default_value_t = 200)]
    streams: usize,
    /// How many visitors lose their line together.
    #[arg(long, default_value_t = 1_000)]
    dropped: usize,
}

/// A time that people still take for "at once", in milliseconds; what comes later is not counted as served.
const AT_ONCE_MS: f64 = 100.0;
/// How many messages are on their way at a time.
const WINDOWS: &[usize] = &[1, 4, 16, 64];
/// Limits of the site's that a crowd from one place would meet.
const EDITS: &[(&str, &str)] = &[
    ("\nmessages_per_minute = 15\n", "\nmessages_per_minute = 100000\n"),
    ("\nmessages_per_day = 300\n", "\nmessages_per_day = 10000000\n"),
    ("\naddress_messages_per_day = 3000\n", "\naddress_messages_per_day = 10000000\n"),
    ("\nsite_messages_per_day = 50000\n", "\nsite_messages_per_day = 10000000\n"),
    ("\ntimeout_seconds = 20\n", "\ntimeout_seconds = 60\nat_once = 1000\n"),
];

pub fn run(args: &Args) -> anyhow::Result<Vec<FigureTable>> {
    let parts: [&dyn Fn() -> anyhow::Result<FigureTable>; 4] = [
        &|| measure_streams(args.streams),
        &|| measure_reconnects(args.dropped),
        &|| measure_one_conversation(args.messages),
        &|| measure_idle_crowd(args.visitors),
    ];
    parts.into_iter().map(|part| part()).collect()
}

fn open_lab() -> anyhow::Result<Lab> {
    let lab = Lab::open(None)?;
    lab.publish_site(EDITS)?;
    // The first visitor wakes the site; nobody measures that here.
    BenchVisitor::open(&lab.edge)?.send_message("giờ làm việc")?;
    Ok(lab)
}

fn take_percentile(times: &mut [f64], share: f64) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(((times.len() as f64 * share).ceil() as usize).saturating_sub(1)).copied()
}

/// Memory that idle visitors hold: each a conversation of its own, beside as many plain objects.
fn measure_idle_crowd(most: usize) -> anyhow::Result<FigureTable> {
    tell("idle sockets");
    let mut table = FigureTable::new("idle", "Idle sockets", &["MB", "KB each", "plain KB"]);
    let lab = open_lab()?;
    let before = lab.memory_mb()?;
    let (mut visitors, mut sockets) = (Vec::new(), Vec::new());
    let mut held = before;
    for step in [most / 5, most] {
        let (new, from) = ((step - visitors.len()) as f64, held);
        while visitors.len() < step {
            visitors.push(BenchVisitor::open(&lab.edge)?);
        }
        let with_visitors = lab.memory_mb()?;
        while sockets.len() < step {
            sockets.push(BenchSocket::open(&lab.echo, &format!("/echo/{}", sockets.len()), None)?);
        }
        held = lab.memory_mb()?;
        let each = |more: f64| Some(more * 1e3 / new);
        let row = [Some(with_visitors), each(with_visitors - from), each(held - with_visitors)];
        table.add_row(format!("{step} visitors"), row);
    }
    table.add_note(format!("The edge held {before:.0} MB with one visitor."));
    Ok(table)
}

/// Messages through one conversation.
fn measure_one_conversation(messages: u32) -> anyhow::Result<FigureTable> {
    tell("one conversation");
    let lab = open_lab()?;
    let before = lab.memory_mb()?;
    let mut table = FigureTable::new("one", "One conversation", &["messages/s", "p95 ms", "MB"]);
    let mut visitor = BenchVisitor::open(&lab.edge)?;
    let is_ack = |frame: &str| frame.contains("\"t\":\"ack\"");
    let few = messages / 10;
    let mut next = 0;
    for window in WINDOWS {
        let (rate, p95) = pump_messages(visitor.socket(), few, *window, &mut next, is_ack)?;
        table.add_row(format!("edge, {window} on their way"), [Some(rate), Some(p95), None]);
    }
    for (name, kind) in [("plain echo", "echo"), ("echo that writes a row", "keep")] {
        for window in WINDOWS {
            let mut socket = BenchSocket::open(&lab.echo, &format!("/{kind}/{window}"), None)?;
            let (rate, p95) = pump_messages(&mut socket, few, *window, &mut 0, |_| true)?;
            table.add_row(format!("{name}, {window} on their way"), [Some(rate), Some(p95), None]);
        }
    }
    let (rate, p95) = pump_messages(visitor.socket(), messages, 16, &mut next, is_ack)?;
    let held = lab.memory_mb()?;
    table.add_row(format!("edge, {messages} messages"), [Some(rate), Some(p95), Some(held)]);
    table.add_note(format!(
        "Served means within {AT_ONCE_MS} ms for 95 of 100. The runtime held {before:.0} MB before all of it."
    ));
    Ok(table)
}

/// Sends `count` messages, `window` of them on their way at a time: messages a second, and the 95th percentile in ms.
fn pump_messages(
    socket: &mut BenchSocket,
    count: u32,
    window: usize,
    next: &mut u32,
    is_ack: impl Fn(&str) -> bool,
) -> anyhow::Result<(f64, f64)> {
    let (mut sent, mut times) = (VecDeque::new(), Vec::new());
    let (began, last) = (Instant::now(), *next + count);
    while times.len() < count as usize {
        while sent.len() < window && *next < last {
            *next += 1;
            // Ids of the visitor's own few messages are small.
            socket.send(&say_frame(1_000_000 + *next, "giờ làm việc"))?;
            sent.push_back(Instant::now());
        }
        if is_ack(&socket.next()?) {
            let at: Instant = sent.pop_front().context("an acknowledgement of nothing")?;
            times.push(at.elapsed().as_secs_f64() * 1e3);
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    Ok((f64::from(count) / seconds, take_percentile(&mut times, 0.95).unwrap_or_default()))
}

/// Answers that are streamed side by side, 50 words a second each.
fn measure_streams(count: usize) -> anyhow::Result<FigureTable> {
    tell("streams");
    let lab = open_lab()?;
    let _agency = start_agency(&lab)?;
    let mut table =
        FigureTable::new("streams", "Streams, 50 words a second", &["p50 ms", "p95 ms", "p99 ms", "pieces"]);
    for count in [1, count] {
        let visitors =
            (0..count).map(|_| BenchVisitor::open(&lab.edge)).collect::<anyhow::Result<Vec<_>>>()?;
        let listening = visitors.into_iter().map(|visitor| thread::spawn(move || measure_gaps(visitor)));
        let listening: Vec<_> = listening.collect();
        let mut all = Vec::new();
        for each in listening {
            all.extend(each.join().map_err(|_| anyhow::anyhow!("a visitor panicked"))??);
        }
        let pieces = all.len() as f64;
        let mut at = |share| take_percentile(&mut all, share);
        table.add_row(format!("{count} at once"), [at(0.5), at(0.95), at(0.99), Some(pieces)]);
    }
    table.add_note("Time between two pieces of one answer; the edge gathers what comes within 80 ms.");
    Ok(table)
}

/// Asks something that the agency streams; the time between its pieces, in ms.
fn measure_gaps(mut visitor: BenchVisitor) -> anyhow::Result<Vec<f64>> {
    visitor.socket().send(&say_frame(1, "con mèo nhà tôi thích nghe nhạc cổ điển"))?;
    let (mut last, mut gaps) = (None::<Instant>, Vec::new());
    loop {
        let down: Value = serde_json::from_str(&visitor.socket().next()?)?;
        let is = |name| down.get("t").and_then(Value::as_str) == Some(name);
        if is("grow") {
            gaps.extend(last.map(|last| last.elapsed().as_secs_f64() * 1e3));
            last = Some(Instant::now());
        }
        let state = down.get("state").and_then(Value::as_str).unwrap_or("done");
        match (is("message") && state == "done" && down.get("id").is_none(), last) {
            (true, Some(_)) => return Ok(gaps),
            (true, None) => bail!("the answer did not come in pieces: {down}"),
            (false, _) => {}
        }
    }
}

/// A stand-in that streams some two hundred words.
fn start_agency(lab: &Lab) -> anyhow::Result<ChildProcess> {
    let mut hoi = Command::new(build::build_hoi()?);
    let words = "mười chữ này được gửi đi từng chữ một thôi ".repeat(20);
    hoi.args(["agency", "--piece-ms", "20", "--port", &lab.agency_port.to_string(), "--reply", &words]);
    hoi.env("AGENCY_SECRET", super::lab::AGENCY_SECRET).stdout(std::process::Stdio::null());
    let running = ChildProcess::start("hoi agency", &mut hoi)?;
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", lab.agency_port)).is_err() {
        ensure!(began.elapsed() < Duration::from_secs(30), "the stand-in agency does not listen");
        thread::sleep(Duration::from_millis(20));
    }
    Ok(running)
}

/// The runtime is killed under a crowd: how soon each of it is back, by the widget's own rule.
fn measure_reconnects(count: usize) -> anyhow::Result<FigureTable> {
    tell("a crowd that comes back");
    let mut lab = open_lab()?;
    let visitors = (0..count).map(|_| BenchVisitor::open(&lab.edge)).collect::<anyhow::Result<Vec<_>>>()?;
    let killed = Instant::now();
    lab.stop();
    let returning = visitors.into_iter().enumerate().map(|(number, mut visitor)| {
        let small = thread::Builder::new().stack_size(256 * 1024);
        small.spawn(move || visitor.reconnect(number as u64).map(|()| killed.elapsed().as_secs_f64() * 1e3))
    });
    let returning = returning.collect::<Result<Vec<_>, _>>()?;
    lab.start()?;
    let up = killed.elapsed().as_secs_f64() * 1e3;
    let mut times = Vec::new();
    for each in returning {
        times.push(each.join().map_err(|_| anyhow::anyhow!("a visitor panicked"))??);
    }
    let mut table =
        FigureTable::new("back", "A crowd that comes back", &["p50 ms", "p90 ms", "slowest ms", "visitors"]);
    let mut at = |share| take_percentile(&mut times, share);
    table.add_row("after kill -9", [at(0.5), at(0.9), at(1.0), Some(count as f64)]);
    table.add_row("the edge itself", [Some(up), None, None, None]);
    table.add_note(format!("{} ms of it nobody was there.", Duration::from_secs_f64(up / 1e3).as_millis()));
    Ok(table)
}
