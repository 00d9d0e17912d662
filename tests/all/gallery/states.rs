//! The list of states: how each is reached and what of it is looked at.

use super::stage::Step::{self, *};

/// One state of what visitors, webmasters or operators see.
pub struct State {
    pub name: &'static str,
    /// The page it begins on. `EDGE` and `HOST` stand for the two origins, `LANG` for the language.
    pub page: &'static str,
    pub steps: &'static [Step],
    /// What is brought into view; empty: the page as it stands.
    pub show: &'static str,
    /// Whether a language read from right to left is looked at, too.
    pub arabic: bool,
}

const CHAT: &str = "EDGE/s/ward?lang=LANG";
const SITE: &str = "HOST/ward/index.html";
/// Where a form's pages are posted from.
const FORM: &str = "EDGE/s/ward/status?lang=LANG";
/// The widget has taken the page over.
const READY: Step = Until("!!document.querySelector('form.hoi-composer:not([action])')");
const ANSWERED: Step = Until("document.querySelectorAll('.hoi-from-assistant').length > 1");
const MENU: &str = ".hoi-menu:nth-of-type(2) > summary";
const BIRTH: Step = Ask("lam giay khai sinh cho con can gi", "how do I register a birth");
const HOURS: Step = Ask("giờ làm việc", "opening hours");
const STRANGE: Step = Ask("con mèo nhà tôi thích nghe nhạc cổ điển", "my cat enjoys classical music");
const PERSON: Step = Ask("cho tôi gặp cán bộ", "let me talk to a person");
const OFFER: Step = Until("!!document.querySelector('.hoi-message .hoi-state > .hoi-again')?.innerText");
const SAID: Step = Until("!!document.querySelector('.hoi-message .hoi-state > span')?.innerText");
/// What is in the menu comes when it is first opened.
const IN_MENU: Step = Until("!!document.querySelector('.hoi-larger')");
const PLAIN: Step = Press(".hoi-display .hoi-switch");

/// Lists in lists, code and a table in items, breaks in cells, addresses.
const STRUCTURED: &str = "1. Chuẩn bị:\n   - Tờ khai\n   - Giấy chứng sinh\n2. Điền theo mẫu:\n\n   ```\n   Họ tên:   Nguyễn Văn A\n     Số:     12\n   ```\n\n3. Nộp:\n\n   | Nơi | Điện thoại |\n   |---|---|\n   | Phường | 1900 1234<br>0912 345 678 |\n\nXem https://dichvucong.example.vn/a?id=1 hoặc viết cho ubnd@benxuan.example.vn.";

const fn state(name: &'static str, page: &'static str, steps: &'static [Step], show: &'static str) -> State {
    State { name, page, steps, show, arabic: false }
}

const fn also_arabic(mut state: State) -> State {
    state.arabic = true;
    state
}

impl State {
    pub fn is_in(&self, lang: &str) -> bool {
        self.arabic || lang != "ar"
    }

    /// An expression that scrolls to what it is about.
    pub fn brings_into_view(&self) -> String {
        format!(
            "{:?} && [...document.querySelectorAll({0:?} || 'html')].at(-1)?.scrollIntoView({{ block: 'center' }})",
            self.show
        )
    }
}

