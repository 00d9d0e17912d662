//! The self-check: what keeps the chat from a web page, told to its webmaster in one sentence each.
//!
//! [`check_page`] decides, [`page`] draws the form at `/check`, [`for_page`] is what `Hoi.check()` is given in the page
//! itself. The page's own checks are in `widget/check.js`.

mod page;
mod policy;
mod script;

pub use page::{CheckForm, check_form_page};
pub use policy::{Need, missing_sources};
pub use script::for_page;

use site::Settings;

/// Something that keeps the chat from working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Nothing was published under this name.
    NoSite(String),
    /// This is no address of a web page.
    NoPage,
    /// `site.toml` does not list this origin.
    NotListed(String),
    /// The policy lacks this source in this directive.
    Lacks(Need),
    /// The policy trusts scripts by nonce only: the tag needs the page's.
    Nonce,
}

/// What a webmaster asks about.
#[derive(Debug, Clone, Copy)]
pub struct EmbedQuestion<'a> {
    /// The site's name, as in the tag.
    pub site: &'a str,
    /// The page's address; empty: not asked.
    pub page: &'a str,
    /// The page's policy, as sent in `Content-Security-Policy`; empty: none.
    pub policy: &'a str,
}

/// What keeps the chat of `settings` from the page, most important first. `edge` is the edge's own origin; `settings`
/// are those of the site asked for, if there is one.
pub fn check_page(question: &EmbedQuestion<'_>, settings: Option<&Settings>, edge: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    match settings {
        None => findings.push(Finding::NoSite(question.site.to_owned())),
        Some(settings) if !question.page.trim().is_empty() => match page_origin(question.page) {
            None => findings.push(Finding::NoPage),
            Some(origin) if !hoi_core::http::origin::is_allowed(Some(&origin), edge, &settings.origins) => {
                findings.push(Finding::NotListed(origin));
            }
            Some(_) => {}
        },
        Some(_) => {}
    }
    findings.extend(missing_sources(question.policy, edge));
    findings
}

/// The origin of a page's address, as browsers write it.
fn page_origin(page: &str) -> Option<String> {
    let (scheme, rest) = page.trim().split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let usual = if scheme == "https" { ":443" } else { ":80" };
    let host = host.strip_suffix(usual).unwrap_or(&host);
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b);
    let good = !host.is_empty() && host.bytes().all(plain) && matches!(scheme.as_str(), "https" | "http");
    good.then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_of_addresses() {
        let cases = [
            ("https://www.benxuan.gov.vn/trang/chu?x#y", Some("https://www.benxuan.gov.vn")),
            (" HTTPS://WWW.Benxuan.gov.vn:443/ ", Some("https://www.benxuan.gov.vn")),
            ("http://localhost:8788/ward/", Some("http://localhost:8788")),
            ("www.benxuan.gov.vn", None),
            ("ftp://benxuan.gov.vn", None),
            ("https://", None),
            ("https://a b/", None),
            ("https://user@host/", None),
        ];
        for (page, expected) in cases {
            assert_eq!(page_origin(page).as_deref(), expected, "{page}");
        }
    }
}
