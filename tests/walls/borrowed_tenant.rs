//! A known tenant cannot be turned into another.
//! error: E0616

use mcom_data::{Tenant, TenantId};

pub fn turn(mut tenant: Tenant, id: TenantId) -> Tenant {
    tenant.id = id;
    tenant
}
