//! What the worker and the objects ask of objects.

pub mod confirmed_session;
pub mod registry;
pub mod staff;
pub mod staff_session;
