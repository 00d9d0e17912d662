//! What can go wrong with one call, and what follows.

use super::{CallOutcome, PROBE_MS};
use crate::connector::ConnectorError;
use site::address::AddressRefusal;

/// How often a question is sent while the visitor looks on.
const QUICK_TRIES: u32 = 2;

/// Why one call came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The connector can't ask, or can't read the answer.
    #[error("{0}")]
    Connector(#[from] ConnectorError),
    /// Nothing may be sent to this address.
    #[error("the agency's address is refused: {0}")]
    Address(AddressRefusal),
    /// No connection, or it broke; in the platform's words.
    #[error("the agency can't be reached: {0}")]
    Unreachable(String),
    /// The answer didn't begin in time; seconds.
    #[error("the agency's answer did not begin within {0} s")]
    FirstByte(u32),
    /// The answer stopped coming; seconds.
    #[error("the agency's answer stopped for {0} s")]
    Stalled(u32),
    /// The answer didn't end in time; seconds.
    #[error("the agency's answer took longer than {0} s")]
    Total(u32),
    /// The agency sent the question from one preparation to the next.
    #[error("the agency's protocol took too many steps")]
    Steps,
}

/// What becomes of a question after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextAction {
    /// Try again in a moment, if the site's retry budget allows; the visitor is waiting.
    Again,
    /// Keep it, tell the visitor so, and bring it when the agency is back.
    Leave {
        /// Not sooner than in so many milliseconds: before that the gatekeeper would turn it away.
        ms: u64,
    },
    /// It is over: what came is kept and marked, or the fallback is said.
    End,
}

impl Failure {
    /// Whether the agency may have received the question.
    fn may_have_arrived(&self) -> bool {
        match self {
            Failure::Connector(ConnectorError::Secret | ConnectorError::Settings(_))
            | Failure::Address(_) => false,
            // The platform doesn't tell a refused connection from one that broke later; it is nearly always the
            // first, and a question that nobody got is worse than one that is asked twice.
            Failure::Unreachable(_) => false,
            Failure::Connector(ConnectorError::Status { status, .. }) => {
                !matches!(status, 401 | 403 | 404 | 429 | 502 | 503)
            }
            Failure::Connector(_) | Failure::FirstByte(_) | Failure::Stalled(_) | Failure::Total(_) => true,
            Failure::Steps => true,
        }
    }

    fn may_retry(&self) -> bool {
        match self {
            Failure::Connector(error) => error.may_retry(),
            Failure::Unreachable(_) => true,
            // The visitor has waited already.
            Failure::FirstByte(_) | Failure::Stalled(_) | Failure::Total(_) => false,
            Failure::Address(_) | Failure::Steps => false,
        }
    }

    fn is_final(&self) -> bool {
        match self {
            Failure::Connector(error) => error.is_final(),
            Failure::Steps => true,
            Failure::Address(_)
            | Failure::Unreachable(_)
            | Failure::FirstByte(_)
            | Failure::Stalled(_)
            | Failure::Total(_) => false,
        }
    }

    /// Whether this very request was refused, by the agency or by what stands before it.
    pub fn refuses_request(&self) -> bool {
        matches!(self, Failure::Connector(error) if error.refuses_request())
    }

    /// What the site's guard is told. `hold` is the agency's `Retry-After`, in milliseconds.
    pub fn call_outcome(&self, hold: Option<u64>, now: u64) -> CallOutcome {
        match (self, hold) {
            (Failure::Connector(ConnectorError::Status { status: 429 | 503, .. }), Some(ms)) => {
                CallOutcome::Held { until: now + ms }
            }
            // Nothing was sent: that says nothing about the agency.
            (
                Failure::Address(_)
                | Failure::Connector(ConnectorError::Secret | ConnectorError::Settings(_)),
                _,
            ) => CallOutcome::Neutral,
            // What one visitor wrote was refused: that is no reason to leave the agency alone for everybody.
            _ if self.refuses_request() => CallOutcome::Neutral,
            _ => CallOutcome::Bad,
        }
    }
}

/// One try of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// Which one, from 1.
    pub number: u32,
    /// Whether some of an answer was shown already.
    pub began: bool,
    /// See [`crate::connector::Connector::is_repeatable`].
    pub repeatable: bool,
    /// Whether the same question was refused before; see [`Failure::refuses_request`].
    pub refused_before: bool,
}

/// What becomes of a question whose `attempt` failed. `hold`: the agency's `Retry-After`, in milliseconds.
pub fn next_action(failure: &Failure, attempt: Attempt, hold: Option<u64>) -> NextAction {
    let safe = attempt.repeatable || !failure.may_have_arrived();
    let refused_twice = attempt.refused_before && failure.refuses_request();
    if attempt.began || failure.is_final() || refused_twice || !safe {
        NextAction::End
    } else if failure.may_retry() && attempt.number < QUICK_TRIES && hold.is_none() {
        NextAction::Again
    } else {
        NextAction::Leave { ms: hold.unwrap_or(0).max(PROBE_MS) }
    }
}
