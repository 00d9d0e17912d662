//! Running what was packed, from copies, as an operator would.

use super::{cloudflare, files};
use crate::{
    bench::socket::BenchVisitor,
    build, paths,
    run::{print_step, send_signal},
};
use anyhow::{Context as _, bail, ensure};
use devkit::{network::find_free_port, process::ChildProcess};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

/// Of edges that are only tried.
pub const SECRET: &str = "only for trying, 32 bytes and more";
/// As long as it must be.
pub const ADMIN_KEY: &str = "only for trying, and no less than 32 bytes";
/// How long an edge may take to come up, on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Starts a copy of `dist/server`, publishes a site, kills the runtime, sees it come back, ends it.
///
/// # Errors
/// What did not go as promised.
pub fn prove_server(packed: &Path) -> anyhow::Result<()> {
    print_step("trying a copy of dist/server");
    let copy = Copied::from_packed(packed, "server")?;
    let port = find_free_port()?;
    let edge = format!("http://127.0.0.1:{port}");
    let mut command = Command::new(copy.0.join("start.sh"));
    command.current_dir("/").env("HOI_SECRET", SECRET).env("HOI_ADMIN_KEY", ADMIN_KEY);
    command.env("HOI_ORIGIN", &edge).env("HOI_ADDRESS", format!("127.0.0.1:{port}")).env("HOI_GRACE", "2");
    let mut running = ChildProcess::start("start.sh", &mut command)?;
    wait_until("the edge to answer", || is_healthy(&edge))?;
    publish_ward(&copy.0.join("bin/hoi"), &edge)?;
    visit_site(&edge, packed)?;
    let first = runtime_of(running.0.id()).context("start.sh has no child")?;
    send_signal("KILL", first)?;
    wait_until("the runtime to be gone", || runtime_of(running.0.id()) != Some(first))?;
    wait_until("the edge to come back", || is_healthy(&edge))?;
    // This visitor's socket stays open: the runtime would wait for it when it is told to end.
    let _visitor = visit_site(&edge, packed)?;
    let second = runtime_of(running.0.id()).context("start.sh has no child")?;
    send_signal("TERM", running.0.id())?;
    wait_until("start.sh to end", || running.0.try_wait().is_ok_and(|status| status.is_some()))?;
    ensure!(!Path::new(&format!("/proc/{second}")).exists(), "start.sh ended, but its runtime goes on");
    println!(
        "the server starts, takes a site and answers; it comes back after kill -9 with the site in it, and ends when \
         told to, a visitor still connected"
    );
    Ok(())
}

/// Runs a copy of `dist/cloudflare` in wrangler's stand-in for Cloudflare, and publishes a site to it.
///
/// # Errors
/// What did not go as promised.
pub fn prove_cloudflare(packed: &Path) -> anyhow::Result<()> {
    print_step("trying a copy of dist/cloudflare in wrangler dev");
    let copy = Copied::from_packed(packed, "cloudflare")?;
    let secrets = format!("HOI_SECRET=\"{SECRET}\"\nHOI_ADMIN_KEY=\"{ADMIN_KEY}\"\n");
    fs::write(copy.0.join(".dev.vars"), secrets)?;
    let (port, inspector) = (find_free_port()?, find_free_port()?);
    let edge = format!("http://127.0.0.1:{port}");
    let mut command = cloudflare::wrangler_command(&copy.0);
    command.args(["dev", "--local", "--ip", "127.0.0.1", "--port", &port.to_string()]);
    command.args(["--inspector-port", &inspector.to_string(), "--show-interactive-dev-session=false"]);
    let mut running = ChildProcess::start("wrangler dev", &mut command)?;
    wait_until("wrangler dev to answer", || is_healthy(&edge))?;
    publish_ward(&build::hoi_release()?, &edge)?;
    visit_site(&edge, packed)?;
    // It has processes of its own, which end with it only if it is asked.
    send_signal("TERM", running.0.id())?;
    wait_until("wrangler dev to end", || running.0.try_wait().is_ok_and(|status| status.is_some()))?;
    println!("the same worker and files run in wrangler's stand-in for Cloudflare, take a site, and answer");
    Ok(())
}

