//! Where sentences begin and end.

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
}
