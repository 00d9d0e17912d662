//! One's own account.

use super::{
    StaffField, StaffPage,
    sign_in::{Unlike, new_password},
};
use hoi_core::accounts::AccountSummary;
use maud::html;
use wire::desk::Role;

/// Where the forms go.
const HERE: &str = "/desk/account";

/// What was not done, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountSection<'a> {
    /// The password was not changed: the current one was wrong, or how long to wait.
    Current(&'a str),
    /// The password was not changed: the new one is no good.
    New(Unlike),
    /// No new recovery codes: the current password was wrong, or how long to wait.
    Codes(&'a str),
}

/// The page. `left` is how many recovery codes are left, `done` says what was just done.
pub fn account_page(
    sheet: &StaffPage<'_>,
    own: &AccountSummary,
    left: usize,
    wrong: Option<AccountSection<'_>>,
    done: Option<&str>,
) -> String {
    let words = sheet.words;
    let (current, unlike, codes) = match wrong {
        None => (None, None, None),
        Some(AccountSection::Current(why)) => (Some(why), None, None),
        Some(AccountSection::New(unlike)) => (None, Some(unlike), None),
        Some(AccountSection::Codes(why)) => (None, None, Some(why)),
    };
    let role = |role: &Role| match role {
        Role::Auditor => words.auditor,
        Role::Agent => words.agent,
        Role::Lead => words.lead,
        Role::Unknown => "",
    };
    let content = html! {
        @if let Some(done) = done { p.hoi-note role="status" { (done) } }
        p { strong { (own.shown) } " (" (own.name) ")" }
        @if own.roles.is_empty() { p { (words.no_desk) } } @else {
            ul { @for (site, what) in &own.roles { li { a href={ "/desk/s/" (site) } { (site) } ": " (role(what)) } } }
        }
        h2 { (words.change_password) }
        form.hoi-question method="post" action=(HERE) {
            (sheet.hidden_fields("change"))
            (StaffField { name: "current", label: words.current, wrong: current, ..StaffField::default() }.draw_field())
            (new_password(sheet, &own.name, unlike, false))
            button.hoi-go type="submit" { (words.save) }
        }
        h2 { (words.code) }
        @if own.codes {
            p { (words.codes_on.fill(left)) }
            form.hoi-question method="post" action=(HERE) {
                (sheet.hidden_fields("codes"))
                (StaffField { name: "known", label: words.current, wrong: codes, ..StaffField::default() }.draw_field())
                button.hoi-other type="submit" { (words.codes_new) }
            }
        } @else {
            p { (words.codes_off) }
            (sheet.draw_button_form(HERE, "set-up", "hoi-other", words.codes_set_up))
        }
        h2 { (words.sign_out) }
        (sheet.draw_button_form("/desk/sign-out", "out", "hoi-go", words.sign_out))
        p.hoi-hint { (words.everywhere_why) }
        (sheet.draw_button_form("/desk/sign-out", "everywhere", "hoi-other", words.everywhere))
    };
    sheet.draw_page(words.account, content)
}
