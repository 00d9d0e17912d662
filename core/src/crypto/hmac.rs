//! Tags that only who has the edge's secret can make.

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// HMAC-SHA256 over `parts`, one after the other. Whoever calls parts them so that no two lists read alike.
pub fn compute_mac(secret: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    // HMAC takes keys of any length; `new_from_slice` fails for other constructions only.
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(secret)
        .unwrap_or_else(|_| unreachable!("HMAC keys have any length"));
    parts.iter().for_each(|part| mac.update(part));
    mac
}

/// Its first `bytes` in hex; all 32 at most.
pub fn hex_tag(secret: &[u8], parts: &[&[u8]], bytes: usize) -> String {
    let tag = compute_mac(secret, parts).finalize().into_bytes();
    base16ct::lower::encode_string(tag.get(..bytes).unwrap_or(&tag))
}
