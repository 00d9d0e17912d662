//! `dist/wordpress`: the plugin for WordPress, as a folder and as the archive that WordPress takes.

mod gettext;
mod zip;

use super::files;
use crate::{build, paths, run::print_step};
use anyhow::Context as _;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Packs the folder at `to` with the archive in it, and gives the archive's path.
///
/// # Errors
/// If something can't be read or written.
pub fn pack_wordpress(to: &Path) -> anyhow::Result<PathBuf> {
    print_step("packing dist/wordpress");
    build::empty_folder(to)?;
    let plugin = to.join("hoi");
    pack_plugin(&plugin)?;
    let mut entries = Vec::new();
    for file in files::list_files(&plugin)? {
        entries.push((format!("hoi/{}", file.display()), fs::read(plugin.join(&file))?));
    }
    let archive = to.join("hoi.zip");
    fs::write(&archive, zip::write_zip(&entries)?)?;
    Ok(archive)
}

/// Writes the plugin's folder: its sources with the version in them, translations as WordPress reads them.
///
/// # Errors
/// If something can't be read or written.
pub fn pack_plugin(to: &Path) -> anyhow::Result<()> {
    let source = paths::repository_root().join("xtask/dist/wordpress/hoi");
    for file in files::list_files(&source)? {
        let from = source.join(&file);
        let text = fs::read_to_string(&from).with_context(|| format!("{} can't be read", from.display()))?;
        let written = to.join(&file);
        if let Some(folder) = written.parent() {
            fs::create_dir_all(folder)?;
        }
        if file.extension().is_some_and(|ending| ending == "po") {
            let catalogue = gettext::compile_catalogue(&text).with_context(|| from.display().to_string())?;
            fs::write(written.with_extension("mo"), catalogue)?;
        }
        fs::write(written, text.replace("@VERSION@", env!("CARGO_PKG_VERSION")))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// What stands between quotes behind one of WordPress's functions for texts.
    fn translated_texts(source: &str) -> BTreeSet<String> {
        let mut texts = BTreeSet::new();
        for function in ["__( '", "esc_html__( '", "esc_html_e( '"] {
            for rest in source.split(function).skip(1) {
                let (text, rest) = rest.split_once("', ").unwrap();
                assert!(rest.starts_with("'hoi' )"), "{text}: whose text is it?");
                texts.insert(text.to_owned());
            }
        }
        texts
    }

    #[test]
    fn every_text_of_the_plugin_is_translated() {
        let source = paths::repository_root().join("xtask/dist/wordpress/hoi");
        let mut wanted = BTreeSet::from(["The chat of your office on the pages of this site.".to_owned()]);
        for file in files::list_files(&source).unwrap() {
            if file.extension().is_some_and(|ending| ending == "php") {
                wanted.extend(translated_texts(&fs::read_to_string(source.join(file)).unwrap()));
            }
        }
        let catalogue = fs::read_to_string(source.join("languages/hoi-vi.po")).unwrap();
        let entries = gettext::read_catalogue(&catalogue).unwrap();
        let there: BTreeSet<String> = entries.into_keys().filter(|text| !text.is_empty()).collect();
        assert!(wanted.len() > 10, "{wanted:?}");
        assert_eq!(there, wanted);
    }
}
