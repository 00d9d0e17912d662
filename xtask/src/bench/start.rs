//! `cargo xtask bench start`: how long the edge is away when it is restarted.

use super::{lab::Lab, table::Table};
use crate::{
    edge,
    run::{Running, say},
};
use anyhow::{Context as _, bail};
use std::{
    path::Path,
    time::{Duration, Instant},
};

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

pub fn run(args: &Args) -> anyhow::Result<Vec<Table>> {
    say("measuring time to start");
    let mut lab = Lab::open(None)?;
    let (folder, port) = lab.stopped();
    let (mut health, mut page) = (Vec::new(), Vec::new());
    for _ in 0..args.times {
        let (first, second) = once(folder, port)?;
        health.push(first);
        page.push(second);
    }
    let mut table = Table::new("start", "Time to start", &["median ms", "slowest ms", "count"]);
    for (name, mut times) in [("first answer to /health", health), ("first page of a site", page)] {
        times.sort();
        let ms = |time: Option<&Duration>| time.map(|time| time.as_secs_f64() * 1e3);
        table.row(name, [ms(times.get(times.len() / 2)), ms(times.last()), Some(times.len() as f64)]);
    }
    Ok(vec![table])
}

/// Starts the edge; gives when it was healthy and when it had shown a page.
fn once(folder: &Path, port: u16) -> anyhow::Result<(Duration, Duration)> {
    let agent = ureq::Agent::new_with_defaults();
    let shows =
        |path: &str| agent.get(format!("http://127.0.0.1:{port}{path}")).call()?.body_mut().read_to_string();
    let started = Instant::now();
    let _running = Running::start("workerd", &mut edge::workerd(folder))?;
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
