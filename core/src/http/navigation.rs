//! Where a browser goes that asks again for a page which only answers what is posted: an address bar, a bookmark and a tab
//! that is opened again all ask with GET.

use crate::http::route::is_site;

/// Whether a page takes the place of an answer that only says a code: a browser asks for a page, by its address, and there is none.
///
/// ```
/// use hoi_core::http::navigation::wants_page;
/// assert!(wants_page("text/html,application/xhtml+xml,*/*;q=0.8", 404, "application/json"));
/// assert!(!wants_page("*/*", 404, "application/json"), "a program");
/// assert!(!wants_page("text/html", 404, "text/html; charset=utf-8"), "it is one already");
/// assert!(!wants_page("text/html", 403, "application/json"), "something is there");
/// ```
pub fn wants_page(accept: &str, status: u16, content_type: &str) -> bool {
    accept.contains("text/html")
        && matches!(status, 404 | 405)
        && content_type.starts_with("application/json")
}

/// The site in whose part of the edge `path` lies.
///
/// ```
/// use hoi_core::http::navigation::site_of;
/// assert_eq!(site_of("/s/ward/no/such"), Some("ward"));
/// assert_eq!(site_of("/desk/s/ward"), None, "staff know no site's look");
/// assert_eq!(site_of("/s/wa%20rd"), None);
/// ```
pub fn site_of(path: &str) -> Option<&str> {
    path.strip_prefix("/s/")?.split('/').next().filter(|site| is_site(site))
}

/// The path of the chat behind such a page at `path`, in a frame or not.
///
/// ```
/// use hoi_core::http::navigation::chat_of;
/// assert_eq!(chat_of("/s/ward/erase", false).as_deref(), Some("/s/ward"));
/// assert_eq!(chat_of("/s/ward/say", true).as_deref(), Some("/s/ward/frame"));
/// assert_eq!(chat_of("/s/ward/callback", false), None, "no visitor's page");
/// assert_eq!(chat_of("/s/wa%20rd/say", false), None);
/// ```
pub fn chat_of(path: &str, framed: bool) -> Option<String> {
    let mut parts = path.strip_prefix("/s/")?.split('/');
    let site = parts.next().filter(|site| is_site(site))?;
    let page = matches!(parts.next()?, "say" | "elsewhere" | "erase" | "export" | "calendar" | "file");
    page.then(|| format!("/s/{site}{}", if framed { "/frame" } else { "" }))
}
