//! The request's context and its errors, as the data rooms know them: what every function gets first.

pub use mcom_data::{Cx, Error};
