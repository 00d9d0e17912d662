//! What operators have in front of the edge: web servers, proxies, caches, a web application firewall.

mod apache;
mod caddy;
mod haproxy;
mod nginx;
mod setting;
mod squid;
mod varnish;

use super::{
    debian::InstalledPackages,
    journey::{self, Place},
    peer::Peer,
    process::ProcessGroup,
    report::PeerTrial,
};
use crate::bench::lab::Lab;
use anyhow::{Context as _, ensure};
use devkit::network::find_free_port;
use setting::{PrepareProxy, ProxySetting};
use std::{fs::File, net::TcpStream, path::Path, time::Duration};

/// How long a proxy may take to start.
const START_LIMIT: Duration = Duration::from_secs(30);

/// A proxy, and what is special about it.
pub struct ProxyPeer {
    name: &'static str,
    purpose: &'static str,
    packages: &'static str,
    prepare: PrepareProxy,
    place: Place,
}

/// All of them.
pub fn all_proxies() -> Vec<ProxyPeer> {
    let front =
        |name, purpose, prepare| ProxyPeer { name, purpose, packages: name, prepare, place: Place::Front };
    let firewall = |name, purpose, prepare| ProxyPeer {
        name,
        purpose,
        packages: "modsecurity",
        prepare,
        place: Place::Firewall,
    };
    vec![
        front("nginx", "web server", nginx::prepare_nginx),
        front("caddy", "web server", caddy::prepare_caddy),
        front("haproxy", "load balancer", haproxy::prepare_haproxy),
        front("apache", "web server", apache::prepare_apache),
        front("varnish", "cache", varnish::prepare_varnish),
        firewall(
            "modsecurity-1",
            "Apache with ModSecurity and the OWASP Core Rule Set at paranoia 1",
            apache::prepare_paranoia_1,
        ),
        firewall("modsecurity-2", "the same at paranoia 2", apache::prepare_paranoia_2),
        ProxyPeer {
            name: "squid",
            purpose: "proxy of an office, through which visitors' browsers tunnel",
            packages: "squid",
            prepare: squid::prepare_squid,
            place: Place::Tunnel,
        },
    ]
}

impl Peer for ProxyPeer {
    fn name(&self) -> &str {
        self.name
    }

    fn purpose_text(&self) -> String {
        self.purpose.to_owned()
    }

    fn package_group(&self) -> &str {
        self.packages
    }

    fn run_trials(&self, packages: &InstalledPackages, folder: &Path) -> anyhow::Result<Vec<PeerTrial>> {
        let port = find_free_port()?;
        let origin = format!("http://localhost:{port}");
        let settings = [("HOI_ORIGIN", origin.as_str()), ("HOI_DESK_TOTP", "off")];
        let lab = Lab::open_configured(folder.join("edge"), &settings)?;
        lab.publish_site(journey::SITE_EDITS)?;
        let setting = ProxySetting { packages, folder, port, edge: &lab.edge };
        let _running = start_proxy(self, &setting)?;
        journey::run_journey(&lab, port, self.place)
    }
}

/// Starts it and waits until it listens.
fn start_proxy(proxy: &ProxyPeer, setting: &ProxySetting<'_>) -> anyhow::Result<Vec<ProcessGroup>> {
    let log = File::create(setting.folder.join("output.log"))?;
    let mut running = Vec::new();
    for mut command in (proxy.prepare)(setting)? {
        command.current_dir(setting.folder).stdout(log.try_clone()?).stderr(log.try_clone()?);
        running.push(ProcessGroup::start(proxy.name, &mut command)?);
    }
    let last = running.last_mut().context("a proxy without a command")?;
    let is_listening = || TcpStream::connect(("127.0.0.1", setting.port)).is_ok();
    let said = || std::fs::read_to_string(setting.folder.join("output.log")).unwrap_or_default();
    last.wait_until_ready(proxy.name, START_LIMIT, is_listening, said)?;
    ensure!(running.iter_mut().all(ProcessGroup::is_running), "{} ended at once: {}", proxy.name, said());
    Ok(running)
}
