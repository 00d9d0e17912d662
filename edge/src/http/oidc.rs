//! `/desk/oidc`: signing in with the agency's own provider, where the operator has bound one.

use super::{
    account_audit::append_to_audits,
    oidc_binding::{OidcBinding, read_oidc_binding},
    staff_page::StaffPageContext,
    staff_session::{new_token, redirect_to, with_session_cookie},
};
use crate::{
    platform::{
        config::{Config, read_binding},
        now, now_seconds, random_bytes,
        request_url::RequestUrl,
        response::fault_response,
    },
    rpc::{
        ObjectCall as _,
        staff::{OpenProviderSession, OpenedSession},
    },
};
use futures_util::{
    StreamExt as _,
    future::{Either, select},
};
use hoi_core::{
    accounts::{
        cookie,
        oidc::{
            Begun, MAX_CODE, PersonClaims, Provider, basic_auth, discovery_url, encode_form, parse_answer,
            parse_userinfo, verify_id_token,
        },
        redirect::quote_path,
    },
    quote::quote_text,
};
use pages::staff;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use site::address::{Allowed, permit_url};
use std::{cell::RefCell, pin::pin, rc::Rc, time::Duration};
use wire::Fault;
use worker::{
    AbortController, Delay, Env, Error, Fetch, Headers, Method, Request, RequestInit, RequestRedirect,
    Response, Result,
};

/// How long a provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longest answer, in bytes.
const MAX_ANSWER: usize = 256 * 1024;
/// How long what a provider says of itself is used, in milliseconds.
const FRESH_MS: u64 = 3_600_000;

/// A provider, and its keys.
struct CachedProvider {
    provider: Provider,
    keys: Value,
    at: u64,
}

thread_local!(static KEPT: RefCell<Option<(String, Rc<CachedProvider>)>> = const { RefCell::new(None) });

fn redirect_uri(config: &Config) -> String {
    format!("{}/desk/oidc/back", config.origin)
}

/// Sends the browser to the provider.
pub async fn redirect_to_provider(request: &Request, env: &Env, config: &Config) -> Result<Response> {
    let context = StaffPageContext::from_request(env, config, request, "/desk/sign-in")?;
    let Some(bound) = read_oidc_binding(env).filter(|_| cookie::is_allowed(&config.origin)) else {
        return fault_response(Fault::NoSite, 404);
    };
    let kept = match load_provider(env, &bound, FRESH_MS).await {
        Ok(kept) => kept,
        Err(error) => return failure_response(&context, &error.to_string()),
    };
    let begun = Begun::new(&random_bytes()?, &context.next, now());
    let answer = redirect_to(&begun.authorization_url(&kept.provider, &bound.client, &redirect_uri(config)))?;
    let sealed = begun.to_cookie(config.secret.as_bytes(), random_bytes()?);
    answer.headers().set("set-cookie", &cookie::set_aside(&sealed, config.is_secure()))?;
    Ok(answer)
}

/// Takes the browser back, with a code.
pub async fn handle_callback(request: &Request, env: &Env, config: &Config) -> Result<Response> {
    let context = StaffPageContext::from_request(env, config, request, "/desk/sign-in")?;
    let Some(bound) = read_oidc_binding(env) else { return fault_response(Fault::NoSite, 404) };
    let query = RequestUrl::from_request(request)?.query_map();
    let get = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let cookies = request.headers().get("cookie")?.unwrap_or_default();
    let aside = cookie::read_aside(&cookies, config.is_secure()).unwrap_or_default();
    let Some(begun) = Begun::from_cookie(aside, get("state"), config.secret.as_bytes(), now()) else {
        return failure_response(
            &context,
            "the browser came back without the cookie it left with, or too late",
        );
    };
    let context = StaffPageContext { next: begun.next.clone(), ..context };
    if get("code").is_empty() || get("code").len() > MAX_CODE {
        // What the provider says is for the log; it is not shown, for anybody can write it into the address.
        return failure_response(
            &context,
            &format!(
                "the provider gave no code, but {}",
                quote_text(&get("error").chars().take(80).collect::<String>())
            ),
        );
    }
    let person = match exchange_code(env, config, &bound, &begun, get("code")).await {
        Ok(person) => person,
        Err(error) => return failure_response(&context, &error.to_string()),
    };
    let (token, digest) = new_token()?;
    let opened = OpenProviderSession { person: person.to_user(), digest }.call(env, &()).await?;
    let Some(OpenedSession { name, sites, .. }) = opened else {
        worker::console_warn!(
            "somebody signed in at the provider whose account is not here (`hoi staff oidc`)"
        );
        let gaps = person.describe_gaps();
        if !gaps.is_empty() {
            worker::console_warn!("what the provider said of them, in the ID token and at UserInfo: {gaps}");
        }
        return redirect_to(&format!("/desk/sign-in?why=unknown&lang={}", context.words.lang.tag()));
    };
    append_to_audits(env, &sites, &name, "sign_in", "provider").await;
    // The browser comes from another site: what it is led to by a redirect would not get the cookie.
    let answer = context.render_page(200, staff::continue_page)?;
    answer.headers().set("refresh", &format!("0;url={}", context.next))?;
    with_session_cookie(answer, config, &token)
}

