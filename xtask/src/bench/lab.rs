//! A real edge to measure, with a plain echo in the same runtime and the ward's site published.

use crate::{build, edge, paths, run::run_command};
use anyhow::{Context as _, bail, ensure};
use devkit::{
    network::find_free_port,
    process::ChildProcess,
    workerd::{
        DurableObjectClass, ExtraConfig, LocalEdge, ModuleKind, StartOptions, WorkerDefinition, render_socket,
    },
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the ward's questions are signed with.
pub const AGENCY_SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const ADMIN_KEY: &str = "a key for measuring only, 32 bytes or more";

/// A checkout whose edge, pages and `hoi` are built: this one, or another one to measure it against.
pub struct BuiltCheckout {
    root: PathBuf,
    build_dir: PathBuf,
    hoi: PathBuf,
}

impl BuiltCheckout {
    /// The one this program stands in; `hoi` is built if need be.
    ///
    /// # Errors
    /// If `hoi` does not compile.
    pub fn current_checkout() -> anyhow::Result<BuiltCheckout> {
        let root = paths::repository_root();
        Ok(BuiltCheckout { hoi: build::build_hoi()?, build_dir: paths::build_dir(), root })
    }

    /// Another one, built before.
    ///
    /// # Errors
    /// If something is missing there: the error names it, and the command that makes it.
    pub fn built_at(root: &Path) -> anyhow::Result<BuiltCheckout> {
        let build_dir = root.join("target/hoi");
        let hoi = root.join("target/debug/hoi");
        let needed = [
            &build_dir.join("worker/index.js"),
            &build_dir.join("assets"),
            &hoi,
            &root.join("examples/ward"),
        ];
        for path in needed {
            ensure!(
                path.exists(),
                "{} is missing: check the other commit out there and run `cargo xtask bench start` in it",
                path.display()
            );
        }
        Ok(BuiltCheckout {
            root: root.canonicalize()?,
            build_dir: build_dir.canonicalize()?,
            hoi: hoi.canonicalize()?,
        })
    }
}

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
    checkout: BuiltCheckout,
    folder: PathBuf,
    local: LocalEdge<'static>,
    running: Option<ChildProcess>,
}

impl Lab {
    /// Starts one on free ports, with an empty disk: in the folder `data`, or where builds go.
    ///
    /// # Errors
    /// If it does not come up, or the site can't be published.
    pub fn open(data: Option<&Path>) -> anyhow::Result<Lab> {
        let folder = data.map_or_else(|| paths::repository_root().join("target/hoi-bench"), Path::to_owned);
        if data.is_some() && folder.exists() {
            bail!("{} is there already; name a folder that may be made and removed", folder.display());
        }
        Lab::open_checkout(BuiltCheckout::current_checkout()?, folder)
    }

    /// The same in `folder`, which is emptied, with more settings.
    ///
    /// # Errors
    /// As [`Lab::open`].
    pub fn open_configured(folder: PathBuf, settings: &[(&str, &str)]) -> anyhow::Result<Lab> {
        Lab::open_with(BuiltCheckout::current_checkout()?, folder, settings)
    }

    /// The same with another checkout's edge and site; its disk goes to `folder`, which is emptied.
    ///
    /// # Errors
    /// As [`Lab::open`].
    pub fn open_checkout(checkout: BuiltCheckout, folder: PathBuf) -> anyhow::Result<Lab> {
        Lab::open_with(checkout, folder, &[])
    }

    fn open_with(checkout: BuiltCheckout, folder: PathBuf, settings: &[(&str, &str)]) -> anyhow::Result<Lab> {
        build::empty_folder(&folder)?;
        let (port, echo, host_port) = (find_free_port()?, find_free_port()?, find_free_port()?);
        let agency_port = find_free_port()?;
        fs::create_dir(folder.join("echo"))?;
        let extra = echo_config(echo);
        let mut environment = edge_environment(agency_port);
        environment.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let local = LocalEdge {
            extra,
            worker_dir: checkout.build_dir.join("worker"),
            assets_dir: checkout.build_dir.join("assets"),
            ..edge::local_edge(&folder, port, environment)
        };
        local.write_config()?;
        let running = Some(local.start(StartOptions::default())?);
        let at = |port: u16| format!("127.0.0.1:{port}");
        let lab =
            Lab { edge: at(port), echo: at(echo), host_port, agency_port, checkout, folder, local, running };
        lab.publish_site(&[])?;
        Ok(lab)
    }

