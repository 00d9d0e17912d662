//! What few visitors have the browser do; it comes when it is first wanted, see `chat/rare.rs`. The rest may call only what is
//! never inlined here, and only then.

pub mod excess;
pub mod place;
pub mod push;
pub mod upload;
pub mod visit;
pub mod voice;
