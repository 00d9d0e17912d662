//! One-time codes from an app: RFC 6238, with SHA-1, six digits and 30 seconds, as all apps do it.

use hmac::{Hmac, Mac as _};
use sha1::Sha1;

/// Bytes of a secret (RFC 4226, 4: at least 16, better 20).
pub const SECRET: usize = 20;
/// How long a code holds, in milliseconds.
const STEP_MS: u64 = 30_000;
/// Clocks may be apart by so many steps.
const DRIFT: u64 = 1;

/// The step of `typed`, a code of `secret`, at `now` in milliseconds since 1970. Codes up to the step `last` are used up.
pub fn match_step(secret: &[u8], typed: &str, last: u64, now: u64) -> Option<u64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let good = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit());
    let typed: u32 = digits.parse().ok().filter(|_| good)?;
    let current = now / STEP_MS;
    let mut steps = current.saturating_sub(DRIFT)..=current + DRIFT;
    steps.find(|step| *step > last && code_at_step(secret, *step) == typed)
}

/// The code of a step.
pub fn code_at_step(secret: &[u8], step: u64) -> u32 {
    // HMAC takes keys of any length.
    let Ok(mut mac) = <Hmac<Sha1> as hmac::Mac>::new_from_slice(secret) else { return u32::MAX };
    mac.update(&step.to_be_bytes());
    let tag = mac.finalize().into_bytes();
    let at = usize::from(tag.last().copied().unwrap_or_default() & 15);
    let four = tag.iter().skip(at).take(4).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
    (four & 0x7fff_ffff) % 1_000_000
}

/// Base32 (RFC 4648, 6).
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A secret as people type it into an app: five bits a character. The crates for it weigh more than the rest of signing in.
pub fn encode_secret(secret: &[u8; SECRET]) -> String {
    let fives = secret.as_chunks::<5>().0.iter().flat_map(|five| {
        let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        (0..8).rev().map(move |place| (bits >> (5 * place) & 31) as usize)
    });
    fives.filter_map(|at| ALPHABET.get(at).copied().map(char::from)).collect()
}

/// A secret that was written so; nothing for anything else.
pub fn decode_secret(written: &str) -> Option<[u8; SECRET]> {
    let mut secret = [0; SECRET];
    let digits = written.bytes().map(|c| ALPHABET.iter().position(|letter| *letter == c));
    let digits: Vec<usize> = digits.collect::<Option<_>>()?;
    if digits.len() * 5 != SECRET * 8 {
        return None;
    }
    for (bytes, digits) in secret.as_chunks_mut::<5>().0.iter_mut().zip(digits.chunks(8)) {
        let bits = digits.iter().fold(0_u64, |bits, digit| bits << 5 | *digit as u64);
        let [_, _, _, five @ ..] = bits.to_be_bytes();
        *bytes = five;
    }
    Some(secret)
}

/// What a picture says to an app: the secret, whose it is and where.
pub fn otpauth_url(written: &str, name: &str, host: &str) -> String {
    // A host and a name hold nothing that must be escaped but a port's colon.
    let host = host.replace(':', "%3A");
    format!("otpauth://totp/Hoi%20{host}:{name}?secret={written}&issuer=Hoi%20{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, and RFC 4226, appendix D; of eight digits the last six.
    #[test]
    fn the_standards_own_examples() {
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000_u64, 353_130),
        ] {
            assert_eq!(code_at_step(secret, seconds / 30), expected, "{seconds}");
            assert_eq!(match_step(secret, &format!("{expected:06}"), 0, seconds * 1000), Some(seconds / 30));
        }
        for (counter, expected) in [(0, 755_224), (1, 287_082), (9, 520_489)] {
            assert_eq!(code_at_step(secret, counter), expected, "{counter}");
        }
    }

    #[test]
    fn a_code_is_taken_once_and_near_its_time() {
        let (secret, now) = ([9; SECRET], 3_000_000);
        let typed = |step| format!("{:06}", code_at_step(&secret, step));
        for (at, expected) in [(98, None), (99, Some(99)), (100, Some(100)), (101, Some(101)), (102, None)] {
            assert_eq!(match_step(&secret, &typed(at), 0, now), expected, "{at}");
        }
        assert_eq!(match_step(&secret, &typed(100), 100, now), None, "used up");
        assert_eq!(match_step(&secret, &typed(99), 100, now), None, "from before");
        assert_eq!(match_step(&secret, &typed(101), 100, now), Some(101));
        let spaced = typed(100);
        let spaced = format!(" {} {} ", &spaced[..3], &spaced[3..]);
        assert_eq!(match_step(&secret, &spaced, 0, now), Some(100));
        for bad in ["", "12345", "1234567", "+12345", "abcdef", "１２３４５６"] {
            assert_eq!(match_step(&secret, bad, 0, now), None, "{bad}");
        }
    }

    #[test]
    fn a_secret_is_written_and_read() {
        assert_eq!(encode_secret(b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(decode_secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), Some(*b"12345678901234567890"));
        for bad in ["", "GEZD", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1"] {
            assert_eq!(decode_secret(bad), None, "{bad}");
        }
        assert_eq!(
            otpauth_url("GEZD", "lan", "localhost:8787"),
            "otpauth://totp/Hoi%20localhost%3A8787:lan?secret=GEZD&issuer=Hoi%20localhost%3A8787"
        );
    }
}
