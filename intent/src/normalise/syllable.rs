//! What a Vietnamese syllable looks like once its marks are gone.
//!
//! Every Vietnamese word is written in such syllables, so the share of them in a text tells its language well enough
//! to read `k` as *không* here and as a letter elsewhere, and tells which keystrokes are meant for an input method.

use super::packed::{Packed, pack_words};

static IS_INITIAL: Packed = Packed::new(|| pack_words(INITIALS.iter().copied()));
static IS_RHYME: Packed = Packed::new(|| pack_words(RHYMES.iter().copied()));

/// Consonants a syllable may begin with. `p` alone begins loans only, yet those are everyday words: *pin*, *pa tê*.
const INITIALS: &[&str] = &[
    "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph",
    "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// Vowels with the consonants after them: all that occur with any marks, sorted.
const RHYMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "ech", "em",
    "en", "eng", "enh", "eo", "ep", "et", "eu", "i", "ia", "ich", "iec", "iem", "ien", "ieng", "iep", "iet",
    "ieu", "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang",
    "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc",
    "oong", "op", "ot", "u", "ua", "uan", "uang", "uat", "uay", "uc", "ue", "uech", "uenh", "ui", "um", "un",
    "ung", "uo", "uoc", "uoi", "uom", "uon", "uong", "uop", "uot", "uou", "up", "ut", "uu", "uy", "uya",
    "uych", "uyen", "uyet", "uynh", "uyt", "uyu", "y", "yem", "yen", "yet", "yeu",
];

/// Letters of the longest syllable: *nghiêng*.
const LONGEST: usize = 7;

/// Whether `word`, folded, can be a Vietnamese syllable.
pub fn is_syllable(word: &str) -> bool {
    find_rhyme(word).is_some()
}

/// The rhyme of `word`, if it is a syllable.
pub fn find_rhyme(word: &str) -> Option<&str> {
    if word.len() > LONGEST {
        return None;
    }
    let vowel = word.find(['a', 'e', 'i', 'o', 'u', 'y'])?;
    // `gi` and `qu` are consonants before a vowel; else their vowel is the syllable's own: *gì*, *gìn*.
    let consonant = match word.get(..=vowel) {
        Some("gi" | "qu") => split_initial(word, vowel + 1),
        _ => None,
    };
    consonant.or_else(|| split_initial(word, vowel))
}

/// The rhyme of `word`, if it is a syllable whose initial has `length` letters.
fn split_initial(word: &str, length: usize) -> Option<&str> {
    let (initial, rest) = word.split_at_checked(length)?;
    // One sound is spelt with other letters before `e`, `i` and `y`: that tells *ke* from the chat's `ko`.
    let spelt = match initial {
        "k" | "gh" | "ngh" => rest.starts_with(['e', 'i', 'y']),
        "c" | "ng" => !rest.starts_with(['e', 'i', 'y']),
        "g" => !rest.starts_with(['e', 'y']),
        _ => true,
    };
    (spelt && IS_INITIAL.contains_word(initial) && IS_RHYME.contains_word(rest)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for table in [INITIALS, RHYMES] {
            assert!(table.is_sorted());
            assert_eq!(
                pack_words(table.iter().copied()).len(),
                table.len(),
                "a word is too long for the table"
            );
        }
    }

    #[test]
    fn syllables_and_others() {
        let yes = "khai sinh giay duong nghieng truong quyen quoc gi gia gin y yeu an uy ban nhan dan hoan tuyet khuya xoong \
                   thuong tru can cuoc chuyen nguoi quy khoan phuong lam sao duoc";
        for word in yes.split_whitespace() {
            assert!(is_syllable(word), "{word}");
        }
        let no = "giaays moojt register card what les carte perdu phone strong zalo facebook cccd gplx dc ko j need";
        for word in no.split_whitespace() {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
