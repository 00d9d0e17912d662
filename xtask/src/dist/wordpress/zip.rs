//! An archive that holds few small files, uncompressed: PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.

use flate2::Crc;

/// What can read it: version 2.0.
const VERSION: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// 1 January 1980, the first day there is: the same files make the same archive.
const DATE: u16 = (1 << 5) | 1;

/// The archive of files with these names.
///
/// # Errors
/// If it would be larger than such an archive can be.
pub fn write_zip(files: &[(String, Vec<u8>)]) -> anyhow::Result<Vec<u8>> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let start = u32::try_from(archive.len())?;
        let described = describe_file(name, content)?;
        archive.extend_from_slice(&[b"PK\x03\x04", described.as_slice(), name.as_bytes(), content].concat());
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&VERSION.to_le_bytes());
        directory.extend_from_slice(&described);
        // No comment, the first disk, no attributes.
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&start.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(files.len())?.to_le_bytes();
    let (size, start) = (u32::try_from(directory.len())?, u32::try_from(archive.len())?);
    archive.extend_from_slice(&directory);
    archive.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    archive.extend_from_slice(&[count, count].concat());
    archive.extend_from_slice(&[size.to_le_bytes(), start.to_le_bytes()].concat());
    archive.extend_from_slice(&[0; 2]);
    Ok(archive)
}

/// What stands before a file and in the directory alike, from the version that is needed to the length of the extra field.
fn describe_file(name: &str, content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut crc = Crc::new();
    crc.update(content);
    let size = u32::try_from(content.len())?.to_le_bytes();
    let mut described = Vec::new();
    // Stored as it is, at midnight.
    for number in [VERSION, FLAGS, 0, 0, DATE] {
        described.extend_from_slice(&number.to_le_bytes());
    }
    described.extend_from_slice(&crc.sum().to_le_bytes());
    described.extend_from_slice(&[size, size].concat());
    described.extend_from_slice(&u16::try_from(name.len())?.to_le_bytes());
    described.extend_from_slice(&0_u16.to_le_bytes());
    Ok(described)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_directory_leads_to_each_file() {
        let files = [("hoi/a.php".to_owned(), b"<?php".to_vec()), ("hoi/b.txt".to_owned(), b"b".to_vec())];
        let archive = write_zip(&files).unwrap();
        let number = |at: usize| u32::from_le_bytes(archive[at..at + 4].try_into().unwrap()) as usize;
        let end = archive.len() - 22;
        assert_eq!(&archive[end..end + 4], b"PK\x05\x06");
        let mut entry = number(end + 16);
        assert_eq!(entry + number(end + 12), end, "the directory ends where the end begins");
        for (name, content) in files {
            assert_eq!(&archive[entry..entry + 4], b"PK\x01\x02");
            assert_eq!(&archive[entry + 46..entry + 46 + name.len()], name.as_bytes());
            let start = number(entry + 42);
            assert_eq!(&archive[start..start + 4], b"PK\x03\x04");
            let at = start + 30 + name.len();
            assert_eq!(&archive[at..at + content.len()], content);
            entry += 46 + name.len();
        }
        assert_eq!(entry, end);
    }
}
