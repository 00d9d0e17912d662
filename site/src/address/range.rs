//! Which names and numbers are not on the public internet.

use super::Reach::{self, Private, Public};
use std::net::{Ipv4Addr, Ipv6Addr};

/// Last labels that no public name has (RFC 6761, 6762, 8375, ICANN's `internal`, and what offices use).
const INSIDE: &[&str] = &[
    "arpa",
    "corp",
    "domain",
    "home",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "onion",
    "private",
    "workgroup",
];

/// Public names made to lead to any number, this machine's included.
const LEADING_INSIDE: &[&str] =
    &["nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me", "vcap.me", "lacolhost.com", "traefik.me"];

/// Where a name leads, by its spelling.
pub fn name_reach(name: &str) -> Reach {
    let Some((_, last)) = name.rsplit_once('.') else {
        return if name == "localhost" {
            Private("this machine")
        } else {
            Private("a name of a local network")
        };
    };
    let leads = |suffix: &&str| {
        name.strip_suffix(*suffix).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    match last {
        "localhost" => Private("this machine"),
        _ if INSIDE.contains(&last) => Private("a name of a local network"),
        _ if LEADING_INSIDE.iter().any(leads) => Private("a name that leads to any number"),
        _ => Public,
    }
}

/// Where a number leads (IANA's IPv4 Special-Purpose Address Registry, multicast, and what clouds answer metadata
/// requests on).
pub fn ipv4_reach(address: Ipv4Addr) -> Reach {
    match address.octets() {
        [169, 254, 169, 254] | [100, 100, 100, 200] | [168, 63, 129, 16] | [192, 0, 0, 192] => {
            Private("a cloud's metadata service")
        }
        [127 | 0, ..] => Private("this machine"),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Private("in a private network"),
        [169, 254, ..] => Private("link-local"),
        [100, 64..=127, ..] => Private("in a carrier's network"),
        [198, 18 | 19, ..] | [192, 0, 0 | 2, _] | [192, 88, 99, _] => Private("reserved"),
        [198, 51, 100, _] | [203, 0, 113, _] => Private("reserved"),
        [224..=239, ..] => Private("multicast"),
        [240..=255, ..] => Private("reserved"),
        _ => Public,
    }
}

/// Where a number leads (IANA's IPv6 Special-Purpose Address Registry). Numbers that wrap one of IPv4 are refused
/// whatever they wrap: the plain number is there to be written.
pub fn ipv6_reach(address: Ipv6Addr) -> Reach {
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => Private("this machine"),
        [0, 0, 0, 0, 0, 0xffff | 0, ..] | [0x64, 0xff9b, ..] | [0x2002, ..] => {
            Private("a wrapped IPv4 number")
        }
        [0xfe80..=0xfebf, ..] => Private("link-local"),
        [0xfc00..=0xfdff, ..] | [0xfec0..=0xfeff, ..] => Private("in a private network"),
        [0xff00..=0xffff, ..] => Private("multicast"),
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x3fff, ..] => Private("reserved"),
        [0x2000..=0x3fff, ..] => Public,
        _ => Private("reserved"),
    }
}
