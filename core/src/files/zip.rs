//! The names in a zip archive, by its central directory (PKWARE's APPNOTE 6.3.10, 4.3.12 and 4.3.16). Nothing is unpacked.

/// Most entries: an office file has some dozens.
const MAX_ENTRIES: usize = 4_096;
/// The record in the archive's end: its fixed part, and the longest comment behind it.
const END: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;
const MAX_COMMENT_BYTES: usize = 65_535;
/// One entry of the directory: its fixed part.
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_BYTES: usize = 46;

/// The names of the archive's entries; nothing if it is no whole archive.
pub fn entry_names(bytes: &[u8]) -> Option<Vec<String>> {
    let from = bytes.len().saturating_sub(END_BYTES + MAX_COMMENT_BYTES);
    let tail = bytes.get(from..)?;
    let end = tail.windows(END.len()).rposition(|window| window == END)?;
    let end = tail.get(end..)?;
    let entries = usize::from(read_u16(end, 10)?);
    // The comment behind it reaches to the end: another record may lie inside.
    if entries > MAX_ENTRIES || end.len() != END_BYTES + usize::from(read_u16(end, 20)?) {
        return None;
    }
    let mut directory = bytes.get(usize::try_from(read_u32(end, 16)?).ok()?..)?;
    let mut names = Vec::new();
    for _ in 0..entries {
        if !directory.starts_with(ENTRY) {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| read_u16(directory, at).map(usize::from));
        let name_end = ENTRY_BYTES.checked_add(name?)?;
        let name = directory.get(ENTRY_BYTES..name_end)?;
        names.push(String::from_utf8_lossy(name).into_owned());
        directory = directory.get(name_end.checked_add(extra?)?.checked_add(comment?)?..)?;
    }
    Some(names)
}

fn read_u16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
