//! Chứng minh nhân dân: nine digits without a rule, so only where the words around say so.

use super::citizen_id;
use crate::number::NumberCandidate;
use wire::Personal;

pub fn is_old_id(number: &NumberCandidate<'_>) -> bool {
    let called = number.is_called(Personal::OldId) || number.is_called(Personal::CitizenId);
    number.len() == 9 && called
}

pub fn may_be(number: &NumberCandidate<'_>) -> bool {
    citizen_id::may_be(number)
}
