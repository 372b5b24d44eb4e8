//! A tenant cannot be made up.
//! error: E0451

use std::sync::Arc;

use mcom_data::{Tenant, TenantId};

pub fn forge(id: TenantId, text: Arc<str>, known: &Tenant) -> Tenant {
    Tenant { id, handle: text.clone(), host: text, limit: known.limit() }
}
