//! Scripts that ask visitors for consent, with a banner at the window's lower edge.

use super::{
    fixed_page::{FixedPage, PageState},
    visit::WantedPlace,
};

/// These scripts bring their own style along and are set by a script in the page.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      script-src 'self' 'unsafe-inline' EDGE; frame-src EDGE";
const ASKING: PageState = PageState { what: "banner", act: "0", place: WantedPlace::Aside };

/// Those that npm is asked for most often.
pub static SCRIPTS: &[FixedPage] = &[
    FixedPage {
        name: "vanilla-cookieconsent",
        purpose: "consent script: a box in the lower right corner, a dialog",
        policy: POLICY,
        states: &[
            ASKING,
            PageState {
                what: "settings",
                act: "document.querySelector('[data-role=show]').click()",
                place: WantedPlace::Dialog,
            },
            PageState {
                what: "accepted",
                act: "document.querySelector('#cc-main .pm [data-role=all]').click()",
                place: WantedPlace::Corner,
            },
        ],
    },
    FixedPage {
        name: "cookieconsent",
        purpose: "consent script: a bar at the lower edge, then a tab there",
        policy: POLICY,
        states: &[
            ASKING,
            PageState {
                what: "accepted",
                act: "document.querySelector('.cc-allow').click()",
                place: WantedPlace::Aside,
            },
        ],
    },
    FixedPage {
        name: "klaro",
        purpose: "consent script: a box in the lower right corner, a dialog",
        policy: POLICY,
        states: &[
            ASKING,
            PageState {
                what: "settings",
                act: "document.querySelector('.cn-learn-more').click()",
                place: WantedPlace::Dialog,
            },
            PageState {
                what: "accepted",
                act: "document.querySelector('.cm-btn-accept-all').click()",
                place: WantedPlace::Corner,
            },
        ],
    },
    FixedPage {
        name: "tarteaucitron",
        purpose: "consent script: a bar at the lower edge, then a button in the lower right corner",
        policy: POLICY,
        states: &[
            ASKING,
            PageState {
                what: "settings",
                act: "document.querySelector('#tarteaucitronCloseAlert').click()",
                place: WantedPlace::Dialog,
            },
            PageState {
                what: "accepted",
                act: "document.querySelector('#tarteaucitronAllAllowed').click(), \
                      document.querySelector('#tarteaucitronClosePanel').click()",
                place: WantedPlace::Aside,
            },
        ],
    },
    FixedPage {
        name: "orejime",
        purpose: "consent script: a box at the lower edge, a dialog",
        policy: POLICY,
        states: &[
            ASKING,
            PageState {
                what: "settings",
                act: "document.querySelector('.orejime-Banner-learnMoreButton').click()",
                place: WantedPlace::Dialog,
            },
            PageState {
                what: "accepted",
                act: "document.querySelector('.orejime-Modal-closeButton').click(), \
                      document.querySelector('.orejime-Banner-saveButton').click()",
                place: WantedPlace::Corner,
            },
        ],
    },
];
