//! What wants a tenant connection takes no other.
//! error: E0308

use mcom_data::{PlatformConn, TenantConn};

async fn query(_: &mut TenantConn) {}

pub async fn verb(mut across: PlatformConn) {
    query(&mut across).await;
}
