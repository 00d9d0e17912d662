//! What a push says of itself, and what its answer means.

use crate::{agency::retry_after, time::Seconds};

/// How long a service keeps a push for a device that is switched off: later the visitor has looked himself.
const TTL: Seconds = Seconds::from_days(3);

/// What became of a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushOutcome {
    /// The service has it.
    Taken,
    /// There is no such device any more.
    Gone,
    /// Not now; how long the service wants to be left alone, in milliseconds, if it says so.
    Later(Option<u64>),
    /// The service won't have it, now or later.
    Refused,
}

/// The headers of a push (RFC 8030, 5). Of several that a device has not got yet, the last one stands for all: they say the same.
pub fn request_headers(authorization: String) -> [(&'static str, String); 4] {
    [
        ("authorization", authorization),
        ("ttl", TTL.0.to_string()),
        ("urgency", "normal".to_owned()),
        ("topic", "news".to_owned()),
    ]
}

/// What an answer of `status` with this `Retry-After` means at `now` (milliseconds since 1970).
pub fn classify_response(status: u16, wish: &str, now: u64) -> PushOutcome {
    match status {
        200..=299 => PushOutcome::Taken,
        404 | 410 => PushOutcome::Gone,
        408 | 429 | 500..=599 => PushOutcome::Later(retry_after(wish, now)),
        _ => PushOutcome::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_push_says_of_itself() {
        let [(_, own), ttl, urgency, topic] = request_headers("vapid t=a, k=b".to_owned());
        assert_eq!(own, "vapid t=a, k=b");
        assert_eq!((ttl.0, ttl.1.as_str()), ("ttl", "259200"));
        assert_eq!((urgency.0, urgency.1.as_str()), ("urgency", "normal"));
        // RFC 8030, 5.4: 32 characters of base64url at most.
        assert!(
            topic.0 == "topic" && topic.1.len() <= 32 && topic.1.bytes().all(|b| b.is_ascii_alphanumeric())
        );
    }

    #[test]
    fn what_an_answer_means() {
        let cases = [
            (201, "", PushOutcome::Taken),
            (202, "", PushOutcome::Taken),
            (404, "", PushOutcome::Gone),
            (410, "", PushOutcome::Gone),
            (429, "30", PushOutcome::Later(Some(30_000))),
            (503, "soon", PushOutcome::Later(None)),
            // A redirect is no answer of a push service's: it could lead anywhere.
            (302, "", PushOutcome::Refused),
            (400, "", PushOutcome::Refused),
            (403, "", PushOutcome::Refused),
            (413, "", PushOutcome::Refused),
        ];
        for (status, wish, expected) in cases {
            assert_eq!(classify_response(status, wish, 0), expected, "{status}");
        }
    }
}
