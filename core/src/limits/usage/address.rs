//! Whom an internet address stands for, without keeping the address.

use crate::crypto::hmac;
use std::net::IpAddr;

/// Bytes of a name that are kept: enough that no two addresses of a day share one.
const NAME_BYTES: usize = 12;

/// What counts as one: a whole IPv4 address, or the half of an IPv6 address that a household or an office is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress([u8; 8]);

impl ClientAddress {
    /// Reads what a proxy wrote into its header. Of a list it is the last one: what stands before it came from
    /// outside. Nothing for what is no address.
    pub fn from_header(header: &str) -> Option<ClientAddress> {
        let last = header.rsplit(',').next()?.trim();
        let bare = last.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(last, |(ip, _)| ip);
        let ip: IpAddr = bare.parse().or_else(|_| without_port(bare).parse()).ok()?;
        Some(match ip.to_canonical() {
            IpAddr::V4(ip) => {
                let [a, b, c, d] = ip.octets();
                // No network begins with eight zeros, so that the two kinds never meet.
                ClientAddress([0, 0, 0, 0, a, b, c, d])
            }
            IpAddr::V6(ip) => {
                let [a, b, c, d, e, f, g, h, ..] = ip.octets();
                ClientAddress([a, b, c, d, e, f, g, h])
            }
        })
    }
}

/// `192.0.2.1:8080`, as some proxies write it.
fn without_port(text: &str) -> &str {
    text.rsplit_once(':').map_or(text, |(ip, _)| ip)
}

/// The name under which `address` is counted at `site` on `day`. It can't be traced back without the edge's secret, and
/// from one day or one site to the next it is another.
pub fn hash_address(secret: &[u8], site: &str, address: ClientAddress, day: u64) -> String {
    let place = format!("hoi address 1\n{site}\n{day}\n");
    hmac::hex_tag(secret, &[place.as_bytes(), &address.0], NAME_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_proxies_write() {
        let same = [
            ("192.0.2.1", "203.0.113.9, 192.0.2.1"),
            ("192.0.2.1", "192.0.2.1:4711"),
            ("192.0.2.1", "::ffff:192.0.2.1"),
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
            ("2001:db8:1:2::1", "[2001:db8:1:2::1]:443"),
        ];
        for (a, b) in same {
            assert!(ClientAddress::from_header(a).is_some(), "{a}");
            assert_eq!(ClientAddress::from_header(a), ClientAddress::from_header(b), "{a} {b}");
        }
        assert_ne!(ClientAddress::from_header("192.0.2.1"), ClientAddress::from_header("192.0.2.2"));
        assert_ne!(
            ClientAddress::from_header("2001:db8:1:2::1"),
            ClientAddress::from_header("2001:db8:1:3::1")
        );
        for bad in ["", "unknown", "192.0.2", "192.0.2.1, ", "for=192.0.2.1"] {
            assert_eq!(ClientAddress::from_header(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_name_holds_for_one_site_and_one_day() {
        let address = ClientAddress::from_header("192.0.2.1").unwrap();
        let name = hash_address(b"secret", "ward", address, 1);
        assert_eq!(name, hash_address(b"secret", "ward", address, 1));
        assert_eq!(name.len(), 2 * NAME_BYTES);
        assert_ne!(name, hash_address(b"secret", "ward", address, 2));
        assert_ne!(name, hash_address(b"secret", "shop", address, 1));
        assert_ne!(name, hash_address(b"other", "ward", address, 1));
        assert_ne!(
            name,
            hash_address(b"secret", "ward", ClientAddress::from_header("192.0.2.2").unwrap(), 1)
        );
    }
}
