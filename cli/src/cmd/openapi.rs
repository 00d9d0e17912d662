//! `hoi openapi`.

/// Describe the agency's side to its developers and their tools: questions, cases and callbacks, as OpenAPI 3.1 in JSON.
///
/// Code and mocks can be made of it: `hoi openapi > agency.json`.
#[derive(clap::Args)]
pub struct Args {}

pub fn run(_: &Args) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string_pretty(&hoi_core::openapi::build_document())?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    #[test]
    fn the_description_in_docs_is_the_code_s() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/agency.openapi.json");
        let now = serde_json::to_string_pretty(&hoi_core::openapi::build_document()).unwrap() + "\n";
        if std::env::var_os("HOI_BLESS").is_some() {
            fs::write(&path, &now).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(kept, now, "HOI_BLESS=1 cargo test -p cli openapi");
    }
}
