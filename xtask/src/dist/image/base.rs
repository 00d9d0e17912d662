//! What of Debian the program needs: the C library, the certificates of authorities, and one program for the commands in
//! `start.sh`. Each package's licence comes along.

use super::layer::LayerBuilder;
use crate::run::run_command;
use anyhow::{Context as _, bail};
use std::{
    ffi::OsStr,
    fs,
    io::Read as _,
    path::{Component, Path, PathBuf},
    process::{Command, Stdio},
};

/// A package, and what of it is taken, by the beginnings of paths.
struct BasePackage {
    name: &'static str,
    wanted: &'static [&'static str],
}

const PACKAGES: &[BasePackage] = &[
    BasePackage { name: "libc6", wanted: &["usr/lib", "usr/lib64", "etc/ld.so.conf.d"] },
    BasePackage { name: "libgcc-s1", wanted: &["usr/lib"] },
    BasePackage { name: "ca-certificates", wanted: &["usr/share/ca-certificates"] },
    BasePackage { name: "busybox-static", wanted: &["usr/bin/busybox"] },
    // Two runtimes on one volume would ruin it; busybox has no such command.
    BasePackage { name: "util-linux", wanted: &["usr/bin/flock"] },
];
/// Tables for character sets that nothing here reads; they are four fifths of the C library's package.
const UNWANTED: &str = "gconv";
/// What `start.sh` and `sweep.sh` call, and what one needs to look into a container and to ask it for its health.
const COMMANDS: &[&str] = &[
    "cat", "chmod", "date", "dirname", "env", "find", "head", "kill", "ls", "mkdir", "mktemp", "od", "ps",
    "rm", "sed", "sh", "sleep", "sort", "tr", "wc", "wget", "xargs",
];
/// Debian keeps programs and libraries under `usr` alone; the old names lead there.
const MERGED: &[&str] = &["bin", "sbin", "lib", "lib64"];

/// Adds all of it to `layer`; the packages are brought into the folder `work`.
///
/// # Errors
/// If this is no Debian, if a package can't be had, or if it can't be read.
pub fn append_base(layer: &mut LayerBuilder, work: &Path) -> anyhow::Result<()> {
    let packages = work.join("packages");
    fs::create_dir_all(&packages)?;
    let mut download = Command::new("apt-get");
    // As root apt would read as another user, who need not be let into this folder.
    download.args(["download", "--quiet=2", "--option", "APT::Sandbox::User=root"]);
    download.args(PACKAGES.iter().map(|package| package.name)).current_dir(&packages);
    run_command(
        "apt-get download (the image's base comes from Debian or what is made of it)",
        &mut download,
    )?;
    for name in MERGED {
        layer.append_link(name, Path::new("usr").join(name))?;
        layer.append_folder(Path::new("usr").join(name), 0o755, 0)?;
    }
    let (mut list, mut authorities) = (String::new(), Vec::new());
    for package in PACKAGES {
        let file = find_package(&packages, package.name)?;
        list.push_str(&format!(
            "{}\n",
            file.file_name().unwrap_or_default().to_string_lossy().replace("%3a", ":")
        ));
        append_package(layer, package, &file, &mut authorities)?;
    }
    for command in COMMANDS {
        layer.append_link(Path::new("usr/bin").join(command), "busybox")?;
    }
    layer.append_file("etc/ssl/certs/ca-certificates.crt", 0o644, &authorities)?;
    // The runtime reads them under this name.
    layer.append_link("etc/ssl/cert.pem", "certs/ca-certificates.crt")?;
    let head = "Files of these packages, as the package manager had them; the certificates are joined in one file.\n";
    layer.append_file("usr/share/doc/hoi/base.txt", 0o644, format!("{head}{list}").as_bytes())
}

fn find_package(folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let start = format!("{name}_");
    let mut files = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let found =
        files.find(|file| file.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&start)));
    found.with_context(|| format!("apt-get brought no {name}"))
}

