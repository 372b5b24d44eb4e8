//! The server behind the one binary `mcom`: the federated gateway and the commands around it.

pub mod assembly;
pub mod auth;
pub mod bench;
pub mod bogus;
pub mod cli;
pub mod config;
pub mod http;
pub mod mail;
pub mod role;

pub use mcom_apply as apply;
pub use mcom_demo as demo;
pub use mcom_gateway as gateway;
pub use mcom_objects as objects;
