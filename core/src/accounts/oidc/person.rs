//! Who somebody is, as a provider says it: in the ID token and, where that has no e-mail address, at UserInfo
//! (OpenID Connect Core 1.0, 5.3 and 5.4).

use super::{OidcUser, parse_answer};
use crate::identity::deserialize_subject;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a provider says of somebody.
///
/// Whatever else `sub` comes with is optional: a claim of a kind that nobody expects is as good as none, and keeps nobody out
/// whose account is bound to `sub`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonClaims {
    #[serde(deserialize_with = "deserialize_subject")]
    sub: String,
    #[serde(default)]
    email: Option<Value>,
    #[serde(default)]
    email_verified: Option<Value>,
    #[serde(default)]
    preferred_username: Option<Value>,
}

/// Why what UserInfo answers is not used. For the edge's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UserInfoError {
    /// A token instead of plain claims.
    #[error(
        "UserInfo answers with a signed token (application/jwt), which is not understood: set it to plain JSON"
    )]
    Signed,
    /// Neither.
    #[error("UserInfo does not answer with a JSON object that has a sub")]
    NoClaims,
    /// It speaks of somebody else (5.3.2: then none of it may be used).
    #[error("the sub at UserInfo is not the ID token's")]
    Subject,
}

impl PersonClaims {
    /// Whether no e-mail address is named at all, so that UserInfo is to be asked.
    pub fn lacks_email(&self) -> bool {
        text_of(&self.email).is_none()
    }

    /// These claims, and what `userinfo` says that they don't.
    ///
    /// # Errors
    /// [`UserInfoError::Subject`] if it speaks of somebody else.
    pub fn merge_userinfo(self, userinfo: PersonClaims) -> Result<PersonClaims, UserInfoError> {
        if userinfo.sub != self.sub {
            return Err(UserInfoError::Subject);
        }
        // A doubt in either place is one.
        let doubted = [&self, &userinfo].into_iter().any(PersonClaims::doubts_email);
        let email_verified =
            if doubted { Some(Value::Bool(false)) } else { userinfo.email_verified.or(self.email_verified) };
        Ok(PersonClaims {
            email: if text_of(&self.email).is_some() { self.email } else { userinfo.email },
            email_verified,
            preferred_username: if text_of(&self.preferred_username).is_some() {
                self.preferred_username
            } else {
                userinfo.preferred_username
            },
            sub: self.sub,
        })
    }

    /// Who this is: by an e-mail address that the provider does not doubt, and by a user name. People choose user names
    /// themselves at many providers, so one that looks like an address is nobody's.
    pub fn to_user(&self) -> OidcUser {
        let email = text_of(&self.email).filter(|email| is_address(email) && !self.doubts_email());
        let user_name = text_of(&self.preferred_username).filter(|name| !name.contains(is_at_sign));
        OidcUser { sub: self.sub.clone(), names: [email, user_name].into_iter().flatten().collect() }
    }

    /// Why fewer names follow from this than an account may be named by, by claims and without their values; empty if
    /// both do.
    pub fn describe_gaps(&self) -> String {
        let email = match text_of(&self.email) {
            None => Some("email is missing"),
            Some(email) if !is_address(&email) => Some("email is no address"),
            Some(_) if self.doubts_email() => Some("email_verified is not true"),
            Some(_) => None,
        };
        let user_name = match text_of(&self.preferred_username) {
            None => Some("preferred_username is missing"),
            Some(name) if name.contains(is_at_sign) => {
                Some("preferred_username is written like an e-mail address, which only email may say")
            }
            Some(_) => None,
        };
        [email, user_name].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// Whether the provider says anything of the address but that it was verified. Some say it as a text, and some nothing.
    fn doubts_email(&self) -> bool {
        match &self.email_verified {
            None | Some(Value::Bool(true)) => false,
            Some(Value::String(said)) => !said.trim().eq_ignore_ascii_case("true"),
            Some(_) => true,
        }
    }
}

/// What an answer of UserInfo says, by its `Content-Type`.
///
/// # Errors
/// [`UserInfoError::Signed`], [`UserInfoError::NoClaims`].
pub fn parse_userinfo(content_type: &str, body: &[u8]) -> Result<PersonClaims, UserInfoError> {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/jwt") {
        return Err(UserInfoError::Signed);
    }
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(UserInfoError::NoClaims);
    }
    parse_answer(body).map_err(|_| UserInfoError::NoClaims)
}

/// The text in a claim, as accounts are named by: in lower case.
fn text_of(claim: &Option<Value>) -> Option<String> {
    let text = claim.as_ref()?.as_str()?.trim().to_lowercase();
    (!text.is_empty()).then_some(text)
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty())
}

