//! QR codes: a text that a phone can read off paper. The only file that names `qrcodegen`.

use std::fmt::Write;

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// A QR code, ready to be drawn.
pub struct QrSymbol {
    /// How many modules it is wide and high, without the quiet zone.
    pub size: usize,
    /// Its dark modules as the path of a stroke that is one module wide: a line for each run of them.
    pub path: String,
}

/// The code of a text; none where the text is too long for one, which is beyond 2,953 bytes.
///
/// It is as small as it can be, with as much error correction as fits in at no cost. All codes have the same mask: to try
/// all eight takes 20 times as long, and what they guard against - large even patches - addresses do not have.
pub fn draw(text: &str) -> Option<QrSymbol> {
    let segments = segments(text);
    let (least, most, mask) = (Version::MIN, Version::MAX, Some(Mask::new(0)));
    let code = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Low, least, most, mask, true).ok()?;
    Some(QrSymbol { size: usize::try_from(code.size()).ok()?, path: path(&code) })
}

/// The scheme and host of an address in capitals, for which a code has a shorter spelling (ISO/IEC 18004, 7.4.4), and the rest
/// as it is. Browsers make no difference between capitals and small letters there (RFC 3986, 6.2.2.1).
fn segments(text: &str) -> Vec<QrSegment> {
    let host = text.find("://").and_then(|at| Some(at + 3 + text[at + 3..].find('/')? + 1));
    let host = host.map(|end| text.split_at(end)).map(|(host, rest)| (host.to_ascii_uppercase(), rest));
    match host.filter(|(host, _)| QrSegment::is_alphanumeric(host)) {
        Some((host, rest)) => vec![QrSegment::make_alphanumeric(&host), QrSegment::make_bytes(rest.as_bytes())],
        None => QrSegment::make_segments(text),
    }
}

/// Moves and lines from where the last one ended, which compress better than places.
fn path(code: &QrCode) -> String {
    // The first module of every code is dark: the path begins with its row.
    let mut out = String::from("M0 .5");
    let (mut from_x, mut from_y) = (0, 0);
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x == start {
                x += 1;
                continue;
            }
            if (start, y) != (from_x, from_y) {
                let _ = write!(out, "m{} {}", start - from_x, y - from_y);
            }
            let _ = write!(out, "h{}", x - start);
            (from_x, from_y) = (x, y);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{QrSymbol, draw};

    #[test]
    fn a_code_is_read_as_the_text_it_was_made_from() {
        let host = "HTTPS://KITCHEN-YARD.EXAMPLE";
        for (text, read_as) in [
            ("https://kitchen-yard.example/", format!("{host}/")),
            ("https://kitchen-yard.example/tools/fine-pruner/", format!("{host}/tools/fine-pruner/")),
            ("https://kitchen-yard.example/%C3%BCber/?q=1&r=2#a", format!("{host}/%C3%BCber/?q=1&r=2#a")),
            ("https://bücher.example/a/", "https://bücher.example/a/".into()),
            ("https://host", "https://host".into()),
            ("0123456789", "0123456789".into()),
            ("Grüße", "Grüße".into()),
        ] {
            let code = draw(text).expect("short enough");
            assert_eq!(read(&code), read_as, "{}", code.path);
        }
    }

    #[test]
    fn long_addresses_have_a_code_and_endless_ones_none() {
        let long = "x".repeat(2953);
        assert_eq!(read(&draw(&long).expect("just short enough")), long);
        assert!(draw(&format!("{long}x")).is_none());
    }

    #[test]
    fn an_address_of_usual_length_makes_a_code_of_29_modules() {
        let code = draw("https://kitchen-yard.example/conditions/stem-sprouts/").expect("short enough");
        assert_eq!(code.size, 29);
        assert!(code.path.len() < 2000, "{} bytes", code.path.len());
    }

    /// Draws the path on squared paper, and reads what came of it with another library.
    fn read(code: &QrSymbol) -> String {
        let mut dark = vec![vec![false; code.size]; code.size];
        let (mut x, mut y) = (0, 0);
        let rest = code.path.strip_prefix("M0 .5").expect("it begins in the first row");
        for step in rest.split_inclusive(|c: char| c.is_ascii_alphabetic()).collect::<Vec<_>>().windows(2) {
            let numbers = step[1].trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let mut numbers = numbers.split(' ').map(|number| number.parse::<isize>().expect("a number"));
            let along = numbers.next().expect("a first number");
            if step[0].ends_with('h') {
                (x..x + along).for_each(|x| dark[y as usize][x as usize] = true);
            } else {
                y += numbers.next().expect("a second number");
            }
            x += along;
        }
        let grid = rqrr::SimpleGrid::from_func(code.size, |x, y| dark[y][x]);
        rqrr::Grid::new(grid).decode().expect("a code").1
    }
}
