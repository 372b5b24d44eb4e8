//! Taxes: which rates a store charges where, and whether its prices contain them. They are read with the other settings.

mod query;
mod rule;

use mcom_data::{Change, Cx, Result};
use mcom_schema::Scope;

pub use rule::{TaxRate, TaxSettings, WHOLE};

/// Sets which taxes the store charges. Carts are priced with them at once; orders keep what was agreed.
///
/// # Errors
/// Refuses rates that are nothing or more than the whole price, unknown countries, blank names, rates that are there twice and more than
/// a thousand; `Forbidden` without `write_products`.
pub async fn set(cx: &Cx, taxes: &TaxSettings) -> Result<()> {
    cx.require(Scope::WriteProducts)?;
    taxes.check()?;
    cx.write("tax_settings_set", async |db| {
        query::set(db, taxes, cx.now()).await?;
        db.changed(Change::Store);
        Ok(())
    })
    .await
}
