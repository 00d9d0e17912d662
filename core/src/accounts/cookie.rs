//! The cookie that holds a session's token.

/// What it is called. The prefix has browsers keep it to this host, over TLS, for all its paths; they don't know it over plain
/// http, which is good enough on one's own machine only.
fn session_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-hoi-desk" } else { "hoi-desk" }
}

/// Whether a desk may be used at `origin`: passwords don't go over open networks.
pub fn is_allowed(origin: &str) -> bool {
    let plain =
        origin.strip_prefix("http://").map(|host| host.rsplit_once(':').map_or(host, |(host, _)| host));
    origin.starts_with("https://") || matches!(plain, Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// The header that sets it to `token`.
pub fn set_session(token: &str, secure: bool) -> String {
    let only_tls = if secure { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Strict{only_tls}", session_cookie_name(secure))
}

/// The header that takes it away.
pub fn clear_session(secure: bool) -> String {
    format!("{}; Max-Age=0", set_session("", secure))
}

/// The token in a request's `Cookie`.
pub fn read_session(header: &str, secure: bool) -> Option<&str> {
    find_cookie(header, session_cookie_name(secure))
}

/// What holds a sign-in at the agency's provider meanwhile. Its browser comes back from another site, so it must not be
/// kept to requests of this one.
fn pending_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-hoi-aside" } else { "hoi-aside" }
}

/// The header that sets that one.
pub fn set_aside(sealed: &str, secure: bool) -> String {
    let only_tls = if secure { "; Secure" } else { "" };
    format!("{}={sealed}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax{only_tls}", pending_cookie_name(secure))
}

/// What it holds.
pub fn read_aside(header: &str, secure: bool) -> Option<&str> {
    find_cookie(header, pending_cookie_name(secure))
}

/// What marks a browser in which somebody has signed in before.
fn device_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-hoi-known" } else { "hoi-known" }
}

/// The header that sets that one.
pub fn set_device(sealed: &str, secure: bool) -> String {
    let only_tls = if secure { "; Secure" } else { "" };
    let age = super::device::LIFE.0;
    format!(
        "{}={sealed}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{only_tls}",
        device_cookie_name(secure)
    )
}

/// What it holds.
pub fn read_device(header: &str, secure: bool) -> Option<&str> {
    find_cookie(header, device_cookie_name(secure))
}

fn find_cookie<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_read() {
        let header = set_session("t0ken", true);
        assert_eq!(header, "__Host-hoi-desk=t0ken; Path=/; HttpOnly; SameSite=Strict; Secure");
        assert_eq!(read_session("a=b; __Host-hoi-desk=t0ken; c=d", true), Some("t0ken"));
        assert_eq!(read_session("hoi-desk=t0ken", true), None, "a neighbour could have set that one");
        assert_eq!(read_session("hoi-desk=t0ken", false), Some("t0ken"));
        assert_eq!(read_session("", false), None);
        assert!(clear_session(false).ends_with("Max-Age=0") && !clear_session(false).contains("Secure"));
    }

    #[test]
    fn plain_http_is_for_ones_own_machine() {
        for good in
            ["https://chat.example.gov", "http://localhost:8787", "http://127.0.0.1:1", "http://[::1]:2"]
        {
            assert!(is_allowed(good), "{good}");
        }
        for bad in ["http://chat.example.gov", "http://10.0.0.1:8787", "http://localhost.evil.example", ""] {
            assert!(!is_allowed(bad), "{bad}");
        }
    }
}
