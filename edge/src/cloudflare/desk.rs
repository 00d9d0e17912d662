//! What staff ask for: the desk and its sockets.

use super::{answers::fault, config::Config};
use crate::route::DeskRoute;
use wire::Fault;
use worker::{Env, Request, Response, Result};

/// Answers somebody at the agency's desk.
pub async fn answer(
    _request: Request,
    _env: &Env,
    _config: &Config,
    wanted: DeskRoute<'_>,
) -> Result<Response> {
    match wanted {
        DeskRoute::Home | DeskRoute::App(_) | DeskRoute::Board(_) | DeskRoute::Chat(..) => {
            fault(Fault::NoSite, 404)
        }
    }
}
