//! What node_exporter's textfile collector is told of a backup.

use super::create::BackupSummary;
use anyhow::Context as _;
use std::{fmt::Write as _, fs, path::Path};

/// Writes the measures to the file at `path`, whole at once: a collector may read it at any moment.
///
/// # Errors
/// If it can't be written.
pub fn write_textfile(path: &Path, text: &str) -> anyhow::Result<()> {
    let draft = super::files::file_beside(path, ".partial");
    fs::write(&draft, text).with_context(|| format!("{} can't be written", draft.display()))?;
    fs::rename(&draft, path).with_context(|| format!("{} can't be written", path.display()))
}

/// The measures of a backup that ended well at `now`, in seconds since 1970, and took so many.
pub fn format_measures(summary: &BackupSummary, now: i64, seconds: f64) -> String {
    let mut text = String::new();
    for (name, help, value) in [
        (
            "hoi_data_bytes",
            "Bytes that the edge's data takes, with its logs.",
            summary.data_bytes.to_string(),
        ),
        ("hoi_data_files", "Databases in the edge's data.", summary.files.to_string()),
        ("hoi_backup_copied_bytes", "Bytes that the last backup copied.", summary.bytes.to_string()),
        ("hoi_backup_duration_seconds", "How long the last backup took.", format!("{seconds:.3}")),
        ("hoi_backup_last_success_timestamp_seconds", "When the last backup ended well.", now.to_string()),
    ] {
        // Writing to a string can't fail.
        let _infallible = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_have_help_type_and_value() {
        let summary = BackupSummary {
            files: 3,
            copies: 1,
            bytes: 4096,
            data_bytes: 90_112,
            ..BackupSummary::default()
        };
        let text = format_measures(&summary, 1_800_000_000, 1.25);
        assert!(text.starts_with("# HELP hoi_data_bytes "), "{text}");
        for line in [
            "# TYPE hoi_data_files gauge",
            "hoi_data_bytes 90112",
            "hoi_backup_copied_bytes 4096",
            "hoi_backup_duration_seconds 1.250",
            "hoi_backup_last_success_timestamp_seconds 1800000000",
        ] {
            assert!(text.lines().any(|other| other == line), "{line}: {text}");
        }
    }
}
