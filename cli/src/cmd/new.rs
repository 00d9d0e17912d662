//! `hoi new`

use crate::out::say;
use anyhow::{Context as _, bail};
use std::{fs, path::PathBuf};

/// Make a folder with a small site to start from.
///
/// It passes `hoi check` as it is: change its words, then publish it.
#[derive(clap::Args)]
pub struct Args {
    /// The folder to make. Its last part becomes the site's name.
    folder: PathBuf,
}

const FILES: &[(&str, &str)] = &[
    ("site.toml", include_str!("../../template/site.toml")),
    ("intents/general.toml", include_str!("../../template/intents/general.toml")),
    ("procedures/example.toml", include_str!("../../template/procedures/example.toml")),
];

pub fn run(args: Args) -> anyhow::Result<()> {
    let folder = &args.folder;
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("{} is there already and not empty; choose another name", folder.display());
    }
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let plain =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !plain {
        bail!("\"{name}\" can't be a site's name; use lower-case letters a-z, digits and \"-\"");
    }
    for (path, text) in FILES {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))
            .with_context(|| format!("{} can't be made", folder.display()))?;
        fs::write(&path, text.replace("SITE-NAME", &name))
            .with_context(|| format!("{} can't be written", path.display()))?;
    }
    say!("{} is made. Next:", folder.display());
    say!("  hoi check {0}\n  hoi ask --site {0} \"giờ làm việc\"\n  hoi publish {0}", folder.display());
    Ok(())
}
