//! What kind of file something is: by its bytes, not by what it says it is.

use super::zip::entry_names;
use site::KINDS;

/// A kind that sites may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileKind {
    /// The ending it goes by in `site.toml` and in names.
    pub ending: &'static str,
    /// Its media type.
    pub media: &'static str,
}

/// How a PDF begins; within so many bytes, says its standard's note on what readers accept (ISO 32000-1, annex H.3.4.1).
const PDF: &[u8] = b"%PDF-";
const PDF_WITHIN: usize = 1024;
const PDF_MEDIA: &str = "application/pdf";
/// What an OpenDocument text says of itself, first thing.
const ODT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";
/// A zip's first entry begins with this; its name stands 30 bytes further on.
const ZIP: &[u8] = b"PK\x03\x04";
const ZIP_NAME_AT: usize = 30;

/// The kind of `bytes`; nothing if it is none that can be taken. What a browser would run (HTML, SVG, scripts) never is, nor an
/// office file with macros.
pub fn detect_kind(bytes: &[u8]) -> Option<FileKind> {
    let known = if bytes.starts_with(ZIP) {
        Some(office_ending(bytes)?)
    } else if is_pdf(bytes) {
        Some("pdf")
    } else if is_mpeg_audio(bytes) {
        Some("mp3")
    } else {
        None
    };
    let media = if known.is_none() { infer::get(bytes)?.mime_type() } else { "" };
    // The crate also takes a page for a PDF that has one inside.
    if media == PDF_MEDIA {
        return None;
    }
    let (ending, media) = KINDS.iter().find(|(name, kind)| Some(*name) == known || *kind == media)?;
    Some(FileKind { ending, media })
}

/// The ending of an office file. Programs write its parts in any order, so all names count, not the first few.
fn office_ending(bytes: &[u8]) -> Option<&'static str> {
    let names = entry_names(bytes)?;
    let name = bytes.get(ZIP_NAME_AT..).unwrap_or_default();
    if name.starts_with(ODT) {
        let is_macro = |name: &String| name.starts_with("Basic/") || name.starts_with("Scripts/");
        // It is stored as it is, so another record follows: a template's type is longer.
        let is_text = name.get(ODT.len()..).is_some_and(|next| next.starts_with(b"PK"));
        return (is_text && !names.iter().any(is_macro)).then_some("odt");
    }
    let has = |part: &str| names.iter().any(|name| name.eq_ignore_ascii_case(part));
    if !has("[Content_Types].xml")
        || names.iter().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin"))
    {
        return None;
    }
    [("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")]
        .into_iter()
        .find_map(|(part, ending)| has(part).then_some(ending))
}

/// Scanners and printers' drivers write some bytes of their own before a PDF begins; a page that only contains one begins with a tag.
fn is_pdf(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(PDF_WITHIN)).unwrap_or_default();
    let at = start.windows(PDF.len()).position(|window| window == PDF);
    at.and_then(|at| start.get(..at)).is_some_and(|before| !before.contains(&b'<'))
}

/// Two frames' headers in a row of layer III: recordings without a tag begin with one, and two bytes alone may be anything.
fn is_mpeg_audio(bytes: &[u8]) -> bool {
    let Some(length) = mpeg_frame_bytes(bytes) else { return false };
    bytes.get(length..).is_some_and(|next| mpeg_frame_bytes(next).is_some())
}

/// How long the frame of layer III is that begins here (ISO 11172-3, 2.4.1.3 and 2.4.3.1; 13818-3 for half sampling rates).
fn mpeg_frame_bytes(bytes: &[u8]) -> Option<usize> {
    const KBIT_1: [usize; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const KBIT_2: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let [0xFF, second, third, ..] = *bytes else { return None };
    if second & 0xE6 != 0xE2 {
        return None;
    }
    // Version 1, 2 or 2.5; its sampling rate halves with each.
    let (table, halves, samples) = match second >> 3 & 3 {
        3 => (KBIT_1, 0, 144_000),
        2 => (KBIT_2, 1, 72_000),
        0 => (KBIT_2, 2, 72_000),
        _ => return None,
    };
    let kbit = *table.get(usize::from(third >> 4)).filter(|kbit| **kbit > 0)?;
    let rate = [44_100usize, 48_000, 32_000].get(usize::from(third >> 2 & 3)).copied()? >> halves;
    Some(samples * kbit / rate + usize::from(third >> 1 & 1))
}
