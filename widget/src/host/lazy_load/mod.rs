//! What few visitors have the browser do; it comes when it is first wanted, see `chat/lazy_state.rs`. The rest may call only what is
//! never inlined here, and only then.

pub mod excess;
pub mod navigation;
pub mod place;
pub mod push;
pub mod upload;
pub mod voice;
