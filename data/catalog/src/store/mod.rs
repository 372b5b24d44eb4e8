//! What the catalog has to know of the store it is in.

mod query;

use mcom_data::{Error, Result, TenantConn};
use mcom_schema::Currency;

/// The currency of all prices.
///
/// # Errors
/// `Broken` if the store has no settings.
pub(crate) async fn currency(db: &mut TenantConn) -> Result<Currency> {
    let code = query::currency(db).await?;
    Currency::parse(&code).ok_or_else(|| Error::bug(format!("the store's currency «{code}» is unknown")))
}
