//! `/admin/staff`: what an operator decides about accounts.

use super::{admin, response::plain_text};
use crate::{
    cache::sites,
    platform::{
        body::read_bounded,
        config::Config,
        random_bytes,
        response::{fault_response, json_response},
    },
    rpc::{
        ObjectCall as _,
        board::SignedOut,
        staff::{ChangeAccount, ListAccounts},
    },
};
use hoi_core::{
    accounts::{AccountCommand, Obeyed, command::MAX_ORDER_BYTES, password},
    crypto::code::Code,
    http::route::StaffRoute,
    quote::quote_text,
};
use std::collections::BTreeSet;
use wire::Fault;
use worker::{Env, Request, Response, Result};

/// Answers an operator who knows the key; to everybody else this API does not exist.
pub async fn handle(request: Request, env: &Env, config: &Config, wanted: StaffRoute) -> Result<Response> {
    if !admin::is_authorized(&request, config)? {
        return fault_response(Fault::NoSite, 404);
    }
    match wanted {
        StaffRoute::List => json_response(&ListAccounts.call(env, &()).await?),
        StaffRoute::Order => change_account(request, env).await,
    }
}

async fn change_account(mut request: Request, env: &Env) -> Result<Response> {
    let Some(body) = read_bounded(&mut request, MAX_ORDER_BYTES).await? else {
        return plain_text(&format!("send at most {MAX_ORDER_BYTES} bytes\n"), 413);
    };
    let Ok(mut order) = wire::parse_json::<AccountCommand>(&body) else {
        return plain_text("this is no order that this edge understands\n", 422);
    };
    for site in order.sites() {
        if !hoi_core::http::route::is_site(site) || sites::find_published(env, site).await?.is_none() {
            return plain_text(
                &format!("nothing was published under the name {} yet\n", quote_text(site)),
                422,
            );
        }
    }
    let made =
        if order.wants_password() { Some(Code::from_random(&random_bytes()?).to_string()) } else { None };
    let mut hash = match &made {
        Some(made) => password::hash(made, random_bytes()?),
        None => String::new(),
    };
    if let AccountCommand::Add { name, shown, password: Some(given), .. } = &mut order {
        if let Err(weak) = password::check_strength(given, name, shown) {
            return plain_text(&format!("{}\n", weak.to_sentence()), 422);
        }
        hash = password::hash(given, random_bytes()?);
        given.clear();
    }
    let (name, act) = (order.name().to_owned(), order.audit_name());
    let before = sites_of(env, &name).await?;
    let changed = ChangeAccount { order, hash }.call(env, &()).await?;
    if changed.is_ok() {
        let sites: BTreeSet<String> = before.union(&sites_of(env, &name).await?).cloned().collect();
        SignedOut { name: name.clone(), session: None }.tell_boards(env, &sites).await;
        for site in &sites {
            admin::append_audit(env, site, act, name.clone()).await?;
        }
    }
    match changed {
        Ok(account) => json_response(&Obeyed { account, password: made }),
        Err(reason) => plain_text(&format!("{reason}\n"), 422),
    }
}

/// The sites at whose desks the account may be.
async fn sites_of(env: &Env, name: &str) -> Result<BTreeSet<String>> {
    let all = ListAccounts.call(env, &()).await?;
    let own = all.into_iter().filter(|account| account.name == name);
    Ok(own.flat_map(|account| account.roles.into_keys()).collect())
}
