//! A real edge: the built worker on the real workerd, with an empty disk of its own.

use super::{Process, built, free_port, root, wait_for};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

const SECRET: &str = "a secret for tests only, 32 bytes and more";
/// What opens the admin API.
pub const ADMIN_KEY: &str = "an admin key for tests only, 32 bytes and more";
/// 32 bytes, as `openssl rand -base64 32` gives them.
const PUSH_KEY: &str = "cHVzaGVzIG9mIHRlc3RzIGFyZSBzaWduZWQgYnkgbWU=";
/// What the agency's requests are signed with.
pub const AGENCY_SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// What a test wants otherwise.
#[derive(Clone)]
pub struct EdgeOptions {
    /// The origin of the host pages, for `origins`.
    pub host: String,
    /// The agency's address.
    pub agency: String,
    /// Edits to the copy of `examples/ward/site.toml`: what to find, and what to put there.
    pub edits: Vec<(String, String)>,
    /// Whether it has a studio.
    pub studio: bool,
    /// The address of the provider that staff may sign in with; nothing: none.
    pub issuer: String,
    /// Whether staff may sign in without one-time codes.
    pub codes_off: bool,
    /// The push service that the operator lists, host and port; nothing: the edge has no key for any.
    pub push: String,
    /// A handler that panics, and at which of its calls: `alarm:1`.
    pub drill: String,
}

impl Default for EdgeOptions {
    fn default() -> Self {
        // Port 9 is "discard": nobody answers there.
        let (host, agency) = ("http://localhost:8788".to_owned(), "http://127.0.0.1:9/".to_owned());
        EdgeOptions {
            host,
            agency,
            edits: Vec::new(),
            studio: false,
            issuer: String::new(),
            codes_off: false,
            push: String::new(),
            drill: String::new(),
        }
    }
}

/// Edits that have the ward always open, so that the test's own clock decides nothing.
pub fn always_open() -> Vec<(String, String)> {
    let day = "[\"7:30-11:30\", \"13:00-17:00\"]";
    vec![
        ("[hours]\n".into(), "[hours]\nsunday = [\"0:00-24:00\"]\n".into()),
        (day.into(), "[\"0:00-24:00\"]".into()),
        ("saturday = [\"7:30-11:30\"]".into(), "saturday = [\"0:00-24:00\"]".into()),
        ("calendar = \"vn\"".into(), "calendar = \"none\"".into()),
    ]
}

/// A running edge with the ward's site published.
pub struct Edge {
    pub origin: String,
    pub site: PathBuf,
    pub folder: TempDir,
    process: Option<Process>,
    port: u16,
}

impl Edge {
    pub fn start(options: &EdgeOptions) -> Edge {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        fs::create_dir(folder.path().join("data")).unwrap();
        fs::write(folder.path().join("edge.capnp"), config(port, options)).unwrap();
        let site = folder.path().join("ward");
        copy(&root().join("examples/ward"), &site);
        let mut edge = Edge { origin: format!("http://localhost:{port}"), site, folder, process: None, port };
        edge.edit("http://localhost:8788", &options.host);
        edge.edit("http://127.0.0.1:8790/", &options.agency);
        for (find, put) in &options.edits {
            edge.edit(find, put);
        }
        edge.up();
        edge.publish();
        edge
    }

    /// Starts workerd on this edge's disk.
    pub fn up(&mut self) {
        self.run(Command::new(built("HOI_WORKERD")));
    }

    /// The same where no file may grow beyond so many bytes, as if the disk were full.
    pub fn up_within(&mut self, bytes: u64) {
        // The signal that would end the process is ignored: then the write fails, as on a full disk.
        let mut command = Command::new("env");
        command.args(["--ignore-signal=XFSZ", "prlimit", &format!("--fsize={bytes}:unlimited")]);
        command.arg(built("HOI_WORKERD"));
        self.run(command);
    }

    /// There is room again.
    pub fn make_room(&mut self) {
        let pid = self.process.as_mut().expect("it runs").child().id();
        let status = Command::new("prlimit").args(["--fsize=unlimited", "--pid", &pid.to_string()]).status();
        assert!(status.expect("prlimit is there (util-linux)").success());
    }

