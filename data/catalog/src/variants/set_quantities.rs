//! Setting how many pieces of variants are sold at once, and from how many on a piece costs less.

use mcom_data::{Cx, Error, Result};
use mcom_schema::{
    Scope,
    id::{ProductId, VariantId},
};

use super::{quantity::Quantities, query};
use crate::products::{Settled, query as of_products, settle};

/// The variants that are not sold in any number at one price, by their ids.
///
/// # Errors
/// `Forbidden` without `read_products`.
pub async fn with_quantities(cx: &Cx) -> Result<Vec<VariantId>> {
    cx.require(Scope::ReadProducts)?;
    cx.read(async |db| query::with_quantities(db).await).await
}

/// Sets it for variants of one product.
///
/// # Errors
/// `Forbidden` without `write_products`; `NotFound` if there is no such product or variant of it; refuses what contradicts itself.
pub async fn set_quantities(cx: &Cx, product: ProductId, wanted: &[(VariantId, Quantities)]) -> Result<()> {
    cx.require(Scope::WriteProducts)?;
    for (_, quantities) in wanted {
        quantities.check()?;
    }
    cx.write("variant_quantities_set", async |db| {
        of_products::lock(db, product.0).await?;
        for (variant, quantities) in wanted {
            if !query::set_quantities(db, (product.0, variant.0), quantities, cx.now()).await? {
                return Err(Error::NotFound("variant"));
            }
        }
        settle(cx, db, product.0, Settled::Updated).await
    })
    .await
}
