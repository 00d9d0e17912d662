//! The operator's list, and the decision.

use super::{AddressRefusal, Reach, UrlOrigin};

/// Below this, ports belong to other services than web servers; 443 is the exception.
const FIRST_FREE_PORT: u16 = 1_024;

/// Hosts the operator lets the edge call although they are inside a network or speak plain `http`.
///
/// Exact: a host without a port means that scheme's own port, a name does not include the names below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Allowed(Vec<(String, Option<u16>)>);

impl Allowed {
    /// Reads `host`, `host:port` and `[v6]:port`, parted by commas or white space. What can't be read is left out:
    /// a mistake in the list closes a door and opens none.
    pub fn read_list(list: &str) -> Allowed {
        let entries = list.split([',', ' ', '\n', '\t']).map(str::trim).filter(|entry| !entry.is_empty());
        let read = |entry: &str| {
            let address = UrlOrigin::parse_url(&format!("http://{entry}")).ok()?;
            let port = super::split_port(entry).ok()?.1;
            Some((address.host.to_string(), port.map(|_| address.port)))
        };
        Allowed(entries.filter(|entry| !entry.contains(['/', '?'])).filter_map(read).collect())
    }

    /// Whether the operator listed the host and port of `address`.
    pub fn contains(&self, address: &UrlOrigin) -> bool {
        let own = if address.secure { 443 } else { 80 };
        let host = address.host.to_string();
        self.0.iter().any(|(name, port)| *name == host && port.unwrap_or(own) == address.port)
    }
}

/// Whether a request may go to `url`: a public host over `https`, or one on the operator's list.
///
/// A name that leads inside only when it is resolved can't be seen here; the runtime's own network settings see that
/// (on Cloudflare nothing inside can be reached, on workerd the `network` service names what may be).
///
/// # Errors
/// Any [`AddressRefusal`].
pub fn permit_url(url: &str, allowed: &Allowed) -> Result<UrlOrigin, AddressRefusal> {
    let address = UrlOrigin::parse_url(url)?;
    if allowed.contains(&address) {
        return Ok(address);
    }
    match address.host.host_reach() {
        Reach::Private(why) => Err(AddressRefusal::Private(why)),
        Reach::Public if !address.secure => Err(AddressRefusal::Plain),
        Reach::Public if address.port != 443 && address.port < FIRST_FREE_PORT => Err(AddressRefusal::Port),
        Reach::Public => Ok(address),
    }
}
