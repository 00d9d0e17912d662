use super::*;
use jwt_compact::{Header, alg::Hs256Key};
use site::Algorithm::{self as Alg, Es256 as Ec, Hs256 as Hs, Rs256 as Rs};

const SECRET: &str = "a key of the host site, 32 bytes or more";
/// A moment at which the tokens in `fixtures/identity` hold.
const NOW: Seconds = Seconds(1_790_000_100);

/// `tests/fixtures/identity`: keys of OpenSSL's, and tokens that Node signed with them.
macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../tests/fixtures/identity/", $name)).trim()
    };
}

fn identity(algorithm: Alg) -> Identity {
    let (secret, public_key) = match algorithm {
        Hs => ("WARD_IDENTITY_SECRET", ""),
        Rs => ("", fixture!("rsa.pem")),
        Ec => ("", fixture!("ec.pem")),
    };
    Identity { algorithm, secret: secret.into(), public_key: public_key.into(), issuer: None }
}

fn check(token: &str, algorithm: Alg) -> Option<Visitor> {
    verify_identity_token(token, &identity(algorithm), SECRET, "ward", NOW).ok()
}

/// A token with these claims, signed with the shared secret.
fn signed(claims: serde_json::Value) -> String {
    let claims: Claims<serde_json::Value> = serde_json::from_value(claims).unwrap();
    Hs256.token(&Header::empty(), &claims, &Hs256Key::new(SECRET)).unwrap()
}

