//! What development, tests, measurements and packing share: workerd's configuration and start, browsers' flags, child
//! processes, and figures of the source tree. One text for all of them, so that what is tested is what is shipped.

pub mod browser;
pub mod metrics;
pub mod network;
pub mod process;
pub mod workerd;
