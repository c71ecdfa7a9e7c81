//! What names begin with: the quick look that passes over most words of a text.

/// What all names begin with, as bits: their first words, and these with what follows them. Most words of a text are passed
/// over by them. What only happens to have the bit of another one is looked up in vain, and nothing else.
#[derive(Debug)]
pub(super) struct Beginnings(Box<[u64]>);

/// How many bits there are, as a power of two: 32 KiB.
const BITS: u32 = 18;

/// Spreads numbers over all bits: 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Beginnings {
    /// Adds what a name, in lower case, begins with.
    pub fn add(&mut self, name: &[u8]) {
        let word = Beginning::of(name);
        for number in [word.number(), word.followed(name)] {
            let (at, bit) = place(number);
            self.0[at] |= bit;
        }
    }

    /// Whether there may be a name that begins with this first word of a text, and ends there or goes on as the text does.
    #[inline]
    pub fn has(&self, word: &Beginning, text: &[u8]) -> bool {
        self.has_number(word.number()) && (self.has_number(word.alone()) || self.has_number(word.followed(text)))
    }

    #[inline]
    fn has_number(&self, number: u64) -> bool {
        let (at, bit) = place(number);
        self.0[at] & bit != 0
    }
}

#[inline]
fn place(number: u64) -> (usize, u64) {
    let place = number.wrapping_mul(SPREAD) >> (64 - BITS);
    ((place >> 6) as usize, 1 << (place & 63))
}

impl Default for Beginnings {
    fn default() -> Self {
        Self(vec![0; 1 << (BITS - 6)].into())
    }
}

/// What a text begins with, as far as it is ASCII.
pub(super) struct Beginning {
    /// The length of the word: 0 where there is none.
    pub length: usize,
    /// The first eight bytes of the word, or the byte that belongs to none. Small letters and capitals are the same.
    first: u64,
}

impl Beginning {
    /// What this text begins with.
    #[inline]
    pub fn of(text: &[u8]) -> Self {
        let eight = first_eight(text);
        let length = length_of_parts(eight);
        let first = (eight | each(0x20)) & (u64::MAX >> (64 - 8 * length.max(1)));
        let rest = if length == 8 { &text[8..] } else { &[] };
        Self { length: length + rest.iter().take_while(|byte| PARTS[usize::from(**byte)]).count(), first }
    }

    #[inline]
    fn number(&self) -> u64 {
        self.first ^ (self.length as u64) << 56
    }

    /// The number of the word as all of a name, or with anything else behind it than one more word.
    #[inline]
    fn alone(&self) -> u64 {
        self.number().wrapping_mul(SPREAD)
    }

    /// The number of the word with the next one, if there is one and a space or the end of a line is all between them.
    #[inline]
    fn followed(&self, text: &[u8]) -> u64 {
        let next = match text.get(self.length.max(1)..) {
            Some([b' ' | b'\n', next @ ..]) => Some(Self::of(next)).filter(|next| next.length > 0),
            _ => None,
        };
        self.alone() ^ next.map_or(0, |next| next.number())
    }
}

/// The first eight bytes of a text, the first of them the lowest; nothing follows the end.
#[inline]
fn first_eight(text: &[u8]) -> u64 {
    text.first_chunk().map_or_else(
        || text.iter().rev().fold(0, |first, byte| first << 8 | u64::from(*byte)),
        |first| u64::from_le_bytes(*first),
    )
}

/// How many of eight bytes are [`PARTS`] before the first that is none. All are compared at once: with the highest bit out
/// of the way, adding to a byte sets that bit where the byte is large enough (Warren, Hacker's Delight, 6-1).
#[inline]
fn length_of_parts(eight: u64) -> usize {
    let bytes = eight & each(0x7f);
    let small = bytes | each(0x20);
    let from = |bytes: u64, least: u8| bytes + each(0x80 - least);
    let is = |byte: u8| !from(bytes ^ each(byte), 1);
    let letter = from(small, b'a') & !from(small, b'z' + 1);
    let digit = from(bytes, b'0') & !from(bytes, b'9' + 1);
    let part = (letter | digit | is(b'-') | is(b'_')) & !eight;
    ((!part & each(0x80)).trailing_zeros() / 8) as usize
}

/// The same byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The ASCII characters that can be part of a word.
pub(super) const PARTS: [bool; 256] = {
    let mut parts = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        parts[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'_');
        byte += 1;
    }
    parts
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_of_words_are_known_wherever_they_stand() {
        for (byte, place) in (0..=255).flat_map(|byte| (0..8).map(move |place| (byte, place))) {
            let mut eight = *b"az09AZ-_";
            eight[place] = byte;
            let length = if PARTS[usize::from(byte)] { 8 } else { place };
            assert_eq!(length_of_parts(u64::from_le_bytes(eight)), length, "{byte} at {place}");
        }
    }
}
