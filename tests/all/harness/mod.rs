//! What the tests stand on: a real edge, a stand-in agency, host pages, a visitor's socket, a browser.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod agency;
mod browser;
mod colleague;
mod edge;
mod engine;
mod host;
mod input_method;
mod panel;
mod provider;
mod proxy;
mod push_service;
mod signer;
mod staff;
mod visitor;

pub use agency::Agency;
pub use browser::{Browser, BrowserOptions};
pub use colleague::{Heard, Line};
pub use edge::{ADMIN_KEY, AGENCY_SECRET, Edge, EdgeOptions, always_open, copy};
pub use engine::Engine;
pub use host::Host;
pub use input_method::{Framework, Typing};
pub use panel::Panel;
pub use provider::Provider;
pub use proxy::Proxy;
pub use push_service::{Push, PushService};
pub use signer::Signer;
pub use staff::{Answered, Desk, PASSWORD, app_code};
pub use visitor::{Visitor, protocols, say};

pub use devkit::browser::FrameProcesses;

use devkit::{network::find_free_port, process::ChildProcess};
use std::{
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

/// The repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Where a built part is, as `cargo xtask test` says.
pub fn built(variable: &str) -> PathBuf {
    let value = std::env::var_os(variable);
    PathBuf::from(
        value.unwrap_or_else(|| panic!("{variable} is not set: run the tests with `cargo xtask test`")),
    )
}

/// A port nobody listens on right now.
pub fn free_port() -> u16 {
    find_free_port().unwrap()
}

/// Posts a form to `path` of the ward, as a page without a script does; the status and the page.
pub fn post_form(edge: &Edge, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> (u16, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let request = agent.post(format!("{}/s/ward/{path}", edge.origin));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let answer = request.send_form(form.iter().copied()).unwrap();
    (answer.status().as_u16(), answer.into_body().read_to_string().unwrap())
}

/// Posts a form in parts, with files as `(field, name, bytes)`; the status and the page. Redirects are not followed.
pub fn post_parts(url: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> (u16, String) {
    let mut body = Vec::new();
    for (name, text) in fields {
        let head = format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), text.as_bytes(), b"\r\n"].concat());
    }
    for (field, name, bytes) in files {
        let head = format!(
            "--cut\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(b"--cut--\r\n");
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    let agent: ureq::Agent = config.build().into();
    let answer =
        agent.post(url).header("content-type", "multipart/form-data; boundary=cut").send(&body).unwrap();
    (answer.status().as_u16(), answer.into_body().read_to_string().unwrap_or_default())
}

/// Starts a process that ends with the test.
fn start_process(command: &mut Command) -> ChildProcess {
    ChildProcess::start("a helper of the test", command).unwrap_or_else(|error| panic!("{error:#}"))
}

/// Waits until `ready` says so; tells what was waited for if it never does.
pub fn wait_for(what: &str, mut ready: impl FnMut() -> bool) {
    let started = Instant::now();
    while !ready() {
        assert!(started.elapsed() < Duration::from_secs(30), "waited 30 s for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Waits in a test that also has a runtime to keep going.
pub async fn eventually(what: &str, ready: impl Fn() -> bool) {
    for _ in 0..1200 {
        if ready() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("waited two minutes for {what}");
}
