//! Wikilinks of Dendron: the label stands before what they lead to, `[[Leeks|veg.leek]]`, and names have full stops in them.

use super::rewritten::Edit;
use super::verbatim::Verbatim;

/// What stands before the name of a note in another folder of notes, `dendron://vault/veg.leek`.
const SCHEME: &str = "dendron://";

/// Writes wikilinks with what they lead to before their label, and what texts show with the ending of its file.
pub(super) fn label_first(text: &str, verbatim: &Verbatim) -> Vec<Edit> {
    let (mut edits, mut after) = (Vec::new(), 0);
    for (at, sign) in text.match_indices("[[") {
        let start = at + sign.len();
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        let inside = text[start..].lines().next().and_then(|rest| rest.split_once("]]")).map(|(inside, _)| inside);
        let Some(inside) = inside.filter(|inside| at >= after && !inside.is_empty() && !inside.contains('[')) else {
            continue;
        };
        if verbatim.at(at).is_some() || line.ends_with('\\') || line.matches('`').count() % 2 == 1 {
            continue;
        }
        after = start + inside.len();
        let parted = inside.split_once("\\|").map(|parts| (parts, "\\|"));
        let parted = parted.or_else(|| inside.split_once('|').map(|parts| (parts, "|")));
        let (label, target, between) = match parted {
            Some(((label, target), between)) => (label.trim(), target.trim(), between),
            None => ("", inside.trim(), ""),
        };
        let target = target.strip_prefix(SCHEME).and_then(|rest| rest.split_once('/')).map_or(target, |(_, name)| name);
        let (name, heading) = target.split_at(target.find('#').unwrap_or(target.len()));
        let is_shown = line.ends_with('!') && name.contains('.') && !is_file(name);
        let ending = if is_shown { ".md" } else { "" };
        let with = match label {
            "" => format!("{name}{ending}{heading}"),
            label => format!("{name}{ending}{heading}{between}{label}"),
        };
        if with != inside && !(name.is_empty() && heading.is_empty()) {
            edits.push(Edit { range: start..after, with });
        }
    }
    edits
}

/// Whether a name is that of a file that is no note: `leek.png`.
fn is_file(name: &str) -> bool {
    crate::media_types::media_type(name) != crate::media_types::media_type("")
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    #[test]
    fn labels_stand_behind_what_links_lead_to() {
        let read = |text: &str| {
            let mut read = Rewritten::of(text);
            read.apply(&label_first(text, &Verbatim::of(text, PLAIN)));
            read.text.into_owned()
        };
        for (text, shown) in [
            ("a [[Leeks|veg.leek]] b [[ x y | veg.leek#sow ]]", "a [[veg.leek|Leeks]] b [[veg.leek#sow|x y]]"),
            ("| [[Leeks\\|veg.leek]] |", "| [[veg.leek\\|Leeks]] |"),
            ("![[veg.leek#sow]] ![[leek.png]] ![[leek]]", "![[veg.leek.md#sow]] ![[leek.png]] ![[leek]]"),
            ("[[L|dendron://vault/veg.leek]] [[dendron://vault/a.b#c]]", "[[veg.leek|L]] [[a.b#c]]"),
            ("[[Up|#^top]] [[#^top]]", "[[#^top|Up]] [[#^top]]"),
        ] {
            assert_eq!(read(text), shown);
        }
        for same in ["[[veg.leek]]", "`[[a|b]]`", "```\n[[a|b]]\n```\n", "\\[[a|b]]", "[[]] [[|]] [[a", "[[a|\nb]]"] {
            assert_eq!(read(same), same);
        }
    }
}
