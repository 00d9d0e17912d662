//! What each line of standard input tells of: kind, strength, language, the words that told. For writing a lexicon.

use std::io::BufRead as _;

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        match safety::detect(&line) {
            Some(danger) => {
                let told = line.get(danger.span.clone()).unwrap_or_default();
                let (kind, strength, lang) = (danger.kind.name(), danger.strength, danger.lang);
                println!("{kind}\t{strength:?}\t{lang}\t{told}\t{line}");
            }
            None => println!("none\t\t\t\t{line}"),
        }
    }
    Ok(())
}
