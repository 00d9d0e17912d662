//! A real edge to measure, with a plain echo in the same runtime and the ward's site published.

use crate::{
    build, edge, paths,
    run::{Running, run},
};
use anyhow::{Context as _, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const ADMIN_KEY: &str = "a key for measuring only, 32 bytes or more";

/// A running edge. It and its data are gone when dropped.
pub struct Lab {
    /// Host and port of the edge.
    pub edge: String,
    /// Host and port of the echo.
    pub echo: String,
    /// Where the host page is to be served.
    pub host_port: u16,
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
        fs::create_dir(folder.join("echo"))?;
        fs::write(folder.join("edge.capnp"), config(port, echo)?)?;
        let running = Some(edge::start(&folder, port, &[])?);
        let at = |port: u16| format!("127.0.0.1:{port}");
        let lab = Lab { edge: at(port), echo: at(echo), host_port, folder, port, running };
        lab.publish()?;
        Ok(lab)
    }

    /// Ends the edge at once and gives a command that starts it again on the same disk.
    pub fn stopped(&mut self) -> (&Path, u16) {
        self.running = None;
        (&self.folder, self.port)
    }

    /// Publishes a copy of the ward's site that our host page may show.
    fn publish(&self) -> anyhow::Result<()> {
        let site = self.folder.join("ward");
        run("cp", Command::new("cp").arg("-r").arg(paths::root().join("examples/ward")).arg(&site))?;
        let settings = site.join("site.toml");
        let text =
            fs::read_to_string(&settings).with_context(|| format!("{} can't be read", settings.display()))?;
        let host = format!("http://localhost:{}", self.host_port);
        fs::write(&settings, text.replace("http://localhost:8788", &host))?;
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

fn config(port: u16, echo: u16) -> anyhow::Result<String> {
    let bound = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let text = [
        bound("HOI_SECRET", "a secret for measuring only, 32 bytes or more"),
        bound("HOI_ADMIN_KEY", ADMIN_KEY),
        bound("HOI_ASSETS", &edge::manifest_line()?),
    ];
    let sockets =
        format!("    (name = \"echo\", address = \"127.0.0.1:{echo}\", http = (), service = \"echo\"),\n");
    Ok(edge::config(&edge::Place {
        address: &format!("127.0.0.1:{port}"),
        built: &edge::built(),
        data: "data",
        network: &["public"],
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
