//! DOIs as they can be compared: however somebody has written them.

use crate::url::decode_path;

/// A DOI in small letters, without the address or the name before it and without percent signs; none where a text is no DOI.
pub fn normal(written: &str) -> Option<String> {
    let mut doi = written.trim().trim_matches(['<', '>', '"', '\'']);
    for before in ["https://", "http://", "www.", "dx.", "doi.org/", "doi:"] {
        if doi.get(..before.len()).is_some_and(|start| start.eq_ignore_ascii_case(before)) {
            doi = doi[before.len()..].trim_start();
        }
    }
    let decoded = decode_path(doi).unwrap_or_else(|| doi.to_string());
    let hyphen = |c: char| if matches!(c, '\u{2010}' | '\u{2011}') { '-' } else { c };
    let doi: String =
        decoded.trim_end_matches(['.', ',', ';']).chars().map(hyphen).flat_map(char::to_lowercase).collect();
    let (registrant, suffix) = doi.strip_prefix("10.")?.split_once('/')?;
    let is_registrant = !registrant.is_empty() && registrant.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_suffix = !suffix.is_empty() && !suffix.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_registrant && is_suffix).then_some(doi)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_doi_is_the_same_however_it_is_written() {
        for written in [
            "10.1016/S0140-6736(97)11096-0",
            " https://doi.org/10.1016/s0140-6736(97)11096-0 ",
            "http://dx.doi.org/10.1016/S0140-6736%2897%2911096-0",
            "doi: 10.1016/S0140-6736(97)11096-0.",
            "DOI:10.1016/S0140\u{2010}6736(97)11096\u{2010}0",
        ] {
            assert_eq!(normal(written).as_deref(), Some("10.1016/s0140-6736(97)11096-0"), "{written}");
        }
        assert_eq!(normal("10.1000/a,b").as_deref(), Some("10.1000/a,b"));
        assert_eq!(normal("https://doi.org/10.1000/a%2Cb").as_deref(), Some("10.1000/a,b"));
        assert_ne!(normal("10.1000/a,b"), normal("10.1000/ab"));
    }

    #[test]
    fn what_is_no_doi_is_none() {
        for written in ["", "unavailable", "10.1000", "10.1000/", "https://example.org/10.1000/a", "10.x/a", "10.1/a b"]
        {
            assert_eq!(normal(written), None, "{written}");
        }
    }
}
