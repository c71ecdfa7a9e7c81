//! The colours of the style sheet, measured against the limits of the design: 7:1 for text, 3:1 for what must be seen to be used.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

type Colours = BTreeMap<String, [u8; 3]>;

const ON_PAPER: [&str; 3] = ["bg", "surface", "sunk"];
const TINTS: [&str; 4] = ["good-bg", "care-bg", "warn-bg", "stop-bg"];

#[test]
fn text_has_a_contrast_of_seven_to_one_in_both_themes() {
    let mut pairs: Vec<(&str, &str)> = vec![
        ("on-brand", "brand"),
        ("on-brand-muted", "brand"),
        ("volt", "brand"),
        ("on-volt", "volt"),
        ("on-rubber-soft", "rubber-soft"),
        ("on-stop", "stop"),
        ("surface", "care"),
        ("surface", "warn"),
    ];
    for ink in ["ink", "muted", "link", "rubber-ink"] {
        pairs.extend(ON_PAPER.map(|paper| (ink, paper)));
    }
    for level in ["good", "care", "warn", "stop"] {
        pairs.push((level, "surface"));
    }
    pairs.extend([("good", "good-bg"), ("care", "care-bg"), ("warn", "warn-bg"), ("stop", "stop-bg")]);
    pairs.extend(TINTS.into_iter().flat_map(|tint| [("ink", tint), ("link", tint)]));
    at_least(7.0, &pairs);
}

#[test]
fn what_must_be_seen_to_be_used_has_a_contrast_of_three_to_one() {
    let mut pairs: Vec<(&str, &str)> = vec![("rubber", "bg"), ("rubber", "surface"), ("rubber", "rubber-soft")];
    pairs.extend(ON_PAPER.map(|paper| ("edge", paper)));
    pairs.extend(ON_PAPER.map(|paper| ("focus", paper)));
    pairs.push(("focus", "focus-halo"));
    at_least(3.0, &pairs);
}

#[test]
fn the_dark_theme_is_the_same_by_choice_and_by_system() {
    let css = style_sheet();
    assert_eq!(block(&css, "[data-theme=dark] {"), block(&css, ":root:not([data-theme=light]) {"));
}

fn at_least(limit: f64, pairs: &[(&str, &str)]) {
    let css = style_sheet();
    let light = block(&css, ":root, [data-theme=light] {");
    let mut dark = light.clone();
    dark.extend(block(&css, "[data-theme=dark] {"));
    let themes = [("light", &light), ("dark", &dark)];
    let low: Vec<String> = themes
        .into_iter()
        .flat_map(|(theme, colours)| pairs.iter().map(move |(ink, paper)| (theme, colours, *ink, *paper)))
        .filter_map(|(theme, colours, ink, paper)| {
            let found = contrast(colours[ink], colours[paper]);
            (found < limit).then(|| format!("{ink} on {paper}, {theme}: {found:.2}"))
        })
        .collect();
    assert!(low.is_empty(), "below {limit}:1:\n{}", low.join("\n"));
}

fn style_sheet() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/site.css");
    fs::read_to_string(file).expect("the style sheet")
}

/// The custom properties with a colour in the rule that begins like this.
fn block(css: &str, start: &str) -> Colours {
    let (_, rest) = css.split_once(start).expect("the rule is there");
    let (rule, _) = rest.split_once('}').expect("the rule ends");
    let declarations = rule.split(';').filter_map(|part| part.trim().strip_prefix("--")?.split_once(':'));
    declarations.filter_map(|(name, value)| Some((name.to_owned(), colour(value.trim())?))).collect()
}

fn colour(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// The formula of WCAG 2.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
