//! The text that people see of a page: what is compared to see whether the text of a page has changed.

use super::{HtmlPiece, PassedOver, is_hidden, is_inline, is_space, pieces, unescaped};
use crate::hash::Hash;

/// Which part of a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagePart {
    /// The element `main`; the whole page where it has none.
    Main,
    /// Everything.
    Page,
}

/// The visible text of a page of HTML, a paragraph, heading, item or cell each.
pub fn visible(html: &str, part: PagePart) -> Vec<String> {
    let mut text = VisibleText { lines: Vec::new(), line: String::new(), space: false };
    let wanted = match part {
        PagePart::Main => main(html),
        PagePart::Page => html,
    };
    let mut passed_over = PassedOver::default();
    for piece in pieces(wanted) {
        let shown = !passed_over.holds(&piece, is_hidden);
        match piece {
            HtmlPiece::Begin(tag) => {
                text.part(tag.name);
                if let Some(alt) = (shown && tag.is("img")).then(|| tag.attribute("alt")).flatten() {
                    text.words(&alt);
                }
            }
            HtmlPiece::End(name) => text.part(name),
            HtmlPiece::Words(words) if shown => text.words(&unescaped(words)),
            HtmlPiece::Words(_) => {}
        }
    }
    text.end();
    text.lines
}

/// The fingerprint of a visible text: the same for two pages on which people read the same.
pub fn fingerprint_of(lines: &[String]) -> Hash {
    Hash::of(lines.join("\n").as_bytes())
}

/// What the first element `main` holds.
fn main(html: &str) -> &str {
    let place = |words: &str| words.as_ptr() as usize - html.as_ptr() as usize;
    let (mut from, mut depth) = (None, 0usize);
    for piece in pieces(html) {
        match piece {
            HtmlPiece::Begin(tag) if tag.is("main") => {
                from = from.or(Some(place(tag.inside) + tag.inside.len() + 1));
                depth += 1;
            }
            HtmlPiece::End(name) if name.eq_ignore_ascii_case("main") && depth > 0 => {
                depth -= 1;
                if let (0, Some(from)) = (depth, from) {
                    let end = html[..place(name)].rfind('<').unwrap_or(html.len());
                    return &html[from..end];
                }
            }
            _ => {}
        }
    }
    from.map_or(html, |from| &html[from..])
}

struct VisibleText {
    lines: Vec<String>,
    line: String,
    /// White space stood before what comes next.
    space: bool,
}

impl VisibleText {
    /// Ends the line where an element begins or ends that does not stand within it.
    fn part(&mut self, name: &str) {
        if !is_inline(name) {
            self.end();
        }
    }

    fn words(&mut self, words: &str) {
        self.space |= words.starts_with(is_space);
        for word in words.split(is_space).filter(|word| !word.is_empty()) {
            if self.space && !self.line.is_empty() {
                self.line.push(' ');
            }
            self.line.push_str(word);
            self.space = true;
        }
        self.space = words.ends_with(is_space) || self.space && words.trim_matches(is_space).is_empty();
    }

    fn end(&mut self) {
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        self.space = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(html: &str) -> String {
        visible(html, PagePart::Page).join("|")
    }

    #[test]
    fn paragraphs_items_and_cells_are_lines() {
        assert_eq!(seen("<h1>A <em>b</em>\n c</h1><ul><li>x<li>y</ul><table><tr><td>1<td>2</table>"), "A b c|x|y|1|2");
        assert_eq!(seen("<p>one<br>two</p>three<b>four</b>"), "one|two|threefour");
        assert_eq!(seen("<p>a<span> b</span> <i>c </i>d</p>"), "a b c d");
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        let html = "<head><title>t</title></head><script>a<b></script><svg><svg></svg><text>x</text></svg>\
                    <div hidden>no<div>no</div>no</div><p>yes<img alt=\"a cat\" src=x><!-- no --></p>";
        assert_eq!(seen(html), "yesa cat");
    }

    #[test]
    fn the_main_content_is_what_counts_where_there_is_any() {
        let html = "<body><header>h</header><main id=m><p>a</p></main><footer>f</footer>";
        assert_eq!(visible(html, PagePart::Main), ["a"]);
        assert_eq!(visible("<p>a</p>", PagePart::Main), ["a"]);
        assert_eq!(visible("<main><p>a", PagePart::Main), ["a"]);
    }

    #[test]
    fn two_pages_on_which_people_read_the_same_have_one_fingerprint() {
        let one = visible("<main><p>a &amp;  b</p></main>", PagePart::Main);
        let other = visible("<main class=x>\n<div>a\n&#38; <b>b</b></div></main>", PagePart::Main);
        assert_eq!(fingerprint_of(&one), fingerprint_of(&other));
        assert_ne!(fingerprint_of(&one), fingerprint_of(&[]));
    }
}
