//! What is drawn: one component a file, its style sheet beside it. The edge draws the same elements with the same
//! classes (`pages/src/document`), so a change here has a twin there.
//!
//! Views read a [`Chat`](crate::chat::Chat) and tell `host::dispatch` what the visitor does. They decide nothing.

mod attach;
mod bar;
mod block;
mod checklist;
mod choices;
mod composer;
mod dom;
mod feedback;
mod header;
mod icon;
mod lazy_load;
mod link;
mod log;
mod message;
mod panel;
mod standing;
mod texts;
mod ui;
mod working;

pub use panel::start;
