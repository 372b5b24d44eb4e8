//! A plain TCP balancer, as there is one in front of every deployment of more than one gateway: connections go in turn to those that
//! say that they are ready, and to the next one if nobody opens.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use crate::wire;

/// How often it looks who is ready.
const ROUND: Duration = Duration::from_millis(100);

/// A running balancer; it ends with this.
pub struct Balancer {
    address: SocketAddr,
    _running: JoinSet<()>,
}

struct Backend {
    address: SocketAddr,
    ready: AtomicBool,
}

impl Balancer {
    /// A balancer in front of these.
    pub async fn before(backends: &[SocketAddr]) -> Balancer {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let backend = |address: &SocketAddr| Backend { address: *address, ready: AtomicBool::new(true) };
        let backends: Arc<Vec<Backend>> = Arc::new(backends.iter().map(backend).collect());
        let mut running = JoinSet::new();
        running.spawn(look(backends.clone()));
        running.spawn(accept(listener, backends));
        Balancer { address, _running: running }
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

async fn look(backends: Arc<Vec<Backend>>) {
    loop {
        for backend in backends.iter() {
            let ready = wire::status(backend.address, "/readyz").await == Some(200);
            backend.ready.store(ready, Ordering::SeqCst);
        }
        tokio::time::sleep(ROUND).await;
    }
}

async fn accept(listener: TcpListener, backends: Arc<Vec<Backend>>) {
    let turn = AtomicUsize::new(0);
    let mut connections = JoinSet::new();
    loop {
        let (mut client, _) = listener.accept().await.expect("it listens");
        let (backends, first) = (backends.clone(), turn.fetch_add(1, Ordering::Relaxed));
        connections.spawn(async move {
            if let Some(mut server) = connect(&backends, first).await {
                // Whichever side hangs up first ends it.
                let _ = copy_bidirectional(&mut client, &mut server).await;
            }
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn connect(backends: &[Backend], first: usize) -> Option<TcpStream> {
    let in_turn = (0..backends.len()).map(|step| &backends[(first + step) % backends.len()]);
    let (ready, others): (Vec<_>, Vec<_>) = in_turn.partition(|backend| backend.ready.load(Ordering::SeqCst));
    for backend in ready.into_iter().chain(others) {
        if let Ok(server) = TcpStream::connect(backend.address).await {
            return Some(server);
        }
        backend.ready.store(false, Ordering::SeqCst);
    }
    None
}