pub const STATES: &[State] = &[
    // On a web site.
    state("site-closed", SITE, &[Launcher], ""),
    also_arabic(state("site-open", SITE, &[Launcher, OpenPanel], "")),
    state("site-answer", SITE, &[Launcher, OpenPanel, BIRTH, ANSWERED], ".hoi-from-visitor"),
    state("site-strict", "HOST/ward/strict.html", &[Launcher], ""),
    state("site-spa", "HOST/ward/spa.html", &[Launcher], ""),
    state("site-bare", "HOST/ward/bare.html", &[Launcher], ""),
    state("site-shop", "HOST/shop/index.html", &[Launcher], ""),
    state("site-shop-fr", "HOST/shop/fr.html", &[Launcher, OpenPanel], ""),
    // The conversation.
    also_arabic(state("start", CHAT, &[READY], "")),
    also_arabic(state("answer", CHAT, &[READY, BIRTH, ANSWERED], ".hoi-from-visitor")),
    state("procedure", CHAT, &[READY, BIRTH, ANSWERED], ".hoi-procedure button.hoi-button"),
    state(
        "ticks",
        CHAT,
        &[READY, BIRTH, ANSWERED, Press(".hoi-tick:nth-of-type(2) input, li:nth-child(2) .hoi-tick input")],
        ".hoi-papers",
    ),
    state("which", CHAT, &[READY, Ask("giấy khai sinh", "birth certificate"), ANSWERED], ".hoi-choices"),
    state(
        "answering",
        CHAT,
        &[READY, SlowAgency, STRANGE, Until("!!document.querySelector('.hoi-stop, .hoi-working')")],
        ".hoi-stop, .hoi-working",
    ),
    also_arabic(state(
        "agency",
        CHAT,
        &[
            READY,
            STRANGE,
            Until("!!document.querySelector('.hoi-from-agency') && !document.querySelector('.hoi-stop')"),
        ],
        ".hoi-from-agency",
    )),
    also_arabic(state(
        "agency-structure",
        CHAT,
        &[
            READY,
            Replies(STRUCTURED),
            STRANGE,
            Until("!!document.querySelector('.hoi-from-agency a[href^=mailto]')"),
        ],
        ".hoi-from-agency",
    )),
    state("contact-menu", CHAT, &[READY, Press(".hoi-menu:nth-of-type(1) > summary")], ""),
    also_arabic(state("display-menu", CHAT, &[READY, HOURS, ANSWERED, Press(MENU), IN_MENU], ".hoi-display")),
    state("start-over", CHAT, &[READY, HOURS, ANSWERED, Press(".hoi-over")], ""),
    state(
        "too-long",
        CHAT,
        &[READY, TooLong, Until("!!document.querySelector('.hoi-fault').textContent")],
        ".hoi-fault",
    ),
    state(
        "personal",
        CHAT,
        &[
            READY,
            Ask("Lệ phí khai sinh? căn cước 079203001234", "The fee? My ID is 079203001234"),
            Until("!!document.querySelector('#hoi-hide')"),
        ],
        "#hoi-hide",
    ),
    state(
        "card-refused",
        CHAT,
        &[
            READY,
            Ask("thẻ 4111 1111 1111 1111", "my card 4111 1111 1111 1111"),
            Until("!!document.querySelector('.hoi-bar[role=group]')"),
        ],
        ".hoi-bar",
    ),
    // Waiting for a person, and going on asking.
    state(
        "waiting-goes-on",
        CHAT,
        &[
            READY,
            PERSON,
            ANSWERED,
            HOURS,
            Until("document.querySelectorAll('.hoi-from-assistant').length > 2"),
            Until("!!document.querySelector('.hoi-choices')"),
        ],
        ".hoi-choices",
    ),
    // Telling a device of news.
    also_arabic(state("news-offer", CHAT, &[READY, PERSON, OFFER], ".hoi-message .hoi-state > .hoi-again")),
    state(
        "news-on",
        CHAT,
        &[READY, PERSON, OFFER, Press(".hoi-message .hoi-state > .hoi-again"), SAID],
        ".hoi-message .hoi-state > .hoi-again",
    ),
    state(
        "news-forbidden",
        CHAT,
        &[READY, PERSON, OFFER, Notifications(false), Press(".hoi-message .hoi-state > .hoi-again"), SAID],
        ".hoi-message .hoi-state > .hoi-again",
    ),
    // What visitors think of it.
    state("thumbs", CHAT, &[READY, HOURS, ANSWERED, Press(".hoi-thumb")], ".hoi-thumbs"),
    state(
        "why-not",
        CHAT,
        &[
            READY,
            HOURS,
            ANSWERED,
            Press(".hoi-thumb ~ .hoi-thumb"),
            Until("!!document.querySelector('.hoi-opinion')"),
            Press(".hoi-opinion input"),
        ],
        ".hoi-opinion",
    ),
    also_arabic(state(
        "survey",
        CHAT,
        &[
            READY,
            HOURS,
            ANSWERED,
            Press(MENU),
            IN_MENU,
            Press(".hoi-display > .hoi-switch:nth-last-of-type(1)"),
            Until("!!document.querySelector('.hoi-survey')"),
        ],
        ".hoi-survey",
    )),
    // What messages ask for.
    state(
        "date",
        CHAT,
        &[
            READY,
            Ask("chọn ngày giúp tôi", "let me choose the day"),
            Until("!!document.querySelector('.hoi-input')"),
        ],
        ".hoi-input",
    ),
    state(
        "choice",
        CHAT,
        &[
            READY,
            Ask("cho tôi chọn việc", "let me choose a matter"),
            Until("!!document.querySelector('.hoi-input')"),
        ],
        ".hoi-input",
    ),
    state(
        "place",
        CHAT,
        &[
            READY,
            Ask("đèn đường bị hư báo ai", "a street light is broken"),
            Until("!!document.querySelector('.hoi-input')"),
        ],
        ".hoi-input",
    ),
    // Files.
    state(
        "file-attached",
        CHAT,
        &[
            READY,
            Attach("giấy chứng sinh.pdf"),
            Until("!!document.querySelector('.hoi-attached progress[hidden]')"),
        ],
        "",
    ),
    state(
        "file-refused",
        CHAT,
        &[
            READY,
            Attach("trang web của tôi.html"),
            Until("!!document.querySelector('.hoi-attached .hoi-state')"),
        ],
        "",
    ),
    state(
        "file-said",
        CHAT,
        &[
            READY,
            Attach("giấy chứng sinh.pdf"),
            Until("!!document.querySelector('.hoi-attached progress[hidden]')"),
            Ask("Giấy chứng sinh của cháu đây", "Here is the certificate"),
            Until("!!document.querySelector('.hoi-from-agency')"),
        ],
        ".hoi-from-visitor",
    ),
    // For people unsure on screens.
    state("simple", CHAT, &[READY, Press(MENU), IN_MENU, PLAIN, Press(MENU)], ""),
    also_arabic(state(
        "simple-answer",
        CHAT,
        &[READY, Press(MENU), IN_MENU, PLAIN, Press(MENU), Press(".hoi-choices button"), ANSWERED],
        ".hoi-from-visitor",
    )),
    state(
        "simple-listening",
        CHAT,
        &[READY, Press(MENU), IN_MENU, PLAIN, Press(MENU), Press(".hoi-speak"), Until("!!window.listener")],
        ".hoi-speak",
    ),
    // When things are not as usual.
    state("notice", CHAT, &[Notice, Open, READY], ""),
    state(
        "offline",
        CHAT,
        &[
            READY,
            HOURS,
            ANSWERED,
            Down,
            Ask("địa chỉ ở đâu", "where is the office"),
            Until("!!document.querySelector('.hoi-bar')"),
        ],
        ".hoi-from-visitor",
    ),
    also_arabic(state(
        "off",
        CHAT,
        &[Off, Open, Until("!!document.querySelector('.hoi-standing')?.innerText")],
        "",
    )),
    state("no-site", "EDGE/s/nobody?lang=LANG", &[], ""),
    // Without a script.
    state("bare-start", CHAT, &[Scripts(false), Open], ""),
    state(
        "bare-answer",
        CHAT,
        &[
            Scripts(false),
            Open,
            Send("giờ làm việc", "opening hours"),
            Click(".hoi-thumbs form:last-of-type button"),
        ],
        ".hoi-thumbs + .hoi-opinion",
    ),
    state(
        "bare-survey",
        CHAT,
        &[Scripts(false), Open, Send("giờ làm việc", "opening hours"), Click(".hoi-end summary")],
        ".hoi-end",
    ),
    state(
        "bare-date",
        CHAT,
        &[Scripts(false), Open, Send("chọn ngày giúp tôi", "let me choose the day")],
        ".hoi-input",
    ),
    state(
        "bare-personal",
        CHAT,
        &[Scripts(false), Open, Send("căn cước 079203001234 lệ phí", "my ID is 079203001234")],
        ".hoi-personal",
    ),
    // A procedure's form.
    also_arabic(state("form", FORM, &[Form(&[("go", "open")])], "")),
    also_arabic(state(
        "form-wrong",
        FORM,
        &[Form(&[("go", "next"), ("page", "nguoi-khai"), ("f.can-cuoc", "123")])],
        "",
    )),
    state("form-simple", FORM, &[Form(&[("go", "open"), ("view", "plain")])], ""),
    state("form-review", FORM, &[Filled, Form(&[("go", "open")])], ""),
    also_arabic(state("receipt", FORM, &[Filled, Form(&[("go", "send")])], "")),
    state("form-deleted", FORM, &[Form(&[("go", "open")]), Form(&[("go", "delete")])], ""),
    // Asking later, going on elsewhere.
    state("look-up", FORM, &[], ""),
    state(
        "look-up-refused",
        FORM,
        &[
            Fill("#hoi-code", "00000-00000"),
            Fill("#hoi-fact", "1234"),
            Click(".hoi-go"),
            Until("!!document.querySelector('.hoi-wrong')"),
        ],
        "",
    ),
    also_arabic(state(
        "status",
        FORM,
        &[
            Filled,
            HandedIn,
            Decided("needs_papers", "Xin bổ sung **giấy chứng sinh**, nộp tại quầy số 1."),
            LookedUp,
        ],
        "",
    )),
    also_arabic(state("elsewhere", FORM, &[Elsewhere], "")),
    also_arabic(state("continue", "EDGE/s/ward/continue?lang=LANG", &[], "")),
    state(
        "continue-refused",
        "EDGE/s/ward/continue?lang=LANG",
        &[
            Fill("#hoi-code", "00000-00000"),
            Click(".hoi-go"),
            Until("!!document.querySelector('.hoi-wrong')"),
        ],
        "",
    ),
    // For the people behind it.
    state("check", "EDGE/check?lang=LANG", &[], ""),
    state(
        "check-wrong",
        "EDGE/check?lang=LANG&site=ward&page=https%3A%2F%2Fwww.xa.gov.vn%2Fa&policy=default-src%20%27self%27",
        &[],
        "",
    ),
    state("check-good", "EDGE/check?lang=LANG&site=ward&page=HOST%2Fward%2F", &[], ""),
    state("studio", "EDGE/studio?site=ward&lang=LANG", &[], ""),
    state("home", "EDGE/?lang=LANG", &[], ""),
];
