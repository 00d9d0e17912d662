//! What an operator decides about accounts.

use super::account::{Account, AccountSummary, MAX_SHOWN, MAX_SITES, ONCE_MS, is_name};
use crate::{limits::sanitize, quote::quote_text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wire::desk::Role;

/// Longest order, in bytes.
pub const MAX_ORDER_BYTES: usize = 16 * 1024;
/// Longest e-mail address or user name at a provider, in characters (RFC 5321 allows no longer address).
const MAX_OIDC: usize = 254;

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountCommand {
    /// A new account.
    Add {
        /// What is typed to sign in.
        name: String,
        /// As visitors and colleagues see it.
        shown: String,
        /// What it may do, by site.
        roles: BTreeMap<String, Role>,
        /// Its password, for good; without it the edge makes one that is to be replaced.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<String>,
        /// Who it is at the agency's own provider.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        oidc: Option<String>,
    },
    /// Other things it may do; `None` takes a site away.
    Role {
        /// Whose.
        name: String,
        /// By site.
        roles: BTreeMap<String, Option<Role>>,
    },
    /// Who it is at the agency's own provider from now on; `None`: nobody.
    Oidc {
        /// Whose.
        name: String,
        /// The e-mail address or user name there.
        oidc: Option<String>,
    },
    /// A new password that is to be replaced, and no one-time codes until they are set up again.
    Reset {
        /// Whose.
        name: String,
    },
    /// Nobody signs in with it, and who is signed in is out.
    Disable {
        /// Whose.
        name: String,
    },
    /// The contrary.
    Enable {
        /// Whose.
        name: String,
    },
    /// There is no such account any more.
    Remove {
        /// Whose.
        name: String,
    },
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obeyed {
    /// The account as it is now; nothing if it was removed.
    pub account: Option<AccountSummary>,
    /// The password to hand over, said this once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// An account after an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// It, or nothing if it was removed.
    pub account: Option<Account>,
    /// Whether who is signed in with it is out now.
    pub out: bool,
}

impl AccountCommand {
    /// Whose account it is about.
    pub fn name(&self) -> &str {
        match self {
            AccountCommand::Add { name, .. }
            | AccountCommand::Role { name, .. }
            | AccountCommand::Oidc { name, .. }
            | AccountCommand::Reset { name }
            | AccountCommand::Disable { name }
            | AccountCommand::Enable { name }
            | AccountCommand::Remove { name } => name,
        }
    }

    /// What it is called in the audit trail.
    pub fn audit_name(&self) -> &'static str {
        match self {
            AccountCommand::Add { .. } => "staff add",
            AccountCommand::Role { .. } => "staff role",
            AccountCommand::Oidc { .. } => "staff oidc",
            AccountCommand::Reset { .. } => "staff reset",
            AccountCommand::Disable { .. } => "staff disable",
            AccountCommand::Enable { .. } => "staff enable",
            AccountCommand::Remove { .. } => "staff remove",
        }
    }

    /// The sites it gives something at.
    pub fn sites(&self) -> Vec<&str> {
        match self {
            AccountCommand::Add { roles, .. } => roles.keys().map(String::as_str).collect(),
            AccountCommand::Role { roles, .. } => {
                roles.iter().filter(|(_, role)| role.is_some()).map(|(site, _)| site.as_str()).collect()
            }
            AccountCommand::Oidc { .. }
            | AccountCommand::Reset { .. }
            | AccountCommand::Disable { .. }
            | AccountCommand::Enable { .. }
            | AccountCommand::Remove { .. } => Vec::new(),
        }
    }

    /// Whether the edge makes a password for it.
    pub fn wants_password(&self) -> bool {
        matches!(self, AccountCommand::Add { password: None, .. } | AccountCommand::Reset { .. })
    }
}

/// `account` after `order`. `hash` is that of the password it gets, if it gets one; `now` in milliseconds since 1970.
///
/// # Errors
/// A sentence for the operator.
pub fn apply_command(
    account: Option<Account>,
    order: AccountCommand,
    hash: &str,
    now: u64,
) -> Result<Change, String> {
    let name = order.name().to_owned();
    if !is_name(&name) {
        return Err(format!(
            "{} can't be an account's name: use up to 32 lower-case letters, digits, \".\" and \"-\", a letter \
             or a digit first",
            quote_text(&name)
        ));
    }
    let changed = |account: Account, out| Ok(Change { account: Some(account), out });
    let Some(mut account) = account else { return changed(create_account(name, order, hash, now)?, true) };
    match order {
        AccountCommand::Add { .. } => Err(format!(
            "there is an account {} already; `hoi staff role` changes what it may do",
            quote_text(&name)
        )),
        AccountCommand::Role { roles, .. } => {
            account.roles = merge_roles(&name, account.roles, roles)?;
            changed(account, false)
        }
        AccountCommand::Oidc { oidc, .. } => {
            changed(Account { oidc: check_identity(oidc)?, subject: None, ..account }, true)
        }
        AccountCommand::Reset { .. } => {
            let once_until = Some(now + ONCE_MS);
            let fresh = Account {
                password: hash.to_owned(),
                once_until,
                second: None,
                recovery: Vec::new(),
                ..account
            };
            changed(fresh, true)
        }
        AccountCommand::Disable { .. } => changed(Account { disabled: true, ..account }, true),
        AccountCommand::Enable { .. } => changed(Account { disabled: false, ..account }, false),
        AccountCommand::Remove { .. } => Ok(Change { account: None, out: true }),
    }
}

/// The account that an order makes.
fn create_account(name: String, order: AccountCommand, hash: &str, now: u64) -> Result<Account, String> {
    let AccountCommand::Add { shown, roles, password, oidc, .. } = order else {
        return Err(format!(
            "there is no account {}; `hoi staff list` shows which there are",
            quote_text(&name)
        ));
    };
    let roles = roles.into_iter().map(|(site, role)| check_role(site, role)).collect::<Result<_, _>>()?;
    Ok(Account {
        name,
        shown: shown_name(&shown)?,
        roles: check_role_count(roles)?,
        password: hash.to_owned(),
        once_until: password.is_none().then_some(now + ONCE_MS),
        second: None,
        recovery: Vec::new(),
        disabled: false,
        oidc: check_identity(oidc)?,
        subject: None,
        signed_in: None,
    })
}

/// Its roles with these changes.
fn merge_roles(
    name: &str,
    mut own: BTreeMap<String, Role>,
    roles: BTreeMap<String, Option<Role>>,
) -> Result<BTreeMap<String, Role>, String> {
    for (site, role) in roles {
        match role {
            Some(role) => own.extend([check_role(site, role)?]),
            None if own.remove(&site).is_none() => {
                return Err(format!("{} has no role at {}", quote_text(name), quote_text(&site)));
            }
            None => {}
        }
    }
    check_role_count(own)
}

fn shown_name(text: &str) -> Result<String, String> {
    let shown = sanitize::clean_text(text).replace(['\n', '\t'], " ").trim().to_owned();
    let good = (1..=MAX_SHOWN).contains(&shown.chars().count());
    let fix = format!("--shown must say what visitors and colleagues read, in 1 to {MAX_SHOWN} characters");
    good.then_some(shown).ok_or(fix)
}

fn check_identity(oidc: Option<String>) -> Result<Option<String>, String> {
    let Some(oidc) = oidc else { return Ok(None) };
    let trimmed = oidc.trim().to_lowercase();
    let good = (1..=MAX_OIDC).contains(&trimmed.chars().count()) && !trimmed.chars().any(char::is_control);
    let fix = || "an e-mail address or user name at the provider has 1 to 254 characters".to_owned();
    if good { Ok(Some(trimmed)) } else { Err(fix()) }
}

fn check_role(site: String, role: Role) -> Result<(String, Role), String> {
    match role {
        Role::Auditor | Role::Agent | Role::Lead => Ok((site, role)),
        Role::Unknown => Err(format!(
            "this edge doesn't know the role given at {}: auditor, agent or lead",
            quote_text(&site)
        )),
    }
}

fn check_role_count(roles: BTreeMap<String, Role>) -> Result<BTreeMap<String, Role>, String> {
    let few = roles.len() <= MAX_SITES;
    if few { Ok(roles) } else { Err(format!("an account has roles at {MAX_SITES} sites at most")) }
}
