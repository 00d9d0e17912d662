//! The small words and the marks of languages in Latin letters, chosen by us: articles, pronouns, prepositions, auxiliaries
//! and question words, without marks.

/// Said in many languages, and so in none.
pub const NEUTRAL: &[&str] = &[
    "ok", "oke", "okay", "okie", "hi", "hello", "hey", "alo", "bye", "thanks", "thank", "thankyou", "thx",
    "tks", "please", "sorry", "email", "mail", "online", "internet", "wifi", "facebook", "zalo", "google",
    "visa", "passport", "menu", "pdf", "app", "web", "website", "video", "fax", "sms", "otp", "info", "taxi",
    "covid",
];

/// Each language with its small words, no word twice.
pub const LANGUAGES: &[(&str, &[&str])] = &[
    (
        "vi",
        &[
            "a", "ai", "anh", "ba", "bac", "ban", "bao", "bi", "biet", "bo", "can", "cach", "cai", "cap",
            "cccd", "chi", "cho", "chua", "chung", "chuyen", "co", "con", "cua", "da", "dang", "dau", "day",
            "de", "den", "di", "doi", "duoc", "em", "gi", "giay", "gio", "giup", "hay", "het", "hoi", "khi",
            "khong", "ko", "la", "lai", "lam", "len", "luc", "ma", "may", "minh", "moi", "mot", "muon",
            "nao", "nay", "ngay", "nguoi", "nhe", "nhieu", "nhu", "nop", "nuoc", "o", "ong", "phai", "qua",
            "ra", "roi", "sao", "sau", "tai", "tao", "thi", "thu", "toi", "tren", "trong", "tu", "ubnd",
            "vay", "ve", "voi", "vua", "xin", "xong",
        ],
    ),
    (
        "en",
        &[
            "a", "about", "after", "am", "an", "and", "any", "are", "at", "be", "been", "before", "by",
            "can", "could", "did", "do", "does", "don", "for", "from", "get", "got", "had", "has", "have",
            "he", "help", "her", "here", "his", "how", "i", "if", "in", "is", "it", "its", "just", "know",
            "like", "long", "make", "many", "may", "me", "much", "must", "my", "need", "new", "no", "not",
            "of", "on", "or", "our", "out", "she", "should", "so", "some", "that", "the", "their", "them",
            "then", "there", "they", "this", "to", "up", "us", "want", "was", "we", "were", "what", "when",
            "where", "which", "who", "why", "will", "with", "would", "yes", "you", "your",
        ],
    ),
    (
        "fr",
        &[
            "ai", "au", "aux", "avec", "avez", "bonjour", "bonsoir", "ce", "ces", "cette", "combien",
            "comment", "dans", "de", "des", "donc", "du", "elle", "en", "est", "et", "etes", "faire", "faut",
            "il", "ils", "je", "la", "le", "les", "leur", "lui", "ma", "mais", "merci", "mes", "moi", "mon",
            "ne", "non", "nous", "ou", "oui", "pas", "peut", "peux", "pour", "pourquoi", "puis", "quand",
            "que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "sa", "sans", "se", "ses", "son",
            "sont", "suis", "sur", "ta", "tu", "un", "une", "veux", "voudrais", "votre", "vos", "vous",
        ],
    ),
    (
        "es",
        &[
            "al", "aqui", "buenas", "buenos", "como", "con", "cual", "cuando", "cuanto", "de", "del", "dia",
            "dias", "donde", "el", "en", "es", "esta", "este", "estoy", "gracias", "hacer", "hay", "hola",
            "la", "las", "lo", "los", "mas", "me", "mi", "mis", "muy", "necesito", "no", "o", "para", "pero",
            "por", "puedo", "que", "quiero", "se", "ser", "si", "sin", "sobre", "son", "soy", "su", "sus",
            "tengo", "tiene", "un", "una", "usted", "y", "ya", "yo",
        ],
    ),
    (
        "de",
        &[
            "aber", "als", "am", "auf", "aus", "bei", "bin", "bitte", "brauche", "das", "dem", "den", "der",
            "die", "ein", "eine", "einen", "er", "es", "fur", "gibt", "guten", "habe", "haben", "hallo",
            "ich", "im", "in", "ist", "kann", "kein", "man", "mein", "meine", "mit", "muss", "nach", "nicht",
            "oder", "sich", "sie", "sind", "tag", "und", "uns", "von", "wann", "war", "warum", "was",
            "welche", "wenn", "wer", "wie", "wir", "wo", "zu", "zum", "zur",
        ],
    ),
    (
        "it",
        &[
            "al",
            "alla",
            "anche",
            "buongiorno",
            "che",
            "chi",
            "ciao",
            "come",
            "con",
            "cosa",
            "da",
            "dal",
            "dei",
            "del",
            "della",
            "di",
            "dove",
            "e",
            "fare",
            "gli",
            "grazie",
            "ho",
            "i",
            "il",
            "in",
            "io",
            "la",
            "le",
            "lo",
            "ma",
            "mi",
            "mia",
            "mio",
            "nel",
            "non",
            "per",
            "perche",
            "piu",
            "posso",
            "quale",
            "quando",
            "quanto",
            "questo",
            "se",
            "si",
            "sono",
            "su",
            "un",
            "una",
            "vorrei",
        ],
    ),
    (
        "pt",
        &[
            "ao", "as", "boa", "bom", "com", "como", "da", "das", "de", "do", "dos", "e", "em", "esta", "eu",
            "fazer", "isso", "mais", "mas", "meu", "minha", "na", "nao", "no", "o", "obrigada", "obrigado",
            "onde", "os", "ou", "para", "pelo", "por", "posso", "preciso", "qual", "quando", "quanto", "que",
            "quero", "se", "sem", "ser", "seu", "sim", "sou", "sua", "tem", "tenho", "um", "uma", "voce",
        ],
    ),
    (
        "nl",
        &[
            "aan",
            "als",
            "bij",
            "dank",
            "dat",
            "de",
            "deze",
            "die",
            "een",
            "en",
            "er",
            "geen",
            "goedemorgen",
            "het",
            "hoe",
            "ik",
            "in",
            "is",
            "kan",
            "maar",
            "mag",
            "met",
            "mijn",
            "moet",
            "naar",
            "niet",
            "of",
            "om",
            "ook",
            "op",
            "te",
            "uit",
            "van",
            "voor",
            "waar",
            "wanneer",
            "wat",
            "wie",
            "wij",
            "wil",
            "zijn",
        ],
    ),
    (
        "id",
        &[
            "ada",
            "adalah",
            "anda",
            "apa",
            "atau",
            "bagaimana",
            "berapa",
            "bisa",
            "dan",
            "dari",
            "dengan",
            "di",
            "dimana",
            "ini",
            "itu",
            "kami",
            "kapan",
            "karena",
            "kita",
            "mau",
            "mana",
            "membuat",
            "oleh",
            "pada",
            "saya",
            "sudah",
            "tidak",
            "untuk",
            "yang",
        ],
    ),
    (
        "pl",
        &[
            "czy",
            "dla",
            "do",
            "gdzie",
            "ile",
            "jak",
            "jest",
            "kiedy",
            "mam",
            "mnie",
            "moge",
            "na",
            "nie",
            "potrzebuje",
            "prosze",
            "sie",
            "to",
            "w",
            "z",
            "za",
            "ze",
        ],
    ),
    (
        "tr",
        &[
            "bana",
            "ben",
            "benim",
            "bir",
            "bu",
            "cok",
            "icin",
            "ile",
            "istiyorum",
            "mi",
            "nasil",
            "ne",
            "nerede",
            "nereden",
            "ve",
            "var",
            "yok",
        ],
    ),
];

