//! `/desk/sign-in`: one step a page, and `/desk/sign-out`. Passwords are checked here, in the worker, not in the one object that all wait for.

use super::{
    answers::{fault, html_answer},
    config::Config,
    confirmed::Expelled,
    form::{self, Form},
    oidc,
    platform::{now, random},
    signed::{self, ask, fresh, to, with_token},
    staff_asked::{Open, Opened, Out, Seen, Step, Stepped, Tried, Try, What, Whose},
    staff_trail::note,
};
use crate::{
    code::Code,
    staff::{
        Stage,
        account::typed_name,
        cookie, device,
        page::{self, Sheet, Unlike},
        password, recovery, totp, tries,
        way::{onward, quoted},
        words::{self, Words},
    },
};
use std::{cell::RefCell, collections::BTreeMap, time::Duration};
use wire::Fault;
use worker::{Delay, Env, Request, Response, Result};

/// Longest form, in bytes.
const MAX_FORM_BYTES: usize = 8 * 1024;

/// Somebody at one of these pages.
pub struct Guest<'a> {
    pub env: &'a Env,
    pub config: &'a Config,
    pub words: &'static Words,
    pub next: String,
    /// The page's own path.
    pub path: &'static str,
}

impl<'a> Guest<'a> {
    /// Who asks for a page; its query says the language and where to go on.
    pub fn of(env: &'a Env, config: &'a Config, request: &Request, path: &'static str) -> Result<Guest<'a>> {
        let url = request.url()?;
        let query: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        let accepted = request.headers().get("accept-language")?.unwrap_or_default();
        let words = words::of(query.get("lang").map_or(accepted.as_str(), String::as_str));
        let next = onward(query.get("next").map(String::as_str).unwrap_or_default()).to_owned();
        Ok(Guest { env, config, words, next, path })
    }

    /// The same of who posts `form`, which says both.
    pub fn posting(self, form: &Form) -> Guest<'a> {
        let next = onward(form.field("next")).to_owned();
        Guest { words: words::of(form.field("lang")), next, ..self }
    }

