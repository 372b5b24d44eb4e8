//! A tenant connection cannot be put together from parts of another.
//! error: E0451

use mcom_data::TenantConn;

pub fn forge(other: TenantConn) -> TenantConn {
    TenantConn { changes: vec![], ..other }
}
