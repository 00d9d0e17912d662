//! `dist/hoi-….oci.tar`: an image for containers, written as the OCI says (image-spec 1.1), without a daemon.
//!
//! Two layers: what of Debian the program needs, which changes rarely, and the program.

mod base;
mod layer;
mod layout;

pub use layout::{ContainerConfig, ImageLayout};

use super::program::{PROGRAM_FOLDER, package_architecture, packed_mode, packed_time, program_files};
use crate::{build, paths, run::print_step};
use anyhow::Context as _;
use jiff::Timestamp;
use layer::{LayerBuilder, PackedLayer};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Who runs the program. A number, so that an orchestrator sees that it isn't root; above those a host gives away.
const USER: u64 = 10_001;
/// What the container keeps, and where.
const DATA: &str = "/var/lib/hoi";
const RUN: &str = "/run/hoi";
const PORT: &str = "8080/tcp";

/// Packs `server` as an image into the folder `out`, and gives the image's path.
///
/// # Errors
/// The step that failed.
pub fn pack_image(server: &Path, out: &Path) -> anyhow::Result<PathBuf> {
    print_step("packing the OCI image");
    let work = paths::repository_root().join("target/hoi-image");
    build::empty_folder(&work)?;
    let layers = [build_base(&work)?, build_program(server, &work)?];
    let version = env!("CARGO_PKG_VERSION");
    let to = out.join(format!("hoi-{version}-{}.oci.tar", package_architecture()));
    layout::write_layout(&to, &describe_container(&layers)?, &layers, &format!("hoi:{version}"))?;
    Ok(to)
}

fn build_base(work: &Path) -> anyhow::Result<PackedLayer> {
    let mut layer = LayerBuilder::create_layer(&work.join("base.tar"), packed_time())?;
    base::append_base(&mut layer, work)?;
    layer.append_file("etc/passwd", 0o644, &passwd_line())?;
    layer.append_file("etc/group", 0o644, format!("root:x:0:\nhoi:x:{USER}:\n").as_bytes())?;
    // Where engines mount what the kernel shows: they can't make these in a root that is read-only.
    for folder in ["proc", "sys", "dev"] {
        layer.append_folder(folder, 0o755, 0)?;
    }
    layer.append_folder("tmp", 0o1777, 0)?;
    layer.append_folder(DATA.trim_start_matches('/'), 0o700, USER)?;
    layer.append_folder(RUN.trim_start_matches('/'), 0o700, USER)?;
    layer.finish_layer()
}

fn passwd_line() -> Vec<u8> {
    format!("root:x:0:0:root:/:/bin/sh\nhoi:x:{USER}:{USER}:hoi:{DATA}:/bin/sh\n").into_bytes()
}

fn build_program(server: &Path, work: &Path) -> anyhow::Result<PackedLayer> {
    let mut layer = LayerBuilder::create_layer(&work.join("program.tar"), packed_time())?;
    for file in program_files(server)? {
        let from = server.join(&file);
        let to = Path::new(PROGRAM_FOLDER).join(&file);
        layer.append_file(&to, packed_mode(&from)?, &std::fs::read(&from)?)?;
    }
    for file in ["LICENSE", "THIRD-PARTY.txt"] {
        let to = Path::new("usr/share/doc/hoi").join(file);
        layer.append_file(&to, 0o644, &std::fs::read(server.join(file))?)?;
    }
    layer.append_link("usr/bin/hoi", "../lib/hoi/bin/hoi")?;
    layer.finish_layer()
}

/// The image's configuration. Settings come by the environment, as systemd has them; secrets are in none of this.
fn describe_container(layers: &[PackedLayer]) -> anyhow::Result<Value> {
    let created = Timestamp::from_second(packed_time().try_into()?).ok().context("no such time")?.to_string();
    let diffs: Vec<_> = layers.iter().map(|layer| layer.diff_id.clone()).collect();
    let history = ["what of Debian the program needs", "the program"]
        .map(|what| json!({ "created": created, "created_by": "cargo xtask dist", "comment": what }));
    Ok(json!({
        "created": created,
        "architecture": package_architecture(),
        "os": "linux",
        "config": {
            "User": format!("{USER}:{USER}"),
            "ExposedPorts": { PORT: {} },
            "Env": [
                "PATH=/usr/bin",
                // Inside a container "local" is nobody: who may reach the port is said when it is published.
                "HOI_ADDRESS=*:8080",
                format!("HOI_DATA={DATA}"),
                format!("HOI_RUN={RUN}"),
            ],
            "Entrypoint": [format!("/{PROGRAM_FOLDER}/start.sh")],
            "WorkingDir": "/",
            "Volumes": { DATA: {} },
            "StopSignal": "SIGTERM",
            "Labels": {
                "org.opencontainers.image.title": "Hoi",
                "org.opencontainers.image.version": env!("CARGO_PKG_VERSION"),
                "org.opencontainers.image.licenses": env!("CARGO_PKG_LICENSE"),
            },
        },
        "rootfs": { "type": "layers", "diff_ids": diffs },
        "history": history,
    }))
}
