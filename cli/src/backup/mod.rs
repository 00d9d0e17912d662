//! Backups of an own server's data: a repository of snapshots, each a folder that is whole in itself.
//!
//! What did not change since the snapshot before is linked into the new one (hard links), so it costs no space and next to no
//! time; `sqlite3`, `sha256sum -c SHA256SUMS` and `cp` read a snapshot without this program. [`plan`] decides, the others do.

mod create;
mod files;
mod parallel;
mod paths;
pub mod plan;
mod repository;
mod restore;
mod sums;
mod swap;
#[cfg(test)]
mod tests;
mod textfile;
mod tombstones;
mod verify;

pub use create::{BackupOptions, BackupSummary, create_snapshot};
pub use repository::SnapshotRepository;
pub use restore::{RestoreOptions, restore_snapshot};
pub use textfile::{format_measures, write_textfile};
pub use verify::verify_snapshots;
