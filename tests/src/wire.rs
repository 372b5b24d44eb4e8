//! HTTP as a client writes and reads it, on one connection that is kept as long as the server keeps it.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A call is given up after this long.
const PATIENCE: Duration = Duration::from_secs(25);

/// A line to a server.
pub struct Line {
    address: SocketAddr,
    keeps: bool,
    socket: Option<TcpStream>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The bytes of the body.
    pub body: Vec<u8>,
}

impl Line {
    /// A line that is opened for each request.
    pub fn single(address: SocketAddr) -> Line {
        Line { address, keeps: false, socket: None }
    }

    /// A line that stays open until the server says that it will close it.
    pub fn kept(address: SocketAddr) -> Line {
        Line { address, keeps: true, socket: None }
    }

    /// Sends a request and waits for the whole answer; `head` is the request line and headers without an empty line at the end.
    ///
    /// # Errors
    /// If there was no whole answer.
    pub async fn send(&mut self, head: &str, body: &[u8]) -> std::io::Result<Reply> {
        let talk = tokio::time::timeout(PATIENCE, self.exchange(head, body));
        let reply = talk.await.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()));
        if reply.is_err() {
            self.socket = None;
        }
        reply
    }

    async fn exchange(&mut self, head: &str, body: &[u8]) -> std::io::Result<Reply> {
        let mut socket = match self.socket.take() {
            Some(socket) => socket,
            None => TcpStream::connect(self.address).await?,
        };
        let close = if self.keeps { "" } else { "\r\nconnection: close" };
        let head = format!("{head}\r\ncontent-length: {}{close}\r\n\r\n", body.len());
        socket.write_all(&[head.as_bytes(), body].concat()).await?;
        let (head, body) = read(&mut socket).await?;
        if self.keeps && header(&head, "connection") != Some("close") {
            self.socket = Some(socket);
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Ok(Reply { status: status.ok_or(std::io::ErrorKind::InvalidData)?, body })
    }
}

/// Head and body of an answer that says how long it is.
async fn read(socket: &mut TcpStream) -> std::io::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if socket.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let mut body = bytes.split_off(end + 4);
    let length = header(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    while body.len() < length {
        if socket.read_buf(&mut body).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok((head, body))
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(':')?.trim()))
}

/// The status of a GET; nothing if there was no answer.
pub async fn status(address: SocketAddr, path: &str) -> Option<u16> {
    let head = format!("GET {path} HTTP/1.1\r\nhost: localhost");
    Line::single(address).send(&head, b"").await.ok().map(|reply| reply.status)
}
