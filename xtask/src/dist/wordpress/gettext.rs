//! Translations: from what translators write (`.po`) to what programs read (`.mo`), as the manual of GNU gettext describes both.

use anyhow::{Context as _, ensure};
use std::collections::BTreeMap;

/// How a file of that kind begins, in the order of bytes that we write.
const MAGIC: u32 = 0x9504_12de;
/// How long what stands before the tables is.
const HEADER: usize = 28;

/// The entries of a `.po` file without plural forms: a text, and what it is in the other language.
///
/// # Errors
/// If a line is none, or an entry lacks a translation.
pub fn read_catalogue(text: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let mut entries = BTreeMap::new();
    let mut pair: [String; 2] = Default::default();
    let mut part = 1;
    for line in text.lines().map(str::trim).chain(["msgid \"\""]) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let quoted = if let Some(rest) = line.strip_prefix("msgid ") {
            let [id, translation] = std::mem::take(&mut pair);
            if !translation.is_empty() {
                entries.insert(id, translation);
            } else {
                ensure!(id.is_empty(), "{id:?} is not translated");
            }
            part = 0;
            rest
        } else if let Some(rest) = line.strip_prefix("msgstr ") {
            part = 1;
            rest
        } else {
            line
        };
        // Both know the same escapes, as far as we use them.
        let quoted: String = serde_json::from_str(quoted).with_context(|| format!("not an entry: {line}"))?;
        if let Some(text) = pair.get_mut(part) {
            text.push_str(&quoted);
        }
    }
    Ok(entries)
}

/// The `.mo` file of a `.po` file.
///
/// # Errors
/// As [`read_catalogue`].
pub fn compile_catalogue(text: &str) -> anyhow::Result<Vec<u8>> {
    // Sorted by their bytes, as readers that search by halves expect.
    let entries = read_catalogue(text)?;
    let table = entries.len() * 8;
    let (mut places, mut words) = (Vec::new(), Vec::new());
    for text in entries.keys().chain(entries.values()) {
        push_number(&mut places, text.len())?;
        push_number(&mut places, HEADER + 2 * table + words.len())?;
        words.extend_from_slice(text.as_bytes());
        words.push(0);
    }
    let mut file = MAGIC.to_le_bytes().to_vec();
    // Revision, count, where both tables are; and no table of hashes.
    for number in [0, entries.len(), HEADER, HEADER + table, 0, HEADER + 2 * table] {
        push_number(&mut file, number)?;
    }
    Ok([file, places, words].concat())
}

fn push_number(bytes: &mut Vec<u8>, number: usize) -> anyhow::Result<()> {
    bytes.extend_from_slice(&u32::try_from(number)?.to_le_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: vi\\n\"\n\n#. For buttons\nmsgid \"Ask \\\"us\\\"\"\nmsgstr \"Hỏi\"\n";

    #[test]
    fn entries_are_read_with_their_header() {
        let entries = read_catalogue(TEXT).unwrap();
        assert_eq!(entries.get(""), Some(&"Language: vi\n".to_owned()));
        assert_eq!(entries.get("Ask \"us\""), Some(&"Hỏi".to_owned()));
        assert!(read_catalogue("msgid \"Ask\"\nmsgstr \"\"\n").is_err(), "not translated");
        assert!(read_catalogue("Ask us\n").is_err());
    }

    #[test]
    fn a_compiled_catalogue_leads_to_its_texts() {
        let file = compile_catalogue(TEXT).unwrap();
        let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((number(0), number(8)), (MAGIC as usize, 2));
        let text = |table: usize, index: usize| {
            let (length, start) = (number(table + index * 8), number(table + index * 8 + 4));
            assert_eq!(file[start + length], 0);
            std::str::from_utf8(&file[start..start + length]).unwrap()
        };
        assert_eq!((text(number(12), 1), text(number(16), 1)), ("Ask \"us\"", "Hỏi"));
    }
}