#[test]
fn what_another_library_signed_is_understood() {
    let hoa = Visitor { id: "citizen-42".into(), name: Some("Nguyễn Thị Hoa".into()) };
    for (algorithm, token) in
        [(Hs, fixture!("hs256.jwt")), (Rs, fixture!("rs256.jwt")), (Ec, fixture!("es256.jwt"))]
    {
        assert_eq!(check(token, algorithm), Some(hoa.clone()), "{algorithm:?}");
        let identity = identity(algorithm);
        let at = |now| verify_identity_token(token, &identity, SECRET, "ward", now).ok();
        assert_eq!(
            verify_identity_token(token, &identity, SECRET, "shop", NOW),
            Err(IdentityRefusal::Audience),
            "another site"
        );
        assert!(
            at(Seconds(1_790_003_599) + LEEWAY).is_some() && at(Seconds(1_790_003_601) + LEEWAY).is_none()
        );
        for place in (0..token.len()).step_by(7) {
            let mut bad = token.to_owned().into_bytes();
            bad[place] = if bad[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(check(&String::from_utf8(bad).unwrap(), algorithm), None, "changed at {place}");
        }
    }
}

#[test]
fn the_site_chooses_the_algorithm_and_the_token_does_not() {
    let tokens = [fixture!("hs256.jwt"), fixture!("rs256.jwt"), fixture!("es256.jwt")];
    for (index, algorithm) in [Hs, Rs, Ec].into_iter().enumerate() {
        for (other, token) in tokens.iter().enumerate() {
            assert_eq!(check(token, algorithm).is_some(), index == other, "{algorithm:?} {token}");
        }
        assert_eq!(check(fixture!("none.jwt"), algorithm), None, "unsigned");
        // An RSA key that everybody knows, used as if it were a secret.
        assert_eq!(check(fixture!("confused.jwt"), algorithm), None, "{algorithm:?}");
    }
}

#[test]
fn every_claim_must_fit() {
    let good = serde_json::json!({ "sub": "1", "aud": "ward", "exp": NOW + Seconds(600), "iss": "https://a.example" });
    let with = |name: &str, value: serde_json::Value| {
        let mut claims = good.clone();
        match value {
            serde_json::Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims.as_object_mut().unwrap().insert(name.to_owned(), value),
        };
        check(&signed(claims), Hs)
    };
    assert_eq!(check(&signed(good.clone()), Hs), Some(Visitor { id: "1".into(), name: None }));
    assert!(with("aud", serde_json::json!(["x", "ward"])).is_some());
    assert_eq!(with("name", "a\u{202e}b".into()).unwrap().name.as_deref(), Some("ab"));
    for (name, value) in [
        ("aud", "shop".into()),
        ("aud", serde_json::json!([])),
        ("aud", serde_json::Value::Null),
        ("exp", NOW.saturating_sub(Seconds(61)).0.into()),
        ("exp", (NOW + MAX_LIFE + Seconds(100)).0.into()),
        ("exp", serde_json::Value::Null),
        ("nbf", (NOW + Seconds(100)).0.into()),
        ("sub", "".into()),
        ("sub", serde_json::Value::Null),
        ("sub", "x".repeat(129).into()),
    ] {
        assert_eq!(with(name, value.clone()), None, "{name}: {value}");
    }
    let strict = |issuer: &str| Identity { issuer: Some(issuer.into()), ..identity(Hs) };
    let from = |issuer| verify_identity_token(&signed(good.clone()), &strict(issuer), SECRET, "ward", NOW);
    assert!(from("https://a.example").is_ok());
    assert_eq!(from("https://b.example"), Err(IdentityRefusal::Issuer));
}

#[test]
fn without_a_good_key_nobody_is_known() {
    let token = fixture!("hs256.jwt");
    for secret in ["", "short", "another key of the host site, 32 bytes"] {
        let refusal = if secret.len() < 32 { IdentityRefusal::Key } else { IdentityRefusal::Signature };
        assert_eq!(
            verify_identity_token(token, &identity(Hs), secret, "ward", NOW),
            Err(refusal),
            "{secret}"
        );
    }
    let broken = Identity { public_key: "-----BEGIN PUBLIC KEY-----".into(), ..identity(Rs) };
    assert_eq!(
        verify_identity_token(fixture!("rs256.jwt"), &broken, SECRET, "ward", NOW),
        Err(IdentityRefusal::Key)
    );
    for bad in ["", ".", "..", "a.b.c", &"x".repeat(5000)] {
        assert_eq!(check(bad, Hs), None, "{bad:.9}");
    }
}

#[test]
fn a_number_is_a_name_as_it_is_written() {
    let of = |sub: serde_json::Value| {
        let claims = serde_json::json!({ "sub": sub, "aud": "ward", "exp": NOW + Seconds(600) });
        check(&signed(claims), Hs).map(|visitor| visitor.id)
    };
    for (sub, id) in [
        (serde_json::json!(42), "42"),
        (serde_json::json!("42"), "42"),
        (serde_json::json!(0), "0"),
        (serde_json::json!(-7), "-7"),
        (serde_json::json!(9_007_199_254_740_993_u64), "9007199254740993"),
        (serde_json::json!(u64::MAX), "18446744073709551615"),
    ] {
        assert_eq!(of(sub.clone()).as_deref(), Some(id), "{sub}");
    }
    for bad in ["1.5", "1e30", "184467440737095516160", "true", "null", "[42]", "{}"] {
        assert_eq!(of(serde_json::from_str(bad).unwrap()), None, "{bad}");
    }
}

#[test]
fn the_log_is_told_why() {
    let why = |claims: serde_json::Value| {
        verify_identity_token(&signed(claims), &identity(Hs), SECRET, "ward", NOW).unwrap_err().to_string()
    };
    let good = serde_json::json!({ "sub": "1", "aud": "ward", "exp": NOW + Seconds(600) });
    let with = |name: &str, value: serde_json::Value| {
        let mut claims = good.clone();
        claims[name] = value;
        why(claims)
    };
    assert_eq!(with("exp", (NOW.0 - 61).into()), "expired");
    assert_eq!(with("exp", (NOW + MAX_LIFE + Seconds(100)).0.into()), "life");
    assert_eq!(with("nbf", (NOW + Seconds(100)).0.into()), "early");
    assert_eq!(with("aud", "shop".into()), "audience");
    assert_eq!(with("sub", "".into()), "subject");
    assert_eq!(with("sub", serde_json::json!([])), "claims");
    assert_eq!(why(serde_json::json!({ "sub": "1", "aud": "ward" })), "claims", "no exp");
    let of = |token: &str, algorithm| {
        verify_identity_token(token, &identity(algorithm), SECRET, "ward", NOW).unwrap_err().to_string()
    };
    assert_eq!(of(fixture!("hs256.jwt"), Ec), "algorithm");
    assert_eq!(of("a.b.c", Hs), "format");
    assert_eq!(of(&"x".repeat(5000), Hs), "size");
}

#[test]
fn a_key_is_checked_as_the_edge_uses_it() {
    let check = |algorithm, key: &str| {
        let identity = Identity { public_key: key.trim().into(), ..identity(algorithm) };
        check_public_key(&identity)
    };
    for (algorithm, good) in [(Rs, fixture!("rsa.pem")), (Ec, fixture!("ec.pem")), (Hs, "")] {
        assert_eq!(check(algorithm, good), Ok(()), "{algorithm:?}");
    }
    for (name, algorithm, key, why) in [
        ("RSA-1024", Rs, fixture!("rsa-1024.pem"), KeyError::ShortRsa),
        ("PSS", Rs, fixture!("rsa-pss.pem"), KeyError::NoRsa),
        ("P-256 for RS256", Rs, fixture!("ec.pem"), KeyError::NoRsa),
        ("P-384", Ec, fixture!("ec-p384.pem"), KeyError::NoP256),
        ("Ed25519", Ec, fixture!("ed25519.pem"), KeyError::NoP256),
        ("RSA for ES256", Ec, fixture!("rsa.pem"), KeyError::NoP256),
        ("nothing", Ec, "", KeyError::NoP256),
    ] {
        assert_eq!(check(algorithm, key), Err(why), "{name}");
    }
}
