//! Chứng minh nhân dân: nine digits without a rule, so only where the words around say so.

use crate::number::Number;
use wire::Personal;

pub fn is(number: &Number<'_>, _: u32) -> bool {
    let called = number.is_called(Personal::OldId) || number.is_called(Personal::CitizenId);
    number.digits.len() == 9 && called
}
