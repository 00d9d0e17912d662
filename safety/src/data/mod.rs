//! What finds danger, as data: the lexicons and models of all languages in one file, which the build packs of `safety/data`
//! (`pack.rs`). The worker's script does not hold it: it is handed in. With the feature `embed` it comes along, for programs
//! of the host.
//!
//! The file, little endian:
//!
//! ```text
//! offset  bytes  what
//!      0      8  magic "HOIDATA1"; the last character is the version of the format
//!      8      8  u64: fingerprint of all that follows
//!     16    104  by language, in the order of `LANGUAGES`: u32 bytes of its lexicon, u32 bytes of its model, 0 without one
//!    120      …  the lexicons and models themselves, in the same order
//! ```
//!
//! Rules, models and the code that reads them belong together: a file other than the one this crate was built with is refused.

mod pack;

use crate::{lexicon::Language, model::DangerModel};
pub use pack::LANGUAGES;
use std::{borrow::Cow, fmt, ops::Range, sync::OnceLock};

/// Bytes of the head: magic and fingerprint.
const HEAD: usize = 16;
/// The fingerprint of the file that belongs to this build, in decimal.
const WANTED: &str = env!("DETECTION_DATA_FINGERPRINT");

/// Why a file is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DetectionDataError {
    /// No such file at all.
    NotOurs,
    /// A format that this build can't read: the character of its version.
    Format(char),
    /// Cut off or altered.
    Damaged,
    /// Of another build: its fingerprint, and the one wanted here.
    OtherBuild(u64, u64),
}

impl fmt::Display for DetectionDataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DetectionDataError::NotOurs => f.write_str("it holds no data of the safety layer"),
            DetectionDataError::Format(version) => {
                write!(f, "it is of version {version} of the format, which this build can't read")
            }
            DetectionDataError::Damaged => f.write_str("it is cut off or damaged"),
            DetectionDataError::OtherBuild(found, wanted) => {
                write!(f, "it is of another build: {found:016x}, where {wanted:016x} is wanted")
            }
        }
    }
}

impl std::error::Error for DetectionDataError {}

/// The lexicons and models of all languages. Each is read when it is first wanted.
#[derive(Debug)]
pub struct DetectionData {
    file: Cow<'static, [u8]>,
    /// Where in the file, by language: lexicon and model.
    places: [(Range<usize>, Range<usize>); LANGUAGES.len()],
    languages: [OnceLock<Language>; LANGUAGES.len()],
    models: [OnceLock<Option<DangerModel>>; LANGUAGES.len()],
}

impl DetectionData {
    /// What `file` holds.
    ///
    /// # Errors
    /// If it is not the file that belongs to this build.
    pub fn read(file: impl Into<Cow<'static, [u8]>>) -> Result<DetectionData, DetectionDataError> {
        let file = file.into();
        let wanted = WANTED.parse().map_err(|_| DetectionDataError::Damaged)?;
        match file.first_chunk::<8>() {
            Some(pack::MAGIC) => {}
            Some([own @ .., version]) if pack::MAGIC.starts_with(own) => {
                return Err(DetectionDataError::Format(char::from(*version)));
            }
            _ => return Err(DetectionDataError::NotOurs),
        }
        let (stated, content) = pack::read_fingerprints(&file).ok_or(DetectionDataError::Damaged)?;
        match content {
            content if content != stated => return Err(DetectionDataError::Damaged),
            content if content != wanted => return Err(DetectionDataError::OtherBuild(content, wanted)),
            _ => {}
        }
        let places = section_ranges(&file).ok_or(DetectionDataError::Damaged)?;
        let (languages, models) = (Default::default(), Default::default());
        Ok(DetectionData { file, places, languages, models })
    }

    /// The language at `at` of [`LANGUAGES`].
    pub(crate) fn language(&self, at: usize) -> Option<&Language> {
        self.languages.get(at).map(|language| language.get_or_init(|| self.read_language(at)))
    }

    /// The same, read anew. One that can't be read would find nothing: a test reads all.
    pub(crate) fn read_language(&self, at: usize) -> Language {
        let code = LANGUAGES.get(at).copied().unwrap_or_default();
        let lexicon = self.places.get(at).and_then(|(lexicon, _)| self.file.get(lexicon.clone()));
        lexicon.and_then(|lexicon| Language::from_bytes(code, lexicon)).unwrap_or_default()
    }

    /// The model of the language at `at`; a language without one has rules alone.
    pub(crate) fn model(&self, at: usize) -> Option<&DangerModel> {
        let model = || DangerModel::read(self.model_file(at));
        self.models.get(at).and_then(|kept| kept.get_or_init(model).as_ref())
    }

    fn model_file(&self, at: usize) -> &[u8] {
        self.places.get(at).and_then(|(_, model)| self.file.get(model.clone())).unwrap_or_default()
    }

    /// Reads all languages now rather than with the first message.
    pub fn load_languages(&self) {
        for at in 0..LANGUAGES.len() {
            let _read = (self.language(at), self.model(at));
        }
    }
}

/// Where each lexicon and model lies. `None` if the file is no longer or shorter than they are together.
fn section_ranges(file: &[u8]) -> Option<[(Range<usize>, Range<usize>); LANGUAGES.len()]> {
    let mut places = [const { (0..0, 0..0) }; LANGUAGES.len()];
    let (mut sizes, mut end) = (file.get(HEAD..)?, HEAD + 8 * LANGUAGES.len());
    let mut next = || {
        let (size, rest) = sizes.split_first_chunk::<4>()?;
        sizes = rest;
        let from = end;
        end = from.checked_add(usize::try_from(u32::from_le_bytes(*size)).ok()?)?;
        Some(from..end)
    };
    for place in &mut places {
        *place = (next()?, next()?);
    }
    (end == file.len()).then_some(places)
}

/// The file that belongs to this build.
#[cfg(any(test, feature = "embed"))]
pub const EMBEDDED_FILE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/danger.bin"));

/// What comes along in programs of the host.
#[cfg(any(test, feature = "embed"))]
pub fn embedded_data() -> &'static std::sync::Arc<DetectionData> {
    static EMBEDDED_DATA: std::sync::LazyLock<std::sync::Arc<DetectionData>> =
        std::sync::LazyLock::new(|| {
            #[expect(
                clippy::expect_used,
                reason = "the build packed it; there is no host program without it"
            )]
            let data = DetectionData::read(EMBEDDED_FILE).expect("the file of this build");
            std::sync::Arc::new(data)
        });
    &EMBEDDED_DATA
}

/// Reads the lexicons and models of all languages now rather than with the first message.
#[cfg(feature = "embed")]
pub fn load_languages() {
    embedded_data().load_languages();
}

#[cfg(test)]
mod tests;
