//! A real edge: the built worker on the real workerd, with an empty disk of its own.

use super::{built, free_port, root};
use devkit::{
    process::ChildProcess,
    workerd::{ExtraConfig, LocalEdge, Networks, StartOptions},
};
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
    local: LocalEdge<'static>,
    process: Option<ChildProcess>,
}

impl Edge {
    pub fn start(options: &EdgeOptions) -> Edge {
        let mut edge = Edge::prepare(options);
        edge.up();
        edge.publish();
        edge
    }

    /// Starts one on the data that `fill` puts into its folder. Nothing is published by that.
    pub fn start_on(options: &EdgeOptions, fill: impl FnOnce(&Edge)) -> Edge {
        let mut edge = Edge::prepare(options);
        fs::create_dir_all(edge.data()).unwrap();
        fill(&edge);
        edge.up();
        edge
    }

    /// Its folder, with the configuration and a copy of the ward's site.
    fn prepare(options: &EdgeOptions) -> Edge {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let local = local_edge(folder.path(), port, options);
        local.write_config().unwrap();
        let site = folder.path().join("ward");
        copy(&root().join("examples/ward"), &site);
        let edge = Edge { origin: format!("http://localhost:{port}"), site, folder, local, process: None };
        edge.edit("http://localhost:8788", &options.host);
        edge.edit("http://127.0.0.1:8790/", &options.agency);
        for (find, put) in &options.edits {
            edge.edit(find, put);
        }
        edge
    }

    /// Starts workerd on this edge's disk.
    pub fn up(&mut self) {
        self.start_workerd(None);
    }

    /// The same where no file may grow beyond so many bytes, as if the disk were full.
    pub fn up_within(&mut self, bytes: u64) {
        self.start_workerd(Some(bytes));
    }

    /// From here on, no file may grow at all; it must have been started by [`Edge::up_within`].
    pub fn fill_disk(&mut self) {
        self.limit_files("--fsize=0:unlimited");
    }

    /// There is room again.
    pub fn make_room(&mut self) {
        self.limit_files("--fsize=unlimited");
    }

    fn limit_files(&self, limit: &str) {
        let pid = self.process.as_ref().expect("it runs").0.id();
        let status = Command::new("prlimit").args([limit, "--pid", &pid.to_string()]).status();
        assert!(status.expect("prlimit is there (util-linux)").success());
    }

    /// Where it keeps what visitors write.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn start_workerd(&mut self, file_size_limit: Option<u64>) {
        let log = self.folder.path().join("log");
        let started = self.local.start(StartOptions { log: Some(&log), file_size_limit });
        self.process = Some(started.unwrap_or_else(|error| panic!("{error:#}")));
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
        command.args(arguments).env("HOI_EDGE", format!("http://127.0.0.1:{}", self.local.port));
        command.env("HOI_ADMIN_KEY", ADMIN_KEY).output().unwrap()
    }

    pub fn publish(&self) {
        let output = self.hoi(&["publish", self.site.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// The edge as an operator has it, but for what stands here.
fn local_edge(folder: &Path, port: u16, options: &EdgeOptions) -> LocalEdge<'static> {
    // What stands in its address, host and port: on purpose this reads it in another way than the edge does.
    let listed = options.agency.trim_start_matches("http://").trim_end_matches('/');
    let listed = format!("{listed} {}", options.issuer.trim_start_matches("http://"));
    // Those without a value are not bound.
    let environment = [
        ("HOI_SECRET", SECRET),
        ("HOI_ADMIN_KEY", ADMIN_KEY),
        ("WARD_AGENCY_SECRET", AGENCY_SECRET),
        ("WARD_IDENTITY_SECRET", super::signer::IDENTITY_SECRET),
        ("HOI_STUDIO", if options.studio { "1" } else { "" }),
        ("HOI_AGENCY_HOSTS", listed.trim()),
        ("HOI_ADDRESS_HEADER", "x-real-ip"),
        ("HOI_OIDC_ISSUER", &options.issuer),
        ("HOI_OIDC_CLIENT_ID", super::provider::CLIENT),
        ("HOI_OIDC_CLIENT_SECRET", super::provider::CLIENT_SECRET),
        ("HOI_DESK_TOTP", if options.codes_off { "off" } else { "" }),
        ("HOI_PUSH_KEY", if options.push.is_empty() { "" } else { PUSH_KEY }),
        ("HOI_PUSH_HOSTS", &options.push),
    ];
    LocalEdge {
        workerd: built("HOI_WORKERD"),
        folder: folder.to_owned(),
        port,
        worker_dir: built("HOI_WORKER"),
        assets_dir: built("HOI_ASSETS_DIR"),
        environment: environment.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        // The stand-in agency is on this machine.
        networks: Networks::PublicAndLocal,
        failpoint: Some(options.drill.clone()),
        extra: ExtraConfig::default(),
    }
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
