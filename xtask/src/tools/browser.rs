//! Real browsers, for the tests: three engines.

use super::{compiler::apt_install, tool::Tool};
use crate::paths::on_path;
use anyhow::bail;
use std::path::PathBuf;

/// Chromium and its driver.
pub struct Chromium;

/// The browser.
pub fn find_chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| on_path(name))
}

/// Its driver.
pub fn find_chromedriver() -> Option<PathBuf> {
    on_path("chromedriver")
}

impl Tool for Chromium {
    fn name(&self) -> String {
        "Chromium and chromedriver, for the tests".into()
    }

    fn is_there(&self) -> bool {
        find_chromium().is_some() && find_chromedriver().is_some()
    }

    fn install(&self) -> anyhow::Result<()> {
        if on_path("apt-get").is_none() {
            bail!("install Chromium (or Chrome) and the chromedriver of the same version");
        }
        apt_install(&["chromium", "chromium-driver"])
    }
}

/// Firefox. Its driver is built by cargo: Debian has none.
pub struct Firefox;

/// The browser.
pub fn find_firefox() -> Option<PathBuf> {
    ["firefox-esr", "firefox"].iter().find_map(|name| on_path(name))
}

impl Tool for Firefox {
    fn name(&self) -> String {
        "Firefox, for the tests".into()
    }

    fn is_there(&self) -> bool {
        find_firefox().is_some()
    }

    fn install(&self) -> anyhow::Result<()> {
        if on_path("apt-get").is_none() {
            bail!("install Firefox (mozilla.org, or your system's packages), so that `firefox` is on PATH");
        }
        apt_install(&["firefox-esr"])
    }
}

/// WebKitGTK, as near to Safari as Linux gets, and the screen that it can't do without.
pub struct WebKit;

/// Its driver, which brings a small browser along.
pub fn find_webkitdriver() -> Option<PathBuf> {
    on_path("WebKitWebDriver")
}

/// The screen that nobody sees.
pub fn find_xvfb() -> Option<PathBuf> {
    on_path("Xvfb")
}

impl Tool for WebKit {
    fn name(&self) -> String {
        "WebKitGTK's driver and Xvfb, for the tests".into()
    }

    fn is_there(&self) -> bool {
        find_webkitdriver().is_some() && find_xvfb().is_some()
    }

    fn install(&self) -> anyhow::Result<()> {
        if on_path("apt-get").is_none() {
            bail!(
                "install WebKitGTK's WebDriver (WebKitWebDriver) and Xvfb from your system's packages; there are none but for \
                 Linux, and elsewhere the test `engines::webkit` has to be left to CI"
            );
        }
        apt_install(&["webkit2gtk-driver", "xvfb"])
    }
}
