//! Looks for signs in long texts, many bytes at a time: the standard library looks at sixteen, and most texts have none of
//! what is looked for, so they are gone through to their end again and again.

use memchr::{memchr, memchr_iter, memmem};

/// Whether a text has a sign, of one byte or more, anywhere.
pub fn has(text: &str, sign: &str) -> bool {
    has_in_bytes(text.as_bytes(), sign)
}

/// The same of bytes.
pub fn has_in_bytes(bytes: &[u8], sign: &str) -> bool {
    match sign.as_bytes() {
        [byte] => memchr(*byte, bytes).is_some(),
        sign => memmem::find(bytes, sign).is_some(),
    }
}

/// Where a sign of one byte of ASCII stands.
pub fn places(text: &str, sign: u8) -> impl Iterator<Item = usize> {
    memchr_iter(sign, text.as_bytes())
}
