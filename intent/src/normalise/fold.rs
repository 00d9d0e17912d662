//! One character to the letters it is read as: lower case, without marks.

use unicode_normalization::char::decompose_compatible;

/// Letters that Unicode does not take apart, and what people type for them who lack the key.
const ALONE: &[(char, &str)] = &[
    ('đ', "d"),
    // Old Vietnamese fonts and hurried hands put the Icelandic letter in its place: same shape, other code.
    ('ð', "d"),
    ('ı', "i"),
    ('œ', "oe"),
    ('æ', "ae"),
    ('ø', "o"),
    ('ł', "l"),
    ('ß', "ss"),
];

/// Calls `emit` with each character that `c` is read as: none for a mark, several for a ligature.
///
/// Any encoding of a letter gives the same: composed, decomposed, full-width, in mathematical alphabets.
pub fn fold_char(c: char, emit: &mut impl FnMut(char)) {
    if c.is_ascii() {
        return emit(c.to_ascii_lowercase());
    }
    decompose_compatible(c, |part| part.to_lowercase().for_each(|lower| fold_lower(lower, emit)));
}

/// Lower case may be made of parts again (`İ` is an `i` and a dot).
fn fold_lower(c: char, emit: &mut impl FnMut(char)) {
    decompose_compatible(c, |part| {
        if is_mark(part) {
            return;
        }
        match ALONE.iter().find(|(alone, _)| *alone == part) {
            Some((_, letters)) => letters.chars().for_each(&mut *emit),
            None => emit(part),
        }
    });
}

/// Marks on letters, and what nobody sees: joiners, directions, selectors and skin tones of emoji.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}' | '\u{E0000}'..='\u{E007F}' | '\u{1F3FB}'..='\u{1F3FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|c| fold_char(c, &mut |c| out.push(c)));
        out
    }

    #[test]
    fn letters_lose_their_marks() {
        let cases = [
            ("Đường Ðường", "duong duong"),
            ("ệ ê\u{323} e\u{302}\u{323} e\u{323}\u{302}", "e e e e"),
            ("Hoà hòa THUỶ thủy", "hoa hoa thuy thuy"),
            ("ŒUVRE Straße Łódź", "oeuvre strasse lodz"),
            ("İstanbul ı", "istanbul i"),
            ("ＡＢＣ １２３", "abc 123"),
            ("𝐡𝐞𝐥𝐥𝐨 ﬁn", "hello fin"),
            ("a\u{200b}b\u{feff}c\u{ad}d", "abcd"),
        ];
        for (text, expected) in cases {
            assert_eq!(folded(text), expected, "{text}");
        }
    }
}
