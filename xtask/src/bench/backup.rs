//! `cargo xtask bench backup`: how long a backup of many conversations takes.

use super::table::FigureTable;
use crate::{
    build, paths,
    run::{print_step, run_command},
};
use anyhow::{Context as _, ensure};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Seconds of a backup: the script that copies everything, and `hoi backup`, at first and again. Writes some 85 KB a conversation to
/// target/hoi-bench-backup and removes it afterwards.
#[derive(clap::Args)]
pub struct Args {
    /// How many conversations there are.
    #[arg(long, default_value_t = 100_000)]
    conversations: usize,
    /// How many of a thousand something was said in between two backups.
    #[arg(long, default_value_t = 10)]
    changed_per_mille: usize,
    /// How many of them the script copies: by the figure for one file it needs an hour for all.
    #[arg(long, default_value_t = 1000)]
    sample: usize,
    /// Use `hoi` as tests build it.
    #[arg(long)]
    debug_hoi: bool,
}

/// Stands in a conversation for its id, and is as long as one.
const PLACEHOLDER: &[u8] = b"00000000000000000000000000000000";
/// Messages of a conversation.
const MESSAGES: usize = 12;
/// Longer than a file's time counts as just now (`SETTLING_NS` in `cli/src/backup/plan.rs`).
const SETTLING: Duration = Duration::from_secs(3);

pub fn run(args: &Args) -> anyhow::Result<Vec<FigureTable>> {
    let hoi = if args.debug_hoi { build::build_hoi()? } else { build::hoi_release()? };
    let folder = paths::repository_root().join("target/hoi-bench-backup");
    build::empty_folder(&folder)?;
    let tables = measure_backups(args, &hoi, &folder);
    fs::remove_dir_all(&folder)?;
    Ok(vec![tables?])
}

fn measure_backups(args: &Args, hoi: &Path, folder: &Path) -> anyhow::Result<FigureTable> {
    print_step("writing conversations");
    let (data, sample, repository) = (folder.join("data"), folder.join("sample"), folder.join("snapshots"));
    let template = conversation_template(&folder.join("template.sqlite"))?;
    let files = write_conversations(&template, &data, args.conversations)?;
    write_conversations(&template, &sample, args.sample)?;
    let mut table =
        FigureTable::new("backup", "Backup of an own server", &["files", "s", "µs a file", "× faster"]);
    thread::sleep(SETTLING);

    print_step("backing up");
    let script = paths::repository_root().join("xtask/dist/server/backup.sh");
    let mut command = Command::new(script);
    command.arg(folder.join("copy")).env("HOI_DATA", &sample).stdout(Stdio::null());
    let by_script = time_command(&mut command)? / args.sample as f64;
    let mut add_row = |name: &str, files: usize, seconds: f64| {
        let each = seconds / files as f64;
        table.add_row(name, [Some(files as f64), Some(seconds), Some(each * 1e6), Some(by_script / each)]);
    };
    add_row("backup.sh", args.sample, by_script * args.sample as f64);
    let backup = || {
        // Snapshots are called by their second.
        thread::sleep(SETTLING);
        let mut command = Command::new(hoi);
        command.arg("backup").arg("--to").arg(&repository).arg("--data").arg(&data);
        time_command(command.stdout(Stdio::null()).stderr(Stdio::null()))
    };
    add_row("hoi backup, the first", files.len(), backup()?);
    add_row("hoi backup, nothing changed", files.len(), backup()?);
    let step = (1000 / args.changed_per_mille.clamp(1, 1000)).max(1);
    let changed: Vec<&PathBuf> = files.iter().step_by(step).collect();
    say_something(&changed)?;
    add_row(&format!("hoi backup, {} changed", changed.len()), files.len(), backup()?);
    let mut command = Command::new(hoi);
    command.args(["backup", "verify"]).arg(&repository).stdout(Stdio::null()).stderr(Stdio::null());
    add_row("hoi backup verify, three snapshots", files.len() + changed.len(), time_command(&mut command)?);
    // All is lost, and the room that it took is there again.
    fs::remove_dir_all(&data)?;
    let mut command = Command::new(hoi);
    command.arg("restore").arg("--from").arg(&repository).arg("--data").arg(&data);
    add_row("hoi restore", files.len(), time_command(command.stdout(Stdio::null()).stderr(Stdio::null()))?);
    table.add_note(format!("{} bytes a conversation, {MESSAGES} messages", template.len()));
    Ok(table)
}

