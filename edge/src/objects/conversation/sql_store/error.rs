//! What the database refuses, as the core's stores say it.

use hoi_core::conversation::StoreError;

/// What the database refuses, in its words.
pub fn unavailable_error(error: worker::Error) -> StoreError {
    StoreError::Unavailable(error.to_string())
}
