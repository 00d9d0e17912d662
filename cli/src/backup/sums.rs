//! `SHA256SUMS`: the sum of every file in a snapshot, as `sha256sum -c` reads it.

use super::{
    files::list_databases,
    repository::{DATA_FOLDER, SUMS_FILE},
};
use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, File},
    io::{self, Read as _},
    path::{Component, Path},
};

/// Sums by the file's path in the snapshot.
pub type FileSums = BTreeMap<String, String>;

const BUFFER_BYTES: usize = 256 * 1024;

/// Reads the sums of the snapshot in `folder`.
///
/// # Errors
/// If they can't be read, there is none, or a line is none of a file in its data.
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

/// Databases in the data of the snapshot in `folder` for which it has no sum, by their paths in the snapshot: the list of sums was cut.
///
/// # Errors
/// If its data can't be read.
pub fn list_unlisted(folder: &Path, sums: &FileSums) -> anyhow::Result<Vec<String>> {
    let paths = list_databases(&folder.join(DATA_FOLDER))?;
    let names = paths.iter().map(|path| Path::new(DATA_FOLDER).join(path).display().to_string());
    Ok(names.filter(|name| !sums.contains_key(name)).collect())
}

/// A snapshot's names lead into its data and nowhere else; gives the path in it.
///
/// # Errors
/// If `name` leads elsewhere, or can't stand in a line.
pub fn path_in_data(name: &str) -> anyhow::Result<&Path> {
    let inside = Path::new(name).strip_prefix(DATA_FOLDER).ok();
    let is_plain = |path: &&Path| {
        let mut parts = path.components().peekable();
        parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
    };
    inside
        .filter(is_plain)
        .filter(|_| !name.contains(char::is_control))
        .with_context(|| format!("{name:?} is no file of a snapshot"))
}

fn parse_sums(text: &str) -> anyhow::Result<FileSums> {
    if text.is_empty() {
        bail!("it lists no file");
    }
    if !text.ends_with('\n') {
        bail!("its end is missing");
    }
    let mut sums = FileSums::new();
    for line in text.split_terminator('\n') {
        let parts = line.split_once("  ").filter(|(sum, _)| is_sum(sum));
        let (sum, name) = parts.with_context(|| format!("{line:?} is no sum"))?;
        path_in_data(name)?;
        if sums.insert(name.to_owned(), sum.to_owned()).is_some() {
            bail!("it lists {name} twice");
        }
    }
    Ok(sums)
}

fn is_sum(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
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

/// The sum of `bytes`.
pub fn sum_bytes(bytes: &[u8]) -> String {
    format_sum(&Sha256::digest(bytes))
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

    #[test]
    fn lists_that_are_cut_or_lead_out_of_the_data_are_refused() {
        let sum = sum_bytes(b"abc");
        let whole = format!("{sum}  data/a.sqlite\n{sum}  data/b.sqlite\n");
        assert_eq!(parse_sums(&whole).unwrap().len(), 2);
        for end in [0, 64, 70, whole.len() - 1] {
            assert!(parse_sums(&whole[..end]).is_err(), "{end}");
        }
        for name in
            ["data", "data/", "data/../a", "../data/a", "/etc/passwd", "other/a", "data/a\r", "SHA256SUMS"]
        {
            assert!(parse_sums(&format!("{sum}  {name}\n")).is_err(), "{name:?}");
        }
        assert!(parse_sums(&format!("{sum}  data/a\n{sum}  data/a\n")).is_err(), "twice");
        assert!(parse_sums(&format!("{}  data/a\n", "g".repeat(64))).is_err(), "no digits");
    }
}
