//! One layer: a tar of files that are root's, and the same compressed.

use crate::run::run_command;
use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
    process::Command,
};
use tar::{EntryType, Header};

/// A layer that is being written. The folders a file needs come before it, once.
pub struct LayerBuilder {
    tar: tar::Builder<BufWriter<File>>,
    file: PathBuf,
    seconds: u64,
    folders: BTreeSet<PathBuf>,
}

/// A layer on the disk.
pub struct PackedLayer {
    /// The compressed tar.
    pub file: PathBuf,
    /// Of the compressed tar: its name in the image.
    pub digest: String,
    /// Of the tar itself: its name once it is unpacked.
    pub diff_id: String,
}

impl LayerBuilder {
    /// A layer in `file`, everything in it as of the second `seconds`.
    ///
    /// # Errors
    /// If the file can't be made.
    pub fn create_layer(file: &Path, seconds: u64) -> anyhow::Result<LayerBuilder> {
        let made = File::create(file).with_context(|| format!("{} can't be made", file.display()))?;
        let tar = tar::Builder::new(BufWriter::new(made));
        Ok(LayerBuilder { tar, file: file.to_owned(), seconds, folders: BTreeSet::new() })
    }

    /// Adds a file with these bytes.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn append_file(&mut self, path: impl AsRef<Path>, mode: u32, bytes: &[u8]) -> anyhow::Result<()> {
        self.append_parents(path.as_ref())?;
        let mut header = self.make_header(EntryType::Regular, mode, 0);
        header.set_size(bytes.len().try_into()?);
        Ok(self.tar.append_data(&mut header, path, bytes)?)
    }

    /// Adds a symbolic link to `target`.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn append_link(&mut self, path: impl AsRef<Path>, target: impl AsRef<Path>) -> anyhow::Result<()> {
        self.append_parents(path.as_ref())?;
        let mut header = self.make_header(EntryType::Symlink, 0o777, 0);
        Ok(self.tar.append_link(&mut header, path, target)?)
    }

    /// Adds a folder of `owner`'s, unless it is there.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn append_folder(&mut self, path: impl AsRef<Path>, mode: u32, owner: u64) -> anyhow::Result<()> {
        self.append_parents(path.as_ref())?;
        if !self.folders.insert(path.as_ref().to_owned()) {
            return Ok(());
        }
        let mut header = self.make_header(EntryType::Directory, mode, owner);
        Ok(self.tar.append_data(&mut header, path, std::io::empty())?)
    }

    fn append_parents(&mut self, path: &Path) -> anyhow::Result<()> {
        match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => self.append_folder(parent, 0o755, 0),
            _ => Ok(()),
        }
    }

    fn make_header(&self, kind: EntryType, mode: u32, owner: u64) -> Header {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_mode(mode);
        header.set_uid(owner);
        header.set_gid(owner);
        header.set_mtime(self.seconds);
        header.set_size(0);
        header
    }

    /// Ends the tar and compresses it.
    ///
    /// # Errors
    /// If it can't be written or compressed.
    pub fn finish_layer(self) -> anyhow::Result<PackedLayer> {
        let LayerBuilder { tar, file, .. } = self;
        drop(tar.into_inner()?.into_inner()?);
        let diff_id = file_digest(&file)?;
        // The program rather than the crate: unoptimised, as xtask is built, that takes minutes for the runtime.
        run_command("gzip", Command::new("gzip").args(["--no-name", "--force"]).arg(&file))?;
        let file = file.with_extension("tar.gz");
        Ok(PackedLayer { digest: file_digest(&file)?, diff_id, file })
    }
}

/// The digest of what is in `file`, as images name things.
///
/// # Errors
/// If it can't be read.
pub fn file_digest(file: &Path) -> anyhow::Result<String> {
    Ok(name_digest(&fs::read(file).with_context(|| format!("{} can't be read", file.display()))?))
}

/// The digest of `bytes`, as images name things.
pub fn name_digest(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}
