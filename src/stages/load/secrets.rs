//! Files that are secret by what they are called or hold - passwords, private keys - and that nobody means to publish.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::span::Place;

/// Names of files and folders, in small letters.
const NAMES: [&str; 21] = [
    ".env",
    ".envrc",
    ".htpasswd",
    ".netrc",
    "_netrc",
    ".npmrc",
    ".pypirc",
    ".pgpass",
    ".my.cnf",
    ".git-credentials",
    ".dockercfg",
    ".s3cfg",
    ".boto",
    ".terraformrc",
    ".vault-token",
    ".ssh",
    ".aws",
    ".gnupg",
    ".kube",
    "credentials.json",
    "wp-config.php",
];

/// Names of private keys, whatever ends them but `.pub`.
const NAMES_OF_KEYS: [&str; 6] = ["id_rsa", "id_dsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk"];

/// Ends of names of files that hold passwords or keys.
const VAULTS: [&str; 8] = [".kdbx", ".kdb", ".p12", ".pfx", ".jks", ".keystore", ".tfstate", ".tfstate.backup"];

/// Ends of names that show how such a file is to be filled in.
const SAMPLES: [&str; 5] = [".example", ".sample", ".template", ".dist", ".defaults"];

/// Ends of names of keys, which are for everybody or for nobody.
const KEYS: [&str; 4] = [".pem", ".key", ".ppk", ".p8"];

/// Ends of names under which keys are kept, too, among other things.
const TEXTS: [&str; 7] = [".txt", ".asc", ".bak", ".old", ".conf", ".cfg", ".ini"];

/// What the key of an account of a service is called in its file.
const KEY_OF_ACCOUNT: &str = "\"private_key\"";

/// What programs, and the memory of one, begin with on Linux.
const ELF: &[u8] = b"\x7fELF";

/// So far into a file a private key is looked for, in bytes: certificates may stand before it.
const LOOKED_AT: u64 = 64 * 1024;

/// So much is read of a file that is called like no key: its first line says whether it is one.
const FIRST_LINE: u64 = 256;

/// Whether a file is secret, by the names on its way from the folder of the project.
pub(super) fn is_secret_name(path: &str) -> bool {
    let ends = |name: &str, ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let is_key = |name: &str| {
        let behind = NAMES_OF_KEYS.iter().find_map(|key| name.strip_prefix(key)?.strip_prefix('.'));
        NAMES_OF_KEYS.contains(&name) || behind.is_some_and(|behind| behind != "pub")
    };
    let is_secret = |name: &str| {
        // A copy that an editor has made.
        let name = name.trim_end_matches('~');
        NAMES.contains(&name)
            || is_key(name)
            || ends(name, &VAULTS)
            || (name.starts_with(".env.") || name.ends_with(".env")) && !ends(name, &SAMPLES)
            || name.starts_with("wp-config.php.") && !ends(name, &SAMPLES)
            || name.starts_with('.') && name.ends_with("_history")
    };
    path.to_ascii_lowercase().split('/').any(is_secret)
}

/// Whether a file holds a private key, or the memory of a program, in which anything may be.
pub(super) fn holds_secret(path: &str, file: &Path) -> io::Result<bool> {
    let lower = path.to_ascii_lowercase();
    let name = lower.rsplit('/').next().unwrap_or_default();
    if is_memory(name) {
        let mut first = Vec::new();
        File::open(file)?.take(ELF.len() as u64).read_to_end(&mut first)?;
        return Ok(first == ELF);
    }
    let is_key = KEYS.iter().any(|end| name.ends_with(end));
    let is_data = name.ends_with(".json");
    if !is_key && !is_data && name.contains('.') && !TEXTS.iter().any(|end| name.ends_with(end)) {
        return Ok(false);
    }
    let most = if is_key || is_data { LOOKED_AT } else { FIRST_LINE };
    let mut bytes = Vec::new();
    File::open(file)?.take(most).read_to_end(&mut bytes)?;
    // Without every second byte of UTF-16, which some systems write.
    bytes.retain(|byte| *byte != 0);
    let text = String::from_utf8_lossy(&bytes);
    let holds_key = || text.contains("PRIVATE KEY-----");
    Ok(is_private_key(&text) || is_key && holds_key() || is_data && text.contains(KEY_OF_ACCOUNT) && holds_key())
}

/// Whether systems call the memory of a program that crashed like this: `core`, `core.4242`.
fn is_memory(name: &str) -> bool {
    let behind = name.strip_prefix("core").map(|rest| rest.strip_prefix('.').unwrap_or(rest));
    behind.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a text is a private key from its first line on.
pub(super) fn is_private_key(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{fffd}'));
    let first = text.lines().next().unwrap_or_default().trim_end();
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
        let more = [
            "static/prod.env",
            "static/id_rsa.bak",
            "static/id_ed25519.old",
            "static/credentials.json",
            "static/.bash_history",
            "static/.psql_history",
            "static/infra/prod.tfstate",
            "static/prod.tfstate.backup",
            "static/wp-config.php",
            "static/wp-config.php.bak",
            "static/.env~",
            "static/_netrc",
        ];
        for path in secret.into_iter().chain(more) {
            assert!(is_secret_name(path), "{path}");
        }
        for path in [
            "static/.well-known/security.txt",
            "static/.htaccess",
            "static/.nojekyll",
            "static/.env.example",
            "static/id_rsa.pub",
            "static/id_ed25519.pub",
            "static/wp-config-sample.php",
            "static/wp-config.php.sample",
            "static/browser_history",
            "static/a.bak",
            "static/talk.key",
            "static/env",
        ] {
            assert!(!is_secret_name(path), "{path}");
        }
    }

    #[test]
    fn a_private_key_is_found_in_every_encoding_and_in_the_file_of_an_account() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let holds = |name: &str, bytes: &[u8]| {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).expect("it can be written");
            holds_secret(name, &file).expect("it can be read")
        };
        let key = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n";
        let wide: Vec<u8> = std::iter::once(0xfeff).chain(key.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert!(holds("a.pem", key.as_bytes()) && holds("b.pem", &wide) && holds("c.txt", &wide));
        assert!(holds("account.json", format!("{{\"type\": \"x\", \"private_key\": {key:?}}}").as_bytes()));
        assert!(holds("core", b"\x7fELF\x02") && holds("core.4242", b"\x7fELF\x02"));
        assert!(!holds("core", b"the core of it") && !holds("core.js", b"\x7fELF"));
        assert!(!holds("d.pem", b"-----BEGIN CERTIFICATE-----\nMIIE\n"));
        assert!(!holds("e.json", b"{\"private_key\": \"a word\"}"));
    }
}
