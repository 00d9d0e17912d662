//! `cargo xtask bench start`: how long the edge is away when it is restarted.

use super::{lab::Lab, table::Table};
use crate::{
    edge,
    run::{Running, say},
};
use anyhow::{Context as _, bail};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
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
    let mut lab = Lab::open()?;
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
    let started = Instant::now();
    let _running = Running::start("workerd", &mut edge::workerd(folder))?;
    while !answers(port, "/health").unwrap_or(false) {
        if started.elapsed() > PATIENCE {
            bail!("the edge is not healthy after {} s", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let health = started.elapsed();
    let shown = answers(port, "/s/ward").context("the edge is healthy, but shows no page")?;
    if !shown {
        bail!("the published site is gone after a restart");
    }
    Ok((health, started.elapsed()))
}

/// Whether `path` answers 200. Without a client library: its own start would be measured along.
fn answers(port: u16, path: &str) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer.starts_with(b"HTTP/1.1 200"))
}
