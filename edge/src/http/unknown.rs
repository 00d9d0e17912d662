//! The page for an address that is none.

use super::{
    response::{html_response, language_tag},
    site_context::SiteContext,
};
use crate::{
    cache::sites,
    platform::{config::Config, request_url::RequestUrl},
};
use hoi_core::http::{headers, navigation};
use pages::document::{PagePlacement, unknown_page};
use worker::{Env, Method, Request, Response, Result};

/// Whoever asks for a page.
pub struct PageRequest {
    accept: String,
    path: String,
    lang: String,
}

impl PageRequest {
    /// Nobody, for what is not asked with GET.
    pub fn from_request(request: &Request) -> Result<Option<PageRequest>> {
        if request.method() != Method::Get {
            return Ok(None);
        }
        let accept = request.headers().get("accept")?.unwrap_or_default();
        let path = RequestUrl::from_request(request)?.read_path();
        Ok(Some(PageRequest { accept, path, lang: language_tag(request)? }))
    }

    /// Whether `answer` says too little for a person.
    pub fn gets_page(&self, answer: &Response) -> Result<bool> {
        let kind = answer.headers().get("content-type")?.unwrap_or_default();
        Ok(navigation::wants_page(&self.accept, answer.status_code(), &kind))
    }

    /// The page: in the look of the site whose address it would be, with the ways on; else in the edge's own.
    pub async fn render_page(&self, env: &Env, config: &Config, answer: &Response) -> Result<Response> {
        let page = self.render(env, config, answer.status_code()).await?;
        // What may be done here instead is said in a header.
        if let Some(allow) = answer.headers().get("allow")? {
            page.headers().set("allow", &allow)?;
        }
        Ok(page)
    }

    async fn render(&self, env: &Env, config: &Config, status: u16) -> Result<Response> {
        let published = match navigation::site_of(&self.path) {
            Some(site) => sites::find_published(env, site).await?,
            None => None,
        };
        let Some(published) = published else {
            let html = pages::home::unknown_page(&self.lang, &config.assets);
            let policy = headers::document_policy("none", config.host(), config.is_secure(), &[], &[]);
            return html_response(html, &policy, status);
        };
        let context = SiteContext { env, config, published: &published };
        let lang = context.choose_language(&self.lang);
        let contact = published.site.contact_card(&lang.site);
        context.sheet_response(&lang, (PagePlacement::Page, ""), None, status, |sheet| {
            unknown_page(sheet, &contact)
        })
    }
}
