//! Software that speaks what Hoi speaks: what reads its descriptions, signs and verifies as it does, and answers its questions.

mod calendar;
mod exchange;
mod identity;
mod metrics;
mod model;
mod openapi;
mod visitor_token;
mod workshop;

use super::{debian::InstalledPackages, peer::Peer, report::PeerTrial};
use std::path::Path;
use workshop::Workshop;

/// Goes through everything with it.
type TryInterface = fn(&Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>>;

/// A program, or a library with a program of the lab's around it.
pub struct InterfacePeer {
    /// Also its group of packages.
    name: &'static str,
    purpose: &'static str,
    try_interface: TryInterface,
}

/// All of them.
pub fn all_interfaces() -> Vec<InterfacePeer> {
    let peer = |name, purpose, try_interface| InterfacePeer { name, purpose, try_interface };
    vec![
        peer("openapi-spec-validator", "validator of OpenAPI descriptions", openapi::validate_description),
        peer("redocly", "linter of OpenAPI descriptions", openapi::lint_by_redocly),
        peer("spectral", "linter of OpenAPI descriptions", openapi::lint_by_spectral),
        peer("schemathesis", "tester of servers by their OpenAPI description", openapi::test_servers),
        peer(
            "openapi-python-client",
            "maker of Python clients from OpenAPI descriptions",
            openapi::try_python_client,
        ),
        peer(
            "openapi-ts",
            "maker of TypeScript clients from OpenAPI descriptions",
            openapi::try_typescript_client,
        ),
        peer("standardwebhooks-python", "library for Standard Webhooks", exchange::try_python_library),
        peer("standardwebhooks-js", "library for Standard Webhooks", exchange::try_javascript_library),
        peer("icalendar", "reader of calendar files in Python", calendar::try_icalendar),
        peer("ical.js", "reader of calendar files in JavaScript", calendar::try_ical_js),
        peer("prometheus", "reads what happened, as numbers", metrics::try_prometheus),
        peer(
            "jose",
            "library for JSON Web Tokens, with which an agency's server names visitors",
            visitor_token::try_jose,
        ),
        peer("php", "language of many an agency's server", visitor_token::try_php),
        peer("litellm", "proxy for servers of language models", model::try_litellm),
        peer("oidc-provider", "OpenID provider, at which staff sign in", identity::try_oidc_provider),
    ]
}

impl Peer for InterfacePeer {
    fn name(&self) -> &str {
        self.name
    }

    fn purpose_text(&self) -> String {
        self.purpose.to_owned()
    }

    fn package_group(&self) -> &str {
        self.name
    }

    fn run_trials(&self, packages: &InstalledPackages, folder: &Path) -> anyhow::Result<Vec<PeerTrial>> {
        (self.try_interface)(&Workshop::prepare_in(packages, folder)?)
    }
}
