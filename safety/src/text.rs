//! A text as words: folded to plain letters, with what its marks say kept beside them.

use unicode_normalization::char::decompose_compatible;

/// Characters of a text that are read; the rest is ignored.
pub const MAX_CHARS: usize = 4_000;

/// Letters that Unicode does not take apart, and what is typed for them.
const ALONE: &[(char, &str)] = &[
    ('ð', "d"),
    ('ı', "i"),
    ('œ', "oe"),
    ('æ', "ae"),
    ('ø', "o"),
    ('ł', "l"),
    ('ß', "ss"),
    ('ё', "е"),
    ('أ', "ا"),
    ('إ', "ا"),
    ('آ', "ا"),
    ('ٱ', "ا"),
    ('ى', "ي"),
    ('ی', "ي"),
    ('ئ', "ي"),
    ('ؤ', "و"),
    ('ک', "ك"),
    ('ة', "ه"),
];

/// How sure the marks of a [`FoldedWord`] are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MarkSource {
    /// There are none: the word may be any that is written with these letters.
    #[default]
    None,
    /// They were typed as marks.
    Typed,
    /// They come from an input method's keystrokes: the tone is known, the vowels' marks may not be.
    Keys,
}

/// A word, a number, or one character of a script without spaces.
#[derive(Debug, Clone, Default)]
pub struct FoldedWord {
    /// Where it stands in the text, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Plain lower-case letters. Empty: the end of a sentence.
    pub plain: String,
    /// Marks of the vowels and the bar of `đ`, three bits a letter, from the lowest bits on.
    pub hats: u64,
    /// 0 level, 1 acute, 2 grave, 3 hook, 4 tilde, 5 dot.
    pub tone: u8,
    /// How sure `hats` and `tone` are.
    pub marks: MarkSource,
    /// `plain` with a letter twice that was held down and is read once: "cuuuu" may be *cu* or *cuu*.
    pub doubled: Option<String>,
}

/// Circumflex, or the bar of `đ`.
const CIRCUMFLEX: u64 = 1;
const BREVE: u64 = 2;
const HORN: u64 = 4;

impl FoldedWord {
    fn push_letter(&mut self, letter: char) {
        self.plain.push(letter);
    }

    fn add_vowel_mark(&mut self, hat: u64) {
        self.marks = MarkSource::Typed;
        if let Some(last) = self.plain.chars().count().checked_sub(1).filter(|last| *last < 21) {
            self.hats |= hat << (3 * last);
        }
    }
}

/// Whether each character of the script that `c` is of stands for itself: no spaces between words, or none to rely on.
pub fn is_alone(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1780}'..='\u{17FF}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}')
}

/// Marks that people leave out or put in the wrong place, and what nobody sees.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{0652}' | '\u{0670}' | '\u{0640}' | '\u{0E47}'..='\u{0E4C}'
        | '\u{0EC8}'..='\u{0ECC}' | '\u{1AB0}'..='\u{1AFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}'
        | '\u{1F3FB}'..='\u{1F3FF}' | '\u{3099}' | '\u{309A}')
}

/// What a text's signs say of how it is meant.
#[derive(Debug, Clone, Copy, Default)]
pub struct Signs {
    /// Whether a question mark stands in it.
    pub asks: bool,
    /// How many exclamation marks, three at most.
    pub cries: u8,
}

impl Signs {
    /// The signs of `text`.
    pub fn from_text(text: &str) -> Signs {
        text.chars().take(MAX_CHARS).fold(Signs::default(), |signs, c| match c {
            '?' | '？' | '؟' => Signs { asks: true, ..signs },
            '!' | '！' => Signs { cries: 3.min(signs.cries + 1), ..signs },
            _ => signs,
        })
    }
}

/// The words of `text`, an end of a sentence (an empty word) before, between and after its sentences.
pub fn tokenize(text: &str) -> Vec<FoldedWord> {
    let mut reader = Tokenizer { words: vec![FoldedWord::default()], ..Tokenizer::default() };
    let mut chars = text.char_indices().take(MAX_CHARS).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        reader.read_char(at, c, next);
    }
    reader.end_word();
    reader.end_sentence(text.len());
    reader.words
}

#[derive(Default)]
struct Tokenizer {
    words: Vec<FoldedWord>,
    word: FoldedWord,
    /// The last character as typed, and how often in a row.
    last: char,
    run: usize,
    /// Whether an apostrophe stands between the last word and this one.
    joined: bool,
}

/// Parts of words that English joins with an apostrophe, and that people leave it out of.
const JOINED: &[&str] = &["d", "ll", "m", "re", "s", "t", "ve"];

