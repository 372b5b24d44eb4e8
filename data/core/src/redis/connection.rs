//! Connections that know when they are broken: one that was given up in the middle of a question is not used again.

use bb8::ManageConnection;
use bb8_redis::{
    RedisConnectionManager,
    redis::{RedisError, aio::MultiplexedConnection},
};

/// Makes connections.
pub(super) struct Manager(RedisConnectionManager);

/// A connection of the pool.
pub(super) struct Connection {
    inner: MultiplexedConnection,
    broken: bool,
}

/// A connection that counts as broken until [`InUse::done`] says otherwise.
pub(super) struct InUse<'c> {
    pub(super) connection: &'c mut MultiplexedConnection,
    broken: &'c mut bool,
}

impl Manager {
    pub(super) fn to(url: &str) -> Result<Self, RedisError> {
        RedisConnectionManager::new(url).map(Manager)
    }
}

impl Connection {
    pub(super) fn use_it(&mut self) -> InUse<'_> {
        self.broken = true;
        InUse { connection: &mut self.inner, broken: &mut self.broken }
    }
}

impl InUse<'_> {
    /// The answer is there. What the server says is no fault of the connection, unless it says that it goes.
    pub(super) fn done(self, error: Option<&RedisError>) {
        *self.broken = error.is_some_and(|error| error.is_unrecoverable_error() || error.is_io_error());
    }
}

impl ManageConnection for Manager {
    type Connection = Connection;
    type Error = RedisError;

    async fn connect(&self) -> Result<Connection, RedisError> {
        Ok(Connection { inner: self.0.connect().await?, broken: false })
    }

    async fn is_valid(&self, conn: &mut Connection) -> Result<(), RedisError> {
        self.0.is_valid(&mut conn.inner).await
    }

    fn has_broken(&self, conn: &mut Connection) -> bool {
        conn.broken
    }
}
