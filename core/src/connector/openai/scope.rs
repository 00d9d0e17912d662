//! Finds the mark by which a model says that a question is none of the site's, wherever it stands in its answer.

/// [`crate::connector::prompt::OUT_OF_SCOPE`] as it is compared: lower case, without brackets.
const MARK: &str = "hoi:not-ours";
/// As models open it.
const OPENED: [&str; 3] = ["[[hoi:not-ours", "[hoi:not-ours", MARK];

/// Longest text that may still become the mark, in bytes, with what models write into it: more is no mark.
const MAX_HELD_BYTES: usize = 64;

/// A text that the mark may stand in, as it comes.
#[derive(Default)]
pub struct ScopeFilter {
    /// Not given on yet, because it may become the mark.
    held: String,
    declined: bool,
}

impl ScopeFilter {
    /// Whether the mark was found.
    pub fn is_declined(&self) -> bool {
        self.declined
    }

    /// What can be given on after `text`; may be empty.
    pub fn feed(&mut self, text: &str) -> String {
        self.held.push_str(text);
        self.declined |= compared(&self.held).any(|rest| rest.starts_with(MARK));
        if self.declined {
            self.held.clear();
        }
        let safe = self.unfinished_mark();
        self.held.drain(..safe).collect()
    }

    /// The text has ended: what was held.
    pub fn finish(&mut self) -> String {
        std::mem::take(&mut self.held)
    }

    /// Where in what is held the mark may begin.
    fn unfinished_mark(&self) -> usize {
        let mut before = None;
        for (at, c) in self.held.char_indices() {
            // Inside a word no mark begins: "sinh" does not wait for what follows its h.
            let begins = !before.replace(c).is_some_and(char::is_alphanumeric)
                && matches!(c, '[' | 'h' | 'H' | '*' | '`');
            let rest = self.held.get(at..).filter(|rest| begins && rest.len() <= MAX_HELD_BYTES);
            let rest = rest.map(normalize).unwrap_or_default();
            if !rest.is_empty() && OPENED.iter().any(|mark| mark.starts_with(&rest)) {
                return at;
            }
        }
        self.held.len()
    }
}

/// What follows each place of `text`, as it is compared.
fn compared(text: &str) -> impl Iterator<Item = String> {
    text.char_indices()
        .filter(|(_, c)| matches!(c, 'h' | 'H'))
        .filter_map(|(at, _)| text.get(at..).map(normalize))
}

/// Models write the mark in bold, as code, with spaces, with another dash, or in small letters.
fn normalize(text: &str) -> String {
    let kept =
        text.chars().take(MAX_HELD_BYTES).filter(|c| !c.is_whitespace() && !matches!(c, '*' | '`' | '\\'));
    let plain = kept.map(|c| if matches!(c, '_' | '–' | '‑' | '−') { '-' } else { c.to_ascii_lowercase() });
    plain.take(MARK.len() + 3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connector::prompt::OUT_OF_SCOPE;

    fn filtered(text: &str, size: usize) -> (String, bool) {
        let chars: Vec<char> = text.chars().collect();
        let mut filter = ScopeFilter::default();
        let mut out = String::new();
        for piece in chars.chunks(size) {
            out += &filter.feed(&String::from_iter(piece));
        }
        out += &filter.finish();
        (out, filter.is_declined())
    }

    #[test]
    fn the_mark_is_found_wherever_it_stands_and_never_given_on() {
        let written =
            [OUT_OF_SCOPE, "[HOI:NOT-OURS]", "**[[hoi:not-ours]]**", "`[[HOI: NOT_OURS]]`", "HOI:NOT–OURS"];
        for mark in written {
            for text in
                [mark.to_owned(), format!("Tôi không biết. {mark}"), format!("Tôi\n{mark}\n\nXin gọi 1022.")]
            {
                for size in [1, 3, 7, 200] {
                    let (shown, declined) = filtered(&text, size);
                    assert!(declined, "{text} by {size}");
                    assert!(!shown.to_lowercase().contains("hoi:"), "{text} by {size}: {shown}");
                }
            }
        }
    }

    #[test]
    fn what_is_too_long_for_the_mark_is_given_on() {
        for blanks in [" ", "*", "`"] {
            let text = format!("[{}", blanks.repeat(10_000));
            assert_eq!(filtered(&text, 10_001), (text.clone(), false));
            let mut filter = ScopeFilter::default();
            filter.feed(&text);
            assert!(filter.held.len() <= MAX_HELD_BYTES, "{blanks:?}");
        }
    }

    #[test]
    fn what_only_begins_like_it_is_given_on() {
        for text in
            ["[[1]] là mục đầu", "[[HOI", "Ông bà hỏi: gì? hoi: không dấu", "sinh", "[x](https://a.example)"]
        {
            for size in [1, 4, 200] {
                assert_eq!(filtered(text, size), (text.to_owned(), false), "by {size}");
            }
        }
        let mut filter = ScopeFilter::default();
        assert_eq!(filter.feed("Giấy khai sinh"), "Giấy khai sinh", "not held inside a word");
    }
}
