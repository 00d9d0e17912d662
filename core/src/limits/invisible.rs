//! Characters that nobody sees. They carry instructions to language models and marks to whoever reads them out again, make
//! one word look like another, and tell nothing to people; so they are taken out at the door. What writing needs stays:
//! the joiners of emoji and of scripts that join letters, breaks between words where no space is written, and marks of
//! direction beside letters that run from right to left.

use unicode_normalization::char::is_combining_mark;

/// Most marks upon one letter. Tibetan and Khmer put six; what is more is drawn over the lines around it.
const MAX_MARKS: usize = 8;

/// `text` without them. What breaks a line becomes a line feed, and what is only a space of another width, or the blank of Braille, a
/// space: what they look like.
pub fn strip_invisible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = ' ';
    let mut marks = 0;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let c = match c {
            // Word's own break, page breaks, and line ends of old systems: two words must not become one.
            '\r' if rest.peek() == Some(&'\n') => continue,
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{2800}' => ' ',
            c => c,
        };
        // What is taken out parts nothing: the next one is judged by what stands before it.
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks <= MAX_MARKS && is_kept(c, last, rest.peek().copied()) {
            out.push(c);
            last = c;
        }
    }
    out
}

/// Whether `c` stays between `last` and `next`.
fn is_kept(c: char, last: char, next: Option<char>) -> bool {
    match c {
        '\n' | '\t' => true,
        // Joiners: between the parts of an emoji, and behind a letter of a script that knows them.
        '\u{200c}' => is_joining(last),
        '\u{200d}' => is_joining(last) || (is_emoji_part(last) && next.is_some_and(is_emoji)),
        // A place where a line may break.
        '\u{200b}' => is_unspaced(last),
        // Marks of direction.
        '\u{200e}' | '\u{200f}' | '\u{61c}' => is_from_right(last) || next.is_some_and(is_from_right),
        // How an emoji is drawn; on a digit only as a part of a keycap.
        '\u{fe0e}' | '\u{fe0f}' => is_emoji(last) || (is_key(last) && next == Some('\u{20e3}')),
        // Mongolian letters have forms.
        '\u{180b}'..='\u{180d}' | '\u{180f}' => ('\u{1820}'..='\u{18aa}').contains(&last),
        // Joiners of Tifinagh.
        '\u{2d7f}' => ('\u{2d30}'..='\u{2d67}').contains(&last),
        c => !is_unseen(c) && !is_nobodys(c) && !c.is_control(),
    }
}

/// Whether nothing is seen of `c`, wherever it stands.
fn is_unseen(c: char) -> bool {
    matches!(c,
        // Soft hyphen, grapheme joiner, fillers of Hangul, vowels of Khmer that are not written, of Mongolian.
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{3164}' | '\u{ffa0}'
        // Embeddings, overrides, isolates; joiners and operators without a form.
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        // Variation selectors, byte order marks, notes between lines.
        | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        // What stands for an object that is not there, a joiner of Brahmi, a filler of Khitan.
        | '\u{fffc}' | '\u{1107f}' | '\u{16fe4}'
        // Controls of shorthand, of hieroglyphs and of music, whose note without a head is not drawn either.
        | '\u{1bca0}'..='\u{1bca3}' | '\u{13430}'..='\u{13455}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}')
}

/// Whether `c` is no character of anybody's: never to be one, or in a plane that holds only tags, more variation selectors and what
/// programs agree on among themselves.
fn is_nobodys(c: char) -> bool {
    let code = u32::from(c);
    code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code) || code >= 0xe_0000
}

/// Whether `c` is drawn as an emoji or can be.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21aa}'
        | '\u{231a}'..='\u{23ff}' | '\u{24c2}' | '\u{25aa}'..='\u{27bf}' | '\u{2934}'..='\u{2935}'
        | '\u{2b05}'..='\u{2b55}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

fn is_emoji_part(c: char) -> bool {
    is_emoji(c) || c == '\u{fe0f}'
}

fn is_key(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '#' | '*')
}

/// Whether `c` is of a script whose letters join or stack: Arabic and its neighbours, those of India, Tibet, Burma, Cambodia,
/// Mongolia.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{17dd}'
        | '\u{1820}'..='\u{18aa}' | '\u{1b00}'..='\u{1c4f}' | '\u{a840}'..='\u{a8ff}' | '\u{a980}'..='\u{aadf}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && !matches!(c, '\u{17b4}' | '\u{17b5}')
}

