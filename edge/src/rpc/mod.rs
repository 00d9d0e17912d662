//! What the worker and the objects ask of objects: for each class its binding, the names of its objects, what one can be
//! asked and what comes back. Nothing else in the worker names an object.

pub mod board;
pub mod conversation;
mod requests;
pub mod site;
pub mod staff;
mod transport;

pub use transport::{Envelope, ObjectCall, ObjectClass, ObjectRequest, REQUEST_HEADER, receive_request};
