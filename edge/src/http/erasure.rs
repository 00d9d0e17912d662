//! One person's data, and a whole site's, for the operator: `POST /admin/sites/<site>/erase`, `…/export`, `…/forget`. What
//! the desk wants goes the same way (`staff_erasure`).

use super::response::plain_text;
use crate::{
    cache::sites,
    platform::{body::read_bounded, config::edge_secret, now, response::json_response},
    rpc::{
        ObjectCall as _,
        board::{FORGET, ForgetBoard, ListConversations, RemoveConversation, SignedOut},
        conversation::{
            ConversationKey, DataRequest, EraseConversation, ErasureOutcome, ExportConversation,
            ExportOutcome,
        },
        site::{AdvanceForgetting, FindConversations, FinishForgetting, Forgetting, IndexConversation},
        staff::RemoveSiteRoles,
    },
};
use hoi_core::{
    board::{AuditEvent, OPERATOR},
    erasure::{
        self, Listing, Removed, Selector, Sought,
        export::{self, Export},
    },
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
pub async fn handle_erase(request: Request, env: &Env, site: &str) -> Result<Response> {
    let selector = match read_selector(request).await? {
        Ok(selector) => selector,
        Err(answer) => return Ok(answer),
    };
    let Some(found) = find_conversations(env, site, &selector).await? else { return not_listed() };
    let mut erased = Vec::new();
    for conversation in found.iter().take(AT_ONCE) {
        let wish = data_request(site, *conversation, OPERATOR, &selector);
        erased.push(erase_conversation(env, wish).await?);
    }
    let more = found.len() > AT_ONCE;
    json_response(&serde_json::json!({ "site": site, "erased": erased, "more": more }))
}

/// Answers `export`.
pub async fn handle_export(request: Request, env: &Env, site: &str) -> Result<Response> {
    let selector = match read_selector(request).await? {
        Ok(selector) => selector,
        Err(answer) => return Ok(answer),
    };
    let Some(found) = find_conversations(env, site, &selector).await? else { return not_listed() };
    let mut conversations = Vec::new();
    for conversation in found.iter().take(AT_ONCE) {
        let wish = data_request(site, *conversation, OPERATOR, &selector);
        conversations.extend(export_conversation(env, wish).await?.map(|(copy, _)| copy));
    }
    let more = found.len() > AT_ONCE;
    // Where the rest begins.
    let last = found.get(AT_ONCE - 1).filter(|_| more);
    json_response(
        &serde_json::json!({ "v": export::VERSION, "site": site, "made_at": now(), "conversations": conversations, "more": more, "last": last }),
    )
}

/// Erases one conversation.
pub async fn erase_conversation(env: &Env, wish: DataRequest) -> Result<Receipt> {
    let (key, conversation) = (wish.whose.clone(), wish.whose.conversation);
    Ok(match EraseConversation(wish).call(env, &key).await? {
        ErasureOutcome::Done { removed, act } => {
            Receipt { conversation, found: true, removed, act: act.map(|act| *act) }
        }
        ErasureOutcome::Nothing => {
            Receipt { conversation, found: false, removed: Removed::default(), act: None }
        }
        ErasureOutcome::Refused(fault, _) => {
            return Err(Error::RustError(format!("{conversation}: {}", fault.name())));
        }
    })
}

/// A copy of one conversation, if there is anything.
pub async fn export_conversation(env: &Env, wish: DataRequest) -> Result<Option<(Box<Export>, Option<Act>)>> {
    let key = wish.whose.clone();
    match ExportConversation(wish).call(env, &key).await? {
        ExportOutcome::Copy(copy, act) => Ok(Some((copy, act))),
        ExportOutcome::Nothing => Ok(None),
        ExportOutcome::Refused(fault, _) => {
            Err(Error::RustError(format!("{}: {}", key.conversation, fault.name())))
        }
    }
}

/// What somebody of the agency's, or the operator, wants done with a conversation.
pub fn data_request(site: &str, conversation: Id, who: &str, selector: &Selector) -> DataRequest {
    DataRequest {
        whose: ConversationKey { site: site.to_owned(), conversation },
        who: who.to_owned(),
        generation: None,
        reason: selector.reason.clone(),
        cases: selector.cases,
        site: false,
        address: None,
    }
}

/// The conversations that are meant, more than [`AT_ONCE`] if there are more; `None` if the index has none.
pub async fn find_conversations(env: &Env, site: &str, selector: &Selector) -> Result<Option<Vec<Id>>> {
    let secret = edge_secret(env);
    let tag = match selector.parse_target() {
        Ok(Sought::Conversation(id)) => return Ok(Some(vec![id])),
        Ok(Sought::Visitor(visitor)) => erasure::visitor_tag(&secret, site, visitor),
        Ok(Sought::Case(number)) => erasure::case_tag(&secret, site, &number),
        Err(_) => return Ok(None),
    };
    let mut found: Vec<Id> = Vec::new();
    loop {
        let find = FindConversations::Tag(tag.clone(), found.last().copied().or(selector.after));
        let page = find.call(env, site).await?;
        if page.is_empty() {
            return Ok(Some(found).filter(|found| !found.is_empty()));
        }
        found.extend(page);
        if found.len() > AT_ONCE {
            return Ok(Some(found));
        }
    }
}

fn not_listed() -> Result<Response> {
    plain_text(
        "no conversation is listed under that name: it is gone, or older than the index and not used since\n",
        404,
    )
}

async fn read_selector(mut request: Request) -> Result<std::result::Result<Selector, Response>> {
    let Some(body) = read_bounded(&mut request, MAX_ORDER_BYTES).await? else {
        return Ok(Err(plain_text(&format!("send at most {MAX_ORDER_BYTES} bytes\n"), 413)?));
    };
    let Ok(selector) = wire::parse_json::<Selector>(&body) else {
        return Ok(Err(plain_text("this is no order that this edge understands\n", 422)?));
    };
    match selector.check() {
        Ok(()) => Ok(Ok(selector)),
        Err(why) => Ok(Err(plain_text(&format!("{why}\n"), 422)?)),
    }
}

/// Answers `forget`: a step of it, with how far it is. Asked again and again until it is done; the same again does no harm.
pub async fn handle_forget(mut request: Request, env: &Env, site: &str) -> Result<Response> {
    #[derive(Deserialize)]
    struct Order {
        confirm: String,
    }
    let body = read_bounded(&mut request, MAX_ORDER_BYTES).await?.unwrap_or_default();
    let confirmed = wire::parse_json::<Order>(&body).is_ok_and(|order| order.confirm == site);
    if !confirmed {
        return plain_text("everything of the site is to be deleted: send its name as \"confirm\"\n", 422);
    }
    let Some((before, _)) = AdvanceForgetting(Forgetting::default()).call(env, site).await? else {
        return plain_text("nothing was published under this name yet\n", 404);
    };
    sites::invalidate(site);
    if before.act.is_some() {
        return progress_response(site, &before, 0);
    }
    let mut more = Forgetting::default();
    let page = FindConversations::Any.call(env, site).await?;
    let page = if page.is_empty() { ListConversations.call(env, site).await? } else { page };
    for conversation in page.into_iter().take(AT_ONCE) {
        let wish = DataRequest {
            cases: true,
            site: true,
            ..data_request(site, conversation, OPERATOR, &Selector::default())
        };
        let receipt = erase_conversation(env, wish).await?;
        more.conversations += u64::from(receipt.found);
        more.messages += receipt.removed.messages;
        more.files += receipt.removed.files;
        let listing = Listing { conversation, tags: Vec::new(), until: 0, erased: true };
        IndexConversation(listing).call(env, site).await?;
        RemoveConversation(conversation).call(env, site).await?;
    }
    let Some((mut after, left)) = AdvanceForgetting(more).call(env, site).await? else {
        return progress_response(site, &before, 0);
    };
    let listed = ListConversations.call(env, site).await?;
    let left = left.max(listed.len() as u64);
    if left == 0 {
        after.act = Some(finish_forgetting(env, site, &after).await?);
    }
    progress_response(site, &after, left)
}

/// Accounts lose their roles, the board and the site's own object everything.
async fn finish_forgetting(env: &Env, site: &str, forgetting: &Forgetting) -> Result<Act> {
    let out = RemoveSiteRoles { site: site.to_owned() }.call(env, &()).await?;
    for name in &out {
        SignedOut { name: name.clone(), session: None }.tell_boards(env, [&site.to_owned()]).await;
    }
    let Forgetting { at, conversations, messages, files, .. } = forgetting;
    let about = format!(
        "site {site}: {conversations} conversations, {messages} messages, {files} files, {} roles",
        out.len()
    );
    let done = AuditEvent { at: *at, who: OPERATOR.to_owned(), act: FORGET.to_owned(), about };
    let act = ForgetBoard(done).call(env, site).await?;
    let done = Forgetting { act: Some(act.clone()), ..forgetting.clone() };
    FinishForgetting(done).call(env, site).await?;
    sites::invalidate(site);
    Ok(act)
}

fn progress_response(site: &str, forgetting: &Forgetting, left: u64) -> Result<Response> {
    let Forgetting { conversations, messages, files, act, .. } = forgetting;
    json_response(&serde_json::json!({
        "site": site,
        "done": act.is_some(),
        "erased": { "conversations": conversations, "messages": messages, "files": files },
        "left": left,
        "act": act,
    }))
}
