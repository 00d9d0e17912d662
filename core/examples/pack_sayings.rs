//! Writes the file of sayings that the worker loads, to the path given: `cargo run -p hoi-core --example pack_sayings -- sayings.bin`.

use std::{env, fs, io};

fn main() -> io::Result<()> {
    let path = env::args_os().nth(1).ok_or_else(|| io::Error::other("say where to"))?;
    fs::write(path, hoi_core::cues::EMBEDDED_SAYINGS)
}