/// Its wide and small forms are read as the same sign.
fn is_at_sign(letter: char) -> bool {
    matches!(letter, '@' | '\u{ff20}' | '\u{fe6b}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn claims(value: Value) -> PersonClaims {
        serde_json::from_value(value).unwrap()
    }

    fn names(value: Value) -> Vec<String> {
        claims(value).to_user().names
    }

    #[test]
    fn only_a_verified_address_names_somebody() {
        let with = |verified: Value| {
            names(json!({ "sub": "1", "email": " Lan@Ward.example", "email_verified": verified }))
        };
        for good in [json!(null), json!(true), json!("true"), json!("True")] {
            assert_eq!(with(good.clone()), ["lan@ward.example"], "{good}");
        }
        for bad in [json!(false), json!("false"), json!(""), json!(0), json!(1), json!([]), json!("yes")] {
            assert!(with(bad.clone()).is_empty(), "{bad}");
        }
    }

    #[test]
    fn a_name_is_no_address_and_an_address_is_no_name() {
        for claim in ["name", "preferred_username", "nickname", "upn", "unique_name"] {
            for written in ["lan@ward.example", "LAN@ward.example ", "lan＠ward.example"] {
                let said = json!({ "sub": "1", claim: written });
                assert!(names(said.clone()).is_empty(), "{said}");
            }
        }
        assert_eq!(names(json!({ "sub": "1", "preferred_username": "Lan" })), ["lan"]);
        for email in ["lan", "@", "lan@", "@ward.example", "  "] {
            assert!(names(json!({ "sub": "1", "email": email })).is_empty(), "{email}");
        }
    }

    #[test]
    fn a_claim_of_another_kind_keeps_nobody_out() {
        for odd in [json!(null), json!(7), json!(["lan@ward.example"]), json!({}), json!(true)] {
            let said = claims(json!({ "sub": "1", "email": odd, "preferred_username": odd }));
            assert_eq!(said.to_user(), OidcUser { sub: "1".into(), names: Vec::new() }, "{odd}");
            assert!(said.lacks_email(), "{odd}");
        }
        assert_eq!(claims(json!({ "sub": 4711 })).to_user().sub, "4711");
    }

    #[test]
    fn userinfo_says_what_the_token_does_not() {
        let token = claims(json!({ "sub": "1", "preferred_username": "lan" }));
        assert!(token.lacks_email());
        let merge = |userinfo: Value| token.clone().merge_userinfo(claims(userinfo));
        let merged = merge(json!({ "sub": "1", "email": "lan@ward.example", "preferred_username": "minh" }));
        assert_eq!(merged.unwrap().to_user().names, ["lan@ward.example", "lan"]);
        let doubted = merge(json!({ "sub": "1", "email": "lan@ward.example", "email_verified": false }));
        assert_eq!(doubted.unwrap().to_user().names, ["lan"]);
        for other in [json!("2"), json!(2), json!("1 ")] {
            let userinfo = json!({ "sub": other, "email": "lan@ward.example" });
            assert_eq!(merge(userinfo), Err(UserInfoError::Subject), "{other}");
        }
        let doubting = claims(json!({ "sub": "1", "email_verified": false }));
        let userinfo = claims(json!({ "sub": "1", "email": "lan@ward.example", "email_verified": true }));
        assert!(doubting.merge_userinfo(userinfo).unwrap().to_user().names.is_empty());
    }

    #[test]
    fn userinfo_is_plain_json() {
        let body = br#"{"sub":"1","email":"lan@ward.example"}"#;
        for good in ["application/json", "Application/JSON; charset=utf-8"] {
            assert!(parse_userinfo(good, body).is_ok(), "{good}");
        }
        for bad in ["", "text/html", "text/plain", "application/jsonp", "application/xml"] {
            assert_eq!(parse_userinfo(bad, body), Err(UserInfoError::NoClaims), "{bad}");
        }
        assert_eq!(parse_userinfo("application/jwt", b"a.b.c"), Err(UserInfoError::Signed));
        for bad in
            ["", "null", "[]", "{}", r#"{"sub":null}"#, r#"{"email":"a@b"}"#, "a.b.c", r#"{"sub":"1"}x"#]
        {
            assert_eq!(
                parse_userinfo("application/json", bad.as_bytes()),
                Err(UserInfoError::NoClaims),
                "{bad}"
            );
        }
    }

    #[test]
    fn gaps_are_told_by_claims_and_never_by_values() {
        for (said, gaps) in [
            (json!({}), "email is missing; preferred_username is missing"),
            (
                json!({ "email": "lan@ward.example", "email_verified": false }),
                "email_verified is not true; preferred_username is missing",
            ),
            (json!({ "email": "lan", "preferred_username": "lan" }), "email is no address"),
            (
                json!({ "email": "lan@ward.example", "preferred_username": "lan@ward.example" }),
                "preferred_username is written like an e-mail address, which only email may say",
            ),
            (json!({ "email": "lan@ward.example", "preferred_username": "lan" }), ""),
        ] {
            let mut said = said;
            said["sub"] = json!("1");
            assert_eq!(claims(said).describe_gaps(), gaps);
        }
    }
}