    /// Where it keeps what visitors write.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn run(&mut self, mut command: Command) {
        let log = fs::File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        command.args(["serve", "-I/", "edge.capnp"]).current_dir(self.folder.path());
        command.stdout(log.try_clone().unwrap()).stderr(log);
        let mut process = Process::start(&mut command);
        let health = format!("http://127.0.0.1:{}/health", self.port);
        wait_for("workerd to serve", || {
            let ended = process.child().try_wait().unwrap();
            assert!(ended.is_none(), "workerd ended at once:\n{}", self.log());
            ureq::get(&health).call().is_ok()
        });
        self.process = Some(process);
    }

    /// Ends workerd as a power cut would.
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// What the edge has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// How many files the conversations of all sites have on the disk.
    pub fn files(&self) -> usize {
        self.objects("hoi-conversation")
    }

    /// How many files the objects of a kind have there.
    pub fn objects(&self, kind: &str) -> usize {
        let folder = fs::read_dir(self.data().join(kind));
        folder.map_or(0, |files| files.filter(|file| is_database(file.as_ref().unwrap())).count())
    }

    /// Changes the site's settings; `publish` makes them live.
    pub fn edit(&self, find: &str, put: &str) {
        let path = self.site.join("site.toml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(find), "site.toml has no {find:?} to replace");
        fs::write(path, text.replace(find, put)).unwrap();
    }

    /// Runs `hoi` against this edge; gives what it printed.
    pub fn hoi(&self, arguments: &[&str]) -> std::process::Output {
        let mut command = Command::new(built("HOI_BIN"));
        command.args(arguments).env("HOI_EDGE", format!("http://127.0.0.1:{}", self.port));
        command.env("HOI_ADMIN_KEY", ADMIN_KEY).output().unwrap()
    }

    pub fn publish(&self) {
        let output = self.hoi(&["publish", self.site.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn config(port: u16, options: &EdgeOptions) -> String {
    let worker = built("HOI_WORKER");
    let assets = built("HOI_ASSETS_DIR");
    let manifest = fs::read_to_string(assets.join("manifest.json")).expect("the assets have a manifest");
    // What stands in its address, host and port: on purpose this reads it in another way than the edge does.
    let listed = options.agency.trim_start_matches("http://").trim_end_matches('/');
    let listed = format!("{listed} {}", options.issuer.trim_start_matches("http://"));
    let text = |name: &str, value: &str| format!("(name = {name:?}, text = {value:?}),\n    ");
    let bindings = [
        text("HOI_SECRET", SECRET),
        text("HOI_ADMIN_KEY", ADMIN_KEY),
        text("HOI_ASSETS", &manifest.replace('\n', " ")),
        text("WARD_AGENCY_SECRET", AGENCY_SECRET),
        text("WARD_IDENTITY_SECRET", super::signer::IDENTITY_SECRET),
        if options.studio { text("HOI_STUDIO", "1") } else { String::new() },
        text("HOI_AGENCY_HOSTS", listed.trim()),
        text("HOI_ADDRESS_HEADER", "x-real-ip"),
        text("HOI_OIDC_ISSUER", &options.issuer),
        text("HOI_OIDC_CLIENT_ID", super::provider::CLIENT),
        text("HOI_OIDC_CLIENT_SECRET", super::provider::CLIENT_SECRET),
        if options.codes_off { text("HOI_DESK_TOTP", "off") } else { String::new() },
        if options.push.is_empty() { String::new() } else { text("HOI_PUSH_KEY", PUSH_KEY) },
        text("HOI_PUSH_HOSTS", &options.push),
        text("HOI_DRILL", &options.drill),
    ];
    format!(
        r#"using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "edge", worker = .edge),
    (name = "assets", disk = (path = "{assets}")),
    (name = "data", disk = (path = "data", writable = true)),
    # The stand-in agency is on this machine.
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:{port}", http = (), service = "edge")],
);
const edge :Workerd.Worker = (
  modules = [
    (name = "index.js", esModule = embed "{worker}/index.js"),
    (name = "./index_bg.wasm", wasm = embed "{worker}/index_bg.wasm"),
  ],
  compatibilityDate = "2026-04-01",
  bindings = [
    (name = "CONVERSATION", durableObjectNamespace = "Conversation"),
    (name = "SITE", durableObjectNamespace = "Site"),
    (name = "BOARD", durableObjectNamespace = "Board"),
    (name = "STAFF", durableObjectNamespace = "Staff"),
    (name = "ASSETS", service = "assets"),
    {bindings}
  ],
  durableObjectNamespaces = [
    (className = "Conversation", uniqueKey = "hoi-conversation", enableSql = true),
    (className = "Site", uniqueKey = "hoi-site", enableSql = true),
    (className = "Board", uniqueKey = "hoi-board", enableSql = true),
    (className = "Staff", uniqueKey = "hoi-staff", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "data"),
);
"#,
        assets = assets.display(),
        worker = worker.display(),
        bindings = bindings.concat(),
    )
}

fn is_database(file: &fs::DirEntry) -> bool {
    // The runtime's own table of alarms stands beside them.
    file.path().extension().is_some_and(|ending| ending == "sqlite") && file.file_name() != "metadata.sqlite"
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
