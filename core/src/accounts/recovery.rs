//! Codes on paper, for who has lost the phone: eight, each good once.

use crate::crypto::code::Code;

/// How many there are.
pub const CODES: usize = 8;

/// The codes in `random`.
pub fn codes_from_random(random: &[u8; 7 * CODES]) -> Vec<Code> {
    random.as_chunks::<7>().0.iter().map(Code::from_random).collect()
}

/// What is kept of `code` for the account `name`.
pub fn code_digest(code: Code, secret: &[u8], name: &str) -> String {
    // No site has a space in its name.
    code.digest(secret, "desk recovery", name)
}

/// The codes that are left after `typed`; nothing if it is none of them.
pub fn spend_code(kept: &[String], typed: &str, secret: &[u8], name: &str) -> Option<Vec<String>> {
    let digest = code_digest(Code::parse(typed)?, secret, name);
    let left: Vec<String> = kept.iter().filter(|one| **one != digest).cloned().collect();
    (left.len() < kept.len()).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_good_once_and_for_its_owner() {
        let random: [u8; 7 * CODES] = std::array::from_fn(|at| at as u8);
        let codes = codes_from_random(&random);
        assert_eq!(codes.len(), CODES);
        let kept: Vec<String> = codes.iter().map(|code| code_digest(*code, b"secret", "lan")).collect();
        let typed = codes[3].to_string().to_lowercase();
        let left = spend_code(&kept, &typed, b"secret", "lan").expect("it is one");
        assert_eq!(left.len(), CODES - 1);
        assert_eq!(spend_code(&left, &typed, b"secret", "lan"), None, "used up");
        assert_eq!(spend_code(&kept, &typed, b"secret", "minh"), None, "somebody else's");
        for bad in ["", "123456", "00000-00000"] {
            assert_eq!(spend_code(&kept, bad, b"secret", "lan"), None, "{bad}");
        }
    }
}
