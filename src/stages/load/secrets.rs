//! Files that are secret by what they are called or hold - passwords, private keys - and that nobody means to publish.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::span::Place;

/// Names of files and folders, in small letters.
const NAMES: [&str; 18] = [
    ".env",
    ".envrc",
    ".htpasswd",
    ".netrc",
    ".npmrc",
    ".pypirc",
    ".pgpass",
    ".my.cnf",
    ".git-credentials",
    ".ssh",
    ".aws",
    ".gnupg",
    ".kube",
    "id_rsa",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    "id_ed25519_sk",
];

/// Ends of names of files that hold passwords or keys.
const VAULTS: [&str; 5] = [".kdbx", ".p12", ".pfx", ".jks", ".keystore"];

/// Ends of names that show how such a file is to be filled in.
const SAMPLES: [&str; 5] = [".example", ".sample", ".template", ".dist", ".defaults"];

/// Ends of names of keys, which are for everybody or for nobody.
const KEYS: [&str; 3] = [".pem", ".key", ".ppk"];

/// Ends of names under which keys are kept, too, among other things.
const TEXTS: [&str; 7] = [".txt", ".asc", ".bak", ".old", ".conf", ".cfg", ".ini"];

/// So far into a file a private key is looked for, in bytes: certificates may stand before it.
const LOOKED_AT: u64 = 64 * 1024;

/// So much is read of a file that is called like no key: its first line says whether it is one.
const FIRST_LINE: u64 = 256;

/// Whether a file is secret, by the names on its way from the folder of the project.
pub(super) fn is_secret_name(path: &str) -> bool {
    let ends = |name: &str, ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let is_secret = |name: &str| {
        NAMES.contains(&name)
            || ends(name, &VAULTS)
            || (name.starts_with(".env.") || name.ends_with(".env")) && !ends(name, &SAMPLES)
            || name.starts_with("id_rsa.") && name != "id_rsa.pub"
    };
    path.to_ascii_lowercase().split('/').any(is_secret)
}

/// Whether a file holds a private key.
pub(super) fn holds_private_key(path: &str, file: &Path) -> io::Result<bool> {
    let lower = path.to_ascii_lowercase();
    let is_key = KEYS.iter().any(|end| lower.ends_with(end));
    let name = lower.rsplit('/').next().unwrap_or_default();
    if !is_key && name.contains('.') && !TEXTS.iter().any(|end| name.ends_with(end)) {
        return Ok(false);
    }
    let mut bytes = Vec::new();
    File::open(file)?.take(if is_key { LOOKED_AT } else { FIRST_LINE }).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(is_private_key(&text) || is_key && text.contains("PRIVATE KEY-----"))
}

/// Whether a text is a private key from its first line on.
pub(super) fn is_private_key(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default().trim_end();
    first.starts_with("-----BEGIN ") && first.contains("PRIVATE KEY") || first.starts_with("PuTTY-User-Key-File")
}

/// Says that such a file is left out.
pub(super) fn held_back(path: &Arc<str>) -> Diagnostic {
    let help = "move it out of the folders of the site, or name it under `ignore:` in site.yaml; what everybody may \
                read gets another name";
    Diagnostic::new(Code::FileSecret, Place::whole(path), "this looks like a secret, and it is not published")
        .help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_their_names_and_what_hosts_want_is_none() {
        let secret =
            ["static/.env", "static/a/.Env.local", "static/.ssh/config", "content/id_rsa", "static/Vault.kdbx"];
        for path in secret.into_iter().chain(["static/prod.env", "static/id_rsa.bak"]) {
            assert!(is_secret_name(path), "{path}");
        }
        for path in [
            "static/.well-known/security.txt",
            "static/.htaccess",
            "static/.nojekyll",
            "static/.env.example",
            "static/id_rsa.pub",
            "static/a.bak",
            "static/talk.key",
            "static/env",
        ] {
            assert!(!is_secret_name(path), "{path}");
        }
    }
}
