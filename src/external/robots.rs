//! `robots.txt` (RFC 9309): what a site asks programs to leave alone.

use std::time::Duration;

/// The name under which sites know this program.
const NAME: &str = "limber";
/// A longer pause than this is not waited for between two requests.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// The rules for this program.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Robots {
    rules: Vec<RobotsRule>,
    /// How much time the site wants between two requests.
    pub pause: Duration,
}

/// One line `Allow:` or `Disallow:`.
#[derive(Clone, Debug, PartialEq)]
struct RobotsRule {
    allows: bool,
    pattern: String,
}

impl Robots {
    /// The rules of a file: those of the groups that name this program, else those for all programs.
    pub fn parse(text: &str) -> Self {
        let (mut own, mut general) = (None, Self::default());
        // Whom the group is for that is being read, and whether its rules have begun.
        let (mut is_own, mut is_general, mut has_rules) = (false, false, true);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or(line);
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if has_rules {
                        (is_own, is_general, has_rules) = (false, false, false);
                    }
                    let name = value.split(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_')).next();
                    is_general |= value == "*";
                    if name.is_some_and(|name| name.eq_ignore_ascii_case(NAME)) {
                        is_own = true;
                        own.get_or_insert_with(Self::default);
                    }
                }
                key @ ("allow" | "disallow" | "crawl-delay") => {
                    has_rules = true;
                    if let Some(robots) = own.as_mut().filter(|_| is_own) {
                        robots.take(key, value);
                    }
                    if is_general {
                        general.take(key, value);
                    }
                }
                _ => {}
            }
        }
        own.unwrap_or(general)
    }

    fn take(&mut self, key: &str, value: &str) {
        if key == "crawl-delay" {
            let seconds = value.parse::<f32>().ok().and_then(|seconds| Duration::try_from_secs_f32(seconds).ok());
            self.pause = seconds.unwrap_or_default().min(LONGEST_PAUSE);
        } else if !value.is_empty() {
            self.rules.push(RobotsRule { allows: key == "allow", pattern: decoded(value) });
        }
    }

    /// Whether an address may be asked for, given its path and what stands behind it. The longest rule that fits decides.
    pub fn allow(&self, path: &str) -> bool {
        let path = decoded(path);
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }
}

/// Rules and addresses may be encoded in different ways.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        let hex = (*first == b'%').then(|| others.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &others[2..];
            }
            None => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether a path begins as a pattern says: `*` stands for anything, `$` for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_the_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if to_the_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_that_fits_decides() {
        let robots = Robots::parse("User-agent: *\nDisallow: /a\nAllow: /a/open\nDisallow: /*.pdf$\nDisallow: /x*/y\n");
        for open in ["/", "/b", "/a/open", "/a/open/more", "/b.pdf?x", "/x/z", "/y"] {
            assert!(robots.allow(open), "{open}");
        }
        for closed in ["/a", "/a/b", "/ab", "/b.pdf", "/c/d.pdf", "/x/y", "/xx/z/y/more"] {
            assert!(!robots.allow(closed), "{closed}");
        }
        let tie = Robots::parse("User-agent: *\nDisallow: /a\nAllow: /a");
        assert!(tie.allow("/a"));
    }

    #[test]
    fn a_group_for_this_program_counts_alone() {
        let text = "Disallow: /early\nUser-agent: other\nUser-agent: Limber/2\nDisallow: /a # why\n\n\
                    User-agent: *\nDisallow: /\nCrawl-delay: 3\nUser-agent: limber\nDisallow: /b\nSitemap: /s.xml\n";
        let robots = Robots::parse(text);
        assert!(robots.allow("/early") && !robots.allow("/a") && !robots.allow("/b"));
        assert_eq!(robots.pause, Duration::ZERO);
        assert!(!Robots::parse("user-agent: *\r\ndisallow: /\r\n").allow("/a"));
        assert!(Robots::parse("User-agent: limberjack\nDisallow: /").allow("/a"), "another program");
    }

    #[test]
    fn what_is_no_rule_forbids_nothing() {
        for text in ["", "<html>not here</html>", "User-agent: *\nDisallow:", "User-agent: *\nCrawl-delay: -1\n"] {
            assert_eq!(Robots::parse(text), Robots::default(), "{text}");
        }
    }

    #[test]
    fn rules_and_addresses_may_be_encoded_differently() {
        let robots = Robots::parse("User-agent: *\nDisallow: /%C3%A4\nDisallow: /ö\nCrawl-delay: 1.5\n");
        assert!(!robots.allow("/ä") && !robots.allow("/%c3%a4") && !robots.allow("/%C3%B6") && robots.allow("/100%"));
        assert_eq!(robots.pause, Duration::from_millis(1500));
    }
}
