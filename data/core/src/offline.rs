//! A context without a database: for engines and tools that answer from memory.

use std::sync::Arc;

use mcom_schema::{SystemClock, SystemEntropy};

use crate::{Actor, Cx, Db, RequestId, Services, Tenant};

impl Cx {
    /// A context of `actor` in a store that exists nowhere. Reading or writing fails, so that it can see nobody's data.
    /// Needs a running tokio.
    pub fn offline(actor: Actor) -> Cx {
        let services =
            Services::builder(Db::unconnected(), Arc::new(SystemClock), Arc::new(SystemEntropy)).build();
        Cx::new(services, Tenant::nowhere(), actor, RequestId("offline".into()))
    }
}
