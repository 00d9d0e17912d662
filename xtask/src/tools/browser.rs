//! Real browsers, for the tests: three engines.

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

/// Firefox. Its driver is built by cargo: Debian has none.
pub struct Firefox;

/// The browser.
pub fn firefox() -> Option<PathBuf> {
    ["firefox-esr", "firefox"].iter().find_map(|name| on_path(name))
}

impl Tool for Firefox {
    fn name(&self) -> String {
        "Firefox, for the tests".into()
    }

    fn is_there(&self) -> bool {
        firefox().is_some()
    }

    fn install(&self) -> anyhow::Result<()> {
        if on_path("apt-get").is_none() {
            bail!("install Firefox (mozilla.org, or your system's packages), so that `firefox` is on PATH");
        }
        apt(&["firefox-esr"])
    }
}

/// WebKitGTK, as near to Safari as Linux gets, and the screen that it can't do without.
pub struct WebKit;

/// Its driver, which brings a small browser along.
pub fn webkitdriver() -> Option<PathBuf> {
    on_path("WebKitWebDriver")
}

/// The screen that nobody sees.
pub fn xvfb() -> Option<PathBuf> {
    on_path("Xvfb")
}

impl Tool for WebKit {
    fn name(&self) -> String {
        "WebKitGTK's driver and Xvfb, for the tests".into()
    }

    fn is_there(&self) -> bool {
        webkitdriver().is_some() && xvfb().is_some()
    }

    fn install(&self) -> anyhow::Result<()> {
        if on_path("apt-get").is_none() {
            bail!(
                "install WebKitGTK's WebDriver (WebKitWebDriver) and Xvfb from your system's packages; there are none but for \
                 Linux, and elsewhere the test `engines::webkit` has to be left to CI"
            );
        }
        apt(&["webkit2gtk-driver", "xvfb"])
    }
}
