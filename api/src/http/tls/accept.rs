//! Takes connections and hands them on once they are encrypted.

use std::{io, time::Duration};

use poem::{
    http::uri::Scheme,
    listener::Acceptor,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{net::TcpStream, task::JoinSet};
use tokio_rustls::server::TlsStream;

use super::{super::PromptAcceptor, Identity};

/// Who has not proven to speak TLS by then is hung up on.
const PATIENCE: Duration = Duration::from_secs(10);
/// Further connections wait in the system's queue, so that the silent cost no memory without end.
const AT_ONCE: usize = 4096;

type Arrived = (TlsStream<TcpStream>, LocalAddr, RemoteAddr, Scheme);

/// A listener whose connections are encrypted. Handshakes go on side by side: nobody waits for somebody slow.
pub(in crate::http) struct TlsAcceptor {
    inner: PromptAcceptor,
    tls: tokio_rustls::TlsAcceptor,
    greeting: JoinSet<Option<Arrived>>,
}

impl TlsAcceptor {
    pub(in crate::http) fn new(inner: PromptAcceptor, identity: Identity) -> TlsAcceptor {
        TlsAcceptor { inner, tls: identity.0.into(), greeting: JoinSet::new() }
    }

    fn greet(&mut self, socket: TcpStream, here: LocalAddr, there: RemoteAddr) {
        let tls = self.tls.clone();
        self.greeting.spawn(async move {
            let encrypted = tokio::time::timeout(PATIENCE, tls.accept(socket)).await.ok()?.ok()?;
            Some((encrypted, here, there, Scheme::HTTPS))
        });
    }
}

impl Acceptor for TlsAcceptor {
    type Io = TlsStream<TcpStream>;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.inner.local_addr()
    }

    /// May be dropped at any moment without losing a connection.
    async fn accept(&mut self) -> io::Result<(Self::Io, LocalAddr, RemoteAddr, Scheme)> {
        loop {
            tokio::select! {
                connected = self.inner.accept(), if self.greeting.len() < AT_ONCE => {
                    let (socket, here, there, _) = connected?;
                    self.greet(socket, here, there);
                }
                Some(greeted) = self.greeting.join_next() => {
                    if let Ok(Some(arrived)) = greeted {
                        return Ok(arrived);
                    }
                }
            }
        }
    }
}
