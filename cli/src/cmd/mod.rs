//! The commands of `hoi`, one file each, in the order `hoi --help` lists them.

pub mod explain;
pub mod match_;
pub mod score;
pub mod train;