/// Whether `c` is of a script that is written without spaces between words: Thai, Lao, Burmese, Khmer.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}') && c != '\u{61c}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_goes() {
        for c in "\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\
                  \u{202a}\u{202e}\u{2060}\u{2061}\u{2062}\u{2063}\u{2064}\u{2065}\u{2066}\u{2069}\u{206a}\u{206f}\u{3164}\
                  \u{fe00}\u{fe0e}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{fffa}\u{fffb}\u{1bca0}\u{1d173}\u{e0001}\u{e0041}\
                  \u{e007f}\u{e0100}\u{e01ef}\u{0}\u{8}\u{1b}\u{fffc}\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{1107f}\u{16fe4}\u{13441}\
                  \u{1d159}\u{2d7f}\u{e1000}\u{f0041}\u{10fffd}"
            .chars()
        {
            assert_eq!(strip_invisible(&format!("a{c}b{c}{c}1{c}ệ")), "ab1ệ", "{c:?}");
            assert_eq!(strip_invisible(&c.to_string()), "", "{c:?}");
        }
        // A message within another one, by selectors behind an emoji.
        assert_eq!(strip_invisible("😀\u{fe01}\u{fe02}\u{e0101}\u{e0102}!"), "😀!");
        assert_eq!(strip_invisible("😀\u{fe0f}\u{fe0f}\u{fe0f}!"), "😀\u{fe0f}!");
        assert_eq!(strip_invisible("ក\u{200b}\u{200b}\u{200b}ខ"), "ក\u{200b}ខ");
        assert_eq!(strip_invisible("ا\u{200d}\u{200d}\u{200d}ب"), "ا\u{200d}ب");
    }

    #[test]
    fn what_writing_needs_stays() {
        for text in [
            "👨‍👩‍👧 👩🏽‍🚒 ❤️ ❤️‍🔥 🏳️‍🌈 1️⃣ #️⃣ ☎️ ✌🏿 🇻🇳 ©️",
            // Persian and Urdu, Khmer, Hindi, Sinhala, Burmese.
            "می‌خواهم نام‌نویسی",
            "ក្រសួង\u{200b}មហាផ្ទៃ ស្រ៊\u{200c}ី",
            "क्‍ष र्‍य",
            "ශ්‍රී ලංකා",
            "မြန်မာ\u{200b}ဘာသာ",
            "السعر\u{200f} 5 ريال",
            "ไทย\u{200b}แลนด์",
            "đăng ký khai sinh\tcho con\nở đâu",
            "đa\u{306}ng ky\u{301}",
        ] {
            assert_eq!(strip_invisible(text), text);
        }
        assert_eq!(strip_invisible("a\u{2028}b\u{2800}c"), "a\nb c");
    }

    #[test]
    fn two_words_never_become_one() {
        for end in ["\r\n", "\r", "\n", "\u{b}", "\u{c}", "\u{85}", "\u{2029}"] {
            assert_eq!(strip_invisible(&format!("số nhà 12{end}phường 3")), "số nhà 12\nphường 3", "{end:?}");
        }
        // Spaces of other widths would say something to whoever reads the codes.
        for space in "\u{1680}\u{2000}\u{2003}\u{2009}\u{200a}\u{205f}".chars() {
            assert_eq!(strip_invisible(&format!("a{space}b")), "a b", "{space:?}");
        }
        assert_eq!(
            strip_invisible("4\u{a0}500\u{202f}€ 東京\u{3000}都"),
            "4\u{a0}500\u{202f}€ 東京\u{3000}都"
        );
    }

    #[test]
    fn marks_are_not_piled_up() {
        let piled = format!("a{}b", "\u{336}".repeat(500));
        assert_eq!(strip_invisible(&piled), format!("a{}b", "\u{336}".repeat(MAX_MARKS)));
        for text in ["e\u{302}\u{301}", "བསྒྲུབས", "ក្ស្រ៊ី", "שָׁלוֹם", "n\u{303}\u{330}"]
        {
            assert_eq!(strip_invisible(text), text);
        }
    }
}
