//! The sayings of all languages as one file, which the worker's script does not hold: it is handed in, once an isolate. With the feature
//! `embed` it comes along, for programs of the host.
//!
//! It is the texts of `core/data/sayings` one after the other, in the order of [`Lang::ALL`], those that are said everywhere last, and a
//! zero behind each. Sayings and the code that reads them belong together: a file other than the one this crate was built with is refused.

use super::Sayings;
use i18n::Lang;
use std::{borrow::Cow, sync::OnceLock};

const TEXTS: usize = Lang::ALL.len() + 1;

macro_rules! join_texts {
    ($($code:literal)*) => { concat!($(include_str!(concat!("../../../data/sayings/", $code, ".txt")), "\0"),*) };
}

/// The file of this build. The worker knows its [`FINGERPRINT`] alone: what only the compiler looks at is in no program.
const FILE: &str = join_texts!["vi" "en" "fr" "km" "lo" "th" "zh" "ja" "ko" "es" "ar" "uk" "ru" "mul"];

/// Tells a file that was cut off, altered or built from other sayings.
const FINGERPRINT: u64 = hash_file(FILE.as_bytes());

/// The file of this build, for what packs it.
#[cfg(any(test, feature = "embed"))]
pub const EMBEDDED_SAYINGS: &str = FILE;

/// A file is not that of this build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is cut off, damaged or of another build")]
pub struct SayingsFileError;

/// What is said in all languages; each is read when it is first needed.
#[derive(Debug)]
pub(super) struct SayingsFile {
    text: Cow<'static, str>,
    read: [OnceLock<Sayings>; TEXTS],
}

/// Not of a site: what people say is the same everywhere, and never changes while the program runs.
static INSTALLED: OnceLock<SayingsFile> = OnceLock::new();

impl SayingsFile {
    fn new(text: Cow<'static, str>) -> SayingsFile {
        SayingsFile { text, read: [const { OnceLock::new() }; TEXTS] }
    }

    /// What is said in `lang`; in none, what is said everywhere.
    pub fn sayings_in(&self, lang: Option<Lang>) -> Option<&Sayings> {
        let place = lang.map_or(Lang::ALL.len(), |lang| lang as usize);
        self.read.get(place).map(|read| read.get_or_init(|| Sayings::parse(self.text_at(place))))
    }

    fn text_at(&self, place: usize) -> &str {
        self.text.split('\0').nth(place).unwrap_or_default()
    }
}

/// What is installed, or comes along.
pub(super) fn installed_sayings() -> Option<&'static SayingsFile> {
    #[cfg(any(test, feature = "embed"))]
    INSTALLED.get_or_init(|| SayingsFile::new(Cow::Borrowed(EMBEDDED_SAYINGS)));
    INSTALLED.get()
}

/// Whether short sayings can be read. Where they can't, nothing should be decided about a message: a "no" would be taken for a question.
pub fn has_sayings() -> bool {
    installed_sayings().is_some()
}

/// Takes the file that [`has_sayings`] is about; one that was taken before stays.
///
/// # Errors
/// If it is not the file of this build.
pub fn install_sayings(file: Vec<u8>) -> Result<(), SayingsFileError> {
    let text = read_file(file)?;
    // Whoever was quicker had the same.
    let _before = INSTALLED.set(SayingsFile::new(Cow::Owned(text)));
    Ok(())
}

fn read_file(file: Vec<u8>) -> Result<String, SayingsFileError> {
    if hash_file(&file) != FINGERPRINT {
        return Err(SayingsFileError);
    }
    String::from_utf8(file).map_err(|_| SayingsFileError)
}

/// FNV-1a.
const fn hash_file(mut bytes: &[u8]) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    while let [byte, rest @ ..] = bytes {
        sum = (sum ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
        bytes = rest;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_finds_its_own_text() {
        let file = SayingsFile::new(Cow::Borrowed(EMBEDDED_SAYINGS));
        for lang in Lang::ALL {
            let text = file.text_at(lang as usize);
            let title = text.lines().next().unwrap();
            assert!(title.starts_with("# ") && title.contains(lang.endonym()), "{lang:?}: {title}");
        }
        assert!(file.text_at(Lang::ALL.len()).starts_with("# What people say everywhere"));
        assert_eq!(file.text.matches('\0').count(), TEXTS, "no text has a zero in it");
    }

    #[test]
    fn only_the_file_of_this_build_is_taken() {
        let whole = EMBEDDED_SAYINGS.as_bytes().to_vec();
        assert_eq!(read_file(whole.clone()).as_deref(), Ok(EMBEDDED_SAYINGS));
        let mut damaged = whole.clone();
        damaged[whole.len() / 2] ^= 1;
        let cut = whole[..whole.len() - 1].to_vec();
        for file in [damaged, cut, Vec::new(), b"<!doctype html>".to_vec()] {
            assert_eq!(read_file(file), Err(SayingsFileError));
        }
    }
}
