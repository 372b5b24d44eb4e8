//! A real Redis of a test's own, which can be hung, killed and started again.

use std::{
    process::{Child, Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use mcom_data::redis::Redis;

use crate::environment;

/// A `redis-server` on a private port that keeps nothing on disk. It ends with the test.
pub struct RedisServer {
    port: u16,
    running: Mutex<Option<Child>>,
}

impl RedisServer {
    /// Starts the server and waits until it listens.
    pub fn start() -> RedisServer {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let port = listener.local_addr().expect("it is bound").port();
        drop(listener);
        let server = RedisServer { port, running: Mutex::default() };
        server.start_again();
        server
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// A client that is given this long for each answer.
    pub fn client(&self, patience: Duration) -> Redis {
        Redis::at(&self.url(), patience).expect("the URL is one of Redis")
    }

    /// Starts it after it was killed. It has forgotten everything.
    ///
    /// # Panics
    /// If it does not listen after ten seconds.
    pub fn start_again(&self) {
        let program =
            environment::variable("MCOM_TEST_REDIS_SERVER").unwrap_or_else(|| "redis-server".to_owned());
        let child = Command::new(program)
            .args(["--port", &self.port.to_string(), "--bind", "127.0.0.1"])
            .args(["--save", "", "--appendonly", "no", "--dir", "/tmp"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn();
        *self.running() = Some(child.expect("redis-server is installed: `./mcom services up` sees to it"));
        let deadline = Instant::now() + Duration::from_secs(10);
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < deadline, "redis-server does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Kills it without warning.
    pub fn kill(&self) {
        if let Some(mut child) = self.running().take() {
            // It may be dead already; that is what was wanted.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Makes it hang: it takes connections and questions, and answers nothing.
    pub fn hang(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on.
    pub fn resume(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let running = self.running();
        let child = running.as_ref().expect("it runs");
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "{signal} could not be sent");
    }

    fn running(&self) -> MutexGuard<'_, Option<Child>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}
