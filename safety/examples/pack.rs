//! Writes the file that the worker loads, as this build packed it, to the path given: `cargo run -p safety --example pack -- danger.bin`.

use std::{env, fs, io};

fn main() -> io::Result<()> {
    let path = env::args_os().nth(1).ok_or_else(|| io::Error::other("say where to"))?;
    fs::write(path, safety::EMBEDDED_FILE)
}
