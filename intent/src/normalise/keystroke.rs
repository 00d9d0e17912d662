//! Keystrokes of Vietnamese input methods that were left in a text: Telex (`giaays`) and VNI (`giay61`).
//!
//! Only what a typist's keys say about marks is dropped; marks themselves play no part in matching. Sources: the key
//! tables of the two methods, as every Vietnamese keyboard ships them.

use super::syllable::{find_rhyme, is_syllable};

/// Words of English and French, or of no language, that read as Telex of a Vietnamese syllable. The commonest ones, so
/// that a short text in those languages is left alone; in a longer one its neighbours tell.
const NOT_TELEX: &[&str] = &[
    "as", "bar", "bas", "been", "bees", "boom", "boss", "bus", "buy", "car", "cas", "cast", "chef", "cher",
    "cool", "cow", "deep", "does", "door", "dos", "gas", "had", "has", "her", "hers", "his", "how", "is",
    "keep", "keeps", "loop", "low", "max", "meet", "meets", "mois", "moon", "nor", "now", "of", "off", "or",
    "our", "par", "pas", "per", "poor", "pour", "room", "rooms", "row", "see", "seem", "seems", "seen",
    "sees", "six", "soon", "sous", "sur", "tax", "teen", "ten", "too", "tool", "tools", "toot", "tous",
    "tree", "trees", "us", "vis", "was", "who", "yes",
];

/// What Telex `word` (folded) was meant to be, without marks, and how many of its keys were for marks.
///
/// `None` if it has no such keys or they give no syllable.
pub fn decode_telex<'a>(word: &str, out: &'a mut String) -> Option<(&'a str, usize)> {
    if !(2..=10).contains(&word.len()) || NOT_TELEX.binary_search(&word).is_ok() {
        return None;
    }
    out.clear();
    let (mut tone, mut keys) = (None, 0);
    for c in word.chars() {
        let vowel_before = out.bytes().any(is_vowel);
        let last = out.chars().last();
        match c {
            's' | 'f' | 'r' | 'x' | 'j' | 'z' if vowel_before && tone.is_none() => {
                tone = Some(c);
                keys += 1;
            }
            'a' | 'e' | 'o' if last == Some(c) => keys += 1,
            'd' if out == "d" => keys += 1,
            // A second `d` may also come at the end: "duongd".
            'd' if vowel_before && out.starts_with('d') => keys += 1,
            'w' if out.contains(['a', 'o', 'u']) => keys += 1,
            'w' if !vowel_before && !out.is_empty() => {
                out.push('u');
                keys += 1;
            }
            c => out.push(c),
        }
    }
    // A stopped syllable is always said in one of two tones: "meet" is no Telex.
    let stopped = find_rhyme(out)?.ends_with(['c', 'p', 't']) || out.ends_with("ch");
    (keys > 0 && (!stopped || matches!(tone, Some('s' | 'j')))).then_some((out.as_str(), keys))
}

/// What VNI `word` (folded, letters and digits) was meant to be, without marks: `giay61`, `d9uong2`.
pub fn decode_vni<'a>(word: &str, out: &'a mut String) -> Option<&'a str> {
    out.clear();
    for (at, c) in word.char_indices() {
        let before = word.get(..at).unwrap_or_default();
        let marks = match c {
            '1'..='8' => before.bytes().any(is_vowel),
            '9' => before.contains('d'),
            _ => false,
        };
        if !marks {
            out.push(c);
        }
    }
    // A tone, the marks of two vowels and the `đ` are four keys: "d9u7o7c5". More digits are a number, and one letter
    // is a code: "a4".
    let keys = word.len() - out.len();
    ((1..=4).contains(&keys) && out.len() > 1 && is_syllable(out)).then_some(out.as_str())
}

fn is_vowel(byte: u8) -> bool {
    b"aeiouy".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telex_keys() {
        assert!(NOT_TELEX.is_sorted());
        let cases = [
            ("giaays", "giay"),
            ("moojt", "mot"),
            ("dduowngf", "duong"),
            ("nhuw", "nhu"),
            ("nhw", "nhu"),
            ("tieengs", "tieng"),
            ("vieetj", "viet"),
            ("khoong", "khong"),
            ("dduwowcj", "duoc"),
            ("lamf", "lam"),
            ("lafm", "lam"),
            ("ddi", "di"),
            ("duongdwf", "duong"),
            ("uwowng", "uong"),
            ("casch", "cach"),
        ];
        for (word, expected) in cases {
            assert_eq!(
                decode_telex(word, &mut String::new()).map(|(word, _)| word.to_owned()).as_deref(),
                Some(expected),
                "{word}"
            );
        }
        for word in ["meet", "book", "need", "what", "giay", "is", "carte", "facebook", "w", "how"] {
            assert_eq!(decode_telex(word, &mut String::new()), None, "{word}");
        }
    }

    #[test]
    fn vni_keys() {
        let cases = [
            ("giay61", "giay"),
            ("d9uong2", "duong"),
            ("sinh2", "sinh"),
            ("d9u7o7c5", "duoc"),
            ("duoc975", "duoc"),
            ("duong3456789", ""),
            ("tie6ng1", "tieng"),
        ];
        for (word, expected) in cases {
            let read = decode_vni(word, &mut String::new()).map(str::to_owned);
            assert_eq!(read.unwrap_or_default(), expected, "{word}");
        }
        for word in ["a4", "covid19", "q1", "mp3", "h29", "b2b", "30p", "lan20"] {
            assert_eq!(decode_vni(word, &mut String::new()), None, "{word}");
        }
    }
}
