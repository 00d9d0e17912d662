//! Towards a bad agency: when it may be asked, what a failure means, how long to wait. All of it pure; the shell in
//! `edge/src/objects` (`conversation/delivery.rs`, `site/guard.rs`) performs it.
//!
//! # Where to start
//! [`Guard`] is one site's gatekeeper: it lives in the Site object and says for each call whether it may be made.
//! [`Failure`] is what can go wrong with one, [`next_action`] what follows. [`build_question`] makes what a connector is given.

mod backoff;
mod breaker;
mod budget;
mod failure;
mod guard;
mod question;
mod retry_after;
#[cfg(test)]
mod tests;

pub use backoff::{full_jitter, next_try};
pub use breaker::{Breaker, PROBE_MS};
pub use budget::{RESERVE, RetryBudget, SHARE};
pub use failure::{Attempt, Failure, NextAction, next_action};
pub use guard::{Call, CallAdmission, CallKind, CallOutcome, Guard};
pub use question::build_question;
pub use retry_after::{MAX_HOLD_MS, retry_after};
