//! How big things may get. Raising a limit is a decision: change it here, and say why in the commit.

use anyhow::bail;

/// What one thing may weigh.
pub struct Limit {
    /// What is weighed.
    pub what: &'static str,
    /// At most so many bytes.
    pub bytes: usize,
    /// In which form.
    pub form: &'static str,
    /// Why no more.
    pub why: &'static str,
}

/// What every page of an agency's loads, asked or not.
pub const LOADER: Limit = Limit {
    what: "loader.js",
    bytes: 4 * 1024,
    form: "brotli, without the site's own words",
    why: "every visitor of every page pays for it, whether he asks or not",
};

/// Loader, styles, glue and wasm; measured in the browser: documents and frames of the socket, too.
pub const FIRST_ANSWER: Limit = Limit {
    what: "everything until the first answer",
    bytes: 120 * 1024,
    form: "brotli",
    why: "about a second on a slow phone connection (1 Mbit/s)",
};

/// The worker's script.
pub const EDGE: Limit = Limit {
    what: "the edge",
    bytes: 3 * 1024 * 1024,
    form: "gzip",
    why: "Cloudflare's free plan takes no more",
};

/// A weighed thing and its limit.
pub struct Check {
    limit: &'static Limit,
    bytes: usize,
}

impl Check {
    /// `bytes` were found.
    pub fn new(limit: &'static Limit, bytes: usize) -> Check {
        Check { limit, bytes }
    }

    fn sentence(&self) -> String {
        let Check { limit: Limit { what, bytes: most, form, why }, bytes } = self;
        let verdict = if bytes <= most { "within" } else { "OVER" };
        format!("{verdict} budget: {what}: {bytes} of {most} bytes ({form}); {why}")
    }
}

/// Prints how each thing stands against its budget.
///
/// # Errors
/// If one is over it.
pub fn settle(checks: &[Check]) -> anyhow::Result<()> {
    for check in checks {
        println!("{}", check.sentence());
    }
    let over: Vec<String> =
        checks.iter().filter(|check| check.bytes > check.limit.bytes).map(Check::sentence).collect();
    if over.is_empty() {
        return Ok(());
    }
    bail!(
        "{}\n`cargo xtask bench size --by-crate` shows where the bytes are. Make it smaller, or change the limit in \
         xtask/src/bench/budget.rs and say why.",
        over.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_is_allowed() {
        assert!(settle(&[Check::new(&LOADER, LOADER.bytes)]).is_ok());
        let error = settle(&[Check::new(&LOADER, LOADER.bytes + 1)]).expect_err("one byte over");
        assert!(error.to_string().contains("4097 of 4096"));
    }
}
