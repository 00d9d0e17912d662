//! One-time codes from an app: RFC 6238, with SHA-1, six digits and 30 seconds, as all apps do it.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac as _};
use sha1::Sha1;

/// Bytes of a secret (RFC 4226, 4: at least 16, better 20).
pub const SECRET: usize = 20;
/// How long a code holds, in milliseconds.
const STEP_MS: u64 = 30_000;
/// Clocks may be apart by so many steps.
const DRIFT: u64 = 1;

/// The step of `typed`, a code of `secret`, at `now` in milliseconds since 1970. Codes up to the step `last` are used up.
pub fn step(secret: &[u8], typed: &str, last: u64, now: u64) -> Option<u64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let good = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit());
    let typed: u32 = digits.parse().ok().filter(|_| good)?;
    let current = now / STEP_MS;
    let mut steps = current.saturating_sub(DRIFT)..=current + DRIFT;
    steps.find(|step| *step > last && code(secret, *step) == typed)
}

/// The code of a step.
pub fn code(secret: &[u8], step: u64) -> u32 {
    // HMAC takes keys of any length.
    let Ok(mut mac) = <Hmac<Sha1> as hmac::Mac>::new_from_slice(secret) else { return u32::MAX };
    mac.update(&step.to_be_bytes());
    let tag = mac.finalize().into_bytes();
    let at = usize::from(tag.last().copied().unwrap_or_default() & 15);
    let four = tag.iter().skip(at).take(4).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
    (four & 0x7fff_ffff) % 1_000_000
}

/// A secret as people type it into an app.
pub fn written(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

/// A secret that was written so.
pub fn read(written: &str) -> Option<Vec<u8>> {
    BASE32_NOPAD.decode(written.as_bytes()).ok()
}

/// What a picture says to an app: the secret, whose it is and where.
pub fn link(written: &str, name: &str, host: &str) -> String {
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
            assert_eq!(code(secret, seconds / 30), expected, "{seconds}");
            assert_eq!(step(secret, &format!("{expected:06}"), 0, seconds * 1000), Some(seconds / 30));
        }
        for (counter, expected) in [(0, 755_224), (1, 287_082), (9, 520_489)] {
            assert_eq!(code(secret, counter), expected, "{counter}");
        }
    }

    #[test]
    fn a_code_is_taken_once_and_near_its_time() {
        let (secret, now) = ([9; SECRET], 3_000_000);
        let typed = |step| format!("{:06}", code(&secret, step));
        for (at, expected) in [(98, None), (99, Some(99)), (100, Some(100)), (101, Some(101)), (102, None)] {
            assert_eq!(step(&secret, &typed(at), 0, now), expected, "{at}");
        }
        assert_eq!(step(&secret, &typed(100), 100, now), None, "used up");
        assert_eq!(step(&secret, &typed(99), 100, now), None, "from before");
        assert_eq!(step(&secret, &typed(101), 100, now), Some(101));
        let spaced = typed(100);
        let spaced = format!(" {} {} ", &spaced[..3], &spaced[3..]);
        assert_eq!(step(&secret, &spaced, 0, now), Some(100));
        for bad in ["", "12345", "1234567", "+12345", "abcdef", "１２３４５６"] {
            assert_eq!(step(&secret, bad, 0, now), None, "{bad}");
        }
    }

    #[test]
    fn a_secret_is_written_and_read() {
        assert_eq!(written(b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(read("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").as_deref(), Some(&b"12345678901234567890"[..]));
        assert_eq!(
            link("GEZD", "lan", "localhost:8787"),
            "otpauth://totp/Hoi%20localhost%3A8787:lan?secret=GEZD&issuer=Hoi%20localhost%3A8787"
        );
    }
}
