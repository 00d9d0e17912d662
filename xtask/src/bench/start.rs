//! `cargo xtask bench start`: how long the edge is away when it is restarted.

use super::{lab::Lab, socket::BenchVisitor, table::FigureTable};
use crate::run::print_step;
use anyhow::{Context as _, bail};
use devkit::{
    process::ChildProcess,
    workerd::{LocalEdge, StartOptions},
};
use std::time::{Duration, Instant};

/// Time from starting the runtime to its first answers, on a disk that holds a site.
#[derive(clap::Args)]
pub struct Args {
    /// How often it is killed and started.
    #[arg(long, default_value_t = 9)]
    times: usize,
}

impl Default for Args {
    fn default() -> Self {
        Args { times: 9 }
    }
}

const PATIENCE: Duration = Duration::from_secs(30);

pub fn run(args: &Args) -> anyhow::Result<Vec<FigureTable>> {
    print_step("measuring time to start");
    let mut lab = Lab::open(None)?;
    let edge = lab.stop_edge();
    let (mut health, mut page, mut said) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..args.times {
        let (first, second) = measure_start(edge)?;
        health.push(first);
        page.push(second);
        said.push(measure_first_answer(edge)?);
    }
    let mut table = FigureTable::new("start", "Time to start", &["median ms", "slowest ms", "count"]);
    let rows = [
        ("first answer to /health", health),
        ("first page of a site", page),
        ("first answer to a message of a new visitor, who comes at once", said),
    ];
    for (name, mut times) in rows {
        times.sort();
        let ms = |time: Option<&Duration>| time.map(|time| time.as_secs_f64() * 1e3);
        table.add_row(name, [ms(times.get(times.len() / 2)), ms(times.last()), Some(times.len() as f64)]);
    }
    Ok(vec![table])
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
