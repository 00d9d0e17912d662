//! Real input methods, for the tests: how Vietnamese, Chinese and Japanese are typed at a desktop.

use super::{compiler::apt_install, tool::Tool};
use crate::paths::on_path;
use anyhow::bail;
use std::path::Path;

/// Debian's packages: two frameworks with what joins them to GTK's programs, their engines, a bus for them to talk over, and what
/// presses keys.
const DEBIAN: &[&str] = &[
    "dbus",
    "xdotool",
    "xvfb",
    "ibus",
    "ibus-gtk3",
    "ibus-unikey",
    "ibus-libpinyin",
    "ibus-anthy",
    "fcitx5",
    "fcitx5-frontend-gtk3",
    "fcitx5-unikey",
    "fcitx5-bamboo",
];

/// What is on PATH where these packages are.
const PROGRAMS: &[&str] = &["dbus-daemon", "xdotool", "ibus-daemon", "fcitx5", "fcitx5-remote"];

/// The same of the engines, which nobody starts by hand.
const ENGINES: &[&str] = &[
    "/usr/share/ibus/component/unikey.xml",
    "/usr/share/ibus/component/libpinyin.xml",
    "/usr/share/ibus/component/anthy.xml",
    "/usr/share/fcitx5/addon/unikey.conf",
    "/usr/share/fcitx5/addon/bamboo.conf",
];

/// The engines, and all they need.
pub struct InputMethods;

impl InputMethods {
    fn missing_packages() -> Vec<&'static str> {
        let programs = PROGRAMS.iter().filter(|name| on_path(name).is_none());
        programs.chain(ENGINES.iter().filter(|file| !Path::new(file).exists())).copied().collect()
    }
}

impl Tool for InputMethods {
    fn name(&self) -> String {
        let missing = match &InputMethods::missing_packages()[..] {
            [] => String::new(),
            missing => format!(" (not there: {})", missing.join(", ")),
        };
        format!("Vietnamese, Chinese and Japanese input methods, for the tests{missing}")
    }

    fn is_there(&self) -> bool {
        InputMethods::missing_packages().is_empty()
    }

    fn install(&self) -> anyhow::Result<()> {
        if on_path("apt-get").is_none() {
            bail!(
                "install ibus and fcitx5 with the engines Unikey, Bamboo, libpinyin and Anthy, and xdotool, from your system's \
                 packages; where there are none, the tests `input_methods` have to be left to CI"
            );
        }
        apt_install(DEBIAN)
    }
}
