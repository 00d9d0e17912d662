//! `cargo xtask dev`

use crate::{
    build, edge, hosts, paths,
    run::print_step,
    tools::{ToolScope, install_missing},
};
use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use devkit::{network::require_free_port, process::ChildProcess, workerd::StartOptions};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

/// Build everything, run it on this machine, and keep it up to date with every change.
///
/// Starts the edge on workerd, a stand-in agency, and the example web sites, and prints the pages to open. Whenever
/// an example changes it is checked and published again; a broken one is explained, and the last good one goes on.
/// Whenever the code changes it is built and started again, and so is the edge or the agency when somebody has ended it:
/// nothing said or handed in is lost by that.
#[derive(clap::Args)]
pub struct Args {
    /// The edge's port.
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// The example web sites' port. The examples allow 8788 only.
    #[arg(long, default_value_t = 8788)]
    pages_port: u16,
    /// The stand-in agency's port. The examples ask 8790.
    #[arg(long, default_value_t = 8790)]
    agency_port: u16,
}

/// Who works at the desk of `examples/ward`: the account's name, the name that is shown, the role.
const STAFF: &[(&str, &str, &str)] =
    &[("lan", "Nguyễn Thị Lan", "ward:lead"), ("minh", "Trần Văn Minh", "ward:agent")];

/// The examples and the names of their secrets.
const EXAMPLES: &[(&str, &str)] = &[("ward", "WARD_AGENCY_SECRET"), ("shop", "SHOP_AGENCY_SECRET")];

pub fn run(args: &Args) -> anyhow::Result<()> {
    install_missing(ToolScope::Build)?;
    build::build_all()?;
    let hoi = build::build_hoi()?;
    let folder = paths::repository_root().join("target/dev");
    fs::create_dir_all(&folder)?;
    let secrets = load_secrets(&folder)?;
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = stop.clone();
    ctrlc::set_handler(move || stopped.store(true, Ordering::SeqCst))?;
    let password = load_password(&folder)?;
    let dev = Dev { args, hoi, folder, secrets, password };
    for port in [args.port, args.agency_port] {
        require_free_port(port)?;
    }
    hosts::serve_pages(args.pages_port, format!("http://localhost:{}", args.port))?;
    let mut agency = dev.start_agency()?;
    let mut running = dev.start_edge()?;
    EXAMPLES.iter().for_each(|(example, _)| dev.publish_example(example));
    dev.create_staff();
    dev.print_pages();
    let mut seen = ChangeTimes::now();
    while !stop.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(300));
        if let Some(status) = running.0.try_wait()? {
            print_step(&format!("workerd has ended ({status}) and is started again"));
            running = dev.start_edge()?;
        }
        if let Some(status) = agency.0.try_wait()? {
            print_step(&format!("the stand-in agency has ended ({status}) and is started again"));
            agency = dev.start_agency()?;
        }
        let now = ChangeTimes::now();
        for ((example, _), (before, after)) in EXAMPLES.iter().zip(seen.examples.iter().zip(&now.examples)) {
            if before != after {
                dev.publish_example(example);
            }
        }
        if seen.code != now.code {
            match build::build_all() {
                Ok(()) => {
                    drop(running);
                    running = dev.start_edge()?;
                    EXAMPLES.iter().for_each(|(example, _)| dev.publish_example(example));
                    print_step("built and started again");
                }
                Err(error) => print_step(&format!("{error:#}; what ran before goes on")),
            }
        }
        seen = now;
    }
    drop((running, agency));
    Ok(())
}

struct Dev<'a> {
    args: &'a Args,
    hoi: PathBuf,
    folder: PathBuf,
    secrets: Vec<(String, String)>,
    password: String,
}

