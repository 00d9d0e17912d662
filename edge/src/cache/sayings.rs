//! What people say in a word or two: data as well, so it lies beside what finds danger and is loaded in the same step. Without it
//! a "no" or a wish that is taken back would be answered as a question, so nothing is done with a message.

use super::static_file::{load_required, load_static_file};
use crate::platform::failpoint;
use hoi_core::cues::{has_sayings, install_sayings};
use worker::{Env, Error, Result};

/// What the build calls the file.
const FILE: &str = "sayings.bin";

/// Installs the sayings, if nobody has.
///
/// # Errors
/// If the file can't be had, or is not the one this worker was built with: no message may be looked at then.
pub async fn load_sayings(env: &Env) -> Result<()> {
    if has_sayings() {
        return Ok(());
    }
    load_required("the file of short sayings", async || fetch_sayings(env).await).await
}

async fn fetch_sayings(env: &Env) -> Result<()> {
    failpoint::fail_if_due(env, "sayings")?;
    let file = load_static_file(env, FILE).await?;
    install_sayings(file).map_err(|error| Error::RustError(format!("{FILE}: {error}")))
}
