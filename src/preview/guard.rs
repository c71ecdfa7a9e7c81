//! Who may ask for what: checked before anything else.

use std::net::IpAddr;

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};

/// The header that only the preview's own script sends. Pages of other sites cannot, without asking first.
pub const OWN_HEADER: &str = "x-limber";

/// The names under which the preview answers. A site elsewhere that lets its own name point to this machine (DNS
/// rebinding) is sent away.
#[derive(Clone, Debug)]
pub struct AllowedHosts {
    /// The name that was asked for with `--host`.
    pub own: String,
    /// Whether other machines may come in, by whatever number this machine has.
    pub public: bool,
    /// The names that were allowed with `--allow-host`; one that begins with a dot stands for all names below it.
    pub allowed: Vec<String>,
}

impl AllowedHosts {
    /// Why a request is refused, if it is.
    pub fn refuse(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<StatusCode> {
        let mut names = headers.get_all(header::HOST).iter().map(|value| value.to_str().ok());
        let named = matches!((names.next(), names.next()), (Some(Some(name)), None) if self.allow(name));
        let absolute = uri.authority().is_none_or(|authority| self.allow(authority.as_str()));
        if !named || !absolute {
            return Some(StatusCode::FORBIDDEN);
        }
        (method != Method::GET && method != Method::HEAD).then_some(StatusCode::METHOD_NOT_ALLOWED)
    }

    fn allow(&self, host: &str) -> bool {
        let name = without_port(host);
        let ip: Option<IpAddr> = name.trim_matches(['[', ']']).parse().ok();
        match ip {
            Some(ip) => self.public || ip.is_loopback() || name == self.own,
            None => {
                name.eq_ignore_ascii_case("localhost")
                    || name.eq_ignore_ascii_case(&self.own)
                    || self.allowed.iter().any(|allowed| is_meant(allowed, name))
            }
        }
    }
}

fn is_meant(allowed: &str, name: &str) -> bool {
    let (allowed, name) = (allowed.to_ascii_lowercase(), name.to_ascii_lowercase());
    name == allowed || allowed.starts_with('.') && name.len() > allowed.len() && name.ends_with(&allowed)
}

/// The answer to a request under a name that is not allowed.
pub fn refusal(headers: &HeaderMap) -> String {
    let asked = headers.get(header::HOST).and_then(|value| value.to_str().ok()).map(without_port).unwrap_or_default();
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
    let name = Some(asked).filter(|asked| !asked.is_empty() && asked.chars().all(is_name)).unwrap_or("NAME");
    format!("the preview answers only under its own name; if `{name}` is yours, start it with `--allow-host {name}`\n")
}

/// Whether a request comes from a page of the preview itself or from no browser at all.
pub fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let host = text("host").unwrap_or_default();
    let same = |address: &str| {
        let rest = address.split_once("://").map_or("", |(_, rest)| rest);
        rest.split('/').next() == Some(host)
    };
    text("origin").is_none_or(same) && text("referer").is_none_or(same)
}

/// Whether the preview's own script asks. Without this nothing happens on the machine.
pub fn own_script(headers: &HeaderMap) -> bool {
    headers.contains_key(OWN_HEADER) && same_origin(headers)
}

/// A path of the site, decoded once. None where it could mean anything but a page or a file of the site.
pub fn clean(path: &str) -> Option<String> {
    let path = crate::url::decode_path(path)?;
    let below = path.strip_prefix('/')?;
    let strange = path.contains('\\') || path.chars().any(char::is_control);
    let mut parts = below.strip_suffix('/').unwrap_or(below).split('/');
    let plain = below.is_empty() || parts.all(|part| !matches!(part, "" | "." | ".."));
    (plain && !strange).then_some(path)
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty() => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let hosts = AllowedHosts { own: "127.0.0.1".into(), public: false, allowed: Vec::new() };
        for name in ["127.0.0.1:4000", "localhost", "LOCALHOST:1", "[::1]:4000", "127.0.0.2"] {
            assert!(hosts.allow(name), "{name}");
        }
        for name in
            ["", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:4000", "192.168.1.5", ":4000"]
        {
            assert!(!hosts.allow(name), "{name}");
        }
        let public = AllowedHosts { own: "shed.local".into(), public: true, allowed: Vec::new() };
        assert!(public.allow("192.168.1.5:4000") && public.allow("shed.local:4000"));
        assert!(!public.allow("evil.example"));
        let allowed = vec!["MyBox.local".to_string(), ".app.github.dev".to_string()];
        let asked = AllowedHosts { own: "127.0.0.1".into(), public: false, allowed };
        for name in ["mybox.local:4000", "name-4000.app.github.dev"] {
            assert!(asked.allow(name), "{name}");
        }
        for name in ["evil-mybox.local", "mybox.local.evil.example", "app.github.dev", "evilapp.github.dev", "10.0.0.1"]
        {
            assert!(!asked.allow(name), "{name}");
        }
    }

    #[test]
    fn two_hosts_or_none_are_refused() {
        let hosts = AllowedHosts { own: "127.0.0.1".into(), public: false, allowed: Vec::new() };
        let uri = Uri::from_static("/");
        let refuse = |headers: &HeaderMap| hosts.refuse(&Method::GET, &uri, headers);
        assert_eq!(refuse(&headers(&[])), Some(StatusCode::FORBIDDEN));
        assert_eq!(refuse(&headers(&[("host", "localhost"), ("host", "evil.example")])), Some(StatusCode::FORBIDDEN));
        assert_eq!(refuse(&headers(&[("host", "localhost")])), None);
    }

    #[test]
    fn other_sites_may_not_use_the_endpoints() {
        assert!(same_origin(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!same_origin(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!same_origin(&headers(&[("host", "localhost:4000"), ("origin", "https://evil.example")])));
        assert!(!same_origin(&headers(&[("host", "localhost:4000"), ("referer", "http://localhost:4001/")])));
        assert!(same_origin(&headers(&[("host", "localhost:4000"), ("referer", "http://localhost:4000/a/")])));
        assert!(!own_script(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(own_script(&headers(&[("sec-fetch-site", "same-origin"), (OWN_HEADER, "open")])));
    }

    #[test]
    fn strange_paths_are_no_paths() {
        for path in
            ["a/", "/../a", "/a/../b", "/%2e%2e/a", "/a%2f..%2fb", "/a\\b", "/a%5cb", "/a%00", "//a/", "/a//", "/%ff"]
        {
            assert_eq!(clean(path), None, "{path}");
        }
        assert_eq!(clean("/").as_deref(), Some("/"));
        assert_eq!(clean("/a%20b/").as_deref(), Some("/a b/"));
        assert_eq!(clean("/%252e%252e/").as_deref(), Some("/%2e%2e/"));
    }
}
