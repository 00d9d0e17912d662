//! What the widget and the desk decide alike about their conversations: when to connect and by which transport, what of
//! a conversation is here, what is still to be sent, how far files have come. Values in, values out: no clock, no
//! network, no page.
//!
//! # Where to start
//! A [`Connection`] is asked before the shell opens a socket and told what comes of it; [`TransportSelector`] says which
//! [`Transport`] to try; a [`Timeline`] holds the messages in order and knows what is missing; [`DeliveryState`] follows
//! something said until the edge has it; [`Uploads`] are the files that go with it.

mod backoff;
mod connection;
mod delivery;
mod event_queue;
mod timeline;
mod transport;
mod uploads;

pub use backoff::Backoff;
pub use connection::{CONNECT_TIMEOUT_MS, Connection, ConnectionState, PING_INTERVAL_MS, PONG_TIMEOUT_MS};
pub use delivery::DeliveryState;
pub use event_queue::EventQueue;
pub use timeline::{GrowthOutcome, Timeline, TimelineEntry};
pub use transport::{Transport, TransportSelector};
pub use uploads::{Upload, UploadState, Uploads, refusal_fault};
