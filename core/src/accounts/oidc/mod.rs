//! Signing in with the agency's own provider: OpenID Connect Core 1.0, authorization code flow, with PKCE (RFC 7636).
//!
//! The provider says who somebody is; whether that somebody has a desk here says the account that `hoi staff` made.

mod person;
mod token;

pub use person::{PersonClaims, UserInfoError, parse_userinfo};
pub use token::{OidcUser, TokenError, verify_id_token};

use crate::crypto::{encryption::Lock, hmac};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};

/// How long signing in there may take, in milliseconds.
pub const STEP_MS: u64 = 600_000;
/// Longest code that a provider gives, in bytes.
pub const MAX_CODE: usize = 2_048;
/// What the provider gives back with who has signed out there.
pub const SIGNED_OUT_STATE: &str = "out";
/// What the sealed step is for.
const PLACE: &str = "oidc";

/// What a provider says of itself, as far as it is used (OpenID Connect Discovery 1.0).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Provider {
    /// Its name: an address.
    pub issuer: String,
    /// Where people sign in.
    pub authorization_endpoint: String,
    /// Where a code becomes a token.
    pub token_endpoint: String,
    /// Where its keys are.
    pub jwks_uri: String,
    /// Where it says more of who has signed in, if it does.
    #[serde(default)]
    pub userinfo_endpoint: Option<String>,
    /// Where people sign out, if it lets others send them there (OpenID Connect RP-Initiated Logout 1.0).
    #[serde(default)]
    pub end_session_endpoint: Option<String>,
    /// How we say who we are there.
    #[serde(default)]
    pub token_endpoint_auth_methods_supported: Vec<String>,
}

impl Provider {
    /// Whether who we are stands in the form, because the provider does not read it in the header.
    pub fn wants_form(&self) -> bool {
        let methods = &self.token_endpoint_auth_methods_supported;
        let has = |name: &str| methods.iter().any(|method| method == name);
        has("client_secret_post") && !has("client_secret_basic")
    }

    /// Where the browser is sent to sign out there too, and from there back to `redirect` with [`SIGNED_OUT_STATE`]; nothing where
    /// the provider knows no such thing. Who signs out says the provider's own cookie: no token is kept for it.
    pub fn end_session_url(&self, client: &str, redirect: &str) -> Option<String> {
        let endpoint = self.end_session_endpoint.as_deref().filter(|endpoint| !endpoint.is_empty())?;
        let query =
            [("client_id", client), ("post_logout_redirect_uri", redirect), ("state", SIGNED_OUT_STATE)];
        Some(append_query(endpoint, &query))
    }
}

/// Where a provider says it.
pub fn discovery_url(issuer: &str) -> String {
    format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))
}

/// A sign-in that has begun. It travels in a cookie, sealed: nothing is kept for who never comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// Comes back in the address.
    pub state: String,
    /// Comes back in the token.
    pub nonce: String,
    /// What shows at last that it was us who began.
    pub verifier: String,
    /// Where to go on: one of the desk's own paths.
    pub next: String,
    /// Until when it holds, in milliseconds since 1970.
    pub until: u64,
}

impl Begun {
    /// One that begins with these random bits.
    pub fn new(random: &[u8; 96], next: &str, now: u64) -> Begun {
        let [state, nonce, verifier] = split_random(random).map(|part| URL_SAFE_NO_PAD.encode(part));
        Begun { state, nonce, verifier, next: next.to_owned(), until: now + STEP_MS }
    }

    /// As it stands in the cookie.
    pub fn to_cookie(&self, secret: &[u8], nonce: [u8; crate::crypto::encryption::NONCE]) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        // Cookies take the alphabet for addresses.
        Lock::for_site(secret, "desk staff")
            .seal(PLACE, &text, nonce)
            .replace('+', "-")
            .replace('/', "_")
            .replace('=', "")
    }

    /// The one in the cookie `sealed`, if it still holds and `state` is its own.
    pub fn from_cookie(sealed: &str, state: &str, secret: &[u8], now: u64) -> Option<Begun> {
        let mut standard = sealed.replace('-', "+").replace('_', "/");
        while !standard.len().is_multiple_of(4) {
            standard.push('=');
        }
        let text = Lock::for_site(secret, "desk staff").open(PLACE, &standard)?;
        let begun: Begun = serde_json::from_str(&text).ok()?;
        (begun.until > now && constant_time_eq(secret, &begun.state, state)).then_some(begun)
    }

    /// Where the browser is sent to sign in.
    pub fn authorization_url(&self, provider: &Provider, client: &str, redirect: &str) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()));
        let query = [
            ("response_type", "code"),
            ("scope", "openid email profile"),
            ("client_id", client),
            ("redirect_uri", redirect),
            ("state", &self.state),
            ("nonce", &self.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        append_query(&provider.authorization_endpoint, &query)
    }
}

fn append_query(endpoint: &str, query: &[(&str, &str)]) -> String {
    let joint = if endpoint.contains('?') { '&' } else { '?' };
    format!("{endpoint}{joint}{}", encode_form(query))
}

/// Thrice 32 bytes.
fn split_random(random: &[u8; 96]) -> [[u8; 32]; 3] {
    let at = |from: usize| std::array::from_fn(|i| random.get(from + i).copied().unwrap_or_default());
    [at(0), at(32), at(64)]
}

fn constant_time_eq(secret: &[u8], one: &str, other: &str) -> bool {
    hmac::hex_tag(secret, &[one.as_bytes()], 32) == hmac::hex_tag(secret, &[other.as_bytes()], 32)
}

