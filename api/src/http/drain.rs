//! The end of a process, announced before it comes: balancers are told to look elsewhere, and callers to hang up.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use poem::{Response, http::HeaderValue};

/// Whether the process is about to stop.
#[derive(Clone, Default)]
pub(super) struct Drain(Arc<AtomicBool>);

impl Drain {
    pub(super) fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(super) fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Tells the caller that nothing more will be read on its connection, which is then closed behind this answer. Over HTTP/2
    /// the header is left out; there the end of the listener is announced by a frame, and no request is lost.
    pub(super) fn close(&self, response: &mut Response) {
        if self.has_begun() {
            response.headers_mut().insert("connection", HeaderValue::from_static("close"));
        }
    }
}