    /// Ends the edge at once and gives what starts it again on the same disk.
    pub fn stop_edge(&mut self) -> &LocalEdge<'static> {
        self.running = None;
        &self.local
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
        self.running = Some(self.local.start(StartOptions::default())?);
        Ok(())
    }

    /// Where the edge keeps what visitors write.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The memory that the runtime holds, in MB.
    ///
    /// # Errors
    /// Where the system has no `/proc`.
    pub fn memory_mb(&self) -> anyhow::Result<f64> {
        let process = self.running.as_ref().context("the edge was stopped")?.0.id();
        let status = fs::read_to_string(format!("/proc/{process}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? * 1024.0 / 1e6)
    }

    /// Publishes a copy of the ward's site that our host page may show, with some lines of its settings changed.
    ///
    /// # Errors
    /// If the edge refuses it.
    pub fn publish_site(&self, edits: &[(&str, &str)]) -> anyhow::Result<()> {
        let site = self.site_dir();
        if site.exists() {
            fs::remove_dir_all(&site)?;
        }
        run_command(
            "cp",
            Command::new("cp").arg("-r").arg(self.checkout.root.join("examples/ward")).arg(&site),
        )?;
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
        let published = self.hoi_command(&self.edge).arg("publish").arg(&site).output()?;
        // What it warns of is meant for operators of real edges.
        ensure!(
            published.status.success(),
            "hoi publish failed: {}",
            String::from_utf8_lossy(&published.stderr)
        );
        Ok(())
    }

    /// Where the site is that was published.
    pub fn site_dir(&self) -> PathBuf {
        self.folder.join("ward")
    }

    /// What opens its admin API.
    pub fn admin_key(&self) -> &'static str {
        ADMIN_KEY
    }

    /// `hoi` for the operator of this edge, who reaches it at `host`, a host with its port.
    pub fn hoi_command(&self, host: &str) -> Command {
        let mut hoi = Command::new(&self.checkout.hoi);
        hoi.env("HOI_EDGE", format!("http://{host}")).env("HOI_ADMIN_KEY", ADMIN_KEY);
        hoi.env("AGENCY_SECRET", AGENCY_SECRET);
        hoi
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        self.running = None;
        // What can't be removed is emptied the next time.
        let _left = fs::remove_dir_all(&self.folder);
    }
}

fn edge_environment(agency: u16) -> Vec<(String, String)> {
    let agency = format!("127.0.0.1:{agency}");
    let variables = [
        ("HOI_SECRET", "a secret for measuring only, 32 bytes or more"),
        ("HOI_ADMIN_KEY", ADMIN_KEY),
        ("WARD_AGENCY_SECRET", AGENCY_SECRET),
        ("HOI_AGENCY_HOSTS", &agency),
        // Whoever says no address is counted by none.
        ("HOI_ADDRESS_HEADER", "x-real-ip"),
    ];
    variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

/// A plain echo in the same runtime, on a port and a disk of its own.
fn echo_config(port: u16) -> ExtraConfig<'static> {
    const OBJECTS: &[DurableObjectClass] = &[
        DurableObjectClass { binding: "ECHO", class: "Echo", unique_key: "echo" },
        DurableObjectClass { binding: "KEEP", class: "Keep", unique_key: "keep" },
    ];
    let source = paths::repository_root().join("xtask/bench/echo.js").display().to_string();
    ExtraConfig {
        services: "    (name = \"echo\", worker = .echo),\n    \
                   (name = \"echo-data\", disk = (path = \"echo\", writable = true)),\n"
            .to_owned(),
        sockets: render_socket("echo", &format!("127.0.0.1:{port}"), "echo"),
        workers: vec![WorkerDefinition {
            name: "echo",
            modules: vec![("echo.js", ModuleKind::EsModule, source)],
            bindings: String::new(),
            objects: OBJECTS,
            storage: Some("echo-data"),
        }],
    }
}
