//! Pages that the server draws: the chat without a script, forms, sign-in, the self-check, the studio.

pub mod check;
pub mod document;
pub mod home;
pub mod push_script;
pub mod staff;
pub mod studio;
mod tool;
