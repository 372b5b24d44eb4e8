//! The server behind the one binary `mcom`: the federated gateway and the commands around it.

pub mod apply;
pub mod assembly;
pub mod auth;
pub mod bench;
pub mod bogus;
pub mod cli;
pub mod config;
pub mod gateway;
pub mod http;
pub mod mail;
pub mod objects;
pub mod role;
