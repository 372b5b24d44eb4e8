//! Line ends: every kind of them becomes a line feed, so that lines can be counted.

use std::io::{Read, Result};

/// A file whose every line ends in `\n`, the last one too.
pub(super) struct Lines<R> {
    inner: R,
    after_return: bool,
    ended: bool,
}

impl<R> Lines<R> {
    pub(super) fn of(inner: R) -> Self {
        Lines { inner, after_return: false, ended: false }
    }

    /// Rewrites the bytes in place; answers with how many are left.
    fn rewrite(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for place in 0..bytes.len() {
            let byte = bytes[place];
            if !(byte == b'\n' && self.after_return) {
                bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
            self.after_return = byte == b'\r';
        }
        kept
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize> {
        if self.ended || bytes.is_empty() {
            return Ok(0);
        }
        loop {
            let read = self.inner.read(bytes)?;
            if read == 0 {
                self.ended = true;
                bytes[0] = b'\n';
                return Ok(1);
            }
            let kept = self.rewrite(&mut bytes[..read]);
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::Lines;

    #[test]
    fn ends_are_the_same_wherever_reads_are_cut() {
        let file = b"a\r\nb\rc\n\r\n\r\rd";
        let mut whole = String::new();
        Lines::of(file.as_slice()).read_to_string(&mut whole).unwrap();
        assert_eq!(whole, "a\nb\nc\n\n\n\nd\n");
        let mut lines = Lines::of(file.as_slice());
        let mut bytes = vec![];
        let mut one = [0];
        while lines.read(&mut one).unwrap() > 0 {
            bytes.push(one[0]);
        }
        assert_eq!(bytes, whole.as_bytes());
    }
}
