//! Finds out where the values of a YAML document stand.

use std::ops::Range;

use saphyr_parser::{Event, Parser};

use super::{Path, PathStep, causes};

/// Where a value stands, and its key.
pub(super) struct Located {
    /// The way to it.
    pub path: Path,
    /// Its key, in bytes of the document.
    pub key: Option<Range<usize>>,
    /// The value itself.
    pub value: Range<usize>,
}

/// Deeper than this nothing is ever looked for: the document was refused.
const DEEPEST: usize = 130;

/// Where all values of a document stand, in the order of the ways to them; as far as it can be read.
pub(super) fn locate(text: &str) -> Vec<Located> {
    // The parser counts characters.
    let mut borders: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    borders.push(text.len());
    let byte = |character: usize| borders[character.min(borders.len() - 1)];
    let (mut stack, mut out, mut open) = (Vec::<OpenCollection>::new(), Vec::new(), Vec::new());
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        if stack.len() > DEEPEST {
            break;
        }
        let at = byte(span.start.index())..byte(span.end.index());
        match event {
            Event::Scalar(scalar, ..) => {
                if let Some(OpenCollection::Map(key @ None)) = stack.last_mut() {
                    *key = Some((scalar.into_owned(), at));
                    continue;
                }
                add(&stack, &mut out, at.start..scalar_end(text, &at));
                next(&mut stack);
            }
            Event::Alias(_) => {
                add(&stack, &mut out, at);
                next(&mut stack);
            }
            Event::SequenceStart(..) => {
                open.push(out.len());
                add(&stack, &mut out, at);
                stack.push(OpenCollection::List(0));
            }
            Event::MappingStart(..) => {
                open.push(out.len());
                add(&stack, &mut out, at);
                stack.push(OpenCollection::Map(None));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                stack.pop();
                next(&mut stack);
                if let Some(began) = open.pop().and_then(|begun| out.get_mut(begun))
                    && text[began.value.clone()].starts_with(['[', '{'])
                {
                    began.value.end = at.end;
                }
            }
            _ => {}
        }
    }
    out.sort_by(|a: &Located, b: &Located| a.path.cmp(&b.path)); // stable: of equal keys the first comes first
    out
}

/// A mapping or list that is open.
enum OpenCollection {
    /// A mapping, with the key whose value comes next.
    Map(Option<(String, Range<usize>)>),
    /// A list, with the number of the item that comes next.
    List(usize),
}

/// Where a scalar ends as people see it: the parser counts what follows it up to the next line, too.
fn scalar_end(text: &str, at: &Range<usize>) -> usize {
    let written = &text[at.clone()];
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let closing = quote.and_then(|quote| causes::closing(written, 1, quote));
    at.start + closing.unwrap_or_else(|| written.trim_end().len())
}

/// Notes a value at the place where the document is.
fn add(stack: &[OpenCollection], out: &mut Vec<Located>, value: Range<usize>) {
    let path = stack
        .iter()
        .map(|frame| match frame {
            OpenCollection::Map(Some((key, _))) => PathStep::Key(key.clone()),
            OpenCollection::Map(None) => PathStep::Key(String::new()),
            OpenCollection::List(index) => PathStep::Index(*index),
        })
        .collect();
    let key = match stack.last() {
        Some(OpenCollection::Map(Some((_, at)))) => Some(at.clone()),
        _ => None,
    };
    out.push(Located { path, key, value });
}

/// Goes on behind a value.
fn next(stack: &mut [OpenCollection]) {
    match stack.last_mut() {
        Some(OpenCollection::Map(key)) => *key = None,
        Some(OpenCollection::List(index)) => *index += 1,
        None => {}
    }
}
