//! Going on elsewhere: `POST /s/<site>/elsewhere` gives a code, `/s/<site>/continue` takes it.

use super::{
    form_body,
    site_context::{DocumentParams, SiteContext},
};
use crate::{
    platform::{now, random_bytes},
    rpc::{
        ObjectCall as _,
        conversation::{CheckPairing, ConversationKey, ConversationSnapshot, JoinConversation},
        site::{IssueCode, RedeemCode, RedeemedCode},
    },
};
use hoi_core::{
    crypto::{code::Code, pairing_code::LIFE_MS, ticket::Ticket},
    limits::usage::ConnectionKind,
};
use i18n::{Lang, Msg};
use pages::document::{PagePlacement, ask_code, show_code};
use wire::{Fault, limits};
use worker::{Request, Response, Result};

/// A code for the conversation that the posted ticket opens.
pub async fn issue_code(context: &SiteContext<'_>, mut request: Request) -> Result<Response> {
    let form = match form_body::parse_form(&mut request, limits::MAX_UP_BYTES).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    let lang = context.choose_language(form.field("lang"));
    let Some(known) = context.verify_ticket(form.field("ticket")) else {
        return context.error_page(Fault::Ticket, &lang, 422);
    };
    let Ticket { conversation, generation, .. } = known;
    let address = context.client_address(&request)?;
    if let Some(wait) =
        context.check_connection_quota(ConnectionKind::Full, known.begun, address.as_ref()).await?
    {
        return context.refusal_page(Fault::TooFast, Some(wait), &lang);
    }
    let visit = context.visitor_session(known, address);
    let key = visit.whose.clone();
    let site = &key.site;
    if let Some((fault, wait)) = CheckPairing(visit).call(context.env, &key).await? {
        return context.refusal_page(fault, wait, &lang);
    }
    let code = Code::from_random(&random_bytes()?);
    let digest = code.digest(context.config.secret.as_bytes(), site, "");
    let issue = IssueCode { digest, conversation, generation, expires: now() + LIFE_MS, once: true };
    issue.call(context.env, site).await?;
    let address = format!("{}/s/{site}/continue", context.config.origin);
    let place = (PagePlacement::from_mode(form.field("mode")), form.field("scheme"));
    context.sheet_response(&lang, place, Some(form.field("ticket")), 200, |sheet| {
        show_code(sheet, code, &address)
    })
}

/// The page where a code is typed.
pub fn code_page(context: &SiteContext<'_>, request: &Request) -> Result<Response> {
    let lang = context.requested_language(request)?;
    context.standalone_page(&lang, |sheet| ask_code(sheet, "", None))
}

/// Opens the conversation of the posted code. Whatever keeps it from that, the answer is the same.
pub async fn join_conversation(context: &SiteContext<'_>, mut request: Request) -> Result<Response> {
    let form = match form_body::parse_own_form(&mut request, context.config).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    let (lang, typed) = (context.choose_language(form.field("lang")), form.field("code"));
    let refused = |wait| {
        let why = Lang::for_tag(&lang.words).text(Msg::CodeRefused);
        context.form_error_page(&lang, wait, why, |sheet, why| ask_code(sheet, typed, Some(why)))
    };
    let address = context.client_address(&request)?;
    let redeemed = redeem_code(context, Code::parse(typed), "", true, address).await?;
    let Some((conversation, generation)) = redeemed.opens else { return refused(redeemed.wait_ms) };
    let key = ConversationKey { site: context.published.site.settings.site.clone(), conversation };
    let joined = JoinConversation { whose: key.clone(), generation }.call(context.env, &key).await?;
    let Some(ConversationSnapshot { messages, waiting, rated, .. }) = joined else { return refused(None) };
    let boot = context.build_boot(&lang, conversation, generation, messages);
    let scheme = context.published.site.settings.look.scheme;
    context.render_document(DocumentParams { boot, scheme, waiting, rated, ..DocumentParams::default() }, 200)
}

/// What `code` opens for who also knows `with`. Whatever is no code counts as a try, too.
pub async fn redeem_code(
    context: &SiteContext<'_>,
    code: Option<Code>,
    with: &str,
    once: bool,
    address: Option<String>,
) -> Result<RedeemedCode> {
    let site = &context.published.site.settings.site;
    let digest_with = |with| code.map(|code| code.digest(context.config.secret.as_bytes(), site, with));
    let (digest, number) = (digest_with(with).unwrap_or_default(), digest_with("number\n").filter(|_| !once));
    RedeemCode { digest, address, once, number }.call(context.env, site).await
}
