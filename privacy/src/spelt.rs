//! A quick look for digits in words and for addresses without their `@`, by the consonants of words: marks fall out by
//! themselves. It may see some where there are none.

/// So many digits in words, one after the other, may be a number.
const DIGITS: u32 = 5;

/// Words for digits: Vietnamese, English, French.
const NUMBERS: &[u32] = &[
    code("khong"),
    code("ko"),
    code("mot"),
    code("hai"),
    code("ba"),
    code("bon"),
    code("tu"),
    code("nam"),
    code("lam"),
    code("sau"),
    code("tam"),
    code("chin"),
    code("zero"),
    code("one"),
    code("two"),
    code("three"),
    code("four"),
    code("five"),
    code("six"),
    code("seven"),
    code("eight"),
    code("nine"),
    code("deux"),
    code("trois"),
    code("quatre"),
    code("cinq"),
    code("sept"),
    code("huit"),
    code("neuf"),
];
/// Who gives addresses to everybody, those that no other word looks like.
const PROVIDERS: &[u32] = &[
    code("gmail"),
    code("hotmail"),
    code("outlook"),
    code("icloud"),
    code("live"),
    code("proton"),
    code("protonmail"),
    code("zoho"),
    code("msn"),
    code("mail"),
];
/// What is said for the sign in an address, and for its dots.
const SIGNS: &[u32] = &[code("at"), code("cong"), code("moc")];
const DOTS: &[u32] = &[code("dot"), code("cham"), code("point")];

/// Whether `text` may hold a number or an address in words.
pub fn may_be(text: &str) -> bool {
    let (mut digits, mut sign) = (0, false);
    let mut dot =
        text.as_bytes().windows(2).any(|pair| matches!(pair, [b'.', after] if after.is_ascii_alphabetic()));
    let part =
        |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}');
    for word in text.split(|c| !part(c)).filter(|word| !word.is_empty()) {
        let code = code(word);
        digits = if NUMBERS.contains(&code) { digits + 1 } else { 0 };
        sign |= SIGNS.contains(&code);
        dot |= DOTS.contains(&code);
        let provider = PROVIDERS.contains(&code) || word.eq_ignore_ascii_case("yahoo");
        if digits == DIGITS || provider || (sign && dot) {
            return true;
        }
    }
    false
}

/// The first consonants of `word`, five bits each.
const fn code(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let (mut code, mut at) = (0, 0);
    while at < bytes.len() && code < 1 << 25 {
        #[allow(clippy::indexing_slicing, reason = "bounded by the loop; iterators are not for constants")]
        let letter = bytes[at].to_ascii_lowercase();
        if letter.is_ascii_lowercase() && !matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y') {
            code = code << 5 | (letter & 31) as u32;
        }
        at += 1;
    }
    code
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
