//! `cargo xtask bench edge`: time per message.

use super::{
    lab::Lab,
    socket::{BenchSocket, BenchVisitor, say_frame},
    table::FigureTable,
};
use crate::run::print_step as tell;
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// Time per message over a real socket, against a plain echo in the same runtime.
///
/// Each conversation says some questions that the edge answers by itself; before it, as many frames go to an object that
/// only echoes, and to one that writes a row first. All three thus meet the same machine in the same minute.
#[derive(clap::Args)]
pub struct Args {
    /// How many conversations, one after the other; 14 messages each.
    #[arg(long, default_value_t = 100)]
    conversations: u32,
}

impl Default for Args {
    fn default() -> Self {
        Args { conversations: 100 }
    }
}

/// What people ask a ward office, in the ways they type it. The edge answers each by itself.
const QUESTIONS: &[&str] = &[
    "lam giay khai sinh cho con can gi",
    "mấy giờ phường mở cửa",
    "đăng ký kết hôn cần giấy tờ gì",
    "chứng thực bản sao bao nhiêu tiền",
    "dang ky tam tru o dau",
    "tra cứu hồ sơ của tôi",
    "xác nhận tình trạng hôn nhân",
];

/// Messages of one conversation, within what a site lets a visitor send in a minute.
const MESSAGES: usize = 14;

/// Between conversations.
const REST: Duration = Duration::from_millis(100);

/// Times of one kind of thing, in milliseconds.
#[derive(Default)]
struct Times(Vec<f64>);

impl Times {
    fn add(&mut self, time: Duration) {
        self.0.push(time.as_secs_f64() * 1e3);
    }

    /// The time that `share` of all stayed within.
    fn percentile(&mut self, share: f64) -> f64 {
        self.0.sort_by(f64::total_cmp);
        let at = (self.0.len() as f64 * share).ceil() as usize;
        self.0.get(at.saturating_sub(1)).copied().unwrap_or_default()
    }
}

/// Everything that is timed.
#[derive(Default)]
struct EdgeTimings {
    first: Times,
    acknowledged: Times,
    answered: Times,
    echo_first: Times,
    echo: Times,
    keep_first: Times,
    keep: Times,
}

/// A file system in memory, where there is one.
const MEMORY: &str = "/dev/shm";

pub fn run(args: &Args) -> anyhow::Result<Vec<FigureTable>> {
    tell("measuring time per message");
    let measured = measure_conversations(&Lab::open(None)?, args.conversations)?;
    let mut tables = vec![render_measured("edge", "Time per message, data on the disk", measured)];
    if Path::new(MEMORY).is_dir() {
        let folder = Path::new(MEMORY).join(format!("hoi-bench-{}", std::process::id()));
        let measured = measure_conversations(&Lab::open(Some(&folder))?, args.conversations)?;
        tables.push(render_measured("edge_in_memory", "Time per message, data in memory", measured));
    }
    if let Some(last) = tables.last_mut() {
        last.add_note(
            "The ratios are the figures: all ran in turn, in the same runtime on the same machine.",
        );
    }
    Ok(tables)
}

fn measure_conversations(lab: &Lab, conversations: u32) -> anyhow::Result<EdgeTimings> {
    // The first visitor wakes the site's object and compiles the wasm; nobody measures that here.
    BenchVisitor::open(&lab.edge)?.send_message(QUESTIONS.first().copied().unwrap_or_default())?;
    let mut measured = EdgeTimings::default();
    for conversation in 0..conversations {
        measure_conversation(lab, conversation, &mut measured)?;
    }
    Ok(measured)
}

/// As many frames to both echoes, then one conversation.
fn measure_conversation(lab: &Lab, number: u32, measured: &mut EdgeTimings) -> anyhow::Result<()> {
    let questions = || QUESTIONS.iter().cycle().take(MESSAGES).enumerate();
    let echo = |kind: &str, first: &mut Times, later: &mut Times| -> anyhow::Result<()> {
        let mut socket = BenchSocket::open(&lab.echo, &format!("/{kind}/{number}"), None)?;
        for (at, question) in questions() {
            let frame = say_frame(at as u32, question);
            let started = Instant::now();
            socket.send(&frame)?;
            socket.next()?;
            (if at == 0 { &mut *first } else { &mut *later }).add(started.elapsed());
        }
        Ok(())
    };
    let EdgeTimings { first, acknowledged, answered, echo_first, echo: echoed, keep_first, keep } = measured;
    echo("echo", echo_first, echoed)?;
    echo("keep", keep_first, keep)?;
    let mut visitor = BenchVisitor::open(&lab.edge)?;
    for (at, question) in questions() {
        let took = visitor.send_message(question)?;
        if at == 0 {
            first.add(took.answered);
        } else {
            acknowledged.add(took.acknowledged);
            answered.add(took.answered);
        }
    }
    // What the edge still does after its last answer must not be charged to the next echo.
    std::thread::sleep(REST);
    Ok(())
}

const COLUMNS: &[&str] = &["p50 ms", "p99 ms", "× echo p50", "× echo p99", "× row p50", "× row p99", "count"];

fn render_measured(name: &'static str, title: &str, mut measured: EdgeTimings) -> FigureTable {
    let mut table = FigureTable::new(name, title, COLUMNS);
    let EdgeTimings { first, acknowledged, answered, echo_first, echo, keep_first, keep } = &mut measured;
    let mut add = |name: &str, times: &mut Times, against: [&mut Times; 2]| {
        let own = [times.percentile(0.5), times.percentile(0.99)];
        let mut figures = own.map(Some).to_vec();
        for other in against {
            let others = [other.percentile(0.5), other.percentile(0.99)];
            figures.extend(own.iter().zip(others).map(|(own, other)| (other > 0.0).then(|| own / other)));
        }
        figures.push(Some(times.0.len() as f64));
        table.add_row(name, figures);
    };
    add("acknowledged", acknowledged, [echo, keep]);
    add("answered", answered, [echo, keep]);
    add("answered, first of a conversation", first, [echo_first, keep_first]);
    add("plain echo", echo, [&mut Times::default(), &mut Times::default()]);
    add("plain echo, first", echo_first, [&mut Times::default(), &mut Times::default()]);
    add("echo that writes a row", keep, [echo, &mut Times::default()]);
    add("echo that writes a row, first", keep_first, [echo_first, &mut Times::default()]);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles() {
        let mut times = Times((1..=100).rev().map(f64::from).collect());
        assert_eq!(
            (times.percentile(0.5), times.percentile(0.99), times.percentile(1.0)),
            (50.0, 99.0, 100.0)
        );
        assert_eq!(Times::default().percentile(0.5), 0.0);
        assert_eq!(Times(vec![7.0]).percentile(0.99), 7.0);
    }
}
