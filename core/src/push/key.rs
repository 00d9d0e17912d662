//! The edge's own key towards push services (VAPID, RFC 8292): with it a service knows that who pushes is who the browser
//! was told of.

use crate::time::Seconds;
use base64::{
    Engine as _,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::URL_SAFE_NO_PAD},
};
use jwt_compact::{AlgorithmExt as _, Claims, Header, alg::Es256};
use p256::ecdsa::SigningKey;
use serde::Serialize;

/// How long a statement holds. A service takes none of more than a day (RFC 8292, 2), and its clock may be another.
const LIFE: Seconds = Seconds(12 * 3_600);

/// The key.
pub struct VapidKey(SigningKey);

/// What is stated.
#[derive(Serialize)]
struct VapidClaims<'a> {
    /// The service's origin.
    aud: &'a str,
    /// Until when.
    exp: Seconds,
    /// Whom a service may turn to.
    sub: &'a str,
}

impl VapidKey {
    /// The key that `text` is: 32 bytes, as base64 in either alphabet. Nothing for what is none.
    pub fn parse(text: &str) -> Option<VapidKey> {
        let plain: String = text
            .trim()
            .chars()
            .map(|c| match c {
                '+' => '-',
                '/' => '_',
                c => c,
            })
            .collect();
        let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let bytes = GeneralPurpose::new(&base64::alphabet::URL_SAFE, config).decode(plain).ok()?;
        SigningKey::from_slice(&bytes).ok().map(VapidKey)
    }

    /// What a browser is told: the point, uncompressed, as base64url.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.verifying_key().to_encoded_point(false))
    }

    /// The `Authorization` of a push to `endpoint` at `now`; `contact` is an address of a page that says
    /// whom to turn to. Nothing for what is no address.
    pub fn authorization_header(&self, endpoint: &str, contact: &str, now: Seconds) -> Option<String> {
        let host = endpoint.find("://")? + 3;
        let end = endpoint.get(host..)?.find('/').map_or(endpoint.len(), |at| host + at);
        let claims = VapidClaims { aud: endpoint.get(..end)?, exp: now + LIFE, sub: contact };
        let token =
            Es256.token(&Header::empty().with_token_type("JWT"), &Claims::new(claims), &self.0).ok()?;
        Some(format!("vapid t={token}, k={}", self.public_key()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::{
        EncodedPoint,
        ecdsa::{Signature, VerifyingKey, signature::Verifier as _},
    };
    use serde_json::{Value, json};

    const OWN: &str = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";

    #[test]
    fn what_openssl_makes_is_a_key() {
        let key = VapidKey::parse(OWN).expect("32 bytes");
        for same in [&OWN.replace('=', ""), &format!(" {OWN}\n")] {
            assert_eq!(VapidKey::parse(same).map(|key| key.public_key()), Some(key.public_key()));
        }
        let (plain, url) =
            ("+/IDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=", "-_IDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA");
        assert_eq!(
            VapidKey::parse(plain).map(|key| key.public_key()),
            VapidKey::parse(url).map(|key| key.public_key())
        );
        let zero = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        for bad in
            ["", "secret", "AQID", &OWN.repeat(2), zero, "____________________________________________"]
        {
            assert!(VapidKey::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_service_can_check_it_with_the_key_the_browser_was_told() {
        let key = VapidKey::parse(OWN).expect("a key");
        let endpoint = "https://web.push.apple.com:443/QGuQ?a=b/c";
        let said = key
            .authorization_header(endpoint, "https://hoi.example/s/ward", Seconds(1_000))
            .expect("an address");
        let (token, public) = said
            .strip_prefix("vapid t=")
            .and_then(|rest| rest.split_once(", k="))
            .expect("as RFC 8292 has it");
        assert_eq!(public, key.public_key());
        let point =
            EncodedPoint::from_bytes(URL_SAFE_NO_PAD.decode(public).expect("base64url")).expect("a point");
        assert_eq!(point.len(), 65);
        let public = VerifyingKey::from_encoded_point(&point).expect("on the curve");
        // Without the library that wrote it.
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let decode = |part| URL_SAFE_NO_PAD.decode(part).expect("base64url");
        let signature = Signature::from_slice(&decode(signature)).expect("64 bytes");
        public.verify(signed.as_bytes(), &signature).expect("signed with that key");
        let said: Vec<Value> =
            signed.split('.').map(|part| serde_json::from_slice(&decode(part)).expect("JSON")).collect();
        let header = json!({ "typ": "JWT", "alg": "ES256" });
        let claims = json!({
            "aud": "https://web.push.apple.com:443", "exp": 1_000 + 43_200, "sub": "https://hoi.example/s/ward",
        });
        assert_eq!(said, [header, claims]);
        assert!(key.authorization_header("web.push.apple.com", "", Seconds(0)).is_none());
    }
}
