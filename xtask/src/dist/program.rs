//! What of `dist/server` a package takes along: the program, and nothing that a server wrote there.

use super::files;
use anyhow::Context as _;
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    time::{SystemTime, UNIX_EPOCH},
};

/// Where a package has the program.
pub const PROGRAM_FOLDER: &str = "usr/lib/hoi";
/// Named one by one: `hoi.env`, `data` and `run` hold secrets and what visitors wrote, should somebody have started the folder.
const FOLDERS: &[&str] = &["bin", "worker", "assets"];
const FILES: &[&str] = &["start.sh", "sweep.sh", "edge.capnp.in"];

/// The files of `server` that make the program, by their paths in it.
///
/// # Errors
/// If a folder can't be read.
pub fn program_files(server: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut out: Vec<PathBuf> = FILES.iter().map(PathBuf::from).collect();
    for folder in FOLDERS {
        out.extend(
            files::list_files(&server.join(folder))?.into_iter().map(|file| Path::new(folder).join(file)),
        );
    }
    Ok(out)
}

/// The permissions a file gets that is packed: root's, readable for all, whatever the umask was that it was made under.
///
/// # Errors
/// If `file` is not there.
pub fn packed_mode(file: &Path) -> anyhow::Result<u32> {
    let meta = fs::metadata(file).with_context(|| format!("{} can't be read", file.display()))?;
    Ok(if meta.permissions().mode() & 0o111 == 0 { 0o644 } else { 0o755 })
}

/// The second that everything packed is of: of `SOURCE_DATE_EPOCH`, else of the last commit, so that the same sources
/// give the same package.
pub fn packed_time() -> u64 {
    let asked = std::env::var("SOURCE_DATE_EPOCH").ok();
    let mut git = Command::new("git");
    git.args(["log", "-1", "--format=%ct"]).current_dir(crate::paths::repository_root());
    let text = asked.or_else(|| crate::run::command_output(&mut git));
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    text.and_then(|text| text.parse().ok()).unwrap_or_else(now)
}

/// This machine's kind as Debian and OCI name it.
pub fn package_architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_wrote_is_not_packed() {
        let server = std::env::temp_dir().join(format!("hoi-program-{}", std::process::id()));
        for file in [
            "bin/hoi",
            "worker/index.js",
            "assets/a/x.js",
            "data/lock",
            "run/edge.capnp",
            "hoi.env",
            "start.sh",
        ] {
            let path = server.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let packed = program_files(&server).unwrap();
        fs::remove_dir_all(&server).unwrap();
        let names: Vec<_> = packed.iter().map(|file| file.display().to_string()).collect();
        assert_eq!(
            names,
            ["start.sh", "sweep.sh", "edge.capnp.in", "bin/hoi", "worker/index.js", "assets/a/x.js"]
        );
    }
}
