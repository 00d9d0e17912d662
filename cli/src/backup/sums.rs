//! `SHA256SUMS`: the sum of every file in a snapshot, as `sha256sum -c` reads it.

use super::repository::SUMS_FILE;
use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, File},
    io::{self, Read as _},
    path::Path,
};

/// Sums by the file's path in the snapshot.
pub type FileSums = BTreeMap<String, String>;

const BUFFER_BYTES: usize = 256 * 1024;

/// Reads the sums of the snapshot in `folder`.
///
/// # Errors
/// If they can't be read, or a line is none.
pub fn read_sums(folder: &Path) -> anyhow::Result<FileSums> {
    let path = folder.join(SUMS_FILE);
    let text = fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
    parse_sums(&text).with_context(|| format!("{} is damaged", path.display()))
}

/// Writes `sums` into the snapshot in `folder`.
///
/// # Errors
/// If they can't be written.
pub fn write_sums(folder: &Path, sums: &FileSums) -> anyhow::Result<()> {
    let mut text = String::new();
    for (path, sum) in sums {
        writeln!(text, "{sum}  {path}")?;
    }
    let path = folder.join(SUMS_FILE);
    fs::write(&path, text).with_context(|| format!("{} can't be written", path.display()))
}

fn parse_sums(text: &str) -> anyhow::Result<FileSums> {
    let mut sums = FileSums::new();
    for line in text.lines() {
        match line.split_once("  ") {
            Some((sum, path)) if sum.len() == 64 => sums.insert(path.to_owned(), sum.to_owned()),
            _ => bail!("{line:?} is no sum"),
        };
    }
    Ok(sums)
}

/// Copies `from` to `to`, and gives the sum of what was copied and its bytes.
///
/// # Errors
/// If reading or writing fails.
pub fn copy_with_sum(from: &mut File, to: &mut impl io::Write) -> io::Result<(String, u64)> {
    let (mut hasher, mut buffer, mut bytes) = (Sha256::new(), vec![0; BUFFER_BYTES], 0);
    loop {
        let read = from.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        hasher.update(part);
        to.write_all(part)?;
        bytes += part.len() as u64;
    }
    to.flush()?;
    Ok((format_sum(&hasher.finalize()), bytes))
}

/// The sum of the file at `path`, and its bytes.
///
/// # Errors
/// If it can't be read.
pub fn sum_file(path: &Path) -> io::Result<(String, u64)> {
    copy_with_sum(&mut File::open(path)?, &mut io::sink())
}

fn format_sum(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string can't fail.
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_sum_is_refused() {
        let sum = format_sum(&Sha256::digest(b"abc"));
        assert_eq!(sum, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let sums = parse_sums(&format!("{sum}  data/a.sqlite\n{sum}  data/b  c.sqlite\n")).unwrap();
        assert_eq!(sums.keys().collect::<Vec<_>>(), ["data/a.sqlite", "data/b  c.sqlite"]);
        assert!(parse_sums("abc  data/a.sqlite\n").is_err());
        assert!(parse_sums(&format!("{sum} data/a.sqlite\n")).is_err());
    }
}
