//! Codes that people read out, write down and type: to go on elsewhere, and to name a case.

use crate::crypto::hmac;
use std::fmt;

/// Crockford's alphabet: no letter that looks like a digit, no `U` that makes words.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code; five bits each.
const LENGTH: usize = 10;
/// Longest text that is looked at for a code, in bytes.
const MAX_BYTES: usize = 64;

/// 50 random bits.
///
/// ```
/// let code = hoi_core::crypto::code::Code::from_random(&[1, 2, 3, 4, 5, 6, 7]);
/// assert_eq!(hoi_core::crypto::code::Code::parse(&code.to_string()), Some(code));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code(u64);

impl Code {
    /// The code in `random`.
    pub fn from_random(random: &[u8; 7]) -> Code {
        let bits = random.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        Code(bits & ((1 << (5 * LENGTH)) - 1))
    }

    /// What somebody typed: in any case, with spaces or dashes, with an O for a zero.
    pub fn parse(typed: &str) -> Option<Code> {
        if typed.len() > MAX_BYTES {
            return None;
        }
        let mut bits = 0_u64;
        let mut count = 0;
        for c in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '–')) {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let digit = ALPHABET.iter().position(|letter| char::from(*letter) == c)?;
            bits = bits << 5 | digit as u64;
            count += 1;
            if count > LENGTH {
                return None;
            }
        }
        (count == LENGTH).then_some(Code(bits))
    }

    /// The first code in `text`: in its two halves, or in one piece of digits and letters, so that no word or telephone number
    /// is taken for one.
    pub fn find_in_text(text: &str) -> Option<Code> {
        let parts = text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '–'));
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let has = |part: &str, is: fn(&char) -> bool| part.chars().filter(is).count();
        let named = |part: &str, few: usize| {
            let (digits, letters) = (has(part, char::is_ascii_digit), has(part, char::is_ascii_alphabetic));
            (digits >= few && letters >= few).then(|| Code::parse(part)).flatten()
        };
        let halves = |part: &&&str| part.split(['-', '–']).map(str::len).eq([LENGTH / 2; 2]);
        let split = parts.iter().filter(halves).find_map(|part| named(part, 1));
        let whole = || parts.iter().filter(|part| part.len() == LENGTH).find_map(|part| named(part, 2));
        let pairs = || {
            let mut pairs = parts.windows(2).filter(|pair| pair.iter().all(|half| half.len() == LENGTH / 2));
            pairs.find_map(|pair| named(&pair.concat(), 3))
        };
        split.or_else(whole).or_else(pairs)
    }

    /// What the edge keeps of it for `site`, in hex: who reads the disk can open nothing. `with` is what must be known
    /// beside it, nothing for a code that opens by itself.
    pub fn digest(self, secret: &[u8], site: &str, with: &str) -> String {
        hmac::hex_tag(secret, &[format!("hoi code 1\n{site}\n{:x}\n{with}", self.0).as_bytes()], 32)
    }
}

/// In two halves, for people to read.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..LENGTH).rev() {
            if place + 1 == LENGTH / 2 {
                f.write_str("-")?;
            }
            let letter = ALPHABET.get((self.0 >> (5 * place) & 31) as usize).copied().unwrap_or_default();
            write!(f, "{}", char::from(letter))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_found_among_words_and_no_word_is_one() {
        let code = Code::parse("K7QX3-M9DA0");
        for text in [
            "K7QX3-M9DA0",
            "hồ sơ k7qx3-m9da0 tới đâu rồi",
            "mã số: K7QX3-M9DA0.",
            "(K7QX3–M9DA0)",
            "K7QX3M9DA0 xong chưa?",
            "what about K7QX3 M9DA0",
        ] {
            assert_eq!(Code::find_in_text(text), code, "{text}");
        }
        for text in [
            "",
            "hello-world",
            "0912345678",
            "09123-45678",
            "12345 67890",
            "giấy khai sinh",
            "thông tư 01/2024",
            "HS-2024-0012",
            "khoản 5 điều 10",
            "thirty three",
            "K7QX3-M9DA",
            "quận 10 phường 12",
            "AB123 thủ tục",
        ] {
            assert_eq!(Code::find_in_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::parse("K7QX3-M9DA0").expect("it is one");
        assert_eq!(code.to_string(), "K7QX3-M9DA0");
        for typed in ["k7qx3m9da0", " K7QX3 M9DAO ", "k7.qx.3m.9d.ao"] {
            assert_eq!(Code::parse(typed), Some(code), "{typed}");
        }
        for bad in ["", "K7QX3-M9DA", "K7QX3-M9DA00", "K7QX3-M9DAU", "K7QX3-M9DAế", &"0".repeat(999)] {
            assert_eq!(Code::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(random: [u8; 7]) {
            let code = Code::from_random(&random);
            prop_assert_eq!(Code::parse(&code.to_string()), Some(code));
        }

        #[test]
        fn reading_harms_nobody(typed in ".{0,80}") {
            let _read = Code::parse(&typed);
        }
    }

    #[test]
    fn a_digest_is_one_sites_and_one_edges() {
        let (code, other) = (Code::from_random(&[1; 7]), Code::from_random(&[2; 7]));
        let digest = code.digest(b"secret", "ward", "");
        assert_eq!(digest.len(), 64);
        assert_eq!(digest, code.digest(b"secret", "ward", ""));
        for another in [
            other.digest(b"secret", "ward", ""),
            code.digest(b"secret", "shop", ""),
            code.digest(b"", "ward", ""),
            code.digest(b"secret", "ward", "1234"),
        ] {
            assert_ne!(digest, another);
        }
    }
}
