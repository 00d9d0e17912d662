//! `hoi staff`

use crate::{edge::Edge, out::say};
use anyhow::{Context as _, bail};
use clap::Subcommand;
use hoi_core::accounts::{AccountCommand, AccountSummary, Obeyed};
use jiff::{Timestamp, tz::TimeZone};
use std::{collections::BTreeMap, io::BufRead as _};
use wire::desk::Role;

/// Say who may sit at the desk: make accounts, change what they may do, shut them.
///
/// Staff sign in at /desk on the edge. Roles are `auditor` (reads conversations, reports and the audit trail), `agent` (answers visitors) and
/// `lead` (also takes over from others, teaches the assistant, sees reports), each for one site.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    edge: Edge,
}

#[derive(Subcommand)]
enum Command {
    /// Make an account. Its first password is printed once; it opens the desk for seven days, once.
    Add {
        /// What is typed to sign in: lower-case letters, digits, "." and "-".
        name: String,
        /// The name that visitors and colleagues see: --shown "Nguyễn Thị Lan".
        #[arg(long, value_name = "NAME")]
        shown: String,
        /// A site and what the account may do there: --role ward:agent. May be given several times.
        #[arg(long = "role", value_name = "SITE:ROLE", required = true, value_parser = parse_role)]
        roles: Vec<(String, Role)>,
        /// Who it is at your own provider (OpenID Connect): the e-mail address or user name there.
        #[arg(long, value_name = "WHO")]
        oidc: Option<String>,
        /// Take the password from standard input instead, one line; it need not be replaced.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Show all accounts.
    List,
    /// Change what an account may do: `hoi staff role lan ward:lead shop:none`.
    Role {
        /// The account.
        name: String,
        /// A site and what the account may do there; "none" takes the site away.
        #[arg(value_name = "SITE:ROLE", required = true, value_parser = parse_role_change)]
        roles: Vec<(String, Option<Role>)>,
    },
    /// Give an account a new one-time password, take its authentication codes away and sign it out everywhere.
    Reset {
        /// The account.
        name: String,
    },
    /// Say who an account is at your own provider (OpenID Connect).
    Oidc {
        /// The account.
        name: String,
        /// The e-mail address or user name there; left out: nobody any more.
        who: Option<String>,
    },
    /// Shut an account and sign it out at once.
    Disable {
        /// The account.
        name: String,
    },
    /// Open it again.
    Enable {
        /// The account.
        name: String,
    },
    /// Delete an account. What it said and did stays in conversations and the audit trail.
    Remove {
        /// The account.
        name: String,
    },
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { command, edge } = args;
    let order = match command {
        Command::List => return list_accounts(&edge),
        Command::Add { name, shown, roles, oidc, password_stdin } => {
            let password = password_stdin.then(first_line).transpose()?;
            AccountCommand::Add { name, shown, roles: roles_by_site(roles)?, password, oidc }
        }
        Command::Role { name, roles } => AccountCommand::Role { name, roles: roles_by_site(roles)? },
        Command::Reset { name } => AccountCommand::Reset { name },
        Command::Oidc { name, who } => AccountCommand::Oidc { name, oidc: who },
        Command::Disable { name } => AccountCommand::Disable { name },
        Command::Enable { name } => AccountCommand::Enable { name },
        Command::Remove { name } => AccountCommand::Remove { name },
    };
    let obeyed: Obeyed = edge.post_json("/admin/staff", &serde_json::to_vec(&order)?)?;
    match &obeyed.account {
        Some(account) => say!("{}", account_line(account)),
        None => say!("{}: there is no such account any more.", order.name()),
    }
    if let Some(password) = &obeyed.password {
        say!(
            "One-time password: {password}\nHand it over; it is not shown again. It opens {}/desk until it is replaced there, for seven \
             days at most.",
            edge.base_url()
        );
    }
    Ok(())
}

fn list_accounts(edge: &Edge) -> anyhow::Result<()> {
    let all: Vec<AccountSummary> = edge.get_json("/admin/staff")?;
    if all.is_empty() {
        say!("There are no accounts yet. `hoi staff add --help` says how to make one.");
    }
    for account in &all {
        say!("{}", account_line(account));
    }
    Ok(())
}

/// An account in a line.
fn account_line(account: &AccountSummary) -> String {
    let AccountSummary { name, shown, roles, one_time, codes, disabled, oidc, signed_in } = account;
    let roles: Vec<String> =
        roles.iter().map(|(site, role)| format!("{site}:{}", role_name(*role))).collect();
    let mut parts = vec![format!("{name} ({shown})"), roles.join(" ")];
    parts.extend(disabled.then(|| "disabled".to_owned()));
    parts.extend(one_time.then(|| "has not chosen a password yet".to_owned()));
    parts.push(if *codes { "authentication codes".to_owned() } else { "no authentication codes".to_owned() });
    parts.extend(oidc.as_ref().map(|who| format!("at the provider {who}")));
    parts.push(match signed_in.and_then(local_day) {
        Some(day) => format!("last signed in {day}"),
        None => "never signed in".to_owned(),
    });
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// The day of a moment in milliseconds since 1970, by this machine's clock.
fn local_day(ms: u64) -> Option<jiff::civil::Date> {
    let at = Timestamp::from_millisecond(i64::try_from(ms).ok()?).ok()?;
    Some(at.to_zoned(TimeZone::system()).date())
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Auditor => "auditor",
        Role::Agent => "agent",
        Role::Lead => "lead",
        Role::Unknown => "unknown",
    }
}

fn parse_role(text: &str) -> Result<(String, Role), String> {
    match parse_role_change(text)? {
        (site, Some(role)) => Ok((site, role)),
        (site, None) => Err(format!("say what the account may do at {site:?}: auditor, agent or lead")),
    }
}

fn parse_role_change(text: &str) -> Result<(String, Option<Role>), String> {
    let Some((site, role)) = text.split_once(':') else {
        return Err("write a site and a role with a colon between them: ward:agent".to_owned());
    };
    let role = match role {
        "auditor" => Some(Role::Auditor),
        "agent" => Some(Role::Agent),
        "lead" => Some(Role::Lead),
        "none" => None,
        other => return Err(format!("there is no role {other:?}: auditor, agent or lead")),
    };
    Ok((site.to_owned(), role))
}

/// `roles` by site.
fn roles_by_site<R>(roles: Vec<(String, R)>) -> anyhow::Result<BTreeMap<String, R>> {
    let mut by_site = BTreeMap::new();
    for (site, role) in roles {
        if by_site.contains_key(&site) {
            bail!("{site:?} is named twice: an account has one role at a site");
        }
        by_site.insert(site, role);
    }
    Ok(by_site)
}

fn first_line() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("standard input can't be read")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read() {
        assert_eq!(parse_role("ward:agent"), Ok(("ward".to_owned(), Role::Agent)));
        assert_eq!(parse_role_change("ward:none"), Ok(("ward".to_owned(), None)));
        for (bad, said) in [("ward", "colon"), ("ward:boss", "auditor"), ("ward:none", "auditor")] {
            assert!(parse_role(bad).unwrap_err().contains(said), "{bad}");
        }
        assert!(roles_by_site(vec![("ward".to_owned(), 1), ("ward".to_owned(), 2)]).is_err());
    }

    #[test]
    fn an_account_is_told_in_a_line() {
        let account = AccountSummary {
            name: "lan".into(),
            shown: "Nguyễn Thị Lan".into(),
            roles: BTreeMap::from([("ward".into(), Role::Lead)]),
            one_time: true,
            codes: false,
            disabled: false,
            oidc: None,
            signed_in: None,
        };
        let expected = "lan (Nguyễn Thị Lan), ward:lead, has not chosen a password yet, no authentication codes, never signed in";
        assert_eq!(account_line(&account), expected);
    }
}
