//! What visitors, staff, the agency and operators do, through whatever stands in front of the edge.

mod browser;
mod desk;
mod files;
mod form;
mod operator;
mod page;
mod talk;

use super::report::PeerTrial;
use crate::{
    bench::{lab::Lab, socket::fetch_boot},
    run::print_step,
};
use anyhow::{Context as _, ensure};
use devkit::process::ChildProcess;
use serde_json::Value;
use std::{fs::File, net::TcpStream, path::PathBuf, process::Command, time::Duration};

/// How long one answer may take before something is wrong.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long the stand-in agency may take to start.
const START_LIMIT: Duration = Duration::from_secs(10);
/// A question that only the agency can answer.
const FOR_AGENCY: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";
/// What the agency answers when it answers by callback; with what makes firewalls look twice.
const LATE_REPLY: &str =
    "Mời bà xem [Cổng dịch vụ công](https://dichvucong.gov.vn/?a=1&b=2), chọn mục 3 -- hoặc gọi 1022.";

/// How the ward's site is published for it.
pub const SITE_EDITS: &[(&str, &str)] = &[(
    "# How much may be used;",
    "[files]\nallow = [\"pdf\", \"png\"]\nmax_mb = 10\n\n# How much may be used;",
)];

/// A journey under way.
pub struct Journey<'a> {
    lab: &'a Lab,
    /// Host and port of what stands in front of the edge, as browsers name it.
    host: String,
    agent: ureq::Agent,
    agency: Option<ChildProcess>,
}

type TrialFunction = fn(&mut Journey<'_>) -> anyhow::Result<String>;

/// What is tried, in this order: each leaves behind what the next may need.
const TRIALS: &[(&str, TrialFunction)] = &[
    ("chat page, loader and files, as from the edge", page::load_page),
    ("/health is never kept", page::read_health),
    ("a socket opens, a question is answered", talk::talk_by_socket),
    ("an answer grows in a socket", talk::stream_by_socket),
    ("posted and asked for, without a socket", talk::talk_by_polling),
    ("an answer that goes on, without a socket", talk::stream_by_post),
    ("a real browser in which no socket opens", browser::ask_without_sockets),
    ("words that look like code, posted", talk::post_suspicious_words),
    ("from a page of another origin, without a socket", talk::talk_from_page),
    ("a file of 4.9 MB", files::upload_file),
    ("a file that is too large: 413, not 403", files::upload_excess),
    ("a form in Vietnamese, handed in", form::hand_in_form),
    ("staff sign in; the desk and its socket", desk::open_desk),
    ("a callback of the agency's with a link", talk::receive_callback),
    ("`hoi publish`", operator::publish_site),
];

/// Where the peer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In front of the edge: it ends the visitor's connection, and so knows addresses and can close `/admin/`.
    Front,
    /// The same, and looks for attacks in what it passes on.
    Firewall,
    /// Somewhere on the way: it sees that somebody speaks to the edge, no more.
    Tunnel,
}

/// What is tried only where it looks for attacks.
const FIREWALL_TRIALS: &[(&str, TrialFunction)] =
    &[("attacks in addresses and elsewhere are still refused", page::attack_edge)];

/// What is tried only where the peer ends the visitor's connection.
const FRONT_TRIALS: &[(&str, TrialFunction)] = &[
    ("/admin/ is closed to strangers, however written", operator::knock_as_stranger),
    // The last one: it leaves the site without room for anybody.
    ("a made-up X-Real-IP is not believed", operator::forge_address),
];

/// Goes through everything on `port`.
///
/// # Errors
/// If the stand-in agency does not start. What fails in a trial is in its outcome.
pub fn run_journey(lab: &Lab, port: u16, place: Place) -> anyhow::Result<Vec<PeerTrial>> {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    let agent = config.timeout_global(Some(PATIENCE)).build().into();
    let mut journey = Journey { lab, host: format!("localhost:{port}"), agent, agency: None };
    journey.start_agency(&["--piece-ms", "60"])?;
    let mut trials = Vec::new();
    let firewall = if place == Place::Firewall { FIREWALL_TRIALS } else { &[] };
    let front = if place == Place::Tunnel { &[] } else { FRONT_TRIALS };
    for (what, attempt) in TRIALS.iter().chain(firewall).chain(front) {
        let outcome = attempt(&mut journey).map_err(|error| format!("{error:#}"));
        match &outcome {
            Ok(note) => eprintln!("  works   {what}: {note}"),
            Err(why) => print_step(&format!("FAILS   {what}: {why}")),
        }
        trials.push(PeerTrial { what, outcome });
    }
    Ok(trials)
}

impl Journey<'_> {
    /// Starts the stand-in agency, in place of the one that runs; what it prints goes to a file.
    fn start_agency(&mut self, arguments: &[&str]) -> anyhow::Result<()> {
        self.agency = None;
        let mut hoi = self.lab.hoi_command(&self.host);
        hoi.args(["agency", "--delay-ms", "50", "--port", &self.lab.agency_port.to_string()]).args(arguments);
        let log = File::create(self.agency_log())?;
        hoi.stdout(log.try_clone()?).stderr(log);
        let mut agency = ChildProcess::start("hoi agency", &mut hoi)?;
        let port = self.lab.agency_port;
        let is_listening = || TcpStream::connect(("127.0.0.1", port)).is_ok();
        agency.wait_until_ready("hoi agency", START_LIMIT, is_listening)?;
        self.agency = Some(agency);
        Ok(())
    }

    fn agency_log(&self) -> PathBuf {
        self.lab.site_dir().with_file_name("agency.log")
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    fn origin(&self) -> String {
        format!("http://{}", self.host)
    }

    fn get(&self, path: &str) -> anyhow::Result<HttpAnswer> {
        HttpAnswer::read(self.agent.get(self.url(path)).call()?)
    }

    /// Posts a form as the page does.
    fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<HttpAnswer> {
        let request = self.agent.post(self.url(path)).header("origin", self.origin());
        HttpAnswer::read(request.send_form(fields.iter().copied())?)
    }

    fn fetch_boot(&self) -> anyhow::Result<PageBoot> {
        Ok(PageBoot::from_value(&fetch_boot(&self.host)?))
    }
}

/// What a page tells the widget.
struct PageBoot {
    version: Value,
    ticket: String,
}

impl PageBoot {
    fn from_value(boot: &Value) -> PageBoot {
        let ticket = boot.get("ticket").and_then(Value::as_str).unwrap_or_default().to_owned();
        PageBoot { version: boot.get("v").cloned().unwrap_or_default(), ticket }
    }
}

/// An answer over HTTP.
struct HttpAnswer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl HttpAnswer {
    fn read(answer: ureq::http::Response<ureq::Body>) -> anyhow::Result<HttpAnswer> {
        let (head, body) = answer.into_parts();
        let header = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let headers = head.headers.iter().map(header).collect();
        let body = body.into_with_config().limit(64 * 1024 * 1024).read_to_vec()?;
        Ok(HttpAnswer { status: head.status.as_u16(), headers, body })
    }

    /// All values of a header, together.
    fn header(&self, name: &str) -> String {
        let values = self.headers.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(", ")
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Its text, if it has this status.
    fn require(&self, status: u16) -> anyhow::Result<String> {
        let text = self.text();
        let start: String = text.chars().take(200).collect();
        ensure!(self.status == status, "status {} instead of {status}: {}", self.status, start.trim());
        Ok(text)
    }
}

/// Runs a script with Node.js and gives what it prints.
fn run_script(script: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("node").arg("-e").arg(script).args(arguments).output();
    let output = output.context("node does not run; `cargo xtask setup` says what is missing")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
