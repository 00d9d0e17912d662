//! Where a request came in, read by the platform's own `URL`. The crate `url` would read it the same way, and bring Unicode's tables for names
//! of hosts along, which the platform has already (`docs/bench.md`).

use std::collections::BTreeMap;
use worker::{Error, Request, Result};

/// A request's address.
pub struct RequestUrl(web_sys::Url);

impl RequestUrl {
    /// The address of `request`.
    ///
    /// # Errors
    /// If it is none; the runtime gives no such request.
    pub fn from_request(request: &Request) -> Result<RequestUrl> {
        Ok(RequestUrl(web_sys::Url::new(&request.inner().url()).map_err(Error::from)?))
    }

    /// `https://hoi.example`, without a port where it is the scheme's own.
    pub fn read_origin(&self) -> String {
        self.0.origin()
    }

    /// `/s/ward`, as it was sent: escapes stay escapes.
    pub fn read_path(&self) -> String {
        self.0.pathname()
    }

    /// What the query says first for `name`.
    pub fn query_value(&self, name: &str) -> Option<String> {
        let query = self.query_string();
        let found = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned())
    }

    /// What the query says last for each name.
    pub fn query_map(&self) -> BTreeMap<String, String> {
        form_urlencoded::parse(self.query_string().as_bytes()).into_owned().collect()
    }

    fn query_string(&self) -> String {
        let search = self.0.search();
        search.strip_prefix('?').map(str::to_owned).unwrap_or_default()
    }
}

/// `path` of the edge at `origin`, in full.
pub fn absolute_url(path: &str, origin: &str) -> Result<String> {
    Ok(web_sys::Url::new_with_base(path, origin).map_err(Error::from)?.href())
}
