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
    bytes: 4_160,
    form: "brotli, without the site's own words",
    why: "every visitor of every page pays for it, whether he asks or not",
};

/// Loader, styles, glue and wasm.
pub const FIRST_ANSWER: Limit = Limit {
    what: "everything until the first answer",
    bytes: 84_500,
    form: "brotli",
    why: "the lightest rival loads 91.9 kB that does as much (deep-chat); what few visitors need should come when they need it \
          (modules called lazy_load, widget/parts)",
};

/// The same as a browser receives it: with the documents, every header and the frames of the socket.
pub const IN_ALL: Limit = Limit {
    what: "everything until the first answer, documents, headers and frames included",
    bytes: 95_500,
    form: "as received",
    why: "that rival's 91.9 kB are the line to come below",
};

/// Brotli bytes of each file when [`FIRST_ANSWER`] was last looked at: what has grown since is told against these.
const WHEN_LAST_LOOKED_AT: &[(&str, usize)] = &[
    ("frame.css", 4_553),
    ("frame.js", 391),
    ("loader.js", 4_132),
    ("widget.js", 3_911),
    ("widget.wasm", 70_359),
];

/// The worker's script.
pub const EDGE: Limit = Limit {
    what: "the edge",
    // The aim is 1,700,000, and it held (1,651,778) until nested lists, answers to choices in thirteen languages, Chatwoot's contents and
    // UserInfo came. What is said in those languages (core/data/sayings, 20 KB compressed) can go to the static files.
    bytes: 1_760_000,
    form: "gzip",
    why: "a cold isolate compiles all of it before its first answer, and Cloudflare's free plan takes 3 MB; what is data and not \
          wanted for a page lies among the static files (edge/src/cache), and what made it smaller is in docs/bench.md",
};

/// A weighed thing and its limit.
pub struct Check {
    limit: &'static Limit,
    bytes: usize,
    /// Which parts have grown, most first.
    grown: String,
}

impl Check {
    /// `bytes` were found.
    pub fn new(limit: &'static Limit, bytes: usize) -> Check {
        Check { limit, bytes, grown: String::new() }
    }

    /// The sum of `files` was found, each with its brotli bytes.
    pub fn of_files(limit: &'static Limit, files: &[(&str, usize)]) -> Check {
        let before =
            |name| WHEN_LAST_LOOKED_AT.iter().find(|(own, _)| *own == name).map_or(0, |(_, bytes)| *bytes);
        let mut grown: Vec<_> =
            files.iter().map(|(name, bytes)| (bytes.saturating_sub(before(*name)), *name)).collect();
        grown.sort_unstable();
        let grown = grown.iter().rev().filter(|(more, _)| *more > 0);
        let grown: Vec<String> = grown.map(|(more, name)| format!("{name} by {more}")).collect();
        let bytes = files.iter().map(|(_, bytes)| bytes).sum();
        Check { limit, bytes, grown: grown.join(", ") }
    }

    fn is_over(&self) -> bool {
        self.bytes > self.limit.bytes
    }

    fn sentence(&self) -> String {
        let Check { limit: Limit { what, bytes: most, form, why }, bytes, grown } = self;
        let verdict = if self.is_over() { "OVER" } else { "within" };
        let grown =
            if grown.is_empty() { String::new() } else { format!(". Grown since last looked at: {grown}") };
        format!("{verdict} budget: {what}: {bytes} of {most} bytes ({form}); {why}{grown}")
    }
}

/// Prints how each thing stands against its budget.
///
/// # Errors
/// If one is over it.
pub fn require_within_budget(checks: &[Check]) -> anyhow::Result<()> {
    for check in checks {
        println!("{}", check.sentence());
    }
    let over: Vec<String> = checks.iter().filter(|check| check.is_over()).map(Check::sentence).collect();
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
    fn what_grew_is_named() {
        let files = [("frame.js", 397), ("widget.wasm", FIRST_ANSWER.bytes), ("loader.js", 1)];
        let error = require_within_budget(&[Check::of_files(&FIRST_ANSWER, &files)]).expect_err("far over");
        assert!(error.to_string().contains("looked at: widget.wasm by"), "{error}");
        assert!(error.to_string().contains("frame.js by 6\n"), "{error}");
    }

    #[test]
    fn the_limit_itself_is_allowed() {
        assert!(require_within_budget(&[Check::new(&LOADER, LOADER.bytes)]).is_ok());
        let error =
            require_within_budget(&[Check::new(&LOADER, LOADER.bytes + 1)]).expect_err("one byte over");
        assert!(error.to_string().contains("4161 of 4160"));
    }
}