/// An answer of a provider's; else what is wrong with it, for the log. A field that is not there is named; what stands in one that is of another kind is not
/// repeated, for it may be a token.
///
/// # Errors
/// As said.
pub fn parse_answer<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    let value = wire::parse_json(body).map_err(|_| "the provider's answer is no JSON".to_owned())?;
    serde_json::from_value(value).map_err(|error| match error.to_string() {
        missing if missing.starts_with("missing field") => format!("the provider's answer: {missing}"),
        _ => "a field in the provider's answer is of another kind".to_owned(),
    })
}

/// Fields as a form in its usual encoding.
pub fn encode_form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", percent_encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// What the `Authorization` header says of us (RFC 6749, 2.3.1: both are escaped first).
pub fn basic_auth(client: &str, secret: &str) -> String {
    let pair = format!("{}:{}", percent_encode(client), percent_encode(secret));
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
}

fn percent_encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider() -> Provider {
        Provider {
            issuer: "https://id.example".into(),
            authorization_endpoint: "https://id.example/authorize".into(),
            token_endpoint: "https://id.example/token".into(),
            jwks_uri: "https://id.example/keys".into(),
            userinfo_endpoint: None,
            end_session_endpoint: None,
            token_endpoint_auth_methods_supported: Vec::new(),
        }
    }

    #[test]
    fn who_began_comes_back() {
        let begun = Begun::new(&std::array::from_fn(|at| at as u8), "/desk/s/ward", 1_000);
        assert!(begun.state != begun.nonce && begun.nonce != begun.verifier);
        let cookie = begun.to_cookie(b"secret", [3; crate::crypto::encryption::NONCE]);
        assert!(cookie.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{cookie}");
        assert!(!cookie.contains(&begun.verifier));
        assert_eq!(Begun::from_cookie(&cookie, &begun.state, b"secret", 2_000), Some(begun.clone()));
        assert_eq!(Begun::from_cookie(&cookie, &begun.nonce, b"secret", 2_000), None, "another state");
        assert_eq!(Begun::from_cookie(&cookie, &begun.state, b"secret", 1_000 + STEP_MS), None, "too late");
        assert_eq!(Begun::from_cookie(&cookie, &begun.state, b"other", 2_000), None, "another edge");
        assert_eq!(Begun::from_cookie("", "", b"secret", 2_000), None);
    }

    /// The verifier and challenge of RFC 7636, appendix B.
    #[test]
    fn the_address_proves_nothing_and_asks_for_everything() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
        let begun = Begun { state: "s".into(), nonce: "n".into(), verifier, next: "/desk".into(), until: 1 };
        let address = begun.authorization_url(&provider(), "hoi & co", "https://hoi.example/desk/oidc/back");
        assert_eq!(
            address,
            "https://id.example/authorize?response_type=code&scope=openid%20email%20profile&client_id=hoi%20%26%20co\
             &redirect_uri=https%3A%2F%2Fhoi.example%2Fdesk%2Foidc%2Fback&state=s&nonce=n\
             &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
        );
        let with_query = Provider { authorization_endpoint: "https://id.example/a?p=1".into(), ..provider() };
        assert!(
            begun
                .authorization_url(&with_query, "c", "r")
                .starts_with("https://id.example/a?p=1&response_type=code")
        );
    }

    #[test]
    fn who_signs_out_here_may_do_so_there() {
        let at = |endpoint: Option<&str>| {
            let provider = Provider { end_session_endpoint: endpoint.map(str::to_owned), ..provider() };
            provider.end_session_url("hoi & co", "https://hoi.example/desk/sign-in")
        };
        assert_eq!((at(None), at(Some(""))), (None, None));
        let query = "client_id=hoi%20%26%20co&post_logout_redirect_uri=https%3A%2F%2Fhoi.example%2Fdesk%2Fsign-in&state=out";
        assert_eq!(at(Some("https://id.example/out")).unwrap(), format!("https://id.example/out?{query}"));
        assert_eq!(
            at(Some("https://id.example/out?p=1")).unwrap(),
            format!("https://id.example/out?p=1&{query}")
        );
    }

    #[test]
    fn what_is_wrong_with_an_answer_is_told_without_values() {
        let refuse = |body: &str| parse_answer::<Provider>(body.as_bytes()).unwrap_err();
        assert!(refuse(r#"{"secret-token"}"#).contains("no JSON"));
        assert!(refuse(r#"{"issuer":"secret-token"}"#).contains("missing field `authorization_endpoint`"));
        for odd in [r#"{"issuer":{"secret-token":1}}"#, r#"["secret-token"]"#, r#""secret-token""#] {
            assert!(!refuse(odd).contains("secret-token"), "{odd}");
        }
        let whole = r#"{"issuer":"i","authorization_endpoint":"a","token_endpoint":"t","jwks_uri":"k"}"#;
        assert_eq!(parse_answer::<Provider>(whole.as_bytes()).unwrap().userinfo_endpoint, None);
    }

    #[test]
    fn the_header_where_the_provider_reads_it() {
        let methods = |list: &[&str]| Provider {
            token_endpoint_auth_methods_supported: list.iter().map(|one| (*one).to_owned()).collect(),
            ..provider()
        };
        assert!(!methods(&[]).wants_form());
        assert!(!methods(&["client_secret_post", "client_secret_basic"]).wants_form());
        assert!(methods(&["client_secret_post"]).wants_form());
        assert_eq!(basic_auth("a:b", "c"), "Basic YSUzQWI6Yw==");
        assert_eq!(
            discovery_url("https://id.example/realm/"),
            "https://id.example/realm/.well-known/openid-configuration"
        );
    }
}
