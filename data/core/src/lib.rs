//! The ground under every room of data: who the tenant is, how SQL reaches the database, and how a write becomes events, jobs and an audit row.

mod actor;
mod audit;
mod change;
mod conn;
mod cx;
mod db;
mod definitions;
mod directory;
mod error;
pub mod event;
pub mod idempotency;
pub mod job;
mod listen;
pub mod load;
mod migrate;
mod offline;
pub mod page;
mod role;
mod services;
mod tenant;
mod write;

pub use actor::Actor;
pub use change::{Change, Changes, Told};
pub use conn::{PlatformConn, TenantConn};
pub use cx::{Cx, Market, RequestId};
pub use db::{Db, DbConfig, TenantWork};
pub use definitions::table_definitions;
pub use directory::Directory;
pub use error::{Error, Result, on_constraint};
pub use listen::listen;
pub use migrate::{Migrations, Roles};
pub use services::{Services, ServicesBuilder};
pub use tenant::{Tenant, TenantId};
