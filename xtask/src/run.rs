//! Running other programs.

use anyhow::{Context as _, bail};
use std::process::{Command, Stdio};

/// Says what is being done, and why, on a line of its own.
pub fn print_step(what: &str) {
    eprintln!("\x1b[1m▸ {what}\x1b[0m");
}

/// Runs `command`, its output going where ours goes.
///
/// # Errors
/// With `what` if it can't be started or fails.
pub fn run_command(what: &str, command: &mut Command) -> anyhow::Result<()> {
    let status =
        command.status().with_context(|| format!("{what}: {:?} can't be started", command.get_program()))?;
    if !status.success() {
        bail!("{what} failed ({status})");
    }
    Ok(())
}

/// Runs `command` and gives what it printed; `None` if it can't be started or fails.
pub fn command_output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Sends a signal, by its short name, to the process `to`.
///
/// # Errors
/// If there is no such process.
pub fn send_signal(name: &str, to: u32) -> anyhow::Result<()> {
    run_command("kill", Command::new("kill").arg(format!("-{name}")).arg(to.to_string()))
}

/// The same to all processes of the group `to`; quietly, as they may have ended.
///
/// # Errors
/// If there is none.
pub fn send_signal_to_group(name: &str, to: u32) -> anyhow::Result<()> {
    let mut kill = Command::new("kill");
    kill.arg(format!("-{name}")).arg("--").arg(format!("-{to}")).stderr(Stdio::null());
    run_command("kill", &mut kill)
}
