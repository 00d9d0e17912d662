//! `dist/hoi_….deb`: a package for Debian and what is made of it, built of `dist/server`.

use super::{
    files,
    program::{PROGRAM_FOLDER, package_architecture, packed_mode, packed_time, program_files},
    server, service,
};
use crate::{
    build, paths,
    run::{print_step, run_command},
};
use anyhow::Context as _;
use jiff::Timestamp;
use std::{
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::Command,
};

/// Scripts for who runs the server; an image has no shell user and no sqlite3.
const BACKUP_SCRIPTS: &[&str] = &["backup.sh", "restore.sh"];
/// What dpkg runs before and after.
const SCRIPTS: &[&str] = &["postinst", "prerm", "postrm"];
const CONFFILE: &str = "etc/hoi/hoi.env";

/// Packs `server` for dpkg into the folder `out`, and gives the package's path.
///
/// # Errors
/// The step that failed; what dpkg-deb said has been printed by then.
pub fn pack_debian(server: &Path, out: &Path) -> anyhow::Result<PathBuf> {
    print_step("packing the Debian package");
    let tree = paths::repository_root().join("target/hoi-debian");
    build::empty_folder(&tree)?;
    let program = tree.join(PROGRAM_FOLDER);
    let mut packed = program_files(server)?;
    packed.extend(BACKUP_SCRIPTS.iter().map(PathBuf::from));
    for file in packed {
        copy_packed(&server.join(&file), &program.join(&file))?;
    }
    fs::create_dir_all(tree.join("usr/bin"))?;
    symlink("../lib/hoi/bin/hoi", tree.join("usr/bin/hoi"))?;
    let units = tree.join("usr/lib/systemd/system");
    fs::create_dir_all(&units)?;
    service::write_unit(&service::PACKAGE, &units.join("hoi.service"))?;
    write_documentation(server, &tree)?;
    files::copy_file(&server.join("hoi.env.example"), &tree.join(CONFFILE))?;
    let size = write_control(server, &tree)?;
    set_modes(&tree)?;
    let to = out.join(format!("hoi_{}_{}.deb", env!("CARGO_PKG_VERSION"), package_architecture()));
    let mut command = Command::new("dpkg-deb");
    command.env("SOURCE_DATE_EPOCH", packed_time().to_string());
    // Not xz, which takes minutes for the runtime on a machine that does something else besides.
    command.args(["--root-owner-group", "-Zgzip", "-z6", "--build"]).arg(&tree).arg(&to);
    run_command("dpkg-deb", &mut command)?;
    println!("{}: {} MB installed", to.display(), size / 1024);
    Ok(to)
}

fn copy_packed(from: &Path, to: &Path) -> anyhow::Result<()> {
    files::copy_file(from, to)?;
    set_mode(to, packed_mode(from)?)
}

fn set_mode(path: &Path, mode: u32) -> anyhow::Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .with_context(|| format!("the permissions of {} can't be set", path.display()))
}

/// Licences, and what has changed, where Debian looks for them.
fn write_documentation(server: &Path, tree: &Path) -> anyhow::Result<()> {
    let folder = tree.join("usr/share/doc/hoi");
    fs::create_dir_all(&folder)?;
    files::fill_template("debian/copyright", &folder.join("copyright"), &[])?;
    let built = Timestamp::from_second(packed_time().try_into()?).ok().context("no such time")?;
    let date = built.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
    let marks = [("@VERSION@", env!("CARGO_PKG_VERSION")), ("@DATE@", &date)];
    let changelog = folder.join("changelog");
    files::fill_template("debian/changelog", &changelog, &marks)?;
    fs::write(folder.join("changelog.gz"), build::compress_gzip(&fs::read(&changelog)?)?)?;
    fs::remove_file(changelog)?;
    for file in ["THIRD-PARTY.txt", "README.md"] {
        files::copy_file(&server.join(file), &folder.join(file))?;
    }
    let changes = fs::read(paths::repository_root().join("CHANGELOG.md"))?;
    fs::write(folder.join("NEWS.md.gz"), build::compress_gzip(&changes)?)?;
    Ok(())
}

/// Writes `DEBIAN`, and gives the size of everything else in KB.
fn write_control(server: &Path, tree: &Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    let packed = files::list_files(tree)?;
    for file in &packed {
        bytes += fs::symlink_metadata(tree.join(file))?.len();
    }
    // What a link leads to has its own sum.
    let summed = packed.iter().filter(|file| !tree.join(file).is_symlink());
    let sums =
        Command::new("md5sum").args(summed).current_dir(tree).output().context("md5sum can't be started")?;
    let folder = tree.join("DEBIAN");
    fs::create_dir_all(&folder)?;
    // Everything but settings, whose sums dpkg keeps itself.
    let lines = String::from_utf8(sums.stdout)?;
    let lines: Vec<&str> = lines.lines().filter(|line| !line.ends_with(CONFFILE)).collect();
    fs::write(folder.join("md5sums"), format!("{}\n", lines.join("\n")))?;
    fs::write(folder.join("conffiles"), format!("/{CONFFILE}\n"))?;
    let size = bytes / 1024;
    let glibc = server::newest_glibc(server)?;
    let marks = [
        ("@VERSION@", env!("CARGO_PKG_VERSION")),
        ("@ARCHITECTURE@", package_architecture()),
        ("@GLIBC@", &glibc),
        ("@SIZE@", &size.to_string()),
    ];
    files::fill_template("debian/control", &folder.join("control"), &marks)?;
    for script in SCRIPTS {
        files::fill_template(&format!("debian/{script}"), &folder.join(script), &[])?;
        set_mode(&folder.join(script), 0o755)?;
    }
    Ok(size)
}

/// Folders are everybody's to read, files as they were copied; settings hold secrets once they are filled in.
fn set_modes(tree: &Path) -> anyhow::Result<()> {
    for file in files::list_files(tree)? {
        let path = tree.join(&file);
        if !path.is_symlink() {
            set_mode(&path, packed_mode(&path)?)?;
        }
        for folder in file.ancestors().skip(1) {
            set_mode(&tree.join(folder), 0o755)?;
        }
    }
    set_mode(&tree.join(CONFFILE), 0o640)
}
