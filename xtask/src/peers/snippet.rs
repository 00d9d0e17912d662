//! The settings that our own documents tell operators to use: they are tried as they stand there.

use crate::paths;
use anyhow::{Context as _, ensure};
use std::fs;

/// Reads the one fenced block of the kind `language` in `file`, and puts other words in place of its own: what stands
/// in the documents for an operator's names, addresses, ports and certificates.
///
/// # Errors
/// If there is none or more than one, or if it lacks something that is to be replaced.
pub fn read_snippet(file: &str, language: &str, replaced: &[(&str, &str)]) -> anyhow::Result<String> {
    let text = fs::read_to_string(paths::repository_root().join(file))
        .with_context(|| format!("{file} can't be read"))?;
    let block = find_block(&text, language).with_context(|| format!("in {file}"))?;
    replace_words(block, replaced).with_context(|| format!("in {file}"))
}

fn find_block<'a>(text: &'a str, language: &str) -> anyhow::Result<&'a str> {
    let fence = format!("```{language}\n");
    let mut blocks = text.split(&fence).skip(1);
    let block = blocks.next().with_context(|| format!("there is no block that begins with ```{language}"))?;
    ensure!(blocks.next().is_none(), "more than one block begins with ```{language}");
    let end = block.find("\n```").with_context(|| format!("the block ```{language} does not end"))?;
    block.get(..=end).context("the block's end")
}

fn replace_words(block: &str, replaced: &[(&str, &str)]) -> anyhow::Result<String> {
    let mut text = block.to_owned();
    for (find, put) in replaced {
        ensure!(text.contains(find), "the block lacks {find:?}, which is to be replaced:\n{block}");
        text = text.replace(find, put);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "A\n```sh\nls\n```\n\n```nginx\nlisten 443;\nallow all;\n```\nB\n";

    #[test]
    fn a_block_is_found_by_its_language() {
        assert_eq!(find_block(TEXT, "nginx").unwrap(), "listen 443;\nallow all;\n");
        assert!(find_block(TEXT, "vcl").is_err());
        assert!(find_block(&TEXT.repeat(2), "sh").is_err(), "which one?");
    }

    #[test]
    fn what_is_to_be_replaced_must_be_there() {
        assert_eq!(replace_words("listen 443;", &[("443", "8080")]).unwrap(), "listen 8080;");
        assert!(replace_words("listen 443;", &[("80;", "8080;")]).is_err());
    }
}
