//! Who is meant by `hoi erase` and `hoi export`.

use anyhow::{Context as _, bail};
use edge::erasure::Selector;
use wire::Id;

/// Whose data.
#[derive(clap::Args)]
pub struct Person {
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

impl Person {
    /// The site and what the edge is asked for.
    ///
    /// # Errors
    /// If it isn't said who is meant.
    pub fn selector(self, cases: bool) -> anyhow::Result<(String, Selector)> {
        let Person { site, conversation, visitor, case, reason } = self;
        let site = site.context("name the site: --site ward")?;
        let conversation = conversation
            .map(|id| id.parse::<Id>().ok().with_context(|| format!("{id:?} is no conversation's id")))
            .transpose()?;
        let selector = Selector { conversation, visitor, case, reason, cases };
        if let Err(why) = selector.one() {
            bail!("{why}: --conversation, --visitor or --case");
        }
        Ok((site, selector))
    }
}
