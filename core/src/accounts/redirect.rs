//! Where somebody goes on after signing in.

/// The path in `next` if it is one of the desk's own, else the desk itself.
pub fn safe_path(next: &str) -> &str {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./?=&".contains(&b);
    let inside = next
        .strip_prefix("/desk")
        .is_some_and(|rest| matches!(rest.bytes().next(), None | Some(b'/' | b'?')));
    let around = ["//", "..", "/desk/sign-", "/desk/oidc"].iter().any(|bad| next.contains(bad));
    if inside && !around && next.len() <= 200 && next.bytes().all(plain) { next } else { "/desk" }
}

/// Such a path as a value in a query.
pub fn quote_path(next: &str) -> String {
    next.replace('&', "%26")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_to_the_desk() {
        assert_eq!(quote_path("/desk/s/ward?chat=1&note=2"), "/desk/s/ward?chat=1%26note=2");
        for good in ["/desk", "/desk/s/ward", "/desk/s/ward?chat=00ff", "/desk/account"] {
            assert_eq!(safe_path(good), good);
        }
        for bad in [
            "",
            "/",
            "//evil.example",
            "https://evil.example",
            "/desk//evil.example",
            "/desk/../admin",
            "/deskevil",
            "/desk\\evil",
            "/desk/s/ward\r\nset-cookie: x",
            "/desk/sign-out",
            "/desk/sign-in?next=/desk",
            "javascript:x",
        ] {
            assert_eq!(safe_path(bad), "/desk", "{bad}");
        }
    }
}
