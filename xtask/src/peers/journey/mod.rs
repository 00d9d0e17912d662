//! What visitors, staff, the agency and operators do, through whatever stands in front of the edge.

mod browser;
mod context;
mod desk;
mod files;
mod form;
mod operator;
mod page;
mod talk;

use super::report::PeerTrial;
use crate::{bench::lab::Lab, run::print_step};
use context::{Journey, PATIENCE};

pub use context::SITE_EDITS;

type TrialFunction = fn(&mut Journey<'_>) -> anyhow::Result<String>;

/// What is tried, in this order: each leaves behind what the next may need.
const TRIALS: &[(&str, TrialFunction)] = &[
    ("chat page, loader and files, as from the edge", page::load_page),
    ("/health is never kept", page::read_health),
    ("a socket opens, a question is answered", talk::talk_by_socket),
    ("an answer grows in a socket", talk::stream_by_socket),
    ("posted and asked for, without a socket", talk::talk_by_polling),
    ("an answer that goes on, without a socket", talk::stream_by_post),
    ("a real browser in which no socket opens", browser::ask_without_sockets),
    ("words that look like code, posted", talk::post_suspicious_words),
    ("from a page of another origin, without a socket", talk::talk_from_page),
    ("a file of 4.9 MB", files::upload_file),
    ("a file that is too large: 413, not 403", files::upload_excess),
    ("a form in Vietnamese, handed in", form::hand_in_form),
    ("staff sign in; the desk and its socket", desk::open_desk),
    ("a callback of the agency's with a link", talk::receive_callback),
    ("`hoi publish`", operator::publish_site),
];

/// Where the peer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In front of the edge: it ends the visitor's connection, and so knows addresses and can close `/admin/`.
    Front,
    /// The same, and looks for attacks in what it passes on.
    Firewall,
    /// Somewhere on the way: it sees that somebody speaks to the edge, no more.
    Tunnel,
}

/// What is tried only where it looks for attacks.
const FIREWALL_TRIALS: &[(&str, TrialFunction)] =
    &[("attacks in addresses and elsewhere are still refused", page::attack_edge)];

/// What is tried only where the peer ends the visitor's connection.
const FRONT_TRIALS: &[(&str, TrialFunction)] = &[
    ("/admin/ is closed to strangers, however written", operator::knock_as_stranger),
    // The last one: it leaves the site without room for anybody.
    ("a made-up X-Real-IP is not believed", operator::forge_address),
];

/// Goes through everything on `port`.
///
/// # Errors
/// If the stand-in agency does not start. What fails in a trial is in its outcome.
pub fn run_journey(lab: &Lab, port: u16, place: Place) -> anyhow::Result<Vec<PeerTrial>> {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    let agent = config.timeout_global(Some(PATIENCE)).build().into();
    let mut journey = Journey { lab, host: format!("localhost:{port}"), agent, agency: None };
    journey.start_agency(&["--piece-ms", "60"])?;
    let mut trials = Vec::new();
    let firewall = if place == Place::Firewall { FIREWALL_TRIALS } else { &[] };
    let front = if place == Place::Tunnel { &[] } else { FRONT_TRIALS };
    for (what, attempt) in TRIALS.iter().chain(firewall).chain(front) {
        let outcome = attempt(&mut journey).map_err(|error| format!("{error:#}"));
        match &outcome {
            Ok(note) => eprintln!("  works   {what}: {note}"),
            Err(why) => print_step(&format!("FAILS   {what}: {why}")),
        }
        trials.push(PeerTrial { what, outcome });
    }
    Ok(trials)
}
