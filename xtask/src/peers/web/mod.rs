//! What agencies make their pages with: content systems, wikis, design systems, scripts that ask for consent.

mod consent;
mod design;
mod fixed_page;
mod php;
mod visit;
mod wiki;
mod wordpress;
mod wordpress_admin;

use super::peer::Peer;

/// All of them.
pub fn all_web_peers() -> Vec<Box<dyn Peer>> {
    let mut peers: Vec<Box<dyn Peer>> = Vec::new();
    for version in wordpress::VERSIONS {
        peers.push(Box::new(version));
    }
    for page in design::SYSTEMS.iter().chain(consent::SCRIPTS) {
        peers.push(Box::new(page));
    }
    peers.push(Box::new(&wiki::MEDIAWIKI));
    peers.push(Box::new(&wiki::DOKUWIKI));
    peers
}
