//! Taking variants from a product.

use mcom_data::{Cx, Error, Result};
use mcom_schema::{
    Refusal, Scope,
    id::{ProductId, VariantId},
    refuse,
};

use super::{query, workbench::Workbench};
use crate::products::{Settled, settle};

/// Deletes variants, all or none, and the option values that no variant has any more.
///
/// # Errors
/// `Forbidden` without `write_products`; refuses unknown products, variants of others, and to leave a product without any.
pub async fn bulk_delete(cx: &Cx, product: ProductId, variants: &[VariantId]) -> Result<()> {
    cx.require(Scope::WriteProducts)?;
    cx.write("product_variants_bulk_delete", async |db| {
        let bench = Workbench::open(cx, db, product.0, &[]).await?;
        let foreign = |(index, id): (usize, &VariantId)| -> Option<Refusal> {
            let message = "At least one variant does not belong to the product";
            let code = "AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT";
            let known = bench.variants.iter().any(|row| row.id == id.0);
            (!known).then(|| refuse(&format!("variantsIds.{index}"), code, message))
        };
        let refusals: Vec<Refusal> = variants.iter().enumerate().filter_map(foreign).collect();
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        if bench.variants.iter().all(|row| variants.contains(&row.id())) {
            let message = "A product keeps at least one variant";
            return Err(refuse("variantsIds", "CANNOT_DELETE_LAST_VARIANT", message).into());
        }
        let ids: Vec<i64> = variants.iter().map(|id| id.0).collect();
        query::delete(db, &ids).await?;
        query::prune_values(db, product.0).await?;
        settle(cx, db, product.0, Settled::Updated).await
    })
    .await
}
