//! Who may sit at the desk: accounts, passwords, one-time codes, sessions. Everything here takes values and returns
//! values; what is kept lies in one object for the whole edge (`edge/src/cloudflare/staff_object.rs`).
//!
//! # Where to start
//! [`Account`] is somebody; [`Stage`] says how far a sign-in has come, [`stage`] what comes next.

pub mod account;
pub mod cookie;
pub mod device;
pub mod oidc;
pub mod order;
pub mod page;
pub mod password;
pub mod recovery;
pub mod session;
pub mod totp;
pub mod tries;
pub mod way;
pub mod words;

pub use account::{Account, Listed, Second};
pub use order::{Obeyed, Order};
pub use session::{Session, Stage, stage};

#[cfg(test)]
mod tests;
