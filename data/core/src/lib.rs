//! The ground under every room of data: who the tenant is, how SQL reaches the database, and how a write becomes events, jobs and an audit row.

mod actor;
mod audit;
mod change;
mod cx;
mod db;
mod error;
pub mod event;
pub mod job;
pub mod load;
mod migrate;
mod offline;
pub mod page;
mod services;
mod tenant;
mod write;

pub use actor::Actor;
pub use change::{Change, Changes};
pub use cx::{Cx, Market, RequestId};
pub use db::{Db, DbConfig, PlatformConn, TenantConn, TenantWork};
pub use error::{Error, Result, on_constraint};
pub use migrate::{Migrations, Roles};
pub use services::{Services, ServicesBuilder};
pub use tenant::{Directory, Tenant, TenantId};
