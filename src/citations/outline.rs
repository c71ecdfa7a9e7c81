//! Where things stand in a bibliography. Never decides a value, only a place.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

/// What a bibliography looks like from above, up to its first syntax error.
#[derive(Default)]
pub(super) struct Outline {
    /// The keys of the works and their places, in the order of the file. A key can be there twice.
    pub(super) keys: Vec<(String, Range<usize>)>,
    /// How many values the file has once every alias is replaced by what it stands for.
    pub(super) unfolded: u64,
    /// How many values are written down.
    pub(super) written: u64,
}

impl Outline {
    /// Whether the aliases stand for so much that reading them would take all memory.
    pub(super) fn is_bomb(&self) -> bool {
        self.unfolded > 200_000 + 20 * self.written
    }
}

/// The outline of a bibliography.
pub(super) fn of(text: &str) -> Outline {
    let mut outline = Outline::default();
    let (written, unfolded) = walk(text, |node| {
        if node.is_key && node.around.len() == 1 {
            outline.keys.push((node.scalar.unwrap_or_default().to_string(), node.span));
        }
        true
    });
    (outline.written, outline.unfolded) = (written, unfolded);
    outline
}

/// The place of the value at a path such as `davis2020.author[1]`; with `nth`, of the nth one (there can be duplicates).
pub(super) fn value(text: &str, path: &str) -> Option<Range<usize>> {
    let mut found = None;
    walk(text, |node| {
        if !node.is_key && node.is_at(path) {
            found = Some(node.span);
        }
        found.is_none()
    });
    found
}

/// The places of the keys that follow a path: both `title`s of `davis2020.title`, where it is there twice.
pub(super) fn keys(text: &str, path: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    walk(text, |node| {
        if let (true, Some(scalar)) = (node.is_key, node.scalar)
            && path.strip_suffix(scalar).is_some_and(|parent| node.is_at(parent.strip_suffix('.').unwrap_or("")))
        {
            found.push(node.span);
        }
        true
    });
    found
}

/// A key or value on the way through the file.
struct OutlineNode<'a> {
    is_key: bool,
    scalar: Option<&'a str>,
    span: Range<usize>,
    around: &'a [OutlineFrame],
}

impl OutlineNode<'_> {
    /// Whether this is the path to it; to the mapping it is in, for a key.
    fn is_at(&self, path: &str) -> bool {
        let (mut rest, mut first) = (path, true);
        let within = if self.is_key { self.around.len().saturating_sub(1) } else { self.around.len() };
        for frame in &self.around[..within] {
            let step = if frame.is_mapping {
                let after = if first { Some(rest) } else { rest.strip_prefix('.') };
                after.and_then(|rest| rest.strip_prefix(frame.key.as_str()))
            } else {
                rest.strip_prefix(format!("[{}]", frame.index).as_str())
            };
            let Some(after) = step else { return false };
            (rest, first) = (after, false);
        }
        rest.is_empty()
    }
}

/// A mapping or list that is open.
struct OutlineFrame {
    is_mapping: bool,
    at_key: bool,
    key: String,
    index: usize,
    anchor: usize,
    unfolded: u64,
}

/// Goes through the file until `visit` says no or the syntax breaks. How many values were written, and stood for.
fn walk(text: &str, mut visit: impl FnMut(OutlineNode<'_>) -> bool) -> (u64, u64) {
    let bytes = ByteOffsets::of(text);
    let mut frames: Vec<OutlineFrame> = Vec::new();
    let mut anchors: Vec<u64> = Vec::new();
    let (mut written, mut unfolded) = (0, 0);
    for event in Parser::new_from_str(bytes.text) {
        let Ok((event, span)) = event else { break };
        let (scalar, anchor, opens, size) = match &event {
            Event::Scalar(scalar, _, anchor, _) => (Some(scalar.as_ref()), *anchor, None, 1),
            Event::Alias(id) => (None, 0, None, anchors.get(*id).copied().unwrap_or(1)),
            Event::MappingStart(anchor, _) => (None, *anchor, Some(true), 1),
            Event::SequenceStart(anchor, _) => (None, *anchor, Some(false), 1),
            Event::MappingEnd | Event::SequenceEnd => {
                let Some(closed) = frames.pop() else { break };
                note(&mut anchors, closed.anchor, closed.unfolded);
                step(&mut frames, &mut unfolded, closed.unfolded, None);
                continue;
            }
            _ => continue,
        };
        written += 1;
        let is_key = frames.last().is_some_and(|frame| frame.is_mapping && frame.at_key);
        if !visit(OutlineNode { is_key, scalar, span: bytes.range(span), around: &frames }) {
            break;
        }
        if let Some(is_mapping) = opens {
            // Nobody reads deeper than 128, and this parser takes a minute for 100,000 open brackets.
            if frames.len() > 128 {
                break;
            }
            let key = String::new();
            frames.push(OutlineFrame { is_mapping, at_key: true, key, index: 0, anchor, unfolded: size });
        } else {
            note(&mut anchors, anchor, size);
            step(&mut frames, &mut unfolded, size, scalar);
        }
    }
    let open = frames.iter().fold(0, |sum: u64, frame| sum.saturating_add(frame.unfolded));
    (written, open.saturating_add(unfolded))
}

/// Remembers how much an anchor stands for. The parser counts anchors from 1; 0 is none.
fn note(anchors: &mut Vec<u64>, anchor: usize, size: u64) {
    if anchor > 0 {
        anchors.resize(anchors.len().max(anchor + 1), 1);
        anchors[anchor] = size;
    }
}

/// Moves on to the next key, value or item of what is around.
fn step(frames: &mut [OutlineFrame], unfolded: &mut u64, size: u64, scalar: Option<&str>) {
    let Some(frame) = frames.last_mut() else {
        *unfolded = unfolded.saturating_add(size);
        return;
    };
    frame.unfolded = frame.unfolded.saturating_add(size);
    if !frame.is_mapping {
        frame.index += 1;
    } else {
        if frame.at_key {
            frame.key.clear();
            frame.key.push_str(scalar.unwrap_or_default());
        }
        frame.at_key = !frame.at_key;
    }
}

/// Turns the characters that the parser counts into bytes.
struct ByteOffsets<'a> {
    text: &'a str,
    skipped: usize,
    borders: Option<Vec<u32>>,
}

impl<'a> ByteOffsets<'a> {
    fn of(whole: &'a str) -> Self {
        let text = whole.trim_start_matches('\u{feff}');
        let borders = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at as u32).collect());
        Self { text, skipped: whole.len() - text.len(), borders }
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index()).max(start);
        let end = start + self.text.get(start..end).map_or(0, |within| within.trim_end().len());
        self.skipped + start..self.skipped + end
    }

    fn byte(&self, character: usize) -> usize {
        match &self.borders {
            None => character.min(self.text.len()),
            Some(borders) => borders.get(character).map_or(self.text.len(), |at| *at as usize),
        }
    }
}
