//! Takes connections over which nothing that is written waits for an acknowledgement of what was written before.

use std::io;

use poem::{
    http::uri::Scheme,
    listener::{Acceptor, TcpAcceptor},
    web::{LocalAddr, RemoteAddr},
};
use tokio::net::{TcpListener, TcpStream};

/// A listener of plain connections. An answer longer than a segment would otherwise wait forty milliseconds for its last part, when
/// whoever asked acknowledges late.
pub(crate) struct PromptAcceptor(TcpAcceptor);

impl PromptAcceptor {
    /// # Errors
    /// If the listener cannot be used.
    pub(crate) fn new(listener: TcpListener) -> io::Result<Self> {
        TcpAcceptor::from_tokio(listener).map(PromptAcceptor)
    }
}

impl Acceptor for PromptAcceptor {
    type Io = TcpStream;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.0.local_addr()
    }

    /// May be dropped at any moment without losing a connection.
    async fn accept(&mut self) -> io::Result<(TcpStream, LocalAddr, RemoteAddr, Scheme)> {
        let arrived = self.0.accept().await?;
        // A connection that does not take it is gone already, and whoever serves it will see that.
        let _ = arrived.0.set_nodelay(true);
        Ok(arrived)
    }
}
