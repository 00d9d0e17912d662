//! `cargo xtask bench edge`: time per message.

use super::{
    lab::Lab,
    socket::{Socket, Visitor, say},
    table::Table,
};
use crate::run::say as tell;
use std::time::{Duration, Instant};

/// Time per message over a real socket, against a plain echo in the same runtime.
///
/// Each conversation says some questions that the edge answers by itself; between any two of them one frame goes to an
/// object that only echoes, and one to an object that writes a row first. All three thus meet the same machine.
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
struct Measured {
    first: Times,
    acknowledged: Times,
    answered: Times,
    echo_first: Times,
    echo: Times,
    keep_first: Times,
    keep: Times,
}

pub fn run(args: &Args) -> anyhow::Result<Vec<Table>> {
    tell("measuring time per message");
    let lab = Lab::open()?;
    // The first visitor wakes the site's object and compiles the wasm; nobody measures that here.
    Visitor::open(&lab.edge)?.say(QUESTIONS.first().copied().unwrap_or_default())?;
    let mut measured = Measured::default();
    for conversation in 0..args.conversations {
        converse(&lab, conversation, &mut measured)?;
    }
    Ok(vec![table(measured)])
}

/// One conversation, and as many frames to both echoes.
fn converse(lab: &Lab, number: u32, measured: &mut Measured) -> anyhow::Result<()> {
    let mut visitor = Visitor::open(&lab.edge)?;
    let mut echo = Socket::open(&lab.echo, &format!("/echo/{number}"), None)?;
    let mut keep = Socket::open(&lab.echo, &format!("/keep/{number}"), None)?;
    for (at, question) in QUESTIONS.iter().cycle().take(MESSAGES).enumerate() {
        let took = visitor.say(question)?;
        let frame = say(at as u32, question);
        let (echoed, kept) = (round_trip(&mut echo, &frame)?, round_trip(&mut keep, &frame)?);
        if at == 0 {
            measured.first.add(took.answered);
            measured.echo_first.add(echoed);
            measured.keep_first.add(kept);
        } else {
            measured.acknowledged.add(took.acknowledged);
            measured.answered.add(took.answered);
            measured.echo.add(echoed);
            measured.keep.add(kept);
        }
    }
    Ok(())
}

fn round_trip(socket: &mut Socket, frame: &str) -> anyhow::Result<Duration> {
    let started = Instant::now();
    socket.send(frame)?;
    socket.next()?;
    Ok(started.elapsed())
}

fn table(mut measured: Measured) -> Table {
    let columns = &["p50 ms", "p99 ms", "× echo p50", "× echo p99", "count"];
    let mut table = Table::new("edge", "Time per message", columns);
    let Measured { first, acknowledged, answered, echo_first, echo, keep_first, keep } = &mut measured;
    let mut add = |name: &str, times: &mut Times, against: Option<&mut Times>| {
        let (p50, p99) = (times.percentile(0.5), times.percentile(0.99));
        let ratios =
            against.map(|echo| (p50 / echo.percentile(0.5).max(1e-3), p99 / echo.percentile(0.99).max(1e-3)));
        let (r50, r99) = ratios.unzip();
        table.row(name, [Some(p50), Some(p99), r50, r99, Some(times.0.len() as f64)]);
    };
    add("acknowledged", acknowledged, Some(echo));
    add("answered", answered, Some(echo));
    add("answered, first of a conversation", first, Some(echo_first));
    add("plain echo", echo, None);
    add("plain echo, first", echo_first, None);
    add("echo that writes a row", keep, Some(echo));
    add("echo that writes a row, first", keep_first, Some(echo_first));
    table.note("The ratio is the figure: both ran in turn, in the same runtime on the same machine.");
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
