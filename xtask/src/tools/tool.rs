//! What every tool can be asked.

/// Something that may be missing.
pub trait Tool {
    /// What it is and what for.
    fn name(&self) -> String;
    /// Whether it is there.
    fn is_there(&self) -> bool;
    /// Installs it.
    ///
    /// # Errors
    /// A sentence that says what to do by hand.
    fn install(&self) -> anyhow::Result<()>;
}
