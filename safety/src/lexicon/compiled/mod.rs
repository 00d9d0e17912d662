//! A language as bytes, read without looking at the text of a rule: `safety/data/<lang>.bin`, made of `<lang>.txt` and
//! `topics/<lang>.txt` by `cargo run -p safety --example compile`.
//!
//! Numbers are LEB128; lists have their length before them. Words are sorted, each without the letters that it shares with
//! the one before it; their numbers follow from their order. A state of the automaton stands behind those it leads to. It is
//! checked no further than that reading it ends: it is compiled in, and a test compares it with the text.

mod read;
#[cfg(test)]
mod tests;
mod write;

use super::{Language, error::LexiconError};
use read::LexiconReader;
use write::LexiconWriter;

/// Reads the rules and the topics of the language `lang`, as `docs/safety.md` describes them, and makes of them what this
/// crate reads: `data/<lang>.bin`.
///
/// # Errors
/// With the first line that can't be read.
pub fn compile_lexicon(lang: &str, file: &str) -> Result<Vec<u8>, LexiconError> {
    Ok(Language::parse_draft(lang, file)?.to_bytes())
}

impl Language {
    /// The bytes of a draft.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = LexiconWriter::default();
        out.write_words(&self.words);
        self.phrases.iter().for_each(|phrases| out.write_phrases(phrases));
        out.write_number(self.classes.into());
        out.write_size(self.includes.len());
        for (whole, part) in &self.includes {
            out.write_number((*whole).into());
            out.write_number((*part).into());
        }
        out.write_rules(&self.rules);
        out.write_text(&self.names);
        out.write_text(&self.ambiguous);
        out.bytes
    }

    /// The language `code` of its bytes. `None` if they are cut off.
    pub fn from_bytes(code: &str, bytes: &[u8]) -> Option<Language> {
        let mut reader = LexiconReader { bytes, class: 0 };
        let draft = Language {
            code: code.to_owned(),
            words: reader.read_words()?,
            phrases: vec![reader.read_phrases()?],
            classes: reader.read_int()?,
            includes: reader.read_list(|reader| Some((reader.read_int()?, reader.read_int()?)))?,
            rules: reader.read_rules()?,
            names: reader.read_text()?.to_owned(),
            ambiguous: reader.read_text()?.to_owned(),
        };
        Some(draft.finish_draft())
    }
}
