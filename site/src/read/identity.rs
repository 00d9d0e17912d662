//! Reads the table `[identity]` of `site.toml`.

use super::{agency::read_secret_name, fields::TomlTable, folder::Folder};
use crate::{Algorithm, Identity};

/// Longest key that is taken, in bytes: RSA with 8192 bits is half of it.
const MAX_KEY_BYTES: usize = 4096;
const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

pub(super) fn read_identity(table: TomlTable<'_>, folder: &Folder) -> Identity {
    const FIX: &str = "choose one of: HS256, RS256, ES256";
    if table.get_value("algorithm").is_none() {
        table.report_error("algorithm", table.span.clone(), "is missing", FIX);
    }
    let algorithm = table.read_choice(
        "algorithm",
        &[("HS256", Algorithm::Hs256), ("RS256", Algorithm::Rs256), ("ES256", Algorithm::Es256)],
    );
    let (secret, public_key) = match algorithm {
        Algorithm::Hs256 => (read_secret_name(&table, false), String::new()),
        Algorithm::Rs256 | Algorithm::Es256 => (String::new(), public_key(&table, folder)),
    };
    const ISSUER: &str = "write what your server puts into \"iss\", or take it out";
    let issuer = table.read_string("issuer", table.get_value("issuer"), ISSUER).map(|(issuer, _)| issuer);
    table.report_unknown_keys();
    Identity { algorithm, secret, public_key, issuer }
}

/// The key itself, or the name of a file beside `site.toml`.
fn public_key(table: &TomlTable<'_>, folder: &Folder) -> String {
    const FIX: &str = "write the name of a .pem file beside site.toml that holds the PUBLIC key: \
                       openssl pkey -in private.pem -pubout -out identity.pem";
    let Some((text, span)) = table.read_string("public_key", table.require_value("public_key", FIX), FIX)
    else {
        return String::new();
    };
    let key = match folder.other.get(&text) {
        Some(bytes) => String::from_utf8_lossy(bytes).trim().to_owned(),
        None if text.starts_with("-----") => text,
        None => {
            // Not repeated: it may be a key, put here in another form.
            table.report_error("public_key", span, "names no file in this folder", FIX);
            return String::new();
        }
    };
    if key.contains("PRIVATE KEY") {
        table.report_error("public_key", span, "is a private key; nobody but your server may have it", FIX);
    } else if !key.starts_with(BEGIN) || !key.ends_with(END) || key.len() > MAX_KEY_BYTES {
        table.report_error("public_key", span, format!("is no block \"{BEGIN}\""), FIX);
    } else {
        return key;
    }
    String::new()
}
