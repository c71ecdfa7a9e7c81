//! Where sentences begin and end, and how many words there are.

use unicode_segmentation::UnicodeSegmentation;

/// The sentences of a text with their places. Unicode (UAX 29) sees no end before a number, as in `It helped. 2 of the 9
/// trials failed.`; texts that write numbers as digits begin sentences with them.
pub fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_sentence_bound_indices().flat_map(|(at, sentence)| {
        let ends = sentence.match_indices(['.', '!', '?']).map(|(end, _)| end + 1).filter(|end| {
            let (before, after) = (&sentence[..end - 1], &sentence[*end..]);
            let number = after.strip_prefix(' ').is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
            number && before.trim_end().ends_with(|c: char| c != '.')
        });
        let starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
        let ends = starts.iter().copied().skip(1).chain([sentence.len()]).collect::<Vec<_>>();
        starts.into_iter().zip(ends).map(move |(start, end)| (at + start, &sentence[start..end]))
    })
}

/// How many words a text has, as `split_whitespace` cuts it.
pub fn words(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !text.is_ascii() && has_other_spaces(bytes) {
        return text.split_whitespace().count();
    }
    // A word begins where a letter follows a space. Asked of all pairs alike, and counted in bytes, which processors do many at
    // a time; so many pairs cannot be more than a byte holds.
    const MOST: usize = u8::MAX as usize;
    let is_space = |byte: u8| (byte == b' ') | (byte.wrapping_sub(9) < 5);
    let (first, behind) = match bytes {
        [] => return 0,
        [first, behind @ ..] => (*first, behind),
    };
    let begins = bytes.chunks(MOST).zip(behind.chunks(MOST)).map(|(before, behind)| {
        let pairs = before.iter().zip(behind);
        usize::from(pairs.fold(0u8, |count, (a, b)| count + u8::from(is_space(*a) & !is_space(*b))))
    });
    usize::from(!is_space(first)) + begins.sum::<usize>()
}

/// How many words stand between the tags. A tag ends a word, but for those that give colours to pieces of code.
pub fn words_of_html(html: &str) -> usize {
    if !html.contains("<span") {
        return html.split('<').map(|piece| words(behind_tag(piece))).sum();
    }
    let mut text = String::with_capacity(html.len());
    for piece in html.split('<') {
        if !piece.starts_with("span") && !piece.starts_with("/span") {
            text.push('\n');
        }
        text.push_str(behind_tag(piece));
    }
    words(&text)
}

/// What stands behind a tag, of which the first sign is missing.
fn behind_tag(piece: &str) -> &str {
    piece.split_once('>').map_or(piece, |(_, text)| text)
}

/// Whether a text has a space of Unicode beyond those of ASCII (its property `White_Space`), in UTF-8.
fn has_other_spaces(bytes: &[u8]) -> bool {
    let behind = |at: usize| [1, 2].map(|next| bytes.get(at + next).copied().unwrap_or_default());
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        0xc2 => matches!(behind(at), [0x85 | 0xa0, _]),
        0xe1 => behind(at) == [0x9a, 0x80],
        0xe2 => matches!(behind(at), [0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf] | [0x81, 0x9f]),
        0xe3 => behind(at) == [0x80, 0x80],
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_begin_a_sentence_and_does_not_end_one() {
        let found = |text| sentences(text).map(|(at, sentence)| (at, sentence.trim())).collect::<Vec<_>>();
        assert_eq!(found("It helped. 2 of 9 failed."), [(0, "It helped."), (10, "2 of 9 failed.")]);
        assert_eq!(found("It fell by 3 . 12 ran."), [(0, "It fell by 3 ."), (14, "12 ran.")]);
        assert_eq!(found("Rest for 2.5 days. Then run."), [(0, "Rest for 2.5 days."), (19, "Then run.")]);
        assert_eq!(found("Roll it"), [(0, "Roll it")]);
    }

    #[test]
    fn words_end_at_every_sort_of_space() {
        for space in ('\0'..=char::MAX).filter(|c| c.is_whitespace()) {
            assert_eq!(words(&format!("x{space}y{space}{space}é")), 3, "{space:?}");
        }
        let odd = "a\u{1c}b\u{200b}c \u{a0}\u{3000}日本 é\u{2003}ü\u{85}x\u{2028}\ty\u{b}z ";
        for text in ["", " ", "one", " one\ttwo \n three ", "a\x0bb\x0cc\rd", "“two” words…", odd] {
            for text in [text.to_string(), format!("{text} \u{e9}"), format!("{text}\u{a0}")] {
                assert_eq!(words(&text), text.split_whitespace().count(), "{text:?}");
            }
        }
    }

    #[test]
    fn tags_are_no_words_and_end_one() {
        assert_eq!(words_of_html("Two words"), 2);
        assert_eq!(words_of_html("<p>Roll <em>slowly</em>.</p><ul class=\"a b\"><li>one</li><li>two</li></ul>"), 5);
        assert_eq!(
            words_of_html("<pre><span class=\"hf\">saw</span>(<span class=\"hs\">'oak'</span>)</pre> <b>now</b>"),
            2
        );
        assert_eq!(words_of_html(""), 0);
    }
}
