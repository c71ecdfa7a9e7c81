//! What names begin with: the quick looks that pass over most places of a text.

/// The beginnings of all names, as bits. What only happens to have the bit of another one is looked up in vain, and nothing
/// else.
#[derive(Debug, Default)]
pub(super) struct Beginnings {
    /// Their first [`FIRST`] bytes.
    bytes: Bits<15>,
    /// Their first words, and these with what follows them.
    words: Bits<18>,
}

/// At so many bytes of a name the first look is taken.
const FIRST: usize = 3;
const _: () = assert!(FIRST <= super::SHORTEST, "every name has them");

impl Beginnings {
    /// Adds what a name, in lower case, begins with.
    pub fn add(&mut self, name: &[u8]) {
        // A text may have the end of a line in the place of each space.
        for line_ends in 0..1 << FIRST {
            let bytes: [u8; FIRST] = std::array::from_fn(|at| match name.get(at) {
                Some(b' ') if line_ends >> at & 1 == 1 => b'\n',
                byte => byte.copied().unwrap_or_default(),
            });
            self.bytes.add(first_bytes(&bytes));
        }
        let word = Word::of(name);
        self.words.add(word.number());
        self.words.add(word.followed(name));
    }

    /// Calls `see` with every place of a text where there may be a name, in order: behind what is no ASCII part of a word,
    /// where a name begins like this, and ends after its first word or goes on as the text does.
    #[inline]
    pub fn each(&self, text: &[u8], mut see: impl FnMut(usize)) {
        let mut behind_letter = 0;
        for (block, bytes) in text.chunks(64).enumerate() {
            let letters = bytes.chunks(8).rev().fold(0, |letters, eight| letters << 8 | letters_of(first_eight(eight)));
            let starts = !(letters << 1 | behind_letter) & (u64::MAX >> (64 - bytes.len()));
            behind_letter = letters >> 63;
            for at in bits_of(starts).map(|at| 64 * block + at) {
                // A word is read to its end only from its beginning, however many digits it has.
                let inside = at > 0 && PARTS[usize::from(text[at - 1])];
                if self.bytes.has(first_bytes(&text[at..])) && !inside && self.has(&text[at..]) {
                    see(at);
                }
            }
        }
    }

    fn has(&self, text: &[u8]) -> bool {
        let word = Word::of(text);
        self.words.has(word.number()) && (self.words.has(word.alone()) || self.words.has(word.followed(text)))
    }
}

/// A set of numbers, of each of which it knows one bit of 2^`SIZE`.
#[derive(Debug)]
struct Bits<const SIZE: u32>(Box<[u64]>);

/// Spreads numbers over all bits: 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl<const SIZE: u32> Bits<SIZE> {
    fn add(&mut self, number: u64) {
        let (at, bit) = Self::place(number);
        self.0[at] |= bit;
    }

    #[inline]
    fn has(&self, number: u64) -> bool {
        let (at, bit) = Self::place(number);
        self.0[at] & bit != 0
    }

    #[inline]
    fn place(number: u64) -> (usize, u64) {
        let place = number.wrapping_mul(SPREAD) >> (64 - SIZE);
        ((place >> 6) as usize, 1 << (place & 63))
    }
}

impl<const SIZE: u32> Default for Bits<SIZE> {
    fn default() -> Self {
        Self(vec![0; 1 << (SIZE - 6)].into())
    }
}

/// The word at the beginning of a text, as far as it is ASCII.
struct Word {
    /// How long it is: 0 where there is none.
    length: usize,
    /// Its first eight bytes, or the byte that belongs to none. Small letters and capitals are the same.
    first: u64,
}

impl Word {
    fn of(text: &[u8]) -> Self {
        let length = text.iter().take_while(|byte| PARTS[usize::from(**byte)]).count();
        let first = (first_eight(text) | eight_times(0x20)) & (u64::MAX >> (64 - 8 * length.clamp(1, 8)));
        Self { length, first }
    }

    fn number(&self) -> u64 {
        self.first ^ (self.length as u64) << 56
    }

    /// The number of the word as all of a name, or with anything else behind it than one more word.
    fn alone(&self) -> u64 {
        self.number().wrapping_mul(SPREAD)
    }

    /// The number of the word with the next one, if there is one and a space or the end of a line is all between them.
    fn followed(&self, text: &[u8]) -> u64 {
        let next = match text.get(self.length.max(1)..) {
            Some([b' ' | b'\n', next @ ..]) => Some(Self::of(next)).filter(|next| next.length > 0),
            _ => None,
        };
        self.alone() ^ next.map_or(0, |next| next.number())
    }
}

/// The first [`FIRST`] bytes of a text. Small letters and capitals are the same.
#[inline]
fn first_bytes(text: &[u8]) -> u64 {
    let first = text.first_chunk().map_or_else(|| first_eight(text) as u32, |first| u32::from_le_bytes(*first));
    u64::from((first | 0x20_20_20_20) & (u32::MAX >> (32 - 8 * FIRST)))
}

/// The first eight bytes of a text, the first of them the lowest; nothing follows the end.
#[inline]
fn first_eight(text: &[u8]) -> u64 {
    text.first_chunk().map_or_else(
        || text.iter().rev().fold(0, |first, byte| first << 8 | u64::from(*byte)),
        |first| u64::from_le_bytes(*first),
    )
}

/// Which of eight bytes are ASCII letters, the first of them in the lowest bit. All are compared at once: with the highest
/// bit out of the way, adding to a byte sets that bit where the byte is large enough (Warren, Hacker's Delight, 6-1), and
/// one multiplication puts these bits side by side (7-4).
#[inline]
fn letters_of(eight: u64) -> u64 {
    let small = (eight | eight_times(0x20)) & eight_times(0x7f);
    let from = |least: u8| small + eight_times(0x80 - least);
    let letters = from(b'a') & !from(b'z' + 1) & !eight & eight_times(0x80);
    (letters >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The numbers of the bits that are set, the lowest first.
#[inline]
fn bits_of(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (at < 64).then_some(at)
    })
}

/// The same byte eight times.
const fn eight_times(byte: u8) -> u64 {
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
    fn letters_are_known_wherever_they_stand() {
        for (byte, place) in (0..=255u8).flat_map(|byte| (0..8).map(move |place| (byte, place))) {
            let mut eight = *b"a0Z@_\xe9z[";
            eight[place] = byte;
            let letters = eight.iter().rev().fold(0, |bits, byte| bits << 1 | u64::from(byte.is_ascii_alphabetic()));
            assert_eq!(letters_of(u64::from_le_bytes(eight)), letters, "{byte} at {place}");
        }
    }
}
