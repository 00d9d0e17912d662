//! A real edge to measure, with a plain echo in the same runtime and the ward's site published.

use crate::{
    build, edge, paths,
    run::{Running, run},
};
use anyhow::{Context as _, bail, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the ward's questions are signed with.
pub const AGENCY_SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const ADMIN_KEY: &str = "a key for measuring only, 32 bytes or more";

/// A running edge. It and its data are gone when dropped.
pub struct Lab {
    /// Host and port of the edge.
    pub edge: String,
    /// Host and port of the echo.
    pub echo: String,
    /// Where the host page is to be served.
    pub host_port: u16,
    /// Where the site's agency is to listen.
    pub agency_port: u16,
    folder: PathBuf,
    port: u16,
    running: Option<Running>,
}

impl Lab {
    /// Starts one on free ports, with an empty disk: in the folder `data`, or where builds go.
    ///
    /// # Errors
    /// If it does not come up, or the site can't be published.
    pub fn open(data: Option<&Path>) -> anyhow::Result<Lab> {
        let folder = data.map_or_else(|| paths::root().join("target/hoi-bench"), Path::to_owned);
        if data.is_some() && folder.exists() {
            bail!("{} is there already; name a folder that may be made and removed", folder.display());
        }
        build::emptied(&folder)?;
        let (port, echo, host_port) = (edge::any_port()?, edge::any_port()?, edge::any_port()?);
        let agency_port = edge::any_port()?;
        fs::create_dir(folder.join("echo"))?;
        fs::write(folder.join("edge.capnp"), config(port, echo, agency_port)?)?;
        let running = Some(edge::start(&folder, port, &[])?);
        let at = |port: u16| format!("127.0.0.1:{port}");
        let lab = Lab { edge: at(port), echo: at(echo), host_port, agency_port, folder, port, running };
        lab.publish(&[])?;
        Ok(lab)
    }

    /// Ends the edge at once and gives a command that starts it again on the same disk.
    pub fn stopped(&mut self) -> (&Path, u16) {
        self.running = None;
        (&self.folder, self.port)
    }

    /// Ends the edge at once.
    pub fn stop(&mut self) {
        self.running = None;
    }

    /// Starts it again on the same disk.
    ///
    /// # Errors
    /// If it does not come up.
    pub fn start(&mut self) -> anyhow::Result<()> {
        self.running = Some(edge::start(&self.folder, self.port, &[])?);
        Ok(())
    }

    /// Where the edge keeps what visitors write.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The memory that the runtime holds, in MB.
    ///
    /// # Errors
    /// Where the system has no `/proc`.
    pub fn memory(&self) -> anyhow::Result<f64> {
        let process = self.running.as_ref().context("the edge was stopped")?.0.id();
        let status = fs::read_to_string(format!("/proc/{process}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? * 1024.0 / 1e6)
    }

    /// Publishes a copy of the ward's site that our host page may show, with some lines of its settings changed.
    ///
    /// # Errors
    /// If the edge refuses it.
    pub fn publish(&self, edits: &[(&str, &str)]) -> anyhow::Result<()> {
        let site = self.folder.join("ward");
        if site.exists() {
            fs::remove_dir_all(&site)?;
        }
        run("cp", Command::new("cp").arg("-r").arg(paths::root().join("examples/ward")).arg(&site))?;
        let settings = site.join("site.toml");
        let text =
            fs::read_to_string(&settings).with_context(|| format!("{} can't be read", settings.display()))?;
        let host = format!("http://localhost:{}", self.host_port);
        let agency = format!("http://127.0.0.1:{}/", self.agency_port);
        let mut text =
            text.replace("http://localhost:8788", &host).replace("http://127.0.0.1:8790/", &agency);
        for (find, put) in edits {
            ensure!(text.contains(find), "the ward's settings have no {find:?} to change");
            text = text.replace(find, put);
        }
        fs::write(&settings, text)?;
        let mut hoi = Command::new(build::hoi()?);
        hoi.arg("publish").arg(&site).stdout(std::process::Stdio::null());
        hoi.env("HOI_EDGE", format!("http://{}", self.edge)).env("HOI_ADMIN_KEY", ADMIN_KEY);
        run("hoi publish", &mut hoi)
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        self.running = None;
        // What can't be removed is emptied the next time.
        let _left = fs::remove_dir_all(&self.folder);
    }
}

fn config(port: u16, echo: u16, agency: u16) -> anyhow::Result<String> {
    let bound = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let text = [
        bound("HOI_SECRET", "a secret for measuring only, 32 bytes or more"),
        bound("HOI_ADMIN_KEY", ADMIN_KEY),
        bound("WARD_AGENCY_SECRET", AGENCY_SECRET),
        bound("HOI_AGENCY_HOSTS", &format!("127.0.0.1:{agency}")),
        // Whoever says no address is counted by none.
        bound("HOI_ADDRESS_HEADER", "x-real-ip"),
        bound("HOI_ASSETS", &edge::manifest_line()?),
    ];
    let sockets =
        format!("    (name = \"echo\", address = \"127.0.0.1:{echo}\", http = (), service = \"echo\"),\n");
    Ok(edge::config(&edge::Place {
        address: &format!("127.0.0.1:{port}"),
        built: &edge::built(),
        data: "data",
        heap_mb: edge::HEAP_MB,
        network: &["public", "private", "local"],
        text: &text,
        from_environment: &[],
        more: edge::More { services: ECHO_SERVICES, sockets: &sockets, workers: &echo_worker() },
    }))
}

const ECHO_SERVICES: &str = "    (name = \"echo\", worker = .echo),
    (name = \"echo-data\", disk = (path = \"echo\", writable = true)),
";

fn echo_worker() -> String {
    let source = paths::root().join("xtask/bench/echo.js");
    format!(
        r#"
const echo :Workerd.Worker = (
  modules = [(name = "echo.js", esModule = embed "{}")],
  compatibilityDate = "{}",
  bindings = [
    (name = "ECHO", durableObjectNamespace = "Echo"),
    (name = "KEEP", durableObjectNamespace = "Keep"),
  ],
  durableObjectNamespaces = [
    (className = "Echo", uniqueKey = "echo", enableSql = true),
    (className = "Keep", uniqueKey = "keep", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "echo-data"),
);
"#,
        source.display(),
        edge::COMPATIBILITY
    )
}
