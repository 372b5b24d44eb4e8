//! A wire between a process and the database that understands just enough of the protocol to be cut before or after a commit.

use std::{net::SocketAddr, sync::Arc};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use super::fuse::{Fuse, IsCut};

/// Connections through a fuse. Closed abruptly when dropped.
pub(super) struct Wire {
    address: SocketAddr,
    _carrying: JoinSet<()>,
}

impl Wire {
    /// A wire to the server at `server`, as host and port.
    pub(super) async fn to(server: &str, fuse: Arc<Fuse>) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        let address = listener.local_addr().expect("it is bound");
        let (server, mut carrying) = (server.to_owned(), JoinSet::new());
        carrying.spawn(async move {
            let mut lines = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                let (server, fuse) = (server.clone(), fuse.clone());
                lines.spawn(async move {
                    let server = TcpStream::connect(server).await.expect("the database listens");
                    Line { client, server, asked: vec![] }.carry(&fuse).await;
                });
            }
        });
        Wire { address, _carrying: carrying }
    }

    /// Where to connect to instead of the server.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

/// The length of a question for encryption; no other message at the beginning is that short.
const ENCRYPTION: usize = 8;

/// One connection.
struct Line {
    client: TcpStream,
    server: TcpStream,
    /// What the client has sent and the server has not been given.
    asked: Vec<u8>,
}

/// Why a line ends: somebody hung up, or it was cut. It makes no difference.
struct Over;

impl From<std::io::Error> for Over {
    fn from(_: std::io::Error) -> Self {
        Over
    }
}

impl From<IsCut> for Over {
    fn from(_: IsCut) -> Self {
        Over
    }
}

impl Line {
    async fn carry(mut self, fuse: &Fuse) {
        let mut answer = vec![0; 64 * 1024];
        // The first message has no kind.
        let mut is_first = true;
        loop {
            tokio::select! {
                read = self.client.read_buf(&mut self.asked) => match read {
                    Ok(0) | Err(_) => return,
                    Ok(_) => if self.hand_over(fuse, &mut is_first).await.is_err() { return },
                },
                read = self.server.read(&mut answer) => match read {
                    Ok(0) | Err(_) => return,
                    Ok(bytes) => if self.client.write_all(&answer[..bytes]).await.is_err() { return },
                },
            }
        }
    }

    /// Gives the server every whole message there is.
    async fn hand_over(&mut self, fuse: &Fuse, is_first: &mut bool) -> Result<(), Over> {
        while let Some(length) = length(&self.asked, *is_first) {
            let message: Vec<u8> = self.asked.drain(..length).collect();
            // A question for encryption has no kind either, and the first message follows it.
            *is_first = *is_first && message.len() == ENCRYPTION;
            if message.starts_with(b"Q") && message[5..].starts_with(b"COMMIT") {
                fuse.pass().await?;
                self.server.write_all(&message).await?;
                let answer = self.answer().await?;
                fuse.pass().await?;
                self.client.write_all(&answer).await?;
            } else {
                self.server.write_all(&message).await?;
            }
        }
        Ok(())
    }

    /// All that the server says until it is ready again.
    async fn answer(&mut self) -> Result<Vec<u8>, Over> {
        let mut answer = vec![];
        let mut seen = 0;
        loop {
            while let Some(length) = length(&answer[seen..], false) {
                if answer[seen] == b'Z' {
                    return Ok(answer);
                }
                seen += length;
            }
            if self.server.read_buf(&mut answer).await? == 0 {
                return Err(Over);
            }
        }
    }
}

/// The length of the first message, if it is there as a whole.
fn length(bytes: &[u8], has_no_kind: bool) -> Option<usize> {
    let kind = usize::from(!has_no_kind);
    let said: [u8; 4] = bytes.get(kind..kind + 4)?.try_into().ok()?;
    let length = kind + u32::from_be_bytes(said) as usize;
    (bytes.len() >= length).then_some(length)
}
