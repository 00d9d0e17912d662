//! A quick look for digits in words and for addresses without their `@`, by the consonants of words: marks fall out by
//! themselves. It may see some where there are none. The widget carries it for everybody, so it is small: a number for
//! each word, and a bit for each number that a word for a digit has.

/// So many digits in words, one after the other, may be a number.
const DIGITS: u32 = 5;

/// Words for digits: Vietnamese, English, French.
const NUMBERS: u128 = word_mask(&[
    "khong", "ko", "mot", "hai", "ba", "bon", "tu", "nam", "lam", "sau", "bay", "tam", "chin", "oh", "un",
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "deux", "trois",
    "quatre", "cinq", "sept", "huit", "neuf",
]);
/// Who gives addresses to everybody, and what addresses are called.
const MAIL: &[u32] = &[
    word_code("mail"),
    word_code("gmail"),
    word_code("hotmail"),
    word_code("outlook"),
    word_code("icloud"),
    word_code("live"),
    word_code("proton"),
    word_code("protonmail"),
    word_code("zoho"),
    word_code("msn"),
    word_code("yahoo"),
];
/// What is said for the sign in an address, and for its dots.
const SIGNS: &[u32] = &[word_code("at"), word_code("cong"), word_code("moc")];
const DOTS: &[u32] = &[word_code("dot"), word_code("cham"), word_code("point")];

/// Whether `text` may hold a number or an address in words.
pub fn may_be(text: &str) -> bool {
    let (mut word, mut letters, mut digits) = (0, 0, 0);
    let (mut sign, mut dot, mut last) = (false, false, b' ');
    for &byte in text.as_bytes().iter().chain(b" ") {
        dot |= last == b'.' && byte.is_ascii_alphabetic();
        last = byte;
        // What is no ASCII is a letter with a mark, or the mark.
        if byte.is_ascii_alphabetic() || byte > 0x7f {
            word = extend_code(word, byte);
            letters += 1;
        } else if letters > 0 {
            digits = if is_number(word) { digits + 1 } else { 0 };
            sign |= SIGNS.contains(&word);
            dot |= DOTS.contains(&word);
            if digits == DIGITS || MAIL.contains(&word) || (sign && dot) {
                return true;
            }
            (word, letters) = (0, 0);
        }
    }
    false
}

/// Whether a word for a digit has the number `word`. In halves: wider numbers cost the widget more.
fn is_number(word: u32) -> bool {
    let half = if word & 64 == 0 { NUMBERS as u64 } else { (NUMBERS >> 64) as u64 };
    half >> (word & 63) & 1 == 1
}

/// `code` with one more letter: consonants count, and `y`, so that `yahoo` is no `hai`.
const fn extend_code(code: u32, byte: u8) -> u32 {
    match byte | 0x20 {
        b'a' | b'e' | b'i' | b'o' | b'u' => code,
        letter if letter.is_ascii_lowercase() => code.wrapping_mul(27).wrapping_add((letter & 31) as u32),
        _ => code,
    }
}

/// The number of `word`.
const fn word_code(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let (mut code, mut at) = (0, 0);
    while at < bytes.len() {
        #[allow(clippy::indexing_slicing, reason = "bounded by the loop; iterators are not for constants")]
        let byte = bytes[at];
        code = extend_code(code, byte);
        at += 1;
    }
    code
}

/// A bit for each of `words`.
const fn word_mask(words: &[&str]) -> u128 {
    let (mut mask, mut at) = (0, 0);
    while at < words.len() {
        #[allow(clippy::indexing_slicing, reason = "bounded by the loop; iterators are not for constants")]
        let word = words[at];
        mask |= 1 << (word_code(word) % 128);
        at += 1;
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_spell() {
        for text in [
            "không chín một hai ba bốn năm sáu bảy tám",
            "KHONG CHIN MOT HAI BA",
            "không, chín, một, hai, ba",
            "o nine one two three four",
            "an a còng example chấm com",
            "an (at) example.com",
            "an Gmail chấm com",
            "YAHOO nhé",
        ] {
            assert!(may_be(text), "{text}");
        }
        for text in [
            "",
            "phường mở cửa lúc mấy giờ",
            "ba mẹ tôi năm nay sáu mươi tuổi",
            "công an phường ở đâu",
            "look at this",
            "tôi muốn đăng ký khai sinh cho con. Cần giấy gì?",
        ] {
            assert!(!may_be(text), "{text}");
        }
    }
}
