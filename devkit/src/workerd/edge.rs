//! The edge's configuration: the same text for a server, for development, tests and measurements.

use super::{ConfigFile, DurableObjectClass, ModuleKind, WorkerDefinition, quote_string, render_socket};

/// How large JavaScript's heap may grow, in megabytes, where the operator doesn't say. Frames of a flood lie in it until they
/// are collected, and left to itself V8 takes its time: somebody who sends a gigabyte would have it all kept at once. A
/// connected visitor takes 75 KB at most (`docs/reliability.md`); a heap that they fill ends the runtime.
pub const HEAP_MB: &str = "1024";

/// The edge's durable objects. The keys are promises: they name the folders of what servers have written.
pub const EDGE_OBJECTS: &[DurableObjectClass] = &[
    DurableObjectClass { binding: "CONVERSATION", class: "Conversation", unique_key: "hoi-conversation" },
    DurableObjectClass { binding: "SITE", class: "Site", unique_key: "hoi-site" },
    DurableObjectClass { binding: "BOARD", class: "Board", unique_key: "hoi-board" },
    DurableObjectClass { binding: "STAFF", class: "Staff", unique_key: "hoi-staff" },
];

/// What differs from place to place. Whatever stands here may also be a mark that a script fills in.
pub struct EdgeConfig<'a> {
    /// The address to listen on, `127.0.0.1:8787`.
    pub address: &'a str,
    /// The folder of the built worker, as workerd sees it.
    pub worker_dir: &'a str,
    /// The folder of what browsers load.
    pub assets_dir: &'a str,
    /// The folder for what visitors write.
    pub data_dir: &'a str,
    /// How large JavaScript's heap may grow, in megabytes; usually [`HEAP_MB`].
    pub heap_mb: &'a str,
    /// Which addresses the worker may call, as workerd's network service names them.
    pub networks: &'a [&'a str],
    /// The assets' manifest in one line, bound as `HOI_ASSETS`.
    pub manifest: &'a str,
    /// Environment variables that are bound under their own names, read when workerd starts. One that is not set must not
    /// be named: the worker would find "null" there.
    pub variables: &'a [&'a str],
    /// Additions, for measurements.
    pub extra: ExtraConfig<'a>,
}

/// Additions to the edge's configuration that no server has.
#[derive(Default, Clone)]
pub struct ExtraConfig<'a> {
    /// Services, one a line.
    pub services: String,
    /// Sockets, one a line.
    pub sockets: String,
    /// Workers.
    pub workers: Vec<WorkerDefinition<'a>>,
}

impl EdgeConfig<'_> {
    /// The configuration's text.
    pub fn render(&self) -> String {
        let networks: Vec<String> = self.networks.iter().map(|range| quote_string(range)).collect();
        let ExtraConfig { services, sockets, workers } = &self.extra;
        let services = format!(
            r#"    (name = "edge", worker = .edge),
    (name = "assets", disk = (path = {assets})),
    # Everything visitors write is in this folder: back it up, keep it private.
    (name = "data", disk = (path = {data}, writable = true)),
    # What the worker may call. An agency's endpoint inside your own network needs its range here,
    # for example allow = ["public", "10.1.2.0/24"].
    (name = "internet", network = (allow = [{networks}], tlsOptions = (trustBrowserCas = true))),
{services}"#,
            assets = quote_string(self.assets_dir),
            data = quote_string(self.data_dir),
            networks = networks.join(", "),
        );
        let sockets = format!("{}{sockets}", render_socket("http", self.address, "edge"));
        let workers = std::iter::once(self.worker_definition()).chain(workers.iter().cloned()).collect();
        ConfigFile { heap_mb: Some(self.heap_mb), services, sockets, workers }.to_string()
    }

    fn worker_definition(&self) -> WorkerDefinition<'_> {
        let file = |name: &str| format!("{}/{name}", self.worker_dir);
        let assets = format!(
            "    (name = \"ASSETS\", service = \"assets\"),\n    (name = \"HOI_ASSETS\", text = {}),\n",
            quote_string(self.manifest)
        );
        let variables = self.variables.iter().map(|name| {
            let name = quote_string(name);
            format!("    (name = {name}, fromEnvironment = {name}),\n")
        });
        WorkerDefinition {
            name: "edge",
            modules: vec![
                ("index.js", ModuleKind::EsModule, file("index.js")),
                ("./index_bg.wasm", ModuleKind::Wasm, file("index_bg.wasm")),
            ],
            bindings: std::iter::once(assets).chain(variables).collect(),
            objects: EDGE_OBJECTS,
            storage: Some("data"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_and_secrets_are_only_named() {
        let config = EdgeConfig {
            address: "127.0.0.1:8787",
            worker_dir: "/srv/hoi/worker",
            assets_dir: "/srv/hoi/assets",
            data_dir: "data",
            heap_mb: HEAP_MB,
            networks: &["public", "10.1.2.0/24"],
            manifest: r#"{"files":{}}"#,
            variables: &["HOI_SECRET"],
            extra: ExtraConfig::default(),
        };
        let text = config.render();
        for line in [
            r#"  v8Flags = ["--max-old-space-size=1024"],"#,
            r#"    (name = "assets", disk = (path = "/srv/hoi/assets")),"#,
            r#"network = (allow = ["public", "10.1.2.0/24"], tlsOptions = (trustBrowserCas = true))),"#,
            r#"    (name = "http", address = "127.0.0.1:8787", http = (), service = "edge"),"#,
            r#"    (name = "./index_bg.wasm", wasm = embed "/srv/hoi/worker/index_bg.wasm"),"#,
            r#"    (name = "HOI_ASSETS", text = "{\"files\":{}}"),"#,
            r#"    (name = "HOI_SECRET", fromEnvironment = "HOI_SECRET"),"#,
            r#"    (className = "Conversation", uniqueKey = "hoi-conversation", enableSql = true),"#,
            r#"  durableObjectStorage = (localDisk = "data"),"#,
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }
}
