//! The other sites that pages may use, and the security policy that follows from them.

/// Hosts by what pages may do with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts {
    /// Whose pages may stand in a frame.
    pub frames: Vec<String>,
    /// Whose pictures are shown.
    pub images: Vec<String>,
    /// Whose films and sounds are played.
    pub media: Vec<String>,
    /// Where forms may be sent.
    pub forms: Vec<String>,
}

impl Hosts {
    /// The Content-Security-Policy of every page: what the site has itself, and what these hosts have.
    pub fn policy(&self) -> String {
        let with = |hosts: &[String]| hosts.iter().map(|host| format!(" https://{host}")).collect::<String>();
        let frames = if self.frames.is_empty() { String::new() } else { format!(" frame-src{};", with(&self.frames)) };
        format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'{}; media-src 'self'{};{frames} \
             connect-src 'self'; manifest-src 'self'; form-action 'self'{}; base-uri 'none'",
            with(&self.images),
            with(&self.media),
            with(&self.forms),
        )
    }

    /// Whether an element may use an address of another site.
    pub fn allow(&self, element: &str, address: &str) -> bool {
        let hosts = match element {
            "iframe" => &self.frames,
            "img" | "picture" => &self.images,
            "video" | "audio" | "track" => &self.media,
            "form" => &self.forms,
            "source" => return [&self.images, &self.media].iter().any(|hosts| has(hosts, address)),
            _ => return false,
        };
        has(hosts, address)
    }
}

fn has(hosts: &[String], address: &str) -> bool {
    let address = address.trim();
    let Some(rest) = address.strip_prefix("https://").or_else(|| address.strip_prefix("//")) else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let name = rest[..end].to_ascii_lowercase();
    hosts.iter().any(|host| match host.strip_prefix("*.") {
        Some(domain) => name.strip_suffix(domain).is_some_and(|before| before.ends_with('.')),
        None => *host == name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_that_are_named_are_allowed() {
        let hosts =
            Hosts { frames: vec!["video.example".into()], images: vec!["*.pics.example".into()], ..Hosts::default() };
        assert!(hosts.allow("iframe", "https://video.example/x") && hosts.allow("img", "//a.pics.example"));
        for (element, address) in [
            ("iframe", "https://other.example/"),
            ("iframe", "http://video.example/"),
            ("iframe", "https://video.example.evil.example/"),
            ("img", "https://pics.example/"),
            ("img", "https://evilpics.example/"),
            ("object", "https://video.example/x"),
        ] {
            assert!(!hosts.allow(element, address), "{element} {address}");
        }
        assert!(
            hosts.policy().contains(" frame-src https://video.example;")
                && !Hosts::default().policy().contains("frame-src")
        );
    }
}