impl Dev<'_> {
    fn start_edge(&self) -> anyhow::Result<ChildProcess> {
        let settings = [
            ("HOI_STUDIO", "1".to_owned()),
            // Nobody but this machine reaches the desk.
            ("HOI_DESK_TOTP", "off".to_owned()),
            ("HOI_AGENCY_HOSTS", format!("127.0.0.1:{}", self.args.agency_port)),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value));
        let environment = self.secrets.iter().cloned().chain(settings).collect();
        let edge = edge::local_edge(&self.folder, self.args.port, environment);
        require_free_port(self.args.port)?;
        edge.write_config()?;
        edge.start(StartOptions::default())
    }

    fn start_agency(&self) -> anyhow::Result<ChildProcess> {
        let mut command = Command::new(&self.hoi);
        command.args(["agency", "--port", &self.args.agency_port.to_string(), "--cases"]);
        command.arg(self.folder.join("cases.json"));
        for (_, secret) in EXAMPLES {
            command.args(["--secret-env", secret]);
        }
        command.env("HOI_EDGE", format!("http://127.0.0.1:{}", self.args.port));
        ChildProcess::start("hoi agency", command.envs(self.secrets.iter().cloned()))
    }

    /// Checks, trains and publishes an example. A broken one has been explained by then; the last good one goes on.
    fn publish_example(&self, example: &str) {
        let mut command = Command::new(&self.hoi);
        command.arg("publish").arg(paths::repository_root().join("examples").join(example));
        command
            .env("HOI_EDGE", format!("http://127.0.0.1:{}", self.args.port))
            .envs(self.secrets.iter().cloned());
        if !command.status().is_ok_and(|status| status.success()) {
            print_step(&format!("examples/{example} was not published; the last good version of it goes on"));
        }
    }

    /// Makes the accounts of the desk that are not there yet.
    fn create_staff(&self) {
        for (name, shown, role) in STAFF {
            let mut command = Command::new(&self.hoi);
            command.args(["staff", "add", name, "--shown", shown, "--role", role, "--password-stdin"]);
            command
                .env("HOI_EDGE", format!("http://127.0.0.1:{}", self.args.port))
                .envs(self.secrets.iter().cloned());
            let made = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
            let made = made.and_then(|mut running| {
                if let Some(mut input) = running.stdin.take() {
                    writeln!(input, "{}", self.password)?;
                }
                running.wait_with_output()
            });
            match made {
                Ok(output) if output.status.success() => {}
                Ok(output) => {
                    let reason = String::from_utf8_lossy(&output.stderr);
                    if !reason.contains("already") {
                        print_step(&format!("the account {name} could not be made: {}", reason.trim()));
                    }
                }
                Err(error) => print_step(&format!("hoi staff could not be run: {error}")),
            }
        }
    }

    fn print_pages(&self) {
        let Args { port: edge, pages_port: pages, agency_port: agency, .. } = &self.args;
        let staff: Vec<String> = STAFF.iter().map(|(name, _, role)| format!("{name} ({role})")).collect();
        let (staff, password, indent) = (staff.join(" or "), &self.password, " ".repeat(39));
        eprintln!(
            "\nOpen\n  http://localhost:{pages}/ward/             a ward office's web site with the chat in it\n  \
             http://localhost:{pages}/ward/strict.html  the same under a strict content security policy\n  \
             http://localhost:{pages}/ward/spa.html     the same as a single-page application\n  \
             http://localhost:{pages}/shop/             a shop, in English and French\n  \
             http://localhost:{edge}/s/ward             the chat as a page of its own\n  \
             http://localhost:{edge}/studio             the chat in other colours, on a desktop and a phone\n  \
             http://localhost:{edge}/desk               where staff work: sign in as {staff}\n  \
             {indent}with the password {password}\n  \
             http://localhost:{agency}/                   the stand-in agency: decide about cases handed in\n\
             Change examples/ward/intents/… and ask again. End with Ctrl-C.\n"
        );
    }
}

/// When examples and code were last changed.
struct ChangeTimes {
    examples: Vec<SystemTime>,
    code: SystemTime,
}

impl ChangeTimes {
    fn now() -> ChangeTimes {
        let at = |path: &str| build::newest_change(&paths::repository_root().join(path));
        // What can't be read is seen when it is built.
        let code = build::own_sources(&["widget", "desk", "edge"]).unwrap_or_default();
        let parts = |example: &str| {
            let parts = ["site.toml", "intents", "procedures", "logo.svg"];
            let newest = parts.iter().map(|part| at(&format!("examples/{example}/{part}")));
            newest.fold(SystemTime::UNIX_EPOCH, SystemTime::max)
        };
        ChangeTimes {
            examples: EXAMPLES.iter().map(|(example, _)| parts(example)).collect(),
            code: code.iter().map(|path| at(path)).fold(SystemTime::UNIX_EPOCH, SystemTime::max),
        }
    }
}

/// Secrets for this machine, made once and kept out of version control.
fn load_secrets(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let path = folder.join("secrets.json");
    let kept = fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok());
    let mut made: Vec<(String, String)> = kept.unwrap_or_default();
    let before = made.len();
    let own = ["HOI_SECRET", "HOI_ADMIN_KEY", "HOI_PUSH_KEY"].map(|name| (name, ""));
    for (name, start) in own.into_iter().chain(EXAMPLES.iter().map(|(_, name)| (*name, "whsec_"))) {
        // A release may need one more than the release that made the others.
        if !made.iter().any(|(other, _)| other == name) {
            made.push((name.into(), format!("{start}{}", random_base64()?)));
        }
    }
    if made.len() > before {
        fs::write(&path, serde_json::to_vec(&made)?)
            .with_context(|| format!("{} can't be written", path.display()))?;
    }
    Ok(made)
}

/// The password of the desk's accounts on this machine, made once.
fn load_password(folder: &Path) -> anyhow::Result<String> {
    let path = folder.join("staff-password");
    if let Ok(kept) = fs::read_to_string(&path) {
        return Ok(kept);
    }
    let made: String = random_base64()?.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    fs::write(&path, &made).with_context(|| format!("{} can't be written", path.display()))?;
    Ok(made)
}

/// 32 random bytes, base64.
fn random_base64() -> anyhow::Result<String> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    Ok(STANDARD.encode(bytes))
}
