//! The way in: SQL through the handle that a context lends.
//! compiles

use mcom_data::{Cx, Result, TenantConn};

async fn query(db: &mut TenantConn) -> Result<i64> {
    let _ = db.conn();
    Ok(db.tenant_id())
}

pub async fn verb(cx: &Cx) -> Result<i64> {
    cx.write("verb", async |db| query(db).await).await?;
    cx.read(async |db| query(db).await).await
}
