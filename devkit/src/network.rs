//! Ports of this machine.

use anyhow::Context as _;
use std::net::TcpListener;

/// A port nobody listens on right now.
///
/// # Errors
/// If the machine gives none.
pub fn find_free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no port is free")?;
    Ok(listener.local_addr()?.port())
}

/// Checks that nobody listens on `port`.
///
/// # Errors
/// With what to do if somebody does.
pub fn require_free_port(port: u16) -> anyhow::Result<()> {
    TcpListener::bind(("127.0.0.1", port))
        .map(|_| ())
        .with_context(|| format!("port {port} is taken; end what uses it, or choose another (see --help)"))
}
