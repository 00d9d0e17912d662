//! Where a peer is tried: its packages, a folder for what is made, and the lab's own programs in it.

use crate::{
    paths,
    peers::{
        debian::InstalledPackages,
        install::{NPM_PROGRAMS, PYTHON_PROGRAMS},
    },
};
use anyhow::{Context as _, ensure};
use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

/// Where the lab's own programs are: what stands around a library, and what tools are told.
const PROGRAMS: &str = "xtask/peers/interface";
/// The description of the agency's side, as developers are given it.
const DESCRIPTION: &str = "docs/agency.openapi.json";

/// Packages, and a folder to work in.
pub(super) struct Workshop<'a> {
    packages: &'a InstalledPackages,
    pub(super) folder: &'a Path,
}

impl Workshop<'_> {
    /// Lays everything out in `folder`.
    pub(super) fn prepare_in<'a>(
        packages: &'a InstalledPackages,
        folder: &'a Path,
    ) -> anyhow::Result<Workshop<'a>> {
        for entry in fs::read_dir(paths::repository_root().join(PROGRAMS))? {
            let entry = entry?;
            fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
        let modules = packages.file_path("node_modules");
        if modules.exists() {
            symlink(modules, folder.join("node_modules"))?;
        }
        Ok(Workshop { packages, folder })
    }

    /// A program among Debian's packages, by its path without the first slash.
    pub(super) fn debian_command(&self, path: &str) -> anyhow::Result<Command> {
        self.packages.program_command(path)
    }

    /// A program that npm installed.
    pub(super) fn npm_command(&self, name: &str) -> Command {
        self.local_command(&self.packages.file_path(NPM_PROGRAMS).join(name))
    }

    /// A program that pip installed.
    pub(super) fn python_command(&self, name: &str) -> Command {
        let mut command = self.local_command(&self.packages.file_path(PYTHON_PROGRAMS).join(name));
        command.env("PYTHONPATH", self.folder).env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    fn local_command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // They say otherwise that there are newer ones, or tell their makers that they were used.
        command.current_dir(self.folder).env("NO_COLOR", "1").env("REDOCLY_TELEMETRY", "off");
        command
    }

    /// The file with the description of the agency's side.
    pub(super) fn description_file(&self) -> PathBuf {
        paths::repository_root().join(DESCRIPTION)
    }

    /// Runs `command` to its end and gives what it prints.
    ///
    /// # Errors
    /// With all that it said, if it fails.
    pub(super) fn run_to_end(&self, command: &mut Command) -> anyhow::Result<String> {
        let output =
            command.output().with_context(|| format!("{:?} can't be started", command.get_program()))?;
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let said = said.join("\n").trim().to_owned();
        ensure!(output.status.success(), "{:?} ends with {}: {said}", command.get_program(), output.status);
        Ok(said)
    }
}
