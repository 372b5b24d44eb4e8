//! A fuse is passed at every boundary of a process: before and after each commit, before and after each call of a payment provider.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::Notify;

/// What happens at the chosen boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The line is cut: the process lives on and does not know what became of its request.
    Cut,
    /// The process is gone. Nobody closes anything in order.
    Death,
}

/// Counts boundaries, and blows at one of them.
pub struct Fuse {
    passed: AtomicUsize,
    blows: Option<(usize, Fault)>,
    dead: Notify,
}

/// The line is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IsCut;

impl Fuse {
    /// One that only counts.
    pub fn counting() -> Arc<Fuse> {
        Arc::new(Fuse { passed: AtomicUsize::new(0), blows: None, dead: Notify::new() })
    }

    /// One that blows at the boundary with this number, from 0.
    pub fn blowing_at(boundary: usize, fault: Fault) -> Arc<Fuse> {
        Arc::new(Fuse { blows: Some((boundary, fault)), passed: AtomicUsize::new(0), dead: Notify::new() })
    }

    /// How many boundaries were passed.
    pub fn passed(&self) -> usize {
        self.passed.load(Ordering::SeqCst)
    }

    /// Waits until the process has to die.
    pub(super) async fn death(&self) {
        self.dead.notified().await;
    }

    /// Passes a boundary. Does not return if this is where the process dies.
    pub(super) async fn pass(&self) -> Result<(), IsCut> {
        let boundary = self.passed.fetch_add(1, Ordering::SeqCst);
        match self.blows {
            Some((at, Fault::Cut)) if at == boundary => Err(IsCut),
            Some((at, Fault::Death)) if at == boundary => {
                self.dead.notify_one();
                std::future::pending().await
            }
            _ => Ok(()),
        }
    }
}
