//! The unit for systemd: one text, for the folder that is copied by hand and for the Debian package.

use super::files;
use anyhow::{Context as _, ensure};
use std::{path::Path, process::Command};

/// How much a unit may be exposed at most, in tenths, as `systemd-analyze security` weighs it.
const MAX_EXPOSURE: &str = "30";

/// What is different from one way of installing to the other.
pub struct ServicePlace {
    head: &'static str,
    program_folder: &'static str,
    settings: &'static str,
    user: &'static str,
}

/// `dist/server`, copied to /opt/hoi. The user exists while it runs: nobody has to make one.
pub const FOLDER: ServicePlace = ServicePlace {
    head: "# An example for systemd. With this folder in /opt/hoi and the settings in /etc/hoi.env (owned by root, mode 600):\n\
           #   cp hoi.service /etc/systemd/system/ && systemctl daemon-reload && systemctl enable --now hoi",
    program_folder: "/opt/hoi",
    settings: "/etc/hoi.env",
    user: "DynamicUser=yes",
};
/// The Debian package. Its user is there to stay: backups and what is kept after a removal belong to somebody.
pub const PACKAGE: ServicePlace = ServicePlace {
    head: "# Of the package hoi. To change something: systemctl edit hoi",
    program_folder: "/usr/lib/hoi",
    settings: "/etc/hoi/hoi.env",
    user: "User=hoi\nGroup=hoi",
};

/// Writes the unit for `place` to `to`.
///
/// # Errors
/// If it can't be written.
pub fn write_unit(place: &ServicePlace, to: &Path) -> anyhow::Result<()> {
    let marks = [
        ("@HEAD@", place.head),
        ("@HERE@", place.program_folder),
        ("@SETTINGS@", place.settings),
        ("@USER@", place.user),
    ];
    files::fill_template("server/hoi.service", to, &marks)
}

/// Has systemd weigh the unit in the file `unit`; the figure is the last line of what it prints.
///
/// # Errors
/// If it is exposed more than we allow.
pub fn check_exposure(unit: &Path) -> anyhow::Result<()> {
    let mut command = Command::new("systemd-analyze");
    command.args(["security", "--no-pager", "--offline=true", "--threshold", MAX_EXPOSURE]).arg(unit);
    let output = command.output().context("systemd-analyze can't be started")?;
    let text = String::from_utf8_lossy(&output.stdout);
    println!("{}", text.lines().rfind(|line| !line.is_empty()).unwrap_or_default());
    ensure!(output.status.success(), "{} is exposed more than {MAX_EXPOSURE} tenths", unit.display());
    Ok(())
}
