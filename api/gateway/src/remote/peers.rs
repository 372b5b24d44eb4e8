//! The processes of one role: which of them answer, and whom to ask next.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::future::join_all;
use http::{Request, StatusCode, Uri};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(1);
/// Every peer is asked how it is this often.
const ROUND: Duration = Duration::from_millis(300);
/// One that does not answer within this counts as down.
const SILENCE: Duration = Duration::from_secs(1);

/// HTTP to peers, over connections that are kept.
pub(super) type Http = Client<HttpConnector, Full<Bytes>>;

/// The processes of one role.
pub struct Peers {
    role: &'static str,
    peers: Vec<Peer>,
    http: Http,
    turn: AtomicUsize,
    was_up: AtomicBool,
}

/// One process.
pub(super) struct Peer {
    authority: String,
    up: AtomicBool,
    busy: AtomicUsize,
}

/// A call under way at a peer.
pub(super) struct Turn<'p> {
    /// Its place in the list.
    pub(super) index: usize,
    peer: &'p Peer,
}

impl Peers {
    /// The processes of `role` at these addresses, of which nothing is known yet.
    pub fn new(role: &'static str, addresses: &[Uri]) -> Arc<Peers> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT));
        let http = Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector);
        let authority = |uri: &Uri| uri.authority().map(ToString::to_string).unwrap_or_default();
        let peer = |uri: &Uri| Peer {
            authority: authority(uri),
            up: AtomicBool::new(false),
            busy: AtomicUsize::new(0),
        };
        let peers = addresses.iter().map(peer).collect();
        Arc::new(Peers { role, peers, http, turn: AtomicUsize::new(0), was_up: AtomicBool::new(false) })
    }

    /// The role's name.
    pub fn role(&self) -> &'static str {
        self.role
    }

    /// Whether any of them can be asked now.
    pub fn is_up(&self) -> bool {
        self.peers.iter().any(|peer| peer.up.load(Ordering::Relaxed))
    }

    /// Whether any of them could ever be asked.
    pub fn was_up(&self) -> bool {
        self.was_up.load(Ordering::Relaxed)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.peers.len()
    }

    pub(super) fn http(&self) -> &Http {
        &self.http
    }

    /// Whom to ask: one that is up and has least to do, in turn; who was `tried` already comes last, and who is down after all others.
    pub(super) fn next(&self, tried: &[usize]) -> Option<Turn<'_>> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let count = self.peers.len();
        let order = |index: &usize| {
            let peer = &self.peers[*index];
            let down = !peer.up.load(Ordering::Relaxed);
            let busy = peer.busy.load(Ordering::Relaxed);
            (tried.contains(index), down, busy, (index + turn) % count)
        };
        let index = (0..count).min_by_key(order)?;
        let peer = &self.peers[index];
        peer.busy.fetch_add(1, Ordering::Relaxed);
        Some(Turn { index, peer })
    }

    /// Looks after all of them for ever.
    pub async fn watch(&self) {
        loop {
            self.look().await;
            tokio::time::sleep(ROUND).await;
        }
    }

    /// Asks each of them once how it is.
    pub async fn look(&self) {
        join_all(self.peers.iter().map(|peer| self.look_at(peer))).await;
    }

    async fn look_at(&self, peer: &Peer) {
        let uri = format!("http://{}/readyz", peer.authority);
        let Ok(request) = Request::get(uri).body(Full::default()) else { return };
        let asked = tokio::time::timeout(SILENCE, self.http.request(request)).await;
        let up = matches!(asked, Ok(Ok(answer)) if answer.status() == StatusCode::OK);
        self.was_up.fetch_or(up, Ordering::Relaxed);
        if peer.up.swap(up, Ordering::Relaxed) != up {
            tracing::info!(role = self.role, peer = peer.authority, up, "a peer changed");
        }
    }
}

impl Turn<'_> {
    /// Host and port.
    pub(super) fn authority(&self) -> &str {
        &self.peer.authority
    }

    /// It did not answer: others are asked until it says again that it is ready.
    pub(super) fn is_down(&self) {
        self.peer.up.store(false, Ordering::Relaxed);
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.peer.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, atomic::Ordering};

    use super::Peers;

    fn three() -> Arc<Peers> {
        let addresses = ["http://a:1", "http://b:1", "http://c:1"].map(|uri| uri.parse().unwrap());
        let peers = Peers::new("storefront", &addresses);
        peers.peers.iter().for_each(|peer| peer.up.store(true, Ordering::Relaxed));
        peers
    }

    #[tokio::test]
    async fn calls_go_to_all_in_turn_and_to_the_idle_first() {
        let peers = three();
        let asked: Vec<_> = (0..3).map(|_| peers.next(&[]).unwrap()).collect();
        let mut indices: Vec<_> = asked.iter().map(|turn| turn.index).collect();
        indices.sort_unstable();
        assert_eq!(indices, [0, 1, 2]);
        let mut asked = asked;
        let free = asked.remove(1).index;
        assert_eq!(peers.next(&[]).unwrap().index, free);
    }

    #[tokio::test]
    async fn who_is_down_is_asked_only_if_nobody_else_is_left() {
        let peers = three();
        let down = peers.next(&[]).unwrap();
        down.is_down();
        let index = down.index;
        drop(down);
        for _ in 0..9 {
            assert_ne!(peers.next(&[]).unwrap().index, index);
        }
        let others: Vec<_> = (0..3).filter(|other| *other != index).collect();
        assert_eq!(peers.next(&others).unwrap().index, index);
    }
}
