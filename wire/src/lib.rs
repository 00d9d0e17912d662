//! What travels between the widget, the desk and the edge. Types and limits only: no clock, no network, no logic
//! that decides anything.
//!
//! # Where to start
//! [`Up`] is everything a visitor's side may send, [`Down`] everything the edge may send. A [`Message`] is one line
//! of a conversation; its [`Body`] is already parsed, so no end ever handles markup. [`Boot`] is what the frame's
//! document carries, [`Look`] the half of a site's settings that the page may know.
//!
//! # Versions
//! Every JSON value here is a promise to widgets that were loaded last week. Fields are only ever added, with a
//! default. A variant that the reader does not know arrives as `Unknown`: it is shown politely and never sent.

mod body;
mod boot;
mod decimal;
pub mod desk;
mod down;
mod fault;
mod feedback;
mod file;
mod icon;
mod id;
mod input;
pub mod json;
#[cfg(feature = "json-bytes")]
mod json_bytes;
pub mod limits;
mod look;
mod message;
mod personal;
mod plain_text;
mod post;
mod standing;
mod up;
mod words;

pub use body::{Block, Body, Button, Card, Contact, Link, Procedure, Run};
pub use boot::Boot;
pub use decimal::format_decimal;
pub use down::Down;
pub use fault::{Fault, PublicError};
pub use feedback::{Rated, Reason};
pub use file::{File, FileRules, format_size};
pub use icon::icon_path;
pub use id::{BadId, Id};
pub use input::{Choice, Given, Input, InputKind};
#[cfg(feature = "json-bytes")]
pub use json_bytes::parse_json;
pub use look::{Accent, Launcher, Look, Position, Scheme};
pub use message::{Author, AuthorKind, Message, State};
pub use personal::{Care, Kinds, Personal};
pub use plain_text::{Labels, plain_text, push_row};
pub use post::Post;
pub use standing::Standing;
pub use up::Up;
pub use words::{LANGUAGES, Word, Words};

/// The protocol's version, sent in [`Up::Hello`] and [`Boot`]. Raised only when an old widget can't go on.
pub const VERSION: u32 = 1;

/// The sub-protocol a widget's socket asks for. The ticket stands beside it in the same header: what is no ticket
/// never gets as far as a conversation.
pub const SUBPROTOCOL: &str = "hoi1";
