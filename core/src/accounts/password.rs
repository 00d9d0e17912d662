//! Passwords: what is good enough, and what is kept of one.
//!
//! Kept is an Argon2id hash with 19 MiB, two rounds and one lane (OWASP's Password Storage Cheat Sheet); rules are those of NIST
//! SP 800-63B: keyboards that write a letter and its marks in another order write the same password, length counts, kinds of characters don't, and what everybody tries first is refused.

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::SaltString,
};
use unicode_normalization::UnicodeNormalization as _;

/// Shortest password, in characters.
pub const MIN_CHARS: usize = 12;
/// Longest password, in bytes.
pub const MAX_BYTES: usize = 256;

/// What is wrong with a new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// Shorter than [`MIN_CHARS`].
    Short,
    /// Longer than [`MAX_BYTES`].
    Long,
    /// It is made of the account's own name.
    Name,
    /// Everybody tries it.
    Common,
}

impl Weak {
    /// For operators, in a sentence.
    pub fn to_sentence(self) -> String {
        match self {
            Weak::Short => format!("the password is too short: use at least {MIN_CHARS} characters"),
            Weak::Long => format!("the password is too long: use at most {MAX_BYTES} bytes"),
            Weak::Name => "the password is the account's own name: choose another one".to_owned(),
            Weak::Common => "the password is among the first that people try: choose another one".to_owned(),
        }
    }
}

/// What is tried first: each of these, also several times over or with digits around it, is no password. Small on purpose: what is shorter
/// than [`MIN_CHARS`] needs no list.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "matkhau",
    "mậtkhẩu",
    "motdepasse",
    "qwerty",
    "qwertyuiop",
    "azerty",
    "azertyuiop",
    "asdfghjkl",
    "iloveyou",
    "anhyeuem",
    "emyeuanh",
    "letmein",
    "welcome",
    "admin",
    "administrator",
    "abc",
    "abcd",
    "abcdef",
    "aa",
    "xinchao",
    "vietnam",
    "vietnamvodich",
    "hanoi",
    "saigon",
    "hochiminh",
    "bonjour",
    "soleil",
    "hoi",
    "changeme",
    "doimatkhau",
    "secret",
    "bimat",
];

/// Whether `password` is good enough for the account called `name` and shown as `shown`.
///
/// # Errors
/// What is wrong with it.
pub fn check_strength(password: &str, name: &str, shown: &str) -> Result<(), Weak> {
    if password.len() > MAX_BYTES {
        return Err(Weak::Long);
    }
    if password.chars().count() < MIN_CHARS {
        return Err(Weak::Short);
    }
    let bare: String =
        password.to_lowercase().chars().filter(|c| c.is_alphabetic() || "@".contains(*c)).collect();
    let of = |word: &str| {
        let word: String = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
        !word.is_empty() && !bare.is_empty() && bare.replace(&word, "").is_empty()
    };
    if of(name) || of(shown) {
        return Err(Weak::Name);
    }
    // Digits alone, and one or two characters over and over.
    let mut kinds: Vec<char> = password.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    let common = COMMON.iter().any(|word| bare.replace(*word, "").is_empty());
    if common || kinds.len() < 5 || in_a_row(password) { Err(Weak::Common) } else { Ok(()) }
}

/// Whether each character is the next one after the character before it, or the one before.
fn in_a_row(password: &str) -> bool {
    let codes: Vec<i64> = password.chars().map(|c| i64::from(u32::from(c))).collect();
    let steps = codes.windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?));
    // 1234567890123: the step from 9 over 0 is -9 and then goes on.
    let odd = steps.filter(|step| !matches!(step, 1 | -1 | 9 | -9)).count();
    odd == 0
}

/// What is kept of `password`, with a new salt: its hash with all parameters, as in PHC's string format.
pub fn hash(password: &str, salt: [u8; 16]) -> String {
    let salt = SaltString::encode_b64(&salt);
    let hashed =
        salt.and_then(|salt| Ok(argon().hash_password(&normalised_bytes(password), &salt)?.to_string()));
    // It fails only for passwords of 4 GB and salts of other lengths. An empty hash opens nothing.
    hashed.unwrap_or_default()
}

/// Whether `kept` was made of `password`. Where nothing is kept it takes as long, and is `false`.
pub fn verify(password: &str, kept: Option<&str>) -> bool {
    let Ok(hash) = PasswordHash::new(kept.unwrap_or(NOBODY)) else { return false };
    // What is too long was never anybody's.
    let tried = if password.len() > MAX_BYTES { "" } else { password };
    argon().verify_password(&normalised_bytes(tried), &hash).is_ok() && kept.is_some()
}

/// What is hashed of a password.
fn normalised_bytes(password: &str) -> Vec<u8> {
    password.nfkd().collect::<String>().into_bytes()
}

/// What is checked where there is no account: the hash of something nobody knows.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_password_is_it() {
        let kept = hash("đúng là mật khẩu dài", [7; 16]);
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("đúng là mật khẩu dài", Some(&kept)));
        assert!(verify("đúng là mật khẩu da\u{300}i", Some(&kept)), "another keyboard");
        for wrong in ["", "đúng là mật khẩu dà", "Đúng là mật khẩu dài", &"x".repeat(9999)] {
            assert!(!verify(wrong, Some(&kept)), "{wrong}");
        }
        assert_ne!(kept, hash("đúng là mật khẩu dài", [8; 16]), "the salt counts");
        assert!(!verify("", None));
        assert!(!verify("x", Some("")), "an empty hash opens nothing");
    }

    #[test]
    fn where_there_is_nobody_the_work_is_the_same() {
        let (nobody, somebody) = (NOBODY.to_owned(), hash("x", [1; 16]));
        let [nobody, somebody] = [&nobody, &somebody].map(|kept| PasswordHash::new(kept).unwrap());
        assert_eq!(nobody.params.to_string(), somebody.params.to_string());
        assert_eq!(nobody.algorithm, somebody.algorithm);
        assert_eq!(nobody.hash.unwrap().len(), somebody.hash.unwrap().len());
    }

    #[test]
    fn what_everybody_tries_is_refused() {
        let judged = |password| check_strength(password, "lan.nguyen", "Nguyễn Thị Lan");
        for good in ["con mèo trèo cây cau", "correct horse battery", "kX9-tu.Vb2pQ", "ngày mai trời mưa"]
        {
            assert_eq!(judged(good), Ok(()), "{good}");
        }
        for (bad, why) in [
            ("", Weak::Short),
            ("ngắn quá", Weak::Short),
            ("passwordpassword", Weak::Common),
            ("Password123456", Weak::Common),
            ("matkhau123456", Weak::Common),
            ("mật khẩu 2026!", Weak::Common),
            ("123456789012", Weak::Common),
            ("abcdefghijkl", Weak::Common),
            ("aaaaaaaaaaaa", Weak::Common),
            ("abababababab", Weak::Common),
            ("qwertyuiop123", Weak::Common),
            ("lan.nguyen2026", Weak::Name),
            ("LanNguyen-LanNguyen", Weak::Name),
            ("Nguyễn Thị Lan 1990", Weak::Name),
        ] {
            assert_eq!(judged(bad), Err(why), "{bad}");
        }
        assert_eq!(judged(&"dài ".repeat(99)), Err(Weak::Long));
    }
}