/// Runs `command` and gives its seconds.
fn time_command(command: &mut Command) -> anyhow::Result<f64> {
    let started = Instant::now();
    run_command("a backup", command)?;
    Ok(started.elapsed().as_secs_f64())
}

/// A conversation's database as the runtime leaves it when the conversation rests (`edge/src/objects/conversation/sql_store`).
fn conversation_template(path: &Path) -> anyhow::Result<Vec<u8>> {
    let id = String::from_utf8_lossy(PLACEHOLDER);
    let words = "Xin chào, tôi muốn hỏi về thủ tục đăng ký khai sinh cho con. ".repeat(12);
    let mut script = format!(
        "PRAGMA journal_mode = WAL;\n\
         CREATE TABLE _cf_METADATA (key INTEGER PRIMARY KEY, value BLOB);\n\
         CREATE TABLE message (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, json TEXT NOT NULL);\n\
         CREATE TABLE outbox (seq INTEGER PRIMARY KEY, json TEXT NOT NULL);\n\
         CREATE TABLE meta (key TEXT PRIMARY KEY, json TEXT NOT NULL);\n\
         INSERT INTO meta VALUES ('whose', '{{\"site\":\"ward\",\"conversation\":\"{id}\"}}');\n"
    );
    for seq in 1..=MESSAGES {
        script.push_str(&format!(
            "INSERT INTO message VALUES ({seq}, '{seq:032x}', '{{\"seq\":{seq},\"text\":\"{words}\"}}');\n"
        ));
    }
    run_sql(path, &script)?;
    fs::read(path).with_context(|| format!("{} can't be read", path.display()))
}

/// Writes `count` conversations like `template` into the data at `data`, and gives their paths.
fn write_conversations(template: &[u8], data: &Path, count: usize) -> anyhow::Result<Vec<PathBuf>> {
    let folder = data.join("hoi-conversation");
    fs::create_dir_all(&folder)?;
    let windows = template.windows(PLACEHOLDER.len());
    let at = windows.enumerate().find(|(_, part)| *part == PLACEHOLDER).map(|(at, _)| at);
    let at = at.context("the template has no id")?;
    let mut bytes = template.to_vec();
    let mut files = Vec::with_capacity(count);
    for number in 0..count {
        let id =
            format!("{:032x}", (number as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835));
        if let Some(place) = bytes.get_mut(at..at + PLACEHOLDER.len()) {
            place.copy_from_slice(id.as_bytes());
        }
        let path = folder.join(format!("{id}{id}.sqlite"));
        fs::write(&path, &bytes)?;
        files.push(path);
    }
    Ok(files)
}

/// Has something said in each of the conversations at `paths`.
fn say_something(paths: &[&PathBuf]) -> anyhow::Result<()> {
    let said = "INSERT INTO message VALUES (1000, 'new', '{}');\n";
    let script: String = paths.iter().map(|path| format!(".open {}\n{said}", path.display())).collect();
    run_sql(Path::new(":memory:"), &script)
}

fn run_sql(path: &Path, script: &str) -> anyhow::Result<()> {
    let mut sqlite = Command::new("sqlite3");
    let mut child = sqlite.arg("-bail").arg(path).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    child.stdin.take().context("it has no input")?.write_all(script.as_bytes())?;
    ensure!(child.wait()?.success(), "sqlite3 failed");
    Ok(())
}
