//! Under what tries at signing in are kept: keyed hashes, so that whatever strangers type for a name is not written down.

use crate::crypto::hmac;

/// Bytes of such a hash.
const KEY_BYTES: usize = 16;
/// What is forgotten of an account when somebody has signed in to it: what was tried from nowhere in particular. What was tried
/// from an address stays with that.
const KINDS_OF_ACCOUNT: [&str; 4] = ["name", CODE, OWN, "everywhere"];

/// What tries of one-time codes are kept as.
pub const CODE: &str = "code";
/// What tries at one's own password are kept as.
pub const OWN: &str = "own";

/// Under what a stranger's tries are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrangerKeys {
    /// With this name from this address.
    pub account: String,
    /// From this address; nothing where addresses are not told apart.
    pub address: Option<String>,
    /// With this name from anywhere.
    pub everywhere: String,
}

impl StrangerKeys {
    /// Those of a try with `name` from `address`.
    pub fn new(secret: &[u8], name: &str, address: Option<&str>) -> StrangerKeys {
        let account = match address {
            Some(address) => attempt_key(secret, "name at", &format!("{address} {name}")),
            None => attempt_key(secret, "name", name),
        };
        let address = address.map(|address| attempt_key(secret, "address", address));
        StrangerKeys { account, address, everywhere: attempt_key(secret, "everywhere", name) }
    }
}

/// Under what tries with `name` in a browser are kept in which somebody has signed in so before.
pub fn device_key(secret: &[u8], name: &str, device: &str) -> String {
    attempt_key(secret, "device", &format!("{device} {name}"))
}

/// Under what tries of `kind` are kept.
pub fn attempt_key(secret: &[u8], kind: &str, text: &str) -> String {
    hmac::hex_tag(secret, &[format!("hoi tries 1\n{kind}\n{text}").as_bytes()], KEY_BYTES)
}

/// Under what is kept what is forgotten when somebody has signed in as `name`.
pub fn account_keys(secret: &[u8], name: &str) -> [String; 4] {
    KINDS_OF_ACCOUNT.map(|kind| attempt_key(secret, kind, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_are_told_apart_and_say_nothing() {
        let here = StrangerKeys::new(b"secret", "lan", Some("203.0.113.7"));
        let there = StrangerKeys::new(b"secret", "lan", Some("203.0.113.8"));
        assert_ne!(here.account, there.account);
        assert_ne!(here.address, there.address);
        assert_eq!(here.everywhere, there.everywhere, "the same account");
        assert_ne!(here, StrangerKeys::new(b"other", "lan", Some("203.0.113.7")), "keyed");
        assert_ne!(device_key(b"secret", "lan", "d"), device_key(b"secret", "minh", "d"));
        assert!(!here.account.contains("lan") && here.account.len() == 2 * KEY_BYTES);
    }

    #[test]
    fn signing_in_forgets_what_was_tried_from_nowhere() {
        let forgotten = account_keys(b"secret", "lan");
        let anywhere = StrangerKeys::new(b"secret", "lan", None);
        assert!(forgotten.contains(&anywhere.account) && forgotten.contains(&anywhere.everywhere));
        assert!(forgotten.contains(&attempt_key(b"secret", CODE, "lan")));
        let here = StrangerKeys::new(b"secret", "lan", Some("203.0.113.7"));
        assert!(!forgotten.contains(&here.account), "an address answers for itself");
    }
}
