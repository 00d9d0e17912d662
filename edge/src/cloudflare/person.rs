//! One person's data, and a whole site's, for the operator: `POST /admin/sites/<site>/erase`, `…/export`, `…/forget`. What
//! the desk wants goes the same way (`person_desk`).

use super::{
    answers::{json, plain},
    board_object::board,
    callback::bounded,
    confirmed::Expelled,
    erasing::{Erased, Exported, Wish},
    listing,
    pages::tell,
    platform::now,
    signed,
    site_forget::Forgetting,
    site_index::Find,
    sites,
    sql_log::Whose,
};
use crate::{
    desk::{Done, OPERATOR},
    erasure::{self, Listing, Removed, Selector, Sought},
};
use serde::{Deserialize, Serialize};
use wire::{Id, desk::Act};
use worker::{Env, Error, Request, Response, Result};

/// Longest order, in bytes.
const MAX_ORDER_BYTES: usize = 8 * 1024;
/// Most conversations that one request erases or copies; the answer says if there are more.
const AT_ONCE: usize = 100;

/// What became of one conversation.
#[derive(Debug, Serialize)]
pub struct Receipt {
    conversation: Id,
    /// Whether there was something, or it was erased before.
    found: bool,
    #[serde(flatten)]
    removed: Removed,
    /// The act in the trail.
    act: Option<Act>,
}

/// Answers `erase`.
pub async fn erase(request: Request, env: &Env, site: &str) -> Result<Response> {
    let selector = match ordered(request).await? {
        Ok(selector) => selector,
        Err(answer) => return Ok(answer),
    };
    let Some(found) = found(env, site, &selector).await? else { return nobody() };
    let mut erased = Vec::new();
    for conversation in found.iter().take(AT_ONCE) {
        let wish = wish(site, *conversation, OPERATOR, &selector);
        erased.push(erase_one(env, &wish).await?);
    }
    let more = found.len() > AT_ONCE;
    json(&serde_json::json!({ "site": site, "erased": erased, "more": more }))
}

/// Answers `export`.
pub async fn export(request: Request, env: &Env, site: &str) -> Result<Response> {
    let selector = match ordered(request).await? {
        Ok(selector) => selector,
        Err(answer) => return Ok(answer),
    };
    let Some(found) = found(env, site, &selector).await? else { return nobody() };
    let mut conversations = Vec::new();
    for conversation in found.iter().take(AT_ONCE) {
        let wish = wish(site, *conversation, OPERATOR, &selector);
        conversations.extend(export_one(env, &wish).await?.map(|(copy, _)| copy));
    }
    let more = found.len() > AT_ONCE;
    // Where the rest begins.
    let last = found.get(AT_ONCE - 1).filter(|_| more);
    json(
        &serde_json::json!({ "v": erasure::export::VERSION, "site": site, "made_at": now(), "conversations": conversations, "more": more, "last": last }),
    )
}

/// Erases one.
pub async fn erase_one(env: &Env, wish: &Wish) -> Result<Receipt> {
    let conversation = wish.whose.conversation;
    let erased: Erased = tell(env, &wish.whose, "erase", wish).await?.json().await?;
    Ok(match erased {
        Erased::Done { removed, act } => {
            Receipt { conversation, found: true, removed, act: act.map(|act| *act) }
        }
        Erased::Nothing => Receipt { conversation, found: false, removed: Removed::default(), act: None },
        Erased::Refused(fault, _) => return Err(Error::RustError(format!("{conversation}: {fault:?}"))),
    })
}

/// A copy of one, if there is anything.
pub async fn export_one(env: &Env, wish: &Wish) -> Result<Option<(serde_json::Value, Option<Act>)>> {
    let exported: Exported = tell(env, &wish.whose, "export", wish).await?.json().await?;
    match exported {
        Exported::Copy(copy, act) => Ok(Some((copy, act))),
        Exported::Nothing => Ok(None),
        Exported::Refused(fault, _) => {
            Err(Error::RustError(format!("{}: {fault:?}", wish.whose.conversation)))
        }
    }
}

/// The wish of somebody of the agency's, or of the operator.
pub fn wish(site: &str, conversation: Id, who: &str, selector: &Selector) -> Wish {
    Wish {
        whose: Whose { site: site.to_owned(), conversation },
        who: who.to_owned(),
        generation: None,
        reason: selector.reason.clone(),
        cases: selector.cases,
        site: false,
        address: None,
    }
}

/// The conversations that are meant, more than [`AT_ONCE`] if there are more; `None` if the index has none.
pub async fn found(env: &Env, site: &str, selector: &Selector) -> Result<Option<Vec<Id>>> {
    let secret = listing::secret(env);
    let tag = match selector.one() {
        Ok(Sought::Conversation(id)) => return Ok(Some(vec![id])),
        Ok(Sought::Visitor(visitor)) => erasure::visitor_tag(&secret, site, visitor),
        Ok(Sought::Case(number)) => erasure::case_tag(&secret, site, &number),
        Err(_) => return Ok(None),
    };
    let mut found: Vec<Id> = Vec::new();
    loop {
        let find = Find::Tag(tag.clone(), found.last().copied().or(selector.after));
        let page = find_page(env, site, &find).await?;
        if page.is_empty() {
            return Ok(Some(found).filter(|found| !found.is_empty()));
        }
        found.extend(page);
        if found.len() > AT_ONCE {
            return Ok(Some(found));
        }
    }
}

