//! Makes Rust of `messages/<lang>.toml`. A message that a language lacks, or has with other placeholders, is an error.

// `categories` is of use here, the rest of the rules in the crate itself.
#[path = "../src/plural.rs"]
#[allow(dead_code)]
mod plural;
mod read;
mod write;

use read::Catalogue;
use std::{collections::BTreeMap, env, fs, path::Path};

/// Languages of the sections in [`STAFF_SECTIONS`], which no other language has.
const STAFF: [&str; 3] = ["vi", "en", "fr"];
/// Sections that staff read, and the name of the struct that each becomes.
const STAFF_SECTIONS: [(&str, &str); 2] = [("desk", "DeskMessages"), ("sign_in", "SignInMessages")];
/// The section whose keys are the names of `wire::Word`.
const WIDGET: &str = "widget";
/// The section where a language may leave a placeholder out: not each of them names the month by a word.
const DATE: &str = "date";

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=messages");
    println!("cargo::rerun-if-changed=build");
    let mut wrong = Vec::new();
    let mut all = BTreeMap::new();
    for (code, _) in wire::LANGUAGES {
        let path = format!("messages/{code}.toml");
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        all.insert(*code, Catalogue::read_catalogue(code, &text, &mut wrong));
    }
    let english = all.get("en").ok_or("there is no en.toml")?;
    read::check_widget(english, &mut wrong);
    for (code, catalogue) in &all {
        read::check_catalogue(code, catalogue, english, &mut wrong);
    }
    if !wrong.is_empty() {
        return Err(format!("the catalogue is not whole:\n{}", wrong.join("\n")));
    }
    let folder = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    let made = write::write_catalogue(&all, english)?;
    fs::write(Path::new(&folder).join("catalogue.rs"), made).map_err(|error| error.to_string())
}
