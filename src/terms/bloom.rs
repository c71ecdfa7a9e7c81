//! What names begin with: a Bloom filter that passes over most words of a text.

/// The first words of all names, and these with what follows them, as bits. A word that only shares its bit with one of
/// them is a false positive and costs one lookup.
#[derive(Debug)]
pub(super) struct BloomFilter(Box<[u64]>);

/// How many bits there are, as a power of two: 32 KiB.
const BITS: u32 = 18;

/// Spreads numbers over all bits: 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl BloomFilter {
    /// Adds what a name, in lower case, begins with.
    pub fn add(&mut self, name: &[u8]) {
        let word = FirstWord::of(name);
        for number in [word.number(), word.followed(name)] {
            let (at, bit) = place(number);
            self.0[at] |= bit;
        }
    }

    /// Calls `visit` with every place of a text where a name may begin, in order: no ASCII part of a word stands before it, and
    /// its word is the first of a name that either has no second word or has the next word of the text for it.
    #[inline]
    pub fn each(&self, text: &[u8], mut visit: impl FnMut(usize)) {
        let (mut block, mut inside) = (0, 0);
        while block < text.len() {
            let bytes = &text[block..text.len().min(block + LONGEST)];
            let parts = parts_of(bytes);
            // A word that goes on behind the block is looked at with the next one, unless it is all of the block.
            let whole = LONGEST - parts.leading_ones() as usize;
            let end = if whole > 0 { whole.min(bytes.len()) } else { bytes.len() };
            let starts = !(parts << 1 | inside) & (u64::MAX >> (LONGEST - end));
            inside = u64::from(whole == 0);
            for at in bits_of(starts) {
                let rest = &text[block + at..];
                let word = FirstWord::new(rest, parts >> at);
                if self.has(word.number()) && (self.has(word.alone()) || self.has(word.followed(rest))) {
                    visit(block + at);
                }
            }
            block += end;
        }
    }

    #[inline]
    fn has(&self, number: u64) -> bool {
        let (at, bit) = place(number);
        self.0[at] & bit != 0
    }
}

impl Default for BloomFilter {
    fn default() -> Self {
        Self(vec![0; 1 << (BITS - 6)].into())
    }
}

#[inline]
fn place(number: u64) -> (usize, u64) {
    let place = number.wrapping_mul(SPREAD) >> (64 - BITS);
    ((place >> 6) as usize, 1 << (place & 63))
}

/// So many bytes of a word are looked at, at most: one bit of a number for each.
const LONGEST: usize = 64;

/// The word at the beginning of a text, as far as it is ASCII.
struct FirstWord {
    /// How long it is, up to [`LONGEST`]: 0 where there is none.
    length: u32,
    /// Its first eight bytes, or the byte that belongs to none. Small letters and capitals are the same.
    first: u64,
}

impl FirstWord {
    fn of(text: &[u8]) -> Self {
        Self::new(text, parts_of(&text[..text.len().min(LONGEST)]))
    }

    /// From a text and which of its first bytes can be part of a word.
    #[inline]
    fn new(text: &[u8], parts: u64) -> Self {
        let first = text.first_chunk().map_or_else(
            || text.iter().rev().fold(0, |first, byte| first << 8 | u64::from(*byte)),
            |first| u64::from_le_bytes(*first),
        );
        let (length, small) = (parts.trailing_ones(), first | u64::from_ne_bytes([0x20; 8]));
        Self { length, first: small & (u64::MAX >> (64 - 8 * length.clamp(1, 8))) }
    }

    #[inline]
    fn number(&self) -> u64 {
        self.first ^ u64::from(self.length) << 56
    }

    /// The number of the word as all of a name, or with anything else behind it than one more word.
    fn alone(&self) -> u64 {
        self.number().wrapping_mul(SPREAD)
    }

    /// The number of the word with the next one, if there is one and a space or the end of a line is all between them.
    fn followed(&self, text: &[u8]) -> u64 {
        let next = match text.get(self.length.max(1) as usize..) {
            Some([b' ' | b'\n', next @ ..]) => Some(Self::of(next)).filter(|next| next.length > 0),
            _ => None,
        };
        self.alone() ^ next.map_or(0, |next| next.number())
    }
}

/// Which of up to [`LONGEST`] bytes can be part of a word, the first of them in the lowest bit. One multiplication puts the
/// bits of eight bytes side by side (Warren, Hacker's Delight, 7-4).
#[inline]
fn parts_of(bytes: &[u8]) -> u64 {
    let mut parts = [0; LONGEST];
    for (part, byte) in parts.iter_mut().zip(bytes) {
        *part = u8::from(is_ascii_part(*byte));
    }
    let (eights, _) = parts.as_chunks();
    eights
        .iter()
        .rev()
        .fold(0, |bits, eight| bits << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56)
}

/// Whether an ASCII character can be part of a word. No question waits for the answer to another, so that many characters
/// are asked about at once.
#[inline]
pub(super) fn is_ascii_part(byte: u8) -> bool {
    let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    let digit = byte.wrapping_sub(b'0') < 10;
    letter | digit | (byte == b'-') | (byte == b'_')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_words_are_known_wherever_they_stand() {
        for byte in 0..=255u8 {
            let part = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            assert_eq!(is_ascii_part(byte), part, "{byte}");
            for length in 0..=LONGEST {
                let bytes: Vec<u8> = (0..length).map(|at| if at % 3 == 1 { byte } else { b'a' }).collect();
                let bits = (0..length).filter(|at| at % 3 != 1 || part).fold(0, |bits, at| bits | 1u64 << at);
                assert_eq!(parts_of(&bytes), bits, "{byte} in {length}");
            }
        }
    }
}
