//! A connection does not outlive the transaction that lent it.
//! error: E0521

use mcom_data::{Cx, Result, TenantConn};

pub async fn keep<'k>(cx: &Cx, kept: &std::sync::Mutex<Vec<&'k mut TenantConn>>) -> Result<()> {
    cx.read(async |db| {
        if let Ok(mut kept) = kept.lock() {
            kept.push(db);
        }
        Ok(())
    })
    .await
}
