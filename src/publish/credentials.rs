//! The keys to a store: from the environment, or from the file that the tools of such stores share. Never from `site.yaml`.

use std::env;
use std::fs;
use std::path::PathBuf;

use rusty_s3::Credentials;

use crate::error::Error;

/// The keys that the environment names, or those of the profile that it names.
///
/// # Errors
/// Where there are none.
pub(super) fn credentials() -> Result<Credentials, Error> {
    let variable = |name| env::var(name).ok().filter(|value: &String| !value.is_empty());
    let of_environment = || {
        let (key, secret) = (variable("AWS_ACCESS_KEY_ID")?, variable("AWS_SECRET_ACCESS_KEY")?);
        Some(made(key, secret, variable("AWS_SESSION_TOKEN")))
    };
    let profile = variable("AWS_PROFILE").unwrap_or_else(|| "default".into());
    let file = variable("AWS_SHARED_CREDENTIALS_FILE").map(PathBuf::from);
    let file = file.or_else(|| Some(PathBuf::from(variable("HOME")?).join(".aws/credentials")));
    let of_file = || of_profile(&fs::read_to_string(file.as_ref()?).ok()?, &profile);
    of_environment().or_else(of_file).ok_or_else(|| {
        Error::request("there are no keys to the store")
            .help("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")
            .help(format!("or write them below `[{profile}]` in `~/.aws/credentials`"))
    })
}

fn made(key: String, secret: String, token: Option<String>) -> Credentials {
    match token {
        Some(token) => Credentials::new_with_token(key, secret, token),
        None => Credentials::new(key, secret),
    }
}

/// The keys of a profile in the text of such a file.
fn of_profile(text: &str, wanted: &str) -> Option<Credentials> {
    let mut within = false;
    let (mut key, mut secret, mut token) = (None, None, None);
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            within = name.trim() == wanted;
        } else if let Some((name, value)) = line.split_once('=').filter(|_| within) {
            let place = match name.trim() {
                "aws_access_key_id" => &mut key,
                "aws_secret_access_key" => &mut secret,
                "aws_session_token" => &mut token,
                _ => continue,
            };
            *place = Some(value.trim().to_string());
        }
    }
    Some(made(key?, secret?, token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_has_its_own_keys() {
        let text = "[default]\naws_access_key_id = a\naws_secret_access_key=b\n\n[ other ]\naws_access_key_id=c\n\
                    aws_secret_access_key = d=e\naws_session_token=f\nregion=x\n[half]\naws_access_key_id=g\n";
        let keys = |name| of_profile(text, name).map(|it| (it.key().to_string(), it.secret().to_string()));
        assert_eq!(keys("default"), Some(("a".into(), "b".into())));
        assert_eq!(keys("other"), Some(("c".into(), "d=e".into())));
        assert_eq!(of_profile(text, "other").unwrap().token(), Some("f"));
        assert_eq!(keys("half"), None);
        assert_eq!(keys("none"), None);
    }
}
