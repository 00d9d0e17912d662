//! What proves that a visitor may use a conversation.
//!
//! A ticket is sealed, not stored: an edge that has never heard of a conversation can check one, and nothing is kept
//! for visitors who only look. It goes into a socket's sub-protocol, the first frame or a posted form, never into a URL.
//!
//! ```text
//! t1.<conversation, 32 hex>.<expiry, seconds since 1970, hex>.<HMAC-SHA256 of site and both, 64 hex>
//! ```

use hmac::{Hmac, Mac};
use sha2::Sha256;
use wire::Id;

/// Longest ticket that is looked at, in bytes.
const MAX_BYTES: usize = 160;

/// A ticket's holder may use `conversation` of `site` until `expires`.
pub fn seal(secret: &[u8], site: &str, conversation: Id, expires: u64) -> String {
    let tag = mac(secret, site, conversation, expires).finalize().into_bytes();
    let tag: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t1.{conversation}.{expires:x}.{tag}")
}

/// When the ticket expires, in seconds since 1970, if it is a good one for this conversation now.
///
/// Every kind of bad ticket gives the same `None`, and the tag is compared in constant time.
pub fn open(secret: &[u8], site: &str, conversation: Id, ticket: &str, now: u64) -> Option<u64> {
    if ticket.len() > MAX_BYTES {
        return None;
    }
    let mut parts = ticket.split('.');
    let (version, named, expires, tag) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if version != "t1" || parts.next().is_some() || named.parse() != Ok(conversation) {
        return None;
    }
    let expires = u64::from_str_radix(expires, 16).ok()?;
    mac(secret, site, conversation, expires).verify_slice(&unhex(tag)?).ok()?;
    (expires > now).then_some(expires)
}

/// The ticket among the sub-protocols that a socket's request offers, beside [`wire::SUBPROTOCOL`].
pub fn offered(protocols: &str) -> Option<&str> {
    let mut offered = protocols.split(',').map(str::trim);
    (offered.next()? == wire::SUBPROTOCOL).then_some(())?;
    offered.next().filter(|_| offered.next().is_none())
}

/// The conversation a ticket names; nothing is proven by that.
pub fn conversation(ticket: &str) -> Option<Id> {
    ticket.split('.').nth(1)?.parse().ok()
}

fn mac(secret: &[u8], site: &str, conversation: Id, expires: u64) -> Hmac<Sha256> {
    // HMAC takes keys of any length; `new_from_slice` fails for other constructions only.
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(secret)
        .unwrap_or_else(|_| unreachable!("HMAC keys have any length"));
    mac.update(format!("hoi ticket 1\n{site}\n{conversation}\n{expires}").as_bytes());
    mac
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let pairs = digits.chunks_exact(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const C: Id = Id(7);

    #[test]
    fn a_ticket_stands_beside_the_protocol() {
        assert_eq!(offered("hoi1, t1.a.b.c"), Some("t1.a.b.c"));
        assert_eq!(offered("hoi1,t1.a.b.c"), Some("t1.a.b.c"));
        for bad in ["", "hoi1", "t1.a.b.c", "t1.a.b.c, hoi1", "hoi2, t1.a.b.c", "hoi1, t1.a.b.c, x"] {
            assert_eq!(offered(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_the_whole_ticket_opens() {
        let ticket = seal(b"secret", "ward", C, 100);
        assert_eq!(open(b"secret", "ward", C, &ticket, 99), Some(100));
        assert_eq!(open(b"secret", "ward", C, &ticket, 100), None, "expired");
        assert_eq!(open(b"secret", "shop", C, &ticket, 99), None, "another site");
        assert_eq!(open(b"secret", "ward", Id(8), &ticket, 99), None, "another conversation");
        assert_eq!(open(b"other", "ward", C, &ticket, 99), None, "another edge");
        for i in 0..ticket.len() {
            let mut bad = ticket.clone().into_bytes();
            bad[i] ^= 1;
            let bad = String::from_utf8_lossy(&bad).into_owned();
            assert_eq!(open(b"secret", "ward", C, &bad, 99), None, "changed at {i}: {bad}");
        }
        for bad in ["", "t1", "t1...", "null", &"t1.".repeat(99), &format!("{ticket}.")] {
            assert_eq!(open(b"secret", "ward", C, bad, 0), None, "{bad}");
        }
    }
}
