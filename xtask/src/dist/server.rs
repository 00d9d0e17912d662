//! `dist/server`: an agency's own server.

use super::{files, notice, service};
use crate::{
    build, edge, paths,
    run::{command_output, print_step},
    tools::npm_native,
};
use anyhow::Context as _;
use devkit::workerd::{EdgeConfig, ExtraConfig};
use std::{fs, path::Path, process::Command};

/// Packs the server's folder at `to`, with the command line `hoi`.
///
/// # Errors
/// The step that failed.
pub fn pack_server(hoi: &Path, to: &Path) -> anyhow::Result<()> {
    print_step("packing dist/server");
    build::empty_folder(to)?;
    files::copy_all(&paths::build_dir().join("worker"), &to.join("worker"))?;
    files::copy_all(&paths::build_dir().join("assets"), &to.join("assets"))?;
    files::copy_file(hoi, &to.join("bin/hoi"))?;
    files::copy_file(&paths::repository_root().join("LICENSE"), &to.join("LICENSE"))?;
    notice::write_notice(&notice::SERVER, to)?;
    for file in ["start.sh", "backup.sh", "restore.sh", "sweep.sh", "hoi.env.example"] {
        files::copy_file(&paths::repository_root().join("xtask/dist/server").join(file), &to.join(file))?;
    }
    service::write_unit(&service::FOLDER, &to.join("hoi.service"))?;
    let platform = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    fs::write(to.join("edge.capnp.in"), render_template()?)?;
    pack_runtime(to, &platform)?;
    let glibc = newest_glibc(to)?;
    let marks = [("@PLATFORM@", std::env::consts::ARCH), ("@GLIBC@", &glibc)];
    files::fill_template("server/README.md", &to.join("README.md"), &marks)?;
    files::write_checksums(to)
}

/// The configuration with marks where `start.sh` puts what is this server's own.
fn render_template() -> anyhow::Result<String> {
    let config = EdgeConfig {
        address: "@ADDRESS@",
        worker_dir: "@HERE@/worker",
        assets_dir: "@HERE@/assets",
        data_dir: "@DATA@",
        heap_mb: "@HEAP@",
        networks: &["@RANGES@"],
        manifest: &edge::built_manifest_line()?,
        // One such line for every variable of the environment that is meant for the worker.
        variables: &["@VARIABLE@"],
        extra: ExtraConfig::default(),
    };
    let head = "# start.sh makes run/edge.capnp of this: it fills in what stands between @ signs.\n";
    Ok(format!("{head}{}", config.render()))
}

/// The runtime itself. It is one file under the Apache License, as we are; it may be passed on.
fn pack_runtime(to: &Path, platform: &str) -> anyhow::Result<()> {
    let workerd = npm_native("workerd")?;
    files::copy_file(&workerd, &to.join("bin/workerd"))?;
    let version = command_output(Command::new(&workerd).arg("--version"))
        .with_context(|| format!("{} doesn't run", workerd.display()))?;
    let text = format!(
        "bin/workerd: {version}, for {platform}. https://github.com/cloudflare/workerd, Apache License 2.0 (see LICENSE).\n\
         For another platform: the file bin/workerd of the npm package \"workerd\" of the same version.\n"
    );
    fs::write(to.join("bin/NOTICE"), text)?;
    Ok(())
}

/// The newest version of the C library that one of the programs in `packed` asks for: they name it in their symbols.
///
/// # Errors
/// If one of them can't be read.
pub fn newest_glibc(packed: &Path) -> anyhow::Result<String> {
    let mut newest = 0;
    for program in ["bin/hoi", "bin/workerd"] {
        let bytes = fs::read(packed.join(program)).with_context(|| format!("{program} can't be read"))?;
        newest = newest.max(glibc_minor(&bytes));
    }
    Ok(format!("2.{newest}"))
}

/// The highest `n` of all `GLIBC_2.<n>` in `program`.
fn glibc_minor(program: &[u8]) -> u32 {
    const MARK: &[u8] = b"GLIBC_2.";
    let found = program.windows(MARK.len()).enumerate().filter(|(_, window)| *window == MARK);
    let minor = found.filter_map(|(at, _)| {
        let digits = program.iter().skip(at + MARK.len()).take_while(|byte| byte.is_ascii_digit()).take(3);
        digits.map(|byte| char::from(*byte)).collect::<String>().parse().ok()
    });
    minor.max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use devkit::workerd::{HEAP_MB, SERVE_ARGUMENTS};

    #[test]
    fn the_newest_version_counts() {
        assert_eq!(glibc_minor(b"..GLIBC_2.2.5\0GLIBC_2.34\0GLIBC_2.17\0"), 34);
        assert_eq!(glibc_minor(b"static"), 0);
    }

    #[test]
    fn start_sh_finds_its_marks() {
        let script = include_str!("../../dist/server/start.sh");
        for mark in ["@ADDRESS@", "@HERE@", "@DATA@", "@HEAP@", "@RANGES@", "@VARIABLE@"] {
            assert!(script.contains(mark), "start.sh does not fill in {mark}");
        }
        assert!(script.contains(&format!("heap=${{HOI_HEAP_MB:-{HEAP_MB}}}")));
        assert!(script.contains(&format!("bin/workerd\" {} ", SERVE_ARGUMENTS.join(" "))));
    }
}
