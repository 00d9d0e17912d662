//! Who may sit at the desk: accounts, passwords, one-time codes, sessions. Everything here takes values and returns
//! values; what is kept lies in one object for the whole edge (`edge/src/objects/staff/mod.rs`).
//!
//! # Where to start
//! [`Account`] is somebody; [`SignInStage`] says how far a sign-in has come, [`sign_in`] what is done in it and what follows.

pub mod account;
pub mod attempt_keys;
pub mod command;
pub mod cookie;
pub mod device;
pub mod oidc;
pub mod password;
pub mod recovery;
pub mod redirect;
pub mod session;
pub mod sign_in;
pub mod sign_in_attempts;
#[cfg(test)]
mod tests;
pub mod totp;

pub use account::{Account, AccountSummary, Second};
pub use command::{AccountCommand, Obeyed};
pub use session::{Session, SignInStage, sign_in_stage};
