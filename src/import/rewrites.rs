//! Addresses that VitePress makes of other paths: `rewrites: {'en/:rest*': ':rest*'}`.

use super::literal;
use crate::yaml::Yaml;

/// The folders whose texts are published elsewhere, each with the pattern of their addresses, and how many lines say what no pattern
/// can say.
pub(super) fn rewrites(program: &str) -> (Vec<(String, String)>, usize) {
    let Some(Yaml::Map(entries)) = literal::value_of(program, "rewrites") else { return (Vec::new(), 0) };
    let found: Vec<_> = entries.iter().filter_map(|(from, to)| folder(from, to.as_text()?)).collect();
    let unread = entries.len() - found.len();
    (found, unread)
}

/// `en/:rest*` and `:rest*` as a folder and the pattern of its addresses.
fn folder(from: &str, to: &str) -> Option<(String, String)> {
    let (folder, rest) = from.trim_start_matches('/').rsplit_once('/')?;
    let rest = rest.trim_end_matches(".md");
    let before = to.trim_start_matches('/').trim_end_matches(".md").strip_suffix(rest)?;
    let is_whole = rest.starts_with(':') && rest.ends_with('*') && (before.is_empty() || before.ends_with('/'));
    let is_one = !folder.contains([':', '*', '(', '/']) && !before.contains([':', '*', '(']);
    (is_whole && is_one).then(|| (folder.to_string(), format!("/{before}{{slug}}/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_may_be_published_elsewhere() {
        let read = |program: &str| rewrites(&format!("export default {{ rewrites: {program} }}"));
        let of = |folder: &str, url: &str| vec![(folder.to_string(), url.to_string())];
        assert_eq!(read("{ 'en/:rest*': ':rest*' }"), (of("en", "/{slug}/"), 0));
        assert_eq!(read("{ 'en/:rest*': 'old/:rest*', 'a.md': 'b.md' }"), (of("en", "/old/{slug}/"), 1));
        assert_eq!(read("{ 'p/:name/src/:x*': ':name/:x*' }"), (Vec::new(), 1));
        assert_eq!(rewrites("export default {}"), (Vec::new(), 0));
    }
}