async fn find_page(env: &Env, site: &str, find: &Find) -> Result<Vec<Id>> {
    sites::ask(env, site, "find", Some(serde_json::to_vec(find)?)).await?.json().await
}

fn nobody() -> Result<Response> {
    plain(
        "no conversation is listed under that name: it is gone, or older than the index and not used since\n",
        404,
    )
}

async fn ordered(mut request: Request) -> Result<std::result::Result<Selector, Response>> {
    let Some(body) = bounded(&mut request, MAX_ORDER_BYTES).await? else {
        return Ok(Err(plain(&format!("send at most {MAX_ORDER_BYTES} bytes\n"), 413)?));
    };
    let Ok(selector) = serde_json::from_slice::<Selector>(&body) else {
        return Ok(Err(plain("this is no order that this edge understands\n", 422)?));
    };
    match selector.check() {
        Ok(()) => Ok(Ok(selector)),
        Err(why) => Ok(Err(plain(&format!("{why}\n"), 422)?)),
    }
}

/// Answers `forget`: a step of it, with how far it is. Asked again and again until it is done; the same again does no harm.
pub async fn forget(mut request: Request, env: &Env, site: &str) -> Result<Response> {
    #[derive(Deserialize)]
    struct Order {
        confirm: String,
    }
    let body = bounded(&mut request, MAX_ORDER_BYTES).await?.unwrap_or_default();
    let confirmed = serde_json::from_slice::<Order>(&body).is_ok_and(|order| order.confirm == site);
    if !confirmed {
        return plain("everything of the site is to be deleted: send its name as \"confirm\"\n", 422);
    }
    let Some((before, _)) = step(env, site, &Forgetting::default()).await? else {
        return plain("nothing was published under this name yet\n", 404);
    };
    sites::forget(site);
    if before.act.is_some() {
        return told(site, &before, 0);
    }
    let mut more = Forgetting::default();
    let page = find_page(env, site, &Find::Any).await?;
    let page = if page.is_empty() { board(env, site, "listed", &()).await?.json().await? } else { page };
    for conversation in page.into_iter().take(AT_ONCE) {
        let wish =
            Wish { cases: true, site: true, ..wish(site, conversation, OPERATOR, &Selector::default()) };
        let receipt = erase_one(env, &wish).await?;
        more.conversations += u64::from(receipt.found);
        more.messages += receipt.removed.messages;
        more.files += receipt.removed.files;
        let listing = Listing { conversation, tags: Vec::new(), until: 0, erased: true };
        listing::tell(env, site, &listing).await?;
        board(env, site, "gone", &conversation).await?;
    }
    let Some((mut after, left)) = step(env, site, &more).await? else { return told(site, &before, 0) };
    let listed: Vec<Id> = board(env, site, "listed", &()).await?.json().await?;
    let left = left.max(listed.len() as u64);
    if left == 0 {
        after.act = Some(end(env, site, &after).await?);
    }
    told(site, &after, left)
}

/// Accounts lose their roles, the board and the site's own object everything.
async fn end(env: &Env, site: &str, forgetting: &Forgetting) -> Result<Act> {
    let out: Vec<String> = signed::ask(env, "forget-site", &site).await?;
    for name in &out {
        Expelled { name: name.clone(), session: None }.tell(env, [&site.to_owned()]).await;
    }
    let Forgetting { at, conversations, messages, files, .. } = forgetting;
    let about = format!(
        "site {site}: {conversations} conversations, {messages} messages, {files} files, {} roles",
        out.len()
    );
    let done = Done { at: *at, who: OPERATOR.to_owned(), act: super::board_rows::FORGET.to_owned(), about };
    let act: Act = board(env, site, "forget", &done).await?.json().await?;
    let done = Forgetting { act: Some(act.clone()), ..forgetting.clone() };
    sites::ask(env, site, "forgotten", Some(serde_json::to_vec(&done)?)).await?;
    sites::forget(site);
    Ok(act)
}

async fn step(env: &Env, site: &str, more: &Forgetting) -> Result<Option<(Forgetting, u64)>> {
    let mut answer = sites::ask(env, site, "forgetting", Some(serde_json::to_vec(more)?)).await?;
    match answer.status_code() {
        200 => answer.json().await.map(Some),
        404 => Ok(None),
        status => Err(Error::RustError(format!("the site's object answers {status}"))),
    }
}

fn told(site: &str, forgetting: &Forgetting, left: u64) -> Result<Response> {
    let Forgetting { conversations, messages, files, act, .. } = forgetting;
    json(&serde_json::json!({
        "site": site,
        "done": act.is_some(),
        "erased": { "conversations": conversations, "messages": messages, "files": files },
        "left": left,
        "act": act,
    }))
}
