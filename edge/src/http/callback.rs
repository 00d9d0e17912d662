//! What the agency says of its own accord: `POST /s/<site>/callback`.
//!
//! The connector checks the signature first, over the bytes as they came; only then is anything looked into.

use crate::{
    platform::{
        body::read_bounded,
        config::site_secret,
        now_seconds,
        response::{fault_response, json_response},
    },
    rpc::{
        ObjectCall as _,
        conversation::{ConversationKey, DeliverCallback},
    },
};
use hoi_core::{
    connector::{CallbackError, Endpoint, Incoming, MAX_CALLBACK_BYTES, find_connector},
    decide::Published,
};
use wire::Fault;
use worker::{Env, Request, Response, Result};

/// Answers one callback: 200 with the message's place, also if it came before; 401 if it is not genuine; 404 if
/// there is no such conversation; 422 if visitors can't be shown what it says.
pub async fn handle(mut request: Request, env: &Env, published: &Published) -> Result<Response> {
    let settings = &published.site.settings;
    let Some(agency) = &settings.agency else { return fault_response(Fault::NoSite, 404) };
    let Some(connector) = find_connector(&agency.connector) else {
        return fault_response(Fault::NoSite, 404);
    };
    let Some(body) = read_bounded(&mut request, MAX_CALLBACK_BYTES).await? else {
        return fault_response(Fault::TooLong, 413);
    };
    let secret = site_secret(env, &agency.secret);
    let headers = request.headers();
    let header = |name: &str| headers.get(name).ok().flatten();
    let call = Incoming { header: &header, body: &body, site: &settings.site, now: now_seconds() };
    match connector.parse_callback(&call, &Endpoint { agency, secret: &secret }) {
        Ok(None) => json_response(&serde_json::json!({ "seq": null })),
        Ok(Some(callback)) => {
            let key = ConversationKey { site: settings.site.clone(), conversation: callback.conversation };
            match (DeliverCallback { whose: key.clone(), callback }).call(env, &key).await? {
                Some(seq) => json_response(&serde_json::json!({ "seq": seq })),
                None => fault_response(Fault::NoSite, 404),
            }
        }
        Err(refused) => refusal_response(&settings.site, refused),
    }
}

fn refusal_response(site: &str, refused: CallbackError) -> Result<Response> {
    worker::console_warn!("site {site}: a callback is refused: {refused}");
    match refused {
        CallbackError::Unsupported => fault_response(Fault::NoSite, 404),
        CallbackError::BadSignature => fault_response(Fault::Ticket, 401),
        CallbackError::Malformed(_) => fault_response(Fault::Malformed, 400),
        CallbackError::NoCounterpart(_) => fault_response(Fault::Malformed, 422),
        CallbackError::BadSecret => fault_response(Fault::Internal, 500),
    }
}
