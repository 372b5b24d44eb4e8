//! HTTP over one kept connection, as little of it as a benchmark needs.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use anyhow::{Context, bail, ensure};

use super::target::Target;

/// Longer than any request may take.
const PATIENCE: Duration = Duration::from_secs(40);

/// A connection that is kept.
pub(super) struct Connection {
    stream: TcpStream,
    head: String,
    sent: Vec<u8>,
    read: Vec<u8>,
}

impl Connection {
    /// Connects; `number` says which of the target's tokens is shown.
    ///
    /// # Errors
    /// If nobody listens.
    pub fn open(target: &Target, number: usize) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(target.address).context("the server does not listen")?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Connection { stream, head: target.head(number), sent: vec![], read: Vec::with_capacity(64 << 10) })
    }

    /// Sends a GraphQL request and waits for the body of the answer.
    ///
    /// # Errors
    /// If the connection breaks, or the answer is not one of success.
    pub fn post(&mut self, body: &[u8]) -> anyhow::Result<&[u8]> {
        self.sent.clear();
        write!(self.sent, "POST {}content-length: {}\r\n\r\n", self.head, body.len())?;
        self.sent.extend_from_slice(body);
        self.exchange()
    }

    /// Asks for a path without a body and waits for the body of the answer.
    ///
    /// # Errors
    /// As [`Connection::post`].
    pub fn get(&mut self, path: &str) -> anyhow::Result<&[u8]> {
        self.sent.clear();
        write!(self.sent, "GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")?;
        self.exchange()
    }

    fn exchange(&mut self) -> anyhow::Result<&[u8]> {
        self.stream.write_all(&self.sent)?;
        self.read.clear();
        let (start, length) = loop {
            self.more()?;
            if let Some(end) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                break (end + 4, length(&self.read[..end])?);
            }
        };
        while self.read.len() < start + length {
            self.more()?;
        }
        let body = &self.read[start..start + length];
        ensure!(self.read.starts_with(b"HTTP/1.1 200"), "{}", excerpt(&self.read));
        Ok(body)
    }

    fn more(&mut self) -> anyhow::Result<()> {
        let mut part = [0; 32 << 10];
        match self.stream.read(&mut part)? {
            0 => bail!("the server hung up"),
            count => self.read.extend_from_slice(&part[..count]),
        }
        Ok(())
    }
}

fn length(head: &[u8]) -> anyhow::Result<usize> {
    let head = std::str::from_utf8(head)?;
    let mut named = head.lines().filter_map(|line| line.split_once(':'));
    let found = named.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let (_, length) = found.context("an answer without a length")?;
    Ok(length.trim().parse()?)
}

/// The beginning of an answer, for messages.
pub(super) fn excerpt(answer: &[u8]) -> String {
    String::from_utf8_lossy(&answer[..answer.len().min(400)]).replace("\r\n", " | ")
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn the_length_is_found_in_any_case() {
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncOntent-length: 17";
        assert_eq!(length(head).ok(), Some(17));
        assert!(length(b"HTTP/1.1 204 No Content").is_err());
    }
}
