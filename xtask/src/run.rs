//! Running other programs.

use anyhow::{Context as _, bail};
use std::process::{Child, Command, Stdio};

/// Says what is being done, and why, on a line of its own.
pub fn say(what: &str) {
    eprintln!("\x1b[1m▸ {what}\x1b[0m");
}

/// Runs `command`, its output going where ours goes.
///
/// # Errors
/// With `what` if it can't be started or fails.
pub fn run(what: &str, command: &mut Command) -> anyhow::Result<()> {
    let status =
        command.status().with_context(|| format!("{what}: {:?} can't be started", command.get_program()))?;
    if !status.success() {
        bail!("{what} failed ({status})");
    }
    Ok(())
}

/// Runs `command` and gives what it printed; `None` if it can't be started or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Sends a signal, by its short name, to the process `to`.
///
/// # Errors
/// If there is no such process.
pub fn signal(name: &str, to: u32) -> anyhow::Result<()> {
    run("kill", Command::new("kill").arg(format!("-{name}")).arg(to.to_string()))
}

/// A program that ends with us.
pub struct Running(pub Child);

impl Running {
    /// Starts `command`.
    ///
    /// # Errors
    /// With `what` if it can't be started.
    pub fn start(what: &str, command: &mut Command) -> anyhow::Result<Running> {
        let child = command.spawn();
        Ok(Running(child.with_context(|| format!("{what}: {:?} can't be started", command.get_program()))?))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ended = self.0.kill();
        let _ended = self.0.wait();
    }
}
