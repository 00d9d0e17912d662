//! Keys and what is made with them: tokens, codes, encryption.

pub mod code;
pub mod encryption;
pub mod hmac;
pub mod pairing_code;
pub mod ticket;
