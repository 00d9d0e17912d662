//! What somebody gets who has proven that a case is his: for a while he may see what the agency sent, and add papers, without the
//! conversation that the case was handed in in, and without saying the number and the second fact again.
//!
//! A pass is sealed like a ticket ([`crate::crypto::ticket`]), and opens nothing but that case. It stands in forms, never in a URL.

use crate::{
    crypto::{code::Code, hmac, ticket::decode_hex},
    time::Seconds,
};
use ::hmac::Mac as _;
use wire::Id;

/// How long a pass opens: photographing papers takes its time.
pub const LIFE: Seconds = Seconds(3_600);
/// Longest pass that is looked at, in bytes.
const MAX_BYTES: usize = 160;

/// What a pass says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CasePass {
    /// The conversation that the case was handed in in.
    pub conversation: Id,
    /// The case's number.
    pub case: Code,
    /// Until when, since 1970.
    pub expires: Seconds,
}

/// Seals `pass`: its holder may see the case, and add to it.
pub fn sign_pass(secret: &[u8], site: &str, pass: CasePass) -> String {
    let tag = hmac::hex_tag(secret, &[signed_text(site, pass).as_bytes()], 32);
    let CasePass { conversation, case, expires } = pass;
    format!("p1.{conversation}.{case}.{:x}.{tag}", expires.0)
}

/// What `sealed` says, if it is a good pass for `site` at `now`, since 1970.
pub fn verify_pass(secret: &[u8], site: &str, sealed: &str, now: Seconds) -> Option<CasePass> {
    if sealed.len() > MAX_BYTES {
        return None;
    }
    let mut parts = sealed.split('.');
    let mut part = || parts.next();
    let (version, conversation, case, expires, tag) = (part()?, part()?, part()?, part()?, part()?);
    if version != "p1" || part().is_some() {
        return None;
    }
    let pass = CasePass {
        conversation: conversation.parse().ok()?,
        case: Code::parse(case)?,
        expires: Seconds(u64::from_str_radix(expires, 16).ok()?),
    };
    // One spelling a pass: what the tag covers is made from what was read.
    hmac::compute_mac(secret, &[signed_text(site, pass).as_bytes()]).verify_slice(&decode_hex(tag)?).ok()?;
    (pass.expires > now).then_some(pass)
}

fn signed_text(site: &str, pass: CasePass) -> String {
    let CasePass { conversation, case, expires } = pass;
    format!("hoi pass 1\n{site}\n{conversation}\n{case}\n{}", expires.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_one_case_of_one_site_for_a_while() {
        let pass =
            CasePass { conversation: Id(7), case: Code::from_random(&[9; 7]), expires: Seconds(1_000) };
        let sealed = sign_pass(b"secret", "ward", pass);
        assert!(sealed.len() <= MAX_BYTES, "{sealed}");
        assert_eq!(verify_pass(b"secret", "ward", &sealed, Seconds(999)), Some(pass));
        assert_eq!(verify_pass(b"secret", "ward", &sealed, Seconds(1_000)), None, "its time is over");
        assert_eq!(verify_pass(b"secret", "shop", &sealed, Seconds(0)), None, "another site");
        assert_eq!(verify_pass(b"other", "ward", &sealed, Seconds(0)), None, "another edge");
        let other = CasePass { case: Code::from_random(&[8; 7]), ..pass };
        let mixed = sealed.replace(&pass.case.to_string(), &other.case.to_string());
        assert_eq!(verify_pass(b"secret", "ward", &mixed, Seconds(0)), None, "another case");
        for bad in
            ["", "p1", "p1....", &sealed.replace("p1.", "t2."), &format!("{sealed}.x"), &"x".repeat(999)]
        {
            assert_eq!(verify_pass(b"secret", "ward", bad, Seconds(0)), None, "{bad}");
        }
        // Nor does a ticket open as a pass, or a pass as a ticket.
        assert_eq!(crate::crypto::ticket::verify_ticket(b"secret", "ward", &sealed, Seconds(0)), None);
    }
}
