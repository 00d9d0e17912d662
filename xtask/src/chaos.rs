//! `cargo xtask chaos`

use crate::{
    run::{self, print_step},
    test,
    tools::{ToolScope, install_missing},
};
use std::time::{SystemTime, UNIX_EPOCH};

/// Kill, cut and starve a real edge while visitors write, and judge what became of every message.
///
/// Prints the seed, what happened, and the judge's table: lost, doubled, disordered, leaked, shown otherwise than
/// written, brought to the agency twice or not at all. The same seed chooses the same faults; what they meet depends on
/// the machine.
#[derive(clap::Args)]
pub struct Args {
    /// Chooses the faults; a new one every time unless given.
    #[arg(long)]
    seed: Option<u64>,
    /// How many visitors write.
    #[arg(long, default_value_t = 20)]
    chats: u32,
    /// How long the storm lasts, in minutes; it then takes a while to come to rest.
    #[arg(long, default_value_t = 10.0)]
    minutes: f64,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    install_missing(ToolScope::Test)?;
    let seed = args.seed.unwrap_or_else(|| {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| u64::from(since.subsec_nanos()))
    });
    let seconds = (args.minutes * 60.0).round() as u64;
    let mut command = test::whole_test_command()?;
    print_step(&format!(
        "a storm of {seconds} s; again with: cargo xtask chaos --seed {seed} --minutes {}",
        args.minutes
    ));
    command.args(["chaos", "--", "--nocapture"]);
    command.env("HOI_CHAOS_SEED", seed.to_string()).env("HOI_CHAOS_SECONDS", seconds.to_string());
    command.env("HOI_CHAOS_CHATS", args.chats.to_string());
    run::run_command("the storm", &mut command)
}
