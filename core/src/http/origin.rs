//! Which web pages may show a site's chat.

/// Whether a request that says it comes from `origin` may use the site.
///
/// `own` is the edge's own origin: the frame's document comes from there. Everything else must stand in `listed`,
/// letter for letter; an empty list means nobody. A missing origin is refused, as browsers always send one where
/// this is asked.
pub fn is_allowed(origin: Option<&str>, own: &str, listed: &[String]) -> bool {
    origin.is_some_and(|origin| origin == own || listed.iter().any(|one| one == origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_refused() {
        let listed = vec!["https://www.benxuan.gov.vn".to_owned()];
        let own = "https://hoi.example";
        assert!(is_allowed(Some("https://www.benxuan.gov.vn"), own, &listed));
        assert!(is_allowed(Some(own), own, &[]));
        let bad = [
            "https://www.benxuan.gov.vn.evil.example",
            "https://evil-www.benxuan.gov.vn",
            "https://www.benxuan.gov.vn:8443",
            "https://WWW.benxuan.gov.vn",
            "https://www.benxuan.gov.vn.",
            "https://www.benxuan.gov.vn/",
            "http://www.benxuan.gov.vn",
            "https://benxuan.gov.vn",
            "null",
            "",
        ];
        for origin in bad {
            assert!(!is_allowed(Some(origin), own, &listed), "{origin}");
        }
        assert!(!is_allowed(None, own, &listed), "none at all");
    }
}
