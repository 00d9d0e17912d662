//! `cargo xtask bench start`: how long the edge is away when it is restarted.

use super::{
    lab::{BuiltCheckout, Lab},
    socket::BenchVisitor,
    table::FigureTable,
};
use crate::{paths, run::print_step};
use anyhow::{Context as _, bail};
use devkit::{
    process::ChildProcess,
    workerd::{LocalEdge, StartOptions},
};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

/// Time from starting the runtime to its first answers, on a disk that holds a site.
#[derive(clap::Args)]
pub struct Args {
    /// How often it is killed and started.
    #[arg(long, default_value_t = 9)]
    times: usize,
    /// A checkout of another commit that was built, to be measured in turn with this one.
    #[arg(long, value_name = "FOLDER")]
    against: Option<PathBuf>,
}

impl Default for Args {
    fn default() -> Self {
        Args { times: 9, against: None }
    }
}

const PATIENCE: Duration = Duration::from_secs(30);

/// What is waited for after a start.
struct StartTimes {
    health: Duration,
    page: Duration,
    answer: Duration,
}

/// A row's name, and its figure.
type Row = (&'static str, fn(&StartTimes) -> Duration);

const ROWS: [Row; 3] = [
    ("first answer to /health", |times| times.health),
    ("first page of a site", |times| times.page),
    ("first answer to a message of a new visitor, who comes at once", |times| times.answer),
];

pub fn run(args: &Args) -> anyhow::Result<Vec<FigureTable>> {
    print_step("measuring time to start");
    let mut lab = Lab::open(None)?;
    let edge = lab.stop_edge();
    let mut other = match &args.against {
        Some(root) => {
            let folder = paths::repository_root().join("target/hoi-bench-against");
            Some(Lab::open_checkout(BuiltCheckout::built_at(root)?, folder)?)
        }
        None => None,
    };
    let other = other.as_mut().map(Lab::stop_edge);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..args.times {
        ours.push(measure_start_times(edge)?);
        if let Some(other) = other {
            theirs.push(measure_start_times(other)?);
        }
    }
    let columns: &[&str] = match other {
        Some(_) => &["median ms", "slowest ms", "count", "against ms", "ratio"],
        None => &["median ms", "slowest ms", "count"],
    };
    let mut table = FigureTable::new("start", "Time to start", columns);
    for (name, pick) in ROWS {
        let ms = |starts: &[StartTimes]| -> Vec<f64> {
            starts.iter().map(|times| pick(times).as_secs_f64() * 1e3).collect()
        };
        let (ours, theirs) = (ms(&ours), ms(&theirs));
        let ratios = ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs).collect();
        let slowest = ours.iter().copied().reduce(f64::max);
        let mut row = vec![median(ours.clone()), slowest, Some(ours.len() as f64)];
        if other.is_some() {
            row.extend([median(theirs), median(ratios)]);
        }
        table.add_row(name, row);
    }
    if other.is_some() {
        table.add_note(
            "Ratio: the median of the pairs' ratios, each pair measured one right after the other.",
        );
    }
    Ok(vec![table])
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Kills and starts the edge twice: a page and a message are each to be the first.
fn measure_start_times(edge: &LocalEdge<'_>) -> anyhow::Result<StartTimes> {
    let (health, page) = measure_start(edge)?;
    Ok(StartTimes { health, page, answer: measure_first_answer(edge)? })
}

/// Starts the edge; gives when somebody who opens the page at once, and writes at once, had an answer.
fn measure_first_answer(edge: &LocalEdge<'_>) -> anyhow::Result<Duration> {
    let started = Instant::now();
    let _running = ChildProcess::start("workerd", &mut edge.serve_command(StartOptions::default()))?;
    let address = format!("127.0.0.1:{}", edge.port);
    while std::net::TcpStream::connect(&address).is_err() {
        if started.elapsed() > PATIENCE {
            bail!("the edge does not serve after {} s", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    BenchVisitor::open(&address)?.send_message("giờ làm việc")?;
    Ok(started.elapsed())
}

/// Starts the edge; gives when it was healthy and when it had shown a page.
fn measure_start(edge: &LocalEdge<'_>) -> anyhow::Result<(Duration, Duration)> {
    let agent = ureq::Agent::new_with_defaults();
    let shows = |path: &str| {
        agent.get(format!("http://127.0.0.1:{}{path}", edge.port)).call()?.body_mut().read_to_string()
    };
    let started = Instant::now();
    let _running = ChildProcess::start("workerd", &mut edge.serve_command(StartOptions::default()))?;
    while shows("/health").is_err() {
        if started.elapsed() > PATIENCE {
            bail!("the edge is not healthy after {} s", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let health = started.elapsed();
    shows("/s/ward").context("the edge is healthy, but does not show the published site after a restart")?;
    Ok((health, started.elapsed()))
}
