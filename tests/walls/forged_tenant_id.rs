//! The number of a store cannot be made up either.
//! error: E0423

use mcom_data::TenantId;

pub fn forge() -> TenantId {
    TenantId(7)
}
