//! The edge's admin API, as commands ask it.

use anyhow::{Context as _, bail};
use hoi_core::site_status::{SiteStatus, StatusRequest};

/// Which edge.
#[derive(clap::Args)]
pub struct Edge {
    /// The edge's address.
    #[arg(long, env = "HOI_EDGE", default_value = "http://localhost:8787")]
    edge: String,
    /// The edge's admin key. Give it in the environment, so that it stays out of the shell's history.
    #[arg(long, env = "HOI_ADMIN_KEY", hide_env_values = true)]
    admin_key: Option<String>,
}

/// Longest answer that is read, in bytes.
const MAX_ANSWER_BYTES: u64 = 1 << 30;

/// What an edge says of a site.
#[derive(serde::Deserialize)]
pub struct PublishStatus {
    /// The live version.
    pub version: u64,
    /// The one before; 0: there is none.
    pub previous: u64,
}

impl Edge {
    /// Its address, without a slash at the end.
    pub fn base_url(&self) -> &str {
        self.edge.trim_end_matches('/')
    }

    /// Posts to the admin API, which answers how the site's versions are.
    ///
    /// # Errors
    /// As [`Edge::post_json`].
    pub fn post_status(&self, path: &str, body: &[u8]) -> anyhow::Result<PublishStatus> {
        self.post_json(path, body)
    }

    /// Has everybody on `site` told something at once; gives how it stands then.
    ///
    /// # Errors
    /// As [`Edge::post_json`].
    pub fn send_order(&self, site: &str, order: &StatusRequest) -> anyhow::Result<SiteStatus> {
        self.post_json(&format!("/admin/sites/{site}/standing"), &serde_json::to_vec(order)?)
    }

    /// Asks the admin API.
    ///
    /// # Errors
    /// As [`Edge::post_json`].
    pub fn get_json<T: serde::de::DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        self.send_request(path, None)
    }

    /// Posts to the admin API.
    ///
    /// # Errors
    /// A sentence with what to do: no key, no edge there, or the edge's own reason.
    pub fn post_json<T: serde::de::DeserializeOwned>(&self, path: &str, body: &[u8]) -> anyhow::Result<T> {
        self.send_request(path, Some(body))
    }

    fn send_request<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        body: Option<&[u8]>,
    ) -> anyhow::Result<T> {
        let Some(key) = &self.admin_key else {
            bail!("the admin key is missing: set HOI_ADMIN_KEY to the key the edge was started with");
        };
        if let Some(rest) = path.strip_prefix("/admin/sites/") {
            let name = rest.split(['/', '?']).next().unwrap_or_default();
            let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            if name.is_empty() || !name.bytes().all(fits) {
                bail!("{name:?} is no site's name: those have lower-case letters, digits and \"-\" only");
            }
        }
        let url = format!("{}{path}", self.base_url());
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let bearer = format!("Bearer {key}");
        let answered = match body {
            Some(body) => {
                // Firewalls refuse what does not say what it is.
                let request = agent.post(&url).header("content-type", "application/json");
                request.header("authorization", bearer).send(body)
            }
            None => agent.get(&url).header("authorization", bearer).call(),
        };
        let mut answer =
            answered.with_context(|| format!("no edge answers at {}; is it running?", self.edge))?;
        // A copy of what is kept of somebody may be long.
        let text = answer.body_mut().with_config().limit(MAX_ANSWER_BYTES).read_to_string();
        let text = text.with_context(|| format!("{url} broke off in the middle of its answer"))?;
        match answer.status().as_u16() {
            200 => serde_json::from_str(&text)
                .with_context(|| format!("{url} answered something else than an edge would")),
            404 if text.contains("no_site") => {
                bail!("the edge at {} doesn't know this admin key (or has none bound)", self.edge)
            }
            status => bail!("the edge refused ({status}): {}", text.trim()),
        }
    }
}