/// Adds what is wanted of the package in `file`; certificates go to the end of `authorities`, too.
fn append_package(
    layer: &mut LayerBuilder,
    package: &BasePackage,
    file: &Path,
    authorities: &mut Vec<u8>,
) -> anyhow::Result<()> {
    let mut command = Command::new("dpkg-deb");
    let mut child =
        command.arg("--fsys-tarfile").arg(file).stdout(Stdio::piped()).spawn().context("dpkg-deb")?;
    let mut archive = tar::Archive::new(child.stdout.take().context("dpkg-deb has no output")?);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = merged_path(&entry.path()?);
        if !is_wanted(package, &path) {
            continue;
        }
        let mode = entry.header().mode()?;
        match entry.header().entry_type() {
            tar::EntryType::Regular => {
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes)?;
                if path.extension() == Some(OsStr::new("crt")) {
                    authorities.extend_from_slice(&bytes);
                } else {
                    layer.append_file(&path, mode & 0o755, &bytes)?;
                }
            }
            tar::EntryType::Symlink => {
                let target = entry.link_name()?.context("a link to nowhere")?.into_owned();
                layer.append_link(&path, target)?;
            }
            tar::EntryType::Directory => {}
            other => {
                bail!("{}: {} is of a kind that images don't need: {other:?}", package.name, path.display())
            }
        }
    }
    // What is behind the end of the archive; dpkg-deb would complain if nobody took it.
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink())?;
    anyhow::ensure!(child.wait()?.success(), "dpkg-deb can't read {}", file.display());
    Ok(())
}

fn is_wanted(package: &BasePackage, path: &Path) -> bool {
    let licence = Path::new("usr/share/doc").join(package.name).join("copyright");
    let listed = package.wanted.iter().any(|start| path.starts_with(start));
    path == licence || (listed && !path.components().any(|part| part.as_os_str() == UNWANTED))
}

/// `path` of a package as it is in the image: without "./" and under `usr`.
fn merged_path(path: &Path) -> PathBuf {
    let plain: PathBuf = path.components().filter(|part| matches!(part, Component::Normal(_))).collect();
    let is_old = MERGED.iter().any(|name| plain.starts_with(name));
    if is_old { Path::new("usr").join(plain) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ages_of_debian_give_the_same_paths() {
        let library = Path::new("usr/lib/x86_64-linux-gnu/libc.so.6");
        for path in ["./lib/x86_64-linux-gnu/libc.so.6", "./usr/lib/x86_64-linux-gnu/libc.so.6"] {
            assert_eq!(merged_path(Path::new(path)), library);
        }
        assert_eq!(merged_path(Path::new("../../etc/passwd")), Path::new("etc/passwd"));
    }

    #[test]
    fn licences_are_taken_and_character_sets_are_not() {
        let library = BasePackage { name: "libc6", wanted: &["usr/lib"] };
        assert!(is_wanted(&library, Path::new("usr/share/doc/libc6/copyright")));
        assert!(is_wanted(&library, Path::new("usr/lib/x86_64-linux-gnu/libm.so.6")));
        assert!(!is_wanted(&library, Path::new("usr/lib/x86_64-linux-gnu/gconv/EUC-JP.so")));
        assert!(!is_wanted(&library, Path::new("usr/share/doc/libc6/NEWS")));
    }

    #[test]
    fn the_scripts_find_their_commands() {
        let scripts =
            [include_str!("../../../dist/server/start.sh"), include_str!("../../../dist/server/sweep.sh")];
        for command in [
            "find", "env", "sed", "sort", "rm", "mkdir", "chmod", "date", "sleep", "mktemp", "head", "od",
            "xargs",
        ] {
            assert!(
                scripts.iter().any(|script| script.contains(command)),
                "{command} is called by no script"
            );
            assert!(COMMANDS.contains(&command), "{command} is missing from the image");
        }
    }
}
