//! The files of an agency's folder.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read as _},
    path::Path,
};
use unicode_normalization::UnicodeNormalization as _;

/// A folder in memory. Paths use `/` and are relative to it.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// `site.toml`, `intents/*.toml`, `procedures/*.toml`.
    pub texts: BTreeMap<String, String>,
    /// Whatever else lies beside `site.toml`, such as the logo.
    pub other: BTreeMap<String, Vec<u8>>,
}

/// Reads what lies in `folder`.
pub(super) fn read_folder(folder: &Path) -> io::Result<Folder> {
    let mut out = Folder::default();
    let beside = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = beside(&entry);
        if name == "site.toml" {
            out.texts.insert(name, read_text(&entry.path())?);
        // A link is followed: agencies of one vendor share their logo so. One that leads nowhere is no file.
        } else if fs::metadata(entry.path()).is_ok_and(|about| about.is_file()) {
            // Of a large file, enough to see that it is too large.
            let mut bytes = Vec::new();
            fs::File::open(entry.path())?.take(1 << 20).read_to_end(&mut bytes)?;
            out.other.insert(name, bytes);
        }
    }
    for part in ["intents", "procedures"] {
        let Ok(entries) = fs::read_dir(folder.join(part)) else { continue };
        for entry in entries {
            let entry = entry?;
            let name = beside(&entry);
            if name.ends_with(".toml") && !name.starts_with('.') {
                out.texts.insert(format!("{part}/{name}"), read_text(&entry.path())?);
            }
        }
    }
    Ok(out)
}

/// What is not UTF-8 is replaced here and explained with its place by [`super::parse_site`]. What was written with marks apart is composed
/// (Unicode's normalization form C), as everything is that visitors type.
fn read_text(path: &Path) -> io::Result<String> {
    let bytes = fs::read(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    Ok(String::from_utf8_lossy(&bytes).nfc().collect())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_linked_logo_is_there_and_a_link_to_nothing_is_not() {
        let shared = tempfile::tempdir().unwrap();
        fs::write(shared.path().join("logo.svg"), "<svg/>").unwrap();
        let site = tempfile::tempdir().unwrap();
        fs::write(site.path().join("site.toml"), "").unwrap();
        std::os::unix::fs::symlink(shared.path().join("logo.svg"), site.path().join("logo.svg")).unwrap();
        std::os::unix::fs::symlink(shared.path().join("gone.svg"), site.path().join("old.svg")).unwrap();
        let folder = read_folder(site.path()).unwrap();
        assert_eq!(folder.other.keys().collect::<Vec<_>>(), ["logo.svg"]);
    }
}
