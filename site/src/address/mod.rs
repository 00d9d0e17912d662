//! Where the edge may send visitors' words: an address is read strictly, and everything that is not plainly a public
//! host is refused unless the operator has listed it.
//!
//! Two programs that read one address differently are how requests end up inside a network. So this reader takes one
//! spelling of each address and refuses all others, instead of trying to understand them: no user and password, no
//! escapes, no letters outside ASCII, no octal, hexadecimal or shortened numbers, no dot at the end.
//!
//! ```
//! use site::address::{Allowed, permit_url};
//! let none = Allowed::default();
//! assert!(permit_url("https://desk.example.gov.vn/hoi", &none).is_ok());
//! assert!(permit_url("https://0x7f.1/hoi", &none).is_err());
//! assert!(permit_url("http://10.1.2.3:8790/", &none).is_err());
//! assert!(permit_url("http://10.1.2.3:8790/", &Allowed::read_list("10.1.2.3:8790")).is_ok());
//! ```

mod allowed;
mod range;

pub use allowed::{Allowed, permit_url};

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// Longest address that is read, in bytes.
pub const MAX_URL_BYTES: usize = 2_048;

/// An address that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlOrigin {
    /// Whether it is `https`; the other one is `http`.
    pub secure: bool,
    /// The host.
    pub host: Host,
    /// The port, also where it goes without saying.
    pub port: u16,
}

/// Who is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// A name, lower case.
    Name(String),
    /// A number.
    Ip(IpAddr),
}

/// What can be known about a host without asking anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A name or number of the public internet, as far as its spelling says.
    Public,
    /// Not on the public internet; why.
    Private(&'static str),
}

/// Why an address is refused. Nothing of the address is repeated: it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefusal {
    /// No `https://` or `http://` at its start, nothing after it, or longer than [`MAX_URL_BYTES`].
    #[error("it is not an address a request can go to")]
    NoAddress,
    /// `user:password@`.
    #[error("it carries a user name or password")]
    Credentials,
    /// Letters that are no plain ASCII, escapes, white space, back slashes.
    #[error("it has characters that different programs read differently")]
    Characters,
    /// `https://example.org./`.
    #[error("its host ends with a dot")]
    Dot,
    /// A number in an unusual spelling, such as `0x7f.1` or `2130706433`.
    #[error("its host is a number in an unusual spelling")]
    Number,
    /// Not a port, or one that is not for the web.
    #[error("its port is none that web servers use")]
    Port,
    /// `#…`.
    #[error("it has a part after #, which is never sent")]
    Fragment,
    /// `http://` to a host the operator has not listed.
    #[error("it is http://, and its host is not listed in HOI_AGENCY_HOSTS")]
    Plain,
    /// A host inside a network, which the operator has not listed.
    #[error("its host is {0}, and is not listed in HOI_AGENCY_HOSTS")]
    Private(&'static str),
}

impl UrlOrigin {
    /// Reads `url`.
    ///
    /// # Errors
    /// Any [`AddressRefusal`] but [`AddressRefusal::Plain`] and [`AddressRefusal::Private`], which [`permit_url`] gives.
    pub fn parse_url(url: &str) -> Result<UrlOrigin, AddressRefusal> {
        if url.len() > MAX_URL_BYTES {
            return Err(AddressRefusal::NoAddress);
        }
        let (scheme, rest) = url.split_once("://").ok_or(AddressRefusal::NoAddress)?;
        let secure = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err(AddressRefusal::NoAddress),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if authority.contains('@') {
            return Err(AddressRefusal::Credentials);
        }
        if !url.bytes().all(|b| b.is_ascii_graphic() && !b"\\^`{|}<>\"".contains(&b)) {
            return Err(AddressRefusal::Characters);
        }
        if path.contains('#') {
            return Err(AddressRefusal::Fragment);
        }
        let (host, port) = split_port(authority)?;
        let host = Host::parse_host(host)?;
        let port = match port {
            Some(port) => read_port(port)?,
            None if secure => 443,
            None => 80,
        };
        Ok(UrlOrigin { secure, host, port })
    }
}

impl Host {
    fn parse_host(text: &str) -> Result<Host, AddressRefusal> {
        if let Some(inner) = text.strip_prefix('[') {
            let inner = inner.strip_suffix(']').ok_or(AddressRefusal::Characters)?;
            let address: Ipv6Addr = inner.parse().map_err(|_| AddressRefusal::Number)?;
            return Ok(Host::Ip(IpAddr::V6(address)));
        }
        if text.is_empty() {
            return Err(AddressRefusal::NoAddress);
        }
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        if !text.bytes().all(plain) {
            return Err(AddressRefusal::Characters);
        }
        if text.ends_with('.') {
            return Err(AddressRefusal::Dot);
        }
        let name = text.to_ascii_lowercase();
        let label =
            |label: &str| (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
        if name.len() > 253 || !name.split('.').all(label) {
            return Err(AddressRefusal::NoAddress);
        }
        if !is_number(&name) {
            return Ok(Host::Name(name));
        }
        // The standard library takes four decimal numbers without leading zeros and nothing else.
        let address: Ipv4Addr = name.parse().map_err(|_| AddressRefusal::Number)?;
        Ok(Host::Ip(IpAddr::V4(address)))
    }

    /// Where this host is.
    pub fn host_reach(&self) -> Reach {
        match self {
            Host::Name(name) => range::name_reach(name),
            Host::Ip(IpAddr::V4(address)) => range::ipv4_reach(*address),
            Host::Ip(IpAddr::V6(address)) => range::ipv6_reach(*address),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Name(name) => f.write_str(name),
            Host::Ip(IpAddr::V4(address)) => write!(f, "{address}"),
            Host::Ip(IpAddr::V6(address)) => write!(f, "[{address}]"),
        }
    }
}

/// Whether browsers take the host for an IPv4 address: its last label is a decimal or hexadecimal number
/// (WHATWG URL, "ends in a number checker").
fn is_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let hex = last.strip_prefix("0x").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit()));
    hex || last.bytes().all(|b| b.is_ascii_digit())
}

fn split_port(authority: &str) -> Result<(&str, Option<&str>), AddressRefusal> {
    let after = authority.rfind(']').map_or(0, |at| at + 1);
    let (start, rest) = authority.split_at(after);
    match (after, rest.split_once(':')) {
        (0, Some((host, port))) => Ok((host, Some(port))),
        (_, Some(("", port))) => Ok((start, Some(port))),
        (0, None) => Ok((rest, None)),
        (_, None) if rest.is_empty() => Ok((start, None)),
        _ => Err(AddressRefusal::Characters),
    }
}

fn read_port(text: &str) -> Result<u16, AddressRefusal> {
    let plain = !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    let port = if plain { text.parse::<u16>().ok() } else { None };
    port.filter(|port| *port > 0).ok_or(AddressRefusal::Port)
}

#[cfg(test)]
mod tests;
