//! Elements of raw HTML that are never closed, and ends of elements that nobody began: browsers would move what follows, or the
//! frame of the page, into another place.

use std::ops::Range;

use super::html::RawHtmlPiece;
use super::tags::{StartTag, tags};
use super::writer::Writer;
use crate::diagnostics::Code;

/// Elements that have no end, or need none (HTML standard, section 13.1.2).
const WITHOUT_END: &str = " area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody \
    tfoot option optgroup rt rp colgroup caption html head body basefont frame ";

/// An element of raw HTML that is open.
pub(super) struct UnclosedElement {
    pub(super) name: String,
    /// Where it begins in the text.
    span: Range<usize>,
}

impl UnclosedElement {
    /// Whether it has this name.
    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }
}

impl Writer<'_> {
    /// Follows which elements a piece of raw HTML opens and closes, and reports ends that nobody began.
    pub(super) fn follow_elements(&mut self, piece: &RawHtmlPiece) {
        let (starts, ends) = tags(&piece.html);
        let mut starts = starts.iter().peekable();
        for end in ends.into_iter().filter(|end| !is_without_end(&end.name)) {
            while let Some(start) = starts.next_if(|start| start.range.start < end.range.start) {
                self.begin_element(start, piece);
            }
            match self.open.elements.iter().rposition(|open| open.name == end.name) {
                Some(at) => {
                    let unclosed: Vec<_> = self.open.elements.drain(at..).skip(1).collect();
                    unclosed.into_iter().for_each(|open| self.unclosed(open));
                }
                None => {
                    self.out.body.unclosed = true;
                    let message = format!("`</{}>` ends nothing that this text has begun, and is left out", end.name);
                    let place = piece.place(end.range.start, &piece.html[end.range]);
                    self.problem(Code::HtmlUnclosed, place, message, "take it out, or begin the element above");
                }
            }
        }
        starts.for_each(|start| self.begin_element(start, piece));
    }

    /// Reports what raw HTML has left open at the end of the text.
    pub(super) fn end_elements(&mut self) {
        std::mem::take(&mut self.open.elements).into_iter().for_each(|open| self.unclosed(open));
    }

    fn begin_element(&mut self, start: &StartTag<'_>, piece: &RawHtmlPiece) {
        if begins(start, &piece.html) {
            let span = piece.place(start.range.start, &piece.html[start.range.clone()]);
            self.open.elements.push(UnclosedElement { name: start.name.clone(), span });
        }
    }

    fn unclosed(&mut self, open: UnclosedElement) {
        self.out.body.unclosed = true;
        let message = format!("this `<{}>` is never closed", open.name);
        let help = format!("write `</{}>` where it ends", open.name);
        self.problem(Code::HtmlUnclosed, open.span, message, help);
    }
}

/// HTML in which every element is closed where the one around it ends, and no end stands alone.
pub fn closed(html: &str) -> String {
    let (starts, ends) = tags(html);
    let (mut out, mut at, mut open) = (String::with_capacity(html.len() + 64), 0, Vec::<String>::new());
    let mut starts = starts.into_iter().filter(|start| begins(start, html)).peekable();
    let close = |out: &mut String, names: &mut dyn Iterator<Item = String>| {
        names.for_each(|name| out.push_str(&format!("</{name}>")));
    };
    for end in ends.into_iter().filter(|end| !is_without_end(&end.name)) {
        while let Some(start) = starts.next_if(|start| start.range.start < end.range.start) {
            open.push(start.name);
        }
        out.push_str(&html[at..end.range.start]);
        at = end.range.end;
        if let Some(place) = open.iter().rposition(|name| *name == end.name) {
            close(&mut out, &mut open.drain(place + 1..).rev());
            open.pop();
            out.push_str(&html[end.range]);
        }
    }
    out.push_str(&html[at..]);
    open.extend(starts.map(|start| start.name));
    close(&mut out, &mut open.into_iter().rev());
    out
}

/// Whether an element begins that has an end. The slash of `<a href=/x/>` belongs to the address.
fn begins(start: &StartTag<'_>, html: &str) -> bool {
    let behind = start.attributes.last().map_or(start.range.start, |last| last.at + last.value.len());
    !is_without_end(&start.name) && !html[behind..start.range.end].ends_with("/>")
}

fn is_without_end(name: &str) -> bool {
    WITHOUT_END.contains(&format!(" {name} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_ends_with_what_is_around_it() {
        for (html, whole) in [
            ("<div><b>x</div>y", "<div><b>x</b></div>y"),
            ("</div>x</main>", "x"),
            ("<ul><li>a<li>b</ul><i>c", "<ul><li>a<li>b</ul><i>c</i>"),
            ("<a href=/x/>x</a><circle r=1 />", "<a href=/x/>x</a><circle r=1 />"),
            ("<section><div>x", "<section><div>x</div></section>"),
            ("<svg><path d=\"x\"/></svg><br>", "<svg><path d=\"x\"/></svg><br>"),
        ] {
            assert_eq!(closed(html), whole);
            assert_eq!(closed(whole), whole);
        }
    }
}
