//! An agency's own provider, where its people sign in: in another language, so that both can't be wrong alike.

use super::{free_port, root, start_process, wait_for};
use devkit::process::ChildProcess;
use serde_json::Value;
use std::process::Command;

/// Who the edge is there.
pub const CLIENT: &str = "hoi desk";
/// With a character that must be escaped.
pub const CLIENT_SECRET: &str = "a client secret for tests only";

/// A running provider.
pub struct Provider {
    pub origin: String,
    pub port: u16,
    _process: ChildProcess,
}

impl Provider {
    /// One that signs with `algorithm`.
    pub fn start(algorithm: &str) -> Provider {
        let port = free_port();
        let mut command = Command::new("node");
        command.arg(root().join("tests/all/harness/provider.js"));
        command.args([algorithm, CLIENT, CLIENT_SECRET, &port.to_string()]);
        let process = start_process(&mut command);
        let origin = format!("http://localhost:{port}");
        wait_for("the provider", || ureq::get(format!("{origin}/keys")).call().is_ok());
        Provider { origin, port, _process: process }
    }

    /// These claims stand in the next tokens.
    pub fn is(&self, person: &Value) {
        self.put("person", &person.to_string());
    }

    /// UserInfo says these claims beside the token's `sub`.
    pub fn adds(&self, claims: &Value) {
        self.put("userinfo", &claims.to_string());
    }

    /// It does this wrong from now on; nothing: no more.
    pub fn does(&self, wrong: &str) {
        self.put("bad", wrong);
    }

    fn put(&self, path: &str, body: &str) {
        ureq::put(format!("{}/{path}", self.origin)).send(body).unwrap();
    }
}
