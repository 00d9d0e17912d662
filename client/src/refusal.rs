//! What somebody between the visitor and the edge answers in the edge's place: a firewall, a proxy, a network that wants a
//! sign-in first.

/// Longest wait that anybody but the edge may ask for, in milliseconds.
const MAX_WAIT_MS: u64 = 300_000;

/// Why a network lets nothing through. It will say so again, until it is another network or somebody has signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkRefusal {
    /// It takes no such requests.
    Blocked,
    /// It answers with a page of its own, or the way to one.
    SignIn,
}

/// How a connection ended, where that is known. A socket never says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CloseCause {
    /// The status of the answer to a post; 0 where there was none.
    pub status: u16,
    /// How long whoever answered asks to wait, in milliseconds.
    pub retry_ms: u64,
}

impl CloseCause {
    /// Why the next attempt would end like this one. Nothing, where it may well not: whoever is busy or broken is so for a
    /// while.
    pub fn refusal_reason(self) -> Option<NetworkRefusal> {
        match self.status {
            // The edge answers none of these to who has a ticket: they are somebody's page, or a way to one.
            200..=399 | 401 | 407 | 511 => Some(NetworkRefusal::SignIn),
            408 | 421 | 425 | 429 => None,
            // An old proxy's word for what it does not know is of this kind, too.
            400..=499 | 501 => Some(NetworkRefusal::Blocked),
            _ => None,
        }
    }

    /// How long to wait at least. Who is not the edge can't have a visitor wait for hours.
    pub fn wait_ms(self) -> u64 {
        self.retry_ms.min(MAX_WAIT_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_will_be_refused_again_is_told_from_what_may_not() {
        let cases = [
            (&[200, 204, 302, 307, 401, 407, 511][..], Some(NetworkRefusal::SignIn)),
            (&[400, 403, 404, 405, 406, 410, 413, 415, 422, 451, 494, 501], Some(NetworkRefusal::Blocked)),
            (&[0, 408, 421, 425, 429, 500, 502, 503, 504, 520, 599, 1000, 1006, 4999], None),
        ];
        for (statuses, expected) in cases {
            for status in statuses {
                assert_eq!(
                    CloseCause { status: *status, retry_ms: 0 }.refusal_reason(),
                    expected,
                    "{status}"
                );
            }
        }
    }

    #[test]
    fn nobody_has_a_visitor_wait_for_hours() {
        let wait = |retry_ms| CloseCause { status: 503, retry_ms }.wait_ms();
        assert_eq!((wait(0), wait(2_000), wait(86_400_000)), (0, 2_000, MAX_WAIT_MS));
    }
}
