//! The elements that browsers know. In raw HTML another name is a component of another tool, or was meant as text.

use super::component_words::has_words;
use super::html::RawHtmlPiece;
use super::tags::{Attribute, StartTag};
use super::writer::Writer;
use crate::diagnostics::Code;

/// Elements of HTML, those that are out of use included, and of drawings and formulas in it.
const KNOWN: &str = " a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br \
    button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed \
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img \
    input ins kbd label legend li link main map mark marquee menu meta meter nav nobr noframes noscript object ol \
    optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script search section select slot \
    small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title \
    tr track tt u ul var video wbr xmp \
    animate animatemotion animatetransform circle clippath defs desc ellipse feblend fecolormatrix fecomposite feflood \
    fegaussianblur femerge femergenode feoffset filter foreignobject g image line lineargradient marker mask metadata \
    mpath path pattern polygon polyline radialgradient rect set stop switch symbol text textpath tspan use view \
    math mfrac mi mn mo mover mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover \
    annotation semantics ";

/// Whether browsers know an element of this name, in small letters; one with a hyphen a script of the site may declare.
pub(super) fn is_known(name: &str) -> bool {
    name.contains(['-', ':']) || KNOWN.contains(&format!(" {name} "))
}

impl Writer<'_> {
    /// Reports elements that no browser knows, once for each name: what their attributes say is on no page. `drawn`: the
    /// words of a component are.
    pub fn check_element(&mut self, start: &StartTag<'_>, piece: &RawHtmlPiece, drawn: bool) {
        let name = &start.name;
        if is_known(name) {
            return;
        }
        let place = piece.place(start.range.start, &piece.html[start.range.clone()]);
        if !drawn && self.is_first(format!("<{name}"), &place) {
            let message =
                format!("`<{name}>` is no element of HTML: the page shows what stands in it, and nothing else of it");
            let help = "write it in Markdown or in elements that browsers know; as text, put it into code";
            self.problem(Code::MarkdownUnread, place, message, help);
        }
        let is_text = |attribute: &&Attribute<'_>| {
            let is_drawn = drawn && has_words(attribute);
            !is_drawn && !matches!(attribute.name.as_str(), "class" | "style") && attribute.value.trim().contains(' ')
        };
        for attribute in start.attributes.iter().filter(is_text) {
            let message = format!("what the attribute `{}` of `<{name}>` says is on no page", attribute.name);
            let help = "write its words as text";
            self.problem(Code::TextLost, piece.place(attribute.at, attribute.value), message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KNOWN;

    #[test]
    fn names_stand_alone_between_spaces() {
        assert!(
            KNOWN.contains(" svg ")
                && KNOWN.contains(" h1 ")
                && KNOWN.contains(" semantics ")
                && KNOWN.contains(" animate ")
        );
        assert!(!KNOWN.contains("  ") && !KNOWN.contains(" tabs "));
    }
}
