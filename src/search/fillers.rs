//! Stop words by language. They count only in a query that has no other words.

/// The fillers of a language, sorted; none where no list is known.
pub fn fillers(language: &str) -> Vec<&'static str> {
    let short = language.split('-').next().unwrap_or_default();
    let list = LISTS.iter().find(|(code, _)| *code == short).map_or("", |(_, list)| list);
    let mut words: Vec<_> = list.split_whitespace().collect();
    words.sort_unstable();
    words
}

/// In the form in which [`super::words`] hands words on.
const LISTS: [(&str, &str); 6] = [
    (
        "en",
        "a about after all also am an and any are as at be been being but by can could did do does doing dont for from \
         get gets getting go going good got had has have having he help her here him his how i id if ill im in into is isnt it \
         its ive just keep keeps like make me my mine need no of on one or our ought please really she should so some \
         something than that the their them then there these they thing this those to too us very want was we were what \
         whats when where which while who why will with without would you your",
    ),
    (
        "de",
        "aber als am an auch auf aus bei beim bin bis da das dass dem den der des die diese dieser doch du ein eine einem \
         einen einer er es etwas fur hat habe haben ich ihr im in ist ja kann man mein meine mich mir mit nach nicht noch nur \
         oder ob ohne schon sehr sein sich sie sind so uber um und uns vom von vor war warum was wenn wer werden wie wir wird \
         wo zu zum zur",
    ),
    (
        "fr",
        "a ai au aux avec ce ces cette comment d dans de des du elle en est et etre eux fait il ils j je l la le les leur lui \
         m ma mais me mes moi mon n ne nos notre nous on ou par pas plus pour pourquoi qu quand que quel quelle qui s sa sans \
         se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y",
    ),
    (
        "es",
        "a al como con cual cuando de del desde donde el ella en entre era es esta este esto ha hay la las le lo los mas me mi \
         mis muy no nos o para pero por porque que quien se ser si sin sobre son su sus te tiene tu un una y ya yo",
    ),
    (
        "it",
        "a ai al alla che chi ci come con cosa da dal dei del della delle di dove e ed fa gli ha ho i il in io la le lo ma mi \
         mio ne nel nella non o per perche piu quando quello questo se si sono su sul tra tu un una uno",
    ),
    (
        "ru",
        "а без бы был была было быть в вас вот все вы где да для до его если есть еще же за и из или их к как когда кто ли мне \
         можно мои моя мы на надо нам не нет но ну о об он она они от по почему при с со так там то тоже только ты у уже что \
         чтобы это я",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::words::words;

    #[test]
    fn every_filler_is_written_as_words_are_found() {
        for (language, list) in LISTS {
            assert_eq!(words(list).join(" "), list.split_whitespace().collect::<Vec<_>>().join(" "), "{language}");
        }
    }
}
