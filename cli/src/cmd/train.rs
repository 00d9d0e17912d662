//! Stub.

/// Stub.
#[derive(clap::Args)]
pub struct Args {}

/// Stub.
pub fn run(_args: Args) -> anyhow::Result<()> {
    anyhow::bail!("not there yet")
}
