//! The one normalisation, for training and for matching.
//!
//! A text becomes words in lower case without any marks, so that it is the same typed with diacritics or without, and
//! however its accents are encoded. Digits become the word `0`: which case number it is says nothing about the intent.

use unicode_normalization::UnicodeNormalization as _;

/// Vietnamese chat spelling and office abbreviations, already without marks. A row is what is typed, and what it
/// stands for. Only forms that are no Vietnamese, English or French words themselves.
const SHORT: &[(&str, &str)] = &[
    // Not, with the spellings of phone keyboards.
    ("ko", "khong"),
    ("kh", "khong"),
    ("hok", "khong"),
    ("khg", "khong"),
    ("kg", "khong"),
    // Can, get.
    ("dc", "duoc"),
    ("dk", "dang ky"),
    ("dki", "dang ky"),
    ("dky", "dang ky"),
    // What, how.
    ("j", "gi"),
    ("ntn", "nhu the nao"),
    ("bn", "bao nhieu"),
    ("bnhieu", "bao nhieu"),
    // Office words.
    ("cccd", "can cuoc cong dan"),
    ("cmnd", "chung minh nhan dan"),
    ("gks", "giay khai sinh"),
    ("ubnd", "uy ban nhan dan"),
    ("hs", "ho so"),
    ("tt", "thu tuc"),
    ("gplx", "giay phep lai xe"),
    ("hkd", "ho kinh doanh"),
    ("bhyt", "bao hiem y te"),
    ("bhxh", "bao hiem xa hoi"),
    ("tthn", "tinh trang hon nhan"),
    ("nvqs", "nghia vu quan su"),
    ("lv", "lam viec"),
    ("vs", "voi"),
];

/// Writes the words of `text` into `out`, each followed by a space; at most [`crate::MAX_CHARS`] characters of it.
pub fn words_into(text: &str, out: &mut String) {
    out.clear();
    let mut word = String::new();
    for c in text.chars().take(crate::MAX_CHARS).nfkd().flat_map(char::to_lowercase).nfkd() {
        match c {
            'đ' => word.push('d'),
            'ı' => word.push('i'),
            // Marks on letters, and what nobody sees: joiners, directions, selectors of emoji.
            c if is_mark(c) => {}
            c if c.is_numeric() => {
                if !word.ends_with('0') {
                    word.push('0');
                }
            }
            c if c.is_alphanumeric() => word.push(c),
            _ => end_word(&mut word, out),
        }
    }
    end_word(&mut word, out);
}

/// The words of `text`, for explanations.
pub fn words(text: &str) -> Vec<String> {
    let mut out = String::new();
    words_into(text, &mut out);
    out.split_whitespace().map(str::to_owned).collect()
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}' | '\u{E0000}'..='\u{E007F}')
}

fn end_word(word: &mut String, out: &mut String) {
    if word.is_empty() {
        return;
    }
    let long = SHORT.iter().find(|(short, _)| short == word).map(|(_, long)| *long);
    out.push_str(long.unwrap_or(word));
    out.push(' ');
    word.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_people_type_it() {
        let cases = [
            ("Làm giấy khai sinh", "lam giay khai sinh"),
            ("lam giay khai sinh", "lam giay khai sinh"),
            ("ĐĂNG KÝ", "dang ky"),
            ("Hoà, hòa", "hoa hoa"),
            ("e\u{302}\u{323} ệ ê\u{323}", "e e e"),
            ("cccd ko dc", "can cuoc cong dan khong duoc"),
            ("mẫu ０１２３ và 45/2026", "mau 0 va 0 0"),
            ("hồ👍🏽\u{200d}sơ", "ho so"),
            ("Où êtes-vous ?", "ou etes vous"),
            ("", ""),
            ("?!…", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn marks_make_no_difference(text in "[a-zđăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ ]{0,60}") {
            let bare: String = text.nfd().filter(|c| !is_mark(*c)).map(|c| if c == 'đ' { 'd' } else { c }).collect();
            prop_assert_eq!(words(&text), words(&bare));
        }

        #[test]
        fn no_text_panics(text: String) {
            words(&text);
        }
    }
}
