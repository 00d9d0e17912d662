//! Running what was packed for package managers and containers, without the daemon of either. Needs Debian and bubblewrap
//! (`bwrap`); the package also needs root, as dpkg does.

use super::{
    image::{ContainerConfig, ImageLayout},
    prove::{ADMIN_KEY, PATIENCE, SECRET, is_healthy, wait_until},
    service,
};
use crate::{
    build, paths,
    run::{command_output, print_step},
};
use anyhow::{Context as _, ensure};
use devkit::{network::find_free_port, process::ChildProcess};
use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Unpacks the image in `file` and starts it as its configuration says: as its user, with its volume, everything else
/// read-only but for what a container has in memory.
///
/// # Errors
/// What did not go as promised.
pub fn try_image(file: &Path) -> anyhow::Result<()> {
    print_step("trying the image in bwrap");
    let (root, volume) = (ScratchFolder::create("image")?, ScratchFolder::create("volume")?);
    let config = ImageLayout::read_file(file)?.unpack_layers(&root.0)?;
    ensure!(config.user != "0" && config.user != "root", "the image runs as root");
    let (port, mut command) = (find_free_port()?, container_command(&config, &root.0, &volume.0));
    let edge = format!("http://127.0.0.1:{port}");
    for (name, value) in [
        ("HOI_SECRET", SECRET),
        ("HOI_ADMIN_KEY", ADMIN_KEY),
        ("HOI_ORIGIN", &edge),
        ("HOI_ADDRESS", &format!("127.0.0.1:{port}")),
        ("HOI_GRACE", "1"),
    ] {
        command.args(["--setenv", name, value]);
    }
    let entrypoint = config.entrypoint.join(" ");
    // The shell stands for the container's engine: it passes the signal on.
    let script = format!("{entrypoint} & trap 'kill -TERM $!' TERM; wait $!; wait $!");
    let mut running = ChildProcess::start("bwrap", command.args(["/bin/sh", "-c", &script]))?;
    running.wait_until_ready("the image", PATIENCE, || is_healthy(&edge))?;
    ensure!(volume.0.join("lock").exists(), "the container keeps nothing in its volume");
    println!("the image starts as user {} with its root read-only, and answers /health", config.user);
    Ok(())
}

/// bwrap with the image's root and settings, still without a program to run.
fn container_command(config: &ContainerConfig, root: &Path, volume: &Path) -> Command {
    let mut command = Command::new("bwrap");
    command.args(["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--die-with-parent"]);
    command.args(["--uid", &config.user, "--gid", &config.user, "--cap-drop", "ALL", "--clearenv"]);
    command.arg("--ro-bind").arg(root).args(["/", "--proc", "/proc", "--dev", "/dev"]);
    command.args(["--tmpfs", "/tmp", "--tmpfs", "/run/hoi", "--chdir", "/"]);
    for folder in &config.volumes {
        command.arg("--bind").arg(volume).arg(folder);
    }
    for (name, value) in config.environment.iter().filter_map(|line| line.split_once('=')) {
        command.args(["--setenv", name, value]);
    }
    command
}

/// Installs the package in `file` into a copy of this system, runs the unit's command as its user, removes and purges it.
///
/// # Errors
/// What did not go as promised.
pub fn try_package(file: &Path) -> anyhow::Result<()> {
    print_step("trying the package in a copy of this system");
    let user = command_output(Command::new("id").arg("-u"));
    ensure!(user.as_deref() == Some("0"), "`--try` installs a package: run it as root");
    let (folder, port) = (ScratchFolder::create("package")?, find_free_port()?);
    let unit = folder.0.join("hoi.service");
    service::write_unit(&service::PACKAGE, &unit)?;
    service::check_exposure(&unit)?;
    let mut command = Command::new("unshare");
    command.args(["--mount", "--pid", "--fork", "--kill-child", "sh"]);
    command.arg(paths::repository_root().join("xtask/dist/debian/try.sh"));
    command.arg(fs::canonicalize(file)?).arg(&folder.0).arg(port.to_string());
    let mut child = ChildProcess::start("try.sh", command.stdin(Stdio::piped()).stdout(Stdio::piped()))?;
    let mut said = String::new();
    BufReader::new(child.0.stdout.take().context("no output")?).read_line(&mut said)?;
    ensure!(said.trim() == "started", "the package did not come so far as to be started");
    let edge = format!("http://127.0.0.1:{port}");
    child.wait_until_ready("the package", PATIENCE, || is_healthy(&edge))?;
    writeln!(child.0.stdin.take().context("no input")?, "healthy")?;
    wait_until("try.sh to end", || child.0.try_wait().is_ok_and(|status| status.is_some()))?;
    ensure!(child.0.wait()?.success(), "the package is not as it should be");
    println!(
        "the package installs, its unit's command runs as its user and answers /health; removing leaves settings and data, \
         purging leaves data, and takes it when asked to"
    );
    Ok(())
}

/// A folder of our own, gone when dropped.
struct ScratchFolder(PathBuf);

impl ScratchFolder {
    fn create(name: &str) -> anyhow::Result<ScratchFolder> {
        let folder = std::env::temp_dir().join(format!("hoi-try-{name}-{}", std::process::id()));
        build::empty_folder(&folder)?;
        Ok(ScratchFolder(folder))
    }
}

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        // What can't be removed is in the system's folder for such things.
        let _left = fs::remove_dir_all(&self.0);
    }
}
