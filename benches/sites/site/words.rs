//! Titles and sentences.

use super::random::Random;

const FIRST: &str = "slow firm light deep gentle steady brisk quiet early late daily weekly warm cool broad narrow long short \
    simple guided seated standing lying partner solo evening morning race rest recovery tempo interval trail track road hill \
    winter summer easy hard";
const SECOND: &str = "calf hamstring quad glute hip ankle heel arch shin knee thigh back shoulder neck chest rib foot toe \
    tendon muscle fascia joint ligament nerve skin blood breath sleep stress fatigue stiffness soreness swelling cramp strain \
    sprain bruise ache tightness balance";
const THIRD: &str = "release stroke press glide roll knead stretch hold shake rub drain pulse sweep lift squeeze circle tap \
    wring rock drag sink flush compress support tape wrap warm-up cool-down check plan routine session block habit drill cue \
    test scale rule guide map log note card list chart table sheet page clinic trial review study sample dose window phase";
const COMMON: &str = "the of and a to in is that it with as for was on are by this be from or an at which have one had not but \
    what all were when we there can your more if will about out up them then so some these would other into has two time very \
    who its only after most also made over did down before where much well back through good many work first same life few \
    week day hour run runner runners muscle pain load training massage pressure hand skin research study trial people feel \
    felt slow slowly light lighter firm firmly stop rest sleep warm cold race leg legs foot feet body tissue blood change \
    changes little large small clear mixed result results measure measured group groups minute minutes effect effects reader";

/// A title that no other number has.
pub fn title(number: usize) -> String {
    let (first, second, third) = (words(FIRST), words(SECOND), words(THIRD));
    let all = first.len() * second.len() * third.len();
    let stirred = number.wrapping_mul(48_271) % all;
    let round = number / all;
    let (first, rest) = (first[stirred % first.len()], stirred / first.len());
    let (second, third) = (second[rest % second.len()], third[rest / second.len()]);
    let mut title = format!("{}{} {second} {third}", first[..1].to_uppercase(), &first[1..]);
    if round > 0 {
        title.push_str(&format!(" {round}"));
    }
    title
}

/// The slug of a title.
pub fn slug(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}

/// So many words in sentences.
pub fn sentences(random: &mut Random, count: usize) -> String {
    let common = words(COMMON);
    let mut out = String::with_capacity(count * 6);
    let (mut left, mut in_sentence) = (count, 0);
    while left > 0 {
        let word = *random.pick(&common);
        if in_sentence == 0 {
            out.push_str(&word[..1].to_uppercase());
            out.push_str(&word[1..]);
            in_sentence = random.between(6, 18).min(left);
        } else {
            out.push_str(word);
        }
        in_sentence -= 1;
        left -= 1;
        out.push_str(match (in_sentence, left) {
            (_, 0) => ".",
            (0, _) => ". ",
            _ if random.chance(6) => ", ",
            _ => " ",
        });
    }
    out
}

fn words(text: &'static str) -> Vec<&'static str> {
    text.split_whitespace().collect()
}
