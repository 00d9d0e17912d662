//! What people write, made safe to keep and to show: sizes, and characters that nobody sees.

use crate::limits::invisible;
use unicode_normalization::UnicodeNormalization as _;
use wire::{Fault, limits};

/// What a visitor said, made safe to keep and to show.
///
/// # Errors
/// [`Fault::TooLong`] for more than [`limits::MAX_SAY_CHARS`] characters, [`Fault::Malformed`] for nothing at all.
pub fn clean_message(text: &str) -> Result<String, Fault> {
    // No letter that anybody types is made of more than four.
    if text.chars().nth(4 * limits::MAX_SAY_CHARS).is_some() {
        return Err(Fault::TooLong);
    }
    let clean = clean_text(text);
    let trimmed = clean.trim();
    if trimmed.chars().nth(limits::MAX_SAY_CHARS).is_some() {
        return Err(Fault::TooLong);
    }
    if trimmed.is_empty() { Err(Fault::Malformed) } else { Ok(trimmed.to_owned()) }
}

/// The same of what goes with files: then there need be no words.
///
/// # Errors
/// [`Fault::TooLong`] for more than [`limits::MAX_SAY_CHARS`] characters.
pub fn clean_message_with_files(text: &str) -> Result<String, Fault> {
    if text.trim().is_empty() { Ok(String::new()) } else { clean_message(text) }
}

/// `text` as everything that comes in from people or leaves for them is kept, compared and passed on: [`visible_text`], and composed
/// (Unicode's normalization form C).
///
/// Keyboards that type marks apart (XKB's Vietnamese one), texts out of PDFs and names of files from macOS come decomposed. They
/// look the same, and are found by nobody who searches for the composed form.
pub fn clean_text(text: &str) -> String {
    visible_text(text).nfc().collect()
}

/// `text` without the characters that change how other text is shown or that nobody can see: control characters but for
/// tab and line feed, and those of [`invisible`]. What another system calls something goes through this alone: its names are compared
/// byte by byte.
pub fn visible_text(text: &str) -> String {
    invisible::strip_invisible(text)
}

/// A short text that stands by itself, such as a button's.
pub fn clean_label(text: &str) -> String {
    clean_text(text).chars().take(limits::MAX_LABEL_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_typed_apart_are_put_together() {
        // As XKB's Vietnamese layout, macOS and many PDFs write it; the last one with its marks in another order.
        for apart in ["nghie\u{302}\u{301}ng", "nghi\u{ea}\u{301}ng", "nghie\u{302}\u{301}ng\u{feff}"] {
            assert_eq!(clean_text(apart), "nghiếng");
        }
        assert_eq!(clean_text("e\u{323}\u{302}"), clean_text("e\u{302}\u{323}"));
        assert_eq!(visible_text("e\u{301}"), "e\u{301}");
        // As many letters are let in as anybody counts.
        let long = "e\u{302}\u{301}".repeat(limits::MAX_SAY_CHARS);
        assert_eq!(clean_message(&long), Ok("ế".repeat(limits::MAX_SAY_CHARS)));
        assert_eq!(clean_message(&format!("{long}e")), Err(Fault::TooLong));
    }

    #[test]
    fn what_nobody_sees_is_taken_out() {
        assert_eq!(clean_text("a\u{202e}b\u{e0041}c\u{0}d\ne👨‍👩‍👧"), "abcd\ne👨‍👩‍👧");
        assert_eq!(clean_message("  \u{200b}\u{feff}x "), Ok("x".to_owned()));
        assert_eq!(clean_message(" \u{feff}\n"), Err(Fault::Malformed));
        assert_eq!(
            clean_message(&"ệ".repeat(limits::MAX_SAY_CHARS)).map(|t| t.chars().count()),
            Ok(limits::MAX_SAY_CHARS)
        );
        assert_eq!(clean_message(&"x".repeat(limits::MAX_SAY_CHARS + 1)), Err(Fault::TooLong));
    }
}
