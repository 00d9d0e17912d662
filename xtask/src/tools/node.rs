//! Node.js, which runs the tools that come as npm packages.

use super::tool::Tool;
use crate::run::command_output;
use anyhow::bail;
use std::process::Command;

/// The oldest that wrangler runs on.
const OLDEST: u32 = 20;

/// Node.js.
pub struct Node;

impl Tool for Node {
    fn name(&self) -> String {
        format!("Node.js {OLDEST} or newer, with npm")
    }

    fn is_there(&self) -> bool {
        let said = command_output(Command::new("node").arg("--version")).unwrap_or_default();
        let major = said.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
        major.is_some_and(|major: u32| major >= OLDEST)
    }

    fn install(&self) -> anyhow::Result<()> {
        bail!("install Node.js {OLDEST} or newer (nodejs.org, or your system's packages) and run this again")
    }
}
