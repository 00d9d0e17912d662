//! The edge on this machine: workerd's configuration, and starting it.

use crate::{paths, run::Running, tools::npm_bin};
use anyhow::{Context as _, bail};
use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

/// The runtime's behaviour as of this day; no later than the pinned runtime.
pub const COMPATIBILITY: &str = "2026-04-01";

/// How large JavaScript's heap may grow, in megabytes, where the operator doesn't say. Frames of a flood lie in it until they
/// are collected, and left to itself V8 takes its time: somebody who sends a gigabyte would have it all kept at once. A
/// connected visitor takes 75 KB at most (`docs/reliability.md`); a heap that they fill ends the runtime.
pub const HEAP_MB: &str = "1024";

/// What differs from place to place.
pub struct Place<'a> {
    /// The address to listen on, `127.0.0.1:8787`.
    pub address: &'a str,
    /// The folder with `worker/` and `assets/`, as the configuration sees it.
    pub built: &'a str,
    /// The folder for what visitors write.
    pub data: &'a str,
    /// How large JavaScript's heap may grow, in megabytes.
    pub heap_mb: &'a str,
    /// Which addresses the worker may call, as workerd's network service names them.
    pub network: &'a [&'a str],
    /// Names and values bound as text.
    pub text: &'a [(String, String)],
    /// Names bound to environment variables of the same name, read when workerd starts.
    pub from_environment: &'a [&'a str],
    /// More services, sockets and workers, for measuring.
    pub more: More<'a>,
}

/// Additions to the configuration, in its own language.
#[derive(Default, Clone, Copy)]
pub struct More<'a> {
    pub services: &'a str,
    pub sockets: &'a str,
    pub workers: &'a str,
}

/// The configuration's text.
pub fn config(place: &Place<'_>) -> String {
    let Place { address, built, data, heap_mb, network, text, from_environment, more } = place;
    let quoted = |value: &str| serde_json::Value::from(value).to_string();
    let texts = text
        .iter()
        .map(|(name, value)| format!("    (name = {}, text = {}),\n", quoted(name), quoted(value)));
    let environment = from_environment
        .iter()
        .map(|name| format!("    (name = {0}, fromEnvironment = {0}),\n", quoted(name)));
    let bindings: String = texts.chain(environment).collect();
    let network = network.iter().map(|range| quoted(range)).collect::<Vec<_>>().join(", ");
    let More { services, sockets, workers } = more;
    format!(
        r#"using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  v8Flags = ["--max-old-space-size={heap_mb}"],
  services = [
    (name = "edge", worker = .edge),
    (name = "assets", disk = (path = "{built}/assets")),
    # Everything visitors write is in this folder: back it up, keep it private.
    (name = "data", disk = (path = "{data}", writable = true)),
    # What the worker may call. An agency's endpoint inside your own network needs its range here,
    # for example allow = ["public", "10.1.2.0/24"].
    (name = "internet", network = (allow = [{network}], tlsOptions = (trustBrowserCas = true))),
{services}  ],
  sockets = [
    (name = "http", address = "{address}", http = (), service = "edge"),
{sockets}  ],
);

const edge :Workerd.Worker = (
  modules = [
    (name = "index.js", esModule = embed "{built}/worker/index.js"),
    (name = "./index_bg.wasm", wasm = embed "{built}/worker/index_bg.wasm"),
  ],
  compatibilityDate = "{COMPATIBILITY}",
  bindings = [
    (name = "CONVERSATION", durableObjectNamespace = "Conversation"),
    (name = "SITE", durableObjectNamespace = "Site"),
    (name = "BOARD", durableObjectNamespace = "Board"),
    (name = "STAFF", durableObjectNamespace = "Staff"),
    (name = "ASSETS", service = "assets"),
{bindings}  ],
  durableObjectNamespaces = [
    (className = "Conversation", uniqueKey = "hoi-conversation", enableSql = true),
    (className = "Site", uniqueKey = "hoi-site", enableSql = true),
    (className = "Board", uniqueKey = "hoi-board", enableSql = true),
    (className = "Staff", uniqueKey = "hoi-staff", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "data"),
);
{workers}"#
    )
}

/// Starts workerd in `folder`, where `edge.capnp` lies, and waits until it serves at `port`.
/// `environment` is what the configuration binds by `from_environment`.
///
/// # Errors
/// If the port is taken, or workerd ends or stays silent for 30 s.
pub fn start(folder: &Path, port: u16, environment: &[(String, String)]) -> anyhow::Result<Running> {
    free(port)?;
    fs::create_dir_all(folder.join("data"))?;
    let mut running = Running::start("workerd", workerd(folder).envs(environment.iter().cloned()))?;
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if let Some(status) = running.0.try_wait()? {
            bail!("workerd ended at once ({status}); what it said is above");
        }
        if started.elapsed() > Duration::from_secs(30) {
            bail!("workerd does not serve after 30 s");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(running)
}

/// The command that runs `edge.capnp` in `folder`.
pub fn workerd(folder: &Path) -> Command {
    let mut command = Command::new(npm_bin("workerd"));
    // "-I/": files are named in the configuration by their whole paths.
    command.args(["serve", "-I/", "edge.capnp"]).current_dir(folder);
    command
}

/// Fails with what to do if somebody listens on `port`.
pub fn free(port: u16) -> anyhow::Result<()> {
    TcpListener::bind(("127.0.0.1", port))
        .map(|_| ())
        .with_context(|| format!("port {port} is taken; end what uses it, or choose another (see --help)"))
}

/// A port nobody listens on right now.
///
/// # Errors
/// If the machine gives none.
pub fn any_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no port is free")?;
    Ok(listener.local_addr()?.port())
}

/// The manifest, as one line for a binding.
///
/// # Errors
/// If nothing was built.
pub fn manifest_line() -> anyhow::Result<String> {
    Ok(serde_json::to_string(&crate::build::manifest()?)?)
}

/// The folder with the built parts, as a path for the configuration.
pub fn built() -> String {
    paths::built().display().to_string()
}