impl Tokenizer {
    fn read_char(&mut self, at: usize, c: char, next: char) {
        let lower = c.to_lowercase().next().unwrap_or(c);
        if is_dropped(c) && !matches!(c, '\u{0300}'..='\u{036F}') {
            return;
        }
        if is_alone(c) {
            self.end_word();
            self.words.push(FoldedWord {
                from: at,
                to: at + c.len_utf8(),
                plain: c.to_string(),
                ..FoldedWord::default()
            });
            self.last = c;
            return;
        }
        let is_mark = matches!(c, '\u{0300}'..='\u{036F}');
        if !c.is_alphanumeric() && !is_mark {
            self.read_sign(at, c, next);
            return;
        }
        self.run = if lower == self.last { self.run + 1 } else { 1 };
        self.last = lower;
        if self.word.plain.is_empty() {
            self.word.from = at;
        }
        self.word.to = at + c.len_utf8();
        if c.is_alphabetic() && self.run >= 3 {
            // A letter that was held down counts once.
            if self.run == 3 {
                self.word.doubled = Some(self.word.plain.clone());
                self.word.plain.pop();
            }
            return;
        }
        if let Some(doubled) = &mut self.word.doubled {
            doubled.push(lower);
        }
        self.push_folded(lower);
    }

    fn push_folded(&mut self, lower: char) {
        let word = &mut self.word;
        if lower.is_ascii() {
            return word.push_letter(lower);
        }
        if lower == 'đ' {
            word.push_letter('d');
            return word.add_vowel_mark(CIRCUMFLEX);
        }
        if let Some((_, plain)) = ALONE.iter().find(|(alone, _)| *alone == lower) {
            return plain.chars().for_each(|c| word.push_letter(c));
        }
        decompose_compatible(lower, |part| {
            let tone = match part {
                '\u{0301}' => 1,
                '\u{0300}' => 2,
                '\u{0309}' => 3,
                '\u{0303}' => 4,
                '\u{0323}' => 5,
                '\u{0302}' => return word.add_vowel_mark(CIRCUMFLEX),
                '\u{0306}' => return word.add_vowel_mark(BREVE),
                '\u{031B}' => return word.add_vowel_mark(HORN),
                _ if is_dropped(part) => return,
                _ => {
                    return part
                        .to_lowercase()
                        .filter(|c| c.is_alphanumeric())
                        .for_each(|c| word.push_letter(c));
                }
            };
            word.tone = tone;
            word.marks = MarkSource::Typed;
        });
    }

    fn read_sign(&mut self, at: usize, c: char, next: char) {
        let apostrophe = matches!(c, '\'' | '’' | 'ʼ' | '`' | '´') && !self.word.plain.is_empty();
        // "ch.ết", "t*ử": signs that are to hide a word. In "v.v" and "12.5" they part nothing that matters here.
        let hides = matches!(c, '.' | '*' | '·' | '_') && next.is_alphabetic() && self.has_no_vowel();
        if hides {
            self.last = c;
            return;
        }
        self.end_word();
        self.joined = apostrophe;
        let dots = c == '.' && (self.last == '.' || !next.is_whitespace());
        if matches!(c, '!' | '?' | '\n' | '。' | '！' | '？' | '؟' | '។') || c == '.' && !dots {
            self.end_sentence(at);
        }
        self.last = c;
    }

    /// Whether what was read of the word has no vowel: then a sign behind it parts no word.
    fn has_no_vowel(&self) -> bool {
        let plain = &self.word.plain;
        !plain.is_empty()
            && plain.bytes().all(|byte| byte.is_ascii_lowercase() && !b"aeiouy".contains(&byte))
            && plain.len() <= 3
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        let joined = std::mem::take(&mut self.joined);
        self.run = 0;
        if word.plain.is_empty() {
            return;
        }
        if joined
            && JOINED.contains(&word.plain.as_str())
            && let Some(before) = self.words.last_mut()
        {
            before.plain.push_str(&word.plain);
            before.to = word.to;
            return;
        }
        let digits = word.plain.bytes().filter(u8::is_ascii_digit).count();
        if digits == 0 || digits == word.plain.len() {
            self.words.push(word);
        } else {
            self.push_mixed(word);
        }
    }

    /// Letters and digits together: keystrokes of VNI, or an amount with its unit.
    fn push_mixed(&mut self, word: FoldedWord) {
        if let Some(read) = crate::keys::decode_vni(&word) {
            self.words.push(read);
            return;
        }
        let mut rest = word.plain.as_str();
        while let Some(first) = rest.bytes().next() {
            let digit = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            self.words.push(FoldedWord {
                plain: part.to_owned(),
                from: word.from,
                to: word.to,
                ..FoldedWord::default()
            });
            rest = after;
        }
    }

    fn end_sentence(&mut self, at: usize) {
        if self.words.last().is_some_and(|last| !last.plain.is_empty()) {
            self.words.push(FoldedWord { from: at, to: at, ..FoldedWord::default() });
        }
    }
}
