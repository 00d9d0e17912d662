//! What is kept so that who reads the disk can't: answers to forms. The key is one site's and comes from the edge's
//! secret; a new secret makes what was kept unreadable, as it ends all tickets.

use crate::crypto::hmac;
use ::hmac::Mac as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305,
    aead::{Aead as _, Payload},
};

/// Bytes of a nonce. So long that random ones never meet.
pub const NONCE: usize = 24;

/// A site's lock.
pub struct Lock(XChaCha20Poly1305);

impl Lock {
    /// The lock of `site`.
    pub fn for_site(secret: &[u8], site: &str) -> Lock {
        let place = format!("hoi sealed 1\n{site}");
        Lock(XChaCha20Poly1305::new(&hmac::compute_mac(secret, &[place.as_bytes()]).finalize().into_bytes()))
    }

    /// `text`, sealed for the place `name`. `nonce` is random, and new each time.
    pub fn seal(&self, name: &str, text: &str, nonce: [u8; NONCE]) -> String {
        STANDARD.encode(self.seal_bytes(name, text.as_bytes(), nonce))
    }

    /// The same of bytes.
    pub fn seal_bytes(&self, name: &str, bytes: &[u8], nonce: [u8; NONCE]) -> Vec<u8> {
        let payload = Payload { msg: bytes, aad: name.as_bytes() };
        // It fails only for 256 GB.
        let sealed = self.0.encrypt(&nonce.into(), payload).unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    /// What was sealed for the place `name`; nothing if it was for another one, by another lock, or was changed.
    pub fn open(&self, name: &str, sealed: &str) -> Option<String> {
        String::from_utf8(self.open_bytes(name, &STANDARD.decode(sealed).ok()?)?).ok()
    }

    /// The same of bytes.
    pub fn open_bytes(&self, name: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: name.as_bytes() };
        self.0.decrypt(nonce.into(), payload).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_lock_opens_it_where_it_belongs() {
        let lock = Lock::for_site(b"secret", "ward");
        let sealed = lock.seal("draft:a", "số căn cước 079203001234", [7; NONCE]);
        assert!(!sealed.contains("079203001234"));
        assert_eq!(lock.open("draft:a", &sealed).as_deref(), Some("số căn cước 079203001234"));
        assert_eq!(lock.open("draft:b", &sealed), None, "another place");
        assert_eq!(Lock::for_site(b"secret", "shop").open("draft:a", &sealed), None, "another site");
        assert_eq!(Lock::for_site(b"other", "ward").open("draft:a", &sealed), None, "another edge");
        for at in 0..sealed.len() {
            let mut bad = sealed.clone().into_bytes();
            bad[at] = if bad[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(
                lock.open("draft:a", &String::from_utf8(bad).unwrap_or_default()),
                None,
                "changed at {at}"
            );
        }
        for bad in ["", "AAAA", "không"] {
            assert_eq!(lock.open("draft:a", bad), None);
        }
    }
}
