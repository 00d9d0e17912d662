//! Child processes that end with their owner.

use anyhow::{Context as _, bail};
use std::{
    process::{Child, Command},
    time::{Duration, Instant},
};

/// A running program; it is killed (SIGKILL) and reaped when dropped.
pub struct ChildProcess(pub Child);

impl ChildProcess {
    /// Starts `command`; `name` is what errors call it.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn start(name: &str, command: &mut Command) -> anyhow::Result<ChildProcess> {
        let child = command.spawn();
        let child = child.with_context(|| format!("{name}: {:?} can't be started", command.get_program()))?;
        Ok(ChildProcess(child))
    }

    /// Waits until `is_ready`, asked every 20 ms.
    ///
    /// # Errors
    /// If the program ends before, or `limit` passes.
    pub fn wait_until_ready(
        &mut self,
        name: &str,
        limit: Duration,
        mut is_ready: impl FnMut() -> bool,
    ) -> anyhow::Result<()> {
        let started = Instant::now();
        while !is_ready() {
            if let Some(status) = self.0.try_wait()? {
                bail!("{name} ended at once ({status})");
            }
            if started.elapsed() > limit {
                bail!("{name} does not serve after {} s", limit.as_secs());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ended = self.0.kill();
        let _ended = self.0.wait();
    }
}
