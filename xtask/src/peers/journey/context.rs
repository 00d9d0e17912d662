//! What every step of the journey uses: the edge, what stands in front of it, the stand-in agency, and answers over HTTP.

use crate::bench::{lab::Lab, socket::fetch_boot};
use anyhow::{Context as _, ensure};
use devkit::process::ChildProcess;
use serde_json::Value;
use std::{fs::File, net::TcpStream, path::PathBuf, process::Command, time::Duration};

/// How long one answer may take before something is wrong.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// How long the stand-in agency may take to start.
pub(super) const START_LIMIT: Duration = Duration::from_secs(10);
/// A question that only the agency can answer.
pub(super) const FOR_AGENCY: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";
/// What the agency answers when it answers by callback; with what makes firewalls look twice.
pub(super) const LATE_REPLY: &str =
    "Mời bà xem [Cổng dịch vụ công](https://dichvucong.gov.vn/?a=1&b=2), chọn mục 3 -- hoặc gọi 1022.";

/// How the ward's site is published for it.
pub const SITE_EDITS: &[(&str, &str)] = &[(
    "# How much may be used;",
    "[files]\nallow = [\"pdf\", \"png\"]\nmax_mb = 10\n\n# How much may be used;",
)];

/// A journey under way.
pub struct Journey<'a> {
    pub(super) lab: &'a Lab,
    /// Host and port of what stands in front of the edge, as browsers name it.
    pub(super) host: String,
    pub(super) agent: ureq::Agent,
    pub(super) agency: Option<ChildProcess>,
}

impl Journey<'_> {
    /// Starts the stand-in agency, in place of the one that runs; what it prints goes to a file.
    pub(super) fn start_agency(&mut self, arguments: &[&str]) -> anyhow::Result<()> {
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

    pub(super) fn agency_log(&self) -> PathBuf {
        self.lab.site_dir().with_file_name("agency.log")
    }

    pub(super) fn absolute_url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    pub(super) fn page_origin(&self) -> String {
        format!("http://{}", self.host)
    }

    pub(super) fn get(&self, path: &str) -> anyhow::Result<HttpAnswer> {
        HttpAnswer::read(self.agent.get(self.absolute_url(path)).call()?)
    }

    /// Posts a form as the page does.
    pub(super) fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<HttpAnswer> {
        let request = self.agent.post(self.absolute_url(path)).header("origin", self.page_origin());
        HttpAnswer::read(request.send_form(fields.iter().copied())?)
    }

    pub(super) fn fetch_boot(&self) -> anyhow::Result<PageBoot> {
        Ok(PageBoot::from_value(&fetch_boot(&self.host)?))
    }
}

/// What a page tells the widget.
pub(super) struct PageBoot {
    pub(super) version: Value,
    pub(super) ticket: String,
}

impl PageBoot {
    pub(super) fn from_value(boot: &Value) -> PageBoot {
        let ticket = boot.get("ticket").and_then(Value::as_str).unwrap_or_default().to_owned();
        PageBoot { version: boot.get("v").cloned().unwrap_or_default(), ticket }
    }
}

/// An answer over HTTP.
pub(super) struct HttpAnswer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl HttpAnswer {
    pub(super) fn read(answer: ureq::http::Response<ureq::Body>) -> anyhow::Result<HttpAnswer> {
        let (head, body) = answer.into_parts();
        let header = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let headers = head.headers.iter().map(header).collect();
        let body = body.into_with_config().limit(64 * 1024 * 1024).read_to_vec()?;
        Ok(HttpAnswer { status: head.status.as_u16(), headers, body })
    }

    /// All values of a header, together.
    pub(super) fn header_values(&self, name: &str) -> String {
        let values = self.headers.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(", ")
    }

    pub(super) fn body_text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Its text, if it has this status.
    pub(super) fn require_status(&self, status: u16) -> anyhow::Result<String> {
        let text = self.body_text();
        let start: String = text.chars().take(200).collect();
        ensure!(self.status == status, "status {} instead of {status}: {}", self.status, start.trim());
        Ok(text)
    }
}

/// Runs a script with Node.js and gives what it prints.
pub(super) fn run_script(script: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("node").arg("-e").arg(script).args(arguments).output();
    let output = output.context("node does not run; `cargo xtask setup` says what is missing")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
