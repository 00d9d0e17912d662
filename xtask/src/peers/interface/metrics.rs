//! Prometheus, set up as our documents say.

use super::workshop::Workshop;
use crate::{
    bench::{lab::Lab, socket::BenchVisitor},
    peers::{process::ProcessGroup, report::PeerTrial, snippet::read_snippet},
};
use anyhow::{Context as _, bail, ensure};
use devkit::network::find_free_port;
use serde_json::Value;
use std::{
    fs::{self, File},
    io::Write as _,
    net::TcpStream,
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

/// How long it may take to start, and to have read what there is.
const PATIENCE: Duration = Duration::from_secs(40);
/// A question that the site answers by itself.
const FOR_SITE: &str = "lam giay khai sinh cho con can gi";

pub(super) fn try_prometheus(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let lab = Lab::open_configured(shop.folder.join("edge"), &[])?;
    let mut visitor = BenchVisitor::open(&lab.edge)?;
    for _ in 0..3 {
        visitor.send_message(FOR_SITE)?;
    }
    Ok(vec![
        PeerTrial::run_attempt("promtool finds nothing wrong with the metrics", || check_metrics(shop, &lab)),
        PeerTrial::run_attempt("it reads them as docs/operate.md sets it up", || scrape_metrics(shop, &lab)),
    ])
}

fn check_metrics(shop: &Workshop<'_>, lab: &Lab) -> anyhow::Result<String> {
    let request = ureq::get(format!("http://{}/admin/sites/ward/metrics", lab.edge));
    let answer = request.header("authorization", format!("Bearer {}", lab.admin_key())).call()?;
    let text = answer.into_body().read_to_string()?;
    let mut promtool = shop.debian_command("usr/bin/promtool")?;
    promtool.args(["check", "metrics"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut promtool = promtool.spawn()?;
    promtool.stdin.take().context("no input")?.write_all(text.as_bytes())?;
    let output = promtool.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    ensure!(output.status.success() && said.is_empty(), "{said}\n{text}");
    Ok(format!("{} lines", text.lines().count()))
}

fn scrape_metrics(shop: &Workshop<'_>, lab: &Lab) -> anyhow::Result<String> {
    let key = shop.folder.join("admin-key");
    fs::write(&key, lab.admin_key())?;
    let documented = read_snippet(
        "docs/operate.md",
        "yaml",
        &[
            ("scheme: https", "scheme: http"),
            ("/etc/prometheus/hoi-admin-key", &key.display().to_string()),
            ("chat.example.gov", &lab.edge),
        ],
    )?;
    let settings = shop.folder.join("prometheus.yml");
    fs::write(&settings, format!("global:\n  scrape_interval: 1s\n{documented}"))?;
    let port = find_free_port()?;
    let log = shop.folder.join("prometheus.log");
    let file = File::create(&log)?;
    let mut command = shop.debian_command("usr/bin/prometheus")?;
    command.arg(format!("--config.file={}", settings.display()));
    command.arg(format!("--storage.tsdb.path={}", shop.folder.join("data").display()));
    command.arg(format!("--web.listen-address=127.0.0.1:{port}"));
    let mut running = ProcessGroup::start("prometheus", command.stdout(file.try_clone()?).stderr(file))?;
    let is_listening = || TcpStream::connect(("127.0.0.1", port)).is_ok();
    let said = || fs::read_to_string(&log).unwrap_or_default();
    running.wait_until_ready("prometheus", PATIENCE, is_listening, said)?;
    let url = format!("http://127.0.0.1:{port}/api/v1/query?query=hoi_events_total%7Bevent%3D%22said%22%7D");
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        // Until it has opened its store it answers 503.
        let answer = ureq::get(&url).call().and_then(|answer| answer.into_body().read_to_string());
        let told: Value = answer.ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        if let Some(value) = told.pointer("/data/result/0/value/1").and_then(Value::as_str) {
            ensure!(value == "3", "{value} questions instead of 3");
            return Ok("hoi_events_total{event=\"said\"} is 3".to_owned());
        }
        sleep(Duration::from_millis(500));
    }
    bail!("it has read nothing; see {}", log.display())
}