    /// A page.
    pub fn draw(&self, status: u16, draw: impl FnOnce(&Sheet<'_>) -> String) -> Result<Response> {
        let Guest { config, words, next, path, .. } = self;
        let html = draw(&Sheet { assets: &config.assets, words, path, next });
        html_answer(html, page::POLICY, status)
    }

    /// The page for signing in again; `note` says why.
    pub fn anew(&self, status: u16, name: &str, wrong: Option<&str>, note: Option<&str>) -> Result<Response> {
        let provider = oidc::is_bound(self.env);
        self.draw(status, |sheet| page::ask_password(sheet, name, wrong, note, provider))
    }

    /// This page again, in this language.
    fn here(&self) -> Result<Response> {
        to(&format!("/desk/sign-in?lang={}&next={}", self.words.lang, quoted(&self.next)))
    }

    /// The same, and the trails of its sites tell of who is in.
    async fn signed_in(
        &self,
        stage: Stage,
        token: &str,
        name: &str,
        sites: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<Response> {
        if stage == Stage::In {
            note(self.env, sites, name, "sign_in", "").await;
        }
        self.onward(stage, token, name)
    }

    /// What follows a step of the account `name`: the next one, or the desk, and then its browser is known from now on.
    pub fn onward(&self, stage: Stage, token: &str, name: &str) -> Result<Response> {
        let answer = if stage == Stage::In { to(&self.next)? } else { self.here()? };
        let answer = with_token(answer, self.config, token)?;
        if stage == Stage::In {
            let sealed = device::seal(self.config.secret.as_bytes(), name, random()?, now() / 1000);
            answer.headers().append("set-cookie", &cookie::set_device(&sealed, self.config.is_secure()))?;
        }
        Ok(answer)
    }
}

/// The form in `request`, which must come from a page of the edge's own and over a line that nobody listens at; else what is answered
/// instead.
pub async fn posted(
    request: &mut Request,
    config: &Config,
    words: &'static Words,
) -> Result<std::result::Result<Form, Response>> {
    if let Some(refused) = unsafe_line(config, words)? {
        return Ok(Err(refused));
    }
    if request.headers().get("origin")?.as_deref() != Some(config.origin.as_str()) {
        return Ok(Err(fault(Fault::Origin, 403)?));
    }
    form::any(request, MAX_FORM_BYTES).await
}

/// What is said where passwords would go over an open network.
fn unsafe_line(config: &Config, words: &'static Words) -> Result<Option<Response>> {
    if cookie::may(&config.origin) {
        return Ok(None);
    }
    let sheet = Sheet { assets: &config.assets, words, path: "/desk/sign-in", next: "/desk" };
    html_answer(page::notice(&sheet, words.only_https), page::POLICY, 403).map(Some)
}

/// The page of the step that somebody is at.
pub async fn show(request: &Request, env: &Env, config: &Config) -> Result<Response> {
    let guest = Guest::of(env, config, request, "/desk/sign-in")?;
    if let Some(refused) = unsafe_line(config, guest.words)? {
        return Ok(refused);
    }
    let Some((_, seen)) = signed::any(env, config, request, false).await? else {
        let url = request.url()?;
        let why = url.query_pairs().find(|(key, _)| key == "why").map(|(_, why)| why.into_owned());
        let note = match why.as_deref() {
            Some("out") => Some(guest.words.is_out),
            Some("provider") => Some(guest.words.provider_failed),
            Some("unknown") => Some(guest.words.provider_unknown),
            Some(_) | None => None,
        };
        return guest.anew(200, "", None, note);
    };
    match seen.stage {
        Stage::In => to(&guest.next),
        Stage::Code | Stage::Renew | Stage::Enrol => step_page(&guest, &seen, 200, None, None),
    }
}

/// The page of a step; `wrong` and `unlike` say why what was posted was not taken.
fn step_page(
    guest: &Guest<'_>,
    seen: &Seen,
    status: u16,
    wrong: Option<&str>,
    unlike: Option<Unlike>,
) -> Result<Response> {
    let written = seen.secret.as_deref().unwrap_or_default();
    let link = totp::link(written, &seen.account.name, guest.config.host());
    guest.draw(status, |sheet| match seen.stage {
        Stage::Code => page::ask_code(sheet, wrong),
        Stage::Renew => page::renew(sheet, &seen.account.name, unlike),
        Stage::Enrol | Stage::In => page::enrol(sheet, guest.path, written, &link, wrong),
    })
}

/// Takes a step.
pub async fn take(mut request: Request, env: &Env, config: &Config) -> Result<Response> {
    let guest = Guest::of(env, config, &request, "/desk/sign-in")?;
    let form = match posted(&mut request, config, guest.words).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    let guest = guest.posting(&form);
    if form.field("do") == "password" {
        let address = signed::address(env, config, &request)?;
        let cookies = request.headers().get("cookie")?.unwrap_or_default();
        return check(&guest, &form, address, &cookies).await;
    }
    let Some((digest, seen)) = signed::any(env, config, &request, false).await? else {
        return guest.anew(422, "", None, Some(guest.words.over));
    };
    match (form.field("do"), seen.stage) {
        ("code", Stage::Code) => {
            let (token, new) = fresh()?;
            let what = What::Code(form.field("code").to_owned());
            match ask(env, "step", &Step { digest, new, what }).await? {
                Stepped::On(stage) => {
                    guest.signed_in(stage, &token, &seen.account.name, seen.account.roles.keys()).await
                }
                Stepped::Wrong => {
                    note(env, seen.account.roles.keys(), &seen.account.name, "code_failed", "").await;
                    step_page(&guest, &seen, 422, Some(guest.words.code_wrong), None)
                }
                Stepped::Wait(ms) => step_page(&guest, &seen, 429, Some(&guest.words.wait(ms)), None),
                Stepped::Over => guest.anew(422, "", None, Some(guest.words.over)),
            }
        }
        ("renew", Stage::Renew) => match chosen(&guest, &form, &digest, &seen, None).await? {
            Ok((stage, token)) => {
                guest.signed_in(stage, &token, &seen.account.name, seen.account.roles.keys()).await
            }
            Err(Some(unlike)) => step_page(&guest, &seen, 422, None, Some(unlike)),
            Err(None) => guest.anew(422, "", None, Some(guest.words.over)),
        },
        ("enrol", Stage::Enrol) => enrol(&guest, &form, digest, &seen).await,
        // A page from before: the one that is due now.
        _ => guest.here(),
    }
}

thread_local! {
    /// When this isolate looks at the next password of a stranger.
    static PACE: RefCell<tries::Pace> = RefCell::default();
}

/// Checks name and password.
async fn check(guest: &Guest<'_>, form: &Form, address: Option<String>, cookies: &str) -> Result<Response> {
    let (name, typed) = (typed_name(form.field("name")), form.field("password"));
    let device = known_device(guest.config, cookies, &name);
    let whose = Whose::Name(name.clone());
    let from = address.clone();
    let asked = Try { whose, address: address.clone(), device: device.clone(), counts: true };
    let tried: Tried = ask(guest.env, "try", &asked).await?;
    if let Some(ms) = tried.wait_ms {
        return guest.anew(429, &name, Some(&guest.words.wait(ms)), None);
    }
    if tried.delay_ms > 0 {
        Delay::from(Duration::from_millis(tried.delay_ms)).await;
    }
    // A browser that is known waits for no stranger.
    let since = now();
    while asked.device.is_none() {
        let wait = PACE.with_borrow(|pace| pace.wait(since, now()));
        if wait == 0 {
            break;
        }
        Delay::from(Duration::from_millis(wait)).await;
    }
    let began = now();
    let right = is_right(&tried, typed);
    PACE.with_borrow_mut(|pace| pace.looked_at(began, now()));
    if right {
        let ((token, digest), hash) = (fresh()?, tried.hash.unwrap_or_default());
        let open = Open { name: name.clone(), hash, digest, address, device };
        let opened: Option<Opened> = ask(guest.env, "open", &open).await?;
        if let Some(Opened { stage, sites, .. }) = opened {
            return guest.signed_in(stage, &token, &name, &sites).await;
        }
    }
    if tried.sites.is_empty() {
        worker::console_warn!(
            "somebody tried to sign in with a name that no account has, or with one without a site"
        );
    } else if tries::is_noted(tried.n) {
        let about = failure(tried.n, from.as_deref());
        note(guest.env, &tried.sites, &name, "sign_in_failed", &about).await;
    }
    guest.anew(422, &name, Some(guest.words.wrong), None)
}

/// What the trail says of a wrong try: the how many-th it is, and the beginning of today's name of the address, by which
/// those of one address are known.
fn failure(n: u32, address: Option<&str>) -> String {
    let name: String = address.unwrap_or_default().chars().take(8).collect();
    format!("{n} {name}").trim_end().to_owned()
}

/// Under which id the browser with these `cookies` is known as one of the account `name`.
fn known_device(config: &Config, cookies: &str, name: &str) -> Option<String> {
    let sealed = cookie::read_device(cookies, config.is_secure())?;
    device::open(config.secret.as_bytes(), name, sealed, now() / 1000).map(str::to_owned)
}

/// Whether `typed` is the password that was asked for. It takes as long where there is none.
pub fn is_right(tried: &Tried, typed: &str) -> bool {
    // What was handed over on paper is read as people type it.
    let read = Code::read(typed).filter(|_| tried.once).map(|code| code.to_string());
    password::is(read.as_deref().unwrap_or(typed), tried.hash.as_deref())
}

/// Keeps a new password, if it is good enough: how far the sign-in is then, and the new token. `hash` is that of the one before it, where that
/// was typed and checked just now. `Err(None)`: the session has ended.
pub async fn chosen(
    guest: &Guest<'_>,
    form: &Form,
    digest: &str,
    seen: &Seen,
    hash: Option<String>,
) -> Result<std::result::Result<(Stage, String), Option<Unlike>>> {
    let typed = form.field("new");
    if let Err(weak) = password::judge(typed, &seen.account.name, &seen.account.shown) {
        return Ok(Err(Some(Unlike::Weak(weak))));
    }
    if typed != form.field("again") {
        return Ok(Err(Some(Unlike::NotSame)));
    }
    let hash = match hash {
        Some(hash) => hash,
        None => {
            let whose = Whose::Session(digest.to_owned());
            let asked = Try { whose, address: None, device: None, counts: false };
            let tried: Tried = ask(guest.env, "try", &asked).await?;
            let Some(hash) = tried.hash else { return Ok(Err(None)) };
            hash
        }
    };
    if password::is(typed, Some(&hash)) {
        return Ok(Err(Some(Unlike::NotNew)));
    }
    let (token, new) = fresh()?;
    let what = What::Password { seen: hash, hash: password::hash(typed, random()?) };
    match ask(guest.env, "step", &Step { digest: digest.to_owned(), new, what }).await? {
        Stepped::On(stage) => {
            // Every session of before has ended with the password.
            let out = Expelled { name: seen.account.name.clone(), session: None };
            out.tell(guest.env, seen.account.roles.keys()).await;
            note(guest.env, seen.account.roles.keys(), &seen.account.name, "password", "").await;
            Ok(Ok((stage, token)))
        }
        Stepped::Wrong | Stepped::Wait(_) | Stepped::Over => Ok(Err(None)),
    }
}

/// Sets one-time codes up, and shows the recovery codes.
pub async fn enrol(guest: &Guest<'_>, form: &Form, digest: String, seen: &Seen) -> Result<Response> {
    let (codes, recovery) = recovery_codes(guest.config, &seen.account.name)?;
    let (token, new) = fresh()?;
    let what = What::Enrol { typed: form.field("code").to_owned(), recovery };
    match ask(guest.env, "step", &Step { digest, new, what }).await? {
        Stepped::On(stage) => {
            note(guest.env, seen.account.roles.keys(), &seen.account.name, "codes", "").await;
            if stage == Stage::In && seen.stage != Stage::In {
                note(guest.env, seen.account.roles.keys(), &seen.account.name, "sign_in", "").await;
            }
            with_token(guest.draw(200, |sheet| page::recovery(sheet, &codes))?, guest.config, &token)
        }
        Stepped::Wrong => step_page(guest, seen, 422, Some(guest.words.enrol_wrong), None),
        Stepped::Wait(_) | Stepped::Over => guest.anew(422, "", None, Some(guest.words.over)),
    }
}

/// New recovery codes, and what is kept of them.
pub fn recovery_codes(config: &Config, name: &str) -> Result<(Vec<Code>, Vec<String>)> {
    let codes = recovery::codes(&random()?);
    let digests = codes.iter().map(|code| recovery::digest(*code, config.secret.as_bytes(), name)).collect();
    Ok((codes, digests))
}

/// Ends the session, or all of its account's.
pub async fn leave(mut request: Request, env: &Env, config: &Config) -> Result<Response> {
    let guest = Guest::of(env, config, &request, "/desk/sign-in")?;
    let form = match posted(&mut request, config, guest.words).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    if let Some((digest, seen)) = signed::any(env, config, &request, false).await? {
        let everywhere = form.field("do") == "everywhere";
        ask::<()>(env, "out", &Out { digest: digest.clone(), everywhere }).await?;
        if seen.stage == Stage::In {
            let (session, about) = if everywhere { (None, "everywhere") } else { (Some(digest), "") };
            note(env, seen.account.roles.keys(), &seen.account.name, "sign_out", about).await;
            let out = Expelled { name: seen.account.name, session };
            out.tell(env, seen.account.roles.keys()).await;
        }
    }
    let lang = words::of(form.field("lang")).lang;
    let answer = to(&format!("/desk/sign-in?why=out&lang={lang}"))?;
    answer.headers().set("set-cookie", &cookie::unset(config.is_secure()))?;
    Ok(answer)
}
