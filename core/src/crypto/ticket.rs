//! What proves that a visitor may use a conversation.
//!
//! A ticket is sealed, not stored: an edge that has never heard of a conversation can check one, and nothing is kept
//! for visitors who only look. It goes into a socket's sub-protocol, the first frame or a posted form, never into a URL.
//!
//! ```text
//! t2.<conversation, 32 hex>.<expiry, seconds since 1970, hex>.<generation, hex>.<HMAC-SHA256 of site and all, 64 hex>
//! t3. the same, of a conversation that was there when it was sealed
//! ```
//!
//! A conversation counts its generations: when it is known whose it is, a new one begins, and tickets of earlier ones,
//! which anybody at the same browser may have seen, open nothing any more. The conversation itself looks at that.

use crate::{crypto::hmac, time::Seconds};
use ::hmac::Mac as _;
use wire::Id;

/// Longest ticket that is looked at, in bytes.
const MAX_BYTES: usize = 160;

/// What a ticket says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    /// Which conversation it opens.
    pub conversation: Id,
    /// Until when, since 1970.
    pub expires: Seconds,
    /// For which of its generations.
    pub generation: u32,
    /// Whether something was written in it by then: asking for its object makes nothing new.
    pub begun: bool,
}

/// Seals `ticket`: its holder may use the conversation of `site`.
pub fn sign_ticket(secret: &[u8], site: &str, ticket: Ticket) -> String {
    let tag = hmac::hex_tag(secret, &[signed_text(site, ticket).as_bytes()], 32);
    let Ticket { conversation, expires, generation, begun } = ticket;
    format!("t{}.{conversation}.{:x}.{generation:x}.{tag}", version_number(begun), expires.0)
}

/// What `sealed` says, if it is a good ticket for `site` at `now`, since 1970.
///
/// Every kind of bad ticket gives the same `None`, and the tag is compared in constant time.
pub fn verify_ticket(secret: &[u8], site: &str, sealed: &str, now: Seconds) -> Option<Ticket> {
    if sealed.len() > MAX_BYTES {
        return None;
    }
    let mut parts = sealed.split('.');
    let mut part = || parts.next();
    let (version, conversation, expires, generation, tag) = (part()?, part()?, part()?, part()?, part()?);
    let begun = match version {
        "t2" => false,
        "t3" => true,
        _ => return None,
    };
    if part().is_some() {
        return None;
    }
    let ticket = Ticket {
        conversation: conversation.parse().ok()?,
        expires: Seconds(u64::from_str_radix(expires, 16).ok()?),
        generation: u32::from_str_radix(generation, 16).ok()?,
        begun,
    };
    // One spelling a ticket: what the tag covers is made from the numbers.
    hmac::compute_mac(secret, &[signed_text(site, ticket).as_bytes()])
        .verify_slice(&decode_hex(tag)?)
        .ok()?;
    (ticket.expires > now).then_some(ticket)
}

/// The ticket among the sub-protocols that a socket's request offers, beside [`wire::SUBPROTOCOL`].
pub fn offered_ticket(protocols: &str) -> Option<&str> {
    let mut offered = protocols.split(',').map(str::trim);
    (offered.next()? == wire::SUBPROTOCOL).then_some(())?;
    offered.next().filter(|_| offered.next().is_none())
}

/// What the tag is made of.
fn signed_text(site: &str, ticket: Ticket) -> String {
    let Ticket { conversation, expires, generation, begun } = ticket;
    format!("hoi ticket {}\n{site}\n{conversation}\n{}\n{generation}", version_number(begun), expires.0)
}

/// The number in a ticket's first part.
fn version_number(begun: bool) -> u8 {
    if begun { 3 } else { 2 }
}

pub(crate) fn decode_hex(text: &str) -> Option<Vec<u8>> {
    base16ct::mixed::decode_vec(text).ok().filter(|tag| tag.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const C: Ticket = Ticket { conversation: Id(7), expires: Seconds(100), generation: 3, begun: false };

    #[test]
    fn a_ticket_stands_beside_the_protocol() {
        assert_eq!(offered_ticket("hoi1, t1.a.b.c"), Some("t1.a.b.c"));
        assert_eq!(offered_ticket("hoi1,t1.a.b.c"), Some("t1.a.b.c"));
        for bad in ["", "hoi1", "t1.a.b.c", "t1.a.b.c, hoi1", "hoi2, t1.a.b.c", "hoi1, t1.a.b.c, x"] {
            assert_eq!(offered_ticket(bad), None, "{bad}");
        }
    }

    #[test]
    fn whether_it_has_begun_can_not_be_made_up() {
        let begun = Ticket { begun: true, ..C };
        let (fresh, old) = (sign_ticket(b"secret", "ward", C), sign_ticket(b"secret", "ward", begun));
        assert_eq!(verify_ticket(b"secret", "ward", &old, Seconds(99)), Some(begun));
        assert_eq!(verify_ticket(b"secret", "ward", &fresh.replacen("t2", "t3", 1), Seconds(99)), None);
        assert_eq!(verify_ticket(b"secret", "ward", &old.replacen("t3", "t2", 1), Seconds(99)), None);
    }

    #[test]
    fn only_the_whole_ticket_opens() {
        let ticket = sign_ticket(b"secret", "ward", C);
        assert_eq!(verify_ticket(b"secret", "ward", &ticket, Seconds(99)), Some(C));
        assert_eq!(verify_ticket(b"secret", "ward", &ticket, Seconds(100)), None, "expired");
        assert_eq!(verify_ticket(b"secret", "shop", &ticket, Seconds(99)), None, "another site");
        assert_eq!(verify_ticket(b"other", "ward", &ticket, Seconds(99)), None, "another edge");
        for i in 0..ticket.len() {
            let mut bad = ticket.clone().into_bytes();
            bad[i] ^= 1;
            let bad = String::from_utf8_lossy(&bad).into_owned();
            assert_eq!(verify_ticket(b"secret", "ward", &bad, Seconds(99)), None, "changed at {i}: {bad}");
        }
        for bad in ["", "t2", "t2....", "null", &"t2.".repeat(99), &format!("{ticket}.")] {
            assert_eq!(verify_ticket(b"secret", "ward", bad, Seconds(0)), None, "{bad}");
        }
    }
}
