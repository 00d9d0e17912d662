//! `/admin/staff`: what an operator decides about accounts.

use super::{
    admin,
    answers::{fault, json, plain},
    callback::bounded,
    config::Config,
    confirmed::Expelled,
    platform::random,
    signed::ask,
    sites,
    staff_asked::Ordered,
};
use crate::{
    code::Code,
    route::StaffRoute,
    staff::{Listed, Obeyed, Order, order::MAX_ORDER_BYTES, password},
};
use std::collections::BTreeSet;
use wire::Fault;
use worker::{Env, Request, Response, Result};

/// Answers an operator who knows the key; to everybody else this API does not exist.
pub async fn answer(request: Request, env: &Env, config: &Config, wanted: StaffRoute) -> Result<Response> {
    if !admin::opens(&request, config)? {
        return fault(Fault::NoSite, 404);
    }
    match wanted {
        StaffRoute::List => json(&ask::<Vec<Listed>>(env, "list", &()).await?),
        StaffRoute::Order => order(request, env).await,
    }
}

async fn order(mut request: Request, env: &Env) -> Result<Response> {
    let Some(body) = bounded(&mut request, MAX_ORDER_BYTES).await? else {
        return plain(&format!("send at most {MAX_ORDER_BYTES} bytes\n"), 413);
    };
    let Ok(mut order) = serde_json::from_slice::<Order>(&body) else {
        return plain("this is no order that this edge understands\n", 422);
    };
    for site in order.sites() {
        if !crate::route::is_site(site) || sites::published(env, site).await?.is_none() {
            return plain(&format!("nothing was published under the name {site:?} yet\n"), 422);
        }
    }
    let made = if order.wants_password() { Some(Code::of(&random()?).to_string()) } else { None };
    let mut hash = match &made {
        Some(made) => password::hash(made, random()?),
        None => String::new(),
    };
    if let Order::Add { name, shown, password: Some(given), .. } = &mut order {
        if let Err(weak) = password::judge(given, name, shown) {
            return plain(&format!("{}\n", weak.sentence()), 422);
        }
        hash = password::hash(given, random()?);
        given.clear();
    }
    let (name, act) = (order.name().to_owned(), order.act());
    let before = sites_of(env, &name).await?;
    let obeyed: std::result::Result<Option<Listed>, String> =
        ask(env, "order", &Ordered { order, hash }).await?;
    if obeyed.is_ok() {
        let sites: BTreeSet<String> = before.union(&sites_of(env, &name).await?).cloned().collect();
        Expelled { name: name.clone(), session: None }.tell(env, &sites).await;
        for site in &sites {
            admin::done(env, site, act, name.clone()).await?;
        }
    }
    match obeyed {
        Ok(account) => json(&Obeyed { account, password: made }),
        Err(reason) => plain(&format!("{reason}\n"), 422),
    }
}

/// The sites at whose desks the account may be.
async fn sites_of(env: &Env, name: &str) -> Result<BTreeSet<String>> {
    let all = ask::<Vec<Listed>>(env, "list", &()).await?;
    let own = all.into_iter().filter(|account| account.name == name);
    Ok(own.flat_map(|account| account.roles.into_keys()).collect())
}
