//! Writing the file, at build time, and what its head says. Used by `build.rs`, too.

use std::{fs, io, path::Path};

/// What the file is called.
#[allow(dead_code, reason = "for what builds the file")]
pub const NAME: &str = "danger.bin";
/// How a file of ours begins; the last character is the version of the format.
pub const MAGIC: &[u8; 8] = b"HOIDATA1";
/// Languages in the file, in this order.
pub const LANGUAGES: [&str; 13] =
    ["vi", "en", "fr", "es", "ru", "uk", "zh", "ja", "ko", "km", "lo", "th", "ar"];

/// The file, of the lexicons (`<lang>.bin`) and models (`model-<lang>.bin`, none for languages that have rules alone) in `folder`.
///
/// # Errors
/// If a lexicon is not there, or something can't be read.
#[allow(dead_code, reason = "for what builds the file")]
pub fn pack_languages(folder: &Path) -> io::Result<Vec<u8>> {
    let (mut sizes, mut parts) = (Vec::new(), Vec::new());
    for lang in LANGUAGES {
        let lexicon = fs::read(folder.join(format!("{lang}.bin")))?;
        let model = match fs::read(folder.join(format!("model-{lang}.bin"))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        for part in [lexicon, model] {
            let size = u32::try_from(part.len()).map_err(io::Error::other)?;
            sizes.extend(size.to_le_bytes());
            parts.extend(part);
        }
    }
    let content = [sizes, parts].concat();
    Ok([&MAGIC[..], &hash_content(&content).to_le_bytes(), &content].concat())
}

/// The fingerprint that the file says it has, and that of its content. `None` if it is too short to say one.
pub fn read_fingerprints(file: &[u8]) -> Option<(u64, u64)> {
    let (stated, content) = file.get(MAGIC.len()..)?.split_first_chunk::<8>()?;
    Some((u64::from_le_bytes(*stated), hash_content(content)))
}

/// FNV-1a over eight bytes at a time, so that megabytes take no time worth naming: a change anywhere gives another one.
fn hash_content(content: &[u8]) -> u64 {
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
    let (words, rest) = content.as_chunks::<8>();
    let sum = words.iter().fold(0xcbf2_9ce4_8422_2325, |sum, word| mix(sum, u64::from_le_bytes(*word)));
    rest.iter().fold(mix(sum, content.len() as u64), |sum, byte| mix(sum, u64::from(*byte)))
}