/// The languages that use `word` as a small word.
pub fn languages_with_word(word: &str) -> impl Iterator<Item = &'static str> {
    let word = word.to_owned();
    let has = move |(_, words): &&(&str, &[&str])| words.contains(&word.as_str());
    LANGUAGES.iter().filter(has).map(|(code, _)| *code)
}

/// What the marks of `word`, in lower case, say: languages, and how loudly.
pub fn languages_of_marks(word: &str) -> impl Iterator<Item = (&'static str, f32)> {
    let any = |letters: &str| word.chars().any(|c| letters.contains(c));
    // Letters apart from their marks stand for themselves here: whoever types so is read by the other signs.
    let vietnamese = word.chars().any(|c| {
        matches!(
            c,
            'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' | '\u{1ea0}'..='\u{1ef9}' | '\u{309}' | '\u{31b}' | '\u{323}'
        )
    });
    let also_vietnamese = any("àáâãèéêìíòóôõùúý");
    let signs = [
        (
            "vi",
            if vietnamese {
                3.0
            } else if also_vietnamese {
                0.6
            } else {
                0.0
            },
        ),
        (
            "fr",
            if any("çœëï") {
                1.5
            } else if any("àâèéêîôùû") && !vietnamese {
                0.7
            } else {
                0.0
            },
        ),
        (
            "es",
            if any("ñ") {
                1.5
            } else if any("áéíóú") && !vietnamese {
                0.6
            } else {
                0.0
            },
        ),
        ("de", if any("äöüß") { 1.5 } else { 0.0 }),
        ("pt", if any("ãõç") && !vietnamese { 0.8 } else { 0.0 }),
        ("it", if any("àèìòù") && !vietnamese { 0.5 } else { 0.0 }),
        ("pl", if any("ąćęłńśźż") { 3.0 } else { 0.0 }),
        ("tr", if any("ğışç") && any("ğış") { 3.0 } else { 0.0 }),
        // Czech, Danish and others that nobody here speaks: not to be taken for one of ours.
        ("nl", if any("ěščřžůåøæő") { 3.0 } else { 0.0 }),
    ];
    signs.into_iter().filter(|(_, value)| *value > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain_and_stand_once() {
        for (code, words) in LANGUAGES {
            for (at, word) in words.iter().enumerate() {
                assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{code}: {word}");
                assert!(!words[..at].contains(word), "{code}: {word} stands twice");
            }
        }
    }
}
