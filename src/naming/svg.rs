//! How large a drawing in SVG is, as its root element says.

/// How far into a file its root element begins at most: editors write remarks before it.
pub(super) const LOOKED_AT: usize = 16 * 1024;

/// The least width, in pixels, of a drawing that names its shape alone: it fills the column where it stands.
const FILLS: f64 = 2400.0;

/// Width and height in pixels. A drawing without lengths has the shape of its `viewBox`.
pub(super) fn size(text: &str) -> Option<(u32, u32)> {
    let root = root(text)?;
    let shape = attribute(root, "viewBox").and_then(|box_| {
        let mut numbers = box_.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty()).map(str::parse::<f64>);
        let (_, _, width, height) = (numbers.next()?, numbers.next()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
        (width > 0.0 && height > 0.0).then_some((width, height))
    });
    let (width, height) = match (length(root, "width"), length(root, "height"), shape) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some(shape)) => (width, width * shape.1 / shape.0),
        (None, Some(height), Some(shape)) => (height * shape.0 / shape.1, height),
        (None, None, Some(shape)) => {
            let times = (FILLS / shape.0).max(1.0);
            (shape.0 * times, shape.1 * times)
        }
        _ => return None,
    };
    let whole = |length: f64| (length.round() as u32).max(1);
    (width.is_finite() && height.is_finite()).then(|| (whole(width), whole(height)))
}

/// What stands in the tag of the root element.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let at = rest.find('<')?;
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = &comment[comment.find("-->")?..];
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            rest = &rest[1..];
        } else {
            let name = rest[1..].split(|c: char| c.is_whitespace() || c == '>').next()?;
            let tag = rest[1 + name.len()..].split('>').next()?;
            return (name.rsplit(':').next() == Some("svg")).then_some(tag);
        }
    }
}

/// A length in pixels; none where it is a share of something else.
fn length(root: &str, name: &str) -> Option<f64> {
    let value = attribute(root, name)?.trim();
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = value[..value.len() - unit.len()].parse().ok()?;
    let pixels = match unit {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        _ => return None,
    };
    (number > 0.0).then_some(number * pixels)
}

/// The value of an attribute.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let before = tag[..at].chars().next_back();
        let rest = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        before.is_none_or(char::is_whitespace).then(|| rest[1..].split(quote).next())?
    })
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn the_size_of_a_drawing_is_that_of_its_root() {
        let of = |attributes: &str| {
            size(&format!(
                "<?xml version=\"1.0\"?>\n<!DOCTYPE svg [<!ENTITY a \"b\">]>\n<!-- <svg width=\"1\" height=\"1\"> -->\n<svg xmlns=\"x\" {attributes}><rect width=\"7\" height=\"7\"/></svg>"
            ))
        };
        assert_eq!(of("width=\"90\" height='60px'"), Some((90, 60)));
        assert_eq!(of("width=\"10mm\" height=\"1in\" viewBox=\"0 0 1 1\""), Some((38, 96)));
        assert_eq!(of("height=\"60\" viewBox=\"0 0 30 20\""), Some((90, 60)));
        assert_eq!(of("viewBox=\"0,0 300,200\""), Some((2400, 1600)));
        assert_eq!(of("width=\"100%\" height=\"100%\" viewBox=\"0 0 3000 20\""), Some((3000, 20)));
        for unknown in [
            "",
            "stroke-width=\"2\" height=\"5\"",
            "width=\"0\" height=\"5\"",
            "viewBox=\"0 0 a b\"",
            "viewBox=\"0 0 0 4\"",
            "width=\"1\"",
        ] {
            assert_eq!(of(unknown), None, "{unknown}");
        }
        assert_eq!(size("<html><svg width=\"1\" height=\"1\"></html>"), None);
        assert_eq!(size(""), None);
    }
}
