//! Packs what `data` holds for every language into one file, and says which one this build wants: see `src/data/mod.rs`.

#[path = "src/data/pack.rs"]
mod pack;

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src/data/pack.rs");
    let file = pack::pack_languages(Path::new("data"))?;
    let (_, fingerprint) = pack::read_fingerprints(&file).ok_or("a file without a head")?;
    println!("cargo::rustc-env=DETECTION_DATA_FINGERPRINT={fingerprint}");
    fs::write(Path::new(&env::var("OUT_DIR")?).join(pack::NAME), file)?;
    Ok(())
}
