//! Who is meant by `hoi erase` and `hoi export`.

use crate::edge::Edge;
use anyhow::{Context as _, bail};
use hoi_core::erasure::Selector;
use wire::{Id, desk::Act};

/// Whose data.
#[derive(clap::Args)]
pub struct DataSubject {
    /// The site's name, as in its tag.
    #[arg(long)]
    pub site: Option<String>,
    /// One conversation, by its id: 32 hexadecimal digits, as the desk and the audit trail show it.
    #[arg(long, value_name = "ID", group = "who")]
    pub conversation: Option<String>,
    /// Everything of a visitor, by the name that your server signs (`sub`).
    #[arg(long, value_name = "SUB", group = "who")]
    pub visitor: Option<String>,
    /// The conversation in which an application was handed in, by the application's number.
    #[arg(long, value_name = "NUMBER", group = "who")]
    pub case: Option<String>,
    /// Why; it stands in the audit trail. At most 200 characters, and no personal data.
    #[arg(long, default_value = "")]
    pub reason: String,
}

/// Whether anything was ever published as `site`: a name that is mistyped is no site where nothing is kept.
///
/// # Errors
/// If nothing was, or the edge doesn't answer.
pub fn require_known_site(edge: &Edge, site: &str) -> anyhow::Result<()> {
    edge.get_json::<(bool, Vec<Act>)>(&format!("/admin/sites/{site}/trail?before=1")).map(drop)
}

impl DataSubject {
    /// The site and what the edge is asked for.
    ///
    /// # Errors
    /// If it isn't said who is meant.
    pub fn into_selector(self, cases: bool) -> anyhow::Result<(String, Selector)> {
        let DataSubject { site, conversation, visitor, case, reason } = self;
        let site = site.context("name the site: --site ward")?;
        let conversation = conversation
            .map(|id| {
                id.to_lowercase()
                    .parse::<Id>()
                    .ok()
                    .with_context(|| format!("{id:?} is no conversation's id"))
            })
            .transpose()?;
        let selector = Selector { conversation, visitor, case, reason, cases, after: None };
        if let Err(why) = selector.check() {
            let none =
                selector.conversation.is_none() && selector.visitor.is_none() && selector.case.is_none();
            bail!("{why}{}", if none { ": --conversation, --visitor or --case" } else { "" });
        }
        Ok((site, selector))
    }
}
