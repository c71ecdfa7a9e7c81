//! Colours: reading them, and whether they can be read on a page.

/// The lightness that the theme gives to links on light and on dark pages, and the most colourfulness: as in `site.css`.
const ON_LIGHT: (f64, f64) = (0.40, 0.150);
const ON_DARK: (f64, f64) = (0.82, 0.110);
/// The least contrast of text.
const LEAST: f64 = 4.5;

/// Reads `#rgb`, `#rrggbb`, `rgb(…)`, `hsl(…)` and what else CSS knows; names of colours are not among it.
pub fn parse(text: &str) -> Option<[u8; 3]> {
    let plain = text.trim();
    let functional = plain.contains('(');
    if !plain.starts_with('#') && !functional {
        return None;
    }
    let [red, green, blue, _] = csscolorparser::parse(plain).ok()?.to_rgba8();
    Some([red, green, blue])
}

/// What the theme makes of a colour on light and on dark pages, where it has too little contrast on a light one as it is.
pub fn unreadable(colour: [u8; 3]) -> Option<(String, String)> {
    let contrast = 1.05 / (luminance(colour) + 0.05);
    (contrast < LEAST).then(|| {
        let [lightness, chroma, hue] = oklch(colour);
        let light = rgb([lightness.min(ON_LIGHT.0), chroma.min(ON_LIGHT.1), hue]);
        let dark = rgb([lightness.max(ON_DARK.0), chroma.min(ON_DARK.1), hue]);
        (hex(light), hex(dark))
    })
}

/// `#23688f`.
pub fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn gamma(value: f64) -> u8 {
    let value = value.clamp(0.0, 1.0);
    let value = if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 };
    (value * 255.0).round() as u8
}

fn luminance([red, green, blue]: [u8; 3]) -> f64 {
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// Lightness, chroma and hue (in radians) in the OKLCH colour space.
fn oklch([red, green, blue]: [u8; 3]) -> [f64; 3] {
    let (r, g, b) = (linear(red), linear(green), linear(blue));
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    let lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s;
    let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
    let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
    [lightness, a.hypot(b), b.atan2(a)]
}

fn rgb([lightness, chroma, hue]: [f64; 3]) -> [u8; 3] {
    let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let red = 4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s;
    let green = -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s;
    let blue = -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s;
    [gamma(red), gamma(green), gamma(blue)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_css_writes_them() {
        let same = ["#23688f", "rgb(35, 104, 143)", "rgb(35 104 143)", "#23688FFF"];
        assert!(same.iter().all(|text| parse(text) == Some([35, 104, 143])), "{:?}", same.map(parse));
        assert_eq!(parse("#fc0"), Some([255, 204, 0]));
        for text in ["", "#", "#12", "23688f", "no colour", "rgb()", "#ggg"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_colour_that_cannot_be_read_is_made_darker_on_light_and_lighter_on_dark() {
        assert_eq!(unreadable([35, 104, 143]), None);
        let (light, dark) = unreadable([255, 204, 0]).unwrap();
        let (light, dark) = (parse(&light).unwrap(), parse(&dark).unwrap());
        assert!(1.05 / (luminance(light) + 0.05) > 7.0 && luminance(dark) > 0.5, "{light:?} {dark:?}");
    }

    #[test]
    fn a_colour_stays_itself_in_the_other_space() {
        for colour in [[0, 0, 0], [255, 255, 255], [35, 104, 143], [200, 10, 60]] {
            assert_eq!(rgb(oklch(colour)), colour);
        }
    }

    /// The numbers behind a place of the style sheet, up to the sign that ends them.
    fn numbers(text: &str) -> Vec<f64> {
        let words = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).filter(|word| !word.is_empty());
        words.filter_map(|word| word.parse().ok()).collect()
    }

    #[test]
    fn the_colours_of_code_can_be_read_on_every_ground_that_code_has() {
        let style = include_str!("../theme/static/site.css");
        let (_, rule) = style.split_once(".code [class^=h] { color: light-dark(").expect("the rule of the colours");
        let shades: Vec<Vec<f64>> = rule.split('}').next().unwrap_or_default().split("var(--h)").map(numbers).collect();
        let line = style.lines().find(|line| line.trim_start().starts_with(".hk {")).expect("the hues");
        let hues = numbers(line);
        assert!(shades.len() > 1 && hues.len() == 6, "{shades:?} {hues:?}");
        let ground = |lightness, chroma: f64, hue: f64| luminance(rgb([lightness, chroma, hue.to_radians()]));
        // Plain code, marked lines, inserted and deleted ones, as the tokens of the style sheet have them.
        let light = [(0.972, 0.006, 240.0), (0.955, 0.018, 240.0), (0.955, 0.035, 150.0), (0.955, 0.025, 25.0)];
        let dark = [(0.235, 0.012, 240.0), (0.29, 0.038, 240.0), (0.29, 0.04, 150.0), (0.29, 0.04, 25.0)];
        for (shade, grounds) in [(&shades[0], light), (&shades[1], dark)] {
            for hue in &hues {
                let ink = ground(shade[0], shade[1], *hue);
                for (lightness, chroma, of) in grounds {
                    let paper = ground(lightness, chroma, of);
                    let contrast = (ink.max(paper) + 0.05) / (ink.min(paper) + 0.05);
                    assert!(contrast >= LEAST, "hue {hue} on {lightness} {of}: {contrast:.2}");
                }
            }
        }
    }
}
