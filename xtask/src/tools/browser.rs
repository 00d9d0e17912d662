//! A real browser, for the tests.

use super::{Tool, compiler::apt};
use crate::paths::on_path;
use anyhow::bail;
use std::path::PathBuf;

/// Chromium and its driver.
pub struct Chromium;

/// The browser.
pub fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| on_path(name))
}

/// Its driver.
pub fn chromedriver() -> Option<PathBuf> {
    on_path("chromedriver")
}

impl Tool for Chromium {
    fn name(&self) -> String {
        "Chromium and chromedriver, for the tests".into()
    }

    fn is_there(&self) -> bool {
        chromium().is_some() && chromedriver().is_some()
    }

    fn install(&self) -> anyhow::Result<()> {
        if on_path("apt-get").is_none() {
            bail!("install Chromium (or Chrome) and the chromedriver of the same version");
        }
        apt(&["chromium", "chromium-driver"])
    }
}
