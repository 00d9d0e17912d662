//! Where a browser goes that asks again for a page which only answers what is posted: an address bar, a bookmark and a tab
//! that is opened again all ask with GET.

use crate::http::route::is_site;

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
