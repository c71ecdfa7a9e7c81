//! Content hashes: the one notion of "the same" that caches, page keys, manifests and asset names share. The only file that
//! names `twox-hash`.
//!
//! XXH3 of 128 bits and no cryptographic hash: they tell contents of one site apart, and nobody gains by making two of them
//! alike. BLAKE3 took a sixth of a cold build.

use std::fmt;
use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

/// The XXH3 hash of 128 bits: enough that two contents of one site do not collide. It is no protection from an attacker who wants
/// them to, and need not be: whoever writes the content could as well write the same text twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Hash([u8; 16]);

impl Hash {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from(XxHash3_128::oneshot(bytes))
    }

    /// The hash of everything that can be read.
    pub fn of_all(source: &mut impl Read) -> io::Result<Self> {
        let mut stream = Stream::default();
        io::copy(source, &mut stream)?;
        Ok(stream.finish())
    }

    /// The hash as 32 hexadecimal digits.
    pub fn hex(&self) -> String {
        self.to_string()
    }

    /// The first four bytes as a number: enough to notice that something has changed, where a mistake does no harm.
    pub fn brief(&self) -> u32 {
        u32::from_le_bytes([self.0[0], self.0[1], self.0[2], self.0[3]])
    }

    /// The first eight hexadecimal digits, as they stand in the names of assets.
    pub fn short(&self) -> String {
        self.to_string()[..8].to_string()
    }

    /// Reads what [`Hash::hex`] wrote; `None` for anything else.
    pub fn from_hex(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 16];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The raw bytes, for feeding a hash into another one.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl From<u128> for Hash {
    /// With the most significant byte first: the canonical form of the XXH3 specification.
    fn from(hash: u128) -> Self {
        Self(hash.to_be_bytes())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Gathers values into one hash. Every value is preceded by its length or tag, so that neighbours cannot run together.
///
/// Most values are a few bytes long, and many bytes at once are far cheaper to hash: they are gathered first.
pub struct Hasher {
    gathered: Vec<u8>,
    /// What did not fit, once there is any.
    before: Option<Stream>,
}

/// How many bytes are gathered before they are hashed.
const GATHERED: usize = 64 * 1024;
/// How many bytes most values have together: room that is made once need not be made again and again.
const USUAL: usize = 1024;

impl Default for Hasher {
    fn default() -> Self {
        Self { gathered: Vec::with_capacity(USUAL), before: None }
    }
}

impl Hasher {
    /// An empty hasher.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.number(bytes.len() as u64);
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() > GATHERED {
            self.before.get_or_insert_default().add(&self.gathered);
            self.gathered.clear();
        }
        self
    }

    /// Adds a number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.gathered.extend_from_slice(&number.to_le_bytes());
        self
    }

    /// Adds another hash.
    pub fn hash(&mut self, hash: &Hash) -> &mut Self {
        self.gathered.extend_from_slice(&hash.0);
        self
    }

    /// The hash of everything added so far; what is added now begins another one.
    pub fn take(&mut self) -> Hash {
        let hash = self.finish();
        self.gathered.clear();
        self.before = None;
        hash
    }

    /// The hash of everything added so far.
    pub fn finish(&self) -> Hash {
        match &self.before {
            None => Hash::of(&self.gathered),
            Some(before) => {
                let mut whole = before.clone();
                whole.add(&self.gathered);
                whole.finish()
            }
        }
    }
}

/// As [`Hash::of`], for bytes that come piece by piece.
#[derive(Clone, Default)]
pub struct Stream(XxHash3_128);

impl Stream {
    /// Adds the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    /// The hash of all bytes so far.
    pub fn finish(&self) -> Hash {
        Hash::from(self.0.finish_128())
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_survives_a_round_trip() {
        let hash = Hash::of(b"corm");
        assert_eq!(Hash::from_hex(&hash.hex()), Some(hash));
        assert_eq!(Hash::from_hex("zz"), None);
    }

    #[test]
    fn it_does_not_matter_how_much_is_gathered_at_once() {
        let long = vec![7; 3 * GATHERED];
        let mut all = Vec::new();
        for _ in 0..3 {
            all.extend((long.len() as u64).to_le_bytes());
            all.extend(&long);
        }
        let gathered = Hasher::new().bytes(&long).bytes(&long).bytes(&long).finish();
        assert_eq!(gathered, Hash::of(&all));
        assert_eq!(Hash::of_all(&mut &all[..]).unwrap(), Hash::of(&all));
    }

    #[test]
    fn neighbours_do_not_run_together() {
        let one = Hasher::new().text("ab").text("c").finish();
        let other = Hasher::new().text("a").text("bc").finish();
        assert_ne!(one, other);
    }
}
