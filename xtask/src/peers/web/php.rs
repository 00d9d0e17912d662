//! PHP, and systems written in it: copied into a folder of the lab's, served by PHP's own web server.

use crate::{
    paths,
    peers::{debian::InstalledPackages, process::ProcessGroup},
};
use anyhow::{Context as _, ensure};
use std::{
    fs::{self, File},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// The program, by its path in its package.
const PHP: &str = "usr/bin/php8.2";
/// Where its extensions are.
const EXTENSION_DIR: &str = "usr/lib/php/20220829";
/// What the systems need; each comes with a package of the group.
const EXTENSIONS: &[&str] = &[
    "ctype",
    "dom",
    "fileinfo",
    "iconv",
    "intl",
    "mbstring",
    "pdo",
    "pdo_sqlite",
    "phar",
    "simplexml",
    "sqlite3",
    "tokenizer",
    "xml",
    "xmlreader",
    "xmlwriter",
];
/// How long its server may take to listen.
const START_LIMIT: Duration = Duration::from_secs(20);
/// Where the lab's own scripts are.
const SCRIPTS: &str = "xtask/peers/php";

/// A system written in PHP, in a folder of its own.
pub struct PhpSite<'a> {
    /// Its packages, PHP among them.
    pub packages: &'a InstalledPackages,
    /// Where it is, and what its web server serves.
    pub folder: PathBuf,
    /// Where the web server listens.
    pub port: u16,
}

impl PhpSite<'_> {
    /// As browsers name it.
    pub fn page_origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// PHP, without any setting of this machine.
    ///
    /// # Errors
    /// If it lacks a library.
    pub fn php_command(&self) -> anyhow::Result<Command> {
        let mut command = self.packages.program_command(PHP)?;
        command.arg("-n");
        let mut define = |setting: String| {
            command.arg("-d").arg(setting);
        };
        define(format!("extension_dir={}", self.packages.file_path(EXTENSION_DIR).display()));
        define(format!("error_log={}", self.folder.with_extension("log").display()));
        define(format!("session.save_path={}", self.folder.with_extension("sessions").display()));
        for extension in EXTENSIONS {
            define(format!("extension={extension}"));
        }
        command.env("LAB_ORIGIN", self.page_origin());
        Ok(command)
    }

    /// Runs a script of the lab's and gives what it prints.
    ///
    /// # Errors
    /// With what it said, if it failed.
    pub fn run_lab_script(&self, script: &str, arguments: &[&str]) -> anyhow::Result<String> {
        self.run_script(&lab_script(script), arguments)
    }

    /// Runs any script and gives what it prints.
    ///
    /// # Errors
    /// With what it said, if it failed.
    pub fn run_script(&self, script: &Path, arguments: &[&str]) -> anyhow::Result<String> {
        let output = self.php_command()?.arg(script).args(arguments).output().context("PHP does not run")?;
        let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let complaint = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{}: {said} {}", script.display(), complaint.trim());
        Ok(said)
    }

    /// Copies a folder of the packages here: `from` as on a system where they are installed, `to` in this folder.
    ///
    /// # Errors
    /// If something can't be copied.
    pub fn copy_from_packages(&self, from: &str, to: &str) -> anyhow::Result<()> {
        copy_resolved(self.packages.root_folder(), &self.packages.file_path(from), &self.folder.join(to))
    }

    /// Copies a folder of an npm package here.
    ///
    /// # Errors
    /// If something can't be copied.
    pub fn copy_from_npm(&self, package: &str, from: &str) -> anyhow::Result<()> {
        copy_resolved(self.packages.root_folder(), &self.packages.npm_path(package, from), &self.folder)
    }

    /// Unpacks an archive into `to` in this folder.
    ///
    /// # Errors
    /// If PHP can't.
    pub fn unpack_archive(&self, archive: &Path, to: &str) -> anyhow::Result<()> {
        let to = self.folder.join(to);
        fs::create_dir_all(&to)?;
        let (archive, to) = (archive.display().to_string(), to.display().to_string());
        self.run_lab_script("unpack.php", &[&archive, &to]).map(drop)
    }

    /// Starts its web server.
    ///
    /// # Errors
    /// If it does not listen.
    pub fn start_server(&self) -> anyhow::Result<ProcessGroup> {
        let path = self.folder.with_extension("server.log");
        let log = File::create(&path)?;
        let mut command = self.php_command()?;
        command.arg("-S").arg(format!("127.0.0.1:{}", self.port)).arg("-t").arg(&self.folder);
        fs::create_dir_all(self.folder.with_extension("sessions"))?;
        // A page may ask its own server for something.
        command.env("PHP_CLI_SERVER_WORKERS", "3").current_dir(&self.folder);
        let mut running = ProcessGroup::start("PHP", command.stdout(log.try_clone()?).stderr(log))?;
        let is_listening = || TcpStream::connect(("127.0.0.1", self.port)).is_ok();
        let said = || fs::read_to_string(&path).unwrap_or_default();
        running.wait_until_ready("PHP", START_LIMIT, is_listening, said)?;
        Ok(running)
    }
}

/// Where a script of the lab's is.
pub fn lab_script(name: &str) -> PathBuf {
    paths::repository_root().join(SCRIPTS).join(name)
}

/// Copies `from` with everything in it to `to`. A link to somewhere on the whole system is looked up under `root`; one whose end is in a
/// package that is not there is left out.
fn copy_resolved(root: &Path, from: &Path, to: &Path) -> anyhow::Result<()> {
    let Some(from) = resolve_link(root, from) else { return Ok(()) };
    if from.is_dir() {
        fs::create_dir_all(to).with_context(|| format!("{} can't be made", to.display()))?;
        for entry in fs::read_dir(&from).with_context(|| format!("{}", from.display()))?.flatten() {
            copy_resolved(root, &entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    fs::copy(&from, to).map(drop).with_context(|| format!("{} can't be copied", from.display()))
}

fn resolve_link(root: &Path, path: &Path) -> Option<PathBuf> {
    let mut path = path.to_owned();
    // Links to links, but no circles.
    for _ in 0..8 {
        let Ok(target) = fs::read_link(&path) else { break };
        path = match target.strip_prefix("/") {
            Ok(inside) => root.join(inside),
            Err(_) => path.parent()?.join(target),
        };
    }
    path.exists().then_some(path)
}
