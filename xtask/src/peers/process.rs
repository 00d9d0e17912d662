//! Software that has processes of its own: they end with it.

use crate::run::send_signal_to_group;
use anyhow::Context as _;
use devkit::process::ChildProcess;
use std::{
    os::unix::process::CommandExt as _,
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

/// How long it may take to end in good order.
const END_LIMIT: Duration = Duration::from_secs(5);

/// A running program in a process group of its own: some signal their whole group when they end, and that must not be ours. Dropped,
/// it is asked to end; what is left of the group then is killed.
pub struct ProcessGroup(ChildProcess);

impl ProcessGroup {
    /// Starts `command`.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn start(name: &str, command: &mut Command) -> anyhow::Result<ProcessGroup> {
        Ok(ProcessGroup(ChildProcess::start(name, command.process_group(0))?))
    }

    /// Waits until `is_ready`.
    ///
    /// # Errors
    /// If it ends before, or `limit` passes; `log` is what it has said.
    pub fn wait_until_ready(
        &mut self,
        name: &str,
        limit: Duration,
        is_ready: impl FnMut() -> bool,
        log: impl Fn() -> String,
    ) -> anyhow::Result<()> {
        self.0.wait_until_ready(name, limit, is_ready).with_context(log)
    }
}

impl ProcessGroup {
    /// Whether it has not ended by itself.
    pub fn is_running(&mut self) -> bool {
        matches!(self.0.0.try_wait(), Ok(None))
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        let group = self.0.0.id();
        // Where it has ended already there is nobody to ask.
        if send_signal_to_group("TERM", group).is_err() {
            return;
        }
        let until = Instant::now() + END_LIMIT;
        while Instant::now() < until && matches!(self.0.0.try_wait(), Ok(None)) {
            sleep(Duration::from_millis(50));
        }
        let _gone = send_signal_to_group("KILL", group);
    }
}
