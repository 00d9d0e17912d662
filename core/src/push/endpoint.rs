//! Where a push may go. The address comes from a visitor's browser, so it is nobody's word: only services that are known
//! to be one are called.

use site::address::{Allowed, Host, UrlOrigin};

/// Longest address that is taken, in bytes: twice what the longest-winded service writes.
pub const MAX_ENDPOINT_BYTES: usize = 1_024;

/// The push services of the browsers: a whole name, or with a dot in front all names below it. Chromium and what is built on it ask
/// Google or Microsoft, Firefox Mozilla, Safari Apple.
const SERVICES: &[&str] =
    &["fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com"];

/// Whether `endpoint` is an address of a push service's: of a browser's by `https`, or one that the operator listed.
pub fn is_permitted(endpoint: &str, listed: &Allowed) -> bool {
    let Some(address) =
        Some(endpoint).filter(|text| text.len() <= MAX_ENDPOINT_BYTES).map(UrlOrigin::parse_url)
    else {
        return false;
    };
    address.is_ok_and(|address| listed.contains(&address) || is_service(&address))
}

fn is_service(address: &UrlOrigin) -> bool {
    let Host::Name(host) = &address.host else { return false };
    let own = |service: &&str| match service.strip_prefix('.') {
        Some(_) => host.ends_with(*service),
        None => host == service,
    };
    address.secure && address.port == 443 && SERVICES.iter().any(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_push_services_are_called() {
        let good = [
            "https://fcm.googleapis.com/fcm/send/abc:def",
            "https://fcm.googleapis.com/wp/abc",
            "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
            "https://wns2-by3p.notify.windows.com/w/?token=BQYA%2f",
            "https://web.push.apple.com/QGuQ",
            "https://FCM.googleapis.com:443/x",
        ];
        let bad = [
            "",
            "fcm.googleapis.com/x",
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com.evil.example/x",
            "https://evilfcm.googleapis.com/x",
            "https://storage.googleapis.com/x",
            "https://evilnotify.windows.com/x",
            "https://.notify.windows.com/x",
            "https://notify.windows.com/x",
            "https://user@fcm.googleapis.com/x",
            "https://fcm.googleapis.com@evil.example/x",
            "https://evil.example/#.push.apple.com",
            "https://evil.example/?.push.apple.com",
            "https://web.push.apple.com./x",
            "https://127.0.0.1/x",
            "https://[::1]/x",
            "https://169.254.169.254/latest/meta-data",
            "https://localhost/x",
            "file:///etc/passwd",
            "https://web.push.apple.com\\@evil.example/",
        ];
        let none = Allowed::default();
        for endpoint in good {
            assert!(is_permitted(endpoint, &none), "{endpoint}");
        }
        for endpoint in bad {
            assert!(!is_permitted(endpoint, &none), "{endpoint}");
        }
        let long = format!("https://web.push.apple.com/{}", "x".repeat(MAX_ENDPOINT_BYTES));
        assert!(!is_permitted(&long, &none));
    }

    #[test]
    fn an_operator_may_list_others() {
        let listed = Allowed::read_list("push.example.gov.vn, 127.0.0.1:8123");
        assert!(is_permitted("https://push.example.gov.vn/x", &listed));
        assert!(is_permitted("http://127.0.0.1:8123/x", &listed));
        for other in
            ["https://push.example.gov.vn:8443/x", "https://a.push.example.gov.vn/x", "http://127.0.0.1/x"]
        {
            assert!(!is_permitted(other, &listed), "{other}");
        }
    }
}
