//! A transaction cannot be opened beside the context.
//! error: E0624

use mcom_data::{Cx, TenantConn};

pub async fn open(cx: &Cx) -> Option<TenantConn> {
    cx.begin_write().await.ok()
}
