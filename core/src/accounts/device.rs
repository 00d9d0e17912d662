//! A browser in which somebody has signed in before: its tries are counted by themselves, so that no stranger makes its
//! owner wait. It opens nothing; passwords and codes are asked for as anywhere.
//!
//! ```text
//! <32 hex digits, random>.<expiry, seconds since 1970, hex>.<HMAC-SHA256 of name and all, 64 hex>
//! ```

use crate::{
    crypto::{hmac, ticket::decode_hex},
    time::Seconds,
};
use ::hmac::Mac as _;

/// How long a browser is known.
pub const LIFE: Seconds = Seconds::from_days(180);
/// Longest one that is looked at, in bytes.
const MAX_BYTES: usize = 128;

/// Marks the browser as one of the account `name`.
pub fn sign_device(secret: &[u8], name: &str, random: [u8; 16], now: Seconds) -> String {
    let id = base16ct::lower::encode_string(&random);
    let expires = (now + LIFE).0;
    format!("{id}.{expires:x}.{}", hmac::hex_tag(secret, &[signed_text(name, &id, expires).as_bytes()], 32))
}

/// Under which id the browser is known, if it is one of the account `name` at `now`, since 1970.
pub fn verify_device<'a>(secret: &[u8], name: &str, sealed: &'a str, now: Seconds) -> Option<&'a str> {
    if sealed.len() > MAX_BYTES {
        return None;
    }
    let (id, rest) = sealed.split_once('.')?;
    let (expires, tag) = rest.split_once('.')?;
    let plain = id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit());
    let expires = u64::from_str_radix(expires, 16).ok().filter(|expires| plain && *expires > now.0)?;
    let mac = hmac::compute_mac(secret, &[signed_text(name, id, expires).as_bytes()]);
    mac.verify_slice(&decode_hex(tag)?).ok()?;
    Some(id)
}

fn signed_text(name: &str, id: &str, expires: u64) -> String {
    format!("hoi browser 1\n{name}\n{id}\n{expires}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_for_one_account_and_a_while() {
        let sealed = sign_device(b"secret", "lan", [7; 16], Seconds(100));
        assert_eq!(verify_device(b"secret", "lan", &sealed, Seconds(101)), Some("07".repeat(16).as_str()));
        assert_eq!(verify_device(b"secret", "minh", &sealed, Seconds(101)), None);
        assert_eq!(verify_device(b"other", "lan", &sealed, Seconds(101)), None);
        assert_eq!(verify_device(b"secret", "lan", &sealed, Seconds(100) + LIFE), None);
        for i in 0..sealed.len() {
            let mut bad = sealed.clone().into_bytes();
            bad[i] ^= 1;
            assert_eq!(
                verify_device(b"secret", "lan", &String::from_utf8_lossy(&bad), Seconds(101)),
                None,
                "changed at {i}"
            );
        }
        for bad in ["", "..", "a.b", &"x".repeat(999)] {
            assert_eq!(verify_device(b"secret", "lan", bad, Seconds(0)), None, "{bad}");
        }
    }
}
