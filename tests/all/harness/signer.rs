//! The host's own server, which signs who a visitor is: another language's library, so that both can't be wrong alike.

use serde_json::Value;
use std::process::Command;

/// What Node signs with.
pub struct Signer {
    algorithm: &'static str,
    private: String,
    /// The table `[identity]` of `site.toml` that goes with it.
    pub table: String,
}

/// The shared secret, under the name `WARD_IDENTITY_SECRET` on the edge.
pub const IDENTITY_SECRET: &str = "an identity secret for tests only, 32 bytes and more";

impl Signer {
    /// One with a key of its own, for `HS256`, `RS256` or `ES256`.
    pub fn new(algorithm: &'static str) -> Signer {
        if algorithm == "HS256" {
            let table = "[identity]\nalgorithm = \"HS256\"\nsecret = \"WARD_IDENTITY_SECRET\"\n".to_owned();
            return Signer { algorithm, private: IDENTITY_SECRET.to_owned(), table };
        }
        let kind =
            if algorithm == "RS256" { "'rsa',{modulusLength:2048" } else { "'ec',{namedCurve:'P-256'" };
        let keys = node(&format!(
            "const k = crypto.generateKeyPairSync({kind},publicKeyEncoding:{{type:'spki',format:'pem'}},\
             privateKeyEncoding:{{type:'pkcs8',format:'pem'}}}}); console.log(JSON.stringify(k))"
        ));
        let keys: Value = serde_json::from_str(&keys).unwrap();
        let public = keys["publicKey"].as_str().unwrap().trim();
        let table =
            format!("[identity]\nalgorithm = \"{algorithm}\"\npublic_key = \"\"\"\n{public}\n\"\"\"\n");
        Signer { algorithm, private: keys["privateKey"].as_str().unwrap().to_owned(), table }
    }

    /// A token with these claims.
    pub fn signs(&self, claims: &Value) -> String {
        let header = serde_json::json!({ "alg": self.algorithm, "typ": "JWT" });
        let sign = match self.algorithm {
            "HS256" => "crypto.createHmac('sha256', key).update(text).digest('base64url')",
            "RS256" => "crypto.sign('sha256', text, key).toString('base64url')",
            _ => "crypto.sign('sha256', text, {key, dsaEncoding: 'ieee-p1363'}).toString('base64url')",
        };
        let script = format!(
            "const part = (o) => Buffer.from(JSON.stringify(o)).toString('base64url'); \
             const key = {key}; const text = Buffer.from(part({header}) + '.' + part({claims})); \
             console.log(text + '.' + {sign})",
            key = serde_json::json!(self.private),
        );
        node(&script)
    }
}

fn node(script: &str) -> String {
    let script = format!("const crypto = require('crypto'); {script}");
    let output = Command::new("node").args(["-e", &script]).output().expect("Node.js runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
