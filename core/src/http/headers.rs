//! The headers that decide who may do what with an answer.

/// The policy of the frame's document: its own files and its own socket, nothing else, and only the listed sites
/// around it. `nonce` lets in the one `<style>` with the site's colours. `host` is the edge's, for its socket:
/// not every browser takes `'self'` to include `ws:`. `pictures` are hosts that pictures in messages may come from.
pub fn document_policy(
    nonce: &str,
    host: &str,
    secure: bool,
    ancestors: &[String],
    pictures: &[String],
) -> String {
    let socket = if secure { "wss" } else { "ws" };
    let pictures: String = pictures.iter().map(|host| format!(" https://{host}")).collect();
    let ancestors = if ancestors.is_empty() { "'none'".to_owned() } else { ancestors.join(" ") };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         connect-src 'self' {socket}://{host}; img-src 'self'{pictures}; form-action 'self'; base-uri 'none'; \
         frame-ancestors {ancestors}"
    )
}

/// The policy of the desk's page: its own files and its own sockets, nothing else; nobody may put it into a frame, and nothing
/// that is a text can become markup or a script (Trusted Types). `host` is the edge's, as in [`document_policy`].
pub fn desk_policy(host: &str, secure: bool) -> String {
    let socket = if secure { "wss" } else { "ws" };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' {socket}://{host}; \
         img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// What every document gets beside its policy.
pub const DOCUMENT: &[(&str, &str)] = &[
    ("content-type", "text/html; charset=utf-8"),
    ("cache-control", "no-store"),
    // Not `no-referrer`: a form posted without the widget would then say that it comes from nowhere.
    ("referrer-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-resource-policy", "cross-origin"),
];

/// Files with a hash in their name never change.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The loader changes with the site's look and with releases.
pub const SHORT: &str = "public, max-age=60, stale-while-revalidate=86400";

/// Which stored form of a file to send for `accept`, the request's `Accept-Encoding`: its ending and its name.
pub fn choose_encoding(accept: &str) -> Option<(&'static str, &'static str)> {
    let takes = |name: &str| {
        accept.split(',').any(|item| {
            let mut parts = item.split(';').map(str::trim);
            let named = parts.next().is_some_and(|n| n.eq_ignore_ascii_case(name));
            // "br;q=0" means: anything but that.
            named
                && !parts
                    .any(|p| p.strip_prefix("q=").is_some_and(|q| q.parse().is_ok_and(|q: f32| q == 0.0)))
        })
    };
    [(".br", "br"), (".gz", "gzip")].into_iter().find(|(_, name)| takes(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        assert_eq!(choose_encoding("gzip, deflate, br, zstd"), Some((".br", "br")));
        assert_eq!(choose_encoding("gzip"), Some((".gz", "gzip")));
        assert_eq!(choose_encoding("br;q=0, gzip;q=0.5"), Some((".gz", "gzip")));
        assert_eq!(choose_encoding("identity"), None);
        assert_eq!(choose_encoding(""), None);
    }

    #[test]
    fn nobody_may_frame_a_site_without_origins() {
        assert!(document_policy("n", "h", true, &[], &[]).ends_with("frame-ancestors 'none'"));
    }
}
