//! workerd's configuration language, and its command line.

mod edge;
mod local;

pub use edge::{EDGE_OBJECTS, EdgeConfig, ExtraConfig, HEAP_MB};
pub use local::{LocalEdge, Networks, StartOptions, read_manifest_line};

use crate::process::ChildProcess;
use std::{
    fmt::{self, Display, Formatter},
    net::TcpStream,
    path::Path,
    process::Command,
    time::Duration,
};

/// The runtime's behaviour as of this day, for workerd and Cloudflare alike; no later than the pinned runtime.
pub const COMPATIBILITY_DATE: &str = "2026-04-01";

/// The arguments before the configuration's name. `-I/`: files are named in it by their whole paths.
pub const SERVE_ARGUMENTS: [&str; 2] = ["serve", "-I/"];

/// The configuration's file name in the folder where workerd runs.
pub const CONFIG_FILE: &str = "edge.capnp";

/// How long workerd may take to start.
const START_LIMIT: Duration = Duration::from_secs(30);

/// A configuration as a whole; its `Display` is workerd's text.
pub struct ConfigFile<'a> {
    /// The limit of JavaScript's heap in megabytes, where there is one.
    pub heap_mb: Option<&'a str>,
    /// Services, one a line; a line may be a comment.
    pub services: String,
    /// Sockets, one a line.
    pub sockets: String,
    /// The workers that services name.
    pub workers: Vec<WorkerDefinition<'a>>,
}

/// A worker: its code, what is bound to it, and its objects.
#[derive(Clone)]
pub struct WorkerDefinition<'a> {
    /// The constant that a service names.
    pub name: &'a str,
    /// Name, kind and file of each module; the first one is the worker.
    pub modules: Vec<(&'a str, ModuleKind, String)>,
    /// Bindings besides those of the objects, one a line.
    pub bindings: String,
    /// The classes of its durable objects.
    pub objects: &'a [DurableObjectClass],
    /// The disk service that the objects are kept on; only where there are objects.
    pub storage: Option<&'a str>,
}

/// What a module's file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModuleKind {
    /// JavaScript.
    EsModule,
    /// WebAssembly.
    Wasm,
}

/// A class of durable objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DurableObjectClass {
    /// The name that the worker's code uses.
    pub binding: &'static str,
    /// The class that the worker exports.
    pub class: &'static str,
    /// The folder of its data: another key finds none of what was written.
    pub unique_key: &'static str,
}

impl Display for ConfigFile<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let ConfigFile { heap_mb, services, sockets, workers } = self;
        writeln!(out, "using Workerd = import \"/workerd/workerd.capnp\";\n")?;
        writeln!(out, "const config :Workerd.Config = (")?;
        if let Some(heap_mb) = heap_mb {
            writeln!(out, "  v8Flags = [\"--max-old-space-size={heap_mb}\"],")?;
        }
        writeln!(out, "  services = [\n{services}  ],\n  sockets = [\n{sockets}  ],\n);")?;
        workers.iter().try_for_each(|worker| worker.fmt(out))
    }
}

impl Display for WorkerDefinition<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out, "\nconst {} :Workerd.Worker = (\n  modules = [", self.name)?;
        for (name, kind, file) in &self.modules {
            let kind = match kind {
                ModuleKind::EsModule => "esModule",
                ModuleKind::Wasm => "wasm",
            };
            writeln!(out, "    (name = {}, {kind} = embed {}),", quote_string(name), quote_string(file))?;
        }
        writeln!(out, "  ],\n  compatibilityDate = \"{COMPATIBILITY_DATE}\",\n  bindings = [")?;
        for DurableObjectClass { binding, class, .. } in self.objects {
            writeln!(
                out,
                "    (name = {}, durableObjectNamespace = {}),",
                quote_string(binding),
                quote_string(class)
            )?;
        }
        writeln!(out, "{}  ],", self.bindings)?;
        if let Some(storage) = self.storage {
            writeln!(out, "  durableObjectNamespaces = [")?;
            for DurableObjectClass { class, unique_key, .. } in self.objects {
                let (class, key) = (quote_string(class), quote_string(unique_key));
                writeln!(out, "    (className = {class}, uniqueKey = {key}, enableSql = true),")?;
            }
            writeln!(out, "  ],\n  durableObjectStorage = (localDisk = {}),", quote_string(storage))?;
        }
        writeln!(out, ");")
    }
}

/// A text in the configuration's quotes, which are those of JSON.
pub fn quote_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The line of a socket that hands HTTP to `service`.
pub fn render_socket(name: &str, address: &str, service: &str) -> String {
    let (name, address, service) = (quote_string(name), quote_string(address), quote_string(service));
    format!("    (name = {name}, address = {address}, http = (), service = {service}),\n")
}

/// The command that runs `folder`'s configuration with the runtime at `program`.
pub fn serve_command(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(SERVE_ARGUMENTS).arg(CONFIG_FILE).current_dir(folder);
    command
}

/// Starts `folder`'s configuration and waits until something listens on `port`.
///
/// # Errors
/// If workerd ends, or stays silent for 30 s.
pub fn start_workerd(program: &Path, folder: &Path, port: u16) -> anyhow::Result<ChildProcess> {
    let mut process = ChildProcess::start("workerd", &mut serve_command(program, folder))?;
    let is_listening = || TcpStream::connect(("127.0.0.1", port)).is_ok();
    process.wait_until_ready("workerd", START_LIMIT, is_listening)?;
    Ok(process)
}