/// A copy somewhere else, gone when dropped.
struct Copied(PathBuf);

impl Copied {
    fn from_packed(packed: &Path, name: &str) -> anyhow::Result<Copied> {
        let to = std::env::temp_dir().join(format!("hoi-{name}-{}", std::process::id()));
        build::empty_folder(&to)?;
        files::copy_all(packed, &to)?;
        Ok(Copied(to))
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        // What can't be removed is in the system's folder for such things.
        let _left = fs::remove_dir_all(&self.0);
    }
}

/// Whether the edge at this address answers.
pub fn is_healthy(edge: &str) -> bool {
    ureq::get(format!("{edge}/health")).call().is_ok()
}

fn publish_ward(hoi: &Path, edge: &str) -> anyhow::Result<()> {
    let mut command = Command::new(hoi);
    command.arg("publish").arg(paths::repository_root().join("examples/ward"));
    crate::run::run_command("hoi publish", command.env("HOI_EDGE", edge).env("HOI_ADMIN_KEY", ADMIN_KEY))
}

/// Loads the page and every file of the build as a browser that takes brotli, and asks something.
fn visit_site(edge: &str, packed: &Path) -> anyhow::Result<BenchVisitor> {
    let page = ureq::get(format!("{edge}/s/ward")).call().context("/s/ward")?.into_body().read_to_string()?;
    ensure!(page.contains("id=\"hoi-boot\""), "/s/ward is not the chat's page");
    let manifest = build::read_manifest()?;
    let listed = manifest.get("files").and_then(serde_json::Value::as_object).context("no files")?;
    for file in listed.values() {
        let path = file.get("path").and_then(serde_json::Value::as_str).unwrap_or_default();
        let answer = ureq::get(format!("{edge}{path}")).header("accept-encoding", "br").call();
        let mut answer = answer.with_context(|| path.to_owned())?;
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
        ensure!(header("content-encoding") == Some("br"), "{path} did not come as brotli");
        ensure!(header("cache-control").is_some_and(|kept| kept.contains("immutable")), "{path} is not kept");
        let expected = fs::read(packed.join(format!("assets{path}.br")))?;
        ensure!(answer.body_mut().read_to_vec()? == expected, "{path} came changed");
    }
    check_loader(edge)?;
    let mut visitor = BenchVisitor::open(edge.trim_start_matches("http://"))?;
    visitor.send_message("lam giay khai sinh cho con can gi")?;
    Ok(visitor)
}

/// The site's loader is made for each site and compressed by the runtime, not beforehand.
fn check_loader(edge: &str) -> anyhow::Result<()> {
    let mut answer = ureq::get(format!("{edge}/s/ward/hoi.js")).header("accept-encoding", "br").call()?;
    let encoding = answer.headers().get("content-encoding").and_then(|value| value.to_str().ok());
    ensure!(encoding == Some("br"), "the site's loader did not come as brotli");
    let (packed, mut text) = (answer.body_mut().read_to_vec()?, Vec::new());
    brotli::BrotliDecompress(&mut packed.as_slice(), &mut text).context("the loader's brotli is broken")?;
    ensure!(String::from_utf8(text)?.contains("\"site\":\"ward\""), "the loader does not know its site");
    Ok(())
}

/// Waits until `ready`, and no longer than edges are waited for.
///
/// # Errors
/// With `what` if it takes longer.
pub fn wait_until(what: &str, mut ready: impl FnMut() -> bool) -> anyhow::Result<()> {
    let started = Instant::now();
    while !ready() {
        if started.elapsed() > PATIENCE {
            bail!("waited {} s for {what}", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// The runtime that `start.sh`, the process `parent`, has running.
fn runtime_of(parent: u32) -> Option<u32> {
    let processes = fs::read_dir("/proc").ok()?;
    let numbers = processes.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.into_iter().find(|number: &u32| {
        let stat = fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
        // "4711 (workerd) S 4710 …": the name in brackets, the state, the parent.
        let Some((name, rest)) = stat.rsplit_once(") ") else { return false };
        let mut fields = rest.split(' ');
        let alive = fields.next().is_some_and(|state| state != "Z");
        alive && name.ends_with("(workerd") && fields.next() == Some(&parent.to_string())
    })
}
