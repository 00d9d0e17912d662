//! Compiles the lexicons: `safety/data/<lang>.txt` and `topics/<lang>.txt` to `<lang>.bin`. After any change of them, from the
//! repository's root: `cargo run -p safety --example compile`.

use std::{fs, io};

fn main() -> io::Result<()> {
    for lang in safety::LANGUAGES {
        let (rules, topics) = (format!("safety/data/{lang}.txt"), format!("safety/data/topics/{lang}.txt"));
        let file = fs::read_to_string(&rules)? + &fs::read_to_string(topics)?;
        let bytes =
            safety::compile_lexicon(lang, &file).map_err(|e| io::Error::other(format!("{rules}, {e}")))?;
        fs::write(format!("safety/data/{lang}.bin"), bytes)?;
    }
    Ok(())
}