/// Where the browser of who has signed out here signs out at the provider, if it can: the session there would sign in again without asking
/// anybody.
pub async fn find_sign_out_url(env: &Env, config: &Config) -> Option<String> {
    let bound = read_oidc_binding(env)?;
    let kept = load_provider(env, &bound, FRESH_MS).await;
    let kept = kept.inspect_err(|error| {
        worker::console_warn!("nobody could be signed out at the provider: {error}");
    });
    let url =
        kept.ok()?.provider.end_session_url(&bound.client, &format!("{}/desk/sign-in", config.origin))?;
    match permit_url(&url, &list_allowed_hosts(env)) {
        Ok(_) => Some(url),
        Err(refusal) => {
            worker::console_warn!("the provider's end_session_endpoint: {refusal}");
            None
        }
    }
}

fn list_allowed_hosts(env: &Env) -> Allowed {
    Allowed::read_list(&read_binding(env, "HOI_AGENCY_HOSTS").unwrap_or_default())
}

fn failure_response(context: &StaffPageContext<'_>, why: &str) -> Result<Response> {
    worker::console_error!("signing in with the provider failed: {why}");
    redirect_to(&format!(
        "/desk/sign-in?why=provider&lang={}&next={}",
        context.words.lang.tag(),
        quote_path(&context.next)
    ))
}

/// Who signed in at the provider.
async fn exchange_code(
    env: &Env,
    config: &Config,
    bound: &OidcBinding,
    begun: &Begun,
    code: &str,
) -> Result<PersonClaims> {
    #[derive(Deserialize)]
    struct TokenResponse {
        id_token: String,
        #[serde(default)]
        access_token: Option<String>,
    }
    let kept = load_provider(env, bound, FRESH_MS).await?;
    let redirect = redirect_uri(config);
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &redirect),
        ("code_verifier", &begun.verifier),
    ];
    let headers = Headers::new();
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    if kept.provider.wants_form() || bound.secret.is_empty() {
        fields.push(("client_id", &bound.client));
        if !bound.secret.is_empty() {
            fields.push(("client_secret", &bound.secret));
        }
    } else {
        headers.set("authorization", &basic_auth(&bound.client, &bound.secret))?;
    }
    let answered =
        call_provider(env, &kept.provider.token_endpoint, headers, Some(encode_form(&fields))).await?;
    let TokenResponse { id_token, access_token } = answered.parse_json()?;
    let read = |keys: &Value| {
        verify_id_token(&id_token, keys, &bound.issuer, &bound.client, &begun.nonce, now_seconds())
    };
    let read = match read(&kept.keys) {
        // A provider changes its keys now and then, some under the same name. Only a token that came from itself can have
        // us ask again.
        Err(refused) if refused.may_need_new_keys() => read(&load_provider(env, bound, 0).await?.keys),
        other => other,
    };
    let person = read.map_err(|refused| Error::RustError(refused.to_string()))?;
    complete_claims(env, &kept.provider, person, access_token.as_deref()).await
}

