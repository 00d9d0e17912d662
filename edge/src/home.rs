//! `/`: what runs here, for whoever comes by. It names no site: whose chats an edge serves is nobody's business.

use crate::{assets::Assets, check::Lang, document::common};
use maud::{DOCTYPE, Markup, html};

/// The page, in Vietnamese or English; with a way to the studio where there is one.
pub fn home(lang: &str, studio: bool, assets: &Assets) -> String {
    let lang = Lang::of(lang);
    let title = lang.pick("Hoi: khung hỏi đáp trên trang web", "Hoi: a chat for web sites");
    html! {
        (DOCTYPE)
        html.hoi-doc lang=(lang.code()) data-mode="page" data-scheme="auto" {
            head {
                (common(assets, title, "auto"))
                @if let Some(css) = assets.get("tools.css") { link rel="stylesheet" href=(css.path); }
            }
            body {
                main.tool {
                    h1 { (title) }
                    p.tool-lead {
                        (lang.pick("Máy chủ này nhận câu hỏi gửi từ trang web của các cơ quan và đang hoạt động bình thường.",
                            "This server takes the questions that visitors ask on agencies’ web sites. It is up and running."))
                    }
                    dl { (visitors(lang)) (webmasters(lang, studio)) }
                    p.tool-note { (other(lang)) }
                }
            }
        }
    }
    .into_string()
}

fn visitors(lang: Lang) -> Markup {
    html! {
        dt { (lang.pick("Quý vị muốn hỏi cơ quan?", "Would you like to ask an agency?")) }
        dd {
            (lang.pick("Mời quý vị mở trang web của cơ quan đó rồi bấm nút hỏi đáp ở góc màn hình.",
                "Open the agency’s own web site and press the chat’s button in the corner."))
        }
    }
}

fn webmasters(lang: Lang, studio: bool) -> Markup {
    html! {
        dt { (lang.pick("Quý vị quản trị trang web?", "Do you look after a web site?")) }
        dd {
            a href={ "/check?lang=" (lang.code()) } {
                (lang.pick("Kiểm tra khung chat trên trang web", "Check the chat on your web site"))
            }
        }
        @if studio {
            dd { a href={ "/studio?lang=" (lang.code()) } {
                (lang.pick("Thử màu sắc và nút mở khung chat", "Try colours and launchers"))
            } }
        }
    }
}

/// The same page in the other language.
fn other(lang: Lang) -> Markup {
    let (code, name) = lang.other();
    html! { a href={ "/?lang=" (code) } hreflang=(code) lang=(code) { (name) } }
}
