//! What a device is given when the visitor turns it on: a service worker with the sentence it will say, in the visitor's language.

use crate::document::{escape_for_script, text_direction};
use hoi_core::{languages::ChosenLanguages, push::VapidKey};
use i18n::{Lang, Msg};

use serde_json::{Value, json};
use site::Site;

/// What the built script holds once, where the words belong.
const PLACE: &str = "__HOI_NEWS__";

/// What the widget asks for before it offers anything: the key that the browser is to tell the push service, and what there is to say
/// in `lang`, which is the offer, that it is on, how to turn it off, that it is forbidden.
pub fn push_offer(key: &VapidKey, lang: &ChosenLanguages) -> Value {
    let words = [Msg::NotifyHere, Msg::NotificationsOn, Msg::NotificationsStop, Msg::NotificationsBlocked];
    json!({ "key": key.public_key(), "words": words.map(|word| Lang::for_tag(&lang.words).text(word)) })
}

/// The service worker of `site`, `source`, with what it will say in `lang`.
pub fn service_worker_script(source: &str, site: &Site, lang: &ChosenLanguages) -> String {
    let page = format!("/s/{}", site.settings.site);
    let look = site.public_look(&lang.site, 0);
    let news = json!({
        "title": look.name,
        "body": Lang::for_tag(&lang.words).text(Msg::NewsNotification),
        "lang": lang.words,
        "dir": text_direction(&lang.words),
        "page": page,
        "icon": look.logo,
    });
    source.replacen(PLACE, &escape_for_script(&news), 1)
}