/// `person`, with what UserInfo says where the ID token names no e-mail address. Whoever is known by `sub` needs none: where UserInfo
/// fails, the log says so and the token stands alone.
async fn complete_claims(
    env: &Env,
    provider: &Provider,
    person: PersonClaims,
    access_token: Option<&str>,
) -> Result<PersonClaims> {
    let Some(endpoint) = provider.userinfo_endpoint.as_deref().filter(|_| person.lacks_email()) else {
        return Ok(person);
    };
    let Some(access_token) = access_token else {
        worker::console_warn!("the provider gave no access_token, so that UserInfo can't be asked for email");
        return Ok(person);
    };
    let asked = async {
        let headers = Headers::new();
        headers.set("authorization", &format!("Bearer {access_token}"))?;
        let answered = call_provider(env, endpoint, headers, None).await?;
        parse_userinfo(&answered.content_type, &answered.body)
            .map_err(|refused| Error::RustError(refused.to_string()))
    };
    match asked.await {
        // Claims of somebody else: something is between us and the provider, and nothing of it is believed.
        Ok(said) => person.merge_userinfo(said).map_err(|refused| Error::RustError(refused.to_string())),
        Err(error) => {
            worker::console_warn!("the provider's UserInfo is of no use: {error}");
            Ok(person)
        }
    }
}

/// What the provider says of itself, and its keys, no older than that.
async fn load_provider(env: &Env, bound: &OidcBinding, fresh_ms: u64) -> Result<Rc<CachedProvider>> {
    let at_hand = KEPT.with_borrow(|kept| kept.clone());
    let at_hand =
        at_hand.filter(|(issuer, kept)| *issuer == bound.issuer && now().saturating_sub(kept.at) < fresh_ms);
    if let Some((_, kept)) = at_hand {
        return Ok(kept);
    }
    let said = call_provider(env, &discovery_url(&bound.issuer), Headers::new(), None).await?;
    let provider: Provider = said.parse_json()?;
    if provider.issuer != bound.issuer {
        let own = quote_text(&provider.issuer);
        let said = format!("the provider calls itself {own}: bind that as HOI_OIDC_ISSUER");
        return Err(Error::RustError(said));
    }
    let keys = call_provider(env, &provider.jwks_uri, Headers::new(), None).await?.parse_json()?;
    let kept = Rc::new(CachedProvider { provider, keys, at: now() });
    KEPT.with_borrow_mut(|all| *all = Some((bound.issuer.clone(), kept.clone())));
    Ok(kept)
}

/// What the provider answered.
struct ProviderAnswer {
    content_type: String,
    body: Vec<u8>,
}

impl ProviderAnswer {
    fn parse_json<T: DeserializeOwned>(&self) -> Result<T> {
        parse_answer(&self.body).map_err(Error::RustError)
    }
}

/// One request to the provider, under the same rules as those to agencies.
async fn call_provider(
    env: &Env,
    url: &str,
    headers: Headers,
    body: Option<String>,
) -> Result<ProviderAnswer> {
    permit_url(url, &list_allowed_hosts(env))
        .map_err(|refusal| Error::RustError(format!("the provider's address: {refusal}")))?;
    headers.set("accept", "application/json")?;
    let mut init = RequestInit::new();
    init.with_headers(headers).with_redirect(RequestRedirect::Manual);
    if let Some(body) = body {
        init.with_method(Method::Post).with_body(Some(body.into()));
    }
    let abort = AbortController::default();
    let signal = abort.signal();
    let request = Fetch::Request(Request::new_with_init(url, &init)?);
    let answered = async {
        let mut response = request.send_with_signal(&signal).await?;
        let status = response.status_code();
        if status != 200 {
            return Err(Error::RustError(format!("the provider answered {status}")));
        }
        let content_type = response.headers().get("content-type")?.unwrap_or_default();
        Ok(ProviderAnswer { content_type, body: read_limited(&mut response).await? })
    };
    let answered = pin!(answered);
    match select(answered, Delay::from(PATIENCE)).await {
        Either::Left((answered, _)) => answered,
        Either::Right(_) => {
            abort.abort();
            Err(Error::RustError("the provider does not answer".to_owned()))
        }
    }
}

async fn read_limited(response: &mut Response) -> Result<Vec<u8>> {
    let (mut stream, mut bytes) = (response.stream()?, Vec::new());
    while let Some(chunk) = stream.next().await {
        bytes.extend(chunk?);
        if bytes.len() > MAX_ANSWER {
            return Err(Error::RustError("the provider's answer is longer than any".to_owned()));
        }
    }
    Ok(bytes)
}
