//! The commands of `hoi`, one file each, in the order `hoi --help` lists them.

pub mod agency;
pub mod ask;
pub mod audit;
pub mod check;
pub mod erase;
pub mod explain;
pub mod export;
pub mod forget;
pub mod match_;
pub mod new;
pub mod notice;
pub mod off;
pub mod on;
pub mod openapi;
mod person;
pub mod personal;
pub mod publish;
pub mod pull;
pub mod report;
pub mod rollback;
pub mod safety;
pub mod score;
pub mod staff;
pub mod train;
